"""A directory brought to this PC from where it would get damaged: copied whole, verified, the former place marked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.errors import AppError, Cancelled, EnvironmentProblem
from appli.services import relocating, siting
from appli.services.spaces import name_replica, named_replica
from appli.store import copying, lock
from appli.store.index_model import Query
from tests.presenters.conftest import Village, settled, village

__all__ = ["settled", "village"]


@pytest.fixture
def shared(village: Village, tmp_path: Path) -> Path:
    """The village in a folder that a program copies, opened and named there once, before that program came."""
    folder = tmp_path / "commun" / "annuaire"
    folder.parent.mkdir()
    village.folder.rename(folder)
    directory = open_directory(folder)
    name_replica(directory, "Accueil")
    (folder / "photos").mkdir(exist_ok=True)
    (folder / "photos" / "a1").write_bytes(b"photo" * 1000)
    directory.store.backup("manuelle")
    directory.close()
    (folder.parent / ".stfolder").mkdir()
    (folder / ".syncthing.prive.db.tmp").write_text("half")
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """The bytes of each file, but for what SQLite leaves empty beside a base that was read."""
    found = {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    return {name: b for name, b in found.items() if not name.endswith("-shm") and not (name.endswith("-wal") and not b)}


def test_a_synchronised_folder_is_not_written_in(shared: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="Syncthing") as refused:
        open_directory(shared)
    assert refused.value.code == siting.SYNCHRONISED
    open_directory(shared, read_only=True).close()


def test_all_of_it_is_moved_and_the_former_place_says_so(shared: Path, tmp_path: Path) -> None:
    before = content(shared)
    moved = relocating.move(shared, tmp_path / "ici" / "annuaire")
    assert moved.marked
    assert siting.moved_to(shared) == {
        "to": str(moved.folder),
        "pc": relocating.default_label(),
        "at": siting.moved_to(shared)["at"],  # type: ignore[index]
    }
    after = content(shared)
    assert {n: c for n, c in after.items() if n != "deplace.json"} == before, "nothing else changed there"

    copy = open_directory(moved.folder)
    assert len(copy.index.first_page(Query())) == 3
    assert copy.store.replica != moved.former, "no number is given to two edits"
    relocating.settle_in(copy, moved)
    assert named_replica(copy) == "Accueil"
    assert copy.store.problems() == []
    assert len(copy.store.backups()) == 1
    copy.close()
    assert (moved.folder / "photos" / "a1").read_bytes() == b"photo" * 1000
    assert not list(moved.folder.glob(".*"))


def test_nobody_goes_on_in_the_former_place(shared: Path, tmp_path: Path) -> None:
    relocating.move(shared, tmp_path / "ici")
    elsewhere = tmp_path / "autre poste"
    shutil.copytree(shared, elsewhere)
    with pytest.raises(EnvironmentProblem, match="a été déplacé sur le poste") as refused:
        open_directory(elsewhere)
    assert refused.value.code == siting.MOVED
    open_directory(elsewhere, read_only=True).close()
    (elsewhere / "deplace.json").write_bytes(b"\xff not json")
    with pytest.raises(EnvironmentProblem, match="a été déplacé"):
        open_directory(elsewhere)


class Stop:
    """Stops at the n-th step."""

    def __init__(self, after: int) -> None:
        self.left = after

    def step(self, done: int, total: int, label: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("after", [0, 1, 3])
def test_stopped_it_leaves_everything_as_it_was(shared: Path, tmp_path: Path, after: int) -> None:
    before = content(shared)
    with pytest.raises(Cancelled):
        relocating.move(shared, tmp_path / "ici", Stop(after))
    assert content(shared) == before
    assert not list(tmp_path.glob("ici*"))
    assert not lock.is_held(shared)


def test_it_waits_for_whoever_writes_there(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "LOCK_SECONDS", 0.05)
    other = lock.FolderLock(shared)
    other.take("ligne de commande")
    with pytest.raises(EnvironmentProblem, match="ligne de commande"):
        relocating.move(shared, tmp_path / "ici")
    other.release()


def test_it_goes_neither_over_a_directory_nor_to_another_such_place(shared: Path, tmp_path: Path) -> None:
    for target in (shared, shared.parent / "ailleurs"):
        with pytest.raises(AppError):
            relocating.move(shared, target)
    assert siting.moved_to(shared) is None


def test_a_full_disk_is_told_before_anything_is_copied(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_ROOM", 1 << 60)
    with pytest.raises(EnvironmentProblem) as refused:
        relocating.move(shared, tmp_path / "ici")
    assert refused.value.code == "disk_full"
    assert not list(tmp_path.glob("ici*"))


def test_a_base_damaged_on_the_way_is_no_copy(shared: Path, tmp_path: Path) -> None:
    with (shared / "partage.db").open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\x55" * 4096)
    with pytest.raises(EnvironmentProblem, match="abîmé") as refused:
        relocating.move(shared, tmp_path / "ici")
    assert refused.value.code == "damaged"
    assert not list(tmp_path.glob("ici*"))
    assert siting.moved_to(shared) is None
