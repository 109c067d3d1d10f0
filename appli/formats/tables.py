"""The one door for reading a list: a path in, a table out, or a sentence that says why not."""

from __future__ import annotations

from pathlib import Path

from appli.formats.delimited import DelimitedText
from appli.formats.geojson import read_geojson
from appli.formats.headers import Body, assemble
from appli.formats.source import Form, Source, read_source
from appli.formats.table import Problem, SheetInfo, Table
from appli.formats.workbook import Workbook
from appli.ports import SILENT, Progress


def open_table(
    path: Path,
    sheet: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    header: int | None = None,
    progress: Progress = SILENT,
) -> Table:
    """The list in a file, with what the person knows better than the guesses."""
    return read_table(read_source(path), sheet, encoding, separator, header, progress)


def read_table(
    source: Source,
    sheet: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    header: int | None = None,
    progress: Progress = SILENT,
) -> Table:
    """The same from bytes already read, so that the wizard redraws its preview without the stick."""
    if source.form is Form.WORKBOOK:
        return _workbook_table(source, sheet, header, progress)
    if source.form is Form.GEOJSON:
        return _table(source, read_geojson(source.data, progress), encoding="utf-8")
    text = DelimitedText(source.data, encoding, separator)
    body = assemble(text.rows(), header, progress)
    body.problems[:0] = text.problems
    return _table(source, body, encoding=text.encoding, separator=text.separator)


def sheets(path: Path, progress: Progress = SILENT) -> tuple[SheetInfo, ...]:
    """The sheets of a workbook; none for other files."""
    source = read_source(path)
    if source.form is not Form.WORKBOOK:
        return ()
    with Workbook(source.data, None, progress, with_rows=False) as workbook:
        return workbook.sheets


def _workbook_table(source: Source, sheet: str | None, header: int | None, progress: Progress) -> Table:
    with Workbook(source.data, sheet, progress) as workbook:
        body = assemble(workbook.rows(), header, progress)
        return _table(source, body, sheet=workbook.sheet, sheets=workbook.sheets)


def _table(
    source: Source,
    body: Body,
    *,
    sheet: str | None = None,
    sheets: tuple[SheetInfo, ...] = (),
    encoding: str | None = None,
    separator: str | None = None,
) -> Table:
    problems: list[Problem] = body.problems
    return Table(
        source_name=source.name,
        columns=body.columns,
        rows=body.rows,
        line_numbers=body.line_numbers,
        problems=tuple(problems),
        sheet=sheet,
        sheets=sheets,
        encoding=encoding,
        separator=separator,
        header_line=body.header_line,
        skipped_title_lines=body.titles,
    )
