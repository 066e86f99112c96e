"""Workbooks put together by hand, with the peculiarities of programs that cannot be run here."""

from __future__ import annotations

import zipfile
from io import BytesIO

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def rels(*relations: tuple[str, str, str]) -> str:
    """Relations as (id, last word of the kind, target)."""
    each = "".join(f'<Relationship Id="{i}" Type="{DOCUMENT}/{k}" Target="{t}"/>' for i, k, t in relations)
    return f'<Relationships xmlns="{PACKAGE}">{each}</Relationships>'


def xlsx(*rows: str, **changed: str | None) -> bytes:
    """A workbook of one tab. ``rows``: the inside of its ``sheetData``. ``changed``: parts in place of the usual ones
    (``sheet`` the whole worksheet, ``strings``, ``styles``, ``workbook``, ``book_rels``, ``sheet_rels``); None: left out.
    """
    parts: dict[str, str | None] = {
        "_rels/.rels": rels(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": rels(
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "sharedStrings", "sharedStrings.xml"),
            ("r3", "styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>',
    }
    names = {
        "sheet": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "workbook": "xl/workbook.xml",
        "root_rels": "_rels/.rels",
        "book_rels": "xl/_rels/workbook.xml.rels",
        "sheet_rels": "xl/worksheets/_rels/sheet1.xml.rels",
    }
    parts |= {names.get(k, k): v for k, v in changed.items()}
    return zipped({name: text.encode() for name, text in parts.items() if text is not None})


def styles(*codes: str) -> str:
    """A stylesheet whose style n shows numbers by the n-th of these format codes."""
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{c}"/>' for n, c in enumerate(codes))
    cells = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(codes)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>{cells}</cellXfs></styleSheet>'
    )


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as box:
        for name, data in parts.items():
            box.writestr(name, data)
    return out.getvalue()


def ods(tables: str, styles: str = "", **parts: bytes) -> bytes:
    """An OpenDocument spreadsheet of these ``table:table`` elements."""
    spaces = " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for p, n in {"office": "office", "table": "table", "text": "text", "style": "style", "draw": "drawing"}.items()
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content.encode(), **parts})
