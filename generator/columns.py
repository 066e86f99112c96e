"""The kinds of cell a sheet can have: how each is read, and what is said when it cannot be.

A reader takes the cell as text and returns the value, or raises :class:`Bad` with the code of a
message in ``messages/zh.toml``. Readers never guess: what is not plainly the thing is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}[A-Za-z0-9])?")


class Bad(Exception):
    """A cell that cannot be read: the message code and its particulars."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Kind:
    """One kind of cell. ``schema`` is its type (and format) in Frictionless Table Schema.

    ``example`` is shown in a message where the column itself gives none.
    """

    name: str
    title: str
    read: Callable[[str], Any]
    schema: tuple[str, str] = ("string", "default")
    choices: tuple[str, ...] = ()
    target: str = ""
    example: str = ""


def _is_none(c: str) -> bool:
    """Whether it is a noncharacter (Unicode 23.7): U+FFFE and U+FFFF would make a feed that no reader takes."""
    return ord(c) & 0xFFFE == 0xFFFE or "\ufdd0" <= c <= "\ufdef"


def clean(cell: str) -> str:
    """White space and invisible characters that editors never see, taken off; inner line breaks kept as ``\\n``."""
    if cell.isprintable():
        return cell.strip()
    if cell.replace("\n", "").isprintable():
        return "\n".join([line.strip() for line in cell.split("\n")]).strip()
    cell = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    cell = "".join(c for c in cell if c in "\n\t" or not (unicodedata.category(c) in ("Cc", "Cf", "Cs") or _is_none(c)))
    return "\n".join(line.strip() for line in cell.split("\n")).strip()


def without_shape(cell: str) -> str:
    """The characters of the private use areas, which only the computer they were typed on can show."""
    return "" if cell.replace("\n", "").isprintable() else "".join(c for c in cell if unicodedata.category(c) == "Co")


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip()


def read_text(cell: str) -> str:
    """One line of text, as typed."""
    if "\n" in cell:
        raise Bad("text-one-line")
    return cell


def read_long(cell: str) -> str:
    """Text of several paragraphs, each on its own line."""
    return "\n".join(line for line in cell.split("\n") if line)


def read_id(cell: str) -> str:
    """An id: letters, digits and hyphens, at most 40. Raises ``Bad('id-form')``."""
    if not ID.fullmatch(cell):
        raise Bad("id-form")
    return cell


_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)",
    re.ASCII,
)


def read_date(cell: str) -> date:
    """A day, year first. Raises ``Bad`` for what is no date, or a day that the calendar does not have."""
    m = _DATE.fullmatch(_plain(cell))
    if not m:
        raise Bad("date-form")
    year, month, day = (int(g) for g in m.groups() if g is not None)
    try:
        found = date(year, month, day)
    except ValueError:
        raise Bad("date-impossible") from None
    if not 1949 <= year <= 2100:
        raise Bad("date-far", year=year)
    return found


_MOMENT = re.compile(r"(\S+)[ T](\d{1,2}):(\d{2})(?::00)?", re.ASCII)


def read_moment(cell: str) -> datetime:
    """A day and a time of day, to the minute: ``2026-03-05 09:20``. Raises ``Bad`` as :func:`read_date` does."""
    m = _MOMENT.fullmatch(_plain(cell))
    if not m:
        raise Bad("moment-form")
    on, hour, minute = read_date(m[1]), int(m[2]), int(m[3])
    if hour > 23 or minute > 59:
        raise Bad("moment-form")
    return datetime(on.year, on.month, on.day, hour, minute)


_INTEGER = re.compile(r"\d{1,3}(,\d{3}){1,4}|\d{1,15}", re.ASCII)


def read_count(cell: str) -> int:
    """A whole number of people, households, votes …, not negative."""
    text = _plain(cell)
    if not _INTEGER.fullmatch(text):
        raise Bad("count-form")
    return int(text.replace(",", ""))


_DECIMAL = re.compile(r"(\d{1,3}(,\d{3}){1,3}|\d{1,12})(\.\d{1,4})?", re.ASCII)


def _read_decimal(cell: str, code: str, places: int) -> Decimal:
    text = _plain(cell)
    if not _DECIMAL.fullmatch(text) or len(text.partition(".")[2]) > places:
        raise Bad(code)
    return Decimal(text.replace(",", ""))


def read_money(cell: str) -> Decimal:
    """Yuan, to the fen."""
    return _read_decimal(cell, "money-form", 2)


def read_area(cell: str) -> Decimal:
    """Square metres, to the square centimetre (four decimals); deeds give two."""
    return _read_decimal(cell, "area-form", 4)


def read_yes_no(cell: str) -> bool:
    """是 or 否."""
    if cell not in ("是", "否"):
        raise Bad("yes-no-form")
    return cell == "是"


_PHONE = re.compile(r"(0\d{2,3}-)?\d{7,8}(-\d{1,5})?|1[3-9]\d{9}|1\d{4}|400-?\d{3}-?\d{4}|1[3-9]\d\*{4}\d{4}", re.ASCII)


def read_phone(cell: str) -> str:
    """A telephone number that can be called, or a masked mobile number."""
    text = _plain(cell).replace(" ", "")
    if not _PHONE.fullmatch(text):
        raise Bad("phone-form")
    return text


text = Kind("text", "一行文字", read_text)
long = Kind("long", "几句话", read_long)
ident = Kind("id", "编号", read_id, example="DS-2026-014")
day = Kind("date", "日期", read_date, ("date", "default"), example="2026-03-05")
moment = Kind("moment", "日期和时间", read_moment, ("datetime", "%Y-%m-%d %H:%M"), example="2026-03-05 09:20")
count = Kind("count", "整数", read_count, ("integer", "default"), example="7")
money = Kind("money", "金额(元)", read_money, ("number", "default"), example="3860.00")
area = Kind("area", "面积(平方米)", read_area, ("number", "default"), example="51234.56")
yes_no = Kind("yes_no", "是/否", read_yes_no, ("boolean", "default"))
phone = Kind("phone", "电话", read_phone, example="0951-5550123")
person = Kind("person", "姓名", read_text)


def choice(*words: str) -> Kind:
    """One of a fixed list of words."""

    def read(cell: str) -> str:
        if cell not in words:
            raise Bad("choice-unknown", choices="、".join(words))
        return cell

    return Kind("choice", "从列表中选", read, choices=words)


def ref(sheet: str) -> Kind:
    """The id of a row of another sheet of the same community; that it exists is checked over all sheets."""
    return Kind("ref", "另一张表的编号", read_id, target=sheet, example="DS-2026-014")


def rule() -> Kind:
    """The id of a voting rule in ``records/procedures/``."""
    return Kind("ref", "表决规则的编号", read_id, target="#rule", example="yishi")


def procedure() -> Kind:
    """The id of a procedure in ``records/procedures/``."""
    return Kind("ref", "办理程序的编号", read_id, target="#procedure", example="liubu")


PUBLIC, MASKED, PRIVATE, COUNTED = "public", "masked", "private", "counted"


@dataclass(frozen=True)
class Column:
    """One declared column. ``privacy`` is one of public, masked, private, counted.

    ``spare``: a sheet may do without the column, and nothing is said of it. ``unit``: what a number counts, where its title
    does not say. ``also``: the titles of columns that show who it is as well; they are empty where the name is masked.
    ``names``: people are named in it, beside other things (1幢101 张三).
    """

    title: str
    kind: Kind
    privacy: str
    required: bool = False
    key: bool = False
    consent: str = ""
    example: str = ""
    help: str = ""
    spare: bool = False
    unit: str = ""
    also: tuple[str, ...] = ()
    names: bool = False
    name: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.kind, Kind):
            raise TypeError(f"{self.title}: the kind is shadowed by a column of the same name")

    @property
    def published(self) -> bool:
        """Whether the column has a place in ``records/``."""
        return self.privacy in (PUBLIC, MASKED)

    @property
    def names_people(self) -> bool:
        """Whether somebody is named in its cells."""
        return self.kind.name == "person" or self.names


def key(title: str, *, example: str = "", help: str = "") -> Any:
    """The row's id: required, public, unique within the community's sheet."""
    return Column(title, ident, PUBLIC, required=True, key=True, example=example, help=help)


def public(
    kind: Kind,
    title: str,
    *,
    required: bool = False,
    example: str = "",
    help: str = "",
    spare: bool = False,
    unit: str = "",
    consent: str = "",
) -> Any:
    """A column that anybody may read; ``spare``: one that a sheet may do without; ``unit``: what its numbers count.

    ``consent``: the title of the column that says whether the person whom it names agreed. Without that an older version
    of the row does not go on naming them (个人信息保护法 §15).
    """
    return Column(title, kind, PUBLIC, required, consent=consent, example=example, help=help, spare=spare, unit=unit)


def masked(
    kind: Kind,
    title: str,
    *,
    consent: str,
    required: bool = False,
    example: str = "",
    help: str = "",
    also: tuple[str, ...] = (),
) -> Any:
    """A name shown whole only with the basis that the column titled ``consent`` records (个人信息保护法 §25).

    ``also``: the titles of columns by which the same person would be known.
    """
    return Column(title, kind, MASKED, required, consent=consent, example=example, help=help, also=also)


def private(kind: Kind, title: str, *, example: str = "", help: str = "", names: bool = False) -> Any:
    """A column that stays in the volunteers' sheet: never in ``records/``, never on the site. ``names``: people are named
    in it, whatever else is.
    """
    return Column(title, kind, PRIVATE, example=example, help=help, names=names)


def counted(kind: Kind, title: str, *, example: str = "", help: str = "") -> Any:
    """A private column of which only suppressed counts may leave the sheet."""
    return Column(title, kind, COUNTED, example=example, help=help)
