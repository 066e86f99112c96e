"""Rows of which one person may have many: a number that comes of few people is not listed, however great it is."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import counting, sheet
from generator.columns import counted, day, key, private, text
from generator.privacy import CountTable
from generator.sheets import discover
from generator.suppression import FEW, UNLISTED, exposed, suppress
from tests.attacker import Printed, worked_out

TODAY = date(2026, 6, 17)
STAMPS, REDEMPTIONS = discover()["stamps"], discover()["redemptions"]
KNOWN = {"points": ("j1", "j2", "j3")}
MONTHS = counting.months(TODAY)


def stamps(service: str, month: int, times: int, *cards: str) -> list[dict[str, Any]]:
    """So many stamps of a service in a month of 2026, by these cards in turn."""
    return [{"service": service, "on": date(2026, month, 3), "card": cards[n % len(cards)]} for n in range(times)]


FIVE = tuple(f"K-{n}" for n in range(5))


def count(rows: list[dict[str, Any]], before: CountTable | None = None) -> CountTable:
    return counting.count(STAMPS, "nanhua", rows, KNOWN, TODAY, before)


def everywhere(times: int, *cards: str) -> list[dict[str, Any]]:
    return [row for s in KNOWN["points"] for m in MONTHS for row in _of(s, m, times, *cards)]


def _of(service: str, month: str, times: int, *cards: str) -> list[dict[str, Any]]:
    on = date.fromisoformat(f"{month}-03")
    return [{"service": service, "on": on, "card": cards[n % len(cards)]} for n in range(times)]


def test_what_one_holder_did_alone_is_not_listed_and_cannot_be_worked_out() -> None:
    rows = [r for r in everywhere(10, *FIVE) if (r["service"], r["on"].month) != ("j2", 5)] + stamps("j2", 5, 12, "K-1")
    table = count(rows)
    assert table.cells["j2", "2026-05"].shown == "不列"
    assert table.cells["j1", "2026-04"].shown == "10"
    again, problems = counting.read(counting.write(table), STAMPS, "nanhua", "x.csv")
    assert problems == []
    assert again == table


def test_one_who_is_spelt_in_small_letters_is_the_same() -> None:
    rows = [*everywhere(10, *FIVE), *stamps("j1", 5, 0, "K-1")]
    assert count(rows).cells["j1", "2026-04"].shown == "10"
    four = [{**r, "card": "k-0" if r["card"] == "K-4" else r["card"]} for r in rows]
    assert not any(c.shown == "10" for c in count(four).cells.values())


def test_a_number_that_was_public_goes_when_it_comes_of_few() -> None:
    """Though the table would still be true: somebody's card was corrected."""
    first = count(everywhere(10, *FIVE))
    moved = [{**r, "card": "K-1"} if (r["service"], r["on"].month, r["on"].year) == ("j3", 4, 2026) else r for r in everywhere(10, *FIVE)]
    second = count(moved, first)
    assert second.cells["j3", "2026-04"].shown == "不列"


ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 11), st.integers(1, 14), st.integers(1, 7)), max_size=30)


@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_no_printed_number_comes_of_fewer_than_five(some: list[tuple[int, int, int, int]]) -> None:
    rows = [r for s, m, times, cards in some for r in _of(KNOWN["points"][s], MONTHS[m], times, *(f"K-{n}" for n in range(cards)))]
    table = count(rows)
    for (service, month), shown in table.cells.items():
        own = [
            r
            for r in rows
            if service in ("合计", r["service"]) and month in ("合计", f"{r['on']:%Y-%m}")
        ]
        if shown.number is not None:
            assert shown.number == len(own)
            assert len({r["card"] for r in own}) >= 5
    again, problems = counting.read(counting.write(table), STAMPS, "nanhua", "x.csv")
    assert problems == []
    assert again == table


def test_a_week_of_few_holders_is_not_listed() -> None:
    week = [{"on": date(2026, 6, 9), "card": f"K-{n % 4}"} for n in range(20)]
    other = [{"on": date(2026, 6, 2), "card": f"K-{n % 5}"} for n in range(20)]
    table = counting.count(REDEMPTIONS, "nanhua", [*week, *other], {}, TODAY)
    assert table.cells["2026-W24",].shown == "不列"
    assert table.cells["2026-W23",].shown == "20"
    assert table.cells["合计",].shown == "不列"
    assert counting.read(counting.write(table), REDEMPTIONS, "nanhua", "x.csv")[1] == []


@pytest.mark.parametrize("seed", range(6))
def test_what_must_not_be_listed_stays_in_doubt_for_an_attacker(seed: int) -> None:
    """With another program than the one that chose."""
    dice = random.Random(seed)
    cells = {(i, j): dice.choice((0, 3, 6, 9, 20)) for i in range(3) for j in range(5)}
    shy = frozenset(k for k, n in cells.items() if n >= 5 and dice.random() < 0.3)
    marks = suppress((3, 5), cells, 5, (1,), None, shy)
    assert all(marks[k] is UNLISTED for k in shy)
    assert not exposed((3, 5), marks, 5)
    names = {FEW: "少于5", UNLISTED: "不列"}
    lines = ["一,二,数量", *(f"{_name(i)},{_name(j)},{names.get(m, m)}" for (i, j), m in marks.items())]
    assert Printed("\n".join(lines).encode(), 5).learnt() == []


def _name(place: int | None) -> str:
    return "合计" if place is None else f"x{place}"


# --- from one edition to the next


def test_a_number_that_was_not_listed_stays_so_when_one_more_holder_comes() -> None:
    """Else 7 after 不列 would say that four people had 6."""
    week = [{"on": date(2026, 6, 9), "card": f"K-{n % 4}"} for n in range(6)]
    first = counting.count(REDEMPTIONS, "nanhua", week, {}, TODAY)
    later = [*week, {"on": date(2026, 6, 9), "card": "K-9"}]
    assert counting.count(REDEMPTIONS, "nanhua", later, {}, TODAY).cells["2026-W24",].shown == "7"
    assert counting.count(REDEMPTIONS, "nanhua", later, {}, TODAY, first).cells["2026-W24",].shown == "不列"
    rows = [*everywhere(10, *FIVE), *stamps("j2", 5, 0, "K-1")]
    four = [{**r, "card": "K-1"} if (r["service"], r["on"].month) == ("j2", 5) and r["card"] == "K-4" else r for r in rows]
    assert count(rows, count(four)).cells["j2", "2026-05"].shown == "不列"


def test_a_total_is_of_printed_numbers_alone() -> None:
    """Otherwise a service that is gone, or one more row, were what two totals differ by."""
    rows = [r for r in everywhere(10, *FIVE) if (r["service"], r["on"].month) != ("j2", 5)] + stamps("j2", 5, 3, "K-1")
    table = count(rows)
    assert (table.cells["j2", "2026-05"].shown, table.cells["合计", "2026-05"].shown) == ("少于5", "不列")
    assert (table.cells["j1", "2026-05"].shown, table.cells["合计", "2026-04"].shown) == ("10", "30")


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("sheet", [STAMPS, REDEMPTIONS], ids=lambda s: s.id)
def test_all_editions_of_a_season_together_tell_no_small_number(sheet: Any, seed: int) -> None:
    """Rows come late, services come and go, few hold cards; the site is published every few days and everything is kept."""
    dice = random.Random(seed)
    cards = [f"K-{n}" for n in range(dice.choice((5, 6, 12)))]
    rows: list[dict[str, Any]] = []
    table, raws = None, []
    services = KNOWN["points"]
    for today in (date(2026, 5, 4), date(2026, 6, 1), date(2026, 6, 8), date(2026, 6, 10), date(2026, 7, 6)):
        for _ in range(dice.randrange(45)):
            on = date.fromordinal(today.toordinal() - 1 - dice.randrange(60))
            rows.append({"service": dice.choices(services, (6, 3, 1))[0], "on": on, "card": dice.choice(cards)})
        known = {"points": [s for s in services if dice.random() < 0.7]}
        table = counting.count(sheet, "nanhua", rows, known, today, table)
        raws.append(counting.write(table))
        assert counting.read(raws[-1], sheet, "nanhua", "x.csv")[1] == []
    assert worked_out(raws, 5) == []


def test_the_attacker_of_editions_finds_what_can_be_found() -> None:
    first = "一,二,数量\na,x,30\nb,x,不列\nc,x,少于5\n合计,x,53\na,合计,不列\nb,合计,不列\nc,合计,不列\n合计,合计,不列\n"
    second = "一,二,数量\na,x,30\nb,x,20\n合计,x,50\na,合计,不列\nb,合计,不列\n合计,合计,不列\n"
    assert worked_out([first.encode(), second.encode()], 5) == [("0", "c", "x")]


def test_a_declaration_that_names_no_column_is_refused() -> None:
    counts = sheet.Counts(by=("on",), unit="次", per="whom")
    with pytest.raises(TypeError, match="counted by a column it has not"):
        sheet.sheet("nobodys", title="没有", counts=counts)(
            type("Nobodys", (), {"__annotations__": {"id": str, "on": date, "who": str}, "__doc__": "No sheet.",
                 "id": key("编号"), "on": counted(day, "日期"), "who": private(text, "谁")})
        )  # fmt: skip
