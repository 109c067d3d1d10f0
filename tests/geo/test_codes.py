"""Codes as spreadsheets leave them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.geo.codes import read_insee, read_postcode


@pytest.mark.parametrize(
    ("written", "code", "remark"),
    [
        ("48000", "48000", None),
        (" 48 000 ", "48000", None),
        ("48000.0", "48000", None),
        ("F-48000", "48000", None),
        ("1000", "01000", "postcode_zero_restored"),
        ("1000,0", "01000", "postcode_zero_restored"),
        ("", "", None),
        ("0", "", "postcode_absent"),
        ("00000", "", "postcode_absent"),
        ("-", "", "postcode_absent"),
        ("NC", "", "postcode_absent"),
        ("480", "", "postcode_unreadable"),
        ("4800O", "", "postcode_unreadable"),
        ("<img src=x>", "", "postcode_unreadable"),
    ],
)
def test_postcodes(written: str, code: str, remark: str | None) -> None:
    read, said = read_postcode(written)
    assert (read, said and said.code) == (code, remark)


@pytest.mark.parametrize(
    ("written", "code", "remark"),
    [
        ("48095", "48095", None),
        ("2a004", "2A004", None),
        ("1053", "01053", "insee_zero_restored"),
        ("0", "", "insee_absent"),
        ("0null", "", "insee_unreadable"),
    ],
)
def test_insee(written: str, code: str, remark: str | None) -> None:
    read, said = read_insee(written)
    assert (read, said and said.code) == (code, remark)


def test_a_remark_is_a_french_sentence() -> None:
    _, said = read_postcode("1000")
    assert said
    assert said.message == "1000 a perdu son zéro\u00a0: 01000"


@given(st.text(max_size=40))
def test_any_text_gives_five_digits_or_nothing(written: str) -> None:
    code, _ = read_postcode(written)
    assert code == "" or (len(code) == 5 and code.isdigit())
