"""Whole names that may not be shown are looked for in every text: those of voters too, and short ones near where they stand."""

from __future__ import annotations

from typing import Any

import pytest

from .town import Town, codes

OBJECTION = {"议题": "XY-2026-001", "对哪次公示": "方案公示", "提出日期": "2026-03-24", "怎么提的": "电话", "公开同意": "否"}
OBJECTION |= {"答复日期": "2026-03-25", "处理结果": "不采纳", "答复内容": "照方案办。"}
BALLOTS = ["编号", "表决", "投票人", "选项", "交票日期", "受托人", "有委托书"]
ROLL = ["编号", "小区", "房号", "业主", "面积", "面积依据", "未出售"]


def add(town: Town, sheet: str, **cells: Any) -> None:
    town.rows[sheet].append([cells.get(title, "") for title in town.rows[sheet][0]])


def objection(town: Town, said: str, by: str = "") -> None:
    add(town, "objections", 编号="Y-1", 提出人=by, 异议内容=said, **OBJECTION)


def named(town: Town) -> list[tuple[str, str]]:
    """The column and the masked name of whatever names somebody."""
    return [(p.place.column, p.found) for p in town.sync().problems if p.code == "name-in-text"]


def elect(town: Town, title: str = "第一网格楼长推选", known: bool = False, **candidate: Any) -> None:
    add(town, "elections", 编号="E-2", 名称=title, 职务="楼长", 投票日期="2026-05-20", 规则="tuixuan", 应选名额="1",
        应投票人数="9", 投票人数="9", **{"候选人数": "2"})  # fmt: skip
    names = [("马兰英", "是", "5", "当选"), ("赵四", "否", "4", "未当选")]
    for n, (name, consent, votes, result) in enumerate(names):
        cells = {"候选人": name, "公开同意": consent, "人员": town.rows["people"][1 + n][0] if known else "", **candidate}
        add(town, "candidates", 编号=f"E-2-{n}", 选举="E-2", 得票=votes, 公布结果=result, **cells)


# --- voters


@pytest.mark.parametrize("voter", ["李雀丙", "1幢101 李雀丙", "李 雀 丙", "李雀丙(1幢101)", "1幢101李雀丙"])
def test_a_voter_is_named_nowhere(town: Town, voter: str) -> None:
    town.rows["ballots"] = [BALLOTS, ["P-1", "XY-V1", voter, "反对", "2026-03-20", "", ""]]
    objection(town, "李雀丙投了反对票。")
    assert named(town) == [("异议内容", "李*丙")]
    assert "Y-1" not in town.stands("objections")


def test_a_voter_of_a_ballot_that_is_lost_is_named_nowhere(town: Town) -> None:
    ballot = ["P-1", "XY-V1", "1幢101 李雀丙", "反对", "2026-03-20", "", ""]
    town.rows["ballots"] = [BALLOTS, ballot, [*ballot]]  # two with one number
    objection(town, "李雀丙投了反对票。")
    assert named(town) == [("异议内容", "李*丙")]


def test_a_short_name_of_a_voter_is_looked_for_where_the_vote_is_spoken_of(town: Town) -> None:
    town.rows["ballots"] = [BALLOTS, ["P-1", "XY-V1", "赵四", "反对", "2026-03-20", "", ""]]
    town.put("matters", "XY-2026-001", "内容", "赵四不愿意划线。")
    town.put("matters", "XY-2026-002", "内容", "再添赵四盏灯。")
    assert named(town) == [("内容", "赵*")]


def test_an_office_holder_who_voted_is_named_as_before(town: Town) -> None:
    holders = [line for line in town.rows["people"][1:] if "职务公开" in line]
    name = holders[0][town.rows["people"][0].index("姓名")]
    town.rows["ballots"] = [BALLOTS, ["P-1", "XY-V1", name, "同意", "2026-03-20", "", ""]]
    objection(town, f"{name}主任说的不对。")
    assert named(town) == []


def test_a_word_that_is_a_name_too_is_none_beside_no_cue(town: Town) -> None:
    town.rows["ballots"] = [BALLOTS, ["P-1", "XY-V1", "安全", "同意", "2026-03-20", "", ""]]
    objection(town, "划线以后不安全。")
    assert named(town) == []


@pytest.mark.parametrize("voter", ["东湖院1幢101", "1幢101(已出租)", "12号", "5楼东户", "3幢2单元501"])
def test_where_a_voter_lives_is_no_name(town: Town, voter: str) -> None:
    town.rows["ballots"] = [BALLOTS, ["P-1", "XY-V1", voter, "反对", "2026-03-20", "", ""]]
    objection(town, "东湖院里已出租的铺面、12号门和东户都挡住了。")
    assert codes(town.sync()).count("name-in-text") == 0


# --- short names, near where they stand


def test_a_candidate_without_consent_is_not_named_by_the_election(town: Town) -> None:
    elect(town, "马兰英、赵四竞选第一网格楼长")
    assert named(town) == [("名称", "赵*")]
    assert "E-2" not in town.stands("elections")


def test_a_candidate_with_consent_may_be(town: Town) -> None:
    town.rows["ballots"] = [BALLOTS, ["P-1", "XY-V1", "马兰英", "同意", "2026-03-20", "", ""]]
    elect(town, "马兰英竞选第一网格楼长")
    assert named(town) == []
    assert town.stands("elections")["E-2"]["名称"] == "马兰英竞选第一网格楼长"


@pytest.mark.parametrize(("sheet", "id", "title"), [("matters", "XY-2026-001", "内容"), ("steps", "XY-2026-001-4", "说明")])
def test_an_objector_is_named_neither_by_the_matter_nor_by_its_steps(town: Town, sheet: str, id: str, title: str) -> None:
    objection(town, "划线挡路。", by="赵四")
    town.put(sheet, id, title, "跟赵四谈过了。")
    assert named(town) == [(title, "赵*")]


def test_one_objector_is_not_named_by_another_of_the_matter(town: Town) -> None:
    add(town, "objections", 编号="Y-0", 提出人="赵四", 异议内容="挡路。", **OBJECTION)
    objection(town, "赵四讲得对。")
    assert named(town) == [("异议内容", "赵*")]


@pytest.mark.parametrize("said", ["赵四说挡路。", "赵四提了三条。", "赵四投了反对票。", "赵四反对。", "赵四赞成。", "赵四竞选楼长。",
                                  "赵四当选。", "赵四落选。", "候选人赵四"])  # fmt: skip
def test_what_is_said_of_somebody_elsewhere_says_that_it_is_a_name(town: Town, said: str) -> None:
    elect(town)
    objection(town, said)
    assert named(town) == [("异议内容", "赵*")]


def test_a_short_name_without_a_cue_elsewhere_may_be_a_word(town: Town) -> None:
    elect(town)
    objection(town, "赵四条路上都是车。")
    assert named(town) == []


# --- who is masked is not shown by a number either


def test_the_number_of_a_person_goes_with_the_name(town: Town) -> None:
    elect(town, known=True)
    assert codes(town.sync()) == []
    stands, someone = town.stands("candidates"), town.rows["people"][1][0]
    assert [(stands[f"E-2-{n}"]["候选人"], stands[f"E-2-{n}"]["人员"]) for n in (0, 1)] == [("马兰英", someone), ("赵*", "")]


def test_so_it_does_when_the_consent_is_taken_back(town: Town) -> None:
    elect(town, known=True, 公开同意="是")
    assert codes(town.sync()) == []
    assert town.stands("candidates")["E-2-1"]["人员"] == town.rows["people"][2][0]
    town.put("candidates", "E-2-1", "公开同意", "否")
    town.put("candidates", "E-2-1", "得票", "很多")  # so that the version that stands goes on standing
    town.sync()
    row = town.stands("candidates")["E-2-1"]
    assert (row["候选人"], row["人员"], row["得票"]) == ("赵*", "", "4")


# --- rooms


@pytest.mark.parametrize("said", ["1幢101的人不同意。", "房号1幢 101不同意", "１幢１０１室反对", "一幢101反对"])
def test_a_room_of_the_roll_is_written_nowhere(town: Town, said: str) -> None:
    town.rows["roll"] = [ROLL, ["YZ-1", "XY-C1", "1幢101", "钱雀甲", "89.5623", "登记簿", "否"]]
    objection(town, said)
    assert codes(town.sync()) == ["private-room"]
    assert "Y-1" not in town.stands("objections")


def test_a_room_that_only_the_roll_knows_is_found_and_not_shown(town: Town) -> None:
    town.rows["roll"] = [ROLL, ["YZ-1", "XY-C1", "东区甲-0107", "钱雀甲", "89.5623", "登记簿", "否"]]
    objection(town, "东区甲—0107 不同意。")
    (problem,) = town.sync().problems
    assert (problem.code, problem.found) == ("private-room", "东区…")


def test_a_longer_number_is_another_room(town: Town) -> None:
    town.rows["roll"] = [ROLL, ["YZ-1", "XY-C1", "东区甲-0107", "钱雀甲", "89.5623", "登记簿", "否"]]
    objection(town, "东区甲-01073 号箱坏了。")
    assert codes(town.sync()) == []
