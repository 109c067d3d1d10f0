"""Backups as one asks for them: made, listed without the directory, come back to, and what never comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.domain.changes import Erase, Work
from appli.domain.ids import RecordId
from appli.errors import Cancelled, EnvironmentProblem
from appli.services.backing_up import AFTERWARDS, back_up, backups_of, check, go_back, place_of
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet
from appli.services.spaces import SpaceFacts, found, replica_name
from appli.store.index_model import Query
from tests.fakes import RecordingProgress, StoppedAt


def person(directory: Directory, name: str) -> RecordId:
    return create_sheet(directory, "person", [Assignment("name", "=", name)]).id


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    opened = open_directory(tmp_path / "annuaire")
    found(opened, SpaceFacts("Réseau du Gévaudan", replica_label="Accueil"))
    yield opened
    opened.close()


def titles(directory: Directory) -> set[str]:
    return {row.title for row in directory.index.first_page(Query())}


def test_a_backup_is_listed_with_what_it_holds(directory: Directory) -> None:
    person(directory, "Élise Roumégas")
    made = back_up(directory)
    (listed,) = backups_of(directory.store.path)
    assert listed == made
    assert (listed.reason, listed.records) == ("manuelle", 1)
    assert listed.path.parent == place_of(directory.store.path)


def test_coming_back_brings_the_sheets_their_search_and_the_name_of_this_pc(directory: Directory) -> None:
    person(directory, "Élise Roumégas")
    before = back_up(directory)
    person(directory, "Mathieu Valdeyron")
    former = directory.store.replica
    progress = RecordingProgress()
    go_back(directory.store.path, directory, before.name, progress)
    assert titles(directory) == {"Élise Roumégas"}
    assert directory.store.replica != former
    assert replica_name(directory) == "Accueil"
    assert progress.steps[-1][2] == AFTERWARDS


def test_the_present_can_be_come_back_to(directory: Directory) -> None:
    before = back_up(directory)
    person(directory, "Mathieu Valdeyron")
    go_back(directory.store.path, directory, before.name)
    kept = backups_of(directory.store.path)[0]
    assert kept.reason == "avant-restauration"
    go_back(directory.store.path, directory, kept.name)
    assert titles(directory) == {"Mathieu Valdeyron"}


def test_whoever_was_erased_does_not_come_back(directory: Directory) -> None:
    gone = person(directory, "Élise Roumégas")
    person(directory, "Mathieu Valdeyron")
    before = back_up(directory)
    directory.follow(directory.store.write(Work("Effacer", [Erase(gone)])))
    go_back(directory.store.path, directory, before.name)
    assert titles(directory) == {"Mathieu Valdeyron"}


def test_stopped_in_time_nothing_changes(directory: Directory) -> None:
    before = back_up(directory)
    person(directory, "Mathieu Valdeyron")
    with pytest.raises(Cancelled):
        go_back(directory.store.path, directory, before.name, StoppedAt(1))
    assert titles(directory) == {"Mathieu Valdeyron"}
    assert len(backups_of(directory.store.path)) == 1


def test_stopped_too_late_the_directory_has_come_back_whole(directory: Directory) -> None:
    before = back_up(directory)
    person(directory, "Mathieu Valdeyron")
    go_back(directory.store.path, directory, before.name, StoppedAt(2))
    assert titles(directory) == set()
    assert replica_name(directory) == "Accueil"


@pytest.mark.parametrize("spoil", ["overwritten", "missing"])
def test_a_base_that_does_not_open_comes_back_too(directory: Directory, spoil: str) -> None:
    folder = directory.store.path
    person(directory, "Élise Roumégas")
    before = back_up(directory)
    directory.close()
    if spoil == "overwritten":
        (folder / "partage.db").write_bytes(b"not a base" * 1000)
    else:
        (folder / "partage.db").unlink()
    with pytest.raises(EnvironmentProblem):
        open_directory(folder)
    assert backups_of(folder) == [before]
    go_back(folder, None, before.name)
    again = open_directory(folder)
    try:
        assert titles(again) == {"Élise Roumégas"}
        assert check(again) == []
    finally:
        again.close()
