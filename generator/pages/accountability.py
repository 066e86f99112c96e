"""办得怎么样: what was answered and solved in time, how long it took, what is late and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..facts import charts
from ..facts.accountability import OUTCOMES, Account, Age, Group, account
from ..templating import words
from .book import Book, Page

if TYPE_CHECKING:
    from ..sheets.communities import Community

URL = "accountability/"


def accountability(book: Book, c: Community) -> Page:
    """A community's account, by compound."""
    found = account(book.whole, [c.id])
    none = words()["accountability"]["no_compound"]
    places = [(g.label or none, g) for g in found.compounds]
    return _page(book, f"{c.id}/{URL}", c.name, found, places, community=c, beside=())


def district_accountability(book: Book) -> Page:
    """The district's account, its communities side by side."""
    whole = book.whole
    each = [(c, account(whole, [c.id])) for c in whole.records.communities]
    found = account(whole, [c.id for c, _ in each])
    places = [(c.name, a.total) for c, a in each]
    return _page(book, URL, whole.records.district.name, found, places, community=None, beside=each)


def _page(book: Book, url: str, name: str, found: Account, places: list[tuple[str, Group]], **more: Any) -> Page:
    ages = [_age(a) for a in found.ages]
    months = [(_month(g), g) for g in found.months]
    return book.page(
        url,
        "accountability",
        {"name": name},
        account=found,
        outcomes=OUTCOMES,
        ages=list(zip(ages, found.ages, strict=True)),
        places=places,
        months=months,
        called={c.id: c.name for c in book.whole.records.communities},
        charts={
            "months": charts.of_groups(months),
            "classes": charts.of_days(found.classes),
            "steps": charts.of_days(found.ways[0].steps if found.ways else ()),
            "ages": charts.of_ages(ages, found.ages),
            "places": charts.of_groups(places),
            "levels": charts.of_counts(found.levels.levels),
        },
        **more,
    )


def _age(age: Age) -> str:
    """0–7 天, or 超过 90 天."""
    says = words()["accountability"]
    if age.most is None:
        return says["age_over"].format(n=age.least - 1)
    return says["age"].format(least=age.least, most=age.most)


def _month(group: Group) -> str:
    """2026-05 as residents read it: 2026年5月."""
    year, month = group.label.split("-")
    return words()["accountability"]["month"].format(year=year, month=int(month))
