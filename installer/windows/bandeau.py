"""Writes the plain panel beside the installer's first and last words, in the program's green, as a bitmap.

python bandeau.py BANDEAU.bmp
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

WIDTH, HEIGHT = 164, 314
GREEN = bytes((0x52, 0x61, 0x1D))
"""#1d6152, blue first."""


def main(target: str) -> int:
    """Write the bitmap."""
    pixels = GREEN * (WIDTH * HEIGHT)
    head = struct.pack("<2sIHHI", b"BM", 54 + len(pixels), 0, 0, 54)
    size = struct.pack("<IiiHHIIiiII", 40, WIDTH, HEIGHT, 1, 24, 0, len(pixels), 2835, 2835, 0, 0)
    Path(target).write_bytes(head + size + pixels)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
