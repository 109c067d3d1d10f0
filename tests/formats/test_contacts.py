"""Phones, e-mail and web addresses as lists write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.formats.contacts import email, phone, phones, web


@pytest.mark.parametrize(
    ("typed", "e164", "display", "kind"),
    [
        ("06 39 98 41 07", "+33639984107", "06 39 98 41 07", "mobile"),
        ("06.37.74.15.79", "+33637741579", "06 37 74 15 79", "mobile"),
        ("0466 65 00 00", "+33466650000", "04 66 65 00 00", "phone"),
        ("602996023", "+33602996023", "06 02 99 60 23", "mobile"),
        ("+33(0)723220660", "+33723220660", "07 23 22 06 60", "mobile"),
        ("+33 (0) 4 66 65 00 00", "+33466650000", "04 66 65 00 00", "phone"),
        ("+33 628179657", "+33628179657", "06 28 17 96 57", "mobile"),
        ("(+33) 4 66 65 00 00", "+33466650000", "04 66 65 00 00", "phone"),
        ("0033466650000", "+33466650000", "04 66 65 00 00", "phone"),
        ("33612345678", "+33612345678", "06 12 34 56 78", "mobile"),
        ("'+33612345678", "+33612345678", "06 12 34 56 78", "mobile"),
        ("0692 48 05 57", "+262692480557", "0692 48 05 57", "mobile"),
        ("0590 83 12 34", "+590590831234", "0590 83 12 34", "phone"),
        ("0407428018", "+33407428018", "04 07 42 80 18", "phone"),
        ("+32 475 12 34 56", "+32475123456", "+32 475 12 34 56", "mobile"),
        ("3949", None, "3949", "phone"),
        ("112", None, "112", "phone"),
    ],
)
def test_numbers_in_every_shape(typed: str, e164: str | None, display: str, kind: str) -> None:
    found = phone(typed)
    assert (found.e164, found.display, found.kind, found.problem) == (e164, display, kind, None)


def test_words_beside_a_number_are_kept() -> None:
    found = phone("06 39 98 41 07 (le soir)")
    assert (found.e164, found.note) == ("+33639984107", "le soir")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("04 66 12 34", "Il manque 2 chiffres"),
        ("04 66 12 34 5", "Il manque un chiffre"),
        ("06 12 34 56 78 9", "Il y a un chiffre de trop"),
        ("06 12 34 56 78 90", "Il y a 2 chiffres de trop"),
        ("+999 999 999 999", "étranger"),
        ("12", "Il manque 8 chiffres"),
        ("chez sa mère", "Aucun numéro"),
        ("", "Aucun numéro"),
    ],
)
def test_what_is_wrong_with_a_number(typed: str, says: str) -> None:
    found = phone(typed)
    assert found.e164 is None
    assert found.display == typed
    assert found.problem is not None
    assert says in found.problem.message


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("04 66 65 00 00 / 06 12 34 56 78", 2),
        ("04.66.65.00.00 ou 0612345678", 2),
        ("0466650000;+33612345678", 2),
        ("04/66/65/00/00", 1),
        ("04 66 65 00 00", 1),
        ("", 0),
    ],
)
def test_several_numbers_in_one_cell(typed: str, count: int) -> None:
    found = phones(typed)
    assert len(found) == count
    assert all(p.e164 for p in found)


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_a_sentence(text: str) -> None:
    for found in [phone(text), *phones(text)]:
        assert found.e164 is None or (found.e164.startswith("+") and found.e164[1:].isascii())
        assert found.e164 is None or found.problem is None


@given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True), st.sampled_from(["", " ", ".", "-", "\u00a0", "/"]))
def test_no_french_number_is_refused_and_its_digits_stay(number: str, between: str) -> None:
    typed = between.join(number[i : i + 2] for i in range(0, 10, 2))
    found = phone(typed)
    assert found.problem is None
    assert found.e164 is not None
    assert found.e164.endswith(number[1:])
    assert "".join(filter(str.isdigit, found.display)) == number
    assert phone(found.display).e164 == found.e164
    assert phone(number[1:]).e164 == found.e164


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" ttestard@asso.example ", "ttestard@asso.example"),
        ("valère.ledémo@exemple.example", "valère.ledémo@exemple.example"),
        ("œd’échantillon@asso.example", "œd’échantillon@asso.example"),
        ("Contact@Mairie-Mende.FR", "Contact@mairie-mende.fr"),
        ("Noé <noe@asso.example>", "noe@asso.example"),
        ("mailto:noe@asso.example", "noe@asso.example"),
    ],
)
def test_addresses_are_accepted_as_typed(typed: str, address: str) -> None:
    assert email(typed) == email(address)
    assert email(typed).address == address


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ndela fiction@asso.example", "space_in_email"),
        ("a@asso.example ou b@asso.example", "several_emails"),
        ("a@asso.example;b@asso.example", "several_emails"),
        ("noe@asso", "bad_email"),
        ("noe.asso.fr", "bad_email"),
        ("@", "bad_email"),
        ("", "bad_email"),
    ],
)
def test_what_is_wrong_with_an_address(typed: str, code: str) -> None:
    found = email(typed)
    assert found.address is None
    assert found.problem is not None
    assert found.problem.code == code


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("www.anticafe.eu", "https://www.anticafe.eu"),
        ("insitaction.com/page", "https://insitaction.com/page"),
        ("HTTP://Exemple.FR/Page?a=B", "http://exemple.fr/Page?a=B"),
        ("http://fablab-vignes.org|fablab-vignes.org]]", "http://fablab-vignes.org"),
        ("https://fablab.lacasemate.fr/#!/", "https://fablab.lacasemate.fr/#!/"),
        ("http://www.chezmémé.fr", "http://www.chezmémé.fr"),
        ("exemple.fr:8080/x", "https://exemple.fr:8080/x"),
    ],
)
def test_sites_get_their_scheme(typed: str, address: str) -> None:
    assert web(typed).address == address
    assert web(typed).problem is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("http://solozere.com/les-points…", "cut_web"),
        ("http://solozere.com/les-points...", "cut_web"),
        ("nomade.lyon@laposte.fr", "email_in_web"),
        ("javascript:alert(1)", "bad_web"),
        ("file:///etc/passwd", "bad_web"),
        ("http://user:motdepasse@exemple.fr", "bad_web"),
        ("http://exemple.fr/a b", "bad_web"),
        ('http://exemple.fr/"><script>', "bad_web"),
        ("//serveur/partage", "bad_web"),
        ("\\\\serveur\\partage", "bad_web"),
        ("en cours", "bad_web"),
        ("Madame PATTE-AUBOURG", "bad_web"),
        ("", "bad_web"),
    ],
)
def test_what_no_browser_should_open_is_refused(typed: str, code: str) -> None:
    found = web(typed)
    assert found.address is None
    assert found.problem is not None
    assert found.problem.code == code


@given(st.text(max_size=80))
def test_any_text_is_a_site_or_a_sentence(text: str) -> None:
    found = web(text)
    assert (found.address is None) != (found.problem is None)
    assert found.address is None or found.address.startswith(("http://", "https://"))


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_a_sentence(text: str) -> None:
    found = email(text)
    assert (found.address is None) != (found.problem is None)
