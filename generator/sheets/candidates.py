from __future__ import annotations

from ..columns import choice, count, key, masked, person, public, ref, yes_no
from ..sheet import PublicRow, sheet


@sheet("candidates", title="候选人得票")
class Candidate(PublicRow):
    """One candidate of an election, the votes for them, and what was announced."""

    id: str = key("编号", example="E-2026-01-1")
    election: str = public(ref("elections"), "选举", required=True, example="E-2026-01")
    name: str = masked(
        person,
        "候选人",
        consent="公开同意",
        required=True,
        example="张*",
        help="没有同意公开的,登出来是打码的",
        also=("人员",),
    )
    consent: bool = public(yes_no, "公开同意", example="是")
    person: str = public(ref("people"), "人员", example="p-003", help="在人员表里有的,写编号")
    votes: int = public(count, "得票", required=True, example="31")
    announced: str = public(choice("当选", "未当选"), "公布结果", required=True, example="当选")
