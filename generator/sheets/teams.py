from __future__ import annotations

from ..columns import choice, count, key, long, public, ref, text
from ..sheet import PublicRow, sheet


@sheet("teams", title="服务队和兴趣小组")
class Team(PublicRow):
    """A team of volunteers or a circle of neighbours with a common interest; what it does on which day stands in 队伍活动."""

    id: str = key("编号", example="DW-01")
    name: str = public(text, "名称", required=True, example="“爱宠之家”微网格服务队")
    kind: str = public(choice("志愿服务队", "兴趣小组"), "类别", required=True, example="志愿服务队")
    number: int = public(count, "序号", example="1", help="网页上按这个数从小到大排")
    unit: str = public(ref("units"), "组织", example="u-zyd", help="《组织》里登记过的才填")
    leader: str = public(ref("people"), "带头人", example="p-001", help="《任职》里登记过队长的不用填")
    does: str = public(long, "做什么", required=True, help="给居民看的几句话")
    usual: str = public(text, "平常哪天", example="每周三、周六", help="没有定下哪天就空着")
    hours: str = public(text, "平常几点", example="15:30—17:00")
    place_name: str = public(text, "平常在哪里", example="红色驿站")
    whom: str = public(text, "谁可以来", example="养狗养猫的居民")
    join: str = public(long, "怎么参加", example="活动那天直接来,或者打社区值班电话")
