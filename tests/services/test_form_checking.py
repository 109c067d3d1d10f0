"""What is wrong is said in the words of the form, with how to mend it; what was understood is told."""

from __future__ import annotations

import pytest

from appli.services.directory import Directory
from appli.services.form_checking import Checked, check
from appli.services.form_model import Filled, FilledForm
from appli.services.form_reading import form_of, new_form
from appli.services.spaces import SpaceFacts
from appli.services.spaces import found as found_space
from tests.services.forms import add_rows, directory, filled_form, make, rows

__all__ = ["directory"]


def checked(directory: Directory, shape: str, **contents: object) -> Checked:
    return check(directory, filled_form(new_form(shape), **contents), contents)


@pytest.mark.parametrize(
    ("shape", "name", "typed", "sentence"),
    [
        ("place", "capacity", "beaucoup", "Il faut un nombre entier. Exemple : 12."),
        ("equipment", "deposit", "douze", "Ce montant ne se lit pas. Exemple : 12,50 €."),
        ("place", "available_from", "hier", "Cette date ne se lit pas. Exemples : 12/03/2026, mars 2026, 2026."),
        ("place", "title", " ", "Une fiche a besoin d’un nom."),
        ("organization", "siret", "123", "Ce numéro n’a pas le bon nombre de signes."),
    ],
)
def test_an_error_says_what_to_type(directory: Directory, shape: str, name: str, typed: str, sentence: str) -> None:
    found = checked(directory, shape, **{name: typed})
    assert found.errors[name].replace("\u00a0", " ").replace("\u202f", " ") == sentence


def test_a_telephone_with_too_few_digits(directory: Directory) -> None:
    filled = add_rows(Filled(), contacts=[{"type": "mobile", "value": "06 39 98"}])
    found = check(directory, FilledForm(new_form("person"), filled), filled.contents)
    assert set(found.errors) == {"contacts/+0/value"}
    assert "06 39 98 41 07" in found.errors["contacts/+0/value"]


def test_what_stood_before_is_said_to_stay(directory: Directory) -> None:
    record = make(directory, "person", "Noé", {"contacts": [{"type": "mobile", "value": "06 39 98 41 07"}]})
    path = f"contacts/{rows(directory, record, 'contacts')[0].key}/value"
    found = check(directory, filled_form(form_of(directory, record), **{path: "06 39"}), [path])
    assert found.errors[path].endswith("Le numéro d’avant reste enregistré.")
    assert "La fiche n’a pas changé" not in found.errors[path]


def test_a_commune_nobody_bears_is_a_caution_with_what_was_meant(directory: Directory) -> None:
    found_space(directory, SpaceFacts("Réseau", [{"level": "department", "code": "48"}]))
    found = checked(directory, "person", commune={"name": "Florak", "insee": ""})
    assert found.errors == {}
    assert found.cautions["commune"].startswith("Aucune commune ne s’appelle «\u00a0Florak\u00a0».")
    assert found.suggestions["commune"].content == {"name": "Florac Trois Rivières", "insee": "48061"}


def test_a_commune_gives_its_post_code_and_where_the_sheet_stands(directory: Directory) -> None:
    commune = {"name": "Florac Trois Rivières", "insee": "48061"}
    asked = filled_form(new_form("place"), commune=commune)
    found = check(directory, asked, ["commune", "position"])
    assert found.readings["commune"] == "48400"
    assert found.readings["position"] == "Au bourg\u00a0: Florac Trois Rivières"


def test_hours_are_read_back(directory: Directory) -> None:
    found = checked(directory, "place", opening_hours="lun-ven 9h-12h")
    assert "vendredi" in found.readings["opening_hours"]


def test_the_words_of_references_and_territories(directory: Directory) -> None:
    record = make(directory, "person", "Rose Testard")
    found = checked(directory, "person", guardian=record.hex())
    assert found.names == {record.hex(): "Rose Testard"}
    found = checked(directory, "project", area="department:48")
    assert found.names == {"department:48": "Lozère (département)"}


def test_what_nobody_touched_is_never_refused(directory: Directory) -> None:
    record = make(directory, "place", "La Cour")
    form = form_of(directory, record)
    assert check(directory, FilledForm(form, Filled()), [q.path for q in form.questions]).errors == {}


def test_a_path_that_is_no_more_is_passed_over(directory: Directory) -> None:
    assert check(directory, FilledForm(new_form("place"), Filled()), ["contacts/ff/value", "gone"]) == Checked()
