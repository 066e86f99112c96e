"""The results of elections: who was elected, by how many votes, by which rule, and what is still to be filled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..facts.lists import elections_held
from ..facts.whole import Whole
from .notice import STEMS, Notice, recent, row_of, titled


def elections(whole: Whole, community: Any, given: dict[str, Any]) -> Iterator[Notice]:
    for row in elections_held(whole, community.id):
        poll = whole.poll(row)
        if poll is None:
            continue
        yield Notice(
            "election",
            community.id,
            row.id,
            f"{STEMS['election']}-{row.id}",
            titled("election", election=row.title),
            f"{community.id}/elections/",
            row.on,
            recent(row.on, whole.today),
            {
                **given,
                "poll": poll,
                "compound": row_of(whole, community.id, "compounds", row.compound),
                "grid": row_of(whole, community.id, "grids", row.grid),
                "meeting": row_of(whole, community.id, "meetings", row.meeting),
            },
            place=row.place,
            matter=row.matter or "",
        )
