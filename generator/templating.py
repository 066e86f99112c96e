"""One Jinja environment for pages and notices: a cell is text, whatever the template's ending.

Templates may have public rows, facts and plain values; anything else is refused before it is drawn.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .catalogue import joined
from .sheet import PublicRow

if TYPE_CHECKING:
    from .facts.status import Standing

WORDS = Path(__file__).parent / "messages" / "words.toml"
_PLAIN = (str, int, date, Decimal, Fraction, Enum, Markup, type(None))
_VOLUNTEERS_OWN = ("generator.understand", "generator.sync", "generator.raw", "generator.sources")
_WEEKDAYS = "一二三四五六日"


class NotPublic(TypeError):
    """A value that may not reach a template: it is no public row, no fact and no plain value."""


@cache
def words() -> dict[str, dict[str, str]]:
    """The catalogue of words for derived states: ``words()["state"]["solved"]``."""
    return joined(tomllib.loads(WORDS.read_text("utf-8")), "words")


def cn_date(day: date | None) -> str:
    """2026年3月5日, without padding (GB/T 9704-2012 §7.3.5.5); nothing for None."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def weekday(day: date) -> str:
    """星期四."""
    return "星期" + _WEEKDAYS[day.weekday()]


def clock(when: datetime) -> str:
    """2026年3月5日 9:20."""
    return f"{cn_date(when)} {when.hour}:{when.minute:02}"


def lasting(minutes: int) -> str:
    """How long something took, in two units at most: 45 分钟, 5 小时 20 分钟, 3 天 4 小时; what is less is left out."""
    if minutes < 60:
        return f"{minutes} 分钟"
    hours, rest = divmod(minutes, 60)
    days, left = divmod(hours, 24)
    parts = ((days, "天"), (left, "小时")) if days else ((hours, "小时"), (rest, "分钟"))
    return " ".join(f"{n} {unit}" for n, unit in parts if n)


def hours(number: int) -> str:
    """A limit as tickets write it: 2 小时, 24 小时, 7 天."""
    return f"{number // 24} 天" if number > 24 and number % 24 == 0 else f"{number} 小时"


def paras(text: str | None) -> list[str]:
    """The paragraphs of a long text."""
    return [line for line in (text or "").split("\n") if line.strip()]


def yuan(amount: Decimal | None) -> str:
    """3860.00 → 3860 元; 12.50 → 12.5 元."""
    if amount is None:
        return ""
    plain = f"{amount:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) + " 元"


def metres(amount: Decimal) -> str:
    """An area in m² as the deeds give it: with two decimals, and as many more as it has; never rounded."""
    whole, _, rest = f"{amount:f}".partition(".")
    return f"{whole}.{rest.rstrip('0'):0<2}"


def square(amount: Decimal | None) -> str:
    """The same with its unit; nothing for None."""
    return "" if amount is None else f"{metres(amount)} 平方米"


def share(part: int | Decimal, whole: int | Decimal) -> str:
    """A percentage to one decimal, cut (never rounded up over a threshold): 97/143 → 67.8%."""
    if not whole:
        return "—"
    tenths = Fraction(part) * 1000 // Fraction(whole)
    return f"{tenths // 10}.{tenths % 10}%"


def fraction(value: Fraction) -> str:
    """1/2 as residents read it: 二分之一."""
    digits = "零一二三四五六七八九十"
    return f"{digits[value.denominator]}分之{digits[value.numerator]}" if value.denominator <= 10 else str(value)


def rough(value: int, word: str | None) -> str:
    """A figure with its 约, 多 or 余."""
    return f"{word} {value}" if word == "约" else f"{value}{f' {word}' if word else ''}"


def word(key: Any, kind: str) -> str:
    """The Chinese for a derived key. Raises ``KeyError`` for one that has no word (our fault, found by a test)."""
    return words()[kind][str(key)]


def state_of(standing: Standing) -> str:
    """What a matter's state is called, with the level where it was handed up: 办理中, 已上报街道."""
    return word(standing.state, "state") + (standing.escalated_to if standing.state == "escalated" else "")


def admit(value: Any, name: str = "") -> None:
    """Raise :class:`NotPublic` unless a value is a public row, a fact, a plain value or a collection of such."""
    if isinstance(value, (PublicRow, *_PLAIN)):
        return
    if is_dataclass(value) and not isinstance(value, type) and type(value).__module__.startswith("generator."):
        if type(value).__module__.startswith(_VOLUNTEERS_OWN):
            raise NotPublic(f"{name}: {type(value).__name__}")
        return
    if isinstance(value, Mapping):
        for k, v in value.items():
            admit(v, f"{name}.{k}")
    elif isinstance(value, (tuple, list, set, frozenset)):
        for v in value:
            admit(v, name)
    else:
        raise NotPublic(f"{name}: {type(value).__name__}")


_FILTERS = (cn_date, weekday, clock, lasting, hours, paras, yuan, metres, square, share, fraction, rough, word, state_of)
FILTERS = {f.__name__: f for f in _FILTERS}


def environment(folder: Path) -> Environment:
    """The environment of ``templates/``: autoescape for every ending, undefined names are errors."""
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(FILTERS)
    return env


def draw(env: Environment, template: str, **context: Any) -> str:
    """Render a template with admitted values only. Raises :class:`NotPublic` before anything is drawn."""
    for name, value in context.items():
        admit(value, name)
    return env.get_template(template).render(context)
