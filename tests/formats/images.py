"""Invented pictures as real bytes: portraits, what cameras write around them, and what nobody should open."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, PngImagePlugin

GPS = b"N\x00\x00\x00"
SECRET = "Appareil de Zoé Tréval, 3 rue du Secret"


def portrait(width: int = 600, height: int = 800, hue: int = 0) -> Image.Image:
    """Somebody drawn with a few shapes, on a sky that has enough in it to weigh something."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image = Image.blend(image, Image.new("RGB", image.size, (90 + hue, 140, 190 - hue)), 0.6)
    pen = ImageDraw.Draw(image)
    middle, top, face = width // 2, height // 3, min(width, height) // 5
    pen.ellipse((middle - 2 * face, top + face, middle + 2 * face, top + 5 * face), fill=(60 + hue, 90, 70))
    pen.ellipse((middle - face, top - face, middle + face, top + face), fill=(224, 180 - hue // 2, 150))
    pen.pieslice((middle - face, top - face, middle + face, top + face // 2), 180, 360, fill=(70, 45, 30))
    for side in (-1, 1):
        pen.ellipse((middle + side * face // 2 - 6, top, middle + side * face // 2 + 6, top + 12), fill=(30, 30, 30))
    pen.arc((middle - face // 2, top, middle + face // 2, top + face // 2), 20, 160, fill=(150, 60, 60), width=5)
    return image


def as_bytes(image: Image.Image, sort: str = "JPEG", **options: object) -> bytes:
    written = io.BytesIO()
    image.save(written, sort, **options)
    return written.getvalue()


def with_gps(image: Image.Image, orientation: int = 1) -> bytes:
    """A JPEG as a telephone writes it: where, when, with what, and how it was held."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9C9B] = orientation, SECRET, SECRET.encode("utf-16le")
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (44.0, 19.0, 25.3)
    place[3], place[4] = "E", (3.0, 35.0, 36.9)
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{SECRET}</x:xmpmeta>'.encode()
    return as_bytes(image, exif=exif.tobytes(), comment=SECRET.encode(), xmp=xmp, dpi=(300, 300))


def png_with_words(image: Image.Image) -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_itxt("Comment", SECRET)
    return as_bytes(image, "PNG", pnginfo=words)


def png_bomb(side: int = 50_000) -> bytes:
    """A picture of 50,000 by 50,000 in a few kilobytes."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1_000_000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def jpeg_bomb() -> bytes:
    """A JPEG that says it is 65,000 by 65,000."""
    made = bytearray(as_bytes(portrait(64, 64)))
    at = made.index(b"\xff\xc0") + 5
    made[at : at + 4] = struct.pack(">HH", 65_000, 65_000)
    return bytes(made)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def photo_file(folder: Path, name: str = "portrait.jpg", hue: int = 0) -> Path:
    """A file to choose."""
    path = folder / name
    path.write_bytes(with_gps(portrait(hue=hue)))
    return path
