"""The gate: a full row goes in, a public row comes out. Nothing else makes public rows.

Rules: names without office or consent are masked (个人信息保护法 §§13, 25); ID numbers, mobile numbers,
bank cards and addresses down to the room are never published (§§6, 28), wherever they were typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .problems import Place
from .sheet import PublicRow, Sheet

OPEN = (True, "职务公开", "本人同意")
# What a cell that names a group, not a person, is made of: 3号楼部分居民, 康华园5、8号楼部分居民, 居民代表12人联名.
_GROUP = re.compile(
    r"居民|业主|住户|家长|商户|志愿者|网格员|网格|小组|支部|总支|党委|委员会|协商会|公司|部门|社区|学生|党员|匿名|家庭"
    r"|老人|租户|家属|互助"
)
_WORDS = re.compile(
    r"单元|号楼|代表|联名|来电|来访|来信|热线|走访|发现|反映|提出|提议|投信|部分|全体|多名|多位|几名|几位|几户|一名|一位"
    r"|一户|常住|周边|高层|高龄|康养|中心|服务|双职工|值班|女士|先生|师傅|大爷|大妈|阿姨|同志|物业|[东南西北]区|以及|等"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:小区|花园|家园|家属院|公寓|[园苑里院城府湾庄村巷街路])")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹柏章苏潘葛范彭郎鲁韦昌马苗凤方俞任袁柳鲍史唐"
    "费薛雷贺倪汤滕罗毕郝安常傅康余元顾孟黄穆萧尹姚邵汪祁毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江颜郭梅林徐邱骆高夏蔡田樊"
    "胡霍虞万柯管卢莫丁邓洪包石崔吉龚程邢裴陆翁段侯谷车宁武刘龙叶白蒲邸赖乔闻党翟谭申桑桂牛边燕尚温庄柴瞿阎充习艾向古易"
    "廖耿匡文聂勾敖冷辛简饶曾关查盖纳哈撒海岳买者锁拜妥虎丛佟肖闫单"
)
# Already masked: 张*, 张*三, 张某, 张某某. Not 张三*, which hides nothing.
_MASKED = re.compile(rf"(?<![{_SURNAMES}])[\u4e00-\u9fff](?:\*+[\u4e00-\u9fff]?|某+)")
_NAME = re.compile(
    rf"(?:[{_SURNAMES}]|欧阳|司马|上官|诸葛|夏侯|皇甫|慕容|令狐)[\u4e00-\u9fff]{{1,2}}",
)


def _mask_part(part: str) -> str:
    if len(part) < 2:
        return "*"
    if len(part) == 2:
        return part[0] + "*"
    return part[0] + "*" * (len(part) - 2) + part[-1]


def _mask_name(name: str) -> str:
    for dot in "·•・":
        if dot in name:
            return "·".join(_mask_part(p.strip()) for p in name.split(dot))
    return _mask_part(name)


def _names(value: str) -> list[str]:
    """The whole names in a name cell; the cell itself when nothing says that it is not one name."""
    rest = _MASKED.sub("|", value)
    if rest == value and not _GROUP.search(value):
        return [value] if value.strip("* ") else []
    for pattern in (_PLACE, _GROUP, _WORDS):
        rest = pattern.sub("|", rest)
    pieces = [p.strip("*") for p in re.split(r"[^\u4e00-\u9fff*]+", rest)]
    apart = [q for p in pieces for q in ([p] if _NAME.fullmatch(p) else re.split("[和与及]", p))]  # 王和平; 张三和李四
    return [p for p in apart if _NAME.fullmatch(p)]


def is_named(value: str) -> bool:
    """Whether a name cell shows a whole personal name.

    Not so: masked names (张*三, 王某), groups (3号楼部分居民). Still so: a name beside a group's word (居民张三).
    """
    return bool(_names(value))


def mask(name: str) -> str:
    """张三 → 张*, 张小三 → 张*三, 欧阳小三 → 欧**三, 居民张三 → 居民张*; names with · are masked part by part."""
    for whole in _names(name) or [name]:
        name = name.replace(whole, _mask_name(whole))
    return name


def publish(
    sheet: Sheet, community: str, place: Place, values: Mapping[str, Any], cells: Mapping[str, int] | None = None
) -> PublicRow:
    """The public row of a full row: undeclared, private and counted columns dropped, names masked without consent.

    ``cells``: where each column stands in the file, for messages.
    """
    row: PublicRow = object.__new__(sheet.row)
    kept = {column.name: values.get(column.name) for column in sheet.published}
    for name, consent in sheet.masked.items():
        value = kept[name]
        if value and values.get(consent) not in OPEN and is_named(value):
            kept[name] = mask(value)
    for name, value in kept.items():
        object.__setattr__(row, name, value)
    row._values = tuple(kept.items())  # type: ignore[attr-defined]
    row.place = place
    row.cells = cells or {}
    row.community = community
    return row


@dataclass(frozen=True)
class Finding:
    """Something that must never be published: what it is, and the text that gave it away (for the editor only)."""

    what: str
    text: str


_HAN = "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_CHINESE_DIGITS = str.maketrans(_HAN, "0012345678911" + "23456789")
# Too few digits to be anything of these; most cells end here.
_DIGITS = re.compile(rf"[{_HAN}\d]\D?[{_HAN}\d]\D?[{_HAN}\d]")
_SPELT = re.compile(rf"[{_HAN}\d][{_HAN}\d 　\-—–·]{{9,}}")
_GAP = r"[ \-—–·]?"
_LONG_NUMBER = re.compile(rf"(?<!\d)(?<!\d\.)\d(?:{_GAP}\d){{10,18}}(?:[ ]?[Xx])?(?!\d)")
# Parts as people write them, wherever they stand in a longer row of digits.
_SHAPES = (
    re.compile(rf"(?<!\d)1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)"),
    re.compile(rf"(?<!\d)[1-9]\d{{5}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{3}}[\dXx](?![\dXx])"),
    re.compile(rf"(?<!\d)\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}(?:{_GAP}\d{{1,3}})?(?!\d)"),
)
_OLD_ID = re.compile(rf"[1-6]\d{{5}}{_GAP}\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01]){_GAP}\d{{3}}")  # 15 digits, until 1999
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d(?:-\d{1,2}){1,2}(?!\d)")
_MOBILE = re.compile(r"(?:86)?(1[3-9]\d{9})")
_NO_ROOM = (
    r"(?![ ]*(?:年|户|人|元|米|平|天|日|把|个|盏|级|多|余|块|辆|次|页|期|名|份|瓦|公斤|毫米|厘米|位|部|台|张|吨"
    r"|棵|株|处|件|盆|套|扇|根|条|只|层|楼|分|小时|时))"
)
_ROOMS = (
    re.compile(r"(?<![\d\-—./])\d{1,2} ?[-—–] ?\d{1,2} ?[-—–] ?\d{3,4}(?![\d\-—])"),
    re.compile(rf"(?:单元|栋|幢|号楼|\d#)[ -]?\d{{3,4}}{_NO_ROOM}(?:室|号|房)?(?!\d)"),
    re.compile(r"(?:单元|栋|幢|号楼)[^\n,。,;;、]{0,6}?\d{3,4} ?(?:室|房)"),
    re.compile(rf"(?:单元|栋|幢|号楼)[{_HAN}]{{3,4}}(?![{_HAN}十百千])(?:室|号|房|{_NO_ROOM})"),
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_id_number(digits: str) -> bool:
    """Whether 18 characters are a resident ID number, by GB 11643's check character."""
    if not re.fullmatch(r"[1-9]\d{16}[\dXx]", digits):
        return False
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[-1].upper()


def is_bank_card(digits: str) -> bool:
    """Whether 16–19 digits are a bank card number: an issuer prefix in use and Luhn's check digit."""
    if not re.fullmatch(r"(?:62|4|5[1-5]|35|37|9)\d{14,18}", digits) or not 16 <= len(digits) <= 19:
        return False
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _number(digits: str) -> str:
    bare = re.sub(r"[^\dXx]", "", digits)
    if is_id_number(bare[:18]) or _OLD_ID.fullmatch(digits):
        return "id-number"
    if is_bank_card(bare):
        return "bank-card"
    return "mobile" if _MOBILE.fullmatch(bare) else ""


def _variants(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text)
    plain = "\n".join(line for line in plain.split("\n") if _DIGITS.search(line))
    if not plain:
        return
    plain = _DAY.sub("|", plain)
    yield plain
    for run in _SPELT.findall(plain):
        yield run.translate(_CHINESE_DIGITS)


def scan(text: str) -> list[Finding]:
    """ID numbers, mobile numbers, bank cards and room addresses in a text, also spelt with spaces or Chinese digits."""
    found: dict[str, Finding] = {}
    for plain in _variants(text):
        for pattern in (_LONG_NUMBER, *_SHAPES):
            for m in pattern.finditer(plain):
                what = _number(m.group())
                if what and not any(m.group() in seen for seen in found):
                    found[m.group()] = Finding(what, m.group())
        for pattern in _ROOMS:
            for m in pattern.finditer(plain):
                found.setdefault(m.group(), Finding("room", m.group()))
    return list(found.values())


def hide(text: str) -> str:
    """A text as a message may show it: cut short, and to two characters when something private stands in it."""
    if scan(text):
        return text[:2] + "…"
    return text if len(text) <= 60 else text[:59] + "…"
