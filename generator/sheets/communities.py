from __future__ import annotations

from ..columns import key, long, public, text
from ..columns import phone as telephone
from ..sheet import PublicRow, sheet


@sheet("communities", title="社区", per_community=False)
class Community(PublicRow):
    """One community of the district: who signs its notices and who takes objections."""

    id: str = key("编号", example="nanhua", help="小写拼音,也是网址的一部分")
    name: str = public(text, "名称", required=True, example="南华社区")
    street: str = public(text, "街道", required=True, example="胜利街街道")
    street_code: str = public(text, "街道代码", example="640104010", help="统计用区划代码,9 位")
    code: str = public(text, "社区代码", help="12 位;不知道就空着")
    party: str = public(text, "党组织", required=True, example="南华社区党总支")
    chain: str = public(
        text, "组织链条", example="社区党总支—小区党支部—专兼职网格员—微网格长—单元管家", help="从上到下,用“—”连起来"
    )
    address: str = public(text, "地址", example="胜利街南华巷 2 号")
    about: str = public(long, "简介", required=True, help="给居民看的几段话")
    phone: str = public(telephone, "值班电话", required=True, example="0951-5550140")
    hours: str = public(text, "办公时间", required=True, example="周一至周五 8:30—12:00,14:30—18:30")
    objections_to: str = public(text, "异议受理人", required=True, example="居务监督委员会")
    objections_phone: str = public(telephone, "异议电话", required=True, example="0951-5550141")
    objections_hours: str = public(text, "异议时间", required=True, example="工作日 9:00—17:00")
    objections_box: str = public(text, "异议信箱", example="社区门口意见箱")
    signer: str = public(text, "落款", required=True, example="南华社区居民委员会", help="公示、公告最后的署名")
    file_number: str = public(
        text, "归档号样子", example="东胜协备〔2026〕1号", help="照着写一个,别的年份、别的序号会认出来", spare=True
    )
