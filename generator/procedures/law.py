"""A place may ask for more than the law does at a meeting, never for less."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ..declared import At
from .rules import Rule
from .shares import Threshold
from .wording import said

_LAW = re.compile(r"《[^》]*(?<!办)法典?(?:[(（〔][^》]*)?》")
AREA = "area_and_heads"


def is_law(rule: Rule) -> bool:
    """Whether a rule is one of a law: its source names one, and it is no community's own."""
    return not rule.community and bool(_LAW.search(rule.source))


def check_not_below(rules: Sequence[tuple[Rule, At]]) -> None:
    """A rule of a place is on no day weaker than every rule of law for the same kind of meeting."""
    laws = [rule for rule, _ in rules if is_law(rule)]
    for rule, at in rules:
        if not is_law(rule):
            for meeting in rule.meetings:
                same = [law for law in laws if meeting in law.meetings and law.decides == rule.decides]
                _check(rule, meeting, same, at)


def _check(rule: Rule, meeting: str, laws: Sequence[Rule], at: At) -> None:
    for day in _days(rule, laws):
        held = [law for law in laws if law.holds(day)]
        weak = [tuple(_weaker(rule, law)) for law in held]
        if held and all(weak):
            fewest = min(range(len(held)), key=lambda n: len(weak[n]))
            law = held[fewest]
            for key, asked in weak[fewest]:
                (at / key).fault(
                    "procedure-below-law", _own(rule, key), meeting=meeting, asked=asked, source=law.source
                )
            return


def _days(rule: Rule, laws: Sequence[Rule]) -> list[date]:
    """The days within a rule's time on which a law begins or has just ended: between them nothing changes.

    The latest one first: what a rule has to reach now is what its author is told.
    """
    starts = [rule.valid_from or date.min]
    for law in laws:
        starts.append(law.valid_from or date.min)
        if law.valid_to and law.valid_to < date.max:
            starts.append(law.valid_to + timedelta(days=1))
    return sorted({d for d in starts if rule.holds(d)}, reverse=True)


def _weaker(rule: Rule, law: Rule) -> Iterator[tuple[str, str]]:
    """What a rule asks less of than a law, with what the law asks for: (key of the file, words)."""
    if _below(rule.quorum, law.quorum):
        yield "quorum", f"{law.words.quorum_heads}{said(law.quorum)}"
    if _below(rule.majority, law.majority):
        yield "majority", f"{law.words.majority_heads}{said(law.majority)}"
    if law.counted_by == AREA != rule.counted_by:
        yield "counted_by", "按面积和人数"


def _below(own: Threshold, law: Threshold) -> bool:
    """A share of all is at least as much as the same share of those present."""
    if own.of == "present" and law.of == "eligible":
        return True
    return (own.share, own.strict) < (law.share, law.strict)


def _own(rule: Rule, key: str) -> str:
    return rule.counted_by if key == "counted_by" else said(rule.quorum if key == "quorum" else rule.majority)
