"""Problems: words for every code, a place an editor can find, and one line whatever stands in the cell."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Place, Problem, codes, in_order, letters, message

CATALOGUE = codes()
GIVEN = {"found", "column"}  # by every problem; these below by every cell of a sheet
HINTS = {"example", "kind", "choices"}


# --- every code has its words, and all words are used ---------------------------------------------------------------


def _pattern(node: ast.expr) -> str | None:
    """A constant as itself, an f-string with its holes open."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(re.escape(v.value) if isinstance(v, ast.Constant) else "[a-z-]+" for v in node.values)
    return None


def _values(node: ast.expr, scope: ast.AST) -> Iterator[ast.expr]:
    """The expressions that a code may come from: through names and either side of an if."""
    if isinstance(node, ast.IfExp):
        yield from _values(node.body, scope)
        yield from _values(node.orelse, scope)
    elif isinstance(node, ast.Name):
        for n in ast.walk(scope):
            if isinstance(n, ast.Assign) and any(isinstance(t, ast.Name) and t.id == node.id for t in n.targets):
                yield from _values(n.value, scope)
    else:
        yield node


CODE_AT = {"Problem": 0, "Bad": 0, "fault": 0, "_say": 2, "_heading": 0, "_read_decimal": 1}


def _codes(root: Path) -> Iterator[tuple[str, str, set[str]]]:
    """(where, pattern of a code, names of the particulars that its function has) for each problem that is made."""
    for path in sorted((root / "generator").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        scopes = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
        for scope in scopes:
            keywords = {k.arg for n in ast.walk(scope) if isinstance(n, ast.Call) for k in n.keywords if k.arg}
            keys = {
                k.value
                for n in ast.walk(scope)
                if isinstance(n, ast.Dict)
                for k in n.keys
                if isinstance(k, ast.Constant) and isinstance(k.value, str)
            }
            for call in (n for n in ast.walk(scope) if isinstance(n, ast.Call)):
                name = getattr(call.func, "id", getattr(call.func, "attr", ""))
                at = CODE_AT.get(name)
                if at is None or at >= len(call.args):
                    continue
                for value in _values(call.args[at], scope):
                    if pattern := _pattern(value):
                        yield f"{path.name}:{call.lineno}", pattern, keywords | keys


def test_every_code_has_words_and_their_particulars(root: Path) -> None:
    found = list(_codes(root))
    assert len(found) > 60  # the search itself still finds what it is to find
    wrong = []
    for where, pattern, names in found:
        codes = [c for c in CATALOGUE if re.fullmatch(pattern, c)]
        wrong += [] if codes else [f"{where}: no words for {pattern}"]
        for code in codes:
            holes = {n for part in ("say", "mend") for _, n, _, _ in Formatter().parse(CATALOGUE[code][part]) if n}
            if lacking := holes - names - GIVEN - HINTS:
                wrong.append(f"{where}: {code} wants {lacking}")
    assert wrong == []


def test_no_words_are_left_over(root: Path) -> None:
    strings = set()
    for path in (root / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant | ast.JoinedStr) and (pattern := _pattern(node)):
                strings.add(pattern)
    fixed = {p for p in strings if "[a-z-]+" not in p}
    open_ = [p for p in strings - fixed if re.fullmatch(r"[a-z]+\\-HOLE|HOLE\\-[a-z]+", p.replace("[a-z-]+", "HOLE"))]
    unused = [c for c in CATALOGUE if re.escape(c) not in fixed and not any(re.fullmatch(p, c) for p in open_)]
    assert unused == []


@pytest.mark.parametrize("code", CATALOGUE)
def test_an_entry_says_and_mends(code: str) -> None:
    entry = message(code)
    assert set(entry) == {"say", "mend"}
    for part in entry.values():
        assert part.strip() == part
        assert part
        assert "\n" not in part
        assert not part.endswith(("。", ";", ",", "."))


def test_a_code_without_words_is_our_fault() -> None:
    with pytest.raises(KeyError):
        _ = Problem("nothing-of-the-kind").says


# --- where ----------------------------------------------------------------------------------------------------------


def _index(name: str) -> int:
    n = 0
    for letter in name:
        n = n * 26 + ord(letter) - ord("A") + 1
    return n - 1


@given(st.integers(0, 20_000))
def test_letters_are_those_of_a_spreadsheet(index: int) -> None:
    assert _index(letters(index)) == index
    assert letters(index).isalpha()


def test_letters_by_name() -> None:
    assert [letters(i) for i in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


PLACE = Place("records/nanhua/matters.csv", "议题台账", 14, "F14", "提出日期")


def test_a_line_reads_as_the_style_says() -> None:
    assert Problem("date-impossible", PLACE, "2026-13-02").line() == (
        "records/nanhua/matters.csv:14 (F14) 提出日期: 日历上没有“2026-13-02”这一天;核对月份和日子,比如 2026-03-02"
    )


def test_a_line_of_a_whole_file() -> None:
    line = Problem("file-empty", Place("records/nanhua/votes.csv")).line()
    assert line.startswith("records/nanhua/votes.csv 这个文件是空的;")


@given(st.text())
def test_a_line_is_one_line_and_speaks_to_no_terminal(found: str) -> None:
    place = Place("records/" + found, "", 2, "B2", "类别")
    line = Problem("choice-unknown", place, found, {"choices": "一、二"}).line()
    assert line.splitlines() == [line]
    assert "\x1b" not in line
    assert line.encode("utf-8")


@given(st.text())
def test_braces_in_a_cell_are_text(found: str) -> None:
    assert Problem("date-form", PLACE, found).says == f"“{found}”看不出是哪一天"


def test_for_machines() -> None:
    said = Problem("date-form", PLACE, "三月").as_dict()
    assert json.loads(json.dumps(said)) == said
    assert (said["file"], said["row"], said["cell"], said["column"]) == (PLACE.file, 14, "F14", "提出日期")
    assert (said["code"], said["found"], said["withheld"]) == ("date-form", "三月", True)
    whole = Problem("file-empty", Place("records/nanhua/votes.csv")).as_dict()
    assert (whole["row"], whole["cell"], whole["column"]) == (None, None, None)


def test_told_once_and_in_the_order_of_the_sheet() -> None:
    def at(row: int, cell: str) -> Problem:
        return Problem("date-form", Place("a.csv", "", row, cell), "x")

    told = in_order([at(10, "B10"), at(2, "AA2"), at(2, "B2"), at(10, "B10"), at(2, "Z2")])
    assert [p.place.cell for p in told] == ["B2", "Z2", "AA2", "B10"]


def test_the_same_place_with_two_faults_is_told_twice() -> None:
    both = [Problem("id-twice", PLACE, "a", {"others": "3"}), Problem("id-twice", PLACE, "a", {"others": "4"})]
    assert len(in_order([*both, *both])) == 2
