"""The verbs about the whole directory, and how a command line that cannot be read ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from appli import config
from tests.cli.conftest import Run


def test_a_folder_without_directory_is_told(maillage: Run) -> None:
    answer = maillage("chercher", "x", "--json")
    assert answer.code == 3
    assert answer.document("erreur")["error"]["code"] == "no_directory"


def test_words_that_cannot_be_read_are_usage(maillage: Run) -> None:
    for words in (("chercher",), ("fiche",), ("voler",), ("fiche", "creer", "person", "sans-egal")):
        answer = maillage(*words)
        assert answer.code == 2
        assert answer.err
        assert "error" not in answer.err


def test_the_version_is_said_wherever_it_is_asked(maillage: Run, tmp_path: Path) -> None:
    here = config.program_version()
    assert here
    for words in (("--version",), ("--annuaire", tmp_path / "rien", "--version"), ("--version", "demo")):
        answer = maillage(*words)
        assert (answer.code, answer.out, answer.err) == (0, f"Maillage {here}\n", "")
    for words in (("--json", "--version"), ("--version", "--json")):
        assert maillage(*words).document("version") == {"name": "maillage", "version": here}
    assert not (tmp_path / "rien").exists()
    assert not config.default_directory().exists()
    assert maillage("--version", "voler").code == 2


@pytest.mark.parametrize("word", ["-h", "--help", "--aide"])
def test_help_is_given_in_french_under_each_of_its_names(
    word: str, maillage: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    for verb in ((), ("base", "emporter")):
        with pytest.raises(SystemExit) as ended:
            maillage(*verb, word)
        said = capsys.readouterr().out
        assert ended.value.code == 0
        assert said.startswith("usage\u00a0: maillage")
        assert not {"positional", "options:", "show this"} & set(said.split())


def test_options_stand_before_or_after_the_verb(maillage: Run, tmp_path: Path) -> None:
    folder = tmp_path / "un autre été"
    assert maillage("--annuaire", folder, "fiche", "creer", "place", "title=A", "--json").code == 0
    before = maillage("--json", "--annuaire", folder, "chercher", "")
    after = maillage("chercher", "", "--annuaire", folder, "--json")
    assert before.document("chercher") == after.document("chercher")
    assert after.document("chercher")["total"] == 1


def test_a_space_is_founded_by_itself_and_described(maillage: Run) -> None:
    maillage("fiche", "creer", "place", "title=A")
    first = json.loads(maillage("espace", "montrer", "--json").out)
    maillage("espace", "creer", "Réseau du Causse", "--territoire", "48", "--poste", "Accueil")
    second = json.loads(maillage("espace", "montrer", "--json").out)
    assert first["id"] == second["id"]
    assert (second["name"], second["replica"]) == ("Réseau du Causse", "Accueil")
    assert second["territory"] == [{"level": "department", "code": "48"}]


def test_every_kind_is_listed_with_numbers_and_audiences(maillage: Run) -> None:
    kinds = {k["code"]: k for k in json.loads(maillage("genres", "--json").out)["kinds"]}
    assert kinds["person"]["number"] == 1
    address = next(f for f in kinds["person"]["fields"] if f["name"] == "address")
    assert (address["type"], address["audience"], address["personal"]) == ("address", "private", True)


@pytest.mark.parametrize("text", ["st chely d'apcher", "48200", "Marseille 2e", "st denis 974"])
def test_communes_are_found(maillage: Run, text: str) -> None:
    assert maillage("localiser", text, "--json").document("localiser")["results"]


def test_what_is_supposed_of_a_commune_is_said(maillage: Run) -> None:
    assert maillage("localiser", "Florac").out == "48061  Florac Trois Rivières (Lozère), autrefois Florac\n"
    assert maillage("localiser", "Langonge", "--limite", "1").out == "48080  Langogne (Lozère), nom voisin\n"
    assert maillage("localiser", "48000", "--limite", "1").out == "48095  Mende (Lozère), d’après les chiffres\n"
    assert maillage("localiser", "Mende 12", "--limite", "1").out.endswith(", dans un autre département\n")
    nowhere = maillage("localiser", "xqzwk")
    assert (nowhere.code, nowhere.out) == (0, "Aucune commune de ce nom.\n")


def test_a_search_around_a_misspelt_commune_is_refused_with_what_it_may_mean(maillage: Run) -> None:
    maillage("fiche", "creer", "place", "title=Atelier", "commune=Mende")
    refused = maillage("chercher", "", "--commune", "Langonge")
    assert refused.code == 1
    assert "Langogne" in refused.err


def test_the_base_is_verified_backed_up_and_restored(maillage: Run) -> None:
    maillage("fiche", "creer", "place", "title=Avant")
    name = json.loads(maillage("base", "sauvegarder", "--json").out)["name"]
    maillage("fiche", "creer", "place", "title=Après")
    assert maillage("base", "restaurer", name).code == 0
    titles = [r["title"] for r in maillage("chercher", "", "--json").document("chercher")["results"]]
    assert titles == ["Avant"]
    assert maillage("base", "verifier", "--json").document("verifier") == {"ok": True, "problems": []}


def test_a_search_names_kind_and_commune(maillage: Run) -> None:
    maillage("fiche", "creer", "place", "title=Atelier", "commune=Mende")
    maillage("fiche", "creer", "person", "name=Anne Atelier", "commune=Mende")
    maillage("fiche", "creer", "place", "title=Atelier du lac", "commune=48198")

    def titles(*words: str) -> list[str]:
        found = maillage("chercher", "atelier", *words, "--json").document("chercher")
        return sorted(r["title"] for r in found["results"])

    assert titles("--genre", "place") == ["Atelier", "Atelier du lac"]
    assert titles("--commune", "Mende") == ["Anne Atelier", "Atelier"]
    assert titles("--commune", "48095", "--rayon", "60") == ["Anne Atelier", "Atelier", "Atelier du lac"]
    assert titles("--genre", "lieux", "--commune", "48095") == ["Atelier"]


def test_of_two_communes_of_one_name_the_one_at_home_is_meant(maillage: Run) -> None:
    maillage("fiche", "creer", "place", "title=Loin", "commune=Villefort")
    maillage("espace", "creer", "Réseau du Causse", "--territoire", "48")
    maillage("fiche", "creer", "place", "title=Ici", "commune=Villefort")
    found = {r["title"]: r["id"] for r in maillage("chercher", "", "--json").document("chercher")["results"]}
    sheets = {t: maillage("fiche", "montrer", i, "--json").document("fiche")["fields"] for t, i in found.items()}
    assert sheets["Loin"]["commune"] == {"name": "Villefort"}
    assert sheets["Ici"]["commune"]["insee"] == "48198"
