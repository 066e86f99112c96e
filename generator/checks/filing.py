"""File numbers: the community's sample can be read, each number follows it, is nobody else's, and is of a year that can be.

None of this takes a matter off the site: its page says that the number is being looked into, and no dossier bears it.
"""

from __future__ import annotations

from ..facts.filing import (
    AFTER_FILED,
    BEFORE_RAISED,
    NOT_THE_RULE,
    TWICE,
    Register,
    filed_on,
    register,
    sample,
)
from ..facts.status import standing
from ..procedures import Procedure
from ..sheets.communities import Community
from ..sheets.matters import Matter
from ..sheets.steps import Step
from .given import Found, Given, say

__all__ = ["file_numbers"]


def file_numbers(given: Given) -> Found:
    """Every sample, every number, and every closed matter without one."""
    for community in given.communities:
        row = given.records.get("", Community, community)
        if row and row.file_number and sample(row.file_number) is None:
            yield say(row, "file_number", "file-sample", holds=False)
        book = register(given.records, community)
        offered: list[str] = []  # two who ask are never offered the same number
        for matter in given.records.rows(community, Matter):
            procedure = given.procedures.procedure(matter.procedure, matter.raised_on)
            if matter.file_number:
                yield from _number(given, book, matter, procedure, offered)
            elif book.rule and procedure:
                yield from _missing(given, book, matter, procedure, offered)


def _number(given: Given, book: Register, matter: Matter, procedure: Procedure | None, offered: list[str]) -> Found:
    steps = given.records.by(matter.community, Step, "matter", matter.id)
    last = (filed_on(steps, procedure) if procedure else None) or given.today
    fault, rule = book.fault(matter, last), book.rule
    others = "、".join(m.id for m in book.others(matter))
    if rule is None:
        if fault == TWICE:
            yield say(matter, "file_number", "file-number-twice-unruled", holds=False, others=others)
        return
    after, number = book.next(last.year, offered), rule.number(matter.file_number)
    offered += [after] if fault else []
    if fault == NOT_THE_RULE:
        yield say(matter, "file_number", "file-number-unlike", holds=False, sample=rule.write(last.year, 1), next=after)
    elif fault == TWICE:
        yield say(matter, "file_number", "file-number-twice", holds=False, others=others, next=after)
    elif fault == BEFORE_RAISED:
        yield say(matter, "file_number", "file-number-early", holds=False, raised=str(matter.raised_on), next=after)
    elif fault == AFTER_FILED:
        yield say(matter, "file_number", "file-number-late", holds=False, last=str(last), next=after)
    elif number and rule.write(*number) != matter.file_number:
        yield say(matter, "file_number", "file-number-spelt", holds=False, right=rule.write(*number))


def _missing(given: Given, book: Register, matter: Matter, procedure: Procedure, offered: list[str]) -> Found:
    """Told only where no step is missing; a step that files without a number is told where it stands."""
    if given.may_lack(matter.community, "steps", "matter", matter.id):
        return
    steps = given.records.by(matter.community, Step, "matter", matter.id)
    now = standing(matter, steps, procedure, given.today)
    if now.closed and filed_on(steps, procedure) is None:
        offered.append(book.next((now.ended_on or given.today).year, offered))
        yield say(matter, "file_number", "file-number-missing", holds=False, next=offered[-1])
