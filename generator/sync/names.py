"""Whole names that may not be shown, looked for in every text that may."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from .. import privacy
from ..columns import MASKED, PUBLIC, Column
from ..sheet import PublicRow, Sheet
from ..understand import FullRow, Understood
from .rooms import Rooms

_APART = re.compile(r"[、,，;；/|\n]|[和与及]")
_BLANK = re.compile(r"[\s·•・.．*]+")
_HAN = "\u3400-\u9fff"
# Where two characters are a name for sure: 答复王芳, 王芳同志.
_CUED = re.compile(
    rf"(?:答复|回复|回访|走访|看望|居民|业主|住户|户主|邻居|联系|候选人|投票人|受托人|委托|投给)(?=([{_HAN}]{{2}}))"
    rf"|(?=([{_HAN}]{{2}})(?:同志|女士|先生|师傅|阿姨|大爷|大妈|大叔|老师|老人|家里|家中|家的|一家|反映|提出|来电|来信|说|提了|投[了的票反赞弃]"
    rf"|反对|不?赞成|竞选|当选|落选))"
)
# Names, and words of what matters are about: beside no such word they are no names, however near.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "安全 安宁 安静 安心 平安 方便 方向 方案 高兴 高峰 高度 高层 白天 明天 明白 温馨 常年 经常 全部 全体 时间 和平 "
        "文明 成功 马路 毛病 万一 于是 关于 单元 路口 水管 花园 花坛 田园 居民 相关 计划 严重 严格 强制 干净 宁静 程度 "
        "石头 金额 周边 周围 周末 周期 项目 应当 应急 东西 解决 管道 管理 申请 ",
    )
)
# What so much is about that one name in it says nothing of the others.
_HUBS = frozenset(("people", "units", "grids", "compounds", "communities"))
# Beside the number of a room, and nobody's name.
_OF_A_ROOM = re.compile(r"[已未空待].*|.*(?:小区|[院园苑城里区府湾庄村巷街路楼座厦户室号门库铺店])")
Key = tuple[str, str]


class Names:
    """Whole names that may not be shown: of masked columns without a basis, and of private columns, of rows that are
    withheld too.

    Who is named by virtue of office, or of consent in 《人员》, is no secret elsewhere; consent to one matter counts for that
    matter and what is about it. What a row itself does not release is a secret in that row and in those that refer to it;
    and, where nobody else released it, in those to which it refers, and in whatever refers to these: of a candidate in the
    election, of an objector in the matter and its steps, of a voter in the vote.
    """

    def __init__(self, understood: Understood) -> None:
        self._open: set[str] = set()
        self.masked: set[str] = set()
        self._secret: dict[Key, set[str]] = {}
        self._released: dict[Key, set[str]] = {}
        self._near: dict[Key, set[str]] = {}
        masked = set[str]()
        self.places = frozenset(_places(understood))
        self.rooms = Rooms(understood)
        above = _above(understood)
        for table in understood.tables.values():
            sheet = table.sheet
            for row in table.rows:
                kept = self._row(row)
                masked |= kept
                self._note(kept, (sheet.id, str(row.values["id"])), _targets(sheet, row.values), above)
            for lost in table.lost:
                kept = {name for text in lost.people for name in spelt(text)}
                masked |= kept
                self._note(kept, (sheet.id, lost.id), _targets(sheet, {**lost.refers, **lost.values}), above)
        self.hide(masked)

    def _note(self, kept: set[str], key: Key, targets: Iterable[Key], above: Mapping[Key, tuple[Key, ...]]) -> None:
        """Notes the short names of a row with all that it is about; the longer ones are looked for everywhere."""
        short = {name for name in kept if len(name) == 2} - _COMMON
        todo = [key, *targets] if short else []
        seen = set[Key]()
        for at in todo:
            if at not in seen:
                seen.add(at)
                self._near.setdefault(at, set()).update(short)
                todo.extend(above.get(at, ()))

    def _row(self, row: FullRow) -> set[str]:
        """Notes what a row says of its names; those that it keeps to itself."""
        key, kept = (row.sheet.id, str(row.values["id"])), set[str]()
        for names, basis in people(row):
            if basis is True:
                for at in (key, *_targets(row.sheet, row.values)):
                    self._released.setdefault(at, set()).update(names)
            elif basis in privacy.OPEN:
                self._open |= names
            else:
                kept |= names
        if kept:
            self._secret[key] = kept
        return kept

    def hide(self, names: Iterable[str]) -> None:
        """Names that are not released any more."""
        self.masked |= {n for n in names if len(n) > 1} - self._open
        self._short = frozenset(n for n in self.masked if len(n) == 2)
        self._starts: dict[str, list[str]] = {}
        for name in self.masked:
            if len(name) > 2:
                self._starts.setdefault(name[:3], []).append(name)
        self._like_a_start: re.Pattern[str] | None = None
        if self._starts:  # at every place of a text, three characters that names have in these places
            some = zip(*self._starts, strict=True)
            first, second, third = ("".join(map(re.escape, sorted(set(each)))) for each in some)
            self._like_a_start = re.compile(f"(?=([{first}][{second}][{third}]))")

    def within(self, text: str, own: Iterable[str] = (), released: Iterable[str] = ()) -> str:
        """The first such name in a text, or "". ``own``: names that this text may not have whoever else has them.

        Names of two characters (高兴, 安全) count where they are ``own``, and where a word beside them says that they are names.
        """
        plain = _BLANK.sub("", text)
        for name in own:
            if len(name) > 1 and name in plain:
                return name
        free = set(released)
        for found in self._like_a_start.finditer(plain) if self._like_a_start else ():
            for name in self._starts.get(found[1], ()):
                if name not in free and plain.startswith(name, found.start()):
                    return name
        for found in _CUED.finditer(plain) if self._short else ():
            name = found[1] or found[2]
            if name in self._short and name not in free:
                return name
        return ""

    def about(self, sheet: Sheet, id: str, values: Mapping[str, Any]) -> tuple[set[str], set[str]]:
        """The names that a row and those it refers to keep to themselves, and those that they release."""
        keys = [(sheet.id, id), *((c.kind.target, str(values[c.name])) for c in sheet.references if values.get(c.name))]
        own = set(chain.from_iterable(self._secret.get(key, ()) for key in keys))
        released = set(chain.from_iterable(self._released.get(key, ()) for key in keys))
        near = set(chain.from_iterable(self._near.get(key, ()) for key in keys)) - released - self._open
        return own | near, released - own

    def named_by(self, row: PublicRow, own: Iterable[str]) -> bool:
        """Whether a row that stands published names one of them in a text."""
        secret, released = self.about(row.sheet, row.id, row.as_dict())
        secret |= {name for name in own if name in self.masked}
        said = (getattr(row, c.name) for c in texts(row.sheet))
        return any(
            isinstance(text, str) and (self.within(text, secret, released) or self.rooms.within(text)) for text in said
        )


def _targets(sheet: Sheet, values: Mapping[str, Any]) -> tuple[Key, ...]:
    """The rows that a row is about, private columns and all; not those that half the community is about."""
    targets = ((c.kind.target, values.get(c.name)) for c in sheet.columns if c.kind.target)
    return tuple((t, id) for t, id in targets if isinstance(id, str) and t not in _HUBS and not t.startswith("#"))


def _above(understood: Understood) -> dict[Key, tuple[Key, ...]]:
    """What each row is about."""
    found = {}
    for table in understood.tables.values():
        for row in table.rows:
            if targets := _targets(table.sheet, row.values):
                found[table.sheet.id, str(row.values["id"])] = targets
    return found


def _places(understood: Understood) -> Iterator[str]:
    """What places and bodies here are called, by the sheets that list them."""
    for sheet in ("compounds", "grids", "units", "communities"):
        table = understood.tables.get(sheet)
        for row in table.rows if table else ():
            called = row.values.get("name")
            if isinstance(called, str):
                yield called
                yield called.removesuffix("小区").removesuffix("社区")


def texts(sheet: Sheet) -> list[Column]:
    """The columns of public text, in which anybody may be named."""
    return [c for c in sheet.columns if c.privacy == PUBLIC and c.kind.name in ("text", "long")]


def spelt(text: str) -> set[str]:
    """The names in a name cell, however they are set apart: 李小明、赵小红; 李 大 明; 买买提·艾力. Without blanks and dots."""
    if not privacy.is_named(text) and len(privacy.mask(text)) == len(text) and "*" in text:
        return set()  # masked already
    found = {_BLANK.sub("", piece) for piece in (*_APART.split(text), text)}
    found |= {_BLANK.sub("", name) for name in privacy.whole_names(text)}
    return {name for name in found if 2 <= len(name) <= 12}


def _spelt_among(text: str) -> set[str]:
    """The names in a cell that says other things too: 1幢101 张三; not 东湖院1幢101, 1幢101(已出租)."""
    found = {_BLANK.sub("", name) for name in privacy.whole_names(text)}
    return {n for n in found if 2 <= len(n) <= 12 and (privacy.looks_named(n) or not _OF_A_ROOM.fullmatch(n))}


def people(row: FullRow) -> Iterator[tuple[set[str], Any]]:
    """The whole personal names in each name column of a row, and the basis on which they may be shown: True for 是, or
    the words of the basis; None for none.
    """
    for column in row.sheet.columns:
        if not column.names_people:
            continue
        value = row.values.get(column.name)
        if not isinstance(value, str) or not value:
            continue
        if column.privacy == MASKED:
            basis = row.values.get(row.sheet.masked.get(column.name, ""))
            yield ({_BLANK.sub("", n) for n in privacy.whole_names(value)} if privacy.is_named(value) else set()), basis
        elif column.kind.name != "person":
            yield _spelt_among(value), None  # whoever voted: nobody consented to that
        else:
            yield spelt(value), privacy.OPEN[1] if column.privacy == PUBLIC else None
