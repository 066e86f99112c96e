"""The papers that mechanisms call for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
                yield _notice(mechanism, board, community.id, given)


def kinds() -> dict[str, str]:
    """The kinds of paper that mechanisms have, with the Chinese for each."""
    return {kind: title for m in discover().values() for kind, title in m.papers.items()}


def _notice(mechanism: Mechanism, board: Board, community: str, given: dict[str, Any]) -> Notice:
    return Notice(
        board.kind,
        community,
        board.name,
        f"{board.kind}-{board.name}",
        board.title,
        f"{community}/{mechanism.url.partition('#')[0]}",
        board.date,
        board.due,
        {**given, **board.context},
        place=board.place,
    )
