"""Telephone numbers that can be called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ..columns import Bad
from .said import Said, beneath, fold, opened, shown_only

_DASHES = str.maketrans(dict.fromkeys("—–―‐‑‒－·", "-"))
_COUNTRY = re.compile(r"(?:\+ ?86|\(\+86\)|0086|86(?=[ -]?1[3-9]\d[ -]?\d{4}[ -]?\d{4}$))[ -]*")
_EXTENSION = re.compile(r"(?<=\d) ?(?:转分机|分机|转|ext\.?|x|#) ?:? ?(\d{1,5})", re.IGNORECASE)
_GAP = "(?: |-| - | -|- )?"
_LABEL = re.compile(r"(?:办公|联系|单位|家庭|固定)?(?:电话|手机|座机|tel\.?) ?:? ?", re.IGNORECASE)
_MOBILE = re.compile(r"1[ -]?[3-9](?:[ -]?\d){9}", re.ASCII)
_MASKED = re.compile(r"(1[3-9]\d)\*{4}(\d{4})", re.ASCII)
_LANDLINE = re.compile(
    rf"\(?(?P<area>010|02\d|0[3-9]\d\d)\)?{_GAP}(?P<local>[2-8]\d{{2,3}}{_GAP}\d{{4}})(?:-(?P<ext>\d{{1,5}}))?",
    re.ASCII,
)
_LOCAL = re.compile(r"(?P<local>[2-8]\d{2,3}[ -]?\d{4})(?:-(?P<ext>\d{1,5}))?", re.ASCII)
_SERVICE = re.compile(rf"400{_GAP}\d{{3}}{_GAP}\d{{4}}|400{_GAP}\d{{4}}{_GAP}\d{{3}}|1\d{{4}}", re.ASCII)
_FAST = re.compile(r"0[3-9]\d\d-[2-8]\d{6,7}|1[3-9]\d{9}", re.ASCII)


def _several(plain: str) -> bool:
    """Whether more than one number stands here: two long runs of digits, or a tail such as /4."""
    if re.search(r"\d{4,} ?/ ?\d+$|[、,;/或和] ?(?=\(?0?\d{3})", plain):
        return True
    return len(re.findall(r"\d{7,}", plain)) > 1 or len(re.sub(r"\D", "", plain)) > 17


def _landline(m: re.Match[str]) -> str:
    local = re.sub(r"\D", "", m["local"])
    area = m.groupdict().get("area")
    return "-".join(part for part in (area, local, m["ext"]) if part)


def _number(plain: str) -> str | None:
    if _MOBILE.fullmatch(plain):
        return re.sub(r"\D", "", plain)
    if m := _MASKED.fullmatch(plain):
        return m.group()
    if _SERVICE.fullmatch(plain):
        digits = re.sub(r"\D", "", plain)
        return digits if len(digits) == 5 else f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    m = _LANDLINE.fullmatch(plain) or _LOCAL.fullmatch(plain)
    return _landline(m) if m else None


def _why_not(plain: str) -> Bad:
    if _several(plain):
        return Bad("phone-several")
    digits = re.sub(r"\D", "", plain)
    if re.fullmatch(r"[\d \-]+", plain) and re.match(r"1[3-9]", digits) and len(digits) != 11:
        return Bad("phone-digits", digits=len(digits))
    if re.fullmatch(r"(?!800)[3-9]\d\d[2-8]\d{6}", plain) or re.fullmatch(r"10[2-8]\d{7}", plain):
        return Bad("phone-zero", example=f"0{plain}")
    return Bad("phone-form")


@lru_cache(maxsize=65536)
def _phone(text: str) -> Said[str]:
    plain = re.sub(" +", " ", opened(text, "phone-form").translate(_DASHES)).replace("--", "-")
    label = _LABEL.match(plain)
    plain = plain[label.end() :] if label else plain
    country = _COUNTRY.match(plain)
    if country:
        plain = plain[country.end() :]
        # +86 951 5550123: abroad the 0 is left out.
        plain = plain if plain[:1] in ("0", "1", "(") or plain[:3] == "400" else "0" + plain
    extension = _EXTENSION.search(plain)
    if extension and extension.end() == len(plain):
        plain = f"{plain[: extension.start()].strip()}-{extension[1]}"
    found = _number(plain)
    if found is None:
        raise Bad("phone-form") if extension else _why_not(plain)
    return Said(found)


def phone(text: str, raw: Any = None) -> Said[str]:
    """A telephone number: 13900001111, 0951-5550123, 0951-5550123-8012, 5550123, 400-123-4567, 12345, 138****1234.

    Full-width digits, spaces, +86 and 转8012 are understood. ``raw``: the number beneath, for cells shown as 1.39E+10.
    Raises ``Bad``: several numbers in a cell, too few digits, a 0 that the spreadsheet has eaten.
    """
    if raw is None and _FAST.fullmatch(text):
        return Said(text)
    if not shown_only(raw):
        under = beneath(raw, "phone-form")
        if re.fullmatch(r"\d(?:\.\d+)?E\+\d\d|#+|\d+\.0", fold(text).strip(), re.ASCII):
            if under != int(under) or under < 0:
                raise Bad("phone-form")
            return _phone(str(int(under)))
    return _phone(text)
