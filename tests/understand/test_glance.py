"""A quick look says yes only where the closer look finds nothing."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import assume, example, given
from hypothesis import strategies as st

from generator import privacy, typed
from generator.columns import Bad
from generator.privacy import spotting
from generator.typed import answers
from generator.understand.glance import is_harmless, is_legible, is_plain_id, is_something

FIGURES = "0123456789０１９零〇一二幺壹貳叄○①½²⒈㏱㈠٣OoIl百-—·. 　单元栋号楼#室房住户xX\n"
HANDLED = st.lists(
    st.sampled_from(["微信", "VX", "QQ", "号", ":", "宁A", "zhangsan", "@", "＠", "qq.com", "ABCD", "1", "学"]),
    max_size=6,
)
NEAR = (
    HANDLED.map("".join)
    | st.text(alphabet=FIGURES, max_size=24)
    | st.text(alphabet="0123456789.,", max_size=12)
    | st.text(max_size=24)
)
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}[A-Za-z0-9]", fullmatch=True) | st.from_regex(
    r"(?:[A-Z]{0,2}-)?[0-9]{1,6}(?:-[0-9]{1,12}){0,3}", fullmatch=True
)


def test_every_character_of_a_harmless_text_is_known() -> None:
    """Whatever becomes a figure in another form is looked at closely."""
    for code in range(sys.maxunicode + 1):
        c = chr(code)
        if is_harmless(c * 11):
            plain = unicodedata.normalize("NFKC", c)
            assert not any(f.isdigit() or f in f"{spotting._HAN}百OoIl" for f in plain), hex(code)


@given(NEAR)
@example("五百一室")
@example("l3OOOlOOOOO")
@example("住五〇一室")
@example("有事写信zhangsan@qq.com")
@example("写信zhangsan＠qq.com")
@example("微信zhanglaoshi")
@example("VX:zhang_san")
@example("宁AABCD1")
@example("宁A·ABC1D挂")
def test_a_harmless_text_has_nothing_to_be_found(text: str) -> None:
    if is_harmless(text):
        assert privacy.scan(text) == []


@given(IDS | st.text(alphabet="0139OoIlxX-6", min_size=5, max_size=22))
@example("139OOOO1111")
@example("A-1390000lIlI")
@example("640104xxxxxxxx0018")
@example("A-3-2-501")
def test_a_plain_id_has_nothing_to_be_found(text: str) -> None:
    if is_plain_id(text):
        assert privacy.scan(text) == []
        assert not typed.missing(text)
        assert typed.legible(text) == text


def test_what_is_no_plain_id() -> None:
    assert is_plain_id("DS-2026-014")
    assert is_plain_id("dongsheng")
    private = ("13900001111", "139OOOO1111", "640104xxxxxxxx0018", "640104199001011234", "3-2-501", "a-3-2-501")
    for text in (*private, "null", "DS_1234", "ＤＳ-2026", ""):
        assert not is_plain_id(text)


@given(
    st.text(alphabet="一二楼道锟斤拷烫同上空無⼀龍，。,.!0aé\ue000 \n\u200b（）“”…—·#", min_size=1, max_size=20)
    | st.text(min_size=1)
)
def test_a_legible_text_is_given_back_as_it_is(text: str) -> None:
    if is_legible(text):
        assert typed.legible(text) == text


@given(st.integers(0, sys.maxunicode).map(chr), st.text(alphabet="楼道堆物", min_size=8, max_size=8))
def test_a_legible_text_has_common_characters_alone(c: str, rest: str) -> None:
    if is_legible(c + rest):
        assert typed.legible(c + rest) == c + rest


@given(st.sampled_from(sorted(answers._NOTHING | answers._NONE)), st.sampled_from(["", "(", "【", " ", "　"]))
def test_words_for_nothing_are_looked_at_closely(word: str, before: str) -> None:
    assert not is_something(before + word)


@given(st.text(min_size=1, max_size=6))
def test_something_is_not_nothing(text: str) -> None:
    try:
        nothing = typed.missing(text)
    except Bad:
        assume(False)
    assert not (nothing and is_something(text))
