"""The lists that pages show: what runs, what is over, what was held and passed, in the order residents want."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ..sheets.communities import Community
from ..sheets.compounds import Compound
from ..sheets.elections import Election
from ..sheets.figures import Figure
from ..sheets.grids import Grid
from ..sheets.items import Item
from ..sheets.meetings import Meeting
from ..sheets.resolutions import Resolution
from ..sheets.steps import Step
from ..sheets.votes import Vote
from .ballots import Ballot, ballot
from .cases import Case, Posting, posting
from .counts import counted
from .elections import Poll
from .publicity import State
from .status import DONE, ENDS, REOPENS
from .whole import Whole

# A publicity, the matter that it belongs to (None for a resolution without one that is shown), and its community.
Triple = tuple[Posting, Case | None, Community]


def running(whole: Whole, communities: Iterable[Community]) -> list[Triple]:
    """The publicities that run today, the first to end first."""
    return sorted(_posted(whole, State.RUNNING, communities), key=_by_end)


def upcoming(whole: Whole) -> list[Triple]:
    """The publicities that are to begin, the first to begin first."""
    return sorted(_posted(whole, State.UPCOMING), key=lambda t: (t[0].period.start, _id(t)))


def undated(whole: Whole) -> list[Triple]:
    """The publicities that may be over or not: their end lies in a year whose holidays aren't known yet."""
    return sorted(_posted(whole, State.UNKNOWN), key=_by_end)


def objected(whole: Whole) -> list[Triple]:
    """The publicities whose days are over while an objection made in time has no answer, the longest waiting first."""
    return sorted(_posted(whole, State.OBJECTED), key=_by_end)


def ended(whole: Whole) -> list[Triple]:
    """The publicities that are over, with every objection made in time answered, the latest first."""
    return sorted(_posted(whole, State.OVER), key=_by_end, reverse=True)


def _posted(whole: Whole, where: State, communities: Iterable[Community] | None = None) -> list[Triple]:
    """The publicities that stand so, each once; of the whole district where no communities are named."""
    found: list[Triple] = []
    for c in whole.records.communities if communities is None else communities:
        found += [(p, case, c) for case in whole.cases.of(c.id) for p in case.posted if p.state is where]
        found += [(p, None, c) for p in _alone(whole, c.id) if p.state is where]
    return found


def _alone(whole: Whole, community: str) -> Iterator[Posting]:
    """The publicities of resolutions passed by today that have no matter, or none that is shown."""
    for row in whole.records.rows(community, Resolution):
        if row.passed_on <= whole.today and whole.cases.get(community, row.matter) is None:
            yield from postings_of(whole, row)


def _by_end(found: Triple) -> tuple[date, str]:
    return found[0].period.at_least_until, _id(found)


def _id(found: Triple) -> str:
    """The id of what residents know it by: the matter, else the resolution itself."""
    posting, case, _ = found
    return case.id if case else str(posting.row.id)


def compound_names(whole: Whole) -> dict[tuple[str, str], str]:
    """The names of all compounds, by community and id."""
    return {(c.id, x.id): x.name for c in whole.records.communities for x in whole.records.rows(c.id, Compound)}


def newest(cases: Iterable[Case]) -> list[Case]:
    """The last raised first."""
    return sorted(cases, key=lambda case: (case.matter.raised_on, case.id), reverse=True)


def meetings_held(whole: Whole, community: str) -> list[Meeting]:
    """The meetings held by today, the latest first."""
    held = [m for m in whole.records.rows(community, Meeting) if m.on <= whole.today]
    return sorted(held, key=lambda m: (m.on, m.id), reverse=True)


def passed(whole: Whole, community: str) -> list[Resolution]:
    """The resolutions passed by today, the latest first."""
    found = [r for r in whole.records.rows(community, Resolution) if r.passed_on <= whole.today]
    return sorted(found, key=lambda r: (r.passed_on, r.id), reverse=True)


def items_of(whole: Whole, meeting: Meeting) -> list[Item]:
    """The agenda of a meeting, in order."""
    return sorted(whole.records.by(meeting.community, Item, "meeting", meeting.id), key=lambda i: i.number)


def figures(whole: Whole, community: str) -> list[tuple[Figure, int | None]]:
    """The published figures, each with what the rows count where it can be counted."""
    found = whole.records.rows(community, Figure)
    return [(f, counted(whole.records, whole.procedures, f, whole.today)) for f in found]


def grids(whole: Whole, community: str) -> list[tuple[Grid, int]]:
    """The grids of a community, each with the number of micro-grids in it."""
    found = whole.records.by(community, Grid, "level", "网格")
    return [(g, len(whole.records.by(community, Grid, "parent", g.id))) for g in found]


def compounds(whole: Whole, community: str) -> tuple[Compound, ...]:
    """The compounds of a community, as the sheet has them."""
    return whole.records.rows(community, Compound)


def compound_of(whole: Whole, case: Case) -> Compound | None:
    """The compound that a matter is about, if one."""
    return whole.records.get(case.community, Compound, case.matter.compound)


def ballots_of(whole: Whole, meeting: Meeting) -> list[Ballot]:
    """The votes taken at a meeting."""
    votes = whole.records.by(meeting.community, Vote, "meeting", meeting.id)
    return [b for v in votes if (b := ballot(whole.records, whole.procedures, v, whole.today))]


def ballot_of(whole: Whole, resolution: Resolution) -> Ballot | None:
    """The vote a resolution came of, if it is published."""
    vote = whole.records.get(resolution.community, Vote, resolution.vote)
    return ballot(whole.records, whole.procedures, vote, whole.today) if vote else None


def elections_held(whole: Whole, community: str) -> list[Election]:
    """The elections held by today, the latest first."""
    held = [e for e in whole.records.rows(community, Election) if e.on <= whole.today]
    return sorted(held, key=lambda e: (e.on, e.id), reverse=True)


def waiting(whole: Whole, community: str, sheets: Iterable[str]) -> int:
    """How many rows of some sheets are not shown until they are mended."""
    records, among = whole.records, set(sheets)
    rows = [1 for w in records.withheld if w.community == community and w.sheet in among]
    rows += [h.rows for h in records.held if not h.kept and h.community == community and h.sheet in among]
    return sum(rows)


def elections_by(whole: Whole, rules: Iterable[str]) -> list[Poll]:
    """The elections of the whole district held by today by one of some rules (their ids), the latest first."""
    among = set(rules)
    held = [e for c in whole.records.communities for e in elections_held(whole, c.id) if e.rule in among]
    polls = [p for e in held if (p := whole.poll(e))]
    return sorted(polls, key=lambda p: (p.on, p.election.community, p.election.id), reverse=True)


def elections_of(whole: Whole, meeting: Meeting) -> list[Election]:
    """The elections held at a meeting, in file order."""
    found = whole.records.by(meeting.community, Election, "meeting", meeting.id)
    return [e for e in found if e.on <= whole.today]


def meeting_of(whole: Whole, resolution: Resolution) -> Meeting | None:
    """The meeting a resolution was passed at, if one."""
    return whole.records.get(resolution.community, Meeting, resolution.meeting)


def resolutions_of(whole: Whole, meeting: Meeting) -> tuple[Resolution, ...]:
    """The resolutions passed at a meeting."""
    return whole.records.by(meeting.community, Resolution, "meeting", meeting.id)


def postings_of(whole: Whole, resolution: Resolution) -> list[Posting]:
    """The publicities of a resolution and of its result, with what befell them where their matter is published."""
    if case := whole.cases.get(resolution.community, resolution.matter):
        return [p for p in case.postings if p.row is resolution]
    both = (("resolution", ""), ("result", "result_"))
    found = (posting(what, resolution, prefix, whole.today) for what, prefix in both)
    return [p for p in found if p]


def timeline(case: Case) -> list[dict[str, Any]]:
    """The procedure's steps with the rows of each, and its ``state``.

    done; now; stopped (the matter ended here unsolved); todo; begun (it has rows, and the matter went on without finishing
    it); unreached (it has none, and the matter will not come to it). Of one that was reopened: before (finished the time
    before, and that holds), again (the same, but it is to be gone through anew), skipped (it was not).
    """
    lately = _since_reopened(case)
    ahead = _ahead(case, lately)
    steps = []
    for step in case.procedure.steps:
        rows = [r for r in case.steps if r.step == step.name]
        steps.append({"title": step.title, "state": _step_state(case, step.name, rows, lately, ahead), "rows": rows})
    return steps


def _step_state(case: Case, name: str, rows: list[Step], lately: tuple[Step, ...], ahead: set[str]) -> str:
    standing, touched = case.standing, any(r.step == name for r in lately)
    if name in standing.done:
        return "done" if any(r.step == name and r.result == DONE for r in lately) else "before"
    if name == standing.step and not standing.closed:
        return "now"
    if name == standing.step and standing.state in ENDS.values():
        return "stopped"
    if touched:
        return "begun"
    if name in ahead:
        return "again" if rows else "todo"
    return "skipped" if rows else "unreached"


def _since_reopened(case: Case) -> tuple[Step, ...]:
    """The rows since the matter was last taken up again, that one first; all of them if it never was."""
    days = case.standing.reopened_on
    again = [n for n, r in enumerate(case.steps) if days and r.on == days[-1] and r.result == REOPENS]
    return case.steps[again[-1] :] if again else case.steps


def _ahead(case: Case, lately: tuple[Step, ...]) -> set[str]:
    """The steps that a matter may still come to: none once it is closed."""
    standing, procedure = case.standing, case.procedure
    if standing.closed:
        return set()
    waits = all(r.step != standing.step for r in lately)  # nothing was written of it yet: another way may be taken
    finished = [r.step for r in lately if r.step in standing.done]
    found: set[str] = set()
    left = [standing.step, *(finished[-1:] if waits else [])]
    while left:
        step = procedure.step(left.pop())
        new = [n for n in step.next if n not in found] if step else []
        found.update(new)
        left += new
    return found
