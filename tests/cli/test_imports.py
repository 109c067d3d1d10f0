"""`maillage importer` on the real lists: counts, nothing changed the second time, taken back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def _write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_the_census_of_1512_places(maillage: Run, shared_data: Path) -> None:
    first = maillage("importer", shared_data / "cget_tiers_lieux_2019.csv", "--genre", "place", "--json")
    assert first.document("importer")["created"] == 1512
    again = maillage("importer", shared_data / "cget_tiers_lieux_2019.xlsx", "--genre", "place", "--json")
    counts = again.document("importer")
    assert (counts["created"], counts["changed"], counts["unchanged"]) == (0, 0, 1512)
    found = maillage("chercher", "coworking mende", "--json").document("chercher")
    assert {r["title"] for r in found["results"]} == {"POLeN", "Tiers Truck"}


@pytest.mark.parametrize("name", ["adherents_inventes.csv", "adherents_inventes_utf8.csv"])
def test_a_members_list_makes_persons_organizations_and_skills(maillage: Run, shared_data: Path, name: str) -> None:
    document = maillage("importer", shared_data / name, "--json").document("importer")
    assert document["by_kind"]["person"] == document["created"]
    assert document["by_kind"]["organization"] == 9
    twins = [e for e in document["errors"] if e["code"] == "twin"]
    assert document["created"] + len(twins) == 126
    again = maillage("importer", shared_data / name, "--json").document("importer")
    assert (again["created"], again["changed"]) == (0, 0)
    assert maillage("chercher", "soudeur", "--json").document("chercher")["total"] > 0


def test_the_three_way_meeting_of_values(maillage: Run, tmp_path: Path) -> None:
    listed = _write(tmp_path / "lieux.csv", "id;nom;résumé;capacité", "1;A;un;10", "2;B;deux;20", "3;C;trois;30")
    assert maillage("importer", listed, "--genre", "place", "--json").document("importer")["created"] == 3
    codes = {r["title"]: r["code"] for r in maillage("chercher", "", "--json").document("chercher")["results"]}
    maillage("fiche", "modifier", codes["A"], "summary=écrit ici")
    maillage("fiche", "modifier", codes["C"], "summary=écrit ici aussi")
    _write(listed, "id;nom;résumé;capacité", "1;A;un;10", "2;B;DEUX;20", "3;C;TROIS;30")
    second = maillage("importer", listed, "--genre", "place", "--json").document("importer")
    assert (second["created"], second["changed"], second["unchanged"]) == (0, 2, 1)
    sheets = {t: maillage("fiche", "montrer", c, "--json").document("fiche") for t, c in codes.items()}
    assert sheets["A"]["fields"]["summary"] == "écrit ici"
    assert sheets["B"]["fields"]["summary"] == "DEUX"
    assert {s["value"] for s in sheets["C"]["siblings"]["summary"]} == {"écrit ici aussi", "TROIS"}
    assert maillage("importer", listed, "--genre", "place", "--json").document("importer")["changed"] == 0


def test_a_trial_changes_nothing(maillage: Run, tmp_path: Path) -> None:
    listed = _write(tmp_path / "lieux.csv", "id;nom", "1;A")
    answer = maillage("importer", listed, "--genre", "place", "--essai", "--json").document("importer")
    assert (answer["import_id"], answer["created"]) == (None, 1)
    assert maillage("chercher", "", "--json").document("chercher")["total"] == 0


def test_taking_an_import_back_keeps_what_was_edited(maillage: Run, tmp_path: Path) -> None:
    listed = _write(tmp_path / "lieux.csv", "id;nom;tel", "1;A;0466000001", "2;B;0466000002")
    number = maillage("importer", listed, "--genre", "place", "--json").document("importer")["import_id"]
    codes = {r["title"]: r["code"] for r in maillage("chercher", "", "--json").document("chercher")["results"]}
    maillage("fiche", "modifier", codes["B"], "phone=0466000009")
    answer = json.loads(maillage("imports", "annuler", number, "--json").out)
    assert (answer["removed"], len(answer["kept"])) == (1, 1)
    left = [r["title"] for r in maillage("chercher", "", "--json").document("chercher")["results"]]
    assert left == ["B"]
    assert maillage("imports", "annuler", number, "--json").code == 1
    again = maillage("importer", listed, "--genre", "place", "--json").document("importer")
    assert again["created"] == 1


def test_a_mapping_file_and_key_columns_are_obeyed(maillage: Run, tmp_path: Path) -> None:
    listed = _write(tmp_path / "liste.csv", "cle;qui;quoi", "k1;Atelier;bois", "k2;Fournil;pain")
    mapping = {"kind": "place", "columns": {"cle": "id", "qui": "title", "quoi": "summary"}}
    chosen = tmp_path / "m.json"
    chosen.write_text(json.dumps(mapping), "utf-8")
    answer = maillage("importer", listed, "--correspondance", chosen, "--json").document("importer")
    assert answer["by_kind"] == {"place": 2}
    assert maillage("chercher", "pain", "--json").document("chercher")["results"][0]["title"] == "Fournil"
    other = maillage("importer", listed, "--genre", "place", "--source", "autre", "--cle", "absente", "--json")
    assert other.document("erreur")["error"]["code"] == "unknown_column"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("vide.csv", b"", "empty_file"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "not_a_table"),
    ],
)
def test_bad_files_leave_the_base_unchanged(
    maillage: Run, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    maillage("fiche", "creer", "place", "title=A")
    before = maillage("base", "empreinte", "--json").document("empreinte")
    file = tmp_path / name
    file.write_bytes(content)
    answer = maillage("importer", file, "--json")
    assert (answer.code, answer.document("erreur")["error"]["code"]) == (1, code)
    assert maillage("base", "empreinte", "--json").document("empreinte") == before


def test_zero_and_crossed_positions_and_lost_zeros(maillage: Run, tmp_path: Path) -> None:
    listed = _write(
        tmp_path / "lieux.csv",
        "id;nom;cp;ville;latitude;longitude",
        "1;Nulle part;48000;Mende;0;0",
        "2;De travers;48000;Mende;3.4990;44.5180",
        "3;Bourg;1000;Bourg en Bresse;46.2052;5.2255",
        "4;Sans code;0;Mende;44.5180;3.4990",
    )
    document = maillage("importer", listed, "--genre", "place", "--json").document("importer")
    assert document["created"] == 4
    found = {r["title"]: r["id"] for r in maillage("chercher", "", "--json").document("chercher")["results"]}
    sheets = {t: maillage("fiche", "montrer", i, "--json").document("fiche")["fields"] for t, i in found.items()}
    assert "position" not in sheets["Nulle part"]
    assert round(sheets["De travers"]["position"]["lat"]) == 45
    assert sheets["Bourg"]["address"]["postcode"] == "01000"
    assert "address" not in sheets["Sans code"]
    assert all(s["commune"]["insee"] in ("48095", "01053") for s in sheets.values())


def test_facets_equal_a_count_made_otherwise(maillage: Run, shared_data: Path) -> None:
    with (shared_data / "france_services_20221201.csv").open(encoding="utf-8-sig", newline="") as file:
        lozere = sum(1 for row in csv.DictReader(file) if row["insee_dep"] == "48")
    maillage("importer", shared_data / "france_services_20221201.csv", "--json")
    found = maillage("chercher", "", "--commune", "Mende", "--rayon", "1", "--json").document("chercher")
    assert lozere == 18
    assert found["total"] >= 1
