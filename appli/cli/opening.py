"""How verbs open the directory: reading ones without a lock, writing ones alone, a new folder as an empty directory."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from appli import app, config
from appli.cli.output import TerminalProgress
from appli.i18n import _

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.store.index import Index


def folder_of(options: argparse.Namespace) -> Path:
    """The folder named by the words, the environment, or the person's own."""
    named: Path | None = options.annuaire
    return named or config.default_directory()


@contextlib.contextmanager
def searching(options: argparse.Namespace) -> Iterator[Index]:
    """The index alone, brought up to date first if it is not."""
    folder = folder_of(options)
    if not app.index_is_current(folder):
        with reading(options):
            pass
    with contextlib.closing(app.open_index(folder)) as index:
        yield index


@contextlib.contextmanager
def reading(options: argparse.Namespace) -> Iterator[Directory]:
    """The directory to ask, without taking its lock."""
    directory = app.open_directory(folder_of(options), read_only=True, progress=TerminalProgress())
    with contextlib.closing(directory):
        yield directory


@contextlib.contextmanager
def writing(options: argparse.Namespace, *, founding: bool = False) -> Iterator[Directory]:
    """The directory to write in; waits a little for whoever holds it. `founding`: a new folder founds a space."""
    from appli.services.spaces import ensure_founded

    holder = _("ligne de commande")
    directory = app.open_directory(folder_of(options), holder=holder, progress=TerminalProgress())
    with contextlib.closing(directory):
        if founding:
            ensure_founded(directory)
        yield directory
