from __future__ import annotations

from datetime import date

from ..columns import day, key, long, public, text
from ..sheet import PublicRow, sheet


@sheet("menus", title="食堂菜谱")
class Menu(PublicRow):
    """What the canteen (幸福食堂) serves on one day; the prices of the dishes stand in the sheet 食堂价目."""

    id: str = key("编号", example="CP-20260615")
    on: date = public(day, "日期", required=True, example="2026-06-15")
    breakfast: str = public(long, "早餐", example="小米粥、花卷、煮鸡蛋", help="菜名照《食堂价目》写,用“、”隔开")
    lunch: str = public(long, "午餐", example="红烧牛肉、清炒油菜、米饭", help="菜名照《食堂价目》写,用“、”隔开")
    dinner: str = public(long, "晚餐", example="羊肉揪面、凉拌黄瓜", help="菜名照《食堂价目》写,用“、”隔开")
    note: str = public(text, "说明", example="端午节照常开", help="这一天不开,也写在这里")
