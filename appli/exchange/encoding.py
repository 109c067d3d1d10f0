"""From the domain's states to lines: the same content always gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from appli.domain.causality import Dot, Erasure, RecordState, Register, Stamp, Version, display_order
from appli.domain.cells import Cells
from appli.domain.statements import Statement
from appli.domain.unknown import Unknown
from appli.exchange import limits, refusals
from appli.exchange.statements import line_of
from appli.exchange.typed_values import typed_values
from appli.exchange.wire import NO_VALUES, ErasureLine, RecordLine, RegisterPart, StampPart, VersionPart

REMEMBERED = 10_000
"""Stamps kept ready by a writer or a reader."""

_encode = msgspec.json.Encoder(order="deterministic").encode
_COMMIT = re.compile(rb'"([0-9a-f]{32})"[,:]([0-9]{1,15})(?![0-9])')


class LineWriter:
    """Makes lines, and remembers the fields and the highest commit of each replica they speak of."""

    def __init__(self) -> None:
        self.highest: dict[bytes, int] = {}
        self.fields: dict[int, set[int]] = {}
        self._stamps: dict[Stamp, StampPart] = {}
        self._kinds: dict[int, _Kind] = {}
        self._last: tuple[Stamp, StampPart] | None = None

    def record(self, state: RecordState) -> Iterator[bytes]:
        """One line; more for a record so large that no reader would take it whole: the join reunites them."""
        line = _encode(self._record(state))
        if len(line) <= limits.LINE:
            yield line
            return
        if not state.registers or (state.base is None and len(state.registers) == 1):
            raise refusals.record_too_large()
        if state.base is not None:
            yield from self.record(replace(state, registers={}))
        for number, register in state.registers.items():
            yield from self.record(RecordState(state.id, state.kind, registers={number: register}))

    def erasure(self, order: Erasure) -> bytes:
        """An order to forget."""
        return _encode(ErasureLine(order.id.hex(), self._stamp(order.stamp), tuple(one.hex() for one in order.owners)))

    def statement(self, statement: Statement) -> bytes:
        """What somebody signed."""
        return _encode(line_of(statement))

    def unknown(self, line: Unknown) -> bytes:
        """What a later version wrote, untouched."""
        for replica, counter in commits_in(line.raw):
            self._note(replica, counter)
        return line.raw

    def _record(self, state: RecordState) -> RecordLine:
        fields = state.registers
        if fields:
            self.fields.setdefault(state.kind, set()).update(fields)
        return RecordLine(
            state.id.hex(),
            state.kind,
            None if state.base is None else self._stamp(state.base),
            self._values(state) if state.values else NO_VALUES,
            _keyed({n: self._register(r, state.base) for n, r in fields.items()}) if fields else {},
        )

    def _values(self, state: RecordState) -> Any:
        values = state.values
        if type(values) is not Cells:
            self.fields.setdefault(state.kind, set()).update(values)
            return _keyed(values)
        kind = self._kinds.get(state.kind)
        if kind is None:
            kind = self._kinds[state.kind] = _Kind(state.kind, values, self.fields.setdefault(state.kind, set()))
        return kind.written(values)

    def _register(self, register: Register, base: Stamp | None) -> RegisterPart:
        versions = sorted(register.versions.values(), key=display_order)
        follows = following(versions, base)
        context = {replica: counter for replica, counter in register.context.items() if counter}
        for replica, counter in context.items():
            self._note(replica, counter)
        parts = [self._version(v) for v in versions]
        if any(context.get(replica, 0) < counter for replica, counter in follows.items()):
            return RegisterPart(parts, context=_written(context))
        return RegisterPart(parts, _written({r: c for r, c in context.items() if c > follows.get(r, 0)}))

    def _version(self, version: Version) -> VersionPart:
        stamp = self._stamp(version.stamp)
        return VersionPart(
            stamp.replica, stamp.counter, stamp.at, stamp.operator, _level(version.audience), version.value
        )

    def _stamp(self, stamp: Stamp) -> StampPart:
        # a whole import bears one stamp, so most are made once
        if self._last is not None and self._last[0] is stamp:
            return self._last[1]
        found = self._stamps.get(stamp)
        if found is None:
            found = StampPart(stamp.replica.hex(), stamp.counter, stamp.at, stamp.operator)
            self._note(stamp.replica, stamp.counter)
            if len(self._stamps) >= REMEMBERED:
                self._stamps.clear()
            self._stamps[stamp] = found
        self._last = stamp, found
        return found

    def _note(self, replica: bytes, counter: int) -> None:
        if counter > self.highest.get(replica, -1):
            self.highest[replica] = counter


class _Kind:
    """Writes the cells of one kind, and notes in `seen` the fields that were filled."""

    def __init__(self, number: int, cells: Cells, seen: set[int]) -> None:
        typed = typed_values(number)
        if typed is None:
            raise LookupError("cells of no kind")
        self._write = typed.written
        self._seen = seen
        self._numbers = cells.layout.numbers
        self._empty = list(range(len(cells.row)))
        """Columns that no record filled so far."""

    def written(self, cells: Cells) -> msgspec.Struct:
        row = cells.row
        if filled := [place for place in self._empty if row[place] is not None]:
            self._seen.update(self._numbers[place] for place in filled)
            self._empty = [place for place in self._empty if row[place] is None]
        return self._write(cells)


def commits_in(raw: bytes) -> Iterator[Dot]:
    """The commits that a line of a later version seems to speak of: a replica and, right after it, a number."""
    for replica, counter in _COMMIT.findall(raw):
        yield bytes.fromhex(replica.decode()), int(counter)


def following(versions: Iterable[Version], base: Stamp | None) -> dict[bytes, int]:
    """The context that needs no writing: whoever wrote a field saw its own versions and, mostly, the creation."""
    found = {} if base is None else {base.replica: base.counter}
    for version in versions:
        replica, counter = version.stamp.dot
        if counter > found.get(replica, 0):
            found[replica] = counter
    return found


def _keyed(by_number: Mapping[int, Any]) -> dict[int, Any]:
    # the encoder sorts text keys only; the decoder reads them back as the numbers they are
    texts: dict[Any, Any] = {_TEXTS[n]: v for n, v in by_number.items()}
    return texts


class _Texts(dict[int, str]):
    def __missing__(self, number: int) -> str:
        return self.setdefault(number, str(number))


_TEXTS = _Texts()


def _written(context: dict[bytes, int]) -> dict[str, int]:
    return {replica.hex(): counter for replica, counter in context.items()}


def _level(audience: int | None) -> int | None:
    return None if audience is None else int(audience)
