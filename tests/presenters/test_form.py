"""The form: every kind opens and saves, what is wrong is said by its field, what was typed is found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from appli.app import open_directory
from appli.domain import catalogue
from appli.services.directory import Directory
from appli.services.sheet_forms import Filled, NewLink, form_of, new_form, save


@pytest.fixture
def directory(tmp_path: Path):
    opened = open_directory(tmp_path / "annuaire")
    yield opened
    opened.close()


@pytest.mark.parametrize("kind", [k.code for k in catalogue.main_kinds()])
def test_every_kind_is_made_and_reads_back_unchanged(directory: Directory, kind: str) -> None:
    form = new_form(kind)
    title = next(f.name for f in form.fields if f.name in ("title", "name"))
    saved = save(directory, form, Filled(texts={title: "Élise Roumégas", "summary": "Une phrase"}))
    assert not saved.errors
    assert saved.record is not None
    again = form_of(directory, saved.record)
    assert again.title == "Élise Roumégas"
    before = directory.store.digest()
    texts = {f.name: f.text for f in again.fields if f.text and f.editor not in ("choice", "choices", "flag")}
    assert not save(directory, again, Filled(texts=texts)).errors
    assert directory.store.digest() == before


def test_what_cannot_stand_is_said_by_its_field_and_nothing_is_written(directory: Directory) -> None:
    form = new_form("place")
    before = directory.store.digest()
    wrong = {"title": "Fournil", "phone": "06 39 98", "capacity": "beaucoup", "period": ""}
    saved = save(directory, form, Filled(texts={k: v for k, v in wrong.items() if k != "period"}))
    assert set(saved.errors) == {"phone", "capacity"}
    assert all(s.count(". ") >= 1 or s.endswith(".") for s in saved.errors.values())
    assert directory.store.digest() == before


def test_a_name_is_asked_for(directory: Directory) -> None:
    saved = save(directory, new_form("person"), Filled(texts={"occupation": "Maçon"}))
    assert set(saved.errors) == {"name"}


def test_a_need_is_born_a_need(directory: Directory) -> None:
    saved = save(directory, new_form("need"), Filled(texts={"title": "Un tourneur"}))
    entry = directory.reads.entry(saved.record or b"")
    assert entry is not None
    assert entry.values["type"] == "need"


def test_everything_is_one_work_that_one_undoing_takes_back(directory: Directory) -> None:
    other = save(directory, new_form("place"), Filled(texts={"title": "Fournil"})).record
    assert other is not None
    filled = Filled(
        texts={"name": "Noé Testard", "phone": "06 39 98 11 11", "skills": "soudure, pain", "commune": "48095"},
        audiences={"phone": "private"},
        consents={"members_print": True, "map": False},
        consent_how="paper",
        consent_on="2026-11-20",
        new_links=[NewLink("animates", other)],
    )
    done = len(directory.store.done())
    saved = save(directory, new_form("person"), filled)
    assert len(directory.store.done()) == done + 1
    form = form_of(directory, saved.record or b"")
    fields = {f.name: f for f in form.fields}
    assert (fields["phone"].text, fields["phone"].audience) == ("06 39 98 11 11", "private")
    assert {w.strip() for w in fields["skills"].text.split(",")} == {"Soudure", "Pain"}
    assert form.consents == {"members_print": True, "map": False}
    assert [(k.role, k.title_other) for k in form.links] == [("animates", "Fournil")]


def test_a_list_written_anew_keeps_its_audience(directory: Directory) -> None:
    filled = Filled(texts={"name": "Noé Testard", "phone": "06 39 98 11 11"}, audiences={"phone": "private"})
    saved = save(directory, new_form("person"), filled)
    form = form_of(directory, saved.record or b"")
    save(directory, form, Filled(texts={"phone": "06 39 98 22 22, 06 39 98 33 33"}))
    phone = next(f for f in form_of(directory, saved.record or b"").fields if f.name == "phone")
    assert (phone.text, phone.audience) == ("06 39 98 22 22, 06 39 98 33 33", "private")


def test_choices_are_set_and_cleared(directory: Directory) -> None:
    filled = Filled(texts={"title": "Fournil"}, choices={"families": ("coworking",), "free_access": ("true",)})
    saved = save(directory, new_form("place"), filled)
    form = form_of(directory, saved.record or b"")
    chosen = {f.name: f.chosen for f in form.fields if f.chosen}
    assert (chosen["families"], chosen["free_access"]) == (("coworking",), ("true",))
    assert not save(directory, form, Filled(choices={"families": (), "free_access": ()})).errors
    left = form_of(directory, saved.record or b"")
    assert not {f.name for f in left.fields if f.chosen} & {"families", "free_access"}


def test_a_link_is_taken_off(directory: Directory) -> None:
    place = save(directory, new_form("place"), Filled(texts={"title": "Fournil"})).record or b""
    person = save(directory, new_form("person"), Filled(texts={"name": "Noé"}, new_links=[NewLink("animates", place)]))
    form = form_of(directory, place)
    link = form.links[0]
    save(directory, form, Filled(gone_links=[(link.role, link.inverse, link.other)]))
    assert form_of(directory, person.record or b"").links == ()


def test_a_day_and_an_hour_are_read_as_one_writes_them(directory: Directory) -> None:
    filled = Filled(texts={"title": "Fête", "period.start": "5/12/2026 14 h 30", "period.end": "5/12/2026 18h"})
    saved = save(directory, new_form("event"), filled)
    entry = directory.reads.entry(saved.record or b"")
    assert entry is not None
    assert (entry.values["period"]["start"], entry.values["period"]["end"]) == ("2026-12-05T14:30", "2026-12-05T18:00")
