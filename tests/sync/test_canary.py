"""The canaries: a marked value in every private, counted and masked cell of a full workbook is found nowhere outside.

Looked for in ``records/``, in the built site with its pages and search, in what the commands print, in the temporary and
the home folder, in the caches, and in every object of the repository that the records are committed to: in every
encoding in which a sheet may be written, and inside archives.
"""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from generator.columns import COUNTED, MASKED, PRIVATE, Column
from generator.problems import Place
from generator.sheet import Sheet
from generator.sheets import discover
from generator.sources import workbook
from generator.sync import gate
from generator.sync.names import Names
from generator.understand import Lost, Table, Understood, understand
from tests.rows import COMMUNITY

from .town import Town

ROOT = Path(__file__).parents[2]
_HAN = "甲乙丙丁戊己庚辛壬癸"
_FEWEST, _MOST = 900, 9999
SIGNS = ("金丝雀", "欧阳甲", "1390000", "JSQ-0")  # one of these is in every canary: fewer than ten thousand are let out
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "unicode_escape")
SPELT = {sign.encode(e): sign for sign in SIGNS for e in ENCODINGS}
OWNERS = "XY-V2"  # a vote that is counted by the roll
_GZIP = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")


class Canaries:
    """Marked values, each another; ``sung`` are all that were handed out."""

    def __init__(self) -> None:
        self._next = count(1)
        self.sung: list[str] = []

    def one(self, kind: str) -> str:
        n = next(self._next)
        digits = "".join(_HAN[int(d)] for d in f"{n:05}")
        made = {"phone": f"139{n:08}", "person": f"欧阳{digits}", "id": f"JSQ-{n:05}"}.get(kind, f"金丝雀{digits}")
        self.sung.append(made)
        return made


# --- what is planted


def _cell(column: Column, canaries: Canaries, n: int, spoilt: bool) -> Any:
    """What a cell of a private sheet says: a canary where it may hold any text, a value of the list where it may not."""
    kind = column.kind
    if column.key or kind.name in ("text", "long", "person", "phone"):
        return canaries.one("phone" if column.key and n == 10 else kind.name)
    if spoilt or (column.privacy == PRIVATE and n % 3 == 0):
        return canaries.one("text")
    if kind.choices:
        return kind.choices[n % len(kind.choices)]
    if kind.target:
        return {"votes": OWNERS, "compounds": "XY-C1"}.get(kind.target, "XY-G1")
    return {"date": "2026-05-03", "yes_no": "是", "count": 3, "money": "3860.00", "area": "51.20"}[kind.name]


def _private(sheet: Sheet, canaries: Canaries) -> list[list[Any]]:
    """A sheet that nobody publishes: good rows, two with faults, two pairs that share an id."""
    lines = [[_cell(c, canaries, n, n > 11) for c in sheet.columns] for n in range(14)]
    lines += [[line[0], *[_cell(c, canaries, 1, False) for c in sheet.columns[1:]]] for line in (lines[0], lines[13])]
    lines.append([lines[1][0].lower(), *lines[1][1:]])
    return [[c.title for c in sheet.columns], *lines]


def _plant(town: Town, canaries: Canaries) -> None:
    """Fill every private, counted and masked cell, in good rows and in rows with faults, and columns nobody declared."""
    sheets = discover()
    for sheet in sheets.values():
        if sheet.counts or (sheet.stays and sheet.id != "withdrawals"):
            town.rows[sheet.id] = _private(sheet, canaries)
    for sheet_id, lines in town.rows.items():
        if not sheets[sheet_id].counts and not sheets[sheet_id].stays:
            _fill(sheets[sheet_id], lines, canaries)
        lines[0].append("没有声明的列")
        for line in lines[1:]:
            line.append(canaries.one("text"))
    _spoil(town, canaries)


def _fill(sheet: Sheet, lines: list[list[Any]], canaries: Canaries) -> None:
    head = lines[0]
    known = {c.title: c for c in sheet.columns}
    for title in [c.title for c in sheet.columns if c.privacy == PRIVATE and c.title not in head]:
        head.append(title)
        for line in lines[1:]:
            line.append("")
    for n, line in enumerate(lines[1:]):
        for at, title in enumerate(head):
            column = known[title]
            if column.privacy in (PRIVATE, COUNTED):
                line[at] = canaries.one(("text", "phone", "person")[n % 3])
            elif column.privacy == MASKED and line[head.index(column.consent)] in ("否", "不公开"):
                line[at] = canaries.one("person")


def _spoil(town: Town, canaries: Canaries) -> None:
    """Rows of the public register with faults, and canaries of their own."""
    head, line = town.rows["matters"][0], town.row("matters", "XY-2026-002")
    secret = str(town.rows["visits"][1][town.rows["visits"][0].index("居民姓名")])
    masked = str(line[head.index("提出人")])
    spoilt: list[dict[str, str]] = [
        {"提出日期": "昨天"},
        {"提出人": f"{canaries.one('person')}、{canaries.one('person')}#?"},
        {"公开同意": "大概吧", "提出人": canaries.one("person")},
        {"内容": f"{secret}反映楼道的灯不亮。"},
        {"标题": f"答复{masked}的来信"},
        {"内容": f"请打{canaries.one('phone')}找我"},
        {"编号": canaries.one("phone")},
        {"责任单位": canaries.one("phone")},
        {"大小急": canaries.one("phone")},
        {"办理期限": canaries.one("phone")},
        {"编号": "XY-2026-003", "提出人": canaries.one("person")},
    ]
    for n, cells in enumerate(spoilt):
        if "提出人" not in cells:
            cells["提出人"] = canaries.one("person")
        made = {**dict(zip(head, line, strict=True)), "编号": f"XY-2026-{800 + n}", "没有声明的列": "", **cells}
        town.rows["matters"].append([made[title] for title in head])


def _save(town: Town, canaries: Canaries) -> Path:
    """The workbook, with hidden parts of every kind, comments, and telephone numbers where a name belongs."""
    book = openpyxl.load_workbook(town.save())
    tab = book["议题台账"]
    head = [cell.value for cell in tab[1]]
    row, last = [cell.value for cell in tab[2]], tab.max_row
    for n, height in ((1, None), (2, 0.4)):
        tab.append([f"XY-2026-90{n}" if k == 0 else canaries.one("text") if c else c for k, c in enumerate(row)])
        tab.row_dimensions[tab.max_row].hidden = height is None
        tab.row_dimensions[tab.max_row].height = height
    for n, title in enumerate(("归档号", "责任人", "办理结果", "办理期限"), 1):
        at = head.index(title) + 1
        letter = tab.cell(1, at).column_letter
        for r in range(2, last + 1):
            if n != 4 or r == 3:
                tab.cell(r, at).value = canaries.one("text")
        if n == 1:
            tab.column_dimensions[letter].hidden = True
        elif n == 2:
            tab.column_dimensions[letter].width = 0.1
        elif n == 3:
            tab.cell(1, at).value = f"{title}（不公开）"
        else:
            tab.cell(3, at).number_format = ";;;"
    tab["B2"].comment = Comment(canaries.one("text"), canaries.one("person"))
    for title, state in (
        (f"议题台账{canaries.one('phone')}", "visible"),
        ("会议", "hidden"),
        (canaries.one("phone"), "visible"),
    ):
        other = book[title] if title in book.sheetnames else book.create_sheet(title)
        other.sheet_state = state
        for line in ([*head[:6]], ["XY-2026-950", *(canaries.one("text") for _ in head[1:6])]):
            other.append(line)
    book.properties.creator = canaries.one("person")
    path = town.book.with_name(f"西园{canaries.one('phone')}.xlsx")
    book.save(path)
    return path


# --- where it is looked for


def _run(town: Town, *arguments: str) -> str:
    """The command in a process of its own, its temporary files and its home in folders of ours; all that it prints."""
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    for name, folder in (("TMPDIR", "tmp"), ("HOME", "home")):
        (town.folder / folder).mkdir(exist_ok=True)
        environ[name] = str(town.folder / folder)
    for name in ("BUGU_TRACEBACK", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        environ.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", *arguments], cwd=ROOT, env=environ, capture_output=True, check=False
    )
    said = done.stdout.decode() + done.stderr.decode()
    assert done.returncode in (0, 1), said
    return said


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def _everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, its name too."""
    for path in sorted(folder.rglob("*")):
        yield str(path.relative_to(folder)), str(path.relative_to(folder)).encode()
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


def _unpacked(data: bytes, deep: int = 0) -> Iterator[bytes]:
    """The bytes, and whatever is packed in them as zip or gzip, wherever it begins."""
    yield data
    if deep > 3:
        return
    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as box:
            for name in box.namelist():
                yield name.encode()
                yield from _unpacked(box.read(name), deep + 1)
    for m in _GZIP.finditer(data):
        try:
            yield from _unpacked(zlib.decompressobj(31).decompress(data[m.start() :]), deep + 1)
        except zlib.error:
            continue


def _found(heap: list[tuple[str, bytes]]) -> list[tuple[str, str]]:
    """Where a canary is, and of which kind."""
    return sorted(
        {
            (name, sign)
            for name, data in heap
            for part in _unpacked(data)
            for spelt, sign in SPELT.items()
            if spelt in part
        }
    )


def _objects(town: Town) -> bytes:
    return subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"], cwd=town.records.parent, capture_output=True, check=True
    ).stdout


def _published() -> set[str]:
    """The sheets of a community that have a file."""
    return {f"{COMMUNITY}/{s.id}.csv" for s in discover().values() if s.per_community and (s.counts or not s.stays)}


@pytest.mark.slow
def test_no_private_cell_gets_out_anywhere(town: Town) -> None:
    canaries = Canaries()
    before = _files(town.records)
    _plant(town, canaries)
    book = str(_save(town, canaries))
    assert _FEWEST < len(canaries.sung) <= _MOST
    site = town.records.parent
    where = ("--community", COMMUNITY, "--records", str(town.records))
    said = _run(town, "sync", book, *where, "--dry-run")
    said += _run(town, "sync", book, *where, "--accept-removals")
    said += _run(town, "sync", book, *where, "--format", "json")
    said += _run(town, "check", book, *where, "--format", "json")
    said = said.replace(book, "")  # it tells whoever typed this name what to type next
    assert _files(town.folder / "tmp") == set()
    assert _files(town.folder / "home") == set()
    new = _files(town.records) - before
    assert new == {f"{COMMUNITY}/withheld.csv"} | (_published() & new)
    assert {f"{COMMUNITY}/{s.id}.csv" for s in discover().values() if s.counts} <= new
    assert before <= _files(town.records)
    said += _run(town, "build", "--records", str(town.records), "--out", str(site / "public"))
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "sync"],
    ):
        town.git(*command)
    heap = [("printed", said.encode()), ("git", _objects(town)), *_everything(site)]
    heap += [*_everything(town.folder / "tmp"), *_everything(town.folder / "home"), *_everything(ROOT / ".cache")]
    assert any(name.endswith("index.html") for name, _ in heap)
    assert _found(heap) == []
    assert "欧" in (town.records / COMMUNITY / "matters.csv").read_text("utf-8")  # the masked names are there
    for code in (
        "id-twice",
        "name-in-text",
        "title-shut-optional",
        "book-hidden-cells",
        "book-hidden-rows",
        "book-comments",
    ):
        assert f'"{code}"' in said, code


FAULTS_OF_BALLOTS = ("twice", "choice", "unwritten", "vote", "vote-empty", "voter-empty")
FAULTS_OF_THE_ROLL = ("twice", "unit", "owner", "area", "compound")


def _ballots_and_roll(town: Town, canaries: Canaries) -> None:
    """A roll and ballots that are counted, a canary in every cell that takes one; and at their end a fault of each kind."""
    one, sheets = canaries.one, discover()
    rooms, proxy = [one("text") for _ in range(9)], one("person")
    good = [[one("id"), "XY-C1", room, one("person"), "51.2345", "登记簿", "否"] for room in rooms[:6]]
    bad = [
        [one("id"), *good[0][1:]],
        [one("id"), "XY-C1", "", one("person"), "51.2345", "登记簿", "否"],
        [one("id"), "XY-C1", rooms[6], "", "51.2345", "登记簿", "否"],
        [one("id"), "XY-C1", rooms[7], one("person"), one("text"), one("text"), one("text")],
        [one("id"), "XY-C1", rooms[8], one("person"), "0", "登记簿", "否"],
        [one("id"), "", one("text"), one("person"), "51.2345", "登记簿", "否"],
        [one("id"), "XY-C2", one("text"), one("person"), "51.2345", "登记簿", "否"],
    ]
    town.rows["roll"] = [[c.title for c in sheets["roll"].columns], *good, *bad]
    cast = [[one("id"), OWNERS, room, "同意", "2026-06-10", "", ""] for room in rooms[:3]]
    cast += [[one("id"), "XY-V1", one("person"), "弃权", "", "", ""] for _ in range(20)]
    wrong = [
        [one("id"), OWNERS, one("text"), "同意", "", "", ""],
        [one("id"), OWNERS, rooms[0], "反对", one("text"), proxy, "否"],
        [one("id"), OWNERS, rooms[3], "", "", proxy, ""],
        [one("id"), OWNERS, rooms[4], one("text"), "", proxy, one("text")],
        [one("id"), OWNERS, "", "同意", "", proxy, "是"],
        [one("id"), one("id"), one("text"), "同意", "", proxy, "是"],
        [one("id"), "", one("text"), "同意", "", "", ""],
        [one("id"), one("text"), one("text"), "同意", "", "", ""],
    ]
    town.rows["ballots"] = [[c.title for c in sheets["ballots"].columns], *cast, *wrong]
    for lines in (town.rows["roll"], town.rows["ballots"]):
        lines[0].append("没有声明的列")
        for line in lines[1:]:
            line.append(one("text"))


def test_no_cell_of_ballots_or_roll_gets_out_when_they_are_counted(
    town: Town, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Every fault is told of, and by none can a voter, a room, an owner or a choice be known; as good rows can by nothing."""
    _ballots_and_roll(town, Canaries())
    before, said = town.bytes(), []
    for faults in ((13, 31), (6, 24), (6, 23)):  # all; a roll without fault and a ballot of no room; none
        for sheet, rows in zip(("roll", "ballots"), faults, strict=True):
            del town.rows[sheet][rows + 1 :]
        path = str(town.save())
        for command in ("check", "sync"):
            town.bugu(command, path, "--community", COMMUNITY, "--format", "json")
        said.append("".join(capfd.readouterr()))
    for code in (*(f"ballot-{f}" for f in FAULTS_OF_BALLOTS), *(f"roll-{f}" for f in FAULTS_OF_THE_ROLL)):
        assert f'"{code}"' in said[0], code
        assert f'"{code}"' not in said[2], code
    assert '"ballot-voter"' in said[1]
    assert '"recount-roll"' in said[2], "they were counted"
    assert _found([("printed", ("".join(said) + caplog.text).encode()), *_everything(town.records)]) == []
    assert {name for name, data in town.bytes().items() if before.get(name) != data} == {f"{COMMUNITY}/withheld.csv"}


# --- whether it would be found, and what happens when something breaks


def test_the_canaries_can_be_found_at_all(town: Town) -> None:
    """A test that finds nothing has to be able to find something: the volunteers' own workbook has every one of them."""
    canaries = Canaries()
    _plant(town, canaries)
    path = _save(town, canaries)
    text = b"\n".join(_unpacked(path.read_bytes())).decode("utf-8", "replace")
    assert [bird for bird in canaries.sung if bird not in text and bird not in path.name] == []
    assert {sign for _, sign in _found([("book", path.read_bytes())])} == set(SIGNS)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("packed", ["", "gzip", "zip", "gzip within"])
def test_a_canary_is_found_in_every_encoding_and_archive(encoding: str, packed: str) -> None:
    data = f"说:{Canaries().one('text')}".encode(encoding)
    if packed == "zip":
        box = BytesIO()
        with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a", gzip.compress(data))
        data = box.getvalue()
    elif packed:
        data = b"x" * ("within" in packed) + gzip.compress(data)
    assert _found([("a", data)]) == [("a", "金丝雀")]


def _quoting(*given: Any, **_named: Any) -> Any:
    """What may go wrong quotes a cell, in what it says and in what it was caused by."""
    try:
        raise KeyError("金丝雀甲甲甲甲", repr(given))
    except KeyError as error:
        raise ValueError("欧阳甲甲甲甲 13900001111") from error


@pytest.mark.parametrize(
    "place",
    [
        "generator.understand.cells.Cells.read",
        "generator.understand.table._lost",
        "generator.sync.names.Names.within",
        "generator.privacy.publish",
        "generator.counting.count",
        "generator.sync.recipe._brought",
        "generator.sync.write.into_records",
        "generator.sync.recount.recounted",
    ],
)
@pytest.mark.parametrize("command", ["sync", "check"])
def test_what_breaks_half_way_quotes_no_cell(
    town: Town, place: str, command: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    canaries = Canaries()
    _plant(town, canaries)
    path, before = town.save(), town.bytes()
    monkeypatch.delenv("BUGU_TRACEBACK", raising=False)
    monkeypatch.setattr(place, _quoting)
    capfd.readouterr()
    code = town.bugu(command, str(path), "--community", COMMUNITY)
    out, err = capfd.readouterr()
    if (command, place) != ("check", "generator.sync.write.into_records"):
        assert code == 3, "it broke, and says so"
        assert town.bytes() == before
    assert out + err != ""
    assert _found([("printed", (out + err + caplog.text).encode()), *_everything(town.records)]) == []


def test_an_id_that_must_not_be_written_down_is_not_even_where_understanding_let_it_through() -> None:
    """The gate looks for itself: what it hands on of a lost row goes into ``withheld.csv`` word for word."""
    sheet = discover()["matters"]
    lost = Lost(Place("台账.xlsx", "议题台账", 2), "13900001111", {"owner": "13900002222", "compound": "XY-C1"})
    understood = Understood({"matters": Table(sheet, lost=[lost])}, [])
    arrived, _ = gate.arrived(understood, COMMUNITY, Names(understood))
    (seen,) = arrived["matters"].seen
    assert (seen.id, seen.refers) == ("", {"compound": "XY-C1"})


def test_the_key_of_a_counted_row_is_not_kept_of_a_row_that_is_lost(town: Town) -> None:
    """Lost rows go into messages and marks by their ids: those of sheets that are only counted have none."""
    canaries = Canaries()
    _plant(town, canaries)
    understood = understand(workbook.read(town.save()), discover())
    lost = [row for table in understood.tables.values() if table.sheet.counts for row in table.lost]
    assert len(lost) > 3 * sum(s.counts is not None for s in discover().values())
    assert {row.id for row in lost} == {""}
    assert _found([("lost", repr(lost).encode())]) == []
