"""Rows for tests, made by the gate as all rows are; and the small faultless community of ``golden/base``."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from generator import build
from generator.facts.whole import Whole
from generator.privacy import publish
from generator.problems import Place
from generator.records import District, Records
from generator.sheet import PublicRow
from generator.sheets import discover

R = TypeVar("R", bound=PublicRow)
GOLDEN = Path(__file__).parent / "golden"
COMMUNITY = "xiyuan"


def row(of: type[R], id: str, at: int = 2, /, **values: Any) -> R:
    """A row of the community ``xiyuan``; columns that are not given are empty. ``at``: its line in the file."""
    place = Place(f"records/{COMMUNITY}/{of.sheet.id}.csv", of.sheet.title, at)
    unknown = set(values) - {c.name for c in of.sheet.columns}
    assert not unknown, unknown
    cells = {c.name: i for i, c in enumerate(of.sheet.published)}
    return publish(of.sheet, COMMUNITY, place, {"id": id, **values}, cells)  # type: ignore[return-value]


def records(rows: Iterable[PublicRow]) -> Records:
    """Records of these rows alone."""
    discover()
    tables: dict[str, dict[str, dict[str, PublicRow]]] = {"": {}, COMMUNITY: {}}
    for r in rows:
        tables[COMMUNITY if r.sheet.per_community else ""].setdefault(r.sheet.id, {})[r.id] = r
    return Records(District("测试区"), tables)


def base_folder(demo: Path, to: Path) -> Path:
    """A copy of ``golden/base/records`` with the procedures that ship with Bugu, to be changed at will."""
    shutil.copytree(GOLDEN / "base" / "records", to, dirs_exist_ok=True)
    shutil.copytree(demo / "procedures", to / "procedures", dirs_exist_ok=True)
    return to


def base(demo: Path, to: Path, today: date | None = None) -> Whole:
    """All facts of ``golden/base`` on a day, by itself on 2026-06-17."""
    whole, problems = build.check(base_folder(demo, to), date(2030, 1, 1), today)
    # its figures and hours are those of its own day
    assert {p.code for p in problems} <= {"total-differs", "whistle-future", "remark-ahead", "answer-ahead"}
    return whole
