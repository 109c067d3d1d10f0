"""Deliberate mistakes in the join and around it, to see that the oracle would notice them.

Each is put into this process only, for as long as its context lasts.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from unittest import mock

from appli.domain import causality
from appli.domain.causality import Context, Dot, Erasure, Interval, Knowledge, RecordState, Register, Version
from appli.domain.ids import RecordId
from appli.store import (
    commits,
    erase,
    folder,
    identity,
    journal,
    ledger,
    merge,
    outgoing,
    packets,
    private,
    record_write,
    restore,
    store,
    unit,
)
from appli.store.field_write import FieldWriter

Mutation = Callable[[], contextlib.AbstractContextManager[Any]]


def _swap(owner: Any, name: str, other: Any) -> Mutation:
    return lambda: mock.patch.object(owner, name, other)


# ---- the join


def _ours_stay(ours: Register, theirs: Register) -> Register:
    kept = dict(ours.versions)
    kept.update((d, v) for d, v in theirs.versions.items() if d in kept or not causality.covers(ours.context, d))
    return Register(kept, causality.merged(ours.context, theirs.context))


def _theirs_enter(ours: Register, theirs: Register) -> Register:
    return _ours_stay(theirs, ours)


def _both_stay(ours: Register, theirs: Register) -> Register:
    return Register({**ours.versions, **theirs.versions}, causality.merged(ours.context, theirs.context))


_join = causality.join


def _latest_wins(ours: Register, theirs: Register) -> Register:
    both = _join(ours, theirs)
    return Register({both.shown.stamp.dot: both.shown}, both.context) if both.versions else both


def _lowest(one: Context, other: Context) -> dict[bytes, int]:
    return {r: min(one.get(r, other.get(r, 0)), other.get(r, one.get(r, 0))) for r in one.keys() | other.keys()}


def _theirs_only(_one: Context, other: Context) -> dict[bytes, int]:
    return dict(other)


def _strictly_before(context: Context, dot: Dot) -> bool:
    return context.get(dot[0], 0) > dot[1]


def _blind_write(_register: Register, version: Version) -> Register:
    return Register({version.stamp.dot: version}, {version.stamp.replica: version.stamp.counter})


def _base_counts_for_nothing(ours: RecordState, theirs: RecordState) -> RecordState:
    base = ours.base or theirs.base
    numbers = ours.registers.keys() | theirs.registers.keys()
    empty = Register()
    joined = {n: causality.join(ours.registers.get(n, empty), theirs.registers.get(n, empty)) for n in numbers}
    created = ours.values if ours.base else theirs.values
    return RecordState(ours.id, ours.kind, base, {n: v for n, v in created.items() if n not in joined}, joined)


def _first_comes_stays(ours: RecordState, theirs: RecordState) -> RecordState:
    return ours if ours.registers or ours.base else theirs


# ---- what is handed over


def _unknown_siblings_only(state: RecordState, known: Knowledge) -> RecordState | None:
    if state.base is not None and not known.knows(state.base.dot):
        return state
    news = {}
    for number, register in state.registers.items():
        versions = {d: v for d, v in register.versions.items() if not known.knows(d)}
        if versions:
            news[number] = Register(versions, register.context)
    return RecordState(state.id, state.kind, None, {}, news) if news else None


def _never_the_creation(state: RecordState, known: Knowledge) -> RecordState | None:
    news = {n: r for n, r in state.registers.items() if any(not known.knows(d) for d in r.versions)}
    return RecordState(state.id, state.kind, None, {}, news) if news else None


_missing_from = Knowledge.missing_from


def _claims_all(mine: Knowledge, other: Knowledge) -> dict[bytes, tuple[Interval, ...]]:
    return {r: ((1, i[-1][1]),) for r, i in _missing_from(mine, other).items()}


def _over_gaps(*many: Iterable[Interval]) -> tuple[Interval, ...]:
    every = sorted(i for one in many for i in one)
    return ((every[0][0], max(high for _low, high in every)),) if every else ()


# ---- erasures


def _no_parts(*_: Any) -> list[Any]:
    return []


_erase = erase.erase


def _under_the_owners_commit(base: Any, values: Any, order: Erasure) -> set[RecordId]:
    """Orders for parts under the commit of the owner's order: who knows it already never learns of late parts."""
    with mock.patch.object(
        erase, "order_for_part", lambda _k, state, owners: Erasure(state.id, order.stamp, (*owners,))
    ):
        return _erase(base, values, order)


def _everything_asked(registers: Any, _authority: Any) -> set[RecordId]:
    return {one.id for one in erase.all_asked(registers)}


def _everything_signed(registers: Any, _authority: Any) -> set[RecordId]:
    return {i for (i,) in registers.connection.execute("SELECT id FROM partage.ordered")}


_asked_is_not_known = SimpleNamespace(**{**vars(erase), "all_asked": lambda _registers: []})
_carry_out = ledger.carry_out


def _decided_alone(registers: Any, record: Erasure) -> None:
    """What somebody did not decide yet is forgotten about."""
    if erase.find(registers, record.id) is not None or record.owners:
        _ask(registers, record)


_ask = erase.ask
_order_for_part = erase.order_for_part


# ---- names


@contextlib.contextmanager
def _name_in_the_folder() -> Iterator[None]:
    """A copied folder goes on under the name it had."""
    names: dict[str, bytes] = {}
    genuine = identity.IdentityFile.claim

    def claim(self: identity.IdentityFile, nonce: str | None) -> tuple[bytes, str, bool]:
        uid, fresh, new = genuine(self, nonce)
        uid = names.get(nonce or "", uid)
        names[fresh] = uid
        return uid, fresh, new

    with mock.patch.object(identity.IdentityFile, "claim", claim):
        yield


@contextlib.contextmanager
def _name_for_ever() -> Iterator[None]:
    """A restored backup goes on under the name of its PC."""
    names: dict[str, bytes] = {}
    genuine = identity.IdentityFile.claim

    def claim(self: identity.IdentityFile, nonce: str | None) -> tuple[bytes, str, bool]:
        uid, fresh, new = genuine(self, nonce)
        return names.setdefault(str(self._path), uid), fresh, new

    with mock.patch.object(identity.IdentityFile, "claim", claim):
        yield


_cleanse = restore._cleanse


_fresh_stamp = unit.Unit.fresh_stamp


def _same_stamp(self: unit.Unit) -> causality.Stamp:
    return self._stamp or _fresh_stamp(self)


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _true(*_: Any) -> bool:
    return True


def _none_live(*_: Any) -> dict[Any, Any]:
    return {}


def _false(*_: Any) -> bool:
    return False


def _by_name(register: Register) -> Version:
    return max(register.versions.values(), key=lambda v: v.stamp.replica)


def _keep_only_private(
    self: FieldWriter, kind: Any, record: RecordId, field: Any, _register: Any, value: Any, chosen: Any
) -> None:
    self._unit.private.put(record, kind, field, value, self._unit.at, chosen)
    self._unit.wrote("put", record, kind, field, [None, None], [value, chosen])


MUTATIONS: Mapping[str, Mutation] = {
    # the join
    "our siblings stay, whatever the other side has seen": _swap(causality, "join", _ours_stay),
    "their siblings enter, whatever we have seen": _swap(causality, "join", _theirs_enter),
    "all siblings stay always": _swap(causality, "join", _both_stay),
    "the latest by the clock wins": _swap(causality, "join", _latest_wins),
    "contexts meet at their lowest": _swap(causality, "merged", _lowest),
    "one side's context is lost": _swap(causality, "merged", _theirs_only),
    "a context does not cover its last commit": _swap(causality, "covers", _strictly_before),
    "a write does not say what it saw": _swap(Register, "write", _blind_write),
    "a write leaves the siblings it saw": _swap(Register, "write", Register.add),
    "an added sibling replaces the others": _swap(Register, "add", Register.write),
    "the base of a record counts for nothing": _swap(merge, "join_records", _base_counts_for_nothing),
    "the first state received stays": _swap(merge, "join_records", _first_comes_stays),
    "siblings are ordered by the PC's name": _swap(Register, "shown", property(_by_name)),
    # what is handed over
    "only unknown siblings are handed over": _swap(outgoing, "_lacking", _unknown_siblings_only),
    "creations are not handed over": _swap(outgoing, "_lacking", _never_the_creation),
    "gaps are claimed": _swap(Knowledge, "missing_from", _claims_all),
    "news of what is here already is passed over": _swap(merge.Receiver, "_has_news", _false),
    "gaps are forgotten": _swap(causality, "union", _over_gaps),
    "what was handed out is not noted": _swap(private.PrivateValues, "note_sent", _nothing),
    "the same field twice under one commit": _swap(unit.Unit, "fresh_stamp", _same_stamp),
    # what is taken back
    "a packet taken back stays known": _swap(commits.Commits, "unlearn", _nothing),
    "a packet takes along what was written since": _swap(packets._TakingBack, "_came_with_it", _true),
    "a sheet leaves without what lives by it": _swap(packets._TakingBack, "_lives_by", _none_live),
    # erasures
    "orders to erase are ignored": _swap(erase, "ask", _nothing),
    "unsigned erasures are believed": _swap(erase, "_ordered_by", _everything_asked),
    "orders of those who are not référent are believed": _swap(erase, "_ordered_by", _everything_signed),
    "orders of référents wait too": _swap(erase, "_ordered_by", lambda *_: set()),
    "signed orders are not handed on": _swap(outgoing.statements, "lacking", lambda *_: ()),
    "what waits is not handed on": _swap(outgoing, "erasing", _asked_is_not_known),
    "what waits for a person is lost": _swap(erase, "ask", _decided_alone),
    "what waits is lost at a restore": _swap(
        restore.ledger, "carry_out", lambda r, p, some: _carry_out(r, p, replace(some, asked=()))
    ),
    "signed orders are lost at a restore": _swap(
        restore.ledger, "carry_out", lambda r, p, some: _carry_out(r, p, replace(some, statements=()))
    ),
    "orders for parts do not say what they lived by": _swap(
        erase, "order_for_part", lambda kind, state, _owners: _order_for_part(kind, state, ())
    ),
    "what its author forgot counts as known where it waits": _swap(erase, "contested", lambda *_: set()),
    "a yes leaves what lived by it waiting": _swap(erase, "follow", lambda *_: set()),
    "parts outlive their owner": _swap(erase, "parts_of", _no_parts),
    "late parts of the erased come in": _swap(merge, "_owners", _no_parts),
    "orders for parts travel under the owner's commit": _swap(merge.erasing, "erase", _under_the_owners_commit),
    "what was erased may be written again": _swap(record_write, "erased_among", lambda *_: set()),
    "a restored backup brings the erased back": _swap(
        restore, "_cleanse", lambda ready, _orders, *more: _cleanse(ready, ledger.Orders(), *more)
    ),
    "the journal remembers the erased": _swap(journal.Journal, "forget", _nothing),
    # names
    "a copied folder keeps its name": _name_in_the_folder,
    "a restored backup keeps its name": _name_for_ever,
    "commit numbers of another name count": _swap(folder, "_forget_own_counters", _nothing),
    "records taken back before a restore stay unknown": _swap(store.restoring, "create_anew", _nothing),
    # privacy
    "a lowered value stays in the shared file": _swap(FieldWriter, "_lower", _keep_only_private),
    "parts of private records are shared": _swap(record_write.RecordWriter, "_touches_private", _false),
    "choices of audience do not survive a move": _swap(private.PrivateValues, "chosen", lambda *_: {}),
}
