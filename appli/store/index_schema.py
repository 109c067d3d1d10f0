"""The file behind the search: its tables, and how it is opened. It is a read model: when in doubt it goes.

    docs          what a row of a list shows, with the key of the French order
    texts         the folded words of each document, kept to take them out of `found` again
    found         FTS5 over those words; its rowid is the document's `rank`
    facet_values  one row per value of a facet, with the set of ranks that have it
    state         one row: the stamp of the base it mirrors, and how the ranks stand

Ranks up to `state.main` follow the French order of titles, so that the first matches FTS5 meets are the
first to show. Later documents get ranks after them (the tail) and remember after which rank they would
stand (`place`); when the tail grows long, everything is ranked anew and `epoch` changes. Within an epoch a
rank never names two documents.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.store import engine

VERSION = 3

_TABLES = """
CREATE TABLE state (
    stamp INTEGER, generation INTEGER NOT NULL, epoch INTEGER NOT NULL,
    main INTEGER NOT NULL, next INTEGER NOT NULL);
INSERT INTO state VALUES (NULL, 0, 0, 0, 1);
CREATE TABLE docs (
    seq INTEGER PRIMARY KEY, id BLOB NOT NULL, rank INTEGER, place INTEGER, sort_key TEXT NOT NULL,
    kind TEXT NOT NULL, shape TEXT NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL,
    second_line TEXT NOT NULL, commune TEXT NOT NULL, initials TEXT NOT NULL, siblings INTEGER NOT NULL,
    demo INTEGER NOT NULL, trashed INTEGER NOT NULL, audience INTEGER NOT NULL, updated INTEGER NOT NULL,
    lat REAL, lon REAL, vague INTEGER NOT NULL);
CREATE TABLE texts (
    seq INTEGER PRIMARY KEY, title TEXT NOT NULL, skills TEXT NOT NULL, place TEXT NOT NULL,
    body TEXT NOT NULL, marks TEXT NOT NULL);
CREATE VIRTUAL TABLE found USING fts5(
    title, skills, place, body, marks, content='', columnsize=0, detail=column, prefix='1 2',
    tokenize="ascii tokenchars '~^'");
INSERT INTO found(found, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(found, row);
CREATE TABLE facet_values (
    id INTEGER PRIMARY KEY, grp TEXT NOT NULL, value TEXT NOT NULL, label TEXT NOT NULL,
    sort_key TEXT NOT NULL, ranks BLOB NOT NULL);
CREATE UNIQUE INDEX facet_values_value ON facet_values(grp, value);
"""

_ORDERS = """
CREATE UNIQUE INDEX docs_id ON docs(id);
CREATE INDEX docs_rank ON docs(rank, id);
CREATE INDEX docs_order ON docs(sort_key, id, trashed, rank);
CREATE INDEX docs_updated ON docs(updated, trashed, rank);
CREATE INDEX docs_point ON docs(lat, lon, trashed, id, shape, vague, rank) WHERE lat IS NOT NULL;
CREATE INDEX docs_nowhere ON docs(rank) WHERE lat IS NULL;
"""


@dataclass(frozen=True, slots=True)
class State:
    """How the index stands, read anew at the start of each query."""

    stamp: int | None
    generation: int
    """Changes with every change."""
    epoch: int
    """Changes when ranks are given anew."""
    main: int
    """The last rank that follows the order of titles."""
    next: int
    """The first rank not yet given."""


def read_state(connection: engine.Connection) -> State:
    """The one row of `state`."""
    row = connection.execute("SELECT stamp, generation, epoch, main, next FROM state").fetchone()
    return State(*row)


def open_file(path: Path) -> engine.Connection:
    """A connection; a file that is damaged or of another version gives way to an empty one."""
    for _attempt in range(2):
        try:
            return _open_sound(path)
        except _Unusable:
            with contextlib.suppress(OSError):
                remove(path)
    raise EnvironmentProblem(
        "locked",
        _("L’index de recherche est abîmé et un autre programme le tient ouvert. Vos fiches sont intactes."),
        _("Fermez l’autre fenêtre de Maillage, puis réessayez."),
    )


class _Unusable(Exception):
    """The file is no index of this version."""


def _open_sound(path: Path) -> engine.Connection:
    try:
        connection = engine.connect(path)
    except EnvironmentProblem as problem:
        raise _Unusable if problem.code == "damaged" else problem from problem
    try:
        sound = _prepare(connection)
    except engine.Error as problem:
        connection.close()
        known = engine.storage_problem(problem)
        raise _Unusable if known.code == "damaged" else known from problem
    if not sound:
        connection.close()
        raise _Unusable
    return connection


def _prepare(connection: engine.Connection) -> bool:
    """Make the tables of an empty file; whether those there are ours."""
    connection.execute("PRAGMA synchronous=NORMAL")  # a read model: its stamp tells what was lost
    if engine.scalar(connection, "SELECT count(*) FROM sqlite_schema") == 0:
        _create_first(connection)
    if engine.scalar(connection, "PRAGMA user_version") != VERSION:
        return False
    read_state(connection)
    return True


def _create_first(connection: engine.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if engine.scalar(connection, "SELECT count(*) FROM sqlite_schema") == 0:
        create(connection)
        add_orders(connection)
    connection.execute("COMMIT")


def remove(path: Path) -> None:
    """Delete the file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()


def create(connection: engine.Connection) -> None:
    """Empty tables in the place of any others; the caller adds the orders once they are filled."""
    for table in ("vocabulary", "found", "docs", "texts", "facet_values", "state"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version={VERSION}")


def add_orders(connection: engine.Connection) -> None:
    """The orders lists are read in; made after the rows, they cost a third."""
    for statement in _ORDERS.split(";\n"):
        connection.execute(statement)


def drop_orders(connection: engine.Connection) -> None:
    """Take the orders away while every rank changes."""
    for order in ("docs_id", "docs_rank", "docs_order", "docs_updated", "docs_point", "docs_nowhere"):
        connection.execute(f"DROP INDEX {order}")
