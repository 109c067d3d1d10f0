"""The sticks that are plugged in, and on which of them a file lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from appli.presenters.give_packet import is_stick


@dataclass(frozen=True, slots=True)
class Stick:
    """One of them: what it is called, where it is."""

    name: str
    root: Path


def sticks() -> list[Stick]:
    """Those one may write on, by name."""
    ready = (one for one in QStorageInfo.mountedVolumes() if one.isValid() and one.isReady() and not one.isReadOnly())
    found = (stick for one in ready if (stick := _stick(one)) is not None)
    return sorted(found, key=lambda stick: stick.name.casefold())


def stick_of(path: Path) -> str:
    """The name of the stick a file lies on; empty when it lies on a disk of this PC."""
    found = _stick(QStorageInfo(str(path.parent)))
    return found.name if found is not None else ""


def _stick(volume: QStorageInfo) -> Stick | None:
    root = Path(volume.rootPath())
    return Stick(volume.name() or root.name or str(root), root) if is_stick(root) else None
