"""我要办…: the errands that a community helps with, found by what residents call them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ..records import Records
from ..sheets.guide import GROUPS, Errand
from .fact import Fact

# 《不应由基层群众性自治组织出具证明事项清单（第一批）》, 民发〔2020〕20号: no community may be asked for these.
NOT_OURS = (
    "亲属关系证明",
    "居民身份信息证明",
    "户口登记项目内容变更申请证明",
    "居民养犬证明",
    "无犯罪记录证明",
    "社区戒毒社区康复人员情况证明",
    "人员失踪证明",
    "婚姻状况证明",
    "出生证明",
    "健在证明",
    "死亡证明",
    "疾病状况证明",
    "残疾状况证明",
    "婚育状况证明",
    "居民就业状况证明",
    "居民个人档案证明",
    "居民财产证明",
    "遗产继承权证明",
    "市场主体住所证明",
    "证件遗失证明",
)
_MARKS = re.compile(r"[、,，;；/\n]")
_OURS = re.compile(r"社区|居委会|居民委员会")


@dataclass(frozen=True)
class Entry(Fact):
    """One errand. ``words``: what residents call it; ``hours`` and ``phone``: its own, else the community's."""

    row: Errand
    words: tuple[str, ...]
    hours: str
    phone: str

    @property
    def id(self) -> str:
        return self.row.id


@dataclass(frozen=True)
class Guide(Fact):
    """The errands by group, in the order of the declared groups and then of the sheet."""

    groups: tuple[tuple[str, tuple[Entry, ...]], ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(e for _, some in self.groups for e in some)

    @property
    def oldest(self) -> date:
        """The day since which each has been compared with the desk."""
        return min(e.row.checked_on for e in self.entries)


def words(cell: str | None) -> tuple[str, ...]:
    """The several names in a cell, each once."""
    return tuple(dict.fromkeys(w for part in _MARKS.split(cell or "") if (w := part.strip())))


def asked_of_us(materials: str) -> str:
    """The first paper asked for that is to be had from the community and that no community may issue; else nothing."""
    for line in materials.split("\n"):
        for name in NOT_OURS:
            before, found, after = line.partition(name)
            if found and _OURS.search(before + after):  # a name may have 社区 in it
                return name
    return ""


def guide(records: Records, community: str, hours: str, phone: str, today: date) -> Guide | None:
    """The errands of a community that were compared with the desk by ``today``; None where there are none."""
    found = [
        Entry(r, words(r.words), r.hours or hours, r.phone or phone)
        for r in records.rows(community, Errand)
        if r.checked_on <= today
    ]
    groups = ((g, tuple(e for e in found if e.row.group == g)) for g in GROUPS)
    return Guide(tuple((g, some) for g, some in groups if some)) if found else None
