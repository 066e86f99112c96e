"""A voting rule: who may call for the meeting, how many must come, how many must agree, and how they are counted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..declared import At, count, flag, may, must, number, one_of, slug, table, tables, text
from .shares import Threshold, share, threshold
from .versions import Convened
from .wording import check_sentence, check_words, said

COUNTED_BY = ("heads", "households", "delegates", "area_and_heads")
UNRETURNED = ("present", "absent")
DECIDES = ("motions", "persons")


@dataclass(frozen=True, kw_only=True)
class Words:
    """The Chinese for a rule's figures. A test's key (``quorum_heads`` …) is the name of its word here.

    A share that has no words of its own is said as it is counted (三分之二以上).
    """

    unit: str = must(text)
    quorum_heads: str = must(text)
    majority_heads: str = must(text)
    quorum_share: str = may(text)
    majority_share: str = may(text)
    quorum_area: str = may(text)
    majority_area: str = may(text)


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Who may demand a meeting: ``share`` of all of ``who``, as of those eligible."""

    who: str = must(text)
    share: Threshold = must(share)


@dataclass(frozen=True, kw_only=True)
class Rule(Convened):
    """When a meeting counts and when a motion is carried. ``notice_days``, ``publish_days``: calendar days.

    ``unreturned``: what a ballot that did not come back is: of the ``present``, who did not agree, or ``absent``.
    ``runoff``: the id of the rule for seats that the first ballot left empty; empty = there is none.
    ``decides``: whether ``motions`` are put to it, or ``persons`` are elected by it. ``second_ballot``: whether it is for
    nothing but the seats that a first ballot left empty.
    ``proxies``: how many ballots one person may cast for others; None = the rule does not limit it.
    ``signs``: who announces what was decided or who was elected by it, as in a step of a procedure.
    """

    counted_by: str = must(one_of(*COUNTED_BY))
    quorum: Threshold = must(threshold)
    majority: Threshold = must(threshold)
    words: Words = must(table(Words))
    demanded_by: str = may(text)
    demands: tuple[Demand, ...] = may(tables(Demand), (), "demand")
    notice_days: int | None = may(count, None)
    publish_days: int | None = may(count, None)
    unreturned: str = may(one_of(*UNRETURNED), "present")
    runoff: str = may(slug)
    decides: str = may(one_of(*DECIDES), "motions")
    second_ballot: bool = may(flag, False)
    proxies: int | None = may(number, None)
    signs: str = may(text)

    def __post_init__(self) -> None:
        words = replace(
            self.words,
            quorum_share=self.words.quorum_share or said(self.quorum),
            majority_share=self.words.majority_share or said(self.majority),
        )
        object.__setattr__(self, "words", words)

    def says(self, key: str) -> str:
        """The Chinese of a test key such as ``quorum_heads``. Raises ``AttributeError`` for a key it doesn't have."""
        return str(getattr(self.words, key))


def check_rule(rule: Rule, at: At) -> None:
    """What must hold between the fields of a rule."""
    if rule.quorum.of != "eligible":
        (at / "quorum").fault("procedure-quorum-of", rule.quorum.of)
    if rule.second_ballot and rule.decides != "persons":
        (at / "second_ballot").fault("procedure-second-ballot")
    if rule.counted_by == "area_and_heads":
        for key in ("quorum_area", "majority_area"):
            if not rule.says(key):
                (at / "words").fault("toml-missing-key", key=key)
    check_words(rule.words.quorum_share, rule.quorum, at / "words" / "quorum_share")
    check_words(rule.words.majority_share, rule.majority, at / "words" / "majority_share")
    demands = [d.share for d in rule.demands]
    check_sentence(rule.title, (rule.quorum, rule.majority), at / "title")
    check_sentence(rule.summary, (rule.quorum, rule.majority, *demands), at / "summary")
    if demands:
        check_sentence(rule.demanded_by, demands, at / "demanded_by")
