"""What papers are drawn and set with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment

from generator import calendar
from generator.checks import check
from generator.facts.whole import whole
from generator.notices import Notice, notices
from generator.procedures import load
from generator.reading import read
from generator.templating import environment
from generator.typeset import Typesetter

from .rows import SITE


@pytest.fixture(scope="module")
def env(root: Path) -> Environment:
    return environment(root / "templates")


@pytest.fixture(scope="module")
def setter(root: Path) -> Typesetter:
    return Typesetter(root / "templates" / "layouts" / "notice.typ")


@pytest.fixture
def no_2027(monkeypatch: pytest.MonkeyPatch) -> None:
    """No arrangement beyond 2026 is known, however new the package is."""
    known = calendar.is_workday

    def asked(day: date) -> bool:
        if day.year > 2026:
            raise calendar.YearNotCovered(day.year)
        return known(day)

    monkeypatch.setattr(calendar, "is_workday", asked)


@pytest.fixture(scope="module")
def demo_notices(root: Path, demo: Path) -> list[Notice]:
    procedures, _ = load(demo / "procedures")
    records, _ = check(read(demo).records, procedures, date(2026, 6, 17))
    return notices(whole(records, procedures, date(2026, 6, 17)), SITE)
