"""What a quick look at a cell is enough to see, so that the closer look is kept for the cells that need one.

Each says yes only where the closer look would find nothing; that is what its test holds it to.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ..columns import ID

_HAN_DIGITS = "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳叄參陸百"  # ○ and ◯ are no safe characters anyway
_NOTHING_BEGINS = "空缺不无未暂没还目此均都尚"  # of the words that say that there is nothing to say


def _without(first: int, last: int, out: str) -> str:
    """A range of characters for a pattern, some left out."""
    edges = [first - 1, *sorted(ord(c) for c in out if first <= ord(c) <= last), last + 1]
    pairs = [(a + 1, b - 1) for a, b in pairwise(edges) if b - a > 1]
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in pairs)


_HAN = _without(0x4E00, 0x9FEF, _HAN_DIGITS)
_MARKS = "、-〆〈-】！-／：-＠·—‘’“”…"  # those of Chinese text; none of them is a figure in another form
_SAFE = rf"[\x00-/:-HJ-NP-km-np-\x7f{_MARKS}{_HAN}]"
_FEW_FIGURES = re.compile(rf"(?:{_SAFE}*+[0-9０-９OoIl{_HAN_DIGITS}]){{0,2}}+{_SAFE}*+|[0-9.,]{{1,10}}")
_LETTER = re.compile("[A-Za-z@＠]")  # letters in another form are no safe characters anyway
# O and l may stand for 0 and 1, and x for a figure that was struck out.
_NUMBER = re.compile(r"(?:[^0-9OoIl]*[0-9OoIl]){11}|.*[0-9]-[0-9]{1,2}-[0-9]{3}|.*[xX]{4}")
_PLAIN = re.compile(rf"[0-9A-Za-z!-\"$-/:-@\[-`{{-~{_MARKS}一-\u9fef]{{6,}}")
_DAMAGED = re.compile("锟斤拷|烫烫")


def is_harmless(text: str) -> bool:
    """Whether a text has no letters of which an address, an account or a plate could be, and fewer than three figures of any
    kind, or is a short number: nothing for ``privacy.scan``."""
    return _FEW_FIGURES.fullmatch(text) is not None and not _LETTER.search(text)


def is_plain_id(text: str) -> bool:
    """Whether a text is an id, and neither a number of eleven figures or more, nor a room.

    Not so for short ones (na, null), which may mean that there is none.
    """
    return len(text) > 4 and ID.fullmatch(text) is not None and not _NUMBER.match(text)


def is_something(text: str) -> bool:
    """Whether a cell, not empty, begins like none that says that there is nothing to say."""
    first = text[0]
    return "0" <= first <= "9" or ("\u4e00" <= first <= "\u9fef" and first not in _NOTHING_BEGINS)


def is_legible(text: str) -> bool:
    """Whether a text has common characters alone and no blanks: ``typed.legible`` would give it back as it is."""
    return _PLAIN.fullmatch(text) is not None and not _DAMAGED.search(text)
