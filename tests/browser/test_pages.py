"""The pages as residents meet them: on a phone, on a desk, by keyboard, without a script, in large letters, later on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

PHONE, DESK = (360, 740), (1280, 900)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIXED = {
    "home": "",
    "publicity": "publicity/",
    "community": "fuqiang/",
    "matters": "fuqiang/matters/",
    "account": "accountability/",
    "account of a community": "nanhua/accountability/",
    "facet": "fuqiang/matters/state_filed/",
    "meetings": "fuqiang/meetings/",
    "resolutions": "fuqiang/resolutions/",
    "people": "fuqiang/people/",
    "notices": "fuqiang/notices/",
    "procedures": "procedures/",
    "procedure": "procedures/daibiao-huiyi/",
    "rule": "procedures/rule_yezhu-yiban/",
    "data": "data/",
    "guide": "guide/",
    "privacy": "privacy/",
    "site": "site/",
    "404": "404.html",
}
# Records of a kind: the first page under the pattern whose HTML has the mark.
FOUND = {
    "matter filed": ("*/matters/*/", 'class="lead"><span class="state state--filed"'),
    "matter posted": ("*/matters/*/", 'class="lead"><span class="state state--posted"'),
    "matter overdue": ("*/matters/*/", 'class="state state--overdue"'),
    "matter rejected": ("*/matters/*/", 'class="lead"><span class="state state--rejected"'),
    "matter withdrawn": ("*/matters/*/", 'class="lead"><span class="state state--withdrawn"'),
    "meeting": ("*/meetings/*/", 'class="ballot"'),
    "resolution": ("*/resolutions/*/", 'class="kept"'),
}


@pytest.fixture(scope="session")
def home(demo_site: Path, serve: Callable[[Path], str]) -> str:
    return serve(demo_site)


@pytest.fixture(scope="session")
def kinds(demo_site: Path) -> dict[str, str]:
    """Every kind of page by name, with the address of one."""
    return FIXED | {name: first_page(demo_site, pattern, mark) for name, (pattern, mark) in FOUND.items()}


def first_page(site: Path, pattern: str, mark: str) -> str:
    for file in sorted(site.glob(pattern + "index.html")):
        html = file.read_text(encoding="utf-8")
        if mark in html and '<p class="lead">' in html:
            return file.parent.relative_to(site).as_posix() + "/"
    raise LookupError(f"the demo has no page for {mark}")


class Watch:
    """What a page says to the console and asks of the network."""

    def __init__(self, page: Page) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(f"{page.url} {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"{page.url} {error}"))
        page.on("request", lambda request: self.asked.append(request.url))

    def strangers(self, home: str) -> list[str]:
        return [url for url in self.asked if urlsplit(url).netloc != urlsplit(home).netloc]


def sized(browser: Browser, size: tuple[int, int], **options: bool) -> BrowserContext:
    width, height = size
    return browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai", **options
    )


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with sized(browser, PHONE) as context:
        yield context.new_page()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    with sized(browser, DESK) as context:
        yield context.new_page()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A browser that runs no scripts."""
    with sized(browser, PHONE, java_script_enabled=False) as context:
        yield context.new_page()


def barriers(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)
    return [f"{page.url} {v['id']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]


def sideways(page: Page) -> int:
    """How far the page as a whole can be scrolled to the side, in pixels."""
    width: int = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    return width


def search(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.wait_for_function("document.activeElement.matches('.md-search__input')")
    page.keyboard.type(words)
    page.wait_for_selector(".md-search-result__item")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_shuts_anyone_out(
    browser: Browser, home: str, kinds: dict[str, str], axe_source: str, size: tuple[int, int]
) -> None:
    found: list[str] = []
    with sized(browser, size) as context:
        page = context.new_page()
        watch = Watch(page)
        for path in kinds.values():
            page.goto(home + path)
            found += barriers(page, axe_source)
            assert sideways(page) <= 0, page.url
    assert found == []
    assert watch.said == []
    assert watch.strangers(home) == []


def test_the_narrowest_phone_in_large_letters_scrolls_down_only(
    browser: Browser, home: str, kinds: dict[str, str]
) -> None:
    with sized(browser, (320, 640)) as context:
        page = context.new_page()
        context.add_init_script("localStorage.setItem('bugu-big', 'yes')")
        wide = []
        for path in kinds.values():
            page.goto(home + path)
            wide += [page.url] * (sideways(page) > 0)
    assert wide == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_search_results_shut_no_one_out(browser: Browser, home: str, axe_source: str, size: tuple[int, int]) -> None:
    with sized(browser, size) as context:
        page = context.new_page()
        watch = Watch(page)
        page.goto(home)
        search(page, "停车难")
        assert barriers(page, axe_source) == []
        assert watch.said == []


@pytest.mark.parametrize("words", ["停车难", "加装电梯", "老槐树", "扰民"])
def test_search_finds_and_opens_by_keyboard_alone(desk: Page, home: str, words: str) -> None:
    desk.goto(home)
    search(desk, words)
    desk.keyboard.press("ArrowDown")
    desk.wait_for_function("document.activeElement.matches('.md-search-result__link')")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert words in desk.inner_text("main").replace("\n", "")


def test_the_drawer_opens_and_shuts_by_keyboard_and_shuts_no_one_out(phone: Page, home: str, axe_source: str) -> None:
    phone.goto(home)
    button = phone.get_by_role("button", name="目录")
    assert button.get_attribute("aria-expanded") == "false"
    assert not phone.locator(".md-sidebar--primary").is_visible()
    button.focus()
    phone.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert phone.evaluate("document.activeElement.closest('.md-sidebar--primary') !== null")
    fold = phone.get_by_role("checkbox", name="富强社区的栏目")
    people = phone.locator(".md-sidebar a", has_text="谁在服务").last
    assert not people.is_visible()
    fold.focus()
    phone.keyboard.press("Enter")
    assert people.is_visible()
    assert barriers(phone, axe_source) == []
    phone.keyboard.press("Escape")
    assert phone.evaluate("document.activeElement.getAttribute('aria-expanded')") == "false"


def test_a_record_shows_its_place_in_the_navigation(desk: Page, home: str, kinds: dict[str, str]) -> None:
    desk.goto(home + kinds["meeting"])
    here = desk.locator(".md-nav--primary [aria-current]")
    assert here.inner_text().strip() == "会议"
    assert here.is_visible()


def test_a_chart_s_letters_are_large_enough_on_the_narrowest_phone(browser: Browser, home: str) -> None:
    """Letters in a drawing shrink with it: as they are seen, none is under 12 px."""
    script = """() => [...document.querySelectorAll('.chart__picture text')].map(t =>
        parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)"""
    with sized(browser, (320, 640)) as context:
        page = context.new_page()
        for path in (FIXED["account"], FIXED["account of a community"]):
            page.goto(home + path)
            seen = page.evaluate(script)
            assert seen
            assert min(seen) >= 12
            outside = page.evaluate(
                """() => [...document.querySelectorAll('.chart__picture text')]
                    .filter(t => t.getBoundingClientRect().right > innerWidth).map(t => t.textContent)"""
            )
            assert outside == []


def test_every_chart_has_its_numbers_in_a_table_beneath(desk: Page, home: str) -> None:
    desk.goto(home + FIXED["account of a community"])
    followed = desk.evaluate(
        """() => [...document.querySelectorAll('figure.chart')].map(f => f.nextElementSibling.querySelector('table') !== null)"""
    )
    assert followed
    assert all(followed)


def rows(page: Page) -> int:
    return page.locator("#rows > .row:visible").count()


def test_the_filter_narrows_by_all_choices_together_and_its_address_can_be_sent(desk: Page, home: str) -> None:
    desk.goto(home + "fuqiang/matters/")
    everything = rows(desk)
    assert not desk.locator("#facets").is_visible()
    desk.get_by_label("状态").select_option("filed")
    filed = rows(desk)
    desk.get_by_label("类别").select_option("停车管理")
    both = desk.locator('#rows > .row[data-state="filed"][data-category="停车管理"]').count()
    assert 0 < rows(desk) == both < filed < everything
    assert desk.get_by_role("status").filter(has_text=f"符合的有 {both} 件").count() == 1

    sent = desk.url
    desk.goto(home)
    desk.goto(sent)
    assert rows(desk) == both
    assert desk.get_by_label("类别").input_value() == "停车管理"
    desk.get_by_label("状态").select_option("")
    desk.get_by_label("类别").select_option("")
    assert rows(desk) == everything
    assert urlsplit(desk.url).query == ""


def test_the_filter_says_when_nothing_fits(desk: Page, home: str) -> None:
    desk.goto(home + "fuqiang/matters/?state=withdrawn&category=停车管理")
    assert rows(desk) == 0
    assert "没有同时符合的议题" in desk.inner_text("#filter-count")


def test_a_choice_that_is_not_offered_is_no_choice(desk: Page, home: str) -> None:
    desk.goto(home + "fuqiang/matters/?state=nonsense")
    assert rows(desk) == desk.locator("#rows > .row").count()


def test_a_narrowed_page_can_be_narrowed_further(desk: Page, home: str) -> None:
    desk.goto(home + "fuqiang/matters/state_filed/")
    assert desk.get_by_label("状态").input_value() == "filed"
    with desk.expect_navigation():
        desk.get_by_label("类别").select_option("停车管理")
    assert urlsplit(desk.url).path == "/fuqiang/matters/"
    assert desk.get_by_label("状态").input_value() == "filed"
    assert 0 < rows(desk) == desk.locator('[data-state="filed"][data-category="停车管理"]').count()


def test_without_a_script_the_list_is_narrowed_by_plain_links(plain: Page, home: str) -> None:
    plain.goto(home + "fuqiang/matters/")
    assert not plain.locator("#filter").is_visible()
    link = plain.locator("#facets").get_by_text("停车管理")
    count = re.search(r"\d+", link.inner_text())
    assert count
    link.click()
    assert rows(plain) == int(count[0])
    assert plain.locator('#facets [aria-current="page"]').inner_text() == link.inner_text()


def test_without_a_script_the_dates_stand_and_nothing_is_dead(plain: Page, home: str) -> None:
    plain.goto(home + "publicity/")
    card = plain.locator(".card--posted").first
    assert re.search(r"\d{4}年\d+月\d+日 至 \d{4}年\d+月\d+日", card.inner_text())
    assert plain.locator(".left").first.inner_text().startswith(("还有", "今天"))
    assert not plain.get_by_role("button", name="大字").is_visible()


@pytest.fixture(scope="session")
def live_home(demo_site: Path, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The publicity page as a district of today has it: the same page, with no day on which it stands still."""
    folder = tmp_path_factory.mktemp("live")
    (folder / "assets").symlink_to(demo_site / "assets")
    (folder / "publicity").mkdir()
    html = (demo_site / "publicity" / "index.html").read_text(encoding="utf-8")
    html = re.sub(r'<meta name="?bugu-today"?[^>]*>', "", html)
    (folder / "publicity" / "index.html").write_text(html, encoding="utf-8")
    return serve(folder)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-06-17T12:00:00+08:00", "还有 5 天"),
        ("2026-06-21T23:59:00+08:00", "还有 1 天"),
        ("2026-06-22T00:01:00+08:00", "今天是最后一天"),
        ("2026-06-22T23:59:00+08:00", "今天是最后一天"),
        ("2026-06-23T00:01:00+08:00", "已于 2026年6月22日 结束"),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_days_left_are_the_neighbourhoods_wherever_the_reader_is(
    browser: Browser, live_home: str, now: str, words: str, zone: str
) -> None:
    with browser.new_context(timezone_id=zone) as context:
        page = context.new_page()
        page.clock.set_fixed_time(datetime.fromisoformat(now))
        page.goto(live_home + "publicity/")
        assert page.locator('.left[data-until="2026-06-22"]').first.inner_text() == words


def test_a_demonstration_stands_still(desk: Page, home: str) -> None:
    desk.clock.set_fixed_time(datetime.fromisoformat("2031-01-01T12:00:00+08:00"))
    desk.goto(home + "publicity/")
    assert desk.locator('.left[data-until="2026-06-22"]').first.inner_text() == "还有 5 天"


def size_of(page: Page, selector: str) -> float:
    size: str = page.locator(selector).first.evaluate("element => getComputedStyle(element).fontSize")
    return float(size.removesuffix("px"))


def test_letters_are_large_and_larger_when_asked_and_stay_so(phone: Page, home: str) -> None:
    phone.goto(home + "publicity/")
    button = phone.get_by_role("button", name="大字")
    assert button.get_attribute("aria-pressed") == "false"
    assert size_of(phone, "article p") >= 18
    button.focus()
    phone.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"

    phone.goto(home)
    assert button.get_attribute("aria-pressed") == "true"
    assert size_of(phone, "article p") >= 22
    assert size_of(phone, "h1") >= 30
    for target in (button, phone.locator(".doors a").first, phone.get_by_role("button", name="目录")):
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 60
    button.click()
    phone.goto(home)
    assert button.get_attribute("aria-pressed") == "false"


def test_large_letters_shut_no_one_out(phone: Page, home: str, kinds: dict[str, str], axe_source: str) -> None:
    phone.goto(home)
    phone.get_by_role("button", name="大字").click()
    for kind in ("home", "matters", "matter overdue", "people"):
        phone.goto(home + kinds[kind])
        assert barriers(phone, axe_source) == []


def test_links_and_buttons_are_large_enough_for_a_thumb(phone: Page, home: str, kinds: dict[str, str]) -> None:
    small = """() => Array.from(document.querySelectorAll(
        '.doors a, .papers a, .facets a, .crumbs a, .foot a, .data a, summary, select, button, .row h2 a'))
        .filter(element => !element.closest('.md-search'))
        .map(e => [e.outerHTML.slice(0, 120), e.getBoundingClientRect()])
        .filter(([, box]) => box.width && box.height < 44)
        .map(([html]) => html)"""
    for path in kinds.values():
        phone.goto(home + path)
        assert phone.evaluate(small) == [], phone.url


def test_paper_has_the_words_and_not_the_site_around_them(desk: Page, home: str) -> None:
    desk.goto(home + "fuqiang/people/")
    desk.emulate_media(media="print")
    for selector in (".md-header", ".md-sidebar--primary", ".md-footer", ".crumbs"):
        assert not desk.locator(selector).first.is_visible()
    desk.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert desk.locator("details:not([open])").count() == 0
    desk.evaluate("dispatchEvent(new Event('afterprint'))")
    assert desk.locator("details:not([open])").count() > 0


def test_an_unknown_address_is_answered_in_chinese(desk: Page, demo_site: Path) -> None:
    html = (demo_site / "404.html").read_text(encoding="utf-8")
    assert "没有这一页" in html
    assert "Not found" not in html
