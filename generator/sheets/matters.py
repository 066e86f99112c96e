from __future__ import annotations

from datetime import date

from ..columns import choice, day, key, long, masked, person, phone, private, procedure, public, ref, text, yes_no
from ..sheet import PublicRow, sheet

CATEGORIES = (
    "停车管理",
    "楼道堆物",
    "文明养犬",
    "环境卫生",
    "设施维修",
    "安全隐患",
    "加装电梯",
    "物业服务",
    "公共空间",
    "噪声扰民",
    "邻里关系",
    "养老托幼",
    "文化活动",
    "公共收益",
    "其他",
)
CLASSES = ("大事", "小事", "急事")
CHANNELS = (
    "微心愿小白板",
    "大树下的悄悄话",
    "议事亭",
    "网格员走访",
    "意见征求",
    "居民来电",
    "居民来访",
    "微信群",
    "居民代表提议",
    "民主议政日",
    "12345转办",
)
LEVELS = ("网格", "小区", "社区", "街道", "部门")
SAID = ("办理中", "公示中", "已上报", "已解决", "已备案", "未通过", "未受理", "已撤回")


@sheet("matters", title="议题台账")
class Matter(PublicRow):
    """One matter raised by residents, from first mention to filed outcome."""

    id: str = key("编号", example="DS-2026-014", help="小区缩写-年份-序号")
    title: str = public(text, "标题", required=True, example="3号楼前消防通道被占")
    compound: str = public(ref("compounds"), "小区", example="dongsheng")
    category: str = public(choice(*CATEGORIES), "类别", required=True, example="停车管理")
    size: str = public(choice(*CLASSES), "大小急", required=True, example="小事")
    raised_on: date = public(day, "提出日期", required=True, example="2026-03-05")
    channel: str = public(choice(*CHANNELS), "提出渠道", required=True, example="微心愿小白板")
    raised_by: str = masked(
        person, "提出人", consent="公开同意", example="张*", help="没有同意公开的,这里只会登出打码的名字"
    )
    consent: bool = public(yes_no, "公开同意", example="否")
    phone: str = private(phone, "联系电话", help="只留在社区自己的表里,用来回访")
    body: str = public(long, "内容", required=True)
    procedure: str = public(procedure(), "程序", required=True, example="liubu")
    owner: str = public(ref("units"), "责任单位", required=True, example="u-wuye")
    owner_person: str = public(ref("people"), "责任人", example="p-003")
    due_on: date = public(day, "办理期限", example="2026-04-04", help="空着就按大事、小事、急事的天数算")
    level: str = public(choice(*LEVELS), "解决层级", example="小区")
    outcome: str = public(long, "办理结果")
    file_number: str = public(text, "归档号", example="东胜协备〔2026〕3号")
    said: str = public(
        choice(*SAID), "状态", help="可以不填。网站上的状态是按办理过程算出来的;填了就拿来核对", spare=True
    )
