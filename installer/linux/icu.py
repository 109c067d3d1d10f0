"""Makes Qt's library of languages (ICU's data, 31 MB) again with those that Maillage speaks.

The library is one table: names, then their data. What is about another language, in whatever tree, is left out; ICU
then answers with its root, as it does for every language it never heard of. The map's engine has data of its own.
"""

from __future__ import annotations

import re
import struct
import subprocess
from pathlib import Path

LANGUAGES = ("en", "fr", "root")
_LANGUAGE = re.compile(r"(?:^|/)([a-z]{2,3})(?:_\w+)?\.res$")
_NEVER = (".dict", "unames.icu")
_SECTION, _ALIGNED, _LARGE = ".rodata", 16, 8192


def shrink(library: Path, lean: Path) -> None:
    """Write `lean`, the same library with fewer languages."""
    table, held = lean.with_suffix(".dat"), lean.with_suffix(".o")
    _run("objcopy", "-O", "binary", "--only-section", _SECTION, library, table)
    symbol = re.search(r"\bicudt\d+_dat\b", _run("objdump", "-T", library))
    soname = re.search(r"SONAME\s+(\S+)", _run("objdump", "-p", library))
    if symbol is None or soname is None:
        raise SystemExit(f"{library} is not ICU's data")
    table.write_bytes(without_others(table.read_bytes()))
    section = f".data={_SECTION},alloc,load,readonly,data,contents"
    start = f"_binary_{re.sub('[^A-Za-z0-9]', '_', str(table))}_start={symbol[0]}"
    form = ("-I", "binary", "-O", "elf64-x86-64", "-B", "i386:x86-64", "--set-section-alignment", f".data={_ALIGNED}")
    _run("objcopy", *form, "--rename-section", section, "--redefine-sym", start, table, held)
    _run("ld", "-shared", "-z", "noexecstack", "-soname", soname[1], "-o", lean, held)


def _run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def without_others(data: bytes) -> bytes:
    """The table without what is about languages that are not spoken here."""
    size = struct.unpack_from("<H", data)[0]
    header, body = data[:size], data[size:]
    count = struct.unpack_from("<I", body)[0]
    entries = [struct.unpack_from("<II", body, 4 + 8 * i) for i in range(count)]
    ends = [*(at for _name, at in entries[1:]), len(body)]
    kept = []
    for (name_at, at), end in zip(entries, ends, strict=True):
        name = body[name_at : body.index(b"\0", name_at)]
        if useful(name.decode("ascii"), end - at):
            kept.append((name, body[at:end].ljust(-(-(end - at) // _ALIGNED) * _ALIGNED, b"\0")))
    return header + _table(kept, len(header))


def useful(name: str, size: int) -> bool:
    """Whether an item is about no language at all, or about one of ours.

    Large tables of characters are of Asian and mainframe encodings; dictionaries part words written without spaces; Qt
    asks neither for names of characters nor for other scripts' letters in ours.
    """
    if name.endswith(_NEVER) or "/translit/" in name or (name.endswith(".cnv") and size > _LARGE):
        return False
    found = _LANGUAGE.search(name)
    return found is None or found[1] in LANGUAGES


def _table(items: list[tuple[bytes, bytes]], before: int) -> bytes:
    names_at = 4 + 8 * len(items)
    names = b"".join(name + b"\0" for name, _content in items)
    first = -(-(before + names_at + len(names)) // _ALIGNED) * _ALIGNED - before
    entries, name_at, at = [], names_at, first
    for name, content in items:
        entries.append(struct.pack("<II", name_at, at))
        name_at += len(name) + 1
        at += len(content)
    head = struct.pack("<I", len(items)) + b"".join(entries) + names
    return head.ljust(first, b"\0") + b"".join(content for _name, content in items)
