"""The gate: names masked, private and counted columns dropped, numbers and rooms found however they are spelt."""

from __future__ import annotations

import copy
import csv
import dataclasses
import pickle
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import sheet
from generator.columns import counted, key, long, masked, money, person, phone, private, public, text, yes_no
from generator.facts.roster import labels
from generator.privacy import (
    Count,
    Derivable,
    hide,
    is_bank_card,
    is_id_number,
    is_named,
    mask,
    names,
    publish,
    read_mark,
    reprinted,
    scan,
    spotting,
    suppressed,
    whole_names,
)
from generator.problems import Place
from generator.sheet import PublicRow, Sheet
from generator.sheets import discover
from generator.sheets.people import Person
from generator.suppression import FEW, UNLISTED
from generator.templating import admit
from tests.rows import COMMUNITY, records, row

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
SURNAMES = st.sampled_from("张王李马丁罗赵杨纳哈")
NAMES = st.builds(str.__add__, SURNAMES, st.text(HAN, min_size=1, max_size=2).filter(lambda s: "某" not in s))
PLACE = Place("records/nanhua/visits.csv", "走访", 2)


# --- names ----------------------------------------------------------------------------------------------------------


@given(st.text(HAN, min_size=1, max_size=6).filter(lambda s: whole_names(s) == (s,)))
def test_a_mask_keeps_the_length_and_never_the_whole_name(name: str) -> None:
    hidden = mask(name)
    assert len(hidden) == len(name)
    assert hidden != name
    assert "*" in hidden
    assert all(h in ("*", n) for h, n in zip(hidden, name, strict=True))
    assert hidden[0] == (name[0] if len(name) > 1 else "*")


@given(st.lists(st.text(HAN, min_size=1, max_size=5), min_size=2, max_size=4), st.sampled_from("·•・"))
def test_a_name_of_parts_is_masked_part_by_part(parts: list[str], dot: str) -> None:
    assume(not any(p.search(dot.join(parts)) for p in (names._GROUP, names._BESIDE)) and "某" not in "".join(parts))
    assume(all(whole_names(p) == (p,) for p in parts))  # not two names in a row
    assert mask(dot.join(parts)).split("·") == [mask(p) for p in parts]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("居民王和平", "居民王*平"),
        ("居民张三和李小四", "居民张*和李*四"),
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("欧阳小三", "欧**三"),
        ("买买提·阿不都", "买*提·阿*都"),
        ("兰", "*"),
        ("居民张三", "居民张*"),
        ("张三(网格员)", "张*(网格员)"),
        ("李小四家属", "李*四家属"),
        ("3号楼张小三", "3号楼张*三"),
        ("三号楼二单元张小三", "三号楼二单元张*三"),
        ("A座张三", "A座张*"),
        ("3号楼李一名", "3号楼李*名"),
        ("李一名", "李*名"),
        ("王一栋", "王*栋"),
        ("张小三13912345678", "张*三13912345678"),
        ("缑小三", "缑*三"),
        ("郏大山", "郏*山"),
        ("居民缑小三", "居民缑*三"),
        ("张*、缑小三", "张*、缑*三"),
        ("张三的母亲", "张*的母亲"),
        ("张小三之子", "张*三之子"),
        ("张三一家", "张*一家"),
        ("张三等3人", "张*等3人"),
        ("张三等三人", "张*等三人"),
        ("张三、李小四等5户居民", "张*、李*四等5户居民"),
        ("张小三阿姨", "张*三阿姨"),
        ("居民王和平和李四", "居民王*平和李*"),
        ("居民张三李四", "居民张*李*"),
        ("居民张小三诉求", "居民张*三诉求"),
        ("网格长张小三", "网格长张*三"),
        ("社区干部张小三", "社区干部张*三"),
        ("社区工作者张三", "社区工作者张*"),
        ("康华园小区张三等居民", "康华园小区张*等居民"),
        ("张一家属", "张*家属"),
        ("王五和张*三", "王*和张*三"),
        ("张 三", "张 *"),
        ("张\u3000小\u3000三", "张\u3000*\u3000三"),
        ("居民张 三", "居民张 *"),
        ("张 三、李 四", "张 *、李 *"),
        ("张.三", "张.*"),
        ("张3三", "张3*"),
        ("𠮷田三", "𠮷*三"),
        ("高龄", "高*"),
        ("爱新觉罗·启骧", "爱**罗·启*"),
        ("买买提 · 阿不都", "买*提·阿*都"),
        ("John Smith", "J**n S***h"),
        ("业主John", "业主J**n"),
        ("张阿姨", "张阿姨"),
        ("王老师", "王老师"),
        ("3号楼部分居民", "3号楼部分居民"),
        ("欧阳*三", "欧阳*三"),
        ("杨*、赵*等居民", "杨*、赵*等居民"),
    ],
)
def test_a_mask(name: str, shown: str) -> None:
    assert mask(name) == shown


@given(NAMES)
def test_a_name_is_a_name_until_it_is_masked(name: str) -> None:
    assume(not names._GROUP.search(name) and not names._BESIDE.search(name))
    assert is_named(name)
    assert not is_named(mask(name))


BESIDE = ("居民{}", "{}家属", "业主{}来电", "志愿者 {}", "{}(网格员)", "{}、王*等居民", "某小区{}")


@given(NAMES, st.sampled_from(BESIDE))
def test_a_name_beside_a_groups_word_is_still_a_name(name: str, said: str) -> None:
    assume(not any(p.search(name) for p in (names._GROUP, names._WORDS, names._PLACE, names._BESIDE)))
    assert is_named(said.format(name))
    assert name not in mask(said.format(name))


KNOWN = st.sampled_from(
    (
        "张三",
        "张小三",
        "欧阳三",
        "欧阳小三",
        "买买提·阿不都",
        "爱新觉罗•启骧",
        "缑小三",
        "王和平",
        "李一名",
        "王一栋",
        "𠮷田三",
        "John",
    )
)
BEFORE = st.sampled_from(
    (
        "",
        "3号楼",
        "三号楼二单元",
        "A座",
        "3-2",
        "居民",
        "业主",
        "社区干部",
        "楼长",
        "老党员",
        "部分居民和",
        "王某、",
        "张*、",
        "(",
        "康华园小区",
    )
)
BEHIND = st.sampled_from(
    (
        "",
        " 等",
        "阿姨",
        "大爷",
        "师傅",
        "等3人",
        "等三人",
        "等居民",
        "的母亲",
        "之子",
        "家属",
        "一家",
        "(女)",
        "、王*",
        "反映",
        "13912345678",
        "和",
        "*",
    )
)


@given(st.lists(st.tuples(BEFORE, KNOWN | NAMES, BEHIND).map("".join), min_size=1, max_size=3).map("、".join))
def test_whatever_stands_beside_it_a_name_is_masked_and_stays_so(cell: str) -> None:
    hidden = mask(cell)
    assert not is_named(hidden)
    assert mask(hidden) == hidden
    assert all(name not in hidden and is_named(name) for name in whole_names(cell))
    for known in ("张三", "张小三", "欧阳小三", "王和平", "李一名", "王一栋", "缑小三", "买买提", "John", "Smith"):
        assert known not in hidden


@given(
    st.text()
    | st.text(alphabet="张王李高和与三小平欧阳某居民业主号楼等家代表一·*、 .3AbX'", max_size=14)
)  # fmt: skip
def test_nothing_that_comes_out_masked_shows_a_name(cell: str) -> None:
    hidden = mask(cell)
    assert not is_named(hidden)
    assert mask(hidden) == hidden
    assert is_named(cell) == (hidden != cell)
    assert all(name in cell for name in whole_names(cell))


GROUPS = (
    "3号楼部分居民",
    "康华园5、8号楼部分居民",
    "柳荫里居民小组",
    "居民代表12人联名",
    "常住居民",
    "7号楼1单元高层业主",
    "双职工家长(意见卡17张)",
    "日间照料家属和银杏里康养服务中心",
    "匿名居民",
    "社区党总支",
    "杨*、赵*等居民",
    "李*四",
    "王某",
    "王某某",
    "**",
    "张阿姨",
    "李大爷",
    "王师傅",
    "12345热线",
    "12345转办",
    "张*、李*四等3人",
    "张*三的母亲",
    "3号楼张*三",
    "三号楼",
)


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_or_a_mask_is_no_name(group: str) -> None:
    assert not is_named(group)


@pytest.mark.parametrize("sham", ["张三*", "张小*", "马兰**", "*张三", "缑三*", "*缑三", "王和平*"])
def test_a_star_that_hides_nothing_is_no_mask(sham: str) -> None:
    assert is_named(sham)
    assert sham not in mask(sham)


# --- the gate -------------------------------------------------------------------------------------------------------


@pytest.fixture
def visits() -> Iterator[Sheet]:
    """A sheet with a column of each privacy, declared for one test."""

    @sheet.sheet("throwaway", title="走访")
    class Visit(PublicRow):
        """A sheet of the tests."""

        id: str = key("编号")
        about: str = public(long, "概况")
        name: str = masked(person, "姓名", consent="同意")
        consent: bool = public(yes_no, "同意")
        mobile: str = private(phone, "手机")
        colour: str = counted(text, "四色")
        owed: Decimal = private(money, "欠费")

    yield sheet.declared()["throwaway"]
    del sheet._SHEETS["throwaway"]


FULL = {
    "id": "V-1",
    "about": "看望",
    "name": "张小三",
    "consent": False,
    "mobile": "13812345678",
    "colour": "红",
    "owed": Decimal("12.50"),
    "undeclared": "别处来的",
}


def test_private_counted_and_undeclared_columns_are_dropped(visits: Sheet) -> None:
    row = publish(visits, "nanhua", PLACE, FULL)
    assert row.as_dict() == {"id": "V-1", "about": "看望", "name": "张*三", "consent": False}
    for name in ("mobile", "colour", "owed", "undeclared"):
        assert not hasattr(row, name)
    shown = repr(row) + repr(row.as_dict()) + repr(row._values)  # type: ignore[attr-defined]
    for secret in ("13812345678", "红", "12.50", "张小三", "别处来的"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("consent", "shown"),
    [
        (True, "张小三"),
        ("本人同意", "张小三"),
        ("职务公开", "张小三"),
        (False, "张*三"),
        (None, "张*三"),
        ("不公开", "张*三"),
    ],
)
def test_a_name_is_shown_whole_only_with_a_basis(visits: Sheet, consent: object, shown: str) -> None:
    assert publish(visits, "nanhua", PLACE, {**FULL, "consent": consent}).name == shown  # type: ignore[attr-defined]


def test_a_masked_name_and_a_group_stay_as_typed(visits: Sheet) -> None:
    for name in ("张*三", "3号楼部分居民", None):
        assert publish(visits, "nanhua", PLACE, {**FULL, "name": name}).name == name  # type: ignore[attr-defined]


def test_nobody_else_makes_a_public_row(visits: Sheet) -> None:
    for attempt in (PublicRow, visits.row):
        with pytest.raises(TypeError, match="made by privacy"):
            attempt()
        with pytest.raises(TypeError, match="made by privacy"):
            attempt(**FULL)


def test_no_row_of_a_sheet_that_stays_is_public() -> None:
    for one in (s for s in discover().values() if s.stays):
        assert one.published == ()
        with pytest.raises(TypeError, match="stay with the volunteers"):
            publish(one, "nanhua", PLACE, {"id": "TZ-0001"})


def test_names_whose_masks_are_the_same_are_told_apart_by_building() -> None:
    """Where people are listed (facts/roster.py); never by more letters, and not twice."""
    people = [("p-1", "张三", "3号楼"), ("p-2", "张四", "5号楼"), ("p-3", "张五", None), ("p-4", "王小五", "3号楼")]
    rows = [row(Person, id, name=name, basis="不公开", building=building) for id, name, building in people]
    assert [r.name for r in rows] == ["张*", "张*", "张*", "王*五"]
    assert labels(records(rows), COMMUNITY) == {"p-1": "张*(3号楼)", "p-2": "张*(5号楼)", "p-3": "张*", "p-4": "王*五"}


# --- counts ---------------------------------------------------------------------------------------------------------

LEDGER = discover()["ledger"]
LABELS = (("g1", "g2", "g3"), ("红", "黄", "蓝", "橙"))
ROWS = [(g, c) for g in LABELS[0] for n, c in enumerate(LABELS[1]) for _ in range(30 + 7 * n)] + [("g1", "红")] * 3


def test_nobody_else_makes_a_count() -> None:
    with pytest.raises(TypeError, match=r"made by privacy\.suppressed"):
        Count()
    with pytest.raises(TypeError, match=r"made by privacy\.suppressed"):
        Count("3", 3)
    with pytest.raises(TypeError):
        dataclasses.replace(suppressed(LEDGER, "nanhua", ROWS, LABELS).cells["g1", "红"], number=3)


def test_a_count_prints_itself_and_holds_nothing_else() -> None:
    table = suppressed(LEDGER, "nanhua", [*ROWS, ("g2", "蓝")], (("g1", "g2", "g3", "g4"), LABELS[1]))
    few, plain = table.cells["g4", "红"], table.cells["g1", "黄"]
    assert (str(few), few.shown, few.number) == ("少于10", "少于10", None)
    assert (str(plain), plain.shown, plain.number) == ("37", "37", 37)
    for count in (few, plain):
        assert not hasattr(count, "__dict__")
        assert type(count).__slots__ == ("shown", "number")
        assert pickle.loads(pickle.dumps(count)) == copy.deepcopy(count) == count
        with pytest.raises(AttributeError):
            count.number = 1  # type: ignore[misc]


def test_counts_may_stand_in_a_template() -> None:
    table = suppressed(LEDGER, "nanhua", ROWS, LABELS)
    admit(table)
    admit(list(table.cells.values()))


def test_a_row_with_another_label_is_our_fault() -> None:
    for bad in (("g9", "红"), ("g1",), ("红", "g1"), ("g1", "合计")):
        with pytest.raises(ValueError, match="label"):
            suppressed(LEDGER, "nanhua", [bad], LABELS)


def test_only_a_counted_sheet_is_counted() -> None:
    for id in ("matters", "editors"):
        with pytest.raises(TypeError, match="not counted"):
            suppressed(discover()[id], "nanhua", [], LABELS)


def test_a_table_read_back_is_refused_where_it_tells() -> None:
    table = suppressed(LEDGER, "nanhua", ROWS[:200], LABELS)
    marks = {k: read_mark(c.shown, 10) for k, c in table.cells.items()}
    whole = {k: m for k, m in marks.items() if m is not None}
    assert len(whole) == len(marks)
    assert reprinted(LEDGER, "nanhua", LABELS, whole) == table
    row = next(k[0] for k, m in whole.items() if m is FEW and "合计" not in k)
    true = sum(r[0] == row for r in ROWS[:200])
    with pytest.raises(Derivable) as told:
        reprinted(LEDGER, "nanhua", LABELS, {**whole, (row, "合计"): true})
    assert str(true) not in str(told.value)
    assert told.value.cells


@pytest.mark.parametrize(
    ("shown", "mark"),
    [("12", 12), ("0", 0), ("少于5", FEW), ("不列", UNLISTED), ("少于10", None), ("", None), ("-1", None), ("1,200", None),
     ("１２", None), ("012", None), (" 12", None), ("12人", None), ("1" * 10, None)],
)  # fmt: skip
def test_what_a_count_is_read_as(shown: str, mark: object) -> None:
    assert read_mark(shown, 5) == mark


# --- what must never be published -----------------------------------------------------------------------------------


def _id_number(seventeen: str) -> str:
    weights = (2 ** (17 - i) % 11 for i in range(17))  # GB 11643
    total = sum(int(d) * w for d, w in zip(seventeen, weights, strict=True))
    return seventeen + "10X98765432"[total % 11]


def _card(body: str) -> str:
    for check in "0123456789":
        digits = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(body + check))]
        if sum(d - 9 if d > 9 else d for d in digits) % 10 == 0:
            return body + check
    raise AssertionError


DIGITS = "0123456789"
ID_NUMBERS = st.builds(
    lambda area, born, serial: _id_number(f"{area}{born:%Y%m%d}{serial:03}"),
    st.sampled_from(["110105", "640104", "640105", "650102"]),
    st.dates(date(1930, 1, 1), date(2025, 12, 31)),
    st.integers(0, 999),
)
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
CARDS = st.one_of(
    st.from_regex(r"62[0-9]{13,16}", fullmatch=True), st.from_regex(r"4[0-9]{14}", fullmatch=True)
).map(_card)  # fmt: skip
AROUND = st.sampled_from(
    ["{}", "请打{}找我", "联系 {} 。", "号码:{},谢谢", "尾号不对,{}\n第二段", "2026-03-05 {}", "No.{}"]
)


def _spaced(number: str, gap: str, *sizes: int) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return gap.join([*parts, number[at:]] if number[at:] else parts)


def _han(number: str) -> str:
    return number.translate(str.maketrans(DIGITS, "〇一二三四五六七八九"))


def _full_width(number: str) -> str:
    return number.translate(str.maketrans(DIGITS + "X", "０１２３４５６７８９Ｘ"))


def _found(cell: str) -> set[str]:
    return {f.what for f in scan(cell)}


@given(ID_NUMBERS, AROUND)
def test_id_numbers_are_found(number: str, around: str) -> None:
    assert is_id_number(number)
    parted = (_spaced(number, " ", 6, 8), _spaced(number, "-", 6, 4, 4))
    for spelt in (number, number.lower(), *parted, _full_width(number)):
        assert "id-number" in _found(around.format(spelt))


@pytest.mark.parametrize("number", ["110105491231002", "640104 630715 001", "640104-630715-001"])
def test_id_numbers_of_fifteen_digits_are_found(number: str) -> None:
    """As they were issued until 1999, without a check digit."""
    assert _found(f"证件{number}。") == {"id-number"}


@given(ID_NUMBERS)
def test_an_id_number_with_another_check_digit_is_none(number: str) -> None:
    assert sum(is_id_number(number[:17] + c) for c in "0123456789X") == 1


@given(MOBILES, AROUND)
def test_mobiles_are_found(number: str, around: str) -> None:
    spellings = (
        number,
        _spaced(number, " ", 3, 4),
        _spaced(number, "-", 3, 4),
        _spaced(number, " ", *[1] * 11),
        "+86 " + number,
        "86-" + number,
        _full_width(number),
        _han(number),
        _han(number).replace("一", "幺"),
        _han(number[:3]) + number[3:],
    )
    for spelt in spellings:
        assert _found(around.format(spelt)) & {"mobile", "id-number"}, spelt


@given(CARDS, AROUND)
def test_bank_cards_are_found(number: str, around: str) -> None:
    assert is_bank_card(number)
    for spelt in (number, _spaced(number, " ", 4, 4, 4, 4), _full_width(number)):
        assert _found(around.format(spelt)) & {"bank-card", "id-number"}, spelt


@given(MOBILES)
def test_a_number_behind_other_digits_is_found(number: str) -> None:
    for cell in (f"3号楼 5 {number}", f"2026 {number}", f"编号7-{number}", f"{number} 13"):
        assert "mobile" in _found(cell), cell


BEFORE_IT = st.sampled_from(("张三", "赵六", "李一", "张一一", "电话", "3号楼", "十二号楼", "周一", "一、", "wx"))
AFTER_IT = st.sampled_from(
    ("", "三", "李四", "一楼", "三号楼", "3号楼", "转三", "或139", "x后面", "ok", "、三", "一位居民")
)


@given(MOBILES | ID_NUMBERS | CARDS, st.sampled_from(("", " ", "-")), BEFORE_IT, AFTER_IT, st.booleans())
def test_a_number_is_found_whatever_is_glued_to_it(number: str, gap: str, before: str, after: str, han: bool) -> None:
    sizes = (3, 4) if len(number) == 11 else (6, 8) if is_id_number(number) else (4, 4, 4, 4)
    spelt = _han(number) if han else _spaced(number, gap, *sizes)
    assert _found(before + spelt + after), before + spelt + after


@given(
    MOBILES | ID_NUMBERS, MOBILES | ID_NUMBERS, st.sampled_from(("", "或", "和", "、", " ", "/", "三", "李四", "\n"))
)
def test_of_two_numbers_one_after_the_other_one_is_found(one: str, other: str, between: str) -> None:
    assert _found(one + between + other)


def test_every_sign_of_a_room_is_a_sign() -> None:
    """A quick look for any of them at once stands before the looks for each."""
    for cell, found in SPELT:
        signs = [sign for _, sign, _ in spotting._LOOKS if sign.search(cell)]
        assert not signs or spotting._ANY_SIGN.search(cell), (cell, found)


ROOMS = (
    "3号楼2单元501",
    "3号楼2单元501室",
    "３号楼２单元５０１",
    "5栋1203室",
    "5幢 301",
    "3-2-501",
    "3 - 2 - 1201",
    "三号楼二单元五〇一",
    "二单元三零二室",
    "3#501",
    "12号楼东侧301室",
)


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_are_found(room: str) -> None:
    assert _found(f"住在{room}的居民") == {"room"}


INNOCENT = (
    "0951-5550123",
    "电话 0951-5550123、0951-5550124",
    "东胜协备〔2026〕3号",
    "南华议〔2024〕12号、〔2024〕13号",
    "2026-03-05",
    "2026-03-05—2026-04-05",
    "2026年3月5日至2026年3月15日",
    "19 2026-03-05 1",
    "8:30—12:00,14:30—18:30",
    "统计用区划代码 640104010",
    "12 位代码 640104010001",
    "3号楼2026年加装电梯",
    "3号楼120户",
    "5号楼 1200 元",
    "2单元外墙120米",
    "1—4号楼",
    "3、4、5号楼",
    "6号楼一二三层",
    "花费 3860.00 元",
    "面积 51234.56 平方米",
    "赞成 158、反对 31、弃权 8",
    "DS-2026-014-3",
    "NH-2024-001-7",
    "138****1234",
    "12345、12315 热线",
    "400-820-8820",
    "一二三四五六七八九十",
)


@pytest.mark.parametrize("cell", INNOCENT)
def test_ordinary_numbers_are_let_be(cell: str) -> None:
    assert scan(cell) == []


DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(
    st.one_of(
        DAYS.map(str),
        st.tuples(DAYS, DAYS).map(lambda p: f"{p[0]}—{p[1]}"),
        DAYS.map(lambda d: f"{d.year}年{d.month}月{d.day}日"),
        st.integers(0, 10**9).map(str),
        st.decimals(0, 10**8, places=2).map(lambda d: f"{d:,.2f} 元"),
        st.integers(5_550_000, 5_559_999).map(lambda n: f"0951-{n}"),
        st.tuples(st.integers(2000, 2100), st.integers(1, 999)).map(lambda p: f"协备〔{p[0]}〕{p[1]}号"),
        st.tuples(st.integers(0, 9999), st.integers(1, 9999)).map(lambda p: f"赞成 {p[0]}/{p[1]} 人"),
    )
)
def test_dates_money_counts_and_work_phones_are_let_be(cell: str) -> None:
    assert scan(cell) == []


@given(st.text())
def test_the_scanner_takes_any_text(cell: str) -> None:
    assert all(f.what in {"id-number", "mobile", "bank-card", "room"} for f in scan(cell))


@given(MOBILES | ID_NUMBERS, AROUND)
def test_a_message_never_shows_a_number_whole(number: str, around: str) -> None:
    assert number not in hide(around.format(number))


def test_a_message_shows_the_rest_as_far_as_a_line_holds() -> None:
    assert hide("方案") == "方案"
    assert len(hide("长" * 10_000)) == 60


with (Path(__file__).parent / "privacy_cases.csv").open(encoding="utf-8", newline="") as _file:
    SPELT = [(line["text"], line["found"]) for line in csv.DictReader(_file)]


def test_the_table_has_hundreds_of_cases() -> None:
    assert len(SPELT) > 500
    assert {what for _, found in SPELT for what in found.split("+")} == {
        "", "id-number", "mobile", "bank-card", "room", "email", "account", "plate",
    }  # fmt: skip
    assert sum(not found for _, found in SPELT) > 150


@pytest.mark.parametrize(("cell", "found"), SPELT, ids=[repr(text) for text, _ in SPELT])
def test_however_it_is_spelt(cell: str, found: str) -> None:
    assert "+".join(sorted(_found(cell))) == found


def test_lines_of_a_file_have_nothing_to_do_with_each_other() -> None:
    """What is one number in a cell is two in a file of many; and commas part numbers there."""
    for cell in ("13800138\n000", "138,0013,8000", "1,3,8,0,0,1,3,8,0,0,0"):
        assert _found(cell) == {"mobile"}
        assert scan(cell, apart=True) == []
    for cell in ("一三八 零零一三 八零零零", "138-0013-8000", "文字\n13800138000\n文字", "3-2-501"):
        assert scan(cell, apart=True)


def test_the_demo_has_nothing_to_hide(demo: Path) -> None:
    for path in demo.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert [f for line in csv.reader(file) for cell in line for f in scan(cell)] == []


@given(
    st.text(alphabet="0139OoIlxX-6A", max_size=24)
    | st.from_regex(r"[A-Za-z0-9-]{0,12}-?[0-9]{1,3}-[0-9]{1,2}-[0-9]{2,5}", fullmatch=True)
    | st.from_regex(r"[1-6][0-9]{3,5}[xX]{3,9}[0-9]{3,4}", fullmatch=True)
)
def test_the_quick_look_at_an_id_misses_nothing(text: str) -> None:
    """Ids are many and are looked at once, quickly; what the closer look finds is found all the same, every time."""
    closely = spotting._scanned(text, False)
    assert scan(text) == scan(text) == closely
