"""How the workbook looks: letters, fills, borders. Everything that a volunteer fills in is unlocked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from xlsxwriter import Workbook

from .. import layout
from .design import COLOURS, lines

MADE = datetime(2026, 1, 1)  # not the day it is made: the same workbook is the same bytes
_INK, _GREY, _PALE, _LINE, _BLUE = "#000000", "#595959", "#F2F2F2", "#A6A6A6", "#0B57D0"
_NOTE = 20  # Chinese characters in a line of a comment
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_size": 26, "bold": True, "text_wrap": False},
    "heading": {"font_size": 18, "bold": True, "text_wrap": False, "bottom": 2, "valign": "bottom"},
    "group": {"bold": True, "text_wrap": False, "valign": "bottom"},
    "never": {"bold": True},
    "name": {"bold": True},
}


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def _format(self, **properties: Any) -> Any:
        wanted = {
            "font_name": layout.words()["notes"]["font"],
            "font_size": 12,
            "valign": "top",
            "text_wrap": True,
            **properties,
        }
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def cell(self, shown: str = "@") -> Any:
        """A cell to be filled in."""
        return self._format(num_format=shown, locked=False, **_side(shown))

    def header(self, privacy: str) -> Any:
        return self._format(bold=True, align="center", valign="vcenter", border=1, bg_color=COLOURS[privacy])

    def example(self, shown: str) -> Any:
        lines = {"border": 1, "border_color": _LINE}
        return self._format(num_format=shown, italic=True, font_color=_GREY, bg_color=_PALE, **lines, **_side(shown))

    def line(self, style: str, privacy: str = "", indent: int = 0) -> Any:
        """A cell of the first tab."""
        fill = {"bg_color": COLOURS[privacy]} if privacy else {}
        return self._format(**({"font_size": 14, "align": "left", "indent": indent} | _STYLES.get(style, {}) | fill))

    def link(self, privacy: str) -> Any:
        return self._format(font_size=14, font_color=_BLUE, underline=1, bg_color=COLOURS[privacy])

    def blank(self) -> Any:
        """A cell of the first tab that is to be filled in."""
        return self._format(font_size=14, border=1, locked=False)

    def comment(self, text: str) -> dict[str, Any]:
        """A comment in big letters, large enough for its text."""
        return {
            "author": layout.words()["notes"]["author"],
            "font_name": layout.words()["notes"]["font"],
            "font_size": 11,
            "width": _NOTE * 16,
            "height": 21 * lines(text, _NOTE * 2) + 12,
            "color": "#FFFFE1",
        }


def _side(shown: str) -> dict[str, str]:
    """A day stands on the left, whether the program took it for a day or for a text."""
    return {"align": "left"} if "y" in shown else {}
