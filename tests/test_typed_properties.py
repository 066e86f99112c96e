"""Properties of reading: every form of a value reads back to it, and no text gives a number that is not in it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import typed
from generator.columns import Bad
from generator.typed import han, serials

# --- every way of writing a value reads back to it ----------------------------------------------------------------

DAYS = st.dates(date(1949, 1, 1), date(2100, 12, 31))


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isprintable() and c != " " else c for c in text)


def _day_forms(day: date) -> list[str]:
    y, m, d = day.year, day.month, day.day
    week = "一二三四五六日"[day.weekday()]
    spoken = "".join(han.DIGITS[int(c)] for c in str(y))
    month, of_month = (han.spell(n).removeprefix("一") if 10 <= n < 20 else han.spell(n) for n in (m, d))
    return [
        day.isoformat(),
        f"{y}-{m}-{d}",
        f"{y}/{m:02}/{d:02}",
        f"{y}.{m}.{d}",
        f"{y}{m:02}{d:02}",
        f"{y}年{m}月{d}日",
        f" {y} 年 {m:02} 月 {d:02} 号 ",
        f"{spoken}年{month}月{of_month}日",
        f"{y}年{m}月{d}日(星期{week})",
        f"周{week} {y}-{m}-{d}",
        f"{y}-{m:02}-{d:02} 00:00:00",
    ]


@given(DAYS)
def test_a_day_in_every_form_reads_back(day: date) -> None:
    for form in _day_forms(day):
        assert typed.date(form) == typed.Said(day), form
        assert typed.date(_wide(form)) == typed.Said(day), form


@given(DAYS, st.integers(0, 23), st.integers(0, 59))
def test_a_day_with_a_time_reads_back_with_a_remark(day: date, hour: int, minute: int) -> None:
    assume((hour, minute) != (0, 0))
    for form in (f"{day} {hour}:{minute:02}", f"{day.year}年{day.month}月{day.day}日{hour}时{minute}分"):
        said = typed.date(form)
        assert (said.value, said.remark) == (day, "date-time-dropped")


def _clock_forms(hour: int, minute: int) -> list[str]:
    """A time of day in every form that means it alone."""
    spelt, spelt_minute = (han.spell(n).replace("一十", "十") if 10 <= n < 20 else han.spell(n) for n in (hour, minute))
    zero = "零" if minute < 10 else ""
    forms = [f"{hour:02}:{minute:02}", f"{hour:02}{minute:02}", f"{hour:02}:{minute:02}:59", f"{hour}时{minute}分"]
    forms += [f"{spelt}时{zero}{spelt_minute}分" if minute else f"{spelt}时整"]
    if hour not in range(1, 7):
        forms += [f"{hour}:{minute:02}", f"{hour}点{minute:02}", f"{spelt}点{zero}{spelt_minute}分"]
    part = {range(1, 6): "凌晨", range(7, 12): "上午", range(13, 19): "下午", range(19, 24): "晚上"}
    for hours, said in part.items():
        if hour in hours:
            forms += [f"{said}{(hour - 1) % 12 + 1}:{minute:02}", f"{said}{(hour - 1) % 12 + 1}点{minute}分"]
            forms += [f"{said} {(hour - 1) % 12 + 1} 点半"] * (minute == 30) + [f"{said}{hour % 12}点3刻"] * (
                minute == 45
            )
    return [*forms, f"{(hour - 1) % 12 + 1}:{minute:02} {'AM' if hour < 12 else 'PM'}"]


MOMENTS = st.datetimes(datetime(1949, 1, 1), datetime(2100, 12, 31, 23, 59)).map(
    lambda t: t.replace(second=0, microsecond=0)
)


@given(MOMENTS)
def test_a_moment_in_every_form_reads_back(when: datetime) -> None:
    assert typed.moment(f"{when:%Y-%m-%d %H:%M}") == typed.Said(when)
    days = [f for f in _day_forms(when.date()) if "00:00" not in f]
    for day in days:
        for clock in _clock_forms(when.hour, when.minute):
            assert typed.moment(f"{day} {clock}") == typed.Said(when), (day, clock)
            assert typed.moment(_wide(f"{day} {clock}")) == typed.Said(when), (day, clock)
    for clock in _clock_forms(when.hour, when.minute):
        assert typed.moment(f"{when.year}年{when.month}月{when.day}日{clock}") == typed.Said(when), clock
    assert typed.moment(f"{when:%Y%m%d%H%M}") == typed.Said(when)


@given(MOMENTS, st.booleans(), st.integers(0, 29))
def test_the_serial_of_a_moment_reads_back(when: datetime, date1904: bool, seconds: int) -> None:
    epoch = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)
    serial = (when + timedelta(seconds=seconds) - epoch) / timedelta(days=1)
    shown = f"{when.year}/{when.month}/{when.day} {when.hour}:{when.minute:02}"
    for said in (typed.moment(shown, serial, date1904), typed.moment(shown, when + timedelta(seconds=seconds))):
        assert said.value == when
        assert said.remark in ("", "moment-midnight")
        assert not said.remark or (seconds == 0 and when.time() == datetime.min.time())
    with pytest.raises(Bad, match=r"moment-two-values|date-far|date-impossible|moment-form"):
        typed.moment(shown, serial, not date1904)
    with pytest.raises(Bad, match="moment-two-values"):
        typed.moment(shown, when + timedelta(minutes=2))


@given(
    DAYS,
    st.integers(0, 24),
    st.integers(0, 59),
    st.sampled_from(["凌晨", "早上", "上午", "中午", "下午", "傍晚", "晚上", "夜里"]),
)
def test_what_is_read_of_a_part_of_the_day_is_the_hour_typed_or_twelve_later(
    day: date, hour: int, minute: int, part: str
) -> None:
    try:
        when = typed.moment(f"{day}{part}{hour}点{minute}分").value
    except Bad as bad:
        assert bad.code in ("moment-part", "moment-two-readings", "moment-impossible", "date-far")  # noqa: PT017
        return
    assert when.minute == minute
    assert when.hour in (hour, hour + 12) or (hour, minute) == (24, 0)
    assert when.date() == day or hour == 24


@given(DAYS)
def test_a_day_alone_is_no_moment(day: date) -> None:
    for form in _day_forms(day):
        if "00:00" not in form:
            with pytest.raises(Bad, match="moment-no-time"):
                typed.moment(form)


@given(DAYS, st.integers(0, 6))
def test_a_weekday_that_contradicts_the_day_is_refused(day: date, week: int) -> None:
    text = f"{day}(周{'一二三四五六日'[week]})"
    if week == day.weekday():
        assert typed.date(text).value == day
    else:
        with pytest.raises(Bad, match="date-weekday"):
            typed.date(text)


@given(DAYS, st.booleans())
def test_the_serial_of_a_day_reads_back(day: date, date1904: bool) -> None:
    serial = (day - (date(1904, 1, 1) if date1904 else date(1899, 12, 30))).days
    assert serials.day(serial, date1904) == day
    assert typed.date(day.isoformat(), serial, date1904) == typed.Said(day)
    with pytest.raises(Bad, match=r"date-two-values|date-far|date-impossible"):
        typed.date(day.isoformat(), serial, not date1904)


@pytest.mark.parametrize(
    ("serial", "date1904", "day"),
    [
        (1, False, date(1900, 1, 1)),
        (59, False, date(1900, 2, 28)),
        (61, False, date(1900, 3, 1)),
        (45356, False, date(2024, 3, 5)),
        (45356.99, False, date(2024, 3, 5)),
        (2958465, False, date(9999, 12, 31)),
        (0, True, date(1904, 1, 1)),
        (60, True, date(1904, 3, 1)),
        (43894, True, date(2024, 3, 5)),
    ],
)
def test_serials(serial: float, date1904: bool, day: date) -> None:
    assert serials.day(serial, date1904) == day


@pytest.mark.parametrize(
    ("serial", "code"),
    [(60, "date-impossible"), (60.5, "date-impossible"), (0, "date-impossible"), (-1, "date-form"), (1e9, "date-form")],
)
def test_serials_of_no_day(serial: float, code: str) -> None:
    with pytest.raises(Bad, match=code):
        serials.day(serial)


@given(DAYS, DAYS)
def test_a_range_in_every_form_reads_back_or_is_refused_as_backwards(start: date, end: date) -> None:
    a, b = (f"{d.year}年{d.month}月{d.day}日" for d in (start, end))
    for form in (f"{start}至{end}", f"{start} - {end}", f"自{a}起至{b}止", f"{a}—{b}", f"{a.replace('日', '')}~{b}"):
        if start <= end:
            assert typed.date_range(form) == typed.Said((start, end)), form
        else:
            with pytest.raises(Bad, match="range-backwards"):
                typed.date_range(form)


@given(DAYS, DAYS)
def test_an_end_without_its_year_is_in_the_year_of_the_start(start: date, other: date) -> None:
    assume(not (other.month == 2 and other.day == 29))
    end = other.replace(year=start.year)
    assume(start <= end)
    for sep in ("-", "~", "至"):
        assert typed.date_range(f"{start.year}.{start.month}.{start.day}{sep}{end.month}.{end.day}").value == (
            start,
            end,
        )


COUNTS = st.integers(0, 10**15 - 1) | st.integers(0, 20000)


@given(COUNTS)
def test_a_count_in_every_form_reads_back(number: int) -> None:
    spelt = han.spell(number)
    forms = [str(number), f"{number:,}", f"{number}.0", f"{number}人", f"共{number:,}户", f"000{number}"[-15:], spelt]
    forms += [spelt.replace("〇", "零"), spelt.replace("二千", "两千"), spelt + "名"]
    for form in forms:
        assert typed.count(form) == typed.Said(number), form
        assert typed.count(_wide(form)) == typed.Said(number), form
    assert typed.count(f"{number:,}", float(number)) == typed.Said(number)
    about = typed.count(f"约{number}")
    assert (about.value, about.remark) == (number, "number-about")


CAPITALS = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


@given(st.integers(0, 10**14 - 1) | st.integers(0, 10**6))
def test_money_in_every_form_reads_back(fen: int) -> None:
    amount = Decimal(fen).scaleb(-2)
    yuan, rest = divmod(fen, 100)
    jiao, last = divmod(rest, 10)
    capital = han.spell(yuan) + "元"
    capital += f"{han.DIGITS[jiao]}角" if jiao else ("〇" if last else "")
    capital = (capital + (f"{han.DIGITS[last]}分" if last else "整")).translate(CAPITALS)
    forms = [f"{amount:f}", f"{amount:,f}", f"￥{amount:,f}", f"{amount:f}元", capital, f"人民币{capital}"]
    forms += [f"{amount:f}({capital})", f"{yuan}元{jiao}角{last}分"]
    for form in forms:
        said = typed.money(form)
        assert (str(said.value), said.remark) == (f"{amount:.2f}", ""), form
    assert (
        typed.money(f"{amount / 10000:f}", scale=10000) == typed.money(f"{amount / 10000:f}万元") == typed.Said(amount)
    )
    if fen < 10**13:
        assert typed.money(f"{amount:.2f}", float(amount)) == typed.Said(amount)


@given(st.integers(0, 10**15 - 1) | st.integers(0, 10**8))
def test_area_in_every_form_reads_back_to_the_square_centimetre(centimetres: int) -> None:
    area = Decimal(centimetres).scaleb(-4)
    for form in (f"{area:f}", f"{area:,f}", f"{area:f}㎡", f"{area:f}平方米", f"{area / 10000:f}万平方米"):
        said = typed.area(form)
        assert (said.value, said.remark) == (area, ""), form
        assert str(said.value) == (f"{area:.2f}" if area == round(area, 2) else f"{area:.4f}".rstrip("0")), form
    assert typed.area(f"{area:.4f}", float(area)) == typed.area(f"{area:f}")
    assert typed.area(f"{area / 10000:f}", scale=10000).value == area
    with pytest.raises(Bad, match="area-fen"):
        typed.area(f"{area:f}1㎡")


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_a_share_in_every_form_reads_back(part: int, whole: int) -> None:
    assume(part <= whole)
    share = Fraction(part, whole)
    forms = [f"{part}/{whole}", f"{han.spell(whole)}分之{han.spell(part)}", f"{share.numerator}/{share.denominator}"]
    for form in forms:
        assert typed.share(form).value == share, form
    assert typed.share(f"{part}/{whole}", part / whole).value == share
    tenths = Fraction(part * 1000 // whole, 1000)
    assert typed.share(f"{float(tenths * 100):.1f}%") == typed.Said(tenths)


@given(st.integers(0, 10**16 - 1) | st.integers(0, 10**5))
def test_a_number_in_chinese_reads_back(number: int) -> None:
    assert han.read(han.spell(number)) == han.Han(number)
    assert han.read(han.spell(number).translate(CAPITALS)) == han.Han(number)


# --- no value for a text with another number in it ----------------------------------------------------------------

BETWEEN = st.sampled_from(
    [
        " ",
        "  ",
        "/",
        "和",
        "、",
        "；",
        "+",
        "×",
        "~",
        "人",
        "(",
        "（",
        "人，",
        "户",
        " 元 ",
        "共",
        "号",
        "-",
        "—",
        "元/",
        "余",
        "约",
    ]
)


@given(st.integers(0, 99999), BETWEEN, st.integers(0, 99999), st.sampled_from(["", "人", "元", "户", "）"]))
def test_two_numbers_in_a_cell_are_no_number(one: int, between: str, other: int, end: str) -> None:
    text = f"{one}{between}{other}{end}"
    for read in (typed.count, typed.money, typed.area, lambda t: typed.count(t, unit="人", scale=10000)):
        with pytest.raises(Bad):
            read(text)


def _numbers_in(text: str) -> set[Decimal]:
    """Every number that an independent reading finds: maximal runs of ASCII digits, commas and points."""
    return {Decimal(run.replace(",", "").rstrip(".") or 0) for run in re.findall(r"\d[\d,]*(?:\.\d+)?", text, re.ASCII)}


@given(st.text(alphabet="0123456789,.万千百人元户约余()-% +角分", min_size=1, max_size=12))
def test_a_number_read_is_the_number_typed(text: str) -> None:
    """One number alone in the text, times at most a power of ten that the text names."""
    for read in (typed.count, typed.money, typed.area):
        try:
            value = Decimal(read(text).value)
        except Bad:
            continue
        found = _numbers_in(text)
        if re.search("[角分]|[万亿千]\\d", text):  # 3元5角, 12万3456: made of several
            assert str(value).strip("0.")[:1] == str(max(found)).strip("0.")[:1] or 0 in found or len(found) > 1
            continue
        if not found:  # 千余: the 一 goes without saying
            found = {Decimal(1)} if re.search("[余约]", text) else found
        assert len(found) == 1
        scale = {"万": 10**4, "千": 10**3, "百": 10**2}
        named = 1
        for c in text:
            named *= scale.get(c, 1)
        assert value == found.pop() * named


@given(st.text(alphabet="0123456789-/.年月日号 至周二(点:", min_size=6, max_size=18))
def test_a_day_read_is_made_of_the_figures_typed(text: str) -> None:
    try:
        said = typed.date(text)
    except Bad:
        return
    figures = [int(f) for f in re.findall(r"\d+", text)]
    if len(re.search(r"\d+", text)[0]) == 8:  # type: ignore[index]
        figures[:1] = [figures[0] // 10000, figures[0] // 100 % 100, figures[0] % 100]
    assert figures[:3] == [said.value.year, said.value.month, said.value.day]
    assert len(figures) == 3 or said.remark == "date-time-dropped" or set(figures[3:]) == {0}


@given(st.text(alphabet="0123456789%/.成三分之二百约", min_size=1, max_size=10))
def test_a_share_read_is_made_of_the_figures_typed(text: str) -> None:
    try:
        value = typed.share(text).value
    except Bad:
        return
    found = re.findall(r"\d+(?:\.\d+)?", text)
    if len(found) == 1 and "分之" not in text:
        assert value * 1000 in {Fraction(found[0]) * n for n in (1000, 10, 1, 100)} or "成" in text
    elif len(found) == 2 and "/" in text:
        assert value == Fraction(found[0]) / Fraction(found[1])


@given(st.text(alphabet="0123456789-+ ()转/、86", min_size=5, max_size=24))
def test_a_phone_number_keeps_its_digits(text: str) -> None:
    try:
        value = typed.phone(text).value
    except Bad:
        return
    typed_digits, read_digits = re.sub(r"\D", "", text), re.sub(r"\D", "", value)
    assert typed_digits in (read_digits, "86" + read_digits, "0086" + read_digits) or (
        read_digits[0] == "0" and typed_digits in ("86" + read_digits[1:], "0086" + read_digits[1:])
    )


@given(
    st.lists(st.sampled_from(["张三", "李小四", "3号楼", "停车难", "买买提·艾力"]), max_size=5),
    st.sampled_from("、，,;；\n"),
)
def test_a_list_keeps_its_items(things: list[str], mark: str) -> None:
    assert typed.items(mark.join(things)).value == tuple(things)


@given(
    st.lists(st.text(alphabet="通过未不微心愿小白板甲乙", min_size=2, max_size=6), min_size=1, max_size=5, unique=True),
    st.data(),
)
def test_a_word_is_never_taken_for_another(words: list[str], data: Any) -> None:
    text = data.draw(st.text(alphabet="通过未不微心愿小白板甲乙", min_size=2, max_size=6))
    if text in words:
        assert typed.choice(text, words).value == text
    else:
        with pytest.raises(Bad, match=r"choice-(near|unknown)"):
            typed.choice(text, words)
