"""Heads and area from a roll of units, and a count of the ballots cast for them: exact, and sure or silent.

One unit is one head; several units of one owner are one; all that the developer has not sold is one (最高人民法院关于审理
建筑物区分所有权纠纷案件适用法律若干问题的解释 §9). A unit's area is the register's, without it the survey's, without that the
contract's (§8). Nothing here is public: the rolls and the ballots stay with the volunteers, and only totals leave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .decisions import SQUARE_CENTIMETRE, Areas, Tally

# Where an area is taken from, the best first.
BASES = ("登记簿", "实测", "合同")
IN_FAVOUR, AGAINST, ABSTAINED, INVALID = "同意", "反对", "弃权", "无效"
CHOICES = (IN_FAVOUR, AGAINST, ABSTAINED, INVALID)


@dataclass(frozen=True)
class Unit:
    """One line of a roll: a unit, its owner (who stands for all who share it), its area in m² and where that is from.

    ``owner``: whoever has the same text is one person: two of one name are written apart by whoever keeps the roll.
    ``unsold``: still the developer's, whatever ``owner`` says. A unit may have a line for each basis.
    """

    unit: str
    owner: str
    area: Decimal | None
    basis: str = BASES[0]
    unsold: bool = False


@dataclass(frozen=True)
class Cast:
    """One ballot that was returned: for which unit (or by which person), what it says, when, and through whom.

    ``proxy``: who cast it for the owner, "" for the owner; ``written``: whether the owner's authorisation is at hand.
    """

    voter: str
    choice: str
    on: date | None = None
    proxy: str = ""
    written: bool = False


class Electorate(NamedTuple):
    """Who may vote: heads, and their area in m²."""

    heads: int
    area: Decimal


@dataclass(frozen=True)
class Fault:
    """Why a roll or a count cannot be trusted. ``at``: places in the sequence that was given, from 0.

    Of a roll: ``unit-unnamed``, ``unit-twice`` (two lines of one basis, or two owners), ``unit-owner`` (no owner, and
    not unsold), ``unit-area`` (none, not above 0, or finer than a square centimetre), ``unit-basis`` (not of ``BASES``).
    Of ballots: ``cast-unknown`` (no such unit, or nobody's), ``cast-twice`` (two for one voter), ``cast-choice`` (not of
    ``CHOICES``), ``cast-divided`` (one owner's units say different things: a head cannot be both),
    ``cast-unwritten`` (by proxy without a written authorisation), ``cast-proxies`` (one person casts for more
    others than the rule allows), ``cast-many`` (more voters than may vote).
    """

    code: str
    at: tuple[int, ...]
    who: str


@dataclass(frozen=True)
class Counted:
    """What ballots come to. ``tally`` is None while there is any fault: which of two ballots counts is not ours to choose."""

    tally: Tally | None
    faults: tuple[Fault, ...] = ()


def electorate(units: Iterable[Unit]) -> Electorate:
    """The heads and the area (m²) of a roll that has no fault. Raises ``ValueError`` for a basis that there is not."""
    best = _best(units)
    return Electorate(len({_head(u) for u in best.values()}), _area(best.values()))


def holdings(units: Iterable[Unit]) -> Mapping[str, tuple[str, ...]]:
    """The units of each owner who has several, and of the developer under "": what was counted as one head."""
    found: dict[str, list[str]] = {}
    for unit in _best(units).values():
        found.setdefault(unit.owner if not unit.unsold else "", []).append(unit.unit)
    return {owner: tuple(some) for owner, some in found.items() if len(some) > 1}


def roll_faults(units: Sequence[Unit]) -> tuple[Fault, ...]:
    """Why a roll cannot be counted, in its own order; empty for one that can be."""
    return tuple(_roll_faults(units))


def count(units: Sequence[Unit], casts: Sequence[Cast], proxies: int | None = None) -> Counted:
    """The tally of owners' ballots over a roll, one ballot a unit: a head of several units counts once.

    A unit for which no ballot came back takes no part, in heads or in area: silence is not assent. ``proxies``: how many
    ballots one person may cast for others, None for any number.
    """
    faults = (*_roll_faults(units), *_cast_faults(units, casts, proxies))
    if faults:
        return Counted(None, faults)
    best = _best(units)
    heads, area = electorate(units)
    said = {c.voter: c.choice for c in casts}
    voted = {choice: [best[u] for u, what in said.items() if what == choice] for choice in CHOICES}
    by_head = {choice: len({_head(u) for u in some}) for choice, some in voted.items()}
    by_area = {choice: _area(some) for choice, some in voted.items()}
    present = sum(by_head.values())
    tally = Tally(
        eligible=heads,
        present=present,
        in_favour=by_head[IN_FAVOUR],
        against=by_head[AGAINST],
        abstained=by_head[ABSTAINED],
        invalid=by_head[INVALID],
        unreturned=heads - present,
        areas=Areas(
            area,
            sum(by_area.values(), Decimal(0)),
            by_area[IN_FAVOUR],
            by_area[AGAINST],
            by_area[ABSTAINED],
            by_area[INVALID],
        ),
        proxies=len({_head(best[c.voter]) for c in casts if c.proxy}),
    )
    return Counted(tally)


def count_heads(called: int, casts: Sequence[Cast], proxies: int | None = None) -> Counted:
    """The tally of ballots that are counted by heads alone, each by whoever cast it. ``called``: how many may vote."""
    faults = [Fault("cast-unknown", (n,), "") for n, c in enumerate(casts) if not c.voter]
    faults += [*_each(casts), *_twice(casts), *_by_proxy(casts, [c.voter for c in casts], proxies)]
    if len({c.voter for c in casts}) > called:
        faults.append(Fault("cast-many", (), str(called)))
    if faults:
        return Counted(None, tuple(faults))
    said = Counter(c.choice for c in casts)
    tally = Tally(
        eligible=called,
        present=len(casts),
        in_favour=said[IN_FAVOUR],
        against=said[AGAINST],
        abstained=said[ABSTAINED],
        invalid=said[INVALID],
        proxies=sum(1 for c in casts if c.proxy),
    )
    return Counted(tally)


# --- units and heads ----------------------------------------------------------------------------------------------


def _best(units: Iterable[Unit]) -> dict[str, Unit]:
    """Each unit once, by the line of its best basis."""
    found: dict[str, Unit] = {}
    for unit in units:
        other = found.get(unit.unit)
        if other is None or BASES.index(unit.basis) < BASES.index(other.basis):
            found[unit.unit] = unit
    return found


def _head(unit: Unit) -> tuple[bool, str]:
    """Whose head a unit counts to."""
    return (True, "") if unit.unsold else (False, unit.owner)


def _area(units: Iterable[Unit]) -> Decimal:
    return sum((u.area for u in units if u.area is not None), Decimal(0))


# --- faults -------------------------------------------------------------------------------------------------------


def _roll_faults(units: Sequence[Unit]) -> Iterator[Fault]:
    lines: dict[str, list[int]] = {}
    for n, unit in enumerate(units):
        if code := _unit_fault(unit):
            yield Fault(code, (n,), unit.unit)
        if unit.unit:
            lines.setdefault(unit.unit, []).append(n)
    for name, at in lines.items():
        same = [units[n] for n in at]
        if len({u.basis for u in same}) < len(same) or len({_head(u) for u in same}) > 1:
            yield Fault("unit-twice", tuple(at), name)


def _unit_fault(unit: Unit) -> str:
    if not unit.unit:
        return "unit-unnamed"
    if unit.basis not in BASES:
        return "unit-basis"
    if not (unit.owner or unit.unsold):
        return "unit-owner"
    area = unit.area
    return "unit-area" if area is None or area <= 0 or area % SQUARE_CENTIMETRE else ""


def _cast_faults(units: Sequence[Unit], casts: Sequence[Cast], proxies: int | None) -> Iterator[Fault]:
    heads = {u.unit: _head(u) for u in units}
    for n, cast in enumerate(casts):
        if cast.voter not in heads:
            yield Fault("cast-unknown", (n,), cast.voter)
    yield from _each(casts)
    yield from _twice(casts)
    of = [heads.get(c.voter, (False, c.voter)) for c in casts]
    yield from _divided(casts, of)
    yield from _by_proxy(casts, of, proxies)


def _each(casts: Sequence[Cast]) -> Iterator[Fault]:
    for n, cast in enumerate(casts):
        if cast.choice not in CHOICES:
            yield Fault("cast-choice", (n,), cast.voter)
        if cast.proxy and not cast.written:
            yield Fault("cast-unwritten", (n,), cast.voter)


def _twice(casts: Sequence[Cast]) -> Iterator[Fault]:
    for voter, at in _places([c.voter for c in casts]).items():
        if len(at) > 1:
            yield Fault("cast-twice", at, str(voter))


def _divided(casts: Sequence[Cast], heads: Sequence[object]) -> Iterator[Fault]:
    """One owner's units that say different things; two ballots for one unit are told as such, and not again here."""
    for at in _places(heads).values():
        voters = {casts[n].voter for n in at}
        if len(voters) == len(at) > 1 and len({casts[n].choice for n in at}) > 1:
            yield Fault("cast-divided", at, casts[at[0]].voter)


def _by_proxy(casts: Sequence[Cast], heads: Sequence[object], most: int | None) -> Iterator[Fault]:
    """Who casts for more owners than the rule allows; several units of one owner are one."""
    others = _places([c.proxy for c in casts])
    for proxy, at in others.items():
        if proxy and most is not None and len({heads[n] for n in at}) > most:
            yield Fault("cast-proxies", at, str(proxy))


def _places(values: Sequence[object]) -> dict[object, tuple[int, ...]]:
    """Where each value stands."""
    found: dict[object, list[int]] = {}
    for n, value in enumerate(values):
        found.setdefault(value, []).append(n)
    return {value: tuple(at) for value, at in found.items()}
