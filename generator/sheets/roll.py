from __future__ import annotations

from decimal import Decimal

from ..columns import area, choice, key, person, private, ref, text, yes_no
from ..sheet import PublicRow, sheet


@sheet("roll", title="业主名册", stays=True)
class Property(PublicRow):
    """One unit of a compound with its owner and area, to recount owners' votes by; nothing of it leaves."""

    id: str = key("编号", example="YZ-0001")
    compound: str = private(ref("compounds"), "小区", example="dongsheng")
    unit: str = private(text, "房号", example="3幢2单元501")
    owner: str = private(person, "业主", help="几个人共有的,写同一个代表")
    area: Decimal = private(area, "面积", example="89.5623")
    basis: str = private(choice("登记簿", "实测", "合同"), "面积依据", example="登记簿")
    unsold: bool = private(yes_no, "未出售", example="否", help="建设单位还没卖出去的写是,合起来算一个人")
