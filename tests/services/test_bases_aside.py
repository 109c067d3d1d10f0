"""Bases set aside after a damage: listed with their date, size and why; once deleted nobody erased is left anywhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appli.app import open_directory
from appli.domain.audience import Audience
from appli.errors import EnvironmentProblem, UserError
from appli.services import first_aid
from appli.services.bases_aside import bases_aside, delete
from appli.services.editing import Assignment, create_sheet
from appli.services.erasing import erase_for, outlook
from appli.services.exchanging.erasures import follow_ups, write_proof
from appli.services.spaces import SpaceFacts, found
from appli.store.index_model import Query

NAMES = ("Zéphirine Quatrelivres", "zephirine quatrelivres", "ZEPHIRINE", "Quatrelivres")
NOTE = "Parle couramment le volapük"


def fill(folder: Path) -> None:
    with closing(open_directory(folder)) as directory:
        found(directory, SpaceFacts("Réseau du Gévaudan"))
        person = [Assignment("name", "=", NAMES[0]), Assignment("description", "=", NOTE)]
        for audience in (Audience.SHARED, Audience.PRIVATE):
            create_sheet(directory, "person", person, audience)
        directory.ensure_index()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fait") / "annuaire"
    fill(folder)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "annuaire"))


def still_named(folder: Path, *apart: str) -> list[Path]:
    """The files in which she is still to be read."""
    words = [word.encode() for word in (*NAMES, NOTE)]
    files = [p for p in folder.rglob("*") if p.is_file() and p.relative_to(folder).parts[0] not in apart]
    return [p for p in files if any(word in p.read_bytes() for word in words)]


def cut(folder: Path, name: str, share: float) -> None:
    os.truncate(folder / name, int((folder / name).stat().st_size * share))


def erase_everybody(folder: Path) -> None:
    with closing(open_directory(folder)) as directory:
        for row in directory.index.first_page(Query(), 99):
            erase_for(directory, row.id, "asked")


def recover(folder: Path) -> None:
    cut(folder, "prive.db", 0.9)
    first_aid.recover(folder)


def begin_anew(folder: Path) -> None:
    cut(folder, "partage.db", 0.9)
    first_aid.start_empty(folder)
    fill(folder)


def come_back(folder: Path) -> None:
    with closing(open_directory(folder)) as directory:
        directory.store.backup("manuelle")
    cut(folder, "partage.db", 0.9)
    first_aid.come_back(folder, first_aid.latest(folder).name)


WAYS: dict[str, Callable[[Path], None]] = {"recover": recover, "empty": begin_anew, "restore": come_back}


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ways=st.lists(st.sampled_from(sorted(WAYS)), min_size=1, max_size=2))
def test_once_deleted_nobody_erased_is_left_in_any_file(made: Path, tmp_path: Path, ways: list[str]) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "_".join(ways)))
    try:
        for way in ways:
            WAYS[way](folder)
        kept = bases_aside(folder)
        assert len(kept) == len(ways)
        erase_everybody(folder)
        assert still_named(folder, *(one.path.name for one in kept), "sauvegardes") == []
        assert {p.relative_to(folder).parts[0] for p in still_named(folder, "sauvegardes")} == {
            one.path.name for one in kept
        }
        size = delete(folder, [one.path.name for one in kept])
        assert size == sum(one.size for one in kept) > 0
        assert bases_aside(folder) == []
        assert still_named(folder, "sauvegardes") == []
        assert ("restore" in ways) == bool(still_named(folder))  # a backup forgets when one comes back to it
        with closing(open_directory(folder)) as directory:
            assert directory.store.problems() == []
    finally:
        shutil.rmtree(folder)


def test_each_says_when_why_and_how_much(folder: Path) -> None:
    first = "base-abimee-2026-11-20_101500"
    for name in (first, "base-plus-recente-2026-11-21_080000", f"{first}-2"):
        (folder / name / "photos").mkdir(parents=True)
        (folder / name / "photos" / "a").write_bytes(b"x" * 7)
        (folder / name / "prive.db").write_bytes(b"x" * 3)
    (folder / "base-abimee-par-Nour").mkdir()
    os.utime(folder / "base-abimee-par-Nour", (0, 0))
    (folder / "base-abimee-fichier").write_bytes(b"not a folder")
    (folder.parent / "ailleurs").mkdir()
    (folder / "base-abimee-lien").symlink_to(folder.parent / "ailleurs", target_is_directory=True)
    shown = bases_aside(folder)
    assert [(f"{one.at:%d/%m/%Y %H:%M}", one.size, one.newer) for one in shown[:3]] == [
        ("21/11/2026 08:00", 10, True),
        ("20/11/2026 10:15", 10, False),
        ("20/11/2026 10:15", 10, False),
    ]
    assert shown[3].path.name == "base-abimee-par-Nour"
    assert len(shown) == 4


@pytest.mark.parametrize("name", ["sauvegardes", "..", "", "base-abimee-*", "base-abimee-2026-11-20_101500/../photos"])
def test_nothing_else_is_ever_deleted(folder: Path, name: str) -> None:
    kept = folder / "base-abimee-2026-11-20_101500"
    kept.mkdir()
    before = sorted(folder.rglob("*"))
    with pytest.raises(UserError) as told:
        delete(folder, [kept.name, name])
    assert told.value.code == "no_base_aside"
    assert sorted(folder.rglob("*")) == before


def test_what_cannot_be_deleted_is_said_and_stays_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recover(folder)
    (kept,) = bases_aside(folder)

    def refuse(*_given: object, **_options: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(EnvironmentProblem) as told:
        delete(folder, [kept.path.name])
    monkeypatch.undo()
    assert told.value.code == "not_deleted"
    assert bases_aside(folder) == [kept]


def test_an_erasure_and_its_proof_tell_of_them_until_they_are_gone(folder: Path, tmp_path: Path) -> None:
    recover(folder)
    (kept,) = bases_aside(folder)
    with closing(open_directory(folder)) as directory:
        row = directory.index.first_page(Query(), 1)[0]
        assert outlook(directory, row.id).aside == 1
        assert erase_for(directory, row.id, "asked").aside == 1
        (order,) = follow_ups(directory)
        page = write_proof(directory, order.uid, tmp_path / "a.html").read_text("utf-8")
        assert "une base mise de côté après une panne peut encore en garder la trace" in page
        delete(folder, [kept.path.name])
        assert "mise de côté" not in write_proof(directory, order.uid, tmp_path / "b.html").read_text("utf-8")
