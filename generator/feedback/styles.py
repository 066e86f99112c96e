"""The cell styles of a workbook: a style as it is but on our colour, and the way back from it.

Our colour is a row of shades that no eye tells apart. Which shade a cell has says which fill it had before: the first, none;
each other one, the fill of a sample that the list in the copy keeps (``listing``). A program that saves the copy may
number all styles anew: the shades and the samples stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .markup import Element, Markup, quoted
from .package import DECLARATION

_LISTS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
_ONES = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}
_SHADES = 64
_LIGHT, _DARK = 0xFFE380, 0xB35300  # under dark and under white letters; the last six bits count the shades
_SOLID = re.compile(r"patternType\s*=\s*[\"']solid[\"']")
_FRONT = re.compile(r"<(?:[^\s<>:/]+:)?fgColor\s[^>]*?rgb\s*=\s*[\"'](?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})[\"']")
_WHITE_THEME, _WHITE_INDEXED = ("0", "2"), ("1", "9")
_DEFAULTS = {"numFmtId", "fontId", "fillId", "borderId", "xfId", "quotePrefix", "pivotButton"}


def bare(namespace: str) -> str:
    """The styles of a workbook that has none: one of everything that a program may ask for."""
    xf = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
    return (
        f'{DECLARATION}<styleSheet xmlns="{quoted(namespace)}"><cellStyleXfs count="1"><xf {xf}/></cellStyleXfs>'
        f'<cellXfs count="1"><xf {xf} xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


class Styles:
    """A ``styles.xml`` to look up and to add to; :meth:`done` gives it with what was added."""

    def __init__(self, text: str) -> None:
        self._markup = Markup(text)
        p = self._prefix = self._markup.prefix
        self._elements: dict[str, Element] = {}
        self._texts: dict[str, list[str]] = {}
        for name, one in _ONES.items():
            found = self._markup.child(self._markup.root, name)
            ones = [e for e in self._markup.children(found) if e.local == one] if found else []
            self._texts[name] = [self._markup.whole(e) for e in ones]
            if found:
                self._elements[name] = found
        first = {
            "fonts": [f'<{p}font><{p}sz val="11"/><{p}name val="宋体"/></{p}font>'],
            "fills": [f'<{p}fill><{p}patternFill patternType="{t}"/></{p}fill>' for t in ("none", "gray125")],
            "borders": [f"<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>"],
            "cellXfs": [f'<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'],
        }
        self._had = {name: len(texts) for name, texts in self._texts.items()}
        for name, texts in self._texts.items():
            texts.extend(first[name] if not texts else ())
        self._first = {name: len(texts) for name, texts in self._texts.items()}
        self._shades: dict[str, int] = {"": 0}
        self._samples: dict[int, tuple[int, int]] = {}
        self._made: dict[int, int | None] = {}
        self._before: dict[int, int] = {}

    def _add(self, name: str, text: str) -> int:
        texts = self._texts[name]
        if text not in texts:
            texts.append(text)
        return texts.index(text)

    def _at(self, index: int) -> dict[str, str]:
        markup = Markup(self._xf(index))
        return markup.attributes(markup.root)

    def _xf(self, index: int) -> str:
        xfs = self._texts["cellXfs"]
        return xfs[index] if 0 <= index < len(xfs) else f'<{self._prefix}xf numFmtId="0" fontId="0" borderId="0"/>'

    def _number(self, index: int, name: str) -> int:
        said = self._at(index).get(name, "0").strip()
        return int(said) if said.isdigit() else 0

    # --- marking

    def marked(self, index: int) -> int | None:
        """The style ``index`` as it is but on our colour; None when the shades are used up."""
        if index not in self._made:
            self._made[index] = self._mark(index)
        return self._made[index]

    def _mark(self, index: int) -> int | None:
        before = self._number(index, "fillId")
        if self._shade_of(before) is not None:
            return index
        fills = self._texts["fills"]
        fill = fills[before] if 0 < before < len(fills) else ""
        shade = self._shades.setdefault(fill, len(self._shades))
        if shade >= _SHADES:
            return None
        made = self._add("cellXfs", _with_fill(self._xf(index), self._colour(index, shade), "1"))
        if shade:
            self._samples.setdefault(shade, (made, index))
        return made

    @property
    def samples(self) -> list[tuple[int, int]]:
        """For each fill that our colour lies on: a marked style and the one it was before."""
        return [self._samples[shade] for shade in sorted(self._samples)]

    def _colour(self, index: int, shade: int) -> int:
        colour = (_DARK if self._white_letters(index) else _LIGHT) + shade
        p = self._prefix
        inside = f'<{p}fgColor rgb="FF{colour:06X}"/><{p}bgColor indexed="64"/>'
        return self._add("fills", f'<{p}fill><{p}patternFill patternType="solid">{inside}</{p}patternFill></{p}fill>')

    def _white_letters(self, index: int) -> bool:
        fonts, number = self._texts["fonts"], self._number(index, "fontId")
        markup = Markup(fonts[number] if number < len(fonts) else fonts[0])
        colour = markup.child(markup.root, "color")
        at = markup.attributes(colour) if colour else {}
        if re.fullmatch("[0-9A-Fa-f]{6,8}", at.get("rgb", "")):
            red, green, blue = (int(at["rgb"][-6:][n : n + 2], 16) for n in (0, 2, 4))
            return red * 299 + green * 587 + blue * 114 > 160_000
        return at.get("theme") in _WHITE_THEME or at.get("indexed") in _WHITE_INDEXED

    # --- the way back

    def _shade_of(self, fill: int) -> int | None:
        text = self._texts["fills"][fill] if fill < len(self._texts["fills"]) else ""
        front = _FRONT.search(text)
        if front is None or not _SOLID.search(text):
            return None
        colour = int(front[1], 16)
        return colour % _SHADES if colour - colour % _SHADES in (_LIGHT, _DARK) else None

    def ours(self) -> dict[int, int]:
        """The styles on our colour: index → shade."""
        shades = {n: self._shade_of(self._number(n, "fillId")) for n in range(len(self._texts["cellXfs"]))}
        return {n: shade for n, shade in shades.items() if shade is not None}

    def restored(self, index: int, shade: int, samples: Mapping[int, int]) -> int:
        """The style that one of ours was before. ``samples``: shade → a style with the fill that it stands for."""
        if index not in self._before:
            self._before[index] = self._restore(
                index, self._number(samples[shade], "fillId") if shade in samples else 0
            )
        return self._before[index]

    def _restore(self, index: int, fill: int) -> int:
        wanted = _with_fill(self._xf(index), fill, "1" if fill else "")
        key = _key(wanted)
        for n, text in enumerate(self._texts["cellXfs"]):
            if _key(text) == key:
                return n
        return self._add("cellXfs", wanted)

    # --- for the list

    def plain(self, *, bold: bool = False, link: bool = False, marked: bool = False) -> int:
        """A style of ours for text that breaks into lines."""
        p = self._prefix
        look = f"<{p}b/>" if bold else f"<{p}u/>" if link else ""
        colour = f'<{p}color rgb="FF0B4F46"/>' if link else ""
        font = self._add("fonts", f'<{p}font>{look}<{p}sz val="12"/>{colour}<{p}name val="宋体"/></{p}font>')
        fill = self._colour(0, 0) if marked else 0
        wrap = f'<{p}alignment vertical="top" wrapText="1"/>'
        said = f'numFmtId="49" fontId="{font}" fillId="{fill}" borderId="0"'
        applied = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"'
        return self._add("cellXfs", f"<{p}xf {said} {applied}>{wrap}</{p}xf>")

    def done(self) -> str:
        """The whole part; as it was, to the letter, if nothing was added."""
        m, p = self._markup, self._prefix
        if all(len(texts) == self._first[name] for name, texts in self._texts.items()):
            return m.text
        for name, texts in self._texts.items():
            had, found = self._had[name], self._elements.get(name)
            if len(texts) == had:
                continue
            new = "".join(texts[had:])
            if found is None:
                earlier = _LISTS[: _LISTS.index(name)]
                m.insert_in_order(m.root, earlier, f'<{p}{name} count="{len(texts)}">{new}</{p}{name}>')
                continue
            if "count" in m.attributes(found):
                m.set(found, "count", str(len(texts)))
            m.append(found, new)
        return m.done()


def _with_fill(xf: str, fill: int, applied: str) -> str:
    once = Markup(xf)
    once.set(once.root, "fillId", str(fill), after="fontId")
    if applied:
        once.set(once.root, "applyFill", applied, after="xfId")
    else:
        once.unset(once.root, "applyFill")
    return once.done()


def _key(xf: str) -> tuple[object, ...]:
    """What a style looks like, however it is written: whether its fill is said to apply makes no difference."""
    markup = Markup(xf)
    at = {k: v for k, v in markup.attributes(markup.root).items() if k != "applyFill"}
    at = {k: v for k, v in at.items() if not (k in _DEFAULTS and v in ("0", "false"))}
    return frozenset(at.items()), "".join(markup.inside(markup.root).split())
