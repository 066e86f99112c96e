"""Feeds: what happened, in order, the same on every build, and well formed for any reader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as Xml

import pytest

from generator.facts.events import events
from generator.facts.whole import Whole
from generator.feeds import feeds

from . import rows

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://bugu.example.org/"


@pytest.fixture
def whole(demo: Path, tmp_path: Path) -> Whole:
    return rows.base(demo, tmp_path / "records")


def _entries(data: bytes) -> list[Mapping[str, str]]:
    root = Xml.fromstring(data)
    return [
        {e.tag.removeprefix(ATOM): e.text or e.get("href", "") for e in entry} for entry in root.iter(f"{ATOM}entry")
    ]


def test_a_feed_a_community_and_one_for_all(whole: Whole) -> None:
    assert [name for name, _ in feeds(whole, SITE)] == ["feed.xml", "xiyuan/feed.xml"]


def test_what_a_feed_must_have(whole: Whole) -> None:
    """RFC 4287 §4.1: id, title, updated, an author, a link to itself; each entry its own id, and no two the same."""
    for name, data in feeds(whole, SITE):
        root = Xml.fromstring(data)
        assert all(root.find(ATOM + tag) is not None for tag in ("id", "title", "updated", "author"))
        assert {link.get("href") for link in root.findall(f"{ATOM}link")} >= {SITE + name}
        ids = [e["id"] for e in _entries(data)]
        assert ids
        assert len(set(ids)) == len(ids)


def test_entries_say_what_happened_the_latest_first(whole: Whole) -> None:
    found = _entries(dict(feeds(whole, SITE))["xiyuan/feed.xml"])
    assert [e["updated"] for e in found] == sorted((e["updated"] for e in found), reverse=True)
    assert "已解决：3号楼前消防通道被占" in [e["title"] for e in found]
    assert {urlsplit(e["link"]).path for e in found} == {f"/xiyuan/matters/XY-2026-00{n}/" for n in (1, 2, 3)}


def test_nothing_is_told_before_its_day(demo: Path, tmp_path: Path) -> None:
    whole = rows.base(demo, tmp_path / "records", date(2026, 3, 10))
    found = events(whole.cases.all(), whole.today)
    assert {(e.case.id, e.what) for e in found} == {("XY-2026-001", "raised")}


def test_the_state_is_the_one_that_the_page_says(whole: Whole) -> None:
    case = whole.cases.get("xiyuan", "XY-2026-003")
    assert case is not None
    assert [e.what for e in events([case], whole.today)] == [case.standing.state, "raised"]


def test_a_publicity_that_was_started_again_is_told_of_twice(demo: Path, tmp_path: Path) -> None:
    """What a reader was told before stays, and only the end that stands is given."""
    folder = rows.base_folder(demo, tmp_path / "records")
    table = "编号,议题,更正哪次公示,决议,更正日期,原文,更正为,更正原因,实质更正,因哪条异议\n"
    (folder / "xiyuan" / "corrections.csv").write_text(
        table + "XY-GZ1,XY-2026-002,方案公示,,2026-06-15,六盏,八盏,数错了。,是,\n", "utf-8"
    )
    from generator.build import check

    whole, problems = check(folder, date(2026, 6, 17))
    assert list(problems) == []
    told = [(e.on, e.until) for e in events([whole.cases.by_id["xiyuan", "XY-2026-002"]], whole.today) if e.what == "step"]
    assert told == [(date(2026, 6, 15), date(2026, 6, 22)), (date(2026, 6, 12), None)]
    entries = [e for e in _entries(dict(feeds(whole, SITE))["xiyuan/feed.xml"]) if "方案公示：院里" in e["title"]]
    assert len({e["id"] for e in entries}) == 2


def test_no_feed_without_an_address(whole: Whole) -> None:
    assert list(feeds(whole, "")) == []


def test_a_cell_is_text(demo: Path, tmp_path: Path) -> None:
    folder = rows.base_folder(demo, tmp_path / "records")
    path = folder / "xiyuan" / "matters.csv"
    path.write_text(path.read_text("utf-8").replace("院里添几盏路灯", "<b>灯&lt;</b>"), "utf-8")
    from generator.build import check

    whole, _ = check(folder, date(2030, 1, 1))
    assert any("<b>灯&lt;</b>" in e["title"] for e in _entries(dict(feeds(whole, SITE))["feed.xml"]))


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\U0001ffff", "\ufdd0"])
def test_what_is_no_character_breaks_no_feed(demo: Path, tmp_path: Path, sign: str) -> None:
    """XML has no place for U+FFFE (§2.2): one in a title would leave every reader without the feed."""
    folder = rows.base_folder(demo, tmp_path / "records")
    path = folder / "xiyuan" / "matters.csv"
    path.write_text(path.read_text("utf-8").replace("院里添几盏路灯", f"院里添{sign}几盏路灯"), "utf-8")
    from generator.build import check

    whole, _ = check(folder, date(2030, 1, 1))
    for _, data in feeds(whole, SITE):
        assert any("院里添几盏路灯" in e["title"] for e in _entries(data))
