from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, long, public, text
from ..columns import phone as telephone
from ..sheet import PublicRow, sheet

GROUPS = (
    "老人的事",
    "困难和救助",
    "看病和医保",
    "残疾人的事",
    "孩子和生育",
    "住和户口",
    "工作和创业",
    "证明和盖章",
    "邻里和房子",
    "党员和志愿者",
)


@sheet("guide", title="办事指南")
class Errand(PublicRow):
    """One thing that residents come to have done (我要办…): for whom, with what papers, where, how soon, at what price."""

    id: str = key("编号", example="ZN-01", help="也是网页上的地址,定了就不要改")
    need: str = public(text, "我要办", required=True, example="老年人优待证")
    group: str = public(choice(*GROUPS), "类别", required=True, example="老人的事")
    words: str = public(
        text, "居民怎么说", example="老年证、老人卡、坐公交免费", help="来问的人平常怎么叫,几种叫法用“、”隔开"
    )
    who: str = public(long, "谁能办", required=True, example="60岁以上,在本社区住的老人")
    materials: str = public(
        long, "要带什么", required=True, example="身份证原件", help="一样写一行;什么都不用带,就写“不用带”"
    )
    where: str = public(text, "到哪里办", required=True, example="市民驿站一楼 2 号窗口")
    hours: str = public(text, "什么时间", example="周一至周日 8:30—18:00", help="空着就是社区的办公时间")
    phone: str = public(telephone, "电话", example="0951-5550123", help="空着就是社区的值班电话")
    steps: str = public(long, "怎么办", help="一步写一行")
    limit: str = public(text, "多久办好", required=True, example="当场办好")
    fee: str = public(text, "收不收钱", required=True, example="不收钱")
    online: str = public(text, "手机上办", example="“我的宁夏”手机应用里能办", help="不能就空着")
    at_home: str = public(text, "上门办", example="走不动的老人,打电话约网格员上门", help="不能就空着")
    basis: str = public(long, "依据", help="法律、文件的名字和条款;拿不准就空着,网页上会写明这是本社区的答复")
    note: str = public(long, "提醒", help="最容易白跑一趟的地方")
    checked_on: date = public(day, "核对日期", required=True, example="2026-05-20", help="最近一次和窗口核对的日子")
