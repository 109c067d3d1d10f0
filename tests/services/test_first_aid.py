"""A directory that does not open: said in a sentence, mended in several ways, its files kept, the erased never back."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from appli.app import open_directory, open_index
from appli.domain.audience import Audience
from appli.domain.changes import Create, Erase, Work
from appli.domain.ids import RecordId, new_id
from appli.errors import EnvironmentProblem
from appli.services import first_aid
from appli.services.bases_aside import bases_aside
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet
from appli.services.spaces import SpaceFacts, found
from appli.store import schema, verify
from appli.store.engine import connect, damaged
from appli.store.index_model import Query

SHARED, PRIVATE = "partage.db", "prive.db"
PAGE = 4096
PEOPLE = 90

Spoil = Callable[[Path], None]


def people(directory: Directory, number: int, first: int = 0) -> list[RecordId]:
    ids = [new_id() for _ in range(number)]
    named = enumerate(ids, first)
    values = [
        Create(i, "person", {"name": {"display": f"Personne {n}"}, "description": f"Métier {n} " * 90})
        for n, i in named
    ]
    directory.do("Essai", values)
    return ids


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a backup, then ten people more, the first of all being erased since."""
    folder = tmp_path_factory.mktemp("fait") / "annuaire"
    directory = open_directory(folder)
    found(directory, SpaceFacts("Réseau du Gévaudan"))
    gone, *_others = people(directory, PEOPLE)
    directory.store.backup("manuelle")
    people(directory, 10, PEOPLE)
    directory.follow(directory.store.write(Work("Effacer", [Erase(gone)])))
    directory.close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "annuaire"))


def written(name: str, at: int, content: bytes) -> Spoil:
    def spoil(folder: Path) -> None:
        with (folder / name).open("rb+") as file:
            file.seek(at)
            file.write(content)

    return spoil


def cut(name: str, share: float) -> Spoil:
    return lambda folder: os.truncate(folder / name, int((folder / name).stat().st_size * share))


def scattered(name: str, share: float) -> Spoil:
    """Random bytes in some pages."""

    def spoil(folder: Path) -> None:
        chance, pages = random.Random(7), (folder / name).stat().st_size // PAGE
        for page in chance.sample(range(1, pages), max(1, int(pages * share))):
            written(name, page * PAGE + chance.randrange(3000), chance.randbytes(800))(folder)

    return spoil


def emptied(name: str) -> Spoil:
    return lambda folder: os.truncate(folder / name, 0)


def lost(name: str) -> Spoil:
    return lambda folder: (folder / name).unlink()


def a_folder(folder: Path) -> None:
    (folder / SHARED).unlink()
    (folder / SHARED).mkdir()


SPOILT: dict[str, tuple[Spoil, str]] = {
    "truncated": (cut(SHARED, 0.85), "damaged"),
    "header": (written(SHARED, 0, bytes(100)), "damaged"),
    "first page": (written(SHARED, 0, bytes(PAGE)), "damaged"),
    "empty": (emptied(SHARED), "damaged"),
    "a folder": (a_folder, "damaged"),
    "of another program": (written(SHARED, 68, b"Othr"), "not_a_directory"),
    "missing": (lost(SHARED), "missing_file"),
    "private header": (written(PRIVATE, 0, bytes(100)), "damaged"),
    "scattered": (scattered(SHARED, 0.1), "damaged"),
    "private scattered": (scattered(PRIVATE, 0.7), "damaged"),
}


def problem_of(folder: Path) -> EnvironmentProblem:
    with pytest.raises(EnvironmentProblem) as told:
        open_directory(folder, looked_over=True)
    return told.value


def titles(folder: Path) -> set[str]:
    directory = open_directory(folder, looked_over=True)
    try:
        assert verify.damage(directory.store.folder) == []
        return {row.title for row in directory.index.first_page(Query(), 999)}
    finally:
        directory.close()


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_damaged_is_said_then_come_back_from_a_backup(folder: Path, name: str) -> None:
    spoil, code = SPOILT[name]
    spoil(folder)
    problem = problem_of(folder)
    before = {one: (folder / one).read_bytes() for one in (SHARED, PRIVATE) if (folder / one).is_file()}
    assert problem.code == code
    assert problem.hint
    findings = first_aid.examine(folder, problem)
    assert findings.backup is not None
    assert findings.backup.records == PEOPLE
    if name in ("truncated", "header", "missing"):
        assert findings.works == 2  # the private file, and its journal, are whole
    kept = first_aid.come_back(folder, findings.backup.name)
    assert titles(folder) == {f"Personne {n}" for n in range(1, PEOPLE)}  # the erased one did not come back
    assert {one: (kept / one).read_bytes() for one in before} == before
    assert [one.path for one in bases_aside(folder)] == [kept]


@pytest.mark.parametrize(
    ("name", "least"),
    [("first page", 1), ("truncated", 0.2), ("scattered", 0.4)],
)
def test_what_can_be_read_is_gone_on_with(folder: Path, name: str, least: float) -> None:
    SPOILT[name][0](folder)
    findings = first_aid.examine(folder, problem_of(folder))
    done = first_aid.recover(folder)
    there = titles(folder)
    every = {f"Personne {n}" for n in range(1, PEOPLE + 10)}
    assert there <= every
    assert len(there) >= least * len(every)
    assert done.sheets == len(there)
    assert abs(findings.readable - done.sheets) <= 3  # rows of which a value is no longer one
    assert (done.kept_in / SHARED).exists()


def test_without_a_backup_a_header_is_borrowed_from_the_file_beside(folder: Path) -> None:
    shutil.rmtree(folder / "sauvegardes")
    written(SHARED, 0, bytes(100))(folder)
    assert first_aid.examine(folder, problem_of(folder)).backup is None
    assert first_aid.recover(folder).sheets == PEOPLE + 9


def test_whoever_was_erased_stays_so_even_if_the_shared_file_is_lost(folder: Path) -> None:
    directory = open_directory(folder)
    create_sheet(directory, "person", [Assignment("name", "=", "Gardée ici")], Audience.PRIVATE)
    erased = directory.reads.erased()
    directory.close()
    lost(SHARED)(folder)
    assert first_aid.recover(folder).sheets == 1
    directory = open_directory(folder)
    assert erased <= directory.reads.erased()  # a former packet of somebody will not bring her back
    directory.close()
    assert titles(folder) == {"Gardée ici"}


def test_nothing_readable_changes_nothing(folder: Path) -> None:
    for name in (SHARED, PRIVATE):
        (folder / name).write_bytes(b"")
    before = sorted(p.name for p in folder.iterdir() if p.name != "verrou")
    with pytest.raises(EnvironmentProblem) as told:
        first_aid.recover(folder)
    assert told.value.code == "nothing_readable"
    assert sorted(p.name for p in folder.iterdir() if p.name != "verrou") == before


def test_one_can_start_empty(folder: Path) -> None:
    (folder / "photos").mkdir(exist_ok=True)
    (folder / "photos" / ("a" * 64)).write_bytes(b"...")
    cut(SHARED, 0.5)(folder)
    kept = first_aid.start_empty(folder)
    assert titles(folder) == set()
    assert {p.name for p in kept.iterdir()} >= {SHARED, PRIVATE, "photos"}
    assert first_aid.latest(folder).records == PEOPLE


def test_a_second_damage_never_overwrites_what_the_first_left(folder: Path) -> None:
    for _ in range(2):
        cut(SHARED, 0.5)(folder)
        first_aid.come_back(folder, first_aid.latest(folder).name)
    assert len(bases_aside(folder)) == 2


def test_a_damaged_backup_is_passed_over(folder: Path) -> None:
    directory = open_directory(folder)
    second = directory.store.backup("manuelle")
    directory.close()
    scattered(SHARED, 0.3)(second.path)
    cut(SHARED, 0.5)(folder)
    findings = first_aid.examine(folder, damaged())
    assert findings.backup is not None
    assert (findings.backup.records, findings.useless) == (PEOPLE, 1)


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_coming_back_interrupted_is_finished_at_the_next_opening(
    folder: Path, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    cut(SHARED, 0.5)(folder)
    genuine, left = Path.replace, [moved]

    def stop(self: Path, target: Path) -> Path:
        if self.parent.name == "restauration" and not left[0]:
            raise KeyboardInterrupt
        left[0] -= self.parent.name == "restauration"
        return genuine(self, target)

    monkeypatch.setattr(Path, "replace", stop)
    if moved < 2:
        with pytest.raises(KeyboardInterrupt):
            first_aid.come_back(folder, first_aid.latest(folder).name)
    else:
        first_aid.come_back(folder, first_aid.latest(folder).name)
    monkeypatch.undo()
    assert len(titles(folder)) == PEOPLE - 1
    (kept,) = bases_aside(folder)
    assert {p.name for p in kept.path.iterdir()} >= {SHARED, PRIVATE}


def test_damage_met_in_an_open_directory_is_come_back_from_too(folder: Path) -> None:
    directory = open_directory(folder)
    scattered(SHARED, 0.5)(folder)
    directory.index.close()
    try:
        directory.store.restore(first_aid.latest(folder).name)
    finally:
        directory.close()
    assert len(titles(folder)) == PEOPLE - 1
    assert len(bases_aside(folder)) == 1


def test_a_base_without_its_log_opens(folder: Path) -> None:
    directory = open_directory(folder)
    people(directory, 1, 999)
    copy = Path(shutil.copytree(folder, folder.with_name("pris")))
    directory.close()
    for log in copy.glob("*-wal"):
        log.unlink()
    assert len(titles(copy)) >= PEOPLE + 9


def test_a_damaged_index_is_made_again_without_a_word(folder: Path) -> None:
    scattered("index.db", 0.5)(folder)
    open_directory(folder).close()
    with open_index(folder) as index:
        assert index.total(Query()) == PEOPLE + 9


def test_a_base_of_tomorrow_is_not_touched_and_says_who_wrote_it(folder: Path) -> None:
    directory = open_directory(folder)
    directory.store.backup("avant-mise-a-jour")
    people(directory, 1, 999)
    latest = directory.store.backup("auto")
    directory.close()
    for place in (folder, latest.path):
        for name in (SHARED, PRIVATE):
            with closing(connect(place / name)) as base:
                if name == SHARED:
                    base.execute("UPDATE meta SET value='9.1.0' WHERE key='program'")
                base.execute(f"PRAGMA user_version={schema.version() + 1}")
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix == ".db"}
    problem = problem_of(folder)
    assert problem.code == "newer_base"
    assert "9.1.0" in problem.message
    findings = first_aid.examine(folder, problem)
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix == ".db"} == before
    assert findings.is_newer
    assert findings.backup is not None
    assert findings.backup.reason == "avant-mise-a-jour"
    kept = first_aid.come_back(folder, findings.backup.name, newer=True)
    assert kept.name.startswith("base-plus-recente-")
    assert "Personne 999" not in titles(folder)
