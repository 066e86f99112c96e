"""四件套, 一支笔、一个包、一张图、一套信息台账: what they are for, and the blank forms to be printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.forms import Kit, blanks, kit
from ..mechanism import Board, Mechanism, declare
from ..sheets.forms import PARTS, Form

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

# What no volunteer may ask at a door: only the least that the work needs (个人信息保护法 §6), and never these (§28).
NEVER = ("身份证", "银行卡", "账号", "密码", "护照", "人脸", "指纹", "病历", "宗教", "信仰")
MOST_COLUMNS = 6  # more do not fit beside each other on A4, written by hand


def forms_sound(given: Given) -> Found:
    """A form asks no more than may be asked, and can be written on."""
    for community in given.communities:
        seen: dict[str, str] = {}
        for row in given.records.rows(community, Form):
            if row.name in seen:
                yield say(row, "name", "form-twice", other=seen[row.name])
                continue
            seen[row.name] = row.id
            yield from _asked(row)


def _asked(row: Form) -> Found:
    asked = [word for word in NEVER if word in (row.blanks or "")]
    if asked:
        yield say(row, "blanks", "form-asks-too-much", asked="、".join(asked))
    if row.rows and not row.blanks:
        yield say(row, "rows", "form-without-blanks", holds=False)
    elif row.rows and len(blanks(row.blanks)) > MOST_COLUMNS:
        yield say(row, "blanks", "form-too-wide", holds=False, columns=len(blanks(row.blanks)), most=MOST_COLUMNS)


def four_parts(given: Given) -> Found:
    """A community that has any of the four has each of them."""
    for community in given.communities:
        rows = given.records.rows(community, Form)
        waiting = given.records.waits(community, "forms")
        lacking = [part for part in PARTS if not any(r.part == part for r in rows)]
        if rows and lacking and not waiting:
            yield say(next(iter(rows)), "part", "form-part-lacking", holds=False, lacking="、".join(lacking))


def _shown(whole: Whole, c: Community) -> Kit | None:
    return kit(whole.records, c.id)


def _boards(shown: Kit, whole: Whole, c: Community) -> Iterator[Board]:
    """Every form, blank: it is printed when it is needed, and hangs nowhere."""
    for paper in shown.printed:
        row = paper.row
        yield Board(
            "blankform", row.id, title("blankform", name=row.name), row.since, None, {"paper": paper}, row.place
        )


declare(
    Mechanism(
        id="forms",
        title="四件套",
        theme="网格和走访",
        about="微网格长上门带的四样东西：一支笔、一个包、一张图、一套台账。空白表在这里打印，填好的由社区保管，从不公开。",
        article="一支笔、一个包、一张图、一套信息台账是微网格长日常走访、民情收集、红色代办的标配",
        sheets=("forms",),
        gather=_shown,
        papers=("blankform",),
        boards=_boards,
        checks=(forms_sound, four_parts),
    )
)
