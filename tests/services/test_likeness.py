"""What makes two sheets alike, weighed and explained."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.domain import catalogue
from appli.domain.entry import Entry
from appli.domain.person_names import parse_person_name
from appli.services.likeness import SUGGESTED, Facts, compare, facts_of, site_key
from tests.hostile import HOSTILE

MENDE, FLORAC = {"insee": "48095", "name": "Mende"}, {"insee": "48061", "name": "Florac Trois Rivières"}


def person(name: str, **values: Any) -> Facts:
    """A person, as it is compared."""
    parts = parse_person_name(name)
    spelled = {"display": parts.display, "sort": parts.sort, "given": parts.given, "family": parts.family}
    known = {k: v for k, v in values.items() if k in ("commune", "address", "position")}
    facts = facts_of(Entry(b"p" * 16, catalogue.kind("person"), {"name": spelled, **known}))
    return replace(facts, **{k: v for k, v in values.items() if k not in known})


def place(title: str, **values: Any) -> Facts:
    """A place, as it is compared."""
    known = {k: v for k, v in values.items() if k in ("commune", "address", "position", "siret")}
    facts = facts_of(Entry(b"l" * 16, catalogue.kind("place"), {"title": title, **known}))
    return replace(facts, **{k: v for k, v in values.items() if k not in known})


PHONE, OTHER_PHONE = frozenset(["+33639984107"]), frozenset(["+33639984170"])
EMAIL = frozenset(["elise@example.org"])


def suggested(one: Facts, other: Facts) -> bool:
    """Whether the pair would be shown to a person."""
    return compare(one, other).score >= SUGGESTED


def test_accents_capitals_and_order_make_no_difference() -> None:
    one, other = person("Élise ROUMÉGAS", commune=MENDE), person("Roumegas, Elise", commune=MENDE)
    found = compare(one, other)
    assert found.score > 0.8
    assert found.reasons == ("même nom", "même commune")


def test_a_slip_of_the_pen_needs_something_more() -> None:
    one, other = person("Élise Roumégas"), person("Élyse Roumégas")
    assert not suggested(one, other)
    assert suggested(replace(one, phones=PHONE), replace(other, phones=PHONE))
    reasons = compare(replace(one, phones=PHONE), replace(other, phones=PHONE)).reasons
    assert set(reasons) == {"même téléphone", "noms proches\u00a0: 93\u202f%"}


def test_a_couple_with_one_telephone_is_two_persons() -> None:
    one, other = (
        person("Élise Roumégas", phones=PHONE, emails=EMAIL),
        person("Jean Roumégas", phones=PHONE, emails=EMAIL),
    )
    assert compare(one, other).score == 0


def test_an_initial_may_stand_for_a_name() -> None:
    assert suggested(person("E. Roumégas", phones=PHONE), person("Élise Roumégas", phones=PHONE))


def test_the_same_name_elsewhere_is_somebody_else_unless_reached_alike() -> None:
    one, other = person("Élise Roumégas", commune=MENDE), person("Élise Roumégas", commune=FLORAC)
    assert not suggested(one, other)
    moved = compare(replace(one, emails=EMAIL), replace(other, emails=EMAIL))
    assert moved.score >= SUGGESTED
    assert moved.reasons == ("même nom", "même courriel", "communes différentes")


def at(lat: float, lon: float, precision: str = "exact") -> dict[str, Any]:
    """A position."""
    return {"lat": lat, "lon": lon, "precision": precision, "source": "hand"}


def test_places_near_each_other_with_near_names() -> None:
    one = place("Fablab de Rennes", position=at(48.1, -1.68))
    other = place("FabLab Rennes, la fabrique", position=at(48.1003, -1.68))
    found = compare(one, other)
    assert found.score >= SUGGESTED
    assert "à 33 m" in found.reasons
    far = place("FabLab Rennes, la fabrique", position=at(48.2, -1.68))
    assert not suggested(one, far)
    assert "à 11,1 km" in compare(one, far).reasons


def test_the_middle_of_a_commune_is_no_place() -> None:
    one, other = (place("Coworking", position=at(48.1, -1.68, "commune")) for _ in range(2))
    assert one.point is None
    assert "au même endroit" not in compare(one, other).reasons


def test_two_neighbours_with_other_names_are_two() -> None:
    one, other = place("La Recyclerie", position=at(44.5, 3.5)), place("Mairie de Mende", position=at(44.5, 3.5))
    assert compare(one, other).score == 0


def test_two_rows_of_one_list_are_two_unless_all_is_the_same() -> None:
    listed = {"sources": frozenset([b"s" * 16]), "commune": MENDE, "position": at(44.5, 3.5)}
    one, bus = place("France services Mende", **listed), place("Bus France services Mende", **listed)
    assert not suggested(one, bus)
    assert suggested(replace(one, phones=PHONE, emails=EMAIL), replace(one, phones=PHONE, emails=EMAIL))


def test_a_page_on_a_platform_counts_whole_a_site_by_its_host() -> None:
    assert site_key("https://www.lafabrique.fr/contact/") == site_key("http://lafabrique.fr")
    assert site_key("https://facebook.com/lafabrique") != site_key("https://facebook.com/latelier")


def test_numbers_of_a_register_say_more_than_names() -> None:
    kind = catalogue.kind("organization")
    one, same, other = (
        facts_of(Entry(b"s" * 16, kind, {"title": title, "siret": siret}))
        for title, siret in (
            ("Atelier des Trois Rivières", "73282932000074"),
            ("Atelier Trois Rivières", "73282932000074"),
            ("Atelier des Trois Rivières", "73282932000082"),
        )
    )
    assert compare(one, same).score > 0.9
    assert not suggested(one, other)
    assert "numéros SIRET ou RNA différents" in compare(one, other).reasons


def test_kinds_are_never_mixed() -> None:
    assert compare(person("Mende"), place("Mende")).score == 0


@pytest.mark.parametrize("text", [t for t in HOSTILE if len(t) < 5_000 and "\ud800" not in t])
def test_hostile_names_are_compared_like_others(text: str) -> None:
    found = compare(place(text, commune=MENDE), place(f"{text} ", commune=MENDE))
    assert 0 <= found.score <= 1


WORDS = st.text("abcdeé ", min_size=1, max_size=12)


@given(WORDS, WORDS, st.booleans(), st.booleans())
def test_either_side_gives_the_same_answer(one: str, other: str, phone: bool, near: bool) -> None:
    left = place(one, phones=PHONE, position=at(44.5, 3.5), commune=MENDE)
    right = place(other, phones=PHONE if phone else OTHER_PHONE, position=at(44.5 if near else 45, 3.5))
    there, back = compare(left, right), compare(right, left)
    assert there.score == pytest.approx(back.score)
    assert there.reasons == back.reasons
    assert 0 <= there.score <= 1
