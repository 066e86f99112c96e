"""XML edited as text: only what is meant changes."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.feedback.markup import Element, Markup, escaped, quoted, shown, unescape
from generator.sources.xlsx_values import unescaped

_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")))


def test_tags_in_comments_data_and_attributes_are_no_tags() -> None:
    text = "<?xml version='1.0'?><!-- <b/> --><a x='<>'><![CDATA[<b>]]><b y=\"1>0\">t</b><b /></a>".replace(
        "<>", "&lt;>"
    )
    markup = Markup(text)
    found = list(markup.children(markup.root))
    assert [markup.whole(e) for e in found] == ['<b y="1>0">t</b>', "<b />"]
    assert markup.attributes(markup.root) == {"x": "<>"}
    assert markup.attributes(found[0]) == {"y": "1>0"}


def test_elements_of_one_name_within_one_another_end_where_they_should() -> None:
    markup = Markup("<a><b><b/><b>1</b></b><bb/><b>2</b></a>")
    assert [markup.whole(e) for e in markup.children(markup.root)] == ["<b><b/><b>1</b></b>", "<bb/>", "<b>2</b>"]


def test_edits_come_together_in_their_order() -> None:
    markup = Markup('<a><b x="1"/><c/></a>')
    b, c = markup.children(markup.root)
    markup.append(c, "<d/>")
    markup.set(b, "x", '"2"')
    markup.set(b, "y", "3", after="x")
    markup.insert_in_order(markup.root, ["b"], "<n/>")
    markup.insert_in_order(markup.root, ["z"], "<first/>")
    assert markup.done() == '<a><first/><b x="&quot;2&quot;" y="3"/><n/><c><d/></c></a>'


def test_two_edits_of_one_place_are_refused() -> None:
    markup = Markup("<a><b/></a>")
    b = next(markup.children(markup.root))
    markup.remove(b)
    markup.set(b, "x", "1")
    with pytest.raises(ValueError, match="two edits"):
        markup.done()


def _all_below(text: str) -> list[Element]:
    markup = Markup(text)
    return list(markup.children(markup.root))


@pytest.mark.parametrize("text", ["<a><b></a>", "<a>"])
def test_an_element_without_an_end_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="without an end"):
        _all_below(text)


@given(_TEXT, _TEXT)
def test_text_and_attributes_come_back_as_a_parser_reads_them(text: str, value: str) -> None:
    written = f'<a x="{quoted(value)}">{escaped(text)}</a>'
    read = ET.fromstring(written)
    markup = Markup(written)
    kept = "".join(c for c in text if c not in "\ufffe\uffff")
    assert (read.text or "") == markup.words(markup.root) == kept
    assert read.get("x") == markup.attributes(markup.root)["x"] == "".join(c for c in value if c not in "\ufffe\uffff")


@given(st.text(st.sampled_from("_x0041aF&<\n")))
def test_what_looks_like_a_characters_number_stays_text(text: str) -> None:
    assert unescaped(unescape(shown(text))) == text
