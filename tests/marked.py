"""The demo's 南华社区 on a day when some of it is being looked into and some was removed."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

from generator import cli, marks
from generator.marks import Held, Removed

COMMUNITY = "nanhua"
GONE = "NH-2024-003"  # a matter that was removed with all that hangs on it; minutes still name it
TITLE = "南花园枣树院遛狗不牵绳、粪便没人收"
REASON = "和 2025年的另一件事重复登记，合并到一起了"
OLDER = "NH-2026-004"  # a matter whose last good version is shown, and of its parts too


def _day(day: int) -> date:
    return date(2026, 6, day)


def _drop(path: Path, column: str, value: str) -> list[str]:
    """Take out the rows that have ``value`` in a column; their ids."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    at = header.index(column)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *(r for r in rows if r[at] != value)])
    return [r[0] for r in rows if r[at] == value]


def marked_folder(demo: Path, to: Path) -> Path:
    """A copy of the demo's records with marks of every kind."""
    folder = shutil.copytree(demo, to)
    home = folder / COMMUNITY
    gone = {s: _drop(home / f"{s}.csv", "议题", GONE) for s in ("steps", "votes", "resolutions")}
    gone["matters"] = _drop(home / "matters.csv", "编号", GONE)
    removed = [
        *(Removed(COMMUNITY, s, id, _day(12), REASON if s == "matters" else "") for s, ids in gone.items() for id in ids),
        Removed(COMMUNITY, "people", "NH-P999", _day(1), "本人收回了同意"),
    ]
    older = {
        "matters": (OLDER, 10),
        "steps": (f"{OLDER}-6", 12),
        "votes": ("NH-V25", 12),
        "items": ("NH-M17-1", 12),
        "meetings": ("NH-M17", 12),
        "resolutions": ("NH-R18", 12),
        "figures": ("NH-F2", 11),
        "compounds": ("NH-C1", 11),
        "grids": ("NH-G1", 11),
        "units": ("NH-U-DZZ", 11),
        "people": ("NH-P014", 11),
    }
    held = [
        *(Held(COMMUNITY, sheet, id, _day(day), True) for sheet, (id, day) in older.items()),
        Held(COMMUNITY, "matters", "NH-2026-099", _day(14), False),
        Held(COMMUNITY, "steps", "", _day(15), False, 2),
    ]
    (home / marks.REMOVED).write_bytes(marks.write_removed(removed))
    (home / marks.HELD).write_bytes(marks.write_held(held))
    (folder / marks.REMOVED).write_bytes(marks.write_removed([Removed("", "communities", "hongqi", _day(3), "并入南华社区")]))
    (folder / marks.HELD).write_bytes(marks.write_held([Held("", "communities", COMMUNITY, _day(9), True)]))
    return folder


def marked_site(demo: Path, to: Path) -> Path:
    """The site of those records, of 南华社区 alone."""
    folder = marked_folder(demo, to / "records")
    out = to / "public"
    assert cli.main(["build", "--records", str(folder), "--out", str(out), "--community", COMMUNITY, "--quiet"]) == 0
    return out
