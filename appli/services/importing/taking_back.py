"""The imports made on this PC, and taking one back: what nobody edited since leaves, the rest stays and is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from appli.domain import catalogue
from appli.domain.changes import Change, Changes, Put, Withdraw
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.undoing import undo
from appli.store.journal import Entry as Done


@dataclass(frozen=True, slots=True)
class PastImport:
    """One line of the journal of imports."""

    seq: int
    at: int
    """Milliseconds since 1970."""
    file: str
    source: RecordId
    created: int
    changed: int
    unchanged: int
    refused: int
    by_kind: Mapping[str, int]
    """New sheets by kind."""
    remarks: Mapping[str, int]
    """What was odd, by code."""
    undone: bool
    undoable: bool
    network: str = ""
    """The network whose public packet it was; empty for a list."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What taking an import back would do."""

    leaving: int
    """Sheets that go."""
    restored: int
    """Sheets that become again what they were before."""
    kept: tuple[RecordId, ...]
    """Sheets edited since, which stay."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking an import back did."""

    removed: int
    kept: tuple[RecordId, ...]
    """Sheets edited since, which stay."""
    changes: Changes


def past_imports(directory: Directory) -> list[PastImport]:
    """The imports made here, the latest first. One taken back by « Annuler » is taken back as well."""
    works = {d.seq: d for d in directory.store.done()}
    return [_past(one, works) for one in directory.store.imports()]


def _past(one: Mapping[str, Any], works: Mapping[int, Done]) -> PastImport:
    stats, work = one["stats"], works.get(one["journal"] or 0)
    undone = one["undone"] is not None or (work is not None and work.undone_by is not None)
    return PastImport(
        seq=one["seq"],
        at=one["at"],
        file=one["file"],
        source=one["source"],
        created=stats["created"],
        changed=stats["changed"],
        unchanged=stats["unchanged"],
        refused=stats.get("refused", 0),
        by_kind=stats.get("by_kind", {}),
        remarks=stats.get("remarks", {}),
        undone=undone,
        undoable=work is not None and not undone,
        network=str(stats.get("network", "")),
    )


def outlook(directory: Directory, seq: int) -> Outlook:
    """What taking an import back would do now."""
    inverse = directory.store.inverse(_journal_of(directory, seq))
    leaving = {c.id for c in inverse.changes if _takes_away(c)}
    back = {c.id for c in inverse.changes if isinstance(c, Put)} - leaving
    sheets = _sheets(directory, leaving | back)
    return Outlook(len(leaving & sheets), len(back & sheets), tuple(sorted(inverse.kept)))


def cancel_import(directory: Directory, seq: int) -> TakenBack:
    """Take an import back: what nobody edited since leaves, the rest stays and is named."""
    found = next((i for i in directory.store.imports() if i["seq"] == seq), None)
    before = _count(directory)
    undone = undo(directory, _journal_of(directory, seq))
    kept = undone.kept
    trashed = sum(e.trashed and e.kind.is_main for e in directory.reads.entries(sorted(undone.changes.records)))
    if found is not None:
        forgotten = [i for i in directory.store.imported(found["source"]) if i not in kept]
        directory.store.note_import_undone(seq, undone.changes.entry, forgotten)
    return TakenBack(before - _count(directory) + trashed, tuple(sorted(kept)), undone.changes)


def _journal_of(directory: Directory, seq: int) -> int:
    """The work of an import that can still be taken back."""
    found = next((i for i in directory.store.imports() if i["seq"] == seq), None)
    if found is None or found["undone"] is not None or found["journal"] is None:
        raise UserError(
            "no_import",
            _("Cet import n’existe pas ou a déjà été annulé. Rien n’a changé."),
            _("Voyez la liste des imports."),
        )
    return int(found["journal"])


def _count(directory: Directory) -> int:
    """How many sheets the directory holds, the trash included."""
    counts = directory.reads.counts()
    return sum(counts.get(k.code, 0) for k in catalogue.main_kinds())


def _takes_away(change: Change) -> bool:
    trashes = isinstance(change, Put) and change.field == "trashed" and change.value is True
    return isinstance(change, Withdraw) or trashes


def _sheets(directory: Directory, ids: Iterable[RecordId]) -> set[RecordId]:
    """Those that are sheets, not parts of one."""
    sheets, _terms, _owning = directory.reads.owners(sorted(ids))
    return sheets
