"""Where two texts differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from appli.presenters.differences import differences, marked
from tests.hostile import HOSTILE


def shown(one: str, other: str) -> tuple[str, str]:
    """Both texts with what differs in brackets."""
    left, right = differences(one, other)
    return tuple("".join(f"[{p.words}]" if p.marked else p.words for p in side) for side in (left, right))  # type: ignore[return-value]


def test_two_digits_are_marked_whole() -> None:
    assert shown("06 39 98 41 07", "06 39 98 41 70") == ("06 39 98 41 [07]", "06 39 98 41 [70]")


def test_a_letter_inside_a_name_is_told() -> None:
    assert shown("Élise Roumégas", "Élise Roumegas") == ("Élise Roum[é]gas", "Élise Roum[e]gas")


def test_another_word_is_marked_whole() -> None:
    assert shown("Langogne", "Mende-Ville") == ("[Langogne]", "[Mende-Ville]")
    assert shown("Menuisier charpentier", "Menuisier ébéniste") == ("Menuisier [charpentier]", "Menuisier [ébéniste]")


def test_a_text_that_says_much_the_same_often_is_told_sentence_by_sentence() -> None:
    one = "On ouvre le lundi à dix heures. On répare, on apprend. " * 60
    other = one.replace("lundi", "mardi")
    assert shown(one, other) == (one.replace("lundi", "[lundi]"), other.replace("mardi", "[mardi]"))


def test_long_texts_are_compared_word_by_word() -> None:
    end = ". Bois, ferraille et vitrages, à prix libre, pour tout le monde."
    one, other = f"Ressourcerie ouverte le samedi{end}", f"Ressourcerie ouverte du mercredi au samedi{end}"
    assert shown(one, other) == (
        f"Ressourcerie ouverte [le] samedi{end}",
        f"Ressourcerie ouverte [du mercredi au] samedi{end}",
    )


def test_equal_texts_have_no_mark() -> None:
    assert shown("Atelier", "Atelier") == ("Atelier", "Atelier")


def test_of_three_each_is_marked_where_it_stands_alone_or_not() -> None:
    pieces = marked("rue du Pont", ["rue du Port", "place du Pont"])
    assert [(p.words, p.marked) for p in pieces] == [("rue", True), (" du ", False), ("Pont", True)]


def test_very_long_texts_do_not_keep_anybody_waiting() -> None:
    one, other = "bois " * 100_000 + "le samedi", "bois " * 100_000 + "le mardi"
    assert shown(one, other) == ("bois " * 100_000 + "le [samedi]", "bois " * 100_000 + "le [mardi]")


ANY = st.text(max_size=80) | st.sampled_from([t for t in HOSTILE if len(t) < 1_000])


@given(ANY, ANY)
def test_nothing_of_either_text_is_lost(one: str, other: str) -> None:
    left, right = differences(one, other)
    assert ("".join(p.words for p in left), "".join(p.words for p in right)) == (one, other)
    assert "".join(p.words for p in marked(one, [other, one[::-1]])) == one
