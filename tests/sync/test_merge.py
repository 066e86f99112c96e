"""Nothing is lost: last good versions stay, rows that go leave a mark, much at once stops the sync."""

from __future__ import annotations

from datetime import date

import openpyxl

from generator import build
from tests.rows import COMMUNITY

from .town import TODAY, Town, codes

LATER = date(2026, 6, 20)


def test_the_same_sheets_twice_change_no_byte(town: Town) -> None:
    before = town.bytes()
    assert town.sync().changed == []
    assert town.sync(LATER).changed == []
    assert town.bytes() == before


def test_what_is_brought_in_is_checked_clean(town: Town) -> None:
    assert town.checked() == []


def test_a_changed_row_is_changed_and_a_new_row_is_new(town: Town) -> None:
    town.put("matters", "XY-2026-002", "内容", "院子西侧和南门晚上看不清路。")
    town.rows["figures"].append(["XY-F99", "长椅", "12", "把", "", "", "", "社区登记", ""])
    outcome = town.sync()
    assert outcome.problems == []
    assert outcome.changed == [f"{COMMUNITY}/figures.csv", f"{COMMUNITY}/matters.csv"]
    counts = {c.sheet: c for c in outcome.results[0].counts}
    assert counts["matters"].changed == ("XY-2026-002",)
    assert counts["figures"].added == ("XY-F99",)
    assert town.stands("matters")["XY-2026-002"]["内容"] == "院子西侧和南门晚上看不清路。"


def test_people_type_as_they_like_and_the_records_say_it_one_way(town: Town) -> None:
    town.put("matters", "XY-2026-002", "提出日期", "2026年6月1日")
    town.put("matters", "XY-2026-002", "公开同意", "×")
    town.put("votes", "XY-V1", "应到", "十五人")
    town.put("resolutions", "XY-R1", "花费", "3,860元")
    assert town.sync().changed == []


def test_a_bad_row_leaves_the_last_good_one_standing_and_marked(town: Town) -> None:
    before = town.bytes()
    town.put("matters", "XY-2026-002", "提出日期", "2026-2-30")
    outcome = town.sync()
    assert codes(outcome) == ["date-impossible"]
    assert outcome.problems[0].place.cell == "F3"
    assert outcome.problems[0].place.sheet == "议题台账"
    after = town.bytes()
    marks = after.pop(f"{COMMUNITY}/withheld.csv").decode()
    assert after == before
    assert marks.splitlines()[1].startswith("matters,XY-2026-002,2026-06-17,是,1")
    assert (outcome.results[0].kept, outcome.results[0].withheld) == (1, 0)


def test_the_day_since_when_stays_until_the_row_is_mended(town: Town) -> None:
    town.put("matters", "XY-2026-002", "提出日期", "2026-2-30")
    town.sync()
    assert town.sync(LATER).changed == []
    assert town.marks("withheld")[0]["自"] == "2026-06-17"
    town.put("matters", "XY-2026-002", "提出日期", "2026-05-31")
    town.sync(LATER)
    assert town.marks("withheld") == []
    assert town.stands("matters")["XY-2026-002"]["提出日期"] == "2026-05-31"


def test_a_change_that_makes_others_wrong_falls_back_and_not_what_was_right_before(town: Town) -> None:
    """The matter's day is mistyped; its steps, unchanged, would be earlier than it."""
    before = town.stands("matters"), town.stands("steps")
    town.put("matters", "XY-2026-002", "提出日期", "2026-06-11")
    outcome = town.sync()
    assert codes(outcome) == ["row-upsets"]
    assert outcome.problems[0].place.row == 3
    assert "XY-2026-002-1" in outcome.problems[0].says
    assert (town.stands("matters"), town.stands("steps")) == before
    assert [(m["表"], m["编号"], m["保留"]) for m in town.marks("withheld")] == [("matters", "XY-2026-002", "是")]
    assert town.checked() == []


def test_a_new_bad_row_waits_and_its_neighbours_are_published(town: Town) -> None:
    new = list(town.row("matters", "XY-2026-002"))
    town.rows["matters"] += [["XY-2026-004", *new[1:]], ["XY-2026-005", *new[1:]]]
    town.put("matters", "XY-2026-004", "大小急", "中事")
    outcome = town.sync()
    assert [p.withholds for p in outcome.problems] == [True]
    assert "XY-2026-005" in town.stands("matters")
    assert "XY-2026-004" not in town.stands("matters")
    assert town.marks("withheld")[0]["保留"] == "否"
    assert town.checked() == []


def test_a_vote_whose_numbers_do_not_add_up_any_more_keeps_its_last_good_version(town: Town) -> None:
    before = town.stands("votes")
    town.put("votes", "XY-V1", "赞成", 9)
    outcome = town.sync()
    assert codes(outcome) == ["vote-sum"]
    assert outcome.problems[0].place.file == "西园.xlsx"
    assert town.stands("votes") == before
    assert [m["编号"] for m in town.marks("withheld")] == ["XY-V1"]
    assert town.checked() == []


def test_what_waits_for_a_bad_row_stands_again_with_its_last_good_version(town: Town) -> None:
    """A matter of an unknown procedure would take its steps along; it falls back, and they stay as they are."""
    steps = town.stands("steps")
    town.put("matters", "XY-2026-001", "程序", "liuBu9")
    outcome = town.sync()
    assert codes(outcome) == ["rule-unknown"]
    assert town.stands("steps") == steps
    assert [m["编号"] for m in town.marks("withheld")] == ["XY-2026-001"]


def test_steps_of_a_new_bad_matter_wait_with_it(town: Town) -> None:
    new = list(town.row("matters", "XY-2026-002"))
    town.rows["matters"].append(["XY-2026-004", *new[1:]])
    town.put("matters", "XY-2026-004", "程序", "nichts")
    step = list(town.row("steps", "XY-2026-002-1"))
    town.rows["steps"].append(["XY-2026-004-1", "XY-2026-004", *step[2:]])
    outcome = town.sync()
    assert codes(outcome) == ["rule-unknown"]
    assert {m["编号"]: m["关于"] for m in town.marks("withheld")} == {
        "XY-2026-004": "小区:XY-C1 责任单位:XY-U5 责任人:XY-P2 程序:nichts",
        "XY-2026-004-1": "议题:XY-2026-004",
    }
    assert town.checked() == []


def test_a_matter_says_how_many_of_its_rows_wait(town: Town) -> None:
    step = list(town.row("steps", "XY-2026-002-1"))
    town.rows["steps"].append(["XY-2026-002-4", "XY-2026-002", "拟方案", "完成", "昨天", *step[5:]])
    assert town.sync().results[0].withheld == 1
    whole, problems = build.check(town.records, TODAY)
    assert problems == []
    case = whole.cases.get(COMMUNITY, "XY-2026-002")
    assert case is not None
    assert case.withheld == 1


def test_a_telephone_number_in_a_reference_of_a_bad_row_is_not_written_down(town: Town) -> None:
    step = list(town.row("steps", "XY-2026-002-1"))
    town.rows["steps"].append(["XY-2026-002-4", "13912345678", *step[2:]])
    town.sync()
    assert b"13912345678" not in b"".join(town.bytes().values())


def test_a_removed_row_is_marked_with_the_day_and_the_reason_of_the_volunteers(town: Town) -> None:
    line = town.drop("steps", "XY-2026-003-4")
    outcome = town.sync()
    assert outcome.results[0].counts[0].removed == ("XY-2026-003-4",)
    assert town.marks("removed") == [{"表": "steps", "编号": "XY-2026-003-4", "撤下日期": "2026-06-17", "原因": ""}]
    town.rows["withdrawals"] = [
        ["编号", "表", "撤下的编号", "日期", "原因"],
        ["CX-1", "办理过程", "XY-2026-003-4", "2026年6月18日", "登记重复"],
    ]
    town.sync(LATER)
    assert town.marks("removed") == [{"表": "steps", "编号": "XY-2026-003-4", "撤下日期": "2026-06-18", "原因": "登记重复"}]
    assert town.sync(LATER).changed == []
    town.rows["steps"].append(line)
    del town.rows["withdrawals"][1:]
    town.sync(LATER)
    assert town.marks("removed") == []
    assert "XY-2026-003-4" in town.stands("steps")


def test_what_the_volunteers_take_back_goes_at_once_even_if_the_row_still_stands(town: Town) -> None:
    town.rows["withdrawals"] = [
        ["编号", "表", "撤下的编号", "日期", "原因"],
        ["CX-1", "《公布数字》", town.rows["figures"][1][0], "2026-06-17", "数字有误,重新统计"],
    ]
    gone = town.rows["figures"][1][0]
    outcome = town.sync()
    assert codes(outcome) == ["withdrawal-stands"]
    assert gone not in town.stands("figures")
    assert town.marks("removed")[0]["编号"] == gone


def test_a_reason_for_a_sheet_that_there_is_not_is_told(town: Town) -> None:
    town.rows["withdrawals"] = [["编号", "表", "撤下的编号", "日期", "原因"], ["CX-1", "花名册", "X-1", "2026-06-17", "重复"]]
    outcome = town.sync()
    assert codes(outcome) == ["withdrawal-sheet"]
    assert outcome.problems[0].place.cell == "B2"
    assert outcome.problems[0].withholds


def test_a_sheet_that_shrinks_by_more_than_a_fifth_stops_the_sync_with_the_list(town: Town) -> None:
    before = town.bytes()
    town.put("matters", "XY-2026-001", "标题", "改了的标题")
    for id in ("XY-2026-003-1", "XY-2026-003-2", "XY-2026-003-3"):
        town.drop("steps", id)
    outcome = town.sync()
    assert outcome.results[0].state == "stopped"
    assert [(g.sheet.id, g.ids, g.of) for g in outcome.results[0].gone] == [
        ("steps", ("XY-2026-003-1", "XY-2026-003-2", "XY-2026-003-3"), 13)
    ]
    assert town.bytes() == before
    accepted = town.sync(accept_removals=True)
    assert accepted.results[0].state == "done"
    assert len(town.marks("removed")) == 3


def test_a_fifth_itself_does_not_stop_it(town: Town) -> None:
    for n in range(6):
        town.rows["figures"].append([f"XY-F{n}0", f"长椅{n}", "12", "把", "", "", "", "社区登记", ""])
    town.sync()
    rows = len(town.stands("figures"))
    assert rows % 5 == 0
    for line in town.rows["figures"][-(rows // 5) :]:
        town.rows["figures"].remove(line)
    assert town.sync().results[0].state == "done"
    assert len(town.marks("removed")) == rows // 5


def test_a_tab_that_vanishes_stops_the_sync(town: Town) -> None:
    before = town.bytes()
    del town.rows["votes"]
    outcome = town.sync()
    assert outcome.results[0].state == "stopped"
    assert [(g.sheet.id, g.whole) for g in outcome.results[0].gone] == [("votes", True)]
    assert town.bytes() == before


def test_a_tab_whose_header_nobody_understands_changes_nothing_published(town: Town) -> None:
    before = town.stands("votes")
    town.rows["votes"][0] = [f"列{n}" for n in range(len(town.rows["votes"][0]))]
    outcome = town.sync()
    assert outcome.results[0].state == "done"
    assert town.stands("votes") == before
    assert {m["编号"] for m in town.marks("withheld")} == set(before)
    assert any(p.withholds for p in outcome.problems)


def test_a_row_that_lost_its_id_is_not_taken_for_removed(town: Town) -> None:
    before = town.stands("steps")
    town.put("steps", "XY-2026-003-4", "编号", "")
    town.sync()
    assert town.stands("steps") == before
    assert town.marks("removed") == []


def test_rows_that_a_filter_hides_are_not_taken_for_removed(town: Town) -> None:
    """A filter left on is no deletion; nor is what it hides read, as it may be hidden on purpose."""
    before = town.bytes()
    path = town.save()
    book = openpyxl.load_workbook(path)
    for n in range(3, 8):
        book["办理过程"].row_dimensions[n].hidden = True
    book.save(path)
    book.close()
    outcome = town.bring(path)
    assert outcome.results[0].state == "done"
    assert "book-hidden-rows" in codes(outcome)
    assert town.marks("removed") == []
    after = town.bytes()
    assert [m["保留"] for m in town.marks("withheld")] == ["是"] * 5
    assert {n: b for n, b in after.items() if not n.endswith("withheld.csv")} == before


def test_two_rows_of_one_id_leave_what_stood(town: Town) -> None:
    before = town.stands("matters")
    town.rows["matters"].append([*town.row("matters", "XY-2026-002")])
    town.rows["matters"][-1][1] = "另一件事"
    outcome = town.sync()
    assert set(codes(outcome)) == {"id-twice"}
    assert town.stands("matters") == before
    assert town.marks("withheld")[0]["行数"] == "2"


def test_the_community_s_own_row_may_come_with_its_workbook(town: Town) -> None:
    town.put("communities", COMMUNITY, "办公时间", "周一至周六 8:00—18:00")
    town.rows["communities"].append(["dongyuan", *town.rows["communities"][1][1:]])
    outcome = town.sync()
    assert codes(outcome) == ["community-other"]
    assert "周一至周六" in (town.records / "communities.csv").read_text("utf-8")
    assert "dongyuan" not in (town.records / "communities.csv").read_text("utf-8")
    del town.rows["communities"][1:]
    assert town.sync().changed == []


def test_a_bad_row_of_the_community_itself_keeps_what_stood(town: Town) -> None:
    before = (town.records / "communities.csv").read_bytes()
    town.put("communities", COMMUNITY, "值班电话", "没有")
    town.sync()
    assert (town.records / "communities.csv").read_bytes() == before
    assert (town.records / "withheld.csv").read_text("utf-8").splitlines()[1].startswith("communities,xiyuan,2026-06-17,是")
    assert TODAY.isoformat() in (town.records / "withheld.csv").read_text("utf-8")


# --- accidents that volunteers had, each as a test -----------------------------------------------------------------


def test_sorting_the_steps_another_way_changes_nothing(town: Town) -> None:
    before = town.bytes()
    town.rows["steps"][1:] = sorted(town.rows["steps"][1:], key=lambda line: line[4], reverse=True)
    outcome = town.sync()
    assert outcome.problems == []
    after = set(town.bytes()[f"{COMMUNITY}/steps.csv"].splitlines())
    assert after == set(before[f"{COMMUNITY}/steps.csv"].splitlines())
    assert town.marks("withheld") == []


def test_a_mistyped_day_of_one_step_takes_no_other_step_away(town: Town) -> None:
    before = town.bytes()
    town.put("steps", "XY-2026-001-1", "日期", "2026-05-05")
    outcome = town.sync()
    after = town.bytes()
    assert [(m["编号"], m["保留"]) for m in town.marks("withheld")] == [("XY-2026-001-1", "是")]
    assert after[f"{COMMUNITY}/steps.csv"] == before[f"{COMMUNITY}/steps.csv"]
    assert [p.place.row for p in outcome.problems] == [2]


def test_a_row_that_others_need_does_not_go_by_a_slip(town: Town) -> None:
    """A mistyped id of a compound would take every matter of it along, and their steps and votes."""
    before = town.bytes()
    town.put("compounds", "XY-C1", "编号", "XY-CI")
    outcome = town.sync()
    assert "row-needed" in codes(outcome) or town.marks("removed") == []
    after = town.bytes()
    for sheet in ("matters", "steps", "votes", "resolutions"):
        assert after[f"{COMMUNITY}/{sheet}.csv"] == before[f"{COMMUNITY}/{sheet}.csv"]


def test_a_matter_deleted_without_its_steps_stays_and_is_told(town: Town) -> None:
    before = town.stands("matters"), town.stands("steps")
    town.drop("matters", "XY-2026-003")
    outcome = town.sync(accept_removals=True)
    assert codes(outcome) == ["row-needed"]
    assert (town.stands("matters"), town.stands("steps")) == before


def test_a_matter_taken_back_takes_its_steps_and_votes_along_without_a_word_of_blame(town: Town) -> None:
    town.rows["withdrawals"] = [
        ["编号", "表", "撤下的编号", "日期", "原因"],
        ["CX-1", "议题", "xy-2026-003 大门换人脸识别", "", ""],
    ]
    outcome = town.sync()
    assert outcome.results[0].state == "done"
    assert not any(p.withholds and "XY-2026-003" in p.found for p in outcome.problems)
    assert "XY-2026-003" not in town.stands("matters")
    assert not [id for id in town.stands("steps") if id.startswith("XY-2026-003")]
    assert "XY-V2" not in town.stands("votes")
    marks = {m["编号"]: m["原因"] for m in town.marks("removed")}
    assert marks["XY-2026-003"] == marks["XY-2026-003-1"] == "社区没有写明原因"
    assert town.checked() == []


def test_what_was_taken_back_does_not_come_again_when_the_tab_is_lost(town: Town) -> None:
    gone = town.rows["figures"][1][0]
    town.rows["withdrawals"] = [["编号", "表", "撤下的编号", "日期", "原因"], ["CX-1", "公布数字", gone, "2026-06-17", "数字有误"]]
    town.sync()
    tab = town.rows.pop("withdrawals")
    outcome = town.sync(LATER)
    assert codes(outcome) == ["withdrawals-gone"]
    assert gone not in town.stands("figures")
    town.rows["withdrawals"] = tab[:1]
    town.sync(LATER)
    assert gone in town.stands("figures")


def test_a_line_that_takes_nothing_back_is_a_problem(town: Town) -> None:
    town.rows["withdrawals"] = [["编号", "表", "撤下的编号", "日期", "原因"], ["CX-1", "议题台账", "停车那件事", "2026-06-17", "重复"]]
    outcome = town.sync()
    assert codes(outcome) == ["withdrawal-record"]
    assert outcome.problems[0].withholds


def test_a_person_taken_back_is_masked_where_meetings_need_the_row(town: Town) -> None:
    town.rows["withdrawals"] = [["编号", "表", "撤下的编号", "日期", "原因"], ["CX-1", "人员", "XY-P1", "2026-06-17", "本人要求"]]
    meetings = town.stands("meetings")
    outcome = town.sync()
    assert outcome.results[0].state == "done"
    assert town.stands("people")["XY-P1"]["姓名"] == "丁*秀"
    assert town.stands("meetings") == meetings


def test_a_column_that_is_deleted_or_renamed_empties_nothing(town: Town) -> None:
    before = town.bytes()
    at = town.rows["resolutions"][0].index("花费")
    town.rows["resolutions"][0][at] = "开销"
    outcome = town.sync()
    assert outcome.problems
    assert town.bytes() == before


def test_a_stop_does_not_hold_back_what_is_taken_back_or_not_released_any_more(town: Town) -> None:
    town.put("matters", "XY-2026-002", "提出人", "张小三")
    town.put("matters", "XY-2026-002", "公开同意", "是")
    town.sync()
    gone = town.rows["figures"][1][0]
    town.put("matters", "XY-2026-002", "公开同意", "否")
    town.put("matters", "XY-2026-002", "标题", "院里再添几盏路灯")
    town.rows["withdrawals"] = [["编号", "表", "撤下的编号", "日期", "原因"], ["CX-1", "公布数字", gone, "2026-06-17", "数字有误"]]
    votes = town.rows.pop("votes")
    outcome = town.sync()
    assert outcome.results[0].state == "stopped"
    assert town.stands("matters")["XY-2026-002"]["提出人"] == "张*三"
    assert town.stands("matters")["XY-2026-002"]["标题"] == "院里添几盏路灯"
    assert gone not in town.stands("figures")
    assert set(town.stands("votes")) == {line[0] for line in votes[1:]}
    assert town.checked() == []
