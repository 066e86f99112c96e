"""议事协商, with its six steps: from the question raised to the result on file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..checks.decided import resolutions_of_their_vote, steps_after_votes
from ..checks.postings import postings_as_due, postings_whole
from ..checks.steps import matters_agree, steps_in_order
from ..checks.votes import votes_add_up
from ..mechanism import Mechanism, declare

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community


def _raised(whole: Whole, c: Community) -> int | None:
    return len(whole.cases.of(c.id)) or None


declare(
    Mechanism(
        id="deliberation",
        title="议事协商",
        theme="议事和公开",
        about="居民提的事怎么议、怎么定、办成没有：每件事一页，六步走到哪一步，写得清清楚楚。",
        article="居民议事协商；民主议事协商“六步工作法”；大事大议、小事小议、急事快议；40余个难题",
        sheets=("matters", "steps", "meetings", "items", "votes", "resolutions", "objections", "corrections"),
        gather=_raised,
        at="matters/",
        papers=("publicity", "resolution", "minutes", "result", "correction"),
        checks=(
            steps_in_order,
            postings_whole,
            postings_as_due,
            votes_add_up,
            steps_after_votes,
            resolutions_of_their_vote,
            matters_agree,
        ),
    )
)
