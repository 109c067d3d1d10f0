"""What was typed meets a sheet changed meanwhile: nothing typed is lost, nothing new is hidden. And drafts."""

from __future__ import annotations

from appli.domain.changes import Put
from appli.domain.ids import RecordId
from appli.services import drafts
from appli.services.directory import Directory
from appli.services.form_model import Filled, FilledForm, NewLink, SheetForm
from appli.services.form_reading import form_of, new_form
from appli.services.form_renewing import renew
from appli.services.form_saving import save
from tests.services.forms import add_rows, change, directory, make, rows, said

__all__ = ["directory"]


def fournil(directory: Directory) -> tuple[RecordId, SheetForm]:
    lists = {"rates": [{"label": "Jour", "amount": "12"}]}
    record = make(directory, "place", "Fournil", lists, summary="Une phrase", capacity="10")
    return record, form_of(directory, record)


def test_what_changed_elsewhere_shows_and_what_was_typed_stays(directory: Directory) -> None:
    record, former = fournil(directory)
    filled = Filled(contents={"summary": "La mienne"}, seen={"summary": "Une phrase"})
    change(directory, record, Filled(contents={"capacity": "20"}))
    found = renew(filled, form_of(directory, record), former)
    assert found.form.by_path["capacity"].content == "20"
    assert (found.filled.contents, found.news) == ({"summary": "La mienne"}, {})
    assert found.changed == ["Capacité en personnes"]


def test_the_same_field_changed_on_both_sides_is_told(directory: Directory) -> None:
    record, former = fournil(directory)
    filled = Filled(contents={"summary": "La mienne"}, seen={"summary": "Une phrase"})
    change(directory, record, Filled(contents={"summary": "La leur"}))
    found = renew(filled, form_of(directory, record), former)
    assert found.news == {"summary": "La leur"}
    assert found.filled.contents == {"summary": "La mienne"}
    again = renew(found.filled, form_of(directory, record), found.form)
    assert again.news == {}


def test_the_same_value_on_both_sides_is_no_longer_a_change(directory: Directory) -> None:
    record, former = fournil(directory)
    filled = Filled(contents={"summary": "La même"}, seen={"summary": "Une phrase"})
    change(directory, record, Filled(contents={"summary": "La même"}))
    assert renew(filled, form_of(directory, record), former).filled.is_empty()


def test_a_row_taken_off_elsewhere_stays_while_one_writes_in_it(directory: Directory) -> None:
    record, former = fournil(directory)
    key = rows(directory, record, "rates")[0].key
    directory.do("Enlever", [Put(bytes.fromhex(key), "trashed", True)])
    filled = Filled(contents={f"rates/{key}/amount": "14"})
    found = renew(filled, form_of(directory, record), former)
    assert [r.key for r in FilledForm(found.form, found.filled).rows("rates")] == [key]
    assert found.filled.contents == {f"rates/{key}/amount": "14"}


def test_a_draft_older_than_the_list_goes_to_a_new_row(directory: Directory) -> None:
    record, _former = fournil(directory)
    key = rows(directory, record, "rates")[0].key
    filled = Filled(contents={f"rates/{key}/amount": "14"}, removed=[f"rates/{key}"], unlinked=["ff"])
    directory.do("Enlever", [Put(bytes.fromhex(key), "trashed", True)])
    found = renew(filled, form_of(directory, record))
    (row,) = FilledForm(found.form, found.filled).rows("rates")
    assert row.is_new
    assert found.filled.contents == {f"rates/{row.key}/amount": "14"}
    assert (found.filled.removed, found.filled.unlinked) == ([], [])


def test_a_usual_line_written_elsewhere_meanwhile_becomes_a_second_one(directory: Directory) -> None:
    record = make(directory, "person", "Noé")
    former = form_of(directory, record)
    filled = Filled(contents={"contacts/+mobile/value": "06 39 98 41 07"})
    change(directory, record, add_rows(Filled(), contacts=[{"type": "mobile", "value": "06 39 98 11 11"}]))
    found = renew(filled, form_of(directory, record), former)
    save(directory, found.form, found.filled)
    values = {said(r)["value"] for r in rows(directory, record, "contacts")}
    assert values == {"06 39 98 11 11", "06 39 98 41 07"}


def test_blank_new_rows_are_no_change() -> None:
    filled = add_rows(Filled(), contacts=[{"type": "web"}])
    assert filled.is_empty()
    assert not add_rows(Filled(), contacts=[{"type": "web", "value": "x"}]).is_empty()
    assert not Filled(removed=["rates/ff"]).is_empty()


def test_a_draft_is_kept_found_and_forgotten(directory: Directory) -> None:
    record, form = fournil(directory)
    filled = add_rows(
        Filled(contents={"families": ("food",), "address": {"street": "Ici"}}, links=[NewLink("keeps", record.hex())]),
        rates=[{"label": "Nuit"}],
    )
    drafts.keep(directory, drafts.key_of(form), form.title, filled.to_json())
    found = drafts.find(directory, drafts.key_of(form))
    assert found is not None
    assert (found.record, found.title, found.filled) == (record, "Fournil", filled)
    assert drafts.find(directory, drafts.key_of(new_form("need"))) is None
    drafts.forget(directory, drafts.key_of(form))
    assert drafts.waiting(directory) == []


def test_a_draft_of_a_new_sheet_knows_its_shape(directory: Directory) -> None:
    form = new_form("need")
    drafts.keep(directory, drafts.key_of(form), "", Filled(contents={"title": "Tourneur"}).to_json())
    (draft,) = drafts.waiting(directory)
    assert (draft.record, draft.shape) == (None, "need")


def test_what_another_version_kept_is_left_out(directory: Directory) -> None:
    directory.store.note("draft", "nouvelle:person", {"texts": {"name": "Noé"}})
    other = {"contents": 3, "answers": [], "links": [{"role": "x"}, 4]}
    directory.store.note("draft", "nouvelle:place", {"filled": other})
    assert [d.filled for d in drafts.waiting(directory)] == [Filled()]
