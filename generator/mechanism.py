"""A mechanism of a community (一室八中心, 幸福食堂, 小红花卡 …) is declared once: its sheets, its page, its papers, its checks.

From the declaration come the page under the community, its place on the community's front page and in the district's
comparison, the papers for the board, and the row of ``docs/mechanisms.md`` that a test holds against the code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from .problems import Place

if TYPE_CHECKING:
    from .checks.given import Found, Given
    from .facts.whole import Whole
    from .sheets.communities import Community

# (whole, community) → what the page shows, a fact or a mapping of facts; None where a community has none of it.
Gather = Callable[["Whole", "Community"], Any]


@dataclass(frozen=True)
class Board:
    """One paper for the board that a mechanism calls for.

    ``kind``: a key of the mechanism's ``papers``, whose template is ``notices/<kind>.html``. ``name``: unique among the
    papers of that kind in a community, as an id is. ``due``: to be hung today. ``context``: public rows, facts and
    plain values for the template. ``place``: the row that it is about.
    """

    kind: str
    name: str
    title: str
    date: date
    due: bool
    context: Mapping[str, Any] = field(default_factory=dict, hash=False)
    place: Place = Place()


@dataclass(frozen=True, kw_only=True)
class Mechanism:
    """The declaration.

    ``id``: its address under the community, unless ``at`` names a page that it shares (``people/#chain``).
    ``title``: what it is called in general; a community may call it otherwise (sheet ``mechanisms``).
    ``about``: what it is for, for residents. ``article``: the words of the seed that ask for it.
    ``sheets``: the ids of the sheets that it lives on. ``gather``: what its page shows.
    ``boards``: its papers; ``papers``: their kinds with the Chinese for each. ``no_paper``: why it has none.
    ``checks``: what must hold between its rows. ``no_check``: why nothing need be checked but the sheets themselves.
    """

    id: str
    title: str
    about: str
    article: str
    sheets: tuple[str, ...]
    gather: Gather
    at: str = ""
    papers: Mapping[str, str] = field(default_factory=dict, hash=False)
    boards: Callable[[Any, Whole, Community], Iterable[Board]] | None = None
    no_paper: str = ""
    checks: tuple[Callable[[Given], Found], ...] = ()
    no_check: str = ""

    def __post_init__(self) -> None:
        if bool(self.boards) == bool(self.no_paper) or bool(self.boards) != bool(self.papers):
            raise TypeError(f"{self.id}: papers with their boards, or why there are none")
        if bool(self.checks) == bool(self.no_check):
            raise TypeError(f"{self.id}: checks, or why there are none")

    @property
    def url(self) -> str:
        """Its page, relative to the community's."""
        return self.at or f"{self.id}/"


_MECHANISMS: dict[str, Mechanism] = {}


def declare(mechanism: Mechanism) -> Mechanism:
    """Enter a mechanism. Raises ``TypeError`` for a second one of that id."""
    if _MECHANISMS.setdefault(mechanism.id, mechanism) is not mechanism:
        raise TypeError(f"two mechanisms are called {mechanism.id}")
    return mechanism


def declared() -> dict[str, Mechanism]:
    """Every mechanism declared so far, by id."""
    return dict(_MECHANISMS)
