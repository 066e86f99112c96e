"""The activities of the teams, week by week: they stand on the page of the teams."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..checks.given import Found, Given, say
from ..facts.teams import Teams, overlap, span, teams
from ..mechanism import Mechanism, declare
from ..sheets.activities import Activity
from ..sheets.teams import Team

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

FAR = timedelta(days=120)  # nobody plans an afternoon so far ahead


def activities_sound(given: Given) -> Found:
    """What has not been has had no visitors, nor has what was cancelled; an activity ends after it begins."""
    for community in given.communities:
        for row in given.records.rows(community, Activity):
            times = span(row.time)
            if times and times[1] <= times[0]:
                yield say(row, "time", "activity-backwards")
            if row.came is not None and row.on > given.newest:
                yield say(row, "came", "activity-came-ahead", on=row.on.isoformat())
            elif row.came and row.cancelled:
                yield say(row, "came", "activity-came-cancelled", reason=row.cancelled)
            if row.on > given.newest + FAR:
                yield say(row, "on", "activity-far-ahead", holds=False, days=(row.on - given.newest).days)


def activities_apart(given: Given) -> Found:
    """Two activities are not at one place at one time."""
    for community in given.communities:
        there: dict[tuple[date, str], list[Activity]] = {}
        for row in given.records.rows(community, Activity):
            times, place = span(row.time), _place(given, row)
            if row.cancelled or not place or not times:
                continue
            same = there.setdefault((row.on, place), [])
            for other in same:
                if overlap(times, span(other.time) or times):
                    yield say(row, "time", "activity-clash", holds=False, other=other.id, place=place)
            same.append(row)


def _place(given: Given, row: Activity) -> str | None:
    """Where it is: where it says, else where the team usually meets."""
    team = given.records.get(row.community, Team, row.team)
    place: str | None = row.place_name or (team.place_name if team else None)
    return place


def _shown(whole: Whole, c: Community) -> Teams | None:
    found = teams(whole, c.id)
    return found if found and (found.later or found.year or any(w.events for w in found.weeks.values())) else None


declare(
    Mechanism(
        id="activities",
        title="这一周的活动",
        theme="共建和志愿",
        about="这一周和下一周有什么活动：几点、在哪里、谁可以来、要不要报名；不办了的也写明。",
        article="每周在红色驿站开展亲子手工、分享育儿知识、社区环境治理、垃圾分类“从孩子抓起”等活动；“萌宠选美大赛”",
        sheets=("activities", "teams"),
        gather=_shown,
        at="teams/#week",
        papers=("programme",),
        checks=(activities_sound, activities_apart),
    )
)
