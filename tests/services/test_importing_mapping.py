"""What columns are proposed to become, on the real lists and on small ones; a mapping changed and remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from appli.domain import catalogue
from appli.errors import UserError
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.proposing import propose
from appli.services.importing.reading import ListFile, open_list, read_again
from appli.services.importing.targets import GROUPS, check_target, label_of, targets

CENSUS = {
    "ID": "id",
    "NOM_TL": "title",
    "ADRESSE": "address.street",
    "CP": "address.postcode",
    "COMINIT": "commune.name",
    "INSEECOM": "commune.insee",
    "NOMCOM": "commune.name",
    "WEB": "web",
    "TWITTER": "social",
    "FACEBOOK": "social",
    "TYPO": "families",
    "LAT": "position.lat",
    "LONG": "position.lon",
    "MAIL": "email",
}
SERVICES = {
    "id_fs": "id",
    "lib_fs": "title",
    "adresse": "address.street",
    "complement_adresse": "address.complement",
    "insee_com": "commune.insee",
    "code_postal": "address.postcode",
    "lib_com": "commune.name",
    "latitude": "position.lat",
    "longitude": "position.lon",
    "mail": "email",
    "telephone": "phone",
    "h_lundi": "opening_hours.mo",
    "h_mardi": "opening_hours.tu",
    "h_mercredi": "opening_hours.we",
    "h_jeudi": "opening_hours.th",
    "h_vendredi": "opening_hours.fr",
    "h_samedi": "opening_hours.sa",
    "commentaire": "hours_note",
    "itinerance": "itinerant",
}
MEMBERS = {
    "Nom": "name",
    "Structure": "member_of",
    "Compétences": "skills",
    "Tél": "phone",
    "Mail": "email",
    "CP": "address.postcode",
    "Ville": "commune.name",
    "OK annuaire ?": "consent",
}
FABLABS = {
    "id": "id",
    "name": "title",
    "adresse": "address.street",
    "cp": "address.postcode",
    "ville": "commune.name",
    "web": "web",
    "twitter": "social",
    "instagram": "social",
    "facebook": "social",
    "email": "email",
    "tel": "phone",
    "rss": "web",
    "geometry.lat": "position.lat",
    "geometry.lon": "position.lon",
}


def listed(tmp_path: Path, *lines: str) -> ListFile:
    path = tmp_path / "liste.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return open_list(path)


def proposed(found: ListFile, kind: str = "") -> ImportMapping:
    return propose(found.profiles, kind or found.guessed_kind, "liste")


def kept(mapping: ImportMapping) -> dict[str, str]:
    return {c: t for c, t in mapping.columns if t}


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("cget_tiers_lieux_2019.csv", "place", CENSUS),
        ("cget_tiers_lieux_2019.xlsx", "place", CENSUS),
        ("france_services_20221201.csv", "place", SERVICES),
        ("adherents_inventes.csv", "person", MEMBERS),
        ("bzh_fablabs.geojson", "place", FABLABS),
    ],
)
def test_the_real_lists_need_no_choice(shared_data: Path, name: str, kind: str, expected: dict[str, str]) -> None:
    mapping = proposed(open_list(shared_data / name))
    assert mapping.kind == kind
    assert kept(mapping) == expected


def test_the_other_members_list_says_the_same_in_other_words(shared_data: Path) -> None:
    mapping = proposed(open_list(shared_data / "adherents_inventes_utf8.csv"))
    assert sorted(kept(mapping).values()) == sorted([*(set(MEMBERS.values()) - {"phone"}), "mobile"])
    assert mapping.key == ("Courriel", "NOM Prénom", "Code postal", "Commune")


def test_todays_name_of_a_commune_comes_before_the_one_first_typed(shared_data: Path) -> None:
    mapping = proposed(open_list(shared_data / "cget_tiers_lieux_2019.csv"))
    assert mapping.feeding("commune.name") == ["NOMCOM", "COMINIT"]


def test_beside_a_given_name_a_name_is_the_familys(tmp_path: Path) -> None:
    mapping = proposed(listed(tmp_path, "Nom;Prénom;Compétences", "DUPONT;Zoé;bois", "MARTIN;Ali;fer"))
    assert kept(mapping) == {"Nom": "name.family", "Prénom": "name.given", "Compétences": "skills"}


def test_a_column_called_id_that_repeats_itself_is_none(tmp_path: Path) -> None:
    mapping = proposed(listed(tmp_path, "id;nom;capacité", "1;A;3", "1;B;4", "2;C;5"), "place")
    assert mapping.foreign_id is None
    assert mapping.key == ("nom",)


def test_a_second_column_of_the_same_title_is_kept_as_it_is(tmp_path: Path) -> None:
    mapping = proposed(listed(tmp_path, "id;nom;résumé;resume", "1;A;un;deux", "2;B;un;trois"), "place")
    assert mapping.target("résumé") == "summary"
    assert mapping.target("resume") == "extra"


def test_an_empty_column_is_left(tmp_path: Path) -> None:
    assert proposed(listed(tmp_path, "nom;tel", "A;", "B;néant"), "place").target("tel") is None


def test_only_one_column_is_the_id() -> None:
    mapping = ImportMapping("place", "s", (("a", "id"), ("b", None), ("c", "title")))
    assert mapping.with_target("b", "id").columns == (("a", None), ("b", "id"), ("c", "title"))
    assert mapping.with_key(("b",)).foreign_id == "b"
    assert mapping.with_key(("c",)).foreign_id is None
    assert mapping.with_key(("c",)).key == ("c",)


def test_a_mapping_comes_back_from_json_with_what_the_answers_mean() -> None:
    mapping = ImportMapping("person", "s", (("n", "name"), ("x", None)), ("n",), (("voir", "oui"),))
    assert ImportMapping.from_json(mapping.as_json(), "s") == mapping
    assert mapping.with_consent("voir", None).consents == ()
    assert "consents" not in mapping.with_consent("voir", None).as_json()


@pytest.mark.parametrize(
    "document", [{}, {"kind": "place"}, {"kind": "place", "columns": []}, {"kind": "planète", "columns": {}}]
)
def test_what_is_no_mapping_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(UserError) as refusal:
        ImportMapping.from_json(document, "s")
    assert refusal.value.code == "bad_mapping"


def test_targets_are_known_by_kind() -> None:
    place, person = catalogue.kind("place"), catalogue.kind("person")
    for code in ("title", "address.postcode", "commune.insee", "opening_hours.mo", "phone", "id", "extra"):
        check_target(place, code)
    for wrong in ("name", "address.planet", "consent", "trashed.x"):
        with pytest.raises(UserError):
            check_target(place, wrong)
    check_target(person, "name.sort")
    assert label_of(place, "commune.insee") == "Code INSEE de la commune"


def test_the_menu_offers_each_target_once_in_groups() -> None:
    for kind in catalogue.main_kinds():
        offered = targets(kind)
        codes = [t.code for t in offered]
        assert len(codes) == len(set(codes))
        assert [t.group for t in offered] == sorted((t.group for t in offered), key=list(GROUPS).index)
        for code in codes:
            check_target(kind, code)


def test_the_same_bytes_read_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes("Nom;Ville\nZoé;Bédouès\nNoé;Mende\n".encode())
    first = open_list(path)
    path.unlink()
    wrong = read_again(first, encoding="cp1252")
    assert wrong.table.rows[0][0] == "ZoÃ©"
    right = read_again(wrong, encoding="utf-8", separator=";", header=0)
    assert right.table.rows[0] == ("Nom", "Ville")
    assert [p.name for p in right.profiles] == ["Colonne 1", "Colonne 2"]
