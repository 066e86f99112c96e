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
    from .facts.board import Hang
    from .facts.whole import Whole
    from .sheets.communities import Community

# (whole, community) → what the page shows, a fact or a mapping of facts; None where a community has none of it.
Gather = Callable[["Whole", "Community"], Any]

# What mechanisms are for, as the district's page has them side by side and a community's own page without headings.
THEMES = ("组织和队伍", "议事和公开", "办事和服务", "网格和走访", "共建和志愿")


@dataclass(frozen=True)
class Board:
    """One paper for the board that a mechanism calls for.

    ``kind``: one of the mechanism's ``papers``, whose template is ``notices/<kind>.html``. ``name``: unique among the
    papers of that kind in a community, of the characters that an id has. ``hang``: from which day to which it hangs, None
    for what hangs for good. ``context``: public rows, facts and plain values; besides these its template has ``withheld``, how many
    rows of the mechanism's sheets are being looked into (unless the context counts fewer sheets). ``place``: the row that it is about.
    ``matter``: the matter's id, or "". ``signer``: who signs it; empty = the community.
    """

    kind: str
    name: str
    title: str
    date: date
    hang: Hang | None = None
    context: Mapping[str, Any] = field(default_factory=dict, hash=False)
    place: Place = Place()
    matter: str = ""
    signer: str = ""


@dataclass(frozen=True, kw_only=True)
class Mechanism:
    """The declaration.

    ``id``: its address under the community, unless ``at`` names a page that it shares (``people/#chain``).
    ``title``: what it is called in general; a community may call it otherwise (sheet ``mechanisms``). ``theme``: one of
    ``THEMES``. ``about``: what it is for, for residents. ``article``: the seed's words for it.
    ``sheets``: the ids of the sheets that it lives on. ``gather``: what its page shows.
    ``papers``: the kinds of its papers; ``boards``: which there are, None where the kinds are made elsewhere
    (``notices``); ``no_paper``: why it has none. ``checks``: what must hold between its rows; ``no_check``: why nothing
    need be checked but the sheets by themselves.

    Raises ``TypeError`` for a declaration that is not whole.
    """

    id: str
    title: str
    theme: str
    about: str
    article: str
    sheets: tuple[str, ...]
    gather: Gather = field(repr=False)
    at: str = ""
    papers: tuple[str, ...] = ()
    boards: Callable[[Any, Whole, Community], Iterable[Board]] | None = None
    no_paper: str = ""
    checks: tuple[Callable[[Given], Found], ...] = ()
    no_check: str = ""

    def __post_init__(self) -> None:
        wrong = (
            (self.theme not in THEMES, "a theme that there is"),
            (not (self.title and self.about and self.article and self.sheets), "title, about, article and sheets"),
            (bool(self.papers) == bool(self.no_paper), "papers, or why there are none"),
            (self.boards is not None and not self.papers, "the kinds of its papers"),
            (bool(self.checks) == bool(self.no_check), "checks, or why there are none"),
        )
        for is_wrong, what in wrong:
            if is_wrong:
                raise TypeError(f"mechanism {self.id}: {what}")

    @property
    def url(self) -> str:
        """Its page, relative to the community's."""
        return self.at or f"{self.id}/"


_MECHANISMS: dict[str, Mechanism] = {}


def declare(mechanism: Mechanism) -> Mechanism:
    """Enter a mechanism. Raises ``TypeError`` for a second one of that id or title."""
    for other in _MECHANISMS.values():
        if other is not mechanism and (other.id == mechanism.id or other.title == mechanism.title):
            raise TypeError(f"two mechanisms are called {mechanism.id} {mechanism.title}")
    _MECHANISMS[mechanism.id] = mechanism
    return mechanism


def declared() -> dict[str, Mechanism]:
    """Every mechanism declared so far, by id."""
    return dict(sorted(_MECHANISMS.items()))
