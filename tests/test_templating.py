"""What may reach a template, what is refused before anything is drawn, and how values read in Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup

from generator import templating
from generator.facts.publicity import Period
from generator.sheets.matters import Matter
from generator.templating import NotPublic, admit, draw
from tests.rows import row


class Secret:
    """Someone's own object: a holder of private values."""

    def __init__(self) -> None:
        self.mobile = "13812345678"

    def __str__(self) -> str:
        raise AssertionError("drawn before it was refused")

    __repr__ = __html__ = __str__


@dataclass(frozen=True)
class Foreign:
    """A dataclass that the generator does not know."""

    mobile: str = "13812345678"


class State(Enum):
    """A word of the tests."""

    OPEN = "open"


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text("drawn {{ given }}", "utf-8")
    (tmp_path / "plain.txt").write_text("{{ given }}|<b title='{{ given }}'>", "utf-8")
    return tmp_path


ROW = row(Matter, "M-1", title="路灯", phone="13812345678")
FINE: tuple[Any, ...] = (
    None,
    "文字",
    7,
    True,
    date(2026, 3, 5),
    Decimal("1.5"),
    Fraction(1, 2),
    State.OPEN,
    Markup("<b>"),
    ROW,
    Period(date(2026, 3, 5), 7, "日历日"),
    [ROW, {"a": (ROW, 1)}],
    {1, 2},
)
REFUSED: tuple[Any, ...] = (
    Secret(),
    Foreign(),
    b"13812345678",
    bytearray(b"x"),
    1.5,
    open,
    Secret,
    Matter,
    lambda: "13812345678",
    (x for x in "ab"),
)


@pytest.mark.parametrize("value", FINE, ids=lambda v: type(v).__name__)
def test_public_rows_facts_and_plain_values_are_admitted(value: Any) -> None:
    admit(value)


@pytest.mark.parametrize("value", REFUSED, ids=lambda v: getattr(v, "__name__", type(v).__name__))
@pytest.mark.parametrize("hidden", [lambda v: v, lambda v: {"row": v}, lambda v: [("a", [v])], lambda v: {"a": {"b": (v,)}}])
def test_anything_else_is_refused_before_it_is_drawn(templates: Path, value: Any, hidden: Any) -> None:
    with pytest.raises(NotPublic) as refused:
        draw(templating.environment(templates), "page.html", given=hidden(value))
    assert "given" in str(refused.value)
    assert "13812345678" not in str(refused.value)


def test_a_full_row_is_refused_for_what_it_holds(templates: Path) -> None:
    full = {**ROW.as_dict(), "phone": Secret()}
    with pytest.raises(NotPublic, match="phone"):
        draw(templating.environment(templates), "page.html", row=full, given="")


# --- a cell is text -------------------------------------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_cell_is_text_whatever_the_templates_ending(cell: str) -> None:
    env = templating.environment(Path("."))
    drawn = env.from_string("<p>{{ given }}</p><p title='{{ given }}'>").render(given=cell)
    assert drawn.count("<") == 3
    assert drawn.count("'") == 2


def test_text_files_are_escaped_too(templates: Path) -> None:
    drawn = draw(templating.environment(templates), "plain.txt", given="<script>'\"{{ 7*7 }}")
    assert drawn == "&lt;script&gt;&#39;&#34;{{ 7*7 }}|<b title='&lt;script&gt;&#39;&#34;{{ 7*7 }}'>"


def test_an_undefined_name_is_an_error(templates: Path) -> None:
    with pytest.raises(UndefinedError):
        draw(templating.environment(templates), "page.html")


def test_no_template_calls_a_cell_safe(root: Path) -> None:
    """Two values are markup: the notice's QR code and fragment, both made by the generator."""
    for path in (root / "templates").rglob("*.html"):
        text = path.read_text("utf-8")
        assert "|safe" not in text.replace(" ", ""), path
        assert "autoescape" not in text, path


# --- how values read ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (templating.cn_date(date(2026, 3, 5)), "2026年3月5日"),
        (templating.cn_date(None), ""),
        (templating.weekday(date(2026, 3, 5)), "星期四"),
        (templating.yuan(Decimal("3860.00")), "3860 元"),
        (templating.yuan(Decimal("12.50")), "12.5 元"),
        (templating.yuan(Decimal(100)), "100 元"),
        (templating.yuan(None), ""),
        (templating.square(Decimal("51234.5")), "51234.50 平方米"),
        (templating.square(Decimal("51234.5678")), "51234.5678 平方米"),
        (templating.square(Decimal("51234.560")), "51234.56 平方米"),
        (templating.square(None), ""),
        (templating.metres(Decimal("0")), "0.00"),
        (templating.metres(Decimal("1E+2")), "100.00"),
        (templating.metres(Decimal("0.0001")), "0.0001"),
        (templating.share(97, 143), "67.8%"),
        (templating.share(2, 3), "66.6%"),
        (templating.share(1, 0), "—"),
        (templating.fraction(Fraction(2, 3)), "三分之二"),
        (templating.fraction(Fraction(1, 20)), "1/20"),
        (templating.rough(40, "余"), "40 余"),
        (templating.rough(2, "约"), "约 2"),
        (templating.rough(7, None), "7"),
    ],
)
def test_how_values_read(shown: str, expected: str) -> None:
    assert shown == expected


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_never_rounded_up_over_a_threshold(part: int, whole: int) -> None:
    shown = Fraction(templating.share(part, whole).rstrip("%")) / 100
    assert shown <= Fraction(part, whole) < shown + Fraction(1, 1000)


@given(st.dates(date(1949, 1, 1), date(2100, 1, 1)))
def test_a_weekday_comes_round(day: date) -> None:
    assert templating.weekday(day) == templating.weekday(day + timedelta(7)) != templating.weekday(day + timedelta(1))


@given(st.text())
def test_paragraphs_lose_no_words(text: str) -> None:
    assert "".join(templating.paras(text)).split() == "".join(text.split("\n")).split()
    assert templating.paras(None) == []


def test_a_word_that_is_missing_is_our_fault() -> None:
    assert templating.word("solved", "state")
    with pytest.raises(KeyError):
        templating.word("nothing", "state")


def test_what_the_volunteers_keep_is_refused_whole() -> None:
    """Tabs, full rows and what holds them have private cells in them, though they are ours."""
    from generator.problems import Place
    from generator.raw import Grid
    from generator.sheets import discover
    from generator.understand import FullRow, Table

    sheet = discover()["matters"]
    for value in (Grid("议题台账", (("a",),), "x"), Table(sheet), FullRow(sheet, Place(), {}, {})):
        with pytest.raises(NotPublic):
            admit(value, "row")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 分钟"),
        (59, "59 分钟"),
        (60, "1 小时"),
        (320, "5 小时 20 分钟"),
        (1440, "1 天"),
        (1499, "1 天"),
        (1500, "1 天 1 小时"),
        (4559, "3 天 3 小时"),
    ],
)
def test_how_long_something_took(minutes: int, said: str) -> None:
    assert templating.lasting(minutes) == said


@pytest.mark.parametrize(("hours", "said"), [(2, "2 小时"), (24, "24 小时"), (30, "30 小时"), (48, "2 天"), (168, "7 天")])
def test_a_limit_in_hours_or_whole_days(hours: int, said: str) -> None:
    assert templating.hours(hours) == said


def test_a_clock_is_not_padded_but_in_its_minutes() -> None:
    assert templating.clock(datetime(2026, 3, 5, 9, 5)) == "2026年3月5日 9:05"
