"""征求意见: no small count is printed, and none can be worked out; what is printed comes to the valid forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checks.given import Given
from generator.checks.surveys import surveys_sound, tallies_tell_nothing
from generator.facts.surveys import Result, printed, results, telling, unlisted
from generator.problems import Place
from generator.records import Records, Withheld
from generator.sheet import PublicRow
from generator.sheets.surveys import Survey
from generator.sheets.tallies import Tally
from generator.suppression import FEW, UNLISTED, Impossible, Mark
from tests.mechanisms.drawing import RULES, TODAY, demo, demo_page, page, paper, papers, seen, words
from tests.rows import COMMUNITY, records, row
from tests.sync.town import Town


def survey(
    valid: int | None = 190, sensitive: bool = False, published: date | None = date(2026, 5, 12), **more: object
) -> Survey:
    given_ = {
        "title": "问一问",
        "why": "听一听。",
        "way": "纸质问卷",
        "begins": date(2026, 5, 1),
        "ends": date(2026, 5, 10),
    }
    forms: dict[str, object] = {
        "printed": 320,
        "returned": 200,
        "valid": valid,
        "sensitive": sensitive,
        "published_on": published,
    }
    return row(Survey, "z1", **{**given_, **forms, **more})


def tallies(chosen: Mapping[str, str], several: bool = False) -> list[PublicRow]:
    """Rows of one question: option → the number, or the word in its place."""
    given_ = {"survey": "z1", "number": 1, "question": "要不要?", "several": several}
    return [
        row(
            Tally, f"t{n}", n + 2, **given_, option=o, **{"chosen": int(c)} if c.isdecimal() else {"instead": c or None}
        )
        for n, (o, c) in enumerate(chosen.items())
    ]


def told(chosen: Mapping[str, str], of: Survey | None = None, several: bool = False) -> dict[str, str]:
    """Option → the code of what is said of it."""
    there = records([of or survey(), *tallies(chosen, several)])
    found = tallies_tell_nothing(Given(there, RULES, TODAY, (COMMUNITY,)))
    return {r.option: p.code for r, p in found if isinstance(r, Tally)}


# --- nothing follows -------------------------------------------------------------------------------------------------


def _possible(marks: Mapping[str, int | Mark], total: int, least: int) -> list[tuple[int, ...]]:
    """Every table of true numbers that would be printed like this; by trying all, with nothing of the solver's."""
    ranges = [
        range(least) if m is FEW else range(least, total + 1) if m is UNLISTED else (m,)  # type: ignore[arg-type]
        for m in marks.values()
    ]
    return [some for some in product(*ranges) if sum(some) == total]


@settings(max_examples=60)
@given(st.lists(st.integers(0, 14), min_size=2, max_size=4))
def test_whoever_tries_all_tables_finds_every_small_number_possible(chosen: list[int]) -> None:
    marks, total, least = printed({f"o{n}": c for n, c in enumerate(chosen)}, 5), sum(chosen), 5
    more = unlisted(marks, total, least)
    if more is None:
        return
    shown = {k: UNLISTED if k in more else m for k, m in marks.items()}
    found = _possible(shown, total, least)
    for at, mark in enumerate(shown.values()):
        values = {some[at] for some in found}
        if mark is FEW:
            assert values == set(range(least))
        elif mark is UNLISTED:
            assert len(values) > 1


@settings(max_examples=60)
@given(st.lists(st.integers(0, 14), min_size=2, max_size=4))
def test_nothing_is_hidden_that_needn_t_be(chosen: list[int]) -> None:
    marks, total = printed({f"o{n}": c for n, c in enumerate(chosen)}, 5), sum(chosen)
    if FEW not in marks.values() and total >= 5:
        assert unlisted(marks, total, 5) == ()


@pytest.mark.parametrize(
    ("chosen", "more"),
    [
        ({"a": 300, "b": 9, "c": 3}, ("b",)),
        ({"a": 300, "b": 5, "c": 3}, ("a",)),  # 5 and 3 are 8: the few would not be 4
        ({"a": 470, "b": 1}, ("a",)),
        ({"a": 3, "b": 3, "c": 2}, ()),
        ({"a": 5, "b": 5, "c": 3}, None),
        ({"a": 2, "b": 1}, None),
    ],
)
def test_the_smallest_that_hides_a_few_is_hidden(chosen: dict[str, int], more: tuple[str, ...] | None) -> None:
    assert unlisted(printed(chosen, 5), sum(chosen.values()), 5) == more


def test_numbers_that_cannot_come_to_the_total_are_impossible() -> None:
    with pytest.raises(Impossible):
        telling({"a": 100, "b": FEW}, 190, 5)
    assert not telling({"a": 100, "b": 90}, 190, 5)


TYPED = st.sampled_from(("number", "word", "left out", "both"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 14), TYPED), min_size=2, max_size=5))
def test_whatever_the_volunteer_leaves_out_or_spoils_no_small_number_follows_from_what_is_left(
    some: list[tuple[int, str]],
) -> None:
    """An outsider knows the valid forms and the rows that are shown; what is not shown may be anything that is left."""
    rows = []
    for n, (count, how) in enumerate(some):
        word = "少于5" if count < 5 else "不列"
        cells = {"number": {"chosen": count}, "word": {"instead": word}, "both": {"chosen": count, "instead": word}}
        if how in cells:
            what = {"survey": "z1", "number": 1, "question": "要不要?", "option": f"o{n}"}
            rows.append(row(Tally, f"t{n}", n + 2, **what, **cells[how]))
    valid = sum(count for count, _ in some)
    there = records([survey(valid, printed=None, returned=None), *rows])
    found = tallies_tell_nothing(Given(there, RULES, TODAY, (COMMUNITY,)))
    gone = {r.id for r, p in found if p.withholds}
    left = [r for r in rows if r.id not in gone]
    if not left:
        return
    low = sum(r.chosen if r.chosen is not None else 5 * (r.instead == "不列") for r in left)
    few = [r for r in left if r.instead == "少于5"]
    unlisted_ = any(r.instead == "不列" for r in left)
    rest = valid - low  # what the few, the unlisted above 5, and all that is not shown share among them
    assert all(r.chosen is None or r.chosen >= 5 for r in left)
    if few:
        assert rest >= 4, "each of them may be any number up to 4"
        assert len(left) < len(some) or unlisted_ or 4 * (len(few) - 1) >= rest, "and none of them must be more than 0"
    elif len(left) < len(some) and rest and not unlisted_:
        two = len(some) - len(left) > 1
        assert rest >= 5 or (two and rest == 4), "what is not shown is no small number, or two that may each be any"


# --- what is said to the volunteer -----------------------------------------------------------------------------------


def test_a_number_that_may_not_be_public_is_not_repeated_in_the_message() -> None:
    there = records([survey(), *tallies({"要": "177", "不要": "10", "没有填": "3"})])
    found = list(tallies_tell_nothing(Given(there, RULES, TODAY, (COMMUNITY,))))
    assert [p.code for _, p in found] == ["tally-tells", "tally-small"]
    assert all(p.withholds for _, p in found)
    assert [p.found for _, p in found] == ["", ""]
    assert [dict(p.params) for _, p in found] == [{"option": "不要", "unlisted": "不列"}, {"few": "少于5"}]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"要": "177", "不要": "13"}, {}),
        ({"要": "177", "不要": "不列", "没有填": "少于5"}, {}),
        ({"要": "177", "不要": "10", "没有填": "少于5"}, {"不要": "tally-tells", "没有填": "tally-given-away"}),
        ({"要": "100", "不要": "80"}, {"不要": "tally-sum"}),
        ({"要": "100", "不要": "91"}, {"不要": "tally-sum"}),
        ({"要": "100", "不要": "87"}, {"要": "tally-rest", "不要": "tally-rest"}),
        ({"要": "100", "不要": "少于5"}, {"不要": "tally-impossible"}),
        ({"要": "", "不要": "少于5"}, {"要": "tally-unread"}),
        ({"要": "191", "不要": "少于5"}, {"要": "tally-over"}),
        ({"要": "少于10", "不要": "100"}, {"要": "tally-unread"}),
    ],
)
def test_each_fault_of_a_question_is_told_once(chosen: dict[str, str], expected: dict[str, str]) -> None:
    assert told(chosen) == expected


def test_a_row_left_out_is_hidden_no_better_than_one_with_a_small_number() -> None:
    """Whoever leaves the few out instead of choosing 少于5 has told how many they are, by subtraction."""
    assert told({"要": "180", "不要": "7"}) == {"要": "tally-rest", "不要": "tally-rest"}
    assert told({"要": "184", "不要": "4"}) == {"要": "tally-rest", "不要": "tally-rest"}
    assert told({"要": "170", "不要": "11"}, survey(sensitive=True)) == {"要": "tally-rest", "不要": "tally-rest"}
    assert told({"要": "170", "不要": "11"}) == {"不要": "tally-sum"}


def test_what_stands_beside_a_row_that_waits_does_not_give_it_away() -> None:
    """Of a row with both a number and a word nothing is shown, nor what it can be worked out from."""
    rows = tallies({"要": "177", "不要": "10", "没有填": "3"})
    rows[2] = row(Tally, "t2", 4, survey="z1", number=1, question="要不要?", option="没有填", chosen=3, instead="少于5")
    found = {r.id: p for r, p in tallies_tell_nothing(Given(records([survey(), *rows]), RULES, TODAY, (COMMUNITY,)))}
    assert {i: p.code for i, p in found.items()} == {"t2": "tally-unread", "t0": "tally-waits", "t1": "tally-waits"}
    assert all(p.withholds and "3" not in p.found for p in found.values())
    many = tallies({"要": "100", "不要": "10", "没有填": ""})
    found = {r.id: p for r, p in tallies_tell_nothing(Given(records([survey(), *many]), RULES, TODAY, (COMMUNITY,)))}
    assert {i: p.code for i, p in found.items()} == {"t2": "tally-unread"}, "80 are no small number"


def test_a_row_that_reading_withheld_is_not_worked_out_either() -> None:
    there = records([survey(), *tallies({"要": "177", "不要": "10"})])
    lost = Withheld(COMMUNITY, "tallies", "t9", Place("records/xiyuan/tallies.csv", row=9), {"survey": "z1"})
    some = Records(there.district, there.tables, (lost,))
    found = {r.option: p.code for r, p in tallies_tell_nothing(Given(some, RULES, TODAY, (COMMUNITY,)))}  # type: ignore[attr-defined]
    assert found == {"要": "tally-waits", "不要": "tally-waits"}


def test_one_yes_among_the_rows_does_not_turn_the_question_into_one_of_several() -> None:
    rows = tallies({"要": "177", "不要": "10", "没有填": "少于5"})
    rows[0] = row(Tally, "t0", 2, survey="z1", number=1, question="要不要?", option="要", chosen=177, several=True)
    found = [
        (r.id, p.code) for r, p in tallies_tell_nothing(Given(records([survey(), *rows]), RULES, TODAY, (COMMUNITY,)))
    ]
    assert found == [("t1", "tally-mixed"), ("t1", "tally-tells"), ("t2", "tally-given-away")]
    (question,) = one(survey(), *rows).questions
    assert not question.several


def test_an_option_never_stands_under_another_question() -> None:
    rows = [*tallies({"要": "100", "不要": "90"})]
    rows.append(row(Tally, "t9", 9, survey="z1", number=1, question="要什么?", option="灯", chosen=80))
    found = [
        (r.id, p.code) for r, p in tallies_tell_nothing(Given(records([survey(), *rows]), RULES, TODAY, (COMMUNITY,)))
    ]
    assert found == [("t9", "tally-question")]


@pytest.mark.parametrize(("published", "withheld"), [(date(2025, 5, 12), True), (date(2026, 5, 4), False)])
def test_a_result_is_not_said_to_be_older_than_the_question(published: date, withheld: bool) -> None:
    """A slip of the year is no day to print; a few days too early may be what was done."""
    there = records([survey(published=published)])
    found = [(p.code, p.withholds) for _, p in surveys_sound(Given(there, RULES, TODAY, (COMMUNITY,)))]
    assert found == [("survey-early", withheld)]


def test_what_touches_private_troubles_has_a_higher_limit() -> None:
    assert told({"要": "170", "不要": "11", "没有填": "9"}, survey(sensitive=True))["没有填"] == "tally-small"
    assert told({"要": "170", "不要": "11", "没有填": "9"}) == {}
    assert told({"要": "170", "不要": "不列", "没有填": "少于10"}, survey(sensitive=True)) == {}


def test_where_several_may_be_chosen_there_is_no_total_to_subtract_from() -> None:
    assert told({"灯": "180", "凳": "少于5", "树": "188"}, several=True) == {}
    assert told({"灯": "180", "凳": "4"}, several=True) == {"凳": "tally-small"}


def test_a_small_number_is_held_even_where_the_question_does_not_add_up() -> None:
    there = records([survey(), *tallies({"要": "180", "不要": "4"})])
    found = list(tallies_tell_nothing(Given(there, RULES, TODAY, (COMMUNITY,))))
    assert [(p.code, p.withholds) for _, p in found] == [("tally-impossible", False), ("tally-small", True)]
    assert [p.found for _, p in found] == ["", ""]


def test_too_few_answers_are_not_published_at_all() -> None:
    assert told({"要": "4", "不要": "2"}, survey(6)) == {"要": "tally-too-few", "不要": "tally-too-few"}


# --- what residents see ----------------------------------------------------------------------------------------------


def one(*rows: PublicRow, today: date = TODAY) -> Result:
    (found,) = results(records(rows), COMMUNITY, today)
    return found


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 4, 30), "ahead"),
        (date(2026, 5, 1), "running"),
        (date(2026, 5, 10), "running"),
        (date(2026, 5, 11), "counting"),
        (date(2026, 5, 12), "published"),
    ],
)
def test_nothing_that_was_chosen_is_known_before_it_is_published(today: date, state: str) -> None:
    found = one(survey(), *tallies({"要": "100", "不要": "90"}), today=today)
    assert found.state == state
    assert bool(found.questions) == (state == "published")
    assert (found.back is None) == (today <= date(2026, 5, 10))


def test_nothing_that_was_chosen_is_known_while_it_is_still_asked() -> None:
    """A publication dated before the end is a slip: half a result would look like the whole."""
    early = [survey(published=date(2026, 5, 4)), *tallies({"要": "100", "不要": "90"})]
    assert one(*early, today=date(2026, 5, 10)).state == "running"
    assert one(*early, today=date(2026, 5, 11)).state == "published"


def test_no_percentage_is_made_of_what_is_not_printed_or_of_few() -> None:
    (question,) = one(survey(), *tallies({"要": "177", "不要": "不列", "没有填": "少于5"})).questions
    assert [o.rate and o.rate.n for o in question.options] == [177, None, None]
    (few,) = one(survey(9), *tallies({"要": "9"})).questions
    assert few.options[0].rate is not None
    assert not few.options[0].rate.printed


def test_a_question_that_does_not_come_to_the_valid_forms_says_so() -> None:
    there = seen([survey(), *tallies({"要": "100", "不要": "80"})])
    assert "这一题各项的人数和有效份数对不上，正在核对" in page(there, "surveys")
    assert "对不上" not in page(seen([survey(), *tallies({"要": "100", "不要": "90"})]), "surveys")


@pytest.mark.parametrize(
    ("blank", "says"),
    [
        (("printed", "valid"), "（纸质问卷）。收回200份。1．"),
        (("printed", "returned", "valid"), "（纸质问卷）。1．"),
        (("printed",), "（纸质问卷）。收回200份，其中有效190份（190/200）。"),
        ((), "（纸质问卷）。发出320份，收回200份（200/320），其中有效190份（190/200）。"),
    ],
)
def test_the_paper_s_sentence_is_whole_whatever_is_not_known(blank: tuple[str, ...], says: str) -> None:
    there = seen([survey(**dict.fromkeys(blank)), *tallies({"要": "100", "不要": "90"})])  # type: ignore[arg-type]
    (result,) = papers("survey", there)
    assert says in paper(result)


def test_the_paper_says_that_rows_of_it_wait() -> None:
    lost = Withheld(COMMUNITY, "tallies", "t9", Place("records/xiyuan/tallies.csv", row=9), {"survey": "z1"})
    there = seen([survey(), *tallies({"要": "100", "不要": "20"})], withheld=(lost,))
    (result,) = papers("survey", there)
    assert "有1行记录正在核对，没有写在上面" in paper(result)


def test_the_demonstration_agrees_with_its_matters() -> None:
    web = words(demo_page("fuqiang", "surveys"))
    assert "213/486（43.8%）" in web
    assert "夜里停车难97/209（46.4%）" in web, "DS-2021-001: 97 of the forms wrote of parking"
    assert "几家凑钱请人看17/40（42.5%）" in web, "DS-2026-009"
    assert "当楼组带头人少于5" in web


def test_the_papers_ask_while_it_runs_and_tell_when_it_is_published() -> None:
    (asking,) = papers("opinions")
    assert asking.due
    assert "2026年6月15日至2026年6月22日" in paper(asking)
    told_ = {n.community: paper(n) for n in papers("survey")}
    assert set(told_) == {"bayi", "fuqiang"}
    for community, text in told_.items():
        assert "少于5" in text
        assert "不列" in text
        assert demo().whole.records.district.notice in text, community


# --- what a volunteer typed --------------------------------------------------------------------------------------------


@pytest.fixture
def town(tmp_path: Path, demo: Path) -> Town:
    made = Town(tmp_path, demo)
    assert made.sync().problems == []
    return made


def test_a_small_number_that_is_typed_never_enters_the_records(town: Town) -> None:
    """The row stands as it last was; a new one does not stand at all."""
    before = town.stands("tallies")
    town.put("tallies", "XY-ZQ-1-1-3", "选的人数", "3")
    town.put("tallies", "XY-ZQ-1-1-3", "不写是几", "")
    town.rows["tallies"].append(["XY-ZQ-1-2-1", "XY-ZQ-1", "2", "还要什么？", "是", "长椅", "4人", ""])
    outcome = town.sync()
    assert [p.code for p in outcome.problems] == ["tally-small", "tally-small"]
    assert all(p.found == "" for p in outcome.problems)
    assert town.stands("tallies") == before


def test_a_number_that_would_give_a_small_one_away_never_enters_the_records(town: Town) -> None:
    town.put("tallies", "XY-ZQ-1-1-2", "选的人数", "10")
    town.put("tallies", "XY-ZQ-1-1-2", "不写是几", "")
    before = town.stands("tallies")
    outcome = town.sync()
    assert [p.code for p in outcome.problems] == ["tally-tells"]
    assert town.stands("tallies") == before


def test_people_type_a_number_as_they_like(town: Town) -> None:
    town.put("tallies", "XY-ZQ-1-1-1", "选的人数", "一百七十七人")
    assert town.sync().changed == []
