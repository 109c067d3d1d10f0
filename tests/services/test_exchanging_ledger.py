"""What this PC remembers of its exchanges: sheets left out, packets put off, the journal, what taking back would do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from appli.domain.changes import Change, Create, Put
from appli.domain.ids import new_id
from appli.exchange import limits
from appli.services.directory import Directory
from appli.services.erasing import erase
from appli.services.exchanging import aside, giving, receiving
from appli.services.exchanging.bundles import open_packet
from appli.services.exchanging.journal import Came, Made, journal
from appli.services.exchanging.ways import Way
from tests.services.pcs import person

if TYPE_CHECKING:
    import pytest


def packet(giver: Directory, file: Path) -> Path:
    giving.give(giver, file)
    return file


def knows_all_of(other: Directory, one: Directory) -> bool:
    return not one.store.knowledge().missing_from(other.store.knowledge())


# --- what waits -----------------------------------------------------------------------------------


def test_sheets_left_out_wait_and_the_next_whole_packet_brings_them(
    one: Directory, other: Directory, tmp_path: Path
) -> None:
    elise, zoe = person(one, "Élise Roumégas"), person(one, "Zoé Exemplaire")
    file = packet(one, tmp_path / "1.maille")
    receiving.receive(other, file, confirmed=True, left_out=[zoe])
    [left] = aside.waiting(other)
    assert (left.sender, left.sheets, left.whole) == ("Accueil", 1, False)
    assert not knows_all_of(other, one)
    assert other.reads.kind_of(elise)
    _opened, preview = receiving.examine(other, packet(one, tmp_path / "2.maille"))
    _opened.bundle.close()
    assert [s.id for s in preview.sheets] == [zoe]
    receiving.receive(other, tmp_path / "2.maille", confirmed=True)
    assert aside.waiting(other) == []
    assert knows_all_of(other, one)
    assert one.store.digest() == other.store.digest()
    assert not list((other.store.path / "attente").iterdir())


def test_what_was_left_out_is_taken_from_the_copy_when_the_stick_is_gone(
    one: Directory, other: Directory, tmp_path: Path
) -> None:
    zoe = person(one, "Zoé Exemplaire")
    person(one, "Élise Roumégas")
    file = packet(one, tmp_path / "1.maille")
    receiving.receive(other, file, confirmed=True, left_out=[zoe])
    file.unlink()
    [left] = aside.waiting(other)
    copy = aside.file_of(other, left)
    assert copy is not None
    with open_packet(other, copy) as opened:
        assert (opened.envelope.waiting, opened.envelope.again) == (1, True)
    receiving.receive(other, copy, confirmed=True)
    assert other.reads.kind_of(zoe)
    assert (aside.waiting(other), copy.exists(), knows_all_of(other, one)) == ([], False, True)


def test_a_packet_put_off_waits_whole_and_may_be_given_up(one: Directory, other: Directory, tmp_path: Path) -> None:
    person(one, "Zoé Exemplaire")
    file = packet(one, tmp_path / "1.maille")
    with open_packet(other, file) as opened:
        aside.keep(other, file, opened.manifest, 1, whole=True)
    [left] = aside.waiting(other)
    assert (left.whole, left.sheets, left.made_at > 0) == (True, 1, True)
    aside.forget(other, left.uid)
    assert (aside.waiting(other), aside.file_of(other, left)) == ([], file)


def test_a_large_packet_is_not_copied(
    one: Directory, other: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zoe = person(one, "Zoé Exemplaire")
    file = packet(one, tmp_path / "1.maille")
    monkeypatch.setattr(limits, "VOLUME", file.stat().st_size - 1)
    receiving.receive(other, file, confirmed=True, left_out=[zoe])
    [left] = aside.waiting(other)
    assert aside.file_of(other, left) == file
    file.unlink()
    assert aside.file_of(other, left) is None


def test_an_erasure_takes_the_copies_along(one: Directory, other: Directory, tmp_path: Path) -> None:
    elise, zoe = person(one, "Élise Roumégas"), person(one, "Zoé Exemplaire")
    receiving.receive(other, packet(one, tmp_path / "1.maille"), confirmed=True, left_out=[zoe])
    (tmp_path / "1.maille").unlink()
    erase(other, elise)
    [left] = aside.waiting(other)
    assert aside.file_of(other, left) is None
    assert not (other.store.path / "attente").exists()


def test_a_volume_of_which_something_waits_does_not_count_for_its_set(
    one: Directory, other: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "VOLUME", 150_000)
    monkeypatch.setattr(limits, "FILLED", 50_000)
    from random import Random

    world = Random(12)
    words = [f"{world.getrandbits(64):x}" for _ in range(30_000)]
    places = [new_id() for _ in range(300)]
    some: list[Change] = [
        Create(place, "place", {"title": f"Lieu {n}", "description": " ".join(words[n * 100 : n * 100 + 100])})
        for n, place in enumerate(places)
    ]
    one.do("Essai", some)
    paths = giving.give(one, tmp_path / "p.maille", volumes=True).paths
    assert len(paths) > 1
    for path in paths:
        receiving.receive(other, path, confirmed=True, left_out=[places[0]])
    assert not knows_all_of(other, one)
    assert len(aside.waiting(other)) == len(paths)
    for path in paths:
        receiving.receive(other, path, confirmed=True)
    assert knows_all_of(other, one)
    assert aside.waiting(other) == []


# --- the journal ----------------------------------------------------------------------------------


def test_the_journal_tells_what_went_and_came_in_sheets(one: Directory, other: Directory, tmp_path: Path) -> None:
    elise, zoe = person(one, "Élise Roumégas"), person(one, "Zoé Exemplaire")
    receiving.receive(other, packet(one, tmp_path / "1.maille"), confirmed=True)
    one.do("Essai", [Put(elise, "occupation", "Menuisière")])
    phone = new_id()
    values = {"owner": zoe.hex(), "type": "phone", "value": "06 39 98 41 07"}
    one.do("Essai", [Create(phone, "contact_point", values)])
    done = receiving.receive(other, packet(one, tmp_path / "2.maille"), confirmed=True, way=Way.FOLDER)
    assert done.seq is not None
    receiving.take_back(other, done.seq)
    lines = [line.what for line in journal(other)]
    assert isinstance(lines[0], Came)
    assert (lines[0].label, lines[0].sheets, lines[0].way) == (
        "Accueil",
        {"new": 0, "changed": 2, "conflict": 0, "erased": 0},
        Way.FOLDER,
    )
    assert lines[0].undone
    assert isinstance(lines[1], Came)
    assert lines[1].sheets == {"new": 2, "changed": 0, "conflict": 0, "erased": 0}
    made = [line.what for line in journal(one)]
    assert [m.sheets for m in made if isinstance(m, Made)] == [2, 2]


def test_a_small_packet_counts_the_sheets_its_parts_belong_to(one: Directory, other: Directory, tmp_path: Path) -> None:
    from appli.services.exchanging import peers

    elise = person(one, "Élise Roumégas")
    person(one, "Zoé Exemplaire")
    receiving.receive(other, packet(one, tmp_path / "1.maille"), confirmed=True)
    receiving.receive(one, packet(other, tmp_path / "2.maille"), confirmed=True)
    values = {"owner": elise.hex(), "type": "phone", "value": "06 39 98 41 07"}
    one.do("Essai", [Create(new_id(), "contact_point", values)])
    [peer] = peers.peers(one)
    given = giving.give(one, tmp_path / "3.maille", to=peer)
    assert (given.sheets, given.incremental) == (1, True)


# --- taking back, told beforehand ------------------------------------------------------------------


def test_what_taking_back_would_do_is_what_it_does(one: Directory, other: Directory, tmp_path: Path) -> None:
    elise, zoe = person(one, "Élise Roumégas"), person(one, "Zoé Exemplaire")
    person(one, "Mathieu Valdeyron")
    seq = receiving.receive(other, packet(one, tmp_path / "1.maille"), confirmed=True).seq
    assert seq is not None
    other.do("Essai", [Put(elise, "occupation", "Menuisière")])
    note = new_id()
    other.do("Essai", [Put(zoe, "demo", None), Create(note, "note", {"owner": zoe.hex(), "text": "Rappeler"})])
    before = (other.store.digest(), other.store.knowledge().as_dict(), other.reads.counts())
    told = receiving.outlook(other, seq)
    assert (other.store.digest(), other.store.knowledge().as_dict(), other.reads.counts()) == before
    assert elise in told.kept
    done = receiving.take_back(other, seq)
    assert done == told
    assert other.reads.kind_of(elise)
