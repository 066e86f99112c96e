"""Procedures and rules: the folder of the records loads whole; a faulty file is reported by line and left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.calendar import DayKind
from generator.problems import Problem
from generator.procedures import DAY_KINDS, Procedures, Rule, Threshold, load

RECORDS = Path(__file__).parents[1] / "records" / "procedures"
NEW_LAW = date(2026, 1, 1)
HALF, TWO_THIRDS, THREE_QUARTERS, THIRD = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(1, 3)

PROCEDURE = """\
kind = "procedure"
id = "short"
title = "两步"
summary = "先提出,再解决。"
source = "本地约定"

[[size]]
name = "小事"
title = "小事小议"
days = 30
who_sits = "当事几家"

[[step]]
name = "提出"
title = "提出来"
kind = "raise"
who = "居民"
does = '''
name = "这不是键"
'''
evidence = ["登记"]
next = ["解决"]

[[step]]
name = "解决"
title = "办完"
kind = "solve"
who = "物业"
does = "办完并公示。"
evidence = []
ends = "办完为止。"
rules = ["most"]
[step.publicity]
days = 7
kind = "日历日"
"""

RULE = """\
kind = "rule"
id = "most"
title = "多数"
summary = "过半数。"
source = "本地约定"
valid_from = 2020-01-01
valid_to = 2025-12-31
counted_by = "heads"
quorum = "at least 2/3 of eligible"
majority = "more than 1/2 of present"

[words]
unit = "人"
quorum_heads = "到会"
quorum_share = "三分之二以上"
majority_heads = "赞成"
majority_share = "过半数"
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def files(**named: str | bytes) -> Path:
        for stem, content in named.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{stem.replace('_', '-')}.toml").write_bytes(data)
        return tmp_path

    return files


@pytest.fixture(scope="module")
def ours() -> Procedures:
    procedures, problems = load(RECORDS)
    assert [p.line() for p in problems] == []
    return procedures


# --- the folder of the records


def test_every_file_of_the_records_loads(ours: Procedures) -> None:
    assert len(ours.procedures) + len(ours.rules) == len(list(RECORDS.glob("*.toml")))


@pytest.mark.parametrize(
    ("id", "steps"),
    [
        ("liubu", "集议题 定议题 拟方案 做表决 促落实 有备案"),
        ("siyi", "党组织提议 两委商议 党员大会审议 居民代表会议决议 决议公开 实施结果公开"),
        ("yezhu", "提出事项 征求意见 业主表决 结果公告 执行 归档"),
    ],
)
def test_steps_and_days_of_the_procedures(ours: Procedures, id: str, steps: str) -> None:
    found = ours.procedure(id, NEW_LAW)
    assert found is not None
    assert [s.name for s in found.steps] == steps.split()
    assert {s.name: s.days for s in found.sizes} == {"大事": 60, "小事": 30, "急事": 7}
    assert found.local.count("本地约定") == 1
    assert found.position(steps.split()[2]) == 2
    assert [s.kind for s in found.steps].count("solve") == 1


# The figures of the law and of the community, written a second time on purpose: (id, day) → what the rule must say.
FIGURES = [
    ("yishi", date(2026, 6, 17), "delegates", (TWO_THIRDS, False, "eligible"), (HALF, True, "present")),
    ("dangyuan", date(2026, 6, 17), "heads", (TWO_THIRDS, False, "eligible"), (HALF, True, "present")),
    ("liangwei", date(2026, 6, 17), "heads", (HALF, True, "eligible"), (HALF, True, "present")),
    ("jumin", date(2025, 12, 31), "heads", (HALF, True, "eligible"), (HALF, True, "present")),
    ("jumin", date(2026, 1, 1), "heads", (HALF, True, "eligible"), (HALF, True, "present")),
    ("daibiao", date(2025, 12, 31), "delegates", (HALF, True, "eligible"), (HALF, True, "present")),
    ("daibiao", date(2026, 1, 1), "delegates", (TWO_THIRDS, False, "eligible"), (HALF, True, "present")),
    ("yezhu-yiban", date(2021, 1, 1), "area_and_heads", (TWO_THIRDS, False, "eligible"), (HALF, True, "present")),
    ("yezhu-tebie", NEW_LAW, "area_and_heads", (TWO_THIRDS, False, "eligible"), (THREE_QUARTERS, False, "present")),
    ("yeweihui", NEW_LAW, "delegates", (HALF, True, "eligible"), (HALF, False, "eligible")),
    ("juweihui-xuanju", NEW_LAW, "heads", (HALF, True, "eligible"), (HALF, True, "present")),
    ("juweihui-xuanju-daibiao", NEW_LAW, "delegates", (TWO_THIRDS, True, "eligible"), (HALF, True, "present")),
    ("juweihui-lingxuan", NEW_LAW, "heads", (HALF, True, "eligible"), (THIRD, False, "present")),
]


@pytest.mark.parametrize(("id", "on", "counted_by", "quorum", "majority"), FIGURES)
def test_figures_of_the_rules(
    ours: Procedures, id: str, on: date, counted_by: str, quorum: tuple[Fraction, bool, str], majority: object
) -> None:
    rule = ours.rule(id, on)
    assert rule is not None
    assert rule.counted_by == counted_by
    assert (rule.quorum.share, rule.quorum.strict, rule.quorum.of) == quorum
    assert (rule.majority.share, rule.majority.strict, rule.majority.of) == majority


def test_no_rule_is_left_out_of_the_figures(ours: Procedures) -> None:
    assert {r.id for r in ours.rules} == {row[0] for row in FIGURES}


def test_rules_of_a_law_end_and_begin_on_its_day(ours: Procedures) -> None:
    for id in ("jumin", "daibiao"):
        before, after = ours.rule(id, date(2025, 12, 31)), ours.rule(id, NEW_LAW)
        assert before is not None
        assert after is not None
        assert "2018年修正" in before.source
        assert "2025年修订" in after.source
    notice = ours.rule("jumin", NEW_LAW)
    assert notice is not None
    assert notice.notice_days == 10
    assert ours.rule("yezhu-yiban", date(2020, 12, 31)) is None
    assert ours.rule("nothing", NEW_LAW) is None


SHARES = {
    (HALF, True): "过半数",
    (HALF, False): "半数以上",
    (TWO_THIRDS, False): "三分之二以上",
    (TWO_THIRDS, True): "超过三分之二",
    (THREE_QUARTERS, False): "四分之三以上",
    (THIRD, False): "三分之一以上",
}


def test_the_chinese_of_a_share_says_what_the_rule_counts(ours: Procedures) -> None:
    for rule in ours.rules:
        assert rule.words.quorum_share.endswith(SHARES[rule.quorum.share, rule.quorum.strict]), rule.id
        assert rule.words.majority_share.endswith(SHARES[rule.majority.share, rule.majority.strict]), rule.id
        assert rule.says("quorum_heads")
        assert rule.says("majority_heads")


def test_rules_named_by_steps_exist(ours: Procedures) -> None:
    named = {r for p in ours.procedures for s in p.steps for r in s.rules}
    assert named <= {r.id for r in ours.rules}
    assert named >= {"yishi", "dangyuan", "liangwei", "jumin", "daibiao", "yezhu-yiban", "yezhu-tebie"}


def test_day_kinds_are_the_ones_of_the_calendar() -> None:
    assert tuple(k.value for k in DayKind) == DAY_KINDS


# --- shares


@given(st.integers(0, 400), st.integers(1, 400), st.integers(0, 12), st.integers(1, 12), st.booleans())
def test_least_is_the_first_number_that_reaches_a_share(
    part: int, whole: int, over: int, under: int, strict: bool
) -> None:
    bar = Threshold(Fraction(over, under), strict, "present")
    assert bar.met(part, whole) == (part >= bar.least(whole))


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_of_area_is_exact_to_the_hundredth(part: int, whole: int) -> None:
    bar = Threshold(TWO_THIRDS, False, "eligible")
    assert bar.met(Decimal(part) / 100, Decimal(whole) / 100) == (3 * part >= 2 * whole)


def test_of_nothing_no_share_is_reached() -> None:
    assert not Threshold(Fraction(0), False, "present").met(0, 0)


# --- faulty files


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, [p.line() for p in problems]
    return problems[0]


def test_a_good_file_as_written_here_loads(write: Write) -> None:
    procedures, problems = load(write(short=PROCEDURE, most=RULE))
    assert problems == []
    step = procedures.procedures[0].steps[1]
    assert step.publicity is not None
    assert step.publicity.days == 7
    assert procedures.rule("most", date(2025, 12, 31)) == procedures.rules[0]
    assert procedures.rule("most", date(2026, 1, 1)) is None


# (what is put in place of what, the code, the text of the line that must be named)
FAULTY_PROCEDURES = [
    ('who = "物业"', 'who = "物业', "toml-syntax", 'who = "物业'),
    ('who = "物业"', 'whom = "物业"', "toml-missing-key toml-unknown-key", '[[step]] whom = "物业"'),
    ('who = "物业"', "who = 3", "toml-not-text", "who = 3"),
    ('who = "物业"', 'who = " "', "toml-not-text", 'who = " "'),
    ('evidence = ["登记"]', 'evidence = "登记"', "toml-not-texts", 'evidence = "登记"'),
    ('evidence = ["登记"]', "evidence = [1]", "toml-not-texts", "evidence = [1]"),
    ('kind = "solve"', 'kind = "solved"', "toml-not-a-choice", 'kind = "solved"'),
    ('name = "小事"', 'name = "闲事"', "toml-not-a-choice", 'name = "闲事"'),
    ('kind = "日历日"', 'kind = "日历"', "toml-not-a-choice", 'kind = "日历"'),
    ('kind = "procedure"', 'kind = "proceeding"', "toml-not-a-choice", 'kind = "proceeding"'),
    ('kind = "procedure"', "kind = [1]", "toml-not-a-choice", "kind = [1]"),
    ("days = 7", "days = 0", "toml-not-count", "days = 0"),
    ("days = 7", "days = true", "toml-not-count", "days = true"),
    ("[step.publicity]\ndays = 7\nkind = ", "publicity = ", "toml-not-table", 'publicity = "日历日"'),
    ("[[size]]", "[size]", "toml-not-tables", "[size]"),
    ('id = "short"', 'id = "Short!"', "toml-id", 'id = "Short!"'),
    ('id = "short"', 'id = "long"', "procedure-file-name", 'id = "long"'),
    ('source = "本地约定"', 'source = "法"\nbasis_url = "javascript:0"', "toml-url", 'basis_url = "javascript:0"'),
    ('source = "本地约定"', 'source = "法"\nvalid_from = "2020"', "toml-not-day", 'valid_from = "2020"'),
    ('next = ["解决"]', 'next = ["了结"]', "procedure-unknown-next", 'next = ["了结"]'),
    ('next = ["解决"]', 'ends = "不办。"', "procedure-unreachable", 'name = "解决"'),
    ('ends = "办完为止。"', "", "procedure-dead-end", 'name = "解决"'),
    ('ends = "办完为止。"', 'next = ["提出"]', "procedure-no-end procedure-no-end", None),
    ('name = "解决"', 'name = "提出"', "procedure-double procedure-unknown-next", None),
    ('who = "物业"', "who = " + "[" * 5000, "toml-syntax", None),
    ('rules = ["most"]', 'rules = ["fewest"]', "procedure-unknown-rule", 'rules = ["fewest"]'),
]


@pytest.mark.parametrize(("was", "now", "codes", "line"), FAULTY_PROCEDURES)
def test_a_faulty_procedure_is_named_by_its_line(
    write: Write, was: str, now: str, codes: str, line: str | None
) -> None:
    assert was in PROCEDURE
    text = PROCEDURE.replace(was, now)
    procedures, problems = load(write(short=text, most=RULE))
    assert sorted(p.code for p in problems) == sorted(codes.split())
    if line:
        assert " ".join(text.split("\n")[p.place.row - 1] for p in problems) == line
    assert all(p.place.file.endswith("/short.toml") and p.says and p.mend for p in problems)
    assert len(procedures.procedures) == all(not p.withholds for p in problems)
    assert [r.id for r in procedures.rules] == ["most"], "its neighbour loads"


FAULTY_RULES = [
    ("more than 1/2 of present", "half", "procedure-threshold"),
    ("more than 1/2 of present", "more than 0.5 of present", "procedure-threshold"),
    ("more than 1/2 of present", "more than -1/2 of present", "procedure-threshold"),
    ("more than 1/2 of present", "more than 3/2 of present", "procedure-threshold-range"),
    ("more than 1/2 of present", "more than 1/1 of present", "procedure-threshold-range"),
    ("more than 1/2 of present", "at least 1/0 of present", "procedure-threshold-range"),
    ("at least 2/3 of eligible", "at least 2/3 of present", "procedure-quorum-of"),
    ("2025-12-31", "2019-12-31", "procedure-dates"),
    ("2025-12-31", "2025-12-31T00:00:00", "toml-not-day"),
    ('counted_by = "heads"', 'counted_by = "hands"', "toml-not-a-choice"),
    ('unit = "人"', 'units = "人"', "toml-missing-key"),
]


@pytest.mark.parametrize(("was", "now", "code"), FAULTY_RULES)
def test_a_faulty_rule_is_named_by_its_line(write: Write, was: str, now: str, code: str) -> None:
    assert was in RULE
    procedures, problems = load(write(most=RULE.replace(was, now), other=RULE.replace('"most"', '"other"')))
    first = problems[0]
    assert first.code == code
    assert first.says
    assert first.mend
    changed = next(n for n, line in enumerate(RULE.split("\n"), 1) if was in line)
    assert first.place.row == (RULE.split("\n").index("[words]") + 1 if code == "toml-missing-key" else changed)
    assert [r.id for r in procedures.rules] == ["other"]


def test_a_rule_by_area_needs_words_for_it(write: Write) -> None:
    _, problems = load(write(most=RULE.replace('"heads"', '"area_and_heads"')))
    assert [p.params["key"] for p in problems] == ["quorum_area", "majority_area"]


def test_overlapping_versions_are_both_left_out(write: Write) -> None:
    later = RULE.replace("2020-01-01", "2025-12-31").replace("2025-12-31\ncounted", "2030-12-31\ncounted")
    procedures, problems = load(write(most=RULE, most_2025=later, other=RULE.replace('"most"', '"other"')))
    assert [(p.code, Path(p.place.file).name, p.place.row) for p in problems] == [
        ("procedure-overlap", "most-2025.toml", 2),
        ("procedure-overlap", "most.toml", 2),
    ]
    assert [r.id for r in procedures.rules] == ["other"]


def test_versions_one_after_the_other_both_load(write: Write) -> None:
    later = RULE.replace("valid_from = 2020-01-01\nvalid_to = 2025-12-31", "valid_from = 2026-01-01")
    procedures, problems = load(write(most=RULE, most_2026=later))
    assert problems == []
    assert procedures.rule("most", NEW_LAW) == next(r for r in procedures.rules if r.valid_from == NEW_LAW)


def test_a_wrong_encoding_is_named_by_its_line(write: Write) -> None:
    assert only(load(write(most=RULE.encode("gb18030")))[1]).place.row == 3


@pytest.mark.parametrize("change", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n")])
def test_what_windows_adds_to_a_file_is_no_fault(write: Write, change: Callable[[str], str]) -> None:
    assert load(write(most=change(RULE)))[1] == []


def test_an_empty_optional_text_is_as_good_as_none(write: Write) -> None:
    procedures, problems = load(write(most=RULE.replace("\n\n[words]", '\nbasis_url = ""\nlocal = ""\n[words]')))
    assert problems == []
    assert procedures.rules[0].basis_url == ""


def test_a_procedure_is_kept_when_only_its_rule_is_faulty(write: Write) -> None:
    procedures, problems = load(write(short=PROCEDURE, most="kind ="))
    assert only(problems).place.file.endswith("/most.toml")
    assert [p.id for p in procedures.procedures] == ["short"]


def test_faults_of_all_parts_of_a_file_are_told_in_one_go(write: Write) -> None:
    text = PROCEDURE.replace("days = 30", 'days = "30"').replace('next = ["解决"]', 'next = ["了结"]')
    _, problems = load(write(short=text, most=RULE))
    assert [p.code for p in problems] == ["toml-not-count", "procedure-unknown-next"]


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    assert only(load(tmp_path)[1]).code == "procedure-none"
    assert only(load(tmp_path / "nowhere")[1]).code == "procedure-none"


@given(st.text(max_size=300))
def test_any_text_is_read_or_reported(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    (folder / "any.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    procedures, problems = load(folder)
    assert procedures == Procedures()
    assert problems
    assert all(p.line() for p in problems)


def test_a_rule_says_what_its_words_are(ours: Procedures) -> None:
    rule: Rule | None = ours.rule("daibiao", NEW_LAW)
    assert rule is not None
    assert rule.says("quorum_heads") == "到会代表"
    with pytest.raises(AttributeError):
        rule.says("nothing")
