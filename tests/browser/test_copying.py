"""The texts for the group chat: there to be marked without a script, copied by a button with one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator import cli
from tests.rows import COMMUNITY, base_folder

URL = f"{COMMUNITY}/four/"
FILES = {
    "merchants": "编号,名称,类别,地址,电话,协议起,协议止\nXY-SH1,枣园面馆,餐饮店,东门外,,2026-01-01,\n",
    "offers": "编号,商户,项目,积分,说明,开始日期,停止日期\nXY-DH1,XY-SH1,“大”碗面 & 小菜,20,,,\n",
}


@pytest.fixture(scope="module")
def site(demo: Path, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("copying")
    records = base_folder(demo, folder / "records")
    own = records / COMMUNITY
    for name, text in FILES.items():
        (own / f"{name}.csv").write_text(text, "utf-8")
    with (own / "mechanisms.csv").open("a", encoding="utf-8") as file:
        file.write("XY-JZ-four,四个一,,,,,,\n")
    assert cli.main(["build", "--records", str(records), "--out", str(folder / "public"), "--quiet"]) == 0
    return serve(folder / "public")


@pytest.fixture
def opened(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """The page with the text of the week unfolded."""
    contexts = []

    def at(*permissions: str, **more: object) -> Page:
        context = browser.new_context(locale="zh-CN", permissions=list(permissions), **more)
        contexts.append(context)
        page = context.new_page()
        page.goto(site + URL)
        page.locator("details.chat", has=page.locator("#chat-week")).locator("summary").click()
        return page

    yield at
    for context in contexts:
        context.close()


def text(page: Page) -> str:
    return page.locator("#chat-week").input_value()


def test_without_a_script_the_text_is_there_and_no_button_that_does_nothing(opened: Callable[..., Page]) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator("#chat-week").is_visible()
    assert page.locator("#chat-week").text_content()
    assert page.locator(".copy").count() > 0
    assert page.locator(".copy:visible").count() == 0


def test_the_button_copies_the_whole_text(opened: Callable[..., Page]) -> None:
    page = opened("clipboard-read", "clipboard-write")
    page.locator('[data-copies="chat-week"]').click()
    page.get_by_text("复制好了").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == text(page)
    assert copied.splitlines()[0].endswith("每周一兑换】2026年6月15日至2026年6月21日")
    assert "“大”碗面 & 小菜 20分" in copied


@pytest.mark.parametrize("works", [True, False])
def test_where_the_clipboard_is_refused_the_text_is_marked(opened: Callable[..., Page], works: bool) -> None:
    page = opened()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.evaluate(f"document.execCommand = () => {'true' if works else 'false'}")
    page.locator('[data-copies="chat-week"]').click()
    page.get_by_text("复制好了" if works else "没有复制成").wait_for()
    marked = page.evaluate("(t => t.value.slice(t.selectionStart, t.selectionEnd))(document.getElementById('chat-week'))")
    assert marked == text(page)
