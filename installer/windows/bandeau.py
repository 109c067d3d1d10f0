"""Turns the panel beside the installer's first and last words into a bitmap, the one kind of picture that NSIS shows.

python bandeau.py IMAGE.png BANDEAU.bmp
"""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path

DEPTHS = {2: 3, 6: 4}
"""Numbers a pixel takes: red, green, blue, and opacity when rsvg-convert writes it. The panel is opaque."""


def chunks(png: bytes) -> dict[bytes, bytes]:
    """The parts of a picture by their names; its pixels, joined."""
    found: dict[bytes, bytes] = {}
    at = 8
    while at < len(png):
        size, name = struct.unpack_from(">I4s", png, at)
        found[name] = found.get(name, b"") + png[at + 8 : at + 8 + size]
        at += size + 12
    return found


def nearest(left: int, up: int, corner: int) -> int:
    """What PNG calls Paeth's: of three neighbours, the one closest to left + up - corner."""
    aim = left + up - corner
    return min((left, up, corner), key=lambda near: abs(aim - near))


def lines(packed: bytes, depth: int, width: int, height: int) -> list[bytes]:
    """The pixels, line by line, once each has been added to what its line says it resembles."""
    data, size = zlib.decompress(packed), width * depth
    above, made = bytes(size), []
    for row in range(height):
        kind, *line = data[row * (size + 1) : (row + 1) * (size + 1)]
        for at in range(size):
            left, corner = (line[at - depth], above[at - depth]) if at >= depth else (0, 0)
            guess = (0, left, above[at], (left + above[at]) // 2, nearest(left, above[at], corner))[kind]
            line[at] = (line[at] + guess) % 256
        above = bytes(line)
        made.append(above)
    return made


def main(source: str, target: str) -> int:
    """Write the bitmap: blue first, from the bottom line up."""
    parts = chunks(Path(source).read_bytes())
    width, height, _, kind = struct.unpack_from(">IIBB", parts[b"IHDR"])
    depth = DEPTHS[kind]
    made = bytearray()
    for line in reversed(lines(parts[b"IDAT"], depth, width, height)):
        row = bytearray(3 * width)
        row[0::3], row[1::3], row[2::3] = line[2::depth], line[1::depth], line[0::depth]
        made += row + bytes(-len(row) % 4)
    head = struct.pack("<2sIHHI", b"BM", 54 + len(made), 0, 0, 54)
    size = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(made), 5670, 5670, 0, 0)
    Path(target).write_bytes(head + size + made)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
