"""A public packet of another network: copies of a named source, renewed by the next one, undone like an import."""

from __future__ import annotations

from pathlib import Path

import pytest

from appli.domain.audience import Audience
from appli.domain.changes import Change, Create, Put
from appli.domain.ids import RecordId, new_id
from appli.errors import UserError
from appli.services.directory import Directory
from appli.services.erasing import erase
from appli.services.exchanging import giving, receiving
from appli.services.exchanging.journal import Came, journal
from appli.services.exchanging.previewing import Fate, lines_of
from appli.services.importing.taking_back import cancel_import
from appli.services.spaces import SpaceFacts, found
from tests.services.pcs import Open


@pytest.fixture
def theirs(pcs: Open) -> Directory:
    directory = pcs("eux")
    found(directory, SpaceFacts("Réseau des Cévennes", replica_label="Florac"))
    return directory


@pytest.fixture
def ours(pcs: Open) -> Directory:
    directory = pcs("nous")
    found(directory, SpaceFacts("Réseau des Causses", replica_label="Mende"))
    return directory


def place(directory: Directory, title: str, phone: str = "", **values: object) -> RecordId:
    record_id = new_id()
    public = {"audience": int(Audience.PUBLIC), "licence": "odbl_1_0"}
    changes: list[Change] = [Create(record_id, "place", {"title": title, **public, **values})]
    if phone:
        told = {"owner": record_id.hex(), "type": "phone", "value": phone, "normalised": phone}
        told |= {"audience": int(Audience.PUBLIC)}
        changes.append(Create(new_id(), "contact_point", told))
    directory.do("Essai", changes)
    return record_id


def public(directory: Directory, file: Path) -> Path:
    giving.give(directory, file, audience=Audience.PUBLIC)
    return file


def places(directory: Directory) -> dict[str, dict[str, object]]:
    return {e.title: dict(e.values) for e in directory.reads.of_kind("place") if not e.trashed}


def test_public_sheets_come_as_copies_of_a_source_with_its_licence(
    theirs: Directory, ours: Directory, tmp_path: Path
) -> None:
    original = place(theirs, "La halle", "+33466450000", summary="Halle couverte")
    file = public(theirs, tmp_path / "p.maille")
    opened, preview = receiving.examine(ours, file)
    with opened:
        [sheet] = preview.sheets
        assert opened.envelope.foreign
        assert (sheet.id, sheet.title, sheet.fate) == (original, "La halle", Fate.NEW)
        assert "Halle couverte" in [line.after[0].words for line in lines_of(ours, sheet)]
    assert places(ours) == {}
    receipt = receiving.receive(ours, file, confirmed=True)
    assert (receipt.new, receipt.seq, receipt.imported is not None) == (1, None, True)
    assert places(ours)["La halle"]["summary"] == "Halle couverte"
    [source] = ours.reads.of_kind("source")
    assert (source.values["producer"], source.values["licence"]) == ("Réseau des Cévennes", "odbl_1_0")
    [copy] = list(ours.reads.of_kind("place"))
    assert copy.id != original
    assert copy.audience == Audience.SHARED
    assert [c.values["value"] for c in ours.reads.parts("contact_point", [copy.id])[copy.id]] == ["+33466450000"]
    assert not ours.store.knowledge().as_dict().get(theirs.store.replica)
    came = journal(ours)[0].what
    assert isinstance(came, Came)
    assert (came.network, came.label, came.sheets, came.seq) == (True, "Réseau des Cévennes", {"new": 1}, None)


def test_the_next_packet_brings_copies_up_to_date_but_for_what_was_written_here(
    theirs: Directory, ours: Directory, tmp_path: Path
) -> None:
    halle, four = place(theirs, "La halle", "+33466450000"), place(theirs, "Le four", summary="À pain")
    gone = place(theirs, "Le lavoir")
    receiving.receive(ours, public(theirs, tmp_path / "1.maille"), confirmed=True)
    [mine] = [e.id for e in ours.reads.of_kind("place") if e.title == "Le four"]
    ours.do("Essai", [Put(mine, "summary", "À pain, le samedi")])
    theirs.do("Essai", [Put(halle, "summary", "Couverte"), Put(four, "summary", "À pizza"), Put(gone, "trashed", True)])
    [phone] = theirs.reads.parts("contact_point", [halle])[halle]
    theirs.do("Essai", [Put(phone.id, "value", "+33466451111")])
    file = public(theirs, tmp_path / "2.maille")
    opened, preview = receiving.examine(ours, file)
    with opened:
        assert {s.title: s.fate for s in preview.sheets} == {"La halle": Fate.CHANGED, "Le lavoir": Fate.CHANGED}
        assert preview.going == {gone}
    receiving.receive(ours, file, confirmed=True)
    assert places(ours).keys() == {"La halle", "Le four"}
    assert places(ours)["La halle"]["summary"] == "Couverte"
    assert places(ours)["Le four"]["summary"] == "À pain, le samedi"
    contacts = [c.values["value"] for c in ours.reads.of_kind("contact_point")]
    assert contacts == ["+33466451111"]
    again = receiving.receive(ours, file, confirmed=True)
    assert (again.new, again.changed) == (0, 0)


def test_copies_are_undone_like_an_import(theirs: Directory, ours: Directory, tmp_path: Path) -> None:
    place(theirs, "La halle", "+33466450000")
    file = public(theirs, tmp_path / "1.maille")
    receipt = receiving.receive(ours, file, confirmed=True)
    assert receipt.imported is not None
    cancel_import(ours, receipt.imported)
    assert places(ours) == {}
    receiving.receive(ours, file, confirmed=True)
    assert places(ours).keys() == {"La halle"}


def test_an_erased_copy_does_not_come_back(theirs: Directory, ours: Directory, tmp_path: Path) -> None:
    place(theirs, "La halle", "+33466450000")
    place(theirs, "Le four")
    file = public(theirs, tmp_path / "1.maille")
    receiving.receive(ours, file, confirmed=True)
    [halle] = [e.id for e in ours.reads.of_kind("place") if e.title == "La halle"]
    erase(ours, halle)
    receiving.receive(ours, file, confirmed=True)
    assert places(ours).keys() == {"Le four"}
    assert not list(ours.reads.of_kind("contact_point"))


def test_a_sheet_left_out_is_proposed_again(theirs: Directory, ours: Directory, tmp_path: Path) -> None:
    halle = place(theirs, "La halle")
    place(theirs, "Le four")
    file = public(theirs, tmp_path / "1.maille")
    receiving.receive(ours, file, confirmed=True, left_out=[halle])
    assert places(ours).keys() == {"Le four"}
    opened, preview = receiving.examine(ours, file)
    with opened:
        assert [s.id for s in preview.sheets] == [halle]


def test_copies_known_by_another_pc_of_the_network_are_not_doubled(
    theirs: Directory, ours: Directory, pcs: Open, tmp_path: Path
) -> None:
    place(theirs, "La halle")
    file = public(theirs, tmp_path / "1.maille")
    receiving.receive(ours, file, confirmed=True)
    giving.give(ours, tmp_path / "nous.maille")
    second = pcs("second")
    receiving.receive(second, tmp_path / "nous.maille", confirmed=True)
    receiving.receive(second, file, confirmed=True)
    assert len(list(second.reads.of_kind("place"))) == 1


def test_a_stranger_waits_for_a_person_and_a_shared_packet_stays_refused(
    theirs: Directory, ours: Directory, tmp_path: Path
) -> None:
    place(theirs, "La halle")
    with pytest.raises(UserError) as caught:
        receiving.receive(ours, public(theirs, tmp_path / "1.maille"), confirmed=False)
    assert caught.value.code == "unknown_sender"
    giving.give(theirs, tmp_path / "partage.maille")
    with pytest.raises(UserError) as caught:
        receiving.receive(ours, tmp_path / "partage.maille", confirmed=True)
    assert caught.value.code == "other_space"
