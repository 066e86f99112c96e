"""Counts are hidden so that someone who solves for them learns nothing but what 少于5 says, and shown where that is safe."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.suppression import FEW, UNLISTED, Impossible, Key, Mark, exposed, keys, lines, suppress
from tests.attacker import TOTAL, Printed
from tests.attacker import UNLISTED as UNLISTED_WORD

Cells = dict[Key, int]
Marks = dict[Key, int | Mark]


def printed(marks: Marks, least: int) -> Printed:
    """What stands in the file: places are named by letters and numbers."""
    said = {FEW: f"少于{least}", UNLISTED: UNLISTED_WORD}
    rows = [
        [*(TOTAL if i is None else f"{'ab'[d]}{i}" for d, i in enumerate(k)), said.get(m, str(m))]  # type: ignore[call-overload]
        for k, m in marks.items()
    ]
    return Printed("\n".join(",".join(r) for r in [["一", "二", "数量"], *rows]).encode(), least)


def named(key: Key) -> tuple[str, ...]:
    return tuple(TOTAL if i is None else f"{'ab'[d]}{i}" for d, i in enumerate(key))


def truth(shape: tuple[int, ...], cells: Cells) -> dict[Key, int]:
    return {
        k: sum(n for c, n in cells.items() if all(i is None or i == j for i, j in zip(k, c, strict=True)))
        for k in keys(shape)
    }


def table(numbers: Any) -> tuple[tuple[int, ...], Cells]:
    """The shape and the cells of a list, or of a list of rows."""
    if isinstance(numbers[0], int):
        return (len(numbers),), {(i,): n for i, n in enumerate(numbers)}
    return (len(numbers), len(numbers[0])), {(i, j): n for i, r in enumerate(numbers) for j, n in enumerate(r)}


def sketch(numbers: Any, least: int = 5, **more: Any) -> str:
    """The printed table on one line each row: < for few, x for unlisted."""
    shape, cells = table(numbers)
    marks = suppress(shape, cells, least, **more)
    sign = {FEW: "<", UNLISTED: "x"}
    if len(shape) == 1:
        return " ".join(str(sign.get(m, m)) for m in marks.values())  # type: ignore[call-overload]
    down, across = ([*range(n), None] for n in shape)
    return " / ".join(" ".join(str(sign.get(marks[i, j], marks[i, j])) for j in across) for i in down)  # type: ignore[call-overload]


NUMBERS = st.one_of(
    st.integers(0, 4), st.integers(0, 15), st.integers(0, 200), st.sampled_from([0, 1, 4, 5, 9, 10, 10**9])
)
SHAPES = st.one_of(
    st.tuples(st.integers(1, 7)),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.sampled_from([(1, 6), (6, 1), (2, 2), (2, 5), (5, 2)]),
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[int, ...], Cells]:
    shape = draw(SHAPES)
    numbers = draw(st.sampled_from([NUMBERS, st.integers(0, 6), st.just(0)]))
    return shape, {tuple(k): draw(numbers) for k in product(*(range(n) for n in shape))}


LEAST = st.sampled_from([2, 3, 5, 10])


# --- nothing follows ------------------------------------------------------------------------------------------------


@given(tables(), LEAST)
def test_an_attacker_learns_nothing_of_a_hidden_number(given_: tuple[tuple[int, ...], Cells], least: int) -> None:
    shape, cells = given_
    assert printed(suppress(shape, cells, least), least).learnt() == []


@settings(max_examples=40)
@given(tables().filter(lambda t: len(t[0]) == 2), LEAST, st.sampled_from([(0,), (1,), (0, 1)]))
def test_nor_where_no_total_is_printed_over_a_dimension(
    given_: tuple[tuple[int, ...], Cells], least: int, silent: tuple[int, ...]
) -> None:
    shape, cells = given_
    marks = suppress(shape, cells, least, silent)
    assert all(m is UNLISTED for k, m in marks.items() if any(k[a] is None for a in silent))
    assert printed(marks, least).learnt() == []


@pytest.mark.parametrize("shape", [(1,), (2,), (3,), (4,), (1, 2), (2, 1), (2, 2), (2, 3)], ids=str)
def test_every_small_table_by_trying_all_tables(shape: tuple[int, ...]) -> None:
    """All tables with numbers up to 4 where 2 are few: the attacker goes through every table that prints the same."""
    least, cells = 2, [tuple(k) for k in product(*(range(n) for n in shape))]
    wholes = list(product(range(5 if len(cells) < 5 else 3), repeat=len(cells)))
    for numbers in random.Random(7).sample(wholes, min(len(wholes), 250)):
        seen = printed(suppress(shape, dict(zip(cells, numbers, strict=True)), least), least)
        found: dict[tuple[str, ...], set[int]] = {c: set() for c in seen.shown}
        for one in seen.all_tables(most=8):
            for c, n in one.items():
                found[c].add(n)
        assert all({0, 1} <= found[c] for c in seen.small), (numbers, seen.shown)
        assert all(len(found[c]) > 1 for c in seen.unlisted), (numbers, seen.shown)


@given(tables(), LEAST)
def test_what_is_shown_is_true_and_what_is_few_is_few(given_: tuple[tuple[int, ...], Cells], least: int) -> None:
    shape, cells = given_
    true = truth(shape, cells)
    marks = suppress(shape, cells, least)
    assert list(marks) == keys(shape)
    for key, mark in marks.items():
        if mark is FEW:
            assert true[key] < least
        elif mark is UNLISTED:
            assert true[key] >= least or None in key  # a total may be small, and then is said not to be listed
        else:
            assert mark == true[key] >= least


@given(tables(), LEAST, st.randoms())
def test_the_same_counts_are_printed_the_same(
    given_: tuple[tuple[int, ...], Cells], least: int, chance: random.Random
) -> None:
    shape, cells = given_
    marks = suppress(shape, cells, least)
    shuffled = list(cells.items())
    chance.shuffle(shuffled)
    assert suppress(shape, dict(shuffled), least) == marks
    assert suppress(shape, {k: n for k, n in cells.items() if n}, least) == marks
    assert suppress(shape, cells, least, before=marks) == marks


# --- little is hidden -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([3, 12, 40, 16], "< x 40 16 71"),
        ([20, 12, 40], "20 12 40 72"),
        ([0, 0, 0], "< < < <"),
        ([4, 3], "< < x"),
        ([1, 1], "< < x"),
        ([2, 2, 3, 4], "< < < < 11"),
        ([1, 12], "< x 13"),
        ([1, 6], "< 6 x"),
        ([30], "30 30"),
        ([3], "< <"),
        ([[12, 30, 4], [20, 22, 31], [9, 8, 15]], "x 30 < 46 / 20 22 31 73 / x 8 x 32 / 41 60 50 151"),
        ([[0] * 3] * 3, "< < < < / < < < < / < < < < / < < < <"),
        ([[2, 2, 2]] * 8, " / ".join(["< < < 6"] * 8) + " / 16 16 16 48"),
    ],
    ids=str,
)
def test_small_numbers_go_first_and_totals_stay(numbers: Any, shown: str) -> None:
    assert sketch(numbers) == shown


@given(tables(), LEAST)
def test_a_table_without_small_numbers_is_shown_whole(given_: tuple[tuple[int, ...], Cells], least: int) -> None:
    shape, cells = given_
    cells = {k: n + least for k, n in cells.items()}
    assert suppress(shape, cells, least) == truth(shape, cells)


def test_an_unlisted_number_is_needed() -> None:
    """Printing any one of the numbers that are not listed gives something away."""
    chance = random.Random(11)
    seen = 0
    for _ in range(60):
        shape, cells = table([[chance.choice([1, 3, 7, 12, 30]) for _ in range(4)] for _ in range(4)])
        marks, true = suppress(shape, cells, 5), truth(shape, cells)
        for key in [k for k, m in marks.items() if m is UNLISTED and true[k] >= 5]:
            seen += 1
            more: Marks = {**marks, key: true[key]}
            assert exposed(shape, more, 5), (marks, key)
    assert seen > 60


def test_a_large_table_keeps_its_totals() -> None:
    chance = random.Random(3)
    shape, cells = table([[chance.choice([0, 1, 3, 8, 12, 20, 40, 60]) for _ in range(30)] for _ in range(12)])
    marks = suppress(shape, cells, 5)
    assert all(isinstance(m, int) for k, m in marks.items() if None in k)
    assert sum(m is UNLISTED for m in marks.values()) < 20


def test_where_no_single_number_is_enough_the_totals_of_a_direction_go() -> None:
    """Four rows of at most 4, three columns of at least 5: that alone leaves none of the rows below 3."""
    numbers = [[2, 1, 1], [1, 1, 2], [1, 2, 1], [1, 1, 2]]
    shape, cells = table(numbers)
    plain: Marks = {k: FEW if n < 5 else UNLISTED for k, n in truth(shape, cells).items()}
    plain[None, 0] = 5
    assert exposed(shape, plain, 5)
    marks = suppress(shape, cells, 5)
    assert {marks[i, None] for i in (*range(4), None)} == {UNLISTED}
    assert printed(marks, 5).learnt() == []


def test_nothing_to_count_by() -> None:
    assert suppress((0,), {}, 5) == {(None,): UNLISTED}
    assert set(suppress((0, 3), {}, 5).values()) == {UNLISTED}
    assert exposed((0, 3), suppress((0, 3), {}, 5), 5) == []


# --- from one publication to the next -------------------------------------------------------------------------------


def test_what_protected_another_stays_unlisted() -> None:
    """Last time: < x 40 20, together 75. Were 12 printed now, 75 - 40 - 20 - 12 would be what was hidden then."""
    shape, cells = table([3, 12, 40, 20])
    before = suppress(shape, cells, 5)
    assert sketch([3, 12, 40, 8]) == "< 12 40 x 63"
    assert sketch([3, 12, 40, 8], before=before) == "< x 40 8 63"


def test_a_table_that_is_still_true_stays_as_it_is() -> None:
    shape, cells = table([1, 12, 40, 20])
    before = suppress(shape, cells, 5)
    assert sketch([3, 10, 40, 20], before=before) == "< x 40 20 73"
    assert sketch([3, 10, 41, 20]) == "< x 41 20 74"


def test_it_is_listed_again_when_what_it_protected_has_grown() -> None:
    shape, cells = table([3, 12, 40, 20])
    before = suppress(shape, cells, 5)
    assert suppress(shape, {**cells, (0,): 5}, 5, before=before) == {**truth(shape, {**cells, (0,): 5})}


def test_and_when_it_cannot_be_the_number_that_it_was() -> None:
    """A total of three small numbers was 9 and not listed; 90 says nothing of these."""
    shape, cells = table([3, 3, 3])
    before = suppress(shape, cells, 5)
    assert before[None,] is UNLISTED
    assert suppress(shape, {(0,): 2, (1,): 44, (2,): 44}, 5, before=before)[None,] == 90


def test_what_was_public_and_is_the_same_protects_nothing() -> None:
    """12 was printed last time: hiding it now hides nothing; 16, which was 14, is hidden instead."""
    shape, cells = table([9, 12, 40, 14])
    before = suppress(shape, cells, 5)
    assert FEW not in before.values()
    marks = suppress(shape, {**cells, (0,): 3, (3,): 16}, 5, before=before)
    assert marks == {(0,): FEW, (1,): 12, (2,): 40, (3,): UNLISTED, (None,): 71}


@settings(max_examples=40)
@given(tables(), LEAST, st.data())
def test_whatever_was_printed_before_nothing_follows_now(
    given_: tuple[tuple[int, ...], Cells], least: int, data: st.DataObject
) -> None:
    shape, cells = given_
    before = suppress(shape, cells, least)
    now = {k: n + data.draw(st.sampled_from([0, 0, 0, 1, 7])) for k, n in cells.items()}
    marks = suppress(shape, now, least, before=before)
    assert printed(marks, least).learnt() == []
    assert suppress(shape, now, least, before=marks) == marks


# --- the look at what is printed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(2,), (3,), (1, 2), (2, 2), (2, 3)], ids=str)
def test_the_look_finds_what_trying_all_tables_finds(shape: tuple[int, ...]) -> None:
    """Numbers hidden at random, so that much follows: the solver and the enumeration agree about every one."""
    least, chance, agreed, found = 2, random.Random(5), 0, 0
    for _ in range(150):
        cells: Cells = {tuple(k): chance.randrange(5) for k in product(*(range(n) for n in shape))}
        marks: Marks = {
            k: FEW if n < least else chance.choice([n, n, UNLISTED]) for k, n in truth(shape, cells).items()
        }
        for total, parts in lines(shape):
            if len(parts) == 2 and all(marks[p] is FEW for p in parts):
                marks[total] = UNLISTED
        seen = printed(marks, least)
        values: dict[tuple[str, ...], set[int]] = {c: set() for c in seen.shown}
        for one in seen.all_tables(most=14 if len(cells) < 5 else 7):
            for c, n in one.items():
                values[c].add(n)
        wrong = {c for c in seen.small if not {0, 1} <= values[c]} | {c for c in seen.unlisted if len(values[c]) < 2 and c not in seen.sums}
        assert {named(k) for k in exposed(shape, marks, least)} == wrong, seen.shown
        agreed, found = agreed + 1, found + bool(wrong)
    assert agreed == 150
    assert found > 15


@pytest.mark.parametrize(
    "marks",
    [
        {(0,): FEW, (1,): 12, (None,): 15},
        {(0,): FEW, (1,): UNLISTED, (2,): FEW, (None,): 5},
        {(0,): FEW, (1,): FEW, (2,): FEW, (None,): 12},
        {(0,): UNLISTED, (1,): 7, (None,): 20},
    ],
)
def test_a_table_that_gives_a_number_away(marks: Marks) -> None:
    assert exposed((len(marks) - 1,), marks, 5)
    assert printed(marks, 5).learnt()


@pytest.mark.parametrize(
    "marks",
    [
        {(0,): FEW, (1,): FEW, (2,): FEW, (None,): 13},
        {(0,): 12, (1,): 12, (None,): 25},
        {(0,): UNLISTED, (1,): 12, (None,): 14},
        {(0,): 12, (1,): 12, (None,): FEW},
    ],
)
def test_a_table_that_nobody_can_have_counted(marks: Marks) -> None:
    with pytest.raises(Impossible):
        exposed((len(marks) - 1,), marks, 5)


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    suppress((3, 3), {(0, 0): 12}, 5)
    assert capfd.readouterr() == ("", "")
