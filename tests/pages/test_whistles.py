"""The page of a community's whistles: what runs, how late, by whom, and rates with their figures."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator import pages, reading, templating
from generator.facts.whistles import running, summary, tickets
from generator.facts.whole import whole
from generator.pages import Book, Page
from generator.procedures import load
from generator.records import Withheld
from generator.sheet import PublicRow
from generator.sheets.communities import Community
from generator.sheets.matters import Matter
from generator.sheets.whistles import Whistle
from tests.conftest import ROOT
from tests.rows import COMMUNITY, records, row

TODAY = date(2026, 6, 17)
PROCEDURES = load(ROOT / "records" / "procedures")[0]
BLOWN = datetime(2026, 6, 1, 10)
CALLED = {"accepted_at": BLOWN, "solved_at": BLOWN, "called_back_at": BLOWN, "reached": "接通"}
MATTER = row(
    Matter, "M-1", title="西门路灯", size="小事", category="设施维修", raised_on=date(2026, 5, 1), procedure="liubu"
)
URL = f"{COMMUNITY}/whistles/"


def whistle(number: int = 1, **more: Any) -> Whistle:
    usual = {"title": f"第 {number} 件", "urgency": "一般", "department": "供电单位", "blown_at": BLOWN}
    return row(Whistle, f"W-{number}", number + 1, **{**usual, **more})


def book(*rows: PublicRow) -> Book:
    community = row(Community, COMMUNITY, name="西苑社区", phone="0951-5550100", objections_phone="0951-5550100")
    return Book(whole(records([community, *rows]), PROCEDURES, TODAY), templating.environment(ROOT / "templates"))


def drawn(made: Book) -> dict[str, Page]:
    return {p.url: p for p in pages.record_pages(made)}


def words(body: str) -> str:
    text = re.sub(r"<(?:/(?:p|li|h\d|td|th|dd|dt|article|tr))\b[^>]*>", "\n", body)
    return re.sub(r" *\n\s*", "\n", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def page(*rows: PublicRow) -> str:
    return re.sub(r" +", " ", words(drawn(book(*rows))[URL].body))


def test_a_community_without_whistles_has_no_such_page() -> None:
    later = whistle(blown_at=datetime(2026, 6, 18))
    for made in (book(), book(later)):
        assert URL not in drawn(made)
        assert f"{COMMUNITY}/" not in set(pages.record_folders(made))
    assert f"{COMMUNITY}/" in set(pages.record_folders(book(whistle())))


def test_an_open_one_stands_above_with_its_times_its_limit_and_how_late_it_is() -> None:
    said = page(whistle(accepted_at=BLOWN + timedelta(hours=25)), whistle(2, **CALLED))
    now, rest = said.split("来得快不快")
    assert "一共吹哨 2 次，还有 1 件没办完，其中 1 件已经超过期限" in now
    assert "第 1 件" in now
    assert "第 2 件" not in now
    assert "第 2 件" in rest
    assert "部门已签收，还没到场" in now
    assert "已超过期限 9 天" in now
    assert "签收： 2026年6月2日 11:00 ，吹哨后 1 天 1 小时， 比响应期限晚了 1 小时" in now
    assert "办理期限：7 天（按紧急程度），到 2026年6月8日 10:00" in now


def test_each_stands_once_and_those_of_older_years_are_folded() -> None:
    def done(number: int, year: int) -> Whistle:
        at = datetime(year, 3, 1, 10)
        return whistle(number, blown_at=at, accepted_at=at, solved_at=at)

    body = drawn(book(whistle(1), done(2, 2026), done(3, 2025), done(4, 2024), done(5, 2024)))[URL].body
    assert [body.count(f'id="W-{n}"') for n in range(1, 6)] == [1] * 5
    assert [body.count(f"第 {n} 件") for n in range(1, 6)] == [1] * 5
    shown, *folded = body.split("<details>")
    assert "第 2 件" in shown.split('id="all"')[1]
    assert ["2025年吹哨的（1 张）" in folded[0], "2024年吹哨的（2 张）" in folded[1]] == [True, True]
    assert "第 3 件" in folded[0]
    assert "一共 4 张" in body
    assert "还没有办完的。" in page(whistle())


def test_one_that_nobody_signed_for_says_so() -> None:
    assert "响应期限已过" in page(whistle())
    assert "响应期限已过" not in page(whistle(blown_at=datetime(2026, 6, 16, 20)))


def test_a_limit_that_falls_on_the_day_is_told_and_nobody_is_called_late() -> None:
    said = page(whistle(blown_at=datetime(2026, 6, 10, 8), accepted_at=datetime(2026, 6, 10, 9)))
    assert "到 2026年6月17日 8:00 ， 就是今天" in said
    assert "已超过期限" not in said
    assert "已经超过期限" not in said


def test_what_was_solved_late_says_by_how_much_and_what_residents_said() -> None:
    late = BLOWN + timedelta(hours=170, minutes=30)
    more = {"solved_at": late, "called_back_at": late + timedelta(days=1), "reached": "接通"}
    said = page(whistle(**more, solved="未解决", content="不满意"))
    assert "比办理期限晚了 2 小时 30 分钟" in said
    assert "回访时居民说没解决" in said
    assert "居民说未解决，不满意" in said
    assert "现在没有等部门来办的事" in said


@pytest.mark.parametrize(("count", "percent"), [(9, False), (10, True)])
def test_a_rate_has_its_figures_and_a_percentage_only_from_ten_on(count: int, percent: bool) -> None:
    some = [whistle(n, **CALLED, solved="解决" if n > 3 else "未解决", content="满意") for n in range(1, count + 1)]
    said = page(*some)
    assert f"{count - 3}/{count}" in said
    assert ("%" in said) is percent
    assert not percent or f"{count - 3}/{count} （70.0%）" in said


def test_a_call_back_that_did_not_get_through_is_named_and_not_counted() -> None:
    said = page(whistle(**{**CALLED, "reached": "未接通"}))
    assert "另有 1 件回访没接通" in said
    assert re.search(r"解决率\s+还没有", said)


def test_departments_and_classes_have_their_rows_and_limits() -> None:
    said = page(whistle(), whistle(2, urgency="紧急"), whistle(3, department="供水单位"))
    assert re.search(r"供电单位\n2\n2\n2\n0/2\n—\n—", said)
    assert re.search(r"供水单位\n1\n1\n1\n0/1\n—\n—", said)
    assert "2 小时内响应，2 小时内办结" in said


def test_rows_that_are_looked_into_are_told() -> None:
    made = book(whistle())
    held = Withheld(COMMUNITY, "whistles", "W-9", whistle().place, {})
    seen = replace(made.whole, records=replace(made.whole.records, withheld=(held,), _indexes={}))
    assert "有 1 张吹哨单正在核对" in words(drawn(replace(made, whole=seen))[URL].body)


def test_a_matter_has_its_whistles_and_they_lead_to_it() -> None:
    found = drawn(book(MATTER, whistle(matter="M-1", done="换了灯头。"), whistle(2)))
    matter = found[f"{COMMUNITY}/matters/M-1/"].body
    assert "请部门来办的" in matter
    assert "第 1 件" in matter
    assert "换了灯头。" in matter
    assert "第 2 件" not in matter
    assert f'href="../../{COMMUNITY}/matters/M-1/"' in found[URL].body


def test_the_demo_has_one_that_runs_late_and_one_that_residents_deny(demo: Path) -> None:
    read = reading.read(demo).records
    found = tickets(read, PROCEDURES, "bayi", TODAY)
    assert len(found) >= 20
    assert {t.state for t in found} == set(templating.words()["whistle"]) - {"accepted", "solved"}
    assert [t.days_overdue for t in running(found)] == [7, 0, 0, 0]
    assert running(found)[1].due_today
    assert summary(found).response.printed
    for community in ("bayi", "nanhua", "fuqiang"):
        linked = [t for t in tickets(read, PROCEDURES, community, TODAY) if t.whistle.matter]
        assert linked
        assert all(read.get(community, Matter, t.whistle.matter) for t in linked)
