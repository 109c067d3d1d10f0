"""What the model remembers: events, and what each PC knows and keeps of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from appli.domain.audience import Audience
from appli.domain.causality import Stamp
from appli.domain.ids import RecordId

Place = tuple[RecordId, str]
"""One field of one record."""


class Refused(Exception):
    """The write door must refuse."""


class Wrong(AssertionError):
    """The store and the model disagree."""


@dataclass(slots=True)
class Event:
    """A value given to a field; its commit is learnt from its author's store once it is `written`."""

    number: int
    place: Place
    value: Any
    audience: int | None
    seen: frozenset[int]
    stamp: Stamp
    written: bool = False


@dataclass(frozen=True, slots=True)
class Came:
    """A packet received: its number in the store, what it carried and what was known of that before."""

    seq: int
    events: Mapping[Place, frozenset[int]]
    before: Mapping[Place, frozenset[int]]


@dataclass(slots=True)
class View:
    """What one PC knows, keeps for itself and may have handed out."""

    known: dict[Place, frozenset[int]] = field(default_factory=dict)
    private: dict[RecordId, dict[str, tuple[Any, Audience | None]]] = field(default_factory=dict)
    whole: set[RecordId] = field(default_factory=set)
    erased: set[RecordId] = field(default_factory=set)
    asked: dict[RecordId, frozenset[RecordId]] = field(default_factory=dict)
    """What others want forgotten, and what each part of it lived by."""
    orders: set[str] = field(default_factory=set)
    """The signed orders known, by uid."""
    sent: set[RecordId] = field(default_factory=set)
    undone: set[int] = field(default_factory=set)
    """Events undone without a trace, of which others know the commits alone."""
    packets: list[Came] = field(default_factory=list)

    def copy(self) -> View:
        private = {record: dict(values) for record, values in self.private.items()}
        whole, erased, orders, sent, undone = map(set, (self.whole, self.erased, self.orders, self.sent, self.undone))
        return View(
            dict(self.known), private, whole, erased, dict(self.asked), orders, sent, undone, list(self.packets)
        )

    @property
    def shared(self) -> set[RecordId]:
        """Records of the shared file."""
        return {record for record, _name in self.known}

    @property
    def here(self) -> set[RecordId]:
        """Records of either file."""
        return self.shared | self.whole

    @property
    def forgotten(self) -> set[RecordId]:
        """What was erased, or is asked to be and is not here."""
        return self.erased | (self.asked.keys() - self.shared)

    @property
    def waiting(self) -> set[RecordId]:
        """What a person has to decide here."""
        held = self.asked.keys() & self.here
        return {one for one in held if held.isdisjoint(self.asked[one])}

    def keep(self, record: RecordId, name: str, value: Any, chosen: Audience | None) -> None:
        """A private value; « private, and empty » stays a choice."""
        if value is None and chosen is None:
            self.private.get(record, {}).pop(name, None)
        else:
            self.private.setdefault(record, {})[name] = (value, chosen)

    def drop(self, record: RecordId) -> None:
        """Nothing of the record is left here."""
        for place in [p for p in self.known if p[0] == record]:
            self.undone |= self.known.pop(place)
        self.private.pop(record, None)
        self.whole.discard(record)

    def forget(self, record: RecordId) -> None:
        """The record was never heard of."""
        for place in [p for p in self.known if p[0] == record]:
            del self.known[place]
