"""What may be asked of the write door, and what it says has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from appli.domain.audience import Audience
from appli.domain.ids import RecordId


@dataclass(frozen=True, slots=True)
class Create:
    """A new record. Fields of `overrides` get the audience chosen for them."""

    id: RecordId
    kind: str
    values: Mapping[str, Any]
    overrides: Mapping[str, Audience] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Put:
    """A new value for one field, superseding all siblings seen; None clears it.

    `audience` None keeps the audience the field has.
    """

    id: RecordId
    field: str
    value: Any
    audience: Audience | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """A further sibling: a value kept beside the present ones, when two sources disagree."""

    id: RecordId
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take back a record that never left this PC, without a trace for others."""

    id: RecordId


@dataclass(frozen=True, slots=True)
class Erase:
    """Forget a record for ever, everywhere."""

    id: RecordId


Change = Create | Put | Add | Withdraw | Erase


@dataclass(frozen=True, slots=True)
class Changes:
    """What a unit of work touched, so that open screens know what to refresh."""

    records: frozenset[RecordId] = frozenset()
    removed: frozenset[RecordId] = frozenset()
    entry: int | None = None
    """The journal's number of this work, to undo it."""

    def __bool__(self) -> bool:
        return bool(self.records or self.removed)

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.records | other.records, self.removed | other.removed, other.entry or self.entry)


@dataclass(frozen=True, slots=True)
class Work:
    """One unit of work: the changes, the words that name them for undo, the person's initials if known.

    A work without a name is not offered to be taken back.
    """

    label: str
    changes: Iterable[Change]
    operator: str | None = None

    @property
    def erases(self) -> bool:
        """Whether it forgets records. An import, whose changes are made as they are read, never does."""
        return isinstance(self.changes, Sequence) and any(isinstance(change, Erase) for change in self.changes)
