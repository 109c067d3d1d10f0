"""The page of a directory that does not open: what it says, and that each of its ways leads to one that does."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from appli.app import open_directory, open_index
from appli.presenters.first_aid import FirstAid, Way
from appli.presenters.session import Session
from appli.services.editing import Assignment, create_sheet
from appli.store.index_model import Query
from tests.presenters.conftest import Village, opener
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs


def titles(folder: Path) -> list[str]:
    directory = open_directory(folder, looked_over=True)
    try:
        return sorted(row.title for row in directory.index.first_page(Query()))
    finally:
        directory.close()


class Bench:
    """The page on the village, its base damaged after a backup and one more sheet."""

    def __init__(self, folder: Path, spoil: Callable[[Path], None]) -> None:
        directory = open_directory(folder)
        directory.store.backup("manuelle")
        create_sheet(directory, "place", [Assignment("title", "=", "La Halle")])
        directory.close()
        spoil(folder)
        self.folder = folder
        self.session = Session(folder, lambda: open_index(folder), InlineJobs(), opener)
        self.session.open(lambda _problem: None)
        self.shell, self.view = FakeShell(self.session), CallRecorder()
        self.page = FirstAid(self.shell, self.view)
        self.page.enter()

    @property
    def ways(self) -> list[Way]:
        return list(self.view.last("show_ways")[0])

    def said_next(self) -> str:
        """What the next window says."""
        (greeting,) = self.shell.greetings
        assert greeting is not None
        greeting(self.shell)
        return self.shell.toasts[-1][0]


def without_header(folder: Path) -> None:
    with (folder / "partage.db").open("r+b") as file:
        file.write(bytes(100))


def without_file(folder: Path) -> None:
    (folder / "partage.db").unlink()


def test_it_names_the_backup_with_its_date_and_what_would_be_missing(village: Village) -> None:
    bench = Bench(village.folder, without_header)
    title, words = bench.view.last("show_trouble")
    assert title == "Votre annuaire ne s’ouvre pas"
    assert "abîmée" in words
    assert [way.key for way in bench.ways] == ["restore", "recover", "folder", "empty"]
    restore, recover, *_others = bench.ways
    assert "4 fiches" in restore.words
    assert "Il y manquera 1 changement fait depuis." in restore.words
    assert recover.words.startswith("5 fiches se lisent encore.")


@pytest.mark.parametrize(("key", "there"), [("restore", 3), ("recover", 4)])
def test_a_way_leads_to_a_directory_that_opens(village: Village, key: str, there: int) -> None:
    bench = Bench(village.folder, without_header)
    bench.page.choose(key)  # type: ignore[arg-type]
    assert bench.shell.problems == []
    assert bench.shell.folders == [village.folder]
    (kept,) = village.folder.glob("base-abimee-*")
    assert kept.name in bench.said_next()
    bench.session.close()
    found = titles(village.folder)
    assert len(found) == there
    assert ("La Halle" in found) == (key == "recover")


def test_starting_empty_has_to_be_wanted(village: Village) -> None:
    bench = Bench(village.folder, without_file)
    bench.page.choose("empty")
    assert not list(village.folder.glob("base-abimee-*"))
    assert "vide" in bench.view.last("ask_to_empty")[0]
    bench.page.start_empty()
    bench.session.close()
    assert titles(village.folder) == []
    assert len(list(village.folder.glob("base-abimee-*"))) == 1


def test_a_way_that_fails_is_told_and_the_page_stays(village: Village) -> None:
    bench = Bench(village.folder, without_header)
    for name in ("partage.db", "prive.db"):
        os.truncate(village.folder / name, 0)
    bench.page.choose("recover")
    assert [problem.code for problem in bench.shell.problems] == ["nothing_readable"]  # type: ignore[attr-defined]
    assert bench.shell.folders == []
    assert [way.key for way in bench.ways] == ["restore", "folder", "empty"]
