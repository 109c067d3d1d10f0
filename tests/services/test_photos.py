"""Photos of sheets: who may see them, what becomes of a file, and that the erased are gone for real."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from appli.domain.audience import Audience
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.services import consenting, editing, erasing, photos, undoing
from appli.services.consenting import Answer
from appli.services.directory import Directory
from appli.services.editing import Assignment
from appli.services.photo_intake import MOST, photos_of
from appli.services.sheets import sheet
from appli.services.withdrawing import keep_for_myself
from tests.formats import images
from tests.services.forms import directory

__all__ = ["directory"]


def place(directory: Directory) -> RecordId:
    return editing.create_sheet(directory, "place", [Assignment("title", "=", "Four à pain")]).id


def zoe(directory: Directory) -> RecordId:
    return editing.create_sheet(directory, "person", [Assignment("name", "=", "Zoé Tréval")]).id


def agree(directory: Directory, person: RecordId, *, given: bool = True) -> None:
    consenting.note_consent(directory, person, [Answer("photo", given, "2026-11-22")])


def audiences(directory: Directory, record: RecordId) -> list[Audience]:
    return [p.audience for p in photos_of(directory, record)]


def edit(directory: Directory, record: RecordId, *words: tuple[str, str, str]) -> None:
    entry = directory.reads.entry(record)
    assert entry is not None
    editing.edit_sheet(directory, entry, [Assignment(*w) for w in words])  # type: ignore[arg-type]


def test_a_photo_of_a_place_is_shared_and_shown(directory: Directory, tmp_path: Path) -> None:
    four = place(directory)
    photos.add(directory, four, images.photo_file(tmp_path, "œuf <b>.jpg"), "Le four allumé")
    (shown,) = sheet(directory, four).photos
    assert (shown.alt, shown.audience) == ("Le four allumé", Audience.SHARED)
    assert shown.small is not None
    assert len(shown.small) <= 20_000
    large = photos.for_screen(directory, shown.sha256)
    assert large is not None
    assert Image.open(io.BytesIO(large)).size == (600, 800)
    assert directory.store.problems() == []


def test_a_person_s_photo_stays_here_until_she_agrees(directory: Directory, tmp_path: Path) -> None:
    person = zoe(directory)
    photos.add(directory, person, images.photo_file(tmp_path), audience=Audience.PUBLIC)
    edit(directory, person, ("photos", "+=", str(images.photo_file(tmp_path, "b.jpg", hue=40))))
    assert audiences(directory, person) == [Audience.PRIVATE] * 2
    (first, _second) = photos_of(directory, person)
    with pytest.raises(UserError) as caught:
        photos.share(directory, first.id, Audience.SHARED)
    assert caught.value.code == "photo_consent"
    with pytest.raises(UserError):
        edit(directory, person, ("photos", "@=", "partagé"))
    agree(directory, person)
    photos.share(directory, first.id, Audience.SHARED)
    photos.add(directory, person, images.photo_file(tmp_path, "c.jpg", hue=80))
    assert audiences(directory, person) == [Audience.SHARED, Audience.PRIVATE, Audience.SHARED]


@pytest.mark.parametrize("answer", ["no", "withdrawn", "off_screen"])
def test_no_and_no_longer_are_no(directory: Directory, tmp_path: Path, answer: str) -> None:
    person = zoe(directory)
    agree(directory, person)
    if answer == "off_screen":
        consenting.note_consent(directory, person, [Answer("screen", False)])
    else:
        agree(directory, person, given=False)
    photos.add(directory, person, images.photo_file(tmp_path))
    assert audiences(directory, person) == [Audience.PRIVATE]


def test_a_place_s_photo_stays_here_when_somebody_on_it_did_not_agree(directory: Directory, tmp_path: Path) -> None:
    four = place(directory)
    photos.add(directory, four, images.photo_file(tmp_path), audience=Audience.PRIVATE)
    (one,) = photos_of(directory, four)
    from appli.domain.changes import Put

    directory.do("Essai", [Put(one.id, "consent", "missing")])
    with pytest.raises(UserError):
        photos.share(directory, one.id, Audience.SHARED)


def test_adding_by_the_terminal_s_words(directory: Directory, tmp_path: Path) -> None:
    four = place(directory)
    a, b = images.photo_file(tmp_path, "a.jpg"), images.photo_file(tmp_path, "b.jpg", hue=40)
    edit(directory, four, ("photos", "+=", str(a)), ("photos", "+=", str(b)))
    edit(directory, four, ("photos", "+=", str(a)))
    names = [str(p.values["sha256"]) for p in photos_of(directory, four)]
    assert len(names) == 2, "the same photo is not put twice"
    edit(directory, four, ("photos", "-=", names[0][:8]))
    assert [p.values["sha256"] for p in photos_of(directory, four)] == names[1:]
    edit(directory, four, ("photos", "=", str(a)))
    assert [p.values["sha256"] for p in photos_of(directory, four)] == names[:1]
    edit(directory, four, ("photos", "=", ""))
    assert photos_of(directory, four) == []


def test_describing_ordering_removing_and_taking_it_back(directory: Directory, tmp_path: Path) -> None:
    four = place(directory)
    for hue in (0, 40, 80):
        photos.add(directory, four, images.photo_file(tmp_path, f"{hue}.jpg", hue=hue), f"n° {hue}")
    one, two, three = (p.id for p in photos_of(directory, four))
    photos.reorder(directory, four, [three, one])
    assert [p.id for p in photos_of(directory, four)] == [three, one, two]
    photos.describe(directory, two, "  La fournée  ")
    assert sheet(directory, four).photos[2].alt == "La fournée"
    photos.remove(directory, three)
    assert [p.id for p in photos_of(directory, four)] == [one, two]
    undoing.undo(directory)
    assert [p.small is not None for p in sheet(directory, four).photos] == [True] * 3


def test_a_sheet_is_no_album(directory: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appli.services.photo_intake.MOST", 2)
    four = place(directory)
    for hue in (0, 40):
        photos.add(directory, four, images.photo_file(tmp_path, hue=hue))
    for way in (lambda: photos.add(directory, four, images.photo_file(tmp_path, hue=80)),
                lambda: edit(directory, four, ("photos", "+=", str(images.photo_file(tmp_path, hue=90))))):  # fmt: skip
        with pytest.raises(UserError) as caught:
            way()
        assert caught.value.code == "too_many_photos"
    assert MOST == 30


def test_a_photo_that_is_not_here_or_is_none_keeps_its_place(directory: Directory, tmp_path: Path) -> None:
    four = place(directory)
    for hue in (0, 40):
        photos.add(directory, four, images.photo_file(tmp_path, hue=hue))
    first, second = (str(p.values["sha256"]) for p in photos_of(directory, four))
    directory.store.path.joinpath("photos", first).unlink()
    directory.store.path.joinpath("photos", second).write_bytes(b"<script>")
    assert [p.small for p in sheet(directory, four).photos] == [None, None]
    assert photos.for_screen(directory, first) is None


def test_a_frozen_sheet_takes_no_photo(directory: Directory, tmp_path: Path) -> None:
    four = place(directory)
    edit(directory, four, ("restricted", "=", "oui"))
    with pytest.raises(UserError) as caught:
        photos.add(directory, four, images.photo_file(tmp_path))
    assert caught.value.code == "restricted"


def on_disk(directory: Directory) -> bytes:
    return b"".join(p.read_bytes() for p in directory.store.path.rglob("*") if p.is_file())


def test_erasing_somebody_erases_her_photos_for_real(directory: Directory, tmp_path: Path) -> None:
    person, four = zoe(directory), place(directory)
    agree(directory, person)
    photos.add(directory, person, images.photo_file(tmp_path, "a.jpg"), "Zoé au marché")
    photos.add(directory, four, images.photo_file(tmp_path, "b.jpg", hue=60))
    hers, its = sheet(directory, person).photos[0], sheet(directory, four).photos[0]
    content = directory.store.photos.get(hers.sha256)
    assert content is not None
    assert hers.small is not None
    for needle in (content[len(content) // 2 :][:80], hers.small[len(hers.small) // 2 :][:80], b"march"):
        assert needle in on_disk(directory)
    erasing.erase(directory, person)
    for needle in (
        content[len(content) // 2 :][:80],
        hers.small[len(hers.small) // 2 :][:80],
        hers.sha256.encode(),
        b"march",
    ):
        assert needle not in on_disk(directory)
    assert directory.store.photos.names() == {its.sha256}


def test_one_photo_alone_can_be_erased(directory: Directory, tmp_path: Path) -> None:
    four = place(directory)
    photos.add(directory, four, images.photo_file(tmp_path))
    (one,) = photos_of(directory, four)
    erasing.erase_part(directory, one.id, "Effacer une photo")
    assert directory.store.photos.names() == set()
    assert sheet(directory, four).photos == ()


def test_who_is_erased_elsewhere_and_kept_here_keeps_her_photos(directory: Directory, tmp_path: Path) -> None:
    person = zoe(directory)
    agree(directory, person)
    photos.add(directory, person, images.photo_file(tmp_path), "Au marché")
    copy = keep_for_myself(directory, person)
    (shown,) = sheet(directory, copy).photos
    assert (shown.alt, shown.audience) == ("Au marché", Audience.PRIVATE)
    assert shown.small is not None
