"""Coming back to a backup: neither the erased nor a used commit number comes back with it.

The backup is copied, checked, brought up to date and cleansed apart; only then do both files take the place of the
present ones, as one act (see `appli.store.folder_files.finish`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from appli.domain.causality import Knowledge, RecordState, Register, Stamp, Version
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.errors import AppError, EnvironmentProblem
from appli.i18n import _
from appli.ports import Clock, wall_clock
from appli.store import backup as backups
from appli.store import engine as sqlite
from appli.store import folder_files as files
from appli.store import ledger, schema
from appli.store.backup import Backup
from appli.store.erase import find
from appli.store.folder import Folder, raw
from appli.store.journal import Journal
from appli.store.ledger import Orders
from appli.store.lock import FolderLock
from appli.store.private import PrivateValues
from appli.store.registers import Registers
from appli.store.rows import SHARED

TakenBack = Mapping[tuple[RecordId, bytes], int]
"""{(record, name of this PC): last commit that was taken back}."""


def restore(folder: Folder, chosen: Backup) -> set[RecordId]:
    """Put a backup in place of the present; closes the folder, which the caller opens again under a new name.

    Returns the records that were taken back without ever leaving this PC: others believe they know all of their
    commits, so those that come back with the backup have to be created anew (`create_anew`).
    """
    with folder.reading() as connection:
        present = Registers(raw(connection))
        taken_back = PrivateValues(raw(connection)).taken_back()
        ready = _prepare(folder.path, chosen, ledger.orders(raw(connection)), present.knowledge(), taken_back)
        come_back = _come_back(ready, taken_back)
    folder.engine.dispose()
    ready.rename(folder.path / files.COMING_BACK)
    with sqlite.translated():
        files.finish(folder.path)
    return come_back


def rescue(path: Path, name: str, clock: Clock = wall_clock, called: str = files.DAMAGED) -> Path:
    """Come back to a backup when the present base cannot be opened; returns the folder where that base is kept."""
    chosen, lock = backups.find(path, name), FolderLock(path)
    lock.take("")
    try:
        with sqlite.translated():
            ready = _prepare(path, chosen, readable_orders(path), Knowledge(), {})
            return take_place(path, ready, files.place_aside(path, called, clock()))
    finally:
        lock.release()


def take_place(path: Path, ready: Path, kept_in: str) -> Path:
    """Put files made ready in the place of those that do not open, which are kept in a folder of that name."""
    (ready / files.KEPT_IN).write_text(kept_in, "ascii")
    ready.rename(path / files.COMING_BACK)
    files.finish(path)
    return path / kept_in


def readable_orders(path: Path) -> Orders:
    """The orders to erase that lie beside a base, and those that it still tells."""
    orders = ledger.read(path)
    with suppress(AppError, sqlite.Error):
        orders |= _orders_of(path)
    return orders


def create_anew(folder: Folder, ids: Iterable[RecordId]) -> None:
    """Give records a creation that other PCs have not yet heard of."""
    with folder.transaction() as connection:
        registers, at = Registers(raw(connection)), folder.clock()
        stamp = None
        for one in ids:
            kind = registers.base(one)[0]
            if kind is not None:
                stamp = stamp or registers.new_commit(folder.uid, at)
                row = (one, registers.values(kind, one), registers.chosen(kind, one))
                siblings = registers.explicit(kind, one)
                registers.remove(kind, one)
                registers.create(kind, [row], stamp, based=False)
                for number, register in siblings.items():
                    _add_others(registers, kind, one, number, register, partial(registers.new_commit, folder.uid, at))


def _add_others(
    registers: Registers, kind: Kind, one: RecordId, number: int, then: Register, new_commit: Callable[[], Stamp]
) -> None:
    """The siblings that were not shown."""
    for version in then.siblings[1:]:
        register = registers.register(kind, one, kind.by_number[number])
        if version.value is not None and all(v.value != version.value for v in register.versions.values()):
            added = register.add(Version(new_commit(), version.value, version.audience))
            registers.save(kind, one, number, added)


def _prepare(path: Path, chosen: Backup, orders: Orders, known: Knowledge, taken_back: TakenBack) -> Path:
    """The backup's files, apart, checked, of the present schema, with all orders to erase carried out.

    `known` is what the present had received, `taken_back` what never left it.
    """
    backups.check_space(chosen.path, path)
    ready = path / (files.COMING_BACK + ".partiel")
    shutil.rmtree(ready, ignore_errors=True)
    try:
        ready.mkdir()
        for name in files.FILES:
            _check(chosen.path / name)
            _copy(chosen.path / name, ready / name)
        _cleanse(ready, orders, known, taken_back)
    except BaseException:
        shutil.rmtree(ready, ignore_errors=True)
        raise
    return ready


def _copy(source: Path, target: Path) -> None:
    with sqlite.translated():
        shutil.copyfile(source, target)
        with target.open("rb+") as file:
            os.fsync(file.fileno())


def _cleanse(ready: Path, orders: Orders, known: Knowledge, taken_back: TakenBack) -> None:
    folder = Folder(ready, ready)  # an identity of its own, thrown away with what else is there
    try:
        with folder.transaction() as connection:
            registers = Registers(raw(connection))
            private, journal = PrivateValues(registers.connection), Journal(registers.connection)
            gone = ledger.carry_out(registers, private, orders)
            journal.forget(gone)
            _forget_orders(registers, gone - {order.id for order in orders.erased}, known)
            for (one, uid), counter in taken_back.items():
                private.note_taken_back(one, uid, counter)
            registers.connection.execute(f"DELETE FROM {SHARED}.meta WHERE key='nonce'")
        folder.checkpoint()
    finally:
        folder.close()


def _forget_orders(registers: Registers, parts: Iterable[RecordId], known: Knowledge) -> None:
    """A part whose commit the present knew, without holding it nor an order for it, never left: nobody needs one."""
    for part in parts:
        order = find(registers, part)
        if order is not None and known.knows(order.stamp.dot):
            registers.connection.execute(f"DELETE FROM {SHARED}.erased WHERE id=?", (part,))


def _orders_of(path: Path) -> Orders:
    base = sqlite.connect(path / files.PRIVATE_FILE, read_only=True)
    try:
        sqlite.attach(base, path / files.SHARED_FILE, SHARED, read_only=True)
        return ledger.orders(base)
    finally:
        base.close()


def _come_back(ready: Path, taken_back: TakenBack) -> set[RecordId]:
    """Of the records taken back, those that the backup still shares as they were."""
    base = sqlite.connect(ready / files.PRIVATE_FILE, read_only=True)
    try:
        sqlite.attach(base, ready / files.SHARED_FILE, SHARED, read_only=True)
        registers = Registers(base)
        return {
            one
            for (one, uid), last in taken_back.items()
            if any(c <= last for c in _written(registers.state(one), uid))
        }
    finally:
        base.close()


def _written(state: RecordState | None, uid: bytes) -> set[int]:
    """The commits of that name in a record."""
    if state is None:
        return set()
    dots = {dot for register in state.registers.values() for dot in register.versions}
    dots |= {state.base.dot} if state.base else set()
    return {counter for replica, counter in dots if replica == uid}


def opens(chosen: Backup) -> bool:
    """Whether one could come back to a backup: it is sound, and of no later version."""
    return holds_bases(chosen.path)


def holds_bases(path: Path) -> bool:
    """Whether a folder holds both files, sound and of no later version; neither is touched."""
    try:
        for name in files.FILES:
            _check(path / name)
            if sqlite.read_stamp(path / name)[1] > schema.version():
                return False
    except AppError:
        return False
    return True


def _check(path: Path) -> None:
    with sqlite.translated():
        sound = sqlite.read_stamp(path)[0] == sqlite.APPLICATION_ID
        if sound:
            copy = sqlite.connect(path, read_only=True)
            try:
                sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            finally:
                copy.close()
    if not sound:
        raise EnvironmentProblem("damaged", _("Cette sauvegarde est abîmée. Votre annuaire n’a pas changé."))
