"""Declaring a sheet: what is not whole fails at import; from what is whole come columns, rows and places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from generator import mechanisms, sheet
from generator.columns import key, masked, person, private, public, ref, text, yes_no
from generator.privacy import publish
from generator.problems import Place
from generator.sheet import PublicRow, Sheet
from generator.sheets import discover

PLACE = Place("records/nanhua/throwaway.csv", "表", 4)


@pytest.fixture(autouse=True)
def _registry() -> Iterator[None]:
    before = dict(sheet._SHEETS)
    yield
    sheet._SHEETS.clear()
    sheet._SHEETS.update(before)


def declare(**columns: Any) -> Sheet:
    """Declare a sheet ``throwaway`` of these columns."""
    body = {"__annotations__": dict.fromkeys(columns, "str"), "__doc__": "A sheet of the tests.", **columns}
    return sheet.sheet("throwaway", title="表")(type("Throwaway", (PublicRow,), body)).sheet  # type: ignore[attr-defined,no-any-return]


def test_a_declaration() -> None:
    made = declare(id=key("编号"), title=public(text, "标题"), name=masked(person, "姓名", consent="同意"),
                   ok=public(yes_no, "同意"), phone=private(text, "电话"))  # fmt: skip
    assert (made.id, made.title, made.about, made.per_community) == ("throwaway", "表", "A sheet of the tests.", True)
    assert [c.name for c in made.columns] == ["id", "title", "name", "ok", "phone"]
    assert [c.name for c in made.published] == ["id", "title", "name", "ok"]
    assert made.key.title == "编号"
    assert made.column("phone").title == "电话"
    assert sheet.declared()["throwaway"] is made
    with pytest.raises(KeyError):
        made.column("gone")


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"id": key("编号"), "title": "标题"}, "must say public"),
        ({"id": key("编号"), "title": None}, "must say public"),
        ({"id": key("编号"), "other": key("另一个")}, "exactly one key"),
        ({"title": public(text, "标题")}, "exactly one key"),
        ({"id": key("编号"), "title": public(text, "编号")}, "share a title"),
        ({"id": key("编号"), "name": masked(person, "姓名", consent="同意")}, "no column titled 同意"),
        ({"id": key("编号"), "place": public(text, "地点")}, "place is every row's own"),
        ({"id": key("编号"), "sheet": public(text, "表名")}, "sheet is every row's own"),
        ({"id": key("编号"), "as_dict": public(text, "地点")}, "as_dict is every row's own"),
    ],
)
def test_a_declaration_that_is_not_whole(columns: dict[str, Any], why: str) -> None:
    with pytest.raises(TypeError, match=why):
        declare(**columns)


def test_two_sheets_of_one_name() -> None:
    declare(id=key("编号"))
    other = type("Other", (PublicRow,), {"__annotations__": {"id": "str"}, "__doc__": "x", "__module__": "elsewhere", "id": key("编号")})
    with pytest.raises(TypeError, match="two sheets are called throwaway"):
        sheet.sheet("throwaway", title="表")(other)


def test_a_row_has_its_columns_its_place_and_nothing_else() -> None:
    made = declare(id=key("编号"), title=public(text, "标题"), phone=private(text, "电话"))
    row = publish(made, "nanhua", PLACE, {"id": "a", "title": "路灯", "phone": "1"}, {"title": 0, "id": 2})
    assert (row.id, row.title, row.community, repr(row)) == ("a", "路灯", "nanhua", "throwaway(nanhua/a)")  # type: ignore[attr-defined]
    assert row.cell("title") == Place(PLACE.file, "表", 4, "A4", "标题")
    assert row.cell("id").cell == "C4"
    assert row.cell("phone") == Place(PLACE.file, "表", 4, "", "电话")
    with pytest.raises(AttributeError):
        row.extra = 1  # type: ignore[attr-defined]


def test_rows_are_equal_by_place_and_values() -> None:
    made = declare(id=key("编号"), title=public(text, "标题"))
    a, b = (publish(made, "nanhua", PLACE, {"id": "a", "title": "路灯"}) for _ in range(2))
    c = publish(made, "nanhua", PLACE, {"id": "a", "title": "别的"})
    assert a == b
    assert hash(a) == hash(b)
    assert a != c
    assert a != "a"


# --- the declarations that ship with Bugu ---------------------------------------------------------------------------


def test_the_sheets_of_the_issue_are_there() -> None:
    public = "communities compounds grids units people duties matters steps meetings items votes resolutions figures"
    public += " objections corrections elections candidates whistles mechanisms headings"
    counted = "ledger visits mediations whispers health subsidies"
    own = {s for m in mechanisms.discover().values() for s in m.sheets}  # those that mechanisms live on besides
    assert {s.id for s in discover().values() if not s.stays} - own <= set(public.split())
    assert {s.id for s in discover().values() if s.counts} - own <= set(counted.split())
    assert set(public.split()) | set(counted.split()) <= set(discover())
    assert {s.id for s in discover().values() if s.stays and not s.counts} - own == {"withdrawals", "editors", "roll", "ballots"}
    assert [s.id for s in discover().values() if not s.per_community] == ["communities"]


@pytest.mark.parametrize("declared", discover().values(), ids=lambda s: s.id)
def test_every_declaration_is_sound(declared: Sheet) -> None:
    assert declared.about.endswith((".", "…"))
    assert all(c.title and c.title == c.title.strip() for c in declared.columns)
    for column in declared.columns:
        target = column.kind.target
        assert not target or target in discover() or target in ("#rule", "#procedure")
        if column.example:
            column.kind.read(column.example)


@pytest.mark.parametrize("declared", discover().values(), ids=lambda s: s.id)
def test_what_must_be_filled_says_with_what(declared: Sheet) -> None:
    """Only long texts go without an example, a list of words or a form that the kind itself shows."""
    for column in (c for c in declared.columns if c.required):
        shown = column.example or column.kind.example or column.kind.choices
        assert shown or column.kind.name == "long", column.title


def test_a_reference_is_read_as_an_id() -> None:
    assert ref("matters").read("DS-2026-014") == "DS-2026-014"
