"""Which tab is which sheet: by its title, in any of the spellings of a sheet that goes on over years and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from .. import layout
from ..columns import clean
from ..sheet import Sheet
from ..typed.said import fold

_FIGURES = "〇零○一二三四五六七八九十"
# A whole run of figures at a time, so that no title can be cut in many ways.
_NUMBER = rf"(?<!\d)(?:\d{{1,4}}|\d{{6}}|\d{{8}})(?!\d)|(?<![{_FIGURES}])[{_FIGURES}]{{1,4}}(?![{_FIGURES}])"
_PART = rf"(?:第|附?表|附件|q)?(?:{_NUMBER})(?:年度?|月份?|日|季度?|[期批册页号卷]|部分)?|[上下]半年|年度|续表?"
_BETWEEN = r"[-_—–~·.、,:()\[\]【】〔〕/至到]*"
_AFFIX = re.compile(rf"{_BETWEEN}(?:(?:{_PART}){_BETWEEN})*", re.ASCII)
_QUOTES = re.compile(r"[\s《》〈〉“”\"'「」]+")
# A tab of another title with a sheet's columns is somebody's draft or copy as often as it is the sheet.
_ASIDE = re.compile(
    r"草稿|草案|备份|副本|复制|旧|作废|废弃|模板|模版|样表|示例|测试|内部|不公开|保密|待审|待定|存档|暂存|回收|参考"
    r"|copy|backup|draft|old|test|temp|tmp|template"
)


def plain(title: str) -> str:
    """A title without what does not matter in it: white space, 《》, full-width forms, capitals."""
    return _QUOTES.sub("", fold(clean(title))).casefold()


def is_own(title: str) -> bool:
    """Whether a tab is one that the template adds and that never holds records."""
    return plain(title) in {plain(t) for t in layout.own_tabs()}


def is_aside(title: str) -> bool:
    """Whether a title says itself that the tab is a copy, a draft, or not for the public."""
    return _ASIDE.search(plain(title)) is not None


def by_title(title: str, sheets: Mapping[str, Sheet]) -> Sheet | None:
    """The sheet that a tab is called after: 议题台账2026, 2026年议题台账, 议题台账(一), matters-2; None for any other title."""
    said = plain(title)
    found = [(name, s) for s in sheets.values() for name in {plain(s.title), plain(s.id)} if _is(said, name)]
    return max(found, key=lambda each: len(each[0]))[1] if found else None


def _is(said: str, name: str) -> bool:
    before, middle, after = said.partition(name)
    return bool(middle) and all(_AFFIX.fullmatch(part) for part in (before, after))


def titles(sheets: Iterable[Sheet]) -> str:
    """The titles of all sheets, for a message."""
    return "、".join(s.title for s in sheets)
