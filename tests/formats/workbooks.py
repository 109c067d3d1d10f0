"""Workbooks made by hand for the tests, the honest ones and the hostile ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Cell = str | float | bool | None


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return buffer.getvalue()


def xlsx(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """A workbook with these rows."""
    return xlsx_of_xml({name: _rows(rows) for name, rows in sheets.items()})


def xlsx_of_xml(sheets: Mapping[str, str], folder: str = "xl/worksheets") -> bytes:
    """A workbook whose sheets hold this XML between <sheetData> and its end."""
    names = list(sheets)
    parts = [f"{folder}/sheet{n}.xml" for n in range(1, len(names) + 1)]
    overrides = "".join(f'<Override PartName="/{p}" ContentType="{_TYPES}.worksheet+xml"/>' for p in parts)
    listed = "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(names, 1))
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{_REL}/worksheet" Target="{p.removeprefix("xl/")}"/>'
        for i, p in enumerate(parts, 1)
    )
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>{overrides}</Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_NS}" xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{links}</Relationships>",
    }
    for part, xml in zip(parts, sheets.values(), strict=True):
        members[part] = f'<worksheet xmlns="{_NS}"><sheetData>{xml}</sheetData></worksheet>'
    return zipped(members)


def _rows(rows: Sequence[Sequence[Cell]]) -> str:
    return "".join(
        f'<row r="{r}">{"".join(_cell(f"{_letters(c)}{r}", value) for c, value in enumerate(row))}</row>'
        for r, row in enumerate(rows, 1)
    )


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else _letters(column // 26 - 1) + chr(65 + column % 26)


def _cell(place: str, value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def text_cell(place: str, text: str) -> str:
    return _cell(place, text)


def far_corner() -> bytes:
    """Five kilobytes that ask for 125 GB: a first and a last cell."""
    last = f'<row r="1048576">{text_cell("XFD1048576", "fin")}</row>'
    return xlsx_of_xml({"Liste": f'<row r="1">{text_cell("A1", "début")}</row>{last}'})


def shared_text(text: str, rows: int) -> bytes:
    """One text, written once and shown in every row."""
    book = xlsx_of_xml({"L": "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(1, rows + 1))})
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    members["xl/sharedStrings.xml"] = f'<sst xmlns="{_NS}"><si><t>{text}</t></si></sst>'
    links = archive_text(members["xl/_rels/workbook.xml.rels"])
    link = f'<Relationship Id="s" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    members["xl/_rels/workbook.xml.rels"] = links.replace("</Relationships>", link)
    return zipped(members)


def archive_text(content: str | bytes) -> str:
    return content if isinstance(content, str) else content.decode()


def ods(rows_xml: str) -> bytes:
    """An OpenDocument spreadsheet with one sheet of these rows."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Feuille1">'
        f"{rows_xml}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def ods_row(*texts: str, repeated: int = 1, cells_repeated: int = 1) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{cells_repeated}">'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'
