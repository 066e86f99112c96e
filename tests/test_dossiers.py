"""The dossiers: a closed matter's whole file in order, the pages of its contents right, and nothing left out in silence."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from generator import build, dossiers, pages, typeset
from generator.dossiers import Dossier, fragment, several
from generator.facts import filing
from generator.shell import BODY, DESCRIPTION, TITLE, Shell
from generator.typeset import LINES, Typesetter, text_of
from tests.rows import COMMUNITY, base_folder

SITE = "https://bugu.example.org/"
RARE = "\U00020bb7"  # 𠮷, in no font at hand
PARTS = ("提出的事项", "办理过程", "异议和更正", "会议纪要", "表决", "公示和公告", "结果", "材料清单")
STEPS = ("广开渠道集议题", "审核筛选定议题", "调查研究拟方案", "议事协商做表决", "公示监督促落实", "协商成果有备案")

Gathering = Callable[..., build.Gathered]


@pytest.fixture
def gathering(root: Path, demo: Path, tmp_path: Path) -> Gathering:
    """The base with some texts of its files changed: (file, old, new) each, under a root with a cache of its own."""

    def gather(*changes: tuple[str, str, str]) -> build.Gathered:
        records = base_folder(demo, tmp_path / "records")
        for name, old, new in changes:
            path = records / name
            text = path.read_text("utf-8")
            assert old in text, (name, old)
            path.write_text(text.replace(old, new), "utf-8")
        if not (tmp_path / "templates").exists():
            (tmp_path / "templates").symlink_to(root / "templates")
        return build.gather(build.Options(tmp_path, records, tmp_path / "public", date(2030, 1, 1), site_url=SITE))

    return gather


def of(gathered: build.Gathered) -> dict[str, Dossier]:
    return {d.name: d for d in dossiers.dossiers(gathered.whole, gathered.notices, SITE)}


@pytest.fixture(scope="module")
def setter(root: Path) -> Typesetter:
    return Typesetter(root / "templates" / "layouts" / "dossier.typ", lines=LINES[:1], scale=dossiers.SCALE)


def flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def sheets(pdf: bytes) -> list[str]:
    """The words of each page, blanks out."""
    return [flat(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


FOOT = re.compile(r"第(\d+)页共(\d+)页")


@pytest.fixture
def whole_file(gathering: Gathering, setter: Typesetter) -> tuple[Dossier, str, bytes]:
    """The dossier of the matter that was solved and filed: itself, its fragment, its PDF."""
    gathered = gathering()
    dossier = of(gathered)["XY-2026-001"]
    html = fragment(dossier, gathered.env)
    return dossier, html, setter.pdf(html, title=dossier.title)


# --- which there are -----------------------------------------------------------------------------------------------


def test_every_closed_matter_with_a_sound_number_has_one(gathering: Gathering) -> None:
    found = of(gathering())
    assert {d.number: d.path for d in found.values()} == {
        "西园协备〔2026〕1号": f"{COMMUNITY}/dossiers/XY-2026-001",
        "西园协备〔2026〕2号": f"{COMMUNITY}/dossiers/XY-2026-003",
    }


@pytest.mark.parametrize("number", ["", "西园协备〔2026〕1号", "甲1", "西园协备〔2019〕2号"])
def test_without_a_sound_number_there_is_none(gathering: Gathering, number: str) -> None:
    found = of(gathering((f"{COMMUNITY}/matters.csv", "西园协备〔2026〕2号", number)))
    assert "XY-2026-003" not in found
    assert ("XY-2026-001" in found) == (number != "西园协备〔2026〕1号")


def test_every_closed_matter_of_the_demo_has_one(root: Path, demo: Path) -> None:
    gathered = build.gather(build.Options(root, demo, root / "public", date(2030, 1, 1), site_url=SITE))
    closed = {key for key, f in gathered.book.filed.items()}
    made = {(d.community, d.name) for d in dossiers.dossiers(gathered.whole, gathered.notices, SITE)}
    assert made == closed
    assert len(made) > 60


# --- the paper -----------------------------------------------------------------------------------------------------


def test_everything_stands_in_it_in_order(whole_file: tuple[Dossier, str, bytes]) -> None:
    _, _, pdf = whole_file
    text = "".join(sheets(pdf)[2:])  # after cover and contents
    numerals = "一二三四五六七八"
    steps = [f"第{n}步{title}" for n, title in enumerate(STEPS, 1)]
    asked = [
        "一、提出的事项", "马*英", "消防车进不来",
        "二、办理过程", *steps,
        "三、异议和更正", "隔离柱挡了轮椅的路", "柱子之间留出1.2米", "花费3680元", "花费3860元", "抄错了一位数",
        "四、会议纪要", "西园小区第1次议事协商会纪要", "少了两个车位",
        "五、表决", "消防通道划线方案", "达到", "通过",
        "六、公示和公告", "关于“关于施划消防通道标线的决议”的决议公告", "落实结果的公示",
        "七、结果", "3860元", "小区公共收益", "满意31份",
        "八、材料清单", "小白板照片", "报价单2份", "验收单",
    ]  # fmt: skip
    assert [f"{n}、{p}" for n, p in zip(numerals, PARTS, strict=True)] == [a for a in asked if a[1] == "、"]
    at = 0
    for words in asked:
        found = text.find(flat(words), at)
        assert found >= 0, words
        at = found


def test_each_step_says_who_when_what_and_on_what_evidence(whole_file: tuple[Dossier, str, bytes]) -> None:
    dossier, html, _ = whole_file
    text = text_of(html)
    for row in dossier.context["case"].steps:
        day = f"{row.on.year}年{row.on.month}月{row.on.day}日"
        assert re.search(
            f"日期\n{day}\n结果\n{row.result}\n经办\n{row.by}\n做了什么\n{row.note}\n凭据\n{row.evidence}\n", text
        )
    span = "2026年3月21日张贴；公示期自2026年3月22日至2026年3月30日，共7日，遇放假顺延"  # the 28th is a Saturday
    assert span in text


def contents(pdf: bytes) -> dict[str, int]:
    """What the contents say: heading → page."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    lines = map(str.strip, reader.pages[1].extract_text().split("\n"))
    entries = (re.match(r"(.+?)\s*(?:\.\s*){3,}(\d+)$", line) for line in lines)
    return {flat(entry[1]): int(entry[2]) for entry in entries if entry}


def marks(pdf: bytes) -> list[tuple[str, int]]:
    """The PDF's own bookmarks with their pages, in order."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))

    def walk(some: list[object]) -> Iterator[tuple[str, int]]:
        for one in some:
            if isinstance(one, list):
                yield from walk(one)
            else:
                yield flat(one.title), reader.get_destination_page_number(one) + 1  # type: ignore[attr-defined,arg-type,operator]

    return list(walk(reader.outline))


def test_the_contents_give_the_pages_on_which_things_stand(whole_file: tuple[Dossier, str, bytes]) -> None:
    _, html, pdf = whole_file
    listed, text = contents(pdf), sheets(pdf)
    toc = re.search(r'<ul class="toc">(.*?)</ul>', html, re.S)
    assert toc
    said = [flat(re.sub("<[^>]+>", "", li)) for li in re.findall(r"<li[^>]*>(.*?)</li>", toc[1], re.S)]
    assert said[:2] == ["一、提出的事项", "二、办理过程"]
    assert set(said) <= set(listed)  # what browsers are shown as contents, Typst lists too
    for title, page in listed.items():
        assert page > 2
        assert title in text[page - 1], (title, page)
    bookmarks = marks(pdf)
    assert all((title, page) in bookmarks for title, page in listed.items())
    assert [page for _, page in bookmarks] == sorted(page for _, page in bookmarks)


def test_every_page_has_its_number_of_how_many_and_the_file_number(whole_file: tuple[Dossier, str, bytes]) -> None:
    dossier, _, pdf = whole_file
    text = sheets(pdf)
    assert len(text) > 8
    for n, page in enumerate(text, 1):
        assert FOOT.findall(page)[-1] == (str(n), str(len(text)))
        assert dossier.number in page


def test_paper_and_page_have_the_same_words(whole_file: tuple[Dossier, str, bytes]) -> None:
    """So what the last look reads in the page is all that the PDF can say."""
    dossier, html, pdf = whole_file
    assert on_paper(dossier, pdf) == on_page(html)


def on_paper(dossier: Dossier, pdf: bytes) -> Counter[str]:
    """The characters of a PDF but for its contents, running heads and page numbers: what goes on over a page has no order."""
    head = flat(dossier.number + dossier.title)
    text = [FOOT.sub("", page) for page in sheets(pdf)]
    assert all(page.startswith(head) for page in text[1:])
    return Counter(text[0] + "".join(page.removeprefix(head) for page in text[2:]))


def on_page(html: str) -> Counter[str]:
    return Counter(flat(text_of(re.sub(r'<div class="contents">.*?</div>', "", html, flags=re.S))))


def test_the_same_file_gives_the_same_bytes_and_says_its_language(
    whole_file: tuple[Dossier, str, bytes], root: Path
) -> None:
    dossier, html, pdf = whole_file
    again = Typesetter(root / "templates" / "layouts" / "dossier.typ", lines=LINES[:1], scale=dossiers.SCALE)
    assert again.pdf(html, title=dossier.title) == pdf
    catalogue = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert catalogue["/Lang"].startswith("zh")
    assert catalogue["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in pdf


def test_the_only_code_is_the_cover_s(whole_file: tuple[Dossier, str, bytes]) -> None:
    dossier, html, _ = whole_file
    assert html.count("<svg") == 1
    assert html.index("<svg") < html.index('class="contents"')
    assert dossier.address == f"{SITE}{COMMUNITY}/matters/XY-2026-001/"


def test_a_very_long_text_keeps_all_its_words(gathering: Gathering, setter: Typesetter) -> None:
    long = "这一条说得很长很长，一页写不下。" * 300
    gathered = gathering((f"{COMMUNITY}/steps.csv", "比了两家报价。", long))
    dossier = of(gathered)["XY-2026-001"]
    html = fragment(dossier, gathered.env)
    pdf = setter.pdf(html, title=dossier.title)
    assert html.count("一页写不下") in (300, 600)  # in the step, and in the notice that tells what was done before it
    assert on_paper(dossier, pdf) == on_page(html)
    for page in pypdfium2.PdfDocument(pdf):
        chars = page.get_textpage()
        boxes = [chars.get_charbox(n) for n in range(chars.count_chars())]
        assert all(left >= 0 and bottom >= 40 and right <= page.get_width() for left, bottom, right, _ in boxes)


# --- what is not there is said -------------------------------------------------------------------------------------


def test_what_there_is_none_of_is_said(gathering: Gathering) -> None:
    gathered = gathering()
    text = text_of(fragment(of(gathered)["XY-2026-003"], gathered.env))
    for words in ("没有异议的记录", "没有更正的记录", "没有张贴公示、公告的记录", "没有决议", "没有填写办理结果"):
        assert words in text
    assert text.count("没有走到这一步，没有记录。") == 2  # 促落实 and 有备案 of a matter that was voted down
    assert "表决未通过" in text


def test_no_meeting_and_no_vote_are_said(gathering: Gathering) -> None:
    gathered = gathering(
        (f"{COMMUNITY}/items.csv", "XY-M2-1,XY-M2,1,大门门禁,XY-2026-003", "XY-M2-1,XY-M2,1,大门门禁,"),
        (f"{COMMUNITY}/votes.csv", "XY-V2,XY-M2,XY-2026-003", "XY-V2,XY-M2,"),
    )
    text = text_of(fragment(of(gathered)["XY-2026-003"], gathered.env))
    assert "没有开会议过这件事的记录" in text
    assert "没有开会表决" in text


def test_a_correction_that_starts_a_publicity_again_shows_both_runs(gathering: Gathering) -> None:
    again = "XY-GZ1,XY-2026-001,方案公示,,2026-03-25,原来的话,改过的话,写错了,是,"
    old = "XY-GZ1,XY-2026-001,落实结果公示,XY-R1,2026-04-03,花费3680元,花费3860元,抄错了一位数。,否,"
    gathered = gathering((f"{COMMUNITY}/corrections.csv", old, again))
    text = text_of(fragment(of(gathered)["XY-2026-001"], gathered.env))
    assert "公示\n2026年3月21日张贴；2026年3月25日更正，重新公示\n公示\n2026年3月25日张贴；" in text


def test_an_objection_without_an_answer_is_said(gathering: Gathering) -> None:
    gathered = gathering((f"{COMMUNITY}/objections.csv", "2026-03-24,XY-U5,部分采纳,柱子之间留出1.2米。", ",,,"))
    text = text_of(fragment(of(gathered)["XY-2026-001"], gathered.env))
    assert "没有答复的记录" in text


def test_rows_that_are_looked_into_are_counted(gathering: Gathering) -> None:
    gathered = gathering((f"{COMMUNITY}/votes.csv", "yezhu-yiban,300,240,110,120,10", "yezhu-yiban,300,240,111,120,10"))
    assert gathered.whole.records.withheld
    text = text_of(fragment(of(gathered)["XY-2026-003"], gathered.env))
    assert "有 1 行记录正在核对" in text
    assert "111" not in text


def test_what_is_shown_as_it_last_was_is_counted_and_said_where_it_stands(gathering: Gathering, tmp_path: Path) -> None:
    gathering()
    marked = (
        "表,编号,自,保留,行数,关于\nsteps,XY-2026-001-3,2026-06-10,是,1,\nvotes,,2026-06-11,否,1,议题:XY-2026-001\n"
    )
    (tmp_path / "records" / COMMUNITY / "withheld.csv").write_text(marked, "utf-8")
    gathered = gathering()
    text = text_of(fragment(of(gathered)["XY-2026-001"], gathered.env))
    assert "有 1 行记录正在核对，核对好之前没有收进这一卷。" in text
    assert "有 1 行记录的改动正在核对，这一卷里是原来公布的内容。" in text
    assert "比了两家报价。\n凭据\n报价单2份\n（这一行的新内容正在核对，这里是2026年6月10日以前公布的。）" in text


@pytest.mark.parametrize(
    ("cell", "things"),
    [
        ("现场照片3张、物业报价单", ["现场照片3张", "物业报价单"]),
        ("报价单（甲、乙）；签到表\n照片", ["报价单（甲、乙）", "签到表", "照片"]),
        ("《公约》、“三包、五包”责任书", ["《公约》", "“三包、五包”责任书"]),
        ("照片）、表", ["照片）", "表"]),
        ("", []),
        (None, []),
        ("、、", []),
    ],
)
def test_a_cell_of_several_things_is_several_lines_of_the_inventory(cell: str | None, things: list[str]) -> None:
    assert several(cell) == things


def test_what_a_resolution_names_again_is_one_thing(gathering: Gathering) -> None:
    gathered = gathering((f"{COMMUNITY}/resolutions.csv", "验收单、照片4张", "验收单、照片4张、收据"))
    found = [m.what for m in of(gathered)["XY-2026-001"].context["materials"]]
    assert Counter(found)["照片4张"] == 1  # of the step 促落实, on the same day
    assert {"验收单", "收据"} <= set(found)


# --- what a file says of itself ------------------------------------------------------------------------------------


def test_what_has_a_number_is_nowhere_called_unfiled(root: Path, demo: Path) -> None:
    """A procedure without a filing step ends with the work; its matter has a number and a dossier all the same."""
    gathered = build.gather(build.Options(root, demo, root / "public", date(2030, 1, 1), site_url=SITE))
    found = of(gathered)
    assert found["BY-2025-001"].context["case"].standing.state == "solved"
    for dossier in found.values():
        text = text_of(fragment(dossier, gathered.env))
        solved = dossier.context["case"].standing.solved
        assert "还没有归档" not in text
        assert text.count(f"，已备案（归档号 {dossier.number}）") == 2  # on the cover and in the result
        assert text.count("已解决，已备案（归档号 ") == (2 if solved else 0)


def test_the_cover_says_when_it_was_filed_and_leaves_room_to_sign(gathering: Gathering) -> None:
    gathered = gathering()
    cover = {id: text_of(fragment(d, gathered.env)).split("目录")[0] for id, d in of(gathered).items()}
    filed = of(gathered)["XY-2026-001"].context["filed_on"]
    assert f"归档日期\n{filed.year}年{filed.month}月{filed.day}日\n" in cover["XY-2026-001"]
    assert re.search("归档日期\n没有归档一步的记录，2026年[0-9]+月[0-9]+日办结\n", cover["XY-2026-003"])
    for text in cover.values():
        for who in ("立卷人", "审核人", "归档人"):
            assert re.search(who + "\n\n日期\n　+年　+月　+日", text)


def test_a_cover_with_a_long_title_and_every_note_is_one_page(gathering: Gathering, setter: Typesetter) -> None:
    gathered = gathering((f"{COMMUNITY}/matters.csv", "3号楼前消防通道被占", "3号楼前消防通道长期被占、充电桩位置" * 4))
    dossier = of(gathered)["XY-2026-001"]
    noted = replace(dossier, context={**dossier.context, "withheld": 3, "older": 2})
    html = fragment(noted, gathered.env)
    assert html.count('class="mending"') == 2
    text = sheets(setter.pdf(html, title=dossier.title))
    assert "正在核对" in text[0]
    assert "手机扫码" in text[0]
    assert "目录" in text[1]


def test_who_does_a_step_may_be_a_whole_sentence(root: Path, demo: Path) -> None:
    gathered = build.gather(build.Options(root, demo, root / "public", date(2030, 1, 1), site_url=SITE))
    found = of(gathered)
    text = text_of(fragment(found["NH-2025-001"], gathered.env))
    assert "谁来办：居民代表会议；涉及全体居民利益的重要事项，提交居民会议。" in text
    assert not re.search("由[^。\n]*负责。", text)


@pytest.mark.parametrize("id", ["DS-2021-007", "NH-2025-001", "BY-2025-001", "DS-2022-007"])
def test_no_page_but_the_last_is_nearly_empty(id: str, root: Path, demo: Path, setter: Typesetter) -> None:
    gathered = build.gather(build.Options(root, demo, root / "public", date(2026, 7, 1), site_url=SITE))
    dossier = of(gathered)[id]
    pdf = setter.pdf(fragment(dossier, gathered.env), title=dossier.title)
    used = filled(pdf)
    assert min(used[2:-1]) > 0.4, used
    text = sheets(pdf)
    assert "一、提出的事项" in text[2]  # the contents have no page of two lines
    head = flat(dossier.number + dossier.title)
    for page in text[2:]:
        assert not page.removeprefix(head).startswith(("对本纪要", flat(dossier.context["community"].signer)))


def filled(pdf: bytes) -> list[float]:
    """How far down its type area each page is written on, 0 to 1; the head and the page number are not counted."""
    top, bottom = 841.9 - 35 * 72 / 25.4, 34 * 72 / 25.4
    found: list[float] = []
    for page in pypdfium2.PdfDocument(pdf):
        words = page.get_textpage()
        boxes = [words.get_charbox(n) for n in range(words.count_chars())]
        low = min((b for left, b, right, _ in boxes if right > left and bottom < b < top), default=top)
        found.append((top - low) / (top - bottom))
    return found


def test_the_cells_of_a_vote_say_what_they_are_where_the_table_folds(whole_file: tuple[Dossier, str, bytes]) -> None:
    _, html, _ = whole_file
    tables = re.findall(r'<table class="(?:votes|inventory)">.*?</table>', html, re.S)
    assert len(tables) > 1
    for table in tables:
        heads = re.findall(r"<th[^>]*>(.*?)</th>", table)
        for row in re.findall(r"<tr>(?=<td)(.*?)</tr>", table, re.S):
            assert re.findall(r'<td[^>]* data-label="([^"]*)"', row) == heads


# --- in the build --------------------------------------------------------------------------------------------------


class _Shells(dict[str, Shell]):
    """A plain shell for every folder, in the place of the theme's."""

    def __missing__(self, folder: str) -> Shell:
        return Shell.cut(
            f'<meta name="referrer" content=""><title>{TITLE}</title>{DESCRIPTION}<main>{BODY}</main>', "#"
        )


def built(gathered: build.Gathered) -> dict[str, bytes]:
    return dict(build.files(gathered, _Shells(), ()))


def test_every_link_to_a_dossier_leads_to_a_file_and_every_pdf_has_its_page(gathering: Gathering) -> None:
    made = built(gathering())
    assert made[f"{COMMUNITY}/dossiers/XY-2026-001.pdf"].startswith(b"%PDF")
    for name in (n for n in made if n.endswith(".pdf")):
        assert name.removesuffix(".pdf") + ".html" in made  # the last look at the site reads that
    links = _links(made)
    assert {f"{COMMUNITY}/dossiers/XY-2026-001.pdf", f"{COMMUNITY}/dossiers/XY-2026-003.html"} <= links
    assert {link for link in links if not link.endswith("/")} <= set(made)


def _links(made: dict[str, bytes]) -> set[str]:
    """Where the pages that tell of dossiers link to among them, from the site's root."""
    html = [made[n].decode() for n in made if n.endswith(".html") and ("/dossiers/" in n or "/matters/XY" in n)]
    return {link for page in html for link in re.findall(r'href="(?:\.\./)+([^"]*/dossiers/[^"]*)"', page)}


def test_the_register_lists_the_numbers_in_order(gathering: Gathering) -> None:
    register = built(gathering())[f"{COMMUNITY}/dossiers/index.html"].decode()
    assert register.index("西园协备〔2026〕1号") < register.index("西园协备〔2026〕2号")
    missing = built(gathering((f"{COMMUNITY}/matters.csv", "西园协备〔2026〕2号", "")))
    assert "还没有编号" in missing[f"{COMMUNITY}/dossiers/index.html"].decode()
    assert f"{COMMUNITY}/dossiers/XY-2026-003.html" not in missing


def test_the_register_says_when_each_was_filed_and_who_has_yet_to_file_what(gathering: Gathering) -> None:
    register = built(gathering())[f"{COMMUNITY}/dossiers/index.html"].decode()
    one, other = (register.index(f"西园协备〔2026〕{n}号") for n in (1, 2))
    assert re.search("归档日期\\D*2026", register[one:other])
    assert "已解决，已备案（归档号 西园协备〔2026〕1号）" in register
    assert "表决未通过，已备案（归档号 西园协备〔2026〕2号）" in register
    assert "还没归档" not in register


def test_what_is_solved_and_not_filed_is_listed_with_its_owner(root: Path, demo: Path) -> None:
    gathered = build.gather(build.Options(root, demo, root / "public", date(2026, 7, 1), site_url=SITE))
    book = gathered.book
    left = filing.unfiled(book.whole, "fuqiang")
    assert {c.id for c in left} >= {"DS-2021-010", "DS-2023-004", "DS-2025-005"}
    assert all(c.standing.state == "solved" and not c.standing.closed for c in left)
    body = next(p.body for p in pages.record_pages(book) if p.url == "fuqiang/dossiers/")
    assert f"另有 {len(left)} 件已解决、还没归档" in body
    tail = body[body.index("另有") :]
    for c in left:
        owner = book.whole.unit("fuqiang", c.matter.owner)
        assert re.search(f'matters/{c.id}/">[^<]*</a>[^<]*(?:<[^<]*)*?责任单位：{owner}；谁来归档：[^；）]', tail), c.id


def test_a_number_in_doubt_is_shown_as_such_and_bears_no_dossier(gathering: Gathering) -> None:
    made = built(gathering((f"{COMMUNITY}/matters.csv", "西园协备〔2026〕2号", "西园协备〔2026〕1号")))
    assert not [n for n in made if "/dossiers/XY" in n]
    for id in ("XY-2026-001", "XY-2026-003"):
        page = made[f"{COMMUNITY}/matters/{id}/index.html"].decode()
        assert "正在核对：和另一件事重了号" in page
        assert "打开整份卷宗" not in page


def test_a_character_without_a_shape_is_told_and_no_page_links_to_a_pdf_that_is_not_there(gathering: Gathering) -> None:
    gathered = gathering((f"{COMMUNITY}/matters.csv", "车停在消防通道上", f"{RARE}停在消防通道上"))
    made = built(gathered)
    assert f"{COMMUNITY}/dossiers/XY-2026-001.pdf" not in made
    assert RARE in made[f"{COMMUNITY}/dossiers/XY-2026-001.html"].decode()
    assert f"{COMMUNITY}/dossiers/XY-2026-003.pdf" in made
    told = [p for p in gathered.problems if p.code == "notice-glyph" and p.params["name"] == "XY-2026-001"]
    assert len(told) == 1
    assert told[0].place.file.endswith(f"{COMMUNITY}/matters.csv")
    assert {link for link in _links(made) if not link.endswith("/")} <= set(made)
    assert 'href="XY-2026-001.pdf"' not in made[f"{COMMUNITY}/dossiers/XY-2026-001.html"].decode()


def test_what_did_not_change_is_not_set_again(gathering: Gathering, monkeypatch: pytest.MonkeyPatch) -> None:
    first = built(gathering())
    again: list[str] = []
    real = typeset.Typesetter.pdf

    def told(self: Typesetter, html: str, *, title: str, paper: str = "A4") -> bytes:
        again.append(title)
        return real(self, html, title=title, paper=paper)

    monkeypatch.setattr(typeset.Typesetter, "pdf", told)
    assert built(gathering()) == first
    assert again == []
    built(gathering((f"{COMMUNITY}/matters.csv", "有居民想换门禁", "有居民要换门禁")))
    assert again == ["大门换人脸识别"]


def test_a_matter_page_without_a_dossier_links_to_none(gathering: Gathering) -> None:
    gathered = gathering()
    bodies = {p.url: p.body for p in pages.record_pages(gathered.book)}
    assert "卷宗 PDF" not in bodies[f"{COMMUNITY}/matters/XY-2026-001/"]
    assert "备案目录" not in bodies[f"{COMMUNITY}/matters/XY-2026-002/"]
