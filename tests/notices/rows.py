"""One small community whose matter was voted on, for the papers; rows of it may be changed or added."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator.facts.whole import Whole, whole
from generator.notices import Notice
from generator.privacy import publish
from generator.problems import Place
from generator.procedures import load
from generator.records import District, Records
from generator.sheets import discover

SITE = "https://bugu.example/"
DAY = date(2026, 3, 20)
COMMUNITY = {
    "id": "fu",
    "name": "富强社区",
    "street": "中山南街街道",
    "party": "富强社区党委",
    "phone": "0951-5550161",
    "hours": "周一至周五 8:30—18:00",
    "objections_to": "居务监督委员会",
    "objections_phone": "0951-5550162",
    "objections_hours": "公示期内每日 9:00—11:30",
    "objections_box": "小屋门口右侧信箱",
    "signer": "富强社区居民委员会",
}
MATTER = {
    "id": "DS-1",
    "title": "3号楼前“消防通道”被占",
    "compound": "ds",
    "category": "停车管理",
    "size": "大事",
    "raised_on": date(2026, 3, 2),
    "channel": "微心愿小白板",
    "raised_by": "张*",
    "body": "通道上夜里停着6辆车。",
    "procedure": "liubu",
    "owner": "wy",
}
STEPS = [
    {"id": "DS-1-1", "step": "集议题", "on": date(2026, 3, 2)},
    {"id": "DS-1-2", "step": "定议题", "on": date(2026, 3, 4)},
    {"id": "DS-1-3", "step": "拟方案", "on": date(2026, 3, 9)},
    {"id": "DS-1-4", "step": "做表决", "on": date(2026, 3, 10)},
]
MEETING = {
    "id": "H1",
    "title": "第12次议事协商会",
    "kind": "议事协商会",
    "on": date(2026, 3, 10),
    "time": "19:00—20:40",
    "place_name": "红色共享自治小屋",
    "chair": "p1",
    "recorder": "p2",
    "called": 15,
    "present": 13,
    "about": "议一件事。",
}
ITEM = {
    "id": "H1-1",
    "meeting": "H1",
    "number": 1,
    "title": "通道划线",
    "matter": "DS-1",
    "discussion": "有居民认为车没处停。",
    "views_against": "先找车位再划线。",
    "conclusion": "划线,另找12个车位。",
    "owner": "物业项目经理",
    "due_on": date(2026, 4, 10),
}
VOTE = {
    "id": "V1",
    "meeting": "H1",
    "matter": "DS-1",
    "motion": "通道划线方案",
    "rule": "yishi",
    "called": 15,
    "present": 13,
    "in_favour": 9,
    "against": 3,
    "abstained": 1,
    "announced": "通过",
    "how": "举手",
}
RESOLUTION = {
    "id": "R1",
    "matter": "DS-1",
    "meeting": "H1",
    "vote": "V1",
    "title": "施划消防通道标线",
    "promise": "1.划线40米。\n2.另找12个车位。",
    "passed_on": date(2026, 3, 10),
    "owner": "wy",
    "due_on": date(2026, 4, 10),
}
POSTED = {"posted_on": date(2026, 3, 11), "posted_days": 7, "posted_kind": "日历日"}


Table = list[dict[str, Any]]


def facts(root: Path, today: date = DAY, **more: Table) -> Whole:
    """The facts of one matter that was voted on, with further or other rows of some sheets."""
    steps = [{"matter": "DS-1", "result": "完成", "by": "支部", "note": "办了。", **s} for s in STEPS]
    tables: dict[str, Table] = {
        "communities": [COMMUNITY],
        "compounds": [{"id": "ds", "name": "东胜小区", "belongs": "本社区"}],
        "units": [{"id": "wy", "name": "东胜物业服务中心", "kind": "物业公司", "compound": "ds"}],
        "people": [
            {"id": "p1", "name": "马兰", "basis": "职务公开", "work_phone": "0951-5550163"},
            {"id": "p2", "name": "王小三", "basis": "不公开"},
        ],
        "matters": [MATTER],
        "meetings": [MEETING],
        "items": [ITEM],
        "votes": [VOTE],
        **more,
    }
    tables["steps"] = steps + more.get("steps", [])
    procedures, _ = load(root / "records" / "procedures")
    return whole(Records(District("兴庆区"), _published(tables)), procedures, today)


def _published(tables: Mapping[str, Table]) -> dict[str, dict[str, dict[str, Any]]]:
    published: dict[str, dict[str, dict[str, Any]]] = {"": {}, "fu": {}}
    for name, rows in tables.items():
        sheet = discover()[name]
        room = published["fu" if sheet.per_community else ""]
        places = (Place(f"records/fu/{name}.csv", sheet.title, n) for n in range(2, len(rows) + 2))
        room[name] = {r["id"]: publish(sheet, "fu", at, r) for r, at in zip(rows, places, strict=True)}
    return published


def called(found: list[Notice], name: str) -> Notice:
    [notice] = [n for n in found if n.name == name]
    return notice


def posted(**more: Any) -> dict[str, Any]:
    """A step that shows the resolution."""
    base = {"id": "DS-1-5", "matter": "DS-1", "step": "促落实", "result": "进行中", "on": date(2026, 3, 11)}
    return {**base, "by": "物业", "note": "方案贴出。", **POSTED, **more}


CORRECTION = {
    "id": "GZ-1", "matter": "DS-1", "posting": "方案公示", "on": date(2026, 3, 16), "original": "划线40米。",
    "corrected": "划线46米。", "reason": "量错了一段。", "substantial": True,
}  # fmt: skip
FIRST = {
    "id": "E1", "title": "居委会委员选举", "post": "居委会委员", "on": date(2026, 3, 10), "rule": "juweihui-xuanju",
    "seats": 2, "called": 300, "present": 200, "invalid": 3, "proxies": 12, "how": "书面",
    "term_from": date(2026, 4, 1), "term_until": date(2031, 3, 31),
}  # fmt: skip


def stood(*votes: int, of: str = "E1") -> Table:
    """Candidates called 甲, 乙 … with so many votes; nothing that the notice says comes from what was announced."""
    return [
        {
            "id": f"{of}-{n}",
            "election": of,
            "name": f"候选{'甲乙丙丁'[n]}",
            "consent": True,
            "votes": v,
            "announced": "当选",
        }
        for n, v in enumerate(votes)
    ]


def figures(text: str) -> list[str]:
    """Every number in order, dates and times among them, with what stands between its digits."""
    return re.findall(r"\d+(?:[.:/-]\d+)*", text)
