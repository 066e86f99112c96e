"""A procedure: the way a matter goes, from being raised to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..declared import At, count, may, must, one_of, tables, text, texts_of
from .steps import Publicity, Step, check_doubles, steps
from .versions import Convened

SIZES = ("大事", "小事", "急事")


@dataclass(frozen=True, kw_only=True)
class Size:
    """A class of matters: days (calendar) from being raised to being solved, and who must sit."""

    name: str = must(one_of(*SIZES))
    title: str = must(text)
    days: int = must(count)
    who_sits: str = must(text)
    summary: str = may(text)


def _sizes(value: Any, at: At) -> tuple[Size, ...]:
    before = len(at.faults)
    sizes: tuple[Size, ...] = tables(Size)(value, at)
    if len(at.faults) == before:
        check_doubles([s.name for s in sizes], at)
    return sizes


@dataclass(frozen=True, kw_only=True)
class Procedure(Convened):
    """The way a matter goes.

    ``used_for``: for which things this is the way, in a few words.
    ``only``: the classes of matters that it is for; none = all of them.
    ``reply_days``: calendar days from being raised to telling residents whether it is taken (local); None = not set.
    """

    sizes: tuple[Size, ...] = must(_sizes, "size")
    steps: tuple[Step, ...] = must(steps, "step")
    reply_days: int | None = may(count, None)
    used_for: str = may(text)
    only: tuple[str, ...] = may(texts_of(*SIZES), (), "sizes")

    def size(self, name: str) -> Size | None:
        """The class of that name (``大事``), or None."""
        for size in self.sizes:  # every matter asks: no generator for each
            if size.name == name:
                return size
        return None

    @cached_property
    def named(self) -> Mapping[str, Step]:
        """The steps by name, in order."""
        return {s.name: s for s in self.steps}

    def step(self, name: str | None) -> Step | None:
        """The step of that name, or None."""
        return self.named.get(name or "")

    def position(self, name: str) -> int:
        """The place of a step in order, from 0. Raises ``ValueError`` for a step it doesn't have."""
        return [s.name for s in self.steps].index(name)

    def publicity_of(self, what: str, step: str | None = None) -> Publicity | None:
        """The publicity that is due to what is shown, or None where the procedure sets none.

        ``what``: ``step`` (the one named ``step``), ``resolution`` (the first step of publishing or voting that has one,
        else as for a result), ``result`` (the step of solving). Raises ``ValueError`` for anything else.
        """
        if what == "step":
            named = self.step(step)
            return named.publicity if named else None
        if what == "resolution":
            return self._shown("publish", "vote") or self._shown("solve")
        if what == "result":
            return self._shown("solve")
        raise ValueError(f"a publicity of {what}")

    def signs(self, what: str, step: str | None = None) -> str:
        """Who signs the paper of what is shown (as in ``publicity_of``); empty = the community's own signer."""
        if what == "step":
            named = self.step(step)
            return named.signs if named else ""
        kinds = {"resolution": ("publish", "vote"), "result": ("solve",)}[what]
        return next((s.signs for s in self.steps if s.kind in kinds and s.signs), "")

    def _shown(self, *kinds: str) -> Publicity | None:
        return next((s.publicity for s in self.steps if s.kind in kinds and s.publicity), None)


def check_procedure(way: Procedure, at: At) -> None:
    """A procedure has days for every class of matters that it is for, and for no other."""
    classes = [s.name for s in way.sizes]
    if missing := [name for name in way.only or SIZES if name not in classes]:
        place = at / "sizes" if way.only else at / "size" / len(classes) / "name"
        place.fault("procedure-size-missing", "、".join(missing), given="、".join(f'"{name}"' for name in classes))
    for n, name in enumerate(classes, 1):
        if way.only and name not in way.only:
            (at / "size" / n / "name").fault("procedure-size-more", name)
