"""Notes of sheets: who, when, for whom; and that an old one is never written over by any way in."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import zstandard

from appli.app import open_directory
from appli.domain.audience import Audience
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.services import editing, erasing, notes, settling, undoing
from appli.services.directory import Directory
from appli.services.editing import Assignment
from appli.services.exchanging import giving, receiving
from appli.services.sheets import sheet
from appli.services.spaces import SpaceFacts, found, name_replica
from tests.services.forms import directory

__all__ = ["directory"]


def four(directory: Directory) -> RecordId:
    return editing.create_sheet(directory, "place", [Assignment("title", "=", "Four à pain")]).id


def edit(directory: Directory, record: RecordId, name: str, operation: str, value: str) -> None:
    entry = directory.reads.entry(record)
    assert entry is not None
    editing.edit_sheet(directory, entry, [Assignment(name, operation, value)])  # type: ignore[arg-type]


def texts(directory: Directory, record: RecordId) -> list[str]:
    return [n.text for n in sheet(directory, record).notes]


def test_a_note_tells_who_and_when_and_stays_here(directory: Directory) -> None:
    name_replica(directory, "Accueil")
    directory.operator = "É. R."
    place = four(directory)
    directory.store.folder.clock = lambda: 1_795_248_000_000
    notes.add(directory, place, "  Vu avec <b>Zoé</b>.\nElle rappelle. ")
    directory.store.folder.clock = lambda: 1_795_334_400_000
    notes.add(directory, place, "Rappelée.", Audience.SHARED)
    late, early = sheet(directory, place).notes
    assert (early.date, early.author, early.text) == (
        "2026-11-21",
        "É. R., Accueil",
        "Vu avec <b>Zoé</b>.\nElle rappelle.",
    )
    assert (early.audience, late.audience) == (Audience.PRIVATE, Audience.SHARED)
    assert early.others == ()


def test_nothing_is_no_note(directory: Directory) -> None:
    with pytest.raises(UserError):
        notes.add(directory, four(directory), " \n ")


def test_the_terminal_adds_and_takes_off_and_writes_over_none(directory: Directory) -> None:
    place = four(directory)
    edit(directory, place, "notes", "+=", "Une")
    edit(directory, place, "notes", "=", "Deux")
    assert texts(directory, place) == ["Deux"]
    rows = directory.reads.parts("note", [place])[place]
    assert sorted((r.values["text"], r.trashed) for r in rows) == [("Deux", False), ("Une", True)]
    edit(directory, place, "notes", "-=", "deux")
    assert texts(directory, place) == []


def test_taking_off_is_undone_and_erasing_is_not(directory: Directory) -> None:
    place = four(directory)
    notes.add(directory, place, "Canari-4242")
    (one,) = sheet(directory, place).notes
    notes.take_off(directory, one.id)
    assert texts(directory, place) == []
    undoing.undo(directory)
    assert texts(directory, place) == ["Canari-4242"]
    erasing.erase_part(directory, one.id, "Effacer une note")
    assert texts(directory, place) == []
    assert b"Canari-4242" not in b"".join(p.read_bytes() for p in directory.store.path.glob("*.db*"))


def test_erasing_the_sheet_takes_the_notes(directory: Directory) -> None:
    place = four(directory)
    notes.add(directory, place, "Canari-4242", Audience.SHARED)
    erasing.erase(directory, place)
    assert b"Canari-4242" not in b"".join(p.read_bytes() for p in directory.store.path.glob("*.db*"))


def test_a_frozen_sheet_takes_no_note(directory: Directory) -> None:
    place = four(directory)
    edit(directory, place, "restricted", "=", "oui")
    with pytest.raises(UserError):
        notes.add(directory, place, "Une")


def test_nobody_is_asked_to_choose_between_two_texts_of_a_note(directory: Directory) -> None:
    from appli.domain import catalogue
    from appli.domain.causality import Register, Stamp, Version
    from appli.store.folder import raw
    from appli.store.registers import Registers

    place = four(directory)
    notes.add(directory, place, "La première", Audience.SHARED)
    (one,) = sheet(directory, place).notes
    kind = catalogue.kind("note")
    number = kind.fields["text"].number
    with directory.store.folder.transaction() as connection:
        registers = Registers(raw(connection))
        first = registers.register(kind, one.id, kind.fields["text"])
        other = Version(Stamp(b"2" * 16, 1, first.shown.stamp.at + 5), "La seconde")
        both = Register({**first.versions, other.stamp.dot: other}, {**first.context, b"2" * 16: 1})
        registers.save(kind, one.id, number, both)
    (shown,) = sheet(directory, place).notes
    assert (shown.text, shown.others) == ("La première", ("La seconde",))
    assert settling.questions(directory) == []


def test_shared_notes_of_two_pcs_meet_and_private_ones_stay(directory: Directory, tmp_path: Path) -> None:
    found(directory, SpaceFacts("Réseau des Causses", replica_label="Accueil"))
    place = four(directory)
    other = open_directory(tmp_path / "deux")
    try:
        giving.give(directory, tmp_path / "1.maille")
        receiving.receive(other, tmp_path / "1.maille", confirmed=True)
        for here, text in ((directory, "De l’accueil"), (other, "Du bureau")):
            notes.add(here, place, text, Audience.SHARED)
            notes.add(here, place, f"Canari-{text}")
        giving.give(directory, tmp_path / "2.maille")
        giving.give(other, tmp_path / "3.maille")
        receiving.receive(other, tmp_path / "2.maille", confirmed=True)
        receiving.receive(directory, tmp_path / "3.maille", confirmed=True)
        for here, own in ((directory, "De l’accueil"), (other, "Du bureau")):
            assert sorted(texts(here, place)) == sorted(["De l’accueil", "Du bureau", f"Canari-{own}"])
            assert settling.questions(here) == []
        assert directory.store.digest() == other.store.digest()
        given = b"".join(line for n in (2, 3) for line in lines_of(tmp_path / f"{n}.maille"))
        assert b"Du bureau" in given
        assert b"Canari-" not in given
    finally:
        other.close()


def lines_of(path: Path) -> list[bytes]:
    """What a packet says, as anybody may read it."""
    with zipfile.ZipFile(path) as archive:
        return [zstandard.decompress(archive.read(n)) for n in archive.namelist() if n.endswith(".zst")]
