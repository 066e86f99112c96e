"""Who signs a paper: the body that the procedure or the rule names, else the community."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..facts.cases import Case
from ..facts.whole import Whole
from .notice import worded


def signer(whole: Whole, community: Any, signs: str, compound: str | None, on: date) -> str:
    """How a paper of that day is signed. ``signs``: as in a procedure's step; ``compound``: the id of the matter's, if any.

    A kind of unit is the one such unit of the compound that was there on the day. Without one, or with several, the
    community signs in its stead, and says so.
    """
    if not signs:
        return str(community.signer)
    body = whole.body(community.id, signs, compound, on)
    if body is None:
        return worded("signature", "of-community", community=community.name, body=signs)
    return body or worded("signature", "in-stead", signer=community.signer)


def signs(case: Case, what: str, row: Any, shown: tuple[Any, ...] = ()) -> str:
    """Who is to sign the paper of a step, a resolution or a result, by rule or procedure.

    ``shown``: the resolutions on it. Who announces what a rule decided comes before the step at which it is posted.
    """
    votes = {r.vote for r in ((row,) if what != "step" else shown) if r.vote}
    ruled = [b.rule.signs for b in case.ballots if b.vote.id in votes and b.rule.signs]
    return ruled[0] if ruled else case.procedure.signs(what, row.step if what == "step" else None)
