"""All that is to be mended, by the one who fills it in: a page for the coordinator, and a message to each editor.

It names people and quotes their sheets: it is for the coordinator, never for the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .. import templating
from ..problems import Problem
from . import told

TEMPLATE = "feedback/problems.html"


@dataclass(frozen=True)
class Line:
    """One thing to mend. ``where``: cell, or row, or the whole; ``column``: "" where it is none's."""

    where: str
    column: str
    say: str
    mend: str
    withholds: bool


@dataclass(frozen=True)
class Tab:
    """What is to be mended in one tab of one source; ``title`` is "" for what concerns the source as a whole."""

    title: str
    file: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Part:
    """All that one editor ("" where nobody is named) has to look at; without tabs, all is well."""

    editor: str
    sheets: tuple[str, ...]
    tabs: tuple[Tab, ...]

    @property
    def count(self) -> int:
        return sum(len(t.lines) for t in self.tabs)

    @property
    def withheld(self) -> int:
        """How many of them keep a row off the site."""
        return sum(line.withholds for t in self.tabs for line in t.lines)


def parts(problems: Iterable[Problem], editors: Mapping[str, str], titles: Sequence[str] = ()) -> tuple[Part, ...]:
    """The problems by editor: who has most to mend first, what nobody is named for after all, then who has nothing.

    ``editors``: title of a tab → who fills it in; several names as they are written there. ``titles``: the tabs in
    their order; an editor's tabs are told in it.
    """
    order = {title: n for n, title in enumerate(titles)}
    names = {title: name.strip() for title, name in editors.items() if name.strip()}
    found: dict[str, dict[tuple[str, str], list[Line]]] = {name: {} for name in names.values()}
    for title, own in told.by_sheet(problems).items():
        for problem in own:
            tabs = found.setdefault(names.get(title, ""), {})
            tabs.setdefault((title, problem.place.file), []).append(_line(problem))
    made = []
    for name, tabs in found.items():
        own_titles = sorted((t for t, n in names.items() if n == name), key=lambda t: (order.get(t, len(order)), t))
        keys = sorted(tabs, key=lambda k: (bool(k[0]), order.get(k[0], len(order)), k))
        made.append(Part(name, tuple(own_titles), tuple(Tab(t, file, tuple(tabs[t, file])) for t, file in keys)))
    return tuple(sorted(made, key=lambda p: (not p.count, not p.editor, -p.count, p.editor)))


def _line(problem: Problem) -> Line:
    said, place = told.words()["tab"], problem.place
    where = place.cell or (said["row"].format(row=place.row) if place.row else said["whole"] if place.sheet else "")
    return Line(where, place.column, problem.says, problem.mend, problem.withholds)


def page(
    problems: Iterable[Problem],
    editors: Mapping[str, str],
    titles: Sequence[str],
    when: date,
    sources: Sequence[str],
    templates: Path,
) -> str:
    """One HTML page that needs nothing else: no script, no picture, nothing from another host.

    ``when``: the day of the check; ``sources``: what was checked, as people call it; ``templates``: the folder
    ``templates/``. The rest as for :func:`parts`.
    """
    every = parts(problems, editors, titles)
    return templating.draw(
        templating.environment(templates),
        TEMPLATE,
        parts=[p for p in every if p.count],
        fine=[p for p in every if not p.count],
        count=sum(p.count for p in every),
        withheld=sum(p.withheld for p in every),
        when=when,
        sources=list(sources),
    )


def text(part: Part, when: date) -> str:
    """A message to one editor, as it is pasted into a chat: plain lines, nothing to click."""
    said = told.words()["text"]
    day = f"{when.month}月{when.day}日"
    if not part.count:
        return str(said["fine"].format(editor=part.editor, day=day))
    head = said["head"] if part.editor else said["head-nobody"]
    lines = [head.format(editor=part.editor, day=day, count=part.count)]
    number = 0
    for tab in part.tabs:
        lines.append(said["sheet"].format(sheet=tab.title) if tab.title else said["book"])
        for line in tab.lines:
            number += 1
            form = said["line"] if line.withholds else said["remark"]
            where = f"{line.where} {line.column}".strip()
            lines.append(form.format(number=number, where=f"{where}:" if where else "", say=line.say, mend=line.mend))
    return "\n".join([*lines, said["last"]])
