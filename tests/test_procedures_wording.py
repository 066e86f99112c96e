"""The words of a share and its fraction are one: made of it, read back, refused where they differ."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.procedures import Threshold, load
from generator.procedures.wording import read, said, shares_in

SHIPPED = Path(__file__).parents[1] / "records" / "procedures"


@pytest.mark.parametrize(
    ("over", "under", "strict", "words"),
    [
        (1, 2, True, "过半数"),
        (1, 2, False, "半数以上"),
        (2, 3, False, "三分之二以上"),
        (2, 3, True, "超过三分之二"),
        (3, 5, False, "五分之三以上"),
        (1, 10, False, "十分之一以上"),
        (12, 25, True, "超过二十五分之十二"),
        (51, 100, False, "百分之五十一以上"),
        (1, 100_001, False, "十万零一分之一以上"),
        (1, 1, False, "全部"),
    ],
)
def test_a_share_in_words(over: int, under: int, strict: bool, words: str) -> None:
    assert said(Threshold(Fraction(over, under), strict, "present")) == words


@given(st.integers(1, 999_999), st.integers(1, 999_999), st.booleans())
def test_every_share_is_read_back_from_its_words(over: int, under: int, strict: bool) -> None:
    share = Fraction(min(over, under), max(over, under))
    strict = strict and share < 1
    assert read(said(Threshold(share, strict, "present"))) == (share, strict)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("二分之一以上", (Fraction(1, 2), False)),
        ("超过二分之一", (Fraction(1, 2), True)),
        ("超过半数", (Fraction(1, 2), True)),
        ("过半", (Fraction(1, 2), True)),
        ("全体委员半数以上", (Fraction(1, 2), False)),
        ("不少于三分之二", (Fraction(2, 3), False)),
        ("参加的百分之六十以上", (Fraction(3, 5), False)),
        ("60%以上", (Fraction(3, 5), False)),
        ("2/3 以上", (Fraction(2, 3), False)),
        ("一百分之六十以上", (Fraction(3, 5), False)),
        ("六成五以上", None),
        ("六成以上", (Fraction(3, 5), False)),
        ("全体一致", (Fraction(1), False)),
        ("三分之二", None),  # whether the number itself is enough is not said
        ("过半数以上", None),
        ("多数", None),
        ("不超过三分之二", None),
        ("不到半数", None),
    ],
)
def test_words_that_files_may_have(words: str, meant: tuple[Fraction, bool] | None) -> None:
    assert read(words) == meant


def test_the_shares_of_a_sentence() -> None:
    found = shares_in("三分之二以上成员到会才能开会，到会成员过半数赞成才算通过。")
    assert found == (("三分之二", Fraction(2, 3)), ("过半数", Fraction(1, 2)))
    assert shares_in("统一成员名单，两户合一。") == ()


def changed(tmp_path: Path, was: str, now: str, name: str = "yishi") -> list[tuple[str, str]]:
    """What is wrong with a shipped rule after one change: (code, the line it is named by)."""
    written = (SHIPPED / f"{name}.toml").read_text("utf-8")
    assert was in written
    (tmp_path / f"{name}.toml").write_text(written.replace(was, now), "utf-8")
    loaded, problems = load(tmp_path)
    assert all(p.says and p.mend and p.withholds for p in problems)
    assert len(loaded.rules) == (not problems)
    return [(p.code, written.replace(was, now).split("\n")[p.place.row - 1].split(" ")[0]) for p in problems]


def test_a_rule_says_what_it_counts_without_words_of_its_own(tmp_path: Path) -> None:
    assert changed(tmp_path, "summary = ", "summary = ") == []
    (rule,) = load(tmp_path)[0].rules
    assert (rule.says("quorum_share"), rule.says("majority_share")) == ("三分之二以上", "过半数")


@pytest.mark.parametrize(
    ("was", "now", "faults"),
    [
        ("at least 2/3", "at least 1/10", [("procedure-sentence-share", "summary")]),
        ("[words]", '[words]\nquorum_share = "三分之二以上"', []),
        ("[words]", '[words]\nquorum_share = "过半数"', [("procedure-words", "quorum_share")]),
        ("[words]", '[words]\nquorum_share = "超过三分之二"', [("procedure-words", "quorum_share")]),
        ("[words]", '[words]\nmajority_share = "多数"', [("procedure-words", "majority_share")]),
        ("[words]", '[words]\nmajority_share = "全体成员过半数"', [("procedure-words-of", "majority_share")]),
        ('title = "', 'title = "三分之一通过的', [("procedure-sentence-share", "title")]),
    ],
)
def test_words_that_are_not_the_fraction_are_refused(
    tmp_path: Path, was: str, now: str, faults: list[tuple[str, str]]
) -> None:
    assert changed(tmp_path, was, now) == faults


def test_who_may_demand_is_said_as_it_is_counted(tmp_path: Path) -> None:
    faults = changed(tmp_path, 'demanded_by = "五分之一', 'demanded_by = "二十分之一', "daibiao-2026")
    assert faults == [("procedure-sentence-share", "demanded_by")]


# --- and no place asks for less than the law

OWN = """\
kind = "rule"
id = "own"
title = "自己的规则"
summary = "自己定的。"
source = "西园社区自治办法"
local = "自己定的。"
meetings = ["居民代表会议"]
counted_by = "delegates"
quorum = "at least 2/3 of eligible"
majority = "more than 1/2 of present"

[words]
unit = "人"
quorum_heads = "到会代表"
majority_heads = "赞成"
"""


def beside_the_law(tmp_path: Path, *changes: tuple[str, str]) -> list[tuple[str, str]]:
    """What is wrong with ``OWN``, changed, among the shipped files: (code, its line)."""
    for path in SHIPPED.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    written = OWN
    for was, now in changes:
        assert was in written
        written = written.replace(was, now)
    (tmp_path / "own.toml").write_text(written, "utf-8")
    loaded, problems = load(tmp_path)
    assert all(p.place.file.endswith("/own.toml") and p.withholds and p.mend for p in problems)
    assert any(r.id == "own" for r in loaded.rules) == (not problems)
    return [(p.code, written.split("\n")[p.place.row - 1]) for p in problems]


BELOW = "procedure-below-law"
Q, M = 'quorum = "at least 2/3 of eligible"', 'majority = "more than 1/2 of present"'
OLD = ('meetings = ["居民代表会议"]', 'valid_to = 2025-12-31\nmeetings = ["居民代表会议"]')
OWNERS = ('meetings = ["居民代表会议"]', 'meetings = ["业主大会"]')
AREA = ('counted_by = "delegates"', 'counted_by = "area_and_heads"')
AREA_WORDS = ("[words]", '[words]\nquorum_area = "面积"\nmajority_area = "面积"')


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ([], []),
        ([("2/3", "3/4")], []),
        ([(M, 'majority = "at least 2/3 of present"')], []),
        ([(M, 'majority = "more than 1/2 of eligible"')], []),
        ([(Q, 'quorum = "at least 1/10 of eligible"')], ['quorum = "at least 1/10 of eligible"']),
        ([(Q, 'quorum = "more than 1/2 of eligible"')], ['quorum = "more than 1/2 of eligible"']),
        ([(M, 'majority = "at least 1/2 of present"')], ['majority = "at least 1/2 of present"']),
        ([(M, 'majority = "at least 1/2 of eligible"')], ['majority = "at least 1/2 of eligible"']),
        (
            [("2/3", "1/5"), (M, 'majority = "at least 1/9 of present"')],
            ['quorum = "at least 1/5 of eligible"', 'majority = "at least 1/9 of present"'],
        ),
        ([OLD, (Q, 'quorum = "more than 1/2 of eligible"')], []),  # as the law was then
        ([OLD, (Q, 'quorum = "at least 1/2 of eligible"')], ['quorum = "at least 1/2 of eligible"']),
        ([("社区自治办法", "社区《组织法》"), ("2/3", "1/9"), ('local = "自己定的。"', 'community = "xiyuan"')],
         ['quorum = "at least 1/9 of eligible"']),
        ([('meetings = ["居民代表会议"]', 'meetings = ["议事协商会"]'), ("2/3", "1/9")], []),  # no law has it
        ([OWNERS, AREA, AREA_WORDS], []),  # as for an ordinary matter of owners
        ([OWNERS], ['counted_by = "delegates"']),
    ],
)  # fmt: skip
def test_a_rule_of_the_place_is_not_below_the_law(
    tmp_path: Path, changes: list[tuple[str, str]], lines: list[str]
) -> None:
    assert beside_the_law(tmp_path, *changes) == [(BELOW, line) for line in lines]


def test_what_the_law_asks_for_is_said(tmp_path: Path) -> None:
    beside_the_law(tmp_path, ("2/3", "1/9"))
    (problem,) = load(tmp_path)[1]
    assert "居民代表会议:法律规定到会代表三分之二以上" in problem.says
    assert "九分之一以上" in problem.says
    assert "不能更低" in problem.mend
