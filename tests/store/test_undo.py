"""Taking a work back: exactly what it did goes, what anybody did since stays, and it can be done again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from appli.domain.audience import Audience
from appli.domain.changes import Add, Change, Create, Erase, Put, Withdraw
from appli.domain.ids import RecordId, new_id
from appli.errors import UserError
from appli.store.folder import raw
from appli.store.store import Store
from tests.store.conftest import create, do, entry, give, person, values
from tests.store.network import Pc, handed_over


def undo(store: Store, seq: int | None = None) -> set[RecordId]:
    """Take back the latest work, or that one; returns what was kept as edited since."""
    seq = store.done()[0].seq if seq is None else seq
    inverse = store.inverse(seq)
    do(store, *inverse.changes, label="Annuler", undoes=seq)
    return inverse.kept


def everything(store: Store) -> dict[RecordId, Any]:
    """Values, siblings by value, audiences chosen, of every record."""
    found: dict[RecordId, Any] = {}
    for code in ("person", "contact_point", "note", "link", "term", "project"):
        for one in store.reads.of_kind(code):
            siblings = {n: [s.value for s in some] for n, some in one.siblings.items()}
            found[one.id] = (dict(one.values), siblings, dict(one.overrides))
    return found


ZOE, MAX, PHONE, NEW = (bytes([n]) * 16 for n in range(1, 5))


@pytest.fixture
def peopled(store: Store) -> Store:
    do(
        store,
        Create(ZOE, "person", {"name": {"display": "Zoé"}, "occupation": "Vannerie", "address": {"street": "ici"}}),
        Create(MAX, "person", {"name": {"display": "Max"}}),
        Create(PHONE, "contact_point", {"owner": ZOE.hex(), "type": "phone", "value": "04 66 00 00 00"}),
    )
    do(store, Put(ZOE, "availability", "le soir", Audience.PRIVATE))
    do(store, Add(ZOE, "occupation", "Tissage"))
    return store


WORKS: dict[str, Sequence[Change]] = {
    "put": [Put(MAX, "occupation", "Forge")],
    "put again": [Put(ZOE, "name", {"display": "Zoé T."})],
    "clear": [Put(ZOE, "name", None)],
    "put over siblings": [Put(ZOE, "occupation", "Forge")],
    "the same field twice": [Put(MAX, "occupation", "a"), Put(MAX, "occupation", "b"), Put(MAX, "occupation", "c")],
    "add": [Add(ZOE, "name", {"display": "Zoé Tréval"})],
    "add twice": [Add(ZOE, "occupation", "a"), Add(ZOE, "occupation", "b")],
    "add and put": [Add(ZOE, "name", {"display": "a"}), Put(ZOE, "name", {"display": "b"})],
    "a private value": [Put(ZOE, "address", {"street": "là"})],
    "clear a private value": [Put(ZOE, "address", None)],
    "a first private value": [Put(MAX, "address", {"street": "là"})],
    "trash": [Put(ZOE, "trashed", True)],
    "create": [Create(NEW, "person", {"name": {"display": "Léo"}, "address": {"street": "là"}})],
    "create and put": [Create(NEW, "person", {"name": {"display": "Léo"}}), Put(NEW, "occupation", "Forge")],
    "create a private record": [Create(NEW, "person", {"name": {"display": "Léo"}, "audience": 0})],
    "create a part": [Create(NEW, "contact_point", {"owner": ZOE.hex(), "value": "x"})],
    "create with parts": [
        Create(NEW, "person", {"name": {"display": "Léo"}}),
        Create(b"\x09" * 16, "contact_point", {"owner": NEW.hex(), "value": "x"}),
        Create(b"\x08" * 16, "link", {"from_id": NEW.hex(), "to_id": MAX.hex(), "role": "mentors"}),
    ],
    "withdraw": [Withdraw(MAX)],
    "withdraw with parts and siblings": [Withdraw(ZOE)],
    "lower a record": [Put(MAX, "audience", 0)],
    "several": [Put(MAX, "occupation", "Forge"), Put(PHONE, "value", "06 00"), Put(ZOE, "minor", True)],
}


@pytest.mark.parametrize("name", WORKS)
def test_undoing_puts_all_back(peopled: Store, name: str) -> None:
    before = everything(peopled)
    do(peopled, *WORKS[name])
    after = everything(peopled)
    assert after != before
    assert undo(peopled) == set()
    assert everything(peopled) == before
    assert peopled.problems() == []


@pytest.mark.parametrize("name", WORKS)
def test_undoing_the_undoing_does_it_again(peopled: Store, name: str) -> None:
    do(peopled, *WORKS[name])
    after = everything(peopled)
    undo(peopled)
    undo(peopled)
    assert everything(peopled) == after
    assert [d.undone_by is None for d in peopled.done(3)] == [True, False, False]


@pytest.mark.parametrize("chosen", [Audience.PRIVATE, Audience.PUBLIC])
def test_undoing_a_choice_of_audience(peopled: Store, chosen: Audience) -> None:
    """« As declared » has no words of its own: it comes back as the declared audience, chosen."""
    do(peopled, Put(MAX, "occupation", "Forge"))
    do(peopled, Put(MAX, "occupation", "Forge", chosen))
    undo(peopled)
    found = entry(peopled, MAX)
    assert found.values["occupation"] == "Forge"
    assert found.field_audience("occupation") == Audience.SHARED
    do(peopled, Put(ZOE, "address", {"street": "ici"}, Audience.SHARED))
    undo(peopled)
    assert entry(peopled, ZOE).field_audience("address") == Audience.PRIVATE


def test_undoing_a_withdrawal_does_not_share_what_was_hidden(peopled: Store) -> None:
    do(peopled, Withdraw(ZOE))
    undo(peopled)
    told = repr(handed_over(peopled))
    assert "le soir" not in told
    assert "ici" not in told
    assert values(peopled, ZOE)["availability"] == "le soir"
    assert values(peopled, PHONE)["value"] == "04 66 00 00 00"


def test_undoing_in_turn_goes_back_to_the_beginning(peopled: Store) -> None:
    seen = [everything(peopled)]
    for name in ("put", "add", "create with parts", "a private value", "trash"):
        do(peopled, *WORKS[name])
        seen.append(everything(peopled))
    works = [d.seq for d in peopled.done(5)]
    for seq in works:
        assert everything(peopled) == seen.pop()
        undo(peopled, seq)
    assert everything(peopled) == seen.pop()


class TestWhatWasEditedSinceStays:
    """Undoing is no reason to lose somebody's work."""

    def test_here(self, peopled: Store) -> None:
        seq = do(peopled, *WORKS["put"]).entry
        do(peopled, Put(MAX, "occupation", "Soudure"))
        assert undo(peopled, seq) == {MAX}
        assert values(peopled, MAX)["occupation"] == "Soudure"

    def test_elsewhere_at_the_same_time(self, pc: Pc, new_pc: Callable[[], Pc]) -> None:
        """A concurrent value hides below ours: undoing ours must not take hers along."""
        record, other = person(pc.store, occupation="Vannerie"), new_pc()
        give(pc, other)
        other.clock.now -= 1_000_000
        do(other.store, Put(record, "occupation", "Tissage"))
        seq = do(pc.store, Put(record, "occupation", "Forge")).entry
        give(other, pc)
        assert values(pc.store, record)["occupation"] == "Forge"
        assert undo(pc.store, seq) == {record}
        assert {s.value for s in entry(pc.store, record).siblings["occupation"]} == {"Forge", "Tissage"}

    def test_elsewhere_below_a_private_value(self, pc: Pc, new_pc: Callable[[], Pc]) -> None:
        record, other = person(pc.store, occupation="Vannerie"), new_pc()
        give(pc, other)
        seq = do(pc.store, Put(record, "occupation", "Vannerie", Audience.PRIVATE)).entry
        do(other.store, Put(record, "occupation", "Tissage"))
        give(other, pc)
        assert undo(pc.store, seq) == {record}
        give(pc, other)
        assert values(other.store, record)["occupation"] == "Tissage"

    @pytest.mark.parametrize(
        "since",
        [
            Put(NEW, "occupation", "Forge"),
            Put(NEW, "address", {"street": "ailleurs"}),
            Create(b"\x09" * 16, "contact_point", {"owner": NEW.hex(), "value": "x"}),
            Create(b"\x09" * 16, "note", {"owner": NEW.hex(), "text": "x"}),
            Create(b"\x09" * 16, "link", {"from_id": MAX.hex(), "to_id": NEW.hex(), "role": "mentors"}),
        ],
        ids=["a value", "a private value", "a part", "a private part", "a link"],
    )
    def test_a_sheet_created_and_edited_since(self, peopled: Store, since: Change) -> None:
        seq = do(peopled, *WORKS["create"]).entry
        do(peopled, since)
        before = everything(peopled)
        assert undo(peopled, seq) == {NEW}
        assert everything(peopled) == before

    def test_a_sheet_goes_once_the_edit_itself_is_undone(self, peopled: Store) -> None:
        before = everything(peopled)
        seq = do(peopled, *WORKS["create"]).entry
        do(peopled, Put(NEW, "occupation", "Forge"))
        undo(peopled)
        assert undo(peopled, seq) == set()
        assert everything(peopled) == before

    def test_a_sheet_stays_when_the_edit_is_done_again(self, peopled: Store) -> None:
        seq = do(peopled, *WORKS["create"]).entry
        do(peopled, Put(NEW, "occupation", "Forge"))
        undo(peopled)
        undo(peopled)
        assert undo(peopled, seq) == {NEW}

    def test_of_several_sheets_created_at_once_only_the_edited_one(self, peopled: Store) -> None:
        first, second = new_id(), new_id()
        seq = do(
            peopled,
            Create(first, "person", {"name": {"display": "A"}}),
            Create(second, "person", {"name": {"display": "B"}}),
        ).entry
        do(peopled, Put(second, "occupation", "Forge"))
        assert undo(peopled, seq) == {second}
        assert (peopled.reads.entry(first), values(peopled, second)["occupation"]) == (None, "Forge")

    def test_a_field_of_a_record_that_went(self, peopled: Store) -> None:
        seq = do(peopled, *WORKS["put"]).entry
        do(peopled, Withdraw(MAX))
        assert undo(peopled, seq) == {MAX}

    def test_a_withdrawn_record_that_came_again(self, pc: Pc, new_pc: Callable[[], Pc]) -> None:
        term = create(pc.store, "term", scheme="skill", label="Tissage")
        seq = do(pc.store, Withdraw(term)).entry
        other = new_pc()
        do(other.store, Create(term, "term", {"scheme": "skill", "label": "tissage"}))
        give(other, pc)
        undo(pc.store, seq)
        assert values(pc.store, term)["label"] == "tissage"


def test_what_left_goes_to_the_trash_instead(peopled: Store) -> None:
    seq = do(peopled, *WORKS["create"]).entry
    handed_over(peopled)
    undo(peopled, seq)
    assert values(peopled, NEW)["trashed"] is True


def test_what_another_pc_has_seen_goes_to_the_trash_even_rewritten_here(pc: Pc) -> None:
    """A record without base keeps no trace of its first commit but the one noted beside it."""
    term = new_id()
    seq = do(pc.store, Create(term, "term", {"scheme": "skill", "label": "Tissage"})).entry
    handed_over(pc.store)
    do(pc.store, Put(term, "label", "Tissages"), Put(term, "scheme", "label"))
    with pytest.raises(UserError) as refusal:
        do(pc.store, Withdraw(term))
    assert refusal.value.code == "already_sent"
    assert seq is not None


def test_an_erasure_is_never_undone(peopled: Store) -> None:
    do(peopled, Erase(ZOE))
    assert peopled.inverse(peopled.done()[0].seq).changes == []


def test_a_part_of_somebody_erased_since_is_not_created_again(peopled: Store) -> None:
    seq = do(peopled, Withdraw(PHONE)).entry
    do(peopled, Erase(ZOE))
    assert seq is not None
    assert peopled.inverse(seq).changes == []


def test_a_large_work_is_looked_over_in_as_many_questions_as_a_small_one(store: Store) -> None:
    """Asked record by record, taking back the example directory lasted ten seconds."""

    def asked(sheets: int) -> int:
        done = do(store, *(c for n in range(sheets) for c in sheet_with_phone(n)))
        lines: list[str] = []
        with store.folder.reading() as connection:
            raw(connection).set_trace_callback(lines.append)
        assert done.entry is not None
        taken = store.inverse(done.entry)
        with store.folder.reading() as connection:
            raw(connection).set_trace_callback(None)
        assert len(taken.changes) == sheets
        return len(lines)

    assert asked(2) == asked(100)


def sheet_with_phone(number: int) -> Sequence[Change]:
    one = new_id()
    phone = {"owner": one.hex(), "type": "phone", "value": f"04 66 00 00 {number % 100:02}"}
    return Create(one, "person", {"name": {"display": f"Essai {number}"}}), Create(new_id(), "contact_point", phone)


def test_many_records_are_created_in_few_questions(store: Store) -> None:
    """A list of 100,000 rows asks the base some hundreds of records at a time."""
    lines: list[str] = []
    with store.folder.reading() as connection:
        raw(connection).set_trace_callback(lambda sql: lines.append(sql) if sql.startswith("SELECT") else None)
    do(store, *(c for n in range(400) for c in sheet_with_phone(n)))
    with store.folder.reading() as connection:
        raw(connection).set_trace_callback(None)
    assert 0 < len(lines) < 40
