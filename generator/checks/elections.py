"""Elections: everybody counted once, those announced who are elected by the rule, second ballots for what was left."""

from __future__ import annotations

from dataclasses import dataclass

from ..facts.elections import Outcome, elect
from ..problems import Problem
from ..procedures import Rule
from ..records import Records
from ..sheet import PublicRow
from ..sheets.candidates import Candidate
from ..sheets.elections import Election
from ..sheets.matters import Matter
from ..sheets.meetings import Meeting
from .given import Found, Given, comes_back, say
from .votes import proxy_fault


@dataclass(frozen=True)
class _Counted:
    """The figures of an election, with one of them as it stands elsewhere."""

    seats: int
    called: int
    present: int
    invalid: int | None


def elections_sound(given: Given) -> Found:
    """Figures that are possible, and an announcement that is the rule's (城市居民委员会组织法 2025 §§17-19)."""
    for community in given.communities:
        for election in given.records.rows(community, Election):
            rule = given.procedures.rule(election.rule, election.on)
            whole = not given.may_lack(community, "candidates", "election", election.id)
            candidates = given.records.by(community, Candidate, "election", election.id)
            faults = _first(
                _figures(election, rule),
                _second(given, election),
                _candidates(election, candidates, whole),
                _dated(given, election),
            )
            yield from faults
            if rule and (wrong := [*_by_its_rule(election, rule)]):
                yield from wrong
            elif rule and whole and not any(p.withholds for _, p in faults):
                yield from _announced(election, candidates, rule)
                yield from _attended(given, election, candidates, rule)


def _first(*checks: Found) -> list[tuple[PublicRow, Problem]]:
    """What is found until something withholds: one slip is told once."""
    found: list[tuple[PublicRow, Problem]] = []
    for check in checks:
        found += check
        if any(problem.withholds for _, problem in found):
            break
    return found


def _by_its_rule(election: Election, rule: Rule) -> Found:
    """People are elected by a rule for people, and by one for second ballots only at one."""
    if rule.counted_by == "area_and_heads":
        yield say(election, "rule", "election-rule-area")
    elif rule.decides != "persons":
        yield say(election, "rule", "election-rule-motions", title=rule.title)
    elif rule.second_ballot and not election.runoff_of:
        yield say(election, "rule", "election-rule-second", title=rule.title)


def _dated(given: Given, election: Election) -> Found:
    """Not voted on before the matter was raised, nor in office before the vote."""
    matter = given.records.get(election.community, Matter, election.matter)
    if matter and election.on < matter.raised_on:
        yield say(election, "on", "election-before-raised", raised=str(matter.raised_on))
    elif election.term_from and election.term_from < election.on:
        yield say(election, "term_from", "election-term-before", on=str(election.on))


def _attended(given: Given, election: Election, candidates: tuple[Candidate, ...], rule: Rule) -> Found:
    """Those who voted at a meeting came to it and were called to it; one part of them may vote for a post of its own."""
    meeting = given.records.get(election.community, Meeting, election.meeting)
    if meeting is None:
        return
    if election.present - (election.proxies or 0) > meeting.present:
        yield say(election, "present", "election-over-meeting", meeting=meeting.id, present=meeting.present)
    elif election.called > meeting.called or (election.called < meeting.called and not _partial(election, meeting)):
        yield from _called(election, candidates, rule, "election-called", meeting.called, meeting.id)


def _partial(election: Election, meeting: Meeting) -> bool:
    return bool(election.grid or (election.compound and election.compound != meeting.compound))


def _called(
    election: Election, candidates: tuple[Candidate, ...], rule: Rule, code: str, called: int, other: str
) -> Found:
    """Another number of voters than elsewhere: told; and where that changes who is elected, shown as neither."""
    another = _Counted(election.seats, called, election.present, election.invalid)
    here, there = (elect(e, candidates, rule) for e in (election, another))
    decides = (here.valid, here.elected) != (there.valid, there.elected)
    yield say(election, "called", f"{code}-decides" if decides else code, holds=decides, called=called, other=other)


def _figures(election: Election, rule: Rule | None) -> Found:
    """One slip at most: the first in the order of the sheet that makes the rest meaningless."""
    present, proxies = election.present, election.proxies or 0
    limit = rule.proxies if rule else None
    if election.seats == 0:
        yield say(election, "seats", "election-seats")
    elif present > election.called:
        yield say(election, "present", "election-present", present=present, called=election.called)
    elif (election.invalid or 0) > present:
        yield say(election, "invalid", "election-invalid", present=present)
    elif proxies > present:
        yield say(election, "proxies", "election-proxies", present=present)
    elif rule and (fault := proxy_fault(proxies, present, limit)):
        yield say(election, "proxies", fault, rule=rule.title, limit=limit, came=present - proxies)
    elif election.term_from and election.term_until and election.term_until <= election.term_from:
        yield say(election, "term_until", "election-term", start=str(election.term_from))


def _candidates(election: Election, candidates: tuple[Candidate, ...], whole: bool) -> Found:
    """Nobody has more votes than there are valid ballots, and all together not more than these have places for names."""
    valid = election.present - (election.invalid or 0)
    over = [c for c in candidates if c.votes > valid]
    total = sum(c.votes for c in candidates)
    if not candidates and whole:
        yield say(election, "id", "election-empty")
    elif whole and len(candidates) != election.standing:
        yield say(election, "standing", "election-standing", rows=len(candidates))
    for twice in (c for n, c in enumerate(candidates) if c.person and c.person in {o.person for o in candidates[:n]}):
        yield say(twice, "person", "candidate-twice", called=twice.name)
    for candidate in over:
        yield say(candidate, "votes", "candidate-votes", valid=valid, present=election.present)
    if not over and total > election.seats * valid:
        yield say(election, "present", "election-votes", sum=total, most=election.seats * valid, valid=valid)


def _announced(election: Election, candidates: tuple[Candidate, ...], rule: Rule) -> Found:
    outcome = elect(election, candidates, rule)
    for candidate in candidates:
        computed = "当选" if candidate.id in outcome.elected else "未当选"
        if candidate.announced != computed:
            code = "election-invalid-result" if not outcome.valid else "election-result"
            if candidate.id in outcome.tied:
                code = "election-tie"
            yield say(candidate, "announced", code, computed=computed, rule=rule.title)


def _second(given: Given, election: Election) -> Found:
    """A second ballot is for the post and the seats that the first left, among those who may stand, by a rule of its own."""
    first = given.records.get(election.community, Election, election.runoff_of)
    if first is None:
        return
    others = [e for e in given.records.by(first.community, Election, "runoff_of", first.id) if e.id != election.id]
    if comes_back(given, election, "runoff_of"):
        yield say(election, "runoff_of", "runoff-circle")
    elif election.on < first.on:
        yield say(election, "on", "runoff-before", on=str(election.on), first=str(first.on))
    elif election.post != first.post:
        yield say(election, "post", "runoff-post", post=first.post)
    elif elsewhere := next((n for n in ("grid", "compound") if getattr(election, n) != getattr(first, n)), None):
        yield say(election, elsewhere, "runoff-place", first=first.id, place=getattr(first, elsewhere) or "空着")
    elif others:
        yield say(election, "runoff_of", "runoff-twice", others="、".join(e.id for e in others))
    else:
        yield from _of_the_first(given, election, first)


def _of_the_first(given: Given, election: Election, first: Election) -> Found:
    """What the outcome of the first ballot allows; nothing is said while that cannot be made out."""
    rule = given.procedures.rule(first.rule, first.on)
    community = election.community
    if (
        rule is None
        or rule.counted_by == "area_and_heads"
        or given.may_lack(community, "candidates", "election", first.id)
    ):
        return
    candidates = given.records.by(community, Candidate, "election", first.id)
    outcome = elect(first, candidates, rule)
    own = rule.runoff
    if not outcome.valid:
        yield say(election, "runoff_of", "runoff-of-none")
    elif not own:
        code = "runoff-third" if first.runoff_of else "runoff-not-ruled"
        yield say(election, "runoff_of", code, title=rule.title)
    elif election.rule != own:
        yield say(election, "rule", "runoff-rule", rule=own)
    elif election.seats != outcome.vacancies:
        yield say(election, "seats", "runoff-seats", vacancies=outcome.vacancies)
    else:
        yield from _stand(given, election, candidates, outcome)
        anew = given.procedures.rule(election.rule, election.on)
        if anew and election.called != first.called:
            again = given.records.by(community, Candidate, "election", election.id)
            yield from _called(election, again, anew, "runoff-called", first.called, first.id)


def _stand(given: Given, election: Election, before: tuple[Candidate, ...], outcome: Outcome) -> Found:
    """Who stands again was on the first ballot, and may."""
    may = [c for c in before if c.id in outcome.runoff]
    for candidate in given.records.by(election.community, Candidate, "election", election.id):
        if not any(_same(candidate, c) for c in may):
            yield say(candidate, "name", "runoff-candidate", names="、".join(c.name for c in may))


def _same(a: Candidate, b: Candidate) -> bool:
    """Whether two rows are one person: by their entry among the people where both have one, else as they are called."""
    return bool(a.person == b.person if a.person and b.person else a.name == b.name)


def halves(records: Records) -> list[Election]:
    """Elections of which not every candidate is there: nobody's votes are shown without everybody's."""
    return [
        e
        for community in (c for c in records.tables if c)
        for e in records.rows(community, Election)
        if len(records.by(community, Candidate, "election", e.id)) != e.standing
    ]
