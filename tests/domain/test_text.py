"""French writing read as it is written: folded, sorted, cleaned, found."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appli.domain.text import clean, fold, matches, sort_key, terms, words

FRENCH = st.text(alphabet="aàâbcçdeéèêëfghiîïlmnoôœpqrstuùûüxyzæÉÀŒ '’-.0123456789", max_size=30)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Œuvre-Test", "oeuvre test"),
        ("Cæcilia", "caecilia"),
        ("Saint-Chély-d’Apcher", "saint chely d apcher"),
        ("st-chély d'apcher", "saint chely d apcher"),
        ("Ste Énimie", "sainte enimie"),
        ("STES-MARIES", "saintes maries"),
        ("Sts Cosme et Damien", "saints cosme et damien"),
        ("L’Atelier d'échantillon", "l atelier d echantillon"),
        ("ÇA ET LÀ", "ca et la"),
        ("e\u0301le\u0300ve", "eleve"),
        ("men\u00aduiserie", "menuiserie"),
        ("S.C.O.P. du Lot", "scop du lot"),
        ("J.-P. Martin", "j p martin"),
        ("48 000 Mende, 3ème étage", "48 000 mende 3eme etage"),
        ("m² & ½", "m2 1 2"),
        ("Straße Łódź Ørsted", "strasse lodz orsted"),
        ("٣ rue", "3 rue"),
        ("  * « » —  ", ""),
        ("Ouest, test, poste", "ouest test poste"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
@example("\ud800")
@example("İstanbul ſt")
def test_folded_text_is_plain_words_and_folds_to_itself(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert all(word.isalnum() for word in folded.split())
    assert folded == " ".join(folded.split())
    assert words(text) == tuple(folded.split())


@given(FRENCH)
@example("b.À.b")
def test_case_and_accents_do_not_matter(text: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    assert fold(text) == fold(text.upper()) == fold(bare) == fold(unicodedata.normalize("NFD", text))


SORTED = """
2 rue des Écoles|10 rue des Écoles|À la bonne heure|Abbé Pierre|Aubrac|Cœur de village|Coffre|cote|coté|
côte|côté|Coteaux|D’Arc|Dargent|De La Tour|Élan|Elan vital|Élevage|élève|L’Atelier|La Forge|Lac|Le Bleymard|
Lété|Œuf|Œuvre|Offre|oz|péché|pêche|pêcher|Saint-Alban|St-Chély 2|Saint-Chély 10|Ste-Énimie|Sanary|Zoé
"""


def test_lists_are_in_french_order() -> None:
    expected = [name.strip() for name in SORTED.replace("\n", "").split("|")]
    shuffled = Random(1).sample(expected, len(expected))
    assert sorted(shuffled, key=sort_key) == expected


@given(FRENCH, FRENCH)
def test_accents_decide_only_between_the_same_letters(one: str, other: str) -> None:
    letters = [sort_key(fold(one)), sort_key(fold(other))]
    if letters[0] != letters[1]:
        assert (sort_key(one) < sort_key(other)) == (letters[0] < letters[1])


@given(st.integers(0, 10**30), st.integers(0, 10**30))
@example(9, 10)
@example(10**9 - 1, 10**9)
def test_numbers_sort_by_value(one: int, other: int) -> None:
    assert (sort_key(f"lot {one} b") < sort_key(f"lot {other} b")) == (one < other)


def test_leading_zeros_and_marks_count_for_nothing() -> None:
    assert sort_key("Lot 007") == sort_key("lot — 7 !")


@given(st.text())
def test_a_key_can_be_stored(text: str) -> None:
    sort_key(text).encode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Jean \t Martin\n", "Jean Martin"),
        ("e\u0301", "é"),
        ("a\x00b\x1bc\x9fd", "abcd"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("\ufeffNom", "Nom"),
        ("5\u202f€ «\u00a0ici\u00a0»", "5\u202f€ «\u00a0ici\u00a0»"),
        ("\ud83d", ""),
    ],
)
def test_cleaning_a_line(typed: str, kept: str) -> None:
    assert clean(typed, 300) == kept


def test_cleaning_lines_keeps_them() -> None:
    assert clean(" un \r\ndeux\x07\u2028trois\n\n ", 300, lines=True) == "un\ndeux\ntrois"


def test_what_is_too_long_is_cut() -> None:
    assert clean("abc def", 4) == "abc"


@given(st.text(), st.integers(1, 40), st.booleans())
def test_what_is_clean_stays_as_it_is(text: str, limit: int, lines: bool) -> None:
    kept = clean(text, limit, lines=lines)
    assert clean(kept, limit, lines=lines) == kept
    assert len(kept) <= limit
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c != "\n" for c in kept)
    assert lines or "\n" not in kept
    kept.encode()


def underlined(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in matches(text, query)]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Menuisière, agencement et bois local", "bois", ["bois"]),
        ("Menuisière, agencement et bois local", "menuiserie", ["Menuisière"]),
        ("Œuvre-Test à Saint-Chély", "oeuv chely", ["Œuvre", "Chély"]),
        ("Atelier à St-Chély", "saint chely", ["St", "Chély"]),
        ("Atelier à Saint-Chély", "st-ch", ["Saint", "Chély"]),
        ("L’atelier de l’Aubrac", "l atelier", ["atelier"]),
        ("S.C.O.P. du Lot", "scop", ["S.C.O.P."]),
        ("Tiers-lieu de Mende", "lieux", ["lieu"]),
        ("e\u0301lan", "élan", ["e\u0301lan"]),
        ("Mende", "", []),
        ("Mende", "*\"'", []),
        ("Port de pêche", "portier", []),
    ],
)
def test_found_words_are_underlined(text: str, query: str, found: list[str]) -> None:
    assert underlined(text, query) == found


@given(st.text(), st.text())
def test_spans_lie_in_the_text_one_after_the_other(text: str, query: str) -> None:
    end_before = 0
    for start, end in matches(text, query):
        assert end_before <= start < end <= len(text)
        end_before = end


@given(FRENCH)
def test_a_text_answers_its_own_words(text: str) -> None:
    if text.strip() and terms(text):
        assert matches(text, text)


def test_small_words_count_only_alone() -> None:
    assert [term.starts for term in terms("l'atelier de la forge")] == [("atelier",), ("forge",)]
    assert [term.starts for term in terms("de la")] == [("la",)]


def test_a_typed_st_may_become_another_word() -> None:
    assert terms("st")[0].starts == ("st", "saint")
    assert terms("st chely")[0].starts == ("saint",)
