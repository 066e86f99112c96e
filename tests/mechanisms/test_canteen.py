"""幸福食堂: today's meals, this week and the next, prices beside the market's, and who comes first."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.facts.board import Term
from generator.facts.canteen import Canteen, Price, canteen, monday, names
from generator.records import Withheld
from generator.sheet import PublicRow
from generator.sheets.diners import Diner
from generator.sheets.dishes import Dish
from generator.sheets.menus import Menu
from generator.sheets.resolutions import Resolution
from tests.mechanisms.drawing import TODAY, demo, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, records, row

MONDAY = date(2026, 6, 15)


def menu(on: date, lunch: str | None = "红烧牛肉、米饭", **more: object) -> Menu:
    return row(Menu, f"M{on:%Y%m%d}", on=on, lunch=lunch, **more)


def dish(name: str, price: str, market: str | None = None, at: int = 2, **more: object) -> Dish:
    given = {"kind": "荤菜", "price": Decimal(price), "market": Decimal(market) if market else None}
    return row(Dish, f"D{at}", at, name=name, **{**given, **more})


def found(*rows: PublicRow, today: date = TODAY) -> Canteen:
    it = canteen(records(rows), COMMUNITY, today)
    assert it is not None
    return it


def test_a_community_without_a_canteen_has_none() -> None:
    assert canteen(records([]), COMMUNITY, TODAY) is None


def test_this_week_is_that_of_the_day_and_the_next_is_there_once_it_is_written() -> None:
    it = found(*(menu(MONDAY + timedelta(n)) for n in range(-7, 7)))
    assert list(it.weeks) == ["last", "this"]
    assert (it.weeks["this"].first, it.weeks["this"].last) == (MONDAY, date(2026, 6, 21))
    it = found(menu(MONDAY), menu(date(2026, 6, 28)), menu(date(2026, 6, 29)))
    assert {k: [d.on for d in w.days] for k, w in it.weeks.items()} == {"this": [MONDAY], "next": [date(2026, 6, 28)]}
    assert found(menu(MONDAY), dish("米饭", "1"), today=date(2026, 7, 6)).weeks == {}


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(-14, 14))
def test_a_menu_stands_in_the_week_that_it_is_of_and_in_no_other(today: date, shift: int) -> None:
    on = today + timedelta(shift)
    it = found(menu(on), dish("米饭", "1"), today=today)
    weeks = {"last": -7, "this": 0, "next": 7}
    expected = [k for k, days in weeks.items() if monday(on) == monday(today) + timedelta(days)]
    assert list(it.weeks) == expected
    assert (it.on(on) is not None) == bool(expected)
    assert monday(on).weekday() == 0
    assert monday(on) <= on < monday(on) + timedelta(7)


@given(st.lists(st.text("红烧牛肉饭", min_size=1, max_size=4), max_size=6), st.sampled_from("、,，;；\n"))
def test_dishes_are_told_apart_by_any_of_the_usual_marks(dishes: list[str], mark: str) -> None:
    assert names(mark.join(dishes)) == tuple(dishes)


@given(st.decimals(0, 100, places=2), st.none() | st.decimals(0, 100, places=2))
def test_a_dish_is_below_the_market_s_price_only_when_it_costs_less(price: Decimal, market: Decimal | None) -> None:
    it = Price(row(Dish, "D", name="x", kind="荤菜", price=price, market=market))
    assert it.below is (None if market is None else price < market)
    assert it.saves is None if market is None else it.saves == market - price


def test_what_costs_no_less_is_said_so_and_what_was_not_compared_is_in_neither_number() -> None:
    rows = [dish("牛肉", "20", "12"), dish("豆腐", "5", "5", 3), dish("米饭", "1", None, 4), dish("油菜", "4", "8", 5)]
    it = found(*rows)
    assert (it.cheaper, it.compared, len(it.prices)) == (1, 3, 4)
    text = page(seen(rows), "canteen")
    assert "比市价低的有1/3样" in text
    assert text.count("不比市价低") == 2
    assert "没有比" in text


def test_the_price_of_a_dish_on_the_menu_is_that_of_its_own_name() -> None:
    it = found(menu(TODAY, "牛肉、牛肉丁"), dish("牛肉", "20", "30"))
    day = it.on(TODAY)
    assert day is not None
    assert [(s.name, s.dish and s.dish.price) for s in day.meals[0].servings] == [
        ("牛肉", Decimal(20)),
        ("牛肉丁", None),
    ]


def test_a_comparison_that_is_to_be_made_is_not_said_to_have_been() -> None:
    rows = [
        dish("牛肉", "20", "30", compared_on=date(2026, 6, 1)),
        dish("豆腐", "5", "8", 3, compared_on=date(2026, 6, 18)),
    ]
    assert found(*rows).compared_on == date(2026, 6, 1)


def test_today_comes_first_even_when_nothing_is_written_for_it() -> None:
    text = page(seen([menu(TODAY + timedelta(1))]), "canteen")
    assert text.index("今天的菜谱还没有写上来") < text.index("明天吃什么")
    assert "0951-5550150" in text
    closed = page(seen([menu(TODAY, None, note="检修，停一天")]), "canteen")
    assert closed.index("今天吃什么") < closed.index("检修，停一天") < closed.index("这一周的菜谱")


@pytest.mark.parametrize(("passed", "linked"), [(None, False), (TODAY, True), (TODAY + timedelta(1), False)])
def test_a_price_was_resolved_only_where_the_resolution_is_shown(passed: date | None, linked: bool) -> None:
    """One that is being looked into has no page to go to, and nothing is said of what the residents resolved."""
    of = row(Diner, "Y1", number=1, who="老人", terms="便宜一元", delivery="可以订送", resolution="R1")
    shown = [row(Resolution, "R1", title="价钱", passed_on=passed, matter=None)] if passed else []
    text = page(seen([menu(MONDAY), of, *shown]), "canteen")
    assert ("套餐的价是居民议定的" in text) == linked
    assert ("决议R1正在核对" in text) == (passed is None)


def test_while_a_price_is_being_looked_into_the_list_says_so() -> None:
    rows = [dish("红烧牛肉", "12.00", "20.00")]
    assert "正在核对" not in paper(papers("pricelist", seen(rows))[0])
    [waits] = papers("pricelist", seen(rows, withheld=(Withheld(COMMUNITY, "dishes", "D9", rows[0].place),)))
    assert "还有记录正在核对" in paper(waits)


def test_whoever_is_first_stands_first() -> None:
    given = {"terms": "送到家", "delivery": "送到家"}
    rows = [row(Diner, "A", number=2, who="职工", **given), row(Diner, "B", 3, number=1, who="老人", **given)]
    assert [d.who for d in found(*rows, dish("米饭", "1")).diners] == ["老人", "职工"]


# --- the papers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "due"),
    [(date(2026, 6, 11), []), (date(2026, 6, 12), [MONDAY]), (date(2026, 6, 21), [MONDAY]), (date(2026, 6, 22), [])],
)
def test_a_week_s_menu_hangs_from_the_friday_before_to_its_sunday(today: date, due: list[date]) -> None:
    made = papers("canteen", seen([menu(MONDAY)], today))
    assert [n.date for n in made if n.due] == due
    assert all(n.hang and n.hang.term is Term.USE for n in made)


def test_the_title_says_the_month_again_only_where_it_is_another() -> None:
    [one] = papers("canteen", seen([menu(MONDAY)]))
    assert one.title.endswith("（6月15日至21日）")
    [two] = papers("canteen", seen([menu(date(2026, 6, 30))], date(2026, 6, 30)))
    assert two.title.endswith("（6月29日至7月5日）")


def test_a_day_without_meals_says_why_on_the_paper() -> None:
    [made] = papers("canteen", seen([menu(MONDAY), menu(date(2026, 6, 16), None, note="检修，停一天")]))
    assert "16日星期二检修，停一天" in paper(made)


def test_a_word_on_a_day_stands_in_a_row_of_its_own_and_in_no_meal() -> None:
    [made] = papers("canteen", seen([menu(MONDAY, note="晚餐 17:30 开")]))
    assert "红烧牛肉、米饭—说明15日：晚餐17:30开" in paper(made)


def test_nothing_is_promised_of_a_menu_that_is_not_written() -> None:
    text = page(seen([menu(MONDAY)]), "canteen")
    assert "下一周的菜谱还没有排出来。" in text


# --- the demonstration ----------------------------------------------------------------------------------------------


def test_the_demo_has_a_menu_for_every_day_of_three_weeks() -> None:
    it = canteen(demo().whole.records, "bayi", TODAY)
    assert it is not None
    assert {k: len(w.days) for k, w in it.weeks.items()} == {"last": 7, "this": 7, "next": 7}
    assert all(s.dish for w in it.weeks.values() for d in w.days for m in d.meals for s in m.servings)
    assert it.cheaper == it.compared >= 40


def test_the_demo_says_today_s_meals_first_and_the_resolved_price() -> None:
    html = demo_page("bayi", "canteen")
    text = words(html)
    assert text.index("今天吃什么：6月17日星期三") < text.index("番茄牛腩12元外面21元") < text.index("明天吃什么")
    assert (
        text.index("谁先照顾") < text.index("这一周的菜谱") < text.index("下一周的菜谱") < text.index("比外面便宜多少")
    )
    assert "/bayi/resolutions/JY06/" in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= {*ids, "content"}


def test_the_demo_s_papers_are_three_weeks_and_a_list_of_prices() -> None:
    assert [(n.subject_id, n.due) for n in papers("canteen")] == [
        ("2026-06-08", False),
        ("2026-06-15", True),
        ("2026-06-22", False),
    ]
    [prices] = papers("pricelist")
    assert prices.hang is None
    assert prices.date == date(2026, 6, 4)
    assert "老年套餐13.520" in paper(prices)
