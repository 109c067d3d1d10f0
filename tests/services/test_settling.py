"""Fields with several values: found without walking the directory, settled by one work each, and undone by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.domain.audience import Audience
from appli.domain.changes import Add, Create, Put, Work
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.services import undoing
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet, trash
from appli.services.settling import (
    Question,
    blank,
    choose,
    keep_all,
    made_since,
    questions,
    way_to_ask,
    write,
)
from appli.services.sheets import sheet
from appli.store.index import Query
from tests.builders import fill, people


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    found = open_directory(tmp_path / "annuaire")
    yield found
    found.close()


@pytest.fixture
def elise(directory: Directory) -> RecordId:
    """Somebody with a telephone and a summary that two PCs changed at the same time."""
    fields = {
        "name": "Élise Roumégas",
        "phone": "04 66 98 41 07",
        "email": "elise@example.org",
        "summary": "Menuisière",
    }
    asked = [Assignment(n, "=", v) for n, v in fields.items()]
    made = create_sheet(directory, "person", asked, Audience.SHARED).id
    phone = row(directory, made, "phone")
    add = [
        Add(phone, "value", "04 66 98 41 70"),
        Add(phone, "normalised", "+33466984170"),
        Add(made, "summary", "Menuisière, agencement"),
    ]
    directory.do("Ailleurs", add)
    return made


def row(directory: Directory, owner: RecordId, type_: str) -> RecordId:
    """A contact of that type."""
    rows = directory.reads.parts("contact_point", [owner])[owner]
    return next(r.id for r in rows if r.values["type"] == type_)


def asked(directory: Directory, name: str) -> Question:
    """The question about that field."""
    return next(q for q in questions(directory) if q.name == name)


def texts(directory: Directory, owner: RecordId, label: str) -> list[str]:
    """What the sheet shows under that label."""
    return [line.text for line in sheet(directory, owner).lines if line.label == label]


def test_each_field_that_waits_is_one_question(directory: Directory, elise: RecordId) -> None:
    found = questions(directory)
    assert {(q.name, q.label, q.sheet, q.title) for q in found} == {
        ("value", "Téléphone", elise, "Élise Roumégas"),
        ("summary", "En une phrase", elise, "Élise Roumégas"),
    }
    phone = asked(directory, "value")
    assert [c.text for c in phone.choices] == ["04 66 98 41 07", "04 66 98 41 70"]
    assert (phone.is_person, phone.initials, phone.can_keep_all) == (True, "ÉR", True)
    assert not asked(directory, "summary").can_keep_all


def test_the_badge_of_the_list_counts_the_same(directory: Directory, elise: RecordId) -> None:
    assert directory.index.first_page(Query())[0].siblings == 2


def test_what_is_written_later_comes_first(directory: Directory, elise: RecordId) -> None:
    found = questions(directory)
    assert [q.at for q in found] == sorted((q.at for q in found), reverse=True)
    assert all(q.at == max(c.at for c in q.choices) for q in found)


def test_one_value_is_kept_and_undone_by_name(directory: Directory, elise: RecordId) -> None:
    question = asked(directory, "value")
    choose(directory, question.record, "value", "04 66 98 41 70")
    entry = directory.reads.entries([question.record])[0]
    assert (entry.values["value"], entry.values["normalised"]) == ("04 66 98 41 70", "+33466984170")
    assert not entry.siblings
    assert [q.name for q in questions(directory)] == ["summary"]
    assert undoing.undo(directory).label == "Choisir une valeur"
    assert {q.name for q in questions(directory)} == {"value", "summary"}


def test_both_numbers_are_kept_as_two_rows(directory: Directory, elise: RecordId) -> None:
    question = asked(directory, "value")
    keep_all(directory, question.record, "value")
    assert texts(directory, elise, "Téléphone") == ["04 66 98 41 07", "04 66 98 41 70"]
    rows = directory.reads.parts("contact_point", [elise])[elise]
    assert [r.values["normalised"] for r in rows if r.values["type"] == "phone"] == ["+33466984107", "+33466984170"]
    undoing.undo(directory)
    assert [c.text for c in asked(directory, "value").choices] == [c.text for c in question.choices]


def test_words_of_a_list_are_put_together(directory: Directory) -> None:
    made = create_sheet(directory, "person", [Assignment("name", "=", "Nour"), Assignment("languages", "=", "fr")]).id
    kind = directory.reads.entries([made])[0].kind
    before = directory.reads.entries([made])[0].values["languages"]
    other = next(c for c in kind.fields["languages"].codes.codes if c not in before)  # type: ignore[union-attr]
    directory.do("Ailleurs", [Add(made, "languages", [other])])
    keep_all(directory, made, "languages")
    assert directory.reads.entries([made])[0].values["languages"] == [*before, other]
    assert questions(directory) == []


def test_a_field_with_one_value_does_not_keep_two(directory: Directory, elise: RecordId) -> None:
    with pytest.raises(UserError) as refused:
        keep_all(directory, elise, "summary")
    assert refused.value.code == "one_value"


def test_another_value_is_read_like_in_the_form(directory: Directory, elise: RecordId) -> None:
    phone = asked(directory, "value")
    with pytest.raises(UserError):
        write(directory, phone.record, "value", "06 39")
    write(directory, phone.record, "value", "0639984199")
    write(directory, elise, "summary", "Menuisière à Florac")
    assert questions(directory) == []
    assert texts(directory, elise, "Téléphone") == ["06 39 98 41 99"]
    assert directory.reads.entries([elise])[0].values["summary"] == "Menuisière à Florac"


def test_the_editor_starts_with_the_value_one_looks_at(directory: Directory, elise: RecordId) -> None:
    started = blank(asked(directory, "value"), 1)
    assert (started.editor, started.content) == ("line", "04 66 98 41 70")


def test_who_knows_best_can_be_asked(directory: Directory, elise: RecordId) -> None:
    assert way_to_ask(directory, asked(directory, "value")) == ("email", "elise@example.org")
    assert way_to_ask(directory, asked(directory, "summary"))[0] == "email"


def test_choices_of_the_year_are_counted_until_undone(directory: Directory, elise: RecordId) -> None:
    assert made_since(directory, 0) == 0
    question = asked(directory, "value")
    choose(directory, question.record, "value", "04 66 98 41 70")
    write(directory, elise, "summary", "Menuisière à Florac")
    assert made_since(directory, 0) == 2
    assert made_since(directory, directory.store.folder.clock() + 1_000) == 0
    undoing.undo(directory)
    assert made_since(directory, 0) == 1


def test_a_frozen_sheet_is_not_settled(directory: Directory, elise: RecordId) -> None:
    directory.do("Geler", [Put(elise, "restricted", True)])
    for record, name in ((elise, "summary"), (row(directory, elise, "phone"), "value")):
        with pytest.raises(UserError) as refused:
            choose(directory, record, name, "x")
        assert refused.value.code == "restricted"
    assert questions(directory) == []


def test_the_trash_asks_nothing_but_whether_it_is_the_trash(directory: Directory, elise: RecordId) -> None:
    trash(directory, [elise])
    assert questions(directory) == []
    directory.do("Ailleurs", [Add(elise, "trashed", False)])
    trashed = asked(directory, "trashed")
    assert {c.text for c in trashed.choices} == {"À la corbeille", "Dans l’annuaire"}


def test_a_value_taken_off_the_list_asks_nothing(directory: Directory, elise: RecordId) -> None:
    directory.do("Enlever", [Put(row(directory, elise, "phone"), "trashed", True)])
    assert [q.name for q in questions(directory)] == ["summary"]


def test_adding_to_a_list_wins_over_taking_off(directory: Directory) -> None:
    made = create_sheet(directory, "person", [Assignment("name", "=", "Nour"), Assignment("skills", "=", "Soudure")]).id
    skill = directory.reads.parts("skill", [made])[made][0]
    directory.store.folder.clock = lambda: 4_000_000_000_000
    directory.do("Ailleurs", [Add(skill.id, "present", False)])
    assert directory.reads.entries([skill.id])[0].values["present"] is False
    assert sheet(directory, made).chips[0][1][0].label == "Soudure"
    assert questions(directory) == []


def test_hundreds_among_many_records_are_found_alone(directory: Directory) -> None:
    fill(directory.store, people(600))
    shared = [e.id for e in directory.reads.of_kind("person") if e.audience > Audience.PRIVATE]
    asked_of = shared[::3]
    directory.store.write(Work("Ailleurs", [Add(i, "summary", f"Autre {n}") for n, i in enumerate(asked_of)]))
    found = questions(directory)
    assert {q.sheet for q in found} == set(asked_of)


def test_a_link_and_its_end_are_named(directory: Directory, elise: RecordId) -> None:
    source = RecordId(b"s" * 16)
    directory.do("Source", [Create(source, "source", {"name": "Une liste"}), Add(source, "producer", "Nous")])
    directory.do("Ailleurs", [Add(source, "producer", "Vous")])
    question = asked(directory, "producer")
    assert (question.title, question.code, question.is_person) == ("Une liste", "", False)
