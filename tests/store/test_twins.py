"""A folder copied or put back together with its configuration: what no nonce can see, the packets of others show."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from appli.domain.causality import Delta, Register, Stamp, Version
from appli.domain.changes import Create, Erase, Put
from appli.domain.ids import RecordId, new_id
from appli.store.packets import Arrival
from appli.store.twins import Twin
from tests.store.conftest import do, entry, give, person, values
from tests.store.network import Pc, handed_over


class Machine:
    """One PC whose whole disk can be copied and put back: its folder and its configuration, under the same path."""

    def __init__(self, pc: Pc) -> None:
        self.pc = pc
        self._copies = 0

    def copy(self) -> Path:
        """An image of the disk."""
        self.pc.store.close()
        self._copies += 1
        image = self.pc.folder.parent / f"image{self._copies}"
        shutil.copytree(self.pc.folder, image / "folder")
        shutil.copytree(self.pc.config, image / "config")
        self.pc.store = self.pc.opened()
        return image

    def become(self, image: Path) -> None:
        """The disk is what the image was."""
        self.pc.store.close()
        for name, path in (("folder", self.pc.folder), ("config", self.pc.config)):
            shutil.rmtree(path)
            shutil.copytree(image / name, path)
        self.pc.store = self.pc.opened()


def exchange(giver: Pc, taker: Pc, *, whole: bool = False, safe: int = 0) -> bool:
    """A packet goes from one to the other, which takes another name if it must. Returns whether it had to."""
    delta = handed_over(giver.store, None if whole else taker.knowledge)
    try:
        taker.store.receive(delta, Arrival("", b"?" * 16, safe=safe))
    except Twin as twin:
        taker.store.concord.part_from_twin(min(safe, twin.lowest - 1))
        taker.store.receive(delta, Arrival("", b"?" * 16, safe=safe))
        return True
    return False


def siblings(pc: Pc, record: RecordId, name: str) -> set[Any]:
    found = entry(pc.store, record)
    return {s.value for s in found.siblings.get(name, ())} or {found.values.get(name)}


def agree(*pcs: Pc) -> None:
    for _ in range(2):
        for one in pcs:
            for other in pcs:
                if one is not other:
                    exchange(one, other, whole=True)
    assert len({pc.store.digest() for pc in pcs}) == 1
    assert len({pc.store.concord.fingerprint() for pc in pcs}) == 1
    assert all(pc.store.problems() == [] for pc in pcs)


@pytest.fixture
def machine(pc: Pc) -> Machine:
    return Machine(pc)


@pytest.fixture
def friend(pc: Pc, new_pc: Callable[[], Pc]) -> Pc:
    return new_pc()


def test_a_disk_put_back_takes_another_name_at_the_first_packet_and_loses_no_edit(
    pc: Pc, machine: Machine, friend: Pc
) -> None:
    record = person(pc.store, occupation="Vannerie")
    exchange(pc, friend)
    name, image = pc.store.replica, machine.copy()
    do(pc.store, Put(record, "occupation", "Tissage"), Put(record, "summary", "Avant"))
    do(pc.store, Put(record, "availability", "le lundi"))
    exchange(pc, friend)
    machine.become(image)
    assert pc.store.replica == name  # nothing shows it yet
    do(pc.store, Put(record, "occupation", "Forge"))
    late = person(pc.store, "Zoé Plus-Tard", occupation="Soudure")
    assert exchange(friend, pc, whole=True)
    assert pc.store.replica != name
    assert siblings(pc, record, "occupation") == {"Tissage", "Forge"}
    assert values(pc.store, record)["availability"] == "le lundi"
    exchange(pc, friend)
    assert siblings(friend, record, "occupation") == {"Tissage", "Forge"}
    assert values(friend.store, late)["occupation"] == "Soudure"
    agree(pc, friend)
    assert siblings(friend, late, "occupation") == {"Soudure"}


def test_the_name_is_kept_at_the_next_opening_and_no_alarm_comes_twice(pc: Pc, machine: Machine, friend: Pc) -> None:
    record = person(pc.store)
    image = machine.copy()
    do(pc.store, Put(record, "occupation", "Tissage"))
    exchange(pc, friend)
    machine.become(image)
    assert exchange(friend, pc, whole=True)
    name = pc.store.replica
    pc.reopen()
    assert pc.store.replica == name
    do(pc.store, Put(record, "occupation", "Forge"))
    for _ in range(3):
        assert not exchange(pc, friend)
        assert not exchange(friend, pc, whole=True)


def test_a_cloned_machine_both_go_on_and_a_third_hears_of_both(pc: Pc, machine: Machine, friend: Pc) -> None:
    """Under one name each gives number 3 to another edit; the third takes the first it hears of and skips the other."""
    record = person(pc.store, occupation="Vannerie")
    exchange(pc, friend)
    clone = machine.copy()
    do(pc.store, Put(record, "summary", "De l’original"))
    exchange(pc, friend)
    original = machine.copy()
    machine.become(clone)
    do(pc.store, Put(record, "availability", "De la copie"))
    delta = handed_over(pc.store, friend.knowledge)
    assert delta.claim == {}  # the third believes that it knows that number
    assert exchange(friend, pc, whole=True)
    exchange(pc, friend)
    assert values(friend.store, record)["availability"] == "De la copie"
    machine.become(original)
    agree(pc, friend)
    for one in (pc, friend):
        found = values(one.store, record)
        assert (found["summary"], found["availability"]) == ("De l’original", "De la copie")


def test_two_values_under_one_number_become_two_siblings(pc: Pc, machine: Machine, friend: Pc) -> None:
    record = person(pc.store, occupation="Vannerie")
    clone = machine.copy()
    do(pc.store, Put(record, "occupation", "Tissage"))
    exchange(pc, friend)
    machine.become(clone)
    do(pc.store, Put(record, "occupation", "Forge"))
    assert exchange(friend, pc, whole=True)
    exchange(pc, friend)
    for one in (pc, friend):
        assert siblings(one, record, "occupation") == {"Tissage", "Forge"}
    agree(pc, friend)


def test_an_erasure_given_under_a_number_in_use_still_reaches_the_others(pc: Pc, machine: Machine, friend: Pc) -> None:
    record, gone = person(pc.store, occupation="Vannerie"), person(pc.store, "Aimé Partant")
    exchange(pc, friend)
    clone = machine.copy()
    do(pc.store, Put(record, "occupation", "Tissage"))
    exchange(pc, friend)
    machine.become(clone)
    do(pc.store, Erase(gone))
    assert exchange(friend, pc, whole=True)
    delta = handed_over(pc.store, friend.knowledge)
    assert [order.id for order in delta.erasures] == [gone]


def test_siblings_and_records_with_parts_keep_their_place(pc: Pc, machine: Machine, friend: Pc) -> None:
    record = person(pc.store, occupation="Vannerie")
    exchange(pc, friend)
    do(friend.store, Put(record, "occupation", "Poterie"))
    image = machine.copy()
    do(pc.store, Put(record, "summary", "oubliée"))
    exchange(pc, friend)
    machine.become(image)
    do(pc.store, Put(record, "occupation", "Forge"))
    phone = new_id()
    do(pc.store, Create(phone, "contact_point", {"owner": record.hex(), "type": "phone", "value": "04 66 00 00 00"}))
    assert exchange(friend, pc, whole=True)
    assert siblings(pc, record, "occupation") == {"Poterie", "Forge"}
    assert values(pc.store, phone)["value"] == "04 66 00 00 00"
    agree(pc, friend)
    assert siblings(friend, record, "occupation") == {"Poterie", "Forge"}


def test_what_others_confirmed_stays_under_the_old_name(pc: Pc, machine: Machine, friend: Pc) -> None:
    record, name = person(pc.store), pc.store.replica
    exchange(pc, friend)
    image = machine.copy()
    do(pc.store, Put(record, "occupation", "Tissage"))
    exchange(pc, friend)
    machine.become(image)
    confirmed = 1
    do(pc.store, Put(record, "summary", "Ici"))
    assert exchange(friend, pc, whole=True, safe=confirmed)
    found = entry(pc.store, record)
    assert found.stamp is not None
    assert found.stamp.replica == name
    agree(pc, friend)


def test_a_power_cut_while_the_name_changes_costs_nothing(
    pc: Pc, machine: Machine, friend: Pc, monkeypatch: pytest.MonkeyPatch
) -> None:
    from appli.store.identity import IdentityFile

    record = person(pc.store, occupation="Vannerie")
    image = machine.copy()
    do(pc.store, Put(record, "occupation", "Tissage"))
    exchange(pc, friend)
    machine.become(image)
    do(pc.store, Put(record, "occupation", "Forge"))
    genuine = IdentityFile.confirm

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(IdentityFile, "confirm", dies)
    with pytest.raises(KeyboardInterrupt):
        exchange(friend, pc, whole=True)
    monkeypatch.setattr(IdentityFile, "confirm", genuine)
    pc.reopen()
    assert not exchange(friend, pc, whole=True)
    exchange(pc, friend)
    agree(pc, friend)
    assert siblings(friend, record, "occupation") == {"Tissage", "Forge"}


def test_what_others_say_of_us_in_good_order_is_no_alarm(pc: Pc, friend: Pc) -> None:
    record = person(pc.store, occupation="Vannerie")
    exchange(pc, friend)
    do(friend.store, Put(record, "occupation", "Poterie"))
    exchange(friend, pc)
    do(pc.store, Put(record, "occupation", "Forge"))
    give(pc, friend)
    for _ in range(2):
        assert not exchange(friend, pc, whole=True)
    assert not exchange(friend, pc)


def test_a_packet_that_lies_of_our_numbers_costs_a_name_and_nothing_else(pc: Pc, friend: Pc) -> None:
    record, name = person(pc.store, occupation="Vannerie"), pc.store.replica
    before, digest = values(pc.store, record), pc.store.digest()
    (state,) = handed_over(pc.store).records
    lie = Version(Stamp(name, 900, 5), "Rien de tel")
    lying = Delta({}, [replace(state, registers={40: Register({(name, 900): lie}, {name: 900})})], ())
    with pytest.raises(Twin):
        pc.store.receive(lying, Arrival("", b"?" * 16))
    assert (pc.store.replica, pc.store.digest()) == (name, digest)
    pc.store.concord.part_from_twin(0)
    assert pc.store.replica != name
    assert values(pc.store, record) == before
