"""What is done a million times has a quick way for the plain case: it must say what the long way says."""

from __future__ import annotations

import string
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from appli.domain import ids, text
from appli.domain.typography import typeset

WORDS = st.text(alphabet=string.ascii_letters + string.digits + "éÉœ’'-.@_ ", max_size=12) | st.sampled_from(
    ["St", "STE", "Sts", "S.C.O.P.", "J.-P.", "lieu42", "3e", "x@y.example"]
)


@given(WORDS)
def test_a_plain_word_is_folded_as_any_other(word: str) -> None:
    slowly = [text._SAINTS.get(found, found) for piece in word.split() for found in text._letters(piece)]
    assert text.fold(word) == " ".join(slowly)


@given(WORDS.filter(lambda word: "œ" not in word))
def test_a_plain_word_is_filed_where_its_accented_twin_is(word: str) -> None:
    """« e » before « é », and both before the next letter: the way without accents gives the same letters."""
    typed = word.replace("’", "'")
    bare = "".join(c for c in unicodedata.normalize("NFD", typed) if c.isascii())
    letters, _mark, _accents = text.sort_key(typed).partition("\x01")
    assert letters == text.sort_key(bare)


@given(st.binary(min_size=16, max_size=16))
def test_a_code_made_from_tables_ends_with_the_check_of_its_letters(record_id: bytes) -> None:
    body = ids.code_body(record_id)
    number = int.from_bytes(record_id, "big")
    assert body == "".join(ids._ALPHABET[(number >> shift) & 31] for shift in range(25, -1, -5))
    assert ids.short_code(record_id, "P") == f"P-{body}-{ids._check(body)}"
    whole = ids.short_code(record_id, "P")
    assert [ids.parse_code(way) for way in (whole, whole.lower().replace("-", " "), whole.replace("-", ""))] == [
        body
    ] * 3


def test_only_the_apostrophe_of_letters_is_typeset() -> None:
    assert typeset("Saint-Chély-d'Apcher") == "Saint-Chély-d’Apcher"
    assert typeset("'Mende' - 48") == "'Mende' – 48"
