"""What ``bugu notices`` says: community by community what to hang and what to take down, then what to do in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from ..console import say
from ..facts.board import Board, Hang, Term, board
from ..notices import Notice
from ..templating import cn_date, weekday


class Standing(StrEnum):
    """What became of a paper's file: made, as it was, made anew with other words; not asked for and from an earlier day
    or not there; not to be set."""

    MADE = "made"
    SAME = "same"
    CHANGED = "changed"
    THERE = "there"
    NONE = "none"
    WRONG = "wrong"


WRITTEN = (Standing.MADE, Standing.CHANGED)


@dataclass(frozen=True)
class Made:
    """A paper's file in the folder. ``pages``: 0 where there is none."""

    file: str
    pages: int
    standing: Standing


@dataclass(frozen=True)
class Asked:
    """What was asked for. ``clock``: the day it really is. ``new``, ``every``, ``matter``: the new alone, all, a matter's."""

    out: Path
    today: date
    clock: date
    new: bool = False
    every: bool = False
    matter: bool = False


def told(asked: Asked, communities: Mapping[str, str], shown: Sequence[Notice], made: Mapping[str, Made]) -> str:
    """All that is said, in lines. ``made``: the file of each notice shown, by ``Notice.path``."""
    lines = [say("board-head", today=cn_date(asked.today), weekday=weekday(asked.today))]
    if asked.today != asked.clock:
        lines.append(say("board-other-day", today=asked.today, clock=asked.clock))
    for id, name in communities.items():
        own = [n for n in shown if n.community == id]
        if own or not asked.matter:
            lines += [say("board-community", community=name), *_community(asked, own, made)]
    lines.append(_made(asked, made))
    steps = list(_steps(asked, board(shown, asked.today), made))
    if steps:
        lines.append(say("board-next"))
        lines += [say("board-next-line", n=n, what=what) for n, what in enumerate(steps, start=1)]
    return "\n".join(lines)


def _community(asked: Asked, own: Sequence[Notice], made: Mapping[str, Made]) -> Iterator[str]:
    found = board(own, asked.today)
    if found.new:
        yield say("board-new", count=len(found.new), after=_day(found.after))
        yield from _listed(found.new, made)
    if found.kept:
        yield say("board-kept", count=len(found.kept))
        yield from _listed(found.kept, made, kept=True)
    if found.down:
        yield say("board-down", count=found.down)
        yield from _numbered([(p, _replaced(p)) for p in found.replaced] + [(p, _was(p)) for p in found.over])
    if found.forgotten:
        yield say("board-forgotten", count=len(found.forgotten))
        yield from _numbered([(p, _was(p)) for p in found.forgotten])
    if not (found.new or found.kept or found.down or found.forgotten):
        yield say("board-nothing")
    if asked.every or asked.matter:
        hang = {n.path for n in (*found.new, *found.kept)}
        yield from _others(asked, [n for n in own if n.path not in hang], made)


def _others(asked: Asked, others: Sequence[Notice], made: Mapping[str, Made]) -> Iterator[str]:
    """The papers that were made to be looked at; of all of them only how many."""
    if others and asked.every:
        yield say("board-others-count", count=len(others))
    elif others:
        yield say("board-others", count=len(others))
        rows = [(n, say("board-told", term=say("board-of-day", since=cn_date(n.date)), file=_file(made[n.path]))) for n in others]
        yield from _numbered(rows)


def _listed(papers: Sequence[Notice], made: Mapping[str, Made], *, kept: bool = False) -> Iterator[str]:
    return _numbered([(p, say("board-told", term=_term(p.hang), file=_file(made[p.path], kept=kept))) for p in papers])


def _numbered(rows: Sequence[tuple[Notice, str]]) -> Iterator[str]:
    for n, (paper, what) in enumerate(rows, start=1):
        yield say("board-entry", n=n, title=paper.title)
        yield what


def _term(hang: Hang | None) -> str:
    if hang is None or hang.until is None:
        return say("board-until-unknown")
    return say(f"board-until-{hang.term}", until=cn_date(hang.until))


def _was(paper: Notice) -> str:
    hang = paper.hang
    term = hang.term if hang else Term.ADVISED
    since, until = (cn_date(hang.since), cn_date(hang.until)) if hang else ("", "")
    return say("board-down-told", term=say(f"board-was-{term}", since=since, until=until))


def _replaced(paper: Notice) -> str:
    hang = paper.hang
    since, instead = (cn_date(hang.since), cn_date(hang.instead)) if hang else ("", "")
    return say("board-down-told", term=say("board-replaced", since=since, instead=instead))


def _file(made: Made, *, kept: bool = False) -> str:
    """The file with its pages; of a paper that should hang already, that it was made only now."""
    if made.standing in (Standing.NONE, Standing.WRONG):
        return say(f"board-file-{made.standing}")
    code = "late" if kept and made.standing is Standing.MADE else made.standing
    return say(f"board-file-{code}", pages=made.pages, file=made.file)


def _made(asked: Asked, made: Mapping[str, Made]) -> str:
    written = sum(m.standing in WRITTEN for m in made.values())
    same = sum(m.standing is Standing.SAME for m in made.values())
    if not (written or same):
        return say("board-made-none")
    return say("board-made-same" if same else "board-made", count=written, same=same, out=asked.out)


def _steps(asked: Asked, found: Board[Notice], made: Mapping[str, Made]) -> Iterator[str]:
    """What to do in which order: the dates first, for a sheet once printed looks right."""
    new = [m for p in found.new if (m := made[p.path]).pages]
    if new or found.kept:
        yield say("board-next-date", today=cn_date(asked.today))
    if new:
        yield say("board-next-print", count=len(new), pages=sum(m.pages for m in new), out=asked.out)
    if found.down or found.forgotten:
        yield say("board-next-down" if found.down else "board-next-forgotten", count=found.down)
    if new:
        yield say("board-next-hang")
    if found.kept:
        yield say("board-next-look")
    if changed := sum(made[p.path].standing is Standing.CHANGED for p in found.kept):
        yield say("board-next-changed", count=changed)
    if asked.new and any(made[p.path].standing is Standing.NONE for p in found.kept):
        yield say("board-next-made")


def _day(day: date) -> str:
    return f"{cn_date(day)}{weekday(day)}"
