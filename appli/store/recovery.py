"""Taking back a work that reached the private file and not the shared one (power cut between the two).

The private file is committed first, so its journal knows the commit the shared file should hold. When that commit is
missing there, what the work did to private values is put back as it was and the work leaves the journal.
"""

from __future__ import annotations

import json

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.store.folder import Folder, raw
from appli.store.journal import Item, Journal
from appli.store.private import PrivateValues
from appli.store.registers import Registers


def recover(folder: Folder) -> bool:
    """Whether a half-landed work was taken back."""
    if folder.is_new_replica:
        return False
    with folder.reading() as connection:
        registers, journal = Registers(raw(connection)), Journal(raw(connection))
        latest = next((e for e in journal.latest(20) if e.counter is not None), None)
        landed = latest is None or (latest.counter or 0) < registers.next_counter(folder.uid)
    if latest is None or landed:
        return False
    with folder.transaction() as connection:
        private, journal = PrivateValues(raw(connection)), Journal(raw(connection))
        for item in reversed(list(journal.items(latest.seq))):
            _put_back(private, item, latest.at)
        journal.remove(latest.seq)
    return True


def _put_back(private: PrivateValues, item: Item, at: int) -> None:
    kind = catalogue.kinds_by_number().get(item.kind)
    if kind is None:
        return
    if item.op == "create":
        private.remove(item.id)
    elif item.op == "put" and item.field in kind.by_number:
        before, after = json.loads(item.before or "[null]"), json.loads(item.after or "[null]")
        was_private = len(before) > 1 and before[1] == Audience.PRIVATE
        is_private = len(after) > 1 and after[1] == Audience.PRIVATE
        if was_private or is_private:
            private.put(item.id, kind, kind.by_number[item.field], before[0] if was_private else None, at)
