"""One of a fixed list of words, and its everyday variants."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ..columns import Bad
from .names import legible
from .said import Said, fold

_AROUND = re.compile(r"^[\s\"'“”‘’(\[【]+|[\s\"'“”‘’)\]】。.,、;:!?~…·*]+$")
_NEAREST = 3  # words suggested at most
_NOT = frozenset("不未没非无末")  # 末 is what 未 is mistyped as


def _key(word: str) -> str:
    """What two spellings of one word have in common."""
    plain = re.sub(r"\s+", "", fold(word)).casefold()
    plain = _AROUND.sub("", plain)
    return plain[:-1] if len(plain) > 2 and plain.endswith("的") else plain


def near(one: str, other: str) -> bool:
    """Whether one character more, less, other, or two changed about make the one word the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    if len(one) == len(other):
        differ = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(differ) == 1:
            return True
        return (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and one[differ[0]] == other[differ[1]]
            and (one[differ[1]] == other[differ[0]])
        )
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def opposite(one: str, other: str) -> bool:
    """Whether one of two like words denies what the other says: 公开, 不公开."""
    return sum(c in _NOT for c in one) != sum(c in _NOT for c in other)


@lru_cache(maxsize=256)
def _table(choices: tuple[str, ...], variants: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Every known spelling's key → the word; a key that two words share is left out."""
    table: dict[str, str] = {}
    doubtful = set()
    for typed, word in [*((c, c) for c in choices), *variants]:
        key = _key(typed)
        if table.setdefault(key, word) != word:
            doubtful.add(key)
    return {k: w for k, w in table.items() if k and k not in doubtful}


@lru_cache(maxsize=16384)
def _choice(text: str, choices: tuple[str, ...], variants: tuple[tuple[str, str], ...]) -> Said[str]:
    plain = legible(text)
    if plain in choices:
        return Said(plain)
    table = _table(choices, variants)
    key = _key(plain)
    if key in table:
        return Said(table[key])
    parts = [p for p in re.split(r"[、,，;；/和与\n ]+", plain) if p]
    if len(parts) > 1 and all(_key(p) in table for p in parts):
        raise Bad("choice-several", choices="、".join(choices))
    alike = {w for k, w in table.items() if len(key) > 1 and near(key, k) and not opposite(key, k)}
    nearest = sorted((w for w in alike if not (near(key, _key(w)) and opposite(key, _key(w)))), key=choices.index)
    if nearest:
        raise Bad("choice-near", nearest="”或“".join(nearest[:_NEAREST]), choices="、".join(choices))
    raise Bad("choice-unknown", choices="、".join(choices))


def choice(text: str, choices: Sequence[str], variants: Mapping[str, str] | None = None) -> Said[str]:
    """One of ``choices``. ``variants``: what people write for it → the choice ({"电话": "来电反映"}).

    Spaces, quotes, full-width letters, punctuation and 的 at the end do not matter. A word that is off by one
    character is refused with the nearest choice, never taken for it; one that is off by a 不 or 未 with the list alone.
    Raises ``Bad``.
    """
    if text in choices:
        return Said(text)
    return _choice(text, tuple(choices), tuple(sorted((variants or {}).items())))


def check(choices: Sequence[str], variants: Mapping[str, str]) -> None:
    """Raises ``ValueError`` for a variant of a word that is no choice, or one that two words could claim."""
    for typed, word in variants.items():
        if word not in choices:
            raise ValueError(f"{typed!r}: {word!r} is no choice")
        if _table(tuple(choices), tuple(sorted(variants.items()))).get(_key(typed)) != word:
            raise ValueError(f"{typed!r}: may mean two choices")
