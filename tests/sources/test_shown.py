"""What numbers look like, checked against what Excel shows; and against LibreOffice's own cells in ``test_workbook``."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.numerals import chinese
from generator.sources.shown import BUILT_IN, general, moment, serial, show

DAY = 45356  # 2024-03-05, a Tuesday

CASES = [
    (13800001234, "General", "13800001234"),
    (0.1 + 0.2, "General", "0.3"),
    (2 / 3, "General", "0.666666667"),
    (1234567.891, "General", "1234567.891"),
    (0.0000123, "General", "1.23E-05"),
    (1e20, "General", "100000000000000000000"),
    (-0.5, "General", "-0.5"),
    (35, 'General"人"', "35人"),
    (35, "G/通用格式", "35"),
    (7, "@", "7"),
    (2.5, "0", "3"),
    (-2.5, "0", "-3"),
    (1.005, "0.00", "1.01"),
    (-0.004, "0.00", "0.00"),
    (0.667, "0.0%", "66.7%"),
    (1, "0%", "100%"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (12, "#,##0", "12"),
    (0, "#", ""),
    (0.5, "#.##", ".5"),
    (7, "000", "007"),
    (13800001234, "000-0000-0000", "138-0000-1234"),
    (-5, "#,##0;[Red]-#,##0", "-5"),
    (-1234.5, "#,##0.0_);(#,##0.0)", "(1,234.5)"),
    (0, '0;-0;"-"', "-"),
    (5, ";;;", ""),
    (5, '[>=10]"多";"少"', "少"),
    (15, '[>=10]"多";"少"', "多"),
    (12.5, "[$¥-804]#,##0.00", "¥12.50"),
    (12.5, "#,##0.00\\元", "12.50元"),
    (1234567, '0.0,"千"', "1234.6千"),
    (1234567, '0!.0,"万"', "123.5万"),
    (1234.5, BUILT_IN[44], "¥1,234.50"),
    (2 / 3, "# ?/?", "2/3"),
    (1.25, "# ?/?", "1 1/4"),
    (0.3, "# ?/8", "2/8"),
    (12345, "0.00E+00", "1.23E+04"),
    (9.999, "0.0E+0", "1.0E+1"),
    (DAY, BUILT_IN[14], "2024/3/5"),
    (DAY, BUILT_IN[31], "2024年3月5日"),
    (DAY, BUILT_IN[57], "2024年3月"),
    (DAY, "yyyy\\-mm\\-dd;@", "2024-03-05"),
    (DAY, "yy.m.d", "24.3.5"),
    (DAY, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二四年三月五日"),
    (DAY, "[$-1E000804]yyyy\\年m\\月d\\日", "二〇二四年三月五日"),
    (DAY, "[$-F800]dddd\\, mmmm dd\\, yyyy", "2024年3月5日"),
    (DAY, "aaaa", "星期二"),
    (DAY, "[$-804]aaa", "二"),
    (DAY, "d-mmm-yy", "5-Mar-24"),
    (DAY, "dddd", "Tuesday"),
    (DAY + 0.5625, "yyyy/m/d h:mm", "2024/3/5 13:30"),
    (DAY + 0.75, '上午/下午h"时"mm"分"', "下午6时00分"),
    (DAY + 0.75, "h:mm AM/PM", "6:00 PM"),
    (0.5625, "h:mm", "13:30"),
    (1.5, "[h]:mm:ss", "36:00:00"),
    (0.5, "mm:ss", "00:00"),
    (60, "yyyy/m/d", "60"),
    (59, "yyyy/m/d", "1900/2/28"),
    (-1, "yyyy/m/d", "-1"),
    (10_000_000, "yyyy/m/d", "10000000"),
    (12345, "[DBNum1]General", "一万二千三百四十五"),
    (10500, '[DBNum2][$-804]General"元"', "壹万零伍佰元"),
]


@pytest.mark.parametrize(("value", "code", "text"), CASES)
def test_shown(value: float, code: str, text: str) -> None:
    assert show(value, code)[0] == text


def test_the_value_beneath_a_date() -> None:
    assert show(DAY, "m月d日")[1] == date(2024, 3, 5)
    assert show(DAY + 0.5, "yyyy/m/d")[1] == datetime(2024, 3, 5, 12)
    assert show(0.5, "h:mm")[1] == 0.5
    assert show(DAY, "0")[1] == DAY
    assert show(43894, "yyyy/m/d", date1904=True) == ("2024/3/5", date(2024, 3, 5))


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_every_day_has_its_number(day: date) -> None:
    assert show(int(serial(day)), "yyyy-mm-dd") == (day.isoformat(), day)


@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 30)))
def test_every_second_has_its_number(when: datetime) -> None:
    found = moment(serial(when))
    assert found is not None
    assert abs(found - when) <= timedelta(seconds=0.6)


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_keep_all_their_figures(number: int) -> None:
    assert general(number) == show(float(number), "0")[0] == show(number, "#,##0")[0].replace(",", "") == str(number)


@given(st.decimals(-(10**6), 10**6, places=4, allow_nan=False, allow_infinity=False))
def test_two_places_are_rounded_as_at_school(number: Decimal) -> None:
    expected = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert (
        Decimal(show(float(number), "0.00")[0])
        == Decimal(show(float(number), "#,##0.00")[0].replace(",", ""))
        == expected
    )


@given(st.floats(), st.text('yYmMdDhHsSaeE+-0#?.,%/@;[]"\\_*$>=<!DBNum1-804General上午/下午 年', max_size=24))
def test_no_format_whatsoever_ends_in_a_traceback(value: float, code: str) -> None:
    assert isinstance(show(value, code)[0], str)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "〇"), (10, "十"), (12, "十二"), (31, "三十一"), (100, "一百"), (105, "一百〇五"), (10_000, "一万"), (2010, "二千〇一十"),
     (100_000_000, "一亿"), (100_000_001, "一亿〇一"), (110_000, "十一万")],
)  # fmt: skip
def test_chinese_numerals(number: int, text: str) -> None:
    assert chinese(number) == text
