"""One directory folder, opened: its two files on one connection, its lock, its version, its identity.

    partage.db   what may ever travel          prive.db   what never leaves this PC
    index.db     a read model, may be deleted  sauvegardes/, photos/, cartes/

The private file is the main one and the shared file is attached to it: commits reach the private file first, so the
journal always knows of a work that did not land (see `appli.store.recovery`).
"""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from appli.config import program_version
from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.ports import Clock, wall_clock
from appli.store import engine as sqlite
from appli.store import folder_files as files
from appli.store import schema
from appli.store.folder_files import PRIVATE_FILE, SHARED_FILE
from appli.store.identity import IdentityFile
from appli.store.lock import FolderLock
from appli.store.presence import Presence, another, gone
from appli.store.rows import SHARED

_NEXT_GENERATION = (
    "INSERT INTO main.meta(key, value) VALUES('generation', '1') "
    "ON CONFLICT(key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
)

_PROGRAM = "program"
"""Where a base says which version gave it its shape."""
_VERSION = re.compile(r"[0-9][0-9a-z.+-]{0,30}")


class Folder:
    """An open directory folder; close it. Writing openings hold the folder's lock until then."""

    def __init__(
        self,
        path: Path,
        config: Path,
        *,
        clock: Clock = wall_clock,
        read_only: bool = False,
        holder: str = "",
        before_upgrade: Callable[[Folder], None] = lambda _folder: None,
    ) -> None:
        """`before_upgrade` is called with an older base, before its tables change: the store backs it up there."""
        self.is_new_replica = False
        self.was_older = False
        """Whether an older version wrote this base last."""
        self._before_upgrade = before_upgrade
        self.path = path
        self.clock = clock
        self.read_only = read_only
        self.config = config
        self._lock = FolderLock(path)
        self.presence = Presence(path)
        self.writing = threading.Lock()
        self.uid = b""
        try:
            with sqlite.translated():
                if not read_only:
                    self._lock.take(holder)
                    files.finish(path)
                self._open()
            self.presence.begin()
        except BaseException as problem:
            self.close()
            if getattr(problem, "code", "") == "unwritable" and not files.has_room(path):
                raise sqlite.full() from problem
            raise

    @property
    def exists(self) -> bool:
        """Whether the folder holds a directory."""
        return files.is_directory(self.path)

    def _open(self) -> None:
        lost = files.missing_file(self.path)
        if lost is not None:
            raise lost
        if not self.exists:
            if self.read_only:
                raise files.no_directory(self.path)
            self._create()
        elif self._checked_version() < schema.version():
            self._upgrade()
        else:
            self.engine = self._make_engine()
        if self.read_only:
            self.uid = IdentityFile(self.config, self.path).known_uid()
        else:
            self._identify()

    def _make_engine(self) -> sa.Engine:
        made = sa.create_engine("sqlite://", module=sqlite.sqlite, creator=self._connect, poolclass=sa.QueuePool)

        @sa.event.listens_for(made, "begin")
        def begin(connection: sa.Connection) -> None:
            # DDL rolls back only inside a transaction that we open ourselves
            write = connection.get_execution_options().get("write", False)
            raw(connection).execute("BEGIN IMMEDIATE" if write else "BEGIN")

        return made

    def _connect(self) -> Any:
        connection = sqlite.connect(self.path / PRIVATE_FILE, read_only=self.read_only)
        sqlite.attach(connection, self.path / SHARED_FILE, SHARED, read_only=self.read_only)
        return connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A short read transaction."""
        with sqlite.translated(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def transaction(self, *, content: bool = True) -> Iterator[sa.Connection]:
        """The one write transaction at a time: all of it lands, or nothing.

        `content` False when no record changes, so that the index need not follow.
        """
        if self.read_only:
            raise EnvironmentProblem(
                "read_only",
                _("Cet annuaire est ouvert en lecture seule. Rien n’a changé."),
                _("Fermez l’autre fenêtre de Maillage, puis rouvrez l’annuaire."),
            )
        with (
            self.writing,
            self.presence.watched(),
            sqlite.translated(),
            self.engine.connect().execution_options(write=True) as connection,
            connection.begin(),
        ):
            yield connection
            if content:
                self.content_changed(connection)

    def check_same(self) -> None:
        """Raise EnvironmentProblem unless what lies in the folder now is what was opened."""
        if not self.exists:
            raise gone(self.path)
        base = sqlite.connect(self.path / SHARED_FILE, read_only=True)
        try:
            nonce = sqlite.scalar(base, "SELECT value FROM meta WHERE key='nonce'")
        finally:
            base.close()
        if not IdentityFile(self.config, self.path).knows(nonce):
            raise another(self.path)

    def content_changed(self, connection: sa.Connection) -> None:
        """Tell whoever derives from the records that they are not what they were."""
        raw(connection).execute(_NEXT_GENERATION)

    @property
    def generation(self) -> int:
        """A number that grows with every change of content; what was derived from another one is stale."""
        with self.reading() as connection:
            return int(sqlite.scalar(raw(connection), "SELECT value FROM main.meta WHERE key='generation'") or 0)

    def _checked_version(self) -> int:
        found = 0
        for name in (PRIVATE_FILE, SHARED_FILE):
            application, number = sqlite.read_stamp(self.path / name)
            if application != sqlite.APPLICATION_ID:
                raise EnvironmentProblem(
                    "not_a_directory",
                    _("« {name} » n’est pas un annuaire de Maillage. Rien n’a été ouvert.").format(name=name),
                    _("Choisissez le dossier d’un annuaire."),
                )
            if number > schema.version():
                raise _newer(self.path)
            found = number if name == PRIVATE_FILE else min(found, number)
        return found

    def _create(self) -> None:
        mark = self.path / files.BEING_MADE
        mark.touch()
        self.engine = self._make_engine()
        with self.transaction() as connection:
            for statement in schema.creation():
                raw(connection).execute(statement)
            self._stamp(connection)
        self.checkpoint()
        mark.unlink()

    def _upgrade(self) -> None:
        if self.read_only:
            raise EnvironmentProblem(
                "older_base",
                _("Cet annuaire vient d’une version plus ancienne de Maillage. Il n’a pas été touché."),
                _("Ouvrez-le une fois dans la fenêtre de Maillage pour le mettre à jour."),
            )
        # Alembic is heavy, and only an older base needs it
        from appli.store.migrations import upgrade

        self.engine = self._make_engine()
        self._before_upgrade(self)
        with self.transaction() as connection:
            upgrade(connection)
            self._stamp(connection)
        self.was_older = True
        self.checkpoint()

    def _stamp(self, connection: sa.Connection) -> None:
        said = (_PROGRAM, program_version())
        connection.exec_driver_sql(f"INSERT OR REPLACE INTO {SHARED}.meta VALUES(?, ?)", said)
        for name in ("main", SHARED):
            connection.exec_driver_sql(f"PRAGMA {name}.application_id={sqlite.APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA {name}.user_version={schema.version()}")

    def checkpoint(self) -> None:
        """Bring the write-ahead logs into the files and empty them."""
        connection = self.engine.raw_connection()
        try:
            for name in ("main", SHARED):
                connection.cursor().execute(f"PRAGMA {name}.wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def _identify(self) -> None:
        identity = IdentityFile(self.config, self.path)
        with self.reading() as connection:
            held = _nonce(connection)
        self.uid, nonce, self.is_new_replica = identity.claim(held)
        with self.transaction(content=False) as connection:
            if self.is_new_replica:
                _forget_own_counters(raw(connection))
            connection.exec_driver_sql(f"INSERT OR REPLACE INTO {SHARED}.meta VALUES('nonce', ?)", (nonce,))
        identity.confirm(self.uid, nonce)

    def take_new_name(self, carry_over: Callable[[sqlite.Connection, bytes], None]) -> None:
        """Go on under another name; `carry_over` gives it what the old one may no longer hold, in one transaction.

        Should the power go before the configuration knows, the nonces disagree, and the next opening takes yet another.
        """
        identity = IdentityFile(self.config, self.path)
        uid, nonce = identity.fresh()
        with self.transaction(content=False) as connection:
            carry_over(raw(connection), uid)
            _forget_own_counters(raw(connection))
            connection.exec_driver_sql(f"INSERT OR REPLACE INTO {SHARED}.meta VALUES('nonce', ?)", (nonce,))
        identity.confirm(uid, nonce)
        self.uid = uid

    def close(self) -> None:
        """Let go of the files and the lock."""
        if hasattr(self, "engine"):
            self.engine.dispose()
        self._lock.release()


def written_by(path: Path) -> str:
    """The version of Maillage that gave a base its shape, read without touching anything; empty if nobody knows."""
    try:
        with contextlib.closing(sqlite.connect_stranger(path / SHARED_FILE)) as base:
            found = str(sqlite.scalar(base, "SELECT value FROM meta WHERE key=?", _PROGRAM) or "")
    except (sqlite.Error, OSError):
        return ""
    return found if _VERSION.fullmatch(found) else ""


def _newer(path: Path) -> EnvironmentProblem:
    version = written_by(path)
    said = _("Cet annuaire vient d’une version plus récente de Maillage. Il n’a pas été touché.")
    if version:
        said = _("Cet annuaire vient de Maillage {version}, plus récent que celui-ci ({mine}). Il n’a pas été touché.")
    return EnvironmentProblem(
        "newer_base",
        said.format(version=version, mine=program_version()),
        _(
            "Demandez cette version à la personne qui vous a installé Maillage, ou prenez-la sur sa clé : elle"
            " s’installe par-dessus celle-ci, sans rien changer à vos fiches."
        ),
    )


def raw(connection: sa.Connection) -> sqlite.Connection:
    """The driver's own connection, for statements run a hundred thousand times."""
    found: Any = connection.connection.driver_connection
    driver: sqlite.Connection = found
    return driver


def _nonce(connection: sa.Connection) -> str | None:
    found: str | None = sqlite.scalar(raw(connection), f"SELECT value FROM {SHARED}.meta WHERE key='nonce'")
    return found


def _forget_own_counters(base: sqlite.Connection) -> None:
    """Commit numbers of another name say nothing here: neither what landed nor what was never sent."""
    base.execute("UPDATE main.journal SET counter=NULL")
    base.execute("DELETE FROM main.meta WHERE key='sent'")
    base.execute(f"UPDATE {SHARED}.ver SET c=NULL WHERE r IS NULL")
