"""两委班子构成: how many of the two committees have which schooling and which age, as counts and never as names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..checks.given import Found, Given, say
from ..facts.makeup import claims, members
from ..facts.network import committees
from ..mechanism import Mechanism, declare
from ..sheets.makeup import Makeup

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def gather(whole: Whole, c: Community) -> dict[str, Any] | None:
    found = claims(whole.records.rows(c.id, Makeup), whole.today)
    return {"claims": found, "committees": committees(whole.posts[c.id])} if found else None


def makeup_sound(given: Given) -> Found:
    """A share is one of all members, counted from the duties of its day, and never points at a single person."""
    for community in given.communities:
        waiting = given.records.waits(community, "duties", "people")
        seen: dict[tuple[str, object], str] = {}
        for row in given.records.rows(community, Makeup):
            if row.as_of > given.newest:
                yield say(row, "as_of", "makeup-ahead", holds=False, today=given.newest.isoformat())
            elif (row.claim, row.as_of) in seen:
                yield say(row, "claim", "makeup-twice", other=seen[row.claim, row.as_of])
            seen.setdefault((row.claim, row.as_of), row.id)
            yield from _share(row)
            counted = members(given.records, community, row.as_of)
            if not waiting and row.as_of <= given.newest and row.number <= row.total != counted:
                yield say(row, "total", "makeup-total", counted=counted, day=row.as_of.isoformat())


def _share(row: Makeup) -> Found:
    rest = row.total - row.number
    if rest < 0:
        yield say(row, "number", "makeup-more", total=row.total)
    elif rest and row.number and 1 in (rest, row.number):
        yield say(row, "number", "makeup-one", total=row.total)


declare(
    Mechanism(
        id="makeup",
        title="两委班子构成",
        theme="组织和队伍",
        about="社区两委班子一共几个人，学历、年龄怎样。只写几个人，不写是谁。",
        article="“两委”班子成员全部是大专以上学历，年龄在35岁以下的有7人，占77%",
        sheets=("makeup", "duties"),
        gather=gather,
        no_paper="班子成员在工作人员名册上张贴，这里只是合计数，不另外张贴",
        checks=(makeup_sound,),
    )
)
