"""The write door: one work is one commit and one line of the journal, and nothing is written for nothing."""

from __future__ import annotations

import pytest

from appli.domain.audience import Audience
from appli.domain.changes import Add, Create, Erase, Put, Withdraw, Work
from appli.domain.ids import new_id
from appli.errors import UserError
from appli.store.folder import raw
from appli.store.store import Store
from tests.builders import HOSTILE
from tests.store.conftest import create, do, entry, person, values
from tests.store.network import Pc, handed_over


def test_values_come_back_as_they_were_given(store: Store) -> None:
    record = person(store, "Zoé", occupation="Forgeronne", status=["artist", "farmer"], minor=True)
    found = values(store, record)
    assert found == {
        "name": {"display": "Zoé"},
        "occupation": "Forgeronne",
        "status": ["artist", "farmer"],
        "minor": True,
    }


@pytest.mark.parametrize("text", [t for t in HOSTILE if "\ud800" not in t], ids=lambda t: ascii(t[:20]))
def test_hostile_texts_are_only_texts(store: Store, text: str) -> None:
    record = person(store, f"A {text}", occupation=text)
    shown = values(store, record)
    do(store, Put(record, "availability", shown.get("occupation")))
    assert values(store, record).get("availability") == shown.get("occupation")
    assert store.problems() == []


@pytest.mark.parametrize("kind", ["note", "contact_point", "trip", "link"])
def test_fields_called_like_words_of_sql(store: Store, kind: str) -> None:
    owner = person(store)
    ends = {"from_id": owner.hex(), "to_id": owner.hex(), "role": "animates"} if kind == "link" else {}
    own = (
        {"to": {"name": "Mende"}}
        if kind == "trip"
        else {"order": 3, **ends}
        if ends
        else {"owner": owner.hex(), "order": 3}
    )
    record = new_id()
    do(store, Create(record, kind, {**own, "audience": 20}))
    name, value = next((n, v) for n, v in own.items() if n in ("order", "to"))
    do(store, Put(record, name, 4 if name == "order" else {"name": "Florac"}))
    assert values(store, record)[name] != value
    assert store.problems() == []


def test_one_work_is_one_commit_and_one_line(pc: Pc) -> None:
    store = pc.store
    there, before = person(store), pc.knowledge
    do(
        store,
        Create(new_id(), "person", {"name": {"display": "A"}}),
        Create(new_id(), "place", {"title": "B"}),
        Put(there, "occupation", "Vannerie"),
        Put(there, "summary", "Fait des paniers"),
        label="Trois fiches",
    )
    assert pc.knowledge.missing_from(before) == {store.replica: ((2, 2),)}
    assert (store.done()[0].label, store.done()[0].counter, len(store.done())) == ("Trois fiches", 2, 2)


def test_the_operator_is_kept_with_the_work_and_its_versions(store: Store) -> None:
    record = new_id()
    store.write(Work("Fiche", [Create(record, "person", {"name": {"display": "A"}})], operator="EM"))
    stamp = entry(store, record).stamp
    assert stamp is not None
    assert (stamp.operator, store.done()[0].operator) == ("EM", "EM")


def test_nothing_is_written_for_nothing(pc: Pc) -> None:
    store = pc.store
    record = person(store, occupation="Vannerie")
    before, generation, done = pc.knowledge, store.folder.generation, len(store.done())
    told = do(
        store,
        Put(record, "occupation", "Vannerie"),
        Put(record, "availability", None),
        Put(record, "minor", None),
        Add(record, "occupation", "Vannerie"),
    )
    assert not told
    assert (pc.knowledge, store.folder.generation, len(store.done())) == (before, generation, done)


def test_handing_over_changes_no_content(pc: Pc) -> None:
    person(pc.store)
    generation = pc.store.folder.generation
    handed_over(pc.store)
    assert pc.store.folder.generation == generation


def test_private_writing_takes_no_commit(pc: Pc) -> None:
    record = person(pc.store)
    before = pc.knowledge
    do(pc.store, Put(record, "address", {"street": "1 rue Haute"}))
    assert pc.knowledge == before
    assert pc.store.done()[0].counter is None


def test_the_last_of_several_writings_of_one_field_stays(store: Store) -> None:
    record = person(store, occupation="a")
    do(store, *(Put(record, "occupation", word) for word in "bcd"))
    assert values(store, record)["occupation"] == "d"
    assert not entry(store, record).siblings


def test_a_sibling_is_kept_beside_and_a_writing_settles(store: Store) -> None:
    record = person(store, occupation="Vannerie")
    do(store, Add(record, "occupation", "Tissage"))
    assert [s.value for s in entry(store, record).siblings["occupation"]] == ["Tissage", "Vannerie"]
    do(store, Put(record, "occupation", "Vannerie"))
    assert not entry(store, record).siblings


def test_a_sibling_of_nothing_is_a_value(store: Store) -> None:
    record = person(store)
    do(store, Add(record, "occupation", "Tissage"))
    assert not entry(store, record).siblings
    assert values(store, record)["occupation"] == "Tissage"


def test_a_sibling_of_a_field_never_written_of_a_derived_record(store: Store) -> None:
    term = create(store, "term", scheme="skill", label="Tissage")
    do(store, Add(term, "external_code", "H2401"))
    assert values(store, term)["external_code"] == "H2401"


def test_creating_what_is_there_writes_over_it(store: Store) -> None:
    term = new_id()
    do(store, Create(term, "term", {"scheme": "skill", "label": "Tissage"}))
    do(store, Create(term, "term", {"scheme": "skill", "label": "Tissage", "external_code": "H2401"}))
    assert values(store, term) == {"scheme": "skill", "label": "Tissage", "external_code": "H2401"}
    assert store.problems() == []


def test_all_or_nothing(pc: Pc) -> None:
    store = pc.store
    before = (pc.knowledge, store.reads.counts(), store.done())
    with pytest.raises(UserError) as refusal:
        do(store, Create(new_id(), "person", {"name": {"display": "A"}}), Put(new_id(), "occupation", "B"))
    assert refusal.value.code == "no_record"
    assert "Rien n’a changé" in refusal.value.message
    assert (pc.knowledge, store.reads.counts(), store.done()) == before


def test_a_value_that_cannot_stand_is_refused(store: Store) -> None:
    record = person(store)
    for field, value in (("status", ["king"]), ("minor", "peut-être"), ("occupation", 12)):
        with pytest.raises(UserError):
            do(store, Put(record, field, value))
    assert values(store, record) == {"name": {"display": "Zoé Tréval"}}


def test_changes_tell_what_was_touched_and_what_went(store: Store) -> None:
    one, other = person(store), person(store)
    phone = create(store, "contact_point", owner=other, value="04 66 00 00 00")
    told = do(store, Put(one, "occupation", "Vannerie"), Erase(other))
    assert told.records == {one}
    assert told.removed == {other, phone}
    assert told.entry == store.done()[0].seq
    told = do(store, Withdraw(one))
    assert (told.records, told.removed) == (frozenset(), {one})


def test_the_index_is_told_of_every_change(store: Store) -> None:
    record = person(store)
    seen = [store.folder.generation]
    for change in (
        Put(record, "address", {"street": "a"}),
        Put(record, "occupation", "b"),
        Put(record, "trashed", True),
    ):
        do(store, change)
        seen.append(store.folder.generation)
    assert seen == sorted(set(seen))


def test_only_the_write_door_touches_synced_tables(store: Store) -> None:
    """Names of writing statements, wherever they stand in the program."""
    from tests.architecture.sources import ROOT

    allowed = {
        "commits",
        "registers",
        "strangers",
        "unread",
        "twins",
        "statements",
        "erase",
        "folder",
        "backup",
        "restore",
        "remaking",  # of a base that nobody has opened yet
    }
    pattern = ("INSERT INTO {SHARED}", "INSERT OR REPLACE INTO {SHARED}", "UPDATE {SHARED}", "DELETE FROM {SHARED}")
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "appli").rglob("*.py")
        if any(p in path.read_text("utf-8") for p in (*pattern, "INTO partage.", "UPDATE partage.", "FROM partage."))
        and path.stem not in allowed
    }
    assert found == set()


def test_a_chosen_audience_is_kept_until_another_is_chosen(store: Store) -> None:
    record = person(store, occupation="Vannerie")
    do(store, Put(record, "occupation", "Vannerie", Audience.SHARED))
    do(store, Put(record, "occupation", "Tissage"))
    found = entry(store, record)
    assert found.overrides["occupation"] == Audience.SHARED
    assert found.field_audience("occupation") == Audience.SHARED


def test_the_secure_delete_of_every_connection_is_on(store: Store) -> None:
    with store.folder.reading() as connection:
        base = raw(connection)
        for name in ("main", "partage"):
            assert base.execute(f"PRAGMA {name}.secure_delete").fetchone()[0] == 1
            assert base.execute(f"PRAGMA {name}.journal_mode").fetchone()[0] == "wal"
        assert base.execute("PRAGMA mmap_size").fetchone() in ((0,), None)
        assert base.execute("PRAGMA foreign_keys").fetchone()[0] == 0
        assert base.execute("PRAGMA trusted_schema").fetchone()[0] == 0
