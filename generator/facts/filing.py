"""The community's own file numbers (归档号), read from one sample: 东胜协备〔2026〕1号 says how every other is written.

Which number is sound is asked here alone, by the checks, the pages and the dossiers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from ..procedures import Procedure
from ..records import Records
from ..sheets.communities import Community
from ..sheets.matters import Matter
from ..sheets.steps import Step
from .cases import Case
from .fact import Fact
from .status import FILING
from .whole import Whole

_OPENING, _CLOSING = "〔[［【(（﹝", "〕]］】)）﹞"  # whichever the keyboard offered; GB/T 9704 §7.2.5 has 〔〕
_FORMS = str.maketrans({**dict.fromkeys(_OPENING, "〔"), **dict.fromkeys(_CLOSING, "〕")})
_DIGITS = re.compile(r"[0-9]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True)
class FileRule(Fact):
    """How a community writes its file numbers.

    ``pieces``: the words before, between and after the two figures, as the sample has them. ``year_first``: which of the
    two comes first. ``width``: how many digits the running number has at least (003 → 3; 1 when it is not padded).
    """

    pieces: tuple[str, str, str]
    year_first: bool
    width: int

    def number(self, text: str) -> tuple[int, int] | None:
        """The year and the running number of a file number; None for one that does not follow the rule.

        Other brackets, blanks and full-width figures are taken for what they mean: see ``write`` for the one right form.
        """
        found = _pattern(self).fullmatch(_plain(text))
        if found is None or not _YEAR.fullmatch(found["year"]) or not int(found["n"]):
            return None
        return int(found["year"]), int(found["n"])

    def write(self, year: int, n: int) -> str:
        """The file number of a year and a running number, as the sample writes them."""
        before, between, after = self.pieces
        figures = (f"{year:04d}", f"{n:0{self.width}d}")
        first, second = figures if self.year_first else figures[::-1]
        return f"{before}{first}{between}{second}{after}"

    def next(self, taken: Iterable[str], year: int) -> str:
        """The file number after the last one taken in a year; gaps are left, for what had them may be kept off the site."""
        numbers = (self.number(text) for text in taken)
        return self.write(year, max((found[1] for found in numbers if found and found[0] == year), default=0) + 1)


@cache
def _pattern(rule: FileRule) -> re.Pattern[str]:
    before, between, after = (re.escape(_plain(piece)) for piece in rule.pieces)
    n = f"(?P<n>[0-9]{{{1 if between else rule.width},12}})"
    first, second = ("(?P<year>[0-9]{4})", n) if rule.year_first else (n, "(?P<year>[0-9]{4})")
    return re.compile(before + first + between + second + after)


def _plain(text: str) -> str:
    """A number as it is compared: one kind of bracket, figures and letters of one width, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text.translate(_FORMS)).translate(_FORMS).split())


@cache
def sample(text: str) -> FileRule | None:
    """The rule that a sample shows: a year 19xx or 20xx, in brackets or bare, and a running number, in either order.

    Of several years the one in brackets is meant; of several other figures the first after the year. 备2026003 is the
    year and a number of three digits. None when one of the two is not there.
    """
    text = "".join(unicodedata.normalize("NFKC", c) if c.isdecimal() else c for c in text.strip())
    groups = [(m.start(), m.end()) for m in _DIGITS.finditer(text)]
    years = [(start, end) for start, end in groups if _YEAR.fullmatch(text[start:end])]
    bracketed = [(start, end) for start, end in years if text[start - 1 : start] in tuple(_OPENING)]
    if chosen := (bracketed or years)[:1]:
        year = chosen[0]
        others = [g for g in groups if g[0] > year[0]] or [g for g in groups if g[0] < year[0]][-1:]
    elif joined := [(start, end) for start, end in groups if _YEAR.match(text[start:end])]:
        year = (joined[0][0], joined[0][0] + 4)
        others = [(year[1], joined[0][1])]
    else:
        return None
    return _rule(text, year, others[0]) if others else None


def _rule(text: str, year: tuple[int, int], n: tuple[int, int]) -> FileRule | None:
    first, second = sorted((year, n))
    pieces = (text[: first[0]], text[first[1] : second[0]], text[second[1] :])
    digits = text[n[0] : n[1]]
    joined = not pieces[1]
    if not int(digits) or (joined and first == n):
        return None
    width = len(digits) if joined or digits.startswith("0") else 1
    rule = FileRule(pieces, first == year, width)
    return rule if rule.number(text) == (int(text[slice(*year)]), int(digits)) else None


# --- which numbers are sound ---------------------------------------------------------------------------------------

NOT_THE_RULE, TWICE, BEFORE_RAISED, AFTER_FILED = "form", "twice", "early", "late"


@dataclass(frozen=True)
class Register(Fact):
    """The file numbers of one community. ``holders``: the matters of each number, by what the number means."""

    rule: FileRule | None
    holders: Mapping[object, tuple[Matter, ...]]

    def key(self, text: str) -> object:
        """What a number means: year and running number, or the text itself where the rule does not know it."""
        return (self.rule.number(text) if self.rule else None) or _plain(text)

    def others(self, matter: Matter) -> tuple[Matter, ...]:
        """The other matters with the number of this one."""
        return tuple(m for m in self.holders.get(self.key(matter.file_number), ()) if m is not matter)

    def fault(self, matter: Matter, last: date) -> str:
        """What keeps a matter's number from being sound: ``form``, ``twice``, ``early`` or ``late``; empty when nothing does.

        ``last``: the day the matter was filed, or the day of today where it was not.
        """
        number = self.rule.number(matter.file_number) if self.rule else None
        if self.rule and number is None:
            return NOT_THE_RULE
        if self.others(matter):
            return TWICE
        if number and number[0] < matter.raised_on.year:
            return BEFORE_RAISED
        return AFTER_FILED if number and number[0] > last.year else ""

    def next(self, year: int, offered: Iterable[str] = ()) -> str:
        """The number after the last one of a year, taken or ``offered``. Raises ``ValueError`` without a rule."""
        if self.rule is None:
            raise ValueError("no rule")
        return self.rule.next((*offered, *(m.file_number for some in self.holders.values() for m in some)), year)


def register(records: Records, community: str) -> Register:
    """The file numbers of a community's published matters, open ones too."""
    row = records.get("", Community, community)
    empty = Register(sample(row.file_number) if row and row.file_number else None, {})
    holders: dict[object, list[Matter]] = {}
    for matter in records.rows(community, Matter):
        if matter.file_number:
            holders.setdefault(empty.key(matter.file_number), []).append(matter)
    return Register(empty.rule, {key: tuple(some) for key, some in holders.items()})


def filed_on(steps: Iterable[Step], procedure: Procedure) -> date | None:
    """The day a matter was last filed, or None."""
    filing = {step.name for step in procedure.steps if step.kind == FILING}
    return max((row.on for row in steps if row.step in filing and row.result == "完成"), default=None)


@dataclass(frozen=True)
class Filed(Fact):
    """A closed matter in the register. ``number``: as typed, or empty; ``fault``: what keeps it from being sound, or empty.

    ``year``: the number's, or that of its end where the number says none; ``n``: the running number, or 0.
    """

    case: Case
    number: str
    fault: str
    year: int
    n: int

    @property
    def sound(self) -> bool:
        """Whether it has a number that nothing is wrong with: it is filed, whatever its steps say of filing."""
        return bool(self.number) and not self.fault

    @property
    def filed_on(self) -> date | None:
        """The day of its filing step; None where the procedure has none, or it ended before that."""
        return filed_on(self.case.steps, self.case.procedure)


def filed(whole: Whole, community: str) -> tuple[Filed, ...]:
    """The closed matters of a community in the order of their numbers, the last year first; those without come last."""
    book = register(whole.records, community)
    found = [_filed(book, case, whole.today) for case in whole.cases.of(community) if case.standing.closed]
    return tuple(sorted(found, key=lambda f: (-f.year, f.n == 0, f.n, f.number, f.case.id)))


def unfiled(whole: Whole, community: str) -> tuple[Case, ...]:
    """The matters of a community that are solved but whose filing step is not done yet, by the day they were solved."""
    found = [c for c in whole.cases.of(community) if c.standing.solved and not c.standing.closed]
    return tuple(sorted(found, key=lambda c: (c.standing.solved_on or whole.today, c.id)))


def _filed(book: Register, case: Case, today: date) -> Filed:
    number = case.matter.file_number or ""
    ended = (case.standing.ended_on or today).year
    if not number:
        return Filed(case, "", "", ended, 0)
    year, n = (book.rule.number(number) if book.rule else None) or (ended, 0)
    return Filed(case, number, book.fault(case.matter, filed_on(case.steps, case.procedure) or today), year, n)
