"""Hostile packets from the terminal: a code, a French sentence and what to do; nothing changes, here or elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.domain.changes import Create
from appli.domain.ids import new_id
from appli.services.directory import Directory
from appli.services.exchanging import giving
from tests.cli.conftest import Run
from tests.cli.hostile import hostile_files

ROOT = Path(__file__).resolve().parent.parent.parent


def person(directory: Directory, name: str) -> None:
    directory.do("Essai", [Create(new_id(), "person", {"name": {"display": name}})])


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A directory with somebody in it, which has joined the network of the packets below."""
    giver = open_directory(tmp_path / "donne" / "annuaire")
    person(giver, "Élise Roumégas")
    giving.give(giver, tmp_path / "donne" / "honnete.maille")
    giver.close()
    directory = open_directory(tmp_path / "ici")
    from appli.services.exchanging import receiving

    receiving.receive(directory, tmp_path / "donne" / "honnete.maille", confirmed=True)
    person(directory, "Zoé Essai")
    directory.close()
    return tmp_path / "ici"


def files(victim: Path) -> list[tuple[str, str, Path]]:
    directory = open_directory(victim)
    own = directory.store.replica
    directory.close()
    # another PC of the network: the first packet of each file is its first
    forget_keys(victim)
    return list(hostile_files(victim.parent / "donne" / "honnete.maille", own))


def forget_keys(victim: Path) -> None:
    from appli.services.exchanging import peers

    directory = open_directory(victim)
    for one in peers.peers(directory):
        peers.forget_key(directory, one.uid)
    directory.close()


@pytest.mark.slow
def test_each_is_refused_in_words_or_brings_nothing(maillage: Run, victim: Path) -> None:
    made = files(victim)
    before = maillage("--annuaire", victim, "base", "empreinte", "--json").out
    world = sorted(p for p in victim.parent.rglob("*") if victim not in p.parents)
    for name, code, path in made:
        for words in (("examiner", path), ("appliquer", path, "--oui")):
            answer = maillage("--annuaire", victim, "paquet", *words, "--json")
            if code:
                error = json.loads(answer.out)["error"]
                assert (name, answer.code in (1, 3), error["code"]) == (name, True, code)
                assert error["message"].endswith(".")
                assert error["hint"]
                assert "Traceback" not in answer.err
            else:
                assert (name, answer.code) == (name, 0), answer.err
        assert maillage("--annuaire", victim, "base", "empreinte", "--json").out == before, name
    found = maillage("--annuaire", victim, "base", "verifier", "--json").document("verifier")
    assert found["ok"], found
    assert sorted(p for p in victim.parent.rglob("*") if victim not in p.parents) == world
    assert not list(victim.parent.rglob("*evade*"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_none_of_them_takes_more_memory_than_an_old_pc_has(victim: Path) -> None:
    made = [str(path) for _name, _code, path in files(victim)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.cli.hostile", str(victim), *made],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    memory, worst = map(int, done.stdout.split()[-2:])
    assert worst in (1, 3)
    assert memory < 512, f"{memory} MB"
