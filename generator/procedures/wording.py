"""A share in Chinese, made of its fraction; and whether what a file says of its shares is what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from ..declared import At
from ..typed import han
from .shares import Threshold

HALF = Fraction(1, 2)
_NUMBER = r"(?:\d+|[〇零一二两三四五六七八九十百千万亿]+)"
_FRACTION = rf"{_NUMBER}分之{_NUMBER}|\d+/\d+|\d+(?:\.\d+)?%"
_TENTHS = "[一二三四五六七八九]成半?"
_HALF = "过半数?|半数|一半"
# What stands before it (全体委员, 参加的) may have nothing of a share in it.
_SAID = re.compile(
    r"[^\d〇零一二两三四五六七八九十百千万亿%/分之半超过多高大至少不低达]*(?:(?P<over>超过|多于|高于|大于)|(?P<least>至少|不少于|不低于|达到))?"
    rf"(?P<share>{_FRACTION}|{_TENTHS}|{_HALF})(?P<up>或?以上)?"
)
_WHOLE = re.compile("(?:全部|全体一致|全体|一致)(?:同意|赞成|到会)?")
_ANY = re.compile(rf"{_FRACTION}|{_HALF}")


def said(bar: Threshold) -> str:
    """The Chinese of a share: 过半数, 三分之二以上, 超过三分之二, 全部 (民法典 §1259: 以上 takes the number itself in)."""
    if bar.share == 1:
        return "全部"
    if bar.share == HALF:
        return "过半数" if bar.strict else "半数以上"
    whole = _number(bar.share.denominator)
    words = (
        f"{whole.removeprefix('一') if whole in ('一百', '一千', '一万') else whole}分之{_number(bar.share.numerator)}"
    )
    return f"超过{words}" if bar.strict else f"{words}以上"


def _number(value: int) -> str:
    words = han.spell(value).replace("〇", "零")
    return words.removeprefix("一") if words.startswith("一十") else words


def read(text: str) -> tuple[Fraction, bool] | None:
    """The share that a few words say, and whether the number itself is left out; None for words of no share, or of two."""
    plain = re.sub(r"\s", "", text)
    if _WHOLE.fullmatch(plain):
        return Fraction(1), False
    match = _SAID.fullmatch(plain)
    if not match:
        return None
    word = match["share"]
    share = _fraction(word)
    over = bool(match["over"]) or word.startswith("过半")
    if share is None or (over and (match["up"] or match["least"])):
        return None
    return (share, over) if over or match["up"] or match["least"] else None


def _fraction(word: str) -> Fraction | None:
    if "半" in word and "成" not in word:
        return HALF
    if word.endswith("%"):
        return Fraction(word[:-1]) / 100
    if "成" in word:
        return Fraction("一二三四五六七八九".index(word[0]) * 2 + 2 + word.endswith("半"), 20)
    under, _, over = word.partition("分之") if "分之" in word else word.partition("/")[::-1]
    below, above = _whole(under), _whole(over)
    return Fraction(above, below) if below and above is not None else None


def _whole(word: str) -> int | None:
    if word.isascii():
        return int(word[:9])
    number = han.read("一" + word if word in ("百", "千", "万") else word)
    return number.value if number else None


def shares_in(text: str) -> tuple[tuple[str, Fraction], ...]:
    """Every share that a sentence names, with its words, whether or not it is to be exceeded."""
    found = ((m[0], _fraction(m[0])) for m in _ANY.finditer(text))
    return tuple((word, share) for word, share in found if share is not None)


def check_words(word: str, bar: Threshold, at: At) -> None:
    """The words of a share say what is counted; of whom (全体, 到会) they do not say otherwise either."""
    if read(word) != (bar.share, bar.strict):
        at.fault("procedure-words", word, counted=said(bar))
    elif (bar.of == "present" and re.search("全体.|应到", word)) or (
        bar.of == "eligible" and at.path.endswith("majority_share") and re.search("到会|出席|参加|投票", word)
    ):
        at.fault("procedure-words-of", word, of=bar.of)


def check_sentence(text: str, bars: Iterable[Threshold], at: At) -> None:
    """A sentence for residents names no share but those that are counted."""
    counted = tuple(bars)
    for word, share in shares_in(text):
        if share not in {b.share for b in counted}:
            at.fault("procedure-sentence-share", word, counted="、".join(dict.fromkeys(said(b) for b in counted)))
