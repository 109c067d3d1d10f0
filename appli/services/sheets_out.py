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
    """What is printed on it, by the codes of `services.correcting`; nothing once it came back."""
    state: State = "out"
    since: str = ""
    """The day it came back or was given up."""
    paper: str = ""
    """A fingerprint of all that is printed on it: the same pages saved, then printed, are one sheet of paper."""
    work: int = 0
    """The number of the work that took it in: once that is taken back, the paper is out again."""


def hand_out(directory: Directory, handed: Mapping[str, SheetOut]) -> None:
    """These were printed: a newer sheet of somebody takes the place of the former."""
    known = _all(directory)
    printed = {key: asdict(one) for key, one in handed.items() if not _is_same(known.get(key), one)}
    if printed:
        directory.store.note_all(TABLE, printed)


def sheets_out(directory: Directory) -> dict[RecordId, SheetOut]:
    """Every sheet known of, by record; those of records that are no longer here are left out."""
    found = {bytes.fromhex(key): one for key, one in _all(directory).items()}
    return {e.id: found[e.id] for e in directory.reads.entries(list(found))}


def mark(directory: Directory, record: RecordId, state: State, day: str, work: int = 0) -> None:
    """It came back by that work, was lost, or is out after all."""
    kept = directory.store.noted(TABLE).get(record.hex())
    one = _read(kept)
    if one is not None:
        directory.store.note(TABLE, record.hex(), asdict(replace(one, state=state, since=day, work=work)))


def carrier_name(directory: Directory, one: SheetOut) -> str:
    """Who carries it; nothing when nobody was named, or is here any more."""
    return directory.title_of(bytes.fromhex(one.carrier_id)) if one.carrier_id else one.carrier


def _is_same(former: SheetOut | None, one: SheetOut) -> bool:
    """Whether this very sheet of paper is out, or back; one that was lost is printed again."""
    return former is not None and former.state != "lost" and bool(one.paper) and former.paper == one.paper


def _all(directory: Directory) -> dict[str, SheetOut]:
    """As they stand: what was typed of a paper may have been taken back since."""
    kept = directory.store.noted(TABLE)
    taken_back = directory.store.taken_back() if kept else set()
    found: dict[str, SheetOut] = {}
    for key, value in kept.items():
        one = _read(value)
        if one is not None and one.state == "returned":
            one = replace(one, state="out", since="") if one.work in taken_back else replace(one, shown={})
        if one is not None:
            found[key] = one
    return found


def _read(kept: Any) -> SheetOut | None:
    known = set(SheetOut.__dataclass_fields__)
    try:
        return SheetOut(**{name: value for name, value in kept.items() if name in known})
    except (AttributeError, TypeError):  # of a later version
        return None
