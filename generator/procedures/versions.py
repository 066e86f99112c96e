"""What procedures, rules and limits have in common: an id, a source, the days between which a version holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..declared import count, day, may, must, slug, table, text, texts_of, url

DAY_KINDS = ("日历日", "工作日")
# The kinds of meeting that the sheet ``meetings`` has; a test holds the two together.
MEETING_KINDS = (
    "议事协商会",
    "居民会议",
    "居民代表会议",
    "党员大会",
    "党组织会议",
    "两委会议",
    "民主议政日",
    "党建联席会议",
    "业主大会",
    "业委会会议",
    "三方联席会",
)


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version. The dates are both included, None = open. ``community``: the only one it is for; empty = all."""

    id: str = must(slug)
    title: str = must(text)
    summary: str = must(text)
    source: str = must(text)
    basis_url: str = may(url)
    local: str = may(text)
    valid_from: date | None = may(day, None)
    valid_to: date | None = may(day, None)
    community: str = may(slug)

    def holds(self, on: date) -> bool:
        """Whether this version is in force on that day."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """How often a kind of meeting is to be held: at least ``times`` in every ``months`` of the calendar."""

    times: int = must(count)
    months: int = must(count)


@dataclass(frozen=True, kw_only=True)
class Convened(Version):
    """A version that is about meetings. ``meetings``: the kinds it governs; none = it is tied to no kind."""

    meetings: tuple[str, ...] = may(texts_of(*MEETING_KINDS), ())
    rhythm: Rhythm | None = may(table(Rhythm), None)
