"""A directory brought to a disk of this PC from where it would get damaged (`siting`): copied, verified, then opened.

Nothing is removed and nothing renamed where it was: a mark is left there, which travels with the folder, so that no PC
writes in the former place any more while the copy goes on. It can still be read.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from appli import config
from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services import siting
from appli.services.spaces import default_label, name_replica
from appli.store import folder_files
from appli.store.copying import copy_folder
from appli.store.identity import IdentityFile
from appli.store.lock import FolderLock
from appli.store.whole_file import write_whole

if TYPE_CHECKING:
    from appli.services.directory import Directory


@dataclass(frozen=True, slots=True)
class Moved:
    """How it went."""

    folder: Path
    """Where the directory is now."""
    former: bytes
    """The name this PC wrote under in the former place; empty if it never did."""
    marked: bool
    """Whether the former place says so; it cannot where nothing can be written."""


def usual_target() -> Path:
    """Where a directory is moved to unless somebody says otherwise."""
    return siting.free_beside(config.usual_directory())


def move(folder: Path, target: Path, progress: Progress = SILENT) -> Moved:
    """Copy a directory folder to this PC and mark the former place. Cancelled or failed, nothing has changed."""
    refused = siting.refusal(target)
    if refused is not None:
        raise refused
    lock, writable = FolderLock(folder), folder_files.can_be_written(folder)
    try:
        if writable:
            lock.take(_("le déplacement de l’annuaire"))
            folder_files.finish(folder)
        copy_folder(folder, target, progress)
        return Moved(target, IdentityFile(config.config_dir(), folder).known_uid(), writable and _mark(folder, target))
    finally:
        lock.release()


def settle_in(directory: Directory, moved: Moved) -> None:
    """This PC keeps the label it had in the former place."""
    label = directory.title_of(moved.former) if moved.former else ""
    if label and label != default_label():
        name_replica(directory, label)


def _mark(folder: Path, target: Path) -> bool:
    said = {
        "to": str(target),
        "pc": default_label(),
        "at": datetime.now().astimezone().isoformat(timespec="seconds"),
    }
    with contextlib.suppress(EnvironmentProblem):
        write_whole(folder / folder_files.MOVED_AWAY, json.dumps(said, ensure_ascii=False).encode())
        return True
    return False
