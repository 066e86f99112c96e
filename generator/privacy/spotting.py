"""Texts that must never be published: numbers of persons and rooms, however they are spelt."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .handles import handles


@dataclass(frozen=True)
class Finding:
    """Something that must never be published: what it is, and the text that gave it away (for the editor only)."""

    what: str
    text: str


_HAN = "零〇○◯一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳叄參陸"
_FIGURES = str.maketrans(_HAN + "OoIl", "0000123456789" + "1" + "123456789" + "2336" + "0011")
_A, _FAR = rf"[{_HAN}百\dOoIl]", rf"[^{_HAN}百\dOoIl]{{0,3}}+"
# Too few digits to be anything of these; most cells end here.
_DIGITS = re.compile(rf"{_A}{_FAR}{_A}{_FAR}{_A}")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # they may stand between figures
_FOREIGN = re.compile(r"[^\D0-9]")
_BETWEEN = " \\t\\-—–‐‑‒―−·•、\ufe0f\u20e3"  # the last two make a key of a figure
_ONE = rf"(?:[{_HAN}\d]|[OoIl](?=[OoIl]*[Xx]?(?![A-Za-z])))"  # not the first letter of a word


def _run(gap: str) -> re.Pattern[str]:
    """Eleven figures or more in a row, and what stands between them."""
    first = rf"(?:(?<!\d)(?=[{_HAN}\d])|(?<![A-Za-z\d]))"
    return re.compile(rf"{first}{_ONE}(?:{gap}{_ONE}){{10,}}+(?:{gap}[Xx])?")


_RUN = _run(rf"[{_BETWEEN}.,:~/|_]{{0,3}}(?:\n[{_BETWEEN}.,:~/|_]{{0,2}})?")
_RUN_APART = _run(rf"[{_BETWEEN}]{{0,3}}")
_GROUP_OF_RUN = re.compile(r"[\dX]+")
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d(?:-\d{1,2}){1,2}(?!\d)")
_MOBILE = re.compile(r"(?:0|(?:00)?86)?(1[3-9]\d{9})")
_ABROAD = ("0", "86", "0086")
# How people part a mobile number or a card when they read it out; any other way only if nothing else stands beside it.
_PARTED = {(3, 4, 4), (4, 4, 3), (3, 3, 5), (3, 8), (7, 4), (1,) * 11}
_CARD_PARTED = {(4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (4, 4, 4, 7), (6, 13), (6, 10)}
_FOURS = re.compile(r"(?:\d{4}([ -]+)\d{4}\1\d{4}\1\d{4})(?!\d)")
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ID_BY_ITS_DATE = re.compile(rf"{_PROVINCE}\d{{4}}(?:19|20)\d\d{_MONTH_DAY}\d{{3}}[\dX]")
_OLD_ID = re.compile(rf"{_PROVINCE}\d{{4}}\d\d{_MONTH_DAY}\d{{3}}")  # 15 digits, until 1999
_COUNTED = (
    r"[ ]*(?:年|户(?!主)|人(?!在)|元|万|米|平|天|日|把|个|盏|级|多|余|块|辆|次|页|期|名|份|瓦|公斤|毫米|厘米|位|部|台|吨"
    r"|张(?=[\W\d意表票卡照图床桌椅纸单选问通明宣海]|$)"  # 501张三 lives there
    r"|棵|株|处|件|盆|套|扇|根|条|只|层|楼|分|小时|时|票)"
)
_UNIT = re.compile(_COUNTED)
_NO_ROOM = rf"(?!{_COUNTED})"
_HOUSE = r"(?:单元|栋|幢|号楼|号院|座)"
_BEGUN = re.compile(rf"{_COUNTED}|{_HOUSE}|#")  # the figures before it may be its own: 138001380003号楼
_NUMBER = rf"[\d{_HAN}]"
_NO_MORE = r"(?:(?!\d)|(?=1[3-9]\d{9}(?!\d)))"
_LIVING = "(?:住户|居民|业主|租户|老人|人家|家里)(?!议事|活动|服务|之家|学校)"
_ROOM_NUMBER = rf"(?:(?<!\d)\d{{3,4}}|(?<![{_HAN}])[{_HAN}]{{3,4}})"
_ROOM_OF_A_FLOOR = r"(?:[1-9]|[12]\d|3[0-4])(?:0[1-9]|1[0-6])(?!\d)"
_HOUSE_AND_ROOM = rf"(?<![\d.\-—–/A-Za-z第])\d{{1,2}} ?[-—–] ?{_ROOM_OF_A_FLOOR}(?![-—–])"
# What it is, what must stand in the text at all, and how it is written.
_LOOKS = (
    # ID numbers not even in part: 640104********0018, 身份证尾号0018.
    (
        "id-number",
        re.compile(r"[*xX]{4}"),
        (re.compile(r"(?<![\d*])(?=(?:[\d*xX]{15}|[\d*xX]{18})(?![\d*xX]))[1-6]\d{2,}[*xX]{4,}[\dxX]*"),),
    ),
    (
        "id-number",
        re.compile("身份证"),
        (re.compile(r"身份证[^\n,。;、]{0,6}(?:尾号|后[四4五5六6八8]位)[^\n\d,。;、]{0,3}\d{3,8}[Xx]?"),),
    ),
    (
        "room",
        re.compile(r"[\d十] ?[-—–]"),
        (re.compile(r"(?<![\d\-—./])\d{1,2} ?[-—–] ?\d{1,2} ?[-—–] ?\d{3,4}(?![\d\-—])"),),
    ),
    (
        "room",
        re.compile(rf"[{_HAN}] ?[-—–]"),
        (re.compile(rf"(?<![{_HAN}])[{_HAN}十]{{1,3}} ?[-—–] ?[{_HAN}]{{1,2}} ?[-—–] ?[{_HAN}]{{3,4}}(?![{_HAN}])"),),
    ),
    # House and room alone, where that says that somebody lives there: 5-302室, 3-501的业主, 赵四(3-501).
    (
        "room",
        re.compile(r"\d ?[-—–] ?\d{3}"),
        (
            re.compile(rf"{_HOUSE_AND_ROOM} ?(?:室|房|户(?!数|型|表))"),
            re.compile(rf"{_HOUSE_AND_ROOM}的?{_LIVING}"),
            re.compile(rf"(?<=[\u3400-\u9fff])\( ?{_HOUSE_AND_ROOM} ?\)"),
        ),
    ),
    # 501业主不同意; not 2012业主大会, 500业主, 共501业主.
    (
        "room",
        re.compile(r"\d的?(?:业主|住户|租户)"),
        (
            re.compile(
                rf"(?<![\d.\-—–―A-Za-z共约有超近达计等第]){_ROOM_OF_A_FLOOR}的?(?:业主|住户|租户)(?!大会|委员|代表|共同|签)"
            ),
        ),
    ),
    # The one side of a floor: 二单元五楼东户.
    (
        "room",
        re.compile(r"[东西南北中左右].{0,4}[户家门]"),
        (
            re.compile(
                rf"{_HOUSE}[^\n,。,;;、]{{0,4}}?(?:{_NUMBER}|十){{1,3}} ?[楼层]的?"
                r"[东西南北中左右]{1,2}[边侧面手]?的?(?:[一那这头]?户(?!外)|[一那这]家|人家|门(?!口|厅|前))"
            ),
        ),
    ),
    # A room by itself where somebody lives: 住501室, 501室居民, 五百一室; not 会议室在201室.
    (
        "room",
        re.compile(rf"住\D{{0,3}}{_NUMBER}+ ?[室房]|[室房]的?{_LIVING}|百[零〇{_HAN}十]{{1,4}} ?[室房]"),
        (
            re.compile(rf"住(?:在|的是)? ?{_ROOM_NUMBER} ?[室房]"),
            re.compile(rf"{_ROOM_NUMBER} ?[室房]的?{_LIVING}"),
            re.compile(rf"(?<![{_HAN}十百千万])[{_HAN}]百[零〇]?[{_HAN}十]{{1,3}} ?(?:室(?![外内])|房(?![间屋产]))"),
        ),
    ),
    (
        "room",
        re.compile(rf"{_HOUSE}|\d[#门]"),
        (
            re.compile(rf"(?:{_HOUSE}|\d门|\d#楼?)[ -]?\d{{3,4}}{_NO_ROOM}(?:室|号|房)?{_NO_MORE}"),
            re.compile(
                rf"(?:栋|幢|号楼|\d#楼?)[ -]?{_NUMBER}{{1,2}} ?(?:门|[-—–]) ?{_NUMBER}{{3,4}}(?![\d{_HAN}十百千]){_NO_ROOM}"
            ),
            re.compile(rf"{_HOUSE}[^\n,。,;;、]{{0,6}}?\d{{3,4}} ?(?:室|房)"),
            re.compile(rf"{_HOUSE}[^\n,。,;;、]{{0,4}}?[{_HAN}]百[零〇]?[{_HAN}十]{{1,3}} ?(?:室|房|号)"),
            re.compile(rf"(?:{_HOUSE}|\d门) ?[{_HAN}]{{3,4}}(?![{_HAN}十百千])(?:室|号|房|{_NO_ROOM})"),
        ),
    ),
)
_ANY_SIGN = re.compile(
    rf"[*xX]{{4}}|[\d十{_HAN}] ?[-—–]|[证元栋幢楼院座#门室房主户]|\("
)  # whatever has a sign has this
# Ids are many: letters, digits and hyphens, of which none of the above can be found.
_AN_ID = re.compile(r"(?!(?:[^\dOoIl]*[\dOoIl]){11}|.*\d-\d{1,2}-\d{3}|.*[xX]{4})[A-Za-z0-9-]*")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_id_number(digits: str) -> bool:
    """Whether 18 characters are a resident ID number, by GB 11643's check character."""
    if not re.fullmatch(r"[1-9]\d{16}[\dXx]", digits):
        return False
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[-1].upper()


def is_bank_card(digits: str) -> bool:
    """Whether 16–19 digits are a bank card number: an issuer prefix in use and Luhn's check digit."""
    if not re.fullmatch(r"(?:62|4|5[1-5]|35|37|9)\d{14,18}", digits) or not 16 <= len(digits) <= 19:
        return False
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _number(groups: list[str], gaps: list[str], whole: bool) -> str:
    """What the groups of one number are. ``gaps``: what parts them; ``whole``: whether nothing stands beside them."""
    bare, sizes = "".join(groups), tuple(map(len, groups))
    plain = whole and not set("".join(gaps)) - set(" \t-—–·")  # parted in any way, by blanks and hyphens alone
    broken = whole and gaps == ["\n"]
    if _ID_BY_ITS_DATE.fullmatch(bare) or (len(groups) == 1 and is_id_number(bare)):
        return "id-number"
    if _OLD_ID.fullmatch(bare) and (plain or broken or sizes in {(15,), (6, 6, 3), (1,) * 15}):
        return "id-number"
    if is_bank_card(bare) and (plain or broken or len(sizes) in (1, len(bare)) or sizes in _CARD_PARTED):
        return "bank-card"
    sizes = sizes[1:] if sizes[1:] and groups[0] in _ABROAD else sizes
    alike = len(set(gaps[-len(sizes) + 1 :])) == 1
    if _MOBILE.fullmatch(bare.rstrip("X")) and (plain or broken or len(sizes) == 1 or (alike and sizes in _PARTED)):
        return "mobile"
    return ""


def _in_figures(run: str) -> str:
    if run.isascii() and not set("OoIl") & set(run):
        return run.upper()
    return _FOREIGN.sub(lambda m: str(unicodedata.digit(m.group())), run.translate(_FIGURES)).upper()


def _parted(figures: str) -> tuple[list[str], list[str]]:
    """The groups of a row of figures, and the gaps between them."""
    marks = list(_GROUP_OF_RUN.finditer(figures))
    return [m.group() for m in marks], [figures[a.end() : b.start()] for a, b in pairwise(marks)]


def _numbers(run: str) -> Iterator[Finding]:
    """The numbers in a row of figures and gaps, each from the beginning of a group to the end of one."""
    figures = _in_figures(run)
    marks = list(_GROUP_OF_RUN.finditer(figures))
    groups = [m.group() for m in marks]
    gaps = [figures[a.end() : b.start()] for a, b in pairwise(marks)]
    alone = [m for m in marks if _number([m.group()], [], False)]
    if alone:
        yield from (Finding(_number([m.group()], [], False), run[m.start() : m.end()]) for m in alone)
        return
    first = 0
    while first < len(groups):
        size, last = 0, first
        while last < len(groups) and (size := size + len(groups[last])) <= 19:
            last += 1
            what = _number(groups[first:last], gaps[first : last - 1], last - first == len(groups)) if size > 10 else ""
            if what:
                yield Finding(what, run[marks[first].start() : marks[last - 1].end()])
                first = last - 1
                break
        first += 1


def _joints(run: str, at: list[int], begun: bool) -> list[int]:
    """Between which figures a number may begin and end: at a gap, and where a figure is none of 0–9 (张三139…, 139…三).

    ``at``: where the figures stand. ``begun``: whether the last ones may belong to the word behind.
    """
    own = [run[i] in "0123456789" for i in at]
    inner = (k for k in range(1, len(at)) if at[k] - at[k - 1] > 1 or not (own[k] and own[k - 1]))
    return sorted({0, *inner, *range(max(len(at) - 4 if begun else len(at), 11), len(at) + 1)})


def _glued(run: str, begun: bool) -> Iterator[Finding]:
    """The numbers in a row of figures that stand in one group with figures of other words: the 三 of 张三13912345678."""
    figures = _in_figures(run)
    at = [i for i, c in enumerate(figures) if c.isdigit() or c == "X"]
    joints = _joints(run, at, begun)
    after = 0
    for n, first in enumerate(joints):
        what, last = _first_from(figures, at, first, joints) if first >= after else ("", 0)
        if not what:
            continue
        for later in joints[n + 1 : n + 3] if what != "id-number" else ():  # 李一640104…: no mobile number 1640104…
            other, end = _first_from(figures, at, later, joints)
            if other == "id-number" and later - first < 3:
                what, first, last = other, later, end
                break
        yield Finding(what, run[at[first] : at[last - 1] + 1])
        after = last


def _first_from(figures: str, at: list[int], first: int, joints: list[int]) -> tuple[str, int]:
    """What the number is that begins here, and where it ends; at no joint only if another number begins right there."""
    for last in joints[bisect(joints, first + 10) : bisect(joints, first + 19)]:
        if what := _between(figures, at, first, last):
            return what, last
    for last in range(first + 11, min(first + 19, len(at) - 11) + 1):
        what = _between(figures, at, first, last)
        ends = joints[bisect(joints, last + 10) : bisect(joints, last + 19)] if what else ()
        if any(_between(figures, at, last, end) for end in ends):
            return what, last
    return "", first


def _between(figures: str, at: list[int], first: int, last: int) -> str:
    start, end = at[first], at[last - 1] + 1
    groups, gaps = _parted(figures[start:end])
    # With one or two figures of another word glued on, it is still parted as it would be if it stood alone.
    left = first == 0 or (at[first] == first < 3 and len(set(gaps)) == 1)
    right = last == len(at) or (at[-1] + 1 - end == len(at) - last < 3 and len(set(gaps)) == 1)
    return _number(groups, gaps, left and right)


def _is_list(found: Finding, run: str) -> bool:
    """Whether a mobile number before a unit is rather a list of numbers: 150、2000、3000户."""
    return found.what == "mobile" and bool(set("、,/") & set(found.text)) and run.endswith(found.text)


def _spelling(text: str) -> str:
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return plain if plain.isprintable() else _UNSEEN.sub("", plain)


def _plain(text: str, apart: bool) -> str:
    """A text that may hold something, in the commonest spelling; ``apart``: the lines that hold nothing are left blank."""
    plain = _spelling(text)
    if not _DIGITS.search(plain):
        return ""
    return "\n".join(line if _DIGITS.search(line) else "" for line in plain.split("\n")) if apart else plain


def _spelt(plain: str, apart: bool) -> Iterator[Finding]:
    for m in (_RUN_APART if apart else _RUN).finditer(plain):
        run = m.group()
        listed = _UNIT.match(plain, m.end()) is not None
        begun = _BEGUN.match(plain, m.end()) is not None
        found = list(_numbers(run))
        if not found and (begun or len(run) > 21 or not run.isascii() or set("OoIlXx") & set(run)):
            found = list(_glued(run, begun))
        yield from (f for f in found if not (listed and _is_list(f, run)))


def scan(text: str, apart: bool = False) -> list[Finding]:
    """ID numbers, mobile numbers, bank cards, room addresses and what else leads to a person in a text, however they are
    spelt: with blanks and other marks between the digits, in Chinese or full-width digits, with O and l for 0 and 1, broken into two lines.

    ``apart``: the text is a file of many texts and numbers; a comma or the end of a line parts them.
    """
    quiet = not apart and ((text.isascii() and _AN_ID.fullmatch(text)) or _has_nothing(text))
    return [] if quiet else _scanned(text, apart)


@lru_cache(maxsize=1 << 17)  # what came in by sync is looked at again when it is read back
def _has_nothing(text: str) -> bool:
    return not _scanned(text, False)


def _scanned(text: str, apart: bool) -> list[Finding]:
    led = [Finding(what, shown) for what, shown in handles(_spelling(text))]
    return led + _of_figures(text, apart)


def _of_figures(text: str, apart: bool) -> list[Finding]:
    whole = _plain(text, apart)
    if not whole:
        return []
    plain = _DAY.sub("§", whole)
    found = {f.text: f for f in _spelt(plain, apart)}
    if plain != whole:  # an ID number has a day within, a card may seem to: 6222-0200-2019-0101
        more = _spelt(whole, apart)
        found.update((f.text, f) for f in more if f.what == "id-number" or _FOURS.match(f.text))
    for what, sign, patterns in _LOOKS if _ANY_SIGN.search(plain) else ():
        for pattern in patterns if sign.search(plain) else ():
            for m in pattern.finditer(plain):
                found.setdefault(m.group(), Finding(what, m.group()))
    return list(found.values())


def hide(text: str) -> str:
    """A text as a message may show it: cut short, and to two characters when something private stands in it."""
    if scan(text):
        return text[:2] + "…"
    return text if len(text) <= 60 else text[:59] + "…"
