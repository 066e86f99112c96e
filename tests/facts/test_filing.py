"""File numbers: one sample says how a community writes them all, and which number is sound."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import build
from generator.facts.filing import FileRule, filed, filed_on, register, sample
from generator.facts.whole import Whole
from tests.rows import COMMUNITY, base, base_folder

SAMPLE = "东胜协备〔2026〕1号"


def rule_of(text: str) -> FileRule:
    rule = sample(text)
    assert rule is not None, text
    return rule


# --- the sample ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (SAMPLE, "东胜协备〔2027〕14号"),
        ("东胜协备[2026]1号", "东胜协备[2027]14号"),
        ("东胜协备（2026）1号", "东胜协备（2027）14号"),
        ("东胜协备2026年第1号", "东胜协备2027年第14号"),
        ("备2026003", "备2027014"),
        ("备-2026-003", "备-2027-014"),
        ("第3号(2026)", "第14号(2027)"),
        ("3/2026", "14/2027"),
        ("2区11组备〔2026〕1号", "2区11组备〔2027〕14号"),
        ("2024版备〔2026〕1号", "2024版备〔2027〕14号"),
        ("东胜协备〔２０２６〕１号", "东胜协备〔2027〕14号"),
    ],
)
def test_year_and_number_are_recognised_in_a_sample(text: str, other: str) -> None:
    rule = rule_of(text)
    assert rule.write(2027, 14) == other
    assert rule.number(other) == (2027, 14)


@pytest.mark.parametrize(
    "text",
    ["东胜协备1号", "东胜协备〔2026〕号", "归档号", "1号", "〔26〕1号", "2026", "备〔2026〕0号", "备〔1826〕3号"],
)
def test_a_sample_without_a_year_or_a_number_is_no_rule(text: str) -> None:
    assert sample(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "东胜协备[2026]1号",
        "东胜协备（2026）1号",
        " 东胜协备〔 2026 〕 1 号 ",
        "东胜协备〔２０２６〕１号",
        "东胜协备〔2026〕01号",
    ],
)
def test_a_number_is_understood_however_it_was_typed(text: str) -> None:
    assert rule_of(SAMPLE).number(text) == (2026, 1)


@pytest.mark.parametrize(
    "text",
    [
        "南华议〔2026〕1号",
        "东胜协备〔2026〕1",
        "东胜协备〔26〕1号",
        "东胜协备〔2026〕0号",
        "东胜协备〔1026〕1号",
        "",
        "东胜协备〔2026〕1号之二",
    ],
)
def test_what_does_not_follow_the_rule_has_no_number(text: str) -> None:
    assert rule_of(SAMPLE).number(text) is None


WORDS = st.text(st.sampled_from("东胜协备议归档第号年区-/.。〔〕[]()（）①②3 "), max_size=8)
YEARS, NUMBERS = st.integers(1900, 2099), st.integers(1, 10**6)


@given(WORDS, WORDS, WORDS, st.booleans(), YEARS, NUMBERS, st.booleans())
def test_what_a_rule_writes_it_reads_back(
    before: str, between: str, after: str, first: bool, year: int, n: int, padded: bool
) -> None:
    figures = ["2026", "003" if padded else "7"]
    rule = sample(before + figures[not first] + between + figures[first] + after)
    assume(rule is not None)
    assert rule is not None
    assert rule.number(rule.write(year, n)) == (year, n)


FEW_YEARS = st.integers(2024, 2027)


@given(st.sampled_from([SAMPLE, "备2026003", "第3号(2026)"]), st.lists(st.tuples(FEW_YEARS, NUMBERS)), FEW_YEARS)
def test_the_next_number_is_free_and_the_last_of_its_year(text: str, taken: list[tuple[int, int]], year: int) -> None:
    rule = rule_of(text)
    numbers = [rule.write(*t) for t in taken]
    after = rule.next(["别的号", *numbers], year)
    assert after not in numbers
    assert rule.number(after) == (year, max((n for y, n in taken if y == year), default=0) + 1)


def test_a_padded_number_keeps_its_width_and_grows_out_of_it() -> None:
    rule = rule_of("备2026003")
    assert [rule.write(2026, n) for n in (1, 999, 1000)] == ["备2026001", "备2026999", "备20261000"]
    assert rule.number("备20261000") == (2026, 1000)
    assert rule.number("备20261") is None


# --- which numbers are sound ---------------------------------------------------------------------------------------

Edited = Callable[..., Whole]


@pytest.fixture
def edited(demo: Path, tmp_path: Path) -> Edited:
    """The base with other file numbers, by the last figure of the matter's id, and another sample."""

    def make(sample: str | None = None, today: date | None = None, **numbers: str) -> Whole:
        folder = base_folder(demo, tmp_path / "records")
        path = folder / COMMUNITY / "matters.csv"
        text = path.read_text("utf-8")
        for old, last in (("西园协备〔2026〕1号", "m1"), ("西园协备〔2026〕2号", "m3")):
            assert text.count(old) == 1
            text = text.replace(old, numbers.get(last, old))
        path.write_text(text, "utf-8")
        if sample is not None:
            path = folder / "communities.csv"
            path.write_text(path.read_text("utf-8").replace("西园协备〔2026〕1号", sample), "utf-8")
        return build.check(folder, date(2030, 1, 1), today)[0]

    return make


def faults(whole: Whole) -> dict[str, str]:
    return {f.case.id: f.fault for f in filed(whole, COMMUNITY) if f.number}


def test_the_base_is_sound(demo: Path, tmp_path: Path) -> None:
    found = filed(base(demo, tmp_path / "records"), COMMUNITY)
    assert [(f.case.id, f.number, f.fault, f.year, f.n) for f in found] == [
        ("XY-2026-001", "西园协备〔2026〕1号", "", 2026, 1),
        ("XY-2026-003", "西园协备〔2026〕2号", "", 2026, 2),
    ]


def test_a_number_of_two_matters_is_sound_for_neither_however_it_is_typed(edited: Edited) -> None:
    assert faults(edited(m3="西园协备[2026]1号")) == {"XY-2026-001": "twice", "XY-2026-003": "twice"}


def test_without_a_rule_every_number_is_sound_but_one_used_twice(edited: Edited) -> None:
    assert faults(edited(sample="", m1="甲一", m3="甲二")) == {"XY-2026-001": "", "XY-2026-003": ""}
    assert set(faults(edited(sample="", m1="甲一", m3="甲一")).values()) == {"twice"}


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("西园协备〔2025〕1号", "early"),
        ("西园协备〔2027〕1号", "late"),
        ("西园备〔2026〕1号", "form"),
        ("西园协备〔2026〕9号", ""),
    ],
)
def test_a_number_of_a_year_that_cannot_be_is_not_sound(edited: Edited, number: str, fault: str) -> None:
    assert faults(edited(m1=number))["XY-2026-001"] == fault


def test_a_number_is_of_the_year_of_filing_at_the_latest_not_of_today(edited: Edited) -> None:
    whole = edited(today=date(2027, 6, 1), m1="西园协备〔2027〕1号", m3="西园协备〔2027〕2号")
    # the one was filed in 2026; the other was lost in a vote and may be numbered whenever somebody gets to it
    assert faults(whole) == {"XY-2026-001": "late", "XY-2026-003": ""}


def test_what_is_closed_has_ended_and_nothing_is_left_to_do(edited: Edited) -> None:
    def on(month: int, day: int) -> set[str]:
        whole = edited(today=date(2026, month, day))
        return {c.id for c in whole.cases.of(COMMUNITY) if c.standing.closed}

    assert on(4, 9) == set()  # solved on the first, but its file is not made yet
    assert on(4, 10) == {"XY-2026-001"}
    assert on(6, 17) == {"XY-2026-001", "XY-2026-003"}


def test_the_day_of_filing_is_that_of_the_step(demo: Path, tmp_path: Path) -> None:
    whole = base(demo, tmp_path / "records")
    days = {c.id: filed_on(c.steps, c.procedure) for c in whole.cases.of(COMMUNITY)}
    assert days == {"XY-2026-001": date(2026, 4, 10), "XY-2026-002": None, "XY-2026-003": None}


def test_a_number_that_is_offered_is_not_offered_twice(demo: Path, tmp_path: Path) -> None:
    book = register(base(demo, tmp_path / "records").records, COMMUNITY)
    first = book.next(2026)
    assert (first, book.next(2026, [first]), book.next(2025)) == (
        "西园协备〔2026〕3号",
        "西园协备〔2026〕4号",
        "西园协备〔2025〕1号",
    )
