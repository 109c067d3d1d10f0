"""Signed orders to erase: a référent's takes effect, any other asks, a made-up one does nothing; and what roles say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from appli.domain.changes import Create, Erase, Put
from appli.domain.ids import RecordId, new_id
from appli.domain.roles import Role
from appli.domain.statements import Kept, Statement
from appli.errors import UserError
from appli.exchange.keys import KeyFiles, KeyPair
from appli.exchange.statements import ErasureOrder, RoleOrder, signed
from appli.services import erasing
from appli.services.directory import Directory
from appli.services.exchanging import erasures, giving, handed, orders, receiving, roles
from appli.services.spaces import SpaceFacts, found, space_of
from tests.services.pcs import Open

NAME = "Zéphyrine Delacanari"
Net = tuple[Directory, Directory, Directory, RecordId]


@pytest.fixture
def root(pcs: Open) -> Directory:
    directory = pcs("racine")
    found(directory, SpaceFacts("Réseau des Causses", replica_label="Accueil"))
    return directory


@pytest.fixture
def net(root: Directory, pcs: Open, tmp_path: Path) -> Net:
    """Three PCs that know each other and hold one person."""
    one, two = pcs("un"), pcs("deux")
    zoe = person(root)
    for other in (one, two):
        send(root, other, tmp_path / "debut.maille")
        send(other, root, tmp_path / "retour.maille")
    send(root, one, tmp_path / "suite.maille")
    send(one, two, tmp_path / "suite.maille")
    return root, one, two, zoe


def person(directory: Directory, name: str = NAME) -> RecordId:
    one, phone = new_id(), new_id()
    changes = [
        Create(one, "person", {"name": {"display": name}}),
        Create(phone, "contact_point", {"owner": one.hex(), "type": "phone", "value": "06 39 98 41 07"}),
    ]
    directory.do("Essai", changes)
    return one


def send(giver: Directory, taker: Directory, file: Path, *, confirmed: bool = True) -> receiving.Receipt:
    giving.give(giver, file)
    return receiving.receive(taker, file, confirmed=confirmed)


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        call()
    return caught.value.code


def holds(directory: Directory, one: RecordId) -> bool:
    return directory.reads.entry(one) is not None


# --- who is followed --------------------------------------------------------------------------------


def test_a_referent_is_followed_by_itself_and_through_others(net: Net, tmp_path: Path) -> None:
    root, one, two, zoe = net
    erasing.erase(root, zoe, "asked")
    assert send(root, one, tmp_path / "a.maille", confirmed=False).erased > 0
    assert not holds(one, zoe)
    send(one, two, tmp_path / "b.maille", confirmed=False)
    assert not holds(two, zoe)
    assert root.store.digest() == one.store.digest() == two.store.digest()


def test_any_other_asks_and_the_sheet_stays_with_what_is_written_in_it(net: Net, tmp_path: Path) -> None:
    _root, one, two, zoe = net
    one.do("Essai", [Put(zoe, "summary", "Écrit juste avant")])
    late, file = tmp_path / "late.maille", tmp_path / "a.maille"
    giving.give(one, late)
    kept = late.read_bytes()
    erasing.erase(one, zoe, "asked")
    giving.give(one, file)
    assert refusal(lambda: receiving.receive(two, file, confirmed=False)) == "erasure_asked"
    receipt = receiving.receive(two, file, confirmed=True)
    assert receipt.asked == (zoe,)
    assert any("n’est pas référent" in words for words in receipt.remarks)
    two.do("Essai", [Put(zoe, "occupation", "Maçonne")])
    late.write_bytes(kept)
    receiving.receive(two, late, confirmed=True)
    entry = two.reads.entry(zoe)
    assert entry is not None
    assert (entry.values["occupation"], entry.values["summary"]) == ("Maçonne", "Écrit juste avant")
    (waiting,) = two.store.orders.waiting()
    assert (waiting.id, waiting.asked_by, orders.reason_of(two, zoe)) == (zoe, one.store.replica, "asked")
    assert receiving.receive(two, file, confirmed=False).asked == ()  # asked once is enough


def test_the_yes_of_a_referent_is_an_order_for_all(net: Net, tmp_path: Path) -> None:
    root, one, two, zoe = net
    erasing.erase(one, zoe, "asked")
    send(one, two, tmp_path / "a.maille")
    send(one, root, tmp_path / "b.maille")
    two.store.orders.refuse([zoe])
    assert [w.refused for w in two.store.orders.waiting()] == [True]
    erasing.accept(root, [zoe])
    send(root, two, tmp_path / "c.maille", confirmed=False)
    assert not holds(two, zoe)
    assert root.store.digest() == two.store.digest()


def test_a_refusal_is_remembered_and_may_be_thought_over(net: Net, tmp_path: Path) -> None:
    _root, one, two, zoe = net
    erasing.erase(one, zoe, "asked")
    send(one, two, tmp_path / "a.maille")
    two.store.orders.refuse([zoe])
    send(one, two, tmp_path / "b.maille", confirmed=False)
    assert holds(two, zoe)
    two.store.orders.refuse([zoe], refused=False)
    assert [w.refused for w in two.store.orders.waiting()] == [False]
    erasing.accept(two, [zoe])
    assert not holds(two, zoe)
    assert two.store.orders.waiting() == []


def test_an_erasure_nobody_signed_only_asks(net: Net, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, one, _two, zoe = net
    with monkeypatch.context() as older:
        older.setattr(orders, "sign", lambda *_: None)
        erasing.erase(root, zoe)
        giving.give(root, tmp_path / "a.maille")
    assert receiving.receive(one, tmp_path / "a.maille", confirmed=True).asked == (zoe,)
    send(root, one, tmp_path / "b.maille", confirmed=False)  # the next packet brings the order, signed late
    assert not holds(one, zoe)


# --- what is not believed ---------------------------------------------------------------------------


def plant(directory: Directory, said: Statement, sort: str = "erasure") -> None:
    directory.store.orders.declare(lambda _stamp: Kept(said, sort))


def space_id(directory: Directory) -> str:
    held = space_of(directory)
    assert held is not None
    return held.id.hex()


def order(directory: Directory, one: RecordId, author: bytes, pair: KeyPair, space: str = "") -> Statement:
    at = directory.store.folder.clock()
    named = space or space_id(directory)
    return signed(ErasureOrder(space=named, author=author.hex(), at=at, ids=(one.hex(),), reason="asked"), pair)


def root_claim(directory: Directory, pair: KeyPair) -> Statement:
    me = directory.store.replica.hex()
    claim = RoleOrder(
        space=space_id(directory), author=me, at=1, replica=me, key=pair.public.hex(), role="referent"
    )  # fmt: skip
    return signed(claim, pair)


@pytest.mark.parametrize("trick", ["forged", "foreign", "stolen name", "own root"])
def test_tricks_have_no_effect_and_are_told(
    net: Net, tmp_path: Path, trick: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, one, two, zoe = net
    pair, me = KeyFiles(one.store.folder.config).pair(one.store.replica), one.store.replica
    if trick == "forged":
        true = order(root, zoe, root.store.replica, KeyFiles(root.store.folder.config).pair(root.store.replica))
        plant(one, Statement(true.body, true.key, bytes(64)))
    elif trick == "foreign":
        plant(one, order(one, zoe, me, pair, space="ab" * 16))
    elif trick == "stolen name":
        plant(one, order(one, zoe, root.store.replica, pair))
    else:
        plant(one, root_claim(one, pair), "later")
        erasing.erase(one, zoe)
    monkeypatch.setattr(orders, "ensure_signed", lambda *_: None)
    if trick != "own root":
        one.do("", [Erase(zoe)])
    receipt = send(one, two, tmp_path / "a.maille")
    assert receipt.refused == 1
    assert any("aucun effet" in words for words in receipt.remarks)
    assert receipt.asked == (zoe,)
    assert holds(two, zoe)
    assert not roles.am_referent(two)


# --- roles ------------------------------------------------------------------------------------------


def test_who_founds_is_referent_and_names_others(net: Net, tmp_path: Path) -> None:
    root, one, two, zoe = net
    assert roles.am_referent(root)
    assert not roles.am_referent(one)
    assert refusal(lambda: roles.name(one, two.store.replica, Role.REFERENT)) == "not_referent"
    roles.name(root, one.store.replica, Role.REFERENT)
    send(root, one, tmp_path / "a.maille")
    assert roles.am_referent(one)
    erasing.erase(one, zoe, "asked")
    send(one, two, tmp_path / "b.maille", confirmed=False)
    assert not holds(two, zoe)


def test_a_role_taken_away_no_longer_erases(net: Net, tmp_path: Path) -> None:
    root, one, two, zoe = net
    roles.name(root, one.store.replica, Role.REFERENT)
    roles.name(root, one.store.replica, None)
    send(root, one, tmp_path / "a.maille")
    send(root, two, tmp_path / "a.maille")
    erasing.erase(one, zoe, "asked")
    assert send(one, two, tmp_path / "b.maille").asked == (zoe,)


def test_a_pc_that_changes_its_name_hands_its_role_over(net: Net, tmp_path: Path) -> None:
    root, one, _two, zoe = net
    before = root.store.replica
    root.store.restore(root.store.backup("essai").name)
    root.ensure_index()
    assert root.store.replica != before
    erasing.erase(root, zoe, "asked")
    assert roles.am_referent(root)
    send(root, one, tmp_path / "a.maille")
    assert not holds(one, zoe)


# --- every trace ------------------------------------------------------------------------------------


def test_no_byte_of_the_folder_keeps_the_name(net: Net, tmp_path: Path) -> None:
    root, one, _two, zoe = net
    for directory in (root, one):
        directory.ensure_index()
        assert any(b"elacanari" in path.read_bytes() for path in directory.store.path.glob("*.db*"))
    erasing.erase(root, zoe, "asked")
    send(root, one, tmp_path / "a.maille", confirmed=False)
    for directory in (root, one):
        files = [p for p in directory.store.path.rglob("*") if p.is_file() and "sauvegardes" not in p.parts]
        assert files
        assert [p for p in files if b"elacanari" in p.read_bytes()] == []


def test_packets_written_here_go_and_those_out_of_reach_are_named(root: Directory, tmp_path: Path) -> None:
    zoe = person(root)
    stick, kept = tmp_path / "cle", tmp_path / "autre.maille"
    stick.mkdir()
    for path in (tmp_path / "ici.maille", stick / "la.maille", kept):
        giving.give(root, path)
    kept.write_bytes(b"somebody else's")
    stick.rename(tmp_path / "absente")
    done = erasing.erase_for(root, zoe, "asked")
    assert [p.name for p in done.removed] == ["ici.maille"]
    assert [p.name for p in done.out_of_reach] == ["la.maille"]
    assert kept.read_bytes() == b"somebody else's"
    assert [p.name for p in handed.out_of_reach(root)] == ["la.maille"]
    (tmp_path / "absente").rename(stick)
    assert [p.name for p in handed.recall(root).removed] == ["la.maille"]


def test_a_backup_brings_back_neither_the_erased_nor_a_forgotten_question(net: Net, tmp_path: Path) -> None:
    _root, one, two, zoe = net
    ana = person(one, "Ana Essai")
    send(one, two, tmp_path / "a.maille")
    kept = two.store.backup("avant").name
    erasing.erase(one, zoe, "asked")
    erasing.erase(one, ana, "mistake")
    send(one, two, tmp_path / "b.maille")
    erasing.accept(two, [ana])
    two.store.orders.refuse([zoe])
    two.store.restore(kept)
    two.ensure_index()
    assert not holds(two, ana)
    assert [(w.id, w.refused, len(w.orders)) for w in two.store.orders.waiting()] == [(zoe, True, 1)]


def test_a_part_alone_is_asked_by_the_name_of_its_sheet(net: Net, tmp_path: Path) -> None:
    _root, one, two, zoe = net
    (phone,) = (e.id for e in one.reads.parts("contact_point", [zoe])[zoe])
    erasing.erase(one, phone, "mistake")
    assert refusal(lambda: send(one, two, tmp_path / "a.maille", confirmed=False)) == "erasure_asked"
    receiving.receive(two, tmp_path / "a.maille", confirmed=True)
    (asked,) = erasures.questions(two)
    assert (asked.sheet, asked.title, asked.part) == (zoe, NAME, "Coordonnée")
    erasing.accept(two, [phone])
    assert holds(two, zoe)
    assert erasures.questions(two) == []
