"""Photos in packets: what goes, what is asked for, what is believed; through real files between two directories."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.domain.audience import Audience
from appli.domain.changes import Create, Put
from appli.domain.ids import RecordId, new_id
from appli.exchange.reading import open_bundle
from appli.services import consenting, editing, photos
from appli.services.consenting import Answer
from appli.services.directory import Directory
from appli.services.editing import Assignment
from appli.services.erasing import erase, erase_part
from appli.services.exchanging import giving, peers, pictures, receiving
from appli.services.photo_intake import photos_of
from appli.services.sheets import sheet
from appli.services.spaces import SpaceFacts, found
from tests.formats import images


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Directory]:
    opened = open_directory(tmp_path / "un")
    found(opened, SpaceFacts("Réseau des Causses", replica_label="Accueil"))
    yield opened
    opened.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Directory]:
    opened = open_directory(tmp_path / "deux")
    yield opened
    opened.close()


def place(directory: Directory, title: str = "Four à pain") -> RecordId:
    return editing.create_sheet(directory, "place", [Assignment("title", "=", title)]).id


def with_photo(directory: Directory, sheet_: RecordId, folder: Path, hue: int = 0, **said: object) -> str:
    photos.add(directory, sheet_, images.photo_file(folder, f"{hue}.jpg", hue=hue), **said)  # type: ignore[arg-type]
    return str(photos_of(directory, sheet_)[-1].values["sha256"])


def give(giver: Directory, taker: Directory, file: Path, to: peers.Peer | None = None) -> list[Path]:
    given = giving.give(giver, file, to=to)
    for path in given.paths:
        receiving.receive(taker, path, confirmed=True)
    return list(given.paths)


def inside(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return {n.removeprefix("photos/") for n in archive.namelist() if n.startswith("photos/")}


def small(directory: Directory, sheet_: RecordId) -> list[bool]:
    return [p.small is not None for p in sheet(directory, sheet_).photos]


def test_a_photo_goes_with_its_sheet_and_is_shown_there(one: Directory, other: Directory, tmp_path: Path) -> None:
    four = place(one)
    name = with_photo(one, four, tmp_path, alt="Le four")
    (file,) = give(one, other, tmp_path / "1.maille")
    assert inside(file) == {name}
    assert small(other, four) == [True]
    assert other.store.photos.get(name) == one.store.photos.get(name)
    assert one.store.digest() == other.store.digest()
    assert other.store.problems() == []


def test_what_is_private_or_not_agreed_to_does_not_go(one: Directory, other: Directory, tmp_path: Path) -> None:
    four, zoe = place(one), new_id()
    one.do("Essai", [Create(zoe, "person", {"name": {"display": "Zoé Tréval"}})])
    kept = with_photo(one, four, tmp_path, 10, audience=Audience.PRIVATE)
    hers = with_photo(one, zoe, tmp_path, 20)
    consenting.note_consent(one, zoe, [Answer("photo", True)])
    agreed = with_photo(one, zoe, tmp_path, 30)
    (file,) = give(one, other, tmp_path / "1.maille")
    assert inside(file) == {agreed}
    for name in (kept, hers):
        content = one.store.photos.get(name)
        assert content is not None
        assert content[len(content) // 2 :][:80] not in file.read_bytes()
        assert name.encode() not in b"".join(p.read_bytes() for p in other.store.path.rglob("*") if p.is_file())
    consenting.note_consent(one, zoe, [Answer("photo", False)])
    giving.give(one, tmp_path / "2.maille")
    assert inside(tmp_path / "2.maille") == set(), "the yes was taken back"
    assert small(other, zoe) == [True]
    receiving.receive(other, tmp_path / "2.maille", confirmed=True)
    for directory in (one, other):
        shared = [p for p in sheet(directory, zoe).photos if p.audience > Audience.PRIVATE]
        assert [(p.small, p.withheld) for p in shared] == [(None, True)], "her no governs every screen"


def test_only_those_for_everybody_go_to_everybody(one: Directory, tmp_path: Path) -> None:
    four = place(one)
    with_photo(one, four, tmp_path, 10)
    public = with_photo(one, four, tmp_path, 20, audience=Audience.PUBLIC)
    giving.give(one, tmp_path / "1.maille", audience=Audience.PUBLIC)
    assert inside(tmp_path / "1.maille") == {public}
    with open_bundle(tmp_path / "1.maille") as bundle:
        assert bundle.manifest.heading.lacks == ()


def test_what_found_no_room_is_asked_for_and_comes_with_the_next_packet(
    one: Directory, other: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    four = place(one)
    names = [with_photo(one, four, tmp_path, hue) for hue in (10, 30, 50)]
    sizes = [one.store.photos.size(name) or 0 for name in names]
    monkeypatch.setattr(pictures, "AT_MOST", sizes[2] + sizes[1])
    (file,) = give(one, other, tmp_path / "1.maille")
    assert inside(file) == set(names[1:]), "the newest first"
    assert small(other, four) == [False, True, True]
    assert pictures.lacking(other) == (names[0],)

    give(other, one, tmp_path / "back.maille")
    (known,) = peers.peers(one)
    assert known.lacks == [names[0]]
    (file,) = give(one, other, tmp_path / "2.maille", to=known)
    assert inside(file) == {names[0]}
    assert small(other, four) == [True] * 3
    assert peers.peers(one)[0].lacks == []
    giving.give(one, tmp_path / "3.maille", to=peers.peers(one)[0])
    assert inside(tmp_path / "3.maille") == set()


def test_a_packet_for_all_begins_with_what_anybody_asked_for(
    one: Directory, other: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    four = place(one)
    names = [with_photo(one, four, tmp_path, hue) for hue in (10, 50)]
    monkeypatch.setattr(pictures, "AT_MOST", max(one.store.photos.size(name) or 0 for name in names))
    give(one, other, tmp_path / "1.maille")
    give(other, one, tmp_path / "back.maille")
    (file,) = give(one, other, tmp_path / "2.maille")
    assert inside(file) == {names[0]}
    assert small(other, four) == [True, True]


def test_an_incremental_packet_brings_the_photos_of_its_records_alone(
    one: Directory, other: Directory, tmp_path: Path
) -> None:
    four = place(one)
    with_photo(one, four, tmp_path, 10)
    give(one, other, tmp_path / "1.maille")
    give(other, one, tmp_path / "back.maille")
    new = with_photo(one, four, tmp_path, 60)
    (known,) = peers.peers(one)
    (file,) = give(one, other, tmp_path / "2.maille", to=known)
    assert inside(file) == {new}
    assert small(other, four) == [True, True]


def test_photos_are_shared_out_among_volumes(
    one: Directory, other: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    four = place(one)
    names = {with_photo(one, four, tmp_path, hue) for hue in (10, 30, 50, 70)}
    biggest = max(one.store.photos.size(name) or 0 for name in names)
    monkeypatch.setattr("appli.exchange.limits.VOLUME", (70 << 10) + 2 * biggest)
    given = giving.give(one, tmp_path / "v.maille", volumes=True)
    assert len(given.paths) > 1
    assert all(path.stat().st_size <= (70 << 10) + 2 * biggest for path in given.paths)
    assert set().union(*map(inside, given.paths)) == names
    # the last volume first: its photos have no record yet, and are not kept for nothing
    for path in (*reversed(given.paths), given.paths[-1]):
        receiving.receive(other, path, confirmed=True)
    assert small(other, four) == [True] * 4
    assert other.store.problems() == []


def test_what_nothing_names_is_not_kept_nor_what_was_erased(one: Directory, other: Directory, tmp_path: Path) -> None:
    four = place(one)
    name = with_photo(one, four, tmp_path, 10)
    give(one, other, tmp_path / "1.maille")
    assert other.store.photos.names() == {name}
    erase(other, four)
    assert other.store.photos.names() == set()
    receiving.receive(other, tmp_path / "1.maille", confirmed=True)
    assert other.store.photos.names() == set(), "an old packet brings nobody back"
    receiving.receive(other, tmp_path / "1.maille", confirmed=True)
    content = one.store.photos.get(name)
    assert content is not None
    assert content[len(content) // 2 :][:80] not in b"".join(
        p.read_bytes() for p in other.store.path.rglob("*") if p.is_file()
    )


def test_taking_a_packet_back_takes_its_photos_and_it_can_come_again(
    one: Directory, other: Directory, tmp_path: Path
) -> None:
    four = place(one)
    name = with_photo(one, four, tmp_path, 10)
    giving.give(one, tmp_path / "1.maille")
    done = receiving.receive(other, tmp_path / "1.maille", confirmed=True)
    assert other.store.photos.names() == {name}
    assert done.seq is not None
    receiving.take_back(other, done.seq)
    assert other.reads.entry(four) is None
    receiving.receive(other, tmp_path / "1.maille", confirmed=True)
    assert small(other, four) == [True]


def test_a_damaged_photo_here_is_no_reason_to_make_no_packet(one: Directory, other: Directory, tmp_path: Path) -> None:
    four = place(one)
    bad, good = with_photo(one, four, tmp_path, 10), with_photo(one, four, tmp_path, 40)
    one.store.path.joinpath("photos", bad).write_bytes(b"x")
    (file,) = give(one, other, tmp_path / "1.maille")
    assert inside(file) == {good}
    assert small(other, four) == [False, True]


def test_what_says_it_is_a_photo_and_is_none_shows_nothing(one: Directory, other: Directory, tmp_path: Path) -> None:
    four = place(one)
    with_photo(one, four, tmp_path, 10)
    (row,) = photos_of(one, four)
    hostile = one.store.photos.put(b"<svg onload=alert(1)>" + images.png_bomb())
    one.do("Essai", [Put(row.id, "sha256", hostile)])
    (file,) = give(one, other, tmp_path / "1.maille")
    assert inside(file) == {hostile}
    assert small(other, four) == [False]
    assert photos.for_screen(other, hostile) is None


def bytes_in(directory: Directory) -> bytes:
    return b"".join(p.read_bytes() for p in directory.store.path.rglob("*") if p.is_file())


@pytest.mark.parametrize("alone", [True, False])
def test_an_order_to_erase_takes_the_photo_on_every_pc(
    one: Directory, other: Directory, tmp_path: Path, alone: bool
) -> None:
    four = place(one)
    name = with_photo(one, four, tmp_path, 10, alt="Zoé devant le four")
    give(one, other, tmp_path / "1.maille")
    stick = tmp_path / "stick.maille"
    stick.write_bytes((tmp_path / "1.maille").read_bytes())
    content = other.store.photos.get(name)
    (shown,) = sheet(other, four).photos
    assert content is not None
    assert shown.small is not None
    erase_part(one, shown.id, "Effacer une photo") if alone else erase(one, four)
    assert not (tmp_path / "1.maille").exists(), "packets written here go too"
    give(one, other, tmp_path / "2.maille")
    receiving.receive(other, stick, confirmed=True)
    for directory in (one, other):
        assert directory.store.photos.names() == set()
        for needle in (content[len(content) // 2 :][:80], shown.small[len(shown.small) // 2 :][:80]):
            assert needle not in bytes_in(directory)
        assert name.encode() not in b"".join(p.read_bytes() for p in directory.store.path.glob("*.db*"))
        assert directory.store.problems() == []
    assert one.store.digest() == other.store.digest()


def test_the_preview_tells_of_photos_before_any_of_them_is_kept(
    one: Directory, other: Directory, tmp_path: Path
) -> None:
    four = place(one)
    with_photo(one, four, tmp_path, 10, alt="Le four")
    with_photo(one, four, tmp_path, 40)
    giving.give(one, tmp_path / "1.maille")
    opened, preview = receiving.examine(other, tmp_path / "1.maille")
    opened.bundle.close()
    (change,) = [s for s in preview.sheets if s.id == four]
    told = [said.words for line in change.lines if line.label == "Photo" for said in line.after]
    assert sorted(told) == ["Le four", "sans description"]
    assert other.store.photos.names() == set()
