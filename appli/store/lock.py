"""One writer per directory folder: who holds it, said in words."""

from __future__ import annotations

import json
import os
from pathlib import Path

from filelock import FileLock, Timeout

from appli.errors import EnvironmentProblem
from appli.i18n import _

LOCK_FILE, HOLDER_FILE = "verrou", "verrou.json"
LOCK_SECONDS = 5.0


class FolderLock:
    """Held from `take` to `release`; the system lets go of it when the program dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: FileLock | None = None

    def take(self, holder: str) -> None:
        """Wait a little, then say who holds the folder. Raises EnvironmentProblem `held_elsewhere`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._folder / LOCK_FILE)
        try:
            lock.acquire(timeout=LOCK_SECONDS)
        except Timeout as late:
            raise EnvironmentProblem(
                "held_elsewhere",
                _("Cet annuaire est déjà ouvert par « {who} » sur ce poste.").format(who=self._holder()),
                _("Vous pouvez le lire ; pour écrire, fermez-le d’abord là-bas."),
            ) from late
        self._lock = lock
        who = {"who": holder or _("Maillage"), "pid": os.getpid()}
        (self._folder / HOLDER_FILE).write_text(json.dumps(who), "utf-8")

    def release(self) -> None:
        """Let go."""
        if self._lock is not None:
            (self._folder / HOLDER_FILE).unlink(missing_ok=True)
            self._lock.release()
            self._lock = None

    def _holder(self) -> str:
        try:
            return str(json.loads((self._folder / HOLDER_FILE).read_text("utf-8"))["who"])
        except (OSError, ValueError, KeyError):
            return _("un autre programme")
