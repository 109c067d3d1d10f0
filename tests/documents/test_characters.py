"""What our fonts can print: what they cannot is named, and never an empty box."""

from __future__ import annotations

import pytest

from appli.documents.characters import STAND_IN, printable


@pytest.mark.parametrize(
    "text",
    ["Élise Œuf", "Ab Eozen, c’hoari", "محمد بن علي", "Łukasz Żółć", "Юлия", "Ελένη", "🍞 🧶", "10 € ; 5 m²"],
)
def test_these_print(text: str) -> None:
    assert printable(text) == (text, frozenset())


def test_what_has_no_glyph_is_named() -> None:
    assert printable("漢 Odette 漢字") == (f"{STAND_IN} Odette {STAND_IN * 2}", frozenset("漢字"))


@pytest.mark.parametrize(
    "text", ["Ode\u202ette", "Ode\u2066tte", "Ode\u0000tte", "Ode\ufe0ftte", "Ode\u200btte", "Ode\ud800tte"]
)
def test_what_has_no_shape_goes_without_a_word(text: str) -> None:
    assert printable(text) == ("Odette", frozenset())


def test_a_heap_of_accents_is_cut_and_named() -> None:
    words, missing = printable("e" + "\u0301" * 300)
    assert words == "e" + "\u0301" * 8
    assert missing == {"\u0301"}
