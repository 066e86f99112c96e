"""A link to something that is folded away must not lead to nothing on a phone whose browser opens no folds by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from generator import cli
from tests.rows import COMMUNITY, base_folder

FILES = {
    "needs": "编号,需求,类别,提出的组织,小区,议题,提出日期,不再需要的日期,说明\nXY-XQ1,打球的地方,文化活动,XY-U3,,,2026-01-01,,\n",
    "projects": "编号,项目,需求,资源,承办组织,列入日期,完成期限,办成日期,办理情况\n"
    "XY-XM1,周末开放操场,XY-XQ1,,XY-U3,2026-01-02,2026-03-01,2026-02-01,两人看门。\n",
}


@pytest.fixture(scope="module")
def site(demo: Path, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("folds")
    records = base_folder(demo, folder / "records")
    for name, text in FILES.items():
        (records / COMMUNITY / f"{name}.csv").write_text(text, "utf-8")
    assert cli.main(["build", "--records", str(records), "--out", str(folder / "public"), "--quiet"]) == 0
    return serve(folder / "public")


def test_a_place_that_is_gone_to_is_unfolded_by_the_page_itself(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    page.goto(f"{site}{COMMUNITY}/alliance/")
    assert not page.locator("#project-XY-XM1").is_visible()
    # the address alone, so that the browser, which may open folds by itself, does not
    page.evaluate("history.replaceState(null, '', '#project-XY-XM1'); dispatchEvent(new HashChangeEvent('hashchange'))")
    assert page.locator("#project-XY-XM1").is_visible()


def test_every_link_into_a_fold_shows_its_place(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    page.goto(f"{site}{COMMUNITY}/alliance/")
    page.get_by_role("link", name="周末开放操场").first.click()
    page.locator("#project-XY-XM1").wait_for(state="visible")
    page.goto("about:blank")
    page.goto(f"{site}{COMMUNITY}/alliance/#project-XY-XM1")
    page.locator("#project-XY-XM1").wait_for(state="visible")
