"""Names in every order keep all their words, and the same person typed twice is found."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.domain.person_names import is_given_name, parse_person_name, same_person_key
from appli.domain.text import words


@pytest.mark.parametrize(
    ("typed", "given_name", "family", "title"),
    [
        ("INVENTÉ Élodie", "Élodie", "Inventé", None),
        ("Élodie INVENTÉ", "Élodie", "Inventé", None),
        ("DE LA FICTION Noé", "Noé", "de La Fiction", None),
        ("Noé de LA FICTION", "Noé", "de La Fiction", None),
        ("D’ÉCHANTILLON Œdipe", "Œdipe", "d’Échantillon", None),
        ("d’ÉCHANTILLON Œdipe", "Œdipe", "d’Échantillon", None),
        ("LAJOIE-TEST Anaïs", "Anaïs", "Lajoie-Test", None),
        ("Testard, Philémon", "Philémon", "Testard", None),
        ("LE DÉMO, NOÉ", "Noé", "Le Démo", None),
        ("Séverin Saint-Exemple ", "Séverin", "Saint-Exemple", None),
        ("Œuvre-Test Théodule", "Théodule", "Œuvre-Test", None),
        ("ŒUVRE-TEST THÉODULE", "Théodule", "Œuvre-Test", None),
        ("ALINE DE LA FICTION", "Aline", "de La Fiction", None),
        ("LEXEMPLE SÉVERIN", "Séverin", "Lexemple", None),
        ("Jean-Pierre Lexemple", "Jean-Pierre", "Lexemple", None),
        ("Marie Claude Lexemple", "Marie Claude", "Lexemple", None),
        ("jean de la tour", "Jean", "de La Tour", None),
        ("LEXEMPLE J.", "J.", "Lexemple", None),
        ("J.-P. Lexemple", "J.-P.", "Lexemple", None),
        ("Mme Ursule Testard", "Ursule", "Testard", "Mme"),
        ("MME LOÏC TESTARD", "Loïc", "Testard", "Mme"),
        ("Mme Zblorg Testard", "Zblorg", "Testard", "Mme"),
        ("Madame TESTARD Ursule", "Ursule", "Testard", "Madame"),
        ("M. et Mme Jean TESTARD", "Jean", "Testard", "M. et Mme"),
        ("Anne et Paul Testard", "Anne et Paul", "Testard", None),
        ("TESTARD Anne et Paul", "Anne et Paul", "Testard", None),
        ("Dr Noé Le Démo", "Noé", "Le Démo", "Dr"),
    ],
)
def test_names_are_taken_apart(typed: str, given_name: str, family: str, title: str | None) -> None:
    found = parse_person_name(typed)
    assert (found.given, found.family, found.title) == (given_name, family, title)
    assert found.display.endswith(f"{given_name} {family}")
    assert found.sort == f"{family} {given_name}"


@pytest.mark.parametrize(
    ("typed", "display", "sort", "family"),
    [
        ("Mme X", "Mme X", "X", "X"),
        ("M. et Mme Testard", "M. et Mme Testard", "Testard", "Testard"),
        ("Testard", "Testard", "Testard", "Testard"),
        ("TESTARD", "Testard", "Testard", "Testard"),
        ("M. le Maire", "M. le Maire", "M. le Maire", None),
        ("Zblorg Testard", "Zblorg Testard", "Testard Zblorg", None),
        ("Paul Simon", "Paul Simon", "Simon Paul", None),
        ("Mairie de Mende", "Mairie de Mende", "Mairie de Mende", None),
        ("Mme", "Mme", "Mme", None),
        ("", "", "", None),
    ],
)
def test_what_nothing_tells_is_left_as_typed(typed: str, display: str, sort: str, family: str | None) -> None:
    found = parse_person_name(typed)
    assert (found.display, found.sort, found.family, found.given) == (display, sort, family, None)


def test_the_couple_keeps_its_title_on_display() -> None:
    assert parse_person_name("M. et Mme Jean TESTARD").display == "M. et Mme Jean Testard"
    assert parse_person_name("Mme Ursule Testard").display == "Ursule Testard"


@pytest.mark.parametrize(
    "twins",
    [
        ("Noé Le Démo", "LE DÉMO Noé", "Le Démo, Noé", "LE DÉMO NOÉ", "M. Noé Le Demo"),
        ("Mme Loïc Testard", "MME LOÏC TESTARD", "Testard Loïc"),
        ("SAINT-EXEMPLE Benoît", "Benoit Saint Exemple", "St-Exemple, Benoît"),
        ("Œdipe d’Échantillon", "D'ECHANTILLON Oedipe"),
    ],
)
def test_twins_have_one_key(twins: tuple[str, ...]) -> None:
    assert len({same_person_key(parse_person_name(name)) for name in twins}) == 1


def test_different_people_have_different_keys() -> None:
    assert same_person_key(parse_person_name("Noé Testard")) != same_person_key(parse_person_name("Noé Lexemple"))


NAMES = st.lists(
    st.sampled_from(
        ["Mme", "M.", "et", "DE", "de", "LA", "Noé", "NOÉ", "Le", "d’Échantillon", "TESTARD", "Zblorg", "J.", "-", ",",
         "Jean-Pierre", "œuvre", "St", "Ursule,", "1", "’", "(bureau)"]
    ),
    max_size=6,
)  # fmt: skip


def _lost(typed: str) -> Counter[str]:
    found = parse_person_name(typed)
    bare = " ".join(filter(None, (found.given, found.family))) or found.display
    shown_title = "" if found.display != bare else found.title or ""
    return Counter(words(typed)) - Counter(words(found.display)) - Counter(words(shown_title))


@given(NAMES.map(" ".join) | st.text(max_size=40))
def test_no_word_is_ever_lost(typed: str) -> None:
    assert not _lost(typed)
    found = parse_person_name(typed)
    name = " ".join(filter(None, (found.given, found.family)))
    if found.given and found.family:
        assert Counter(words(found.sort)) == Counter(words(name))
    same_person_key(found)


@given(st.sampled_from(["Noé", "Élodie", "Jean-Pierre"]), st.sampled_from(["Testard", "de La Fiction", "Le Démo"]))
def test_every_order_gives_the_same_name(given_name: str, family: str) -> None:
    upper = family.upper()
    orders = [f"{upper} {given_name}", f"{given_name} {upper}", f"{family}, {given_name}", f"{given_name} {family}",
              f"Mme {given_name} {family}", f"{upper} {given_name.upper()}"]  # fmt: skip
    assert {(p.given, p.family) for p in map(parse_person_name, orders)} == {(given_name, family)}


def test_given_names_are_known_without_accents() -> None:
    assert is_given_name("ELODIE")
    assert is_given_name("Jean-Zblorg")
    assert not is_given_name("Testard")
