"""What lives by somebody erased, and comes late, stays away: with what lives by it in turn, in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from appli.domain.changes import Erase
from appli.store.packets import Arrival
from tests.store.conftest import create, do, give, person
from tests.store.network import Pc, handed_over, received


@pytest.mark.parametrize("backwards", [False, True])
def test_parts_of_parts_in_one_packet(new_pc: Callable[[], Pc], backwards: bool) -> None:
    author, reader = new_pc(), new_pc()
    project = create(author.store, "project", title="Four à pain")
    give(author, reader)
    do(reader.store, Erase(project))
    campaign = create(author.store, "campaign", owner=project, object="Les briques")
    pledge = create(author.store, "pledge", owner=campaign, name="Zoé Tréval")
    packet = handed_over(author.store)
    records = sorted(packet.records, key=lambda state: [project, campaign, pledge].index(state.id), reverse=backwards)
    received(reader.store, replace(packet, records=records))
    assert reader.shared_ids() == set()
    assert reader.erased_ids() == {project, campaign, pledge}
    assert b"Tr\xc3\xa9val" not in reader.bytes_of("partage.db")


def test_a_part_that_came_before_what_it_lives_by(new_pc: Callable[[], Pc]) -> None:
    author, reader = new_pc(), new_pc()
    project = create(author.store, "project", title="Four à pain")
    give(author, reader)
    do(reader.store, Erase(project))
    campaign = create(author.store, "campaign", owner=project, object="Les briques")
    pledge = create(author.store, "pledge", owner=campaign, name="Zoé Tréval")
    packet = handed_over(author.store)
    alone = [state for state in packet.records if state.id == pledge]
    received(reader.store, replace(packet, records=alone, claim={}))
    assert reader.shared_ids() == {pledge}
    received(reader.store, packet)
    assert reader.shared_ids() == set()
    assert reader.erased_ids() == {project, campaign, pledge}


def test_who_holds_a_part_of_what_others_want_forgotten_has_no_fingerprint(new_pc: Callable[[], Pc]) -> None:
    author, friend, hub = new_pc(), new_pc(), new_pc()
    zoe = person(author.store)
    give(author, friend)
    phone = create(friend.store, "contact_point", owner=zoe, type="phone", value="06 39 98 41 07")
    do(author.store, Erase(zoe))
    hub.store.receive(handed_over(author.store), Arrival("", b"?" * 16))
    assert hub.store.concord.fingerprint()
    hub.store.receive(handed_over(friend.store, hub.knowledge), Arrival("", b"?" * 16))
    assert hub.shared_ids() == {phone}
    assert not hub.store.concord.fingerprint()
