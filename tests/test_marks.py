"""Marks beside the rows: what was written is read back, anything else is told of, and the rows have the last word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import build, checks, marks, privacy, procedures
from generator.columns import ID
from generator.facts import gone, mending
from generator.marks import Held, Removed
from generator.problems import Place
from generator.reading import read
from generator.records import Records, Withheld
from generator.sheets.people import Person
from generator.sheets.resolutions import Resolution
from generator.sheets.steps import Step
from tests.rows import COMMUNITY, base_folder, records, row

HELD_FILE, REMOVED_FILE = "records/xiyuan/withheld.csv", "records/xiyuan/removed.csv"
DAY = date(2026, 6, 10)
DAYS = st.dates(date(1949, 1, 1), date(2100, 12, 31))
IDS = st.from_regex(ID, fullmatch=True)
SHEETS = st.sampled_from(["matters", "steps", "people", "votes"])
PUBLIC_IDS = IDS.filter(lambda id: not privacy.scan(id))
REFERS = st.dictionaries(st.just("matter"), PUBLIC_IDS)
KEPT = st.builds(Held, st.just(COMMUNITY), SHEETS, IDS, DAYS, st.just(True), st.integers(1, 999))
ABSENT = st.builds(
    Held, st.just(COMMUNITY), st.sampled_from(["steps", "votes"]), PUBLIC_IDS | st.just(""), DAYS, st.just(False),
    st.integers(1, 999), REFERS,
)  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Nd"]), max_size=30)
REMOVED = st.builds(Removed, st.just(COMMUNITY), SHEETS, IDS, DAYS, WORDS)


def held(*lines: str) -> tuple[list[Held], list[str]]:
    raw = "\n".join(["表,编号,自,保留,行数,关于", *lines]).encode()
    found, problems = marks.read_held(raw, COMMUNITY, HELD_FILE)
    return found, [p.code for p in problems]


def removed(*lines: str) -> tuple[list[Removed], list[str]]:
    raw = "\n".join(["表,编号,撤下日期,原因", *lines]).encode()
    found, problems = marks.read_removed(raw, COMMUNITY, REMOVED_FILE)
    return found, [p.code for p in problems]


# --- written and read ----------------------------------------------------------------------------------------------


@given(
    st.lists(KEPT | ABSENT, unique_by=lambda m: (m.sheet, m.id, "" if m.id else tuple(m.refers.items()))), st.randoms()
)
def test_held_marks_come_back_and_their_order_changes_no_byte(some: list[Held], random: object) -> None:
    raw = marks.write_held(some)
    back, problems = marks.read_held(raw, COMMUNITY, HELD_FILE)
    assert problems == []
    assert sorted(back, key=repr) == sorted(some, key=repr)
    random.shuffle(some)  # type: ignore[attr-defined]
    assert marks.write_held(some) == raw
    assert marks.write_held(back) == raw


@given(st.lists(REMOVED, unique_by=lambda m: (m.sheet, m.id)))
def test_removed_marks_come_back(some: list[Removed]) -> None:
    raw = marks.write_removed(some)
    back, problems = marks.read_removed(raw, COMMUNITY, REMOVED_FILE)
    assert problems == []
    assert {(m.sheet, m.id, m.on) for m in back} == {(m.sheet, m.id, m.on) for m in some}
    reasons = {(m.sheet, m.id): m.reason for m in back}
    assert all(reasons[m.sheet, m.id] == " ".join(m.reason.split()) for m in some)
    assert marks.write_removed(back) == raw


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: ("表,编号,自,保留,行数,关于\n" + t).encode("utf-8", "replace")))
def test_any_bytes_at_all_are_marks_or_problems_with_words(raw: bytes) -> None:
    for reader in (marks.read_held, marks.read_removed):
        _, problems = reader(raw, COMMUNITY, HELD_FILE)
        assert all(p.line() and not p.withholds for p in problems)


def test_several_rows_of_one_id_are_one_line() -> None:
    """Two rows that share an id; of rows without one those that are about the same."""
    some = [
        Held(COMMUNITY, "steps", "", date(2026, 6, 12), False, 1, {"matter": "M-1"}),
        Held(COMMUNITY, "steps", "", date(2026, 6, 11), False, 2, {"matter": "M-1"}),
        Held(COMMUNITY, "steps", "", date(2026, 6, 13), False, 1, {"matter": "M-2"}),
        Held(COMMUNITY, "steps", "", date(2026, 6, 14), False),
        Held(COMMUNITY, "votes", "V-1", date(2026, 6, 12), True),
        Held(COMMUNITY, "votes", "V-1", date(2026, 6, 14), False),
    ]
    lines = marks.write_held(some).decode().splitlines()
    assert lines == [
        "表,编号,自,保留,行数,关于",
        "steps,,2026-06-14,否,1,",
        "steps,,2026-06-11,否,3,议题:M-1",
        "steps,,2026-06-13,否,1,议题:M-2",
        "votes,V-1,2026-06-12,是,2,",
    ]


def test_two_rows_of_one_id_are_about_what_both_are_about() -> None:
    """Else the steps of the other matter would be judged as if none were missing."""
    some = [
        Held(COMMUNITY, "votes", "V-1", DAY, False, 1, {"matter": matter, "meeting": "T-1"}) for matter in ("M-1", "M-2")
    ]
    assert marks.write_held(some).decode().splitlines()[1:] == ["votes,V-1,2026-06-10,否,2,会议:T-1"]


@pytest.mark.parametrize("typed", ["13912345678", "11010519491231002X", "6222020200112230", "张三", "A_1"])
def test_what_was_typed_as_an_id_and_may_be_anything_is_not_written(typed: str) -> None:
    mark = Held(COMMUNITY, "steps", typed, DAY, False, 1, {"matter": typed})
    assert marks.write_held([mark]).decode().splitlines()[1:] == ["steps,,2026-06-10,否,1,"]


def test_a_row_that_was_removed_twice_is_removed_since_the_last_time() -> None:
    twice = [Removed(COMMUNITY, "votes", "V-1", date(2026, 6, d), r) for d, r in ((12, "后来"), (1, "先前"))]
    assert marks.write_removed(twice).decode().splitlines()[1:] == ["votes,V-1,2026-06-12,后来"]


# --- read strictly -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("matters,A-1,2026-06-10,是,1,,", "mark-line"),
        ("matters,A-1,2026-06-10,是,", "mark-line"),
        ("Matters,A-1,2026-06-10,是,1,", "mark-sheet"),
        ("ledger,A-1,2026-06-10,否,1,", "mark-sheet"),
        ("communities,xiyuan,2026-06-10,是,1,", "mark-sheet"),
        ("matters,../x,2026-06-10,是,1,", "mark-id"),
        ("matters,A_1,2026-06-10,是,1,", "mark-id"),
        ("matters,A-1,20260610,是,1,", "mark-day"),
        ("matters,A-1,2026-W01-1,是,1,", "mark-day"),
        ("matters,A-1,0001-01-01,是,1,", "mark-day"),
        ("matters,A-1,2026-06-10,yes,1,", "mark-kept"),
        ("matters,,2026-06-10,是,1,", "mark-kept"),
        ("matters,A-1,2026-06-10,否,-1,", "mark-rows"),
        ("matters,A-1,2026-06-10,否,１,", "mark-rows"),
        ("matters,13912345678,2026-06-10,否,1,", "mark-id"),
        ("matters,A-1,2026-06-10,否,1,张三", "mark-about"),
        ("matters,A-1,2026-06-10,否,1,议题:A-2", "mark-about"),
        ("matters,A-1,2026-06-10,否,1,责任人:13912345678", "mark-about"),
    ],
)
def test_a_line_that_is_no_mark_is_told_of_and_passed_over(line: str, code: str) -> None:
    found, codes = held(line, "votes,V-1,2026-06-10,否,1,")
    assert codes == [code]
    assert [m.id for m in found] == ["V-1"]


def test_of_two_lines_for_one_row_the_first_counts() -> None:
    found, codes = held("votes,V-1,2026-06-10,否,1,", "votes,V-1,2026-06-01,是,1,")
    assert (codes, [m.kept for m in found]) == (["mark-twice"], [False])
    gone_, codes = removed("votes,V-1,2026-06-10,甲", "votes,V-1,2026-06-11,乙")
    assert (codes, [m.reason for m in gone_]) == (["mark-twice"], ["甲"])


@pytest.mark.parametrize(
    "header",
    ["表,编号,自,保留,行数", "编号,表,自,保留,行数,关于", "表,编号,自,保留,行数,关于,备注", "", "matters,A-1,2026-06-10,是,1,"],
)
def test_a_file_with_another_header_is_not_read(header: str) -> None:
    found, problems = marks.read_held(f"{header}\nvotes,V-1,2026-06-10,否,1,\n".encode(), COMMUNITY, HELD_FILE)
    assert (found, [p.code for p in problems]) == ([], ["mark-header"])


def test_a_reason_that_may_not_be_shown_is_left_out_and_the_page_is_still_no_404() -> None:
    found, codes = removed(
        "matters,A-1,2026-06-10,张三 13912345678 要求",
        "matters,A-2,2026-06-10,写了3号楼2单元501室",
        "matters,A-3,2026-06-10,\ue000",
    )
    assert codes == ["mark-reason"] * 3
    assert [(m.id, m.reason) for m in found] == [("A-1", ""), ("A-2", ""), ("A-3", "")]


def test_a_problem_about_a_reason_does_not_say_what_is_private() -> None:
    raw = "表,编号,撤下日期,原因\nmatters,A-1,2026-06-10,13912345678\n".encode()
    _, problems = marks.read_removed(raw, COMMUNITY, REMOVED_FILE)
    assert "139123" not in problems[0].line()


# --- the rows have the last word -----------------------------------------------------------------------------------


def test_marks_that_the_rows_gainsay_are_told_of_and_nothing_untrue_is_kept() -> None:
    place = Place(HELD_FILE, "", 2)
    some = [
        Held(COMMUNITY, "matters", "THERE", DAY, True, 1, place),
        Held(COMMUNITY, "matters", "GONE", DAY, True, 1, place),
        Held(COMMUNITY, "steps", "THERE", DAY, False, 1, place),
    ]
    lost = [Removed(COMMUNITY, "matters", "THERE", DAY), Removed(COMMUNITY, "matters", "LOST", DAY)]
    standing = {(COMMUNITY, "matters", "THERE"), (COMMUNITY, "steps", "THERE")}
    kept, gone_, problems = marks.agree(some, lost, standing)
    assert [(m.sheet, m.id, m.kept) for m in kept] == [("matters", "THERE", True), ("matters", "GONE", False)]
    assert [m.id for m in gone_] == ["LOST"]
    assert [p.code for p in problems] == ["mark-row-missing", "mark-row-there", "mark-not-removed"]
    assert not any(p.withholds for p in problems)


def test_a_row_whose_id_cannot_be_made_out_may_be_the_one_that_is_kept() -> None:
    kept, _, problems = marks.agree([Held(COMMUNITY, "matters", "A", DAY, True)], [], {(COMMUNITY, "matters", "")})
    assert (problems, kept[0].kept) == ([], True)


def test_records_are_read_with_their_marks_and_checks_keep_them(demo: Path, tmp_path: Path) -> None:
    folder = base_folder(demo, tmp_path / "records")
    (folder / COMMUNITY / marks.HELD).write_bytes(marks.write_held([Held(COMMUNITY, "matters", "XY-2026-001", DAY, True)]))
    (folder / COMMUNITY / marks.REMOVED).write_bytes(marks.write_removed([Removed(COMMUNITY, "votes", "XY-V9", DAY, "重复")]))
    (folder / marks.HELD).write_bytes(marks.write_held([Held("", "communities", COMMUNITY, DAY, True)]))
    (folder / COMMUNITY / "files").mkdir()
    whole, problems = build.check(folder, date(2030, 1, 1))
    assert problems == []
    found = whole.records
    assert [m.id for m in found.held] == [COMMUNITY, "XY-2026-001"]
    assert [m.reason for m in found.removed] == ["重复"]
    assert found.held_of(COMMUNITY, "matters", "XY-2026-001") == Held(COMMUNITY, "matters", "XY-2026-001", DAY, True)
    assert found.held_of(COMMUNITY, "matters", "XY-2026-002") is None
    some = found.without(found.rows(COMMUNITY, Step))
    assert (some.held, some.removed, some.counts) == (found.held, found.removed, found.counts)
    assert whole.older(found.communities[0]) == found.held[0]


def test_marks_of_a_community_that_is_not_read_are_not_either(demo: Path, tmp_path: Path) -> None:
    folder = base_folder(demo, tmp_path / "records")
    (folder / "dongyuan").mkdir()
    for name in (COMMUNITY, "dongyuan"):
        (folder / name / marks.REMOVED).write_bytes(marks.write_removed([Removed(name, "votes", "V-9", DAY)]))
    assert [r.community for r in read(folder).records.removed] == [COMMUNITY]  # dongyuan is not listed
    assert [r.community for r in read(folder, ("dongyuan",)).records.removed] == []


def test_a_community_that_is_held_itself_is_no_folder_without_a_row(demo: Path, tmp_path: Path) -> None:
    folder = base_folder(demo, tmp_path / "records")
    (folder / "dongyuan").mkdir()
    assert [p.code for p in read(folder).problems] == ["community-unlisted"]
    (folder / marks.HELD).write_bytes(marks.write_held([Held("", "communities", "dongyuan", DAY, False)]))
    assert read(folder).problems == []


# --- checks know what is absent ------------------------------------------------------------------------------------

TODAY = date(2026, 6, 17)


def checked(demo: Path, folder: Path, *some: Held, gone: tuple[Removed, ...] = ()) -> tuple[Records, list[str]]:
    found = read(folder).records
    ruled, _ = procedures.load(demo / "procedures")
    with_marks = Records(found.district, found.tables, (), some, gone)
    kept, problems = checks.check(with_marks, ruled, TODAY)
    return kept, [p.code for p in problems]


def _without(folder: Path, sheet: str, id: str) -> None:
    path = folder / COMMUNITY / f"{sheet}.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    left = [line for line in lines if not line.startswith(f"{id},")]
    assert len(left) < len(lines)
    path.write_text("".join(left), "utf-8", newline="")


def test_a_held_step_does_not_take_the_steps_after_it_off_the_site(demo: Path, tmp_path: Path) -> None:
    folder = base_folder(demo, tmp_path / "records")
    _without(folder, "steps", "XY-2026-001-2")
    assert "step-out-of-order" in checked(demo, folder)[1]
    for id in ("XY-2026-001-2", ""):
        kept, codes = checked(demo, folder, Held(COMMUNITY, "steps", id, DAY, False))
        assert codes == []
        assert kept.get(COMMUNITY, Step, "XY-2026-001-3")


def test_what_needs_a_held_row_waits_without_being_blamed(demo: Path, tmp_path: Path) -> None:
    folder = base_folder(demo, tmp_path / "records")
    _without(folder, "votes", "XY-V1")
    assert checked(demo, folder)[1] == ["ref-unknown"]
    kept, codes = checked(demo, folder, Held(COMMUNITY, "votes", "XY-V1", DAY, False))
    assert codes == []
    assert kept.get(COMMUNITY, Resolution, "XY-R1") is None
    assert checked(demo, folder, Held(COMMUNITY, "votes", "XY-V8", DAY, False))[1] == ["ref-unknown"]


def test_a_removed_row_may_still_be_named_where_it_need_not_be_shown(demo: Path, tmp_path: Path) -> None:
    """Minutes stay as they were said; a step of a matter that is gone is told of."""
    folder = base_folder(demo, tmp_path / "records")
    _without(folder, "matters", "XY-2026-003")
    lost = Removed(COMMUNITY, "matters", "XY-2026-003", DAY)
    before = checked(demo, folder)[1]
    after = checked(demo, folder, gone=(lost,))[1]
    assert before.count("ref-unknown") == after.count("ref-unknown") + 1  # item XY-M2-1
    assert after.count("ref-unknown") == 5  # four steps and a vote


def test_a_held_row_counts_for_what_it_is_about(demo: Path, tmp_path: Path) -> None:
    """The page of a matter says how many of its rows are being checked; only its own order is not judged."""
    folder = base_folder(demo, tmp_path / "records")
    _without(folder, "steps", "XY-2026-001-2")
    other = Held(COMMUNITY, "steps", "", DAY, False, 3, {"matter": "XY-2026-002"})
    kept, codes = checked(demo, folder, other)
    assert "step-out-of-order" in codes
    assert kept.withheld_of(COMMUNITY, "steps", "matter", "XY-2026-002") == 3
    own = Held(COMMUNITY, "steps", "", DAY, False, 1, {"matter": "XY-2026-001"})
    assert checked(demo, folder, other, own)[1] == []


# --- what residents are told ---------------------------------------------------------------------------------------


def test_rows_that_are_held_are_counted_once_however_they_are_held() -> None:
    """A last good version that is itself withheld is a row that is not shown, and is no second one."""
    people = [row(Person, f"P{n}", name="马*", basis="不公开") for n in (1, 2)]
    given_ = records(people)
    some = (
        Held(COMMUNITY, "people", "P1", date(2026, 6, 12), True),
        Held(COMMUNITY, "people", "P3", date(2026, 6, 10), True),
        Held(COMMUNITY, "steps", "", date(2026, 6, 11), False, 3),
    )
    withheld = (
        Withheld(COMMUNITY, "people", "P3", Place()),
        Withheld(COMMUNITY, "people", "P4", Place()),
    )
    found = mending.of_community(Records(given_.district, given_.tables, withheld, some), COMMUNITY)
    assert found == mending.Mending(absent=5, older=1, since=date(2026, 6, 10), undated=1)
    assert not mending.of_community(given_, COMMUNITY)


def test_ids_are_listed_of_rows_that_were_public_and_never_of_people() -> None:
    given_ = records([row(Person, "P1", name="马*", basis="不公开"), row(Step, "S1", matter="M")])
    some = (
        Held(COMMUNITY, "people", "P1", DAY, True),
        Held(COMMUNITY, "steps", "S1", DAY, True),
        Held(COMMUNITY, "steps", "S2", DAY, False),
    )
    found = mending.by_sheet(Records(given_.district, given_.tables, (), some), COMMUNITY)
    assert {s.sheet: s.ids for s in found} == {"people": (), "steps": ("S1",)}
    assert {s.sheet: (s.mending.absent, s.mending.older) for s in found} == {"people": (0, 1), "steps": (1, 1)}


def test_rows_that_went_together_are_told_of_once_and_people_by_number_alone() -> None:
    lost = (
        *(Removed(COMMUNITY, "steps", f"S{n}", DAY, "重复") for n in (1, 2)),
        Removed(COMMUNITY, "matters", "M1", DAY, "重复"),
        Removed(COMMUNITY, "people", "P1", date(2026, 6, 11)),
        Removed("dongyuan", "steps", "S9", DAY),
    )
    found = gone.of_community(Records(records([]).district, {}, removed=lost), COMMUNITY, ("matters",))
    assert [(g.sheet, g.ids, g.rows) for g in found] == [("people", (), 1), ("matters", ("M1",), 1), ("steps", ("S1", "S2"), 2)]
