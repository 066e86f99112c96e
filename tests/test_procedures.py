"""Procedures, rules and limits from files: a faulty one is reported by file and line and left out, the rest loads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Problem
from generator.procedures import (
    Procedures,
    Rhythm,
    Threshold,
    load,
)

NEW_LAW = date(2026, 1, 1)
TWO_THIRDS = Fraction(2, 3)

PROCEDURE = """\
kind = "procedure"
id = "short"
title = "两步"
summary = "先提出,再解决。"
source = "本地约定"
sizes = ["小事"]

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
    ("days = 7", "days = 10000", "toml-not-count", "days = 10000"),
    ("days = 7", "days = " + "9" * 5000, "toml-syntax", None),
    ("days = 7", 'days = 7\nrestarts = "sometimes"', "toml-not-a-choice", 'restarts = "sometimes"'),
    ('source = "本地约定"', 'source = "法"\nreply_days = 0', "toml-not-count", "reply_days = 0"),
    ('source = "本地约定"', 'source = "法"\nmeetings = ["大会"]', "toml-not-a-choice", 'meetings = ["大会"]'),
    ('source = "本地约定"', 'source = "法"\nvalid_from = 2020-02-30', "toml-syntax", "valid_from = 2020-02-30"),
    ('next = ["解决"]', 'next = ["提出"]', "procedure-unreachable procedure-no-end", None),
    ('next = ["解决"]', 'next = ["提出", "解决"]', "procedure-turns-back", 'next = ["提出", "解决"]'),
    ('kind = "solve"', 'kind = "publish"', "procedure-never-done", 'kind = "publish"'),
    ('kind = "solve"', 'kind = "vote"', "procedure-never-done", 'kind = "vote"'),
    ('sizes = ["小事"]\n', "", "procedure-size-missing", 'name = "小事"'),
    ('sizes = ["小事"]', 'sizes = ["小事", "急事"]', "procedure-size-missing", 'sizes = ["小事", "急事"]'),
    ('sizes = ["小事"]', 'sizes = ["大事"]', "procedure-size-missing procedure-size-more", None),
    ('sizes = ["小事"]', 'sizes = ["闲事"]', "toml-not-a-choice", 'sizes = ["闲事"]'),
    ('rules = ["most"]', 'rules = ["short"]', "procedure-not-a-rule", 'rules = ["short"]'),
    ("days = 7", "days = 7\nleast = 8", "procedure-least", "least = 8"),
    ("days = 7", "days = 7\nleast = 0", "toml-not-count", "least = 0"),
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


def way(*links: str) -> str:
    """A procedure of steps ``name kind next,next``; one without a next ends."""
    steps = ""
    for name, kind, *more in (link.split() for link in links):
        onward = "".join(f'next = ["{n}"]\n' for n in more).replace(",", '", "') or 'ends = "到此为止。"\n'
        steps += f'\n[[step]]\nname = "{name}"\ntitle = "{name}"\nkind = "{kind}"\nwho = "居民"\ndoes = "做。"\n'
        steps += "evidence = []\n" + onward
    return PROCEDURE.split("\n[[step]]")[0] + steps


@pytest.mark.parametrize(
    ("links", "faults"),
    [
        (["a raise b", "b vote c", "c solve"], {}),
        (["a raise b", "b vote c", "c file"], {}),
        (["a raise b", "b vote c", "c solve d", "d file"], {}),
        (["a raise b,c", "b vote c", "c solve"], {}),  # what needs no vote goes straight on
        (["a raise b", "b plan c", "c vote d,b", "d solve"], {}),  # back for another plan
        (["a raise b", "b vote c", "c publish d,b", "d solve e,a,d", "e file"], {}),
        (["a raise b", "b solve c", "c vote d", "d file"], {"b": "procedure-solved-first"}),
        (["a raise b", "b file c", "c vote d", "d solve"], {"b": "procedure-solved-first"}),
        (["a raise b,c", "b solve c", "c vote d", "d file"], {"b": "procedure-solved-first"}),
        (["a raise c", "b vote d", "c solve d,b", "d file"], {"c": "procedure-solved-first"}),
        (["a raise b", "b vote c,d", "c publish", "d solve"], {"c": "procedure-never-done"}),
        (["a raise b", "b vote"], {"b": "procedure-never-done"}),
        (["a raise a,b", "b solve"], {"a": "procedure-turns-back"}),
        (["a raise b", "b vote a,c", "c solve"], {"b": "procedure-turns-back"}),
    ],
)
def test_a_matter_comes_to_its_end_by_way_of_its_decision(
    write: Write, links: list[str], faults: dict[str, str]
) -> None:
    text = way(*links)
    loaded, problems = load(write(short=text, most=RULE))
    lines = text.split("\n")
    found = {}
    for p in problems:
        above = [line for line in lines[: p.place.row] if line.startswith("name = ")]
        found[above[-1].split('"')[1]] = p.code
    assert found == faults
    assert all(p.says and p.mend for p in problems)
    assert len(loaded.procedures) == (not faults)


FAULTY_RULES = [
    ("more than 1/2 of present", "half", "procedure-threshold"),
    ("more than 1/2 of present", "more than 0.5 of present", "procedure-threshold"),
    ("more than 1/2 of present", "more than -1/2 of present", "procedure-threshold"),
    ("more than 1/2 of present", "more than 3/2 of present", "procedure-threshold-range"),
    ("more than 1/2 of present", "more than 1/1 of present", "procedure-threshold-range"),
    ("more than 1/2 of present", "at least 1/0 of present", "procedure-threshold-range"),
    ("more than 1/2 of present", "at least 0/0 of present", "procedure-threshold-range"),
    ("more than 1/2 of present", "at least 0/2 of present", "procedure-threshold-range"),
    ("more than 1/2 of present", "more than 0/2 of present", "procedure-threshold-range"),
    ("more than 1/2 of present", "more than 7/7 of present", "procedure-threshold-range"),
    ("at least 2/3 of eligible", "at least 4/3 of eligible", "procedure-threshold-range"),
    ("more than 1/2 of present", "more than 1/2", "procedure-threshold"),
    ("more than 1/2 of present", "more than 1/" + "9" * 5000 + " of present", "procedure-threshold"),
    ('unit = "人"', 'unit = ""', "toml-not-text"),
    ('counted_by = "heads"', 'counted_by = "heads"\nmeetings = ["居民大会"]', "toml-not-a-choice"),
    ('counted_by = "heads"', 'counted_by = "heads"\nmeetings = "居民会议"', "toml-not-texts"),
    ('counted_by = "heads"', 'counted_by = "heads"\nunreturned = "gone"', "toml-not-a-choice"),
    ('counted_by = "heads"', 'counted_by = "heads"\nrunoff = "Second!"', "toml-id"),
    ('counted_by = "heads"', 'counted_by = "heads"\nproxies = -1', "toml-not-count"),
    ('counted_by = "heads"', 'counted_by = "heads"\nnotice_days = 10000', "toml-not-count"),
    ('counted_by = "heads"', 'counted_by = "heads"\nrhythm = 2', "toml-not-table"),
    ('counted_by = "heads"', 'counted_by = "heads"\nrhythm = {times = 0, months = 6}', "toml-not-count"),
    ('counted_by = "heads"', 'counted_by = "heads"\nrhythm = {times = 1}', "toml-missing-key"),
    ('counted_by = "heads"', 'counted_by = "heads"\ndemand = []', "toml-not-tables"),
    ('counted_by = "heads"', 'counted_by = "heads"\ncommunity = "西园"', "toml-id"),
    ('counted_by = "heads"', 'counted_by = "heads"\ndecides = "things"', "toml-not-a-choice"),
    ('counted_by = "heads"', 'counted_by = "heads"\nsecond_ballot = "true"', "toml-not-flag"),
    ('counted_by = "heads"', 'counted_by = "heads"\nsecond_ballot = 1', "toml-not-flag"),
    ('counted_by = "heads"', 'counted_by = "heads"\nsecond_ballot = true', "procedure-second-ballot"),
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
    changed = next(n for n, line in enumerate(RULE.split("\n"), 1) if was in line) + now.count("\n")
    assert first.place.row == (RULE.split("\n").index("[words]") + 1 if "units" in now else changed)
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


@pytest.mark.parametrize(
    ("ends", "begins", "codes"),
    [
        ("2025-12-31", "2026-01-01", []),
        ("2026-01-01", "2026-01-01", ["procedure-overlap", "procedure-overlap"]),
        ("2025-12-30", "2026-01-01", ["procedure-gap"]),
        ("2025-12-31", "2031-01-01", ["procedure-gap"]),
        ("2027-12-31", "2026-01-01", ["procedure-overlap", "procedure-overlap"]),
    ],
)
def test_versions_meet_without_a_day_twice_or_a_day_without(
    write: Write, ends: str, begins: str, codes: list[str]
) -> None:
    """A day that two versions claim leaves both out; a day that none claims is said, and both are kept."""
    first = RULE.replace("2025-12-31", ends)
    then = RULE.replace("valid_from = 2020-01-01\nvalid_to = 2025-12-31", f"valid_from = {begins}")
    procedures, problems = load(write(most=first, most_2026=then))
    assert [p.code for p in problems] == codes
    assert all(p.place.file and p.place.row for p in problems)
    assert len(procedures.rules) == (0 if "procedure-overlap" in codes else 2)
    if codes == ["procedure-gap"]:
        assert (Path(problems[0].place.file).name, problems[0].place.row) == ("most.toml", 7)
        assert not problems[0].withholds


def test_overlapping_versions_of_a_procedure_are_left_out_too(write: Write) -> None:
    then = PROCEDURE.replace('source = "本地约定"', 'source = "本地约定"\nvalid_from = 2026-01-01')
    procedures, problems = load(write(short=PROCEDURE, short_2026=then, most=RULE))
    assert [p.code for p in problems] == ["procedure-overlap"] * 2
    assert procedures.procedures == ()


def test_a_runoff_without_its_rule_is_said_and_the_rule_kept(write: Write) -> None:
    procedures, problems = load(write(most=RULE.replace("counted_by", 'runoff = "again"\ncounted_by')))
    assert (only(problems).code, only(problems).place.row) == ("procedure-unknown-rule", 8)
    assert [r.runoff for r in procedures.rules] == ["again"]


def test_a_procedure_is_no_rule_for_a_runoff_either(write: Write) -> None:
    text = RULE.replace("counted_by", 'runoff = "short"\ncounted_by')
    loaded, problems = load(write(most=text, short=PROCEDURE.replace('["most"]', '["other"]')))
    assert [(p.code, p.place.row) for p in problems if p.withholds] == [("procedure-not-a-rule", 8)]
    assert loaded.rules == ()


def test_what_a_rule_may_say_besides(write: Write) -> None:
    more = """meetings = ["居民会议", "业主大会"]
unreturned = "absent"
runoff = "most"
proxies = 2
community = "xiyuan"
"""
    after = '\n[rhythm]\ntimes = 2\nmonths = 12\n\n[[demand]]\nwho = "居民"\nshare = "at least 1/10"\n'
    procedures, problems = load(write(most=RULE.replace("counted_by", more + "counted_by") + after), ["xiyuan"])
    assert problems == []
    (rule,) = procedures.rules
    assert rule.meetings == ("居民会议", "业主大会")
    assert (rule.unreturned, rule.runoff, rule.proxies, rule.community) == ("absent", "most", 2, "xiyuan")
    assert rule.rhythm == Rhythm(times=2, months=12)
    assert [(d.who, d.share.least(101)) for d in rule.demands] == [("居民", 11)]
    on = date(2024, 1, 1)
    assert procedures.rules_for("业主大会", on, "xiyuan") == (rule,)
    assert procedures.rules_for("业主大会", on, "dongyuan") == ()
    assert procedures.rules_for("党员大会", on, "xiyuan") == ()
    assert procedures.rules_for("业主大会", date(2026, 1, 1), "xiyuan") == ()


def test_a_rule_that_says_no_more_has_the_plain_meaning(write: Write) -> None:
    (rule,) = load(write(most=RULE))[0].rules
    assert (rule.meetings, rule.unreturned, rule.runoff, rule.demands, rule.proxies, rule.rhythm, rule.community) == (
        (), "present", "", (), None, None, "",
    )  # fmt: skip


@pytest.mark.parametrize("share", ["at least 1/10 of eligible", "1/10", "at least 0/3", "more than 1/1", "half", "3"])
def test_a_share_that_cannot_demand_is_named_by_its_line(write: Write, share: str) -> None:
    text = RULE + f'\n[[demand]]\nwho = "居民"\nshare = "{share}"\n'
    procedures, problems = load(write(most=text))
    assert only(problems).code in ("procedure-share", "procedure-threshold-range")
    assert text.split("\n")[only(problems).place.row - 1].startswith("share =")
    assert procedures.rules == ()


def test_a_file_for_a_community_that_there_is_not_is_said(write: Write) -> None:
    text = RULE.replace("counted_by", 'community = "dongyuan"\ncounted_by')
    problem = only(load(write(most=text), ["xiyuan"])[1])
    assert (problem.code, problem.place.row, problem.withholds) == ("procedure-community", 8, False)
    assert load(write(most=text))[1] == [], "unless nobody knows which there are"


LIMITS = """\
kind = "limits"
id = "soon"
title = "时限"
summary = "多久办好。"
source = "本地约定"

[[limit]]
name = "急"
contact_hours = 2
solve_hours = 2
says = "马上办。"
"""


@pytest.mark.parametrize(
    ("was", "now", "code", "row"),
    [
        ("solve_hours = 2", "solve_hours = 1", "procedure-hours", 9),
        ("solve_hours = 2", "solve_hours = 0.5", "toml-not-count", 10),
        ("solve_hours = 2", "", "toml-missing-key", 7),
        ("says", "say", "toml-missing-key", 7),
        ("[[limit]]", "[limit]", "toml-not-tables", 7),
        ('"soon"', '"late"', "procedure-file-name", 2),
        (LIMITS, LIMITS + LIMITS[LIMITS.index("[[limit]]") :], "procedure-double", 13),
    ],
)
def test_faulty_limits_are_named_by_their_line(write: Write, was: str, now: str, code: str, row: int) -> None:
    procedures, problems = load(write(soon=LIMITS.replace(was, now)))
    assert (problems[0].code, problems[0].place.row) == (code, row)
    assert problems[0].says
    assert problems[0].mend
    assert procedures.limit_sets == ()


def test_limits_have_versions_as_rules_have(write: Write) -> None:
    first = LIMITS.replace("source", "valid_to = 2025-12-31\nsource")
    then = LIMITS.replace("source", "valid_from = 2026-01-01\nsource").replace("solve_hours = 2", "solve_hours = 3")
    procedures, problems = load(write(soon=first, soon_2026=then))
    assert problems == []
    assert [x.classes[0].solve_hours for d in (date(2025, 12, 31), NEW_LAW) if (x := procedures.limits("soon", d))] == [2, 3]


def test_every_fault_names_its_file_and_line(write: Write) -> None:
    """Whatever is wrong, in whichever kind of file, an editor is led to it."""
    texts = [PROCEDURE.replace(was, now) for was, now, *_ in FAULTY_PROCEDURES]
    texts += [RULE.replace(was, now) for was, now, _ in FAULTY_RULES]
    for text in texts:
        for problem in load(write(short=text))[1]:
            assert problem.place.file.endswith("/short.toml")
            assert 1 <= problem.place.row <= text.count("\n") + 1
            assert f":{problem.place.row} " in problem.line()


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
