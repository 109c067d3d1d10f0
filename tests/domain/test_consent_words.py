"""Consent read from words: nothing is given that is not said, and doubt is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.domain.consent_words import DIRECTORY, SHOWN, read_consent
from appli.domain.text import fold

YES = dict.fromkeys(DIRECTORY, True)
NO = dict.fromkeys(SHOWN, False)
PAPER = NO | {"members_print": True}


@pytest.mark.parametrize(
    ("text", "given_purposes", "closed"),
    [
        ("", {}, ()),
        ("-", {}, ()),
        ("☐", {}, ()),
        ("oui", YES, ()),
        ("OUI", YES, ()),
        ("x", YES, ()),
        ("✓", YES, ()),
        ("ok", YES, ()),
        ("d’accord", YES, ()),
        ("non", NO, ()),
        ("Non merci", NO, ()),
        ("pas d'accord", NO, ()),
        ("ne souhaite pas apparaître", NO, ()),
        ("pas dans l’annuaire", NO, ()),
        ("oui sauf tél", YES, ("phone",)),
        ("Oui, sauf téléphone et adresse mail", YES, ("phone", "email")),
        ("oui mais ne pas diffuser l’adresse", YES, ("address",)),
        ("Oui (papier seulement)", PAPER, ()),
        ("papier uniquement", PAPER, ()),
        ("oui, pas internet", YES | {"web": False}, ()),
        ("oui sans photo ni carte", YES | {"photo": False, "map": False}, ()),
        ("oui annuaire et carte", YES | {"map": True}, ()),
    ],
)
def test_words_that_are_understood(text: str, given_purposes: dict[str, bool], closed: tuple[str, ...]) -> None:
    found = read_consent(text)
    assert (dict(found.given), found.closed_fields, found.certain) == (given_purposes, closed, True)


@pytest.mark.parametrize(
    ("text", "how", "on"),
    [
        ("accord oral 12/03", "oral", None),
        ("accord oral le 12/03/2024", "oral", "2024-03-12"),
        ("oui, par téléphone", "oral", None),
        ("accord écrit 2024", "paper", "2024"),
        ("oui, formulaire papier signé le 3.4.2023", "paper", "2023-04-03"),
        ("accord par mail 12/03/24", "mail", "2024-03-12"),
        ("oui 2024-03", None, "2024-03"),
        ("oui 31/02/2024", None, None),
    ],
)
def test_how_and_when(text: str, how: str | None, on: str | None) -> None:
    found = read_consent(text)
    assert (found.how, found.on, dict(found.given), found.certain) == (how, on, YES, True)
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "given_purposes"),
    [
        ("?", {}),
        ("oui ?", YES),
        ("à demander", {}),
        ("ne sait pas", {}),
        ("oui/non", {}),
        ("pas internet", {"web": False}),
        ("pas de mail", {}),
        ("ne pas diffuser le téléphone", {}),
        ("oui papier", {"members_print": True}),
        ("oui téléphone", YES),
        ("OK mais à confirmer", YES),
        ("oui si on ne donne pas mon âge", YES),
        ("Formulaire papier signé", {}),
        ("formulaire", {}),
    ],
)
def test_doubt_is_shown(text: str, given_purposes: dict[str, bool]) -> None:
    found = read_consent(text)
    assert not found.certain
    assert {p for p, allowed in found.given.items() if allowed} <= {
        p for p, allowed in given_purposes.items() if allowed
    }


WORDS = (
    "oui non sauf pas de tél mail papier seulement internet carte photo accord oral 12/03/2024 et mais ne ? x zblorg le"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join) | st.text(max_size=40))
def test_nothing_is_given_without_a_word_that_gives(text: str) -> None:
    found = read_consent(text)
    plain = fold(text) + text
    gives = any(
        word in plain
        for word in (
            "oui",
            "ok",
            "o",
            "x",
            "y",
            "v",
            "1",
            "accord",
            "yes",
            "autoris",
            "accept",
            "favor",
            "✓",
            "✔",
            "☑",
            "✅",
            "☒",
        )
    )
    limits = any(word in plain for word in ("seul", "uniquement", "exclusivement", "only", "juste"))
    assert gives or limits or not any(found.given.values())
    assert found.text == " ".join(text.split())


@given(st.lists(st.sampled_from([w for w in WORDS if w not in {"oui", "x", "accord", "seulement"}]), max_size=6))
def test_refusals_alone_open_nothing(chosen: list[str]) -> None:
    assert not any(read_consent(" ".join(chosen)).given.values())


@given(st.lists(st.sampled_from([w for w in WORDS if w != "zblorg"]), max_size=5))
def test_an_unknown_word_makes_any_reading_uncertain(chosen: list[str]) -> None:
    assert not read_consent(" ".join([*chosen, "zblorg"])).certain
