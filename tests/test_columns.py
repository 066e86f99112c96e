"""Reading a cell: what is plainly the thing is read, however it is spelt; all else is refused with a message's code."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import columns
from generator.columns import Bad, Column, clean

DAYS = st.dates(date(1949, 1, 1), date(2100, 12, 31))
FULL_WIDTH = str.maketrans("0123456789-/.", "".join(chr(ord(c) + 0xFEE0) for c in "0123456789-/."))
READERS: tuple[Callable[[str], Any], ...] = (
    columns.read_text,
    columns.read_long,
    columns.read_id,
    columns.read_date,
    columns.read_count,
    columns.read_money,
    columns.read_area,
    columns.read_yes_no,
    columns.read_phone,
    columns.choice("通过", "未通过").read,
    columns.ref("matters").read,
)


def refused(read: Callable[[str], Any], cell: str) -> str:
    with pytest.raises(Bad) as caught:
        read(cell)
    return caught.value.code


@given(st.sampled_from(READERS), st.text() | st.from_regex(r"[\d年月日/.,*：—-]{1,24}", fullmatch=True))
def test_a_reader_reads_or_says_why_not(read: Callable[[str], Any], cell: str) -> None:
    try:
        code = f"read {read(cell)}"
    except Bad as bad:
        code = bad.code
    assert code


# --- days -----------------------------------------------------------------------------------------------------------


SPELT = (
    "{0.year}-{0.month:02}-{0.day:02}",
    "{0.year}-{0.month}-{0.day}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}.{0.month:02}.{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    " {0.year}年{0.month:02}月{0.day:02}日 ",
)


@pytest.mark.parametrize("spelt", SPELT)
@given(day=DAYS)
def test_a_day_is_read_however_it_is_spelt(spelt: str, day: date) -> None:
    cell = spelt.format(day)
    assert columns.read_date(cell) == columns.read_date(cell.translate(FULL_WIDTH)) == day


@given(st.integers(1949, 2100), st.integers(0, 99), st.integers(0, 99))
def test_a_day_is_one_of_the_calendar_or_refused(year: int, month: int, day: int) -> None:
    try:
        expected = date(year, month, day)
    except ValueError:
        assert refused(columns.read_date, f"{year}-{month}-{day}") == "date-impossible"
    else:
        assert columns.read_date(f"{year}-{month}-{day}") == expected


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-13-02", "date-impossible"),
        ("2026-02-29", "date-impossible"),
        ("0226-03-02", "date-far"),
        ("3月2日", "date-form"),
        ("02/03/2026", "date-form"),
        ("2026-03/02", "date-form"),
        ("2026-03-02 19:00", "date-form"),
        ("2026年3月2号", "date-form"),
        ("46083", "date-form"),
        ("٢٠٢٦-٠٣-٠٢", "date-form"),
    ],
)
def test_what_is_no_day(cell: str, code: str) -> None:
    assert refused(columns.read_date, cell) == code


# --- numbers --------------------------------------------------------------------------------------------------------


@given(st.integers(0, 10**15 - 1))
def test_a_count_comes_back(n: int) -> None:
    assert columns.read_count(str(n)) == columns.read_count(f"{n:,}") == n
    assert columns.read_count(str(n).translate(FULL_WIDTH)) == n


@given(st.decimals(0, 10**12 - 1, places=2))
def test_money_comes_back_to_the_fen(amount: Decimal) -> None:
    assert columns.read_money(f"{amount:f}") == columns.read_money(f"{amount:,f}") == amount


@given(st.integers(0, 4), st.data())
def test_area_comes_back_to_the_square_centimetre(places: int, data: st.DataObject) -> None:
    amount = data.draw(st.decimals(0, 10**12 - 1, places=places))
    assert columns.read_area(f"{amount:f}") == columns.read_area(f"{amount:,f}") == amount


@pytest.mark.parametrize(
    "cell", ["-1", "1.5", "十二", "约12", "12人", "1,23", "1,2345", "1 2", "1e3", "+3", "١٢", "9" * 16]
)
def test_what_is_no_count(cell: str) -> None:
    assert refused(columns.read_count, cell) == "count-form"


@pytest.mark.parametrize("cell", ["3860元", "-3860", "3860.", ".5", "1,23.00", "NaN", "Infinity", "2.6万"])
def test_what_is_no_amount(cell: str) -> None:
    assert refused(columns.read_money, cell) == "money-form"
    assert refused(columns.read_area, cell) == "area-form"


def test_money_is_no_finer_than_a_fen_and_area_than_a_square_centimetre() -> None:
    assert refused(columns.read_money, "38.605") == "money-form"
    assert columns.read_area("38.6051") == Decimal("38.6051")
    assert refused(columns.read_area, "38.60512") == "area-form"


# --- the other kinds ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["DS-2026-014", "g3", "A", "1", "a" * 40])
def test_an_id(cell: str) -> None:
    assert columns.read_id(cell) == cell


@pytest.mark.parametrize(
    "cell", ["", "-a", "a-", "a b", "a/b", "../a", "a.b", "东胜-1", "ＤＳ-1", "a_b", "a" * 41, "a\n"]
)
def test_what_is_no_id(cell: str) -> None:
    """An id becomes an address and a file's name, so only letters, digits and inner hyphens will do."""
    assert refused(columns.read_id, cell) == "id-form"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("0951-5550123", "0951-5550123"),
        ("0951-5550123-12", "0951-5550123-12"),
        ("０９５１－５５５０１２３", "0951-5550123"),
        ("5550123", "5550123"),
        ("12345", "12345"),
        ("400-820-8820", "400-820-8820"),
        ("138****1234", "138****1234"),
    ],
)
def test_a_telephone_number(cell: str, number: str) -> None:
    assert columns.read_phone(cell) == number


@pytest.mark.parametrize(
    "cell", ["没有", "0951-5550123、5550124", "555012", "0951_5550123", "javascript:alert(1)", "٥٥٥٠١٢٣"]
)
def test_what_cannot_be_called(cell: str) -> None:
    assert refused(columns.read_phone, cell) == "phone-form"


def test_words_of_a_list_are_taken_as_they_stand() -> None:
    kind = columns.choice("通过", "未通过")
    assert kind.read("未通过") == "未通过"
    with pytest.raises(Bad) as caught:
        kind.read("没通过")
    assert caught.value.params == {"choices": "通过、未通过"}
    assert (columns.read_yes_no("是"), columns.read_yes_no("否")) == (True, False)
    assert refused(columns.read_yes_no, "yes") == "yes-no-form"


def test_one_line_and_several() -> None:
    assert refused(columns.read_text, "一\n二") == "text-one-line"
    assert columns.read_long("一\n\n二") == "一\n二"


# --- what editors never see -----------------------------------------------------------------------------------------


@given(st.text())
def test_cleaning_leaves_only_what_can_be_seen(cell: str) -> None:
    left = clean(cell)
    assert clean(left) == left
    assert left == left.strip()
    assert not [c for c in left if c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cf", "Cs")]


@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_cleaning_takes_nothing_that_can_be_seen(cell: str) -> None:
    assert clean(cell) == cell


@pytest.mark.parametrize(
    ("cell", "left"),
    [
        ("\u202e公开\u202c", "公开"),
        ("编\u200b号\ufeff", "编号"),
        ("\u00a0一\u00a0二\u3000", "一 二"),
        (" 一 \r\n 二 \r三", "一\n二\n三"),
        ("\x1b[31m红", "[31m红"),
        ("𠮷野家", "𠮷野家"),
    ],
)
def test_what_cleaning_does(cell: str, left: str) -> None:
    assert clean(cell) == left


def test_characters_without_a_shape_are_kept_to_be_told() -> None:
    assert columns.without_shape(clean("马\ue863英")) == "\ue863"
    assert columns.without_shape("𠮷马英") == ""


# --- declaring ------------------------------------------------------------------------------------------------------


def test_a_kind_hidden_by_a_column_of_its_name_is_noticed() -> None:
    with pytest.raises(TypeError, match="shadowed"):
        columns.public(columns.public(columns.text, "标题"), "内容")


def test_what_a_declaration_publishes() -> None:
    declared: list[Column] = [
        columns.key("编号"),
        columns.public(columns.text, "标题"),
        columns.masked(columns.person, "姓名", consent="公开同意"),
        columns.private(columns.phone, "手机"),
        columns.counted(columns.text, "四色"),
    ]
    assert [c.published for c in declared] == [True, True, True, False, False]
