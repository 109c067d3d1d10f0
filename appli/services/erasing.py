"""Erasing a person (or any sheet) for ever: the signed order, and every trace this PC can reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from appli.domain.changes import Changes, Erase
from appli.domain.ids import RecordId
from appli.services.bases_aside import bases_aside
from appli.services.directory import Directory
from appli.services.grouping import whole


@dataclass(frozen=True, slots=True)
class Erased:
    """What erasing did: packets written here that went too, and those that could not be reached."""

    changes: Changes
    removed: list[Path] = field(default_factory=list)
    out_of_reach: list[Path] = field(default_factory=list)
    aside: int = 0
    """Bases set aside on this PC, in which it may still be."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What erasing a sheet would take, before anybody says yes."""

    sheets: tuple[tuple[str, str], ...]
    """(title, code) of the sheet and of those that are one with it."""
    parts: tuple[tuple[str, int], ...]
    """(kind, how many) of what goes with them."""
    left: bool
    """Whether another PC may hold it."""
    referent: bool
    """Whether the other PCs will erase it without asking anybody."""
    peers: int
    """How many other PCs are known."""
    away: tuple[str, ...]
    """Packets written here that lie where this PC cannot reach them now."""
    aside: int
    """Bases set aside on this PC: nothing is taken out of them."""


def outlook(directory: Directory, record_id: RecordId) -> Outlook:
    """What would go, where to, and what cannot be called back."""
    from appli.services.exchanging import handed, peers, roles
    from appli.services.finding import code_of

    directory.reads.require(record_id)
    every = sorted(whole(directory, record_id), key=lambda one: (one != record_id, one))
    parts = directory.store.orders.living_by(every)
    return Outlook(
        sheets=tuple((entry.title, code_of(entry)) for entry in directory.reads.entries(every)),
        parts=tuple(sorted(parts.items())),
        left=any(directory.store.may_be_elsewhere(one) for one in every),
        referent=roles.am_referent(directory),
        peers=len(peers.peers(directory)),
        away=tuple(path.name for path in handed.out_of_reach(directory)),
        aside=len(bases_aside(directory.store.path)),
    )


def erase(directory: Directory, record_id: RecordId, reason: str = "other") -> Changes:
    """Forget a record: tables, versions, journal, imports' memory, drafts, index; then the logs of writing too."""
    return erase_for(directory, record_id, reason).changes


def accept(directory: Directory, ids: Iterable[RecordId]) -> Changes:
    """Erase here too what others ask to: the same deed, with an order of this PC's own."""
    from appli.services.exchanging.orders import reason_of

    done = Changes()
    for one in ids:
        if directory.reads.kind_of(one) is not None:
            done |= erase_for(directory, one, reason_of(directory, one)).changes
    return done


def erase_for(directory: Directory, record_id: RecordId, reason: str) -> Erased:
    """The same, with what became of the packets this PC wrote.

    Sheets judged to be the same go with it: whoever asks to be forgotten asks it of every sheet about her. The order is
    signed with this PC's key, so that it holds wherever it is carried. Saying yes to what others ask is the same deed.
    """
    from appli.services.exchanging import handed, orders

    directory.reads.require(record_id)
    every = whole(directory, record_id)
    for one in every:
        directory.store.note("draft", one.hex(), None)
    done = directory.do("", [Erase(one) for one in every])  # without a name: it is not offered to be taken back
    orders.sign(directory, every, reason)
    directory.store.folder.checkpoint()
    recalled = handed.recall(directory)
    return Erased(done, recalled.removed, recalled.out_of_reach, len(bases_aside(directory.store.path)))


def erase_part(directory: Directory, part: RecordId, label: str) -> Changes:
    """Forget one photo or one note of a sheet, as a sheet is forgotten: signed, and out of the packets written here."""
    from appli.services.exchanging import handed, orders

    directory.reads.require(part)
    done = directory.do(label, [Erase(part)])
    orders.sign(directory, [part], "asked")
    directory.store.folder.checkpoint()
    handed.recall(directory)
    return done
