"""The page of publicities and the page of a matter: what was objected and answered, what was corrected, exact dates."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

from generator import templating
from generator.facts.whole import whole
from generator.pages import Book
from generator.pages.community import community
from generator.pages.district import home, publicity
from generator.pages.record import matter
from generator.procedures import load
from generator.sheet import PublicRow
from generator.sheets.communities import Community
from generator.sheets.corrections import Correction
from generator.sheets.matters import Matter
from generator.sheets.objections import Objection
from generator.sheets.resolutions import Resolution
from generator.sheets.steps import Step
from generator.sheets.units import Unit
from tests.conftest import ROOT
from tests.rows import COMMUNITY, records, row

PROCEDURES = load(ROOT / "records" / "procedures")[0]
MONDAY = date(2026, 3, 2)
RAISED = row(
    Matter, "M", title="添几盏路灯", size="小事", category="其他", raised_on=MONDAY, procedure="liubu", channel="居民来电",
    raised_by="赵一", owner="U", said="已解决",
)  # fmt: skip
SHOWN = row(
    Step, "S", matter="M", step="拟方案", result="进行中", on=MONDAY, by="居委会", note="装六盏。",
    posted_on=MONDAY, posted_days=7, posted_kind="日历日",
)  # fmt: skip


def day(of: int) -> date:
    return date(2026, 3, of)


def objection(id: str, on: int, answered: int | None = None, **more: Any) -> Objection:
    answer = {"answered_on": day(answered), "outcome": "采纳", "answer": "换成暖光。"} if answered else {}
    usual = {"matter": "M", "posting": "方案公示", "channel": "电话", "raised_by": "钱二", "said": "<b>灯太亮。</b>"}
    return row(Objection, id, on=day(on), answered_by="U", **{**usual, **answer, **more})


CORRECTED = row(
    Correction, "K", matter="M", posting="方案公示", on=day(5), original="装六盏。", corrected="装八盏。",
    reason="数错了。", substantial=True,
)  # fmt: skip


def book(today: date, *rows: PublicRow) -> Book:
    phones = {"phone": "0951-5550100", "objections_phone": "0951-5550101"}
    community = row(
        Community, COMMUNITY, name="西苑社区", about="两个小区。", objections_to="监督委员会", objections_hours="每日", **phones
    )
    unit = row(Unit, "U", name="西苑居委会")
    made = whole(records([community, unit, RAISED, SHOWN, *rows]), PROCEDURES, today)
    return Book(made, templating.environment(ROOT / "templates"))


def plain(body: str) -> str:
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]+>", "", body)))


def section(body: str, id: str) -> str:
    """From one heading to the next."""
    found = re.search(rf'<h2 id="{id}">(.*?)(?=<h2 |\Z)', body, re.DOTALL)
    return plain(found[1]) if found else ""


def of_matter(today: date, *rows: PublicRow) -> str:
    made = book(today, *rows)
    (case,) = made.whole.cases.of(COMMUNITY)
    return matter(made, case, made.whole.records.communities[0]).body


def test_what_runs_says_how_many_are_answered_and_that_the_days_began_again() -> None:
    made = book(day(6), objection("A", 3, 4), objection("B", 6), CORRECTED)
    now = section(publicity(made).body, "now")
    assert "2026年3月6日至2026年3月12日(7个日历日,2026年3月5日张贴)" in now.replace("（", "(").replace("）", ")").replace("，", ",")
    assert "还有6天" in now
    assert "收到意见2条，已答复1/2" in now
    assert "2026年3月5日重新张贴，公示期重新算。最早是2026年3月2日张贴的" in now


def test_what_is_over_with_an_objection_open_is_not_among_what_ended() -> None:
    body = publicity(book(day(10), objection("A", 3))).body
    assert "已答复0/1" in section(body, "waiting")
    assert "0951-5550101" in section(body, "waiting")
    assert "添几盏路灯" not in section(body, "ended")
    answered = publicity(book(day(10), objection("A", 3, 10))).body
    assert section(answered, "waiting") == ""
    assert "添几盏路灯" in section(answered, "ended")
    assert "已答复1/1" in section(answered, "ended")


def test_what_has_not_begun_is_under_a_heading_of_its_own() -> None:
    later = row(
        Step, "S2", matter="M", step="做表决", result="进行中", on=MONDAY, by="居委会",
        posted_on=day(4), posted_days=3, posted_kind="工作日",
    )  # fmt: skip
    body = publicity(book(MONDAY, later)).body
    assert "还有2天开始" in section(body, "soon")
    assert "2026年3月5日至2026年3月9日" in section(body, "soon")
    assert "还有2天开始" not in section(body, "now")


def test_what_may_still_run_stays_on_the_page_until_its_end_is_known() -> None:
    """2003 has no arrangement and never will."""
    shown = row(
        Step, "S3", matter="M", step="做表决", result="进行中", on=MONDAY, by="居委会",
        posted_on=date(2003, 6, 2), posted_days=7, posted_kind="日历日",
    )  # fmt: skip
    body = publicity(book(day(10), shown)).body
    assert "2003年6月3日至2003年的放假安排公布后确定" in section(body, "undated")
    assert "添几盏路灯" in section(body, "undated")
    assert section(publicity(book(day(10))).body, "undated") == ""


def test_of_several_resolutions_each_is_named_on_its_card() -> None:
    kept = {"matter": "M", "promise": "装。", "passed_on": MONDAY, "owner": "U", "due_on": day(30)}
    days = {"posted_days": 7, "posted_kind": "日历日"}

    def passed(on: date) -> list[Resolution]:
        named = (("R1", "装路灯"), ("R2", "修路灯"))
        return [row(Resolution, id, title=title, posted_on=on, **kept, **days) for id, title in named]

    one, two = passed(day(3))
    now = section(publicity(book(day(5), one, two)).body, "now")
    assert "决议公示：装路灯" in now
    assert "决议公示：修路灯" in now
    assert "装路灯" not in section(publicity(book(day(5), one)).body, "now")
    assert "决议公示：装路灯、修路灯" in section(publicity(book(day(5), *passed(MONDAY))).body, "now")


def test_a_resolution_of_no_matter_has_its_card_and_leads_to_its_own_page() -> None:
    alone = row(
        Resolution, "R9", title="修<门>", promise="修。", passed_on=MONDAY, owner="U", due_on=day(30),
        posted_on=day(3), posted_days=7, posted_kind="日历日",
    )  # fmt: skip
    link = f'<a href="../{COMMUNITY}/resolutions/R9/">修&lt;门&gt;</a>'
    soon, now, over = (publicity(book(day(n), alone)).body for n in (2, 5, 11))
    for body, id in ((soon, "soon"), (now, "now"), (over, "ended")):
        assert body.count(link) == 1
        assert "修<门>" in section(body, id)
    assert "2026年3月4日至2026年3月10日" in section(now, "now")
    assert "还有5天" in section(now, "now")
    assert "决议公示" in section(now, "now")
    assert "2026年3月4日至2026年3月10日" in section(over, "ended")


def test_the_pages_of_the_district_and_of_its_community_show_it_too() -> None:
    alone = row(
        Resolution, "R9", title="修门", promise="修。", passed_on=MONDAY, owner="U", due_on=day(30),
        posted_on=day(3), posted_days=7, posted_kind="日历日",
    )  # fmt: skip
    made = book(day(5), alone)
    for page in (home(made), community(made, made.whole.records.communities[0])):
        assert f'{COMMUNITY}/resolutions/R9/">修门</a>' in page.body
        assert "修门" in section(page.body, "now")


def test_the_matter_has_every_objection_with_its_answer_or_without() -> None:
    body = of_matter(day(12), objection("A", 3, 4), objection("B", 6), objection("C", 11))
    told = section(body, "objections")
    assert "收到3条，已答复1/3" in told
    assert "答复：采纳（2026年3月4日，西苑居委会）换成暖光。" in told
    assert told.count("还没有答复，由西苑居委会答复") == 2
    assert told.count("不在公示期内") == 1
    assert "钱*" in told
    assert "钱二" not in body
    assert "<b>灯太亮" not in body


def test_an_answer_of_a_later_day_is_not_known_yet() -> None:
    body = of_matter(day(5), objection("A", 3, 8))
    assert "已答复0/1" in section(body, "objections")
    assert "还没有答复，由西苑居委会答复" in section(body, "objections")
    assert "换成暖光" not in body


def test_the_matter_has_every_correction_with_what_it_did_to_the_days() -> None:
    body = of_matter(day(6), CORRECTED)
    told = section(body, "corrections")
    assert "原文装六盏。更正为装八盏。原因数错了。" in told
    assert "2026年3月5日重新张贴，公示期重新算，到2026年3月12日（7个日历日）" in told
    assert "2026年3月2日张贴的那次原定到2026年3月9日，没有满；2026年3月5日更正，重新公示。" in plain(body)


def test_the_matter_has_the_days_of_its_resolutions_too_and_what_broke_them() -> None:
    passed = row(
        Resolution, "R", matter="M", title="装路灯", promise="装。", passed_on=MONDAY, owner="U", due_on=day(30),
        posted_on=day(3), posted_days=3, posted_kind="工作日",
    )  # fmt: skip
    of = {"matter": "M", "posting": "决议公示", "on": day(5), "reason": "错了。", "substantial": True}
    body = plain(of_matter(day(20), passed, row(Correction, "K", original="六", corrected="八", **of)))
    assert "决议公示：2026年3月6日至2026年3月10日（3个工作日，2026年3月5日张贴），已结束" in body
    assert "2026年3月3日张贴的那次原定到2026年3月6日，没有满；2026年3月5日更正，重新公示。" in body


def test_a_small_correction_leaves_the_days() -> None:
    words = {"original": "灯", "corrected": "路灯", "reason": "漏字"}
    small = row(Correction, "K", matter="M", posting="方案公示", on=day(5), substantial=False, **words)
    body = of_matter(day(6), small)
    assert "对公示期的影响不变" in section(body, "corrections")
    assert "公示期没有变" in plain(body)
    assert "2026年3月3日至2026年3月9日" in plain(body)


def test_a_state_that_was_typed_otherwise_is_said() -> None:
    assert "社区的表里写的状态是“已解决”，按办理过程算是“公示中”，正在核对。" in plain(of_matter(day(6)))
