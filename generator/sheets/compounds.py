from __future__ import annotations

from ..columns import choice, count, key, long, public, text
from ..sheet import PublicRow, sheet


@sheet("compounds", title="小区")
class Compound(PublicRow):
    """A residential compound that the community serves."""

    id: str = key("编号", example="dongsheng")
    name: str = public(text, "名称", required=True, example="东胜小区")
    belongs: str = public(
        choice("本社区", "服务圈"), "归属", required=True, example="本社区", help="只由驿站服务的邻近小区填“服务圈”"
    )
    households: int = public(count, "户数", example="612")
    buildings: int = public(count, "楼栋数", example="14")
    built: str = public(text, "建成年份", example="1998")
    property: str = public(text, "物业", example="东胜小区物业服务中心")
    owners: str = public(text, "业委会", example="东胜小区业主委员会")
    about: str = public(long, "简介")
