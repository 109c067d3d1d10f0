"""Where a directory may lie, and what is said of the places where it may not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.services.siting import free_beside, is_on_network, refusal, room_in, synchronised_by, unsafe


def code(folder: Path) -> str:
    found = refusal(folder)
    return found.code if found else ""


def test_a_new_folder_on_this_disk_will_do_and_is_not_made(tmp_path: Path) -> None:
    wanted = tmp_path / "quelque part" / "annuaire"
    assert refusal(wanted) is None
    assert not wanted.parent.exists()


def test_a_folder_with_a_directory_is_to_be_opened(tmp_path: Path) -> None:
    open_directory(tmp_path / "annuaire").close()
    assert code(tmp_path / "annuaire") == "already_directory"
    (tmp_path / "annuaire" / "partage.db").unlink()
    assert code(tmp_path / "annuaire") == "incomplete_directory"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text("Nom\n")
    assert code(tmp_path / "liste.csv") == "not_a_folder"
    assert code(tmp_path / "liste.csv" / "annuaire") == "not_a_folder"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc here: nothing that even root cannot write")
def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    assert code(Path("/proc/self/annuaire")) == "read_only_folder"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows its shares otherwise")
@pytest.mark.parametrize(
    ("system", "expected"), [("cifs", True), ("nfs4", True), ("fuse.sshfs", True), ("ext4", False), ("vfat", False)]
)
def test_the_nearest_mount_decides(tmp_path: Path, system: str, expected: bool) -> None:
    table = tmp_path / "mounts"
    there = tmp_path / "le partage"
    point = str(there.resolve()).replace(" ", r"\040")
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\n//serveur/commun {point} {system} rw 0 0\n")
    assert is_on_network(there / "annuaire", table) is expected
    assert not is_on_network(tmp_path / "ailleurs", table)
    assert not is_on_network(tmp_path, tmp_path / "no such table")


@pytest.mark.parametrize(
    ("inside", "program"),
    [
        ("Dropbox", "Dropbox"),
        ("OneDrive - Communauté", "OneDrive"),
        ("nextcloud", "Nextcloud"),
        ("Mon Drive", "Google Drive"),
    ],
)
def test_folders_of_synchronising_programs_by_their_name(tmp_path: Path, inside: str, program: str) -> None:
    assert synchronised_by(tmp_path / inside / "Réseau") == program
    refused = unsafe(tmp_path / inside / "Réseau")
    assert refused is not None
    assert program in refused.message


@pytest.mark.parametrize(
    ("mark", "program"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        ("._sync_1f2e3d.db", "Nextcloud"),
        (".sync_ab12.db", "Nextcloud"),
    ],
)
def test_and_by_what_they_leave_there(tmp_path: Path, mark: str, program: str) -> None:
    (tmp_path / "commun").mkdir()
    assert synchronised_by(tmp_path / "commun" / "annuaire") == ""
    (tmp_path / "commun" / mark).write_text("")
    assert synchronised_by(tmp_path / "commun" / "annuaire") == program
    assert code(tmp_path / "commun" / "annuaire") == "synchronised_folder"


def test_onedrive_that_took_the_documents_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Nuage"))
    assert synchronised_by(tmp_path / "Nuage" / "Documents" / "annuaire") == "OneDrive"
    assert synchronised_by(tmp_path / "Documents" / "annuaire") == ""


def test_a_folder_that_holds_other_things_gets_a_new_one_inside(tmp_path: Path) -> None:
    assert room_in(tmp_path / "neuf") == tmp_path / "neuf"
    (tmp_path / "lettre.odt").write_text("x")
    assert room_in(tmp_path) == tmp_path / "annuaire"
    (tmp_path / "annuaire").mkdir()
    assert room_in(tmp_path) == tmp_path / "annuaire"
    (tmp_path / "annuaire" / "photo.jpg").write_text("x")
    assert room_in(tmp_path) == tmp_path / "annuaire-2"


def test_a_folder_that_holds_a_directory_is_meant_itself(tmp_path: Path) -> None:
    open_directory(tmp_path / "le réseau").close()
    assert room_in(tmp_path / "le réseau") == tmp_path / "le réseau"
    assert free_beside(tmp_path / "le réseau") == tmp_path / "le réseau-2"
