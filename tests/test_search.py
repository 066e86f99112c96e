"""Words as readers see them, and files in which any phrase is found. The worker: browser/test_search_worker.py."""

from __future__ import annotations

import json
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search import Document, build, fold, text_of

# --- text_of ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>加装<b>电梯</b>的<a href='x'>议题</a></p>", "加装电梯的议题"),
        ("<ul><li>停车</li><li>难</li></ul>", "停车\n难"),
        ("<td>停车</td><td>难</td>", "停车\n难"),
        ("停车<br>难<br/>办", "停车\n难\n办"),
        ("<p>3 号楼\n   2 单元</p>", "3 号楼 2 单元"),
        ("<p>A&amp;B &lt;img src=x&gt; &#20851;&nbsp;于</p>", "A&B <img src=x> 关\xa0于"),
        ("<p>甲<!-- <p>乙</p> -->丙</p>", "甲丙"),
        ("<p>甲</p><script>if (a<b) '</p>'</script><style>p>b{}</style><p>乙</p>", "甲\n乙"),
        ("<p title='a > b'>甲</p>", "甲"),
        ("<p>甲<svg><title>图</title><path/></svg>乙</p>", "甲乙"),
        ("<p>甲</p><div hidden><div>乙</div><p>丙</p></div><p>丁</p>", "甲\n丁"),
        ("<p class='not hidden at all'>甲</p>", "甲"),
        ("<p hidden=''>甲</p><p hidden='until-found'>乙</p>", "乙"),
        ('<nav data-search="skip"><nav>甲</nav>乙</nav>丙', "丙"),
        ('<h2>议题<a class="headerlink" href="#x" title="链接">¶</a></h2>', "议题"),
        ("<html><head><title>甲</title></head><body>乙</body></html>", "乙"),
        ("<p>加装<wbr>电梯<img alt='' src='a.png'>好</p>", "加装电梯好"),
        ("<input hidden>甲", "甲"),
        ("", ""),
    ],
)
def test_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert text_of(html) == text


WORDS = st.text(alphabet="停车难公示 1aA<>&\"'𠮷。", max_size=6)
INLINE, BLOCK, UNSEEN = ["b", "span", "a", "mark"], ["p", "div", "li", "td"], ["svg", "template"]
TAGS = st.sampled_from([*INLINE, *BLOCK, *UNSEEN])


def _element(tag: str, inner: str) -> str:
    return f'<{tag} class="x > y">{inner}</{tag}>'


HTML = st.recursive(
    WORDS.map(escape),
    lambda inner: st.builds(_element, TAGS, st.lists(inner, max_size=4).map("".join)),
    max_leaves=12,
)


class Reader(HTMLParser):
    """The same rule told with the standard library's parser: slower, and independent of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.unseen.append(tag)
        elif tag in BLOCK and not self.unseen:  # a block in what nobody sees breaks no line
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.unseen and self.unseen[-1] == tag:
            self.unseen.pop()
        elif tag in BLOCK and not self.unseen:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def _read(html: str) -> str:
    reader = Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


@given(st.lists(HTML, max_size=5).map("".join))
def test_text_is_what_another_parser_reads(html: str) -> None:
    assert text_of(html) == _read(html)


# --- fold ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＤＳ－２０２６　Ａ座", "ds-2026 a座"),
        ("ｶﾞｽ ㎡ ①", "ガス m2 1"),
        ("ΟΔΟΣ", "οδοσ"),
        ("甲\u200b乙\ufe0f丙", "甲乙丙"),
        (" 甲 \t 乙\u00a0丙 \n\n  丁 ", "甲 乙 丙\n丁"),
        pytest.param("𠮷野家\ud800", "𠮷野家", id="half-a-character"),
    ],
)
def test_width_case_and_invisible_signs_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


# --- build -----------------------------------------------------------------------------------------------------------


def _lists(data: bytes, length: int) -> dict[str, list[int]]:
    """A file of places read back as its format is described."""
    head, _, rest = data.partition(b"\n")
    lists: dict[str, list[int]] = {}
    for name, count in zip(*json.loads(head), strict=True):
        width = 1 if count * 40 >= length else 2 if count * 8192 >= length else 3
        place, places = 0, lists.setdefault(name, [])
        while len(places) < count:
            gap, rest = int.from_bytes(rest[:width], "little"), rest[width:]
            place += gap
            if gap < 256**width - 1:
                places.append(place)
    assert rest == b""
    return lists


def _opened(files: dict[str, bytes]) -> tuple[dict[str, Any], dict[str, list[int]], dict[str, list[int]]]:
    manifest = json.loads(files["search/manifest.json"])
    inside = f"search/{manifest['stamp']}/"
    grams: dict[str, list[int]] = {}
    for n, first in enumerate(manifest["grams"]):
        lists = _lists(files[f"{inside}grams/{n}.bin"], manifest["length"])
        assert next(iter(lists)) == first
        assert (len(lists) == 1) == (n in manifest["alone"])
        grams |= lists
    assert list(grams) == sorted(grams)
    return manifest, grams, _lists(files[f"{inside}pages.bin"], manifest["length"])


PAGES = st.lists(
    st.builds(
        Document,
        url=st.just("x/"),
        title=st.text(alphabet="停车难𠮷 A", max_size=5),
        text=st.text(alphabet="停车难𠮷 \nAａ１", max_size=30),
    ),
    max_size=6,
)


def _body(page: Document) -> str:
    """A heading that repeats the title is not counted twice."""
    heading, _, rest = page.text.partition("\n")
    return rest if heading == page.title.strip() else page.text


@given(PAGES)
def test_every_pair_stands_where_the_text_has_it(pages: list[Document]) -> None:
    manifest, grams, table = _opened(build(pages))
    whole = "".join(f"{fold(page.title)}\n{fold(_body(page))}\n" for page in pages)
    expected: dict[str, list[int]] = {}
    for at in range(len(whole) - 1):
        if whole[at] not in " \n":
            expected.setdefault(whole[at : at + 2], []).append(at)
    assert manifest["length"] == len(whole)
    assert grams == expected
    assert [whole[at - 1] for at in table["starts"] + table["bodies"] if at] == ["\n"] * (2 * len(pages) - bool(pages))


def test_wide_and_narrow_gaps_are_read_back() -> None:
    far = "乙" * 500 + "甲丁" * 60 + "丙丁" * 40_000 + "甲丁" * 3 + "戊" * 400
    _, grams, _ = _opened(build([Document("x/", "题", far), Document("y/", "题", "丙甲" * 9 + far)]))
    whole = f"题\n{far}\n题\n{'丙甲' * 9 + far}\n"
    for gram in ("甲丁", "丙丁", "乙乙", "戊戊", "乙甲"):
        assert grams[gram] == [at for at in range(len(whole)) if whole.startswith(gram, at)]


def test_same_pages_same_bytes_and_another_page_another_folder() -> None:
    pages = [Document(f"{n}/", f"议题{n}", f"第{n}件\n停车难") for n in range(120)]
    assert build(pages) == build(iter(pages))
    stamps = {json.loads(build(some)["search/manifest.json"])["stamp"] for some in (pages, pages[1:])}
    assert len(stamps) == 2


def test_a_long_list_has_a_file_of_its_own_and_no_other_file_is_long() -> None:
    texts = ["".join(chr(0x4E00 + (n * 7 + k * k) % 900) for k in range(400)) for n in range(150)]
    pages = [Document(f"{n}/", f"议题{n}", text) for n, text in enumerate(texts)]
    files = build([*pages, Document("long/", "长", "啊哈" * 40_000)])
    manifest, grams, _ = _opened(files)
    sizes = {path: len(data) for path, data in files.items() if "/grams/" in path}
    alone = {f"search/{manifest['stamp']}/grams/{n}.bin" for n in manifest["alone"]}
    assert len(grams["啊哈"]) == 40_000
    assert {path for path, size in sizes.items() if size > 30_000} <= alone


def test_material_gets_an_index_it_can_read_and_words_of_ours() -> None:
    index = json.loads(build([], {"more": "另有 {count} 页"})["search/search_index.json"])
    assert index["docs"] == []
    assert index["config"]["separator"] == r"\s+"
    assert index["config"]["words"] == {"more": "另有 {count} 页"}


@pytest.mark.parametrize("url", ["/etc/", "//elsewhere.cn/", "javascript:alert(1)", "https://elsewhere.cn/", "\\\\x"])
def test_a_result_never_leads_out_of_the_site(url: str) -> None:
    with pytest.raises(ValueError, match="inside the site"):
        build([Document(url, "", "")])
