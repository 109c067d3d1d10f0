"""Who may do what in a space, and since when: a ledger of what was signed, read in the order it was signed.

The PC that founds a space is its root. Afterwards a role counts only if a PC signed it that was référent at that time;
of several about one PC the latest stands. The order things are received in decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What a PC is trusted with."""

    REFERENT = "referent"
    HOST = "host"
    CONTRIBUTOR = "contributor"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Grant:
    """That a PC holds a role; None takes away whatever it held. `signer` and `key` are public keys."""

    uid: str
    signer: bytes
    replica: bytes
    key: bytes
    role: Role | None
    at: int
    since: date | None = None
    until: date | None = None
    is_root: bool = False
    author: bytes = b""
    """The PC that signed it."""


class Roles:
    """The grants that count."""

    def __init__(self, grants: Iterable[Grant]) -> None:
        self.grants: list[Grant] = []
        for grant in sorted(grants, key=lambda g: (g.at, not g.is_root, g.uid)):
            if grant.is_root or self.is_referent(grant.signer, grant.at):
                self.grants.append(grant)

    def standing(self, key: bytes, at: int) -> Grant | None:
        """The grant that stands for a key at a moment, if it holds a role then."""
        last = next((g for g in reversed(self.grants) if g.key == key and g.at <= at), None)
        if last is None or last.role is None:
            return None
        day = datetime.fromtimestamp(at / 1000, UTC).date()
        over = (last.since is not None and day < last.since) or (last.until is not None and day > last.until)
        return None if over else last

    def moment(self, key: bytes, now: int) -> int:
        """Now, by a clock that may be behind the one a key was named by."""
        return max((now, *(g.at for g in self.grants if g.key == key)))

    def is_referent(self, key: bytes, at: int, replica: bytes | None = None) -> bool:
        """Whether a key (of that PC, if said) held the role that orders erasures and names others."""
        grant = self.standing(key, at)
        return grant is not None and grant.role is Role.REFERENT and replica in (None, grant.replica)

    def of_replica(self, replica: bytes, at: int) -> Grant | None:
        """What a PC holds at a moment, under whichever key it was named with last."""
        keys = {g.key for g in self.grants if g.replica == replica}
        held = (grant for key in keys if (grant := self.standing(key, at)) is not None)
        return max(held, key=lambda g: g.at, default=None)

    def referents(self, at: int) -> list[Grant]:
        """Those that hold the role at a moment."""
        keys = {g.key for g in self.grants}
        found = (self.standing(key, at) for key in sorted(keys) if self.is_referent(key, at))
        return [grant for grant in found if grant is not None]
