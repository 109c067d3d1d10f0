"""Where the files read at run time lie, and what starts the program, in a checkout and in a frozen program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

READ_WORKBOOK = "--lire-classeur"
"""The first word that makes the program the process which reads a workbook (`ui.__main__`), never typed by hand."""


@cache
def root() -> Path:
    """The `ressources` folder."""
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return base / "ressources"


def path(relative: str) -> Path:
    """A file of `ressources`, by its path with forward slashes."""
    return root().joinpath(*relative.split("/"))


def program() -> list[str]:
    """What starts Maillage again in a process of its own; a frozen program is all the Python there is."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui"]
