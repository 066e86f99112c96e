"""A record page bound into the shell is what the theme itself would have drawn, byte for byte."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from generator import build, pages
from generator.shell import BODY, DESCRIPTION, TITLE, Shell, mend, policy, secure, shell_url

NASTY = "“引号” \"双\" '单' <b>&amp; & {{ 7 * 7 }} ]]> bugushellbody 𠮷"
URL = shell_url("a/matters/")
DRAWN = f"<title>{TITLE} - 站</title><meta content={DESCRIPTION}><link href=/{URL}><h1>{TITLE}</h1>{BODY}</html>"


# --- a whole site, drawn both ways ---------------------------------------------------------------------------------


def draw_site(root: Path, records: Path, out: Path) -> Path:
    """Build the site of one community, without its notices."""
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(out))
    config.extra["bugu"] = {
        "records": records,
        "communities": ("nanhua",),
        "clock": date(2026, 6, 17),
        "notices": False,
    }
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    return out


@pytest.fixture(scope="module")
def records(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's records, one matter of which has the title that is hardest to print."""
    copy = shutil.copytree(root / "records", tmp_path_factory.mktemp("shell") / "records")
    path = copy / "nanhua" / "matters.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[1][rows[0].index("标题")] = NASTY
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return copy


def test_a_record_page_is_what_the_theme_would_have_drawn(root: Path, records: Path, tmp_path: Path) -> None:
    bound = draw_site(root, records, tmp_path / "bound")
    made: list[pages.Page] = []
    index = build.index

    def everything(gathered: build.Gathered) -> list[pages.Page]:
        made.extend(pages.record_pages(gathered.book))
        return [*index(gathered), *made]

    def nothing(*_: object) -> Iterable[tuple[str, bytes]]:
        return iter(())

    with pytest.MonkeyPatch.context() as instead:
        instead.setattr(build, "index", everything)
        instead.setattr(build, "files", nothing)
        drawn = draw_site(root, records, tmp_path / "drawn")

    kinds = {page.url.split("/")[1] for page in made}
    assert kinds > {"matters", "meetings", "resolutions", "counts", "whistles", "elections", "liubu", "rule_yishi"}
    assert any("/matters/state_" in page.url for page in made)
    assert any(page.title == NASTY for page in made)
    for page in made:
        path = Path(page.url) / "index.html"
        assert (bound / path).read_bytes() == (drawn / path).read_bytes(), page.url


# --- cutting and binding -------------------------------------------------------------------------------------------


def test_what_differs_is_put_in_its_place() -> None:
    page = Shell.cut(DRAWN, URL).bind("a/matters/x/", "题", "述", "<p>文</p>")
    assert page == "<title>题 - 站</title><meta content=述><link href=/a/matters/x/><h1>题</h1><p>文</p></html>"


@pytest.mark.parametrize("mark", [TITLE, DESCRIPTION, BODY])
def test_a_shell_without_one_of_its_marks_is_refused(mark: str) -> None:
    with pytest.raises(ValueError, match=mark):
        Shell.cut(DRAWN.replace(mark, ""), URL)


@given(st.text(), st.text(), st.text())
def test_title_and_description_are_text_and_nothing_is_bound_twice(title: str, description: str, body: str) -> None:
    marks = f"{TITLE}{DESCRIPTION}{BODY}{URL}"
    page = Shell.cut(DRAWN, URL).bind("a/matters/x/", f"<{title}{marks}", f'"{description}{marks}', body + marks)
    assert page.endswith(f"</h1>{body}{marks}</html>")
    head = page.removesuffix(f"{body}{marks}</html>")
    assert head.count("&lt;") >= 2
    assert '"' not in head
    assert head.count(BODY) == 3


# --- the policy ----------------------------------------------------------------------------------------------------

# The example and its hash stand in the Content Security Policy recommendation, level 3, §8.4.
SCRIPT = "alert('Hello, world.');"
HASH = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


def test_an_inline_script_is_allowed_by_its_hash() -> None:
    assert f"script-src 'self' {HASH};" in policy(f"<script>{SCRIPT}</script>")


def test_data_and_scripts_in_files_need_no_hash() -> None:
    html = '<script src="a.js"></script><script type="application/json">{}</script>'
    assert "script-src 'self';" in policy(html)


def test_the_same_script_is_named_once_and_others_too() -> None:
    found = policy(f"<script>{SCRIPT}</script><script>1</script><script id=x>{SCRIPT}</script>")
    assert found.count(HASH) == 1
    assert found.count("sha256-") == 2


@pytest.mark.parametrize("live", [True, False])
def test_nothing_is_loaded_from_elsewhere_and_only_the_preview_is_lax(live: bool) -> None:
    found = policy(f"<script>{SCRIPT}</script>", live=live)
    assert found.startswith("default-src 'none';")
    assert "http" not in found
    assert ("'unsafe-inline'" in found) is live
    assert ("sha256-" in found) is not live


def test_the_policy_comes_before_anything_it_rules() -> None:
    page = secure('<head><meta charset="utf-8"><link rel="stylesheet" href="a.css">')
    assert page.index("Content-Security-Policy") < page.index("<link")
    assert page.startswith('<head><meta charset="utf-8"><meta http-equiv=')


def test_a_page_without_a_place_for_its_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="charset"):
        secure("<head><title>x</title></head>")


def test_a_theme_that_draws_other_markup_is_noticed() -> None:
    with pytest.raises(ValueError, match="markup changed"):
        mend("<p>nothing of the theme</p>")
