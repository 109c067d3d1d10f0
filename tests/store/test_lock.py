"""Who writes in a folder: one program at a time, told by name, and never one that is dead."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appli.errors import EnvironmentProblem
from appli.store import lock
from appli.store.lock import HOLDER_FILE, FolderLock, held_elsewhere, is_held

ROOT = Path(__file__).resolve().parent.parent.parent
HOLDING = """
import sys
from pathlib import Path
from appli.store.lock import FolderLock
held = FolderLock(Path(sys.argv[1]))
held.take("ligne de commande")
print("pris", flush=True)
sys.stdin.read()
"""
PROTECTED = """
import sys
from pathlib import Path
from tests.store.test_lock import without_privileges
from appli.app import open_directory, open_index
from appli.errors import EnvironmentProblem
from appli.store.index_model import Query
without_privileges()
for folder in map(Path, sys.argv[1:]):
    try:
        open_directory(folder).close()
    except EnvironmentProblem as problem:
        print(problem.code)
    directory = open_directory(folder, read_only=True)
    print([row.title for row in directory.index.first_page(Query())])
    directory.close()
"""


def without_privileges() -> None:
    """Even root then heeds what a folder allows; only for a process of its own."""
    if sys.platform == "linux" and os.geteuid() == 0:
        header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        assert ctypes.CDLL(None).capset(header, none) == 0


@contextmanager
def another_program(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Holds the folder until the end."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(folder)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "pris\n"
        yield child
        child.kill()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "LOCK_SECONDS", 0.05)


def test_another_program_keeps_the_folder_and_is_named(tmp_path: Path) -> None:
    with another_program(tmp_path):
        assert is_held(tmp_path)
        with pytest.raises(EnvironmentProblem) as refused:
            FolderLock(tmp_path).take("fenêtre")
    assert refused.value.code == "held_elsewhere"
    assert "«\u00a0ligne de commande\u00a0» sur ce poste, depuis" in refused.value.message


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing is killed so on this system")
def test_a_program_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    with another_program(tmp_path) as child:
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert (tmp_path / HOLDER_FILE).exists()
        assert not is_held(tmp_path)
        FolderLock(tmp_path).take("fenêtre")


def test_a_folder_copied_with_its_lock_is_free(tmp_path: Path) -> None:
    (tmp_path / "un").mkdir()
    held = FolderLock(tmp_path / "un")
    held.take("fenêtre")
    shutil.copytree(tmp_path / "un", tmp_path / "deux")
    copy = FolderLock(tmp_path / "deux")
    copy.take("fenêtre")
    copy.release()
    assert is_held(tmp_path / "un")
    held.release()
    assert not is_held(tmp_path / "un")
    assert not is_held(tmp_path / "nulle part")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            {"who": "Maillage", "account": "moi", "pc": "accueil"},
            "déjà ouvert par «\u00a0Maillage\u00a0» sur ce poste.",
        ),
        ({"account": "zoé", "pc": "accueil"}, "ouvert par «\u00a0zoé\u00a0», sur un autre compte de ce poste."),
        ({"account": "zoé", "pc": "atelier"}, "par le compte «\u00a0zoé\u00a0» sur le poste «\u00a0atelier\u00a0»."),
        ({"who": "Maillage", "since": "hier"}, "par «\u00a0Maillage\u00a0» sur ce poste."),
        ({"who": "Maillage", "since": "2020-03-01T09:05:00+01:00"}, ", depuis le 01/03/2020 à 9\u00a0h\u00a005."),
        (["n’importe quoi"], "par «\u00a0un autre programme\u00a0» sur ce poste."),
    ],
)
def test_the_holder_is_said_as_one_knows_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: object, expected: str
) -> None:
    monkeypatch.setattr(lock, "_account", lambda: "moi")
    monkeypatch.setattr(lock, "_pc", lambda: "accueil")
    (tmp_path / HOLDER_FILE).write_text(json.dumps(said), "utf-8")
    assert expected in held_elsewhere(tmp_path).message


def test_letting_go_of_a_folder_that_is_gone(tmp_path: Path) -> None:
    held = FolderLock(tmp_path / "clé")
    held.take("fenêtre")
    (tmp_path / "clé").rename(tmp_path / "ailleurs")
    held.release()
    assert not is_held(tmp_path / "ailleurs")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows protects the stick, not the folder")
def test_a_folder_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    from appli.app import open_directory
    from appli.domain.audience import Audience
    from appli.services.editing import Assignment, create_sheet

    at_rest, at_work = tmp_path / "au repos", tmp_path / "ouvert"
    directory = open_directory(at_rest)
    create_sheet(directory, "person", [Assignment("name", "=", "Élise Roumégas")], Audience.SHARED)
    directory.close()
    shutil.copytree(at_rest, at_work)
    directory = open_directory(at_work)
    for folder in (at_rest, at_work):
        for one in (*folder.iterdir(), folder):
            one.chmod(0o555 if one.is_dir() else 0o444)
    answer = subprocess.run(
        [sys.executable, "-c", PROTECTED, at_rest, at_work], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for folder in (at_rest, at_work):
        folder.chmod(0o755)
    directory.close()
    people = "['Élise Roumégas']"
    assert answer.stdout.splitlines() == ["read_only_folder", people, "held_elsewhere", people]
