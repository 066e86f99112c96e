"""Where things are. Tests take these instead of counting parents of their own file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from generator import cli

ROOT = Path(__file__).resolve().parent.parent

# A machine may be busy; how long an example takes says nothing about what it shows.
# CI judges a change by the same examples each time; developers' runs look for new ones.
settings.register_profile("bugu", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("bugu")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def demo(root: Path) -> Path:
    """The records that ship with Bugu: the three communities of the demo. Read only; copy them to change them."""
    return root / "records"


@pytest.fixture(scope="session")
def fixtures(root: Path) -> Path:
    """Inputs that belong to tests alone."""
    return root / "tests" / "fixtures"


@pytest.fixture(scope="session")
def demo_site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole demo, built once for the run: read only."""
    out = tmp_path_factory.mktemp("site") / "public"
    assert cli.main(["build", "--records", str(demo), "--out", str(out), "--quiet"]) == 0
    return out
