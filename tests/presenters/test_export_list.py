"""« Exporter la liste »: what the list shows leaves, for whom it may, and it is said why others stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from appli.domain.audience import Audience
from appli.presenters.export_list import ExportList, ListWritten, formats
from appli.services.exporting.export import WRITERS
from tests.presenters.fakes import CallRecorder, FakeShell


@pytest.fixture
def view() -> CallRecorder:
    return CallRecorder()


@pytest.fixture
def export(shell: FakeShell, view: CallRecorder) -> ExportList:
    """The dialog over the village, whose people gave no answer."""
    made = ExportList(shell)
    made.view = view
    return made


def test_every_format_is_offered_in_words() -> None:
    assert {ending for ending, _words in formats()} == set(WRITERS)


def test_it_is_said_before_how_many_go_and_why_others_stay(export: ExportList) -> None:
    inside = export.outlook
    export.set_audience(Audience.PUBLIC)
    assert export.outlook != inside
    assert "N’y seront pas" in export.outlook


def test_it_writes_what_was_found_under_the_ending_chosen(
    export: ExportList, view: CallRecorder, tmp_path: Path
) -> None:
    export.set_ending(".csv")
    export.write(tmp_path / "liste")
    assert (tmp_path / "liste.csv").read_bytes().startswith("\ufeffIdentifiant Maillage;".encode())
    (written,) = view.last("show_written")
    assert isinstance(written, ListWritten)
    assert written.path == tmp_path / "liste.csv"
    assert not export.is_writing


def test_a_search_alone_leaves(shell: FakeShell, export: ExportList, tmp_path: Path) -> None:
    shell.search.set_text("menuisière")
    found = ExportList(shell)
    assert found.what == "Les fiches trouvées pour «\u00a0menuisière\u00a0»"
    found.set_ending(".json")
    found.write(tmp_path / "m.json")
    assert (tmp_path / "m.json").read_text("utf-8").count('"kind"') == 1
    assert export.what == "Toutes les fiches"


def test_a_refusal_keeps_the_choices(export: ExportList, view: CallRecorder, tmp_path: Path) -> None:
    export.set_ending(".ics")
    export.write(tmp_path / "vide.ics")
    (words,) = view.last("show_refusal")
    assert "Rien n’a été écrit" in words
    assert (export.ending, export.is_writing) == (".ics", False)
    export.set_ending(".csv")
    export.write(tmp_path / "absent" / "vide.csv")
    assert "show_written" not in [name for name, _arguments in view.calls]
