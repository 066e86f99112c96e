"""The search's worker in a real browser, asked with Material's own messages, against plain text search in Python."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.search import Document, build, fold, text_of

from .serving import serve_folder

pytestmark = pytest.mark.browser

WORKER = Path(__file__).parents[2] / "site" / "assets" / "javascripts" / "search.js"
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'"
WORDS = {"unreachable": "搜索的数据没有取到", "more": "另有 {count} 页"}
CELL = "<img src=x onerror=alert(1)>&amp;"
HANZI = "停车难加装电梯老槐树扰民高空抛物楼道堆物居民议题公示办理社区小区物业业主委员会东胜嘉木花园的了是在有和这"
OTHERS = [
    "𠮷",
    "𠮷野家",
    "3号楼",
    "2026年",
    "DS-2026-014",
    "，",
    "。",
    "：",
    "（二）",
    " ",
    "ＷＣ",
    "㎡",
    "A座",
    "é",
    "、",
]

ASK = """async queries => {
  const worker = new Worker("../assets/javascripts/search.js")
  const next = () => new Promise(resolve => worker.addEventListener("message", e => resolve(e.data), { once: true }))
  const index = await (await fetch("../search/search_index.json")).json()
  worker.postMessage({ type: 0, data: { ...index, options: { suggest: false } } })
  const answers = [await next()]
  for (const query of queries) {
    worker.postMessage({ type: 2, data: query })
    answers.push(await next())
  }
  worker.terminate()
  return answers
}"""


def _sentence(dice: random.Random) -> str:
    pieces = [dice.choice(OTHERS) if dice.random() < 0.1 else dice.choice(HANZI) for _ in range(dice.randint(3, 40))]
    return "".join(pieces).strip()


def _pages() -> list[Document]:
    dice = random.Random(20260301)
    pages = [
        Document(f"matters/{n}/", _sentence(dice)[:12] or "题", "\n".join(_sentence(dice) for _ in range(12)))
        for n in range(300)
    ]
    long = f"首{'甲乙' * 70}{'停车' * 35_000}甲乙尾"
    return [*pages, Document("cell/", f"台账 {CELL}", f"说明\n{CELL} 之后"), Document("long/", "很长的一页", long)]


PAGES = _pages()


def _write(folder: Path, pages: list[Document]) -> None:
    for path, data in build(pages, WORDS).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def _host(folder: Path, pages: list[Document]) -> None:
    """Our worker, our files, and one page to ask from."""
    (folder / "assets" / "javascripts").mkdir(parents=True)
    (folder / "assets" / "javascripts" / "search.js").write_bytes(WORKER.read_bytes())
    (folder / "ask").mkdir()
    (folder / "ask" / "index.html").write_text("<!doctype html><title>ask</title><link rel=icon href=data:>", "utf-8")
    _write(folder, pages)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in a folder of its host."""
    folder = tmp_path_factory.mktemp("host") / "deep" / "down"
    _host(folder, PAGES)
    return folder


@pytest.fixture(scope="module")
def ask(browser: Browser, site: Path) -> Iterator[Page]:
    with serve_folder(site.parents[1], {"Content-Security-Policy": CSP}) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}deep/down/ask/")
        yield page
        context.close()


def _results(page: Page, queries: list[str]) -> list[list[dict[str, Any]]]:
    ready, *answers = page.evaluate(ASK, queries)
    assert ready == {"type": 1}
    assert {answer["type"] for answer in answers} == {3}
    return [[item for [item] in answer["data"]["items"]] for answer in answers]


def _texts(pages: list[Document]) -> dict[str, str]:
    return {page.url: f"{fold(page.title)}\n{fold(page.text)}" for page in pages}


TEXTS = _texts(PAGES)


def _plain(query: str, texts: dict[str, str] = TEXTS) -> set[str]:
    """What text search finds: pages in which each term stands, in one line."""
    terms = fold(query).split(" ")
    return {url for url, text in texts.items() if all(term in text for term in terms)}


def _samples(dice: random.Random, count: int) -> list[str]:
    found: list[str] = []
    while len(found) < count:
        line = dice.choice(dice.choice(PAGES[:300]).text.split("\n"))
        begin, length = dice.randrange(len(line)), dice.randint(2, 12)
        piece = line[begin : begin + length]
        if fold(piece) and not unicodedata.combining(piece[0]):
            found.append(piece)
    return found


def test_finds_what_plain_text_search_finds_and_nothing_else(ask: Page) -> None:
    dice = random.Random(7)
    there = _samples(dice, 400)
    perhaps = ["".join(dice.choices(HANZI, k=dice.randint(2, 4))) for _ in range(150)]
    both = [f"{a} {b}" for a, b in zip(_samples(dice, 60), perhaps, strict=False)]
    absent = ["鲲鹏", "zz", "停车鲲", "\U0002a6d6\U0002a6d6", "甲乙" * 80, "首" + "甲乙" * 71, "车甲乙尾首"]
    single = ["𠮷", "难", "3", "，", "é", "鲲", "尾"]
    borders = [a[-2:] + b[:2] for a, b in zip(PAGES[0].text.split("\n"), PAGES[0].text.split("\n")[1:], strict=False)]
    queries = [*there, *perhaps, *both, *absent, *borders, *single, "首甲乙", "车甲乙尾", "甲乙停车", "ds－２０２６"]
    for query, items in zip(queries, _results(ask, queries), strict=True):
        found = [item["location"] for item in items]
        assert len(found) == len(set(found))
        assert set(found) == _plain(query), query
    assert all(_plain(query) for query in there)
    assert not any(_plain(query) for query in absent)


def test_titles_come_first_and_enter_opens_the_first(ask: Page) -> None:
    [items] = _results(ask, ["停车"])
    in_title = [("停车" in fold(unescape(item["title"]).replace("<mark>", ""))) for item in items]
    assert in_title == sorted(in_title, reverse=True)
    scores = [item["score"] for item in items]
    assert scores == sorted(scores, reverse=True)
    assert len({f"{score:.2f}" for score in scores}) == len(scores)


def test_excerpts_mark_each_match_in_the_words_of_the_page(ask: Page) -> None:
    [items] = _results(ask, ["wc"])
    assert items
    for item in items[:15]:
        shown = item["title"] + item["text"]
        marks = re.findall("<mark>(.*?)</mark>", shown)
        assert marks
        assert {fold(mark) for mark in marks} <= {"wc", "wcwc"}
        assert set(item["terms"]) == {"ＷＣ"}
    json.dumps(items, ensure_ascii=False).encode("utf-8")  # half a 𠮷 could not be written


def test_a_cell_comes_out_as_text(ask: Page) -> None:
    for query in ("img", "台账", "src=x", "amp;", "<img"):
        [items] = _results(ask, [query])
        [item] = [item for item in items if item["location"] == "cell/"]
        html = item["title"] + item["text"]
        assert set(re.findall("<.*?>", html)) <= {"<mark>", "</mark>"}
        bare = re.sub("</?mark>", "", item["title"])
        assert bare == escape(f"台账 {CELL}").replace("&#x27;", "&#39;")


def test_only_the_latest_of_several_questions_is_answered(ask: Page) -> None:
    answers = ask.evaluate(
        """async () => {
          const worker = new Worker("../assets/javascripts/search.js"), answers = []
          const settled = new Promise(resolve => worker.addEventListener("message", e => {
            answers.push(e.data)
            if (e.data.type === 3 && e.data.data.items.length === 0) resolve()
          }))
          worker.postMessage({ type: 0, data: { config: {}, docs: [] } })
          for (const query of ["停", "停车", "停车难", "鲲鹏"]) worker.postMessage({ type: 2, data: query })
          await settled
          return answers
        }"""
    )
    assert [answer["type"] for answer in answers] == [1, 3]


@pytest.mark.parametrize("query", ["", " ", "　", "\u200b"])
def test_an_empty_question_has_an_empty_answer(ask: Page, query: str) -> None:
    assert _results(ask, [query]) == [[]]


def test_without_the_files_the_reader_is_told(ask: Page, site: Path) -> None:
    away = site / "search" / "away.json"
    (site / "search" / "manifest.json").rename(away)
    try:
        [[item]] = _results(ask, ["停车"])
    finally:
        away.rename(site / "search" / "manifest.json")
    assert item["title"] == WORDS["unreachable"]
    assert _results(ask, ["停车"])[0]


def test_a_site_renewed_under_an_open_page_is_searched_anew(browser: Browser, tmp_path: Path) -> None:
    _host(tmp_path, [Document("old/", "旧", "停车难"), Document("x/", "", "无"), Document("gone/", "", "加装电梯")])
    with serve_folder(tmp_path) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}ask/")
        page.evaluate(
            """async () => {
              window.worker = new Worker("../assets/javascripts/search.js")
              window.ask = query => new Promise(resolve => {
                worker.onmessage = e => { if (e.data.type === 3) resolve(e.data.data.items.map(([i]) => i.location)) }
                worker.postMessage({ type: 2, data: query })
              })
              worker.postMessage({ type: 0, data: { config: {}, docs: [] } })
            }"""
        )
        assert page.evaluate("ask('车难')") == ["old/"]
        for file in (tmp_path / "search").glob("*/*/*"):
            file.unlink()
        _write(tmp_path, [Document("new/", "新", "加装电梯"), Document("both/", "", "停车难\n加装电梯")])
        assert page.evaluate("ask('装电')") == ["new/", "both/"]
        context.close()


def test_very_common_words_on_a_great_site_list_what_a_phone_can_load(browser: Browser, tmp_path: Path) -> None:
    pages = [Document(f"{n}/", f"第{n}号", "公示" if n % 3 else f"公示\n{n}停车") for n in range(2500)]
    _host(tmp_path, pages)
    with serve_folder(tmp_path) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}ask/")
        _, answer, rare = page.evaluate(ASK, ["公示", "9停车"])
        context.close()
    assert answer["data"]["total"] == 2500
    *items, [remark] = answer["data"]["items"]
    assert len(items) >= 2000
    assert remark["title"] == f"另有 {2500 - len(items)} 页"
    assert {item["location"] for [item] in rare["data"]["items"]} == _plain("9停车", _texts(pages))


FOLD_ALL = """(() => {
  SOURCE
  const changed = {}
  for (let code = 0; code < 0x110000; code++) {
    const character = String.fromCodePoint(code), folded = fold(character)
    if (folded !== character && (code < 0xd800 || code > 0xdfff)) changed[code] = folded
  }
  return changed
})()"""


def test_python_and_the_browser_fold_alike_over_all_of_unicode(ask: Page) -> None:
    changed = ask.evaluate(FOLD_ALL.replace("SOURCE", WORKER.read_text("utf-8")))
    assert len(changed) > 5_000
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.category(character) not in ("Cn", "Cs") and character != "\n":
            assert changed.get(str(code), character).strip(" ") == fold(character), hex(code)


# --- in Material's own search box ------------------------------------------------------------------------------------

PROSE = {
    "index.md": "# 首页\n\n欢迎",
    "elevator.md": "# 加装电梯\n\n三号楼加装**电梯**的议题，先后开了五次会。",
    "tree.md": "# 老槐树\n\n树要留，**停车难**也要解决。\n\n&lt;img src=x onerror=alert(1)&gt;停车",
}
CONFIG = """site_name: 布谷
theme: {name: material, language: zh, font: false, features: [search.highlight, search.share]}
plugins: [search]
"""


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site as Material draws it, with nothing changed but the search."""
    folder = tmp_path_factory.mktemp("material")
    (folder / "docs").mkdir()
    for name, text in PROSE.items():
        (folder / "docs" / name).write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, check=True, capture_output=True)
    public, pages = folder / "site", []
    (public / "assets" / "javascripts" / "search.js").write_bytes(WORKER.read_bytes())
    for page in sorted(public.rglob("index.html")):
        html = page.read_text("utf-8")
        page.write_text(re.sub(r"javascripts/workers/search\.\w+\.min\.js", "javascripts/search.js", html), "utf-8")
        article = html.partition("<article")[2].partition("</article>")[0]
        title = html.partition("<h1")[2].partition(">")[2].partition("<")[0]
        pages.append(Document(page.parent.relative_to(public).as_posix() + "/", title, text_of(f"<article{article}")))
    _write(public, pages)
    return public


@pytest.fixture
def box(context: BrowserContext, serve: Callable[[Path], str], material: Path) -> Iterator[tuple[Page, str]]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield page, serve(material)
    assert complaints == []


def _type(page: Page, words: str) -> None:
    """As an input method does: the words at once, then a key that goes up."""
    page.locator("[data-md-component=search-query]").fill(words)
    page.keyboard.press("End")


def test_keys_search_and_open_a_page_with_the_phrase_marked(box: tuple[Page, str]) -> None:
    page, address = box
    page.goto(f"{address}tree/")
    page.keyboard.press("/")
    _type(page, "装电")
    expect(page.locator(".md-search-result__meta")).to_have_text("找到 1 个符合条件的结果")
    expect(page.locator(".md-search-result__item h1")).to_have_text("加装电梯")
    assert page.locator(".md-search-result__item mark").all_inner_texts() == ["装电", "装电"]
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}elevator/?h=*")
    expect(page.locator("article mark").first).to_have_text("装电")


def test_arrows_and_escape_do_what_they_did(box: tuple[Page, str]) -> None:
    page, address = box
    page.goto(address)
    page.keyboard.press("s")
    _type(page, "议题")
    expect(page.locator(".md-search-result__item")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.md-search-result__link')")
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()


def test_a_shared_address_opens_the_search_and_markup_stays_text(box: tuple[Page, str]) -> None:
    page, address = box
    page.goto(f"{address}?q=停车+onerror")
    expect(page.locator(".md-search-result__item h1")).to_have_text("老槐树")
    expect(page.locator(".md-search-result__item article")).to_contain_text("<img src=x onerror=alert(1)>停车")
    assert page.locator(".md-search-result__item img").count() == 0
    _type(page, "没有这个")
    expect(page.locator(".md-search-result__meta")).to_have_text("没有找到符合条件的结果")
