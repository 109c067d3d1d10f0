"""Makes one Windows icon of pictures of the same drawing at several sizes.

python icones.py ICONE.ico IMAGE.png…
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

HEAD, ENTRY = struct.Struct("<HHH"), struct.Struct("<BBBBHHII")


def main(target: str, *pictures: str) -> int:
    """Write the icon: a directory of pictures, then the pictures, as PNG, which every Windows since Vista reads."""
    images = [Path(name).read_bytes() for name in pictures]
    at = HEAD.size + ENTRY.size * len(images)
    directory = [HEAD.pack(0, 1, len(images))]
    for image in images:
        width, height = struct.unpack_from(">II", image, 16)
        directory.append(ENTRY.pack(width % 256, height % 256, 0, 0, 1, 32, len(image), at))
        at += len(image)
    Path(target).write_bytes(b"".join([*directory, *images]))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
