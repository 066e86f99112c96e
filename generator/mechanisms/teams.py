"""服务队和兴趣小组: who they are, who leads them, when they usually meet, and the paper of a week's activities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.board import while_used
from ..facts.teams import Teams, teams
from ..mechanism import Board, Mechanism, declare
from ..sheets.teams import Team

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

BEFORE = timedelta(days=3)  # a week's activities are hung on the Friday before


def teams_sound(given: Given) -> Found:
    """A team is kept in one row."""
    for community in given.communities:
        seen: dict[str, str] = {}
        for row in given.records.rows(community, Team):
            if row.name in seen:
                yield say(row, "name", "team-twice", other=seen[row.name])
                continue
            seen[row.name] = row.id


def _shown(whole: Whole, c: Community) -> Teams | None:
    return teams(whole, c.id)


def _boards(shown: Teams, whole: Whole, c: Community) -> Iterator[Board]:
    """The activities of last week (to be taken down), of this week and of the next, where any are written."""
    for week in shown.weeks.values():
        if week.events:
            named = title("programme", community=c.name, first=_said(week.first), last=_said(week.last, week.first))
            yield Board(
                "programme",
                f"{week.first}",
                named,
                week.first,
                while_used(week.first - BEFORE, week.last),
                {"week": week},
                place=week.events[0].row.place,
            )


def _said(day: date, after: date | None = None) -> str:
    """A day for a title of one line: without the year, which stands beneath, and without a month that was just said."""
    return f"{day.day}日" if after and after.month == day.month else f"{day.month}月{day.day}日"


declare(
    Mechanism(
        id="teams",
        title="服务队和兴趣小组",
        theme="共建和志愿",
        about="邻居自己组的队伍：做什么、平常哪天在哪里、谁带头、怎么参加。",
        article="组建志愿服务队和兴趣小组：“宝妈经验分享会”“爱宠之家”“能量大叔”微网格服务队",
        sheets=("teams", "activities"),
        gather=_shown,
        papers=("programme",),
        boards=_boards,
        checks=(teams_sound,),
    )
)
