from __future__ import annotations

from datetime import date

from ..columns import choice, counted, day, key, long, person, phone, private
from ..sheet import Counts, PublicRow, sheet

ADVISERS = ("法律顾问", "警务助理")
TOPICS = ("婚姻家庭", "继承赡养", "邻里物业", "劳动用工", "借钱欠债", "租房买房", "防骗", "治安", "其他")


@sheet("inquiries", title="顾问接待", counts=Counts(by=("topic", "adviser"), unit="件"))
class Inquiry(PublicRow):
    """Somebody who came to the legal adviser or the police assistant, from the book on their desk."""

    id: str = key("编号", example="JD-2026-001", help="只在社区自己的表里用")
    adviser: str = counted(choice(*ADVISERS), "问谁", example="法律顾问")
    topic: str = counted(choice(*TOPICS), "问什么", example="邻里物业")
    on: date = private(day, "日期", example="2026-03-05")
    name: str = private(person, "来访人")
    mobile: str = private(phone, "联系电话")
    asked: str = private(long, "问的事")
    answered: str = private(long, "怎么答的")
