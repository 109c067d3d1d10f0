"""Composition root: builds everything for one directory folder. Nothing heavy is imported before it is needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from appli import config, resources
from appli.i18n import _
from appli.ports import SILENT, Progress

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from appli.geo.gazetteer import Gazetteer
    from appli.services.directory import Directory
    from appli.store.index import Index

_PASSING: list[TemporaryDirectory[str]] = []
"""What is removed when the program ends."""


@cache
def load_gazetteer() -> Gazetteer:
    """All communes, read from the resources once for the process."""
    from appli.geo.gazetteer import Gazetteer

    return Gazetteer.load(resources.path("geo/communes.json.zst"))


def open_directory(
    path: Path, *, read_only: bool = False, holder: str = "", progress: Progress = SILENT, looked_over: bool = False
) -> Directory:
    """Open a folder, its index up to date; a new folder becomes an empty directory unless `read_only`.

    `looked_over`: read every page first, for who is about to rely on them for hours. Raises EnvironmentProblem: held
    elsewhere, newer, damaged, unwritable, on the network or synchronised.
    """
    from appli.services import siting
    from appli.services.directory import Directory
    from appli.store import verify
    from appli.store.index import Index
    from appli.store.store import Store

    danger = None if read_only else siting.misplaced(path)
    if danger is not None:
        raise danger
    store = Store(path, config.config_dir(), clock=config.clock(), read_only=read_only, holder=holder or _("Maillage"))
    try:
        if looked_over:
            verify.look_over(store.folder)
        directory = Directory(store, Index(_index_file(path)), load_gazetteer, config.load_settings().operator)
        directory.ensure_index(progress)
        if not read_only and store.concord.holds_unread:
            from appli.services.exchanging.later import read_again

            read_again(directory)
    except BaseException:
        store.close()
        raise
    return directory


def _index_file(folder: Path) -> Path:
    """Where the index of a folder lies: in it, or for this run alone where nothing can be written there."""
    from appli.store.folder_files import INDEX_FILE, can_be_written

    return folder / INDEX_FILE if can_be_written(folder) else _passing(folder) / INDEX_FILE


@cache
def _passing(folder: Path) -> Path:
    """A folder that goes with the program, and begins with the index as it stands in the other one."""
    import shutil
    import tempfile
    from contextlib import suppress

    from appli.store.folder_files import INDEX_FILE

    made = tempfile.TemporaryDirectory(prefix="maillage-", ignore_cleanup_errors=True)
    _PASSING.append(made)
    with suppress(OSError):
        shutil.copyfile(folder / INDEX_FILE, Path(made.name) / INDEX_FILE)
    return Path(made.name)


def load_index_code() -> None:
    """Import what `open_index` will need, for who would rather wait now."""
    import appli.store.index  # noqa: F401


def open_index(path: Path) -> Index:
    """The index alone, for the first paint of the list."""
    from appli.store.index import Index

    return Index(_index_file(path))


def index_is_current(path: Path) -> bool:
    """Whether the index mirrors the store as it is; answers without opening the store."""
    from appli.store.engine import connect, scalar, translated
    from appli.store.folder_files import is_directory, no_directory

    if not is_directory(path):
        raise no_directory(path)
    base = connect(path / "prive.db", read_only=True)
    try:
        with translated():
            generation = int(scalar(base, "SELECT value FROM meta WHERE key='generation'") or 0)
    finally:
        base.close()
    index = open_index(path)
    try:
        return index.stamp() == generation
    finally:
        index.close()
