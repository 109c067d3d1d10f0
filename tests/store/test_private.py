"""Private is a file, not a filter: what is private is nowhere in what may be handed over, not even as bytes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from appli.domain.audience import Audience
from appli.domain.catalogue import kind
from appli.domain.changes import Add, Create, Put
from appli.domain.identity import id_for
from appli.domain.ids import RecordId, new_id
from appli.errors import UserError
from appli.store.store import Store
from tests.store.conftest import create, do, entry, give, person, values
from tests.store.network import Pc, handed_over

SECRET = "canari-4c1f"


def shared(store: Store, record: RecordId) -> bool:
    return any(state.id == record for state in handed_over(store).records)


def told(pc: Pc) -> str:
    """All that this PC would hand over."""
    return repr(handed_over(pc.store))


def test_a_field_declared_private_stays_here(pc: Pc) -> None:
    record = person(pc.store, address={"street": SECRET})
    do(pc.store, Put(record, "position", {"lat": 44.5, "lon": 3.5}))
    assert values(pc.store, record)["address"] == {"street": SECRET}
    assert SECRET not in told(pc)
    assert "44.5" not in told(pc)


def test_a_note_is_private_unless_said_otherwise(pc: Pc) -> None:
    owner = person(pc.store)
    mine = create(pc.store, "note", owner=owner, text=SECRET)
    told_to_all = create(pc.store, "note", owner=owner, text="Vue au marché", audience=20)
    assert SECRET not in told(pc)
    assert (shared(pc.store, mine), shared(pc.store, told_to_all)) == (False, True)
    assert values(pc.store, mine)["text"] == SECRET


def test_a_private_record_is_nowhere_in_the_shared_file(pc: Pc) -> None:
    record = person(pc.store, SECRET, audience=0)
    assert entry(pc.store, record).audience == Audience.PRIVATE
    pc.close()
    assert SECRET.encode() not in pc.bytes_of("partage.db")
    assert SECRET.encode() in pc.bytes_of("prive.db")


def test_a_lowered_value_leaves_the_shared_file_for_good(pc: Pc) -> None:
    record = person(pc.store, occupation=SECRET)
    do(pc.store, Put(record, "occupation", SECRET, Audience.PRIVATE))
    assert values(pc.store, record)["occupation"] == SECRET
    assert entry(pc.store, record).overrides["occupation"] == Audience.PRIVATE
    pc.close()
    assert SECRET.encode() not in pc.bytes_of("partage.db")


def test_a_value_superseded_leaves_the_shared_file_for_good(pc: Pc) -> None:
    record = person(pc.store, occupation=SECRET)
    do(pc.store, Put(record, "occupation", "Vannerie"))
    pc.close()
    assert SECRET.encode() not in pc.bytes_of("partage.db")


def test_others_see_a_lowered_value_cleared(pc: Pc, new_pc: Callable[[], Pc]) -> None:
    record = person(pc.store, occupation=SECRET)
    other = new_pc()
    give(pc, other)
    do(pc.store, Put(record, "occupation", SECRET, Audience.PRIVATE))
    give(pc, other)
    assert "occupation" not in values(other.store, record)
    assert values(pc.store, record)["occupation"] == SECRET


def test_writing_a_lowered_value_again_keeps_it_here(pc: Pc) -> None:
    record = person(pc.store, occupation="Vannerie")
    do(pc.store, Put(record, "occupation", "Vannerie", Audience.PRIVATE))
    do(pc.store, Put(record, "occupation", SECRET))
    do(pc.store, Put(record, "occupation", None))
    do(pc.store, Put(record, "occupation", SECRET))
    assert SECRET not in told(pc)
    assert entry(pc.store, record).overrides["occupation"] == Audience.PRIVATE


def test_a_value_added_to_a_private_field_stays_here(pc: Pc) -> None:
    record = person(pc.store)
    do(pc.store, Add(record, "address", {"street": SECRET}))
    do(pc.store, Add(record, "address", {"street": "ailleurs"}))
    assert values(pc.store, record)["address"] == {"street": SECRET}
    assert SECRET not in told(pc)


def test_raising_a_field_shares_it(pc: Pc, new_pc: Callable[[], Pc]) -> None:
    record, other = person(pc.store, address={"street": "1 rue Haute"}), new_pc()
    give(pc, other)
    do(pc.store, Put(record, "address", {"street": "1 rue Haute"}, Audience.SHARED))
    give(pc, other)
    assert values(other.store, record)["address"] == {"street": "1 rue Haute"}
    do(other.store, Put(record, "address", {"street": "2 rue Basse"}))
    give(other, pc)
    assert values(pc.store, record)["address"] == {"street": "2 rue Basse"}


def test_what_another_shares_is_not_taken_by_a_private_writing(pc: Pc, new_pc: Callable[[], Pc]) -> None:
    """We hid our value; she gave hers since: hiding ours once more is no reason to take hers from everybody."""
    record, other = person(pc.store, occupation="Vannerie"), new_pc()
    give(pc, other)
    do(pc.store, Put(record, "occupation", "Tissage", Audience.PRIVATE))
    do(other.store, Put(record, "occupation", "Vannerie et osier"))
    give(other, pc)
    do(pc.store, Put(record, "occupation", SECRET))
    give(pc, other)
    assert values(other.store, record)["occupation"] == "Vannerie et osier"
    assert values(pc.store, record)["occupation"] == SECRET


class TestParts:
    """What lives by a private record is private, whatever is said of it."""

    @pytest.fixture
    def hidden(self, store: Store) -> RecordId:
        return person(store, SECRET, audience=0)

    def test_a_part_or_a_link_of_a_private_record_is_private(self, pc: Pc, hidden: RecordId) -> None:
        other = person(pc.store, "Visible")
        phone = create(pc.store, "contact_point", owner=hidden, value="04 66 00 00 00")
        link = create(pc.store, "link", from_id=other, to_id=hidden, role="mentors")
        for part in (phone, link):
            do(pc.store, Put(part, "audience", int(Audience.PUBLIC)))
            assert not shared(pc.store, part)
        assert values(pc.store, link)["audience"] == Audience.PUBLIC

    def test_raising_a_record_shares_its_parts_but_those_kept_private(self, pc: Pc, hidden: RecordId) -> None:
        phone = create(pc.store, "contact_point", owner=hidden, value="04 66 00 00 00")
        kept = create(pc.store, "contact_point", owner=hidden, value="06 39 00 00 00", audience=0)
        note = create(pc.store, "note", owner=hidden, text="entre nous")
        do(pc.store, Put(hidden, "audience", int(Audience.SHARED)))
        assert [shared(pc.store, r) for r in (hidden, phone, kept, note)] == [True, True, False, False]
        assert values(pc.store, phone)["value"] == "04 66 00 00 00"
        assert pc.store.problems() == []

    def test_parts_of_parts_follow(self, pc: Pc) -> None:
        project = create(pc.store, "project", title="Four", audience=0)
        campaign = create(pc.store, "campaign", owner=project, object="Briques")
        pledge = create(pc.store, "pledge", owner=campaign, amount={"cents": 2000})
        assert not shared(pc.store, pledge)
        do(pc.store, Put(project, "audience", None))
        assert shared(pc.store, pledge)
        do(pc.store, Put(new := create(pc.store, "project", title="Puits"), "audience", 0))
        assert not shared(pc.store, new)

    def test_a_link_waits_for_both_ends(self, pc: Pc, hidden: RecordId) -> None:
        too = person(pc.store, "Cachée aussi", audience=0)
        link = create(pc.store, "link", from_id=hidden, to_id=too, role="mentors")
        do(pc.store, Put(hidden, "audience", 20))
        assert not shared(pc.store, link)
        do(pc.store, Put(too, "audience", 20))
        assert shared(pc.store, link)

    def test_lowering_takes_the_parts_along(self, pc: Pc) -> None:
        record = person(pc.store, "Passagère")
        phone = create(pc.store, "contact_point", owner=record, value=SECRET)
        link = create(pc.store, "link", from_id=person(pc.store), to_id=record, role="mentors")
        do(pc.store, Put(record, "audience", 0))
        assert [shared(pc.store, r) for r in (record, phone, link)] == [False] * 3
        assert values(pc.store, phone)["value"] == SECRET
        pc.close()
        assert SECRET.encode() not in pc.bytes_of("partage.db")

    def test_what_left_cannot_be_lowered(self, pc: Pc) -> None:
        record = person(pc.store)
        handed_over(pc.store)
        with pytest.raises(UserError) as refusal:
            do(pc.store, Put(record, "audience", 0))
        assert refusal.value.code == "already_sent"
        assert shared(pc.store, record)


def test_choices_of_audience_survive_hiding_and_showing(pc: Pc) -> None:
    record = person(pc.store, "Zoé", occupation=SECRET, availability="le soir", address={"street": "1 rue Haute"})
    do(pc.store, Put(record, "occupation", SECRET, Audience.PRIVATE))
    do(pc.store, Put(record, "availability", "le soir", Audience.PUBLIC))
    do(pc.store, Put(record, "address", {"street": "1 rue Haute"}, Audience.SHARED))
    do(pc.store, Put(record, "audience", 0))
    do(pc.store, Put(record, "audience", 20))
    assert SECRET not in told(pc)
    assert "1 rue Haute" in told(pc)
    overrides = entry(pc.store, record).overrides
    assert overrides == {
        "occupation": Audience.PRIVATE,
        "availability": Audience.PUBLIC,
        "address": Audience.SHARED,
    }


def test_choices_made_at_the_creation_of_a_private_record(pc: Pc) -> None:
    record = new_id()
    own = {"name": {"display": "Zoé"}, "occupation": SECRET, "audience": 0}
    do(pc.store, Create(record, "person", own, {"occupation": Audience.PRIVATE}))
    assert entry(pc.store, record).overrides == {"occupation": Audience.PRIVATE}
    do(pc.store, Put(record, "audience", 20))
    assert SECRET not in told(pc)
    assert values(pc.store, record)["occupation"] == SECRET


def test_a_record_kept_private_that_another_pc_shares(pc: Pc, new_pc: Callable[[], Pc]) -> None:
    """A term has the same id everywhere: ours was private, hers comes. What differs of ours stays here."""
    term = {"scheme": "skill", "label": "Tissage"}
    record = id_for(kind("term"), term)
    do(pc.store, Create(record, "term", {**term, "external_code": SECRET, "audience": 0}))
    other = new_pc()
    do(other.store, Create(record, "term", {**term, "external_code": "H2401"}))
    give(other, pc)
    assert values(pc.store, record)["external_code"] == SECRET
    assert entry(pc.store, record).audience == Audience.PUBLIC
    assert SECRET not in told(pc)
    give(pc, other)
    assert values(other.store, record)["external_code"] == "H2401"
    assert pc.store.digest() == other.store.digest()


def test_two_pcs_share_copies_of_one_private_record(pc: Pc, new_pc: Callable[[], Pc]) -> None:
    """A copied folder holds the private records too; both may share them one day."""
    record = person(pc.store, "Zoé", occupation="Vannerie", audience=0)
    other = new_pc()
    do(other.store, Create(record, "person", {"name": {"display": "Zoé"}, "occupation": "Tissage", "audience": 0}))
    for one in (pc, other):
        do(one.store, Put(record, "audience", 20))
    give(pc, other)
    give(other, pc)
    assert pc.store.digest() == other.store.digest()
    assert {s.value for s in entry(pc.store, record).siblings["occupation"]} == {"Vannerie", "Tissage"}


def test_private_values_are_found_by_what_they_are(store: Store) -> None:
    record = person(store, "Zoé", audience=0, occupation="Métallerie")
    place = create(store, "place", title="Là", audience=0, families=["coworking"])
    assert [e.id for e in store.reads.where("person", occupation="Métallerie")] == [record]
    assert [e.id for e in store.reads.where("place", title="Là")] == [place]
