from __future__ import annotations

from datetime import date

from ..columns import choice, counted, day, key, long, person, phone, private, text
from ..sheet import Counts, PublicRow, sheet

KINDS = ("邻里", "婚姻家庭", "物业", "房屋", "停车", "噪声", "养犬", "债务", "其他")
OUTCOMES = ("调解成功", "调解不成", "正在调解", "转其他部门", "当事人撤回")


@sheet("mediations", title="调解", counts=Counts(by=("kind", "outcome"), unit="件"))
class Mediation(PublicRow):
    """A quarrel brought to 党叔说事 or to the people's mediator."""

    id: str = key("编号", example="TJ-2026-001", help="只在社区自己的表里用")
    kind: str = counted(choice(*KINDS), "类别", example="邻里")
    outcome: str = counted(choice(*OUTCOMES), "结果", example="调解成功")
    received_on: date = private(day, "受理日期", example="2026-03-05")
    first: str = private(person, "当事人甲")
    second: str = private(person, "当事人乙")
    mobiles: str = private(text, "双方电话")
    address: str = private(text, "住址")
    facts: str = private(long, "纠纷内容")
    agreed: str = private(long, "协议内容")
    mediator: str = private(person, "调解员")
    mobile: str = private(phone, "调解员手机")
