"""The results of elections: who was elected, by how many votes, by which rule, and what is still to be filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..facts.board import while_news
from ..facts.elections import Poll
from ..facts.lists import elections_held
from ..facts.whole import Whole
from .notice import STEMS, Notice, recent, row_of, titled
from .signing import signer


def elections(whole: Whole, community: Any, given: dict[str, Any]) -> Iterator[Notice]:
    for row in elections_held(whole, community.id):
        poll = whole.poll(row)
        if poll is None:
            continue
        by = signer(whole, community, poll.rule.signs, row.compound, row.on)
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
                "poll": _known(poll),
                "compound": row_of(whole, community.id, "compounds", row.compound),
                "grid": row_of(whole, community.id, "grids", row.grid),
                "meeting": row_of(whole, community.id, "meetings", row.meeting),
            },
            place=row.place,
            matter=row.matter or "",
            hang=while_news(row.on),
            signer=by,
        )


def _known(poll: Poll) -> Poll:
    """What is known on the day of the paper: a later ballot for the seats that are left is not."""
    held = poll.second is not None and poll.second.on <= poll.on
    return poll if held else replace(poll, second=None, unseen=False)
