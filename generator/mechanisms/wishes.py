"""微心愿小白板: each wish with its reply and the days it took, those that wait first; nobody's name is anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ..catalogue import title
from ..checks.given import Found, Given, say
from ..facts.board import while_news
from ..facts.wishes import Wishes, wishes
from ..mechanism import Board, Mechanism, declare
from ..problems import Problem
from ..sheets.matters import Matter
from ..sheets.wishes import Wish

if TYPE_CHECKING:
    from ..facts.whole import Whole
    from ..sheets.communities import Community

CHANNEL, BECAME = "微心愿小白板", "成了议题"
# The commonest surnames, without those that begin other words before such a title (向师傅, 和老师).
CALLED = re.compile(
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范"
    "石廖贾韦夏付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤纳哈]"
    "[一-龥]{0,2}(?:大爷|大妈|大娘|大叔|大婶|大姐|大哥|阿姨|奶奶|爷爷|叔叔|师傅|老师|女士|先生)"
)


def _wishes(whole: Whole, c: Community) -> Wishes | None:
    return wishes(whole, c.id)


def _boards(shown: Wishes, whole: Whole, c: Community) -> Iterator[Board]:
    """The week's replies, with what still waits on the newest; each hangs for a week from its last reply on."""
    for n, week in enumerate(shown.weeks):
        on = max(h.wish.answered_on for h in week.answered)
        said = {"week": week, "waiting": shown.waiting if n == 0 else (), "today": shown.today}
        named = title("wishes", community=c.name, first=_said(week.first), last=_said(week.last))
        yield Board("wishes", f"{week.first}", named, on, while_news(on), said, place=week.answered[0].wish.place)


def _said(day: date) -> str:
    """A day for a title of one line: without the year, which stands beneath."""
    return f"{day.month}月{day.day}日"


def wishes_sound(given: Given) -> Found:
    """A wish lies behind us, is answered after it was written, and a matter that came of it says so too."""
    for community in given.communities:
        for row in given.records.rows(community, Wish):
            if row.on > given.newest:
                yield say(row, "on", "wish-ahead", today=given.newest.isoformat(), holds=False)
            yield from _named(row)
            yield from _answer(given, row)
            yield from _matter(given, row)


def _named(row: Wish) -> Found:
    """Somebody who is called by their name and 大爷, 阿姨 or the like may be known by it, whoever wrote the wish."""
    for column in ("text", "answer"):
        if called := CALLED.search(getattr(row, column) or ""):
            yield row, Problem("wish-name", row.cell(column), called[0][0] + "*" * (len(called[0]) - 1))


def _answer(given: Given, row: Wish) -> Found:
    on = row.answered_on
    if (on is None) != (row.answer is None):
        missing = "answered_on" if on is None else "answer"
        yield say(row, missing, "wish-half", missing=row.sheet.column(missing).title, holds=False)
    elif row.result is not None and on is None:
        yield say(row, "result", "wish-unanswered", holds=False)
    if on is not None and on < row.on:
        yield say(row, "answered_on", "wish-backwards", on=row.on.isoformat())
    elif on is not None and on > given.newest:
        yield say(row, "answered_on", "wish-reply-ahead", today=given.newest.isoformat(), holds=False)


def _matter(given: Given, row: Wish) -> Found:
    matter = given.records.get(row.community, Matter, row.matter)
    if row.matter is None and row.result == BECAME:
        yield say(row, "result", "wish-which-matter", holds=False)
    elif matter is not None and matter.channel != CHANNEL:
        yield say(row, "matter", "wish-channel", title=matter.title, channel=matter.channel, holds=False)
    elif matter is not None and matter.raised_on < row.on:
        yield say(row, "matter", "wish-matter-before", raised=matter.raised_on.isoformat(), holds=False)


declare(
    Mechanism(
        id="wishes",
        title=CHANNEL,
        theme="议事和公开",
        about="家门口的事写在小白板上：写了什么、谁来办、等了几天、怎么答复的，一条一条都在这里。",
        article="红色共享小屋门口设置“微心愿小白板”，征集“家门口的事儿”，并将解决结果公示于民",
        sheets=("wishes", "matters"),
        gather=_wishes,
        papers=("wishes",),
        boards=_boards,
        checks=(wishes_sound,),
    )
)
