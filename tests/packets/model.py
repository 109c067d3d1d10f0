"""What must come of packets handed around: a model that knows every value written and which PC has seen it.

It knows nothing of the join, of chunks, of claims. A value supersedes those of its field that its author knew; what a
PC shows is what it knows and has not seen superseded. A PC may claim a commit only if it has seen all values of it.
`tests/store/oracle.py` does the same for all the write door can do; this one stays small, since here packets are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.causality import Dot, Knowledge, RecordState
from appli.domain.ids import RecordId

Place = tuple[RecordId, str]
"""One field of one record."""
Seen = dict[Place, frozenset[int]]

FIELDS: Mapping[str, tuple[str, ...]] = {
    "project": ("title", "summary", "aims"),
    "place": ("title", "description"),
    "contact_point": ("value", "label"),
}
COMMON = ("audience", "trashed")
NEWER = "later"
"""A field that a later version declared; this one has never heard of it."""
NEWER_NUMBER = 9_000


class Wrong(AssertionError):
    """The program and the model disagree."""


@dataclass(slots=True)
class Event:
    """A value given to a field; its commit is learnt from its author's base."""

    number: int
    place: Place
    value: Any
    audience: int | None
    seen: frozenset[int]
    dot: Dot = (b"", 0)


@dataclass
class View:
    """What one PC has seen, and what it was told to forget."""

    known: Seen = field(default_factory=dict)
    erased: set[RecordId] = field(default_factory=set)
    asked: set[RecordId] = field(default_factory=set)
    ordered: set[RecordId] = field(default_factory=set)
    """What is to be forgotten, and what somebody signed an order for who may: it takes both."""


class Model:
    """All that was ever written."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.kinds: dict[RecordId, str] = {}
        self.owners: dict[RecordId, RecordId] = {}
        self._by_dot: dict[tuple[Place, Dot], int] = {}

    def places(self, record: RecordId) -> list[Place]:
        return [(record, name) for name in (*FIELDS[self.kinds[record]], *COMMON, NEWER)]

    def number(self, place: Place) -> int:
        if place[1] == NEWER:
            return NEWER_NUMBER
        return catalogue.kind(self.kinds[place[0]]).fields[place[1]].number

    def live(self, known: Iterable[int]) -> list[Event]:
        """What of these was not superseded by another of them."""
        events = [self.events[n] for n in known]
        gone = {n for e in events for n in e.seen}
        return [e for e in events if e.number not in gone]

    def write(self, view: View, place: Place, value: Any, audience: int | None = None) -> Event:
        known = view.known.get(place, frozenset())
        if audience is None and place[1] not in COMMON:
            levels = {e.audience for e in self.live(known)}
            audience = levels.pop() if len(levels) == 1 else None
        event = Event(len(self.events), place, value, audience, known)
        self.events.append(event)
        view.known[place] = known | {event.number}
        return event

    def receive(self, view: View, events: Seen, asked: Iterable[RecordId], ordered: Iterable[RecordId]) -> None:
        view.asked |= set(asked)
        view.ordered |= set(ordered)
        view.erased |= view.asked & view.ordered
        for place, numbers in events.items():
            view.known[place] = view.known.get(place, frozenset()) | numbers
        for place in [p for p in view.known if self.is_gone(view, p[0])]:
            view.erased.add(place[0])
            del view.known[place]

    def is_gone(self, view: View, record: RecordId) -> bool:
        return record in view.erased or self.owners.get(record) in view.erased

    def is_public(self, event: Event, view: View) -> bool:
        """Whether a value may go to everybody: by its own audience, its record's, and that of what it lives by."""
        kind = catalogue.kind(self.kinds[event.place[0]])
        declared = kind.fields[event.place[1]].declared.audience if event.place[1] in kind.fields else Audience.PRIVATE
        own = declared if event.audience is None else event.audience
        owner = self.owners.get(event.place[0])
        records = [event.place[0], *([owner] if owner else [])]
        return own >= Audience.PUBLIC and all(self._is_public_record(one, view) for one in records)

    def _is_public_record(self, record: RecordId, view: View) -> bool:
        usual = catalogue.kind(self.kinds[record]).info.audience
        live = self.live(view.known.get((record, "audience"), ()))
        return all((usual if e.value is None else e.value) >= Audience.PUBLIC for e in live)

    # ---- what the program says

    def events_in(self, states: Iterable[RecordState]) -> Seen:
        """The values that some states carry, with all those they superseded."""
        found: Seen = {}
        for state in (s for s in states if s.id in self.kinds):
            for place in self.places(state.id):
                number = self.number(place)
                if number in state.registers or (state.base is not None and place[1] != NEWER):
                    versions = state.register(number).versions
                    found[place] = found.get(place, frozenset()) | self._numbers(place, versions)
        return found

    def _numbers(self, place: Place, versions: Mapping[Dot, Any]) -> frozenset[int]:
        numbers: set[int] = set()
        for dot, version in versions.items():
            number = self._by_dot.get((place, dot))
            if number is None or self.events[number].value != version.value:
                raise Wrong(f"{place}: {version}, which nobody wrote so")
            numbers |= {number} | self.events[number].seen
        return frozenset(numbers)

    def versions(self, state: RecordState, place: Place) -> Mapping[Dot, Any]:
        """What stands in one field; a field nobody knows has no empty version by the record's creation."""
        if place[1] == NEWER and NEWER_NUMBER not in state.registers:
            return {}
        return state.register(self.number(place)).versions

    def compare(self, view: View, state: RecordState | None, record: RecordId) -> None:
        """Exactly what is live stands in the base; learns the commits of what was just written."""
        for place in self.places(record):
            live = self.live(view.known.get(place, ()))
            if state is None:
                if live:
                    raise Wrong(f"{place} is not here")
                continue
            versions = self.versions(state, place)
            free = {dot: v for dot, v in versions.items() if (place, dot) not in self._by_dot}
            for event in live:
                found = [dot for dot, v in free.items() if v.value == event.value and v.audience == event.audience]
                if event.dot[1] == 0 and found:
                    event.dot = found[0]
                    self._by_dot[place, event.dot] = event.number
            if {e.dot: e.value for e in live} != {dot: v.value for dot, v in versions.items()}:
                raise Wrong(f"{place}: expected {live}, found {dict(versions)}")

    def check_claims(self, view: View, knowledge: Knowledge) -> None:
        """Nothing is claimed that was not seen: who hands over by that claim would leave it out for ever."""
        for event in self.events:
            unseen = event.number not in view.known.get(event.place, ()) and not self.is_gone(view, event.place[0])
            if unseen and event.dot[1] and knowledge.knows(event.dot):
                raise Wrong(f"claims {event}, and has not seen it")
