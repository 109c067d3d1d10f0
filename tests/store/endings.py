"""The end of a history: everybody receives everything; what each holds is compared with what must have come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from appli.domain.audience import Audience
from appli.domain.changes import Erase
from appli.domain.ids import RecordId
from tests.store.oracle import FIELDS
from tests.store.view import Place, Wrong

if TYPE_CHECKING:
    from tests.store.histories import History, Played


class Ending:
    """The last exchange and all the checks."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.oracle = history.oracle

    def check(self) -> None:
        history, players = self.history, self.history.players
        for packet in history.packets:
            history.deliver(packet, history.rng.choice(players))
        self._exchange(players)
        self._referents_are_followed(players)
        self._decide(players)
        digest = self._agree(players)
        for player in players:
            self._content(player)
        self._nothing_lost()
        self._nothing_back()
        self._replay(digest)
        self._late_comer()
        for player in players:
            player.pc.close()
            self._bytes(player)

    def _exchange(self, players: list[Played]) -> None:
        """Through one of them, each handing over only what the other lacks."""
        history, (hub, *others) = self.history, players
        for other in others:
            history.deliver(history.hand_over(other, hub.pc.knowledge), hub)
        for other in others:
            history.deliver(history.hand_over(hub, other.pc.knowledge), other)

    def _referents_are_followed(self, players: list[Played]) -> None:
        """Whatever a référent ordered is gone everywhere, whoever carried the order."""
        ordered = set().union(*self.oracle.counting.values())
        for player in players:
            if not ordered <= player.view.forgotten:
                raise Wrong(f"PC {player.pc.number} does not know an order of a référent")

    def _decide(self, players: list[Played]) -> None:
        """Everybody says yes to what still waits, until nothing does."""
        while any(player.view.waiting for player in players):
            for player in players:
                for one in sorted(player.view.waiting):
                    if one in player.view.here:
                        self.history.work(player, [Erase(one)])
            self._exchange(players)

    def _agree(self, players: list[Played]) -> str:
        """They know the same and hold the same, the fingerprint of which is returned."""
        first = players[0].pc
        digest = first.store.digest()
        for other in players[1:]:
            if other.view.forgotten != players[0].view.forgotten:
                raise Wrong("they did not forget the same records")
            if other.pc.knowledge != first.knowledge:
                raise Wrong("they do not know the same commits")
            if other.pc.store.digest() != digest:
                raise Wrong(f"PC {other.pc.number} diverges")
        return digest

    def _content(self, player: Played) -> None:
        """Versions, siblings, private values, audiences: the store, its entries and the model."""
        view, oracle, pc = player.view, self.oracle, player.pc
        if pc.shared_ids() != view.shared or pc.erased_ids() != view.erased:
            raise Wrong(f"PC {pc.number}: other records, or others erased")
        self.history.compare(player, view.shared)
        here = sorted(view.shared | view.whole)
        entries = {e.id: e for e in pc.store.reads.entries(here)}
        if entries.keys() != set(here):
            raise Wrong(f"PC {pc.number}: entries of other records")
        for record in here:
            entry, expected = entries[record], self._expected(player, record)
            names = oracle.fields(record)
            found = {n: entry.values[n] for n in names if n in entry.values}
            if found != expected:
                raise Wrong(f"PC {pc.number} {record.hex()}: shows {found}, not {expected}")
            for name in names:
                self._siblings(player, entry, (record, name))
        dangling = self._dangling(player)
        problems = pc.store.problems()
        if len(problems) != (1 if dangling else 0):
            raise Wrong(f"PC {pc.number}: {problems}, {dangling} links without an end")

    def _expected(self, player: Played, record: RecordId) -> dict[str, Any]:
        private = player.view.private.get(record, {})
        values = {n: self.oracle.shown(player.view, (record, n)) for n in self.oracle.fields(record)}
        values |= {
            n: value for n, (value, _chosen) in private.items() if value is not None or record in player.view.whole
        }
        return {n: v for n, v in values.items() if v is not None}

    def _siblings(self, player: Played, entry: Any, place: Place) -> None:
        kept = player.view.private.get(place[0], {}).get(place[1])
        live = [] if kept else self.oracle.live(player.view, place)
        values: list[Any] = []
        for event in live:
            if event.value not in values:
                values.append(event.value)
        shown = [s.value for s in entry.siblings.get(place[1], ())]
        if shown != (values if len(values) > 1 else []):
            raise Wrong(f"{place}: siblings {shown}, not {values}")
        if kept and place[0] not in player.view.whole and entry.overrides.get(place[1]) != Audience.PRIVATE:
            raise Wrong(f"{place}: private, and shown as {entry.overrides}")

    def _dangling(self, player: Played) -> int:
        there = player.view.shared
        bindings = [
            event.value
            for place in player.view.known
            if self.oracle.spec(place).declared.binding
            for event in self.oracle.live(player.view, place)[:1]
        ]
        return sum(1 for value in bindings if value and bytes.fromhex(value) not in there)

    def _nothing_lost(self) -> None:
        """All events anybody knew, less what somebody superseded: no less, no more, whatever the way they came."""
        known: dict[Place, set[int]] = {}
        erased = set().union(*(p.view.forgotten for p in self.history.players))
        for player in self.history.players:
            for place, numbers in player.view.known.items():
                if place[0] not in erased:
                    known.setdefault(place, set()).update(numbers)
        held = [player.pc.states({record for record, _name in known}) for player in self.history.players]
        for place, numbers in known.items():
            gone = {n for one in numbers for n in self.oracle.events[one].seen}
            expected = {self.oracle.events[n].stamp.dot for n in numbers - gone}
            for states in held:
                state = states.get(place[0])
                found = set(state.register(self.oracle.spec(place).number).versions) if state else set()
                if found != expected:
                    raise Wrong(f"{place}: found {found}, not {expected}")
            self.history.totals["conflicts"] += len(expected) > 1

    def _nothing_back(self) -> None:
        """Every order stands everywhere, for the record and for all that lived by it; nothing else is gone."""
        for player in self.history.players:
            if not self.history.orders <= player.view.forgotten:
                raise Wrong("an order to erase was forgotten")
            unasked = player.view.erased - self.history.orders
            if any(FIELDS[self.oracle.kinds[record].code][0] not in ("owner", "from_id") for record in unasked):
                raise Wrong("a record went that nobody asked to erase")
        self.history.totals["erased"] += len(self.history.players[0].view.erased)

    def _replay(self, before: str) -> None:
        """Everything once more, in another order: nothing changes."""
        history = self.history
        packets = history.packets[:]
        history.rng.shuffle(packets)
        for packet in packets[:12]:
            history.deliver(packet, history.rng.choice(history.players))
        self._decide(history.players)  # what somebody without the right to it ordered asks again where it was gone
        if self._agree(history.players) != before:
            raise Wrong("the same again changed something")

    def _late_comer(self) -> None:
        """Somebody never seen gets all of it from one, or piecemeal from many."""
        history = self.history
        late, source = history.late_comer(), history.rng.choice(history.players[:-1])
        for packet in history.rng.sample(history.packets, min(3, len(history.packets))):
            history.deliver(packet, late)
        history.deliver(history.hand_over(source, history.rng.choice((None, late.pc.knowledge))), late)
        if late.view.waiting:
            self._decide([source, late])
        self._agree([source, late])
        self._content(late)

    def _bytes(self, player: Played) -> None:
        """What the files of a closed PC still hold."""
        from tests.store.histories import TOKEN, shared_tokens

        left = set(TOKEN.findall(player.pc.bytes_of("partage.db"))) - shared_tokens(self.oracle, player.view)
        if left:
            raise Wrong(f"PC {player.pc.number}: partage.db still holds {left}")
        erased = player.view.erased
        for token in set(TOKEN.findall(player.pc.bytes_of("prive.db"))):
            record = self.history.owner_of_token(token)
            if record in erased or self._ancestors(record) & erased:
                raise Wrong(f"PC {player.pc.number}: prive.db still holds {token!r} of {record.hex()}")

    def _ancestors(self, record: RecordId) -> set[RecordId]:
        found: set[RecordId] = set()
        todo = {record}
        while todo:
            one = todo.pop()
            owners = {
                bytes.fromhex(e.value)
                for e in self.oracle.events
                if e.place[0] == one and e.value and self.oracle.spec(e.place).declared.binding
            }
            todo |= owners - found
            found |= owners
        return found
