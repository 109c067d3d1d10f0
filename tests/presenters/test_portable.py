"""Maillage on a stick: everything beside the program, found again under another drive or name."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from appli import config
from appli.app import open_directory, open_index
from appli.domain.audience import Audience
from appli.presenters import about, startup
from appli.services.editing import Assignment, create_sheet
from appli.services.exchanging.folder_memory import Memory, chosen_root
from appli.store.index_model import Query


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program in a folder of a stick."""
    for name in ("MAILLAGE_ANNUAIRE", "MAILLAGE_CONFIG", "MAILLAGE_CACHE"):
        monkeypatch.delenv(name)
    root = tmp_path / "Clé de l’été" / "Maillage"
    root.mkdir(parents=True)
    (root / config.PORTABLE_MARK).touch(0o444)
    monkeypatch.setattr(sys, "executable", str(root / "maillage"))
    return root


def plugged_in_elsewhere(stick: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    there = stick.parent.parent / "E" / "Mes outils"
    there.parent.mkdir()
    stick.rename(there)
    monkeypatch.setattr(sys, "executable", str(there / "maillage"))
    return there


def test_it_goes_on_as_the_same_pc_under_another_drive(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = open_directory(config.usual_directory())
    create_sheet(directory, "person", [Assignment("name", "=", "Élise Roumégas")], Audience.SHARED)
    memory = Memory(directory)
    memory.place = str(stick / "échanges")
    memory.save()
    name = directory.store.replica
    directory.close()
    config.remember_directory(directory.store.path)
    assert str(stick) not in (stick / "donnees" / "config" / "reglages.json").read_text("utf-8")

    there = plugged_in_elsewhere(stick, monkeypatch)
    assert config.default_directory() == there / "donnees" / "data" / "annuaire"
    again = open_directory(config.default_directory())
    assert again.store.replica == name
    assert chosen_root(again) == there / "échanges"
    assert Memory(again).root == there / "échanges"
    again.close()


def test_a_directory_of_the_pc_keeps_its_path(stick: Path, tmp_path: Path) -> None:
    config.remember_directory(tmp_path / "ailleurs")
    assert config.default_directory() == tmp_path / "ailleurs"


def test_an_installed_program_writes_whole_paths(tmp_path: Path) -> None:
    assert config.as_kept(tmp_path / "annuaire") == str(tmp_path / "annuaire")
    assert config.as_found("annuaire") == Path("annuaire")
    assert not startup.keep_together()
    assert about.portable_words() == ""


def test_what_passes_stays_on_the_stick(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMPDIR", "TEMP", "TMP", *startup._NO_SHADERS_KEPT):
        monkeypatch.setenv(name, "")  # so that they are put back
    assert startup.keep_together()
    assert Path(os.environ["TMPDIR"]).is_relative_to(stick)
    assert os.environ["MESA_SHADER_CACHE_DISABLE"] == "true"
    assert "«\u00a0Maillage\u00a0»" in about.portable_words()


def test_where_nothing_can_be_written_choices_last_as_long_as_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fichier").write_text("")
    monkeypatch.setenv("MAILLAGE_CONFIG", str(tmp_path / "fichier"))
    config.save_settings(theme="dark")
    assert config.load_settings().theme == "dark"
    config.save_settings(text_scale=150)
    assert (config.load_settings().theme, config.load_settings().text_scale) == ("dark", 150)
    (tmp_path / "fichier").unlink()
    config.save_settings(text_scale=100)
    assert not config._PASSING
    assert config.load_settings().theme == "dark"


def test_a_long_path_with_accents_and_spaces(tmp_path: Path) -> None:
    folder = tmp_path
    while len(str(folder)) < 300:
        folder = folder / "Réseau d’entraide des Trois Rivières"
    directory = open_directory(folder)
    create_sheet(directory, "person", [Assignment("name", "=", "Élise Roumégas")], Audience.SHARED)
    backup = directory.store.backup("manuelle")
    directory.store.restore(backup.name)
    directory.close()
    open_directory(folder).close()
    with open_index(folder) as index:
        assert len(index.first_page(Query())) == 1
