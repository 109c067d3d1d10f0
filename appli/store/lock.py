"""One writer per directory folder: who holds it, said in words.

The system's own lock decides, and lets go when a program dies. What stands in `verrou.json` only says who it is, so
one that was left there, or copied with the folder, means nothing.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appli.errors import EnvironmentProblem
from appli.i18n import _

if TYPE_CHECKING:
    from filelock import FileLock

LOCK_FILE, HOLDER_FILE = "verrou", "verrou.json"
LOCK_SECONDS = 5.0
_REFUSED = frozenset((errno.EACCES, errno.EPERM, errno.EROFS))


class FolderLock:
    """Held from `take` to `release`; the system lets go of it when the program dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: FileLock | None = None

    def take(self, holder: str) -> None:
        """Wait a little, then raise EnvironmentProblem: `held_elsewhere` with who holds it, or `read_only_folder`."""
        from filelock import FileLock, Timeout

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder / LOCK_FILE)
            lock.acquire(timeout=LOCK_SECONDS)
        except Timeout as late:
            raise held_elsewhere(self._folder) from late
        except OSError as refused:
            if refused.errno not in _REFUSED:
                raise
            raise (held_elsewhere if is_held(self._folder) else _protected)(self._folder) from refused
        self._lock = lock
        with suppress(OSError):  # a full disk is told when something is to be written
            (self._folder / HOLDER_FILE).write_text(json.dumps(_oneself(holder), ensure_ascii=False), "utf-8")

    def release(self) -> None:
        """Let go; a folder that is gone is let go too."""
        if self._lock is not None:
            with suppress(OSError):
                (self._folder / HOLDER_FILE).unlink(missing_ok=True)
            with suppress(OSError):
                self._lock.release()
            self._lock = None


def is_held(folder: Path) -> bool:
    """Whether somebody writes there now. Nothing is written and nothing is waited for."""
    path = folder / LOCK_FILE
    if sys.platform == "win32":
        from filelock import FileLock, Timeout

        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return True
        except OSError:
            return False
        lock.release()
        return False
    import fcntl

    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


def held_elsewhere(folder: Path) -> EnvironmentProblem:
    """Somebody else writes there: the program here, another account, another PC."""
    found = _holder(folder)
    who, since = str(found.get("who") or _("un autre programme")), _since(found.get("since"))
    account, pc = str(found.get("account") or ""), str(found.get("pc") or "")
    if pc and pc != _pc():
        held = _("Cet annuaire est ouvert par le compte « {account} » sur le poste « {pc} »{since}.")
        way = _("Vous pouvez le lire ; pour écrire, attendez qu’il y soit fermé.")
    elif account and account != _account():
        held = _("Cet annuaire est ouvert par « {account} », sur un autre compte de ce poste{since}.")
        way = _("Vous pouvez le lire ; pour écrire, demandez-lui de fermer Maillage.")
    else:
        held = _("Cet annuaire est déjà ouvert par « {who} » sur ce poste{since}.")
        way = _("Vous pouvez le lire ; pour écrire, fermez-le d’abord là-bas.")
    return EnvironmentProblem("held_elsewhere", held.format(who=who, account=account, pc=pc, since=since), way)


def _protected(folder: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        "read_only_folder",
        _("Rien ne peut être écrit dans le dossier « {name} ». Vos fiches sont intactes.").format(name=folder.name),
        _("Ôtez la protection de la clé, ou demandez au compte qui a fait ce dossier de vous laisser y écrire."),
    )


def _oneself(holder: str) -> dict[str, Any]:
    return {
        "who": holder or _("Maillage"),
        "account": _account(),
        "pc": _pc(),
        "pid": os.getpid(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def _holder(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / HOLDER_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _account() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else ""


def _pc() -> str:
    import platform

    return platform.node()


def _since(moment: object) -> str:
    """« , depuis 14 h 32 », with the day when it is not today's; nothing when it cannot be read."""
    try:
        at = datetime.fromisoformat(str(moment)).astimezone()
    except ValueError:
        return ""
    hour = _("{hour} h {minute}").format(hour=at.hour, minute=f"{at.minute:02}").replace(" ", "\u00a0")
    if at.date() == datetime.now().astimezone().date():
        return _(", depuis {hour}").format(hour=hour)
    return _(", depuis le {day} à {hour}").format(day=f"{at:%d/%m/%Y}", hour=hour)
