"""Written places are taken apart as people mean them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.geo.place_text import PlaceText, departments_of_postcode, read_place, without_aside

READINGS = {
    "Mende": PlaceText("mende"),
    "Mende 48000": PlaceText("mende", "48000"),
    "48000 MENDE": PlaceText("mende", "48000"),
    "48 000 Mende": PlaceText("mende", "48000"),
    "F-48000 Mende": PlaceText("mende", "48000"),
    "48000": PlaceText("", "48000"),
    "1000 Bourg-en-Bresse": PlaceText("bourg en bresse", "01000"),
    "Mende (48)": PlaceText("mende", None, "48"),
    "ispagnac 48": PlaceText("ispagnac", None, "48"),
    "St Denis 974": PlaceText("saint denis", None, "974"),
    "Ajaccio (2a)": PlaceText("ajaccio", None, "2A"),
    "48 Mende": PlaceText("mende", None, "48"),
    "Mende Cedex": PlaceText("mende"),
    "LYON CEDEX 03": PlaceText("lyon"),
    "69321 Lyon cedex 05": PlaceText("lyon", "69321"),
    "Paris 11e": PlaceText("paris 11e arrondissement"),
    "Paris 11": PlaceText("paris 11e arrondissement"),
    "Paris 75": PlaceText("paris", None, "75"),
    "Paris-13E-Arrondissement": PlaceText("paris 13e arrondissement"),
    "Marseille 1er": PlaceText("marseille 1er arrondissement"),
    "Lyon 3ème arrondissement": PlaceText("lyon 3e arrondissement"),
    "Villefranche s/ Saône": PlaceText("villefranche sur saone"),
    "": PlaceText(""),
}


@pytest.mark.parametrize("text", READINGS)
def test_readings(text: str) -> None:
    assert read_place(text) == READINGS[text]


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    place = read_place(text)
    assert place.postcode is None or (len(place.postcode) == 5 and place.postcode.isdecimal())
    assert place.key == " ".join(place.key.split())


def test_small_words_do_not_tell() -> None:
    assert read_place("St-Germain du Teil").telling_words == ["saint", "germain", "teil"]
    assert read_place("Le").telling_words == ["le"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rennes - Université Rennes 1", "Rennes"),
        ("Paris (accès réservé", "Paris"),
        ("Champs-sur-Marne FRANCE", "Champs-sur-Marne"),
        ("Châtelguyon, Puy-de-Dôme", "Châtelguyon"),
        ("Fort-de-France", "Fort-de-France"),
    ],
)
def test_asides_are_cut(text: str, name: str) -> None:
    assert without_aside(text) == name


def test_a_postcode_tells_its_department() -> None:
    assert departments_of_postcode("48200") == ("48",)
    assert departments_of_postcode("97480") == ("974",)
    assert departments_of_postcode("20090") == ("2A", "2B")
