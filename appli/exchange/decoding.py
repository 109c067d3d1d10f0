"""From lines to the domain's states: typed, bounded, and nothing of a chunk is believed before all of it is.

The whole chunk is decoded in one call of the typed decoder; only where that fails is each line looked at by itself, to
tell what a later version added (kept, see `Unknown`) from what is wrong (the chunk is refused).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from appli.domain.causality import Context, Dot, Erasure, RecordState, Register, Stamp, Version
from appli.domain.statements import Statement
from appli.domain.unknown import Unknown
from appli.exchange import canonical, limits
from appli.exchange.encoding import REMEMBERED, commits_in, following
from appli.exchange.statements import from_line
from appli.exchange.typed_values import typed_values
from appli.exchange.values import ANY, Shape, shapes_of
from appli.exchange.wire import (
    ErasureLine,
    Line,
    RecordLine,
    RegisterPart,
    StampPart,
    StatementLine,
    VersionPart,
    known_part,
    read_values,
)

_decoder = msgspec.json.Decoder(Line)


class UnreadableChunk(Exception):
    """Intact bytes that say what no Maillage would write; the first argument is a word for the log."""


@dataclass(slots=True)
class Chunk:
    """The lines of one chunk, in the order of their sorts: forget first, then receive."""

    name: str
    statements: list[Statement] = field(default_factory=list)
    erasures: list[Erasure] = field(default_factory=list)
    records: list[RecordState] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)


class _Kind:
    """The shapes of one kind; records that look alike, as in one import, share one plan of what to look into."""

    def __init__(self, number: int, careful: bool) -> None:
        self.shapes: Mapping[int, Shape] = shapes_of(number, careful)
        typed = None if careful else typed_values(number)
        self._read = typed.reader() if typed is not None else None
        self._plans: dict[tuple[Any, ...], list[tuple[int, Callable[[Any], bool]]]] = {}

    def values(self, raw: msgspec.Raw) -> Mapping[int, Any]:
        """The values of a line: at once where they are as this version writes them, else one by one."""
        if self._read is not None:
            try:
                return self._read(raw)
            except (*canonical.UNREADABLE, ValueError):
                pass
        values = read_values(raw)
        self._check(values)
        return values

    def _check(self, values: Mapping[int, Any]) -> None:
        """ValueError for values that do not fit."""
        look = (*values, *map(type, values.values()))
        plan = self._plans.get(look)
        if plan is None:
            shapes = ((n, self.shapes.get(n, ANY), v) for n, v in values.items())
            plan = [(n, shape.fits) for n, shape, v in shapes if type(v) not in shape.plain]
            if len(self._plans) < REMEMBERED:
                self._plans[look] = plan
        for number, fits in plan:
            if not fits(values[number]):
                raise ValueError("value")


class LineReader:
    """Reads chunks; `bounds` is the highest commit of each replica that the bundle may speak of."""

    def __init__(self, bounds: Mapping[bytes, int]) -> None:
        self._bounds = bounds
        self._uids: dict[str, bytes] = {}
        self._stamps: dict[tuple[str, int, int, str | None], Stamp] = {}
        self._careful = True
        self._kinds: dict[int, _Kind] = {}

    def chunk(self, name: str, raw: bytes) -> Chunk:
        """All lines of a chunk, or UnreadableChunk."""
        chunk = Chunk(name)
        self._kinds = {}
        self._careful = b"\\u0000" in raw or _has_long_line(raw)
        try:
            for line in _decoder.decode_lines(raw):
                if type(line) is RecordLine:
                    chunk.records.append(self._record(line))
                else:
                    self._add(chunk, line)
        except canonical.UNREADABLE:
            return self._one_by_one(name, raw)
        except ValueError as problem:
            raise UnreadableChunk(str(problem)) from problem
        return chunk

    def _one_by_one(self, name: str, raw: bytes) -> Chunk:
        chunk = Chunk(name)
        try:
            for text in raw.splitlines():
                self._add_text(chunk, text)
        except canonical.UNREADABLE as problem:
            raise UnreadableChunk("line") from problem
        except ValueError as problem:
            raise UnreadableChunk(str(problem)) from problem
        return chunk

    def _add_text(self, chunk: Chunk, text: bytes) -> None:
        try:
            self._add(chunk, _decoder.decode(text))
        except msgspec.ValidationError:
            if len(text) > limits.LINE:
                raise  # no Maillage writes one so long: it is not decoded once more
            line = msgspec.json.decode(text)
            known = known_part(line) if isinstance(line, dict) else line
            if known == line:
                raise  # nothing new in it: it is wrong
            if known is not None:
                self._add(chunk, _decoder.decode(msgspec.json.encode(known)))
            chunk.unknown.append(Unknown(text, _about(line)))

    def _add(self, chunk: Chunk, line: Line) -> None:
        match line:
            case RecordLine():
                chunk.records.append(self._record(line))
            case ErasureLine():
                owners = tuple(sorted({_uid(one) for one in line.of}))
                chunk.erasures.append(Erasure(_uid(line.id), self._stamp(line.by), owners))
            case StatementLine():
                chunk.statements.append(from_line(line))

    def _record(self, line: RecordLine) -> RecordState:
        kind = self._kinds.get(line.kind)
        if kind is None:
            kind = self._kinds[line.kind] = _Kind(line.kind, self._careful)
        base = None if line.base is None else self._stamp(line.base)
        values = kind.values(line.values)
        registers = {}
        if line.fields:
            registers = {n: self._register(part, base, kind.shapes.get(n, ANY)) for n, part in line.fields.items()}
        return RecordState(_uid(line.id), line.kind, base, values, registers)

    def _register(self, part: RegisterPart, base: Stamp | None, shape: Shape) -> Register:
        versions: dict[Dot, Version] = {}
        for v in part.versions:
            if type(v.value) not in shape.plain and not shape.fits(v.value):
                raise ValueError("value")
            stamp = self._stamp(v)
            versions[stamp.dot] = Version(stamp, v.value, v.audience)
        if part.context is not None:
            return Register(versions, self._context(part.context))
        return Register(versions, {**following(versions.values(), base), **self._context(part.seen)})

    def _context(self, seen: Mapping[str, int]) -> Context:
        return {self._replica(replica, counter): counter for replica, counter in seen.items()}

    def _stamp(self, part: StampPart | VersionPart) -> Stamp:
        key = (part.replica, part.counter, part.at, part.operator)
        stamp = self._stamps.get(key)
        if stamp is None:
            if len(self._stamps) >= REMEMBERED:
                self._stamps.clear()
            replica = self._replica(part.replica, part.counter)
            stamp = self._stamps[key] = Stamp(replica, part.counter, part.at, part.operator)
        return stamp

    def _replica(self, text: str, counter: int) -> bytes:
        replica = self._uids.get(text)
        if replica is None:
            replica = self._uids[text] = _uid(text)
        if counter > self._bounds.get(replica, -1):
            raise ValueError("commit")
        return replica


def read_alone(line: Unknown) -> Chunk:
    """What this version makes of a kept line; of one that is simply wrong, nothing, and nothing unknown either."""
    bounds: dict[bytes, int] = {}
    for replica, counter in commits_in(line.raw):
        bounds[replica] = max(counter, bounds.get(replica, -1))
    try:
        return LineReader(bounds).chunk("", line.raw + b"\n")
    except UnreadableChunk:
        return Chunk("")


def _has_long_line(raw: bytes) -> bool:
    """Whether a text may be too long: from newline to newline in strides as long as a text may be."""
    at = -1
    while len(raw) - at > limits.TEXT:
        end = raw.rfind(b"\n", at + 1, at + 1 + limits.TEXT)
        if end < 0:
            return True
        at = end
    return False


def _uid(text: str) -> bytes:
    uid = bytes.fromhex(text)
    if len(uid) != 16:
        raise ValueError("uid")
    return uid


def _about(line: dict[str, Any]) -> bytes | None:
    try:
        return _uid(line["id"])
    except (KeyError, TypeError, ValueError):
        return None
