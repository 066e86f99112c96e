"""岗位职责: what each role of the chain has to do, with its source, and a paper of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.counts import in_office
from ..facts.roles import Charges, names, roles
from ..mechanism import Board, Mechanism, declare
from ..sheets.duties import OFFICES, VOLUNTEERS, Duty
from ..sheets.roles import Role
from ..sheets.units import KINDS

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def roles_sound(given: Given) -> Found:
    """A role is laid down once, and what it is counted by is written as the other sheets write it."""
    known = {*OFFICES, *VOLUNTEERS}
    for community in given.communities:
        waiting = given.records.waits(community, "duties", "people")
        held = {d.duty for d in given.records.rows(community, Duty) if in_office(d, given.today)}
        seen: dict[str, str] = {}
        for row in given.records.rows(community, Role):
            if row.name in seen:
                yield say(row, "name", "role-twice", other=seen[row.name])
                continue
            seen[row.name] = row.id
            unknown = [n for n in names(row.held) if n not in known]
            if unknown:
                yield say(row, "held", "role-of-no-duty", holds=False, duties="、".join(unknown))
            elif row.held and not waiting and not held & set(names(row.held)):
                yield say(row, "held", "role-of-nobody", holds=False)
            if row.kind and row.kind not in KINDS:
                yield say(row, "kind", "role-of-no-kind", holds=False, kinds="、".join(KINDS))


def _shown(whole: Whole, c: Community) -> Charges | None:
    return roles(whole, c.id)


def _boards(shown: Charges, whole: Whole, c: Community) -> Iterator[Board]:
    """A paper for each role that is in force; it hangs for good."""
    for charge in shown.roles:
        named = title("roleduty", community=c.name, role=charge.row.name)
        yield Board("roleduty", charge.row.id, named, charge.row.since, None, {"charge": charge}, charge.row.place)


declare(
    Mechanism(
        id="roles",
        title="岗位职责",
        theme="组织和队伍",
        about="小区党支部、网格员、微网格长、单元管家，谁该做什么，一条一条写在这里。有事找谁，做得不到位跟谁说，也写着。",
        article="细化工作职责：小区党支部、专兼职网格员、微网格长和单元管家各自的职责",
        sheets=("roles", "duties", "units"),
        gather=_shown,
        papers=("roleduty",),
        boards=_boards,
        checks=(roles_sound,),
    )
)
