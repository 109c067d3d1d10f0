"""`maillage paquet …`: two PCs that never see each other agree, from the terminal alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Answer, Run

Pc = Callable[..., Answer]

FEW = ("commune", "availability", "preferred_contact")
"""Fields of a person that are declared for the network alone."""


@pytest.fixture
def one(maillage: Run, tmp_path: Path) -> Pc:
    return lambda *words: maillage("--annuaire", tmp_path / "un", *words, "--json")


@pytest.fixture
def other(maillage: Run, tmp_path: Path) -> Pc:
    return lambda *words: maillage("--annuaire", tmp_path / "deux", *words, "--json")


def make(pc: Pc, *words: str) -> str:
    return str(pc("fiche", "creer", *words).document("creer")["id"])


def give(giver: Pc, taker: Pc, file: Path, *words: str) -> dict[str, Any]:
    giver("paquet", "creer", file, *words).document("paquet_creer")
    found: dict[str, Any] = taker("paquet", "appliquer", file, "--oui").document("paquet")
    return found


def digest(pc: Pc) -> str:
    return str(pc("base", "empreinte").document("empreinte")["digest"])


def total(pc: Pc, text: str) -> int:
    return int(pc("chercher", text).document("chercher")["total"])


def test_an_empty_directory_joins_the_network_of_the_packet(one: Pc, other: Pc, tmp_path: Path) -> None:
    make(one, "person", "name=Élise Roumégas", "phone=0639984107")
    done = give(one, other, tmp_path / "p.maille")
    assert (done["new"] > 1, done["changed"], done["conflicts"], done["gaps"]) == (True, 0, 0, [])
    assert total(other, "roumegas") == 1
    assert digest(one) == digest(other)
    again = other("paquet", "appliquer", tmp_path / "p.maille").document("paquet")
    assert (again["new"], again["changed"]) == (0, 0)


def test_the_first_packet_of_a_pc_is_accepted_by_a_person(one: Pc, other: Pc, tmp_path: Path) -> None:
    make(one, "person", "name=Élise Roumégas")
    one("paquet", "creer", tmp_path / "p.maille")
    refused = other("paquet", "appliquer", tmp_path / "p.maille")
    assert (refused.code, refused.document("erreur")["error"]["code"]) == (1, "unknown_sender")
    assert total(other, "") == 0


def test_looking_at_a_packet_changes_nothing(one: Pc, other: Pc, tmp_path: Path) -> None:
    make(one, "person", "name=Élise Roumégas")
    one("paquet", "creer", tmp_path / "p.maille")
    looked = other("paquet", "examiner", tmp_path / "p.maille").document("paquet")
    tried = other("paquet", "appliquer", tmp_path / "p.maille", "--essai").document("paquet")
    assert (looked["import_id"], looked["new"] > 0, looked) == (None, True, tried)
    assert total(other, "") == 0


def test_both_write_and_both_values_stay(one: Pc, other: Pc, tmp_path: Path) -> None:
    elise = make(one, "person", "name=Élise Roumégas", "occupation=Menuisière")
    give(one, other, tmp_path / "1.maille")
    one("fiche", "modifier", elise, "occupation=Ébéniste")
    other("fiche", "modifier", elise, "occupation=Tourneuse")
    assert give(other, one, tmp_path / "2.maille")["conflicts"] == 1
    give(one, other, tmp_path / "3.maille")
    for pc in (one, other):
        siblings = pc("fiche", "montrer", elise).document("fiche")["siblings"]["occupation"]
        assert {s["value"] for s in siblings} == {"Ébéniste", "Tourneuse"}
    assert digest(one) == digest(other)


def test_a_packet_is_taken_back_and_received_again(one: Pc, other: Pc, tmp_path: Path) -> None:
    make(one, "person", "name=Élise Roumégas")
    give(one, other, tmp_path / "1.maille")
    make(other, "person", "name=Zoé Essai")
    done = give(other, one, tmp_path / "2.maille")
    assert one("paquet", "annuler", done["import_id"]).code == 0
    assert total(one, "zoé essai") == 0
    assert one("paquet", "annuler", done["import_id"]).code == 1
    one("paquet", "appliquer", tmp_path / "2.maille")
    assert total(one, "zoé essai") == 1
    assert digest(one) == digest(other)


def test_what_was_written_since_stays_and_is_named(one: Pc, other: Pc, tmp_path: Path) -> None:
    elise = make(one, "person", "name=Élise Roumégas")
    done = give(one, other, tmp_path / "1.maille")
    other("fiche", "modifier", elise, "occupation=Tourneuse")
    said = other("paquet", "annuler", done["import_id"])
    assert "Élise Roumégas" in said.err + said.out
    assert total(other, "roumégas") == 1


def test_the_erasure_of_a_referent_is_followed_and_old_packets_bring_nobody_back(
    one: Pc, other: Pc, tmp_path: Path
) -> None:
    elise = make(one, "person", "name=Élise Roumégas")
    make(one, "person", "name=Zoé Essai")
    give(one, other, tmp_path / "1.maille")
    shutil.copy(tmp_path / "1.maille", tmp_path / "ancien.maille")
    one("fiche", "effacer", elise, "--oui")
    assert not (tmp_path / "1.maille").exists()
    one("paquet", "creer", tmp_path / "2.maille")
    taken = other("paquet", "appliquer", tmp_path / "2.maille").document("paquet")
    assert (taken["erased"] > 0, total(other, "roumégas")) == (True, 0)
    old = other("paquet", "appliquer", tmp_path / "ancien.maille").document("paquet")
    assert (old["new"], old["ignored"] > 0, total(other, "roumégas")) == (0, True, 0)
    assert digest(one) == digest(other)


def test_the_erasure_of_any_other_pc_goes_only_with_a_persons_word(one: Pc, other: Pc, tmp_path: Path) -> None:
    elise = make(one, "person", "name=Élise Roumégas")
    give(one, other, tmp_path / "1.maille")
    give(other, one, tmp_path / "2.maille")
    other("fiche", "effacer", elise, "--oui")
    other("paquet", "creer", tmp_path / "3.maille")
    one("paquet", "appliquer", tmp_path / "3.maille", "--essai").document("paquet")
    refused = one("paquet", "appliquer", tmp_path / "3.maille")
    assert refused.code == 1
    assert refused.document("erreur")["error"]["code"] == "erasure_asked"
    assert total(one, "roumégas") == 1
    taken = one("paquet", "appliquer", tmp_path / "3.maille", "--oui").document("paquet")
    assert (taken["erased"], total(one, "roumégas")) == (1, 0)
    give(one, other, tmp_path / "4.maille")
    assert digest(one) == digest(other)


def test_only_what_a_pc_lacks_is_sent(one: Pc, other: Pc, tmp_path: Path) -> None:
    other("espace", "creer", "Réseau des Causses", "--poste", "Accueil")
    for n in range(5):
        make(other, "person", f"name=Personne Essai {n}")
    give(other, one, tmp_path / "1.maille")
    make(one, "person", "name=Zoé Essai")
    all_of_it = one("paquet", "creer", tmp_path / "2.maille").document("paquet_creer")
    news = one("paquet", "creer", tmp_path / "3.maille", "--depuis", "accueil").document("paquet_creer")
    assert 0 < news["records"] < all_of_it["records"]
    other("paquet", "appliquer", tmp_path / "3.maille", "--oui").document("paquet")
    assert digest(one) == digest(other)


def test_what_is_private_never_leaves(one: Pc, other: Pc, tmp_path: Path) -> None:
    make(one, "person", "name=Élise Secrète", "--audience", "private")
    make(one, "person", "name=Zoé Essai", "phone=0639984107", "phone@=private")
    give(one, other, tmp_path / "p.maille")
    assert (total(other, "secrète"), total(other, "zoé")) == (0, 1)
    assert one("paquet", "creer", tmp_path / "q.maille", "--audience", "privé").code == 1
    assert not (tmp_path / "q.maille").exists()


def test_a_public_packet_holds_no_person_who_did_not_agree(one: Pc, other: Pc, tmp_path: Path) -> None:
    zoe = make(one, "person", "name=Zoé Essai", "--audience", "public")
    make(one, "place", "title=Le Fournil", "--audience", "public")
    one("paquet", "creer", tmp_path / "1.maille", "--audience", "public")
    other("paquet", "appliquer", tmp_path / "1.maille", "--oui")
    assert (total(other, "zoé"), total(other, "fournil")) == (0, 1)
    one("fiche", "accord", zoe, "web", "oui")
    one("paquet", "creer", tmp_path / "2.maille", "--audience", "public")
    other("paquet", "appliquer", tmp_path / "2.maille", "--oui")
    assert total(other, "zoé") == 1


def test_a_public_packet_takes_nothing_from_the_whole_one_that_follows(one: Pc, other: Pc, tmp_path: Path) -> None:
    place = make(one, "place", "title=Le Fournil", "capacity=12", "capacity@=shared", "--audience", "public")
    # nobody chose an audience for these: no version of their own says that they stay out of a public packet
    quiet = ("commune=Mende", "availability=le soir", "preferred_contact=phone")
    zoe = make(one, "person", "name=Zoé Essai", *quiet, "--audience", "public")
    one("fiche", "accord", zoe, "web", "oui")
    give(one, other, tmp_path / "1.maille", "--audience", "public")
    assert "capacity" not in other("fiche", "montrer", place).document("fiche")["fields"]
    assert other("fiche", "montrer", zoe).document("fiche")["fields"].keys().isdisjoint(FEW)
    give(one, other, tmp_path / "2.maille")
    assert other("fiche", "montrer", place).document("fiche")["fields"]["capacity"] == 12
    assert {n: other("fiche", "montrer", zoe).document("fiche")["fields"].get(n) for n in FEW} == {
        n: one("fiche", "montrer", zoe).document("fiche")["fields"][n] for n in FEW
    }
    assert digest(one) == digest(other)


@pytest.mark.parametrize(("content", "code"), [(b"", "bundle_empty"), (b"nom;ville\nZo\xe9;Mende\n", "not_a_bundle")])
def test_what_is_no_packet_is_refused(other: Pc, tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "p.maille").write_bytes(content)
    refused = other("paquet", "appliquer", tmp_path / "p.maille", "--oui")
    assert (refused.code, refused.document("erreur")["error"]["code"]) == (1, code)


def test_packets_of_others_and_ones_own_are_refused(one: Pc, other: Pc, tmp_path: Path) -> None:
    make(one, "person", "name=Élise Roumégas")
    make(other, "person", "name=Zoé Essai")
    one("paquet", "creer", tmp_path / "p.maille")
    for pc, code in ((one, "own_bundle"), (other, "other_space")):
        refused = pc("paquet", "appliquer", tmp_path / "p.maille", "--oui")
        assert (refused.code, refused.document("erreur")["error"]["code"]) == (1, code)
