"""Where the files read at run time lie, in a checkout and in a frozen program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """The `ressources` folder."""
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return base / "ressources"


def path(relative: str) -> Path:
    """A file of `ressources`, by its path with forward slashes."""
    return root().joinpath(*relative.split("/"))
