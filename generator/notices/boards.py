"""The papers that mechanisms call for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..facts.lists import waiting
from ..facts.whole import Whole
from ..mechanism import Board, Mechanism
from ..mechanisms import discover
from .notice import Notice


def boards(whole: Whole, community: Any, given: dict[str, Any]) -> Iterator[Notice]:
    """Every paper of every mechanism that a community has."""
    for mechanism in discover().values():
        if mechanism.boards is None:
            continue
        shown = mechanism.gather(whole, community)
        if shown is not None:
            for board in mechanism.boards(shown, whole, community):
                yield _notice(mechanism, board, whole, given)


def _notice(mechanism: Mechanism, board: Board, whole: Whole, given: dict[str, Any]) -> Notice:
    if board.kind not in mechanism.papers:
        raise ValueError(f"{mechanism.id} has no paper of the kind {board.kind}")
    community = given["community"].id
    withheld = waiting(whole, community, mechanism.sheets)
    return Notice(
        board.kind,
        community,
        board.name,
        f"{board.kind}-{board.name}",
        board.title,
        f"{community}/{mechanism.url.partition('#')[0]}",
        board.date,
        bool(board.hang and board.hang.on(whole.today)),
        {**given, "withheld": withheld, **board.context},
        place=board.place,
        matter=board.matter,
        hang=board.hang,
        signer=board.signer,
    )
