"""Files made to harm, written beside an honest packet: each with what its refusal is called, "" when it may be read.

.venv/bin/python -m tests.cli.hostile FOLDER FILE…      applies them one after the other, then says the most memory
"""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from appli.exchange import limits
from appli.exchange.archive import MANIFEST, README, build
from tests.exchange.bundles import KEYS, members_of, put, signed_again

DATA = "data/0000.jsonl.zst"
MINE = "ab" * 16
Members = dict[str, bytes]


def hostile_files(honest: Path, own: bytes) -> Iterator[tuple[str, str, Path]]:
    """(name, code of the refusal, file); `own`: the replica of whoever is to be harmed."""
    members, folder = members_of(honest), honest.parent
    for name, code, made in _archives(members):
        path = folder / f"{name}.maille"
        path.write_bytes(made)
        yield name, code, path
    for name, lines in _lines(own).items():
        yield name, "", put(folder / f"{name}.maille", _with_lines(members, lines))
    for name, code, changes in _manifests():
        yield name, code, put(folder / f"{name}.maille", _signed(members, **changes))
    yield (
        "forged",
        "bundle_forged",
        put(
            folder / "forged.maille",
            {**members, MANIFEST: members[MANIFEST].replace(b'"audience":20', b'"audience":30')},
        ),
    )


def _archives(members: Members) -> Iterator[tuple[str, str, bytes]]:
    entries = list(members.items())
    for n, name in enumerate(("../../evade.txt", "/evade.txt", "C:\\evade.txt", "data/../../../evade.txt")):
        renamed = [(name if old == DATA else old, content) for old, content in entries]
        yield f"traversal{n}", "bundle_suspect", build(renamed)
    inner = build(entries)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("envoi/paquet.maille", inner)
    yield "nested", "nested_archive", archive.getvalue()
    yield "longer", "bundle_damaged", inner + b"more"
    yield "shorter", "bundle_truncated", inner[: len(inner) // 2]
    lying = bytearray(inner)
    struct.pack_into("<L", lying, lying.rindex(b"PK\x01\x02") + 24, 2**31)
    yield "lying", "bundle_suspect", bytes(lying)
    directory = (struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *[0] * 6, *[0] * 3, 1, *[0] * 4, 0, 0) + b"x") * 1_000_000
    first = build([(README, b"")])[: 30 + len(README)]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), len(first), 0)
    yield "million", "bundle_bomb", first + directory + end
    one = zstandard.ZstdCompressor().compress(bytes(1 << 30))
    yield "bomb", "bundle_bomb", build(_signed({**members, DATA: one}, {DATA: 1 << 30}).items())
    yield "closed", "passphrase_needed", b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 20\nx"
    yield "directory", "not_a_bundle", b"nom;ville\n" * 100
    yield "empty", "bundle_empty", b""


def _manifests() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for n, change in enumerate(
        (
            {"claim": {"ab": [[1, 2]]}},
            {"claim": {MINE: [[9, 2]]}},
            {"know": {MINE: [[1, 2**60]]}},
            {"made_at": -1},
            {"made_at": 10**18},
            {"counts": {"records": -1}},
            {"audience": "20"},
            {"space": {"uid": "zz" * 16, "name": "x"}},
            {"sender": None},
            {"digest": "x" * 1_000},
            {"kind": "autre"},
        )
    ):
        yield f"manifest{n}", "bundle_suspect", change
    yield "newer", "bundle_newer", {"format": "maille/2"}
    yield "needs", "bundle_newer", {"needs": ["votes"]}


def _lines(own: bytes) -> dict[str, bytes]:
    head = '{"line":"record","id":"%s","kind":1,"base":["%s",%d,5,null],"values":{"1":%s}}'
    name = '{"display":"Intrus"}'
    record = [MINE, MINE, 1]
    return {
        "deep": (head % (*record, "[" * 5_000 + "]" * 5_000)).encode(),
        "not-json": b"\x00\x01\x02",
        "text-for-a-name": (head % (*record, '"texte"')).encode(),
        "huge-number": (head % (MINE, MINE, 10**17, name)).encode(),
        "beyond-the-claim": (head % (MINE, MINE, 77, name)).encode(),
        "own-and-newer": (head % (MINE, own.hex(), 900, name)).encode(),
        "too-long-a-text": (head % (*record, '{"display":"%s"}' % ("x" * (limits.TEXT + 1)))).encode(),
        "null-character": (head % (*record, '{"display":"a\\u0000b"}')).encode(),
        "many-small-things": b'{"line":"x","y":[' + b'{"a":1},' * 500_000 + b"0]}",
        "one-long-line": b'{"line":"x","y":[' + b'{"a":1},' * 1_000_000 + b"0]}",
        "many-lines": b'{"line":"x"}\n' * 400_000,
        "wrong-erasure": b'{"line":"erasure","id":"zz","by":[]}',
    }


def _with_lines(members: Members, lines: bytes) -> Members:
    packed = zstandard.ZstdCompressor().compress(lines)
    return _signed({**members, DATA: packed}, {DATA: len(lines)})


def _signed(members: Members, raw: dict[str, int] | None = None, **changes: Any) -> Members:
    sender = {**msgspec.json.decode(members[MANIFEST])["sender"], "key": KEYS.public.hex()}
    content = {"sender": sender, **changes}
    return signed_again(members, raw, **content)


def most_memory() -> int:
    """The most this process ever held, in MB."""
    status = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024


def main() -> int:
    """Apply files in this process."""
    from appli.cli.main import main as maillage

    codes = [maillage(["--annuaire", sys.argv[1], "paquet", "appliquer", file, "--oui"]) for file in sys.argv[2:]]
    sys.stdout.write(f"\n{most_memory()} {max(codes)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
