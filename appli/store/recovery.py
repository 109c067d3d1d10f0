"""Settling a work that reached the private file and not the shared one (power cut or full disk between the two).

The private file is committed first, so its journal knows the commit the shared file should hold. When that commit is
missing there, what the work did to private values is put back as it was and the work leaves the journal. An order to
erase is carried out again instead: what it took from the private file cannot come back, and must not.
"""

from __future__ import annotations

import json

from appli.domain.causality import Erasure
from appli.store.erase import erase
from appli.store.folder import Folder, raw
from appli.store.journal import Entry, Item, Journal
from appli.store.private import PrivateValues
from appli.store.registers import Registers


def recover(folder: Folder) -> bool:
    """Settle the latest work if half of it landed; whether there was one."""
    with folder.transaction(content=False) as connection:
        settled = settle(Registers(raw(connection)), Journal(raw(connection)), folder.uid)
        if settled:
            folder.content_changed(connection)
        return settled


def settle(registers: Registers, journal: Journal, uid: bytes) -> bool:
    """The same, inside the caller's transaction: no work may follow one that is half there."""
    latest = journal.latest_commit()
    if latest is None or (latest.counter or 0) < registers.next_counter(uid):
        return False
    private = PrivateValues(registers.connection)
    for item in reversed(list(journal.items(latest.seq))):
        if item.op == "create":
            private.remove(item.id)
        elif item.op == "before":
            private.put_back(item.id, json.loads(item.before or "[null,[]]"))
        elif item.op == "erase":
            _erase_again(registers, private, uid, latest, item)
    journal.remove(latest.seq)
    return True


def _erase_again(registers: Registers, private: PrivateValues, uid: bytes, work: Entry, item: Item) -> None:
    erase(registers, private, Erasure(item.id, registers.new_commit(uid, work.at, work.operator)))
