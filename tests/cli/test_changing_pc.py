"""A directory changes PC in the terminal: one file, its phrase in another, and the directory in a new folder."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_directory_goes_and_arrives(maillage: Run, tmp_path: Path) -> None:
    maillage("fiche", "creer", "place", "title=Atelier")
    file, there, phrase = tmp_path / "a.maillage-dossier", tmp_path / "la", tmp_path / "phrase.txt"
    left = maillage("base", "emporter", file, "--json").document("emporter")
    assert len(left["phrase"].split()) == 7
    assert left["bytes"] == file.stat().st_size
    asked = maillage("base", "reprendre", file, "--dans", there, "--json")
    assert (asked.code, asked.document("erreur")["error"]["code"]) == (1, "passphrase_needed")
    phrase.write_text(left["phrase"] + "\n", "utf-8")
    came = maillage("base", "reprendre", file, "--dans", there, "--phrase", phrase, "--json").document("reprendre")
    assert (came["records"], came["problems"]) == (1, [])
    found = json.loads(maillage("--annuaire", there, "chercher", "", "--json").out)["results"]
    assert [row["title"] for row in found] == ["Atelier"]
    again = maillage("base", "reprendre", file, "--dans", there, "--phrase", phrase)
    assert again.code == 1


def test_it_is_no_packet(maillage: Run, tmp_path: Path) -> None:
    maillage("fiche", "creer", "place", "title=Atelier")
    file = tmp_path / "a.maille"
    maillage("base", "emporter", file)
    told = maillage("paquet", "examiner", file)
    assert told.code == 1
    assert "annuaire entier" in told.err
