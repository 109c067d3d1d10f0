"""The journal of exchanges, as the board of an association reads it: who, when, what, by which way; what was annulled.

It names PCs and counts sheets, never people: whoever is erased was never in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from appli.domain.ids import new_id
from appli.services.directory import Directory
from appli.services.exchanging.ways import Way
from appli.services.importing.taking_back import past_imports

_TABLE = "given"


@dataclass(frozen=True, slots=True)
class Made:
    """A packet made here, for the PC `label`, for everybody if empty; `incremental`: only what that one lacked."""

    label: str
    sheets: int
    public: bool
    incremental: bool
    way: Way


@dataclass(frozen=True, slots=True)
class Came:
    """A packet received here. `sheets`: how many became what; None when it was not counted yet."""

    seq: int | None
    """Its number among the packets; None for copies of another network's sheets, that are an import."""
    label: str
    sheets: Mapping[str, int] | None
    left_out: int
    way: Way
    undone: int | None
    """When it was taken back, in ms."""
    network: bool = False
    """Copies of the public sheets of another network; `label` is its name."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One line of the journal. `at`: wall time in ms."""

    at: int
    what: Made | Came


def note_made(directory: Directory, made: Made) -> None:
    """A packet was made."""
    at = directory.store.folder.clock()
    directory.store.note(_TABLE, new_id().hex(), {"at": at, **asdict(made)})


def journal(directory: Directory) -> list[Exchange]:
    """All that was given and received here, the latest first."""
    made = (_made(said) for said in directory.store.noted(_TABLE).values())
    came = (Exchange(p.at, _came(p.seq, p.facts, p.undone)) for p in directory.store.packets_received())
    return sorted([*made, *came, *_copies(directory)], key=lambda one: -one.at)


def _copies(directory: Directory) -> Iterator[Exchange]:
    """The public packets of other networks, that came in as imports do."""
    for one in past_imports(directory):
        if one.network:
            sheets = {"new": one.created, "changed": one.changed}
            counts = {fate: n for fate, n in sheets.items() if n}
            undone = one.at if one.undone else None
            yield Exchange(one.at, Came(None, one.network, counts, 0, Way.FILE, undone, network=True))


def _made(said: dict[str, Any]) -> Exchange:
    at = said.pop("at")
    return Exchange(at, Made(**{**said, "way": Way(said["way"])}))


def _came(seq: int, facts: Mapping[str, Any], undone: int | None) -> Came:
    return Came(
        seq=seq,
        label=str(facts.get("label") or ""),
        sheets=facts.get("sheets"),
        left_out=int(facts.get("left_out") or 0),
        way=Way(facts.get("way") or Way.FILE),
        undone=undone,
    )
