"""Annuler and Rétablir, by name: what was done last on this PC, and what was just taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from appli.domain.changes import Changes
from appli.i18n import _, _n, number
from appli.presenters.jobs import Stopped
from appli.presenters.session import Session

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.undoing import Undone


@dataclass(frozen=True, slots=True)
class UndoState:
    """What the two buttons would take back; empty when there is nothing."""

    undo: str = ""
    redo: str = ""

    @property
    def undo_words(self) -> str:
        """« Annuler « Modifier l’adresse » »."""
        return _("Annuler « {label} »").format(label=self.undo) if self.undo else _("Annuler")

    @property
    def redo_words(self) -> str:
        """« Rétablir « Modifier l’adresse » »."""
        return _("Rétablir « {label} »").format(label=self.redo) if self.redo else _("Rétablir")


class UndoView(Protocol):
    """What shows the two buttons and says what was done."""

    def show_undo(self, state: UndoState) -> None:
        """Name them."""

    def toast(self, words: str, *, undo: bool = False) -> None:
        """Say it."""


class Undo:
    """Knows what can be taken back; asks anew after each change."""

    def __init__(self, session: Session, view: UndoView) -> None:
        self._session = session
        self._view = view
        self.state = UndoState()
        session.changed.listen(self._changed)

    def start(self) -> None:
        """Ask as soon as the directory is open."""
        self._session.when_open(self._ask)

    def undo(self) -> None:
        """Take back the latest work."""
        if self.state.undo:
            self._session.do(_undo, self._undone)

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.state.redo:
            self._session.do(_redo, self._redone)

    def _changed(self, _changes: Changes) -> None:
        self._ask()

    def _ask(self) -> None:
        if self._session.can_write:
            self._session.read("annuler", _state, self._known)

    def _known(self, state: UndoState) -> None:
        self.state = state
        self._view.show_undo(state)

    def _undone(self, undone: Undone) -> None:
        words = _("Changement annulé : « {label} ».").format(label=undone.label)
        self._view.toast(f"{words} {_kept(undone)}".rstrip())

    def _redone(self, undone: Undone) -> None:
        words = _("Changement rétabli : « {label} ».").format(label=undone.label)
        self._view.toast(f"{words} {_kept(undone)}".rstrip(), undo=True)


def _kept(undone: Undone) -> str:
    count = len(undone.kept)
    if not count:
        return ""
    words = _n("{n} fiche modifiée depuis reste comme elle est.", "{n} fiches modifiées depuis restent.", count)
    return words.format(n=number(count))


def _state(directory: Directory, _stopped: Stopped) -> UndoState:
    from appli.services.undoing import redoable, undoable

    last, undone = undoable(directory), redoable(directory)
    return UndoState(last.label if last else "", undone.label if undone else "")


def _undo(directory: Directory) -> Undone:
    from appli.services.undoing import undo

    return undo(directory)


def _redo(directory: Directory) -> Undone:
    from appli.services.undoing import redo

    return redo(directory)
