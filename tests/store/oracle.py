"""What must come of what people did: a model that knows every event and who has seen it, and nothing of the join.

An event is one value given to one field by one PC. It supersedes the events of that field which its PC knew. What a PC
shows is what it knows and has not seen superseded; what all must show in the end is what nobody superseded. The model
is moved by two things only: what people ask of the write door, and the versions physically present in what is handed
over. Private values, audiences, parts and erasures follow the rules of the model, written down once more here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.causality import Delta, Dot, Stamp
from appli.domain.changes import Add, Change, Create, Erase, Put, Withdraw
from appli.domain.fields import Field, Kind
from appli.domain.ids import RecordId
from tests.store.view import Event, Place, Refused, View, Wrong

FIELDS: Mapping[str, tuple[str, ...]] = {
    "person": ("name", "occupation", "availability", "address"),
    "project": ("title", "aims"),
    "contact_point": ("owner", "value", "label"),
    "note": ("owner", "text", "author"),
    "campaign": ("owner", "object", "platform"),
    "pledge": ("owner", "name", "amount"),
    "link": ("from_id", "to_id", "role", "note", "title", "present"),
    "skill": ("owner", "term", "level", "present"),
    "term": ("scheme", "label", "external_code", "synonyms"),
}
"""The fields that histories write, besides those every record has."""
COMMON = ("audience", "trashed")


class Oracle:
    """All events of one history."""

    def __init__(self) -> None:
        self.author = Stamp(b"", 0, 0)
        """Who is writing, and when."""
        self.again = False
        """Whether what is created existed before."""
        self.events: list[Event] = []
        self.kinds: dict[RecordId, Kind] = {}
        self.copied: set[RecordId] = set()
        """Records that left with a copied folder: their PC cannot know it, so they are not taken back."""
        self.counting: dict[str, frozenset[RecordId]] = {}
        """The orders of référents, by uid, and the records each names."""
        self._by_dot: dict[tuple[Place, Dot], int] = {}

    # ---- facts

    def fields(self, record: RecordId) -> tuple[str, ...]:
        return (*FIELDS[self.kinds[record].code], *COMMON)

    def spec(self, place: Place) -> Field:
        return self.kinds[place[0]].fields[place[1]]

    def live(self, view: View, place: Place) -> list[Event]:
        """What is known and was not superseded, the one shown first at the head."""
        known = [self.events[n] for n in view.known.get(place, ())]
        gone = {n for e in known for n in e.seen}
        live = (e for e in known if e.number not in gone)
        return sorted(live, key=lambda e: (e.stamp.at, e.stamp.replica, e.stamp.counter), reverse=True)

    def shown(self, view: View, place: Place) -> Any:
        live = self.live(view, place)
        return live[0].value if live else None

    def owners(self, view: View, record: RecordId) -> set[RecordId]:
        """What a record lives by, as far as this PC knows."""
        found: set[RecordId] = set()
        for name in self.fields(record):
            if self.spec((record, name)).declared.binding:
                values = [e.value for e in self.live(view, (record, name))]
                values += [v for v, _c in [view.private.get(record, {}).get(name, (None, None))]]
                found |= {bytes.fromhex(v) for v in values if v}
        return found

    def parts(self, view: View, record: RecordId) -> set[RecordId]:
        """All that lives by a record here, directly or not."""
        found, todo, here = {record}, {record}, view.shared | view.private.keys()
        owners = {one: self.owners(view, one) for one in here}
        while todo:
            todo = {one for one in here - found if owners[one] & todo}
            found |= todo
        return found - {record}

    def touches_private(self, view: View, record: RecordId, values: Mapping[str, Any] | None = None) -> bool:
        names = [n for n in self.fields(record) if self.spec((record, n)).declared.binding]
        if values is None:
            values = {n: v for n, (v, _c) in view.private.get(record, {}).items()}
        return any(values.get(n) and bytes.fromhex(values[n]) in view.whole for n in names)

    def may_be_elsewhere(self, view: View, record: RecordId, name: bytes) -> bool:
        return record in view.sent or any(e.stamp.replica != name for e in self._events_of(view, record))

    def _events_of(self, view: View, record: RecordId) -> Iterable[Event]:
        return (self.events[n] for place, some in view.known.items() if place[0] == record for n in some)

    # ---- writing

    def write(self, view: View, change: Change, uid: bytes) -> None:
        """Change the view as the write door must. Raises Refused when it must refuse."""
        if isinstance(change, Create):
            self._create(view, change, uid)
            return
        if change.id not in view.shared | view.whole:
            raise Refused
        if isinstance(change, Put):
            self._put(view, change, uid)
        elif isinstance(change, Add):
            self._add(view, change, uid)
        elif isinstance(change, Withdraw):
            self._withdraw(view, change.id, uid)
        else:
            assert isinstance(change, Erase)
            self._erase(view, change.id)
            self._follow(view)

    def _event(self, view: View, place: Place, value: Any, audience: int | None, *, add: bool = False) -> None:
        # what this PC undid without a trace it has seen nonetheless
        undone = {n for n in view.undone if self._wrote(n, place)}
        known = view.known.get(place, frozenset()) | undone
        number = len(self.events)
        # later than anything written: the counter follows when it is known
        stamp = Stamp(self.author.replica, (1 << 60) + number, self.author.at)
        event = Event(number, place, value, audience, frozenset(undone) if add else known, stamp)
        self.events.append(event)
        view.known[place] = known | {event.number}

    def _wrote(self, number: int, place: Place) -> bool:
        """Whether who writes now wrote that event too."""
        event = self.events[number]
        return event.place == place and event.stamp.replica == self.author.replica

    def _create(self, view: View, change: Create, uid: bytes) -> None:
        record = change.id
        self.kinds[record] = kind = catalogue.kind(change.kind)
        values = kind.validate(change.values)
        owners = {bytes.fromhex(values[n]) for n in values if self.spec((record, n)).declared.binding}
        if view.erased & {record, *owners}:
            raise Refused
        if record in view.shared | view.whole:
            for name, value in values.items():
                self._put(view, Put(record, name, value, change.overrides.get(name)), uid)
            return
        if self._is_private_record(kind, values) or self.touches_private(view, record, values):
            view.whole.add(record)
            for name in values.keys() | change.overrides.keys():
                view.keep(record, name, values.get(name), change.overrides.get(name))
        else:
            based = not (kind.info.derived_from or self.again)
            self._publish(view, record, values, change.overrides, based=based)

    @staticmethod
    def _is_private_record(kind: Kind, values: Mapping[str, Any]) -> bool:
        return bool(values.get("audience", kind.info.audience) == Audience.PRIVATE)

    def _publish(
        self,
        view: View,
        record: RecordId,
        values: Mapping[str, Any],
        chosen: Mapping[str, Audience | None],
        *,
        based: bool,
    ) -> None:
        for name in dict.fromkeys([*self.fields(record), *values, *chosen]):
            value, choice = values.get(name), chosen.get(name)
            if self._private(self.spec((record, name)), choice):
                view.keep(record, name, value, choice)
                value, choice = None, None
            if based or value is not None or choice is not None:
                audience = None if choice is None else int(choice)
                self._event(view, (record, name), value, audience)
        self._exist(view, record)

    def _exist(self, view: View, record: RecordId) -> None:
        """A record without base nor value still is one."""
        if record not in view.shared:
            self._event(view, (record, "audience"), None, None)

    @staticmethod
    def _private(spec: Field, chosen: Audience | int | None) -> bool:
        return (spec.declared.audience if chosen is None else chosen) == Audience.PRIVATE

    def _put(self, view: View, change: Put, uid: bytes) -> None:
        record, name = place = (change.id, change.field)
        value = self.spec(place).validate(change.value)
        self._refuse_rewriting(view, place, value)
        self._refuse_parting(view, change)
        if name == "audience" and self._crosses(view, record, value):
            self._move(view, record, value, uid)
            return
        kept = view.private.get(record, {}).get(name)
        if record in view.whole:
            before = kept or (None, None)
            chosen = change.audience if change.audience is not None else before[1]
            if before != (value, chosen):
                view.keep(record, name, value, chosen)
            return
        live = self.live(view, place)
        choice = change.audience
        if choice is None:
            choice = kept[1] if kept else _choice(live)
        if self._private(self.spec(place), choice):
            if kept is None and any(e.value is not None for e in live):
                self._event(view, place, None, None)
            view.keep(record, name, value, choice)
            return
        audience = None if choice is None else int(choice)
        same = (live[0].value, live[0].audience) == (value, audience) if live else value is None
        if kept is not None or not same or len(live) > 1:
            view.private.get(record, {}).pop(name, None)
            self._event(view, place, value, audience)

    def _refuse_rewriting(self, view: View, place: Place, value: Any) -> None:
        """A note is written once; undoing alone may put back what it said."""
        if not self.again and self.kinds[place[0]].is_written_once(self.spec(place).number):
            kept = view.private.get(place[0], {}).get(place[1], (None, None))[0]
            if value != (self.shown(view, place) if kept is None else kept):
                raise Refused

    def _refuse_parting(self, view: View, change: Put) -> None:
        """A note's text goes where the note goes."""
        place = (change.id, change.field)
        once = self.kinds[change.id].is_written_once(self.spec(place).number)
        if self.again or not once or change.audience is None or change.id in view.whole:
            return
        kept = view.private.get(change.id, {}).get(change.field)
        if change.audience != (kept[1] if kept else _choice(self.live(view, place))):
            raise Refused

    def _add(self, view: View, change: Add, uid: bytes) -> None:
        place = (change.id, change.field)
        value = self.spec(place).validate(change.value)
        self._refuse_rewriting(view, place, value)
        kept = view.private.get(change.id, {}).get(change.field)
        if change.id in view.whole or kept is not None:
            if kept is None or kept[0] is None:
                self._put(view, Put(change.id, change.field, value), uid)
            return
        live = self.live(view, place)
        if value is None or value in [e.value for e in live]:
            return
        if all(e.value is None for e in live) or self._private(self.spec(place), _choice(live)):
            self._put(view, Put(change.id, change.field, value), uid)
        else:
            self._event(view, place, value, live[0].audience, add=True)

    # ---- whole records

    def _crosses(self, view: View, record: RecordId, audience: Any) -> bool:
        wanted = self.kinds[record].info.audience if audience is None else audience
        if record not in view.whole:
            return bool(wanted == Audience.PRIVATE)
        return wanted != Audience.PRIVATE and not self.touches_private(view, record)

    def _move(self, view: View, record: RecordId, audience: Any, uid: bytes) -> None:
        parts = self.parts(view, record)
        wanted = self.kinds[record].info.audience if audience is None else audience
        if wanted == Audience.PRIVATE:
            for one in (record, *parts):
                if one not in view.whole:
                    self._take_home(view, one, uid)
            view.keep(record, "audience", audience, None)
            return
        view.keep(record, "audience", audience, None)
        todo = [record]
        while todo:
            for one in todo:
                mine = view.private.pop(one)
                view.whole.discard(one)
                values = {n: v for n, (v, _c) in mine.items()}
                self._publish(view, one, values, {n: c for n, (_v, c) in mine.items()}, based=False)
            todo = [one for one in parts & view.whole if self._may_follow(view, one)]

    def _may_follow(self, view: View, part: RecordId) -> bool:
        values = {n: v for n, (v, _c) in view.private[part].items()}
        return not self._is_private_record(self.kinds[part], values) and not self.touches_private(view, part)

    def _take_home(self, view: View, record: RecordId, uid: bytes) -> None:
        if self.may_be_elsewhere(view, record, uid):
            raise Refused
        mine = dict(view.private.get(record, {}))
        for name in self.fields(record):
            live = self.live(view, (record, name))
            value, chosen = mine.get(name, (None, None))
            value = value if value is not None or not live else live[0].value
            mine[name] = (value, chosen if chosen is not None else _choice(live))
        view.drop(record)
        view.whole.add(record)
        for name, (value, chosen) in mine.items():
            view.keep(record, name, value, chosen)

    def _withdraw(self, view: View, record: RecordId, uid: bytes) -> None:
        for one in (record, *self.parts(view, record)):
            if one in view.shared and self.may_be_elsewhere(view, one, uid):
                raise Refused
            view.drop(one)

    def come_back(self, then: View, now: View) -> View:
        """The view of a restored backup: without what was erased since, and without its orders for what never left."""
        view = then.copy()
        view.orders |= now.orders
        for record in now.erased:
            self._erase(view, record)
        self._ask(view, now.asked)
        for part in view.erased - now.erased - then.erased:
            numbers = {n for place, some in then.known.items() if place[0] == part for n in some}
            if numbers & now.undone:
                view.erased.discard(part)
        undone = {p[0] for p in view.known if {e.number for e in self.live(view, p)} & now.undone}
        view.undone |= now.undone
        self._create_anew(view, undone)
        return view

    def _create_anew(self, view: View, records: Iterable[RecordId]) -> None:
        """Others know these by their commits alone: write them again, so that they hear of them."""
        for record in records:
            for name in self.fields(record):
                live = self.live(view, (record, name))
                view.undone |= view.known.pop((record, name), frozenset())
                values: list[Any] = []
                for event in live:
                    if event.value is not None and event.value not in values:
                        self._event(view, (record, name), event.value, event.audience, add=bool(values))
                        values.append(event.value)
            self._exist(view, record)
            view.sent.discard(record)

    # ---- what the store says of it

    def bind(self, place: Place, versions: Mapping[Dot, Any], live: Iterable[Event]) -> None:
        """Learn the commits of events just written, and check that the author's store holds exactly what is live."""
        free = {dot: v for dot, v in versions.items() if (place, dot) not in self._by_dot}
        for event in sorted(live, key=lambda e: e.number):
            if not event.written:
                found = [dot for dot, v in free.items() if v.value == event.value and v.audience == event.audience]
                if len(found) != 1:
                    raise Wrong(f"{place}: written as {event}, found {versions}")
                event.stamp, event.written = free.pop(found[0]).stamp, True
                self._by_dot[place, found[0]] = event.number
        expected = {e.stamp.dot: e.value for e in live}
        if expected != {dot: v.value for dot, v in versions.items()}:
            raise Wrong(f"{place}: expected {expected}, found {versions}")

    def events_in(self, delta: Delta) -> dict[Place, frozenset[int]]:
        """The events whose versions a delta carries, and those they superseded."""
        found: dict[Place, frozenset[int]] = {}
        for state in delta.records:
            for name in self.fields(state.id):
                place, number = (state.id, name), self.spec((state.id, name)).number
                if state.base is None and number not in state.registers:
                    continue
                numbers: set[int] = set()
                for dot, version in state.register(number).versions.items():
                    event = self._by_dot.get((place, dot))
                    if event is None or self.events[event].value != version.value:
                        raise Wrong(f"{place}: handed out {version}, which nobody wrote so")
                    numbers |= {event} | self.events[event].seen
                found[place] = frozenset(numbers)
        return found

    def receive(
        self,
        view: View,
        events: Mapping[Place, frozenset[int]],
        asked: Mapping[RecordId, frozenset[RecordId]],
        orders: Iterable[str],
    ) -> None:
        """Know what came; forget what was ordered by who may, and all that lives by it."""
        view.orders |= set(orders)
        self._ask(view, asked)
        for place, numbers in events.items():
            if place[0] not in view.erased:
                view.known[place] = view.known.get(place, frozenset()) | numbers
        for record in view.whole & {record for record, _name in events}:
            if record in view.shared:
                self._yield_to(view, record)
        while gone := self._orphans(view):
            view.erased |= gone & view.shared
            for record in gone:
                view.drop(record)
            self._decided(view)

    def _erase(self, view: View, record: RecordId) -> None:
        """Forget a record, with all that lives by it here."""
        parts = self.parts(view, record)
        view.erased |= {record} | (parts & view.shared)
        for one in (record, *parts):
            view.drop(one)
        self._decided(view)

    @staticmethod
    def _decided(view: View) -> None:
        """What is forgotten, for its own sake or with what it lived by, is no longer asked."""
        for one in view.erased & view.asked.keys():
            del view.asked[one]

    def _ask(self, view: View, asked: Mapping[RecordId, frozenset[RecordId]]) -> None:
        for record, owners in asked.items():
            if record not in view.erased:
                view.asked[record] = view.asked.get(record, frozenset()) | owners
        self._follow(view)

    def _follow(self, view: View) -> None:
        """What is asked takes effect where a référent ordered it, or where what a part lived by is gone."""
        while due := [one for one in view.asked if self._is_due(view, one)]:
            for one in due:
                self._erase(view, one)

    def _is_due(self, view: View, record: RecordId) -> bool:
        if any(record in self.counting[uid] for uid in view.orders & self.counting.keys()):
            return True
        if not view.asked[record] & view.erased:
            return False
        if record not in view.here:
            return True
        names = [n for n in self.fields(record) if self.spec((record, n)).declared.binding]
        owners = self.owners(view, record)
        return bool(names) and (bool(owners & view.erased) or not owners & view.here)

    def _yield_to(self, view: View, record: RecordId) -> None:
        mine = view.private.pop(record, {})
        view.whole.discard(record)
        for name, (value, _chosen) in mine.items():
            if name != "audience" and value is not None and value != self.shown(view, (record, name)):
                view.keep(record, name, value, Audience.PRIVATE)

    def _orphans(self, view: View) -> set[RecordId]:
        here = view.shared | view.private.keys()
        return {r for r in here if r in view.erased or self.owners(view, r) & view.erased}


def _choice(live: list[Event]) -> Audience | None:
    audience = live[0].audience if live else None
    return None if audience is None else Audience(audience)
