"""The only door to SQLite: pysqlite3, whose bundled library has the WAL-reset fix and FTS5 secure-delete."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pysqlite3 import dbapi2 as sqlite

from appli.errors import EnvironmentProblem
from appli.i18n import _

if TYPE_CHECKING:
    from sqlite3 import Connection  # the same interface, and the only one with types
else:
    Connection = sqlite.Connection

__all__ = [
    "Connection",
    "Error",
    "OperationalError",
    "attach",
    "configure",
    "connect",
    "read_stamp",
    "scalar",
    "sqlite",
    "storage_problem",
]

APPLICATION_ID = 0x4D61696C  # « Mail »
MINIMUM = (3, 51, 3)

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


def connect(path: Path, *, read_only: bool = False) -> Connection:
    """A connection in autocommit mode, with the pragmas every file of ours needs."""
    if sqlite.sqlite_version_info < MINIMUM:
        raise EnvironmentProblem(
            "old_sqlite", _("La bibliothèque de base de données est trop ancienne. Rien n’a été ouvert.")
        )
    target = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    try:
        connection: Connection = sqlite.connect(target, uri=True, isolation_level=None, check_same_thread=False)
        configure(connection, read_only=read_only)
    except sqlite.Error as problem:
        raise storage_problem(problem) from problem
    return connection


def configure(connection: Connection, *, read_only: bool = False) -> None:
    """Set the pragmas and check the one that hides erased names."""
    for pragma in _PRAGMAS:
        if not (read_only and pragma.startswith("journal_mode")):
            connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA secure_delete").fetchone()[0] != 1:
        raise EnvironmentProblem("secure_delete", _("La base ne sait pas effacer vraiment. Rien n’a été ouvert."))


def attach(connection: Connection, path: Path, name: str, *, read_only: bool = False) -> None:
    """Put a second file beside the first; commits reach the files in the order of attachment."""
    target = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection.execute(f"ATTACH DATABASE ? AS {name}", (target,))
    if not read_only:
        connection.execute(f"PRAGMA {name}.journal_mode=WAL")
    connection.execute(f"PRAGMA {name}.synchronous=FULL")
    connection.execute(f"PRAGMA {name}.secure_delete=ON")


def storage_problem(problem: Exception) -> EnvironmentProblem:
    """What SQLite says, as a sentence about the disk."""
    text = str(problem).lower()
    if "full" in text:
        return EnvironmentProblem(
            "disk_full",
            _("Il n’y a plus de place sur le disque. Rien n’est perdu, mais rien de nouveau ne peut être enregistré."),
            _("Libérez 200 Mo, puis réessayez."),
        )
    if "locked" in text or "busy" in text:
        return EnvironmentProblem(
            "locked",
            _("L’annuaire est occupé par un autre programme. Vos fiches sont intactes."),
            _("Fermez l’autre fenêtre de Maillage, puis réessayez."),
        )
    if "readonly" in text or "unable to open" in text or "disk i/o" in text:
        return EnvironmentProblem(
            "unwritable",
            _("Le dossier de l’annuaire ne peut pas être lu ou écrit. Vos fiches n’ont pas changé."),
            _("Vérifiez que le disque ou la clé est branché et n’est pas protégé, puis réessayez."),
        )
    return EnvironmentProblem(
        "damaged",
        _("La base de l’annuaire est abîmée. Rien n’a été écrit."),
        _("Restaurez la dernière sauvegarde : Réglages > Sauvegardes, ou « maillage base restaurer »."),
    )


def read_stamp(path: Path) -> tuple[int, int]:
    """(application_id, user_version) read from the file's header alone: nothing is opened, nothing is touched."""
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise EnvironmentProblem(
            "damaged",
            _("La base de l’annuaire est abîmée. Rien n’a été écrit."),
            _("Restaurez la dernière sauvegarde : Réglages > Sauvegardes, ou « maillage base restaurer »."),
        )
    return int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big")


def scalar(connection: Connection, sql: str, *parameters: Any) -> Any:
    """The first column of the first row, None without row."""
    row = connection.execute(sql, parameters).fetchone()
    return row[0] if row else None
