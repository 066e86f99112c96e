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

from .columns import MASKED
from .problems import Place
from .sheet import PublicRow, Sheet

OPEN = (True, "职务公开", "本人同意")
_GROUP = re.compile(
    r"居民|业主|住户|家长|商户|志愿者|网格|小组|支部|委员会|协商会|公司|部门|社区|学生|党员|匿名|家庭|老人|租户|家属|互助"
)
_COMPOUND_SURNAMES = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "司徒",
    "东方",
    "独孤",
    "南宫",
)


def _mask_part(part: str) -> str:
    if len(part) < 2:
        return "*"
    if len(part) == 2:
        return part[0] + "*"
    return part[0] + "*" * (len(part) - 2) + part[-1]


def mask(name: str) -> str:
    """张三 → 张*, 张小三 → 张*三, 欧阳小三 → 欧**三; names with · are masked part by part."""
    for dot in "·•・":
        if dot in name:
            return "·".join(_mask_part(p.strip()) for p in name.split(dot))
    return _mask_part(name)


def is_named(value: str) -> bool:
    """Whether a name cell shows a whole personal name (not masked, not a group such as 3号楼部分居民)."""
    return bool(value) and "*" not in value and "某" not in value and not _GROUP.search(value)


def publish(
    sheet: Sheet, community: str, place: Place, values: Mapping[str, Any], cells: Mapping[str, int] | None = None
) -> PublicRow:
    """The public row of a full row: undeclared, private and counted columns dropped, names masked without consent.

    ``cells``: where each column stands in the file, for messages.
    """
    row: PublicRow = object.__new__(sheet.row)
    titles = {c.title: c.name for c in sheet.columns}
    kept: list[tuple[str, Any]] = []
    for column in sheet.published:
        value = values.get(column.name)
        if column.privacy == MASKED and value and values.get(titles[column.consent]) not in OPEN and is_named(value):
            value = mask(value)
        object.__setattr__(row, column.name, value)
        kept.append((column.name, value))
    row._values = tuple(kept)  # type: ignore[attr-defined]
    row.place = place
    row.cells = cells or {}
    row.community = community
    return row


@dataclass(frozen=True)
class Finding:
    """Something that must never be published: what it is, and the text that gave it away (for the editor only)."""

    what: str
    text: str


_CHINESE_DIGITS = str.maketrans("零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0012345678911" + "23456789")
_SPELT = re.compile(
    r"[零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖\d][零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖\d 　\-—–·.]{9,}"
)
_LONG_NUMBER = re.compile(r"(?<![\d.])\d(?:[ \-—–·]?\d){10,18}(?:[ ]?[Xx])?(?![\d])")
_MOBILE = re.compile(r"(?:86)?(1[3-9]\d{9})")
_ROOMS = (
    re.compile(r"(?<![\d\-—./])\d{1,2} ?[-—–] ?\d{1,2} ?[-—–] ?\d{3,4}(?![\d\-—])"),
    re.compile(
        r"(?:单元|栋|幢|号楼|\d#)[ -]?\d{3,4}(?![ ]*(?:年|户|人|元|米|平|天|日|把|个|盏|级|多|余|块|辆|次|页|期|名|份|瓦|公斤|毫米|厘米|位|部|台|张|吨))(?:室|号|房)?(?!\d)"
    ),
    re.compile(r"(?:单元|栋|幢|号楼)[^\n,。,;;、]{0,6}?\d{3,4} ?(?:室|房)"),
    re.compile(r"[一二三四五六七八九十]单元[一二三四五六七八九十〇零]{3,4}(?:室|号|房)?"),
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
    if is_id_number(bare[:18]) or (len(bare) == 15 and re.match(r"[1-9]\d{5}\d{2}(0\d|1[0-2])([0-2]\d|3[01])", bare)):
        return "id-number"
    if is_bank_card(bare):
        return "bank-card"
    return "mobile" if _MOBILE.fullmatch(bare) else ""


def _variants(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text)
    yield plain
    for run in _SPELT.findall(plain):
        yield run.translate(_CHINESE_DIGITS)


def scan(text: str) -> list[Finding]:
    """ID numbers, mobile numbers, bank cards and room addresses in a text, also spelt with spaces or Chinese digits."""
    found: dict[str, Finding] = {}
    for plain in _variants(text):
        for m in _LONG_NUMBER.finditer(plain):
            what = _number(m.group())
            if what:
                found.setdefault(m.group(), Finding(what, m.group()))
        for pattern in _ROOMS:
            for m in pattern.finditer(plain):
                found.setdefault(m.group(), Finding("room", m.group()))
    return list(found.values())
