"""Bases of former versions: each is kept here for ever, opens with its sheets, and is backed up before it changes.

`tests/data/bases/NUMBER.zip` was written by the program whose schema bears that number; nobody in it exists.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from appli import config
from appli.app import open_directory
from appli.store import migrations, schema, verify
from appli.store.engine import connect, read_stamp
from appli.store.folder_files import FILES

BASES = Path(__file__).parent.parent / "data" / "bases"
GOLDEN = sorted(BASES.glob("*.zip"))
OLD = BASES / "300487.zip"


def unpacked(golden: Path, folder: Path) -> Path:
    with zipfile.ZipFile(golden) as archive:
        archive.extractall(folder)
    return folder


def numbers(folder: Path) -> set[int]:
    return {read_stamp(folder / name)[1] for name in FILES}


def sheets(folder: Path) -> list[str]:
    directory = open_directory(folder, looked_over=True)
    try:
        assert verify.damage(directory.store.folder) == []
        return sorted(e.title for code in ("person", "place") for e in directory.reads.of_kind(code))
    finally:
        directory.close()


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.stem)
def test_a_base_of_a_former_version_opens_and_is_backed_up_as_it_was(golden: Path, tmp_path: Path) -> None:
    folder = unpacked(golden, tmp_path / "annuaire")
    assert numbers(folder) == {int(golden.stem)}
    assert sheets(folder) == ["La Halle", "Mathieu Valdeyron", "Élise Roumégas"]
    assert numbers(folder) == {schema.version()}
    saved = list((folder / "sauvegardes").glob("*-avant-mise-a-jour"))
    if int(golden.stem) < schema.version():
        (kept,) = saved
        assert numbers(kept) == {int(golden.stem)}
    sheets(folder)
    assert len(list((folder / "sauvegardes").glob("*"))) == len(saved)


def tables(folder: Path) -> list[tuple[str, ...]]:
    found = []
    for name in FILES:
        with closing(connect(folder / name)) as base:
            found += base.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
    return found


def test_an_update_that_fails_leaves_the_base_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = unpacked(OLD, tmp_path / "annuaire")
    before = tables(folder)
    genuine = migrations.upgrade

    def half(connection: object) -> None:
        genuine(connection)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(migrations, "upgrade", half)
    with pytest.raises(KeyboardInterrupt):
        open_directory(folder)
    assert tables(folder) == before
    assert numbers(folder) == {int(OLD.stem)}
    monkeypatch.undo()
    assert len(sheets(folder)) == 3


@pytest.mark.parametrize("file", FILES)
def test_an_update_cut_off_between_the_two_files_is_finished(tmp_path: Path, file: str) -> None:
    """One commit reaches two files one after the other: the power may go in between."""
    folder, updated = unpacked(OLD, tmp_path / "annuaire"), unpacked(OLD, tmp_path / "apres")
    sheets(updated)
    (updated / file).replace(folder / file)
    assert len(numbers(folder)) == 2
    assert len(sheets(folder)) == 3
    assert numbers(folder) == {schema.version()}


def test_a_program_killed_while_it_updates_leaves_a_base_that_opens(tmp_path: Path) -> None:
    folder = unpacked(OLD, tmp_path / "annuaire")
    killed = (
        "import os, signal, sys; from pathlib import Path; from appli.store import folder; "
        "folder.Folder._stamp = lambda *_: os.kill(os.getpid(), signal.SIGKILL); "
        "from appli.store.store import Store; Store(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    done = subprocess.run([sys.executable, "-c", killed, folder, config.config_dir()], check=False, capture_output=True)
    assert done.returncode == -9
    assert numbers(folder) == {int(OLD.stem)}
    assert len(sheets(folder)) == 3
