"""What was written down twice is counted once, and told."""

from __future__ import annotations

from datetime import date

import pytest

from generator.checks import check
from generator.checks.copies import OF, no_copies
from generator.checks.given import Given
from generator.mechanisms import checks
from generator.procedures import load
from generator.sheet import PublicRow
from generator.sheets.promises import Promise
from tests.conftest import ROOT
from tests.rows import COMMUNITY, records, row

RULES = load(ROOT / "records" / "procedures")[0]
TODAY = date(2026, 6, 17)


def told(*rows: PublicRow) -> list[tuple[str, str, str, bool]]:
    given = Given(records(rows), RULES, TODAY, (COMMUNITY,))
    return [(r.id, p.code, p.params["other"], p.withholds) for r, p in no_copies(given)]


@pytest.mark.parametrize("of", OF)
def test_of_three_that_say_the_same_the_first_stands(of: type[PublicRow]) -> None:
    name = next(c.name for c in of.sheet.published if c.kind.name in ("text", "long"))
    same = [row(of, id, n, **{name: "周末开放操场"}) for n, id in enumerate("ABC", 2)]
    assert told(*same) == [("B", "row-copied", "A", True), ("C", "row-copied", "A", True)]
    assert told(same[0], row(of, "D", 3, **{name: "周末开放教室"})) == []


def test_rows_that_differ_in_a_day_are_two() -> None:
    one = row(Promise, "A", title="补灯", made_on=date(2026, 4, 10), due_on=date(2026, 5, 10))
    other = row(Promise, "B", 3, title="补灯", made_on=date(2026, 4, 10), due_on=date(2026, 6, 10))
    assert told(one, other) == []


def test_the_check_is_asked() -> None:
    assert no_copies in checks()
    twice = [row(Promise, id, n, title="补灯", made_on=TODAY, due_on=TODAY) for n, id in enumerate("AB", 2)]
    _, problems = check(records(twice), RULES, TODAY, checks())
    assert "row-copied" in {p.code for p in problems}
