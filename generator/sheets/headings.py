from __future__ import annotations

from ..columns import count, key, long, public, text
from ..sheet import PublicRow, sheet


@sheet("headings", title="首页板块")
class Heading(PublicRow):
    """A heading of a community's front page (微堡垒, 微力量 …): where it stands and what it is about."""

    id: str = key("编号", example="BK-1")
    name: str = public(text, "板块", required=True, example="微堡垒", help="和“特色机制”那张表的“板块”一列写得一样")
    number: int = public(count, "序号", example="1", help="首页上板块按这个数从小到大排")
    about: str = public(long, "介绍", help="给居民看的几句话")
