"""The minutes of meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..facts.board import while_news
from ..facts.cases import Ballot, Fact
from ..facts.lists import ballots_of, items_of
from ..facts.whole import Whole
from .notice import STEMS, Notice, recent, row_of, rows_of, titled


@dataclass(frozen=True)
class Agendum(Fact):
    """One item of a meeting's minutes with the votes taken on it."""

    item: Any
    ballots: tuple[Ballot, ...]


def minutes(whole: Whole, community: Any, given: dict[str, Any]) -> Iterator[Notice]:
    for row in rows_of(whole, community.id, "meetings"):
        if row.on > whole.today:
            continue
        context = {**given, "meeting": row, **_said(whole, row)}
        yield Notice(
            "minutes",
            community.id,
            row.id,
            f"{STEMS['minutes']}-{row.id}",
            titled("minutes-named" if row.title.endswith(("会", "会议")) else "minutes", meeting=row.title),
            f"{community.id}/meetings/{row.id}/",
            row.on,
            recent(row.on, whole.today),
            context,
            place=row.place,
            hang=while_news(row.on),
        )


def _alike(taken: Sequence[Ballot], meeting: Any) -> bool:
    """Whether the meeting is nothing but these votes: it gives the same numbers as each."""
    return all((b.vote.called, b.vote.present) == (meeting.called, meeting.present) for b in taken)


def _said(whole: Whole, meeting: Any) -> dict[str, Any]:
    """The items of a meeting, each with its votes; votes on no item of the agenda come last."""
    taken = ballots_of(whole, meeting)
    items = items_of(whole, meeting)
    agenda = [Agendum(i, tuple(b for b in taken if i.matter and b.vote.matter == i.matter)) for i in items]
    placed = {b.vote.id for a in agenda for b in a.ballots}
    return {
        "agenda": tuple(agenda),
        "others": tuple(b for b in taken if b.vote.id not in placed),
        "away": taken[0] if taken and all(b.by_return for b in taken) and _alike(taken, meeting) else None,
        "compound": row_of(whole, meeting.community, "compounds", meeting.compound),
        "chair": whole.person(meeting.community, meeting.chair),
        "recorder": whole.person(meeting.community, meeting.recorder),
    }
