"""What is set on paper is what the fragment says: nothing added, nothing lost, nothing taken for markup."""

from __future__ import annotations

import io
import re
from collections import Counter
from html import escape
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.typeset import MissingGlyphs, NotSettable, Typesetter, fragment_tree, text_of

MM = 72 / 25.4
QR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h1v1h-1z"/></svg>'
RARE = "\U00020bb7"  # 𠮷, in neither font


def sheet(body: str, signer: str = "东胜小区居民委员会", day: str = "2026年3月5日") -> str:
    """A fragment with everything that every notice has."""
    return f"""<article class="notice"><h1>关于停车的公示</h1>{body}
    <footer class="close"><div class="tail"><figure class="qr">{QR}</figure><div><p>扫码</p></div></div>
    <div class="sign"><p class="signer">{signer}</p><p class="date">{day}</p></div></footer></article>"""


@pytest.fixture(scope="module")
def setter(root: Path) -> Typesetter:
    return Typesetter(root / "templates" / "layouts" / "notice.typ")


def words(pdf: bytes) -> str:
    """The text of a PDF without blanks and page numbers."""
    pages = (page.extract_text().strip() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s", "", "".join(re.sub(r"—\s*\d+\s*—$", "", page) for page in pages))


def box(page: pypdfium2.PdfPage, text: str) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a text on a page, in mm from its lower left corner."""
    chars = page.get_textpage()
    found = chars.search(text).get_next()
    assert found, f"{text} is not on the page"
    edges = [chars.get_charbox(n, loose=True) for n in range(found[0], found[0] + len(text))]
    left, bottom, right, top = zip(*edges, strict=True)
    return min(left) / MM, min(bottom) / MM, max(right) / MM, max(top) / MM


# --- the tree ------------------------------------------------------------------------------------------------------


def test_the_tree_holds_the_texts_as_a_browser_shows_them() -> None:
    html = '<p class="to">\n  各位&amp;居民:\n  <strong>3 日</strong>　内<br></p>\n'
    assert fragment_tree(html) == [
        {
            "tag": "p",
            "class": "to",
            "body": ["各位&居民: ", {"tag": "strong", "body": ["3 日"]}, "　内", {"tag": "br", "body": []}],
        }
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p><marquee>b</marquee>",
        "<script>x</script>",
        "<p>a",
        "<p>a</div>",
        "</p>",
        "<div>text without a paragraph</div>",
        "<p>a<svg><path></p>",
    ],
)
def test_what_the_layout_does_not_know_is_an_error(html: str) -> None:
    with pytest.raises(NotSettable):
        fragment_tree(html)


def test_a_picture_keeps_its_own_source() -> None:
    [node] = fragment_tree('<svg viewBox="0 0 3 3"><path d="M0 0h1&quot;"/></svg>')
    assert node == {
        "tag": "svg",
        "src": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 3"><path d="M0 0h1&quot;"></path></svg>',
        "body": [],
    }


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_any_cell_comes_through_as_its_own_text(cell: str) -> None:
    assert text_of(f"<p>{escape(cell)}</p>") == re.sub(" +", " ", cell).strip(" ")


# --- the paper -----------------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from([*map(chr, range(33, 127)), *"“停车”(日)、。《》〔〕—…"]), min_size=1, max_size=60))
def test_no_cell_is_markup_on_paper(setter: Typesetter, cell: str) -> None:
    html = sheet(f"<p>{escape(cell)}</p>")
    assert words(setter.pdf(html, title="公示")) == re.sub(r"\s", "", text_of(html))


@pytest.mark.parametrize(
    "cell", ['#panic("x")', "$x^2$", "*粗* _斜_ `码`", "@ref <label>", r"\u{1F600} \#", '#read("/etc/passwd")']
)
def test_typst_code_in_a_cell_or_title_is_printed_as_it_is(setter: Typesetter, cell: str) -> None:
    pdf = setter.pdf(sheet(f"<p>{escape(cell)}</p>"), title=cell)
    assert re.sub(r"\s", "", cell) in words(pdf)
    assert pypdf.PdfReader(io.BytesIO(pdf)).metadata.title == cell


def test_the_same_input_gives_the_same_bytes(setter: Typesetter, root: Path) -> None:
    again = Typesetter(root / "templates" / "layouts" / "notice.typ")
    html = sheet("<p>自2026年3月6日起公示7日。</p>")
    first = setter.pdf(html, title="公示")
    setter.pdf(sheet("<p>另一份</p>"), title="另一份")
    assert setter.pdf(html, title="公示") == first == again.pdf(html, title="公示")


def test_fonts_are_embedded_and_the_language_is_said(setter: Typesetter) -> None:
    reader = pypdf.PdfReader(io.BytesIO(setter.pdf(sheet("<h2>一、依据</h2><p>正文</p>"), title="公示")))
    fonts = [f.get_object() for page in reader.pages for f in page["/Resources"]["/Font"].values()]
    names = {f["/BaseFont"].split("+")[1] for f in fonts}
    assert {n.split("-")[0] for n in names} == {"NotoSerifSC", "NotoSansSC"}
    for font in fonts:
        assert "/ToUnicode" in font
        assert "/FontFile3" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    assert reader.trailer["/Root"]["/Lang"].startswith("zh")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize(("paper", "width", "height"), [("A4", 210, 297), ("A3", 297, 420)])
def test_the_sheet_has_the_size_asked_for(setter: Typesetter, paper: str, width: int, height: int) -> None:
    page = pypdf.PdfReader(io.BytesIO(setter.pdf(sheet("<p>正文</p>"), title="公示", paper=paper))).pages[0]
    assert [round(float(n) / MM) for n in (page.mediabox.width, page.mediabox.height)] == [width, height]


def test_a3_breaks_its_lines_where_a4_does(setter: Typesetter) -> None:
    html = sheet("<p>" + "停车位不够,大家商量着来。" * 20 + "</p>")
    a4, a3 = (
        pypdf.PdfReader(io.BytesIO(setter.pdf(html, title="公示", paper=p))).pages[0].extract_text()
        for p in ("A4", "A3")
    )
    assert a4.split("\n") == a3.split("\n")


def test_another_paper_is_refused(setter: Typesetter) -> None:
    with pytest.raises(ValueError, match="A5"):
        setter.pdf(sheet("<p>正文</p>"), title="公示", paper="A5")


# --- typography of GB/T 9704-2012 -----------------------------------------------------------------------------------


def test_a_line_holds_28_characters_within_the_type_area(setter: Typesetter) -> None:
    page = pypdfium2.PdfDocument(setter.pdf(sheet("<p>" + "公" * 26 + "开" * 28 + "</p>"), title="公示"))[0]
    left, _, right, _ = box(page, "开" * 28)
    assert left == pytest.approx(28, abs=0.3)
    assert right == pytest.approx(210 - 26, abs=0.3)
    first, *_ = box(page, "公" * 26)
    assert first - left == pytest.approx(2 * 156 / 28, abs=0.3)


@pytest.mark.parametrize("signer", ["居委会", "东胜小区居民委员会", "兴庆区富强社区居务监督委员会"])
def test_the_date_ends_four_characters_in_and_the_signer_stands_centred_over_it(
    setter: Typesetter, signer: str
) -> None:
    page = pypdfium2.PdfDocument(setter.pdf(sheet("<p>正文</p>", signer), title="公示"))[0]
    day, name = box(page, "2026年3月5日"), box(page, signer)
    assert 184 - day[2] == pytest.approx(4 * 156 / 28, abs=0.6)
    assert (name[0] + name[2]) / 2 == pytest.approx((day[0] + day[2]) / 2, abs=0.6)
    assert name[1] > day[1]


def test_a_signer_too_long_for_that_ends_at_the_type_area(setter: Typesetter) -> None:
    signer = "银川市兴庆区中山南街街道富强社区居民委员会"
    page = pypdfium2.PdfDocument(setter.pdf(sheet("<p>正文</p>", signer), title="公示"))[0]
    assert box(page, signer)[2] == pytest.approx(184, abs=0.6)


def test_a_seal_of_42_mm_has_room_over_signer_and_date(setter: Typesetter) -> None:
    page = pypdfium2.PdfDocument(setter.pdf(sheet("<p>最后一段正文。</p>"), title="公示"))[0]
    _, low, _, _ = box(page, "2026年3月5日")
    above = box(page, "最后一段正文。")[1]
    middle = (low + box(page, "东胜小区居民委员会")[3]) / 2
    assert above - middle >= 21


def test_every_page_has_its_number_odd_ones_right_even_ones_left(setter: Typesetter) -> None:
    document = pypdfium2.PdfDocument(setter.pdf(sheet("<p>正文很长。</p>" * 60), title="公示"))
    assert len(document) > 2
    for n, page in enumerate(document, start=1):
        left, bottom, right, _ = box(page, f"— {n} —")
        assert (right > 170) if n % 2 else (left < 45)
        assert bottom < 35


@pytest.mark.parametrize(
    "body",
    [
        "<table class='promise'><tbody><tr><td>{}</td><td>{}</td></tr></tbody></table>",
        "<table class='votes'><tbody><tr><td>{}</td><td>1</td><td>{}</td></tr></tbody></table>",
        "<ul class='names'><li>{}</li><li>{}</li></ul>",
        "<p>{}</p><h2>{}</h2>",
    ],
)
def test_however_long_a_text_is_none_of_it_runs_off_the_paper(setter: Typesetter, body: str) -> None:
    long = "这一条说得很长很长,一页写不下。" * 90
    html = sheet(body.format(long, "短").replace("'", '"'))
    pdf = setter.pdf(html, title="公示")
    # A cell that goes on over the page comes after its neighbour, so the order is not that of the fragment.
    assert Counter(words(pdf)) == Counter(re.sub(r"\s", "", text_of(html)))
    for page in pypdfium2.PdfDocument(pdf):
        chars = page.get_textpage()
        for n in range(chars.count_chars()):
            left, bottom, right, top = chars.get_charbox(n)
            assert left >= 0
            assert bottom >= 15 * MM
            assert right <= page.get_width()
            assert top <= page.get_height()


def test_lines_stand_closer_where_that_saves_a_sheet(setter: Typesetter) -> None:
    def pitch(lines: int) -> tuple[int, float]:
        document = pypdfium2.PdfDocument(
            setter.pdf(sheet("<p>第一行。</p><p>第二行。</p>" + "<p>行。</p>" * lines), title="公示")
        )
        return len(document), box(document[0], "第一行。")[1] - box(document[0], "第二行。")[1]

    by_length = [pitch(lines) for lines in range(4, 24)]
    usual, closer = pytest.approx(225 / 22, abs=0.1), pytest.approx(225 / 26, abs=0.1)
    assert by_length[0] == (1, usual)
    assert by_length[-1] == (2, usual)
    assert [p for p in by_length if p[1] == closer]
    assert all(pages == 1 for pages, gap in by_length if gap == closer)


# --- characters without a shape ------------------------------------------------------------------------------------


def font_with(character: str, path: Path) -> None:
    """A font of one glyph, a box."""
    pen = TTGlyphPen(None)
    for n, point in enumerate([(100, 0), (100, 700), (800, 700), (800, 0)]):
        (pen.lineTo if n else pen.moveTo)(point)
    pen.closePath()
    build = FontBuilder(1000, isTTF=True)
    build.setupGlyphOrder([".notdef", "rare"])
    build.setupCharacterMap({ord(character): "rare"})
    build.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "rare": pen.glyph()})
    build.setupHorizontalMetrics({".notdef": (500, 0), "rare": (1000, 100)})
    build.setupHorizontalHeader(ascent=880, descent=-120)
    build.setupNameTable({"familyName": "Rare Test", "styleName": "Regular", "psName": "RareTest-Regular"})
    build.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    build.setupPost()
    build.save(path)


def test_characters_without_a_shape_are_told_and_blanks_are_none(setter: Typesetter) -> None:
    assert setter.missing("停车 　\u200b\ufe0f\n难" + RARE + "✅") == {RARE, "✅"}


@pytest.mark.parametrize("where", ["body", "title"])
def test_a_sheet_with_a_box_on_it_is_not_made(setter: Typesetter, where: str) -> None:
    body, title = (f"<p>{RARE}</p>", "公示") if where == "body" else ("<p>正文</p>", RARE)
    with pytest.raises(MissingGlyphs) as caught:
        setter.pdf(sheet(body), title=title)
    assert caught.value.characters == RARE


def test_a_folder_of_fonts_that_is_not_there_is_an_error(root: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Typesetter(root / "templates" / "layouts" / "notice.typ", [tmp_path / "none"])


def test_a_further_font_brings_the_character(root: Path, tmp_path: Path) -> None:
    font_with(RARE, tmp_path / "rare.ttf")
    setter = Typesetter(root / "templates" / "layouts" / "notice.typ", [tmp_path])
    assert setter.missing(RARE) == set()
    assert RARE in words(setter.pdf(sheet(f"<p>{RARE}先生</p>"), title="公示"))
