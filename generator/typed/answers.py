"""Yes, no, and nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ..columns import Bad, clean
from ..raw import Error
from .said import Said, beneath, ditto, error, fold, opened, shown_only, whole, words

_YES = words("是 是的 √ ✓ ✔ ☑ ✅ 有 对 对的 已 同意 愿意 可以 y yes t true 1 1.0 ● ■")
_NO = words("否 不是 × ✗ ✘ ✕ ✖ ❌ 没有 没 无 不 未 不同意 不愿意 不可以 n no f false 0 0.0 ☐ □")
_MARKS = str.maketrans("", "", "\ufe0e\ufe0f ")
_ON, _OFF = "☑✅✔✓√■●", "□☐"
_FORM = re.compile(rf"(?:([{_ON}{_OFF}])是([{_ON}{_OFF}])否|是([{_ON}{_OFF}])否([{_ON}{_OFF}]))")

_NOTHING = words(
    "- -- --- — —— ——— – ― / // /// \\ \\\\ 、 . … …… n/a na n.a. null none nil nan "
    "空 空白 暂缺 缺 不适用 无数据 未填 无内容"
)
_AROUND = re.compile(r"^[(\[【]+|[)\]】。,;.]+$")
# Nothing in most columns; an answer in some.
_NONE = words("无 暂无 没有 暂时没有 还没有 目前没有 目前无 无此项 都没有 均无 尚无")


@lru_cache(maxsize=16384)
def _yes_no(text: str) -> Said[bool]:
    plain = opened(text, "yes-no-form").translate(_MARKS).rstrip(".!").casefold()
    if plain in _YES:
        return Said(True)
    if plain in _NO:
        return Said(False)
    if plain == "x":
        return Said(False, "yes-no-cross")
    m = _FORM.fullmatch(plain)
    if m:
        yes, no = (m[1] or m[3]) in _ON, (m[2] or m[4]) in _ON
        if yes != no:
            return Said(yes)
    raise Bad("yes-no-form")


def yes_no(text: str, raw: Any = None) -> Said[bool]:
    """是 √ ✓ 有 对 Y 1 ☑ ● … or 否 × ✗ 无 N 0 ☐ …; a Latin x with a remark. ``raw``: a spreadsheet's TRUE, or 1.

    Raises ``Bad`` for all else: ○ and ☒ mean yes to some and no to others, 不详 is neither, blank is :func:`missing`.
    """
    if isinstance(raw, bool):
        try:
            shown = _yes_no(text).value
        except Bad:
            return Said(raw)
        if shown is not raw:
            raise Bad("yes-no-form")
        return Said(raw)
    if not shown_only(raw):
        if isinstance(raw, Error):
            raise Bad("cell-error")
        number = beneath(raw, "yes-no-form")
        if number not in (0, 1):
            raise Bad("yes-no-form")
        shown = _yes_no(text).value
        if shown is not (number == 1):
            raise Bad("yes-no-form")
        return Said(shown)
    return _yes_no(text)


@lru_cache(maxsize=65536)
def missing(text: str, *, answer: bool = False) -> bool:
    """Whether a cell says that there is nothing to say: empty, -, —, /, 无, 暂无, 没有, N/A …

    ``answer``: in this column 无 and 没有 are answers (yes/no, or a choice that lists them). A plain bool, since a
    ``Said`` would be true whatever it holds. Raises ``Bad``: 同上, an error cell, damaged text.
    """
    whole(text)
    plain = fold(clean(text)).strip()
    if not plain:
        return True
    error(plain)
    ditto(plain)
    if len(plain) > 10:
        return False
    bare = _AROUND.sub("", plain.replace(" ", ""))
    return plain.casefold() in _NOTHING or bare.casefold() in _NOTHING or (not answer and bare in _NONE)
