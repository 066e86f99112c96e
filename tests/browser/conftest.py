"""A browser for the tests of this folder, which all carry the marker ``browser``."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from pylopdf_fonts_zh_cn import sans_path

from .chromium import find, launch_arguments, why_none
from .serving import serve_folder

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser's program. Without one the tests are skipped; in CI, where that would hide them, they fail."""
    reason = why_none(os.environ)
    found = find(os.environ) if reason is None else None
    if found:
        return found
    refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    refuse(reason or "")


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """One headless Chromium for the whole run.

    Its home is its own, for the user's may be missing or read-only, and has the notices' fonts, for a fresh machine
    may have no Chinese ones and would draw, and measure, empty boxes.
    """
    with tempfile.TemporaryDirectory(prefix="bugu-chromium-") as home, sync_playwright() as playwright:
        (Path(home) / ".fonts").symlink_to(sans_path().parent)
        launched = playwright.chromium.launch(
            executable_path=chromium_path,
            args=launch_arguments(os.getuid()),
            env={**os.environ, "HOME": home},
        )
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile for one test: no cache, no storage left by another."""
    fresh = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    yield fresh
    fresh.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """``serve(folder)`` serves a folder on this machine until the run ends and returns its address, ``…/`` included."""
    with contextlib.ExitStack() as servers:
        yield lambda folder: servers.enter_context(serve_folder(folder))


@pytest.fixture(scope="session")
def axe_source() -> str:
    """axe-core as one script: ``page.evaluate(axe_source)``, then ``page.evaluate("axe.run()")``."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
