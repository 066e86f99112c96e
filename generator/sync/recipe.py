"""The sync, from top to bottom: sheets in, through the gate, checked, held against what stands, written in one step.

Nothing private is kept longer than it takes to make public rows of it, and nothing private is written anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from .. import checks, mechanisms, privacy, procedures, reading
from ..columns import ID
from ..marks import Removed
from ..privacy import CountTable
from ..problems import Place, Problem, in_order
from ..raw import Book
from ..records import Records, Withheld
from ..sheet import Sheet
from ..sheets import discover
from ..sources import SourceError
from ..sweeping import no_sweeping
from ..understand import Understood, understand
from . import cards, gate, private, recount, standing, tree, write
from .doors import PASSING, Doors, Source, called, open_book
from .entries import Rows
from .merge import Before, Gone, Merged, merge, still_standing
from .names import Names
from .outcome import DONE, FAILED, LISTED, STOPPED, Asked, Count, Ground, Outcome, Result
from .withdrawals import known, withdrawals

Tell = Callable[[str, int, int], None]
Bring = Callable[[Mapping[str, gate.Arrived]], Merged]


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
        changed = write.into_records(ground, results)
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
    listed = standing.rows(asked.records, sheets[LISTED], "")
    return Ground(asked, sheets, district, ruled, listed, asked.today or district.today or asked.clock)


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
    names = Names(understood)
    arrived, named = gate.arrived(understood, community, names)
    sheets, elsewhere = _sheets(community, arrived, ground)
    before = standing.before(community, ground, sheets)
    found = known(sheets.values(), before.tables, arrived, before.removed)
    back, unclear = withdrawals(understood, ground.sheets, found, before.removed, names, ground.today)
    arrived, differ = recount.recounted(
        community, understood, arrived, before.tables, ground.procedures, ground.today
    )
    understood, unsound = cards.sound(understood, before.tables, ground.today)

    def bring(these: Mapping[str, gate.Arrived]) -> Merged:
        return merge(
            community, these, before, sheets, back, names, ground.today, lambda *given: _judge(community, ground, *given)
        )

    merged = bring(arrived)
    stands = private.standing(ground.asked.records / community, ground.sheets, community)
    tables, uncounted, lost = private.counts(community, understood, merged, ground.sheets, stands, ground.today)
    problems = [*understood.problems, *named, *elsewhere, *unclear, *differ, *unsound, *merged.problems, *uncounted]
    result = Result(community, DONE, problems, [*merged.gone, *lost], editors=gate.editors(understood, ground.sheets))
    if any(g.much for g in result.gone) and not ground.asked.accept_removals:
        left = {s: gate.as_it_stands(old, sheets[s]) for s, old in still_standing(arrived, before, sheets, names).items()}
        result = _stopped(result, left, before, bring)
    else:
        result = _filled(result, merged, before, tables, lost)
    result.problems = _discreet(result.problems, names)
    return result


def _sheets(
    community: str, arrived: dict[str, gate.Arrived], ground: Ground
) -> tuple[dict[str, Sheet], list[Problem]]:
    """The sheets that the community may have a file of. Of the list of communities it has its own row, if it is there."""
    sheets = {s.id: s for s in ground.sheets.values() if s.per_community and not s.stays}
    listed = arrived.pop(LISTED, None)
    if listed is None:
        return sheets, []
    mine = tuple(s for s in listed.seen if s.id == community)
    if mine:  # otherwise the tab is there and not filled in: what stands stays
        sheets[LISTED], arrived[LISTED] = ground.sheets[LISTED], replace(listed, seen=mine)
    return sheets, [_elsewhere(s, community) for s in listed.seen if s.id not in (community, "")]


def _elsewhere(seen: gate.Seen, community: str) -> Problem:
    place = replace(seen.place, cell="", column="")
    return Problem("community-other", place, seen.id, {"community": community}, withholds=False)


def _stopped(result: Result, left: Mapping[str, gate.Arrived], before: Before, bring: Bring) -> Result:
    """A sync that waits for a person's word: what stands goes on standing, but for what may not. ``left``: that."""
    much = [g for g in result.gone if g.much]
    absent = {g.sheet.title for g in much if g.whole}  # its rows are missed everywhere: one cause, told once
    told = [p for p in result.problems if p.params.get("target") not in absent]
    merged = bring({s: replace(a, seen=(*a.seen, *gate.taken(before.tables[s], a))) for s, a in left.items()})
    already = {(h.sheet, h.id) for h in before.held}
    merged.held = [*before.held, *(h for h in merged.held if (h.sheet, h.id) not in already)]
    return _filled(replace(result, state=STOPPED, problems=told, gone=much), merged, before, [], [])


def _filled(
    result: Result, merged: Merged, before: Before, tables: list[CountTable], lost: list[Gone]
) -> Result:
    """The result with what is to be written. Of a community that was stopped: what may not go on standing, and no more."""
    community = result.community
    result.counts = _changes(merged, before)
    result.kept = sum(h.rows for h in merged.held if h.kept)
    result.withheld = sum(h.rows for h in merged.held if not h.kept)
    result.files = write.files(community, merged, before, tables, lost)
    result.rows = {f"{community}/{s}.csv": merged.rows(s) for s in merged.entries}
    result.listed = next(iter(merged.rows(LISTED)), None)
    result.held = [h for h in merged.held if h.sheet == LISTED]
    return result


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


def _judge(
    community: str, ground: Ground, tables: Mapping[str, Rows], withheld: tuple[Withheld, ...], removed: tuple[Removed, ...]
) -> tuple[Records, list[Problem]]:
    """The checks over a community's rows to be."""
    listed = {**ground.listed, **tables.get(LISTED, {})}
    own = {s: rows for s, rows in tables.items() if s != LISTED}
    records = Records(ground.district, {"": {LISTED: listed}, community: own}, withheld, (), removed)
    present = ground.district.today or ground.asked.clock
    return checks.check(records, ground.procedures, ground.today, mechanisms.checks(), present)


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
