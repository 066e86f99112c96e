from __future__ import annotations

from ..columns import choice, key, masked, person, phone, private, public, text
from ..sheet import PublicRow, sheet


@sheet("people", title="人员")
class Person(PublicRow):
    """A person who serves the community; shown by name only with office or consent."""

    id: str = key("编号", example="p-001")
    name: str = masked(person, "姓名", consent="公开依据", required=True, example="马兰")
    basis: str = public(choice("职务公开", "本人同意", "不公开"), "公开依据", required=True, example="本人同意")
    work_phone: str = public(phone, "工作电话", example="0951-5550123", help="办公电话;不要写私人手机")
    building: str = public(text, "楼栋", example="3号楼", help="只写到楼,不写单元和门牌")
    mobile: str = private(phone, "手机", help="只留在社区自己的表里")
    id_number: str = private(text, "身份证号", help="不需要,请不要收集")
