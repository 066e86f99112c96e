from __future__ import annotations

from datetime import date

from ..columns import choice, counted, day, key, long, person, phone, private, ref, text
from ..sheet import Counts, PublicRow, sheet

KINDS = ("量血压", "测血糖", "健康体检", "慢病随访", "康复护理", "心理疏导", "陪同就医", "其他")


@sheet("health", title="健康", counts=Counts(by=("grid", "kind"), unit="人次", least=10))
class Care(PublicRow):
    """One service of the health station to one resident, at the station or at home."""

    id: str = key("编号", example="JK-2026-0001", help="只在社区自己的表里用")
    grid: str = counted(ref("grids"), "网格", example="g3", help="写网格的编号,不写微网格")
    kind: str = counted(choice(*KINDS), "服务类别", example="量血压")
    on: date = private(day, "日期", example="2026-03-05")
    resident: str = private(person, "姓名")
    born_on: date = private(day, "出生日期")
    address: str = private(text, "住址")
    mobile: str = private(phone, "联系电话")
    findings: str = private(long, "检查结果")
    illnesses: str = private(long, "病史和用药")
    provider: str = private(person, "服务人")
