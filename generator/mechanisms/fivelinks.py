"""五社联动: community, organisations, social workers, volunteers and charity, and what each of them brought."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.board import while_used
from ..facts.fivelinks import Fivelinks, fivelinks
from ..mechanism import Board, Mechanism, declare
from ..sheets.links import Link
from ..sheets.units import Unit

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

# What a body in the sheet of units has to be to stand for a side; any body may give, and social workers may be of any.
KINDS = {
    "社区": ("居委会", "社区党委", "社区党总支", "小区党支部"),
    "社会组织": ("社会组织",),
    "社区志愿者": ("志愿服务队",),
}


def _links(whole: Whole, c: Community) -> Fivelinks | None:
    return fivelinks(whole, c.id)


def _boards(shown: Fivelinks, whole: Whole, c: Community) -> Iterator[Board]:
    """What each brought in the latest year on record; it hangs until that year is over."""
    year = shown.years[0]
    named = title("fivelinks", community=c.name, year=str(year.year))
    last = max(date(year.year, 12, 31), shown.last)
    hang = while_used(shown.last, last)
    context = {"year": year, "last": shown.last}
    yield Board("fivelinks", f"{year.year}", named, shown.last, hang, context, place=year.things[0].links[0].place)


def links_sound(given: Given) -> Found:
    """What was brought lies behind us, by a body of that side, and something was brought."""
    for community in given.communities:
        for row in given.records.rows(community, Link):
            unit = given.records.get(community, Unit, row.unit)
            kinds = KINDS.get(row.side, ())
            if unit is not None and kinds and unit.kind not in kinds:
                yield say(row, "unit", "link-side", called=unit.name, kind=unit.kind, side=row.side, holds=False)
            if row.on > given.newest:
                yield say(row, "on", "link-ahead", today=given.newest.isoformat(), holds=False)


declare(
    Mechanism(
        id="fivelinks",
        title="五社联动",
        theme="共建和志愿",
        about="社区、社会组织、社会工作者、社区志愿者、社会慈善资源一起做了哪些事，各出了多少人、多少工夫、多少钱物。",
        article="以“五社联动”为抓手提升多方共治力",
        sheets=("links", "units"),
        gather=_links,
        papers=("fivelinks",),
        boards=_boards,
        checks=(links_sound,),
    )
)
