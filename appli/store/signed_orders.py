"""Orders to erase and roles as the services see them: what is kept, what waits for a person, what was refused here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from appli.domain.causality import Stamp, display_order
from appli.domain.ids import RecordId
from appli.domain.statements import Kept
from appli.store import erase as erasing
from appli.store import ledger, statements
from appli.store.engine import scalar
from appli.store.folder import Folder, raw
from appli.store.parts import parts_of_each
from appli.store.private import PrivateValues
from appli.store.registers import Registers


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record held here that others want forgotten. `orders`: the uids of those that name it, none if unsigned."""

    id: RecordId
    asked_by: bytes
    """The PC whose commit asks it."""
    at: int
    orders: tuple[str, ...]
    refused: bool


class SignedOrders:
    """Each question and each deed is a transaction of its own."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def every(self) -> list[Kept]:
        """All statements kept."""
        with self._folder.reading() as connection:
            return statements.every(Registers(raw(connection)))

    def declare(self, make: Callable[[Stamp], Kept]) -> Kept:
        """Keep what this PC signs, in a commit of its own so that others learn of it."""
        with self._folder.transaction(content=False) as connection:
            registers = Registers(raw(connection))
            made = make(registers.new_commit(self._folder.uid, self._folder.clock()))
            statements.keep(registers, [made])
        return made

    def unsigned(self) -> list[RecordId]:
        """What this PC erased and no order tells of."""
        with self._folder.reading() as connection:
            registers = Registers(raw(connection))
            return statements.unsigned(registers, self._folder.uid)

    def creator(self, record_id: RecordId) -> bytes | None:
        """The PC that created a record, as far as its versions tell."""
        with self._folder.reading() as connection:
            state = Registers(raw(connection)).state(record_id)
        if state is None:
            return None
        if state.base is not None:
            return state.base.replica
        versions = [v for register in state.registers.values() for v in register.versions.values()]
        return min(versions, key=display_order).stamp.replica if versions else None

    def former_names(self) -> set[bytes]:
        """The names this folder signed under before it was copied or restored; its present one is noted too."""
        with self._folder.transaction(content=False) as connection:
            base, mine = raw(connection), self._folder.uid.hex()
            found = scalar(base, "SELECT value FROM main.meta WHERE key='names'")
            names = set((found or "").split())
            if mine not in names:
                value = " ".join(sorted({*names, mine}))
                base.execute("INSERT OR REPLACE INTO main.meta(key, value) VALUES('names', ?)", (value,))
        return {bytes.fromhex(one) for one in names - {mine}}

    def parts_of(self, ids: Collection[RecordId]) -> list[RecordId]:
        """The records that were forgotten because of these."""
        wanted = set(ids)
        with self._folder.reading() as connection:
            every = erasing.all_erasures(Registers(raw(connection)))
        return [one.id for one in every if not wanted.isdisjoint(one.owners)]

    def living_by(self, ids: Collection[RecordId]) -> dict[str, int]:
        """How many records of each kind would go with these."""
        with self._folder.reading() as connection:
            registers, private = Registers(raw(connection)), PrivateValues(raw(connection))
            found = {
                part: kind.code for parts in parts_of_each(registers, private, ids).values() for kind, part in parts
            }
        return dict(Counter(code for part, code in found.items() if part not in ids))

    def heads(self, ids: Collection[RecordId]) -> list[RecordId]:
        """Those of these records that went, or shall go, for their own sake and not with another."""
        wanted = set(ids)
        with self._folder.reading() as connection:
            registers = Registers(raw(connection))
            every = [*erasing.all_erasures(registers), *erasing.all_asked(registers)]
        return [one.id for one in every if one.id in wanted and not one.owners]

    def waiting(self) -> list[Waiting]:
        """What a person has to decide, or refused; the latest first."""
        with self._folder.reading() as connection:
            registers, private = Registers(raw(connection)), PrivateValues(raw(connection))
            asked, refused = erasing.waiting(registers, private), set(private.refused())
            named = statements.orders_of(registers, asked)
        found = [
            Waiting(i, one.stamp.replica, one.stamp.at, tuple(named.get(i, ())), i in refused)
            for i, one in asked.items()
        ]
        return sorted(found, key=lambda w: (-w.at, w.id))

    def refuse(self, ids: Iterable[RecordId], *, refused: bool = True) -> None:
        """Keep these records here whatever others ask, or think it over again."""
        with self._folder.transaction(content=False) as connection:
            private, at = PrivateValues(raw(connection)), self._folder.clock()
            for one in ids:
                if refused:
                    private.refuse(one, at)
                else:
                    private.unrefuse(one)

    def write_ledger(self) -> None:
        """Keep the orders beside the base too."""
        with self._folder.reading() as connection:
            found = ledger.orders(raw(connection))
        ledger.save(self._folder.path, found)
