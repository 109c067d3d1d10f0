"""Somebody else writes under the name of this PC: its folder and its configuration were copied, or put back, together.

The nonce outside the folder (`appli.store.identity`) cannot see that. What other PCs bring does: a commit of ours that
we never made, or made otherwise. From then on this PC takes a new name. What it wrote since others last confirmed its
commits goes under that name, beside whatever the other wrote under the same numbers; and it no longer claims to know
those numbers, so that the other's writing comes to it like anybody's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from appli.domain import catalogue
from appli.domain.causality import Dot, RecordState, Register, Stamp, Version, covers
from appli.domain.ids import RecordId
from appli.store.engine import Connection
from appli.store.folder import Folder
from appli.store.registers import Registers
from appli.store.rows import SHARED
from appli.store.states import states_of

_AUDIENCE = 2
"""The number of this field in every kind: what a record without any other value is made known by."""


class Twin(Exception):
    """A packet holds commits of ours that we did not make; the lowest of them."""

    def __init__(self, lowest: int) -> None:
        super().__init__()
        self.lowest = lowest


@dataclass(slots=True)
class Watch:
    """What of a packet is looked at: our own commits above `safe`, which others had not confirmed before."""

    uid: bytes
    last: int
    """The highest commit we made."""
    safe: int = 0
    _lowest: int | None = None

    def concerns(self, theirs: RecordState) -> bool:
        """Whether a record speaks of such commits."""
        if theirs.base is not None and self._is_ours(theirs.base.dot):
            return True
        return bool(theirs.registers) and any(
            register.context.get(self.uid, 0) > self.safe
            and (self._is_beyond(register) or any(map(self._is_ours, register.versions)))
            for register in theirs.registers.values()
        )

    def look(self, ours: RecordState | None, theirs: RecordState) -> None:
        """Note what we would have to hold, or to have replaced."""
        if theirs.base is not None and self._is_ours(theirs.base.dot) and (ours is None or ours.base != theirs.base):
            self._note(theirs.base.counter)
        for number, register in theirs.registers.items():
            mine = Register() if ours is None else ours.register(number)
            if self._is_beyond(register):
                self._note(self.last + 1)
            for dot, version in register.versions.items():
                if self._is_ours(dot) and not _same(mine.versions.get(dot), version) and not _replaced(mine, dot):
                    self._note(dot[1])

    @property
    def found(self) -> bool:
        """Whether there was anything to note."""
        return self._lowest is not None

    def end(self) -> None:
        """Raises Twin if there was."""
        if self._lowest is not None:
            raise Twin(self._lowest)

    def _note(self, counter: int) -> None:
        self._lowest = counter if self._lowest is None else min(counter, self._lowest)

    def _is_beyond(self, register: Register) -> bool:
        """Whether somebody saw a commit of ours that we are still to make."""
        return register.context.get(self.uid, 0) > self.last

    def _is_ours(self, dot: Dot) -> bool:
        return dot[0] == self.uid and dot[1] > self.safe


def _same(mine: Version | None, theirs: Version) -> bool:
    return mine is not None and (mine.value, mine.audience) == (theirs.value, theirs.audience)


def _replaced(mine: Register, dot: Dot) -> bool:
    return dot not in mine.versions and covers(mine.context, dot)


@dataclass(slots=True)
class Renaming:
    """What was written under one name since some commit goes under another, inside the caller's transaction."""

    registers: Registers
    old: bytes
    new: bytes
    safe: int
    at: int
    _stamps: dict[int, int] = field(default_factory=dict)

    def run(self) -> None:
        """Do it; values stay as they are."""
        index = self.registers.index(self.old)
        for state in states_of(self.registers, self._written(index)):
            self._rewrite(state)
        for table in ("erased", "asked", "statement"):
            sql = f"SELECT DISTINCT c FROM {SHARED}.{table} WHERE r=? AND c>?"
            for (counter,) in self.registers.connection.execute(sql, (index, self.safe)).fetchall():
                stamp = (self.registers.index(self.new), self._counter(counter), index, counter)
                self.registers.connection.execute(f"UPDATE {SHARED}.{table} SET r=?, c=? WHERE r=? AND c=?", stamp)
        known = self.registers.knowledge().as_dict().get(self.old, ())
        self.registers.unlearn(self.old, [(self.safe + 1, known[-1][1])] if known else [])

    def _written(self, index: int) -> set[RecordId]:
        found = set()
        for table in ("ver", "fv"):
            sql = f"SELECT id FROM {SHARED}.{table} WHERE r=? AND c>?"
            found |= {i for (i,) in self.registers.connection.execute(sql, (index, self.safe))}
        return found

    def _rewrite(self, state: RecordState) -> None:
        kind = catalogue.kinds_by_number()[state.kind]
        base = state.base
        registers = {n: self._register(r) for n, r in state.registers.items()}
        if base is not None and base.replica == self.old and base.counter > self.safe:
            # several PCs may hold another creation under that number, so there is none: each field is a version
            mine = self._stamp(base)
            fresh = {
                n: Register({mine.dot: Version(mine, v)}, {mine.replica: mine.counter}) for n, v in state.values.items()
            }
            registers = {**fresh, **registers} or {_AUDIENCE: Register.of_base(mine, None)}
            state = RecordState(state.id, state.kind, None, {}, registers)
            self.registers.remove(kind, state.id)
            self.registers.place_all(kind, [state])
            return
        for number, register in registers.items():
            if register != state.registers[number]:
                self.registers.save(kind, state.id, number, register)

    def _register(self, register: Register) -> Register:
        """The same versions; what the other wrote under our number is not covered by ours."""
        moved = {dot for dot in register.versions if dot[0] == self.old and dot[1] > self.safe}
        if not moved:
            return register
        versions = {dot: v for dot, v in register.versions.items() if dot not in moved}
        context: dict[bytes, int] = {r: c for r, c in register.context.items() if r != self.old}
        seen = min(self.safe, register.context.get(self.old, 0))
        if seen:
            context[self.old] = seen
        for dot in sorted(moved):
            version = register.versions[dot]
            stamp = self._stamp(version.stamp)
            versions[stamp.dot] = Version(stamp, version.value, version.audience)
            context[self.new] = max(stamp.counter, context.get(self.new, 0))
        return Register(versions, context)

    def _stamp(self, stamp: Stamp) -> Stamp:
        return Stamp(self.new, self._counter(stamp.counter), stamp.at, stamp.operator)

    def _counter(self, counter: int) -> int:
        """One commit stays one commit."""
        found = self._stamps.get(counter)
        if found is None:
            found = self._stamps[counter] = self.registers.new_commit(self.new, self.at).counter
        return found


def part_from(folder: Folder, safe: int) -> None:
    """Take a new name, and carry over what was written since others last confirmed our commits."""

    def carry_over(base: Connection, uid: bytes) -> None:
        Renaming(Registers(base), folder.uid, uid, safe, folder.clock()).run()

    folder.take_new_name(carry_over)
