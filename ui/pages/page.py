"""What every page of the window is: a widget that is entered and left, with panes to walk and deeds to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from appli.i18n import _
from appli.presenters.shell import Request, Shell
from ui.pages.folding import NARROW
from ui.theme import current
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.card import ground
from ui.widgets.layout import Column, Row
from ui.widgets.text import TextLabel

__all__ = ["NARROW", "Deeds", "Page", "TaskPage"]

Deeds = Mapping[str, Callable[[], None]]


class Page(QWidget):
    """One page; see `ui.pages.registry`."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        ground(self, "page")

    def enter(self, request: Request) -> None:
        """The page is shown, for this."""

    def leave(self) -> None:
        """Another page takes its place; what was typed is kept, nothing is asked."""

    def panes(self) -> Sequence[QWidget]:
        """What F6 walks through, in reading order."""
        return (self,)

    def deeds(self) -> Deeds:
        """What the page answers among the names of `ui.actions`."""
        return {}

    def close_down(self) -> None:
        """The window closes: stop listening."""

    def room(self) -> float:
        """The width of the window in pixels of 100 % text: what decides which panes fold."""
        return self.window().width() / current().scale


class TaskPage(Page):
    """A long task: title, body, footer. The page fills `body` and connects the three buttons."""

    def __init__(self, shell: Shell, title: str, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        column = Column(self, gap=0)
        head = Column(margin=(5, 4, 5, 3), gap=1)
        self.title = TextLabel(title, letters="page_title", wrap=True)
        self.lead = TextLabel("", ink="secondary", wrap=True)
        self.lead.hide()
        head.add(self.title, self.lead)
        column.addLayout(head)
        self.body = Column(margin=(5, 0, 5, 4), gap=3)
        column.addLayout(self.body, 1)
        column.addWidget(self._footer())

    def set_lead(self, words: str) -> None:
        """The sentence under the title."""
        self.lead.setText(words)
        self.lead.setVisible(bool(words))

    def set_safe(self, words: str) -> None:
        """What is safe, said at the left of the footer; nothing when there is nothing to fear."""
        self._safe.setText(words)
        self._shield.setVisible(bool(words))

    def _footer(self) -> QWidget:
        footer = QFrame()
        footer.setProperty("edge", "top")
        ground(footer, "window")
        footer.setMinimumHeight(current().px("size.footer"))
        row = self.footer_row = Row(footer, margin=(5, 2, 5, 2), gap=3)
        self._shield = Glyph("shield-check", "success")
        self._shield.hide()
        self._safe = TextLabel("", letters="small", ink="secondary", wrap=True)
        row.addWidget(self._shield, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._safe, 1)
        self.back_button = Button(_("Retour"), icon="arrow-left")
        self.give_up_button = Button(_("Abandonner"), "quiet")
        self.primary_button = Button("", "primary")
        row.add(self.back_button, self.give_up_button, self.primary_button)
        return footer
