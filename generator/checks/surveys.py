"""征求意见: numbers that can be, and no small count that stands there or can be worked out from what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ..facts.surveys import grouped, least, mark_of, several, telling, unlisted
from ..privacy import count_words
from ..problems import Problem
from ..sheet import PublicRow
from ..sheets.surveys import Survey
from ..sheets.tallies import Tally
from ..suppression import FEW, Impossible, Mark
from .given import Found, Given, say


def surveys_sound(given: Given) -> Found:
    """No more forms came back than were given out, no more count than came back; and the days run forward."""
    for community in given.communities:
        for row in given.records.rows(community, Survey):
            if row.ends < row.begins:
                yield say(row, "ends", "survey-days", begins=str(row.begins))
            elif row.published_on and row.published_on <= row.ends:
                slip = row.published_on < row.begins
                yield say(row, "published_on", "survey-early", holds=slip, ends=str(row.ends))
            yield from _forms(row)


def _forms(row: Survey) -> Found:
    filled = [n for n in ("printed", "returned", "valid") if getattr(row, n) is not None]
    for before, name in pairwise(filled):
        if getattr(row, name) > getattr(row, before):
            title = row.sheet.column(before).title
            yield say(row, name, "survey-more", before=title, most=getattr(row, before))
            return
    if row.published_on and len(filled) < 3:
        missing = next(n for n in ("printed", "returned", "valid") if n not in filled)
        yield say(row, missing, "survey-unfilled", holds=False, missing=row.sheet.column(missing).title)


def tallies_tell_nothing(given: Given) -> Found:
    """Each number can be read, is possible and may be public; a question's numbers come to the valid forms."""
    for community in given.communities:
        for survey in given.records.rows(community, Survey):
            rows = given.records.by(community, Tally, "survey", survey.id)
            whole = not given.may_lack(community, "tallies", "survey", survey.id)
            for some in grouped(rows).values():
                yield from _question(survey, some, whole)


def _question(survey: Survey, rows: Sequence[Tally], whole: bool) -> Found:
    marks: dict[str, int | Mark] = {}
    faults: list[tuple[PublicRow, Problem]] = []
    for row in rows:
        faults += _cell(survey, row, rows[0], marks)
    yield from faults
    gone = {row.id for row, _ in faults}
    left = [r for r in rows if r.id not in gone]
    if not left or survey.valid is None:
        return
    yield from _mixed(left)
    hidden = {r.option: FEW if isinstance(m := marks[r.option], int) and m < least(survey) else m for r in left}
    small = {r.option for r in left if hidden[r.option] is not marks[r.option]}
    found = [] if several(left) else list(_told(survey, left, hidden, small, whole and not faults))
    yield from found
    # of a question that is not to be published at all nothing else need be said
    told = {row.id for row, problem in found if problem.withholds}
    for row in left:
        if row.option in small and row.id not in told:
            yield _say_nothing(row, "tally-small", few=_few(survey))


def _mixed(rows: Sequence[Tally]) -> Found:
    """Whether several may be chosen is the same in all rows of a question."""
    odd = next((r for r in rows if bool(r.several) != bool(rows[0].several)), None)
    if odd is not None:
        yield say(odd, "several", "tally-mixed", holds=False, number=odd.number)


def _cell(survey: Survey, row: Tally, first: Tally, marks: dict[str, int | Mark]) -> Found:
    """What is wrong with one row by itself, or beside the first of its question; notes its mark."""
    mark = mark_of(survey, row)
    if row.question != first.question:
        yield say(row, "question", "tally-question", number=row.number, first=first.question)
        return
    if mark is None:
        yield _say_nothing(row, "tally-unread", few=_few(survey), unlisted=count_words()["unlisted"])
    elif row.option in marks:
        yield say(row, "option", "tally-twice")
    elif survey.valid is None:
        yield say(row, "survey", "tally-no-valid")
    elif isinstance(mark, int) and mark > survey.valid:
        yield say(row, "chosen", "tally-over", valid=survey.valid)
    if mark is not None:
        marks.setdefault(row.option, mark)


def _told(
    survey: Survey, rows: Sequence[Tally], hidden: Mapping[str, int | Mark], small: set[str], whole: bool
) -> Found:
    """Whether the numbers come to the valid forms, and give nothing away."""
    valid, limit = survey.valid or 0, least(survey)
    got = sum(m for m in hidden.values() if isinstance(m, int))
    all_listed = all(isinstance(m, int) for m in hidden.values())
    if got != valid and _rest_tells(hidden, valid, limit):
        for row in rows:
            yield _say_nothing(row, "tally-rest" if whole else "tally-waits", few=_few(survey))
        return
    if all_listed:
        if whole and got != valid:
            yield say(rows[-1], "chosen", "tally-sum", holds=False, got=got, valid=valid)
        return
    try:
        if not telling(hidden, valid, limit):
            return
    except Impossible:
        if whole and valid >= limit:
            told = Problem("tally-impossible", rows[-1].cell("chosen"), "", {"valid": valid}, withholds=False)
            yield rows[-1], told
        if valid >= limit:
            return
    more = unlisted(hidden, valid, limit)
    if more is None:
        for row in rows:
            yield _say_nothing(row, "tally-too-few", number=row.number)
        return
    for row in rows:
        if row.option in more:
            yield _say_nothing(row, "tally-tells", option=row.option, unlisted=count_words()["unlisted"])
        elif hidden[row.option] is FEW and row.option not in small:
            params = {"options": "、".join(f"“{o}”" for o in more), "unlisted": count_words()["unlisted"]}
            yield _say_nothing(row, "tally-given-away", **params)


def _rest_tells(hidden: Mapping[str, int | Mark], valid: int, limit: int) -> bool:
    """Whether few forms are left for the options that are not shown: not written down, or in rows that wait.

    Where numbers that are shown can come to the valid forms by themselves nothing is left to them.
    """
    if valid < limit:
        return False
    try:
        telling(hidden, valid, limit)
    except Impossible:
        pass
    else:
        return False
    try:
        return telling({**hidden, "": FEW}, valid, limit)
    except Impossible:
        return False


def _say_nothing(row: Tally, code: str, **params: object) -> tuple[PublicRow, Problem]:
    """A problem that does not repeat the number: it is one that is not to be told."""
    return row, Problem(code, row.cell("chosen"), "", params)


def _few(survey: Survey) -> str:
    return count_words()["few"].format(least=least(survey))
