"""六员: party members and neighbours who are 宣传员 信息员 服务员 文明员 安全员 调解员 of their building, by consent alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.six import Serving, six
from ..mechanism import Board, Mechanism, declare
from ..sheets.people import Person
from ..sheets.six import Six

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _serving(whole: Whole, c: Community) -> tuple[Serving, ...] | None:
    return six(whole, c.id)


def _boards(shown: tuple[Serving, ...], whole: Whole, c: Community) -> Iterator[Board]:
    """One sheet for each compound; it hangs for good."""
    for s in shown:
        named = title("six", compound=s.compound.name)
        yield Board("six", s.compound.id, named, s.changed, context={"serving": s}, place=s.compound.place)


def six_sound(given: Given) -> Found:
    """Who did not agree is nowhere in the row, who did is, and nobody ends before they began or is entered twice."""
    for community in given.communities:
        seen: dict[tuple[str, str, str], Six] = {}
        for row in given.records.rows(community, Six):
            person = given.records.get(community, Person, row.person)
            if row.agreed and person is not None and person.basis == "不公开":
                yield say(row, "agreed", "six-consent", person=person.id, holds=False)
            elif row.agreed and row.person is None:
                yield say(row, "person", "six-who", holds=False)
            elif not row.agreed and row.person is not None:
                yield say(row, "person", "six-not-agreed")
            if row.until is not None and row.until < row.since:
                yield say(row, "until", "six-backwards", since=row.since.isoformat())
            elif row.until is None and row.person is not None:
                other = seen.setdefault((row.person, row.role, row.compound), row)
                if other is not row:
                    yield say(row, "person", "six-twice", role=row.role, other=other.id)


declare(
    Mechanism(
        id="six",
        title="六员",
        theme="共建和志愿",
        about="楼里的党员和热心邻居亮明身份，当宣传员、信息员、服务员、文明员、安全员、调解员：哪件事找谁。",
        article="实行楼栋党员亮身份、做“六员”（宣传员、信息员、服务员、文明员、安全员、调解员）",
        sheets=("six", "people", "compounds"),
        gather=_serving,
        papers=("six",),
        boards=_boards,
        checks=(six_sound,),
    )
)
