"""The browser itself: found, launched, and speaking to nobody but the page's own host."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from .chromium import NONE_HERE, find, launch_arguments, why_none


def program(folder: Path, name: str, text: str = "#!/bin/sh\n") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / name
    made.write_text(text, encoding="utf-8")
    made.chmod(0o755)
    return made


def test_the_named_browser_comes_before_one_on_the_path(tmp_path: Path) -> None:
    program(tmp_path / "bin", "chromium")
    named = program(tmp_path / "mine", "my-chromium")
    assert find({"PATH": str(tmp_path / "bin"), "BUGU_CHROMIUM": str(named)}) == named


def test_a_named_browser_that_is_not_there_is_said_not_replaced(tmp_path: Path) -> None:
    program(tmp_path, "chromium")
    with pytest.raises(FileNotFoundError, match="BUGU_CHROMIUM=/nowhere/chromium"):
        find({"PATH": str(tmp_path), "BUGU_CHROMIUM": "/nowhere/chromium"})


def test_chrome_will_do(tmp_path: Path) -> None:
    chrome = program(tmp_path, "google-chrome")
    assert find({"PATH": str(tmp_path), "HOME": str(tmp_path)}) == chrome


def test_ubuntus_placeholder_is_no_browser(tmp_path: Path) -> None:
    program(tmp_path, "chromium-browser", "#!/bin/sh\necho run: snap install chromium\n")
    assert find({"PATH": str(tmp_path), "HOME": str(tmp_path)}) is None


def test_where_there_is_none_it_says_so_in_both_languages(tmp_path: Path) -> None:
    assert why_none({"PATH": str(tmp_path), "HOME": str(tmp_path)}) == NONE_HERE
    assert "没有找到浏览器" in NONE_HERE
    assert "no browser found" in NONE_HERE


def test_playwrights_own_browser_is_the_last_resort(tmp_path: Path) -> None:
    own = program(tmp_path / ".cache/ms-playwright/chromium-1200/chrome-linux", "chrome")
    assert find({"PATH": str(tmp_path), "HOME": str(tmp_path)}) == own


def test_only_root_goes_without_the_sandbox() -> None:
    assert "--no-sandbox" in launch_arguments(uid=0)
    assert "--no-sandbox" not in launch_arguments(uid=1000)


def test_a_page_is_shown_and_checked_for_barriers(
    context: BrowserContext, serve: Callable[[Path], str], axe_source: str, tmp_path: Path
) -> None:
    head = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>布谷</title>"
    picture_without_words = "<main><h1>公示</h1><img src='x.png'></main>"
    (tmp_path / "index.html").write_text(head + picture_without_words, encoding="utf-8")
    page = context.new_page()
    page.goto(serve(tmp_path))
    assert page.get_by_role("heading").inner_text() == "公示"
    page.evaluate(axe_source)
    found = page.evaluate("axe.run()")
    assert [violation["id"] for violation in found["violations"]] == ["image-alt"]


def test_chinese_is_drawn_not_boxed(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_content("<span style='font: 40px sans-serif'>布谷议事</span>")
    width = page.locator("span").evaluate("span => span.getBoundingClientRect().width")
    assert width == 4 * 40
