"""A workbook that is edited: its tabs and its styles, each a part of the package; parts that come with them."""

from __future__ import annotations

from dataclasses import dataclass

from ..sources import SourceError
from ..sources.limits import Limits
from ..sources.parts import local
from ..sources.xlsx_values import unescaped
from . import comments, shapes, styles
from .markup import Markup, quoted, shown, unescape
from .package import Package
from .told import Cell, cell
from .worksheet import Worksheet

_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"


@dataclass(frozen=True)
class Tab:
    """A tab with cells: its title as people see it, the part that holds it."""

    title: str
    part: str


class Book:
    """Raises :class:`SourceError` for what is no ``.xlsx``, one of :data:`sources.parts.BROKEN` for a broken one."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.package = Package(data, limits)
        if "encrypted-package" in self.package:
            raise SourceError("book-password")
        if "content.xml" in self.package and "mimetype" in self.package:
            raise SourceError("mark-not-xlsx")
        main = next((r for r in self.package.relations("") if r[1].rpartition("/")[2] == "officeDocument"), None)
        if main is None or main[2] not in self.package:
            raise SourceError("book-unknown")
        if main[2].lower().endswith(".bin"):
            raise SourceError("book-binary")
        self.main = main[2]
        self.relations = main[1].rpartition("/")[0]
        markup = Markup(self.package.text(self.main))
        if markup.root.local != "workbook":
            raise SourceError("book-unknown")
        spaces = markup.attributes(markup.root)
        self.namespace = spaces[f"xmlns:{markup.prefix[:-1]}" if markup.prefix else "xmlns"]
        self.tabs = self._tabs(markup)
        self._styles_part = (self.package.related(self.main, "styles") or ("", ""))[1]
        text = self.package.text(self._styles_part) if self._styles_part else styles.bare(self.namespace)
        self.styles = styles.Styles(text)

    def _tabs(self, markup: Markup) -> list[Tab]:
        parts = {i: part for i, kind, part in self.package.relations(self.main) if kind.endswith("/worksheet")}
        found = []
        sheets = markup.child(markup.root, "sheets")
        for each in markup.children(sheets) if sheets else ():
            at = {local(k): v for k, v in markup.attributes(each).items()}
            if at.get("id") in parts:
                found.append(Tab(unescaped(at.get("name", "")), parts[at["id"]]))
        return found

    def sheet(self, tab: Tab) -> Worksheet:
        return Worksheet(self.package.text(tab.part))

    def keep(self, tab: Tab, sheet: Worksheet) -> None:
        """Write a tab back after its edits."""
        self.package.put(tab.part, sheet.markup.done())

    def first_text(self, tab: Tab) -> str:
        """What the cell A1 of a tab says, if it is a text."""
        markup = Markup(self.package.text(tab.part))
        found = next((c for c in markup.each("c") if markup.attributes(c).get("r") == "A1"), None)
        if found is None:
            return ""
        if markup.attributes(found).get("t") == "s":
            value = markup.child(found, "v")
            return self._shared(int(markup.words(value))) if value else ""
        return "".join(unescaped(markup.words(t)) for t in markup.each("t", within=found))

    def _shared(self, number: int) -> str:
        related = self.package.related(self.main, "sharedStrings")
        if related is None:
            return ""
        markup = Markup(self.package.text(related[1]))
        found = next((e for n, e in enumerate(markup.each("si")) if n == number), None)
        return "".join(unescaped(markup.words(t)) for t in markup.each("t", within=found)) if found else ""

    def add(self, title: str, text: str) -> None:
        """Put a worksheet last, so that nothing moves."""
        part = self.package.free("xl/worksheets/sheet{}.xml")
        self.package.put(part, text)
        self.package.declare(part, _KIND.format("worksheet"))
        relation = self.package.relate(self.main, f"{self.relations}/worksheet", part)
        markup = Markup(self.package.text(self.main))
        sheets = markup.child(markup.root, "sheets")
        if sheets is None:
            raise ValueError("a workbook without tabs")
        ids = [int(markup.attributes(e).get("sheetId", "0")) for e in markup.children(sheets)]
        said = f'name="{quoted(unescape(shown(title)))}" sheetId="{max(ids, default=0) + 1}"'
        related = f'xmlns:r="{quoted(self.relations)}" r:id="{relation}"'
        markup.append(sheets, f"<{markup.prefix}sheet {said} {related}/>")
        self.package.put(self.main, markup.done())

    def keep_styles(self) -> None:
        """Write the styles back, if any was added."""
        text = self.styles.done()
        if self._styles_part:
            self.package.put(self._styles_part, text)
        elif text != styles.bare(self.namespace):
            led = [part for _, kind, part in self.package.relations(self.main) if kind.endswith("/styles")]
            name = led[0] if led else "xl/styles.xml"
            self.package.put(name, text)
            self.package.declare(name, _KIND.format("styles"))
            if not led:  # a relation may be there already that leads nowhere
                self.package.relate(self.main, f"{self.relations}/styles", name)

    # --- comments

    def renew_comments(self, tab: Tab, sheet: Worksheet, notes: dict[Cell, str]) -> None:
        """Give a tab these comments of Bugu's and no others. Edits ``sheet`` where parts come or go."""
        package = self.package
        there = package.related(tab.part, "comments")
        if there is None and not notes:
            return
        name = there[1] if there else package.free("xl/comments{}.xml")
        text = package.text(name) if there else comments.empty(self.namespace)
        kept = comments.renewed(text, notes, self._conversations(tab))
        if kept.left or (there and not kept.gone):
            package.put(name, kept.text)
            if there is None:
                package.declare(name, _KIND.format("comments"))
                package.relate(tab.part, f"{self.relations}/comments", name)
        elif there:
            package.unrelate(tab.part, name)
            package.drop(name)
        if kept.gone or kept.fresh or kept.joined:
            self._renew_shapes(tab, sheet, kept)

    def _conversations(self, tab: Tab) -> frozenset[Cell]:
        found = set()
        for _, kind, part in self.package.relations(tab.part):
            if kind.endswith("/threadedComment") and part in self.package:
                markup = Markup(self.package.text(part))
                found |= {cell(markup.attributes(e).get("ref", "")) for e in markup.each("threadedComment")}
        return frozenset(c for c in found if c)

    def _renew_shapes(self, tab: Tab, sheet: Worksheet, kept: comments.Kept) -> None:
        package = self.package
        related = sheet.shapes_of()
        there = next((part for i, _, part in package.relations(tab.part) if i == related and part in package), "")
        name = there or package.free("xl/drawings/vmlDrawing{}.vml")
        before = package.loose(name) if there else shapes.empty(self._shape_number())
        text = shapes.renewed(before, sheet, gone=kept.gone, fresh=kept.fresh, joined=kept.joined)
        if shapes.shapeless(text):
            if there:
                package.unrelate(tab.part, name)
                package.drop(name)
                sheet.no_shapes()
            return
        package.put(name, text)
        if not there:
            package.declare(name, shapes.KIND)
            relation = package.relate(tab.part, f"{self.relations}/vmlDrawing", name)
            sheet.shapes(relation, self.relations)

    def _shape_number(self) -> int:
        """A number by which no part of the workbook counts its shapes yet."""
        taken = {
            n for part in self.package.names if part.endswith(".vml") for n in shapes.numbers(self.package.loose(part))
        }
        return max(taken, default=0) + 1
