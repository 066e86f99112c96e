"""Published figures against what the rows count."""

from __future__ import annotations

from ..facts.counts import counted
from ..sheets.figures import Figure
from .given import Found, Given, say

# What a figure is counted from; "" stands for the duties that people hold.
COUNTED_FROM = {
    "小区": ("compounds",),
    "网格": ("grids",),
    "微网格": ("grids",),
    "小区党支部": ("units",),
    "楼栋党小组": ("units",),
    "居民小组": ("units",),
    "社会组织和志愿服务队": ("units",),
    "已解决议题": ("matters", "steps"),
}


DUTIES = ("people", "duties")


def totals_counted(given: Given) -> Found:
    """A published figure that can be counted is what the rows make; a rough one (余, 多) may be exceeded by them.

    While rows that it is counted from are withheld, nothing can be said.
    """
    held = {(w.community, w.sheet) for w in given.records.absent}
    for community in given.communities:
        for figure in given.records.rows(community, Figure):
            sources = COUNTED_FROM.get(figure.counted, DUTIES)
            if not figure.counted or held & {(community, s) for s in sources}:
                continue
            rows = counted(given.records, given.procedures, figure, given.today)
            if rows != figure.value and not (figure.rough in ("余", "多") and rows is not None and rows > figure.value):
                yield say(figure, "value", "total-differs", counted=rows)
