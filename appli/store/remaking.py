"""A new base from what can still be read of a damaged one (`appli.store.salvage`), put in its place.

What stands together stays together: a sheet whose values are lost goes, values whose creation or versions are lost are
created anew, so that other PCs that hold more of them bring it back and nothing differs without a word. If anything
shared was lost, this PC no longer claims to know any commit: the next packet of anybody brings all there is again. What
was erased stays erased, by the orders that lie beside the base, in it and in its backups.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from appli.domain import catalogue
from appli.domain.fields import Kind
from appli.domain.ids import RecordId, new_id
from appli.errors import AppError, EnvironmentProblem
from appli.i18n import _
from appli.ports import SILENT, Clock, Progress
from appli.store import backup as backups
from appli.store import engine as sqlite
from appli.store import folder_files as files
from appli.store import ledger, salvage, schema, verify
from appli.store.engine import Connection, scalar
from appli.store.folder import Folder, raw
from appli.store.journal import Journal
from appli.store.ledger import Orders
from appli.store.lock import FolderLock
from appli.store.private import PrivateValues
from appli.store.reads import Reads
from appli.store.registers import Registers
from appli.store.restore import create_anew, readable_orders, take_place
from appli.store.rows import SHARED, all_tables
from appli.store.salvage import Rows

if TYPE_CHECKING:
    import sqlalchemy as sa

_UNDONE_WITH = ("journal", "journal_item", "packet_item", "taken_back")
"""What only serves whole: a work of which half is lost cannot be taken back."""
_RECORDS = (f"{SHARED}.ver", "main.private_record")


@dataclass(frozen=True, slots=True)
class Remade:
    """What came of it."""

    sheets: int
    """Sheets that are there."""
    lost: int
    """Sheets of which nothing but their number was left."""
    kept_in: Path
    """Where the damaged base is kept."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a damaged base still tells."""

    sheets: int
    works: int | None
    """How many works were done since a moment; None when nobody can tell."""


def what_is_left(path: Path, since: int) -> Left:
    """Look at a base that does not open; nothing of it is touched."""
    with _copies(path) as (private, shared):
        mains = {k.number: all_tables()[k.number] for k in catalogue.main_kinds()}
        found, works = 0, None
        if shared is not None:
            found += sum(len(salvage.read(shared, table, ["id"]).found) for table in mains.values())
        if private is not None:
            rows = salvage.read(private, schema.private_record, ["kind"])
            found += sum(row[-1] in mains for row in rows.found.values())
            journal = salvage.read(private, schema.journal, ["h"])
            works = sum(row[-1] > since for row in journal.found.values()) if journal.is_whole else None
        return Left(found, works)


def remake(path: Path, clock: Clock, progress: Progress = SILENT) -> Remade:
    """Put what can be read in the place of a base that does not open. Raises EnvironmentProblem: nothing can."""
    lock, ready = FolderLock(path), path / (files.COMING_BACK + ".partiel")
    lock.take("")
    try:
        with sqlite.translated():
            backups.check_space(path, path)
            shutil.rmtree(ready, ignore_errors=True)
            sheets, lost = _fill(path, ready, clock, progress)
            kept_in = take_place(path, ready, files.place_aside(path, files.DAMAGED, clock()))
    finally:
        shutil.rmtree(ready, ignore_errors=True)
        lock.release()
    return Remade(sheets, lost, kept_in)


def _fill(path: Path, ready: Path, clock: Clock, progress: Progress) -> tuple[int, int]:
    orders = _all_orders(path)
    folder = Folder(ready, ready, clock=clock)  # an identity of its own, thrown away with what else is there
    try:
        with _copies(path) as (private, shared), folder.transaction() as connection:
            base = raw(connection)
            lost_shared = _bring(base, SHARED, shared, schema.shared_tables(), progress)
            lost_private = _bring(base, "main", private, schema.private_tables(), progress)
            if lost_private or lost_shared:
                for name in _UNDONE_WITH:
                    base.execute(f"DELETE FROM main.{name}")
            anew, lost = _mend(base, lost_shared)
            gone = ledger.carry_out(Registers(base), PrivateValues(base), orders)
            Journal(base).forget(gone)
        create_anew(folder, [one for one in anew if one not in gone])
        lost += _leave_out_unreadable(folder)
        with folder.transaction() as connection:
            raw(connection).execute(f"DELETE FROM {SHARED}.meta WHERE key='nonce'")
            sheets = _count(raw(connection))
        if not sheets or verify.damage(folder):
            raise _nothing()
        folder.checkpoint()
    finally:
        folder.close()
    return sheets, lost


def _bring(
    base: Connection, name: str, source: Connection | None, tables: Sequence[sa.Table], progress: Progress
) -> dict[str, Rows]:
    """Copy every row that can be read; returns the tables of which something is lost."""
    lost: dict[str, Rows] = {}
    for done, table in enumerate(tables):
        progress.step(done, len(tables), _("Lecture de ce qui reste"))
        rows = Rows([], gaps=[(None, None)]) if source is None else salvage.read(source, table)
        if rows.found:
            named, marks = ",".join(f'"{n}"' for n in rows.names), ",".join("?" * len(rows.names))
            sql = f'INSERT OR IGNORE INTO {name}."{table.name}"({named}) VALUES({marks})'
            for row in rows.found.values():
                with suppress(sqlite.Error):  # a value that no column takes is damage too
                    base.execute(sql, row)
        if not rows.is_whole:
            lost[table.name] = rows
    return lost


def _mend(base: Connection, lost: dict[str, Rows]) -> tuple[list[RecordId], int]:
    """Make the shared rows fit each other; returns the records to create anew, and how many sheets are lost."""
    if not lost:
        return [], 0
    _name_writers(base)
    base.execute(f"DELETE FROM {SHARED}.know")
    anew: set[RecordId] = set()
    missing: set[RecordId] = set()
    for number, table in all_tables().items():
        there = {i for (i,) in base.execute(f"SELECT id FROM {SHARED}.{table.name}")}
        known = {i for (i,) in base.execute(f"SELECT id FROM {SHARED}.ver WHERE kind=?", (number,))}
        strays = there - known
        anew |= {key[0] for key in lost[table.name].spoilt if key[0] in there} if table.name in lost else set()
        base.executemany(f"DELETE FROM {SHARED}.ver WHERE id=?", [(i,) for i in strays])
        base.executemany(f"INSERT INTO {SHARED}.ver(id, kind) VALUES(?,?)", [(i, number) for i in strays])
        anew |= strays
        missing |= known - there
    sql = f"SELECT count(*) FROM {SHARED}.ver WHERE id=? AND kind IN ({','.join(map(str, _main_numbers()))})"
    sheets = sum(int(scalar(base, sql, one)) for one in missing)
    base.executemany(f"DELETE FROM {SHARED}.ver WHERE id=?", [(i,) for i in missing])
    base.execute(f"DELETE FROM {SHARED}.fv WHERE id NOT IN (SELECT id FROM {SHARED}.ver)")
    versions = lost.get("fv", Rows([]))
    anew |= {key[0] for key in versions.spoilt if key[0] not in missing}
    for low, high in versions.gaps:
        first, last = low[0] if low else b"", high[0] if high else b"\xff" * 17
        anew |= {i for (i,) in base.execute(f"SELECT id FROM {SHARED}.ver WHERE id BETWEEN ? AND ?", (first, last))}
    anew = {i for i in anew if scalar(base, f"SELECT 1 FROM {SHARED}.ver WHERE id=?", i)}
    _drop_versions(base, anew)
    return sorted(anew), sheets


def _drop_versions(base: Connection, some: Iterable[RecordId]) -> None:
    """Versions that speak of what is not there are none; the value shown stays."""
    registers = Registers(base)
    for one in some:
        try:
            registers.state(one)
        except (ValueError, TypeError, LookupError):
            base.execute(f"DELETE FROM {SHARED}.fv WHERE id=?", (one,))


def _leave_out_unreadable(folder: Folder) -> int:
    """Let go of records whose values still are no values of their kind; how many sheets that takes."""
    reads, bad = Reads(folder), []
    for kind in catalogue.all_kinds().values():
        try:
            for entry in reads.of_kind(kind.code):
                _ = entry.audience
        except (ValueError, TypeError, KeyError):
            bad += [(kind, one) for one in _all_of(folder, kind) if not _is_readable(reads, one)]
    with folder.transaction() as connection:
        for kind, one in bad:
            Registers(raw(connection)).remove(kind, one)
            PrivateValues(raw(connection)).remove(one)
    return sum(kind.is_main for kind, _one in bad)


def _all_of(folder: Folder, kind: Kind) -> list[RecordId]:
    with folder.reading() as connection:
        return [one for table in _RECORDS for (one,) in raw(connection).execute(
            f"SELECT id FROM {table} WHERE kind=?", (kind.number,)
        )]  # fmt: skip


def _is_readable(reads: Reads, one: RecordId) -> bool:
    try:
        entry = reads.entry(one)
        _ = entry and entry.audience
    except (ValueError, TypeError, KeyError):
        return False
    return True


def _name_writers(base: Connection) -> None:
    """Versions of a PC whose name is lost stay those of one PC."""
    for table in ("ver", "fv", "erased", "asked"):
        sql = (
            f"SELECT DISTINCT r FROM {SHARED}.{table} WHERE r IS NOT NULL AND r NOT IN (SELECT i FROM {SHARED}.writer)"
        )
        for (index,) in base.execute(sql).fetchall():
            base.execute(f"INSERT INTO {SHARED}.writer(i, uid) VALUES(?,?)", (index, new_id()))


def _main_numbers() -> list[int]:
    return [kind.number for kind in catalogue.main_kinds()]


def _count(base: Connection) -> int:
    numbers = ",".join(map(str, _main_numbers()))
    found = [scalar(base, f"SELECT count(*) FROM {t} WHERE kind IN ({numbers})") for t in _RECORDS]
    return sum(map(int, found))


@contextmanager
def _copies(path: Path) -> Iterator[tuple[Connection | None, Connection | None]]:
    """Both files of a base, copied and opened as far as they can be."""
    saved = [one.path for one in backups.backups(path)[: backups.RECENT]]
    with (
        sqlite.translated(),
        tempfile.TemporaryDirectory(prefix="secours-", dir=path, ignore_cleanup_errors=True) as room,
    ):
        opened: list[Connection | None] = []
        try:
            for name, tables in zip(files.FILES, (schema.private_tables(), schema.shared_tables()), strict=True):
                beside = [path / other for other in files.FILES if other != name]
                others = [*(one / name for one in saved), *beside]
                opened.append(salvage.open_copy(path / name, Path(room), {t.name for t in tables}, others))
            yield opened[0], opened[1]
        finally:
            for base in opened:
                if base is not None:
                    base.close()


def _all_orders(path: Path) -> Orders:
    """Every order to erase that can still be found."""
    found = readable_orders(path)
    for one in backups.backups(path)[: backups.RECENT]:
        with suppress(AppError, sqlite.Error):
            found |= readable_orders(one.path)
    return found


def _nothing() -> EnvironmentProblem:
    return EnvironmentProblem(
        "nothing_readable",
        _("Aucune fiche de cette base ne peut plus être lue. Rien n’a été changé."),
        _("Revenez à une sauvegarde, si possible."),
    )
