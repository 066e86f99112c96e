from __future__ import annotations

from datetime import date

from ..columns import count, day, key, long, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("mechanisms", title="特色机制")
class Local(PublicRow):
    """What a community makes of a mechanism: its own name for it, under which heading, since when, and who runs it."""

    id: str = key("编号", example="JZ-01")
    mechanism: str = public(text, "机制", required=True, example="幸福食堂", help="照网站“数据说明”里机制的名字写")
    name: str = public(text, "本社区叫法", example="八一幸福食堂", help="和机制的名字一样就空着")
    heading: str = public(text, "板块", example="微品牌", help="社区首页上放在哪个板块下面;空着就按类放")
    number: int = public(count, "序号", example="1", help="板块和机制按这个数从小到大排")
    about: str = public(long, "介绍", help="给居民看的几句话")
    since: date = public(day, "开始日期", example="2023-03-01")
    unit: str = public(ref("units"), "负责组织", example="u-zhibu-ds")
