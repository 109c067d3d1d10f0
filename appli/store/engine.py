"""The only door to SQLite: pysqlite3, whose bundled library has the WAL-reset fix and FTS5 secure-delete."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pysqlite3 import dbapi2 as sqlite

from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.store.folder_files import can_be_written

if TYPE_CHECKING:
    from sqlite3 import Connection  # the same interface, and the only one with types
else:
    Connection = sqlite.Connection

__all__ = [
    "Connection",
    "Error",
    "OperationalError",
    "among",
    "attach",
    "configure",
    "connect",
    "connect_damaged",
    "connect_stranger",
    "damaged",
    "full",
    "read_stamp",
    "scalar",
    "slices",
    "sqlite",
    "storage_problem",
    "translated",
]

APPLICATION_ID = 0x4D61696C  # « Mail »
MINIMUM = (3, 51, 3)

# the driver looks for an adapter of every id and every None it binds, by way of two exceptions, unless there is one:
# a row takes a third of the time when these hand the value back
sqlite.register_adapter(bytes, bytes)
sqlite.register_adapter(type(None), {}.get)

_CORRUPT, _NO_BASE = 11, 26

Error = sqlite.Error
OperationalError = sqlite.OperationalError

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "mmap_size=0",
    "foreign_keys=OFF",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "temp_store=MEMORY",
    "busy_timeout=5000",
)


_SHARED = 32_768
"""Bytes of the memory that those at work on a file share; less is what a full disk left of an attempt."""
_STATEMENTS = 1_000
"""Kept ready by a connection: some are made for each kind, so the driver's hundred would push each other out."""


def connect(path: Path, *, read_only: bool = False) -> Connection:
    """A connection in autocommit mode, with the pragmas every file of ours needs."""
    if sqlite.sqlite_version_info < MINIMUM:
        raise EnvironmentProblem(
            "old_sqlite", _("La bibliothèque de base de données est trop ancienne. Rien n’a été ouvert.")
        )
    target = _address(path, read_only=read_only)
    with translated():
        connection: Connection = sqlite.connect(
            target, uri=True, isolation_level=None, check_same_thread=False, cached_statements=_STATEMENTS
        )
        try:
            configure(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def connect_stranger(path: Path) -> Connection:
    """A connection to a base that somebody else made: read only, never locked, in which no schema is trusted."""
    target = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection: Connection = sqlite.connect(target, uri=True, isolation_level=None, check_same_thread=False)
    for pragma in ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def connect_damaged(path: Path) -> Connection:
    """A connection to a copy of a damaged base, told to go as far as its pages can be read."""
    target = f"{path.resolve().as_uri()}?mode=rw"
    connection: Connection = sqlite.connect(target, uri=True, isolation_level=None, check_same_thread=False)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    # a file that ends early is refused whole unless its schema may be written
    for pragma in ("writable_schema=ON", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _address(path: Path, *, read_only: bool) -> str:
    mode = "rwc" if not read_only else "ro&immutable=1" if _is_at_rest(path) else "ro"
    return f"{path.resolve().as_uri()}?mode={mode}"


def _is_at_rest(path: Path) -> bool:
    """Whether a file stands where this account cannot write, and no other one is at work on it.

    SQLite then cannot make what it keeps beside a file, not even to read, and must be told that it needs nothing.
    """
    waits, shared = _size(path, "-wal"), _size(path, "-shm")
    return waits <= 0 and (waits < 0 or shared < _SHARED) and not can_be_written(path.parent)


def _size(path: Path, end: str) -> int:
    """Of what SQLite keeps beside a file; -1 when it is not there."""
    try:
        return path.with_name(f"{path.name}{end}").stat().st_size
    except OSError:
        return -1


def configure(connection: Connection, *, read_only: bool = False) -> None:
    """Set the pragmas and check the one that hides erased names."""
    for pragma in _PRAGMAS:
        if not (read_only and pragma.startswith("journal_mode")):
            connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA secure_delete").fetchone()[0] != 1:
        raise EnvironmentProblem("secure_delete", _("La base ne sait pas effacer vraiment. Rien n’a été ouvert."))


def attach(connection: Connection, path: Path, name: str, *, read_only: bool = False) -> None:
    """Put a second file beside the first; commits reach the files in the order of attachment."""
    target = _address(path, read_only=read_only)
    connection.execute(f"ATTACH DATABASE ? AS {name}", (target,))
    if not read_only:
        connection.execute(f"PRAGMA {name}.journal_mode=WAL")
    connection.execute(f"PRAGMA {name}.synchronous=FULL")
    connection.execute(f"PRAGMA {name}.secure_delete=ON")


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """What goes wrong with the disk or a file, as a sentence; a mistake of ours stays the exception it is."""
    try:
        yield
    except Exception as problem:
        found = _known_problem(getattr(problem, "orig", None) or problem)
        if found is None:
            raise
        raise found from problem


def storage_problem(problem: BaseException) -> EnvironmentProblem:
    """What SQLite says of a file that can be made again, as a sentence: whatever it cannot do there is damage."""
    return _known_problem(problem) or damaged()


def _known_problem(problem: BaseException) -> EnvironmentProblem | None:
    """What SQLite or the system says, as a sentence about the disk; None if the disk has nothing to do with it."""
    text = str(problem).lower()
    if isinstance(problem, OSError):
        return full() if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else _unwritable()
    if not isinstance(problem, sqlite.Error):
        return None
    if getattr(problem, "sqlite_errorcode", 0) & 0xFF in (_CORRUPT, _NO_BASE):  # whatever words come with it
        return damaged()
    if "full" in text:
        return full()
    if "locked" in text or "busy" in text:
        return EnvironmentProblem(
            "locked",
            _("L’annuaire est occupé par un autre programme. Vos fiches sont intactes."),
            _("Fermez l’autre fenêtre de Maillage, puis réessayez."),
        )
    if "readonly" in text or "unable to open" in text or "disk i/o" in text:
        return _unwritable()
    if any(word in text for word in ("malformed", "not a database", "corrupt", "encrypted")):
        return damaged()
    return None


def full() -> EnvironmentProblem:
    """No room on the disk."""
    return EnvironmentProblem(
        "disk_full",
        _("Il n’y a plus de place sur le disque. Rien n’est perdu, mais rien de nouveau ne peut être enregistré."),
        _("Libérez 200 Mo, puis réessayez."),
    )


def _unwritable() -> EnvironmentProblem:
    return EnvironmentProblem(
        "unwritable",
        _("Le dossier de l’annuaire ne peut pas être lu ou écrit. Vos fiches n’ont pas changé."),
        _("Vérifiez que le disque ou la clé est branché et n’est pas protégé, puis réessayez."),
    )


def damaged() -> EnvironmentProblem:
    """A base that is no longer one."""
    return EnvironmentProblem(
        "damaged",
        _("La base de l’annuaire est abîmée. Rien n’a été écrit."),
        _("Rouvrez Maillage, qui propose d’y remédier, ou écrivez « maillage base restaurer derniere »."),
    )


def read_stamp(path: Path) -> tuple[int, int]:
    """(application_id, user_version) read from the file's header alone: nothing is opened, nothing is touched."""
    if path.is_dir():
        raise damaged()
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise damaged()
    return int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big")


def scalar(connection: Connection, sql: str, *parameters: Any) -> Any:
    """The first column of the first row, None without row."""
    row = connection.execute(sql, parameters).fetchone()
    return row[0] if row else None


_CHUNK = 500


def slices(values: Iterable[Any]) -> Iterator[tuple[list[Any], str]]:
    """(values, their question marks), as many as one statement takes; each value once."""
    wanted = list(dict.fromkeys(values))
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        yield chunk, ",".join("?" * len(chunk))


def among(connection: Connection, select: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of « SELECT … WHERE column IN » over any number of values."""
    for chunk, marks in slices(values):
        yield from connection.execute(f"{select} ({marks})", chunk)
