"""What somebody signed, as others keep and relay it: the very bytes, and what a base must know of them.

A bundle's signature says who sent it; what must hold wherever it comes from carries its author's own. Reading and
checking them is the affair of `exchange.statements`; whether their author may order such a thing, that of the services.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from appli.domain.ids import RecordId


@dataclass(frozen=True, slots=True)
class Statement:
    """Signed bytes."""

    body: bytes
    key: bytes
    signature: bytes

    @property
    def uid(self) -> str:
        """The same for the same statement, whoever brings it."""
        return hashlib.sha256(self.key + self.body).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Kept:
    """A statement whose signature holds. `sort`: « erasure », « role », « root », « later » for a newer version's."""

    statement: Statement
    sort: str
    ids: tuple[RecordId, ...] = ()
    """The records it orders to forget."""
    dot: tuple[bytes, int] | None = None
    """The commit of its author that it was signed in: who knows it has it. None: handed on always."""

    @property
    def uid(self) -> str:
        return self.statement.uid
