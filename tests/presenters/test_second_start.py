"""A second start on the same folder: who is alive, and what a message may bring."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from appli.presenters import second_start
from appli.presenters.second_start import LARGEST, Call, Place, address, heard, words

ROOT = Path(__file__).resolve().parent.parent.parent
HOLDING = """
import sys
from pathlib import Path
from appli.presenters.second_start import Place
place = Place()
print(place.take(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


def test_a_folder_has_one_window_and_another_folder_its_own(tmp_path: Path) -> None:
    first, second, other = Place(), Place(), Place()
    assert first.take(tmp_path / "annuaire")
    assert not second.take(tmp_path / "annuaire")
    assert not second.take(tmp_path / "autre" / ".." / "annuaire"), "the same folder by another name"
    assert other.take(tmp_path / "exemple")
    first.leave()
    assert second.take(tmp_path / "annuaire")
    second.leave()
    other.leave()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing is killed so on this system")
def test_a_window_that_was_killed_has_no_place(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDING, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "True\n"
        mine = Place()
        assert not mine.take(tmp_path)
        child.kill()
        child.wait()
    assert mine.take(tmp_path)
    mine.leave()


def test_where_no_place_can_be_kept_the_window_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fichier").write_text("")
    monkeypatch.setenv("MAILLAGE_CONFIG", str(tmp_path / "fichier"))
    assert Place().take(tmp_path / "annuaire")


def test_another_person_or_configuration_listens_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = address(tmp_path)
    assert address(tmp_path / "autre") != here
    monkeypatch.setenv("MAILLAGE_CONFIG", str(tmp_path / "autre-config"))
    assert address(tmp_path) != here


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names its pipes otherwise")
def test_the_name_of_the_socket_stays_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as short:  # wherever tests keep theirs, it may be far
        monkeypatch.setenv("XDG_RUNTIME_DIR", short)
        assert Path(address(tmp_path)).parent == Path(short)
    deep = tmp_path / ("é" * 80) / "x"
    deep.mkdir(parents=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    monkeypatch.setenv("MAILLAGE_CONFIG", str(deep))
    assert len(os.fsencode(address(tmp_path))) <= 100


def test_what_a_second_start_says_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packet = tmp_path / "de l’été.maille"
    packet.write_text("x")
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "jeton")
    monkeypatch.chdir(tmp_path)
    assert heard(words([Path("de l’été.maille"), tmp_path / "parti.csv"])) == Call((packet,), "jeton")


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"GET / HTTP/1.1\r\n",
        b"[]",
        b'{"files": "abc"}',
        b'{"files": {"0": "x"}}',
        b"\xff\xfe{}",
        b"[" * 100_000,
        json.dumps({"files": [], "room": "x" * LARGEST}).encode(),
    ],
)
def test_what_is_no_message_of_ours_is_not_heard(message: bytes) -> None:
    assert heard(message) is None


def test_only_files_that_are_there_are_believed(tmp_path: Path) -> None:
    (tmp_path / "vrai.csv").write_text("x")
    said = ["vrai.csv", str(tmp_path / "vrai.csv"), 3, None, "\0", "x" * 5_000, str(tmp_path / "faux.csv")]
    assert heard(json.dumps({"files": said, "token": 3}).encode()) == Call((tmp_path / "vrai.csv",))
    many = [str(tmp_path / "vrai.csv")] * (second_start.MOST_FILES + 5)
    call = heard(json.dumps({"files": many}).encode())
    assert call is not None
    assert len(call.files) == second_start.MOST_FILES
