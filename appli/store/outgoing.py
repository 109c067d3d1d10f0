"""What is handed to others: all that is shared, or what somebody lacks, read from one moment of the base."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator

from appli.domain.causality import Delta, Knowledge, RecordState
from appli.domain.ids import RecordId
from appli.store import erase as erasing
from appli.store import statements, strangers, unread
from appli.store.folder import Folder, raw
from appli.store.private import PrivateValues
from appli.store.registers import Registers
from appli.store.states import every_state, news_for, states_of


@contextlib.contextmanager
def handing_over(folder: Folder, known: Knowledge | None = None) -> Iterator[Delta]:
    """All that is shared here and that somebody who knows `known` may lack (None: everything), record by record.

    A field travels with all its siblings. Our own commits up to now count as sent from here on, before anything left.
    """
    known = known or Knowledge()
    with folder.reading() as connection:
        registers = Registers(raw(connection))
        mine = registers.knowledge()
        _note_sent(folder, registers.next_counter(folder.uid) - 1)
        every = [*erasing.all_erasures(registers), *erasing.all_asked(registers)]
        erasures = tuple(sorted((e for e in every if not known.knows(e.stamp.dot)), key=lambda e: e.id))
        said = statements.lacking(registers, known)
        beyond = tuple(unread.every(registers))
        contested = erasing.contested(registers, PrivateValues(registers.connection))
        yield Delta(mine.missing_from(known), _records(registers, known, contested), erasures, said, unknown=beyond)


def _note_sent(folder: Folder, counter: int) -> None:
    with folder.transaction(content=False) as connection:
        PrivateValues(raw(connection)).note_sent(counter)


def _records(registers: Registers, known: Knowledge, contested: Collection[RecordId]) -> Iterator[RecordState]:
    if known.as_dict():
        for state in states_of(registers, news_for(registers, known).union(contested)):
            lacking = state if state.id in contested else _lacking(state, known)
            if lacking is not None:
                yield lacking
    else:
        yield from every_state(registers)
    yield from strangers.every(registers, known)


def _lacking(state: RecordState, known: Knowledge) -> RecordState | None:
    """The part of a record that somebody may lack: all of it if the creation is news, else the fields with news."""
    if state.base is not None and not known.knows(state.base.dot):
        return state
    news = {f: r for f, r in state.registers.items() if any(not known.knows(dot) for dot in r.versions)}
    return RecordState(state.id, state.kind, None, {}, news) if news else None
