"""A column may have a unit of its own: 7天 in a column of hours is no seven hours."""

from __future__ import annotations

import pytest

from generator import typed
from generator.columns import Bad
from generator.sheets import discover
from generator.understand.kinds import reader, takes_unit

LIMIT = discover()["whistles"].column("limit")


@pytest.mark.parametrize(("typed_as", "hours"), [("168", 168), ("168小时", 168), ("两小时", 2), ("24 小时", 24)])
def test_hours_are_hours(typed_as: str, hours: int) -> None:
    assert reader(LIMIT, typed.header("办理时限").value, {}, False)(typed_as, None).value == hours


@pytest.mark.parametrize("typed_as", ["7天", "15日", "30分钟"])
def test_days_are_not_taken_for_hours(typed_as: str) -> None:
    with pytest.raises(Bad, match="count-unit"):
        reader(LIMIT, typed.header("办理时限").value, {}, False)(typed_as, None)


@pytest.mark.parametrize(("unit", "taken"), [("", True), ("小时", True), ("天", False)])
def test_the_header_may_say_the_unit_and_no_other(unit: str, taken: bool) -> None:
    assert takes_unit(LIMIT, unit) == taken
