"""Whole ways in: workbooks and folders as people keep them, read by the real sources, then understood."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

from generator.problems import Place
from generator.raw import Book
from generator.sheets import discover
from generator.sources import folder, workbook
from generator.template import workbook as template
from generator.understand import Understood, understand

TITLES = [
    "公开同意",
    "提出日期",
    "编号",
    "标题",
    "类别",
    "大小急",
    "提出渠道",
    "提出人",
    "内容",
    "程序",
    "责任单位",
    "联系电话",
]
CANARY = "金丝雀"


def _understood(path: Path) -> Understood:
    book: Book = folder.read(path) if path.is_dir() else workbook.read(path)
    return understand(book, discover())


def _told(understood: Understood) -> list[str]:
    return [p.code for p in understood.problems if p.code != "title-missing-optional"]


def _matter(number: int, day: object = date(2026, 3, 5), consent: object = "√") -> list[object]:
    head = [consent, day, f"DS-2026-{number:03}", f"第 {number} 件事", "停车", "小", "电话", "张三"]
    return [*head, "楼道里堆了旧家具。", "liubu", "u-wuye 东胜小区物业服务中心", 13900001111]


def test_a_workbook_as_volunteers_keep_it(tmp_path: Path) -> None:
    """Title rows, a header lower down, columns in their own order, a total, notes, hidden parts, tabs by year."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "议题台账2026"
    sheet.append(["东胜小区议题台账"])
    sheet.merge_cells("A1:L1")
    sheet.append(["", "", "填表人:王某", "", "2026年3月"])
    sheet.append([f"{t}\n(必填)*" if t == "标题" else t for t in TITLES] + ["自己记的"])
    sheet.append([*_matter(1), CANARY])
    sheet.append([*_matter(2, datetime(2026, 3, 6)), CANARY])
    sheet.append([*_matter(3, "2026年3月7日"), CANARY])
    sheet.append([*_matter(4, "去年"), CANARY])
    sheet.append([None, None, "合计", "4 件"])
    sheet.append([None, None, "注:小事由网格办理"])
    sheet.append([None])
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["L"].hidden = True
    old = book.create_sheet("议题台账（2025）")
    old.append(TITLES)
    old.append(_matter(1))
    old.append(
        ["√", date(2025, 3, 5), "DS-2025-001", "旧事", "噪音", "急事", "微信", "李四", "内容", "liubu", "u-wuye", None]
    )
    secret = book.create_sheet("走访草稿")
    secret.append([CANARY, CANARY])
    book.save(tmp_path / "台账.xlsx")

    found = _understood(tmp_path / "台账.xlsx")
    table = found.tables["matters"]
    assert [(r.values["id"], r.values["raised_on"]) for r in table.rows] == [
        ("DS-2026-003", date(2026, 3, 7)),
        ("DS-2025-001", date(2025, 3, 5)),
    ]
    row = table.rows[0]
    said = [row.values[name] for name in ("category", "size", "channel", "consent")]
    assert said == ["停车管理", "小事", "居民来电", True]
    assert (row.values["owner"], row.values["phone"]) == ("u-wuye", None)  # the column of telephones is hidden
    assert row.place == Place("台账.xlsx", "议题台账2026", 6)
    assert CANARY not in "".join(f"{p.line()}{p.as_dict()}" for p in found.problems)
    assert [(x.place.sheet, x.place.row, x.id) for x in table.lost] == [
        ("议题台账2026", 4, "DS-2026-001"),
        ("议题台账2026", 7, "DS-2026-004"),
        ("议题台账（2025）", 2, "DS-2026-001"),
    ]
    assert _told(found) == [
        "book-hidden-rows",
        "book-hidden-columns",
        "tab-unknown",
        "title-unknown",
        "id-twice-tabs",
        "date-relative",
        "id-twice-tabs",
    ]


def test_a_header_of_two_rows_with_merged_groups(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "办理过程"
    sheet.append(["办理过程登记表"])
    sheet.merge_cells("A1:J1")
    sheet.append(["编号", "议题", "步骤", "结果", "日期", "经办", "说明", "公示"])
    sheet.append([None] * 7 + ["起", "天数", "日别"])
    for column in "ABCDEFG":
        sheet.merge_cells(f"{column}2:{column}3")
    sheet.merge_cells("H2:J2")
    sheet.append(["s-1", "DS-1", "公示", "已完成", date(2026, 3, 5), "支部", "贴出", date(2026, 3, 6), "7天", "自然日"])
    sheet.append(["s-2", "DS-1", "归档", "完成", date(2026, 3, 20), "", "归档"])
    sheet.append(["s-3", None, "归档", "完成", date(2026, 3, 21), None, "归档"])
    sheet.merge_cells("B5:B6")
    sheet.merge_cells("F4:F6")
    book.save(tmp_path / "台账.xlsx")
    table = _understood(tmp_path / "台账.xlsx").tables["steps"]
    rows = [r.values for r in table.rows]
    assert [(r["id"], r["matter"], r["by"]) for r in rows] == [(f"s-{n}", "DS-1", "支部") for n in (1, 2, 3)]
    assert (rows[0]["posted_on"], rows[0]["posted_days"], rows[0]["posted_kind"]) == (date(2026, 3, 6), 7, "日历日")
    assert (rows[0]["result"], table.lost) == ("完成", [])


def test_days_of_the_1904_system(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "议题台账"
    sheet.append(TITLES)
    sheet.append(_matter(1))
    sheet.append(_matter(2, int(to_excel(datetime(2026, 3, 6), CALENDAR_MAC_1904))))
    book.save(tmp_path / "台账.xlsx")
    found = _understood(tmp_path / "台账.xlsx")
    assert [r.values["raised_on"] for r in found.tables["matters"].rows] == [date(2026, 3, 5), date(2026, 3, 6)]
    assert _told(found) == ["date-serial"]


def test_formulas_without_results(tmp_path: Path) -> None:
    """openpyxl writes none: in a record it withholds the row, in a total or a column of their own it is nothing."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "小区"
    sheet.append(["编号", "名称", "归属", "户数", "算一算"])
    sheet.append(["a-1", "东胜小区", "本社区", "=300+312", "=D2*2"])
    sheet.append(["a-2", "嘉木花园", "本社区", 98, "=D3*2"])
    sheet.append(["合计", None, None, "=SUM(D2:D3)"])
    book.save(tmp_path / "台账.xlsx")
    found = _understood(tmp_path / "台账.xlsx")
    table = found.tables["compounds"]
    assert ([r.values["id"] for r in table.rows], [x.id for x in table.lost]) == (["a-2"], ["a-1"])
    assert _told(found) == ["book-formula", "title-unknown"]
    assert found.problems[0].place == Place("台账.xlsx", "小区", 2, "D2", "户数")


def test_a_workbook_of_libreoffice(fixtures: Path) -> None:
    """Its tab 议题台账 lacks most columns; row 3 is hidden, so is the telephones' column."""
    for name in ("libreoffice.xlsx", "libreoffice.ods", "openpyxl.xlsx"):
        found = _understood(fixtures / "workbooks" / name)
        table = found.tables["matters"]
        assert (table.broken, table.rows) == (True, [])
        assert [x.id for x in table.lost] == ["DS-1", "DS-3", "DS-4"]
        assert not any("DS-2" in p.line() or "1380000" in p.line() for p in found.problems)


CSV = "编号;名称;归属;户数;简介\na-1;东胜小区;本社区;612;老旧小区\na-2;嘉木花园;社区内;;\n"


def test_a_folder_of_texts_in_every_encoding(tmp_path: Path) -> None:
    (tmp_path / "小区.csv").write_bytes(CSV.encode("gb18030"))
    (tmp_path / "人员.txt").write_bytes("编号\t姓名\t公开依据\np-1\t𠮷某\t本人已同意\n".encode("utf-16"))
    (tmp_path / "units.csv").write_text("编号,名称,类别\nu-1,东胜支部,党支部\n", "utf-8-sig")
    (tmp_path / "通讯录.csv").write_text(f"姓名,电话\n{CANARY},13900001111\n", "utf-8")
    found = _understood(tmp_path)
    assert [(r.values["id"], r.values["belongs"], r.values["households"]) for r in found.tables["compounds"].rows] == [
        ("a-1", "本社区", 612),
        ("a-2", "本社区", None),
    ]
    assert [(r.values["name"], r.values["basis"]) for r in found.tables["people"].rows] == [("𠮷某", "本人同意")]
    assert [r.values["kind"] for r in found.tables["units"].rows] == ["小区党支部"]
    assert _told(found) == ["tab-unknown"]
    assert CANARY not in "".join(p.line() for p in found.problems)


def test_a_folder_with_rows_out_of_line_and_characters_lost(tmp_path: Path) -> None:
    lines = ["东胜台账", "编号,名称,归属,户数", "a-1,东胜小区,本社区,612", "a-2,嘉木,花园,本社区,98"]
    lines += ["a-3,康\ufffd园,本社区,5", "a-4,绿苑,本社区,9"]
    (tmp_path / "小区.csv").write_text("\n".join(lines), "utf-8")
    found = _understood(tmp_path)
    table = found.tables["compounds"]
    assert ([r.values["id"] for r in table.rows], [x.id for x in table.lost]) == (["a-1", "a-4"], ["a-2", "a-3"])
    assert [(p.code, p.place.row) for p in found.problems if p.withholds] == [("csv-ragged", 4), ("csv-lost", 5)]


def test_a_file_that_cannot_be_read_leaves_its_sheet_broken(tmp_path: Path) -> None:
    (tmp_path / "小区.csv").write_bytes(b"\x00\x01" + CSV.encode())
    (tmp_path / "人员.csv").write_text("编号,姓名,公开依据\np-1,张三,本人同意\n", "utf-8")
    found = _understood(tmp_path)
    assert (found.tables["compounds"].broken, found.tables["people"].broken) == (True, False)
    assert _told(found) == ["csv-not-text"]


def test_the_bare_template_says_nothing_and_a_row_in_it_is_a_record(tmp_path: Path) -> None:
    """Its guide, its lists, its examples, its starred titles marked 不公开: none of it is a record or a mistake."""
    path = tmp_path / "台账.xlsx"
    path.write_bytes(template.make(discover()))
    found = _understood(path)
    assert (list(found.tables), found.problems) == (list(discover()), [])
    assert all(t.rows == [] and t.lost == [] and not t.broken for t in found.tables.values())

    path.write_bytes(template.make({"compounds": discover()["compounds"]}))
    book = openpyxl.load_workbook(path)
    sheet = book["小区"]
    for column in range(1, sheet.max_column + 1):  # the example again, as a record
        sheet.cell(3, column, sheet.cell(2, column).value)
    sheet["A3"] = "dongsheng"
    book.save(path)
    (row,) = _understood(path).tables["compounds"].rows
    assert (row.values["id"], row.values["name"], row.place.row) == ("dongsheng", "东胜小区", 3)
