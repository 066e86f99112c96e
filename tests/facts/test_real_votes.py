"""Published votes counted again: what is right on a vote of 15 residents is right on every vote of a country.

Swissvotes has every federal popular vote of Switzerland from 1848 to May 2019, for the country and for each canton. Each line
becomes a row of ``votes`` made by the gate, a tally, and a decision by a rule read from a file in ``real_votes/``: no other
road than that of the site's own votes, and no case apart. Where table and recount differ, the line stands below with
the publisher's own figures: slips in a published table are what these functions are to find. (A rule must ask for a share;
where the law asks for none, its file asks for the smallest that there is.)
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from generator.facts.decisions import Decision, Tally, adds_up, area_adds_up, decide, tally_of
from generator.facts.elections import elect
from generator.procedures import Procedures, load
from generator.sheets.candidates import Candidate
from generator.sheets.elections import Election
from generator.sheets.votes import Vote
from generator.templating import share
from tests.rows import row

HALVES = {"ow", "nw", "bs", "bl", "ar", "ai"}  # cantons that count for half of one
# Two answers on one ballot, an initiative and its counter-proposal: whoever left one open is in the valid ballots, in no answer.
DOUBLE = {
    f"{vote}.{half}"
    for vote in (82, 107, 126, 156, 174, 227, 232, 245, 255, 267, 270, 311, 339, 465, 489, 552)
    for half in (1, 2)
}


@dataclass(frozen=True)
class Line:
    """One published count, of a canton or (``canton`` empty) of the country; None where the table has no figure."""

    number: str
    canton: str
    on: date
    eligible: int | None
    cast: int | None
    blank: int | None
    invalid: int | None
    valid: int | None
    yes: int | None
    no: int | None
    verdict: int | None
    turnout: Decimal | None
    yes_share: Decimal | None

    @property
    def name(self) -> str:
        return f"{self.number} {self.canton}".strip()

    @property
    def whole(self) -> bool:
        """Whether it has all that a row of ``votes`` must have, and a result to compare with."""
        return None not in (self.eligible, self.cast, self.valid, self.yes, self.no, self.verdict)

    def vote(self, **other: Any) -> Vote:
        """The row: the valid ballots alone take part, as the law there has it (``stimmende.toml``)."""
        figures = {"called": self.eligible, "present": self.valid, "in_favour": self.yes, "against": self.no}
        return row(Vote, self.name, **{**figures, "abstained": 0, "rule": "stimmende", **other})

    @property
    def tally(self) -> Tally:
        return tally_of(self.vote())


@dataclass(frozen=True)
class Popular:
    """A popular vote: the country's line, those of the cantons, and what became of it."""

    country: Line
    cantons: tuple[Line, ...]
    cantons_for: Decimal | None
    cantons_against: Decimal | None
    by_cantons: int | None
    carried: int


def published(wheel: str, name: str) -> bytes:
    """A table out of a wheel that ``make test`` has fetched (``requirements-tables.txt``)."""
    found = sorted((Path(sys.prefix) / "tables").glob(wheel))
    assert found, f"{wheel} is not there: run make test"
    return zipfile.ZipFile(found[-1]).read(name)


def exact(cell: Any) -> Decimal | None:
    """A number as it is written; None for a cell that says there is none."""
    return Decimal(repr(cell)) if isinstance(cell, (int, float)) else None


def whole(cell: Any) -> int | None:
    number = exact(cell)
    assert number is None or number == int(number), cell
    return None if number is None else int(number)


def line(cells: dict[str, Any], canton: str) -> Line:
    names = ("berecht", "stimmen", "leer", "ungultig", "gultig", "ja", "nein", "annahme", "bet", "japroz")
    of_country = {"ja": "volkja", "nein": "volknein", "annahme": "volk", "japroz": "volkja-proz"}
    *counts, turnout, yes_share = (
        cells.get(f"{canton}-{n}") if canton else cells[of_country.get(n, n)] for n in names
    )
    on = cells["datum"]
    on = on if isinstance(on, date) else datetime.strptime(on, "%d.%m.%Y").date()
    return Line(f"{cells['anr']:g}", canton, on, *map(whole, counts), exact(turnout), exact(yes_share))


@pytest.fixture(scope="module")
def votes() -> list[Popular]:
    table = published("onegov*swissvotes-*.whl", "onegov/swissvotes/tests/fixtures/votes.xlsx")
    header, *rows = CalamineWorkbook.from_filelike(io.BytesIO(table)).get_sheet_by_name("DATA").to_python()
    cantons = [name[:2] for name in header if name[2:] == "-annahme"]
    found = []
    for cells in (dict(zip(header, cells, strict=True)) for cells in rows):
        lines = tuple(line(cells, canton) for canton in cantons)
        figures = exact(cells["kt-ja"]), exact(cells["kt-nein"]), whole(cells["stand"]), int(cells["annahme"])
        found.append(Popular(line(cells, ""), lines, *figures))
    return found


@pytest.fixture(scope="module")
def lines(votes: list[Popular]) -> list[Line]:
    """All published counts that are whole."""
    return [each for vote in votes for each in (vote.country, *vote.cantons) if each.whole]


@pytest.fixture(scope="module")
def rules() -> Procedures:
    found, problems = load(Path(__file__).parent / "real_votes")
    assert problems == []
    return found


def decided(votes: list[Line], rules: Procedures) -> Iterator[tuple[Line, Tally, Decision]]:
    for each in votes:
        rule = rules.rule("stimmende", each.on)
        assert rule
        yield each, each.tally, decide(each.tally, rule)


def test_the_table_is_the_one_that_is_meant(votes: list[Popular], lines: list[Line]) -> None:
    assert len(votes) == 644
    assert {len(v.cantons) for v in votes} == {26}
    assert Counter(bool(each.canton) for each in lines) == {True: 15_635, False: 620}
    missing = [each for v in votes for each in v.cantons if not each.whole]
    assert sum(each.yes is not None for each in missing) == 625  # before 1874 nobody wrote down how many might vote


def test_every_count_that_adds_up_comes_out_as_published(lines: list[Line], rules: Procedures) -> None:
    """One slip: of vote 611 (2017), 989 311 for and 1 428 162 against, the people's answer is typed as 2, neither 0 nor 1."""
    sound = [(each, decision) for each, tally, decision in decided(lines, rules) if adds_up(tally) == 0]
    assert Counter(bool(each.canton) for each, _ in sound) == {True: 14_881, False: 585}
    differ = {each.name: each.verdict for each, decision in sound if decision.passed != (each.verdict == 1)}
    assert differ == {}
    assert [each.name for each, _ in sound if each.verdict not in (0, 1)] == ["611"]


def test_a_real_vote_of_equal_sides_is_not_carried(lines: list[Line], rules: Procedures) -> None:
    """Schwyz, 1915: 1074 for, 1074 against."""
    ties = [(e, d) for e, tally, d in decided(lines, rules) if tally.in_favour == tally.against and adds_up(tally) == 0]
    assert [(e.name, e.yes, e.no, e.verdict, d.passed) for e, d in ties] == [("72 sz", 1074, 1074, 0, False)]


# Valid ballots less those for and against, as the table has them for the country.
VALID_MISSING = {"71": 1, "77": 2, "85": -10, "142": 1, "226": 3, "614": 1_100_000}


def test_counts_that_do_not_add_up_are_found(lines: list[Line]) -> None:
    """Of 614, rejected with 1 257 156 against, the table has 157 156: a figure lost. The others are off by some ballots."""
    off = {each.name: adds_up(each.tally) for each in lines if adds_up(each.tally)}
    assert {name: n for name, n in off.items() if name.split()[0] not in DOUBLE} == VALID_MISSING
    assert len([name for name in off if " " in name]) == 754
    assert all(n > 0 for name, n in off.items() if name.split()[0] in DOUBLE)


def test_a_lost_figure_does_not_carry_a_vote(votes: list[Popular], rules: Procedures) -> None:
    """Of 614 more for than against stand in the table, yet not half of the valid ballots are for: rejected, as it was."""
    (country,) = [v.country for v in votes if v.country.number == "614"]
    ((_, tally, decision),) = decided([country], rules)
    assert tally.in_favour > tally.against
    assert (decision.passed, country.verdict) == (False, 0)


# Half the valid ballots not reached, more for than against: the law of the time asked for the half, the table takes the more.
TAKEN_AS_MORE = """126.2 ne, 227.2 sz, 245.2 sh, 267.2 sz, 267.2 ow, 270.2 ow, 270.2 gl, 270.2 sh, 270.2 ar, 270.2 sg, 270.2 tg,
311.1 gr, 339.2 ur, 339.2 ow, 339.2 fr, 339.2 bs, 339.2 ai, 339.2 gr, 339.2 tg, 339.2 ti, 339.2 ju, 465.2 be, 489.2 zh,
489.2 be, 489.2 lu""".replace("\n", " ").split(", ")  # fmt: skip


def test_double_questions_differ_where_many_left_one_open(lines: list[Line], rules: Procedures) -> None:
    """Whole countries agree, and 729 of 754 cantons; of the other 25 each has more for than against and fewer than half."""
    open_ = [(e, t, d) for e, t, d in decided(lines, rules) if adds_up(t) and e.number in DOUBLE]
    differ = [(e, t) for e, t, d in open_ if d.passed != (e.verdict == 1)]
    assert [e.name for e, _ in differ] == TAKEN_AS_MORE
    assert all(t.against < t.in_favour <= t.present / 2 and e.verdict == 1 for e, t in differ)


# Votes cast, less blank, invalid, for and against, as the table has them for the country.
BALLOTS_MISSING = {
    "45": -143, "46": -94, "81": -760, "83": -971, "142": 1, "202": 482, "228": 850, "237": 6, "238": 4, "239": 2, "240": -2,
    "241": 2, "252": 1000, "272": 450, "279": -2700, "292": 166, "614": 1_100_000,
}  # fmt: skip


def test_every_ballot_of_the_country_is_accounted_for(votes: list[Popular]) -> None:
    """Blank ballots are abstentions: 607 votes with all seven figures, 17 of which do not add up but for double questions."""
    off = {}
    full = [v.country for v in votes if v.country.whole and None not in (v.country.blank, v.country.invalid)]
    for each in full:
        vote = each.vote(present=each.cast, abstained=each.blank, invalid=each.invalid)
        off[each.number] = adds_up(tally_of(vote))
    assert len(off) == 607
    assert {number: n for number, n in off.items() if n and number not in DOUBLE} == BALLOTS_MISSING
    assert {number for number, n in off.items() if n} - BALLOTS_MISSING.keys() <= DOUBLE


def test_whether_half_of_all_voted_is_as_published(lines: list[Line], rules: Procedures) -> None:
    rule = rules.rule("haelfte", date(2019, 5, 19))
    assert rule
    for each in lines:
        assert each.turnout is not None
        assert decide(tally_of(each.vote(present=each.cast)), rule).quorate == (each.turnout > 50), each.name


def cut(part: int, whole_: int) -> Decimal:
    return Decimal(share(part, whole_).removesuffix("%"))


def test_shares_are_the_published_ones_cut_to_a_tenth(lines: list[Line]) -> None:
    """Cantons: of those for and against. The country: of the valid ballots; the two questions of 552 are taken as cantons are."""
    differ = []
    for each in lines:
        assert each.yes is not None
        assert each.no is not None
        of = each.yes + each.no if each.canton else each.valid
        for said, ours in ((each.yes_share, cut(each.yes, of or 0)), (each.turnout, cut(each.cast or 0, each.eligible or 0))):
            assert said is not None
            if not ours <= said <= ours + Decimal("0.1"):
                differ.append((each.name, said, ours))
    assert differ == [("552.1", Decimal("52.914248"), Decimal("52.2")), ("552.2", Decimal("45.792209"), Decimal("44.4"))]


def test_cantons_for_and_against_are_those_that_were_counted(votes: list[Popular], rules: Procedures) -> None:
    """From the counts of 26 cantons to the votes of the cantons. Four slips of the table, which gives for and against as right."""
    differ, same = {}, 0
    for vote in votes:
        recount = list(decided([each for each in vote.cantons if each.whole], rules))
        if not recount or any(adds_up(tally) for _, tally, _ in recount):
            continue
        sides = Counter[bool]()
        for each, _, decision in recount:
            sides[decision.passed] += 1 if each.canton in HALVES else 2
        ours = (Fraction(sides[True], 2), Fraction(sides[False], 2))
        assert vote.cantons_for is not None
        assert vote.cantons_against is not None
        said = (Fraction(vote.cantons_for), Fraction(vote.cantons_against))
        same += ours == said
        if ours != said:
            differ[vote.country.number] = tuple(map(float, (*ours, *said)))
    assert same == 578
    assert differ == {
        "243": (4, 18, 5, 17),
        "513": (10, 13, 9.5, 13.5),
        "573": (20, 3, 19, 4),
        "615": (7.5, 15.5, 9.5, 13.5),
    }


def test_people_and_cantons_must_both_agree(votes: list[Popular], rules: Procedures) -> None:
    """The owners' double test, with cantons in halves for the area: 404 changes of the constitution.

    In 12 people and cantons went apart; in 1975 (246) 542 745 were for and 485 844 against, and 11 cantons each: not carried.
    """
    apart, level, seen = [], [], 0
    for vote in votes:
        if not vote.country.whole or vote.by_cantons not in (0, 1) or vote.cantons_for is None:
            continue
        sides = {"area_for": vote.cantons_for, "area_against": vote.cantons_against, "area_abstained": Decimal(0)}
        total = vote.cantons_for + (vote.cantons_against or 0)
        tally = tally_of(vote.country.vote(area_total=total, area_present=total, **sides))
        rule = rules.rule("volk-und-staende", vote.country.on)
        assert rule
        decision = decide(tally, rule)
        assert tally.areas
        assert area_adds_up(tally.areas) == 0
        tests = {t.key: t.passed for t in decision.tests}
        said = (vote.country.verdict == 1, vote.by_cantons == 1, vote.carried == 1)
        assert (tests["majority_heads"], tests["majority_area"], decision.passed) == said, vote.country.name
        seen += 1
        apart += [vote.country.number] if tests["majority_heads"] != tests["majority_area"] else []
        level += [vote.country.number] if vote.cantons_for == vote.cantons_against else []
    assert (seen, level) == (404, ["246"])
    assert apart == ["70", "174.1", "180", "223", "234", "246", "313", "410", "411", "491", "567", "596"]


# --- people ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def districts() -> dict[str, list[dict[str, str]]]:
    """The first votes for the Bundestag of 2025, by constituency."""
    table = published("interregnum-*.whl", "interregnum/tests/examples/de/de_bundestag_2025_first_vote.csv")
    found: dict[str, list[dict[str, str]]] = {}
    for each in csv.DictReader(io.StringIO(table.decode("utf-8"))):
        found.setdefault(each["district"], []).append(each)
    return found


def ballot(name: str, rows: list[dict[str, str]]) -> tuple[Election, list[Candidate]]:
    """The rows of a constituency. How many might vote is not in the table, and a rule of no quorum does not ask."""
    invalid = sum(int(r["votes"]) for r in rows if r["name"].startswith("?"))
    present = sum(int(r["votes"]) for r in rows)
    election = row(Election, name, seats=1, called=present, present=present, invalid=invalid, on=date(2025, 2, 23))
    named = [r for r in rows if not r["name"].startswith("?")]
    return election, [row(Candidate, r["name"], election=name, votes=int(r["votes"])) for r in named]


def test_who_has_most_votes_is_elected_as_published(districts: dict[str, list[dict[str, str]]], rules: Procedures) -> None:
    """299 constituencies; by party as Die Bundeswahlleiterin has announced it."""
    rule = rules.rule("erststimme", date(2025, 2, 23))
    assert rule
    elected = Counter[str]()
    for name, rows in districts.items():
        outcome = elect(*ballot(name, rows), rule)
        assert list(outcome.elected) == [r["name"] for r in rows if r["seats"] == "1"], name
        assert (outcome.vacancies, outcome.runoff, outcome.tied) == (0, (), ())
        elected.update(outcome.elected)
    assert elected == {"CDU": 143, "CSU": 47, "AfD": 46, "SPD": 45, "GRÜNE": 12, "Die Linke": 6}


def test_who_leads_has_not_won_where_more_than_half_is_asked_for(
    districts: dict[str, list[dict[str, str]]], rules: Procedures
) -> None:
    """The same ballots under a stricter rule: all 299 would vote again, with whoever leads first among the candidates."""
    rule = rules.rule("absolute", date(2025, 2, 23))
    assert rule
    for name, rows in districts.items():
        election, candidates = ballot(name, rows)
        outcome = elect(election, candidates, rule)
        assert (outcome.elected, outcome.vacancies) == ((), 1), name
        assert outcome.runoff[0] == max(candidates, key=lambda c: c.votes).id
        assert len(outcome.runoff) == len(candidates)


def test_an_invalid_ballot_counts_among_those_who_voted(
    districts: dict[str, list[dict[str, str]]], rules: Procedures
) -> None:
    """Bad Kissingen: 87 357 are more than half of 172 919 valid ballots, and not of the 180 527 that were cast."""
    rule = rules.rule("absolute", date(2025, 2, 23))
    assert rule
    election, candidates = ballot("Bad Kissingen", districts["Bad Kissingen"])
    best = elect(election, candidates, rule).standings[0]
    assert (best.id, best.votes, best.test.whole, best.elected) == ("CSU", 87_357, 180_527, False)
    assert best.votes * 2 > election.present - (election.invalid or 0) == 172_919


def test_the_votes_of_all_constituencies_are_those_of_the_country(districts: dict[str, list[dict[str, str]]]) -> None:
    """49 928 653 voted, 423 264 of them invalidly, as Die Bundeswahlleiterin has announced it."""
    ballots = [ballot(name, rows)[0] for name, rows in districts.items()]
    assert (sum(b.present for b in ballots), sum(b.invalid or 0 for b in ballots)) == (49_928_653, 423_264)
