"""A vote is what its ballots come to: counted again from the volunteers' own sheets, sure or silent, and nothing leaves."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.problems import Place, Problem
from generator.procedures import Procedures, load
from generator.sheets import discover
from generator.sync import gate, recount
from generator.sync.names import Names
from generator.understand import FullRow, Table, Understood
from tests.rows import COMMUNITY

from .town import TODAY, Town

HEADS, OWNERS = "XY-V1", "XY-V2"
ROLL = [
    ["编号", "小区", "房号", "业主", "面积", "面积依据", "未出售"],
    ["YZ-1", "XY-C1", "1幢101", "甲秋水", 89.5623, "登记簿", "否"],
    ["YZ-2", "XY-C1", "1幢102", "乙秋水", "100.0001", "登记簿", "否"],
    ["YZ-3", "XY-C1", "1幢103", "丙秋水", 75.25, "登记簿", "否"],
    ["YZ-4", "XY-C1", "1幢104", "丙秋水", "60.1234㎡", "合同", "否"],
    ["YZ-5", "XY-C1", "1幢201", "丁秋水", 88.88, "合同", "否"],
    ["YZ-6", "XY-C1", "1幢201", "丁秋水", 88.8888, "实测", "否"],
    ["YZ-7", "XY-C1", "1幢202", "", 50, "登记簿", "是"],
    ["YZ-8", "XY-C1", "1幢203", "", 49.9999, "登记簿", "是"],
    ["YZ-9", "XY-C2", "1幢101", "戊秋水", 70, "登记簿", "否"],
]
BALLOTS = ["编号", "表决", "投票人", "选项", "交票日期", "受托人", "有委托书"]
CAST = [
    ["P-1", OWNERS, "1幢101", "反对", "2026-06-10", "", ""],
    ["P-2", OWNERS, "1幢102", "反对", "2026-06-10", "己秋水", "是"],
    ["P-3", OWNERS, "1幢103", "同意", "2026-06-10", "", ""],
    ["P-4", OWNERS, "1幢104", "同意", "2026-06-10", "", ""],
    ["P-5", OWNERS, "1幢201", "弃权", "2026-06-10", "", ""],
]
COUNTED = {
    "应到": 5, "实到": 4, "赞成": 1, "反对": 2, "弃权": 1, "无效": 0, "未交": 0, "面积总数": "513.8245", "参与面积": "413.8246",
    "赞成面积": "135.3734", "反对面积": "189.5624", "弃权面积": "88.8888", "公布结果": "未通过", "委托票": 1,
}  # fmt: skip
DELEGATES = [[f"Q-{n}", HEADS, f"庚秋水{n}", "同意", "2026-03-20", "", ""] for n in range(10)]
DELEGATES += [["Q-10", HEADS, "辛秋水", "反对", "2026-03-20", "", ""], ["Q-11", HEADS, "壬秋水", "弃权", "", "", ""]]


@pytest.fixture
def counted(town: Town) -> Town:
    """Both votes as their ballots have them, published; ballots and roll are in the workbook."""
    town.rows["roll"] = [list(line) for line in ROLL]
    town.rows["ballots"] = [BALLOTS, *(list(line) for line in [*CAST, *DELEGATES])]
    for title, value in COUNTED.items():
        town.put("votes", OWNERS, title, value)
    outcome = town.sync()
    assert [p.line() for p in outcome.problems] == []
    assert outcome.changed == [f"{COMMUNITY}/votes.csv"]
    return town


def said(town: Town, **asked: Any) -> list[tuple[str, str, str]]:
    """What a sync says: code, tab and cell."""
    return [(p.code, p.place.sheet, p.place.cell) for p in town.sync(**asked).problems]


def at(town: Town, sheet: str, id: str, title: str) -> str:
    """A cell as its editor sees it, G2."""
    lines = town.rows[sheet]
    number = next(n for n, line in enumerate(lines, 1) if line[0] == id)
    return f"{chr(65 + lines[0].index(title))}{number}"


# --- what agrees, and what does not


def test_votes_that_agree_are_published_and_nothing_of_ballots_and_roll_is(counted: Town) -> None:
    """To the square centimetre, with several units of one owner, two bases of an area, and the developer's own."""
    assert counted.stands("votes")[OWNERS]["面积总数"] == "513.8245"
    assert counted.stands("votes")[OWNERS]["弃权面积"] == "88.8888"
    assert not {"roll.csv", "ballots.csv"} & {p.name for p in counted.records.rglob("*")}
    everything = b"".join(counted.bytes().values()).decode("utf-8", "replace")
    assert "秋水" not in everything
    assert "1幢" not in everything
    assert counted.checked() == []


def test_a_figure_that_differs_is_told_at_its_cell_and_the_last_good_version_stays(counted: Town) -> None:
    counted.put("votes", HEADS, "赞成", 9)
    counted.put("votes", HEADS, "反对", 2)
    before = counted.stands("votes")
    outcome = counted.sync()
    assert [(p.code, p.place.cell, p.found, p.withholds) for p in outcome.problems] == [
        ("recount-ballots", at(counted, "votes", HEADS, "赞成"), "9", True),
        ("recount-ballots", at(counted, "votes", HEADS, "反对"), "2", True),
    ]
    assert outcome.problems[0].says.startswith("这里写的是 9,和《表决票》数出来的不一样")
    assert counted.stands("votes") == before
    assert [(m["编号"], m["保留"]) for m in counted.marks("withheld")] == [(HEADS, "是")]
    counted.put("votes", HEADS, "赞成", 10)
    counted.put("votes", HEADS, "反对", 1)
    assert said(counted) == []
    assert counted.marks("withheld") == []


def test_a_new_vote_that_differs_is_published_as_neither(counted: Town) -> None:
    counted.rows["votes"].append(["XY-V3", *counted.row("votes", HEADS)[1:]])
    counted.put("votes", "XY-V3", "表决事项", "先划一半")
    counted.rows["ballots"] += [[f"R-{line[0]}", "XY-V3", *line[2:]] for line in DELEGATES[1:]]
    assert said(counted) == [("recount-ballots", "表决", at(counted, "votes", "XY-V3", t)) for t in ("实到", "赞成")]
    assert "XY-V3" not in counted.stands("votes")
    counted.rows["ballots"].append(["R-0", "XY-V3", *DELEGATES[0][2:]])
    assert said(counted) == []
    assert counted.stands("votes")["XY-V3"]["赞成"] == "10"


@pytest.mark.parametrize(
    ("title", "typed", "code"),
    [
        ("应到", 6, "recount-roll"),
        ("实到", 5, "recount-ballots"),
        ("赞成", 2, "recount-ballots"),
        ("反对", 1, "recount-ballots"),
        ("弃权", 0, "recount-ballots"),
        ("无效", 1, "recount-ballots"),
        ("委托票", 2, "recount-ballots"),
        ("面积总数", "513.8246", "recount-roll"),
        ("参与面积", "413.8245", "recount-ballots"),
        ("赞成面积", "135.3735", "recount-ballots"),
        ("反对面积", "189.56", "recount-ballots"),
        ("弃权面积", "88.8889", "recount-ballots"),
        ("无效面积", "0.0001", "recount-ballots"),
    ],
)
def test_every_figure_of_an_owners_vote_is_compared_exactly(counted: Town, title: str, typed: Any, code: str) -> None:
    counted.put("votes", OWNERS, title, typed)
    assert said(counted) == [(code, "表决", at(counted, "votes", OWNERS, title))]


def test_present_without_a_ballot_are_of_the_present_at_a_meeting(counted: Town) -> None:
    counted.rows["ballots"].remove(next(line for line in counted.rows["ballots"] if line[0] == "Q-11"))
    assert said(counted) == [
        ("recount-ballots", "表决", at(counted, "votes", HEADS, "实到")),
        ("recount-ballots", "表决", at(counted, "votes", HEADS, "弃权")),
    ]
    counted.put("votes", HEADS, "弃权", 0)
    counted.put("votes", HEADS, "未交", 1)
    assert said(counted) == []


def test_more_ballots_than_may_vote(counted: Town) -> None:
    counted.rows["ballots"] += [[f"Q-{n}", HEADS, f"癸秋水{n}", "同意", "", "", ""] for n in range(20, 24)]
    (problem,) = counted.sync().problems
    assert (problem.code, problem.place.cell) == ("recount-many", "F2")
    assert problem.withholds


# --- ballots or roll that are not there, or not whole


@pytest.mark.parametrize("absent", ["ballots", "roll"])
def test_without_ballots_or_roll_nothing_is_said(counted: Town, absent: str) -> None:
    del counted.rows[absent]
    counted.put("votes", OWNERS, "应到", 6)
    assert said(counted) == []
    assert counted.stands("votes")[OWNERS]["应到"] == "6"


def test_a_vote_without_ballots_in_the_sheet_is_not_counted_again(counted: Town) -> None:
    counted.rows["ballots"] = [BALLOTS, *DELEGATES]
    counted.put("votes", OWNERS, "应到", 6)
    assert said(counted) == []


@pytest.mark.parametrize(("sheet", "vote"), [("ballots", HEADS), ("ballots", OWNERS), ("roll", OWNERS)])
def test_of_a_tab_with_hidden_rows_it_is_said_once_and_the_vote_stays_as_it_is(
    counted: Town, sheet: str, vote: str
) -> None:
    counted.put("votes", vote, "赞成", 9 if vote == HEADS else 2)
    counted.put("votes", vote, "反对", 2 if vote == HEADS else 1)
    path = counted.save()
    book = openpyxl.load_workbook(path)
    book[discover()[sheet].title].row_dimensions[3].hidden = True
    book.save(path)
    outcome = counted.bring(path)
    found = [p.code for p in outcome.problems]
    assert found.count("recount-half") == 1
    assert not [p.line() for p in outcome.problems if p.withholds]
    assert counted.stands("votes")[vote]["反对"] == ("2" if vote == HEADS else "1")


def test_lost_ballots_put_their_own_vote_in_doubt_and_no_other(counted: Town) -> None:
    counted.rows["ballots"].append(["P-1", OWNERS, "1幢202", "反对", "", "", ""])  # an id that is there already
    counted.put("votes", OWNERS, "反对", 3)
    counted.put("votes", OWNERS, "实到", 5)
    counted.put("votes", HEADS, "应到", 11)
    found = said(counted)
    assert sorted(code for code, *_ in found) == ["id-twice", "id-twice", "recount-half", "recount-many"]
    assert counted.stands("votes")[OWNERS]["反对"] == "3"


def test_a_rough_area_is_none_to_count_by(counted: Town) -> None:
    """约 is seen also in a column of which nothing is shown: the vote is not held against such a roll."""
    counted.put("roll", "YZ-1", "面积", "约89.5623")
    counted.put("votes", OWNERS, "反对", 3)
    counted.put("votes", OWNERS, "实到", 5)
    (problem,) = counted.sync().problems
    assert (problem.code, problem.place.cell, problem.withholds) == ("secret-cell-rough", "E2", False)
    assert "89.5623" not in problem.says.replace(ROLL[0][0], "")
    assert counted.stands("votes")[OWNERS]["反对"] == "3"


def test_a_ballot_of_a_day_to_come_puts_its_vote_in_doubt(counted: Town) -> None:
    counted.put("ballots", "P-1", "交票日期", "2026-06-18")
    counted.put("votes", OWNERS, "反对", 3)
    counted.put("votes", OWNERS, "实到", 5)
    (problem,) = counted.sync().problems
    assert (problem.code, problem.place.cell, problem.withholds) == ("ballot-later", "E2", False)
    assert counted.stands("votes")[OWNERS]["反对"] == "3"
    counted.put("ballots", "P-1", "交票日期", "2026-06-17")
    assert [code for code, *_ in said(counted)] == ["recount-ballots"] * 2


def test_how_many_were_counted_is_not_said(counted: Town) -> None:
    """Of a vote that goes on, two such messages would tell what the one ballot between them says."""
    for vote, title, typed in ((HEADS, "赞成", 77), (OWNERS, "反对面积", "55.5"), (OWNERS, "面积总数", "66.6"), (HEADS, "应到", 3)):
        counted.put("votes", vote, title, typed)
    found = [p for p in counted.sync().problems if p.code.startswith("recount-")]
    assert {p.code for p in found} == {"recount-ballots", "recount-roll", "recount-many"}
    for p in found:
        assert dict(p.params) == {}
        assert not {"10", "12", "189.5624", "513.8245"} & set(re.findall(r"[\d.]+", p.says + p.mend)), p.says


@pytest.mark.parametrize(("typed", "meant"), [("赞成", "同意"), ("不同意", "反对"), ("废票", "无效")])
def test_what_people_write_for_a_choice_is_understood(counted: Town, typed: str, meant: str) -> None:
    line = next(line for line in counted.rows["ballots"][1:] if line[3] == meant) if meant != "无效" else None
    if line is None:
        counted.put("votes", HEADS, "赞成", 9)
        counted.put("votes", HEADS, "无效", 1)
        line = next(one for one in counted.rows["ballots"][1:] if one[1] == HEADS and one[3] == "同意")
    line[3] = typed
    assert said(counted) == []


def test_a_key_or_a_title_of_a_sheet_that_stays_is_not_quoted(counted: Town) -> None:
    counted.put("roll", "YZ-9", "编号", "钱雀甲")
    counted.rows["ballots"][0] = [*BALLOTS, "投票人(李雀丙等)"]
    counted.rows["ballots"][1:] = [[*line, "x"] for line in counted.rows["ballots"][1:]]
    outcome = counted.sync()
    assert [p.code for p in outcome.problems] == ["recount-half", "counted-cell-form", "title-unknown-kept"]
    assert not {"钱雀甲", "李雀丙"} & {c for p in outcome.problems for c in ("钱雀甲", "李雀丙") if c in p.line() + repr(p)}
    assert "公布" not in outcome.problems[2].mend


def test_a_key_of_the_roll_may_look_like_a_room(counted: Town) -> None:
    counted.put("roll", "YZ-1", "编号", "1-1-101")
    assert said(counted) == []


def test_a_roll_of_another_compound_alone_is_no_roll_for_this_vote(counted: Town) -> None:
    counted.rows["roll"] = [ROLL[0], ROLL[-1]]
    assert said(counted) == []


def test_a_vote_of_no_compound_is_not_counted_by_a_roll_of_two(counted: Town) -> None:
    counted.put("meetings", "XY-M2", "小区", "")
    counted.put("matters", "XY-2026-003", "小区", "")
    assert "recount-compound" in [code for code, *_ in said(counted)]
    counted.rows["roll"].pop()
    assert "recount-compound" not in [code for code, *_ in said(counted)]


def test_a_column_that_is_not_there_is_said_once(counted: Town) -> None:
    where = BALLOTS.index("选项")
    counted.rows["ballots"] = [[c for n, c in enumerate(line) if n != where] for line in counted.rows["ballots"]]
    (problem,) = counted.sync().problems
    assert (problem.code, problem.found, problem.withholds) == ("recount-column", "选项", False)


def test_ballots_without_a_column_for_proxies_say_nothing_of_proxies(counted: Town) -> None:
    counted.rows["ballots"] = [line[:5] for line in counted.rows["ballots"]]
    assert said(counted) == []


# --- faults of the ballots and the roll


def _ballot(id: str, title: str, value: Any) -> Callable[[Town], None]:
    return lambda town: town.put("ballots", id, title, value)


def _roll(id: str, title: str, value: Any) -> Callable[[Town], None]:
    return lambda town: town.put("roll", id, title, value)


FAULTS = {
    "two ballots of one unit": (_ballot("P-2", "投票人", "1幢 １０１"), {("ballot-twice", "C2"), ("ballot-twice", "C3")}),
    "two ballots of one delegate": (
        _ballot("Q-1", "投票人", "庚秋水0"),
        {("ballot-twice", "C7"), ("ballot-twice", "C8")},
    ),
    "a unit not on the roll": (_ballot("P-2", "投票人", "9幢999"), {("ballot-voter", "C3")}),
    "nobody's ballot": (_ballot("P-2", "投票人", ""), {("ballot-voter-empty", "C3")}),
    "nobody's ballot among heads": (_ballot("Q-1", "投票人", ""), {("ballot-voter-empty", "C8")}),
    "no choice": (_ballot("P-2", "选项", ""), {("ballot-choice", "D3")}),
    "a choice that is none": (_ballot("P-2", "选项", "秋水说行"), {("secret-cell-choice", "D3")}),
    "no authorisation": (_ballot("P-2", "有委托书", "否"), {("ballot-unwritten", "G3")}),
    "no word of an authorisation": (_ballot("P-2", "有委托书", ""), {("ballot-unwritten", "G3")}),
    "one owner in two minds": (
        _ballot("P-3", "选项", "反对"),
        {("ballot-divided", "D4"), ("ballot-divided", "D5")},
    ),
    "an unknown vote": (_ballot("P-2", "表决", "XY-V9"), {("ballot-vote", "B3")} | {("recount", "*")}),
    "no vote": (_ballot("P-2", "表决", ""), {("ballot-vote-empty", "B3")}),
    "a unit twice": (_roll("YZ-2", "房号", "1幢101"), {("roll-twice", "C2"), ("roll-twice", "C3"), ("ballot-voter", "C3")}),
    "no unit": (_roll("YZ-8", "房号", ""), {("roll-unit", "C9")}),
    "no owner": (_roll("YZ-1", "业主", ""), {("roll-owner", "D2")}),
    "no area": (_roll("YZ-1", "面积", ""), {("roll-area", "E2")}),
    "an area of nothing": (_roll("YZ-1", "面积", 0), {("roll-area", "E2")}),
    "an area below nothing": (_roll("YZ-1", "面积", -89.56), {("secret-cell-form", "E2")}),
    "an area finer than a square centimetre": (_roll("YZ-1", "面积", "89.56231"), {("secret-cell-form", "E2")}),
    "a basis left out where it matters": (_roll("YZ-6", "面积依据", ""), {("roll-basis", "F7")}),
    "a unit of no compound": (_roll("YZ-8", "小区", ""), {("roll-compound", "B9")}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_at_its_own_cell_and_the_vote_is_left_alone(counted: Town, fault: str) -> None:
    spoil, expected = FAULTS[fault]
    spoil(counted)
    counted.put("votes", OWNERS, "委托票", "")
    outcome = counted.sync()
    found = {(p.code, p.place.cell) for p in outcome.problems if not p.code.startswith("recount-")}
    assert found == {one for one in expected if one[0] != "recount"}
    differs = [p for p in outcome.problems if p.code.startswith("recount-")]
    assert bool(differs) is (("recount", "*") in expected)
    assert all(p.withholds is p.code.startswith("recount-") for p in outcome.problems)
    lines = "".join(p.line() for p in outcome.problems)
    assert "秋水" not in lines
    assert "1幢" not in lines
    assert "999" not in lines


def test_ballots_of_a_vote_that_is_being_prepared_are_told_of_once(counted: Town) -> None:
    counted.rows["ballots"] += [[f"S-{n}", "XY-V7", f"癸秋水{n}", "同意", "", "", ""] for n in range(12)]
    (problem,) = counted.sync().problems
    assert (problem.code, problem.place.row, problem.withholds) == ("ballot-vote", 19, False)
    assert "XY-V7" not in problem.line()


def test_more_proxies_by_one_person_than_the_rule_allows(counted: Town) -> None:
    for id in ("P-1", "P-5"):
        counted.put("ballots", id, "受托人", "己 秋水")
        counted.put("ballots", id, "有委托书", "是")
    counted.put("votes", OWNERS, "委托票", 3)
    assert said(counted) == []
    _limit(counted, 2)
    (problem,) = (p for p in counted.sync().problems if p.code != "proxies-limit")
    assert (problem.code, problem.place.cell) == ("ballot-proxies", "F2")
    assert "第 2、3、6 行" in problem.says
    _limit(counted, 3)
    assert said(counted) == []


def _limit(town: Town, most: int) -> None:
    """The rule of this community allows so many."""
    path = next(p for p in (town.records / "procedures").glob("yezhu-yiban*.toml"))
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("proxies")]
    lines.insert(lines.index('counted_by = "area_and_heads"') + 1, f"proxies = {most}")
    path.write_text("\n".join([*lines, ""]), "utf-8")


# --- the ways in


def test_a_roll_typed_anew_in_another_order_and_spelling_is_the_same_roll(counted: Town) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    head, *lines = ROLL
    anew = [[line[0], line[1], f" {line[2].translate(wide)} ", f"{line[3][:1]} {line[3][1:]}", *line[4:]] for line in lines]
    order = [0, 3, 2, 1, 4, 6, 5]
    counted.rows["roll"] = [[line[n] for n in order] for line in [head, *reversed(anew)]]
    assert said(counted) == []
    counted.put("roll", "YZ-3", "面积", "75.2501")
    assert [cell for _, _, cell in said(counted)] == [
        at(counted, "votes", OWNERS, title) for title in ("面积总数", "参与面积", "赞成面积")
    ]


def test_a_sync_that_stops_leaves_the_vote_as_it_stands(counted: Town) -> None:
    counted.put("votes", HEADS, "赞成", 9)
    counted.put("votes", HEADS, "反对", 2)
    del counted.rows["people"]
    before = counted.bytes()
    outcome = counted.sync()
    assert outcome.results[0].state == "stopped"
    assert outcome.changed == []
    assert counted.bytes() == before
    assert "recount-ballots" in [p.code for p in outcome.problems]


def test_a_dry_run_says_the_same_and_writes_nothing(counted: Town) -> None:
    counted.put("votes", HEADS, "赞成", 9)
    counted.put("votes", HEADS, "反对", 2)
    before, shown = counted.bytes(), list[str]()
    outcome = counted.sync(preview=lambda folder: shown.append((folder / COMMUNITY / "votes.csv").read_text("utf-8")))
    assert [p.code for p in outcome.problems] == ["recount-ballots"] * 2
    assert outcome.changed == [f"{COMMUNITY}/withheld.csv"]
    assert counted.bytes() == before
    assert shown == [before[f"{COMMUNITY}/votes.csv"].decode()]


def test_check_of_a_workbook_tells_and_marks_the_cell(counted: Town, capsys: pytest.CaptureFixture[str]) -> None:
    counted.put("votes", HEADS, "赞成", 9)
    counted.put("votes", HEADS, "反对", 2)
    counted.put("ballots", "P-2", "选项", "")
    assert counted.bugu("check", str(counted.save()), "--today", "2026-06-17") == 1
    printed = capsys.readouterr().out
    assert "共 3 处要改" in printed
    assert "赞成: 这里写的是 9,和《表决票》数出来的不一样" in printed
    book = openpyxl.load_workbook(counted.book.with_name("西园-要改的地方.xlsx"))
    assert "和《表决票》数出来的不一样" in book["表决"][at(counted, "votes", HEADS, "赞成")].comment.text
    assert "没有写这张票选了什么" in book["表决票"]["D3"].comment.text
    book.close()


# --- any roll and any ballots

PROCEDURES: Procedures = load(Path(__file__).parents[2] / "records" / "procedures")[0]
SHEETS = discover()
AREAS = st.integers(1, 10**8).map(lambda n: Decimal(n).scaleb(-4))
CHOICES = ("同意", "反对", "弃权", "无效")
UNITS = st.lists(st.tuples(st.sampled_from("甲乙丙丁戊"), AREAS, st.booleans()), min_size=1, max_size=12)
VOTED = st.dictionaries(st.integers(0, 11), st.tuples(st.sampled_from(CHOICES), st.booleans()), min_size=1)


def _table(sheet: str, rows: list[dict[str, Any]]) -> Table:
    declared = SHEETS[sheet]
    at = {c.name: n for n, c in enumerate(declared.columns)}
    empty = dict.fromkeys(at)
    made = [
        FullRow(declared, Place("台账.xlsx", declared.title, n), {**empty, **row}, at) for n, row in enumerate(rows, 2)
    ]
    return Table(declared, made, tabs=(declared.title,))


def _counted(vote: dict[str, Any], ballots: list[dict[str, Any]], roll: list[dict[str, Any]]) -> list[Problem]:
    """The recount of one vote, through the same gate as a workbook's."""
    meeting = {"id": "M", "title": "会", "on": date(2026, 6, 10), "compound": "C"}
    tables = {"votes": [{"id": "V", "meeting": "M", "motion": "事", **vote}], "meetings": [meeting]}
    understood = Understood(
        {n: _table(n, rows) for n, rows in {**tables, "ballots": ballots, "roll": roll}.items()}, []
    )
    arrived, _ = gate.arrived(understood, COMMUNITY, Names(understood))
    after, problems = recount.recounted(COMMUNITY, understood, arrived, {}, PROCEDURES, TODAY)
    withheld = [s.row is None for s in after["votes"].seen]
    assert withheld == [any(p.withholds for p in problems)]
    return problems


def _row(units: list[tuple[str, Decimal, bool]], voted: dict[int, tuple[str, bool]]) -> dict[str, Any]:
    """The vote as somebody counts it who has the owners' heads and the ballots on the table before them."""
    heads = ["开发商" if unsold else owner for owner, _, unsold in units]
    by = {c: [n for n, (choice, _) in voted.items() if choice == c] for c in CHOICES}
    each = {c: len({heads[n] for n in some}) for c, some in by.items()}
    areas = {c: sum((units[n][1] for n in some), Decimal(0)) for c, some in by.items()}
    names = dict(zip(CHOICES, (("in_favour", "for"), ("against",) * 2, ("abstained",) * 2, ("invalid",) * 2), strict=True))
    row: dict[str, Any] = {names[c][0]: n for c, n in each.items()} | {f"area_{names[c][1]}": a for c, a in areas.items()}
    row |= {"called": len(set(heads)), "present": sum(each.values()), "proxies": len({heads[n] for n, v in voted.items() if v[1]})}
    return row | {
        "area_total": sum((a for _, a, _ in units), Decimal(0)),
        "area_present": sum(areas.values(), Decimal(0)),
        "rule": "yezhu-yiban",
        "announced": "通过",
    }


@given(UNITS, VOTED, st.data())
@settings(deadline=None)
def test_a_row_made_from_any_ballots_agrees_and_one_figure_off_is_the_only_one_told(
    units: list[tuple[str, Decimal, bool]], voted: dict[int, tuple[str, bool]], data: st.DataObject
) -> None:
    heads = ["开发商" if unsold else owner for owner, _, unsold in units]
    mind = {heads[n]: said for n, said in voted.items() if n < len(units)}  # one owner, one mind
    voted = {n: mind[heads[n]] for n in voted if n < len(units)}
    roll = [
        {"id": f"Y{n}", "compound": "C", "unit": f"{n}室", "owner": owner, "area": area, "unsold": unsold}
        for n, (owner, area, unsold) in enumerate(units)
    ]
    ballots = [
        {"id": f"P{n}", "vote": "V", "voter": f"{n}室", "choice": choice, "proxy": "代" if by else None, "written": by}
        for n, (choice, by) in voted.items()
    ]
    row = _row(units, voted)
    assert _counted(row, ballots, roll) == []
    if voted:
        name = data.draw(st.sampled_from(sorted(n for n, v in row.items() if not isinstance(v, str))))
        less = data.draw(st.booleans()) and row[name] > 0
        step = Decimal("0.0001") if isinstance(row[name], Decimal) else 1
        (problem,) = _counted({**row, name: row[name] - step if less else row[name] + step}, ballots, roll)
        assert problem.place.column == SHEETS["votes"].column(name).title


@given(st.lists(st.tuples(st.sampled_from(CHOICES), st.booleans()), min_size=1, max_size=30), st.integers(0, 9), st.integers(0, 9))
@settings(deadline=None)
def test_votes_by_heads_agree_with_their_ballots(voted: list[tuple[str, bool]], silent: int, away: int) -> None:
    ballots = [
        {"id": f"P{n}", "vote": "v", "voter": f"{n}号", "choice": choice, "proxy": "代" if by else None, "written": by}
        for n, (choice, by) in enumerate(voted)
    ]
    names = zip(("in_favour", "against", "abstained", "invalid"), CHOICES, strict=True)
    row = {name: sum(c == choice for c, _ in voted) for name, choice in names}
    row |= {"called": len(voted) + silent + away, "present": len(voted) + silent, "unreturned": silent}
    made = {**row, "proxies": sum(by for _, by in voted), "rule": "yishi", "announced": "通过"}
    assert _counted(made, ballots, []) == []
    (problem, *_) = _counted({**made, "against": row["against"] + 1}, ballots, [])
    assert problem.place.column == "反对"
