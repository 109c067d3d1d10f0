"""Orders to erase, kept beside the base too: a base too damaged to be read must not bring the erased back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from appli.domain.causality import Erasure, Stamp

FILE = "effacements.json"


def save(folder: Path, orders: Iterable[Erasure]) -> None:
    """Keep all the orders: ids and who gave them, never a name."""
    rows = [[o.id.hex(), o.stamp.replica.hex(), o.stamp.counter, o.stamp.at] for o in orders]
    temporary = folder / (FILE + ".tmp")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(rows, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / FILE)


def read(folder: Path) -> list[Erasure]:
    """The orders kept there; a file that cannot be read holds none."""
    try:
        rows = json.loads((folder / FILE).read_text("utf-8"))
        return [Erasure(bytes.fromhex(i), Stamp(bytes.fromhex(r), int(c), int(at))) for i, r, c, at in rows]
    except (OSError, ValueError, TypeError):
        return []
