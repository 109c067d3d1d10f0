"""`maillage imprimer`: a document, what is in it and how much stays out."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from pypdf import PdfReader

from appli import config
from appli.app import open_directory
from appli.services.sheets_out import sheets_out
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def directory(maillage: Run) -> None:
    """Two persons, one of whom is not to leave this PC, and a place."""
    maillage("fiche", "creer", "person", "name=Odette Vanel", "skills=vannerie")
    maillage("fiche", "creer", "person", "name=Personne Cachée", "--audience", "private")
    maillage("fiche", "creer", "place", "title=La Filature")


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_a_directory_is_printed(maillage: Run, tmp_path: Path) -> None:
    target = tmp_path / "annuaire.pdf"
    found = maillage("imprimer", target, "--json").document("imprimer")
    assert found == {"path": str(target), "pages": found["pages"], "records": 2, "left_out": 1}
    text = text_of(target)
    assert "Vanel" in text
    assert "La Filature" in text
    assert "Cachée" not in text


def test_a_search_a_kind_and_a_model(maillage: Run, tmp_path: Path) -> None:
    target = tmp_path / "fiche.pdf"
    answer = maillage("imprimer", target, "--modele", "Fiches une par une", "--genre", "lieu", "--json")
    assert answer.document("imprimer")["records"] == 1
    answer = maillage("imprimer", target, "--recherche", "vannerie", "--json")
    assert answer.document("imprimer")["records"] == 1
    assert "Filature" not in text_of(target)


def test_correction_sheets_are_noted_out_when_one_asks(maillage: Run, tmp_path: Path) -> None:
    words = ("imprimer", tmp_path / "feuilles.pdf", "--modele", "corrections")
    assert "--noter" in maillage(*words).out
    assert out_of() == []
    assert "2 feuilles notées dehors" in maillage(*words, "--genre", "person", "--noter", "--mois", "0").out
    assert len(out_of()) == 2
    answer = maillage(*words, "--mois", "1", "--noter", "--json")
    assert answer.document("erreur")["error"]["code"] == "nothing_to_print", "all were written today"
    assert len(out_of()) == 2


def out_of() -> list[str]:
    with contextlib.closing(open_directory(config.default_directory(), read_only=True)) as directory:
        return [one.state for one in sheets_out(directory).values()]


def test_all_of_it_for_the_host_alone(maillage: Run, tmp_path: Path) -> None:
    target = tmp_path / "tout.pdf"
    assert maillage("imprimer", target, "--audience", "prive", "--json").document("imprimer")["left_out"] == 0
    assert "Cachée" in text_of(target)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("a.txt",), "unknown_format"),
        (("a.pdf", "--modele", "hologramme"), "unknown_model"),
        (("a.pdf", "--genre", "dragon"), "unknown_kind"),
        (("a.pdf", "--recherche", "introuvable"), "nothing_to_print"),
        (("a.pdf", "--modele", "programme"), "nothing_to_print"),
        (("a.pdf", "--mois", "12"), "no_such_choice"),
        (("a.pdf", "--modele", "letters", "--mois", "-1"), "bad_months"),
    ],
)
def test_what_cannot_be_printed_is_said_and_nothing_is_written(
    maillage: Run, tmp_path: Path, words: tuple[str, ...], code: str
) -> None:
    name, *options = words
    answer = maillage("imprimer", tmp_path / name, *options, "--json")
    assert answer.code == 1
    assert answer.document("erreur")["error"]["code"] == code
    assert list(tmp_path.glob("*.*")) == []


def test_a_folder_that_is_not_there(maillage: Run, tmp_path: Path) -> None:
    answer = maillage("imprimer", tmp_path / "ailleurs" / "a.pdf", "--json")
    assert answer.code == 3
    assert answer.document("erreur")["error"]["message"]
