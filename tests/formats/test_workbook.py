"""Workbooks are read by a process of their own: what it gives, and what it keeps away."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from appli.errors import Cancelled, UserError
from appli.formats import workbook, workbook_limits
from appli.formats.child import MEMORY_LIMIT
from appli.formats.tables import open_table
from tests.fakes import RecordingProgress, StoppedAt
from tests.formats.workbooks import far_corner, ods, ods_row, shared_text, text_cell, xlsx, xlsx_of_xml, zipped

Write = Callable[..., Path]

needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of memory per process")


def code_of(path: Path) -> str:
    with pytest.raises(UserError) as refused:
        open_table(path)
    return refused.value.code


def memory_peak() -> int:
    """This process's largest memory so far, in bytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def no_child_left() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def test_cells_read_as_their_reader_sees_them(write: Write) -> None:
    row = ["  Noé\r\nDémo ", 48000.0, 44.5183, 33612345678, True, 0.1 + 0.2, None, 1e20, 12345678901234567]
    table = open_table(write("l.xlsx", xlsx({"L": [[f"c{i}" for i in range(9)], row]})))
    assert table.rows == [
        ("Noé\nDémo", "48000", "44.5183", "33612345678", "VRAI", "0.3", None, "1" + "0" * 20, "12345678901234600")
    ]


def test_dates_times_and_durations(write: Write) -> None:
    import datetime as dt

    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["jour", "moment", "heure", "durée", "faute"])
        for column, (value, style) in enumerate(
            [
                (dt.date(2024, 3, 12), "dd/mm/yyyy"),
                (dt.datetime.fromisoformat("2024-03-12T09:30"), "dd/mm/yyyy hh:mm"),
                (dt.time(9, 30), "hh:mm"),
                (dt.timedelta(hours=36), "[h]:mm"),
            ]
        ):
            sheet.write_datetime(1, column, value, book.add_format({"num_format": style}))
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    table = open_table(write("l.xlsx", buffer.getvalue()))
    assert table.rows == [("2024-03-12", "2024-03-12 09:30", "09:30", "36:00", None)]


def test_the_fullest_sheet_is_the_list_and_row_numbers_are_those_of_the_sheet(write: Write) -> None:
    members = f'<row r="3">{text_cell("B3", "Nom")}{text_cell("C3", "Ville")}</row>' + "".join(
        f'<row r="{r}">{text_cell(f"B{r}", "N")}{text_cell(f"C{r}", "Mende")}</row>' for r in (4, 7)
    )
    notes = f'<row r="1">{text_cell("A1", "Lisez-moi")}</row>'
    table = open_table(write("l.xlsx", xlsx_of_xml({"Notes": notes, "Membres": members})))
    assert table.sheet == "Membres"
    assert [(s.name, s.rows) for s in table.sheets] == [("Notes", 1), ("Membres", 3)]
    assert (table.header_line, table.line_numbers) == (3, [4, 7])
    assert table.rows == [("N", "Mende"), ("N", "Mende")]


def test_an_open_document_is_read(write: Write) -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048570">{blank}</table:table-row>'
    rows = ods_row("Nom", "Ville") + ods_row("Noé", "Mende") + rest
    assert open_table(write("l.ods", ods(rows))).rows == [("Noé", "Mende")]


def test_five_kilobytes_that_ask_for_all_memory_are_refused(write: Write) -> None:
    path = write("bombe.xlsx", far_corner())
    assert path.stat().st_size < 5000
    before, started = memory_peak(), time.monotonic()
    assert code_of(path) == "too_big"
    assert memory_peak() - before < 50 << 20
    assert time.monotonic() - started < 10


def test_a_stray_styled_cell_is_no_bomb(write: Write) -> None:
    sheet = (
        f'<row r="1">{text_cell("A1", "Nom")}{text_cell("B1", "Ville")}</row>'
        f'<row r="2">{text_cell("A2", "N")}{text_cell("B2", "V")}</row><row r="1048576"><c r="XFD1048576" s="3"/></row>'
    )
    assert open_table(write("l.xlsx", xlsx_of_xml({"L": sheet}))).rows == [("N", "V")]


def test_a_sheet_hidden_under_another_name_is_looked_at_too() -> None:
    last = f'<row r="1048576">{text_cell("XFD1048576", "fin")}</row>'
    book = xlsx_of_xml({"L": f'<row r="1">{text_cell("A1", "x")}</row>{last}'}, folder="xl/theme")
    with pytest.raises(workbook_limits.TooBigError):
        workbook_limits.check(book)


def test_what_an_archive_announces_is_looked_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_limits, "MAX_UNPACKED", 1 << 20)
    with pytest.raises(workbook_limits.TooBigError):
        workbook_limits.check(zipped({f"xl/{n}.xml": "" for n in range(workbook_limits.MAX_MEMBERS + 1)}))
    with pytest.raises(workbook_limits.TooBigError):
        workbook_limits.check(zipped({"xl/workbook.xml": bytes(workbook_limits.MAX_UNPACKED + 1)}))


@needs_limits
@pytest.mark.parametrize(
    "rows",
    [
        ods_row("A", "B") + ods_row("x", repeated=1_048_576, cells_repeated=16_384),
        ods_row("A", "B") + ods_row("x" * 10_000, repeated=900_000),
    ],
    ids=["cells", "text"],
)
def test_an_open_document_that_repeats_itself_kills_only_the_child(write: Write, rows: str) -> None:
    before = memory_peak()
    assert code_of(write("bombe.ods", ods(rows))) == "unreadable_workbook"
    assert memory_peak() - before < MEMORY_LIMIT
    assert no_child_left()


@needs_limits
def test_one_long_text_shared_by_many_cells(write: Write) -> None:
    assert open_table(write("honnête.xlsx", shared_text("Mende", 3))).rows == [("Mende",)] * 2
    assert code_of(write("bombe.xlsx", shared_text("x" * 32_000, 30_000))) == "unreadable_workbook"
    assert no_child_left()


def test_entities_are_not_unfolded(write: Write) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    members = {"xl/workbook.xml": bomb + "<workbook>&b;</workbook>", "[Content_Types].xml": "<Types/>"}
    assert code_of(write("l.xlsx", zipped(members))) == "unreadable_workbook"


@pytest.mark.parametrize("step", [1, 2, 3, 5, 8])
def test_stopping_ends_the_child(write: Write, step: int) -> None:
    path = write("l.xlsx", xlsx({"L": [["Nom", "Ville"], *[[f"N{i}", "Mende"] for i in range(20_000)]]}))
    started = time.monotonic()
    with pytest.raises(Cancelled):
        open_table(path, progress=StoppedAt(step))
    assert time.monotonic() - started < 5
    assert no_child_left()


def test_progress_is_told(write: Write) -> None:
    progress = RecordingProgress()
    open_table(write("l.xlsx", xlsx({"L": [["Nom"], *[[f"N{i}"] for i in range(12_000)]]})), progress=progress)
    assert {label for _done, _total, label in progress.steps} == {"Lecture du classeur", "Lecture de la liste"}
    assert max(done for done, _total, _label in progress.steps) >= 10_000


def test_a_child_that_says_nothing_is_not_waited_for(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SECONDS_OF_SILENCE", 0.3)
    monkeypatch.setattr(workbook, "child_command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    started = time.monotonic()
    assert code_of(write("l.xlsx", xlsx({"L": [["Nom"], ["A"]]}))) == "unreadable_workbook"
    assert time.monotonic() - started < 5
    assert no_child_left()


def test_a_child_that_cannot_start_is_the_computers_fault(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from appli.errors import EnvironmentProblem

    monkeypatch.setattr(workbook, "child_command", lambda: ["/nowhere/python"])
    with pytest.raises(EnvironmentProblem) as refused:
        open_table(write("l.xlsx", xlsx({"L": [["Nom"], ["A"]]})))
    assert refused.value.code == "reader_failed"


@pytest.mark.parametrize(("frozen", "starts"), [(False, [sys.executable, "-m", "ui"]), (True, [sys.executable])])
def test_the_reading_process_is_the_program_itself(
    monkeypatch: pytest.MonkeyPatch, frozen: bool, starts: list[str]
) -> None:
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    assert workbook.child_command() == [*starts, "--lire-classeur"]
