"""The pieces of a territory by what people type."""

from __future__ import annotations

import pytest

from appli.app import load_gazetteer
from appli.geo.gazetteer import Gazetteer
from appli.services.territories import piece_of, pieces_named


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("text", "level", "name"),
    [
        ("lozère", "department", "Lozère"),
        ("48", "department", "Lozère"),
        ("2A", "department", "Corse-du-Sud"),
        ("alpes de haute", "department", "Alpes-de-Haute-Provence"),
        ("florac", "commune", "Florac Trois Rivières"),
        ("48400", "commune", "Florac Trois Rivières"),
        ("gorges causses", "epci", "Communauté de communes Gorges Causses Cévennes"),
    ],
)
def test_departments_communes_and_groupings_are_found(gazetteer: Gazetteer, text: str, level: str, name: str) -> None:
    assert (level, name) in {(p.level, p.name) for p in pieces_named(gazetteer, text)}


def test_a_commune_comes_with_its_grouping(gazetteer: Gazetteer) -> None:
    offers = pieces_named(gazetteer, "florac")
    assert offers[0].detail == "commune, Lozère"
    assert offers[-1].name == "Communauté de communes Gorges Causses Cévennes"
    assert offers[-1].detail == "intercommunalité"


def test_a_department_comes_first(gazetteer: Gazetteer) -> None:
    assert pieces_named(gazetteer, "lozere")[0].name == "Lozère"


@pytest.mark.parametrize("text", ["", " ", "l", "’", "zzqx"])
def test_too_little_offers_nothing(gazetteer: Gazetteer, text: str) -> None:
    assert pieces_named(gazetteer, text) == []


def test_names_are_printed_as_french_prints_them(gazetteer: Gazetteer) -> None:
    assert "Saint-Chély-d’Apcher" in {p.name for p in pieces_named(gazetteer, "saint chely")}


@pytest.mark.parametrize(
    ("level", "code", "name"),
    [
        ("department", "48", "Lozère"),
        ("commune", "48061", "Florac Trois Rivières"),
        ("commune", "99999", "99999"),
        ("department", "999", "999"),
        ("epci", "1", "1"),
    ],
)
def test_what_is_kept_has_its_name_or_its_code(gazetteer: Gazetteer, level: str, code: str, name: str) -> None:
    piece = piece_of(gazetteer, {"level": level, "code": code})
    assert piece.name == name
    assert piece.part == {"level": level, "code": code}
