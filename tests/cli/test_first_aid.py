"""A directory that does not open, in the terminal: a sentence, code 3, and what to write next."""

from __future__ import annotations

import os
from pathlib import Path

from tests.cli.conftest import Run


def spoil(size: int = 50_000) -> Path:
    folder = Path(os.environ["MAILLAGE_ANNUAIRE"])
    os.truncate(folder / "partage.db", size)
    return folder


def test_a_damaged_base_ends_in_a_sentence_and_is_mended_from_there(maillage: Run) -> None:
    maillage("fiche", "creer", "place", "title=Avant")
    assert maillage("base", "sauvegarder").code == 0
    folder = spoil()
    for words in (("base", "verifier"), ("fiche", "creer", "place", "title=Après")):
        told = maillage(*words, "--json")
        assert told.code == 3
        assert told.document("erreur")["error"]["code"] == "damaged"
        assert "maillage base restaurer derniere" in told.err
    (listed,) = maillage("base", "sauvegardes", "--json").document("sauvegardes")["backups"]
    assert (listed["records"], listed["usable"]) == (1, True)
    back = maillage("base", "restaurer", "derniere")
    assert back.code == 0
    (kept,) = folder.glob("base-abimee-*")
    assert str(kept) in back.out
    assert [r["title"] for r in maillage("chercher", "", "--json").document("chercher")["results"]] == ["Avant"]


def test_what_serves_a_damaged_base_leaves_a_sound_one_alone(maillage: Run) -> None:
    maillage("fiche", "creer", "place", "title=Avant")
    for verb in ("recuperer", "ecarter"):
        assert maillage("base", verb).code == 1
    folder = spoil(100)
    with (folder / "partage.db").open("r+b") as file:
        file.write(bytes(100))
    nothing = maillage("base", "recuperer", "--json")
    assert nothing.document("erreur")["error"]["code"] == "nothing_readable"
    assert maillage("base", "ecarter", "--json").document("ecarter")["kept_in"].startswith(str(folder))
    assert maillage("fiche", "creer", "place", "title=Nouveau").code == 0


def test_damage_that_an_opening_does_not_meet_ends_the_look_over_badly(maillage: Run) -> None:
    maillage("fiche", "creer", "place", "title=Avant")
    from appli.store.engine import connect

    base = connect(Path(os.environ["MAILLAGE_ANNUAIRE"]) / "partage.db")
    base.execute("DELETE FROM place")
    base.close()
    told = maillage("base", "verifier", "--json")
    assert told.code == 3
    assert not told.document("verifier")["ok"]
    assert "maillage base recuperer" in maillage("base", "verifier").out


def test_what_was_set_aside_is_listed_then_deleted_for_good(maillage: Run) -> None:
    maillage("fiche", "creer", "person", "name=Zéphirine Quatrelivres")
    assert maillage("base", "ecartees", "--json").document("ecartees") == {"set_aside": []}
    folder = spoil()
    maillage("base", "ecarter")
    (listed,) = maillage("base", "ecartees", "--json").document("ecartees")["set_aside"]
    assert (folder / listed["name"]).is_dir()
    assert (listed["reason"], listed["bytes"] > 50_000) == ("damaged", True)
    assert listed["name"] in maillage("base", "ecartees").out
    gone = maillage("fiche", "creer", "person", "name=Zéphirine Quatrelivres", "--json").document("creer")["id"]
    told = maillage("fiche", "effacer", gone, "--oui", "--json")
    assert '"erased": true' in told.out
    assert "maillage base ecartees" in told.err
    for words, code in (((listed["name"],), "confirm_needed"), (("sauvegardes", "--oui"), "no_base_aside")):
        refused = maillage("base", "effacer-ecartee", *words, "--json")
        assert (refused.code, refused.document("erreur")["error"]["code"]) == (1, code)
    done = maillage("base", "effacer-ecartee", "toutes", "--oui", "--json").document("effacer_ecartee")
    assert done == {"deleted": [listed["name"]], "bytes": listed["bytes"]}
    assert not [p for p in folder.rglob("*") if p.is_file() and "Zéphirine".encode() in p.read_bytes()]
