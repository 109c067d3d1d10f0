"""Saving a form: one work, what cannot stand stops all of it, rows keep who they are."""

from __future__ import annotations

import pytest

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.changes import Add, Put
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.services import drafts
from appli.services.consenting import answers_of
from appli.services.directory import Directory
from appli.services.form_model import SHEET, Filled, NewLink
from appli.services.form_reading import form_of, new_form
from appli.services.form_saving import save
from appli.services.undoing import undo
from tests.services.forms import add_rows, change, directory, make, rows, said, try_make

__all__ = ["directory"]


def label_of_last(directory: Directory) -> str:
    return directory.store.done()[0].label


@pytest.mark.parametrize("kind", [k.code for k in catalogue.main_kinds()])
def test_every_kind_is_made(directory: Directory, kind: str) -> None:
    record = make(directory, kind, "Élise Roumégas", summary="Une phrase")
    form = form_of(directory, record)
    assert (form.title, form.by_path["summary"].content) == ("Élise Roumégas", "Une phrase")
    assert form.code


def test_nothing_is_written_while_a_field_cannot_stand(directory: Directory) -> None:
    before = len(directory.store.done())
    wrong = {"contacts": [{"type": "phone", "value": "06 39 98"}], "rates": [{"label": "Jour", "amount": "cher"}]}
    saved = try_make(directory, "place", "Fournil", wrong, capacity="beaucoup")
    assert set(saved.errors) == {"capacity", "contacts/+0/value", "rates/+0/amount"}
    assert len(directory.store.done()) == before


def test_a_name_is_asked_for(directory: Directory) -> None:
    assert set(save(directory, new_form("person"), Filled(contents={"occupation": "Maçon"})).errors) == {"name"}


def test_a_need_is_born_a_need(directory: Directory) -> None:
    entry = directory.reads.entry(make(directory, "need", "Un tourneur"))
    assert entry is not None
    assert entry.values["type"] == "need"


def test_everything_is_one_work_that_one_undoing_takes_back(directory: Directory) -> None:
    place = make(directory, "place", "Fournil")
    before = directory.store.digest()
    filled = add_rows(
        Filled(
            contents={"name": {"display": "Noé Testard"}, "commune": {"insee": "48095", "name": "Mende"}},
            audiences={SHEET: "private"},
            answers={"members_print": "yes", "map": "no"},
            answered_how="paper",
            answered_on="2026-11-20",
            links=[NewLink("animates", place.hex())],
        ),
        contacts=[{"type": "phone", "value": "04 65 71 20 18", "label": "le soir"}],
        skills=[{"term": "soudure", "level": "expert"}, {"term": "pain"}],
    )
    done = len(directory.store.done())
    saved = save(directory, new_form("person"), filled)
    assert len(directory.store.done()) == done + 1
    assert saved.record is not None
    form = form_of(directory, saved.record)
    assert form.audience is Audience.PRIVATE
    assert [said(r) for r in rows(directory, saved.record, "contacts")] == [
        {"type": "phone", "value": "04 65 71 20 18", "label": "le soir"}
    ]
    assert {said(r)["term"] for r in rows(directory, saved.record, "skills")} == {"Soudure", "Pain"}
    assert form.consents is not None
    assert (form.consents.answers, form.consents.how) == ({"members_print": "yes", "map": "no"}, "paper")
    assert [(k.role, k.title_other) for k in form.links] == [("animates", "Fournil")]
    undo(directory)
    assert directory.store.digest() == before


def test_a_row_changed_stays_the_same_row(directory: Directory) -> None:
    lists = {"rates": [{"label": "Jour", "amount": "12"}, {"label": "Mois", "amount": "150"}]}
    record = make(directory, "place", "Fournil", lists)
    first, second = rows(directory, record, "rates")
    assert [said(r)["label"] for r in (first, second)] == ["Jour", "Mois"]
    change(directory, record, Filled(contents={f"rates/{second.key}/amount": "140"}))
    assert [(r.key, said(r)["amount"]) for r in rows(directory, record, "rates")] == [
        (first.key, "12"),
        (second.key, "140"),
    ]
    assert label_of_last(directory) == "Modifier «\u00a0Tarifs\u00a0»"


def test_a_row_is_taken_off_and_another_added_at_the_end(directory: Directory) -> None:
    record = make(directory, "route", "Chemin des fours", {"stops": [{"title": "Un"}, {"title": "Deux"}]})
    first = rows(directory, record, "stops")[0]
    filled = add_rows(Filled(removed=[f"stops/{first.key}"]), stops=[{"title": "Trois"}])
    change(directory, record, filled)
    assert [said(r)["title"] for r in rows(directory, record, "stops")] == ["Deux", "Trois"]


def test_rows_are_put_in_another_order_with_new_ones_between(directory: Directory) -> None:
    record = make(directory, "route", "Chemin des fours", {"stops": [{"title": "Un"}, {"title": "Deux"}]})
    first, second = rows(directory, record, "stops")
    filled = add_rows(Filled(moved={"stops": [second.key, "+0", first.key]}), stops=[{"title": "Trois"}])
    change(directory, record, filled)
    assert [said(r)["title"] for r in rows(directory, record, "stops")] == ["Deux", "Trois", "Un"]


def test_a_row_emptied_is_taken_off_and_a_blank_one_is_not_made(directory: Directory) -> None:
    record = make(directory, "person", "Noé", {"contacts": [{"type": "email", "value": "noe@exemple.fr"}]})
    row = rows(directory, record, "contacts")[0]
    change(directory, record, add_rows(Filled(contents={f"contacts/{row.key}/value": ""}), contacts=[{"type": "web"}]))
    assert rows(directory, record, "contacts") == []


def test_the_type_of_a_contact_changes_how_it_is_read(directory: Directory) -> None:
    record = make(directory, "person", "Noé", {"contacts": [{"type": "phone", "value": "04 65 71 20 18"}]})
    row = rows(directory, record, "contacts")[0]
    wrong = change(directory, record, Filled(contents={f"contacts/{row.key}/type": "email"}))
    assert set(wrong.errors) == {f"contacts/{row.key}/value"}
    change(directory, record, Filled(contents={f"contacts/{row.key}/type": "mobile"}))
    entry = directory.reads.entry(bytes.fromhex(row.key))
    assert entry is not None
    assert (entry.values["type"], entry.values["normalised"]) == ("mobile", "+33465712018")


def test_a_contact_of_a_person_is_shared_and_that_of_a_place_public(directory: Directory) -> None:
    contact = {"contacts": [{"type": "email", "value": "noe@exemple.fr"}]}
    assert rows(directory, make(directory, "person", "Noé", contact), "contacts")[0].audience is Audience.SHARED
    assert rows(directory, make(directory, "place", "Fournil", contact), "contacts")[0].audience is Audience.PUBLIC


def test_a_row_has_an_audience_of_its_own(directory: Directory) -> None:
    record = make(directory, "person", "Noé", {"contacts": [{"type": "email", "value": "noe@exemple.fr"}]})
    row = rows(directory, record, "contacts")[0]
    change(directory, record, Filled(audiences={f"contacts/{row.key}": "private", "occupation": "private"}))
    assert rows(directory, record, "contacts")[0].audience is Audience.PRIVATE
    assert form_of(directory, record).by_path["occupation"].audience is Audience.PRIVATE


def test_choosing_the_value_shown_settles_a_field(directory: Directory) -> None:
    record = make(directory, "place", "Fournil", summary="Une cour")
    directory.do("Autre valeur", [Add(record, "summary", "Un jardin")])
    shown = form_of(directory, record).by_path["summary"].content
    change(directory, record, Filled(settled=["summary"]))
    question = form_of(directory, record).by_path["summary"]
    assert (question.content, question.claims) == (shown, ())


def test_a_skill_taken_off_stands_again_with_what_is_said_now(directory: Directory) -> None:
    record = make(directory, "person", "Noé", {"skills": [{"term": "Soudure", "level": "expert"}]})
    row = rows(directory, record, "skills")[0]
    change(directory, record, Filled(removed=[f"skills/{row.key}"]))
    assert rows(directory, record, "skills") == []
    change(directory, record, add_rows(Filled(), skills=[{"term": "soudure"}]))
    assert [said(r) for r in rows(directory, record, "skills")] == [{"term": "Soudure"}]


def test_a_row_taken_off_elsewhere_comes_back_with_what_is_typed(directory: Directory) -> None:
    record = make(directory, "place", "Fournil", {"rates": [{"label": "Jour", "amount": "12"}]})
    form, row = form_of(directory, record), rows(directory, record, "rates")[0]
    directory.do("Enlever", [Put(bytes.fromhex(row.key), "trashed", True)])
    save(directory, form, Filled(contents={f"rates/{row.key}/amount": "14"}))
    assert [said(r) for r in rows(directory, record, "rates")] == [{"label": "Jour", "amount": "14"}]


def test_links_are_made_and_taken_off_from_either_side(directory: Directory) -> None:
    place, person = make(directory, "place", "Fournil"), make(directory, "person", "Noé")
    change(directory, place, Filled(links=[NewLink("animates_inverse", person.hex(), note="le samedi")]))
    (link,) = form_of(directory, person).links
    assert (link.role, link.inverse, link.note) == ("animates", False, "le samedi")
    assert label_of_last(directory) == "Ajouter un lien"
    change(directory, place, Filled(unlinked=[link.link.hex()]))
    assert form_of(directory, person).links == ()


def test_a_frozen_sheet_is_refused(directory: Directory) -> None:
    record = make(directory, "person", "Noé")
    directory.do("Geler", [Put(record, "restricted", True)])
    with pytest.raises(UserError):
        change(directory, record, Filled(contents={"occupation": "Maçon"}))


def answers(directory: Directory, record: RecordId) -> dict[str, tuple[bool, str | None, str | None]]:
    return {a.purpose: (a.given, a.on, a.how) for a in answers_of(directory, record)}


def test_an_answer_is_noted_mended_and_taken_back(directory: Directory) -> None:
    record = make(directory, "person", "Noé")
    noted = Filled(answers={"map": "yes", "web": "no"}, answered_how="oral", answered_on="2026-11-20")
    change(directory, record, noted)
    assert answers(directory, record) == {"map": (True, "2026-11-20", "oral"), "web": (False, "2026-11-20", "oral")}
    assert label_of_last(directory) == "Noter l’accord"
    change(directory, record, Filled(answered_how="paper"))
    assert answers(directory, record)["map"] == (True, "2026-11-20", "paper")
    change(directory, record, Filled(answers={"web": ""}))
    assert set(answers(directory, record)) == {"map"}


def test_saving_forgets_the_draft(directory: Directory) -> None:
    form = new_form("person")
    drafts.keep(directory, drafts.key_of(form), "", Filled(contents={"occupation": "Maçon"}).to_json())
    save(directory, form, Filled(contents={"name": {"display": "Noé"}}))
    assert drafts.waiting(directory) == []


def test_two_new_rows_of_one_word_make_one_term(directory: Directory) -> None:
    record = make(directory, "person", "Noé", {"skills": [{"term": "Soudure"}, {"term": "soudure"}]})
    assert [said(r)["term"] for r in rows(directory, record, "skills")] == ["Soudure"]
