"""Orders to erase, kept beside the base too: a base too damaged to be read must not bring the erased back."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appli.domain.causality import Erasure, Stamp
from appli.domain.ids import RecordId
from appli.domain.statements import Kept, Statement
from appli.store import erase as erasing
from appli.store import statements
from appli.store.engine import Connection
from appli.store.private import PrivateValues
from appli.store.registers import Registers

FILE = "effacements.json"


@dataclass(frozen=True, slots=True)
class Orders:
    """All that must outlive the base: what was forgotten, what waits, what was signed, what was refused here."""

    erased: Sequence[Erasure] = ()
    asked: Sequence[Erasure] = ()
    statements: Sequence[Kept] = ()
    refused: Sequence[RecordId] = ()

    def __or__(self, other: Orders) -> Orders:
        return Orders(
            (*self.erased, *other.erased),
            (*self.asked, *other.asked),
            (*self.statements, *other.statements),
            (*self.refused, *other.refused),
        )


def orders(base: Connection) -> Orders:
    """All of them."""
    registers = Registers(base)
    refused = PrivateValues(base).refused()
    return Orders(erasing.all_erasures(registers), erasing.all_asked(registers), statements.every(registers), refused)


def carry_out(registers: Registers, private: PrivateValues, some: Orders) -> set[RecordId]:
    """Bring them into another base; returns every id that went."""
    statements.keep(registers, some.statements)
    gone: set[RecordId] = set()
    for order in some.erased:
        gone |= erasing.erase(registers, private, order)
    for order in some.asked:
        erasing.ask(registers, order)
    for one in some.refused:
        private.refuse(one, 0)
    return gone | erasing.follow(registers, private)


def save(folder: Path, some: Orders) -> None:
    """Keep all the orders: ids and who gave them, never a name."""
    written = {
        "erased": [_row(o) for o in some.erased],
        "asked": [_row(o) for o in some.asked],
        "refused": [one.hex() for one in some.refused],
        "statements": [_said(one) for one in some.statements],
    }
    temporary = folder / (FILE + ".tmp")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(written, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / FILE)


def read(folder: Path) -> Orders:
    """The orders kept there; a file that cannot be read holds none."""
    try:
        found = json.loads((folder / FILE).read_text("utf-8"))
        if isinstance(found, list):  # as it was before orders were signed
            found = {"erased": found, "asked": [], "refused": [], "statements": []}
        return Orders(
            [_erasure(*row) for row in found["erased"]],
            [_erasure(*row) for row in found["asked"]],
            [_kept(*row) for row in found["statements"]],
            [bytes.fromhex(one) for one in found["refused"]],
        )
    except (OSError, ValueError, TypeError, KeyError):
        return Orders()


def _row(order: Erasure) -> list[Any]:
    s = order.stamp
    return [order.id.hex(), s.replica.hex(), s.counter, s.at, [one.hex() for one in order.owners]]


def _erasure(record_id: str, replica: str, counter: int, at: int, owners: Sequence[str] = ()) -> Erasure:
    stamp = Stamp(bytes.fromhex(replica), int(counter), int(at))
    return Erasure(bytes.fromhex(record_id), stamp, tuple(bytes.fromhex(one) for one in owners))


def _said(one: Kept) -> list[Any]:
    said, dot = one.statement, one.dot and [one.dot[0].hex(), one.dot[1]]
    return [said.body.decode(), said.key.hex(), said.signature.hex(), one.sort, [i.hex() for i in one.ids], dot]


def _kept(body: str, key: str, signature: str, sort: str, ids: Sequence[str], dot: tuple[str, int] | None) -> Kept:
    said = Statement(body.encode(), bytes.fromhex(key), bytes.fromhex(signature))
    signed_in = None if dot is None else (bytes.fromhex(dot[0]), int(dot[1]))
    return Kept(said, sort, tuple(bytes.fromhex(i) for i in ids), signed_in)
