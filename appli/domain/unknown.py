"""What only a later version understands: kept as it came, handed on as it came."""

from __future__ import annotations

from dataclasses import dataclass

from appli.domain.ids import RecordId


@dataclass(frozen=True, slots=True)
class Unknown:
    """A line of a packet that this version does not understand to the end."""

    raw: bytes
    about: RecordId | None = None
    """The record it speaks of, so that an erasure takes it along."""
