"""Several things in one cell."""

from __future__ import annotations

import re
from functools import lru_cache

from ..columns import Bad
from .names import HAN, legible
from .said import Said, fold

_OPEN, _CLOSE = "(（[【《〈“‘「『〔", ")）]】》〉”’」』〕"
_MARKS = "、,，;；\n|｜"
_NUMBERED = re.compile(r"[(（]?(\d{1,2}) ?[、.．)）:：] ?(?=\D)(.+)")
_HAN_SPACE = re.compile(rf"(?<=[{HAN}\d)）]) +(?=[{HAN}\d(（])")
_NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{1,8}}·[{HAN}]{{1,8}}")
_MORE = re.compile(rf"(?<=[{HAN}]) ?等(?:等|人|\d+ ?[人名位户家个项]?)?$|…+$|\.{{3,}}$")
_GRADE = re.compile(r"(?:^|[、,，;；\n| ])[一二三特优甲乙]等$|[不平同高初中相均]等$")
_AND = re.compile(rf"[{HAN}]{{2,}}(?:和|与|及|以及|/)[{HAN}]{{2,}}")
_COUNTED = re.compile(rf"\d+ ?[{HAN}]")
_THOUSANDS = re.compile(r"\d[,，]\d{3}(?!\d)")


def _split(text: str) -> list[str]:
    """Cut at the marks that stand outside brackets and quotes. Raises ``Bad`` where these are not in pairs."""
    pieces, depth, start = [], [], 0
    for i, c in enumerate(text):
        if c in _OPEN:
            depth.append(_CLOSE[_OPEN.index(c)])
        elif c in _CLOSE:
            if not depth or fold(depth.pop()) != fold(c):
                raise Bad("items-brackets")
        elif c in _MARKS and not depth:
            pieces.append(text[start:i])
            start = i + 1
    if depth:
        raise Bad("items-brackets")
    return [p for p in (p.strip() for p in [*pieces, text[start:]]) if p]


def _unnumbered(text: str) -> str:
    """A numbered list, one item a line, without its numbers; anything else as it is."""
    lines = [line for line in text.split("\n") if line.strip()]
    found = [_NUMBERED.fullmatch(line.strip()) for line in lines]
    if lines and all(found) and [int(m[1]) for m in found if m] == list(range(1, len(lines) + 1)):
        return "\n".join(m[2] for m in found if m)
    return text


def _spaced(piece: str) -> list[str]:
    """A piece with spaces between Chinese words: names are told apart, 张　三 is one; all else is refused."""
    parts = _HAN_SPACE.split(piece)
    if len(parts) == 1:
        return parts
    if all(len(p) == 1 for p in parts) and len(parts) <= 3:
        return ["".join(parts)]
    if all(_NAME.fullmatch(p) for p in parts):
        return parts
    raise Bad("items-spaces")


@lru_cache(maxsize=16384)
def items(text: str) -> Said[tuple[str, ...]]:
    """The items of a list: 、 , ; | and line ends part them, outside brackets; spaces only between Chinese names, with a
    remark. Order and doubles are kept. An empty cell is an empty list. Raises ``Bad``, also for a list that ends in 等.
    """
    plain = _unnumbered(legible(text)).rstrip("。 ")
    if _MORE.search(plain) and not _GRADE.search(plain):
        raise Bad("items-and-so-on")
    if _THOUSANDS.search(plain):
        raise Bad("items-thousands")
    pieces = _split(plain)
    out = [item for piece in pieces for item in _spaced(re.sub(r"[ \t\u3000]+", " ", piece))]
    if len(pieces) > 1 and len(out) > len(pieces):
        raise Bad("items-spaces")
    value = tuple(out)
    if len(value) > len(pieces):
        return Said(value, "items-by-space", {"count": len(value), "listed": "、".join(value)})
    if len(set(value)) < len(value):
        return Said(value, "items-twice", {"twice": next(v for v in value if value.count(v) > 1)})
    short = next((v for v in value if v.isdigit()), "")
    if short and any(_COUNTED.match(v) for v in value):
        return Said(value, "items-number", {"item": short})
    together = next((v for v in value if _AND.fullmatch(v)), "")
    return Said(value, "items-and", {"item": together}) if together else Said(value)
