"""`maillage fiche …`: a sheet made, changed, linked, settled, erased from the terminal."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from uuid import UUID

from appli.app import open_directory
from appli.services.judging import unite
from tests.cli.conftest import Run


def _make(maillage: Run, *words: str) -> str:
    return str(maillage("fiche", "creer", *words, "--json").document("creer")["id"])


def test_a_sheet_says_what_was_written(maillage: Run) -> None:
    made = maillage(
        "fiche", "creer", "person", "name=ROUMÉGAS Élise", "phone=0639984107", "skills+=soudure, menuiserie",
        "commune=Florac", "address.street=3 rue du Pêcher", "position=44.32,3.59", "--json",
    ).document("creer")  # fmt: skip
    sheet = maillage("fiche", "montrer", made["code"].lower(), "--json").document("fiche")
    assert sheet["fields"]["name"]["display"] == "Élise Roumégas"
    assert sheet["fields"]["phone"] == ["06 39 98 41 07"]
    assert sorted(sheet["fields"]["skills"]) == ["Menuiserie", "Soudure"]
    assert sheet["fields"]["commune"] == {"insee": "48061", "name": "Florac Trois Rivières"}
    assert sheet["fields"]["address"] == {"street": "3 rue du Pêcher"}
    assert (sheet["fields"]["position"]["lat"], sheet["fields"]["position"]["lon"]) == (44.32, 3.59)
    assert sheet["audience"] == "shared"


def test_assignments_set_clear_add_and_take(maillage: Run) -> None:
    made = _make(maillage, "person", "name=Noé Testard", "occupation=Maçon", "skills=a,b", "status+=elected")
    maillage("fiche", "modifier", made, "occupation=", "skills+=c", "skills-=a", "status+=Bénévole")
    fields = maillage("fiche", "montrer", made, "--json").document("fiche")["fields"]
    assert "occupation" not in fields
    assert sorted(fields["skills"]) == ["B", "C"]
    assert fields["status"] == ["elected", "volunteer"]


def test_french_labels_are_understood_and_never_emitted(maillage: Run) -> None:
    made = _make(maillage, "Lieu", "Nom=Le Fournil", "Horaires=Mo-Fr 09:00-12:00", "familles=coworking")
    fields = maillage("fiche", "montrer", made, "--json").document("fiche")["fields"]
    assert fields["title"] == "Le Fournil"
    assert fields["opening_hours"] == "Mo-Fr 09:00-12:00"
    assert fields["families"] == ["coworking"]


def test_the_audience_of_a_field_is_its_own(maillage: Run) -> None:
    made = _make(maillage, "person", "name=Noé Testard", "occupation=Maçon", "occupation@=private")
    before = maillage("base", "empreinte", "--json").document("empreinte")["digest"]
    maillage("fiche", "modifier", made, "occupation=Charpentier")
    assert maillage("base", "empreinte", "--json").document("empreinte")["digest"] == before
    assert maillage("fiche", "montrer", made, "--json").document("fiche")["fields"]["occupation"] == "Charpentier"


def test_links_are_read_from_both_ends(maillage: Run) -> None:
    person, place = _make(maillage, "person", "name=Noé Testard"), _make(maillage, "place", "title=Le Fournil")
    assert maillage("fiche", "lier", person, "animates", place).code == 0
    links = maillage("fiche", "montrer", place, "--json").document("fiche")["links"]
    assert links == [{"role": "animates_inverse", "id": person, "title": "Noé Testard"}]
    assert maillage("fiche", "delier", place, "est animé par", person).code == 0
    assert maillage("fiche", "montrer", person, "--json").document("fiche")["links"] == []


def test_the_trash_keeps_and_gives_back(maillage: Run) -> None:
    made = _make(maillage, "place", "title=Le Fournil")
    maillage("fiche", "corbeille", made)
    assert maillage("chercher", "fournil", "--json").document("chercher")["total"] == 0
    assert maillage("fiche", "montrer", made, "--json").document("fiche")["trashed"] is True
    maillage("fiche", "restaurer", made)
    assert maillage("chercher", "fournil", "--json").document("chercher")["total"] == 1


def test_an_answer_is_noted_by_purpose(maillage: Run) -> None:
    made = _make(maillage, "person", "name=Noé Testard")
    maillage("fiche", "accord", made, "members_print", "oui")
    maillage("fiche", "accord", made, "carte", "non")
    consents = maillage("fiche", "montrer", made, "--json").document("fiche")["consents"]
    assert {c["purpose"]: c["given"] for c in consents} == {"members_print": True, "map": False}


def test_erasing_asks_first_and_forgets(maillage: Run) -> None:
    made = _make(maillage, "person", "name=Noé Testard")
    refused = maillage("fiche", "effacer", made, "--json")
    assert refused.code == 1
    assert refused.document("erreur")["error"]["code"] == "confirm_needed"
    assert maillage("fiche", "effacer", made, "--oui").code == 0
    assert maillage("fiche", "montrer", made, "--json").code == 1
    assert maillage("chercher", "", "--json").document("chercher")["total"] == 0


def test_what_cannot_stand_is_refused_with_a_way_out(maillage: Run) -> None:
    for words, code in (
        (("fiche", "creer", "licorne", "name=x"), "unknown_kind"),
        (("fiche", "creer", "person", "occupation=Maçon"), "no_title"),
        (("fiche", "creer", "person", "name=x", "couleur=bleu"), "unknown_field"),
        (("fiche", "creer", "person", "name=x", "phone=06 39 98"), "bad_phone"),
        (("fiche", "creer", "place", "title=x", "position=0,0"), "bad_value"),
        (("fiche", "creer", "place", "title=x", "capacity=beaucoup"), "bad_value"),
        (("fiche", "montrer", "P-000000-0"), "no_record"),
    ):
        answer = maillage(*words, "--json")
        error = answer.document("erreur")["error"]
        assert (answer.code, error["code"]) == (1, code)
        assert error["hint"]


def test_hostile_names_are_only_names(maillage: Run) -> None:
    name = "<img src=x onerror=alert(1)>${1}"
    made = _make(maillage, "place", f"title={name}")
    assert maillage("fiche", "montrer", made, "--json").document("fiche")["fields"]["title"] == name
    assert maillage("chercher", name, "--json").document("chercher")["total"] == 1


def test_sheets_judged_to_be_one_are_erased_together_and_say_so_first(maillage: Run, own_world: Path) -> None:
    one, other = (_make(maillage, "person", f"name={name}") for name in ("Élise Roumégas", "Elise Roumegas"))
    with closing(open_directory(own_world / "annuaire")) as directory:
        unite(directory, UUID(one).bytes, UUID(other).bytes)
    refused = maillage("fiche", "effacer", other, "--json")
    assert "la fiche réunie avec elle" in refused.document("erreur")["error"]["message"]
    assert maillage("chercher", "", "--json").document("chercher")["total"] == 1
    assert maillage("fiche", "effacer", other, "--oui").code == 0
    assert maillage("chercher", "", "--json").document("chercher")["total"] == 0
    assert maillage("fiche", "montrer", one).code == 1


def test_an_offer_and_a_need_are_what_they_are_called(maillage: Run) -> None:
    for word, code in (("offer", "offer"), ("besoin", "need"), ("Besoins", "need")):
        made = _make(maillage, word, "title=Tente de dix places")
        assert maillage("fiche", "montrer", made, "--json").document("fiche")["fields"]["type"] == code
    said = _make(maillage, "offer", "title=Tente", "type=need")
    assert maillage("fiche", "montrer", said, "--json").document("fiche")["fields"]["type"] == "need"
