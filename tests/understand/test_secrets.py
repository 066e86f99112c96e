"""No text that residents may not read is ever in a problem: planted everywhere, well-formed and not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import privacy, templating
from generator.columns import COUNTED, MASKED, PRIVATE, Column
from generator.problems import Problem
from generator.sheet import Sheet
from generator.sheets import discover
from generator.understand import Understood
from generator.understand.cells import veil
from tests.understand.grids import grid, one, read

SHEETS = [s for s in discover().values() if any(not c.published for c in s.columns) or s.masked or s.stays]
CANARY = "金丝雀"


def _told(understood: Understood) -> str:
    return "\n".join(_all(p) for p in understood.problems)


def _all(p: Problem) -> str:
    return f"{p.line()}\n{json.dumps(p.as_dict(), ensure_ascii=False)}\n{dict(p.params)}\n{p!r}"


def _good(column: Column) -> str:
    kind = column.kind
    given = {
        "id": "x-1",
        "date": "2026-03-05",
        "count": "3",
        "money": "3.50",
        "area": "3.50",
        "yes_no": "否",
        "phone": "0951-5550123",
    }
    return kind.choices[0] if kind.choices else "x-1" if kind.target else given.get(kind.name, "某某")


def _tab(sheet: Sheet, secret: Column, text: str) -> Understood:
    lines = [tuple(text if c is secret else _good(c) for c in sheet.columns)]
    lines.append(tuple("x-2" if c.key else cell for c, cell in zip(sheet.columns, lines[0], strict=True)))
    lines.append(("", *lines[0][1:]))  # a row that is lost for another reason
    return read(grid(tuple(c.title for c in sheet.columns), *lines, title=sheet.title))


WRONG = [
    CANARY,
    f"{CANARY}、鹦鹉",
    f"{CANARY}\n二行",
    f"同{CANARY}?",
    f"{CANARY}13900001111",
    f"#{CANARY}",
    f"1{CANARY}",
]
WRONG += [f"2026年{CANARY}", f"x-1 {CANARY}"]


@pytest.mark.parametrize("text", WRONG)
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s.id)
def test_no_private_masked_or_counted_cell_is_in_a_problem(sheet: Sheet, text: str) -> None:
    for column in sheet.columns:
        if column.privacy in (PRIVATE, COUNTED, MASKED):
            found = _tab(sheet, column, text)
            assert CANARY not in _told(found), column.title
            if column.privacy == PRIVATE:
                assert not any(p.withholds for p in found.problems if p.place.column == column.title)


@pytest.mark.parametrize("sheet", [s for s in SHEETS if s.counts], ids=lambda s: s.id)
def test_the_key_of_a_sheet_that_is_only_counted_is_nobodys_business(sheet: Sheet) -> None:
    for id in ("家属院3-2-501", "HU-3-501", CANARY):
        found = _tab(sheet, sheet.key, id)
        assert not any(secret in _told(found) for secret in ("501", CANARY, "HU-3"))
        assert {x.id for x in one(found).lost} <= {""}


def test_a_room_as_the_key_of_a_private_row_withholds_nothing() -> None:
    ledger = discover()["ledger"]
    found = read(grid(tuple(c.title for c in ledger.columns), ("3-2-501", "g3", "红"), title="四色台账"))
    assert ([r.values["colour"] for r in one(found).rows], found.problems) == (["红"], [])


def test_a_counted_cell_that_cannot_be_read_withholds_its_row() -> None:
    ledger = discover()["ledger"]
    found = read(grid(tuple(c.title for c in ledger.columns), ("TZ-1", "第三网格", "紫"), title="四色台账"))
    assert [(p.code, p.found, p.withholds) for p in found.problems] == [
        ("counted-cell-form", "", True),
        ("counted-cell-choice", "", True),
    ]
    assert (one(found).rows, len(one(found).lost)) == ([], 1)
    assert "红、黄、蓝、橙" in found.problems[1].mend


def test_undeclared_and_hidden_cells_are_in_no_problem_and_no_value() -> None:
    head = ("编号", "名称", "归属", "户数", "自己记的", "简介", "")
    row = ("a-1", "东胜", "别处", "很多", f"{CANARY}甲", f"{CANARY}乙", f"{CANARY}丙")
    hidden = (f"{CANARY}丁",) * 7
    found = read(
        grid(
            head,
            row,
            hidden,
            ("a-2", "嘉木", "本社区", "9", *row[4:]),
            hidden_columns=frozenset({5}),
            hidden_rows=frozenset({2}),
        ),
        grid(("什么",), (f"{CANARY}戊",), title="走访记录草稿"),
        grid(head, (f"{CANARY}己",) * 7, title="会议", hidden=True),
    )
    assert CANARY not in _told(found)
    assert CANARY not in str([dict(r.values) for r in one(found).rows])
    assert len(one(found).rows) == 1


@given(st.text(alphabet="张三李四买买提艾力·、 ,;/\n?(12*", min_size=2, max_size=12))
def test_a_veiled_cell_shows_one_character_of_words(text: str) -> None:
    assert sum(c.isalnum() for c in veil(text)) <= 1


def test_an_id_that_is_a_number_of_somebody_is_not_kept() -> None:
    """Lost ids are written down, so none may be a telephone number."""
    found = read(grid(("编号", "名称", "归属"), ("13900001111", "东胜", "本社区"), ("13900001111", "东胜", "本社区")))
    assert [x.id for x in one(found).lost] == ["", ""]
    assert "13900001111" not in _told(found)
    assert {p.code for p in found.problems if p.withholds} == {"private-mobile"}


def test_no_template_takes_a_full_row() -> None:
    (row,) = one(read(grid(("编号", "名称", "归属"), ("a-1", "东胜", "本社区")))).rows
    with pytest.raises(templating.NotPublic):
        templating.admit(row)
    templating.admit(privacy.publish(row.sheet, "xiyuan", row.place, row.values, row.cells))
