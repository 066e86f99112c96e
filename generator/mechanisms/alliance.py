"""党建联席会议 and 一书三单: agreements, and needs matched with resources by projects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.copies import no_copies
from ..checks.future import LONG
from ..checks.given import Found, Given, say
from ..facts.alliance import Alliance, alliance, last_day
from ..mechanism import Board, Mechanism, declare
from ..sheets.agreements import Agreement
from ..sheets.needs import Need
from ..sheets.projects import Project
from ..sheets.resources import Resource
from ..sheets.units import Unit

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _lists(whole: Whole, c: Community) -> Alliance | None:
    return alliance(whole.records, c.id, whole.today)


def _papers(shown: Alliance, whole: Whole, c: Community) -> Iterator[Board]:
    """The three lists, as they stand: they hang for good and are printed anew when something changes."""
    where = {u.id: whole.unit(c.id, u.id) for w in shown.wants if (u := _unit(whole, c, w.need.unit))}
    where |= {u.id: u.name for w in shown.works if (u := _unit(whole, c, w.project.unit))}
    context = {"shown": shown, "names": where}
    yield Board("alliance", "sandan", title("alliance", community=c.name), shown.changed, context=context)


def _unit(whole: Whole, c: Community, id: str | None) -> Unit | None:
    return whole.records.get(c.id, Unit, id)


def alliance_sound(given: Given) -> Found:
    """No agreement ends before it was signed, nothing is done before it was asked for, and somebody does it."""
    for community in given.communities:
        for agreement in given.records.rows(community, Agreement):
            for name in ("until", "ended_on"):
                end = getattr(agreement, name)
                if end is not None and end < agreement.signed_on:
                    yield say(agreement, name, "agreement-backwards", signed=agreement.signed_on.isoformat())
                    break
        for need in given.records.rows(community, Need):
            if need.dropped_on is not None and need.dropped_on < need.raised_on:
                yield say(need, "dropped_on", "need-backwards", raised=need.raised_on.isoformat())
        for project in given.records.rows(community, Project):
            yield from _project(given, project)


def _project(given: Given, project: Project) -> Found:
    need = given.records.get(project.community, Need, project.need)
    if project.due_on < project.listed_on:
        yield say(project, "due_on", "project-due-backwards", listed=project.listed_on.isoformat())
    elif project.done_on is not None and need is not None and project.done_on < need.raised_on:
        yield say(project, "done_on", "project-before-need", raised=need.raised_on.isoformat(), need=need.id)
    elif project.done_on is not None and project.done_on > given.newest:
        yield say(project, "done_on", "project-ahead", holds=False, today=given.newest.isoformat())
    if not project.resource and not project.unit:
        yield say(project, "unit", "project-nobody", holds=False)
    yield from _term(given, project)


def _term(given: Given, project: Project) -> Found:
    """A resource is counted on only while its agreement binds."""
    resource = given.records.get(project.community, Resource, project.resource)
    agreement = given.records.get(project.community, Agreement, resource.agreement) if resource else None
    end = last_day(agreement) if agreement else None
    if agreement and end and project.done_on is None and end < project.due_on <= given.newest + LONG:
        yield say(
            project, "due_on", "project-beyond-term", holds=False, agreement=agreement.id, until=end.isoformat()
        )  # fmt: skip


declare(
    Mechanism(
        id="alliance",
        title="党建联席会议和一书三单",
        theme="共建和志愿",
        about="辖区单位和社区签了什么协议、能拿出什么，居民还缺什么，哪件事谁来办、哪天办成，一条一条对得上。",
        article="党建联席会议；“一书三单”（共驻共建协议书、共治资源清单、治理需求清单、服务项目清单）",
        sheets=("agreements", "resources", "needs", "projects", "meetings"),
        gather=_lists,
        papers=("alliance",),
        boards=_papers,
        checks=(alliance_sound, no_copies),
    )
)
