"""A tile is known by its bytes, a map's place by its tiles, and a stranger's words are only words."""

from __future__ import annotations

import gzip
import math
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.domain.map_tiles import (
    WORLD,
    Bounds,
    believed,
    bounds_of,
    inflated,
    layers_of,
    plain_words,
    tile_bounds,
    tile_type_of,
)
from tests.hostile import HOSTILE
from tests.map_files import drawing, picture


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture(), "png"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "jpeg"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp"),
        (b"\x00\x00\x00\x1cftypavif", "avif"),
        (drawing("roads", "earth"), "mvt"),
        (b"\x05\x01rues", ""),
        (b"<html></html>", ""),
        (b"GIF89a", ""),
        (b"", ""),
    ],
)
def test_a_tile_is_known_by_its_bytes(content: bytes, kind: str) -> None:
    assert tile_type_of(content) == kind


@given(st.binary(max_size=200))
def test_any_bytes_are_looked_at_calmly(content: bytes) -> None:
    for some in (content, b"\x1a" + content, drawing("roads") + content):
        assert tile_type_of(some) in {"png", "jpeg", "webp", "avif", "mvt", ""}


def test_the_layers_of_a_tile() -> None:
    assert layers_of(drawing("transportation", "place")) == ("transportation", "place")
    assert layers_of(drawing("transportation")[:-3]) == ()


def test_tiles_are_uncompressed_whatever_the_way() -> None:
    plain = drawing("roads")
    assert [inflated(one) for one in (plain, gzip.compress(plain), zlib.compress(plain))] == [plain] * 3
    with pytest.raises(EOFError):
        inflated(gzip.compress(bytes(10_000)), largest=1000)
    with pytest.raises(EOFError):
        inflated(gzip.compress(plain)[:-9])


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_words_are_only_words(text: str) -> None:
    words = plain_words(text)
    assert len(words) <= 300
    assert "<" not in words or "&lt;" in text
    assert "alert" not in words or "<script" not in text
    assert not set(words) & set("\x00\x01\n\r\t\u202e\u2066\u2028\ud800")


def test_a_thanks_written_in_html_is_read() -> None:
    link = '<a href="https://www.openstreetmap.org/copyright">&copy; OpenStreetMap</a> <b>&amp; amis</b>'
    assert plain_words(link) == "© OpenStreetMap & amis"
    assert plain_words(None) == ""


@given(st.integers(0, 20), st.floats(0, 0.999), st.floats(0, 0.999))
def test_a_tile_lies_in_its_parent(z: int, right: float, down: float) -> None:
    x, y = int(right * 2**z), int(down * 2**z)
    inner, outer = tile_bounds(z, x, y), tile_bounds(max(0, z - 1), x >> (z > 0), y >> (z > 0))
    assert outer[0] - 1e-9 <= inner[0] < inner[2] <= outer[2] + 1e-9
    assert outer[1] - 1e-9 <= inner[1] < inner[3] <= outer[3] + 1e-9


def test_tiles_count_for_more_than_words() -> None:
    seen = bounds_of([(9, 260, 185), (9, 261, 186)])
    assert seen
    assert believed(None, seen) == (seen, False)
    assert believed((48, 2, 49, 3), seen) == (seen, True)
    assert believed((44.3, 3.2, 44.5, 3.5), seen) == ((44.3, 3.2, 44.5, 3.5), False)
    assert believed((0, 0, math.inf, 1), None) == (WORLD, True)


@given(st.tuples(*[st.floats(allow_nan=True)] * 4))
def test_bounds_to_go_by_are_always_a_rectangle(said: Bounds) -> None:
    south, west, north, east = believed(said, WORLD)[0]
    assert south < north
    assert west < east
