"""The page of the account: what may be said, said plainly; n/N always, a percentage only from ten on."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest

from generator import pages, templating
from generator.facts.whole import whole
from generator.pages import Book
from generator.procedures import load
from generator.sheet import PublicRow
from generator.sheets.communities import Community
from generator.sheets.matters import Matter
from generator.sheets.steps import Step
from generator.sheets.units import Unit
from tests.conftest import ROOT
from tests.rows import COMMUNITY, records, row

PROCEDURES = load(ROOT / "records" / "procedures")[0]
TODAY = date(2026, 6, 17)
URLS = ("accountability/", f"{COMMUNITY}/accountability/")


def matter(number: int, ago: int, solved_after: int | None = None, **more: Any) -> list[PublicRow]:
    """A 小事 (30 days) raised ``ago`` days before."""
    raised = TODAY - timedelta(ago)
    usual = {"title": f"第 {number} 件", "size": "小事", "category": "其他", "raised_on": raised, "procedure": "liubu"}
    found: list[PublicRow] = [row(Matter, f"M-{number}", number + 1, **{**usual, **more})]
    if solved_after is not None:
        on = raised + timedelta(solved_after)
        found.append(row(Step, f"M-{number}-1", matter=f"M-{number}", step="促落实", result="完成", on=on, by="x"))
    return found


def bodies(*rows: PublicRow) -> dict[str, str]:
    phones = {"phone": "0951-5550100", "objections_phone": "0951-5550100"}
    community = row(Community, COMMUNITY, name="西苑社区", about="两个小区。", **phones)
    book = Book(whole(records([community, *rows]), PROCEDURES, TODAY), templating.environment(ROOT / "templates"))
    return {p.url: p.body for p in pages.index_pages(book) if p.url in URLS}


def words(body: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", body)))


@pytest.mark.parametrize("url", URLS)
def test_while_anything_is_overdue_the_page_says_so_and_with_whom(url: str) -> None:
    unit = row(Unit, "u-1", name="东院物业", kind="物业公司")
    text = words(bodies(*matter(1, 40, owner="u-1"), *matter(2, 40, 20), unit)[url])
    assert "今天（2026年6月17日）还不能说“件件有着落”，因为有 1 件超了期限" in text
    assert "可以说“件件有着落”" not in text.replace("还不能说", "")
    assert "责任单位：东院物业" in text
    assert "超了 10 天" in text
    assert "期限 2026年6月7日" in text


@pytest.mark.parametrize("url", URLS)
def test_when_it_is_true_the_page_says_it(url: str) -> None:
    text = words(bodies(*matter(1, 7), *matter(2, 40, 35))[url])
    assert "今天（2026年6月17日）可以说“件件有着落”" in text
    assert "还不能说“件件有着落”" not in text


@pytest.mark.parametrize("url", URLS)
def test_a_missing_answer_is_a_reason_too(url: str) -> None:
    text = words(bodies(*matter(1, 30))[url])
    assert "还不能说“件件有着落”，因为有 1 件过了日子还没有回音" in text
    assert "因为有 1 件过了日子还没有回音： 第 1 件" in text
    assert "该回音的日子 2026年5月25日超了 23 天" in text
    both = words(bodies(*matter(1, 30), *matter(2, 40))[url])
    assert "还不能说“件件有着落”，因为有 1 件超了期限，又有 2 件过了日子还没有回音" in both


@pytest.mark.parametrize("url", URLS)
def test_of_nothing_nothing_is_said(url: str) -> None:
    text = words(bodies()[url])
    assert "还没有人提过事" in text
    assert "可以说“" not in text


def test_a_percentage_stands_from_ten_on() -> None:
    nine = [r for n in range(9) for r in matter(n, 60, 20)]
    ten = [*nine, *matter(9, 60, 40)]
    assert "9/9" in words(bodies(*nine)[URLS[1]])
    assert "%" not in words(bodies(*nine)[URLS[1]])
    assert "9/10（90.0%）" in words(bodies(*ten)[URLS[1]])


def test_a_title_is_text_and_no_id_stands_twice() -> None:
    many = [r for n in range(12) for r in matter(n, 40 * n, 20 if n % 2 else None, title="<b>院灯</b>")]
    for body in bodies(*many).values():
        assert "<b>院灯" not in body
        ids = re.findall(r'\bid="([^"]+)"', body)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r"url\(#([^)]+)\)", body)) <= set(ids)
        named = {one for some in re.findall(r'aria-labelledby="([^"]+)"', body) for one in some.split()}
        assert named <= set(ids)
        assert "style=" not in body
        assert "<style" not in body
