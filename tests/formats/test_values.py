"""Answers, lists, amounts, coordinates and dates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.formats.dates import partial_date
from appli.formats.values import absent, coordinate, money, split_list, yes_no

ANY = st.text(max_size=60)


@pytest.mark.parametrize(
    "text",
    [None, "", " ", "-", "--", "/", "?", "néant", "Néant", "NC", "n.c.", "N/A", "#N/A", "#REF!", "pas de mail",
     "Pas de téléphone", "sans", "aucun", "Non renseigné", "(nom retiré)", "inconnu", "null"],
)  # fmt: skip
def test_nothing_is_said_in_many_words(text: str | None) -> None:
    assert absent(text)


@pytest.mark.parametrize(
    "text", ["0", "x", "non", "Sans-Souci", "Rien à déclarer", "pas d’internet avant 9 h", "Na", "1"]
)
def test_what_says_something_is_kept(text: str) -> None:
    assert absent(text) == (text == "Na")


@pytest.mark.parametrize(
    ("text", "answer"),
    [("oui", True), ("OUI", True), ("x", True), ("✓", True), ("VRAI", True), ("1", True), ("non", False),
     ("Faux", False), ("0", False), ("peut-être", None), ("", None), ("oui sauf tél", None)],
)  # fmt: skip
def test_yes_and_no(text: str, answer: bool | None) -> None:
    assert yes_no(text) is answer


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "photo, rédaction de dossiers, animation d'ateliers",
            ["photo", "rédaction de dossiers", "animation d'ateliers"],
        ),
        ("menuiserie / compta / paie", ["menuiserie", "compta / paie"]),
        ("Compta/Paie,soudure", ["Compta/Paie", "soudure"]),
        ("élec.;vidéo", ["élec.", "vidéo"]),
        ("cuisine et mécanique vélo et élec.", ["cuisine", "mécanique vélo", "élec."]),
        ("anglais (lu, écrit), allemand", ["anglais (lu, écrit)", "allemand"]),
        ("- bois\n- fer\n• pain", ["bois", "fer", "pain"]),
        ("Bois, bois ; BOIS", ["Bois"]),
        ("été et été", ["été"]),
        ("traitement de texte", ["traitement de texte"]),
        ("(a (b, c), d), e", ["(a (b, c), d)", "e"]),
        (" , ; ", []),
    ],
)
def test_several_things_in_one_cell(text: str, items: list[str]) -> None:
    assert split_list(text, protected=("compta / paie",)) == items


@given(ANY, st.lists(st.text(min_size=1, max_size=8), max_size=3))
def test_a_list_never_loses_a_letter_but_to_repetition(text: str, protected: list[str]) -> None:
    items = split_list(text, protected)
    assert all(item.strip() for item in items)
    assert set("".join(items)) <= set(text) | {" "}


@pytest.mark.parametrize(
    ("text", "cents", "note"),
    [("12,50 €", 1250, None), ("1 234,5", 123450, None), ("1\u202f234 €", 123400, None), ("1.234,56", 123456, None),
     ("12.5", 1250, None), ("12€50", 1250, None), ("15€/jour", 1500, "/jour"), ("5 euros par mois", 500, "par mois"),
     ("€ 5", 500, None), ("gratuit", 0, None), ("0", 0, None)],
)  # fmt: skip
def test_amounts(text: str, cents: int, note: str | None) -> None:
    found = money(text)
    assert (found.cents, found.note, found.problem) == (cents, note, None)


@pytest.mark.parametrize("text", ["", "cher", "12.5.3", "1,234.50", "-5", "12345678901"])
def test_what_is_no_amount(text: str) -> None:
    found = money(text)
    assert found.cents is None
    assert found.problem is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [("44.5183", 44.5183), ("44,5183", 44.5183), ("-1.505602", -1.505602), ("−1,5", -1.5), ("44° 31' 6\" N", 44.518333),
     ("3°30′O", -3.5), ("N 44.5", 44.5), ("2,5 ouest", -2.5), ("0", 0)],
)  # fmt: skip
def test_coordinates(text: str, value: float) -> None:
    assert coordinate(text).value == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "abc", "200", "1.2.3", "44°75'", "1e3", "nan", "44 31 6"])
def test_what_is_no_coordinate(text: str) -> None:
    assert coordinate(text).value is None
    assert coordinate(text).problem is not None


@pytest.mark.parametrize(
    ("text", "iso"),
    [("12/03/2024", "2024-03-12"), ("1/9/24", "2024-09-01"), ("12-03-1999", "1999-03-12"), ("12.03.2024", "2024-03-12"),
     ("01/09/2024 10:30", "2024-09-01"), ("03/2024", "2024-03"), ("2024", "2024"), ("2024-03", "2024-03"),
     ("2024-03-12", "2024-03-12"), ("2024-03-12 09:30", "2024-03-12"), ("1er septembre 2024", "2024-09-01"),
     ("lundi 4 mars 2024", "2024-03-04"), ("mars 2024", "2024-03"), ("sept. 2024", "2024-09"), ("Août 2023", "2023-08"),
     ("45536", "2024-09-01"), ("29/02/2024", "2024-02-29"), ("12/03/75", "1975-03-12")],
)  # fmt: skip
def test_dates_keep_their_precision(text: str, iso: str) -> None:
    assert partial_date(text).iso == iso


@pytest.mark.parametrize(
    ("text", "code"),
    [("31/02/2024", "no_such_date"), ("29/02/2023", "no_such_date"), ("2024-13-01", "no_such_date"),
     ("12/03", "bad_date"), ("à jour", "bad_date"), ("", "bad_date"), ("48000", None),
     ("3 brumaire 2024", "bad_date"), ("12345", "bad_date")],
)  # fmt: skip
def test_what_is_no_date(text: str, code: str | None) -> None:
    problem = partial_date(text).problem
    assert (problem and problem.code) == code


@given(st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2049, 12, 31)), st.sampled_from("/-."))
def test_a_written_date_reads_as_itself(day: dt.date, mark: str) -> None:
    assert partial_date(day.strftime(f"%d{mark}%m{mark}%Y")).iso == day.isoformat()
    assert partial_date(f"{day.day}{mark}{day.month}{mark}{day.year % 100:02d}").iso == day.isoformat()
    assert partial_date(str((day - dt.date(1899, 12, 30)).days)).iso in {day.isoformat(), None}


@given(ANY)
def test_no_text_breaks_a_parser(text: str) -> None:
    for found in (money(text), coordinate(text), partial_date(text)):
        assert found.problem is None or found.problem.message
    yes_no(text)
    absent(text)
