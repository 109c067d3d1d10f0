"""Every file that is no list ends in a French sentence: what happened, nothing changed, what to do."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from appli.errors import AppError, EnvironmentProblem, UserError
from appli.formats import table as limits
from appli.formats.source import MAX_GEOJSON, make_source
from appli.formats.table import MAX_FILE
from appli.formats.tables import open_table, sheets
from tests.formats.workbooks import xlsx, zipped

Write = Callable[..., Path]

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde" + bytes(
    range(256)
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 4
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def refusal(path: Path, kind: type[AppError] = UserError, **choices: str) -> AppError:
    with pytest.raises(kind) as refused:
        open_table(path, **choices)
    assert "Rien n’a changé." in refused.value.message
    assert refused.value.hint
    return refused.value


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("vide.csv", b"", "empty_file"),
        ("blancs.csv", b" \r\n\t\r\n\xc2\xa0;;\n", "empty_file"),
        ("bom.csv", b"\xef\xbb\xbf", "empty_file"),
        ("nuls.csv", b"\x00" * 5000, "empty_file"),
        ("titres.csv", b"Nom;Ville;CP\n", "empty_file"),
        ("photo.csv", PNG, "not_a_table"),
        ("photo.xlsx", JPEG, "not_a_table"),
        ("lettre.csv", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "not_a_table"),
        ("lettre.rtf", b"{\\rtf1\\ansi Bonjour\\par}", "not_a_table"),
        ("contact.vcf", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nEND:VCARD\r\n", "not_a_table"),
        ("page.xls", b"<html><body><table><tr><td>Nom</td></tr></table>", "not_a_table"),
        ("page.csv", b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", "not_a_table"),
        ("texte.docx", zipped({"word/document.xml": "<w/>"}), "not_a_table"),
        ("paquet.maille", zipped({"manifest.json": "{}", "manifest.sig": "x"}), "is_bundle"),
        ("lettre.doc", OLE2 + "WordDocument".encode("utf-16-le"), "not_a_table"),
        ("secret.xlsx", OLE2 + "EncryptedPackage".encode("utf-16-le"), "protected_file"),
        ("abime.xls", OLE2 + "Workbook".encode("utf-16-le") * 40, "unreadable_workbook"),
        ("coupe.xlsx", xlsx({"A": [["Nom"], ["B"]]})[:900], "unreadable_workbook"),
        ("carte.json", b'{"type": "FeatureCollection", "features": [', "bad_geojson"),
        ("autre.json", b'{"nom": "Mende"}', "bad_geojson"),
        ("liste.json", b'[{"nom": "Mende"}]', "bad_geojson"),
        ("vide.geojson", b'{"type": "FeatureCollection", "features": []}', "empty_file"),
        ("profond.geojson", b'{"features": ' + b"[" * 200_000, "bad_geojson"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_list_is_refused_by_its_content(write: Write, name: str, content: bytes, code: str) -> None:
    assert refusal(write(name, content)).code == code


def test_a_workbook_cut_short_is_refused(write: Write) -> None:
    whole = xlsx({"A": [["Nom"], *[[f"N{i}"] for i in range(3000)]]})
    assert refusal(write("coupe.xlsx", whole[:-200])).code in {"unreadable_workbook", "not_a_table"}
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    with_damage = write("abime.xlsx", bytes(damaged))
    assert refusal(with_damage).code == "unreadable_workbook"


@pytest.mark.parametrize("size", [MAX_FILE + 1, 100_000_000])
def test_a_hundred_megabytes_are_refused_at_once(tmp_path: Path, size: int) -> None:
    path = tmp_path / "national.csv"
    with path.open("wb") as file:
        file.write(b"Nom;Ville\n" * 1000)
        file.truncate(size)
    started = time.monotonic()
    problem = refusal(path)
    assert problem.code == "too_big"
    assert "50 Mo" in problem.message.replace("\u00a0", " ")
    assert time.monotonic() - started < 5


def test_a_map_has_a_limit_of_its_own() -> None:
    filler = b'{"features": [' + b" " * MAX_GEOJSON
    with pytest.raises(UserError) as refused:
        make_source("carte", filler)
    assert refused.value.code == "too_big"


def test_more_cells_than_memory_bears_are_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appli.formats.headers.MAX_CELLS", 1000)
    assert limits.MAX_CELLS == 3_000_000
    assert refusal(write("l.csv", "a;b\n" + "x;y\n" * 501)).code == "too_big"
    assert len(open_table(write("l.csv", "a;b\n" + "x;y\n" * 500)).rows) == 500


def test_more_columns_than_any_list_are_refused(write: Write) -> None:
    assert refusal(write("l.csv", ";".join(["t"] * 1001) + "\n" + ";".join(["x"] * 1001))).code == "too_many_columns"
    assert len(open_table(write("l.csv", ";".join(["t"] * 1000) + "\n" + ";".join(["x"] * 1000))).columns) == 1000


def test_lines_without_end_are_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appli.formats.delimited.MAX_LINES", 100)
    assert refusal(write("l.csv", "Nom;Ville\n" + "\n" * 100)).code == "too_big"
    assert refusal(write("l.csv", "Nom;Ville\n" + "," * (5 << 20))).code == "not_a_table"


def test_a_cell_without_end_is_no_table(write: Write) -> None:
    assert refusal(write("l.csv", "Nom;Ville\n" + "x" * (2 << 20) + ";Mende\n")).code == "not_a_table"


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    missing = refusal(tmp_path / "absente.csv")
    assert (missing.code, "« absente.csv »".replace(" ", "\u00a0") in missing.message) == ("missing_file", True)
    assert refusal(tmp_path).code == "is_folder"
    assert refusal(Path("avec\x00nul.csv")).code == "missing_file"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a file that fails while it is read")
def test_a_stick_pulled_out_while_reading() -> None:
    assert refusal(Path("/proc/self/mem"), EnvironmentProblem).code == "lost_file"


def test_a_file_this_account_may_not_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("l.csv", "Nom\nA\n")

    def locked(*_arguments: object) -> None:
        raise PermissionError(13, "locked by another program")

    monkeypatch.setattr(Path, "open", locked)
    assert refusal(path, EnvironmentProblem).code == "forbidden_file"


def test_a_sheet_that_is_not_there(write: Write) -> None:
    path = write("l.xlsx", xlsx({"Adhérents": [["Nom"], ["A"]], "Bureau": []}))
    problem = refusal(path, sheet="Membres")
    assert problem.code == "no_such_sheet"
    assert "Membres" in problem.message
    assert "Adhérents" in problem.hint
    assert "Bureau" in problem.hint


def test_a_workbook_with_nothing_in_it(write: Write) -> None:
    path = write("l.xlsx", xlsx({"Feuille1": [], "Feuille2": []}))
    assert refusal(path).code == "empty_file"
    assert [s.rows for s in sheets(path)] == [0, 0]


def test_only_workbooks_have_sheets(write: Write) -> None:
    assert sheets(write("l.csv", "Nom\nA\n")) == ()


def test_hostile_words_are_only_words(write: Write) -> None:
    name = "<img src=x onerror=alert(1)>${1}"
    assert open_table(write("l.csv", f"Nom;Ville\n{name};=1+1\n")).rows == [(name, "=1+1")]
