"""Somebody who is shown by consent alone is gone as soon as the sheet does not say that they agree, whatever else it says."""

from __future__ import annotations

import pytest

from tests.rows import COMMUNITY
from tests.sync.town import Town

ID, PERSON = "XY-LY1", "XY-P3"


@pytest.fixture
def six(town: Town) -> Town:
    """A town with one of the six, who agreed."""
    assert (town.stands("six")[ID]["人员"], town.stands("six")[ID]["同意公开"]) == (PERSON, "是")
    return town


def named(town: Town) -> bool:
    path = town.records / COMMUNITY / "six.csv"
    return path.exists() and PERSON in path.read_text("utf-8")


@pytest.mark.parametrize(
    "typed",
    [
        {"同意公开": "否"},
        {"同意公开": ""},
        {"同意公开": "不愿意", "做什么员": "打杂员"},
        {"同意公开": "否", "小区": "c-meiyou"},
    ],
)
def test_who_does_not_agree_any_more_is_gone_though_the_row_is_wrong(six: Town, typed: dict[str, str]) -> None:
    for title, cell in typed.items():
        six.put("six", ID, title, cell)
    six.sync()
    assert not named(six), "nor does the last good version name them"
    assert six.stands("six")[ID]["同意公开"] == "否"


def test_a_column_of_consent_that_is_gone_releases_nobody(six: Town) -> None:
    head = six.rows["six"][0]
    head[head.index("同意公开")] = "备注"
    six.sync(accept_removals=True)
    assert not named(six)


def test_one_of_two_rows_of_one_id_that_does_not_agree_is_enough(six: Town) -> None:
    six.rows["six"].append(list(six.row("six", ID)))
    six.put("six", ID, "同意公开", "否")
    six.sync()
    assert not named(six)


def test_another_fault_takes_nobody_away_who_still_agrees(six: Town) -> None:
    six.put("six", ID, "做什么员", "打杂员")
    six.sync()
    assert named(six)


@pytest.mark.parametrize("typed", [{"编号": ""}, {"编号": "XY-LY2"}, {"编号": "XY-LY2", "做什么员": "打杂员"}])
def test_the_mark_of_a_row_that_waits_does_not_tell_who_it_is(six: Town, typed: dict[str, str]) -> None:
    six.rows["six"].append(list(six.row("six", ID)))
    for title, cell in {"同意公开": "否", **typed}.items():
        six.rows["six"][-1][six.rows["six"][0].index(title)] = cell
    six.drop("six", ID)
    six.sync(accept_removals=True)
    marks = six.records / COMMUNITY / "withheld.csv"
    assert "six" in marks.read_text("utf-8")
    assert PERSON not in marks.read_text("utf-8")
