"""The packet files this PC wrote, so that an erasure may take back those it can still reach."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from appli.services.directory import Directory

_TABLE = "handed"


@dataclass(slots=True)
class Recalled:
    """What became of the packet files written here."""

    removed: list[Path] = field(default_factory=list)
    out_of_reach: list[Path] = field(default_factory=list)
    """On a stick that is away, or protected: they still hold what was erased."""


def note(directory: Directory, paths: Iterable[Path]) -> None:
    """Remember files just written, by their content: whatever replaces them is not ours."""
    for path in paths:
        said = {"sha256": _fingerprint(path), "at": directory.store.folder.clock()}
        directory.store.note(_TABLE, str(path.resolve()), said)


def recall(directory: Directory) -> Recalled:
    """Remove the packets that are still where this PC wrote them; any of them may hold what was just erased."""
    result = Recalled()
    for name, said in sorted(directory.store.noted(_TABLE).items()):
        path = Path(name)
        try:
            if not path.parent.is_dir():
                raise FileNotFoundError(path.parent)
            ours = path.is_file() and _fingerprint(path) == said["sha256"]
            if ours:
                path.unlink()
                result.removed.append(path)
        except OSError:
            result.out_of_reach.append(path)
        else:
            directory.store.note(_TABLE, name, None)
    return result


def out_of_reach(directory: Directory) -> list[Path]:
    """The packets written here that may still be somewhere."""
    found = []
    for name in sorted(directory.store.noted(_TABLE)):
        with suppress(OSError):
            if not Path(name).parent.is_dir():
                found.append(Path(name))
    return found


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
