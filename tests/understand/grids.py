"""Tabs for tests, set out as an editor sees them; and a small sheet of every privacy and every kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.problems import Problem
from generator.raw import Book, Grid
from generator.sheet import Sheet
from generator.sheets import discover
from generator.understand import Table, Understood, understand

COMPOUNDS = ("编号", "名称", "归属", "户数", "楼栋数", "建成年份", "物业", "业委会", "简介")
MATTERS = (
    "编号", "标题", "小区", "类别", "大小急", "提出日期", "提出渠道", "提出人", "公开同意", "联系电话", "内容", "程序",
    "责任单位", "责任人", "办理期限", "解决层级", "办理结果", "归档号",
)  # fmt: skip
MATTER: Mapping[str, str] = {
    "编号": "DS-1", "标题": "楼道堆物", "类别": "楼道堆物", "大小急": "小事", "提出日期": "2026-03-05", "提出渠道": "居民来电",
    "内容": "二单元堆了旧家具。", "程序": "liubu", "责任单位": "u-wuye",
}  # fmt: skip


def grid(*lines: Sequence[str], title: str = "小区", raw: Mapping[str, Any] | None = None, **more: Any) -> Grid:
    """A tab of these lines, made rectangular. ``raw``: what lies beneath some cells, by their names (``C7``)."""
    width = max(map(len, lines), default=0)
    rows = tuple((*line, *[""] * (width - len(line))) for line in lines)
    beneath = None
    if raw is not None:
        cells = [[cell or None for cell in row] for row in rows]
        for name, value in raw.items():
            row, column = int(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1, ord(name[0]) - ord("A")
            cells[row][column] = value
        beneath = tuple(map(tuple, cells))
    return Grid(title, rows, more.pop("place", "台账.xlsx"), beneath, **more)


def matter(**cells: str) -> tuple[str, ...]:
    """A line of the register of matters, without fault but for these cells."""
    return tuple({**MATTER, **cells}.get(title, "") for title in MATTERS)


def matters(*rows: Mapping[str, str], **more: Any) -> Grid:
    """The tab of the register of matters with such rows, DS-1, DS-2 …"""
    lines = [matter(**{"编号": f"DS-{n}", **row}) for n, row in enumerate(rows, 1)]
    return grid(MATTERS, *lines, title=more.pop("title", "议题台账"), **more)


def read(*grids: Grid, remarks: Sequence[Problem] = (), sheets: Mapping[str, Sheet] | None = None) -> Understood:
    """What these tabs say."""
    return understand(Book("台账.xlsx", grids, tuple(remarks)), sheets or discover())


def one(understood: Understood) -> Table:
    """The only sheet that there is."""
    (table,) = understood.tables.values()
    return table


def codes(understood: Understood) -> list[str]:
    """What was said, but for columns that a small tab leaves out."""
    return [p.code for p in understood.problems if p.code != "title-missing-optional"]


def ids(table: Table) -> list[str]:
    return [row.values["id"] for row in table.rows]
