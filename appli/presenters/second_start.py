"""A second start of the same person on the same directory: what it was given goes to the window that is open already.

A lock of the system's, kept from the first instant to the last, decides whether there is such a window: it goes with
the process, however that ends. The socket only carries words (`ui.doorbell`), so one that a killed program left means
nothing. Loaded before the first paint of every start: nothing heavy.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from appli import config
from appli.errors import EnvironmentProblem
from appli.i18n import _

WAIT = 6.0
"""Seconds a second start waits for the open window to answer, or to be gone."""
LARGEST = 256 * 1024
"""Bytes of a message that are read at most."""
MOST_FILES = 500
_LONGEST_PATH = 100
"""Bytes that the name of a socket may have on every Unix."""


class Place:
    """The right to be the one window of a person on a folder."""

    def __init__(self) -> None:
        self._file: int | None = None

    def take(self, folder: Path) -> bool:
        """Whether it is ours now; False when another window lives. Where nothing can be locked, none is known of."""
        try:
            path = _keeping() / f"{_key(folder)}.verrou"
            path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return True
        if not _lock(file):
            os.close(file)
            return False
        self._file = file
        return True

    def leave(self) -> None:
        """Let another start have it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def address(folder: Path) -> str:
    """Where the window of that folder listens: a name for Windows, a path elsewhere."""
    name = f"maillage-{_key(folder)}"
    if sys.platform == "win32":
        return name
    run = os.environ.get("XDG_RUNTIME_DIR")
    for place in (Path(run) if run else None, _keeping()):
        if place is not None and place.is_dir() and len(os.fsencode(place / name)) <= _LONGEST_PATH:
            return str(place / name)
    return name


class Call(NamedTuple):
    """What a second start asks: to come to the front, with files perhaps."""

    files: tuple[Path, ...] = ()
    token: str = ""
    """What the desktop gave it, so that the window may take the front."""


def words(files: Sequence[Path]) -> bytes:
    """The message of a second start."""
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    said = {"files": [str(f.absolute()) for f in files[:MOST_FILES]], "token": token}
    return json.dumps(said).encode() + b"\n"


def heard(message: bytes) -> Call | None:
    """What a message asks; None when it is none of ours. Only files that are there are believed."""
    try:
        said = json.loads(message) if len(message) <= LARGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not isinstance(said.get("files"), list):
        return None
    named = [Path(one) for one in said["files"][:MOST_FILES] if isinstance(one, str)]
    token = said.get("token", "")
    return Call(tuple(filter(_is_there, named)), token if isinstance(token, str) else "")


def no_answer() -> EnvironmentProblem:
    """The window lives and does not answer: a second one would only fight with it."""
    return EnvironmentProblem(
        "window_silent",
        _("Maillage est déjà ouvert sur cet annuaire, et sa fenêtre ne répond pas. Vos fiches sont intactes."),
        _("Attendez un instant, puis réessayez. Si rien ne bouge, fermez la session de ce poste et rouvrez-la."),
    )


def _is_there(path: Path) -> bool:
    try:
        return path.is_absolute() and path.exists()
    except (OSError, ValueError):
        return False


def _keeping() -> Path:
    return config.config_dir() / "fenetres"


def _key(folder: Path) -> str:
    """The same for one person, one configuration, one PC and one folder, however it is named."""
    who = os.environ.get("USERNAME", "") if sys.platform == "win32" else f"{os.getuid()}@{os.uname().nodename}"
    parts = (who, *(os.path.normcase(p.resolve()) for p in (config.config_dir(), folder)))
    text = "\0".join(parts).encode("utf-8", "surrogateescape")
    return f"{zlib.crc32(text):08x}{zlib.crc32(text[::-1]):08x}"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks: better two windows than none
        return True
