"""What the command line says of a sync; every word stands in ``messages/cli.toml``. Nothing private is in it."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

from .console import say
from .sheets import discover
from .sync.doors import is_link

if TYPE_CHECKING:
    from .changes import Changes, Difference
    from .sync import Count, Outcome, Result
    from .sync.merge import Gone

_NAMED = 12  # so many ids or addresses are named; the rest is counted


def synced(outcome: Outcome, dry: bool) -> str:
    """A paragraph a community: what is new, changed, taken down, kept back."""
    return "\n".join(_result(r, dry) for r in outcome.results)


def _result(result: Result, dry: bool) -> str:
    head = say(f"sync-{result.state}" + ("-dry" if dry and result.state == "done" else ""), community=result.community)
    lines = [head]
    lines += [line for count in result.counts for line in _count(count)]
    if result.state != "done":
        return "\n".join(lines)
    if not result.counts:
        lines.append(say("sync-same"))
    if result.kept:
        lines.append(say("sync-kept", count=result.kept))
    if result.withheld:
        lines.append(say("sync-withheld", count=result.withheld))
    return "\n".join(lines)


def _count(count: Count) -> list[str]:
    title = discover()[count.sheet].title
    kinds = (("added", count.added), ("changed", count.changed), ("removed", count.removed), ("waiting-rows", count.waiting))
    return [say(f"sync-{kind}", title=title, count=len(ids), ids=_some(ids)) for kind, ids in kinds if ids]


def _some(names: tuple[str, ...]) -> str:
    more = say("and-more", count=len(names)) if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


def stopped(result: Result, source: str = "") -> str:
    """The list of what would go, and how to go on. ``source``: as it was given on the command line."""
    lines = [say("sync-would-go", community=result.community)]
    lines += [_gone(g) for g in result.gone]
    given = [say("its-address") if is_link(source) else source] if source else []  # a link may be a key
    command = shlex.join(["sync", *given, "--community", result.community])
    return "\n".join([*lines, say("sync-accept", command=command)])


def _gone(gone: Gone) -> str:
    if gone.sheet.stays:
        return say("sync-gone-counts" if gone.whole else "sync-gone-fewer", title=gone.sheet.title)
    code = "sync-gone-tab" if gone.whole else "sync-gone-rows"
    return say(code, title=gone.sheet.title, count=len(gone.ids), of=gone.of, ids=_some(gone.ids))


def next_step(outcome: Outcome, dry: bool) -> str:
    """What to do now."""
    if dry:
        return say("sync-next-dry")
    if outcome.changed:
        return say("sync-next", files=len(outcome.changed))
    return say("sync-next-same") if all(r.state == "done" for r in outcome.results) and not outcome.problems else ""


def changes(found: Changes) -> str:
    """The pages and notices that a sync would change."""
    return "\n".join([*_difference("pages", found.pages), *_difference("notices", found.notices)])


def _difference(what: str, found: Difference) -> list[str]:
    kinds = (("added", found.added), ("changed", found.changed), ("gone", found.gone))
    lines = [say(f"{what}-{kind}", count=len(names), names=_some(names)) for kind, names in kinds if names]
    return lines or [say(f"{what}-same")]


def as_json(outcome: Outcome, dry: bool) -> str:
    """The same for machines."""
    said: dict[str, Any] = {
        "written": bool(outcome.changed) and not dry,
        "today": str(outcome.today),
        "files": outcome.changed,
        "communities": [_json(r) for r in outcome.results],
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def _json(result: Result) -> dict[str, Any]:
    return {
        "community": result.community,
        "state": result.state,
        "sheets": {c.sheet: {"added": c.added, "changed": c.changed, "removed": c.removed, "waiting": c.waiting} for c in result.counts},
        "kept": result.kept,
        "withheld": result.withheld,
        "gone": [{"sheet": g.sheet.id, "ids": g.ids, "of": g.of, "whole": g.whole} for g in result.gone],
        "problems": [p.as_dict() for p in result.problems],
    }
