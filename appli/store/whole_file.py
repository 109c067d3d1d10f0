"""A file beside the base that is there whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from appli.store.engine import translated

HALF = ".partiel"
"""What the name of a file ends in while it is being written."""


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place at once."""
    with being_written(path) as file:
        file.write(content)


@contextmanager
def being_written(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, put in place when all went well and gone when it did not."""
    temporary = path.with_name(path.name + HALF)
    with translated():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            removed(temporary)
            raise


def removed(path: Path) -> bool:
    """Whether a file is gone; one that another program holds goes the next time."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def halves(folder: Path) -> Iterable[Path]:
    """What interruptions left half written."""
    return folder.glob(f"*{HALF}") if folder.exists() else ()
