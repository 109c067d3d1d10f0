"""A stick pulled out while a packet is made: what is written then lies on this PC, and nobody may be told otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from appli.errors import EnvironmentProblem
from appli.i18n import _


class Drive:
    """What a folder lies on, remembered before one writes there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._device = self._now()

    def refuse_another(self, written: Sequence[Path]) -> None:
        """Take the files away again if something else answers to that folder now. Raises EnvironmentProblem."""
        if self._now() == self._device:
            return
        for path in written:
            path.unlink(missing_ok=True)
        raise EnvironmentProblem(
            "stick_gone",
            _("La clé ou le disque a été retiré pendant l’écriture. Vos fiches sont intactes."),
            _("Remettez la clé, puis réessayez."),
        )

    def _now(self) -> int | None:
        try:
            return self._folder.stat().st_dev
        except OSError:
            return None
