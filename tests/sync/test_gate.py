"""What passes the gate: names masked, private cells gone, texts that name somebody kept back, private sheets as counts."""

from __future__ import annotations

import pytest

from tests.rows import COMMUNITY

from .town import Town, codes


def test_a_name_without_consent_is_masked_and_with_consent_shown(town: Town) -> None:
    town.put("matters", "XY-2026-002", "提出人", "欧阳秋水")
    town.put("matters", "XY-2026-003", "提出人", "张小三")
    town.put("matters", "XY-2026-003", "公开同意", "是")
    assert town.sync().problems == []
    assert town.stands("matters")["XY-2026-002"]["提出人"] == "欧**水"
    assert town.stands("matters")["XY-2026-003"]["提出人"] == "张小三"


def test_private_and_undeclared_columns_are_dropped_and_the_latter_told(town: Town) -> None:
    town.put("matters", "XY-2026-002", "联系电话", "13912345678")
    town.rows["matters"][0].append("备注电话")
    for line in town.rows["matters"][1:]:
        line.append("13812345678")
    outcome = town.sync()
    assert outcome.changed == []
    assert len(codes(outcome)) == 1
    assert "备注电话" in outcome.problems[0].line()
    assert "138" not in outcome.problems[0].line()


def test_a_number_in_a_public_text_keeps_the_row_back(town: Town) -> None:
    before = town.stands("matters")
    town.put("matters", "XY-2026-002", "内容", "请打一三八 1234 5678 找我")
    outcome = town.sync()
    assert codes(outcome) == ["private-mobile"]
    assert town.stands("matters") == before


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("有事写信 zhangsan@qq.com", "private-email"),
        ("写信zhangsan＠qq.com", "private-email"),
        ("微信zhanglaoshi", "private-account"),
        ("宁AABCD1 又堵了门", "private-plate"),
    ],
)
def test_what_leads_to_a_person_keeps_the_row_back_though_it_has_few_figures(town: Town, text: str, code: str) -> None:
    before = town.stands("matters")
    town.put("matters", "XY-2026-002", "内容", text)
    assert codes(town.sync()) == [code]
    assert town.stands("matters") == before


def test_a_text_that_names_who_may_not_be_named_keeps_its_row_back(town: Town) -> None:
    town.put("matters", "XY-2026-002", "提出人", "欧阳秋水")
    town.put("items", town.rows["items"][1][0], "讨论", "欧阳秋水说院子西侧看不清路。")
    outcome = town.sync()
    assert codes(outcome) == ["name-in-text"]
    assert "秋水" not in outcome.problems[0].line()
    assert "欧阳秋水" not in "".join(str(b, "utf-8", "replace") for b in town.bytes().values())


def test_who_holds_an_office_may_be_named_in_a_text(town: Town) -> None:
    town.put("items", town.rows["items"][1][0], "讨论", "丁文秀介绍了情况。")
    assert town.sync().problems == []


def test_an_id_that_is_a_telephone_number_is_not_written_down(town: Town) -> None:
    new = list(town.row("matters", "XY-2026-002"))
    town.rows["matters"].append(["13912345678", *new[1:]])
    outcome = town.sync()
    assert "private-mobile" in codes(outcome)
    assert b"13912345678" not in b"".join(town.bytes().values())
    assert town.marks("withheld")[0]["编号"] == ""


def test_private_sheets_leave_suppressed_counts_alone(town: Town) -> None:
    town.rows["visits"] = [["编号", "网格", "日期", "居民姓名", "走访内容"]]
    for n in range(23):
        grid = "XY-G1-M1" if n < 20 else "XY-G1-M2"
        town.rows["visits"].append([f"ZF-{n}", grid, f"2026-05-{n + 1:02}", "欧阳秋水", "独居,腿脚不便"])
    outcome = town.sync()
    assert not any(p.withholds for p in outcome.problems)
    text = (town.records / COMMUNITY / "visits.csv").read_text("utf-8")
    assert "XY-G1,2026-05,23" in text  # micro-grids count with their grid
    assert "M1" not in text
    assert "秋水" not in text
    assert "ZF-" not in text
    assert town.checked() == []
    assert town.sync().changed == []


def test_a_private_row_of_an_unknown_grid_is_not_counted_and_told_without_its_words(town: Town) -> None:
    town.rows["visits"] = [["编号", "网格", "日期"], ["ZF-1", "XY-G9", "2026-05-01"]]
    outcome = town.sync()
    assert "count-unknown" in codes(outcome)
    assert "XY-G9" not in "".join(p.line() for p in outcome.problems)


def test_a_private_sheet_whose_tab_is_gone_stops_the_sync(town: Town) -> None:
    town.rows["visits"] = [["编号", "网格", "日期"], ["ZF-1", "XY-G1-M1", "2026-05-01"]]
    town.sync()
    del town.rows["visits"]
    outcome = town.sync()
    assert outcome.results[0].state == "stopped"
    assert town.sync(accept_removals=True).changed == [f"{COMMUNITY}/visits.csv"]
    assert not (town.records / COMMUNITY / "visits.csv").exists()


def test_who_fills_in_a_sheet_is_known_to_the_coordinator_alone(town: Town) -> None:
    town.rows["editors"] = [["编号", "表", "填表人", "联系方式"], ["FG-1", "议题台账", "欧阳秋水", "13912345678"]]
    outcome = town.sync()
    assert outcome.results[0].editors == {"议题台账": "欧阳秋水"}
    assert outcome.changed == []


def test_an_older_version_does_not_name_who_took_the_consent_back(town: Town) -> None:
    """The row is bad in another cell, so what stood stays; but not the whole name."""
    town.put("matters", "XY-2026-002", "提出人", "张小三")
    town.put("matters", "XY-2026-002", "公开同意", "是")
    town.sync()
    assert town.stands("matters")["XY-2026-002"]["提出人"] == "张小三"
    town.put("matters", "XY-2026-002", "提出日期", "昨天")
    town.sync()
    assert town.stands("matters")["XY-2026-002"]["提出人"] == "张小三"
    town.put("matters", "XY-2026-002", "公开同意", "否")
    town.sync()
    assert town.stands("matters")["XY-2026-002"]["提出人"] == "张*三"
    assert town.marks("withheld")[0]["保留"] == "是"


def test_nor_does_one_whose_new_version_the_checks_refuse(town: Town) -> None:
    town.put("matters", "XY-2026-002", "提出人", "张小三")
    town.put("matters", "XY-2026-002", "公开同意", "是")
    town.sync()
    town.put("matters", "XY-2026-002", "程序", "nichts")
    town.put("matters", "XY-2026-002", "公开同意", "看情况")
    town.sync()
    assert town.stands("matters")["XY-2026-002"]["提出人"] == "张*三"


def test_a_reason_that_names_somebody_is_not_shown_and_the_record_goes_nevertheless(town: Town) -> None:
    town.put("matters", "XY-2026-002", "提出人", "欧阳秋水")
    gone = town.rows["figures"][1][0]
    town.rows["withdrawals"] = [
        ["编号", "表", "撤下的编号", "日期", "原因"],
        ["CX-1", "公布数字", gone, "2026-06-17", "欧阳秋水要求撤下"],
    ]
    outcome = town.sync()
    assert set(codes(outcome)) == {"withdrawal-name", "withdrawal-stands"}
    assert town.marks("removed") == [
        {"表": "figures", "编号": gone, "撤下日期": "2026-06-17", "原因": "社区没有写明原因"}
    ]


def test_an_older_version_does_not_name_in_a_text_who_took_the_consent_back(town: Town) -> None:
    town.put("matters", "XY-2026-002", "提出人", "欧阳秋水")
    town.put("matters", "XY-2026-002", "公开同意", "是")
    town.put("matters", "XY-2026-002", "内容", "欧阳秋水说院子西侧看不清路。")
    assert town.sync().problems == []
    town.put("matters", "XY-2026-002", "公开同意", "否")
    outcome = town.sync()
    assert codes(outcome) == ["name-in-text"]
    assert "秋水" not in b"".join(town.bytes().values()).decode()
    assert town.checked() == []


def test_a_row_that_is_filtered_away_or_lost_its_id_names_nobody_by_consent_alone(town: Town) -> None:
    town.put("matters", "XY-2026-002", "提出人", "张小三")
    town.put("matters", "XY-2026-002", "公开同意", "是")
    town.sync()
    town.put("matters", "XY-2026-002", "编号", "")
    town.row("people", "XY-P1")[0] = ""
    town.sync()
    assert town.stands("matters")["XY-2026-002"]["提出人"] == "张*三"
    assert town.stands("people")["XY-P1"]["姓名"] == "丁文秀"


@pytest.mark.parametrize(
    ("raised_by", "text"),
    [
        ("欧阳秋水", "已答复欧阳秋水同志。"),
        ("王芳", "已答复王芳。"),
        ("王芳", "王芳家里漏水。"),
        ("李小明、赵小红", "已答复李小明。"),
        ("李 大 明", "李大明反映的。"),
        ("买买提·艾力", "买买提艾力反映的。"),
    ],
)
@pytest.mark.parametrize("spoilt", [False, True], ids=["good row", "withheld row"])
def test_a_step_may_not_name_who_raised_the_matter_without_consent(
    town: Town, raised_by: str, text: str, spoilt: bool
) -> None:
    before = town.stands("steps")
    town.put("matters", "XY-2026-002", "提出人", raised_by)
    if spoilt:
        town.put("matters", "XY-2026-002", "提出日期", "昨天")
    town.put("steps", "XY-2026-002-1", "说明", text)
    outcome = town.sync()
    assert "name-in-text" in codes(outcome)
    assert town.stands("steps") == before


def test_consent_to_one_matter_is_none_to_another(town: Town) -> None:
    for id, consent in (("XY-2026-002", "是"), ("XY-2026-003", "否")):
        town.put("matters", id, "提出人", "欧阳小三")
        town.put("matters", id, "公开同意", consent)
        town.put("matters", id, "内容", "欧阳小三家里漏水。")
    outcome = town.sync()
    assert codes(outcome) == ["name-in-text"]
    assert outcome.problems[0].place.row == 4
    assert town.stands("matters")["XY-2026-002"]["内容"] == "欧阳小三家里漏水。"


def test_a_veiled_row_does_not_say_that_it_is_released(town: Town) -> None:
    town.put("matters", "XY-2026-002", "提出人", "张小三")
    town.put("matters", "XY-2026-002", "公开同意", "是")
    town.sync()
    town.put("matters", "XY-2026-002", "提出日期", "昨天")
    town.put("matters", "XY-2026-002", "公开同意", "否")
    town.sync()
    assert town.stands("matters")["XY-2026-002"]["公开同意"] == "否"


@pytest.mark.parametrize("raised_by", ["居民代表刘小路", "居民迪丽热巴", "王*和付小三", "居民代表张万里"])
def test_what_may_be_a_name_is_not_shown_without_consent(town: Town, raised_by: str) -> None:
    before = town.stands("matters")
    town.put("matters", "XY-2026-002", "提出人", raised_by)
    outcome = town.sync()
    assert codes(outcome) == ["name-unclear"]
    assert raised_by not in outcome.problems[0].line()
    assert town.stands("matters") == before
    town.put("matters", "XY-2026-002", "公开同意", "是")
    assert town.sync().problems == []


@pytest.mark.parametrize(
    "raised_by", ["西园小区部分居民", "3号楼部分居民", "居民代表12人联名", "多名居民(来电9次)", "一位居民", "居民张阿姨"]
)
def test_groups_stand_as_they_are(town: Town, raised_by: str) -> None:
    town.put("matters", "XY-2026-002", "提出人", raised_by)
    assert town.sync().problems == []
    assert town.stands("matters")["XY-2026-002"]["提出人"] == raised_by


def test_a_private_sheet_that_shrinks_by_more_than_a_fifth_stops_the_sync(town: Town) -> None:
    head = ["编号", "网格", "日期"]
    town.rows["visits"] = [head, *([f"ZF-{n}", "XY-G1", "2026-05-03"] for n in range(30))]
    town.sync()
    before = town.bytes()
    del town.rows["visits"][21:]
    outcome = town.sync()
    assert outcome.results[0].state == "stopped"
    assert town.bytes() == before
    assert town.sync(accept_removals=True).results[0].state == "done"


def test_the_checks_of_mechanisms_are_asked_here_too(town: Town) -> None:
    """They lie on a floor of their own and are handed to the checks: here as in the build."""
    header = town.rows["mechanisms"][0]
    town.rows["mechanisms"].append(["JZ-99", "没有这个机制", *[""] * (len(header) - 2)])
    more = [""] * (len(town.rows["dishes"][0]) - 4)
    town.rows["dishes"] += [[f"CP-{n}", "烩小吃", "套餐", "12", *more] for n in (1, 2)]
    told = codes(town.sync())
    assert {"mechanism-unknown", "dish-twice"} <= set(told)
    assert {"CP-1", "CP-2"} & set(town.stands("dishes")) == {"CP-1"}
