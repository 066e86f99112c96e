"""What the benchmark stands on: seeded records that check clean, and peers that are given the same words."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import pytest

from bench import markdown, measure, peers, report, sample
from generator import build, search
from generator.pages import record_pages

DAY = date(2026, 6, 17)


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("matters", [0, 1, 40, 230])
def test_seeded_records_check_clean_and_have_so_many_matters(demo: Path, tmp_path: Path, matters: int) -> None:
    sample.write(demo, tmp_path / "records", matters)
    seen, problems = build.check(tmp_path / "records", DAY)
    assert [p.line() for p in problems] == []
    assert len(seen.cases.all()) == matters


def test_a_seed_gives_the_same_bytes_and_another_gives_others(demo: Path, tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        sample.write(demo, tmp_path / name, 30, seed)
    assert tree(tmp_path / "a") == tree(tmp_path / "b") != tree(tmp_path / "c")


def test_a_peer_is_given_the_same_words(root: Path, demo: Path, tmp_path: Path) -> None:
    """Whatever Markdown makes of a page's source reads as the page does."""
    from markdown import markdown as drawn_by_markdown

    def words(html: str) -> str:
        return re.sub(r"\s", "", search.text_of(html.replace(' data-search="skip"', "")))

    sample.write(demo, tmp_path / "records", 20)
    found = list(record_pages(peers.gather(root, tmp_path / "records").book))
    for page in (p for p in found if "<form" not in p.body):
        html = drawn_by_markdown(markdown.of_html(page.body), extensions=["tables", "toc", "def_list"])
        assert words(html) == words(page.body), page.url
    assert {p.folder.split("/")[1] for p in found} == {"matters", "meetings", "resolutions"}


def test_finished_html_is_handed_through(root: Path, demo: Path, tmp_path: Path) -> None:
    from markdown import markdown as drawn_by_markdown

    sample.write(demo, tmp_path / "records", 3)
    for page in record_pages(peers.gather(root, tmp_path / "records").book):
        source = peers.source(page, "html").split("---\n", 2)[2]
        assert drawn_by_markdown(source) == f"<div>\n{page.body}\n</div>"


def test_a_child_is_measured_by_the_system(tmp_path: Path) -> None:
    busy = "b = bytearray(64_000_000)\nwhile __import__('time').process_time() < 0.2: pass"
    cost = measure.run([sys.executable, "-c", busy], tmp_path)
    assert cost.cpu >= 0.2
    assert cost.memory >= 64_000_000


def test_a_childs_memory_is_its_own(tmp_path: Path) -> None:
    ours = bytearray(b"x" * 200_000_000)
    assert measure.run([sys.executable, "-c", "pass"], tmp_path).memory < len(ours) // 2


def test_a_child_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(measure.Failed, match="no such thing"):
        measure.run([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path)


def test_a_page_costs_what_it_adds() -> None:
    none, ten = measure.Cost(1.0, 1, 1), measure.Cost(1.5, 1, 1)
    assert measure.per_page(ten, none, 10) == pytest.approx(50)


def test_the_median_is_taken_of_each_figure() -> None:
    costs = [measure.Cost(3, 1, 5), measure.Cost(1, 9, 7), measure.Cost(2, 2, 6)]
    assert measure.middle(costs) == measure.Cost(2, 2, 6)


@pytest.mark.parametrize(("cpu", "verdict"), [(10.0, "10.0 (holds)"), (9.9, "9.9 (does not hold)")])
def test_an_aim_holds_from_its_figure_on(cpu: float, verdict: str) -> None:
    none, nothing = measure.Cost(0, 0, 0), measure.Written(0, 0, 0)
    ours = report.Row("Bugu", 1, measure.Cost(1, 0, 0), none, nothing)
    peer = report.Row("peer", 1, measure.Cost(cpu, 0, 0), none, nothing)
    assert verdict in report.ratios([(ours, "html", {"plain": peer, "search": peer})])
