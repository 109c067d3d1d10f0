"""Histories: what two to six PCs do, hand each other and lose, told by numbers so that a failure shrinks.

A step is a tuple of small numbers: what is done, by which PC, and choices taken modulo what there is to choose from.
After each work the store is compared with the oracle; in the end everybody receives everything, and all must hold what
nobody superseded, and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from appli.domain import catalogue
from appli.domain.causality import Delta, Knowledge, RecordState, Stamp
from appli.domain.changes import Change, Erase, Work
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.store.packets import Arrival
from tests.fakes import FixedClock
from tests.store.network import CLOCKS, Pc, handed_over, seeded_names, sign
from tests.store.oracle import FIELDS, Oracle
from tests.store.view import Came, Place, Refused, View, Wrong

Step = tuple[int, int, int, int, int]
T = TypeVar("T")

TOKEN = re.compile(rb"jeton\d{5}")


def pick(some: Sequence[T], number: int) -> T:
    return some[number % len(some)]


@dataclass
class Packet:
    """What was handed over once, and may arrive whenever."""

    delta: Delta
    events: dict[Place, frozenset[int]]
    asked: dict[RecordId, frozenset[RecordId]]
    orders: frozenset[str]
    known: Knowledge
    reached: set[int] = field(default_factory=set)
    """The PCs where it arrived."""


@dataclass
class Played:
    """One PC and what the model thinks of it."""

    pc: Pc
    view: View
    backups: list[tuple[str, View]] = field(default_factory=list)
    names: set[bytes] = field(default_factory=set)

    @property
    def uid(self) -> bytes:
        return self.pc.store.replica


class History:
    """A story played on real stores beside its oracle."""

    def __init__(self, home: Path, empty: Path, seed: int) -> None:
        self.home = home
        self.empty = empty
        self.rng = Random(seed)
        self.oracle = Oracle()
        self.players: list[Played] = []
        self.packets: list[Packet] = []
        self.totals: Counter[str] = Counter()
        self.orders: set[RecordId] = set()
        self._tokens: dict[str, RecordId] = {}
        self._made = 0

    def play(self, pcs: int, steps: Iterable[Step]) -> Counter[str]:
        """All of it, to the end. Raises Wrong."""
        from tests.store.acts import ACTS
        from tests.store.endings import Ending

        with seeded_names(self.rng):
            try:
                for number in range(2 + pcs % 3):
                    self._join(number, self.empty, View())
                for kind, who, *choices in steps:
                    player = pick(self.players, who)
                    player.pc.clock.advance((who * 7 + choices[0]) % 5 - 1)
                    pick(ACTS, kind)(self, player, *choices)
                    self.totals["steps"] += 1
                Ending(self).check()
            finally:
                for player in self.players:
                    player.pc.close()
        self.totals["histories"] += 1
        self.totals["events"] = len(self.oracle.events)
        return self.totals

    def _join(self, era: int, folder: Path, view: View) -> Played:
        clock = FixedClock(pick(CLOCKS, era))
        pc = Pc(self.home, len(self.players), folder, clock)
        player = Played(pc, view)
        player.names.add(player.uid)
        self.players.append(player)
        return player

    def late_comer(self) -> Played:
        """A PC that nobody ever saw."""
        return self._join(0, self.empty, View())

    # ---- values

    def value(self, record: RecordId, name: str, kind: str, number: int) -> Any:
        """A value that names this writing, or now and then one that somebody else may give too."""
        if name == "present":
            return pick((True, False), number)
        if name == "level":
            return pick(("beginner", "average", "expert"), number)
        if name == "amount":
            return {"cents": pick((500, 1000), number), "currency": "EUR"}
        if number % 7 == 0:
            return self._shaped(kind, name, "commun")
        self._made += 1
        token = f"jeton{self._made:05}"
        self._tokens[token] = record
        return self._shaped(kind, name, token)

    @staticmethod
    def _shaped(kind: str, name: str, word: str) -> Any:
        match catalogue.kind(kind).fields[name].type.code:
            case "name":
                return {"display": word}
            case "address":
                return {"street": word}
            case "tags":
                return [word]
        return word

    def owner_of_token(self, token: bytes) -> RecordId:
        return self._tokens[token.decode()]

    def plain_fields(self, record: RecordId) -> list[str]:
        kind = self.oracle.kinds[record]
        fixed = {*kind.info.derived_from, "owner", "role"}
        return [n for n in FIELDS[kind.code] if n not in fixed]

    # ---- working

    def work(self, player: Played, changes: Sequence[Change], undoes: int | None = None) -> None:
        """Ask the write door and the oracle the same thing; compare what they made of it."""
        oracle, store = self.oracle, player.pc.store
        oracle.author, oracle.again = Stamp(player.uid, 0, player.pc.clock.now), undoes is not None
        trial, first = player.view.copy(), len(oracle.events)
        try:
            for change in changes:
                oracle.write(trial, change, player.uid)
            refused = False
        except Refused:
            del oracle.events[first:]
            refused = True
        before = player.pc.knowledge
        try:
            done = store.write(Work("Essai", changes), undoes=undoes)
        except UserError as problem:
            if not refused:
                raise Wrong(f"refused {changes}: {problem.code}") from problem
            return
        if refused:
            raise Wrong(f"should have refused {changes}")
        changed = trial != player.view
        if changed and not done:
            raise Wrong(f"nobody is told of {changes}")
        if not changed and player.pc.knowledge != before:
            raise Wrong(f"took a commit for nothing: {changes}")
        player.view = trial
        self.totals["writes"] += 1
        self._sign(player, [c.id for c in changes if isinstance(c, Erase)])
        self.compare(player, {c.id for c in changes} | {e.place[0] for e in oracle.events[first:]})

    @staticmethod
    def is_referent(player: Played) -> bool:
        """Whether the orders of a PC take effect by themselves: every other one."""
        return player.pc.number % 2 == 0

    def _sign(self, player: Played, ids: Sequence[RecordId]) -> None:
        """An order for what was erased; it counts if it is a référent's."""
        order = sign(player.pc.store, ids)
        if order is not None:
            self.orders |= set(ids)
            self.totals["erasures"] += len(ids)
            player.view.orders.add(order.uid)
            if self.is_referent(player):
                self.oracle.counting[order.uid] = frozenset(order.ids)

    def compare(self, player: Played, records: Collection[RecordId]) -> None:
        """The versions of these records, in the store and in the model."""
        states = player.pc.states(records)
        for record in records:
            state = states.get(record)
            if (state is not None) != (record in player.view.shared):
                raise Wrong(f"{record.hex()} shared: {state is not None}")
            if state is None:
                continue
            for name in self.oracle.fields(record):
                place = (record, name)
                versions = state.register(self.oracle.spec(place).number).versions
                self.oracle.bind(place, versions, self.oracle.live(player.view, place))

    def records_of(self, player: Played, *kinds: str) -> list[RecordId]:
        here = player.view.shared | player.view.whole
        return sorted(r for r in here if not kinds or self.oracle.kinds[r].code in kinds)

    def new_record(self) -> RecordId:
        self._made += 1
        return self._made.to_bytes(6, "big") + self.rng.randbytes(10)

    # ---- handing over

    def hand_over(self, player: Played, known: Knowledge | None) -> Packet:
        """What this PC gives to somebody who knows that."""
        whole, fingerprint = player.pc.knowledge.as_dict(), player.pc.store.concord.fingerprint()
        delta = replace(handed_over(player.pc.store, known), know=whole, digest=fingerprint)
        events = self.oracle.events_in(delta)
        player.view.sent |= player.view.shared
        for place, numbers in events.items():
            if numbers != player.view.known.get(place):
                raise Wrong(f"{place}: handed out {sorted(numbers)}, holds {player.view.known.get(place)}")
        asked = {e.id: frozenset(e.owners) for e in delta.erasures}
        if any(not owners and one not in self.orders for one, owners in asked.items()):
            raise Wrong("somebody is told to forget a part, and not what it lived by")
        packet = Packet(delta, events, asked, frozenset(s.uid for s in delta.statements), player.pc.knowledge)
        self._check_private(packet)
        self.totals["deltas"] += 1
        return packet

    def _check_private(self, packet: Packet) -> None:
        shared = {t for e in self.oracle.events for t in TOKEN.findall(repr(e.value).encode())}
        leaked = set(TOKEN.findall(repr(packet.delta).encode())) - shared
        if leaked:
            raise Wrong(f"private values handed out: {leaked}")

    def deliver(self, packet: Packet, player: Played, left_out: Collection[RecordId] = ()) -> None:
        """It arrives; some of it may be told to wait."""
        before = {place: player.view.known.get(place, frozenset()) for place in packet.events}
        delta = replace(packet.delta, authority=frozenset(self.oracle.counting))
        result, seq = player.pc.store.receive(delta, Arrival("", b"?" * 16), left_out)
        if result.differs:
            raise Wrong(f"PC {player.pc.number} knows what the giver knew, and holds something else")
        self.totals["agreements"] += result.differs is False
        if not result.left_out >= {r for r, _name in packet.events if r in left_out}:
            raise Wrong("what was to wait came in")
        events = {p: some for p, some in packet.events.items() if p[0] not in result.left_out}
        waited = player.view.waiting
        self.oracle.receive(player.view, events, packet.asked, packet.orders)
        self._compare_orders(player)
        if result.asked != player.view.waiting - waited:
            raise Wrong(f"told {result.asked} to wait, not {player.view.waiting - waited}")
        player.view.packets.append(Came(seq, events, before))
        self.totals["deliveries"] += 1
        self.totals["delivered twice"] += player.pc.number in packet.reached
        self.totals["delivered in part"] += bool(result.left_out)
        packet.reached.add(player.pc.number)

    def _compare_orders(self, player: Played) -> None:
        """What was forgotten, and what is only asked."""
        pc, view = player.pc, player.view
        erased, asked = pc.forgotten()
        if erased != view.erased:
            raise Wrong(f"PC {pc.number} forgot {erased}, not {view.erased}")
        if asked != view.asked:
            raise Wrong(f"PC {pc.number} is asked {asked}, not {view.asked}")

    def take_back(self, player: Played, came: Came) -> None:
        """A packet is taken back: what it brought leaves, unless it was written since or came again."""
        view = player.view
        result = player.pc.store.take_back(came.seq)
        view.packets.remove(came)
        known, states = player.pc.knowledge, player.pc.states({record for record, _name in came.events})
        left = {part for r in result.removed for part in self.oracle.parts(view, r)} - result.removed
        if left:
            raise Wrong(f"{[r.hex() for r in left]} stay without what they live by")
        for record in result.removed:
            view.forget(record)
        for place, events in came.events.items():
            if place[0] in view.shared:
                self._gave_back(player, place, came.before[place], events, states[place[0]], known, result.kept)
        for record in result.removed | result.restored | result.kept:
            if record in view.shared:
                self.compare(player, [record])
        self.totals["taken back"] += 1

    def _gave_back(
        self,
        player: Played,
        place: Place,
        before: frozenset[int],
        events: frozenset[int],
        state: RecordState,
        known: Knowledge,
        kept: Collection[RecordId],
    ) -> None:
        oracle, view = self.oracle, player.view
        brought = events - before
        if not brought:
            return
        if view.known[place] != before | brought:
            if place[0] not in kept:
                raise Wrong(f"{place} was written since, and is not named")
            return
        if any(known.knows(oracle.events[n].stamp.dot) for n in brought):
            return
        restored = View({place: before})
        dots = {e.stamp.dot for e in oracle.live(restored, place)}
        if set(state.register(oracle.spec(place).number).versions) == dots:
            view.known[place] = before
        elif place[0] not in kept:
            raise Wrong(f"{place} is neither given back nor named")


def from_seed(seed: int, longest: int = 80) -> tuple[int, list[Step]]:
    """How many PCs, and what they do: a history without anybody to shrink it, told by its seed."""
    rng = Random(seed)
    return rng.randrange(5), random_steps(rng, rng.randint(longest // 4, longest))


def random_steps(rng: Random, count: int) -> list[Step]:
    """What happens one day or another."""
    return [
        (rng.randrange(1000), rng.randrange(6), rng.randrange(99), rng.randrange(99), rng.randrange(99))
        for _ in range(count)
    ]


def shared_tokens(oracle: Oracle, view: View) -> set[bytes]:
    """The words that a PC's shared file may hold: those of values nobody superseded."""
    return {
        token
        for place in view.known
        for event in oracle.live(view, place)
        for token in TOKEN.findall(repr(event.value).encode())
    }
