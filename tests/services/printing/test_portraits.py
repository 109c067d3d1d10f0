"""Photos on paper: small, without a word of where or when, only of who agreed; initials for the others."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from appli.domain.audience import Audience
from appli.domain.changes import Create
from appli.domain.ids import RecordId, new_id
from appli.services import photos
from appli.services.consenting import Answer, note_consent
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet
from appli.services.printing import printing
from appli.services.printing.edition import new_edition

FACES = new_edition("trombinoscope")


@pytest.fixture
def odette(one: Directory) -> RecordId:
    person = create_sheet(one, "person", [Assignment("name", "=", "Odette Vanel")], None).id
    note_consent(one, person, [Answer("photo", True)])
    return person


def _file(folder: Path, size: tuple[int, int]) -> Path:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (44.0, 31.0, 5.0), 3: "E", 4: (3.0, 30.0, 3.0)})
    exif[0x010F] = "Appareil de Mende"
    file = folder / "photo.jpg"
    Image.new("RGB", size, "teal").save(file, "JPEG", exif=exif)
    return file


def pictures(one: Directory) -> dict[str, bytes]:
    job = printing.job_of(one, FACES)
    printing.data_of(job)
    return job.pictures


def test_a_photo_is_small_and_says_nothing_beside_the_image(one: Directory, odette: RecordId, tmp_path: Path) -> None:
    photos.add(one, odette, _file(tmp_path, (3000, 4000)), "Odette au marché")
    ((name, content),) = pictures(one).items()
    assert name.startswith("photos/")
    assert len(content) <= 20_000
    with Image.open(io.BytesIO(content)) as image:
        assert max(image.size) <= 320
        assert not image.getexif()
    printed = printing.print_edition(one, FACES)
    assert b"Appareil" not in printed.pdf
    (page,) = PdfReader(io.BytesIO(printed.pdf)).pages
    assert len(page.images) == 1


def test_one_who_took_her_yes_back_is_shown_by_her_initials(one: Directory, odette: RecordId, tmp_path: Path) -> None:
    photos.add(one, odette, _file(tmp_path, (60, 60)))
    note_consent(one, odette, [Answer("photo", False)])
    assert pictures(one) == {}
    assert "Vanel, Odette" in PdfReader(io.BytesIO(printing.print_edition(one, FACES).pdf)).pages[0].extract_text()


def test_what_came_by_a_packet_and_cannot_be_decoded_leaves_initials(one: Directory, odette: RecordId) -> None:
    """A picture that is enormous once opened, and one that is none."""
    enormous = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(enormous, "PNG")
    for content in (enormous.getvalue(), b"no picture"):
        name = one.store.photos.put(content)
        values = {"owner": odette.hex(), "sha256": name, "audience": int(Audience.SHARED)}
        one.do("Reçu", [Create(new_id(one.store.folder.clock()), "photo", values)])
    assert pictures(one) == {}
    assert printing.print_edition(one, FACES).records == 1


def test_without_the_option_no_photo_is_read(one: Directory, odette: RecordId, tmp_path: Path) -> None:
    photos.add(one, odette, _file(tmp_path, (60, 60)))
    job = printing.job_of(one, replace(FACES, options={"photos": False}))
    printing.data_of(job)
    assert job.pictures == {}
