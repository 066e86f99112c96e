"""A time of day, as people write and say it: 9:20, 上午九点一刻, 下午2点半, 24:00."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..columns import Bad
from . import han
from .dates import number

NOON, DAY = 12 * 60, 24 * 60  # minutes

Hours = Mapping[int, tuple[int, ...]]


def _hours(*same: range, later: range = range(0), more: Hours | None = None) -> Hours:
    """What an hour as it is said is on a clock of 24: the same, or twelve later."""
    found = {h: (h,) for some in same for h in some} | {h: (h + 12,) for h in later}
    return {**found, **(more or {})}


# What each hour may be after a word for a part of the day; two where people mean either. An hour past 24 is of the
# next day: 晚上十二点 is where the day ends to one and where it begins to another.
_NIGHT = {0: (0, 24), 12: (0, 24), 24: (24,), **{h: (h, h + 24) for h in range(1, 5)}}
_PARTS: tuple[tuple[str, Hours], ...] = (
    ("凌晨", _hours(range(7), more={12: (0, 24)})),
    ("清晨|清早|一早|早上|早晨|早", _hours(range(4, 12))),
    ("上午", _hours(range(12), more={12: (0, 12)})),  # 12:30 after midnight is 上午 12:30 to Excel
    ("正午|中午", _hours(range(11, 15), later=range(1, 3))),
    ("下午|午后", _hours(range(12, 24), later=range(1, 12))),
    ("傍晚", _hours(range(16, 21), later=range(4, 9))),
    ("晚上|晚间|晚", _hours(range(17, 24), later=range(5, 12), more=_NIGHT)),
    ("深夜|半夜|午夜|夜里|夜间|夜晚", _hours(range(19, 24), later=range(7, 12), more={**_NIGHT, 5: (5, 29)})),
    ("[Aa][Mm]|[Aa]\\.[Mm]\\.", _hours(range(12), more={12: (0,)})),
    ("[Pp][Mm]|[Pp]\\.[Mm]\\.", _hours(range(12, 24), later=range(1, 12))),
)
_AS_TYPED = _hours(range(25))
_HALVES = range(1, 7)  # 三点, said without more, is an hour after midnight or after noon

_H = f"[{han.CHARACTERS}]"
_LATIN = r"[AaPp]\.?[Mm]\.?"
_PART = "|".join(words for words, _ in _PARTS)
_COLON = "[:∶﹕︰;]"  # the last is the key beside
_CLOCK = (
    rf"(?P<h>\d{{1,2}}) ?{_COLON} ?(?P<m>\d\d)(?: ?{_COLON} ?(?P<s>\d\d)(?:\.\d{{1,9}})?)?"
    rf"|(?P<h2>\d{{1,2}}|{_H}{{1,3}}) ?(?P<unit>[点时點時])(?:[钟整正]|(?P<half>半)|(?P<quarter>[一1三3]) ?刻"
    rf"|[过過零〇]? ?(?:(?P<m2>\d\d|{_H}{{2,3}}) ?分?|(?P<m3>\d|{_H}) ?分)[钟整]?(?: ?(?P<s2>\d{{1,2}}|{_H}{{1,3}}) ?秒)?)?"
    r"|(?P<h4>\d\d)(?P<m4>\d\d)"
)
TIME = re.compile(rf"(?P<part>{_PART})? ?(?:{_CLOCK}) ?(?P<latin>{_LATIN})?", re.ASCII)
PART = re.compile(_PART)
_PLAIN = re.sub(r"\?P<\w+>", "?:", _CLOCK)
_TWO = re.compile(rf"(?:{_PLAIN})(?P<between>.*?)(?:{_PLAIN})", re.ASCII)
AT_END = re.compile(rf"(?:(?:{_PART}) ?)?(?:{_PLAIN})(?: ?{_LATIN})?$", re.ASCII)
_VAGUE = re.compile(r"左右|前后|大概|大约|差不多|上下|[多许约]|[以之]?[前后]$|来钟")


def minutes(text: str) -> tuple[int, ...]:
    """What a folded time of day may be, in minutes from the beginning of its day; 1440 is its end.

    More than one where people mean either by it: 晚上12点, 3点. Raises ``Bad``: ``moment-form`` for what is no time.
    """
    m = TIME.fullmatch(text)
    if not m:
        raise why_not(text)
    hour, minute = _figures(m, text)
    if m["part"] and m["latin"]:
        raise Bad("moment-form")
    return tuple(h * 60 + minute for h in _meant(m, hour, minute, text))


def _figures(m: re.Match[str], text: str) -> tuple[int, int]:
    """The hour and the minute as typed. Raises ``Bad`` for those that no clock shows."""
    hour = 2 if m["h2"] in ("两", "兩") else number(m["h"] or m["h2"] or m["h4"])
    minute = number(m["m"] or m["m2"] or m["m3"] or m["m4"] or "0")
    second = number(m["s"] or m["s2"] or "0")
    if hour is None or minute is None or second is None:
        raise Bad("moment-form")
    if m["half"]:
        minute = 30
    elif m["quarter"]:
        minute = 15 if m["quarter"] in "一1" else 45
    if hour > 24 or minute > 59 or second > 59:
        raise Bad("moment-impossible", time=text)
    return hour, minute


def _meant(m: re.Match[str], hour: int, minute: int, text: str) -> tuple[int, ...]:
    said = m["part"] or m["latin"]
    if said:
        table = next(hours for words, hours in _PARTS if re.fullmatch(words, said))
        if hour not in table:
            raise Bad("moment-part", time=text)
        found = table[hour]
    elif m["unit"] in ("点", "點") and hour in _HALVES:
        found = (hour, hour + 12)
    else:
        found = _AS_TYPED[hour]
    if hour == 24 and minute:
        raise Bad("moment-impossible", time=text)
    return found


def is_small(text: str) -> bool:
    """Whether a time is typed as the small hours, and may be meant as the afternoon's: 2:30, but not 02:30."""
    m = TIME.fullmatch(text)
    return bool(m and m["h"] and len(m["h"]) == 1 and int(m["h"]) in _HALVES and not m["part"] and not m["latin"])


def why_not(text: str) -> Bad:
    """The reason why a text behind a day is no time."""
    if not text or PART.fullmatch(text):
        return Bad("moment-no-time")
    if _TWO.search(text):
        return Bad("moment-many")
    return Bad("moment-vague", time=text) if _VAGUE.search(text) else Bad("moment-form")
