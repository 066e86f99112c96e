"""四个一: 每天一反馈、每周一兑换、每月一总结、每年一表彰, each made from the records. A community has it that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ..catalogue import title
from ..facts.board import while_news
from ..facts.four import Four, four
from ..mechanism import Board, Mechanism, declare
from ..sheets.mechanisms import Local

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

TITLE = "四个一"


def _gather(whole: Whole, c: Community) -> Four | None:
    says = bool(whole.records.by(c.id, Local, "mechanism", TITLE))
    return four(whole, c.id) if says else None


def _boards(shown: Four, whole: Whole, c: Community) -> Iterator[Board]:
    """A sheet for each day with feedback, one for the week's offers, the month's summary, the last commendations."""
    for day in shown.days:
        yield _board("daily", day.on, day.on.isoformat(), title("daily", day=_spoken(day.on)), {"day": day})
    week, month = shown.week, shown.month
    if week.flower and week.flower.offers:
        at = f"{_spoken(week.first)}至{_spoken(week.last)}"
        yield _board("weekly", week.first, week.first.isoformat(), title("weekly", week=at), {"week": week})
    begun = whole.today.replace(day=1)
    at = f"{month.first.year}年{month.first.month}月"
    yield _board("monthly", begun, f"{month.first:%Y-%m}", title("monthly", month=at), {"month": month})
    for year in shown.years[:1]:
        bodies = {whole.unit(c.id, p.row.unit) for p in year.praised}
        by = bodies.pop() if len(bodies) == 1 else ""
        yield _board("yearly", year.on, str(year.year), title("yearly", year=str(year.year)), {"year": year}, by)


def _board(kind: str, on: date, name: str, head: str, context: Mapping[str, Any], signer: str = "") -> Board:
    return Board(kind, name, head, on, while_news(on), context, signer=signer)


def _spoken(day: date) -> str:
    return f"{day.month}月{day.day}日"


declare(
    Mechanism(
        id="four",
        title=TITLE,
        theme="网格和走访",
        about="每天一反馈、每周一兑换、每月一总结、每年一表彰，都从记录里算出来。",
        article="“四个一”微治理工作模式：每天一反馈、每周一兑换、每月一总结、每年一表彰",
        sheets=(
            "mechanisms",
            "matters",
            "steps",
            "resolutions",
            "meetings",
            "redemptions",
            "offers",
            "stamps",
            "visits",
            "honours",
        ),
        gather=_gather,
        papers=("daily", "weekly", "monthly", "yearly"),
        boards=_boards,
        no_check="四份都是从别的表算出来的，那些表各有各的核对",
    )
)
