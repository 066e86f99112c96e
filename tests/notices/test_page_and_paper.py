"""The sheet of paper says what the page says, and a cell is text on both."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest
from jinja2 import Environment

from generator.notices import Notice, fragment, notices, page, typeset
from generator.problems import Problem
from generator.typeset import Typesetter, text_of

from .rows import MATTER, SITE, called, facts, figures, posted

RARE = "\U00020bb7"  # 𠮷, in no font at hand


def test_an_address_breaks_after_a_slash_only(root: Path, env: Environment, setter: Typesetter) -> None:
    site = "https://bugu.example.org/sites/open-to-all"
    matter = {**MATTER, "id": "DS-2026-007-12"}
    seen = facts(root, matters=[matter], items=[], votes=[], steps=[posted(matter=matter["id"])])
    notice = called(notices(seen, site), "gongshi-DS-1-5")
    assert "".join(notice.address_parts) == notice.address
    assert all(p.endswith("/") for p in notice.address_parts)
    html = fragment(notice, env)
    assert notice.address in text_of(html)
    pdf = typeset(notice, html, setter)
    assert isinstance(pdf, bytes)
    lines = [x for p in pypdf.PdfReader(io.BytesIO(pdf)).pages for x in p.extract_text().splitlines()]
    begun = next(n for n, x in enumerate(lines) if x.startswith("https://"))
    told: list[str] = []
    while "".join(told) != notice.address:
        told.append(lines[begun + len(told)].strip())
        assert notice.address.startswith("".join(told)), told
    assert len(told) > 1, "long enough to be broken"
    assert all(x.endswith("/") for x in told), told


NASTY = '<script>alert(1)</script> {{ 7*7 }} #panic("x") $a$ *b* `c` javascript:alert(1)'


def test_a_cell_is_text_on_the_page_and_on_paper(root: Path, env: Environment, setter: Typesetter) -> None:
    done = posted(note=NASTY, result="完成")
    seen = facts(root, matters=[{**MATTER, "title": NASTY, "body": NASTY}], steps=[done])
    notice = called(notices(seen, SITE), "gongshi-DS-1-5")
    html = fragment(notice, env)
    assert "<script" not in page(notice, env)
    assert text_of(html).count(NASTY) == 4  # title, opening, what residents said, what was done
    pdf = typeset(notice, html, setter)
    assert isinstance(pdf, bytes)
    assert re.sub(r"\s", "", NASTY) in on_paper(pdf)


def test_a_character_without_a_shape_is_a_problem_that_names_notice_and_character(
    root: Path, env: Environment, setter: Typesetter
) -> None:
    notice = called(
        notices(facts(root, steps=[posted(note=RARE + "先生同意。", result="完成")]), SITE), "gongshi-DS-1-5"
    )
    problem = typeset(notice, fragment(notice, env), setter)
    assert isinstance(problem, Problem)
    assert notice.title in problem.says
    assert f"{RARE}(U+20BB7)" in problem.says
    assert problem.place.file == "records/fu/steps.csv"
    assert not problem.withholds


def test_the_print_page_loads_nothing_but_its_style_and_icon(root: Path, env: Environment) -> None:
    notice = called(notices(facts(root), SITE), "jiyao-H1")
    html = page(notice, env, pdf=False)
    assert fragment(notice, env) in html
    assert re.findall(r'(?:src|href)="([^"]+)"', html) == [
        "../../assets/images/bugu.svg",
        "../../assets/stylesheets/notice.css",
        "../../fu/meetings/H1/",
        "../../fu/",
    ]
    assert 'href="jiyao-H1.pdf"' in page(notice, env)


def test_the_qr_code_is_of_the_address_that_stands_beside_it(root: Path, env: Environment) -> None:
    there, elsewhere = (
        fragment(called(notices(facts(root), site), "jiyao-H1"), env) for site in (SITE, "https://other.example")
    )
    assert "https://bugu.example/fu/meetings/H1/" in text_of(there)
    assert "https://other.example/fu/meetings/H1/" in text_of(elsewhere)
    drawn = [re.findall(r"<svg.*?</svg>", html)[0] for html in (there, elsewhere)]
    assert drawn[0] != drawn[1]


def on_paper(pdf: bytes, html: str = "") -> str:
    """The text of a PDF without blanks and page numbers, and without the head that a long table of it says again."""
    pages = [p.extract_text().strip() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    pages = [re.sub(r"\s", "", re.sub(r"—\s*\d+\s*—$", "", p)) for p in pages]
    heads = [re.sub(r"\s", "", text_of(head)) for head in re.findall(r"<thead>.*?</thead>", html, re.DOTALL)]
    words = re.sub(r"\s", "", text_of(html))
    for n, text in enumerate(pages[1:], 1):
        before, all_of_it = "".join(pages[:n]), "".join(pages)
        for head in heads:
            if text.startswith(head) and head in before and all_of_it.count(head) > words.count(head):
                pages[n] = text.removeprefix(head)
    return "".join(pages)


def compare(some: list[Notice], env: Environment, setter: Typesetter) -> None:
    for notice in some:
        html = fragment(notice, env)
        pdf = typeset(notice, html, setter)
        assert isinstance(pdf, bytes), notice.name
        words = re.sub(r"\s", "", text_of(html))
        assert len(figures(words)) >= 3  # the day that it is of
        assert figures(on_paper(pdf)) == figures(words), notice.name
        if notice.kind != "roster":  # long rosters repeat the heads of their tables
            assert on_paper(pdf, html) == words, notice.name


def test_paper_and_page_of_what_is_due_never_differ(
    demo_notices: list[Notice], env: Environment, setter: Typesetter
) -> None:
    first = {(n.community, n.kind): n for n in demo_notices}.values()
    due = [n for n in demo_notices if n.due]
    assert {n.kind for n in due} >= {"publicity", "resolution", "minutes", "correction"}
    compare([*due, *first], env, setter)


@pytest.mark.slow
def test_paper_and_page_of_the_whole_demo_never_differ(
    demo_notices: list[Notice], env: Environment, setter: Typesetter
) -> None:
    compare(demo_notices, env, setter)
