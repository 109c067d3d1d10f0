"""Correction sheets handed out: what each shows, who carries it, and whether it came back.

Kept in `prive.db` under the id of the sheet, so that erasing somebody takes the trace of her paper along. A carrier who
is in the directory is kept by her id and never by her name, for the same reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from appli.domain.ids import RecordId
from appli.services.directory import Directory

TABLE = "sheet_out"
State = Literal["out", "lost", "returned"]


@dataclass(frozen=True, slots=True)
class SheetOut:
    """One sheet of paper."""

    code: str
    edition: str
    on: str
    """The day it was printed, in ISO."""
    carrier: str = ""
    """A name that was typed."""
    carrier_id: str = ""
    """Or the sheet of who relays for the person, in hexadecimal."""
    shown: Mapping[str, str] = field(default_factory=dict)
    """What is printed on it, by the codes of `services.correcting`; forgotten once it came back."""
    state: State = "out"
    since: str = ""
    """The day it came back or was given up."""


def hand_out(directory: Directory, handed: Mapping[str, SheetOut]) -> None:
    """These were printed: a newer sheet of somebody takes the place of the former."""
    for key, one in handed.items():
        directory.store.note(TABLE, key, asdict(one))


def sheets_out(directory: Directory) -> dict[RecordId, SheetOut]:
    """Every sheet known of, by record; those of records that are no longer here are left out."""
    found: dict[RecordId, SheetOut] = {}
    for key, kept in directory.store.noted(TABLE).items():
        one = _read(kept)
        if one is not None:
            found[bytes.fromhex(key)] = one
    return {e.id: found[e.id] for e in directory.reads.entries(list(found))}


def mark(directory: Directory, record: RecordId, state: State, day: str) -> None:
    """It came back, was lost, or is out after all; what was printed is kept only as long as it may come back."""
    one = _read(directory.store.noted(TABLE).get(record.hex()))
    if one is None:
        return
    changed = replace(one, state=state, since=day, shown={} if state == "returned" else one.shown)
    directory.store.note(TABLE, record.hex(), asdict(changed))


def carrier_name(directory: Directory, one: SheetOut) -> str:
    """Who carries it; nothing when nobody was named, or is here any more."""
    return directory.title_of(bytes.fromhex(one.carrier_id)) if one.carrier_id else one.carrier


def _read(kept: Any) -> SheetOut | None:
    known = set(SheetOut.__dataclass_fields__)
    try:
        return SheetOut(**{name: value for name, value in kept.items() if name in known})
    except (AttributeError, TypeError):  # of a later version
        return None
