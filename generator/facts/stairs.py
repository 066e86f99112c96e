"""Which buildings and stairs a text means, as volunteers write it: 1、2号楼, 1—6号楼, 三栋二单元, 16号楼1、2单元."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from ..typed import han

Stair = tuple[str, str]  # the building's number, and the stair's or "" for all of the building

MOST = 200  # buildings in one range: more is a slip
_NUMBER = r"(?:[A-Za-z]?\d{1,3}|[A-Za-z])"
_LIST = rf"{_NUMBER}(?:-{_NUMBER})?(?:,{_NUMBER}(?:-{_NUMBER})?)*"
_STAIR = rf"(?:{_LIST}|[东西南北中甲乙丙丁](?:,[东西南北中甲乙丙丁])*)"
_HOUSE = r"(?:号楼|栋楼|幢楼|栋|幢|座|#楼|#|号(?![楼院门线]))"
_PLACE = re.compile(rf"({_LIST}){_HOUSE}((?:,?{_STAIR}单元)*)")
_STAIRS = re.compile(rf"({_STAIR})单元")
_HAN = re.compile(rf"([一二三四五六七八九十]+)(?=(?:[-,][一二三四五六七八九十]+)*(?:{_HOUSE}|单元))")
_SAME = (re.compile(rf"({_NUMBER}){_HOUSE}-(?={_NUMBER}{_HOUSE})"), re.compile(rf"({_NUMBER})单元-(?={_NUMBER}单元)"))


def _plain(text: str) -> str:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    plain = re.sub("[—–―‐‑~至到]+", "-", plain)
    plain = re.sub("[、;/和及与]", ",", plain)
    plain = _HAN.sub(_digits, plain)
    for same in _SAME:
        plain = same.sub(r"\1-", plain)
    return plain


def _digits(found: re.Match[str]) -> str:
    number = han.read(found[1])
    return str(number.value) if number else found[1]


def _each(listed: str) -> tuple[str, ...]:
    """1-3,5 → 1, 2, 3, 5; nothing where a range runs backwards, is too long or has two different letters."""
    found: list[str] = []
    for item in listed.split(","):
        first, dash, last = item.partition("-")
        if not dash:
            found.append(_number(item))
            continue
        letters = {re.sub(r"\d", "", end).upper() for end in (first, last)}
        low, high = (int(re.sub(r"\D", "", end) or -1) for end in (first, last))
        if len(letters) != 1 or not 0 <= low <= high < low + MOST:
            return ()
        found += [f"{next(iter(letters))}{n}" for n in range(low, high + 1)]
    return tuple(found)


def _number(item: str) -> str:
    letter = re.sub(r"\d", "", item).upper()
    digits = re.sub(r"\D", "", item)
    return f"{letter}{int(digits)}" if digits else letter


@cache
def stairs(text: str) -> tuple[Stair, ...]:
    """The buildings and stairs that a text names, each once, in its order; none where it names no building.

    Only what is plainly a building is read: 临街门店 and 全部 name none.
    """
    found: dict[Stair, None] = {}
    for place in _PLACE.finditer(_plain(text)):
        units = [u for listed in _STAIRS.findall(place[2]) for u in _each(listed)] or [""]
        found.update(dict.fromkeys((house, unit) for house in _each(place[1]) for unit in units))
    return tuple(found)


def houses(text: str) -> tuple[str, ...]:
    """The numbers of the buildings that a text names."""
    return tuple(dict.fromkeys(house for house, _ in stairs(text)))


@cache
def house(name: str) -> str:
    """The number of the one building that a name is, 3 for 三号楼; the name itself where it has none."""
    named = stairs(name)
    return named[0][0] if len(named) == 1 and not named[0][1] else _plain(name)


def said(names: Iterable[str]) -> str:
    """Some buildings in few words: 1、2号楼, 1—6号楼, 8—14号楼、柳荫巷临街门店; those with a number first, by number."""
    numbers: dict[int, None] = {}
    others: list[str] = []
    for name in names:
        number = house(name)
        if number.isdigit():
            numbers[int(number)] = None
        else:
            others.append(name)
    runs: list[list[int]] = []
    for n in sorted(numbers):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    parts = [f"{r[0]}—{r[-1]}" if len(r) > 2 else "、".join(map(str, r)) for r in runs]
    return "、".join([*(["、".join(parts) + "号楼"] if parts else []), *others])
