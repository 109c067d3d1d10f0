"""A form as it is read: every kind asks all it declares, each field with the editor of its type."""

from __future__ import annotations

from typing import Any

import pytest

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.changes import Add
from appli.errors import UserError
from appli.services.demonstration import load
from appli.services.directory import Directory
from appli.services.form_checking import check
from appli.services.form_model import Filled, FilledForm, says_something
from appli.services.form_reading import SECTIONS, form_of, new_form
from appli.services.form_saving import save
from appli.services.lists import term_id
from appli.store.index import Query
from tests.services.forms import directory, make, rows, said

__all__ = ["directory"]
KINDS = [k.code for k in catalogue.main_kinds()]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_section_is_asked_once(kind: str) -> None:
    form, declared = new_form(kind), catalogue.kind(kind)
    wanted = [n for n, f in declared.fields.items() if f.declared.section in SECTIONS]
    asked = [q.path for q in form.questions if q.path != "entered_on_behalf"]
    assert sorted(asked) == sorted(wanted)
    assert form.questions[0].required
    assert all(q.section in SECTIONS for q in form.questions)


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_with_parts_is_asked(kind: str) -> None:
    declared = catalogue.kind(kind)
    wanted = {c.name for c in declared.collections.values() if c.section in SECTIONS and c.child != "contact_point"}
    assert set(new_form(kind).lists_by_name) == wanted | {"contacts", "photos"}


def test_a_need_knows_that_it_is_one() -> None:
    form = new_form("need")
    assert (form.kind, form.shape, form.kind_label) == ("listing", "need", "Besoin")
    assert form.presets == {"type": "need"}


def test_usual_contacts_are_blank_lines_until_they_are_there(directory: Directory) -> None:
    assert [r.key for r in new_form("person").lists_by_name["contacts"].rows] == ["+mobile", "+email"]
    record = make(directory, "person", "Noé Testard", {"contacts": [{"type": "phone", "value": "04 65 71 20 18"}]})
    form = form_of(directory, record)
    assert [said(r) for r in rows(directory, record, "contacts")] == [{"type": "phone", "value": "04 65 71 20 18"}]
    assert [r.key for r in form.lists_by_name["contacts"].rows if r.is_new] == ["+email"]


def test_a_skill_is_asked_by_its_word_which_then_stands(directory: Directory) -> None:
    skill = {"term": "soudure", "level": "expert", "intents": ("teaches",)}
    record = make(directory, "person", "Noé Testard", {"skills": [skill]})
    (row,) = rows(directory, record, "skills")
    assert said(row) == {"term": "Soudure", "level": "expert", "intents": ("teaches",)}
    assert [q.fixed for q in row.questions if q.name == "term"] == [True]


def test_functions_and_labels_share_a_table_and_not_a_list(directory: Directory) -> None:
    lists = {"functions": [{"term": "Fablab"}], "labels": [{"term": "Fabrique de territoire"}]}
    record = make(directory, "place", "La Cour", lists)
    assert [said(r) for r in rows(directory, record, "functions")] == [{"term": "Fablab"}]
    assert [said(r) for r in rows(directory, record, "labels")] == [{"term": "Fabrique de territoire"}]
    assert directory.title_of(term_id("function", "fablab")) == "Fablab"


def test_values_that_stand_beside_each_other_are_all_told(directory: Directory) -> None:
    record = make(directory, "place", "La Cour", summary="Une cour")
    directory.do("Autre valeur", [Add(record, "summary", "Un jardin")])
    claims = form_of(directory, record).by_path["summary"].claims
    assert {c.words for c in claims} == {"Une cour", "Un jardin"}
    assert all("ce poste" in c.who for c in claims)


def test_a_word_that_is_no_kind_asks_for_a_person() -> None:
    assert new_form("nothing-of-the-kind").kind_label == "Personne"


def test_what_is_not_there_says_so(directory: Directory) -> None:
    with pytest.raises(UserError, match="n’est plus dans l’annuaire"):
        form_of(directory, b"\x00" * 16)


def test_a_person_s_address_is_private_at_first() -> None:
    form = new_form("person")
    assert form.audience is Audience.SHARED
    assert form.by_path["address"].audience is Audience.PRIVATE
    asked = FilledForm(form, Filled())
    assert asked.audience("occupation") is Audience.SHARED  # public by itself, never more than the sheet


@pytest.mark.slow
def test_what_a_form_shows_it_reads_back_the_same(directory: Directory) -> None:
    """Every value of the example directory, typed again as it is shown, changes nothing."""
    load(directory)
    kinds: dict[str, int] = {}
    seen = 0
    for row in directory.index.first_page(Query(), 500):
        kinds[row.kind] = kinds.get(row.kind, 0) + 1
        if kinds[row.kind] > 6:
            continue
        form = form_of(directory, row.id)
        contents: dict[str, Any] = {
            q.path: q.content
            for q in FilledForm(form, Filled()).questions()
            if says_something(q.content) and not q.fixed
        }
        seen += len(contents)
        filled = Filled(contents=dict(contents))
        assert check(directory, FilledForm(form, filled), contents).errors == {}
        saved = save(directory, form, filled)
        assert saved.errors == {}
        assert not saved.changes
        again = form_of(directory, row.id)
        assert {p: again.by_path[p].content for p in contents} == contents
    assert set(kinds) >= set(KINDS) - {"page", "route", "trip", "commons"}
    assert seen > 300
