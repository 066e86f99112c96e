"""What people type: the table of cases written by hand, and what must hold for any text whatever."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import columns, typed
from generator.columns import Bad
from generator.problems import Place, Problem, message
from generator.raw import Error
from generator.typed import choices, han, serials

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
KNOWS_RAW = ("date", "range", "count", "money", "area", "share", "yes_no", "phone")


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
        options = {"date1904": date1904} if kind in ("date", "range") else {}
        for shown in (text, str(raw)):
            _outcome(READERS[kind][0], shown, raw, **options)


@pytest.mark.parametrize("text", ["9" * 5000, "1" + ",000" * 40, "一" * 5000, "张" * 5000, "(" * 5000, "1-" * 2000])
def test_very_long_cells(text: str) -> None:
    for read in CALLS:
        _outcome(read, text)


# --- every way of writing a value reads back to it ----------------------------------------------------------------

DAYS = st.dates(date(1949, 1, 1), date(2100, 12, 31))


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isprintable() and c != " " else c for c in text)


def _day_forms(day: date) -> list[str]:
    y, m, d = day.year, day.month, day.day
    week = "一二三四五六日"[day.weekday()]
    spoken = "".join(han.DIGITS[int(c)] for c in str(y))
    month, of_month = (han.spell(n).removeprefix("一") if 10 <= n < 20 else han.spell(n) for n in (m, d))
    return [
        day.isoformat(),
        f"{y}-{m}-{d}",
        f"{y}/{m:02}/{d:02}",
        f"{y}.{m}.{d}",
        f"{y}{m:02}{d:02}",
        f"{y}年{m}月{d}日",
        f" {y} 年 {m:02} 月 {d:02} 号 ",
        f"{spoken}年{month}月{of_month}日",
        f"{y}年{m}月{d}日(星期{week})",
        f"周{week} {y}-{m}-{d}",
        f"{y}-{m:02}-{d:02} 00:00:00",
    ]


@given(DAYS)
def test_a_day_in_every_form_reads_back(day: date) -> None:
    for form in _day_forms(day):
        assert typed.date(form) == typed.Said(day), form
        assert typed.date(_wide(form)) == typed.Said(day), form


@given(DAYS, st.integers(0, 23), st.integers(0, 59))
def test_a_day_with_a_time_reads_back_with_a_remark(day: date, hour: int, minute: int) -> None:
    assume((hour, minute) != (0, 0))
    for form in (f"{day} {hour}:{minute:02}", f"{day.year}年{day.month}月{day.day}日{hour}时{minute}分"):
        said = typed.date(form)
        assert (said.value, said.remark) == (day, "date-time-dropped")


@given(DAYS, st.integers(0, 6))
def test_a_weekday_that_contradicts_the_day_is_refused(day: date, week: int) -> None:
    text = f"{day}(周{'一二三四五六日'[week]})"
    if week == day.weekday():
        assert typed.date(text).value == day
    else:
        with pytest.raises(Bad, match="date-weekday"):
            typed.date(text)


@given(DAYS, st.booleans())
def test_the_serial_of_a_day_reads_back(day: date, date1904: bool) -> None:
    serial = (day - (date(1904, 1, 1) if date1904 else date(1899, 12, 30))).days
    assert serials.day(serial, date1904) == day
    assert typed.date(day.isoformat(), serial, date1904) == typed.Said(day)
    with pytest.raises(Bad, match=r"date-two-values|date-far|date-impossible"):
        typed.date(day.isoformat(), serial, not date1904)


@pytest.mark.parametrize(
    ("serial", "date1904", "day"),
    [
        (1, False, date(1900, 1, 1)),
        (59, False, date(1900, 2, 28)),
        (61, False, date(1900, 3, 1)),
        (45356, False, date(2024, 3, 5)),
        (45356.99, False, date(2024, 3, 5)),
        (2958465, False, date(9999, 12, 31)),
        (0, True, date(1904, 1, 1)),
        (60, True, date(1904, 3, 1)),
        (43894, True, date(2024, 3, 5)),
    ],
)
def test_serials(serial: float, date1904: bool, day: date) -> None:
    assert serials.day(serial, date1904) == day


@pytest.mark.parametrize(
    ("serial", "code"),
    [(60, "date-impossible"), (60.5, "date-impossible"), (0, "date-impossible"), (-1, "date-form"), (1e9, "date-form")],
)
def test_serials_of_no_day(serial: float, code: str) -> None:
    with pytest.raises(Bad, match=code):
        serials.day(serial)


@given(DAYS, DAYS)
def test_a_range_in_every_form_reads_back_or_is_refused_as_backwards(start: date, end: date) -> None:
    a, b = (f"{d.year}年{d.month}月{d.day}日" for d in (start, end))
    for form in (f"{start}至{end}", f"{start} - {end}", f"自{a}起至{b}止", f"{a}—{b}", f"{a.replace('日', '')}~{b}"):
        if start <= end:
            assert typed.date_range(form) == typed.Said((start, end)), form
        else:
            with pytest.raises(Bad, match="range-backwards"):
                typed.date_range(form)


@given(DAYS, DAYS)
def test_an_end_without_its_year_is_in_the_year_of_the_start(start: date, other: date) -> None:
    assume(not (other.month == 2 and other.day == 29))
    end = other.replace(year=start.year)
    assume(start <= end)
    for sep in ("-", "~", "至"):
        assert typed.date_range(f"{start.year}.{start.month}.{start.day}{sep}{end.month}.{end.day}").value == (
            start,
            end,
        )


COUNTS = st.integers(0, 10**15 - 1) | st.integers(0, 20000)


@given(COUNTS)
def test_a_count_in_every_form_reads_back(number: int) -> None:
    spelt = han.spell(number)
    forms = [str(number), f"{number:,}", f"{number}.0", f"{number}人", f"共{number:,}户", f"000{number}"[-15:], spelt]
    forms += [spelt.replace("〇", "零"), spelt.replace("二千", "两千"), spelt + "名"]
    for form in forms:
        assert typed.count(form) == typed.Said(number), form
        assert typed.count(_wide(form)) == typed.Said(number), form
    assert typed.count(f"{number:,}", float(number)) == typed.Said(number)
    about = typed.count(f"约{number}")
    assert (about.value, about.remark) == (number, "number-about")


CAPITALS = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


@given(st.integers(0, 10**14 - 1) | st.integers(0, 10**6))
def test_money_in_every_form_reads_back(fen: int) -> None:
    amount = Decimal(fen).scaleb(-2)
    yuan, rest = divmod(fen, 100)
    jiao, last = divmod(rest, 10)
    capital = han.spell(yuan) + "元"
    capital += f"{han.DIGITS[jiao]}角" if jiao else ("〇" if last else "")
    capital = (capital + (f"{han.DIGITS[last]}分" if last else "整")).translate(CAPITALS)
    forms = [f"{amount:f}", f"{amount:,f}", f"￥{amount:,f}", f"{amount:f}元", capital, f"人民币{capital}"]
    forms += [f"{amount:f}({capital})", f"{yuan}元{jiao}角{last}分"]
    for form in forms:
        said = typed.money(form)
        assert (str(said.value), said.remark) == (f"{amount:.2f}", ""), form
    assert (
        typed.money(f"{amount / 10000:f}", scale=10000) == typed.money(f"{amount / 10000:f}万元") == typed.Said(amount)
    )
    if fen < 10**13:
        assert typed.money(f"{amount:.2f}", float(amount)) == typed.Said(amount)


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_a_share_in_every_form_reads_back(part: int, whole: int) -> None:
    assume(part <= whole)
    share = Fraction(part, whole)
    forms = [f"{part}/{whole}", f"{han.spell(whole)}分之{han.spell(part)}", f"{share.numerator}/{share.denominator}"]
    for form in forms:
        assert typed.share(form).value == share, form
    assert typed.share(f"{part}/{whole}", part / whole).value == share
    tenths = Fraction(part * 1000 // whole, 1000)
    assert typed.share(f"{float(tenths * 100):.1f}%") == typed.Said(tenths)


@given(st.integers(0, 10**16 - 1) | st.integers(0, 10**5))
def test_a_number_in_chinese_reads_back(number: int) -> None:
    assert han.read(han.spell(number)) == han.Han(number)
    assert han.read(han.spell(number).translate(CAPITALS)) == han.Han(number)


# --- what has been read once reads the same again -----------------------------------------------------------------

CANONICAL: dict[str, Callable[[Any], str]] = {
    "date": str,
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
    into |= {"area": columns.read_area, "phone": columns.read_phone, "yes_no": columns.read_yes_no}
    if kind in into:  # what is written to records/ must be readable there
        assert into[kind](CANONICAL[kind](first.value)) == first.value


@pytest.mark.parametrize("case", [c.values for c in _cases()], ids=lambda c: f"{c[0]}-{c[1]}")
def test_reading_the_table_twice_changes_nothing(case: tuple[str, ...]) -> None:
    if case[0] in CANONICAL:
        _again(case[0], case[1])


@given(st.sampled_from(sorted(set(CANONICAL) - {"items"})), TYPED)
def test_reading_twice_changes_nothing(kind: str, text: str) -> None:
    _again(kind, text)


# --- no value for a text with another number in it ----------------------------------------------------------------

BETWEEN = st.sampled_from(
    [
        " ",
        "  ",
        "/",
        "和",
        "、",
        "；",
        "+",
        "×",
        "~",
        "人",
        "(",
        "（",
        "人，",
        "户",
        " 元 ",
        "共",
        "号",
        "-",
        "—",
        "元/",
        "余",
        "约",
    ]
)


@given(st.integers(0, 99999), BETWEEN, st.integers(0, 99999), st.sampled_from(["", "人", "元", "户", "）"]))
def test_two_numbers_in_a_cell_are_no_number(one: int, between: str, other: int, end: str) -> None:
    text = f"{one}{between}{other}{end}"
    for read in (typed.count, typed.money, typed.area, lambda t: typed.count(t, unit="人", scale=10000)):
        with pytest.raises(Bad):
            read(text)


def _numbers_in(text: str) -> set[Decimal]:
    """Every number that an independent reading finds: maximal runs of ASCII digits, commas and points."""
    return {Decimal(run.replace(",", "").rstrip(".") or 0) for run in re.findall(r"\d[\d,]*(?:\.\d+)?", text, re.ASCII)}


@given(st.text(alphabet="0123456789,.万千百人元户约余()-% +角分", min_size=1, max_size=12))
def test_a_number_read_is_the_number_typed(text: str) -> None:
    """One number alone in the text, times at most a power of ten that the text names."""
    for read in (typed.count, typed.money, typed.area):
        try:
            value = Decimal(read(text).value)
        except Bad:
            continue
        found = _numbers_in(text)
        if re.search("[角分]|[万亿千]\\d", text):  # 3元5角, 12万3456: made of several
            assert str(value).strip("0.")[:1] == str(max(found)).strip("0.")[:1] or 0 in found or len(found) > 1
            continue
        if not found:  # 千余: the 一 goes without saying
            found = {Decimal(1)} if re.search("余", text) else found
        assert len(found) == 1
        scale = {"万": 10**4, "千": 10**3, "百": 10**2}
        named = 1
        for c in text:
            named *= scale.get(c, 1)
        assert value == found.pop() * named


@given(st.text(alphabet="0123456789-/.年月日号 至周二(点:", min_size=6, max_size=18))
def test_a_day_read_is_made_of_the_figures_typed(text: str) -> None:
    try:
        said = typed.date(text)
    except Bad:
        return
    figures = [int(f) for f in re.findall(r"\d+", text)]
    if len(re.search(r"\d+", text)[0]) == 8:  # type: ignore[index]
        figures[:1] = [figures[0] // 10000, figures[0] // 100 % 100, figures[0] % 100]
    assert figures[:3] == [said.value.year, said.value.month, said.value.day]
    assert len(figures) == 3 or said.remark == "date-time-dropped" or set(figures[3:]) == {0}


@given(st.text(alphabet="0123456789%/.成三分之二百约", min_size=1, max_size=10))
def test_a_share_read_is_made_of_the_figures_typed(text: str) -> None:
    try:
        value = typed.share(text).value
    except Bad:
        return
    found = re.findall(r"\d+(?:\.\d+)?", text)
    if len(found) == 1 and "分之" not in text:
        assert value * 1000 in {Fraction(found[0]) * n for n in (1000, 10, 1, 100)} or "成" in text
    elif len(found) == 2 and "/" in text:
        assert value == Fraction(found[0]) / Fraction(found[1])


@given(st.text(alphabet="0123456789-+ ()转/、86", min_size=5, max_size=24))
def test_a_phone_number_keeps_its_digits(text: str) -> None:
    try:
        value = typed.phone(text).value
    except Bad:
        return
    typed_digits, read_digits = re.sub(r"\D", "", text), re.sub(r"\D", "", value)
    assert typed_digits in (read_digits, "86" + read_digits, "0086" + read_digits) or (
        read_digits[0] == "0" and typed_digits in ("86" + read_digits[1:], "0086" + read_digits[1:])
    )


@given(
    st.lists(st.sampled_from(["张三", "李小四", "3号楼", "停车难", "买买提·艾力"]), max_size=5),
    st.sampled_from("、，,;；\n"),
)
def test_a_list_keeps_its_items(things: list[str], mark: str) -> None:
    assert typed.items(mark.join(things)).value == tuple(things)


@given(
    st.lists(st.text(alphabet="通过未不微心愿小白板甲乙", min_size=2, max_size=6), min_size=1, max_size=5, unique=True),
    st.data(),
)
def test_a_word_is_never_taken_for_another(words: list[str], data: Any) -> None:
    text = data.draw(st.text(alphabet="通过未不微心愿小白板甲乙", min_size=2, max_size=6))
    if text in words:
        assert typed.choice(text, words).value == text
    else:
        with pytest.raises(Bad, match=r"choice-(near|unknown)"):
            typed.choice(text, words)


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
