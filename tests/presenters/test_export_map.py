"""« Exporter la carte »: for everybody unless told otherwise, and how many sheets are on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from appli.domain.audience import Audience
from appli.presenters.export_list import ListWritten
from appli.presenters.export_map import ExportMap, whom
from tests.presenters.fakes import CallRecorder, FakeShell


@pytest.fixture
def view() -> CallRecorder:
    return CallRecorder()


@pytest.fixture
def export(shell: FakeShell, view: CallRecorder) -> ExportMap:
    made = ExportMap(shell)
    made.view = view
    return made


def test_a_map_is_for_everybody_unless_told_otherwise(export: ExportMap) -> None:
    assert export.audience is Audience.PUBLIC
    assert "N’y seront pas" in export.outlook
    assert "d’accord pour être sur une carte" in whom()[0][2]


def test_it_writes_a_page_and_says_how_many_sheets_are_on_it(
    export: ExportMap, view: CallRecorder, tmp_path: Path
) -> None:
    export.set_audience(Audience.SHARED)
    export.write(tmp_path / "carte")
    assert (tmp_path / "carte.html").read_bytes().startswith(b"<!doctype html>")
    (written,) = view.last("show_written")
    assert isinstance(written, ListWritten)
    assert written.title == "Carte écrite et relue\u00a0: 2 fiches placées."
    assert written.words == "3 fiches y sont."
    assert export.file_name.startswith("carte-")


def test_nothing_public_is_a_refusal_and_the_choices_stay(
    export: ExportMap, view: CallRecorder, tmp_path: Path
) -> None:
    export.write(tmp_path / "carte.html")
    (words,) = view.last("show_refusal")
    assert "Rien n’a été écrit" in words
    assert list(tmp_path.glob("*.html")) == []
    assert not export.is_writing
