"""Whatever the bytes, reading ends in a table or in a sentence; never in a fault of the program."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from contextlib import suppress
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from appli.errors import AppError
from appli.formats.profile import profile
from appli.formats.source import Form, Source, make_source
from appli.formats.table import Table
from appli.formats.tables import read_table
from tests.formats.workbooks import far_corner, xlsx

CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FRENCH = st.text("aàâäéèêëîïôöùûüçœæÉÈŒ’«» -;,\t|\"'\n0123456789.@", max_size=30)


def _read(data: bytes) -> tuple[Table | None, AppError | None]:
    try:
        return read_table(make_source("liste", data)), None
    except AppError as refusal:
        return None, refusal


def read(data: bytes) -> Table | None:
    table, refusal = _read(data)
    if table is None:
        assert refusal is not None
        assert refusal.message.endswith("Rien n’a changé.")
        assert refusal.hint
        return None
    width = len(table.columns)
    assert all(len(row) == width for row in table.rows)
    assert len(table.line_numbers) == len(table.rows)
    assert len({c.name.casefold() for c in table.columns}) == width
    assert all(cell is None or cell.strip() == cell != "" for row in table.rows for cell in row)
    profile(table)
    return table


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xfe\xff\x00")
@example(b'"')
@example(b"sep=;")
@example(b"{")
@example(b"\x00;\x00")
def test_any_bytes(data: bytes) -> None:
    read(data)


@given(
    st.lists(st.lists(FRENCH, max_size=6), max_size=8),
    st.sampled_from(["utf-8", "cp1252", "utf-16", "mac-roman", "cp850"]),
)
def test_any_lines_in_any_encoding(rows: list[list[str]], encoding: str) -> None:
    text = "\n".join(";".join(row) for row in rows)
    read(text.encode(encoding, "replace"))


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "utf-8", "cp1252", "utf-16"]),
    st.sampled_from([None, ";", ","]),
    st.none() | st.integers(0, 5),
)
def test_any_bytes_with_any_choice(
    data: bytes, encoding: str | None, separator: str | None, header: int | None
) -> None:
    with suppress(AppError):
        read_table(Source("liste", data, Form.TEXT), encoding=encoding, separator=separator, header=header)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=2, max_size=20), st.sampled_from([";", ",", "\t", "|"]))
def test_what_a_program_writes_is_read_back(rows: list[tuple[str, str, str]], separator: str) -> None:
    rows = [("Nom complet", "Savoir-faire", "Remarques"), *rows]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator).writerows(rows)
    table = read(buffer.getvalue().encode())
    filled = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    if table is not None and table.separator == separator and table.header_line == 1:
        assert len(table.rows) <= len(filled)
        visible = [row for row in filled if any(c.isalnum() for cell in row for c in cell)]
        assert len(table.rows) >= len(visible)


NAMES = st.sampled_from(["type", "properties", "geometry", "coordinates", "id", "nom"])
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=4))
def test_any_json_that_says_it_is_a_map(features: list[Any]) -> None:
    read(json.dumps({"type": "FeatureCollection", "features": features}).encode())


BOOK = xlsx({"Liste": [["Nom", "Ville"], ["Noé", "Mende"], ["Anaïs", "Florac"]]})


@given(st.integers(0, len(BOOK) - 1), st.integers(0, 255))
@settings(max_examples=25)
def test_a_workbook_with_a_wrong_byte(place: int, value: int) -> None:
    read(BOOK[:place] + bytes([value]) + BOOK[place + 1 :])


@given(
    st.text(st.sampled_from('<>/="rcAXFD1048576 tsv'), max_size=80),
    st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml"]),
)
@settings(max_examples=25)
def test_a_workbook_with_wild_parts(xml: str, part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(far_corner())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[part] = xml.encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    read(buffer.getvalue())
