from __future__ import annotations

from datetime import date

from ..columns import choice, count, day, key, public, ref, rule, text
from ..sheet import PublicRow, sheet


@sheet("elections", title="选举与推选")
class Election(PublicRow):
    """One ballot for people: the post, the seats, the rule, and who took part; the candidates stand in a sheet of their own."""

    id: str = key("编号", example="E-2026-01")
    title: str = public(text, "名称", required=True, example="第三网格第二微网格长推选")
    post: str = public(text, "职务", required=True, example="微网格长")
    meeting: str = public(ref("meetings"), "会议", example="M-2026-03")
    matter: str = public(ref("matters"), "议题", example="DS-2026-014")
    grid: str = public(ref("grids"), "网格", example="g3-m2")
    compound: str = public(ref("compounds"), "小区", example="dongsheng")
    on: date = public(day, "投票日期", required=True, example="2026-03-20")
    rule: str = public(rule(), "规则", required=True, example="tuixuan")
    standing: int = public(
        count, "候选人数", required=True, example="3", help="选票上有几个候选人,《候选人得票》里就要有几行"
    )
    seats: int = public(count, "应选名额", required=True, example="1")
    called: int = public(count, "应投票人数", required=True, example="64")
    present: int = public(count, "投票人数", required=True, example="51", help="收回的票,废票也算")
    invalid: int = public(count, "废票", example="1")
    proxies: int = public(count, "委托票", example="2", help="投票人数里有几票是委托别人投的")
    how: str = public(choice("举手", "书面", "线上", "入户"), "投票方式", example="书面")
    runoff_of: str = public(ref("elections"), "另行选举的是", help="另行选举才填,写第一次选举的编号")
    term_from: date = public(day, "任期起", example="2026-04-01")
    term_until: date = public(day, "任期止", example="2029-03-31")
