"""Names of persons and other words: what must be whole, and what looks alike made the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..columns import Bad, clean, without_shape
from .said import Said, category, ditto, error, fold, whole

HAN = "㐀-\u4dbf一-鿿豈-\ufaff\U00020000-\U000323af〇々"
_IDS = re.compile("[\u2ff0-\u2fff\u31ef\u303e]")
_PARTS = re.compile(rf"[{HAN}]\s*\+\s*[{HAN}]")
_LOST = re.compile(rf"(?<=[{HAN}])[?？□■▯�]|[?？□■▯�](?=[{HAN}])")
_DOTS = re.compile(rf"(?<=[{HAN}])\s*[·•・.．‧∙⋅●﹒｡･・ꞏ]\s*(?=[{HAN}])")
_LOOKALIKE = re.compile("[\u2f00-\u2fd5\uf900-\ufaff]")
_SEVERAL = re.compile(rf"(?<=[{HAN}]) *[、,;/\n][、,;/\n ]*(?=[{HAN}])")
_INNER = re.compile(rf"(?<=[{HAN}]) +(?=[{HAN}])")
_SIMPLE = re.compile("[一-鿿]{2,4}")


def legible(text: str) -> str:
    """Words that any computer shows as they were meant: radicals and compatibility forms of Han as the common character.

    Raises ``Bad``: damaged text, 同上, an error cell, characters of the private use areas, unassigned ones, or a
    character described by its parts (⿰王景).
    """
    whole(text)
    plain = clean(text)
    error(plain)
    ditto(fold(plain))
    if without_shape(plain):
        raise Bad("text-without-shape")
    if _IDS.search(plain):
        raise Bad("name-parts")
    if not plain.replace("\n", "").isprintable() and any(category(c) == "Cn" for c in plain):
        raise Bad("text-garbled")
    return _LOOKALIKE.sub(lambda m: unicodedata.normalize("NFKC", m.group()), plain)


def _joined(plain: str) -> str:
    """张　三 → 张三. Raises ``Bad`` where the space may stand between two persons."""
    parts = _INNER.split(plain)
    if len(parts) == 1:
        return plain
    if len(parts[0]) == 1 and sum(map(len, parts)) <= 4 and all(len(p) == 1 for p in parts[1:-1]):
        return "".join(parts)
    raise Bad("name-space")


@lru_cache(maxsize=65536)
def name(text: str) -> Said[str]:
    """A person's name as the register has it: · between the parts of a name, no spaces inside a Chinese one.

    Groups (3号楼部分居民) and masked names (张*三) pass as they are. Raises ``Bad``: a lost character (马?), one
    described by its parts or known to one computer only, several names in one cell.
    """
    if _SIMPLE.fullmatch(text):
        whole(text)
        ditto(text)
        return Said(text)
    plain = legible(text)
    if not plain:
        raise Bad("name-form")
    if _LOST.search(plain):
        raise Bad("text-lost")
    folded = re.sub(" +", " ", "\n".join(fold(line) for line in plain.split("\n")))
    if _PARTS.search(folded):
        raise Bad("name-parts")
    if not any(c.isalpha() or c == "*" for c in folded):
        raise Bad("name-form")
    folded = _DOTS.sub("·", folded)
    group = re.search(r"\d|部分|居民|业主", folded)
    if _SEVERAL.search(folded) and not group:
        raise Bad("name-several")
    folded = re.sub(r"\s+", " ", folded).strip(" ·").rstrip(" 。,;、·")
    return Said(folded if group else _joined(folded))
