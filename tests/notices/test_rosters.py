"""The rosters: who serves a place, which duty nobody holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jinja2 import Environment

from generator.notices import fragment, notices
from generator.typeset import text_of

from .rows import SITE, Table, called, facts


def roster(root: Path, env: Environment, name: str, duties: Table, people: Table | None = None) -> str:
    grids = [
        {"id": "g1", "name": "第一网格", "level": "网格", "compound": "ds", "scope": "1—9号楼"},
        {
            "id": "g1-1",
            "name": "东胜小区第1微网格",
            "level": "微网格",
            "parent": "g1",
            "compound": "ds",
            "scope": "1号楼",
        },
    ]
    rows = [{"id": f"d{n}", "since": date(2026, 1, n), **d} for n, d in enumerate(duties, start=1)]
    more = {"people": people} if people else {}
    return text_of(fragment(called(notices(facts(root, duties=rows, grids=grids, **more), SITE), name), env))


def test_a_grid_says_which_duty_nobody_holds(root: Path, env: Environment) -> None:
    words = roster(root, env, "mingce-wangge-g1", [{"person": "p1", "duty": "专职网格员", "grid": "g1"}])
    assert "马兰" in words
    assert "0951-5550163" in words
    assert words.count("暂缺") == 4  # three duties of the grid, and whoever would lead its micro-grid


def test_a_duty_held_for_the_whole_community_counts_for_each_grid(root: Path, env: Environment) -> None:
    duties = [{"person": "p1", "duty": d, "serves": "各网格"} for d in ("片区民警", "人民调解员", "卫生网格员")]
    duties += [{"person": "p1", "duty": "专职网格员", "grid": "g1"}]
    duties += [{"person": "p2", "duty": "微网格长", "grid": "g1-1"}]
    words = roster(root, env, "mingce-wangge-g1", duties)
    assert "暂缺" not in words
    assert words.count("各网格") == 3
    assert "第1微网格\n1号楼\n王*三" in words


def test_a_person_with_one_duty_for_two_grids_stands_on_one_line(root: Path, env: Environment) -> None:
    duties = [{"person": "p1", "duty": "片区民警", "compound": "ds", "serves": s} for s in ("第一网格", "第二网格")]
    words = roster(root, env, "mingce-xiaoqu-ds", duties)
    assert words.count("马兰") == 1
    assert "第一网格、第二网格" in words


def test_names_that_mask_alike_are_told_apart_by_building(root: Path, env: Environment) -> None:
    people = [
        {"id": f"p{n}", "name": name, "basis": "不公开", "building": f"{n}号楼"}
        for n, name in ((1, "张三"), (2, "张四"))
    ]
    duties = [{"person": p, "duty": "单元管家", "compound": "ds", "serves": "1单元"} for p in ("p1", "p2")]
    words = roster(root, env, "mingce-xiaoqu-ds", duties, people)
    assert "张*(1号楼)　1单元" in words
    assert "张*(2号楼)　1单元" in words


def test_a_roster_is_dated_by_its_last_change_and_never_due(root: Path) -> None:
    duties = [{"id": "d1", "person": "p1", "duty": "居委会主任", "since": date(2026, 1, 9)}]
    duties += [{"id": "d2", "person": "p1", "duty": "居委会委员", "since": date(2026, 5, 1)}]
    notice = called(notices(facts(root, duties=duties), SITE), "mingce-shequ-fu")
    assert (notice.date, notice.due) == (date(2026, 1, 9), False)
