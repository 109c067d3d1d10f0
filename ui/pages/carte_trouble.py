"""What stands in the place of the map, or over it, when it does not come."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from appli.i18n import _
from appli.presenters.map_engine import Trouble
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice import NoticeStrip


def trouble_state(trouble: Trouble, again: Callable[[], None], reopen: Callable[[], None]) -> EmptyState:
    """The map died, and once more: what may help comes first."""
    state = EmptyState("map", trouble.title, trouble.words)
    if trouble.reopen:
        state.add_deed(trouble.reopen, "primary").clicked.connect(reopen)
    state.add_deed(_("Rouvrir la carte"), "ordinary" if trouble.reopen else "primary").clicked.connect(again)
    return state


def lacking_state() -> EmptyState:
    """A version, or a PC, without what draws maps."""
    words = _("Il y manque une partie du programme. La liste donne les mêmes fiches, avec les distances.")
    return EmptyState("map", _("La carte ne peut pas s’afficher sur ce poste."), words)


class BlankStrip(NoticeStrip):
    """The map may be blank: only who looks at it knows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warning", parent=parent)
        self.reopen = self.add_deed("")
        self.fine = self.add_deed(_("Elle se voit bien"), "quiet")
        self.fine.clicked.connect(self.hide)
        self.hide()

    def say(self, trouble: Trouble) -> None:
        """Ask."""
        self.set_words(trouble.title, trouble.words)
        self.reopen.setText(trouble.reopen)
        self.show()
