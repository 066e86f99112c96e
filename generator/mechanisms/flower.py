"""小红花卡: what stamped service earns, where the points are taken, and who was commended; of the cards themselves only counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.flower import Flower, flower
from ..mechanism import Board, Mechanism, declare
from ..sheets.honours import Honour
from ..sheets.merchants import Merchant
from ..sheets.offers import Offer
from ..sheets.points import Earning

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _gather(whole: Whole, c: Community) -> Flower | None:
    return flower(whole, c.id)


def _boards(shown: Flower, whole: Whole, c: Community) -> Iterator[Board]:
    """The list of all that can be had, which hangs for good; dated by the last change of an agreement or an offer."""
    if not shown.offers:
        return
    days = [p.merchant.since for p in shown.partners]
    days += [o.since for p in shown.partners for o in p.offers if o.since]
    yield Board("flower", "duihuan", title("flower"), max(days), context={"flower": shown})


def points_sound(given: Given) -> Found:
    """No agreement, offer or rule ends before it begins, or gives for nothing; an offer lies within its agreement."""
    for community in given.communities:
        for merchant in given.records.rows(community, Merchant):
            if merchant.until and merchant.until < merchant.since:
                yield say(merchant, "until", "agreement-ends", since=merchant.since.isoformat())
        for earning in given.records.rows(community, Earning):
            yield from _priced(earning, "earning-ends")
        for offer in given.records.rows(community, Offer):
            yield from _priced(offer, "offer-ends")
            at = given.records.get(community, Merchant, offer.merchant)
            if at and at.until and offer.until and offer.until > at.until >= at.since:
                yield say(offer, "until", "offer-outside", holds=False, until=at.until.isoformat())


def _priced(row: Earning | Offer, ends: str) -> Found:
    if not row.points:
        yield say(row, "points", "points-nought")
    if row.since and row.until and row.until < row.since:
        yield say(row, "until", ends, since=row.since.isoformat())


def honours_sound(given: Given) -> Found:
    """Nobody is commended for a year that has not begun by the day, ahead of the day, or twice for the same."""
    for community in given.communities:
        seen: dict[tuple[str, int, str], Honour] = {}
        for row in given.records.rows(community, Honour):
            if row.on > given.newest:
                yield say(row, "on", "honour-ahead", today=given.newest.isoformat())
            if not 2000 <= row.year <= row.on.year:
                yield say(row, "year", "honour-year", on=row.on.isoformat())
            first = seen.setdefault((row.person, row.year, row.title), row)
            if first is not row:
                yield say(row, "title", "honour-twice", other=first.id)


declare(
    Mechanism(
        id="flower",
        title="小红花卡",
        theme="共建和志愿",
        about="微网格长做一次服务，社区盖一个章，攒下的积分可以到签了协议的商户兑换。",
        article="“小红花卡”网格激励机制：与商户签订积分兑换协议，服务打卡和社区签章后兑换",
        sheets=("points", "merchants", "offers", "honours", "holders", "stamps", "redemptions", "prospects"),
        gather=_gather,
        papers=("flower",),
        boards=_boards,
        checks=(points_sound, honours_sound),
    )
)
