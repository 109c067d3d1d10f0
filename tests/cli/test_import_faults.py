"""Imports that go wrong half way: killed, without room, too big. The directory is as before, or wholly as after."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROWS = 1_500


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    file = tmp_path / "lieux.csv"
    lines = [f"{n};Lieu {n};{n} rue du Pont;48000;Mende;lieu{n}@exemple.example" for n in range(ROWS)]
    file.write_text("\n".join(["id;nom;adresse;cp;ville;mail", *lines]) + "\n", "utf-8")
    return file


def _command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "ui", *map(str, words)]


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_killed_import_leaves_all_or_nothing(maillage: Run, listed: Path) -> None:
    maillage("fiche", "creer", "place", "title=Avant")
    before = maillage("base", "empreinte", "--json").document("empreinte")
    begun = time.monotonic()
    subprocess.run(_command("importer", listed, "--genre", "place", "--essai"), check=True, capture_output=True)
    whole = time.monotonic() - begun
    seen = set()
    for share in (0.5, 0.8, 0.95, 1.05, 1.2, 1.4):
        running = subprocess.Popen(
            _command("importer", listed, "--genre", "place"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(whole * share)  # the moment of the accident, not a wait for a result
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert maillage("base", "verifier", "--json").document("verifier") == {"ok": True, "problems": []}
        total = maillage("chercher", "", "--json").document("chercher")["total"]
        seen.add(total)
        if total == 1:
            assert maillage("base", "empreinte", "--json").document("empreinte") == before
    assert seen <= {1, ROWS + 1}


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no limit on file sizes here")
def test_a_full_disk_changes_nothing_and_is_said_in_french(maillage: Run, listed: Path) -> None:
    maillage("fiche", "creer", "place", "title=Avant")
    before = maillage("base", "empreinte", "--json").document("empreinte")

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))

    ended = subprocess.run(
        _command("importer", listed, "--genre", "place", "--json"), capture_output=True, text=True, preexec_fn=no_room,
        check=False, env=os.environ,
    )  # fmt: skip
    error = json.loads(ended.stdout)["error"]
    assert ended.returncode == 3
    assert error["code"] in ("disk_full", "unwritable", "backup_failed")
    assert error["hint"]
    assert maillage("base", "empreinte", "--json").document("empreinte") == before
    assert maillage("base", "verifier", "--json").document("verifier")["ok"] is True


def test_a_list_too_big_is_refused_before_it_is_read(maillage: Run, tmp_path: Path) -> None:
    big = tmp_path / "registre.csv"
    with big.open("wb") as file:
        file.write(b"id;nom\n")
        file.seek(100_000_000)
        file.write(b"\n")
    answer = maillage("importer", big, "--json")
    assert (answer.code, answer.document("erreur")["error"]["code"]) == (1, "too_big")


def test_a_copied_folder_takes_another_name(maillage: Run, tmp_path: Path) -> None:
    import shutil

    first = tmp_path / "un"
    maillage("--annuaire", first, "espace", "creer", "A", "--poste", "Accueil")
    shutil.copytree(first, tmp_path / "deux")
    maillage("--annuaire", tmp_path / "deux", "fiche", "creer", "place", "title=Ici")
    maillage("--annuaire", first, "fiche", "creer", "place", "title=Là")
    one = json.loads(maillage("--annuaire", first, "espace", "montrer", "--json").out)
    other = json.loads(maillage("--annuaire", tmp_path / "deux", "espace", "montrer", "--json").out)
    assert one["replica"] == "Accueil"
    assert other["replica"] != "Accueil"
