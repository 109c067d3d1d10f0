"""Taking back what was done, by name, and doing it again."""

from __future__ import annotations

from dataclasses import dataclass

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _
from appli.services.directory import Directory
from appli.store.journal import Entry as Done


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a work back did."""

    label: str
    changes: Changes
    kept: frozenset[RecordId]
    """Records edited since, which stay as they are."""


def undoable(directory: Directory) -> Done | None:
    """The work that « Annuler » would take back."""
    done = {d.seq: d for d in directory.store.done()}
    actions = (d for d in done.values() if d.label and _is_action(d, done) and d.undone_by is None)
    return next(actions, None)


def redoable(directory: Directory) -> Done | None:
    """The undoing that « Rétablir » would take back; anything done since closes that way."""
    done = {d.seq: d for d in directory.store.done()}
    for one in done.values():
        if not _is_action(one, done):
            if one.undone_by is None:
                return one
        elif one.undone_by is None and one.undoes is None:
            return None
    return None


def _is_action(one: Done, done: dict[int, Done]) -> bool:
    """A plain work, or an undoing taken back: an even number of undoings deep."""
    depth = 0
    while one.undoes is not None and one.undoes in done:
        one, depth = done[one.undoes], depth + 1
    return depth % 2 == 0


def undo(directory: Directory, seq: int | None = None) -> Undone:
    """Take back the latest work, or the one of that number. What was edited since stays, and is told."""
    target = undoable(directory) if seq is None else next((d for d in directory.store.done() if d.seq == seq), None)
    if target is None or target.undone_by is not None:
        raise UserError("nothing_to_undo", _("Il n’y a rien à annuler."), "")
    return _take_back(directory, target)


def redo(directory: Directory) -> Undone:
    """Do again what was just taken back."""
    target = redoable(directory)
    if target is None:
        raise UserError("nothing_to_redo", _("Il n’y a rien à rétablir."), "")
    return _take_back(directory, target)


def _take_back(directory: Directory, target: Done) -> Undone:
    inverse = directory.store.inverse(target.seq)
    changes = directory.do(target.label, inverse.changes, undoes=target.seq)
    return Undone(target.label, changes, frozenset(inverse.kept))
