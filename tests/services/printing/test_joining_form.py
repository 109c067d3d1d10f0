"""The blank form: on paper with the boxes of the agreement, as a list that comes back without a question."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from appli.domain import catalogue
from appli.formats.outgoing import OutColumn, OutSheet
from appli.formats.write_workbook import xlsx_bytes
from appli.services.consenting import answers_of
from appli.services.directory import Directory
from appli.services.importing.applying import apply
from appli.services.importing.reading import mapping_for, open_list, plan_of
from appli.services.printing.edition import new_edition
from appli.services.printing.form_kinds import FORM_KINDS
from appli.services.printing.joining_form import blank_list, titles_of
from appli.services.printing.printing import print_edition
from appli.services.spaces import write_notice
from tests.services.printing.test_printing import text_of

ANSWERS = {
    "Prénom": "Odette",
    "Nom de famille": "Vanel",
    "Adresse": "3 rue Basse",
    "Code postal": "48000",
    "Commune": "Mende",
    "Téléphone portable": "06 39 98 41 07",
    "Courriel": "odette@exemple.example",
    "Compétences": "Vannerie ; Occitan",
    "Accord": "oui sauf téléphone",
}


def filled(path: Path, kind: str, answers: dict[str, str]) -> list[str]:
    """The blank list with one line written in it; the titles it has."""
    names = [title for title, _words in titles_of(catalogue.kind(kind))]
    row = [answers.get(name) for name in names]
    path.write_bytes(xlsx_bytes([OutSheet("Personnes", [OutColumn(name) for name in names], [row])], []))
    return names


def test_the_form_asks_for_each_purpose_and_shows_the_notice(one: Directory) -> None:
    write_notice(one, "Vos données restent dans le réseau des Causses.")
    printed = print_edition(one, replace(new_edition("joining"), options={"copies": 2}))
    text = text_of(printed.pdf)
    assert printed.records == 0
    assert text.count("Ce que vous acceptez") == 2
    assert "Carte publique" in text
    assert "Vos données restent dans le réseau" in text.replace("\n", " ")


@pytest.mark.parametrize("kind", FORM_KINDS)
def test_every_form_fits_on_two_pages(one: Directory, kind: str) -> None:
    assert print_edition(one, replace(new_edition("joining"), options={"form_kind": kind})).pages <= 2


def test_the_list_comes_back_without_a_question(one: Directory, tmp_path: Path) -> None:
    path = tmp_path / "bulletin.xlsx"
    names = filled(path, "person", ANSWERS)
    assert set(ANSWERS) <= set(names)
    listed = open_list(path, None)
    mapping = mapping_for(one, listed, "bulletin", None, ())
    assert mapping.kind == "person"
    assert [title for title, target in mapping.columns if title in ANSWERS and target in (None, "extra")] == []
    plan = plan_of(one, listed, mapping)
    assert [row.status for row in plan.rows] == ["created"]
    apply(one, plan)
    (person,) = one.reads.of_kind("person")
    assert person.title == "Odette Vanel"
    assert {a.purpose: a.given for a in answers_of(one, person.id)}["members_print"] is True


@pytest.mark.parametrize("kind", FORM_KINDS)
def test_the_empty_list_has_its_titles_and_says_what_they_expect(one: Directory, kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(blank_list(one, kind))) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    for title, help_words in titles_of(catalogue.kind(kind)):
        assert escape(title) in words
        assert escape(help_words) in words


SAMPLES = {
    "Nom": "La Filature",
    "Adresse": "3 rue Basse",
    "Code postal": "48000",
    "Commune": "Mende",
    "Téléphone": "04 65 71 20 18",
    "Courriel": "filature@exemple.example",
    "Site Internet": "https://filature.example",
    "Horaires": "lundi 9h-12h",
}


@pytest.mark.parametrize("kind", [k for k in FORM_KINDS if k != "person"])
def test_every_title_of_the_other_lists_is_understood(one: Directory, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "l.xlsx"
    answers = {}
    for title, words in titles_of(catalogue.kind(kind)):
        choice = words.partition("Au choix\u00a0: ")[2].split(", ")[0]
        answers[title] = SAMPLES.get(title) or choice or "12"
    filled(path, kind, answers)
    listed = open_list(path, None)
    mapping = mapping_for(one, listed, "l", kind, ())
    left = [title for title, target in mapping.columns if target in (None, "extra")]
    assert left == []
    (row,) = plan_of(one, listed, mapping).rows
    assert row.status == "created"
    assert not row.remarks
