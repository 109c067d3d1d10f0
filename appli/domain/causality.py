"""The pure join: how two PCs that never see a server come to agree, without trusting any clock.

Every field of every record is a multi-value register under dotted version vectors (Preguiça, Baquero, Almeida et al.,
« Dotted Version Vectors », 2010). A *dot* names one commit of one replica. A register holds its concurrent versions
(siblings) and a context: for each replica, the highest commit of that field its author had seen. A write supersedes
exactly what its author saw; a version missing from the other side is dropped only if the other side's context covers
it, that is, if somebody saw it and replaced it. The join is commutative, associative and idempotent, so order,
repetition, delay and partial delivery need no special case. Wall time (`at`) only chooses which sibling is shown first.

A record remembers the dot of its creation as the *base*: the version of every field nobody rewrote since. That is only
a compression of the same registers (`Register.of_base`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from appli.domain.ids import RecordId
from appli.domain.statements import Kept
from appli.domain.unknown import Unknown

Json = str | int | float | bool | list[object] | dict[str, object] | None
Dot = tuple[bytes, int]
"""(replica uid, commit counter)."""
Context = Mapping[bytes, int]
Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who wrote, where and when: the dot, the author's wall time in ms, the operator's initials if known."""

    replica: bytes
    counter: int
    at: int
    operator: str | None = None

    @property
    def dot(self) -> Dot:
        return (self.replica, self.counter)


@dataclass(frozen=True, slots=True)
class Version:
    """One value of a field and who wrote it; `audience` is the person's choice for this field, None = as declared."""

    stamp: Stamp
    value: Json
    audience: int | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """The siblings of one field, by dot, and all that their authors had seen."""

    versions: Mapping[Dot, Version] = field(default_factory=dict)
    context: Context = field(default_factory=dict)

    @classmethod
    def of_base(cls, base: Stamp, value: Json) -> Register:
        """What a field nobody rewrote stands for."""
        return cls({base.dot: Version(base, value)}, {base.replica: base.counter})

    def write(self, version: Version) -> Register:
        """Somebody who saw this register writes: every sibling seen is superseded."""
        context = merged(self.context, {version.stamp.replica: version.stamp.counter})
        return Register({version.stamp.dot: version}, context)

    def add(self, version: Version) -> Register:
        """A further sibling by the same author (restoring a choice undone): supersedes nothing."""
        context = merged(self.context, {version.stamp.replica: version.stamp.counter})
        return Register({**self.versions, version.stamp.dot: version}, context)

    @property
    def shown(self) -> Version:
        """The sibling shown first: the latest by wall time, then an arbitrary but agreed order."""
        return max(self.versions.values(), key=display_order)

    @property
    def siblings(self) -> list[Version]:
        """All versions, the one shown first at the head."""
        return sorted(self.versions.values(), key=display_order, reverse=True)


def display_order(version: Version) -> tuple[int, bytes, int]:
    """Order of siblings for the eye; decides nothing."""
    return (version.stamp.at, version.stamp.replica, version.stamp.counter)


def join(ours: Register, theirs: Register) -> Register:
    """What both sides hold together. Commutative, associative, idempotent."""
    kept = {dot: v for dot, v in ours.versions.items() if dot in theirs.versions or not covers(theirs.context, dot)}
    kept.update((dot, v) for dot, v in theirs.versions.items() if dot in ours.versions or not covers(ours.context, dot))
    return Register(kept, merged(ours.context, theirs.context))


def covers(context: Context, dot: Dot) -> bool:
    """Whether somebody behind this context had seen that commit of the field."""
    return context.get(dot[0], 0) >= dot[1]


def merged(one: Context, other: Context) -> dict[bytes, int]:
    """The pointwise maximum of two contexts."""
    result = dict(one)
    for replica, counter in other.items():
        if counter > result.get(replica, 0):
            result[replica] = counter
    return result


@dataclass(frozen=True, slots=True)
class RecordState:
    """All that is shared of one record: its base (creation, with the values nobody rewrote) and its registers.

    `base` is None while only rewritten fields have arrived, and always for records with a derived id that several PCs
    may create: there, all fields are explicit.
    """

    id: RecordId
    kind: int
    base: Stamp | None = None
    values: Mapping[int, Json] = field(default_factory=dict)
    registers: Mapping[int, Register] = field(default_factory=dict)

    def register(self, number: int) -> Register:
        """The register of a field, whether explicit, standing for the base, or empty."""
        explicit = self.registers.get(number)
        if explicit is not None:
            return explicit
        if self.base is not None:
            return Register.of_base(self.base, self.values.get(number))
        return Register()

    def shown(self, number: int) -> Json:
        """The value a field shows."""
        explicit = self.registers.get(number)
        if explicit is None:
            return self.values.get(number)
        return explicit.shown.value if explicit.versions else None


def join_records(ours: RecordState, theirs: RecordState) -> RecordState:
    """The join of two states of the same record.

    A field explicit on one side only is joined with what the other side's base says of it, so a side that knows less
    never resurrects an old value; when neither side rewrote it, the base stays implicit.
    """
    base = ours.base or theirs.base
    registers = {
        number: join(ours.register(number), theirs.register(number))
        for number in ours.registers.keys() | theirs.registers.keys()
    }
    created = ours.values if ours.base else theirs.values
    values = {number: value for number, value in created.items() if number not in registers}
    return RecordState(ours.id, ours.kind, base, values, registers)


@dataclass(frozen=True, slots=True)
class Erasure:
    """An irreversible order to forget a record; once it takes effect it wins over everything, for ever."""

    id: RecordId
    stamp: Stamp
    owners: tuple[RecordId, ...] = ()
    """What a part lived by: its own order follows from theirs, and takes effect where one of theirs does."""


def earlier(one: Erasure, other: Erasure) -> Erasure:
    """Of two erasures of one record, the one all PCs keep: the earlier stamp, and every owner named."""
    first = min(one, other, key=lambda e: (e.stamp.at, e.stamp.replica, e.stamp.counter))
    return replace(first, owners=tuple(sorted({*one.owners, *other.owners})))


@dataclass(frozen=True, slots=True)
class Delta:
    """What one PC hands to another: states, erasures, and which commits it now lets the other know completely."""

    claim: Mapping[bytes, tuple[Interval, ...]]
    records: Iterable[RecordState]
    erasures: tuple[Erasure, ...]
    statements: tuple[Kept, ...] = ()
    """What people signed: orders to erase and roles, relayed unchanged."""
    authority: frozenset[str] = frozenset()
    """Said by who receives it: the orders, by uid, that take effect without anybody being asked."""
    unknown: Sequence[Unknown] = ()
    """What a later version wrote, relayed untouched; all are there once the records were read."""
    know: Mapping[bytes, tuple[Interval, ...]] = field(default_factory=dict)
    digest: str = ""
    """All that its giver knew, and the fingerprint of what it then held; empty where it cannot be compared."""


def union(*many: Iterable[Interval]) -> tuple[Interval, ...]:
    """The union of closed intervals, sorted, adjacent ones joined."""
    result: list[Interval] = []
    for low, high in sorted(i for one in many for i in one):
        if result and low <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return tuple(result)


def difference(some: Iterable[Interval], known: Iterable[Interval]) -> tuple[Interval, ...]:
    """What of `some` is not in `known`."""
    holes = union(known)
    result: list[Interval] = []
    for low, high in union(some):
        start = low
        for a, b in holes:
            if b < start or a > high:
                continue
            if a > start:
                result.append((start, a - 1))
            start = b + 1
        if start <= high:
            result.append((start, high))
    return tuple(result)


class Knowledge:
    """Which commits of which replicas a PC has received completely: interval sets, so a gap is visible."""

    def __init__(self, known: Mapping[bytes, Iterable[Interval]] | None = None) -> None:
        self._known = {r: union(i) for r, i in (known or {}).items()}

    def add(self, replica: bytes, intervals: Iterable[Interval]) -> None:
        """Learn some commits."""
        self._known[replica] = union(self._known.get(replica, ()), intervals)

    def knows(self, dot: Dot) -> bool:
        """Whether that commit was received."""
        return any(low <= dot[1] <= high for low, high in self._known.get(dot[0], ()))

    def missing_from(self, other: Knowledge) -> dict[bytes, tuple[Interval, ...]]:
        """What this knows and the other does not."""
        found = {r: difference(i, other._known.get(r, ())) for r, i in self._known.items()}
        return {r: i for r, i in found.items() if i}

    def gaps(self) -> dict[bytes, tuple[Interval, ...]]:
        """Commits that must exist, since later ones are known, and never came."""
        found = {r: difference([(1, i[-1][1])], i) for r, i in self._known.items() if i}
        return {r: i for r, i in found.items() if i}

    def as_dict(self) -> dict[bytes, tuple[Interval, ...]]:
        """A plain copy."""
        return dict(self._known)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Knowledge) and self._known == other._known

    __hash__ = None  # type: ignore[assignment]
