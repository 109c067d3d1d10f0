"""Pictures that people give: what becomes of a good one, and that nothing else passes."""

from __future__ import annotations

import io
import os
import random
from pathlib import Path

import pytest
from PIL import Image

from appli.errors import UserError
from appli.formats import pictures
from tests.formats import images


def read(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def prepared(folder: Path, raw: bytes, name: str = "photo.jpg") -> bytes:
    path = folder / name
    path.write_bytes(raw)
    return pictures.prepare(path).content


def test_nothing_of_where_when_and_whose_stays(tmp_path: Path) -> None:
    raw = images.with_gps(images.portrait())
    assert read(raw).getexif().get_ifd(0x8825), "the test gives a place"
    for said in (raw, images.png_with_words(images.portrait())):
        made = prepared(tmp_path, said)
        image = read(made)
        assert not image.getexif()
        assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        for mark in (b"Exif", b"xmp", b"adobe", b"GPS", images.SECRET.encode(), images.SECRET.encode("utf-16le")):
            assert mark not in made


@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (-1, -1)), (6, (-1, 0)), (8, (0, -1))])
def test_it_stands_upright(tmp_path: Path, orientation: int, corner: tuple[int, int]) -> None:
    image = Image.new("RGB", (400, 200), "white")
    image.paste((200, 0, 0), (0, 0, 60, 60))
    made = read(prepared(tmp_path, images.with_gps(image, orientation)))
    assert made.size == ((400, 200) if orientation in (1, 3) else (200, 400))
    at = tuple(10 if c == 0 else side - 10 for c, side in zip(corner, made.size, strict=True))
    red, green, _blue = made.getpixel(at)
    assert red > 150
    assert green < 80


def test_it_becomes_small(tmp_path: Path) -> None:
    noise = Image.effect_noise((2400, 1800), 90).convert("RGB")
    made = prepared(tmp_path, images.as_bytes(noise, quality=95))
    assert len(made) <= pictures.KEPT_BYTES
    assert max(read(made).size) <= pictures.SIDE
    small = pictures.thumbnail(made)
    assert small is not None
    assert len(small) <= pictures.SMALL_BYTES
    assert max(read(small).size) <= pictures.SMALL_SIDE


def test_a_small_one_is_not_blown_up(tmp_path: Path) -> None:
    assert read(prepared(tmp_path, images.as_bytes(images.portrait(40, 30)))).size == (40, 30)


@pytest.mark.parametrize("sort", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16"])
def test_every_usual_picture_passes_whatever_its_name_says(tmp_path: Path, sort: str, mode: str) -> None:
    try:
        raw = images.as_bytes(images.portrait(120, 90).convert("I").convert(mode) if ";" in mode
                              else images.portrait(120, 90).convert(mode), sort)  # fmt: skip
    except (OSError, KeyError, ValueError):
        return  # no such file exists
    made = read(prepared(tmp_path, raw, "n’importe quoi.txt"))
    assert (made.mode, made.size, made.format) == ("RGB", (120, 90), "JPEG")


def test_what_was_transparent_is_white(tmp_path: Path) -> None:
    made = read(prepared(tmp_path, images.as_bytes(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG")))
    assert min(made.getpixel((25, 25))) > 250


def refusal(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        pictures.prepare(path)
    assert "Rien n’a changé." in caught.value.message
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty_picture"),
        (b"\xff\xd8\xff", "no_picture"),
        (b"Nom;Commune\nZo\xc3\xa9;Florac\n", "no_picture"),
        (b"%PDF-1.7 not a picture at all", "no_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "svg_refused"),
        (b"\xef\xbb\xbf <?xml version='1.0'?>\n<!-- x --><SVG/>", "svg_refused"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), "heic_refused"),
        (images.png_bomb(), "picture_bomb"),
        (images.jpeg_bomb(), "picture_bomb"),
        (images.as_bytes(images.portrait())[:4000], "damaged_picture"),
        (images.as_bytes(images.portrait(), "PNG")[:4000], "damaged_picture"),
        (images.as_bytes(images.portrait(), "WEBP")[:2000], "damaged_picture"),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused_in_french(tmp_path: Path, raw: bytes, code: str) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(raw)
    assert refusal(path).code == code


def test_a_file_beyond_measure_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "film.jpg"
    with path.open("wb") as file:
        file.truncate(100 << 20)
    assert refusal(path).code == "picture_too_big"


@pytest.mark.parametrize("name", ["<script>alert(1)</script>.jpg", "œuf brouillé – Noël.jpg", "n" * 240 + ".jpg"])
def test_names_are_words_and_cut(tmp_path: Path, name: str) -> None:
    path = tmp_path / name.replace("/", "∕")
    path.write_bytes(b"")
    message = refusal(path).message
    assert path.name[:40] in message
    assert len(message) < 140


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tuyau.jpg")
    for path in (tmp_path, tmp_path / "tuyau.jpg", tmp_path / "absente.jpg", Path("/dev/zero")):
        assert refusal(path).code == "no_picture"


def test_damaged_bytes_end_in_a_sentence_or_in_a_picture(tmp_path: Path) -> None:
    rng, path = random.Random(48), tmp_path / "photo"
    whole = [images.as_bytes(images.portrait(80, 60), sort) for sort in ("JPEG", "PNG", "WEBP", "GIF", "BMP")]
    whole.append(images.with_gps(images.portrait(80, 60)))
    ends = {"made": 0, "refused": 0}
    for _ in range(300):
        raw = bytearray(rng.choice(whole))
        for _bit in range(rng.randint(1, 12)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        path.write_bytes(bytes(raw))
        try:
            assert read(pictures.prepare(path).content).format == "JPEG"
            ends["made"] += 1
        except UserError:
            ends["refused"] += 1
    assert min(ends.values()) > 20


@pytest.mark.parametrize("content", [b"", b"x" * 100, images.png_bomb(), b"<svg/>"])
def test_what_came_from_elsewhere_and_is_no_picture_shows_nothing(content: bytes) -> None:
    assert pictures.thumbnail(content) is None
    assert pictures.for_screen(content) is None
