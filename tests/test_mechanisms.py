"""Mechanisms: each declared whole, each at work in the demonstration, and ``docs/mechanisms.md`` says just what there is.

After a change that is meant: ``BUGU_WRITE_GOLDEN=1 make pytest ARGS=tests/test_mechanisms.py``; CI never writes it.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from generator import build, pages
from generator.checks import CHECKS, LAST
from generator.mechanism import Mechanism, declare
from generator.mechanisms import checks, discover
from generator.pages import rooms
from generator.sheets import discover as sheets
from generator.templating import words

FOUND = discover()
HEAD = """# Mechanisms

What the communities do beyond single matters: each mechanism is one declaration in `generator/mechanisms/`, from which come its
page, its place on the community's and the district's page, its papers for the board and its checks (CONTRIBUTING.md says how to
add one). This table is made from the code and the demonstration records, and `tests/test_mechanisms.py` fails when it is not
what they are, when a page or a paper that it names does not exist, or when a check is not asked.

"""
COLUMNS = ("Mechanism", "In the article", "Sheets", "Page", "Notices", "Checks")


@pytest.fixture(scope="module")
def gathered(root: Path) -> build.Gathered:
    return build.gather(
        build.Options(root, root / "records", root / "public", date(2030, 1, 1), site_url="https://b.example/")
    )


@pytest.fixture(scope="module")
def drawn(gathered: build.Gathered) -> dict[str, str]:
    book = gathered.book
    return {p.url: p.body for p in [*pages.index_pages(book), *pages.record_pages(book)]}


def _who(gathered: build.Gathered, mechanism: Mechanism) -> list[str]:
    return [c for c, found in gathered.book.rooms.items() if any(r.mechanism is mechanism for r in found)]


def _row(gathered: build.Gathered, m: Mechanism) -> str:
    titles = [f"{sheets()[s].title} `{s}`" for s in m.sheets]
    at = [f"`{c}/{m.url}`" for c in _who(gathered, m)]
    papers = [f"{words()['notice'][kind]} `{kind}`" for kind in m.papers]
    asked = [f"`{c.__name__}`" for c in m.checks]
    cells = (
        f"**{m.title}** `{m.id}`",
        m.article,
        "<br>".join(titles),
        "<br>".join(at),
        "<br>".join(papers) or f"none: {m.no_paper}",
        "<br>".join(asked) or f"none: {m.no_check}",
    )
    return "| " + " | ".join(cells) + " |"


def _document(gathered: build.Gathered) -> str:
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + " --- |" * len(COLUMNS)]
    lines += [_row(gathered, m) for m in FOUND.values()]
    return HEAD + "\n".join(lines) + "\n"


def test_the_document_is_what_there_is(gathered: build.Gathered, root: Path) -> None:
    path, text = root / "docs" / "mechanisms.md", _document(gathered)
    if os.environ.get("BUGU_WRITE_GOLDEN"):
        assert os.environ.get("CI") != "true", "CI compares it and never writes it"
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text
    rows = [line.strip("| \n").split(" | ") for line in text.splitlines() if line.startswith("| **")]
    assert len(rows) == len(FOUND)
    assert all(len(row) == len(COLUMNS) and all(cell.strip() for cell in row) for row in rows)


@pytest.mark.parametrize("id", FOUND)
def test_each_is_at_work_in_the_demonstration(id: str, gathered: build.Gathered, drawn: dict[str, str]) -> None:
    """Its page is there, with the place on it that it is said to be at, and is linked from its community's page."""
    mechanism = FOUND[id]
    at = _who(gathered, mechanism)
    assert at, f"{id}: no community of the demonstration has it"
    for community in at:
        url, _, place = f"{community}/{mechanism.url}".partition("#")
        assert url in drawn
        assert not place or f'id="{place}"' in drawn[url]
        assert f'href="../{community}/{mechanism.url}"' in drawn[f"{community}/"]


@pytest.mark.parametrize("id", FOUND)
def test_each_paper_that_it_names_is_made(id: str, gathered: build.Gathered) -> None:
    made = {n.kind for n in gathered.notices if n.community in _who(gathered, FOUND[id])}
    assert set(FOUND[id].papers) <= made


@pytest.mark.parametrize("id", FOUND)
def test_each_lives_on_sheets_that_there_are_and_says_so_in_plain_words(id: str) -> None:
    m = FOUND[id]
    assert set(m.sheets) <= set(sheets())
    assert not re.search("[A-Za-z{}<>]", m.title + m.about + m.theme), "for residents"
    assert m.about.endswith("。")


def test_every_check_of_a_mechanism_is_asked() -> None:
    asked = {*CHECKS, *LAST, *checks()}
    assert {c for m in FOUND.values() for c in m.checks} <= asked


def test_no_template_and_no_words_are_left_without_their_mechanism(root: Path) -> None:
    own = {m.id for m in FOUND.values() if not m.at}
    assert {p.stem for p in (root / "templates" / "pages" / "mechanisms").glob("*.html") if p.stem[0] != "_"} == own
    kinds = {k for m in FOUND.values() for k in m.papers} | {"roster"}
    assert set(words()["notice"]) == kinds


def test_papers_of_the_demonstration_are_each_there_once(gathered: build.Gathered) -> None:
    paths = [n.path for n in gathered.notices]
    assert len(paths) == len(set(paths))
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", n.name) for n in gathered.notices)


# --- the declaration ------------------------------------------------------------------------------------------------

WHOLE = {
    "id": "example",
    "title": "例子",
    "theme": "组织和队伍",
    "about": "一句话。",
    "article": "……",
    "sheets": ("matters",),
    "gather": lambda whole, community: 1,
    "no_paper": "不用",
    "no_check": "不用",
}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"theme": "别的"}, "theme"),
        ({"about": ""}, "about"),
        ({"sheets": ()}, "sheets"),
        ({"no_paper": ""}, "papers"),
        ({"papers": ("x",)}, "papers"),
        ({"boards": lambda shown, whole, community: ()}, "kinds"),
        ({"no_check": ""}, "checks"),
        ({"checks": (lambda given: iter(()),)}, "checks"),
    ],
)
def test_a_declaration_is_whole(change: dict[str, object], what: str) -> None:
    with pytest.raises(TypeError, match=what):
        Mechanism(**{**WHOLE, **change})  # type: ignore[arg-type]


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(TypeError, match="two mechanisms"):
        declare(Mechanism(**{**WHOLE, "title": FOUND["whistles"].title}))  # type: ignore[arg-type]
    assert "example" not in discover()


def test_a_community_s_own_headings_stand_in_its_own_order() -> None:
    class Said:
        def __init__(self, number: int | None, heading: str) -> None:
            self.number, self.heading, self.name, self.about = number, heading, "", ""

    m = Mechanism(**WHOLE)  # type: ignore[arg-type]
    some = [rooms.Room(m, "x", 1, Said(2, "微力量")), rooms.Room(m, "x", 1, Said(1, "微堡垒")), rooms.Room(m, "x", 1)]
    found = rooms.headed(sorted(some, key=rooms._place))
    assert list(found) == ["微堡垒", "微力量", "组织和队伍"]
