"""The sync, from top to bottom: sheets in, through the gate, checked, held against what stands, written in one step.

Nothing private is kept longer than it takes to make public rows of it, and nothing private is written anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from .. import checks, counting, marks, output, privacy, procedures, reading, writing
from ..columns import ID
from ..marks import Held, Removed
from ..privacy import CountTable
from ..problems import Place, Problem, in_order
from ..procedures import Procedures
from ..raw import Book
from ..records import District, Records, Withheld
from ..sheet import PublicRow, Sheet
from ..sheets import discover
from ..sources import SourceError
from ..understand import Understood, understand
from . import gate, private, tree
from .doors import PASSING, Doors, Source, called, open_book
from .entries import Rows
from .merge import Before, Gone, Merged, merge, still_standing
from .names import Names
from .sweeping import no_sweeping
from .withdrawals import known, withdrawals

Tell = Callable[[str, int, int], None]
LISTED = "communities"
DONE, STOPPED, FAILED = "done", "stopped", "failed"


@dataclass(frozen=True)
class Asked:
    """What a sync is asked for. ``wait``: seconds for another sync to end.

    ``preview``: is shown the folder as it would be, and then nothing is written.
    """

    records: Path
    sources: tuple[Source, ...]
    clock: date
    today: date | None = None
    accept_removals: bool = False
    wait: float = 60.0
    preview: Callable[[Path], None] | None = None


@dataclass(frozen=True)
class Count:
    """The rows of a sheet that are new, changed, taken down, and those that stood and wait now."""

    sheet: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    waiting: tuple[str, ...] = ()


@dataclass
class Result:
    """What became of one community."""

    community: str
    state: str
    problems: list[Problem]
    gone: list[Gone] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    kept: int = 0
    withheld: int = 0
    editors: Mapping[str, str] = field(default_factory=dict)
    passing: bool = False
    files: dict[str, bytes | None] = field(default_factory=dict)
    rows: dict[str, list[PublicRow]] = field(default_factory=dict)
    listed: PublicRow | None = None
    held: list[Held] = field(default_factory=list)
    today: date = date.min
    known: tuple[str, ...] = ()


@dataclass
class Outcome:
    """What came of a sync. ``changed``: the files under ``records/`` that are others now (or would be)."""

    results: list[Result]
    changed: list[str]
    today: date

    @property
    def problems(self) -> list[Problem]:
        """All problems of all communities."""
        return [p for r in self.results for p in r.problems]


@dataclass(frozen=True)
class Ground:
    """What every community is judged by."""

    asked: Asked
    sheets: Mapping[str, Sheet]
    district: District
    procedures: Procedures
    listed: Rows
    today: date


def sync(asked: Asked, doors: Doors, tell: Tell, say_waiting: Callable[[], None]) -> Outcome:
    """Bring the sheets of all sources into ``records/``; one that fails never stops another.

    Raises :class:`tree.Busy`; ``FileNotFoundError`` when there is no such folder.
    """
    asked = replace(asked, records=asked.records.resolve())
    with tree.locked(asked.records, asked.wait, say_waiting):
        ground = _ground(asked)
        results = []
        for n, source in enumerate(asked.sources):
            tell("sync", n, len(asked.sources))
            results.append(_whatever(source, ground, doors))
        tell("sync", len(asked.sources), len(asked.sources))
        changed = _write(ground, results)
        return Outcome(results, changed, ground.today)


def examine(source: Source, books: list[Book], asked: Asked) -> Result:
    """The same for sheets already read, and nothing is written: what ``bugu check FILE.xlsx`` asks.

    Without a community in ``source`` it is the one that the sheets' own tab names, or the only one that there is; the
    result has none, and ``known`` the ids to choose from, where that is not sure.
    """
    ground = _ground(asked)
    understood = understand(_joined(books), ground.sheets)
    named = understood.tables.get(LISTED)
    ids = [row.values["id"] for row in named.rows] if named else list(ground.listed)
    community = source.community or (ids[0] if len(ids) == 1 else "")
    if not community:
        return Result("", FAILED, [], known=tuple(ground.listed))
    return replace(_brought(community, understood, ground), today=ground.today)


def _ground(asked: Asked) -> Ground:
    district, _ = reading.read_district(asked.records)
    ruled, _ = procedures.load(asked.records / "procedures")
    sheets = discover()
    listed = _rows(asked.records, sheets[LISTED], "")
    return Ground(asked, sheets, district, ruled, listed, asked.today or district.today or asked.clock)


def _rows(records: Path, sheet: Sheet, community: str) -> Rows:
    """The good rows of a file as it stands; none where there is no file."""
    path = records / community / f"{sheet.id}.csv"
    if not path.is_file():
        return {}
    name = "/".join(filter(None, (records.name, community, path.name)))
    return reading.read_table(path.read_bytes(), sheet, community, name)[0]


@no_sweeping()
def _whatever(source: Source, ground: Ground, doors: Doors) -> Result:
    """One community; whatever goes wrong with it is no other's concern. Its words may quote a cell: the kind is told."""
    try:
        return _community(source, ground, doors)
    except Exception as error:
        if doors.environ.get("BUGU_TRACEBACK"):
            raise
        problem = Problem("source-broken", Place(source.community), type(error).__name__)
        return Result(source.community, FAILED, [problem], passing=True)


def _community(source: Source, ground: Ground, doors: Doors) -> Result:
    """One community, from its sources to the files it will have; or why not."""
    if not ID.fullmatch(source.community) or source.community.lower() in (*checks.TAKEN, "procedures", "files"):
        return Result(source.community, FAILED, [Problem("source-community", found=source.community)])
    books, problems, passing = [], [], False
    for address in source.addresses:
        try:
            books.append(open_book(address, doors))
        except SourceError as error:
            problems.append(error.problem(called(address, doors)))
            passing = passing or error.code in PASSING
    if problems:
        return Result(source.community, FAILED, problems, passing=passing)
    return _brought(source.community, understand(_joined(books), ground.sheets), ground)


def _joined(books: list[Book]) -> Book:
    if len(books) == 1:
        return books[0]
    return Book("、".join(b.name for b in books), tuple(g for b in books for g in b.grids), tuple(p for b in books for p in b.remarks))


def _brought(community: str, understood: Understood, ground: Ground) -> Result:
    problems, names = list(understood.problems), Names(understood)
    arrived, named = gate.arrived(understood, community, names)
    problems += named
    sheets = {s.id: s for s in ground.sheets.values() if s.per_community and not s.stays}
    if LISTED in arrived:
        sheets[LISTED] = ground.sheets[LISTED]
        mine = tuple(s for s in arrived[LISTED].seen if s.id == community)
        problems += [_elsewhere(s, community) for s in arrived[LISTED].seen if s.id not in (community, "")]
        arrived[LISTED] = replace(arrived[LISTED], seen=mine)
        if not mine:  # the tab is there and not filled in: what stands stays
            del sheets[LISTED], arrived[LISTED]
    before = _before(community, ground, sheets)
    found = known(sheets.values(), before.tables, arrived, before.removed)
    back, unclear = withdrawals(understood, ground.sheets, found, before.removed, names, ground.today)
    problems += unclear

    def bring(these: Mapping[str, gate.Arrived]) -> Merged:
        return merge(
            community, these, before, sheets, back, names, ground.today, lambda *given: _judge(community, ground, *given)
        )

    merged = bring(arrived)
    problems += merged.problems
    stands = private.standing(ground.asked.records / community, ground.sheets, community)
    tables, said, lost = private.counts(community, understood, merged, ground.sheets, stands, ground.today)
    problems += said
    gone = [*merged.gone, *lost]
    editors = gate.editors(understood, ground.sheets)
    if any(g.much for g in gone) and not ground.asked.accept_removals:
        much = [g for g in gone if g.much]
        absent = {g.sheet.title for g in much if g.whole}  # its rows are missed everywhere: one cause, told once
        told = [p for p in problems if p.params.get("target") not in absent]
        result = Result(community, STOPPED, _discreet(told, names), much, editors=editors)
        standing = {s: gate.as_it_stands(old, sheets[s]) for s, old in still_standing(arrived, before, sheets, names).items()}
        merged = bring({s: replace(a, seen=(*a.seen, *gate.taken(before.tables[s], a))) for s, a in standing.items()})
        merged.held = [*before.held, *(h for h in merged.held if (h.sheet, h.id) not in {(b.sheet, b.id) for b in before.held})]
        return _filled(result, merged, before, [], [])
    result = Result(community, DONE, _discreet(problems, names), gone, editors=editors)
    return _filled(result, merged, before, tables, lost)


def _discreet(problems: list[Problem], names: Names) -> list[Problem]:
    """The problems in order, without a number or a name that stands in the title of a tab or the name of a file."""

    def safe(text: str) -> str:
        if name := names.within(text):
            text = text.replace(name, privacy.mask(name))
        return privacy.hide(text) if privacy.scan(text) else text

    return in_order(
        replace(
            p,
            place=replace(p.place, file=safe(p.place.file), sheet=safe(p.place.sheet)),
            params={k: safe(v) if isinstance(v, str) else v for k, v in p.params.items()},
        )
        for p in problems
    )


def _filled(
    result: Result, merged: Merged, before: Before, tables: list[CountTable], lost: list[Gone]
) -> Result:
    """The result with what is to be written. Of a community that was stopped: what may not go on standing, and no more."""
    community = result.community
    result.counts = _changes(merged, before)
    result.kept = sum(h.rows for h in merged.held if h.kept)
    result.withheld = sum(h.rows for h in merged.held if not h.kept)
    result.files = _files(community, merged, before, tables, lost)
    result.rows = {f"{community}/{s}.csv": merged.rows(s) for s in merged.entries}
    result.listed = next(iter(merged.rows(LISTED)), None)
    result.held = [h for h in merged.held if h.sheet == LISTED]
    return result


def _elsewhere(seen: gate.Seen, community: str) -> Problem:
    place = replace(seen.place, cell="", column="")
    return Problem("community-other", place, seen.id, {"community": community}, withholds=False)


def _before(community: str, ground: Ground, sheets: Mapping[str, Sheet]) -> Before:
    records = ground.asked.records
    tables = {s.id: _rows(records, s, community) for s in sheets.values() if s.per_community}
    if LISTED in sheets:
        tables[LISTED] = {i: r for i, r in ground.listed.items() if i == community}
    held = [*_marks(records, community), *(h for h in _marks(records, "") if h.id == community)]
    removed: list[Removed] = []
    path = records / community / "removed.csv"
    if path.is_file():
        removed = marks.read_removed(path.read_bytes(), community, f"{records.name}/{community}/removed.csv")[0]
    return Before(tables, tuple(held), tuple(removed))


def _marks(records: Path, community: str) -> list[Held]:
    path = records / community / "withheld.csv"
    if not path.is_file():
        return []
    return marks.read_held(path.read_bytes(), community, f"{records.name}/{community}/withheld.csv")[0]


def _judge(
    community: str, ground: Ground, tables: Mapping[str, Rows], withheld: tuple[Withheld, ...], removed: tuple[Removed, ...]
) -> tuple[Records, list[Problem]]:
    """The checks over a community's rows to be."""
    listed = {**ground.listed, **tables.get(LISTED, {})}
    own = {s: rows for s, rows in tables.items() if s != LISTED}
    records = Records(ground.district, {"": {LISTED: listed}, community: own}, withheld, (), removed)
    return checks.check(records, ground.procedures, ground.today)


def _changes(merged: Merged, before: Before) -> list[Count]:
    found = []
    for sheet, entries in merged.entries.items():
        old = before.tables.get(sheet, {})
        rows = {e.id: e.chosen for e in entries if e.chosen is not None}
        added = tuple(i for i in rows if i not in old)
        changed = tuple(i for i, r in rows.items() if i in old and not r.says_the_same(old[i]))
        down = {r.id for r in merged.removed if r.sheet == sheet}
        removed = tuple(i for i in old if i not in rows and i in down)
        waiting = tuple(i for i in old if i not in rows and i not in down)
        if added or changed or removed or waiting:
            found.append(Count(sheet, added, changed, removed, waiting))
    return found


def _files(
    community: str, merged: Merged, before: Before, tables: list[CountTable], lost: list[Gone]
) -> dict[str, bytes | None]:
    """A community's files as they are to be. A sheet that never had a row gets no file."""
    files: dict[str, bytes | None] = {}
    for sheet_id, entries in merged.entries.items():
        rows = merged.rows(sheet_id)
        if sheet_id != LISTED and (rows or before.tables.get(sheet_id)):
            sheet = rows[0].sheet if rows else entries[0].sheet if entries else discover()[sheet_id]
            files[f"{community}/{sheet_id}.csv"] = writing.table(sheet, rows)
    held = [h for h in merged.held if h.sheet != LISTED]
    files[f"{community}/withheld.csv"] = marks.write_held(held) if held else None
    files[f"{community}/removed.csv"] = marks.write_removed(merged.removed) if merged.removed else None
    for table in tables:
        files[f"{community}/{table.sheet}.csv"] = counting.write(table)
    for g in lost:
        files[f"{community}/{g.sheet.id}.csv"] = None
    return files


def _write(ground: Ground, results: list[Result]) -> list[str]:
    """Put everything in its place in one step; the names of the files that changed. Nothing changed: nothing touched."""
    files = {name: data for r in results for name, data in r.files.items()}
    listed = {**ground.listed, **{r.listed.id: r.listed for r in results if r.listed is not None}}
    if any(r.listed is not None for r in results):
        files[f"{LISTED}.csv"] = writing.table(ground.sheets[LISTED], listed.values())
    held = [h for h in _marks(ground.asked.records, "") if h.id not in {r.community for r in results if r.files}]
    held += [h for r in results for h in r.held]
    files["withheld.csv"] = marks.write_held(held) if held else None
    differ = tree.differing(ground.asked.records, files)
    if not differ:
        if ground.asked.preview:
            ground.asked.preview(ground.asked.records)
        return []
    with tree.aside(ground.asked.records, differ) as new:
        _read_back(new, results, differ, ground)
        if ground.asked.preview:
            ground.asked.preview(new)
        else:
            output.swap(new, ground.asked.records)
    return sorted(differ)


class Misread(Exception):
    """What was to be written does not read back as it was: our fault, and nothing is written."""


@no_sweeping()
def _read_back(new: Path, results: list[Result], differ: Collection[str], ground: Ground) -> None:
    """The last look before anything stands: every new file says exactly the rows it was made of, and nothing private."""
    for result in results:
        for name in (n for n in result.files if n in differ):
            community, _, file = name.rpartition("/")
            sheet = ground.sheets.get(file.removesuffix(".csv"))
            if sheet is None or sheet.stays or not (new / name).exists():
                continue
            data = (new / name).read_bytes()
            rows, withheld, _ = reading.read_table(data, sheet, community, file)
            same = data == result.files[name] and _alike(rows.values(), result.rows[name])
            if withheld or not (same or writing.table(sheet, rows.values()) == data):
                raise Misread(name)


def _alike(some: Collection[PublicRow], others: Collection[PublicRow]) -> bool:
    return len(some) == len(others) and all(map(PublicRow.says_the_same, some, others))

