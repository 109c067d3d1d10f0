"""Exchanging packets: volumes, gaps, trust, passphrases, damage, what waits, what comes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from appli.domain.changes import Change, Create, Erase, Put
from appli.domain.ids import RecordId, new_id
from appli.errors import EnvironmentProblem, UserError
from appli.exchange import limits
from appli.services.directory import Directory
from appli.services.erasing import erase
from appli.services.exchanging import giving, peers, receiving
from appli.services.exchanging.bundles import open_packet
from appli.services.exchanging.drives import Drive
from appli.services.exchanging.previewing import Fate
from tests.services.pcs import person, refusal


def give(giver: Directory, taker: Directory, file: Path, to: peers.Peer | None = None) -> receiving.Receipt:
    giving.give(giver, file, to=to)
    return receiving.receive(taker, file, confirmed=True)


def occupation(directory: Directory, record_id: RecordId) -> object:
    entry = directory.reads.entry(record_id)
    return entry.values.get("occupation") if entry else None


# --- news, and what is missing in between ---------------------------------------------------------


def test_a_missing_packet_is_named_and_the_next_whole_one_mends_it(
    one: Directory, other: Directory, tmp_path: Path
) -> None:
    elise = person(one, "Élise Roumégas")
    give(one, other, tmp_path / "1.maille")
    give(other, one, tmp_path / "2.maille")
    (accueil,) = [p for p in peers.peers(one) if p.uid == other.store.replica]
    one.do("Essai", [Put(elise, "occupation", "Menuisière")])
    giving.give(one, tmp_path / "lost.maille", to=accueil)
    knows_more = replace(accueil, know=as_written(one))
    one.do("Essai", [Put(elise, "summary", "Tourne et sculpte.")])
    done = give(one, other, tmp_path / "3.maille", knows_more)
    assert [gap["replica"] for gap in done.gaps] == ["Accueil"]
    assert occupation(other, elise) is None
    assert give(one, other, tmp_path / "4.maille").gaps == []
    assert occupation(other, elise) == "Menuisière"
    assert one.store.digest() == other.store.digest()


def as_written(directory: Directory) -> dict[str, list[tuple[int, int]]]:
    return {uid.hex(): list(some) for uid, some in directory.store.knowledge().as_dict().items()}


# --- volumes ------------------------------------------------------------------------------------


@pytest.fixture
def in_volumes(one: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    world = Random(48)
    monkeypatch.setattr(limits, "VOLUME", 150_000)
    monkeypatch.setattr(limits, "FILLED", 50_000)
    words = [f"{world.getrandbits(64):x}" for _ in range(30_000)]
    some: list[Change] = [
        Create(new_id(), "place", {"title": f"Lieu {n}", "description": " ".join(words[n * 100 : n * 100 + 100])})
        for n in range(300)
    ]
    one.do("Essai", some)
    paths = list(giving.give(one, tmp_path / "p.maille", volumes=True).paths)
    assert len(paths) > 2
    return paths


def test_volumes_come_in_any_order_and_count_once_all_are_there(
    one: Directory, other: Directory, in_volumes: list[Path]
) -> None:
    first, *rest = reversed(in_volumes)
    receiving.receive(other, first, confirmed=True)
    assert other.store.knowledge().as_dict().get(one.store.replica) is None
    with open_packet(other, rest[0]) as opened:
        assert opened.envelope.to_come == tuple(range(1, len(rest)))
    for path in rest:
        receiving.receive(other, path, confirmed=True)
    assert one.store.knowledge().as_dict().items() <= other.store.knowledge().as_dict().items()
    assert one.store.digest() == other.store.digest()


def test_volumes_are_taken_back_together(other: Directory, in_volumes: list[Path]) -> None:
    for path in in_volumes:
        receiving.receive(other, path, confirmed=True)
    middle = receiving.received(other)[1]
    done = receiving.take_back(other, middle.seq)
    assert (len(done.removed) > 300, done.kept) == (True, set())
    assert other.reads.counts().get("place", 0) == 0
    for path in in_volumes:
        receiving.receive(other, path, confirmed=True)
    assert other.reads.counts()["place"] == 300


# --- trust --------------------------------------------------------------------------------------


def test_a_first_packet_waits_for_a_person_and_the_next_does_not(
    one: Directory, other: Directory, tmp_path: Path
) -> None:
    person(one, "Élise Roumégas")
    giving.give(one, tmp_path / "1.maille")
    assert refusal(lambda: receiving.receive(other, tmp_path / "1.maille", confirmed=False)) == "unknown_sender"
    receiving.receive(other, tmp_path / "1.maille", confirmed=True)
    person(one, "Zoé Essai")
    giving.give(one, tmp_path / "2.maille")
    assert receiving.receive(other, tmp_path / "2.maille", confirmed=False).new > 0


def test_a_changed_key_is_loud_even_for_who_says_yes(one: Directory, other: Directory, tmp_path: Path) -> None:
    person(one, "Élise Roumégas")
    give(one, other, tmp_path / "1.maille")
    (known,) = peers.peers(other)
    peers.keep(other, replace(known, key="00" * 32))
    giving.give(one, tmp_path / "2.maille")
    assert refusal(lambda: receiving.receive(other, tmp_path / "2.maille", confirmed=True)) == "changed_key"


def test_a_revoked_pc_is_not_heard_until_it_is_taken_in_again(one: Directory, other: Directory, tmp_path: Path) -> None:
    give(one, other, tmp_path / "1.maille")
    peers.revoke(other, one.store.replica)
    person(one, "Zoé Essai")
    giving.give(one, tmp_path / "2.maille")
    assert refusal(lambda: receiving.receive(other, tmp_path / "2.maille", confirmed=True)) == "revoked_peer"
    peers.revoke(other, one.store.replica, revoked=False)
    assert receiving.receive(other, tmp_path / "2.maille", confirmed=True).new > 0


# --- passphrases and damage ---------------------------------------------------------------------


@pytest.mark.slow
def test_a_packet_with_a_passphrase_asks_for_it(one: Directory, other: Directory, tmp_path: Path) -> None:
    person(one, "Élise Roumégas")
    file = tmp_path / "p.maille"
    giving.give(one, file, phrase="tunnel oseille garenne moteur")
    assert refusal(lambda: receiving.receive(other, file, confirmed=True)) == "passphrase_needed"
    wrong = refusal(lambda: receiving.receive(other, file, "tunnel oseille", confirmed=True))
    assert "passphrase" in wrong
    assert receiving.receive(other, file, "Tunnel  oseille garenne moteur", confirmed=True).new > 0


def test_what_is_intact_of_a_damaged_packet_comes_in_and_its_claim_does_not(
    one: Directory, other: Directory, in_volumes: list[Path], tmp_path: Path
) -> None:
    file = tmp_path / "whole.maille"
    giving.give(one, file)
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    file.write_bytes(raw)
    try:
        receiving.receive(other, file, confirmed=True)
    except UserError:
        assert other.reads.counts().get("place", 0) == 0
    assert other.store.knowledge().as_dict().get(one.store.replica) is None
    for path in in_volumes:
        receiving.receive(other, path, confirmed=True)
    assert one.store.digest() == other.store.digest()


def test_a_target_that_cannot_be_written_leaves_the_former_file(one: Directory, tmp_path: Path) -> None:
    (tmp_path / "p.maille").mkdir()
    with pytest.raises((EnvironmentProblem, UserError)):
        giving.give(one, tmp_path / "p.maille")
    assert list((tmp_path / "p.maille").iterdir()) == []
    assert not [p for p in tmp_path.iterdir() if p.suffix == ".tmp"]


def test_what_was_written_where_the_stick_had_been_is_taken_away_again(tmp_path: Path) -> None:
    there = Path("/dev")
    if not there.is_dir() or there.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("no second disk here")
    (tmp_path / "cle").symlink_to(there)
    drive = Drive(tmp_path / "cle")
    drive.refuse_another([])
    (tmp_path / "disque").mkdir()
    (tmp_path / "disque" / "p.maille").write_bytes(b"PK")
    (tmp_path / "cle").unlink()
    (tmp_path / "cle").symlink_to(tmp_path / "disque")
    assert refusal(lambda: drive.refuse_another([tmp_path / "cle" / "p.maille"])) == "stick_gone"
    assert list((tmp_path / "disque").iterdir()) == []


# --- what waits, what goes, what comes back -----------------------------------------------------


def test_a_sheet_left_out_waits_with_its_parts_and_comes_with_the_next_packet(
    one: Directory, other: Directory, tmp_path: Path
) -> None:
    person(one, "Zoé Essai")
    elise = person(one, "Élise Roumégas")
    phone = {"owner": elise.hex(), "type": "phone", "value": "06 39 98 41 07"}
    one.do("Essai", [Create(new_id(), "contact_point", phone)])
    giving.give(one, tmp_path / "1.maille")
    receiving.receive(other, tmp_path / "1.maille", confirmed=True, left_out={elise})
    assert (other.reads.counts()["person"], other.reads.counts().get("contact_point", 0)) == (1, 0)
    give(one, other, tmp_path / "2.maille")
    assert one.store.digest() == other.store.digest()


def test_the_preview_tells_what_receiving_then_does(one: Directory, other: Directory, tmp_path: Path) -> None:
    elise, zoe = person(one, "Élise Roumégas", occupation="Menuisière"), person(one, "Zoé Essai")
    gone = person(one, "Aimé Partant")
    give(one, other, tmp_path / "1.maille")
    one.do("Essai", [Put(elise, "occupation", "Ébéniste"), Put(zoe, "occupation", "Maçonne")])
    other.do("Essai", [Put(elise, "occupation", "Tourneuse")])
    erase(one, gone)
    new = person(one, "Léo Nouveau")
    giving.give(one, tmp_path / "2.maille")
    before = other.store.digest()
    opened, preview = receiving.examine(other, tmp_path / "2.maille")
    opened.bundle.close()
    fates = {sheet.id: sheet.fate for sheet in preview.sheets}
    assert fates == {elise: Fate.CONFLICT, zoe: Fate.CHANGED, gone: Fate.ERASED, new: Fate.NEW}
    assert preview.going == {gone}
    (line,) = next(s for s in preview.sheets if s.id == elise).lines
    assert (line.label, [s.words for s in line.before], {s.words for s in line.after}) == (
        "Métier ou activité",
        ["Tourneuse"],
        {"Tourneuse", "Ébéniste"},
    )
    assert other.store.digest() == before
    done = receiving.receive(other, tmp_path / "2.maille", confirmed=True)
    counts = preview.received
    assert (done.new, done.changed, done.conflicts, done.erased) == (
        len(counts.new), len(counts.changed), len(counts.conflicts), len(counts.erased),
    )  # fmt: skip


def test_the_erased_do_not_come_back_by_taking_back_nor_by_an_old_packet(
    one: Directory, other: Directory, tmp_path: Path
) -> None:
    elise = person(one, "Élise Roumégas")
    first = give(one, other, tmp_path / "1.maille")
    one.do("Essai", [Erase(elise)])
    second = give(one, other, tmp_path / "2.maille")
    assert first.seq is not None
    assert second.seq is not None
    receiving.take_back(other, second.seq)
    receiving.receive(other, tmp_path / "1.maille", confirmed=True)
    assert other.reads.entry(elise) is None
    assert b"lise Roum" not in b"".join(p.read_bytes() for p in (tmp_path / "deux").glob("*.db*"))


def test_many_sheets_to_the_trash_wait_for_a_person(one: Directory, other: Directory, tmp_path: Path) -> None:
    everybody = [person(one, f"Personne {n}") for n in range(25)]
    give(one, other, tmp_path / "1.maille")
    one.do("Essai", [Put(i, "trashed", True) for i in everybody])
    giving.give(one, tmp_path / "2.maille")
    assert refusal(lambda: receiving.receive(other, tmp_path / "2.maille", confirmed=False)) == "much_removed"
    assert all(not e.trashed for e in other.reads.entries(everybody))


def test_a_packet_made_before_a_restore_is_taken_away_with_the_erased(one: Directory, tmp_path: Path) -> None:
    elise = person(one, "Élise Roumégas")
    kept = one.store.backup("manuelle")
    giving.give(one, tmp_path / "1.maille")
    one.store.restore(kept.name)
    erase(one, elise)
    assert not (tmp_path / "1.maille").exists()


def test_the_same_words_written_anew_are_no_change_to_look_at(one: Directory, other: Directory, tmp_path: Path) -> None:
    elise = person(one, "Élise Roumégas", occupation="Menuisière")
    give(one, other, tmp_path / "1.maille")
    for words in ("Ébéniste", "Menuisière"):
        one.do("Essai", [Put(elise, "occupation", words)])
    one.do("Essai", [Put(elise, "summary", "Tourne le buis")])
    giving.give(one, tmp_path / "2.maille")
    opened, preview = receiving.examine(other, tmp_path / "2.maille")
    with opened:
        assert [line.label for sheet in preview.sheets for line in sheet.lines] == ["En une phrase"]
