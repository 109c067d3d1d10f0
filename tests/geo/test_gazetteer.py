"""What people type finds the commune they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.geo.commune import CommuneKind, PositionSource, Precision
from appli.geo.gazetteer import Gazetteer

FIRST_ANSWERS = {
    "st chely d'apcher": ("48140", Precision.EXACT),
    "ST CHELY DAPCHER 48200": ("48140", Precision.EXACT),
    "florac": ("48061", Precision.ALIAS),
    "Florac Lozère": ("48061", Precision.ALIAS),
    "mende 48000": ("48095", Precision.EXACT),
    "Mende Cedex": ("48095", Precision.EXACT),
    "Mende 48001": ("48095", Precision.EXACT),
    "48000": ("48095", Precision.POSTCODE),
    "48095": ("48095", Precision.EXACT),
    "ste enimie": ("48146", Precision.EXACT),
    "canourgue": ("48034", Precision.EXACT),
    "St-Germain du Teil": ("48156", Precision.EXACT),
    "germain teil": ("48156", Precision.WORDS),
    "marvej": ("48092", Precision.PREFIX),
    "st etienne vallee francaise": ("48148", Precision.EXACT),
    "L'Hay les roses": ("94038", Precision.EXACT),
    "st denis 974": ("97411", Precision.EXACT),
    "Saint-Denis Réunion": ("97411", Precision.EXACT),
    "Paris 11e": ("75111", Precision.EXACT),
    "Marseille 2e": ("13202", Precision.EXACT),
    "Lyon 3ème arrondissement": ("69383", Precision.EXACT),
    "fort de france": ("97209", Precision.EXACT),
    "Orée d'anjou": ("49126", Precision.EXACT),
    "st pierre et miquelon": ("97502", Precision.ALIAS),
    "nouméa": ("98818", Precision.EXACT),
    "Chateau neuf de randon": ("48043", Precision.EXACT),
    "ispagnac 48": ("48075", Precision.EXACT),
    "le bleymard": ("48027", Precision.EXACT),
    "Theix": ("56251", Precision.ALIAS),
    "Gap": ("05061", Precision.EXACT),
    "Biot": ("06018", Precision.EXACT),
    "1000": ("01053", Precision.POSTCODE),
    "villefranche s/ saone": ("69264", Precision.EXACT),
    "œuilly": ("51410", Precision.EXACT),
    "OEUILLY": ("51410", Precision.EXACT),
    "Montpellier 34935": ("34172", Precision.EXACT),
    "xyz 48000": ("48095", Precision.POSTCODE),
    # written with a mistake
    "Langonge": ("48080", Precision.TYPO),
    "le pont de monvert": ("48116", Precision.TYPO),
    "pont de monvert 48": ("48116", Precision.TYPO),
    "Strassburg": ("67482", Precision.TYPO),
    "mnede 48000": ("48095", Precision.TYPO),
    "Merveille 13": ("13055", Precision.TYPO),
    # short forms, and the office instead of the place
    "ND de Bellecombe": ("73186", Precision.EXACT),
    "Fontenay s/s Bois": ("94033", Precision.EXACT),
    "Mt-de-Marsan": ("40192", Precision.EXACT),
    "Aix en Pce": ("13001", Precision.EXACT),
    "mairie de Mende": ("48095", Precision.EXACT),
    "Ville-d'Avray": ("92077", Precision.EXACT),
    # parts of the three great cities
    "Paris XIe": ("75111", Precision.EXACT),
    "Paris XIVème arr": ("75114", Precision.EXACT),
    "75011": ("75111", Precision.POSTCODE),
    "75116": ("75116", Precision.POSTCODE),
    "13002 Marseille": ("13202", Precision.EXACT),
    "69000": ("69123", Precision.POSTCODE),
    "Paris 75000": ("75056", Precision.EXACT),
    # digits alone, the beginning of a postcode, a code of Corsica
    "48": ("48095", Precision.POSTCODE),
    "4820": ("48140", Precision.POSTCODE),
    "2A": ("2A004", Precision.POSTCODE),
    "2a004": ("2A004", Precision.EXACT),
    # what contradicts itself: the name, though elsewhere
    "Mende 12": ("48095", Precision.ELSEWHERE),
}


@pytest.mark.parametrize("text", FIRST_ANSWERS)
def test_first_answers(gazetteer: Gazetteer, text: str) -> None:
    first = gazetteer.find(text)[0]
    assert (first.commune.insee, first.precision) == FIRST_ANSWERS[text]


def test_an_old_name_is_told(gazetteer: Gazetteer) -> None:
    (first,) = gazetteer.find("Florac")
    assert first.commune.name == "Florac Trois Rivières"
    assert first.old_name == "Florac"


def test_what_is_nowhere_is_not_found(gazetteer: Gazetteer) -> None:
    for text in ("", "   ", "xqzwk", "!!!", "99999", "Paris 21e", "00"):
        assert gazetteer.find(text) == []


def test_the_surest_come_first(gazetteer: Gazetteer) -> None:
    for text in ("mont", "saint chely", "neuville", "b", "le", "val de"):
        tiers = [list(Precision).index(match.precision) for match in gazetteer.find(text, 40)]
        scores = [match.score for match in gazetteer.find(text, 40)]
        assert tiers == sorted(tiers), text
        assert scores == sorted(scores, reverse=True), text


def test_the_near_department_comes_first_then_the_most_populous(gazetteer: Gazetteer) -> None:
    far = [match.commune.name for match in gazetteer.find("mar", 3)]
    near = [match.commune.name for match in gazetteer.find("mar", 3, near_department="48")]
    assert far[0] == "Marseille"
    assert near[0] == "Marvejols"
    homonyms = gazetteer.find("Saint-Denis", 10, near_department="11")
    assert homonyms[0].commune.department == "11"


def test_a_department_leaves_only_its_communes(gazetteer: Gazetteer) -> None:
    for text in ("saint 48", "saint (48)", "48 saint"):
        found = gazetteer.find(text, 50)
        assert len(found) == 50
        assert {match.commune.department for match in found} == {"48"}


def test_completion_follows_each_key(gazetteer: Gazetteer) -> None:
    name = "Saint-Chély-d'Apcher"
    for length in range(len("Saint-Ch"), len(name) + 1):
        names = [m.commune.name for m in gazetteer.complete(name[:length], "48")]
        assert names[0] == name
        assert len(names) <= 8


def test_every_answer_comes_once(gazetteer: Gazetteer) -> None:
    for text in ("annecy", "saint", "le bleymard", "paris", "48200"):
        found = [match.commune for match in gazetteer.find(text, 60, near_department="48")]
        assert len(found) == len(set(found))


def test_a_guess_never_looks_like_a_certainty(gazetteer: Gazetteer) -> None:
    for text in ("Langonge", "le pont de monvert", "Mende 12", "xyz 48000", "482", "Mende 75011"):
        assert all(match.is_guess for match in gazetteer.find(text)), text
    for text in ("Mende", "florac", "marvej", "germain teil", "48200", "48000", "Paris 75011", "2a004"):
        assert not any(match.is_guess for match in gazetteer.find(text, 3)), text


def test_a_name_in_the_wrong_department_comes_after_what_the_digits_say(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Mende 75011")
    assert [match.commune.insee for match in found] == ["75111", "75056"]
    assert gazetteer.find("Mende 12")[0].commune.department == "48"


@given(st.data())
def test_a_letter_dropped_doubled_or_swapped(gazetteer: Gazetteer, data: st.DataObject) -> None:
    communes = [c for c in gazetteer.communes_of(department="48") if len(c.name) > 7]
    name = data.draw(st.sampled_from(communes)).name
    at = data.draw(st.integers(4, len(name) - 2))
    mistaken = data.draw(
        st.sampled_from(
            (
                name[:at] + name[at + 1 :],
                name[:at] + name[at] + name[at:],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            )
        )
    )
    found = gazetteer.find(f"{mistaken} 48", 8)
    assert name in [match.commune.name for match in found], mistaken


@given(st.text(max_size=30), st.sampled_from(["", "48", "974", "zz"]))
def test_any_text_may_be_typed(gazetteer: Gazetteer, text: str, near: str) -> None:
    found = gazetteer.find(text, 5, near)
    assert len(found) <= 5
    assert all(0 < match.score <= 1 for match in found)


def test_a_commune_tells_all(gazetteer: Gazetteer) -> None:
    mende = gazetteer.by_insee("48095")
    assert mende
    assert (mende.name, mende.kind, mende.parent) == ("Mende", CommuneKind.CURRENT, None)
    assert mende.postcodes == ("48000",)
    assert mende.epci_name == "Communauté de communes Cœur de Lozère"
    assert (mende.department, mende.department_name) == ("48", "Lozère")
    assert (mende.region, mende.region_name) == ("76", "Occitanie")
    assert mende.population == 12_464
    assert mende.position_source is PositionSource.TOWN_HALL
    assert abs(mende.lat - 44.518) < 0.01
    assert abs(mende.lon - 3.5) < 0.01


def test_a_former_commune_has_the_codes_of_its_parent(gazetteer: Gazetteer) -> None:
    (enimie,) = gazetteer.exact("Sainte-Énimie")
    assert (enimie.kind, enimie.today) == (CommuneKind.DELEGATED, "48146")
    assert enimie.postcodes == ("48210", "48320")
    assert enimie.epci
    assert enimie.population is None


def test_a_former_commune_is_in_the_department_of_today(gazetteer: Gazetteer) -> None:
    escaufourt = gazetteer.by_insee("02285")
    assert escaufourt
    assert escaufourt.department == "59"


def test_codes_out_of_use_lead_to_the_commune_of_today(gazetteer: Gazetteer) -> None:
    former, current = gazetteer.by_insee("01126"), gazetteer.by_insee("01033")
    assert current
    assert former == current
    assert gazetteer.by_insee("48999") is None


def test_postcodes(gazetteer: Gazetteer) -> None:
    names = [commune.name for commune in gazetteer.by_postcode("48200")]
    assert names[0] == "Saint-Chély-d'Apcher"
    assert len(names) > 3
    assert {c.insee for c in gazetteer.by_postcode("75011")} == {"75056", "75111"}
    assert gazetteer.by_postcode("00000") == []


def test_exact_names_can_be_narrowed(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.exact("Saint-Denis")) > 3
    assert [c.insee for c in gazetteer.exact("Saint-Denis", department="974")] == ["97411"]
    assert {c.insee for c in gazetteer.exact("st denis", postcode="93200")} == {"93066"}
    assert gazetteer.exact("saint-den") == []


def test_territories(gazetteer: Gazetteer) -> None:
    lozere = gazetteer.communes_of(department="48")
    assert len(lozere) == 152
    assert sum(commune.population or 0 for commune in lozere) == 76_486
    assert lozere[0].name == "Mende"
    departments = {department.code: department for department in gazetteer.departments()}
    assert departments["48"].region_name == "Occitanie"
    epcis = {epci.code: epci for epci in gazetteer.epcis()}
    mende = lozere[0]
    assert mende.epci
    assert epcis[mende.epci].departments == ("48",)
    members = gazetteer.communes_of(epci=mende.epci)
    assert mende in members
    assert {commune.epci for commune in members} == {mende.epci}
    assert gazetteer.communes_of(department="00") == gazetteer.communes_of(epci="0") == []


def test_a_commune_is_found_by_its_name_and_postcode(gazetteer: Gazetteer) -> None:
    communes = [c for d in ("48", "2A", "974", "55") for c in gazetteer.communes_of(department=d)]
    assert len(communes) > 700
    for commune in communes:
        found = gazetteer.resolve(commune.name.upper(), commune.postcodes[0])
        assert found.commune == commune, commune
