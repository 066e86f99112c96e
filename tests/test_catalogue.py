"""Words that come with a mechanism join the catalogue of all, and never change what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import catalogue


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    catalogue._files.cache_clear()
    yield tmp_path  # type: ignore[misc]
    catalogue._files.cache_clear()


def test_what_a_mechanism_says_stands_beside_what_all_say(folder: Path) -> None:
    (folder / "a.toml").write_text('[words.notice]\nmenu = "菜单"\n[problem.x]\nsay = "甲"\nmend = "乙"\n', "utf-8")
    (folder / "b.toml").write_text('[words.meal]\nlunch = "午餐"\n', "utf-8")
    assert catalogue.joined({"notice": {"old": "旧"}}, "words") == {
        "notice": {"old": "旧", "menu": "菜单"},
        "meal": {"lunch": "午餐"},
    }
    assert catalogue.joined({}, "problem") == {"x": {"say": "甲", "mend": "乙"}}


@pytest.mark.parametrize("base", [{"x": {"say": "一", "mend": "二"}}, {"x": {"say": "甲", "mend": "乙"}}])
def test_nothing_is_said_twice(folder: Path, base: dict[str, dict[str, str]]) -> None:
    (folder / "a.toml").write_text('[problem.x]\nsay = "甲"\nmend = "乙"\n', "utf-8")
    with pytest.raises(ValueError, match=r"problem\.x is said twice"):
        catalogue.joined(base, "problem")


def test_two_mechanisms_cannot_say_the_same_word(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.toml").write_text('[words.notice]\nmenu = "菜单"\n', "utf-8")
    with pytest.raises(ValueError, match=r"words\.notice\.menu is said twice"):
        catalogue.joined({}, "words")


def test_a_table_that_nobody_reads_is_told(folder: Path) -> None:
    (folder / "a.toml").write_text('[problems.x]\nsay = "甲"\n', "utf-8")
    with pytest.raises(ValueError, match="no such table: problems"):
        catalogue.joined({}, "problem")


def test_marks_within_marks_become_single_ones(folder: Path) -> None:
    (folder / "a.toml").write_text('[title]\nplain = "{name}门牌"\nmarked = "关于“{name}”的公告"\n', "utf-8")
    assert catalogue.title("plain", name="“党叔说事”室") == "“党叔说事”室门牌"
    assert catalogue.title("marked", name="“党叔说事”室") == "关于“‘党叔说事’室”的公告"
