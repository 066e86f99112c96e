"""征求意见: the forms given out, back and valid, what was chosen, and which numbers may stand beside each other.

A count under the limit is ``少于5``; what would give it away is ``不列``. A question of one answer each is a table of
one dimension whose total, the valid forms, is always printed: so it is audited as the private counts are. What several
may be chosen of has no total, and each option stands alone. Why so: docs/decisions/0010-suppressed-counts.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ..privacy.counts import read_mark
from ..records import Records
from ..sheets.surveys import Survey
from ..sheets.tallies import Tally
from ..suppression import FEW, UNLISTED, Impossible, Key, Mark, exposed
from .fact import Fact
from .whistles import Rate

LEAST, SENSITIVE = 5, 10  # a smaller count is not printed


@dataclass(frozen=True)
class Option(Fact):
    """One option as it is printed: the number, or what stands in its place."""

    tally: Tally
    number: int | None
    rate: Rate | None


@dataclass(frozen=True)
class Question(Fact):
    """One question with its options, in file order. ``several``: whether one may choose several.

    ``amiss``: whether its numbers cannot come to the valid forms, where every row of it is shown.
    """

    number: int
    text: str
    several: bool
    options: tuple[Option, ...]
    amiss: bool = False


@dataclass(frozen=True)
class Result(Fact):
    """A survey on a day. ``state``: ahead, running, counting (over, not published yet), published.

    ``back``: of the forms given out, how many came back; ``valid``: of these, how many count. None while not known.
    ``withheld``: rows of what was chosen that are not shown for now.
    """

    survey: Survey
    state: str
    days_left: int | None
    back: Rate | None
    valid: Rate | None
    questions: tuple[Question, ...]
    withheld: int = 0


def least(survey: Survey) -> int:
    """Below which number a count of this survey is not printed."""
    return SENSITIVE if survey.sensitive else LEAST


def mark_of(survey: Survey, row: Tally) -> int | Mark | None:
    """The number, or what stands in its place; None where a row has both, neither, or the word of another limit."""
    if (row.chosen is None) == (row.instead is None):
        return None
    return row.chosen if row.instead is None else read_mark(row.instead, least(survey))


def results(records: Records, community: str, today: date) -> tuple[Result, ...]:
    """The surveys of a community on ``today``: those that run first, then the latest first."""
    found = [result(records, s, today) for s in records.rows(community, Survey)]
    order = {"running": 0, "ahead": 1, "counting": 2, "published": 3}
    return tuple(sorted(found, key=lambda r: (order[r.state], -r.survey.ends.toordinal(), r.survey.id)))


def result(records: Records, survey: Survey, today: date) -> Result:
    """One survey. Nothing that was chosen is known before it is published."""
    out = survey.published_on is not None and survey.published_on <= today and survey.ends < today
    state = (
        "published" if out else "ahead" if today < survey.begins else "running" if today <= survey.ends else "counting"
    )
    over = today > survey.ends
    rows = records.by(survey.community, Tally, "survey", survey.id) if out else ()
    withheld = records.withheld_of(survey.community, "tallies", "survey", survey.id)
    return Result(
        survey,
        state,
        (survey.ends - today).days if state == "running" else None,
        Rate(survey.returned, survey.printed) if over and survey.returned is not None and survey.printed else None,
        Rate(survey.valid, survey.returned) if over and survey.valid is not None and survey.returned else None,
        tuple(_question(survey, number, some, not withheld) for number, some in grouped(rows).items()),
        withheld,
    )


def grouped(rows: Iterable[Tally]) -> Mapping[int, list[Tally]]:
    """The rows of each question, by its number in order."""
    found: dict[int, list[Tally]] = {}
    for row in rows:
        found.setdefault(row.number, []).append(row)
    return dict(sorted(found.items()))


def _question(survey: Survey, number: int, rows: list[Tally], whole: bool) -> Question:
    options = []
    marks: dict[str, int | Mark] = {}
    for row in rows:
        mark = mark_of(survey, row)
        count = mark if isinstance(mark, int) else None
        rate = Rate(count, survey.valid) if count is not None and survey.valid else None
        options.append(Option(row, count, rate))
        if mark is not None:
            marks[row.option] = mark
    amiss = whole and not several(rows) and not _comes_to(marks, survey)
    return Question(number, rows[0].question, several(rows), tuple(options), amiss)


def several(rows: Iterable[Tally]) -> bool:
    """Whether one may choose several options of a question: where its rows differ, it is judged as if one might not."""
    return all(r.several for r in rows)


def _comes_to(marks: Mapping[str, int | Mark], survey: Survey) -> bool:
    """Whether true numbers may stand behind these that come to the valid forms."""
    try:
        telling(marks, survey.valid or 0, least(survey))
    except Impossible:
        return False
    return True


def telling(marks: Mapping[str, int | Mark], total: int, least: int) -> bool:
    """Whether something follows about a hidden number of a question of one answer each.

    ``marks``: by option; ``total``: the valid forms. Raises ``Impossible`` where no true numbers would be printed so.
    """
    said: dict[Key, int | Mark] = {(i,): m for i, m in enumerate(marks.values())}
    said[None,] = total
    if total < least:
        raise Impossible
    return bool(exposed((len(marks),), said, least))


def unlisted(marks: Mapping[str, int | Mark], total: int, least: int) -> tuple[str, ...] | None:
    """Which options should read 不列, besides those that do, so that nothing follows about a small one.

    None of them, or the smallest one that does it alone, or else the greatest ones together, as many as it takes. ``None`` where
    nothing helps, so that the question is not to be printed at all.
    """
    if total < least:
        return None
    if _quiet(marks, total, least):
        return ()
    numbers = {k: m for k, m in marks.items() if isinstance(m, int)}
    open_ = sorted(numbers, key=lambda k: (numbers[k], k))
    tries = [(k,) for k in open_] + [tuple(open_[-n:]) for n in range(2, len(open_) + 1)]
    for some in tries:
        if _quiet({k: UNLISTED if k in some else m for k, m in marks.items()}, total, least):
            return some
    return None


def _quiet(marks: Mapping[str, int | Mark], total: int, least: int) -> bool:
    try:
        return not telling(marks, total, least)
    except Impossible:
        return False


def printed(chosen: Mapping[str, int], least: int) -> dict[str, int | Mark]:
    """True numbers with the small ones hidden; nothing else is yet."""
    return {k: FEW if n < least else n for k, n in chosen.items()}
