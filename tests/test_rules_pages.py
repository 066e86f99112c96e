"""The pages of rules, and a community's own procedure: one file of its own makes page, checks, status and figures."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generator import build, templating
from generator.build import Gathered, Options
from generator.facts import lists
from generator.pages import Page, index_pages, record_folders, record_pages
from generator.pages.record import matter
from generator.pages.rules import procedures, rule_pages
from tests.rows import base_folder
from tests.test_site import Links

CLOCK = date(2030, 1, 1)

OWN = """\
kind = "procedure"
id = "louyuan"
title = "西园楼院三步"
summary = "楼院里的小事，楼长牵头，三步办完。"
used_for = "一个楼院里说得清的小事。"
source = "西园社区楼院公约"
local = "三步和天数都是西园社区自己的约定。"
community = "xiyuan"
reply_days = 2
sizes = ["小事"]

[[size]]
name = "小事"
title = "小事"
days = 10
who_sits = "楼长和当事的几户"

[[step]]
name = "说事"
title = "跟楼长说"
kind = "raise"
who = "居民"
does = "跟楼长说一声。"
evidence = ["楼长记录"]
next = ["商量"]

[[step]]
name = "商量"
title = "楼院里商量"
kind = "vote"
who = "楼院议事会"
does = "几户坐下来商量，举手定。"
evidence = ["商量记录"]
next = ["办好"]
ends = "商量不拢的，转到六步工作法。"
rules = ["louyuan-jushou"]

[[step]]
name = "办好"
title = "动手办好"
kind = "solve"
who = "楼长"
does = "办好了在楼门口贴一张。"
evidence = ["照片"]
ends = "办好了就结束。"
[step.publicity]
days = 3
kind = "日历日"
basis = "本地约定。"
"""

RULE = """\
kind = "rule"
id = "louyuan-jushou"
title = "楼院举手"
summary = "四分之三以上的户到场，到场的都同意才算。"
source = "西园社区楼院公约"
local = "西园社区自己的约定。"
community = "xiyuan"
meetings = ["三方联席会"]
counted_by = "households"
quorum = "at least 3/4 of eligible"
majority = "at least 1/1 of present"

[words]
unit = "户"
quorum_heads = "到场的户"
quorum_share = "四分之三以上"
majority_heads = "同意"
majority_share = "全部"
"""


@pytest.fixture
def folder(demo: Path, tmp_path: Path) -> Path:
    """The faultless base, to which a community adds a procedure and a rule: files, and nothing else."""
    records = base_folder(demo, tmp_path / "records")
    (records / "procedures" / "louyuan.toml").write_text(OWN, "utf-8")
    (records / "procedures" / "louyuan-jushou.toml").write_text(RULE, "utf-8")
    return records


def add(folder: Path, sheet: str, **cells: str) -> None:
    """One more row in a sheet of the community, cells by title."""
    path = folder / "xiyuan" / f"{sheet}.csv"
    text = path.read_text("utf-8-sig")
    header = text.split("\n", 1)[0].split(",")
    assert set(cells) <= set(header)
    path.write_text(text.rstrip("\n") + "\n" + ",".join(cells.get(t, "") for t in header) + "\n", "utf-8")


def raise_matter(folder: Path) -> None:
    add(
        folder, "matters", 编号="XY-2026-004", 标题="楼门口的台阶松了", 小区="XY-C1", 类别="设施维修", 大小急="小事",
        提出日期="2026-06-01", 提出渠道="居民来访", 提出人="一位居民", 公开同意="否", 内容="台阶松了一块。",
        程序="louyuan", 责任单位="XY-U5",
    )  # fmt: skip
    step = {"议题": "XY-2026-004", "结果": "完成", "经办": "楼长", "说明": "说了。"}
    add(folder, "steps", 编号="XY-2026-004-1", 步骤="说事", 日期="2026-06-01", **step)


def gathered(folder: Path, root: Path) -> Gathered:
    return build.gather(Options(root=root, records=folder, out=folder.parent / "public", clock=CLOCK))


def pages(found: Gathered) -> dict[str, Page]:
    return {p.url: p for p in (procedures(found.book), *rule_pages(found.book))}


def text(page: Page) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page.body))


def test_an_own_procedure_is_there_with_a_file_alone(folder: Path, root: Path) -> None:
    raise_matter(folder)
    found = gathered(folder, root)
    assert [p.line() for p in found.problems] == []
    standing = found.whole.cases.get("xiyuan", "XY-2026-004")
    assert standing is not None
    assert (standing.standing.step, standing.standing.due) == ("商量", date(2026, 6, 11))  # ten days
    assert standing.standing.overdue == 6
    drawn = pages(found)
    own = text(drawn["procedures/louyuan/"])
    for said in ("西园楼院三步", "只有西园社区", "楼院里商量", "商量不拢的", "楼门口的台阶松了", "已逾期6天", "3个日历日", "2天内告诉"):
        assert said in own
    assert "xiyuan/matters/XY-2026-004/" in drawn["procedures/louyuan/"].body
    assert "至少75户参加才算数" in text(drawn["procedures/rule_louyuan-jushou/"])
    assert "西园楼院三步" in text(matter(found.book, standing, found.whole.records.communities[0]))
    assert "西园楼院三步" in text(drawn["procedures/"])


def test_a_step_that_the_own_procedure_does_not_have_is_told(folder: Path, root: Path) -> None:
    raise_matter(folder)
    more = {"议题": "XY-2026-004", "结果": "完成", "经办": "楼长", "说明": "说了。"}
    add(folder, "steps", 编号="XY-2026-004-2", 步骤="做表决", 日期="2026-06-02", **more)
    (problem,) = gathered(folder, root).problems
    assert problem.code == "step-unknown"
    assert "说事、商量、办好" in problem.mend


def test_a_vote_is_judged_by_the_own_rule(folder: Path, root: Path) -> None:
    raise_matter(folder)
    add(
        folder, "meetings", 编号="XY-M9", 名称="楼院碰头会", 类型="三方联席会", 日期="2026-06-03", 时间="19:00", 地点="楼门口",
        主持人="XY-P1", 记录人="XY-P2", 应到="12", 实到="9", 概况="商量台阶。",
    )  # fmt: skip
    cells = {"会议": "XY-M9", "议题": "XY-2026-004", "规则": "louyuan-jushou", "应到": "12", "实到": "9", "弃权": "0"}
    add(folder, "votes", 编号="XY-V8", 表决事项="重铺台阶", 赞成="9", 反对="0", 公布结果="通过", **cells)
    add(folder, "votes", 编号="XY-V9", 表决事项="换成石头的", 赞成="8", 反对="1", 公布结果="通过", **cells)
    found = gathered(folder, root)
    assert [(p.code, p.place.row) for p in found.problems] == [("vote-result", 5)]
    case = found.whole.cases.get("xiyuan", "XY-2026-004")
    assert case is not None
    assert [(b.vote.id, b.decision.passed) for b in case.ballots] == [("XY-V8", True)]


def test_a_faulty_own_file_is_told_by_line_and_leaves_the_rest(folder: Path, root: Path) -> None:
    path = folder / "procedures" / "louyuan.toml"
    path.write_text(OWN.replace('next = ["办好"]', 'next = ["办妥"]'), "utf-8")
    found = gathered(folder, root)
    (problem,) = found.problems
    assert (problem.code, problem.place.file) == ("procedure-unknown-next", "records/procedures/louyuan.toml")
    assert path.read_text("utf-8").split("\n")[problem.place.row - 1] == 'next = ["办妥"]'
    drawn = pages(found)
    assert "procedures/louyuan/" not in drawn
    assert "procedures/liubu/" in drawn


# --- the pages of those that ship with Bugu


@pytest.fixture(scope="module")
def town(demo: Path, root: Path) -> Gathered:
    return build.gather(Options(root=root, records=demo, out=root / "nowhere", clock=CLOCK))


@pytest.fixture(scope="module")
def drawn(town: Gathered) -> dict[str, Page]:
    return pages(town)


def test_every_procedure_and_rule_has_one_page_with_all_its_versions(town: Gathered, drawn: dict[str, Page]) -> None:
    known = town.whole.procedures
    wanted = {f"procedures/{p.id}/" for p in known.procedures} | {f"procedures/rule_{r.id}/" for r in known.rules}
    assert set(drawn) == wanted | {"procedures/"}
    for version in (*known.procedures, *known.rules):
        kind = "rule_" if version in known.rules else ""
        body = drawn[f"procedures/{kind}{version.id}/"].body
        assert version.title in body
        assert version.source in body
        assert version.summary in body


def test_the_pages_lie_in_a_folder_that_has_a_shell(town: Gathered, drawn: dict[str, Page]) -> None:
    assert {p.folder for u, p in drawn.items() if u != "procedures/"} <= set(record_folders(town.book))


def test_the_version_in_force_stands_first(drawn: dict[str, Page]) -> None:
    page = drawn["procedures/daibiao-huiyi/"]
    assert "以前" not in page.title
    assert page.body.index("2025年修订") < page.body.index("2018年修正")
    assert page.body.index("<details>") < page.body.index("2018年修正")


def test_what_other_pages_link_to_is_on_the_index(town: Gathered, drawn: dict[str, Page]) -> None:
    links = Links()
    links.feed(drawn["procedures/"].body)
    known = town.whole.procedures
    assert {p.id for p in known.procedures} | {f"rule-{r.id}" for r in known.rules} <= set(links.ids)
    assert "limits-whistle" in links.ids
    assert len(links.ids) == len(set(links.ids))


def test_links_of_the_pages_lead_to_pages(town: Gathered, drawn: dict[str, Page]) -> None:
    there = {p.url for p in (*index_pages(town.book), *record_pages(town.book))}
    assert set(drawn) <= there
    for url, page in drawn.items():
        links = Links()
        links.feed(page.body)
        for _, _, link in links.links:
            if link.startswith("../"):
                depth = link.count("../")
                assert depth == url.count("/")
                assert link.replace("../", "").partition("#")[0] in there, (url, link)


def test_headings_do_not_skip_and_nothing_is_styled_inline(drawn: dict[str, Page]) -> None:
    for url, page in drawn.items():
        links = Links()
        links.feed(page.body)
        assert links.styled == [], url
        for before, after in zip(links.headings, links.headings[1:], strict=False):
            assert after <= before + 1, (url, links.headings)


def test_every_open_matter_is_on_the_page_of_its_procedure(town: Gathered, drawn: dict[str, Page]) -> None:
    for case in town.whole.cases.all():
        link = f"{case.community}/matters/{case.id}/"
        for url, page in drawn.items():
            here = case.standing.open and url == f"procedures/{case.procedure.id}/"
            assert (link in page.body) == here, (url, link)


def test_the_figures_of_a_rule_are_in_words_and_numbers(drawn: dict[str, Page]) -> None:
    said = text(drawn["procedures/rule_daibiao/"])
    assert "到会代表要三分之二以上（2/3，正好这么多也算）" in said
    assert "赞成要占参加的过半数（1/2，正好这么多不算）" in said
    assert "一共33人的，至少22人参加才算数；刚好22人参加的，至少12人赞成才通过；33人全参加的，至少17人赞成才通过。" in said
    assert "每100个居民代表里有20个提议，就应当开" in said
    assert "面积算到一个平方厘米" in text(drawn["procedures/rule_yezhu-yiban/"])
    assert "要本人来，不能委托别人" in text(drawn["procedures/rule_yeweihui/"])


def test_elections_are_on_the_page_of_their_procedure(town: Gathered, drawn: dict[str, Page]) -> None:
    held = {e.id: c.id for c in town.whole.records.communities for e in lists.elections_held(town.whole, c.id)}
    assert {"XJ01", "XJ02", "NH-E04"} <= set(held)
    found = {
        url: {i for i, c in held.items() if f"{c}/elections/#election-{i}" in page.body} for url, page in drawn.items()
    }
    assert found["procedures/xuanju/"] == {"XJ01", "XJ02"}
    assert found["procedures/weiwangge/"] == {i for i in held if i.startswith("NH-")}
    assert found["procedures/liubu/"] == set()
    assert "照这条路选过2次" in text(drawn["procedures/"])
    assert "2026年3月28日，八一社区：八一社区居民委员会委员另行选举，选1名，选出1名" in text(drawn["procedures/xuanju/"])


def test_only_ballots_that_came_back_count_in_an_election(drawn: dict[str, Page]) -> None:
    for id in ("juweihui-xuanju", "juweihui-lingxuan-hu", "tuixuan"):
        assert "没交的票只有交回来的票才算参加；没有交的不算参加，更不算得票" in text(drawn[f"procedures/rule_{id}/"])
    assert "人到了、票没交的，算参加，不算赞成" in text(drawn["procedures/rule_daibiao/"])


def test_hours_are_days_where_they_make_whole_ones_and_the_first_answer_has_one_name(drawn: dict[str, Page]) -> None:
    said = text(drawn["procedures/"])
    assert "一般：24小时内响应，7天内办结" in said
    assert "“响应”：签收、到场、办结，最先做到哪一样都算" in said
    assert "168" not in said


def test_a_half_of_the_area_that_is_not_enough_is_told_as_such(drawn: dict[str, Page]) -> None:
    said = text(drawn["procedures/rule_yezhu-yiban/"])
    assert "至少要有20000.00平方米参加；刚好参加这么多的，要有多于10000.00平方米赞成" in said
    assert "至少要有15000.00平方米赞成" in text(drawn["procedures/rule_yezhu-tebie/"])


def test_a_rule_says_for_what_it_is_where_that_is_not_any_motion(drawn: dict[str, Page]) -> None:
    second = "只在第一次投票没有选够、再选一次时用"
    assert second in text(drawn["procedures/rule_juweihui-lingxuan/"])
    assert "这条规则是选人用的" in text(drawn["procedures/rule_tuixuan/"])
    for plain in ("tuixuan", "daibiao"):
        assert second not in text(drawn[f"procedures/rule_{plain}/"])
    assert "选人用的" not in text(drawn["procedures/rule_daibiao/"])


def test_the_rhythm_is_on_the_page_of_its_meeting(drawn: dict[str, Page]) -> None:
    said = text(drawn["procedures/daibiao-huiyi/"])
    assert "居民代表会议：每半年至少开1次" in said
    assert "八一社区2026年上半年✓开了：3月20日、6月3日。另外，3月6日的会到的人不够数，不算。" in said
    assert "民主议政日：每个月至少开1次" in text(drawn["procedures/yizheng/"])


def test_no_page_is_drawn_of_anything_but_facts(town: Gathered) -> None:
    """What the templates of rules are given passes the gate for templates."""
    for version in (*town.whole.procedures.procedures, *town.whole.procedures.rules):
        templating.admit(version)
