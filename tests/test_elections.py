"""Elections as residents see them: the page of a community, the parts on a meeting's page, the marks on what waits."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator import build, pages
from generator.facts.whole import Whole
from generator.pages.book import Book
from generator.pages.community import elections
from generator.pages.record import meeting
from generator.sheets.elections import Election
from generator.sheets.meetings import Meeting
from generator.templating import environment
from tests.rows import COMMUNITY, base_folder

Made = Callable[..., Book]


def text(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


@pytest.fixture
def made(root: Path, demo: Path, tmp_path: Path) -> Made:
    """The base community with other elections and candidates; None leaves the base's own."""

    def make(elections: list[list[str]] | None = None, candidates: list[list[str]] | None = None) -> Book:
        folder = base_folder(demo, tmp_path / "records")
        if elections is not None:
            base = list(csv.reader((folder / COMMUNITY / "candidates.csv").read_text("utf-8").splitlines()))[1:]
            of = [line[1] for line in (base if candidates is None else candidates)]
            elections = [[*line[:9], str(of.count(line[0])), *line[9:]] for line in elections]
        for name, lines in (("elections", elections), ("candidates", candidates)):
            path = folder / COMMUNITY / f"{name}.csv"
            head = path.read_text("utf-8").splitlines()[0].split(",")
            if lines is not None:
                with path.open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file, lineterminator="\n").writerows([head, *lines])
        whole, _ = build.check(folder, date(2030, 1, 1))
        return Book(whole, environment(root / "templates"))

    return make


def held(id: str, on: str = "2026-04-18", rule: str = "juweihui-xuanju", of: str = "", meeting: str = "") -> list[str]:
    return [
        id, f"选举{id}", "居委会委员", meeting, "", "", "XY-C1", on, rule, "1", "160", "101", "1", "", "书面", of, "", "",
    ]  # fmt: skip


def stood(election: str, *votes: tuple[str, int, str]) -> list[list[str]]:
    return [
        [f"{election}-{n}", election, name, "否", "", str(got), said] for n, (name, got, said) in enumerate(votes, 1)
    ]


def page_of(book: Book) -> str:
    return elections(book, book.whole.records.communities[0]).body


def test_a_community_without_elections_has_no_such_page(made: Made) -> None:
    book = made([], [])
    assert f"{COMMUNITY}/elections/" not in {p.url for p in pages.record_pages(book)}


def test_the_page_shows_each_candidate_against_the_rule(made: Made) -> None:
    body = text(page_of(made()))
    assert "投票人101/160人，过半数✓达到，选举有效至少要81人" in body
    assert "马兰英62/101✓当选" in body
    assert "赵*38/101未当选" in body
    assert "选出1名，已选满" in body
    assert "当选要得票过半数投票的101人，至少要51票" in body


def test_what_was_cast_for_others_stands_beside_what_was_cast(made: Made) -> None:
    row = held("E1")
    row[13] = "12"
    body = text(page_of(made([row], stood("E1", ("马*英", 62, "当选")))))
    assert "投了票101人投票的里面，委托别人投的12没有投票59人" in body


def test_first_and_second_ballot_lead_to_each_other(made: Made) -> None:
    rows = [held("E1"), held("E2", "2026-04-25", "juweihui-lingxuan", "E1")]
    names = [
        *stood("E1", ("马*英", 50, "未当选"), ("赵*", 50, "未当选")),
        *stood("E2", ("赵*", 60, "当选"), ("马*英", 40, "未当选")),
    ]
    book = made(rows, names)
    body = page_of(book)
    assert 'href="../../xiyuan/elections/#election-E2"' in body
    assert 'href="../../xiyuan/elections/#election-E1"' in body
    assert 'id="election-E1"' in body
    assert 'id="election-E2"' in body
    assert "还缺的1名已另行选举" in text(body)
    assert text(body).index("选举E2") < text(body).index("选举E1")  # the latest first


def test_two_candidates_who_are_called_the_same_are_told_apart_by_the_ballot_paper(made: Made) -> None:
    body = text(
        page_of(made([held("E1")], stood("E1", ("张*", 30, "未当选"), ("张*", 70, "当选"), ("李*", 0, "未当选"))))
    )
    assert body.index("张*（候选人2号）70/101") < body.index("张*（候选人1号）30/101") < body.index("李*0/101")


def test_what_was_announced_otherwise_is_shown_as_neither(made: Made) -> None:
    book = made(
        [held("E1"), held("E2")],
        [*stood("E1", ("马*英", 62, "未当选"), ("赵*", 38, "当选")), *stood("E2", ("马*英", 62, "当选"))],
    )
    body = text(page_of(book))
    assert "选举E1" not in body
    assert "赵*" not in body
    assert "有3行记录正在核对" in body  # the election and both of its candidates
    assert "选举E2" in body


def test_a_second_ballot_that_is_withheld_is_not_passed_over(made: Made) -> None:
    rows = [held("E1"), held("E2", "2026-04-25", "juweihui-lingxuan", "E1")]
    names = [
        *stood("E1", ("马*英", 50, "未当选"), ("赵*", 50, "未当选")),
        *stood("E2", ("赵*", 60, "未当选"), ("马*英", 40, "当选")),
    ]
    body = text(page_of(made(rows, names)))
    assert "另行选举的登记正在核对" in body
    assert "可以参加的是" not in body


def test_a_meeting_shows_the_elections_held_at_it(made: Made) -> None:
    book = made([held("E1", meeting="XY-M3")], stood("E1", ("马*英", 62, "当选")))
    community = book.whole.records.communities[0]
    row = book.whole.records.get(COMMUNITY, Meeting, "XY-M3")
    assert row is not None
    assert 'id="election-E1"' in meeting(book, row, community).body


def test_the_demonstration_s_second_ballots_were_needed(demo: Path) -> None:
    whole: Whole = build.check(demo, date(2030, 1, 1))[0]
    second = [e for c in whole.records.communities for e in whole.records.rows(c.id, Election) if e.runoff_of]
    assert len(second) >= 2
    for election in second:
        first = whole.records.get(election.community, Election, election.runoff_of)
        assert first is not None
        before, after = whole.poll(first), whole.poll(election)
        assert before is not None
        assert after is not None
        assert before.outcome.valid
        assert before.outcome.vacancies == election.seats
        assert {c.name for c in after.candidates} <= {c.name for c in before.runoff}
        assert not after.outcome.vacancies
