"""Deliberate mistakes in what makes, reads and takes back packets, to see that the histories would notice them.

Each is put into this process only, for as long as its context lasts.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from unittest import mock

from appli.domain.causality import Knowledge, RecordState
from appli.domain.fields import Kind
from appli.exchange import gathering
from appli.exchange.gathering import Part
from appli.exchange.reading import Bundle
from appli.services.exchanging import giving, peers, public, receiving
from appli.services.exchanging.bundles import Opened
from appli.store import merge, outgoing, packets, registers
from appli.store.store import Store

Mistake = Callable[[], contextlib.AbstractContextManager[Any]]


def _swap(owner: Any, name: str, other: Any) -> Mistake:
    return lambda: mock.patch.object(owner, name, other)


# ---- what is claimed

_received = Store.packets_received


def _any_volume_will_do(_directory: Any, opened: Opened) -> bool:
    return opened.complete


def _what_is_partial_counts(self: Store) -> list[Any]:
    return [replace(p, facts={**p.facts, "partial": False}) for p in _received(self)]


def _what_was_undone_counts(self: Store) -> list[Any]:
    return [replace(p, undone=None) for p in _received(self)]


def _of_whatever_set(self: Store) -> list[Any]:
    found = _received(self)
    sets = {p.facts.get("set") for p in found} - {None}
    return [replace(p, facts={**p.facts, "set": one}) for p in found if p.facts.get("set") for one in sets]


_note_packet = Store.note_packet


def _what_waits_is_not_noted(self: Store, seq: int, facts: Mapping[str, Any]) -> None:
    _note_packet(self, seq, {k: v for k, v in facts.items() if k != "partial"})


_join = merge.Receiver.join


def _learnt_whatever_waits(self: merge.Receiver, delta: Any) -> Any:
    result = _join(self, delta)
    if result.left_out:
        self.learn(delta)
    return result


# ---- what is given


_cut = public._cut


def _with_its_base(kind: Kind, state: RecordState) -> RecordState:
    kept = _cut(kind, state)
    values = {n: v for n, v in state.values.items() if n in kept.registers}
    registers = {n: r for n, r in kept.registers.items() if n not in values}
    return RecordState(state.id, state.kind, state.base, values, registers)


def _all_of_it(_kind: Kind, state: RecordState) -> RecordState:
    return state


def _whatever_is_chosen(_directory: Any, states: Iterable[RecordState]) -> Iterable[RecordState]:
    return states


_heading = giving._heading


def _claiming(directory: Any, delta: Any, known: Knowledge, audience: Any) -> Any:
    return replace(_heading(directory, delta, known, audience), claim=delta.claim)


_note_given = peers.note_given


def _given_is_received(directory: Any, uid: bytes, *more: Any) -> None:
    _note_given(directory, uid, *more)
    known = peers.peer(directory, uid)
    if known is not None:
        mine = directory.store.knowledge().as_dict()
        peers.keep(directory, replace(known, know={r.hex(): list(some) for r, some in mine.items()}))


_learnt = peers.learnt


def _said_once_for_ever(known: peers.Peer, know: Knowledge, at: int) -> peers.Peer:
    both = Knowledge(known.knowledge.as_dict())
    for uid, intervals in know.as_dict().items():
        both.add(uid, intervals)
    return _learnt(known, both, at)


_parts = gathering.Gathered.parts


def _last_chunk_left_behind(self: gathering.Gathered, limit: int) -> list[Part]:
    parts = _parts(self, limit)
    if len(parts) > 1 and len(parts[0].chunks) > 1:
        parts[0].chunks.pop()
    return parts


def _fields_alone(state: RecordState, known: Knowledge) -> RecordState | None:
    news = {f: r for f, r in state.registers.items() if any(not known.knows(dot) for dot in r.versions)}
    return RecordState(state.id, state.kind, None, {}, news) if news else None


def _no_orders(_registers: Any) -> list[Any]:
    return []


@contextlib.contextmanager
def _orders_stay() -> Iterator[None]:
    with (
        mock.patch.object(outgoing.erasing, "all_erasures", _no_orders),
        mock.patch.object(outgoing.erasing, "all_asked", _no_orders),
    ):
        yield


# ---- what is received, what is taken back


_place_all = registers.Registers.place_all


def _later_fields_dropped(self: registers.Registers, kind: Kind, states: Any) -> None:
    known = [replace(s, registers={n: r for n, r in s.registers.items() if n in kind.by_number}) for s in states]
    _place_all(self, kind, known)


_together = receiving._together


def _one_volume_alone(directory: Any, seq: int) -> list[Any]:
    return [p for p in _together(directory, seq) if p.seq == seq]


_take_back = Store.take_back


def _stays_known(self: Store, seq: int) -> Any:
    with mock.patch.object(packets._TakingBack, "_unlearn", return_value=None):
        return _take_back(self, seq)


def _true(*_: Any) -> bool:
    return True


def _false(*_: Any) -> bool:
    return False


MISTAKES: Mapping[str, Mistake] = {
    # what is claimed
    "a claim is taken with its first volume": _swap(receiving, "_is_complete", _any_volume_will_do),
    "a volume received in part counts as received": _swap(Store, "packets_received", _what_is_partial_counts),
    "what waits or was damaged is not noted": _swap(Store, "note_packet", _what_waits_is_not_noted),
    "a volume taken back counts as received": _swap(Store, "packets_received", _what_was_undone_counts),
    "volumes of any packet make a set": _swap(Store, "packets_received", _of_whatever_set),
    "a damaged packet is claimed": _swap(Bundle, "complete", property(_true)),
    "a packet is claimed though a sheet waits": _swap(merge.Receiver, "join", _learnt_whatever_waits),
    "what is to wait comes in": _swap(merge.Receiver, "_is_left_out", _false),
    # what is given
    "a public packet keeps the creation of a sheet": _swap(public, "_cut", _with_its_base),
    "a public packet carries all fields": _swap(public, "_cut", _all_of_it),
    "a public packet carries all sheets": _swap(giving, "public_only", _whatever_is_chosen),
    "a public packet claims to be whole": _swap(giving, "_heading", _claiming),
    "what was given counts as received": _swap(giving, "note_given", _given_is_received),
    "what a PC once had it has for ever": _swap(receiving, "learnt", _said_once_for_ever),
    "a chunk is lost between two volumes": _swap(gathering.Gathered, "parts", _last_chunk_left_behind),
    "news leave sheets out": _swap(outgoing, "_lacking", _fields_alone),
    "orders to erase are not given": _orders_stay,
    # what is received, what is taken back
    "news of what is here already is passed over": _swap(merge.Receiver, "_has_news", _false),
    "fields of a later version are dropped": _swap(registers.Registers, "place_all", _later_fields_dropped),
    "one volume is taken back without the others": _swap(receiving, "_together", _one_volume_alone),
    "a packet taken back stays known": _swap(Store, "take_back", _stays_known),
    "a packet takes along what was written since": _swap(packets._TakingBack, "_came_with_it", _true),
}
