"""What a file given to the window is: a packet by its name, or by its first bytes when its name says nothing."""

from __future__ import annotations

from pathlib import Path

from appli.presenters.shell import BUNDLES, DETAILED, LISTS, REQUEST

_OPENINGS = (b"PK\x03\x04", b"age-encryption.org/")
"""How an archive and a file closed with a passphrase begin."""
_MOVING, MOVED = b"maillage-dossier/", ".maillage-dossier"
"""How a directory that changes PC begins, and how its name ends."""


def is_packet(path: Path) -> bool:
    """Whether the page of packets should open it: it also says why it cannot."""
    suffix = path.suffix.lower()
    if suffix in BUNDLES:
        return not is_moving(path)
    if suffix in LISTS:
        return False
    try:
        with path.open("rb") as file:
            return file.read(20).startswith(_OPENINGS)
    except OSError:
        return False


def is_moving(path: Path) -> bool:
    """Whether it is a whole directory that changes PC: whatever its name, and by its name were it cut to nothing."""
    suffix = path.suffix.lower()
    if suffix == MOVED or suffix in LISTS:
        return suffix == MOVED
    try:
        with path.open("rb") as file:
            return file.read(len(_MOVING)) == _MOVING
    except OSError:
        return False


def is_request(path: Path) -> bool:
    """Whether another PC asks in it for what it lacks."""
    return path.name.lower().endswith(REQUEST)


def is_list(path: Path) -> bool:
    """Whether it is a list to import."""
    return path.suffix.lower() in LISTS


def is_map(path: Path) -> bool:
    """Whether it is a detailed map."""
    return path.suffix.lower() in DETAILED
