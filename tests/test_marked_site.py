"""What residents read of rows that are held or were removed, and of sheets that stay with the volunteers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from mkdocs.config import load_config
from selectolax.lexbor import LexborHTMLParser as Parser
from selectolax.lexbor import LexborNode

from generator import build, counting, marks, mkdocs_hook, pages, templating
from generator.facts import private_counts
from generator.facts.mending import Mending
from generator.facts.whole import whole
from generator.marks import Removed
from generator.procedures import Procedures
from generator.records import District, Records
from generator.sheets import discover
from generator.sheets.grids import Grid
from tests.marked import COMMUNITY, GONE, OLDER, REASON, TITLE, marked_folder, marked_site
from tests.rows import row
from tests.test_site import broken_links, read_pages

TODAY = date(2026, 6, 17)


@pytest.fixture(scope="module")
def site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return marked_site(demo, tmp_path_factory.mktemp("marked"))


def page(site: Path, url: str) -> Parser:
    return Parser((site / url / "index.html").read_text("utf-8"))


def words(found: Parser | LexborNode, selector: str) -> list[str]:
    return [re.sub(r"\s+", " ", n.text()).strip() for n in found.css(selector)]


def notes(site: Path, url: str) -> list[str]:
    return words(page(site, url), ".mending")


# --- how many, and since when --------------------------------------------------------------------------------------


def test_the_community_says_how_many_rows_are_looked_into_and_since_when(site: Path) -> None:
    (own, said) = notes(site, f"{COMMUNITY}/")
    assert own.startswith("这个社区的介绍和电话的新内容正在核对。")
    assert said == (
        "南华社区有 3 行记录因为对不上或没填全，暂时没有公布，正在核对；另有 11 行改动正在核对，显示的是原来的内容。"
        "最早的从 2026年6月10日 开始核对。"
    )


def test_the_home_page_says_it_of_each_community_and_leads_there(site: Path) -> None:
    found = page(site, "")
    said = words(found, ".mending")
    assert said[0].startswith("南华社区有 3 行记录因为对不上或没填全，暂时没有公布，正在核对；另有 11 行改动正在核对")
    assert said[1] == "社区名单里有 1 行改动正在核对，显示的是原来的内容。从 2026年6月9日 开始核对。"
    assert found.css_first(".mending a").attributes["href"] == "./nanhua/#mending"


def test_the_list_names_rows_that_were_public_and_no_others(site: Path) -> None:
    html = page(site, f"{COMMUNITY}/")
    section = html.css_first("#mending").parent.text()
    assert OLDER in section
    assert "NH-M17" in section
    assert "NH-P014" not in section
    assert "NH-2026-099" not in section
    assert not [p for p in site.rglob("*") if p.is_file() and b"NH-2026-099" in p.read_bytes()]


@pytest.mark.parametrize(
    ("absent", "older", "undated", "said"),
    [
        (1, 0, 0, "东社区有 1 行记录因为对不上或没填全，暂时没有公布，正在核对。从 2026年6月10日 开始核对。"),
        (2, 0, 0, "东社区有 2 行记录因为对不上或没填全，暂时没有公布，正在核对。最早的从 2026年6月10日 开始核对。"),
        (0, 1, 0, "东社区有 1 行改动正在核对，显示的是原来的内容。从 2026年6月10日 开始核对。"),
        (
            2, 1, 1, "东社区有 2 行记录因为对不上或没填全，暂时没有公布，正在核对；另有 1 行改动正在核对，显示的是原来的内容。"
            "查得到日子的，最早的从 2026年6月10日 开始核对。",
        ),
        (2, 0, 2, "东社区有 2 行记录因为对不上或没填全，暂时没有公布，正在核对。"),
    ],
)  # fmt: skip
def test_the_sentence_fits_the_numbers(root: Path, absent: int, older: int, undated: int, said: str) -> None:
    since = date(2026, 6, 10) if undated < absent + older else None
    env = templating.environment(root / "templates")
    macro = env.get_template("parts/marks.html").module.mending  # type: ignore[attr-defined]
    drawn = macro("东社区", Mending(absent, older, since, undated))
    assert re.sub(r"<[^>]+>", "", str(drawn)) == said


# --- last good versions --------------------------------------------------------------------------------------------


def test_a_last_good_version_says_so_on_its_page_and_wherever_a_part_of_it_stands(site: Path) -> None:
    matter = notes(site, f"{COMMUNITY}/matters/{OLDER}/")
    assert matter[0] == "这件事的新内容正在核对。核对好之前，这里还是 2026年6月10日 以前公布的内容。"
    assert [n[:4] for n in matter[1:]] == ["这一步的", "这次表决", "这条决议"]
    meeting = notes(site, f"{COMMUNITY}/meetings/NH-M17/")
    assert [n[:4] for n in meeting] == ["这次会议", "这一项的", "这次表决"]
    assert [n[:4] for n in notes(site, f"{COMMUNITY}/resolutions/NH-R18/")] == ["这条决议", "这次表决"]
    assert notes(site, f"{COMMUNITY}/matters/NH-2026-003/") == []


@pytest.mark.parametrize(
    ("url", "times"),
    [("matters/", 1), ("meetings/", 1), ("resolutions/", 1), ("meetings/NH-M17/", 1), ("matters/category_1/", 0)],
)
def test_lists_say_it_in_few_words(site: Path, url: str, times: int) -> None:
    found = words(page(site, f"{COMMUNITY}/{url}"), "main .older")
    assert len([w for w in found if w.startswith("新内容正在核对，这是 2026年6月")]) == times


def test_figures_places_and_people_are_marked_where_they_stand(site: Path) -> None:
    found = page(site, f"{COMMUNITY}/")
    figure, compound = (n.parent.text() for n in found.css("th .older"))
    assert figure.startswith("网格")
    assert compound.startswith("嘉木花园")
    people = page(site, f"{COMMUNITY}/people/")
    assert any(n.parent.text().startswith("第一网格") for n in people.css("th .older"))
    assert people.css(".tree .older")
    assert len(people.css("details .older")) >= 2


def test_papers_of_a_last_good_version_are_printed_as_they_were_and_told_of_in_the_list(
    site: Path, demo_site: Path
) -> None:
    """A publicity hangs for its whole period; a slip in a sheet takes it down no more than it changes it."""
    name = f"{COMMUNITY}/notices/jueyi-NH-R18"
    assert (site / f"{name}.pdf").read_bytes() == (demo_site / f"{name}.pdf").read_bytes()
    assert (site / f"{name}.html").read_bytes() == (demo_site / f"{name}.html").read_bytes()
    found = page(site, f"{COMMUNITY}/notices/")
    papers = {n.css_first("a").attributes["href"].split("/")[-1]: n for n in found.css(".papers li")}
    assert papers["jueyi-NH-R18.html"].css_first(".older")
    assert papers["jiyao-NH-M17.html"].css_first(".older")
    assert papers["jiyao-NH-M16.html"].css_first(".older") is None
    assert any("不用摘" in n for n in words(found, ".mending"))


# --- what was removed ----------------------------------------------------------------------------------------------


def test_the_old_address_of_a_removed_record_says_what_happened_and_nothing_of_the_record(site: Path) -> None:
    found = page(site, f"{COMMUNITY}/matters/{GONE}/")
    assert words(found, "h1") == ["已撤下"]
    said = words(found, "main")[0]
    for part in (GONE, "2026年6月12日", REASON, "0951-5550131"):
        assert part in said
    assert TITLE not in found.html
    assert found.css_first('a[href$="nanhua/matters/"]')
    reasonless = words(page(site, f"{COMMUNITY}/resolutions/NH-R03/"), "main")[0]
    assert "社区没有写明原因" in reasonless


def test_search_engines_and_our_own_search_are_not_led_to_it(site: Path) -> None:
    url = f"{COMMUNITY}/matters/{GONE}/"
    assert page(site, url).css_first('head meta[name="robots"]').attributes["content"] == "noindex"
    assert url not in (site / "sitemap.xml").read_text("utf-8")
    for path in (site / "search").rglob("*"):
        if path.is_file():
            assert f'"{url}"'.encode() not in path.read_bytes()
    assert page(site, f"{COMMUNITY}/matters/{OLDER}/").css_first('meta[name="robots"]') is None


def test_nothing_of_the_removed_record_is_left_on_the_site(site: Path) -> None:
    assert not list((site / COMMUNITY / "notices").glob(f"*{GONE}*"))
    assert not list((site / COMMUNITY / "notices").glob("*NH-R03*"))
    assert not [p for p in site.rglob("*.html") if TITLE in unescape(p.read_text("utf-8"))]


def test_the_list_of_what_was_removed_tells_each_time_once_and_names_no_one(site: Path) -> None:
    found = page(site, f"{COMMUNITY}/removed/")
    assert words(found, ".row h2")[:2] == ["议题台账", "决议与落实"]
    assert REASON in words(found, ".row")[0]
    steps = next(n for n in words(found, ".row") if n.startswith("办理过程 7 条"))
    assert f"{GONE}-1、{GONE}-2" in steps
    assert "人员 1 条" in words(found, ".row h2")
    assert not [p for p in site.rglob("*.html") if "NH-P999" in p.read_text("utf-8")]
    assert page(site, f"{COMMUNITY}/").css_first('.doors a[href$="nanhua/removed/"]')


def test_a_community_that_was_removed_is_told_of_at_its_address(site: Path) -> None:
    said = words(page(site, "hongqi/"), "main")[0]
    assert "并入南华社区" in said
    assert "2026年6月3日" in said


def test_every_link_leads_somewhere(site: Path) -> None:
    found = read_pages(site)
    assert broken_links(site, found) == []
    for name, (_, links) in found.items():
        assert links.headings.count(1) == 1, name
        for before, after in zip(links.headings, links.headings[1:], strict=False):
            assert after <= before + 1, (name, links.headings)


def test_a_record_that_is_there_has_its_own_page_whatever_a_mark_says(root: Path, demo: Path, tmp_path: Path) -> None:
    folder = marked_folder(demo, tmp_path / "records")
    with (folder / COMMUNITY / "removed.csv").open("a", encoding="utf-8") as file:
        file.write(f"matters,{OLDER},2026-06-12,写错了\n")
    gathered = build.gather(options(root, folder))
    assert [p.code for p in gathered.problems] == ["mark-not-removed"]
    drawn = [p for p in pages.record_pages(gathered.book) if p.url == f"{COMMUNITY}/matters/{OLDER}/"]
    assert len(drawn) == 1
    assert drawn[0].listed


@pytest.mark.parametrize("reason", ["<script>alert(1)</script>", "{{ 7 * 7 }}", '"><img src=x onerror=alert(1)>', "[点](javascript:1)"])
def test_a_reason_is_text(root: Path, demo: Path, tmp_path: Path, reason: str) -> None:
    folder = marked_folder(demo, tmp_path / "records")
    (folder / COMMUNITY / marks.REMOVED).write_bytes(
        marks.write_removed([Removed(COMMUNITY, "matters", GONE, TODAY, reason)])
    )
    gathered = build.gather(options(root, folder))
    drawn = [p for p in pages.record_pages(gathered.book) if p.url.endswith((f"{GONE}/", "/removed/"))]
    assert len(drawn) == 2
    for found in drawn:
        parsed = Parser(found.body)
        assert reason in parsed.text()
        assert not parsed.css("script, img, [onerror]")


def options(root: Path, folder: Path) -> build.Options:
    config = load_config(str(root / "mkdocs.yml"))
    config.extra["bugu"] = {"records": folder, "communities": (COMMUNITY,), "notices": False}
    return mkdocs_hook.options(config)


# --- counts --------------------------------------------------------------------------------------------------------


def test_counts_are_tables_with_names_for_ids_and_headers_for_every_cell(demo: Path, site: Path) -> None:
    found = page(site, f"{COMMUNITY}/counts/")
    tables = {t.css_first("caption").text().split("，")[0]: t for t in found.css("table.data--counts")}
    sheets = discover()
    assert set(tables) == {sheets[p.stem].title for p in (demo / COMMUNITY).glob("*.csv") if sheets[p.stem].counts}
    assert {"四色台账", "走访"} <= set(tables)
    ledger = tables["四色台账"]
    assert words(ledger, "tbody th[scope=row]") == [*(f"第{n}网格" for n in "一二三四五六七八"), "合计"]
    assert words(ledger, "thead th[scope=col]") == ["网格", "红", "黄", "蓝", "橙", "合计"]
    assert words(ledger, "thead th[scope=colgroup]") == ["颜色"]
    assert {len(r.css("td")) for r in ledger.css("tbody tr")} == {5}
    assert "NH-G" not in found.css_first("main").html
    months = words(tables["走访"], "tbody th[scope=row]")
    assert (months[0], months[-1], len(months)) == ("2025年6月", "2026年5月", 12)
    assert "单位：次；2025年6月至2026年5月" in tables["走访"].css_first("caption").text()


def test_what_is_not_printed_is_explained_where_it_is_met(site: Path) -> None:
    found = page(site, f"{COMMUNITY}/counts/")
    said = words(found, "main")[0]
    assert "“少于10”：不到 10 户，也可能没有" in said
    assert "“不列”" in said
    assert "个人信息保护法" in said


def test_every_printed_count_is_the_file_s_own(demo: Path, site: Path) -> None:
    """Whatever way the table is turned, no number moves to another's place."""
    sheet = discover()["visits"]
    table, problems = counting.read((demo / COMMUNITY / "visits.csv").read_bytes(), sheet, COMMUNITY, "visits.csv")
    assert not problems
    assert table
    found = page(site, f"{COMMUNITY}/counts/").css_first('table[aria-labelledby="caption-visits"], :has(> #caption-visits)')
    grids = dict(zip(table.labels[0], words(found, "thead tr")[1].split(), strict=False))
    for tr in found.css("tbody tr"):
        year, month = re.findall(r"\d+", tr.css_first("th").text())
        cells = words(tr, "td")
        for n, grid in enumerate(grids):
            assert cells[n] == table.cells[grid, f"{year}-{int(month):02}"].shown


def test_a_sheet_counted_by_one_thing_is_one_column_of_numbers() -> None:
    """And a label that no row has any more stands for itself."""
    ledger = discover()["ledger"]
    assert ledger.counts
    one = replace(ledger, counts=replace(ledger.counts, by=("grid",)))
    rows = [{"grid": g} for g in ("G1",) * 20 + ("G9",) * 30]
    table = counting.count(one, COMMUNITY, rows, {"grids": ("G1", "G9")}, TODAY)
    grid = row(Grid, "G1", name="第一网格", level="网格", scope="东")
    records = Records(District("区"), {COMMUNITY: {"grids": {"G1": grid}}}, counts=(table,))
    seen = whole(records, Procedures((), ()), TODAY)
    with pytest.MonkeyPatch.context() as instead:
        instead.setattr(private_counts, "discover", lambda: {"ledger": one})
        (sums,) = private_counts.of_community(seen, COMMUNITY)
    assert (sums.across, sums.head) == ("", ("数量",))
    assert sums.rows == (("第一网格", ("20",)), ("G9", ("30",)), ("合计", ("50",)))


def test_a_table_from_which_a_hidden_number_can_be_worked_out_is_no_table(demo: Path, tmp_path: Path) -> None:
    folder = marked_folder(demo, tmp_path / "records")
    path = folder / COMMUNITY / "ledger.csv"
    text = path.read_text("utf-8")
    assert "少于10" in text
    path.write_text(text.replace("少于10", "3", 1), "utf-8")
    seen, problems = build.check(folder, TODAY)
    assert [p.code for p in problems if p.place.file.endswith("ledger.csv")] == ["count-small"]
    left = {t.sheet for t in seen.records.counts if t.community == COMMUNITY}
    assert "visits" in left
    assert "ledger" not in left
