"""The little red flower cards: stamped service earns, listed offers cost, no balance below zero; sure or silent, and nothing leaves."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from generator.problems import Problem, codes, in_order
from generator.sheets import discover
from generator.sync import cards
from tests.rows import COMMUNITY
from tests.understand.grids import grid, read

from .test_canary import SIGNS, Canaries
from .town import TODAY, Town

MERCHANTS = [
    ["编号", "名称", "类别", "地址", "电话", "协议起", "协议止"],
    ["SH-1", "枣园面馆", "餐饮店", "东门外", "", "2026-01-01", "2026-12-31"],
    ["SH-2", "老街理发店", "美容美发", "", "", "2025-01-01", "2026-03-31"],
]
OFFERS = [
    ["编号", "商户", "项目", "积分", "说明", "开始日期", "停止日期"],
    ["DH-1", "SH-1", "牛肉面一碗", "10", "", "", ""],
    ["DH-2", "SH-2", "理发一次", "8", "", "", ""],
    ["DH-3", "SH-1", "加肉一份", "4", "", "2026-06-01", "2026-06-10"],
]
POINTS = [
    ["编号", "服务", "积分", "怎样算一次", "开始日期", "停止日期"],
    ["JF-1", "夜间巡逻", "5", "", "2026-01-01", ""],
    ["JF-2", "入户走访", "3", "", "2026-01-01", "2026-05-31"],
]
HOLDERS = [["卡号", "姓名", "微网格", "发卡日期"], ["KA-1", "甲秋水", "", "2026-01-05"], ["KA-2", "乙秋水", "", "2026-01-05"]]
STAMPS = [
    ["编号", "卡号", "日期", "服务", "积分", "盖章人", "签章号"],
    ["DK-1", "KA-1", "2026-06-01", "JF-1", "", "庚秋水", "Z-1"],
    ["DK-2", "KA-1", "2026-06-02", "JF-1", "5", "庚秋水", "Z-2"],
    ["DK-3", "KA-2", "2026-05-03", "JF-2", "", "庚秋水", "Z-3"],
    ["DK-4", "KA-2", "2026-06-04", "JF-1", "", "庚秋水", "Z-4"],
    ["DK-5", "KA-2", "2026-06-05", "JF-1", "", "庚秋水", "Z-5"],
]
REDEMPTIONS = [
    ["编号", "卡号", "日期", "商户", "兑换项目", "积分"],
    ["HR-1", "KA-1", "2026-06-02", "SH-1", "DH-1", "10"],
    ["HR-2", "KA-2", "2026-06-08", "SH-1", "DH-1", ""],
]
SHEETS = {
    "merchants": MERCHANTS, "offers": OFFERS, "points": POINTS,
    "holders": HOLDERS, "stamps": STAMPS, "redemptions": REDEMPTIONS,
}  # fmt: skip


def lay(town: Town, *sheets: str) -> None:
    """Put these sheets into the workbook, in place of any that the community has."""
    for sheet in sheets:
        (town.records / COMMUNITY / f"{sheet}.csv").unlink(missing_ok=True)
        town.rows[sheet] = [list(line) for line in SHEETS[sheet]]


@pytest.fixture
def carded(town: Town) -> Town:
    """A community with cards, brought in once; all is in order."""
    lay(town, *SHEETS)
    outcome = town.sync()
    assert [p.line() for p in outcome.problems] == []
    return town


def said(town: Town) -> list[tuple[str, str]]:
    """What a sync says: code and cell."""
    return [(p.code, p.place.cell) for p in town.sync().problems]


def counted(town: Town, sheet: str) -> dict[tuple[str, ...], str]:
    path = town.records / COMMUNITY / f"{sheet}.csv"
    return {tuple(line[:-1]): line[-1] for line in csv.reader(path.read_text("utf-8").splitlines())}


# --- what leaves, and what does not


def test_nothing_leaves_but_suppressed_counts(carded: Town) -> None:
    assert not (carded.records / COMMUNITY / "holders.csv").exists()
    everything = b"".join(carded.bytes().values()).decode("utf-8", "replace")
    for secret in ("秋水", "KA-1", "DK-", "HR-", "Z-1"):
        assert secret not in everything, secret
    assert counted(carded, "redemptions")["2026-W23",] == "少于5"
    assert carded.checked() == []


def _many(town: Town, count: int) -> None:
    """Add that many stamped services of May to the workbook, by five holders in turn."""
    town.rows["holders"] += [[f"KB-{n}", f"丁秋水{n}", "", ""] for n in range(5)]
    for n in range(count):
        town.rows["stamps"].append([f"M-{n}", f"KB-{n % 5}", "2026-05-06", "JF-1", "", "庚秋水", f"M-{n}"])


def test_what_has_no_stamp_or_comes_twice_is_not_in_the_public_count_either(carded: Town) -> None:
    _many(carded, 20)
    assert said(carded) == []
    assert counted(carded, "stamps")["JF-1", "2026-05"] == "20"
    carded.put("stamps", "M-0", "签章号", "")
    carded.put("stamps", "M-1", "签章号", "M-6")
    assert {code for code, _ in said(carded)} == {"stamp-missing", "stamp-twice"}
    assert counted(carded, "stamps")["JF-1", "2026-05"] == "18"


def test_a_week_is_counted_once_it_is_over(carded: Town) -> None:
    """Exchanges of the week that runs stand in no table; those of the weeks before each in its own, and no total."""
    for n in range(40):
        on = date(2026, 6, 1) + timedelta(days=n % 17)
        carded.rows["redemptions"].append([f"W-{n}", f"KB-{n % 5}", on.isoformat(), "SH-1", "DH-1", ""])
    _many(carded, 90)
    assert said(carded) == []
    table = counted(carded, "redemptions")
    weeks = [week for (week,) in table if week.startswith("2026-")]
    assert weeks[-2:] == ["2026-W23", "2026-W24"]
    assert len(weeks) == 12
    assert table["合计",] == "不列"
    assert table["2026-W22",] == "少于5"
    assert {w: table[w,] for w in weeks[-2:]} == {w: str(_in_week(carded, w)) for w in weeks[-2:]}


def _in_week(town: Town, week: str) -> int:
    days = [date.fromisoformat(line[2]) for line in town.rows["redemptions"][1:]]
    return sum("{}-W{:02}".format(*d.isocalendar()[:2]) == week for d in days)


def test_what_another_sheet_says_of_a_row_does_not_take_it_out_of_the_public_numbers(carded: Town) -> None:
    """Two editions would differ by just the services of one holder, or the exchanges at one merchant."""
    _many(carded, 60)
    for n in range(12):
        at = ("SH-1", "DH-1") if n < 10 else ("SH-1", "DH-3")
        carded.rows["redemptions"].append([f"W-{n}", f"KB-{n % 5}", "2026-06-09", *at, ""])
    assert said(carded) == []
    before = carded.bytes()
    assert (counted(carded, "stamps")["JF-1", "2026-05"], counted(carded, "redemptions")["2026-W24",]) == ("60", "13")
    for sheet, id, title, value in (
        ("holders", "KB-3", "卡号", "KB-33"), ("merchants", "SH-1", "协议止", "2026-06-01"), ("merchants", "SH-1", "协议起", "去年"),
        ("offers", "DH-3", "停止日期", "2026-06-02"), ("offers", "DH-1", "积分", "十来分"), ("offers", "DH-3", "商户", "SH-2"),
        ("points", "JF-1", "开始日期", "2026-05-20"), ("points", "JF-1", "积分", "6"),
    ):  # fmt: skip
        kept = carded.row(sheet, id)[:]
        carded.put(sheet, id, title, value)
        assert said(carded), (sheet, value)
        for name in ("stamps", "redemptions"):
            path = f"{COMMUNITY}/{name}.csv"
            assert carded.bytes()[path] == before[path], (sheet, value)
        carded.row(sheet, value if title == "卡号" else id)[:] = kept
    assert said(carded) == []


def test_a_holder_with_two_cards_is_one_and_cards_that_nobody_has_are_one(carded: Town) -> None:
    _many(carded, 20)
    carded.put("holders", "KB-4", "姓名", "丁 秋水0")
    assert said(carded) == []
    assert counted(carded, "stamps")["JF-1", "2026-05"] == "不列"
    carded.put("holders", "KB-4", "姓名", "丁秋水4")
    carded.drop("holders", "KB-0")
    carded.drop("holders", "KB-4")
    (carded.records / COMMUNITY / "stamps.csv").unlink()
    assert {code for code, _ in said(carded)} == {"card-unknown"}
    assert counted(carded, "stamps")["JF-1", "2026-05"] == "不列"


# --- each rule, at its cell


class Desk:
    """The sheets of cards in memory, to be spoilt at will."""

    def __init__(self) -> None:
        self.rows = {sheet: [list(line) for line in lines] for sheet, lines in SHEETS.items()}

    def put(self, sheet: str, id: str, title: str, value: str) -> None:
        lines = self.rows[sheet]
        next(line for line in lines if line[0] == id)[lines[0].index(title)] = value

    def problems(self, **hidden: int) -> list[Problem]:
        """What is said of the cards, and of the cells that nobody can read. ``hidden``: sheet → a row that is hidden."""
        grids = [
            grid(*lines, title=discover()[s].title, hidden_rows=frozenset({hidden[s]} if s in hidden else ()))
            for s, lines in self.rows.items()
        ]
        understood = read(*grids)
        unread = [p for p in understood.problems if p.code == "secret-cell-form"]
        return in_order([*unread, *cards.sound(understood, {}, TODAY)[1]])

    def said(self, **hidden: int) -> list[tuple[str, str]]:
        return [(p.code, p.place.cell) for p in self.problems(**hidden)]


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    assert made.said() == []
    return made


@pytest.mark.parametrize(
    ("sheet", "id", "cells", "found"),
    [
        ("stamps", "DK-3", {"签章号": ""}, [("stamp-missing", "G4")]),
        ("stamps", "DK-3", {"盖章人": ""}, [("stamp-missing", "F4")]),
        ("stamps", "DK-3", {"卡号": "KA-9"}, [("card-unknown", "B4")]),
        ("stamps", "DK-3", {"卡号": ""}, [("stamp-nobody", "B4")]),
        ("stamps", "DK-3", {"日期": ""}, [("stamp-undated", "C4")]),
        ("stamps", "DK-3", {"日期": "2026-06-18", "服务": "JF-1"}, [("stamp-later", "C4")]),
        ("stamps", "DK-3", {"服务": "JF-9"}, [("stamp-service", "D4")]),
        ("stamps", "DK-3", {"服务": ""}, [("stamp-service", "D4")]),
        ("stamps", "DK-3", {"日期": "2026-06-01"}, [("stamp-service-off", "D4")]),
        ("stamps", "DK-3", {"积分": "4"}, [("stamp-points", "E4")]),
        ("stamps", "DK-3", {"签章号": " ｚ-4"}, [("stamp-twice", "G4"), ("stamp-twice", "G5")]),
        ("redemptions", "HR-2", {"卡号": ""}, [("redeem-nobody", "B3")]),
        ("redemptions", "HR-2", {"卡号": "KA-9"}, [("card-unknown", "B3")]),
        ("redemptions", "HR-2", {"日期": ""}, [("redeem-undated", "C3")]),
        ("redemptions", "HR-2", {"日期": "2027-06-08"}, [("redeem-later", "C3"), ("redeem-agreement", "D3")]),
        ("redemptions", "HR-2", {"商户": "SH-9", "兑换项目": "DH-1"}, [("redeem-merchant", "D3"), ("redeem-elsewhere", "E3")]),
        ("redemptions", "HR-2", {"商户": "SH-2", "兑换项目": "DH-2"}, [("redeem-agreement", "D3")]),
        ("redemptions", "HR-2", {"兑换项目": "DH-9"}, [("redeem-offer", "E3")]),
        ("redemptions", "HR-2", {"兑换项目": ""}, [("redeem-offer", "E3")]),
        ("redemptions", "HR-2", {"兑换项目": "DH-2"}, [("redeem-elsewhere", "E3")]),
        ("redemptions", "HR-2", {"兑换项目": "DH-3", "日期": "2026-06-11"}, [("redeem-offer-off", "E3")]),
        ("redemptions", "HR-2", {"积分": "9"}, [("redeem-points", "F3")]),
        ("redemptions", "HR-2", {"日期": "2026-06-04"}, [("balance-below", "F3")]),
    ],
)
def test_a_broken_rule_is_told_at_its_cell(
    desk: Desk, sheet: str, id: str, cells: dict[str, str], found: list[tuple[str, str]]
) -> None:
    for title, value in cells.items():
        desk.put(sheet, id, title, value)
    problems = desk.problems()
    assert [(p.code, p.place.cell) for p in problems] == found
    assert not any(p.withholds or p.found for p in problems)
    for p in problems:
        assert not re.search(r"秋水|KA-\d|Z-\d|DK-|HR-|\d分", p.line()), p.line()
        assert set(p.params) <= {"rows"}


def test_the_merchant_may_be_left_out_where_the_offer_says_it(desk: Desk) -> None:
    desk.put("redemptions", "HR-2", "商户", "")
    assert desk.said() == []
    desk.put("redemptions", "HR-2", "兑换项目", "DH-2")
    assert desk.said() == [("redeem-agreement", "D3")]


def test_check_of_the_workbook_says_the_same_and_marks_the_cells(
    carded: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    carded.put("redemptions", "HR-2", "日期", "2026-06-04")
    book = carded.save()
    code = carded.bugu("check", str(book), "--community", COMMUNITY, "--format", "json")
    found = json.loads(capsys.readouterr().out)
    assert code == 1
    assert [(p["code"], p["cell"]) for p in found] == [("balance-below", "F3")]
    copy = openpyxl.load_workbook(next(book.parent.glob("*要改的地方*")))
    assert copy["兑换登记"]["F3"].comment is not None


PRIVATE = {"holders": ("卡号", "姓名"), "stamps": ("编号", "卡号", "盖章人", "签章号"), "redemptions": ("编号", "卡号")}
CODES = ("card-", "stamp-", "redeem-", "balance-")


def _spoilt(desk: Desk, canaries: Canaries) -> None:
    """A canary in every private cell, and at the end of each tab a row for each fault that there is."""
    numbers = {"KA-1": canaries.one("id"), "KA-2": canaries.one("id")}
    for sheet, titles in PRIVATE.items():
        head, *lines = desk.rows[sheet]
        for line in lines:
            for title in titles:
                at = head.index(title)
                line[at] = numbers.get(line[at]) or canaries.one("id" if title == "编号" else "person" if "人" in title else "text")
    own, one = numbers["KA-1"], canaries.one
    stamp = [one("id"), own, "2026-06-03", "JF-1", "", one("person"), ""]
    for change in (
        {}, {1: "", 6: one("text")}, {1: one("id"), 6: one("text")}, {2: "", 6: one("text")}, {2: "2026-06-18", 6: one("text")},
        {3: "JF-9", 6: one("text")}, {3: "JF-2", 6: one("text")}, {4: "77", 6: one("text")}, {1: one("text"), 6: one("text")},
        {6: "章"}, {6: "章"}, {4: one("text"), 6: one("text")},
    ):  # fmt: skip
        desk.rows["stamps"].append([one("id"), *[change.get(n, cell) for n, cell in enumerate(stamp)][1:]])
    row = [one("id"), own, "2026-06-03", "SH-1", "DH-1", ""]
    for change in (
        {1: ""}, {2: ""}, {2: "2026-06-18"}, {3: "SH-9"}, {3: "SH-2", 4: "DH-2"}, {4: one("id")}, {4: "DH-2"}, {4: "DH-3", 2: "2026-06-11"},
        {5: "99"}, {3: one("text")}, {5: one("text")},
    ):  # fmt: skip
        desk.rows["redemptions"].append([one("id"), *[change.get(n, cell) for n, cell in enumerate(row)][1:]])


def test_no_message_of_any_kind_says_what_stands_in_a_private_cell(desk: Desk) -> None:
    canaries = Canaries()
    _spoilt(desk, canaries)
    problems = desk.problems(redemptions=2)
    for sheet in ("holders", "stamps", "redemptions"):  # a balance is told of only where all stamps were read
        desk.rows[sheet] = desk.rows[sheet][:6]
    desk.rows["redemptions"][1][2] = "2026-06-01"
    problems += desk.problems()
    desk.rows["redemptions"].append(list(desk.rows["redemptions"][1]))
    desk.rows["redemptions"][-1][0] = canaries.one("id")
    problems += desk.problems()
    desk.rows["stamps"] = [line[:-1] for line in desk.rows["stamps"]]
    problems += desk.problems()
    said = "\n".join(p.line() + json.dumps(p.as_dict(), ensure_ascii=False) + repr(p) for p in problems)
    assert not [sign for sign in SIGNS if sign in said]
    assert {p.code for p in problems if p.code.startswith(CODES)} == {c for c in codes() if c.startswith(CODES)}


# --- sure or silent


def short(desk: Desk) -> None:
    """K-2 redeems before it has earned enough."""
    desk.put("redemptions", "HR-2", "日期", "2026-06-04")
    assert desk.said() == [("balance-below", "F3")]


def test_within_a_day_what_was_earned_comes_first(desk: Desk) -> None:
    """HR-1 is of the day of the second stamp, and takes all that there is."""
    assert desk.said() == []
    desk.put("redemptions", "HR-1", "日期", "2026-06-01")
    assert desk.said() == [("balance-below", "F2")]


def test_several_of_one_day_are_told_together(desk: Desk) -> None:
    desk.rows["redemptions"].append(["HR-3", "KA-2", "2026-06-08", "SH-1", "DH-1", ""])
    (problem,) = desk.problems()
    assert (problem.code, problem.place.cell, problem.params) == ("balance-below-rows", "F4", {"rows": "3"})


def test_a_stamp_that_may_be_this_card_s_makes_silent(desk: Desk) -> None:
    short(desk)
    desk.rows["stamps"].append(["DK-9", "", "2026-06-01", "JF-1", "", "庚秋水", "Z-9"])
    assert desk.said() == [("stamp-nobody", "B7")]


def test_a_stamp_whose_points_are_in_doubt_counts_for_the_holder(desk: Desk) -> None:
    short(desk)
    desk.put("stamps", "DK-4", "积分", "50")
    assert desk.said() == [("stamp-points", "E5")]


@pytest.mark.parametrize("cells", [{"卡号": "看不清"}, {"积分": "若干"}])
def test_a_cell_that_cannot_be_read_makes_silent(desk: Desk, cells: dict[str, str]) -> None:
    short(desk)
    for title, value in cells.items():
        desk.put("stamps", "DK-4", title, value)
    assert [code for code, _ in desk.said()] == ["secret-cell-form"]


def test_a_stamp_of_another_card_that_cannot_be_read_does_not(desk: Desk) -> None:
    short(desk)
    desk.put("stamps", "DK-1", "积分", "若干")
    assert [code for code, _ in desk.said()] == ["balance-below", "secret-cell-form"]


@pytest.mark.parametrize("word", ["无", "没有", " 未盖 ", "/", "—", "?", "0", "待盖章"])
def test_a_word_that_says_there_is_no_stamp_is_none(desk: Desk, word: str) -> None:
    for id in ("DK-4", "DK-5"):
        desk.put("stamps", id, "签章号", word)
    desk.put("redemptions", "HR-2", "日期", "")
    assert sorted(desk.said()) == [("redeem-undated", "C3"), ("stamp-missing", "G5"), ("stamp-missing", "G6")]


@pytest.mark.parametrize(
    ("sheet", "id", "title", "value", "code"),
    [
        ("points", "JF-1", "编号", "JF-11", "stamp-service"),
        ("points", "JF-1", "停止日期", "2026-06-01", "stamp-service-off"),
        ("stamps", "DK-4", "服务", "", "stamp-service"),
        ("stamps", "DK-4", "日期", "2027-06-04", "stamp-later"),
        ("stamps", "DK-4", "卡号", "KA2", "card-unknown"),
    ],
)
def test_a_stamp_that_may_save_the_balance_makes_silent(
    desk: Desk, sheet: str, id: str, title: str, value: str, code: str
) -> None:
    """The rule renamed, the year or the number of the card mistyped: that is told, and nobody is accused for it."""
    desk.put("redemptions", "HR-1", "日期", "2026-06-02")
    desk.put(sheet, id, title, value)
    assert {code for code, _ in desk.said()} == {code}


def test_a_stray_stamp_that_cannot_save_the_balance_does_not_make_silent(desk: Desk) -> None:
    desk.put("stamps", "DK-5", "卡号", "KA2")
    desk.put("stamps", "DK-4", "签章号", "")
    assert desk.said() == [("balance-below", "F3"), ("stamp-missing", "G5"), ("card-unknown", "B6")]


def test_hidden_rows_make_silent_and_are_told_of_once(desk: Desk) -> None:
    short(desk)
    assert desk.said(stamps=2) == [("card-half", "")]


def test_a_redemption_that_was_not_read_does_not_make_silent(desk: Desk) -> None:
    """What is missing there could only have taken more."""
    short(desk)
    desk.rows["redemptions"].append(["HR-4", "KA-1", "2026-06-02", "SH-1", "DH-1", ""])
    assert desk.said(redemptions=3) == [("card-half", ""), ("balance-below", "F3")]


def test_without_the_column_of_stamps_nothing_is_counted_anew(carded: Town) -> None:
    _many(carded, 9)
    carded.sync()
    before = counted(carded, "stamps")
    carded.rows["stamps"] = [line[:-1] for line in carded.rows["stamps"]]
    outcome = carded.sync()
    assert [(p.code, p.found) for p in outcome.problems] == [("card-column", "签章号")]
    assert counted(carded, "stamps") == before


def test_without_their_sheets_nothing_is_said(town: Town) -> None:
    lay(town, "stamps", "points")
    assert said(town) == []


def test_the_published_merchants_count_where_the_workbook_has_no_tab_of_them(carded: Town) -> None:
    for sheet in ("merchants", "offers", "points"):
        del carded.rows[sheet]
    carded.put("redemptions", "HR-2", "商户", "SH-2")
    outcome = carded.sync()
    assert [(p.code, p.place.cell) for p in outcome.problems] == [("redeem-agreement", "D3"), ("redeem-elsewhere", "E3")]


def test_a_merchant_whose_row_could_not_be_read_is_not_called_unknown(desk: Desk) -> None:
    desk.put("merchants", "SH-1", "协议起", "去年")
    assert desk.said() == []


def test_a_rule_whose_row_could_not_be_read_makes_silent(desk: Desk) -> None:
    short(desk)
    desk.put("points", "JF-1", "积分", "五六分")
    assert desk.said() == []


def test_one_stamp_on_two_cards_counts_for_neither_until_it_is_known_whose_it_is(desk: Desk) -> None:
    """For the holder's good it may be either's: nobody is told to be below zero for it."""
    desk.put("stamps", "DK-5", "签章号", "Z-1")
    assert desk.said() == [("stamp-twice", "G2"), ("stamp-twice", "G6")]
    found = cards.read(read(*(grid(*rows, title=discover()[s].title) for s, rows in desk.rows.items())), {}, TODAY)
    assert {c.id: (c.balance, c.unsure) for c in found.cards} == {"KA-1": (-5, 1), "KA-2": (-2, 1)}


def test_a_stamp_entered_twice_on_one_card_counts_once(desk: Desk) -> None:
    desk.put("stamps", "DK-5", "签章号", "Z-4")
    assert desk.said() == [("balance-below", "F3"), ("stamp-twice", "G5"), ("stamp-twice", "G6")]


def test_the_sheets_say_which_columns_leave_them() -> None:
    sheets = discover()
    assert sheets["holders"].stays
    assert sheets["holders"].counts is None
    for id, by in (("stamps", {"on", "service"}), ("redemptions", {"on"}), ("prospects", {"kind"})):
        assert {c.name for c in sheets[id].columns if c.privacy == "counted"} == by
        assert not sheets[id].published
    assert sheets["prospects"].counts is not None
    assert sheets["prospects"].counts.least == 10
    assert TODAY.weekday() == 2


def test_records_have_no_file_of_holders(root: Path) -> None:
    assert list((root / "records").rglob("holders.csv")) == []
