"""Photos beside the base: kept whole or not at all, as long as something names them, and gone for real when erased."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from appli.domain.audience import Audience
from appli.domain.changes import Create, Erase, Put
from appli.domain.ids import RecordId, new_id
from appli.store.photos import Photos
from appli.store.restore import rescue
from appli.store.store import Store
from tests.store.conftest import create, do, person
from tests.store.network import Pc, handed_over, received

MARKET = b"\xff\xd8 le march\xc3\xa9 de Florac " * 50
OVEN = b"\xff\xd8 le four \xc3\xa0 pain " * 50


def photo(store: Store, owner: RecordId, content: bytes, **values: object) -> RecordId:
    name = store.photos.put(content)
    return create(store, "photo", owner=owner, sha256=name, mime="image/jpeg", size=len(content), **values)


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def on_disk(store: Store) -> set[str]:
    return {p.name for p in store.path.joinpath("photos").rglob("*") if p.is_file()}


def test_a_photo_is_kept_under_its_fingerprint_once(store: Store) -> None:
    name = store.photos.put(MARKET)
    assert name == fingerprint(MARKET)
    assert store.photos.put(MARKET) == name
    assert store.photos.get(name) == MARKET
    assert store.photos.size(name) == len(MARKET)
    assert on_disk(store) == {name}


def test_what_is_no_longer_what_it_was_is_not_shown_and_can_be_put_right(store: Store) -> None:
    name = store.photos.put(MARKET)
    (store.path / "photos" / name).write_bytes(MARKET[:-1])
    assert store.photos.get(name) is None
    store.photos.put(MARKET)
    assert store.photos.get(name) == MARKET


@pytest.mark.parametrize("name", ["", "../prive.db", "a" * 63, "A" * 64, "/etc/passwd", f"{'a' * 64}/..", "é" * 64])
def test_only_a_fingerprint_becomes_a_path(store: Store, name: str) -> None:
    assert store.photos.get(name) is None
    assert store.photos.small(name) is None
    assert store.photos.size(name) is None


def test_a_write_that_fails_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("appli.store.photos.os.fsync", full)
    with pytest.raises(Exception, match="plus de place"):
        store.photos.put(MARKET)
    assert on_disk(store) == set()


def test_what_a_record_of_either_file_names_stays(store: Store) -> None:
    place = create(store, "place", title="Four à pain")
    photo(store, place, MARKET)
    photo(store, place, OVEN, audience=Audience.PRIVATE)
    store.photos.keep_small(fingerprint(MARKET), b"small")
    stray = store.photos.put(b"nobody names this")
    assert store.photos.sweep() == {stray}
    assert store.photos.names() == {fingerprint(MARKET), fingerprint(OVEN)}
    assert store.photos.small(fingerprint(MARKET)) == b"small"


def test_the_trash_the_journal_and_a_draft_keep_a_photo(store: Store) -> None:
    place = create(store, "place", title="Four à pain")
    do(store, Put(photo(store, place, MARKET), "trashed", True))
    seq = do(store, Create(new_id(), "photo", {"owner": place.hex(), "sha256": store.photos.put(OVEN)})).entry
    assert seq is not None
    do(store, *store.inverse(seq).changes, undoes=seq)
    typed = store.photos.put(b"typed, not saved")
    store.note("draft", place.hex(), {"filled": {"contents": {"photos/+0/sha256": typed}}})
    assert store.photos.sweep() == set()
    store.note("draft", place.hex(), None)
    assert store.photos.sweep() == {typed}


def test_erasing_takes_photos_and_thumbnails_for_real(store: Store) -> None:
    zoe, place = person(store), create(store, "place", title="Four à pain")
    photo(store, zoe, MARKET)
    photo(store, zoe, OVEN)
    photo(store, place, OVEN)
    for content in (MARKET, OVEN):
        store.photos.keep_small(fingerprint(content), b"small " + content[:20])
    store.backup("avant")
    do(store, Erase(zoe))
    assert store.photos.names() == {fingerprint(OVEN)}, "the other sheet still shows it"
    assert not _holding(store.path, MARKET[:30])
    assert not _holding(store.path / "photos", b"small " + MARKET[:20])


def test_a_private_photo_of_somebody_erased_goes_though_a_backup_names_it(store: Store) -> None:
    zoe = person(store)
    photo(store, zoe, MARKET, audience=Audience.PRIVATE)
    store.backup("avant")
    do(store, Erase(zoe))
    assert on_disk(store) == set()


def test_what_a_backup_would_bring_back_stays_until_that_backup_goes(new_pc: Callable[[], Pc]) -> None:
    mine, theirs = new_pc(), new_pc()
    place = create(theirs.store, "place", title="Four à pain")
    photo(theirs.store, place, MARKET)
    mine.store.photos.put(MARKET)
    seq = received(mine.store, handed_over(theirs.store, mine.knowledge))
    kept = mine.store.backup("avant")
    mine.store.take_back(seq)
    assert mine.store.photos.names() == {fingerprint(MARKET)}
    for one in sorted(kept.path.iterdir()):
        one.unlink()
    assert mine.store.photos.sweep() == {fingerprint(MARKET)}


def test_taking_a_packet_back_takes_its_photos(new_pc: Callable[[], Pc]) -> None:
    mine, theirs = new_pc(), new_pc()
    photo(theirs.store, create(theirs.store, "place", title="Four à pain"), MARKET)
    mine.store.photos.put(MARKET)
    seq = received(mine.store, handed_over(theirs.store, mine.knowledge))
    assert mine.store.photos.get(fingerprint(MARKET)) == MARKET
    mine.store.take_back(seq)
    assert on_disk(mine.store) == set()


def test_an_erasure_that_was_interrupted_is_finished_at_the_next_opening(
    pc: Pc, monkeypatch: pytest.MonkeyPatch
) -> None:
    zoe = person(pc.store)
    photo(pc.store, zoe, MARKET)
    with monkeypatch.context() as cut:
        cut.setattr(Photos, "sweep", _power_cut)
        with pytest.raises(KeyboardInterrupt):
            do(pc.store, Erase(zoe))
    assert fingerprint(MARKET) in on_disk(pc.store)
    pc.close()
    with Store(pc.folder, pc.config) as again:
        assert on_disk(again) == set()


def _power_cut(_photos: Photos) -> None:
    raise KeyboardInterrupt


def test_looking_over_names_what_is_missing_damaged_or_stray(store: Store) -> None:
    place = create(store, "place", title="Four à pain")
    for content in (MARKET, OVEN):
        photo(store, place, content)
    assert store.problems() == []
    (store.path / "photos" / fingerprint(MARKET)).unlink()
    (store.path / "photos" / fingerprint(OVEN)).write_bytes(b"x")
    stray = store.photos.put(b"stray")
    said = store.problems()
    assert len(said) == 3
    for sentence, name in zip(said, (fingerprint(MARKET), fingerprint(OVEN), stray), strict=True):
        assert name[:12] in sentence
    assert store.photos.missing() == [fingerprint(MARKET)]


def test_nothing_is_asked_for_that_lies_in_the_trash(store: Store) -> None:
    place = create(store, "place", title="Four à pain")
    one = create(store, "photo", owner=place, sha256=fingerprint(MARKET), size=10)
    assert store.photos.missing() == [fingerprint(MARKET)]
    do(store, Put(one, "trashed", True))
    assert store.photos.missing() == []


def _holding(path: Path, needle: bytes) -> list[Path]:
    """The files that hold these bytes."""
    return [p for p in path.rglob("*") if p.is_file() and needle in p.read_bytes()]


def saved(store: Store) -> set[str]:
    return {p.name for p in store.path.joinpath("sauvegardes", "photos").glob("*")}


def test_photos_lie_beside_the_backups_too_and_leave_with_whoever_is_erased(store: Store) -> None:
    owner = person(store, "Élise")
    photo(store, owner, MARKET)
    store.backup("manuelle")
    assert saved(store) == {fingerprint(MARKET)}
    photo(store, person(store, "Mathieu"), OVEN)
    store.backup("manuelle")
    assert saved(store) == {fingerprint(MARKET), fingerprint(OVEN)}
    do(store, Erase(owner))
    assert saved(store) == on_disk(store) == {fingerprint(OVEN)}


def test_a_folder_whose_backups_alone_are_left_gets_its_photos_back(store: Store, tmp_path: Path) -> None:
    owner = person(store, "Élise")
    photo(store, owner, MARKET)
    name = store.backup("manuelle").name
    store.photos.put(OVEN)
    store.photos.back_up()  # what nothing names does not come back
    left = tmp_path / "cle" / "annuaire"
    left.mkdir(parents=True)
    shutil.copytree(store.path / "sauvegardes", left / "sauvegardes")
    rescue(left, name)
    with Store(left, tmp_path / "autre-poste") as again:
        assert again.photos.get(fingerprint(MARKET)) == MARKET
        assert on_disk(again) == {fingerprint(MARKET)}
    assert not list(left.glob("base-abimee-*"))
