"""The community whose sheets are brought in."""

from __future__ import annotations

from pathlib import Path

import pytest

from .town import Town


@pytest.fixture
def town(tmp_path: Path, demo: Path) -> Town:
    """Published as its volunteers' workbook has it: one sync is behind us."""
    made = Town(tmp_path, demo)
    outcome = made.sync()
    assert [r.state for r in outcome.results] == ["done"]
    assert outcome.problems == []
    return made
