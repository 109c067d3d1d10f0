"""An old PC between two new ones loses nothing of what it cannot read, and an erasure reaches even that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.domain.changes import Create, Erase, Put
from appli.domain.ids import RecordId, new_id
from appli.exchange.reading import open_bundle
from appli.services.directory import Directory
from appli.services.exchanging import giving, receiving
from tests.older import OlderPc

pytestmark = pytest.mark.slow
Open = Callable[[str], Directory]


@pytest.fixture
def pcs(tmp_path: Path) -> Iterator[Open]:
    opened: list[Directory] = []

    def pc(name: str) -> Directory:
        opened.append(open_directory(tmp_path / name))
        return opened[-1]

    yield pc
    for directory in opened:
        directory.close()


@pytest.fixture
def new(pcs: Open) -> Directory:
    return pcs("neuf")


@pytest.fixture
def last(pcs: Open) -> Directory:
    return pcs("dernier")


def made(pc: Directory, kind: str, **values: object) -> RecordId:
    one = new_id()
    pc.do("Essai", [Create(one, kind, values)])
    return one


def value(pc: Directory, one: RecordId, name: str) -> object:
    entry = pc.reads.entry(one)
    return entry.values.get(name) if entry else None


def to_old(giver: Directory, old: OlderPc, file: Path) -> None:
    giving.give(giver, file)
    assert old("paquet", "appliquer", file, "--oui").document["gaps"] == []


def from_old(old: OlderPc, taker: Directory, file: Path) -> receiving.Receipt:
    assert old("paquet", "creer", file).document["bytes"]
    return receiving.receive(taker, file, confirmed=True)


def test_fields_and_kinds_pass_through_an_older_pc_and_take_their_place_after_its_update(
    new: Directory, last: Directory, pcs: Open, tmp_path: Path
) -> None:
    old = OlderPc(tmp_path / "ancien", ("person.availability", "person.preferred_contact", "event"))
    said = {"availability": "le lundi", "preferred_contact": "phone", "occupation": "Menuisière"}
    elise = made(new, "person", name={"display": "Élise Roumégas"}, **said)
    market = made(new, "event", title="Marché d’essai", summary="Au printemps")
    to_old(new, old, tmp_path / "1.maille")
    assert "availability" not in old("fiche", "montrer", elise.hex()).document["fields"]
    assert old("fiche", "montrer", market.hex()).code == 1
    old("fiche", "modifier", elise.hex(), "occupation=Ébéniste")
    new.do("Essai", [Put(elise, "availability", "le mardi"), Put(market, "summary", "En été")])
    to_old(new, old, tmp_path / "2.maille")
    assert from_old(old, last, tmp_path / "3.maille").gaps == []
    assert (value(last, elise, "availability"), value(last, elise, "occupation")) == ("le mardi", "Ébéniste")
    assert value(last, market, "summary") == "En été"
    with open_bundle(tmp_path / "3.maille") as bundle:  # both hold the same, each in its own way
        assert bundle.manifest.heading.digest == last.store.concord.fingerprint() != ""
    digest = last.store.digest()
    giving.give(last, tmp_path / "4.maille")
    assert "les mêmes" not in " ".join(receiving.receive(new, tmp_path / "4.maille", confirmed=True).remarks)
    assert new.store.concord.fingerprint() == last.store.concord.fingerprint()
    with_update = pcs("ancien")
    assert value(with_update, market, "summary") == "En été"
    assert value(with_update, elise, "availability") == "le mardi"
    assert with_update.store.digest() == digest


def test_two_new_pcs_disagree_over_the_head_of_an_old_one(
    new: Directory, last: Directory, pcs: Open, tmp_path: Path
) -> None:
    """Siblings of a field that the one in the middle cannot read are joined there all the same."""
    old = OlderPc(tmp_path / "ancien", ("person.availability", "event"))
    elise = made(new, "person", name={"display": "Élise Roumégas"})
    market = made(new, "event", title="Marché d’essai")
    giving.give(new, tmp_path / "0.maille")
    receiving.receive(last, tmp_path / "0.maille", confirmed=True)
    new.do("Essai", [Put(elise, "availability", "le lundi"), Put(market, "summary", "Au printemps")])
    last.do("Essai", [Put(elise, "availability", "le jeudi"), Put(market, "summary", "En automne")])
    to_old(new, old, tmp_path / "1.maille")
    to_old(last, old, tmp_path / "2.maille")
    late = pcs("tard")
    from_old(old, late, tmp_path / "3.maille")
    for one, name, both in (
        (elise, "availability", {"le lundi", "le jeudi"}),
        (market, "summary", {"Au printemps", "En automne"}),
    ):
        entry = late.reads.entry(one)
        assert entry is not None
        assert {s.value for s in entry.siblings[name]} == both


def test_an_erasure_takes_along_what_the_old_pc_could_not_read(new: Directory, pcs: Open, tmp_path: Path) -> None:
    old = OlderPc(tmp_path / "ancien", ("campaign", "event"))
    project = made(new, "project", title="Four commun")
    made(new, "campaign", owner=project.hex(), object="Appeler le 06 39 98 41 07")
    to_old(new, old, tmp_path / "1.maille")
    assert b"06 39 98 41 07" in _bytes(old.folder)
    new.do("Essai", [Erase(project)])
    to_old(new, old, tmp_path / "2.maille")
    if old("fiche", "montrer", project.hex()).code == 0:  # the order waits for a person's word
        assert old("fiche", "effacer", project.hex(), "--oui").code == 0
    assert b"06 39 98 41 07" not in _bytes(old.folder)
    old("paquet", "appliquer", tmp_path / "1.maille", "--oui")
    assert b"06 39 98 41 07" not in _bytes(old.folder)
    updated = pcs("ancien")
    assert updated.reads.counts().get("campaign", 0) == 0
    assert updated.store.problems() == []


def test_what_people_signed_passes_through_a_pc_that_knows_no_statements(
    new: Directory, last: Directory, pcs: Open, tmp_path: Path
) -> None:
    old = OlderPc(tmp_path / "ancien", ("line:statement", "event"))
    made(new, "project", title="Four commun")
    to_old(new, old, tmp_path / "1.maille")
    (root,) = new.store.orders.every()
    assert from_old(old, last, tmp_path / "2.maille").gaps == []
    assert root.statement in [one.statement for one in last.store.orders.every()]
    updated = pcs("ancien")
    assert root.statement in [one.statement for one in updated.store.orders.every()]
    assert not updated.store.concord.holds_unread


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("*.db*"))
