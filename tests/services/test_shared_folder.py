"""The shared folder: PCs that never meet agree through it; what asks for a person waits; nothing is done twice."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appli import config
from appli.app import open_directory
from appli.domain.audience import Audience
from appli.domain.changes import Create
from appli.domain.ids import new_id
from appli.errors import AppError, EnvironmentProblem, UserError
from appli.exchange.shared_folder import SharedFolder
from appli.services.directory import Directory
from appli.services.erasing import erase
from appli.services.exchanging import folder_coming, folder_going, giving, receiving, shared_folder
from appli.services.exchanging.folder_memory import Memory
from tests.services.folders import Network, go, occupation, person, standing, write


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    made = Network(tmp_path)
    yield made
    made.close()


@pytest.fixture
def two(network: Network) -> tuple[Directory, Directory]:
    """Two PCs that know each other, with nothing left to do."""
    one, other = network.pc("Accueil"), network.pc("Gîte")
    network.acquaint()
    network.settle()
    assert len(network.digests) == 1
    return one, other


# --- agreeing -------------------------------------------------------------------------------------


def test_three_pcs_agree_and_then_nothing_is_written_any_more(network: Network) -> None:
    one, two, three = (network.pc(name) for name in ("Accueil", "Gîte", "Portable"))
    network.acquaint()
    for directory, name in ((one, "Élise Roumégas"), (two, "Zoé Essai"), (three, "Aimé Foulquier")):
        person(directory, name)
    network.settle()
    assert len(network.digests) == 1
    before = network.bytes()
    assert [go(d).published for d in network.pcs] == [False, False, False]
    assert network.bytes() == before


def test_packets_come_in_any_order(network: Network, two: tuple[Directory, Directory], tmp_path: Path) -> None:
    one, other = two
    elise = person(one, "Élise Roumégas")
    for work in ("Menuisière", "Ébéniste", "Tourneuse"):
        write(one, elise, work)
        go(one)
    late = network.of(one) / network.files(one)[1]
    shutil.move(late, tmp_path / "late.maille")
    go(other)
    assert occupation(other, elise) == "Tourneuse"
    shutil.move(tmp_path / "late.maille", late)
    network.settle()
    assert len(network.digests) == 1


def test_a_pc_leaves_to_others_what_they_wrote(network: Network, two: tuple[Directory, Directory]) -> None:
    one, other = two
    before = network.files(other)
    person(one, "Élise Roumégas")
    network.settle()
    assert network.files(other) == before


def test_what_came_by_a_stick_is_relayed_by_one_pc_only(network: Network, tmp_path: Path) -> None:
    one, two = network.pc("Accueil"), network.pc("Gîte")
    away = network.pc("Estive", shares=False)
    network.pcs.remove(away)
    network.acquaint()
    network.settle()
    marie = person(away, "Marie Lointaine")
    giving.give(away, tmp_path / "cle.maille")
    away.close()
    receiving.receive(one, tmp_path / "cle.maille", confirmed=True)
    receiving.receive(two, tmp_path / "cle.maille", confirmed=True)
    network.settle()
    three = network.pc("Portable")
    network.acquaint()
    assert three.reads.entry(marie) is not None
    for directory in (one, two):
        Memory(directory).forget()
        shared_folder.choose(directory, network.root)
        go(directory)
    network.settle()
    relaying = [d for d in (one, two) if carries(network, d, away.store.replica)]
    assert [d.store.replica for d in relaying] == [min(one.store.replica, two.store.replica)]


def test_two_pcs_never_leave_a_relay_to_each_other(network: Network, tmp_path: Path) -> None:
    one, two = network.pc("Accueil"), network.pc("Gîte")
    away = network.pc("Estive", shares=False)
    network.pcs.remove(away)
    network.acquaint()
    network.settle()
    person(away, "Marie Lointaine")
    giving.give(away, tmp_path / "cle.maille")
    away.close()
    for directory, other in ((one, two), (two, one)):
        receiving.receive(directory, tmp_path / "cle.maille", confirmed=True)
        with hidden(network.of(other), tmp_path / "ailleurs"):
            go(directory)
        memory = Memory(directory)
        memory.written.forgotten = -1  # the next file is a base
        memory.save()
    shutil.copytree(network.of(one), tmp_path / "avant")
    go(one)
    with hidden(network.of(one), tmp_path / "apres"):
        shutil.copytree(tmp_path / "avant", network.of(one))
        go(two)  # it still sees what the other has just replaced
        shutil.rmtree(network.of(one))
    assert any(carries(network, directory, away.store.replica) for directory in (one, two))


@contextmanager
def hidden(folder: Path, place: Path) -> Iterator[None]:
    """Not there for a while."""
    shutil.move(folder, place)
    yield
    shutil.move(place, folder)


def carries(network: Network, directory: Directory, author: bytes) -> bool:
    return author in Memory(directory).written.knowledge().as_dict()


@pytest.mark.parametrize("which", [0, 1])
def test_a_member_s_files_that_somebody_deletes_are_written_again(
    which: int, network: Network, two: tuple[Directory, Directory]
) -> None:
    victim, keeper = two[which], two[1 - which]
    elise = person(victim, "Élise Roumégas")
    network.settle()
    shutil.rmtree(network.of(victim))
    go(keeper)
    assert carries(network, keeper, victim.store.replica)  # what was there is nowhere else now
    assert keeper.reads.entry(elise) is not None
    network.settle()
    assert network.files(victim)
    assert carries(network, victim, victim.store.replica)  # one’s own is never left to others
    three = network.pc("Portable")
    network.acquaint()
    assert three.reads.entry(elise) is not None
    assert len(network.digests) == 1


def test_a_long_story_is_written_anew_and_the_old_files_go(
    network: Network, two: tuple[Directory, Directory], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_going, "ADDITIONS", 4)
    one, other = two
    elise = person(one, "Élise Roumégas")
    for n in range(12):
        write(one, elise, f"Métier {n}")
        go(one)
        assert len(network.files(one)) <= 5
        if n % 3 == 0:
            go(other)
    network.settle()
    numbers = [int(name[:6]) for name in network.files(one)]
    assert numbers == sorted(set(numbers))
    assert min(numbers) > 4
    assert len(network.digests) == 1
    came = [p for p in receiving.received(other) if p.undone is None]
    assert all(p.facts["new"] or p.facts["changed"] for p in came[:-1])  # a new base that says nothing new is not news


def test_additions_that_outgrow_the_base_make_a_new_one(
    network: Network, two: tuple[Directory, Directory], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_going, "SMALL", 1)
    one, _other = two
    for n in range(4):
        person(one, f"Personne {n}")
        go(one)
    assert len(network.files(one)) <= 2


def test_a_backup_is_made_before_what_comes_by_itself_but_not_before_each_packet(
    network: Network, two: tuple[Directory, Directory]
) -> None:
    one, other = two
    later = other.store.folder.clock() + 2 * folder_coming.BACKUP_EVERY
    other.store.folder.clock = lambda: later
    before = len(other.store.backups())
    for name in ("Élise Roumégas", "Zoé Essai"):
        person(one, name)
        go(one)
    assert len(go(other).came) == 2
    assert len(other.store.backups()) == before + 1
    assert other.store.backups()[0].reason == "avant-reunion"


# --- what waits -----------------------------------------------------------------------------------


def test_the_first_packet_of_a_pc_is_accepted_by_a_person(network: Network) -> None:
    one, other = network.pc("Accueil"), network.pc("Gîte")
    elise = person(other, "Élise Roumégas")
    go(other)
    go(one)
    [waiting] = standing(one).waiting
    assert (waiting.label, waiting.why) == ("Gîte", "first")
    assert one.reads.entry(elise) is None
    receiving.receive(one, waiting.paths[0], confirmed=True)
    write(other, elise, "Menuisière")
    network.settle()
    assert occupation(one, elise) == "Menuisière"
    assert standing(one).waiting == ()


def test_two_values_wait_for_a_person_and_hold_back_what_follows(
    network: Network, two: tuple[Directory, Directory]
) -> None:
    one, other = two
    elise = person(one, "Élise Roumégas")
    network.settle()
    write(one, elise, "Menuisière")
    write(other, elise, "Ébéniste")
    go(one)
    go(other)
    [waiting] = standing(other).waiting
    assert (waiting.label, waiting.why, waiting.count) == ("Accueil", "conflicts", 1)
    zoe = person(one, "Zoé Essai")
    go(one)
    go(other)
    [waiting] = standing(other).waiting
    assert len(waiting.paths) == 2
    assert other.reads.entry(zoe) is None
    receiving.receive(other, waiting.paths[0], confirmed=True)
    network.settle()
    assert other.reads.entry(zoe) is not None
    for one_waiting in standing(one).waiting:
        receiving.receive(one, one_waiting.paths[0], confirmed=True)
    network.settle()
    assert standing(other).waiting == ()
    assert len(network.digests) == 1


def test_more_than_the_day_s_news_waits(
    network: Network, two: tuple[Directory, Directory], monkeypatch: pytest.MonkeyPatch
) -> None:
    from appli.services.exchanging import folder_judging

    monkeypatch.setattr(folder_judging, "MANY", 5)
    one, other = two
    for n in range(6):
        person(one, f"Personne {n}")
    go(one)
    go(other)
    [waiting] = standing(other).waiting
    assert (waiting.why, waiting.count) == ("massive", 6)


def test_what_was_taken_back_does_not_come_by_itself_again_not_even_in_another_file(
    network: Network, two: tuple[Directory, Directory], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    elise = person(one, "Élise Roumégas")
    go(one)
    [came] = go(other).came
    assert receiving.received(other)[0].facts["way"] == "folder"
    assert came.receipt.seq is not None
    receiving.take_back(other, came.receipt.seq)
    for _poll in range(3):
        assert go(other).came == ()
    assert [w.why for w in standing(other).waiting] == ["undone"]
    monkeypatch.setattr(folder_going, "ADDITIONS", 0)
    write(one, elise, "Menuisière")
    go(one)  # a new base, which says all of it again
    assert go(other).came == ()
    assert other.reads.entry(elise) is None
    [waiting] = standing(other).waiting
    receiving.receive(other, waiting.paths[0], confirmed=True)
    network.settle()
    assert len(network.digests) == 1


def test_a_pc_set_aside_is_not_heard_and_not_spoken_of(network: Network, two: tuple[Directory, Directory]) -> None:
    from appli.services.exchanging import peers

    one, other = two
    peers.revoke(other, one.store.replica)
    zoe = person(one, "Zoé Essai")
    go(one)
    go(other)
    assert other.reads.entry(zoe) is None
    assert standing(other).waiting == ()
    assert not standing(other).has_work
    peers.revoke(other, one.store.replica, revoked=False)
    assert standing(other).has_work
    go(other)
    assert other.reads.entry(zoe) is not None


# --- what the carrier does ------------------------------------------------------------------------


def test_half_a_file_is_waited_for_then_told_then_read(
    network: Network, two: tuple[Directory, Directory], now_is: Callable[[str], None]
) -> None:
    one, other = two
    zoe = person(one, "Zoé Essai")
    go(one)
    name = network.files(one)[-1]
    whole = (network.of(one) / name).read_bytes()
    (network.of(one) / name).write_bytes(whole[: len(whole) // 2])
    go(other)
    assert standing(other).waiting == ()
    assert not standing(other).has_work
    later = other.store.folder.clock() + folder_coming.ON_ITS_WAY + 1
    other.store.folder.clock = lambda: later
    assert [w.why for w in standing(other).waiting] == ["damaged"]
    (network.of(one) / name).write_bytes(whole)
    go(other)
    assert other.reads.entry(zoe) is not None
    assert standing(other).waiting == ()


def test_what_the_carrier_leaves_beside_is_passed_over(network: Network, two: tuple[Directory, Directory]) -> None:
    one, other = two
    place, packet = network.of(one), network.of(one) / network.files(one)[0]
    for name in (
        "000001.sync-conflict-20261122-093000-ABCDEFG.maille",
        "000001 (conflicted copy 2026-11-22 093000).maille",
        ".syncthing.000009.maille.tmp",
        "~syncthing~000009.maille.tmp",
        "Photo.maille",
    ):
        shutil.copy(packet, place / name)
    (place / "000776.maille").symlink_to(network.home / "pour-Gîte.maille")
    (place / "000777.maille").symlink_to("/dev/zero")
    (place / "000778.maille").mkdir()
    os.mkfifo(place / "000779.maille")
    (place.parent / "liens").symlink_to(place)
    (place.parent / ("ab" * 16)).symlink_to(place)
    (place.parent / "notes.txt").write_text("À moi")
    assert not standing(other).has_work
    assert go(other).came == ()
    network.settle()
    assert {p.name for p in place.parent.iterdir()} >= {"notes.txt", "liens", "ab" * 16}


def test_files_that_are_not_news_are_said_to_nobody(
    network: Network, two: tuple[Directory, Directory], tmp_path: Path
) -> None:
    one, other = two
    place = network.of(one)
    (place / "000100.maille").write_bytes(b"")
    (place / "000101.maille").write_bytes(b"\xff\xd8\xff une photo")
    shutil.copy(network.of(other) / network.files(other)[0], place / "000102.maille")
    stranger = Network(tmp_path / "ailleurs") if (tmp_path / "ailleurs").mkdir() is None else None
    assert stranger is not None
    giving.give(stranger.pc("Ailleurs", shares=False), place / "000103.maille")
    stranger.close()
    go(other)
    assert standing(other).waiting == ()
    assert not standing(other).has_work


def test_a_closed_packet_waits_for_its_words(network: Network, two: tuple[Directory, Directory]) -> None:
    one, other = two
    person(one, "Zoé Essai")
    giving.give(one, network.of(one) / "000200.maille", phrase="tunnel oseille garenne moteur")
    go(other)
    assert [w.why for w in standing(other).waiting] == ["encrypted"]
    assert not standing(other).has_work


def test_a_public_packet_never_comes_by_itself(network: Network, two: tuple[Directory, Directory]) -> None:
    one, other = two
    person(one, "Zoé Essai")
    giving.give(one, network.of(one) / "000200.maille", audience=Audience.PUBLIC)
    go(other)
    assert [w.why for w in standing(other).waiting] == ["public"]


def test_a_packet_in_another_s_place_waits(network: Network, two: tuple[Directory, Directory]) -> None:
    one, other = two
    three = network.pc("Portable")
    network.acquaint()
    network.settle()
    zoe = person(three, "Zoé Essai")
    giving.give(three, network.of(one) / "000200.maille")
    go(other)
    assert other.reads.entry(zoe) is None
    assert [w.why for w in standing(other).waiting] == ["misplaced"]


def test_own_left_overs_go_and_others_stay(network: Network, two: tuple[Directory, Directory]) -> None:
    one, other = two
    own, theirs = network.of(one), network.files(other)
    shutil.copy(own / network.files(one)[0], own / "000099.maille")
    (own / "000001.sync-conflict-20261122-093000-ABCDEFG.maille").write_bytes(b"ancien")
    (own / ".000100.maille.0123abcd.tmp").write_bytes(b"inachev")
    (own / "lisez-moi.txt").write_text("À moi")
    assert standing(one).has_work
    go(one)
    assert set(network.files(one)) == set(Memory(one).written.files)
    assert sorted(p.name for p in own.iterdir()) == sorted([*network.files(one), "etat.json", "lisez-moi.txt"])
    assert network.files(other) == theirs


def test_a_folder_that_goes_away_is_calm_and_begins_nothing_anew(
    network: Network, two: tuple[Directory, Directory]
) -> None:
    one, _other = two
    shutil.move(network.root, network.home / "debranche")
    gone = standing(one)
    assert (gone.there, gone.has_work) == (False, False)
    with pytest.raises(EnvironmentProblem) as caught:
        shared_folder.go_round(one)
    assert caught.value.code == "folder_gone"
    network.root.mkdir()  # where a drive would be mounted: an empty folder
    empty = standing(one)
    assert (empty.there, empty.begun, empty.has_work) == (True, False, False)
    with pytest.raises(EnvironmentProblem):
        shared_folder.go_round(one)
    assert list(network.root.iterdir()) == []
    network.root.rmdir()
    shutil.move(network.home / "debranche", network.root)
    network.settle()
    assert standing(one).writers == 2


def test_a_folder_that_was_emptied_is_begun_again_once_a_person_says_so(
    network: Network, two: tuple[Directory, Directory]
) -> None:
    one, other = two
    [space] = network.root.glob("maillage-*")
    shutil.rmtree(space)
    shared_folder.write_anew(one)
    network.settle()
    assert network.files(one)
    assert network.files(other)
    assert len(network.digests) == 1


def test_a_folder_that_vanishes_in_the_middle_of_a_round_leaves_what_was_done(
    network: Network, two: tuple[Directory, Directory]
) -> None:
    one, other = two
    first = person(one, "Élise Roumégas")
    go(one)
    person(one, "Zoé Essai")
    go(one)

    class Unplugged:
        """Takes the folder away when the second packet is about to be read."""

        def step(self, done: int, total: int, label: str = "") -> None:
            if len(receiving.received(other)) > count and network.root.exists():
                shutil.move(network.root, network.home / "debranche")

    count = len(receiving.received(other))
    with pytest.raises(EnvironmentProblem):
        shared_folder.go_round(other, Unplugged())
    assert other.reads.entry(first) is not None
    assert not network.root.exists()
    assert other.store.problems() == []
    shutil.move(network.home / "debranche", network.root)
    network.settle()
    assert len(network.digests) == 1
    assert len(receiving.received(other)) == count + 2


def test_clocks_in_1970_change_nothing(network: Network) -> None:
    one, other = network.pc("Accueil"), network.pc("Gîte")
    network.acquaint()
    one.store.folder.clock = lambda: 1_000
    for path in network.root.rglob("*.maille"):
        os.utime(path, (0, 0))
    zoe = person(one, "Zoé Essai")
    network.settle()
    assert other.reads.entry(zoe) is not None
    write(other, zoe, "Maçonne")
    network.settle()
    assert occupation(one, zoe) == "Maçonne"
    assert len(network.digests) == 1


def test_two_hundred_quiet_polls_read_and_write_nothing(
    network: Network, two: tuple[Directory, Directory], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    elise = person(one, "Élise Roumégas")
    network.settle()
    write(one, elise, "Menuisière")
    write(other, elise, "Ébéniste")
    go(one)
    go(other)  # something waits, which must not be weighed again each time
    go(one)
    writes: list[str] = []
    monkeypatch.setattr(folder_coming, "open_packet", lambda *_: pytest.fail("a packet was read again"))
    monkeypatch.setattr(other.store, "note", lambda table, *_: writes.append(table))
    before = {p: p.stat().st_mtime_ns for p in network.root.rglob("*")}
    for _poll in range(200):
        found = standing(other)
        assert not found.has_work
        assert found.waiting
    assert go(other).came == ()
    assert writes == []
    assert {p: p.stat().st_mtime_ns for p in network.root.rglob("*")} == before


# --- forgetting -----------------------------------------------------------------------------------


def test_who_is_erased_is_in_no_file_of_the_folder(network: Network, two: tuple[Directory, Directory]) -> None:
    one, other = two
    zoe = person(one, "Zoé Dissoute", occupation="Funambule")
    network.settle()
    write(other, zoe, "Funambule de nuit")
    network.settle()
    assert readable(network, "Dissoute")
    erase(one, zoe)
    go(one)
    assert not readable(network, "Dissoute")  # the other PC’s files never held her name, but what it wrote of her
    network.settle()
    assert other.reads.entry(zoe) is None
    assert not readable(network, "Dissoute", "Funambule")
    assert len(network.digests) == 1


def readable(network: Network, *words: str) -> bool:
    """Whether any packet there, opened, holds one of these words."""
    from appli.exchange.chunks import unpack
    from appli.exchange.reading import open_bundle

    for path in network.root.rglob("*.maille"):
        with open_bundle(path) as bundle:
            for member in bundle.manifest.members:
                content = bundle._content(member)
                text = unpack(content, member.raw) if member.name.startswith("data/") else content
                if any(word.encode() in text for word in words):
                    return True
    return any(word.encode() in network.bytes() for word in words)


def test_a_restored_pc_writes_under_a_new_name_and_clears_its_former_place(
    network: Network, two: tuple[Directory, Directory]
) -> None:
    one, _other = two
    made = one.store.backup("manuelle")
    zoe = person(one, "Zoé Tardive")
    go(one)
    former = network.of(one)
    one.store.restore(made.name)
    one.ensure_index()
    assert one.store.replica != bytes.fromhex(former.name)
    go(one)
    assert [(w.why, w.sender.hex()) for w in standing(one).waiting] == [("former", former.name)]
    assert one.reads.entry(zoe) is None  # whoever goes back wants to be back
    for waiting in standing(one).waiting:
        for path in waiting.paths:
            receiving.receive(one, path, confirmed=True)
    network.settle()
    assert not former.exists()
    assert one.reads.entry(zoe) is not None
    network.acquaint()
    network.settle()
    assert len(network.digests) == 1


def test_what_a_copy_of_this_pc_wrote_under_its_name_is_kept_and_told(
    network: Network, two: tuple[Directory, Directory], tmp_path: Path
) -> None:
    one, _other = two
    place, path, keys = network.of(one), one.store.path, config.config_dir()
    one.close()
    shutil.copytree(path, tmp_path / "image")
    shutil.copytree(keys, tmp_path / "image-config")
    one = open_directory(path)
    zoe = person(one, "Zoé Essai")
    giving.give(one, tmp_path / "copie.maille")
    one.close()
    for there, back in ((path, "image"), (keys, "image-config")):  # as two PCs with one disk image
        shutil.rmtree(there)
        shutil.copytree(tmp_path / back, there)
    one = network.pcs[0] = open_directory(path)
    assert network.of(one) == place
    shutil.copy(tmp_path / "copie.maille", place / "000777.maille")
    go(one)
    go(one)
    assert (place / "000777.maille").exists()
    [waiting] = standing(one).waiting
    assert (waiting.why, waiting.sender) == ("twin", one.store.replica)
    receiving.receive(one, waiting.paths[0], confirmed=True)
    assert one.reads.entry(zoe) is not None
    assert one.store.replica != waiting.sender
    go(one)
    assert (place / "000777.maille").exists()
    assert len(network.files(one)) == 1


def test_numbers_others_put_there_change_nothing(network: Network, two: tuple[Directory, Directory]) -> None:
    one, other = two
    (network.of(one) / "999999.maille").write_bytes(b"rien")
    zoe = person(one, "Zoé Essai")
    network.settle()
    assert "999999.maille" not in network.files(one)
    assert other.reads.entry(zoe) is not None


# --- choosing and leaving -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("Accueil", "folder_of_the_directory"),
        ("Accueil/sauvegardes", "folder_of_the_directory"),
        (".", "folder_of_the_directory"),
        ("absent", "no_folder"),
        ("porte", "directory_is_carried"),
    ],
)
def test_a_folder_that_may_not_be_shared_is_refused(network: Network, place: str, code: str) -> None:
    directory = network.pc("Accueil", shares=False)
    for name in ("Accueil/sauvegardes", "porte"):
        (network.home / name).mkdir(exist_ok=True)
    if code == "directory_is_carried":
        (network.home / ".stfolder").mkdir()
    with pytest.raises(UserError) as caught:
        shared_folder.choose(directory, network.home / place)
    assert caught.value.code == code
    assert shared_folder.look(directory) is None
    assert not list(network.home.rglob("maillage-*"))


def test_the_keys_of_this_pc_are_not_shared(network: Network, own_world: Path) -> None:
    directory = network.pc("Accueil", shares=False)
    for place in (own_world / "maillage-config", own_world):
        with pytest.raises(UserError) as caught:
            shared_folder.choose(directory, place)
        assert caught.value.code == "folder_of_the_keys"


def test_leaving_takes_one_s_own_files_away_and_nothing_else(
    network: Network, two: tuple[Directory, Directory]
) -> None:
    one, other = two
    theirs, place = network.files(other), network.of(one)
    assert shared_folder.leave(one)
    assert not place.exists()
    assert network.files(other) == theirs
    assert shared_folder.look(one) is None
    assert shared_folder.go_round(one) is None
    shared_folder.choose(one, network.root)
    person(one, "Zoé Essai")
    network.settle()
    assert len(network.digests) == 1


def test_syncthing_is_told_what_not_to_carry_unless_it_was_told_already(network: Network) -> None:
    (network.root / ".stignore").write_text("*.iso\n")
    network.pc("Accueil")
    assert (network.root / ".stignore").read_text() == "*.iso\n"
    (network.root / ".stignore").unlink()
    network.pc("Gîte")
    assert "*.tmp" in (network.root / ".stignore").read_text()


def test_a_planted_link_is_not_written_through(network: Network, tmp_path: Path) -> None:
    directory = network.pc("Accueil", shares=False)
    (tmp_path / "ailleurs").mkdir()
    from appli.services.spaces import space_of

    space = space_of(directory)
    assert space is not None
    SharedFolder(network.root, space.id).path.symlink_to(tmp_path / "ailleurs")
    with pytest.raises(AppError):
        shared_folder.choose(directory, network.root)
    assert list((tmp_path / "ailleurs").iterdir()) == []


def test_who_reads_is_known_to_have_read(network: Network, two: tuple[Directory, Directory]) -> None:
    from appli.services.exchanging import peers

    one, _other = two
    person(one, "Zoé Essai")
    network.settle()
    [known] = peers.peers(one)
    assert one.store.knowledge().missing_from(known.knowledge) == {}


def test_a_new_sheet_that_resembles_one_waits(network: Network, two: tuple[Directory, Directory]) -> None:
    one, other = two
    network.settle()
    for directory in (one, other):
        elise = person(directory, "Élise Roumégas")
        mail = {"owner": elise.hex(), "type": "email", "value": "elise@example.org", "normalised": "elise@example.org"}
        directory.do("Essai", [Create(new_id(), "contact_point", mail)])
    go(one)
    go(other)
    assert [(w.why, w.count) for w in standing(other).waiting] == [("duplicates", 1)]


def test_nobody_joins_a_network_by_news_alone(network: Network, two: tuple[Directory, Directory]) -> None:
    from appli.services.exchanging.joining import introduce

    _one, other = two
    [partial] = network.files(other)
    stranger = network.pc("Neuf", joins=False, shares=False)
    for call in (
        lambda: introduce(network.of(other) / partial),
        lambda: receiving.receive(stranger, network.of(other) / partial, confirmed=True),
    ):
        with pytest.raises(UserError) as caught:
            call()
        assert caught.value.code == "partial_bundle"
    [whole] = network.files(_one)[:1]
    assert introduce(network.of(_one) / whole).space == "Réseau des Causses"


def test_another_network_in_the_same_folder_is_told_of_and_left_alone(
    network: Network, two: tuple[Directory, Directory], tmp_path: Path
) -> None:
    one, _other = two
    assert not standing(one).has_strangers
    (tmp_path / "ailleurs").mkdir()
    elsewhere = Network(tmp_path / "ailleurs")
    stranger = elsewhere.pc("Autre", shares=False)
    shared_folder.choose(stranger, network.root)
    go(stranger)
    assert standing(one).has_strangers
    assert standing(stranger).has_strangers
    assert not standing(one).has_work
    assert (standing(one).writers, standing(stranger).writers) == (2, 1)
    elsewhere.close()


def test_sheets_left_out_do_not_come_in_by_another_file(
    network: Network, two: tuple[Directory, Directory], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    zoe = person(one, "Zoé Essai")
    person(one, "Aimé Foulquier")
    go(one)
    receiving.receive(other, network.of(one) / network.files(one)[-1], confirmed=True, left_out={zoe})
    monkeypatch.setattr(folder_going, "ADDITIONS", 0)
    person(one, "Nour Exemplaire")
    go(one)
    go(other)
    assert other.reads.entry(zoe) is None
    assert [w.why for w in standing(other).waiting] == ["left_out"]
