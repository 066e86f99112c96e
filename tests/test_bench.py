"""What the benchmark stands on: seeded records that check clean, and peers that are given the same words."""

from __future__ import annotations

import re
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from bench import crowd, facts, markdown, measure, peers, report, rivals, sample, syncs, volunteers
from generator import build, procedures, search
from generator.facts.publicity import Period
from generator.facts.whole import whole
from generator.pages import record_pages
from generator.sheets import discover
from generator.sheets.steps import Step
from generator.sync import Asked, Doors, Source, sync
from tests.sheets_server import serve
from tests.sheets_server.server import KEY

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
    for page in (p for p in found if not re.search("<(?:form|svg|textarea)", p.body)):  # Markdown has none of these
        html = drawn_by_markdown(markdown.of_html(page.body), extensions=["tables", "toc", "def_list"])
        assert words(html) == words(page.body), page.url
    assert {p.url.split("/")[1] for p in found} > {"matters", "meetings", "resolutions", "counts"}


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


# --- what a sync costs ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, root: Path) -> volunteers.Town:
    return volunteers.make(root / "records", tmp_path_factory.mktemp("town"), 3_000)


def synced(folder: Path, town: volunteers.Town, source: str, doors: Doors) -> Path:
    """A copy of the records with the community's sheets taken in without a word."""
    records = shutil.copytree(town.before, folder / "site" / "records")
    asked = Asked(records, (Source(volunteers.COMMUNITY, (source,)),), clock=DAY, today=DAY)
    outcome = sync(asked, doors, lambda *_: None, lambda: None)
    assert outcome.problems == []
    return records


def test_typed_sheets_have_so_many_rows_of_every_sheet_and_2_that_stay(town: volunteers.Town) -> None:
    assert town.rows == 3_000
    declared = {s.title: s for s in discover().values()}
    assert len(town.tabs) > 15
    assert {declared[title].id for title in town.tabs if declared[title].stays} == set(volunteers.STAY)
    assert all(len(lines) > 1 for lines in town.tabs.values())


def test_typed_sheets_come_in_as_the_records_that_they_were_typed_from(town: volunteers.Town, tmp_path: Path) -> None:
    """Every cell in whatever style it was typed; of names only that they are masked."""
    volunteers.workbook(town.tabs, tmp_path / "book.xlsx")
    doors = Doors(tmp_path / "site", tmp_path, {})
    came = build.check(synced(tmp_path, town, "book.xlsx", doors), DAY)
    wanted = build.check(town.after, DAY)
    assert [p.line() for p in came[1]] == [p.line() for p in wanted[1]] == []
    tables = [seen.records.tables[volunteers.COMMUNITY] for seen, _ in (came, wanted)]
    for sheet in tables[1]:
        names = set(discover()[sheet].masked)
        found, meant = ({i: {**r.as_dict(), **dict.fromkeys(names)} for i, r in t[sheet].items()} for t in tables)
        assert found == meant
    matters = tables[0]["matters"].values()
    assert any("*" in (m.raised_by or "") for m in matters)  # type: ignore[attr-defined]


def test_the_sheets_server_gives_the_same_as_the_workbook(town: volunteers.Town, tmp_path: Path) -> None:
    volunteers.workbook(town.tabs, tmp_path / "book.xlsx")
    by_file = synced(tmp_path / "file", town, str(tmp_path / "book.xlsx"), Doors(tmp_path / "site", tmp_path, {}))
    with serve(volunteers.spreadsheet(town.tabs)) as server:
        doors = Doors(tmp_path / "site", tmp_path, {"BUGU_GOOGLE_API_KEY": KEY}, google=server.base)
        by_google = synced(tmp_path / "google", town, f"google:{volunteers.KEY}", doors)
    assert tree(by_file) == tree(by_google)


def test_a_seed_types_the_same_sheets_and_another_types_others(demo: Path, tmp_path: Path) -> None:
    tabs = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        (tmp_path / name).mkdir()
        tabs.append(volunteers.make(demo, tmp_path / name, 1_800, seed).tabs)
    assert tabs[0] == tabs[1] != tabs[2]


@pytest.mark.parametrize("way", ["pandas", "read", "sync"])
def test_who_takes_in_fewer_rows_than_there_are_is_not_measured(way: str, town: volunteers.Town, tmp_path: Path, root: Path) -> None:
    """What reads less costs less: it is no measure of anything."""
    tabs = {**town.tabs, "议题台账": [*town.tabs["议题台账"][:-1], ["看不懂"]]}
    volunteers.workbook(tabs, tmp_path / "book.xlsx")
    shutil.copytree(town.before, tmp_path / "records")
    options = ["--rows", str(town.rows + (way == "pandas")), "--records", str(tmp_path / "records")]
    with pytest.raises(measure.Failed):
        measure.run([sys.executable, "-m", "bench.intake", way, str(tmp_path / "book.xlsx"), *options], root)


@pytest.mark.parametrize(("cpu", "verdict"), [(0.99, "(holds)"), (1.0, "(does not hold)")])
def test_a_sync_is_to_cost_less_than_pandas(cpu: float, verdict: str) -> None:
    costs = {syncs.PANDAS: measure.Cost(1, 1, 1), syncs.WHOLE.format(".xlsx"): measure.Cost(cpu, 9, 9)}
    assert verdict in syncs.table(costs, 50_000)


# --- what facts cost ---------------------------------------------------------------------------------------------------


def said(matters: int, demo: Path, seed: int = 1) -> list[tuple[object, ...]]:
    records = crowd.make(demo, matters, seed)
    return [
        (community, r.sheet.id, *r.as_dict().values())
        for community, of in records.tables.items()
        for rows in of.values()
        for r in rows.values()
    ]


@pytest.mark.parametrize("matters", [1, 90, 400])
def test_a_crowd_has_so_many_matters_and_each_has_a_case(demo: Path, matters: int) -> None:
    records, (ruled, _) = crowd.make(demo, matters), procedures.load(demo / "procedures")
    assert len(whole(records, ruled, DAY).cases.all()) == matters


def test_in_a_crowd_every_row_that_is_named_is_there(demo: Path) -> None:
    records = crowd.make(demo, 200)
    copied = crowd.copied()
    assert {"matters", "meetings", "steps", "votes", "resolutions", "items"} <= copied.keys()
    for of in records.tables.values():
        for sheet, names in copied.items():
            targets = {c.name: c.kind.target for c in discover()[sheet].references}
            for row in of.get(sheet, {}).values():
                named = {targets[n]: getattr(row, n) for n in names if getattr(row, n)}
                assert all(id in of[target] for target, id in named.items()), (row, named)


def test_a_seed_gives_the_same_crowd_and_another_gives_another(demo: Path) -> None:
    assert said(200, demo) == said(200, demo) != said(200, demo, seed=2)


def test_facts_and_pandas_find_the_same_and_say_what_it_cost(tmp_path: Path) -> None:
    found = facts.measure(tmp_path, 300, 1, lambda _: None)
    assert found["bugu"].found["matters"] == 300
    assert 0 < found["bugu"].found["solved"] < 300
    assert found["bugu"].found["overdue"] > 0
    assert all(f.cpu > 0 and f.memory >= f.rows > 0 for f in found.values())
    assert "(holds)" in (table := facts.table(found, 300)) or "(does not hold)" in table


def test_pandas_is_asked_about_every_publicity_and_vote(demo: Path) -> None:
    """So that it does not look fast for having less to do."""
    records, (ruled, _) = crowd.make(demo, 300), procedures.load(demo / "procedures")
    cases = whole(records, ruled, DAY).cases.all()
    given = rivals.frames(records, ruled, DAY)
    ends = rivals._ends(given.of["steps"], "posted", given.workdays)
    steps = [s for c in records.communities for s in records.rows(c.id, Step) if s.posted_on]
    periods = [Period(s.posted_on, s.posted_days, s.posted_kind) for s in steps]
    theirs = zip(ends["start"].dt.date, ends["end"].dt.date, strict=True)
    assert sorted((p.start, p.end) for p in periods) == sorted(theirs)
    assert len(rivals._carried(given)) >= sum(len(c.ballots) for c in cases) > 0


def test_who_finds_other_figures_is_not_measured() -> None:
    same = {"matters": 3, "solved": 2, "overdue": 1, "running": 1}
    facts.agree({"bugu": same, "pandas": {**same, "running": 2}})
    with pytest.raises(measure.Failed, match="overdue"):
        facts.agree({"bugu": same, "pandas": {**same, "overdue": 0}})


@pytest.mark.parametrize(("cpu", "verdict"), [(0.999, "(holds)"), (1.0, "(does not hold)")])
def test_facts_are_to_take_less_than_ten_seconds_for_100000_matters(cpu: float, verdict: str) -> None:
    ours = facts.Finding(cpu, 9, 1, 1, {})
    assert verdict in facts.table({"bugu": ours, "pandas": facts.Finding(1, 1, 1, 1, {})}, 10_000)
