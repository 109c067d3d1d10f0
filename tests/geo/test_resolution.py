"""A row of a list gets its commune when there is no doubt, and candidates when there is."""

from __future__ import annotations

import pytest

from appli.geo.gazetteer import Gazetteer
from appli.geo.resolution import How


@pytest.mark.parametrize(
    ("name", "postcode", "insee", "expected", "how", "remarks"),
    [
        # all agree, or one alone
        ("Mende", "48000", "48095", "48095", How.INSEE, []),
        ("MENDE", "48000", "", "48095", How.NAME_AND_POSTCODE, []),
        ("", "", "48095", "48095", How.INSEE, []),
        ("", "06410", "", "06018", How.POSTCODE, []),
        ("", "75011", "", "75111", How.POSTCODE, []),
        ("Barcelonnette", "", "", "04019", How.NAME, []),
        ("Mende 48000", "", "", "48095", How.NAME_AND_POSTCODE, []),
        # what spreadsheets do
        ("Bourg en Bresse", "1000", "1053", "01053", How.INSEE,
         ["postcode_zero_restored", "insee_zero_restored"]),
        ("Bourg en Bresse", "1000", "", "01053", How.NAME_AND_POSTCODE, ["postcode_zero_restored"]),
        ("GAP", "0", "0", "05061", How.NAME, ["postcode_absent", "insee_absent"]),
        ("Biot", "00000", "", "06018", How.NAME, ["postcode_absent"]),
        ("SAINT-ETIENNE-VALLEE-FRANCAISE", "48330", "0null", "48148", How.NAME_AND_POSTCODE,
         ["insee_unreadable"]),
        ("Mende", "48000", "48999", "48095", How.NAME_AND_POSTCODE, ["insee_unknown"]),
        # names out of use, parts, arrondissements
        ("Florac", "48400", "", "48061", How.NAME_AND_POSTCODE, []),
        ("Theix", "56450", "", "56251", How.NAME_AND_POSTCODE, []),
        ("Sainte-Enimie", "48210", "48146", "48146", How.INSEE, []),
        ("Orée d'Anjou", "49530", "49069", "49126", How.INSEE, []),
        ("Paris", "75010", "75110", "75110", How.INSEE, []),
        ("Paris", "75011", "", "75111", How.NAME_AND_POSTCODE, []),
        ("Pierrefitte-sur-Seine", "93380", "", "93059", How.NAME_AND_POSTCODE, []),
        # postcodes that are of no commune, or of another one
        ("Montpellier", "34935", "", "34172", How.NAME_AND_DEPARTMENT, []),
        ("Lyon cedex 05", "69321", "", "69123", How.NAME_AND_DEPARTMENT, []),
        ("Mende", "48200", "", "48095", How.NAME_AND_DEPARTMENT, ["postcode_of_another"]),
        # a beginning that only one commune of the postcode has
        ("Barbezieux", "16300", "", "16028", How.NAME_AND_POSTCODE, []),
        ("Cesson", "35510", "", "35051", How.NAME_AND_POSTCODE, ["name_approximate"]),
        # a mistake in the name, where the postcode has one commune of nearly that name
        ("Arceuil", "94110", "", "94003", How.NAME_AND_POSTCODE, ["name_approximate"]),
        ("Le Pont de Monvert", "48220", "", "48116", How.NAME_AND_POSTCODE, ["name_approximate"]),
        # a code that name or postcode belie
        ("Nantes", "44800", "44162", "44162", How.INSEE, ["insee_contradicts_name"]),
        ("Talence", "33400", "33318", "33522", How.NAME_AND_POSTCODE, ["insee_contradicts_name"]),
        ("Arceuil", "94110", "94003", "94003", How.INSEE, ["insee_contradicts_name"]),
    ],
)  # fmt: skip
def test_without_doubt(
    gazetteer: Gazetteer,
    name: str, postcode: str, insee: str, expected: str, how: How, remarks: list[str],
) -> None:  # fmt: skip
    found = gazetteer.resolve(name, postcode, insee)
    assert found.commune
    assert (found.commune.insee, found.how) == (expected, how)
    assert [remark.code for remark in found.remarks] == remarks


@pytest.mark.parametrize(
    ("name", "postcode", "insee", "among", "remarks"),
    [
        ("Moulins", "0", "", {"03190", "35198"}, ["postcode_absent"]),
        ("Saint-Denis", "", "", {"93066", "97411"}, []),
        ("Évry", "", "", {"89162", "91228"}, []),
        ("", "48200", "", {"48140", "48128"}, []),
        ("Arceuil", "", "", {"94003"}, []),  # a mistake, and nothing to confirm it
        ("Langonge", "75011", "", {"75111", "75056"}, []),
        ("St André des Alpes", "04370", "", {"04173", "04061"}, []),  # « les Alpes », in the department of the postcode
        ("Saint-Ouen", "75018", "", {"93070", "75118"}, ["postcode_contradicts_name"]),
        ("Tonnay-Charente", "17430", "17346", {"17346", "17449"}, ["insee_contradicts_name"]),
        ("Sophia Antipolis", "0", "14327", {"14327"}, ["postcode_absent", "insee_contradicts_name"]),
        ("Ouagadougou", "", "", set(), []),
        ("<img src=x onerror=alert(1)>${1}", "48", "x", set(),
         ["postcode_unreadable", "insee_unreadable"]),
        ("", "", "", set(), []),
    ],
)  # fmt: skip
def test_in_doubt_nobody_chooses(
    gazetteer: Gazetteer,
    name: str, postcode: str, insee: str, among: set[str], remarks: list[str],
) -> None:  # fmt: skip
    found = gazetteer.resolve(name, postcode, insee)
    assert found.commune is None
    assert found.how is How.NONE
    assert among <= {commune.insee for commune in found.candidates}
    assert [remark.code for remark in found.remarks] == remarks


def test_the_postcode_to_keep_is_the_repaired_one(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Bourg en Bresse", "1000").postcode == "01000"
    assert gazetteer.resolve("Gap", "0").postcode == ""
    assert gazetteer.resolve("Mende Cedex", "48005").postcode == "48005"


def test_homonyms_are_handed_over_with_the_choice(gazetteer: Gazetteer) -> None:
    found = gazetteer.resolve("Laval")
    assert found.commune
    assert found.commune.insee == "53130"
    assert {"38206", "51317"} <= {commune.insee for commune in found.candidates}


def test_remarks_are_french_sentences(gazetteer: Gazetteer) -> None:
    (remark,) = gazetteer.resolve("Nantes", "44800", "44162").remarks
    assert remark.message == ("le code INSEE 44162 est celui de Saint-Herblain, pas de «\u00a0Nantes\u00a0»")
