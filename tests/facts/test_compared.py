"""The communities side by side: each figure the same question, asked of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator import build
from generator.facts.accountability import account
from generator.facts.compared import FIGURES, compared
from generator.facts.whistles import Rate
from generator.facts.whole import Whole
from generator.templating import words
from tests import rows


@pytest.fixture(scope="module")
def whole(demo: Path) -> Whole:
    return build.check(demo, date(2030, 1, 1))[0]


def test_every_figure_has_its_words_and_its_definition() -> None:
    assert set(FIGURES) == set(words()["compared"]) == set(words()["compared_note"])


def test_it_says_what_the_account_of_each_community_says(whole: Whole) -> None:
    lines = {line.key: line.rates for line in compared(whole)}
    for c in whole.records.communities:
        own = account(whole, [c.id])
        assert lines["answered"][c.id] == own.replies.given
        assert lines["on_time"][c.id] == own.total.on_time
        assert lines["solved"][c.id] == Rate(own.total.solved, own.total.raised)


def test_every_community_stands_in_every_line(whole: Whole) -> None:
    ids = {c.id for c in whole.records.communities}
    assert all(set(line.rates) == ids for line in compared(whole))
    assert all(r.n <= r.of for line in compared(whole) for r in line.rates.values())


def test_nanhua_s_thirty_micro_grids_are_led(whole: Whole) -> None:
    assert FIGURES["led"](whole, "nanhua") == Rate(30, 30)


def test_a_result_of_a_later_day_is_none_yet(demo: Path, tmp_path: Path) -> None:
    early, late = (rows.base(demo, tmp_path / str(day), day) for day in (date(2026, 1, 1), date(2026, 6, 17)))
    (c,) = early.records.communities
    before, after = FIGURES["carried_out"](early, c.id), FIGURES["carried_out"](late, c.id)
    assert before.of <= after.of
    assert before.n <= after.n


def test_what_no_community_has_is_left_out(demo: Path, tmp_path: Path) -> None:
    whole, _ = build.check(rows.base_folder(demo, tmp_path), date(2030, 1, 1), date(2020, 1, 1))
    assert {line.key for line in compared(whole)} <= {"led"}
