"""What people type: the table of cases written by hand, and what must hold for any text whatever."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import columns, typed
from generator.columns import Bad
from generator.problems import Place, Problem, message
from generator.raw import Error
from generator.typed import choices

CHOICES = ("通过", "未通过", "微心愿小白板", "PDF")
VARIANTS = {"小白板": "微心愿小白板", "没通过": "未通过", "否决": "未通过"}
HERE = Path(__file__).parent


def _written(text: str) -> str:
    """``{U+200B}`` → the character itself."""
    return re.sub(r"\{U\+([0-9A-F]+)\}", lambda m: chr(int(m[1], 16)), text)


def _raw(text: str) -> Any:
    """The value beneath a cell, from its spelling in the table."""
    if text == "":
        return None
    if text.startswith("#"):
        return Error(text)
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _header(value: typed.Header) -> str:
    star = "*" if value.starred else ""
    return f"{value.title};{value.unit};{value.scale};{star};{'、'.join(value.notes)}"


def _span(value: tuple[date, date]) -> str:
    return f"{value[0]}/{value[1]}"


def _options(words: str) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for word in filter(None, words.split(":")):
        key, _, value = word.partition("=")
        key = "date1904" if key == "1904" else key
        options[key] = (int(value) if value.isdigit() else value) if value else True
    return options


# How each kind is read and how its value is written in the table.
READERS: dict[str, tuple[Callable[..., Any], Callable[[Any], str]]] = {
    "date": (typed.date, str),
    "moment": (typed.moment, lambda v: f"{v:%Y-%m-%d %H:%M}"),
    "range": (typed.date_range, _span),
    "count": (typed.count, str),
    "money": (typed.money, str),
    "area": (typed.area, str),
    "share": (typed.share, str),
    "yes_no": (typed.yes_no, lambda v: "是" if v else "否"),
    "items": (typed.items, "|".join),
    "phone": (typed.phone, str),
    "name": (typed.name, str),
    "header": (typed.header, _header),
    "choice": (lambda text: typed.choice(text, CHOICES, VARIANTS), str),
    "missing": (
        lambda text, **options: typed.Said(typed.missing(text, **options)),
        lambda v: "missing" if v else "said",
    ),
}
KNOWS_RAW = ("date", "moment", "range", "count", "money", "area", "share", "yes_no", "phone")


def _cases() -> list[Any]:
    with (HERE / "typed_cases.csv").open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(*map(_written, row.values()), id=f"{line}-{row['kind']}-{row['text']}")
            for line, row in enumerate(csv.DictReader(file), start=2)
        ]


def _shown(code: str, text: str, params: Any) -> str:
    """The message as an editor would get it; raises where a word is missing."""
    hint = {"example": "例", "kind": "日期", "choices": "甲、乙"}
    problem = Problem(code, Place(column="列"), text, {**hint, **params})
    return problem.says + problem.mend


def _outcome(read: Callable[..., Any], *args: Any, **options: Any) -> tuple[Any, str]:
    """What a reader returned (None: refused), and the code it spoke with; its words must be complete."""
    try:
        said = read(*args, **options)
    except Bad as bad:
        assert _shown(bad.code, args[0], bad.params)  # noqa: PT017 (a refusal is an answer here)
        return None, bad.code
    if not isinstance(said, typed.Said):
        return said, ""
    assert not said.remark or _shown(said.remark, args[0], said.params)
    return said.value, said.remark


@pytest.mark.parametrize(("kind", "text", "raw", "value", "code"), _cases())
def test_what_people_type(kind: str, text: str, raw: str, value: str, code: str) -> None:
    kind, _, words = kind.partition(":")
    read, write = READERS[kind]
    options = _options(words)
    if raw:
        options["raw"] = _raw(raw)
    found, spoken = _outcome(read, text, **options)
    assert ("" if found is None else write(found), spoken) == (value, code)


def test_the_table_is_large_and_says_nothing_twice() -> None:
    rows = [tuple(case.values[:3]) for case in _cases()]
    assert len(rows) > 400
    assert len(set(rows)) == len(rows)


def test_every_code_has_words_and_every_word_has_a_use(root: Path) -> None:
    catalogue = (root / "generator/messages/zh.toml").read_text("utf-8")
    ours = set(re.findall(r"^\[([a-z0-9-]+)\]", _block(catalogue), re.MULTILINE))
    used = _codes(root / "generator/typed")
    assert ours <= used, "words that nothing says"
    assert used - ours <= set(re.findall(r"^\[([a-z0-9-]+)\]", catalogue, re.MULTILINE)), "said without words"


def _block(catalogue: str) -> str:
    start = catalogue.index("# what people type")
    end = catalogue.find("\n# ", start)
    return catalogue[start : end if end > 0 else None]


def _codes(folder: Path) -> set[str]:
    """The strings in the code that look like the code of a message; those made from a kind's name, spelt out."""
    found: set[str] = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if re.fullmatch(r"[a-z]+(-[a-z]+)+|ditto|unsure", node.value):
                    found.add(node.value)
                if re.fullmatch(r"-(form|fen|unit|negative|rounded)", node.value):
                    found |= {f"{name}{node.value}" for name in ("money", "area")}
    return found


# --- any text whatever -------------------------------------------------------------------------------------------

CALLS: tuple[Callable[..., Any], ...] = (
    *(read for kind, (read, _) in READERS.items()),
    lambda text: typed.date(text, year=2024),
    lambda text: typed.date_range(text, year=2024),
    lambda text: typed.count(text, unit="人", scale=10000),
    lambda text: typed.money(text, scale=10000),
    lambda text: typed.share(text, percent=True),
    typed.legible,
)
ALPHABET = (
    "0123456789０１９一二两三九十百千万亿〇零廿壹拾 年月日号点时分:：-—~/.,，。、;；()（）%元角人户约余多+*#?？·•张三李等是否√×无"
    "成之至星期周T\n\t\u3000\u200b\u202e\x00\ud800\ue000⿰²½①"
)
TYPED = st.one_of(
    st.text(max_size=30),
    st.text(alphabet=st.characters(exclude_categories=()), max_size=8),
    st.text(alphabet=ALPHABET, max_size=24),
)
NUMBERS = st.one_of(
    st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.decimals(), st.just(Error("#REF!"))
)


@given(TYPED)
def test_no_text_raises_anything_but_bad_and_every_word_is_there(text: str) -> None:
    for read in CALLS:
        _outcome(read, text)


@given(TYPED | st.sampled_from(("####", "1.2E+05", "3月5日", "50%", "12")), NUMBERS, st.booleans())
def test_no_value_beneath_raises_anything_but_bad(text: str, raw: Any, date1904: bool) -> None:
    for kind in KNOWS_RAW:
        options = {"date1904": date1904} if kind in ("date", "moment", "range") else {}
        for shown in (text, str(raw)):
            _outcome(READERS[kind][0], shown, raw, **options)


@pytest.mark.parametrize("text", ["9" * 5000, "1" + ",000" * 40, "一" * 5000, "张" * 5000, "(" * 5000, "1-" * 2000])
def test_very_long_cells(text: str) -> None:
    for read in CALLS:
        _outcome(read, text)


# --- what has been read once reads the same again -----------------------------------------------------------------

CANONICAL: dict[str, Callable[[Any], str]] = {
    "date": str,
    "moment": lambda v: f"{v:%Y-%m-%d %H:%M}",
    "count": str,
    "money": str,
    "area": str,
    "share": lambda v: f"{v.numerator}/{v.denominator}",
    "yes_no": lambda v: "是" if v else "否",
    "items": "、".join,
    "phone": str,
    "name": str,
    "choice": str,
    "range": lambda v: f"{v[0]}至{v[1]}",
}


def _again(kind: str, text: str) -> None:
    read = READERS[kind][0]
    try:
        first = read(text)
    except Bad:
        return
    assert read(CANONICAL[kind](first.value)).value == first.value
    into = {"date": columns.read_date, "count": columns.read_count, "money": columns.read_money}
    into |= {
        "moment": columns.read_moment,
        "area": columns.read_area,
        "phone": columns.read_phone,
        "yes_no": columns.read_yes_no,
    }
    if kind in into:  # what is written to records/ must be readable there
        assert into[kind](CANONICAL[kind](first.value)) == first.value


@pytest.mark.parametrize("case", [c.values for c in _cases()], ids=lambda c: f"{c[0]}-{c[1]}")
def test_reading_the_table_twice_changes_nothing(case: tuple[str, ...]) -> None:
    if case[0] in CANONICAL:
        _again(case[0], case[1])


@given(st.sampled_from(sorted(set(CANONICAL) - {"items"})), TYPED)
def test_reading_twice_changes_nothing(kind: str, text: str) -> None:
    _again(kind, text)


def test_variants_are_checked_where_they_are_declared() -> None:
    choices.check(CHOICES, VARIANTS)
    with pytest.raises(ValueError, match="no choice"):
        choices.check(CHOICES, {"过": "通过了"})
    with pytest.raises(ValueError, match="two choices"):
        choices.check(CHOICES, {"未通过的": "通过"})


def test_remarks_say_what_was_understood() -> None:
    assert typed.count("约50人").params == {"about": "约", "rough": "约", "value": 50}
    assert typed.count("50余人").params["rough"] == "余"
    assert typed.count("大约50").params["rough"] == "约"
    assert typed.date("2024年3月5日下午3点").params["time"] == "下午3点"
    assert "星期二" in _shown("date-weekday", "x", _bad(typed.date, "2024年3月5日星期五").params)
    assert "微心愿小白板" in _shown("choice-near", "x", _bad(READERS["choice"][0], "微心愿小白版").params)


def _bad(read: Callable[[str], Any], text: str) -> Bad:
    with pytest.raises(Bad) as caught:
        read(text)
    return caught.value


def test_the_words_name_no_particular_that_is_not_given(root: Path) -> None:
    """Particulars beyond {found} and {column} are given by every caller; the table above renders each one."""
    rendered = {str(case.values[4]) for case in _cases() if case.values[4]}
    block = _block((root / "generator/messages/zh.toml").read_text("utf-8"))
    for code in re.findall(r"^\[([a-z0-9-]+)\]", block, re.MULTILINE):
        fields = {name for part in message(code).values() for _, name, _, _ in Formatter().parse(part) if name}
        assert fields <= {"found", "column"} or code in rendered, f"{code}: no case in the table"
