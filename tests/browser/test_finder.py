"""A resident finds who serves her building: by choosing, by plain links, by keyboard, by ear, on any phone; and the map."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .test_pages import DESK, PHONE, Watch, barriers, desk, phone, plain, sideways, sized

__all__ = ["desk", "phone", "plain"]  # fixtures

PAGES = [f"{c}/{page}/" for c in ("nanhua", "bayi", "fuqiang") for page in ("finder", "map")]
FINDER, MAP = "nanhua/finder/", "nanhua/map/"


@pytest.fixture(scope="module")
def home(demo_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(demo_site)


def shown(page: Page) -> list[str]:
    return [h.inner_text().strip() for h in page.locator(".house:visible h3").all()]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_neither_page_shuts_anyone_out(browser: Browser, home: str, axe_source: str, size: tuple[int, int]) -> None:
    found: list[str] = []
    with sized(browser, size) as context:
        page = context.new_page()
        watch = Watch(page)
        for path in (*PAGES, "nanhua/"):
            page.goto(home + path)
            found += barriers(page, axe_source)
            assert sideways(page) <= 0, page.url
    assert found == []
    assert watch.said == []
    assert watch.strangers(home) == []


def test_the_narrowest_phone_in_large_letters_scrolls_down_only(browser: Browser, home: str) -> None:
    with sized(browser, (320, 640)) as context:
        page = context.new_page()
        context.add_init_script("localStorage.setItem('bugu-big', 'yes')")
        for path in PAGES:
            page.goto(home + path)
            assert sideways(page) <= 0, page.url


# --- choosing ---------------------------------------------------------------------------------------------------------


def test_two_choices_leave_one_building_and_say_whom_to_call(phone: Page, home: str) -> None:
    phone.goto(home + FINDER)
    assert phone.get_by_role("combobox", name="小区").count() == phone.get_by_role("combobox", name="楼栋").count() == 1
    assert len(shown(phone)) == 46
    assert not phone.locator("#finder-index").is_visible()
    assert phone.locator("#finder-house").is_disabled()
    phone.locator("#finder-compound").select_option("南花园")
    assert len(shown(phone)) == 11
    assert phone.locator("#finder-said").inner_text() == "南花园有 11 栋楼在下面，再选楼栋。"
    phone.locator("#finder-house").select_option("3号楼")
    assert shown(phone) == ["南花园3号楼"]
    assert phone.locator("#finder-said").inner_text() == "南花园3号楼在下面：4 个单元有单元管家，微网格长 3 名。"
    house = phone.locator(".house:visible")
    assert "单元管家" in house.inner_text()
    assert len(re.findall(r"[1-4]单元 \S+", house.inner_text())) == 4
    assert house.get_by_role("link", name="0951-5550134").get_attribute("href") == "tel:0951-5550134"
    assert house.get_by_role("link", name="0951-5550131").count() == 1
    assert phone.url.endswith("#NH-L203")


def test_another_compound_offers_its_own_buildings_and_none_shows_all_again(desk: Page, home: str) -> None:
    desk.goto(home + FINDER)
    desk.locator("#finder-compound").select_option("南花园")
    desk.locator("#finder-house").select_option("11号楼")
    desk.locator("#finder-compound").select_option("供销家属院")
    assert desk.locator("#finder-house").input_value() == ""
    offered = desk.locator("#finder-house option").all_inner_texts()
    assert offered == ["请选楼栋", "1号楼", "2号楼", "3号楼"]
    assert len(shown(desk)) == 3
    desk.locator("#finder-compound").select_option("")
    assert len(shown(desk)) == 46
    assert desk.locator("#finder-house").is_disabled()
    assert desk.url == home + FINDER


def test_an_address_of_a_building_opens_at_it_with_the_choices_made(desk: Page, home: str) -> None:
    desk.goto(home + FINDER + "#NH-L203")
    assert shown(desk) == ["南花园3号楼"]
    assert desk.locator("#finder-compound").input_value() == "area-NH-C2"
    assert desk.locator("#finder-house").input_value() == "NH-L203"
    desk.goto(home + FINDER + "#nothing")
    assert len(shown(desk)) in (1, 46)
    desk.reload()
    assert len(shown(desk)) == 46


def test_it_is_all_done_by_keyboard(desk: Page, home: str) -> None:
    desk.goto(home + FINDER)
    desk.locator("#finder-compound").focus()
    for _ in range(3):
        desk.keyboard.press("ArrowDown")
    assert len(shown(desk)) == 9
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.id") == "finder-house"
    desk.keyboard.press("ArrowDown")
    assert shown(desk) == ["康华园1号楼"]
    assert desk.evaluate("document.activeElement.id") == "finder-house", "the choice stays where it was made"
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.getAttribute('href')") == "tel:0951-5550132"


# --- without a script -------------------------------------------------------------------------------------------------


def test_without_a_script_a_plain_link_leads_to_the_building(plain: Page, home: str) -> None:
    plain.goto(home + FINDER)
    assert not plain.locator("#finder").is_visible()
    links = plain.locator("#finder-index").get_by_role("link")
    assert links.count() == 46
    names = links.evaluate_all("all => all.map(a => a.textContent)")
    assert len(set(names)) == 46, "by ear each link names its compound"
    plain.get_by_role("link", name=re.compile(r"南花园\s*3号楼$")).click()
    house = plain.locator("#NH-L203")
    box = house.bounding_box()
    assert box
    assert 0 <= box["y"] < 200
    assert "有事先找专职网格员" in house.inner_text()
    assert house.get_by_role("link", name="0951-5550134").is_visible()
    small = links.evaluate_all("all => all.filter(a => a.getBoundingClientRect().height < 44).length")
    assert small == 0


def test_by_ear_the_page_is_compounds_and_buildings_under_them(plain: Page, home: str) -> None:
    plain.goto(home + FINDER)
    tree = plain.locator("main").aria_snapshot()
    at = tree.index('- heading "南花园" [level=2]')
    assert tree.index('- heading "南花园3号楼" [level=3]') > at
    part = tree[tree.index('- heading "南花园3号楼" [level=3]') : tree.index('- heading "南花园4号楼" [level=3]')]
    for said in ("有事先找专职网格员", "单元管家", "微网格长", "片区民警", "找不到人"):
        assert said in part
    assert part.index("0951-5550134") < part.index("单元管家")


# --- the map ----------------------------------------------------------------------------------------------------------


def test_every_letter_of_the_map_is_large_enough_on_a_phone(phone: Page, home: str) -> None:
    for community in ("nanhua", "bayi", "fuqiang"):
        phone.goto(f"{home}{community}/map/")
        small = phone.evaluate(
            """() => Array.from(document.querySelectorAll('.gridmap text'))
            .map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)
            .filter(size => size < 13.5).length"""
        )
        assert small == 0


def test_no_letters_of_the_map_run_out_of_their_tile(phone: Page, home: str) -> None:
    for community in ("nanhua", "bayi", "fuqiang"):
        phone.goto(f"{home}{community}/map/")
        out = phone.evaluate(
            """() => Array.from(document.querySelectorAll('.gridmap a')).flatMap(a => {
                const box = a.querySelector('rect').getBoundingClientRect()
                return Array.from(a.querySelectorAll('text')).filter(t => {
                    const inner = t.getBoundingClientRect()
                    return inner.left < box.left || inner.right > box.right || inner.bottom > box.bottom + 1
                }).map(t => t.textContent)
            })"""
        )
        assert out == []


def test_a_tile_leads_to_its_row_and_the_row_to_its_buildings(phone: Page, home: str) -> None:
    phone.goto(home + MAP)
    tile = phone.locator('.gridmap a[href="#grid-NH-W10"]')
    assert tile.get_attribute("aria-label") == "南花园第2微网格，2、3号楼，144户，微网格长 3 名"
    box = tile.locator("rect").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    tile.click()
    row = phone.locator("#grid-NH-W10")
    assert row.evaluate("e => e.matches(':target')")
    row.get_by_role("link").click()
    phone.wait_for_url("**/nanhua/finder/#NH-L202")
    assert shown(phone) == ["南花园2号楼"]


def test_the_map_is_walked_by_keyboard_and_seen_where_one_is(desk: Page, home: str) -> None:
    desk.goto(home + MAP)
    first = desk.locator(".gridmap a").first
    first.focus()
    desk.keyboard.press("Tab")
    at = "document.activeElement.getAttribute('href')"
    assert desk.evaluate(at) == "#grid-NH-W01"
    stroke = desk.evaluate("getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth")
    assert stroke == "4px"
    desk.keyboard.press("Enter")
    assert desk.url.endswith("#grid-NH-W01")
    links = desk.locator(".gridmap").get_by_role("link")
    assert links.count() == 38
    assert desk.locator('.gridmap svg[role="group"]').count() == 6
    assert desk.get_by_role("group", name="嘉木花园").count() == 1


def test_without_a_script_the_map_leads_the_same_way(plain: Page, home: str) -> None:
    plain.goto(home + MAP)
    plain.locator('.gridmap a[href="#grid-NH-G6"]').click()
    assert plain.locator("#grid-NH-G6").evaluate("e => e.matches(':target')")
