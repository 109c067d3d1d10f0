"""« Effacer définitivement… »: what goes, what happens elsewhere, what stays; the safe answer has the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QWidget

from appli.i18n import _
from appli.presenters.sheet_erasing import Erasing
from ui.theme import current
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.dialog import ModalDialog
from ui.widgets.layout import Column, Row
from ui.widgets.scrolled import Scrolled
from ui.widgets.text import TextLabel

WIDE = 520
"""Pixels at 100 %: sentences of a comfortable length."""


class EraseDialog(ModalDialog):
    """Draws; `Erasing` thinks."""

    def __init__(self, presenter: Erasing, parent: QWidget | None = None) -> None:
        super().__init__(presenter.title, parent)
        self._presenter = presenter
        self.reason = QComboBox()
        self.reason.setAccessibleName(_("Motif de l’effacement"))
        for code, words in presenter.reasons:
            self.reason.addItem(words[:1].upper() + words[1:], code)
        self.reason.activated.connect(lambda place: presenter.set_reason(self.reason.itemData(place)))
        self.keep_button = Button(_("Garder la fiche"))
        self.erase_button = Button(_("Effacer définitivement"), "danger-filled")
        for button in (self.keep_button, self.erase_button):
            button.setProperty("always_ringed", True)
        self.keep_button.setDefault(True)
        self.keep_button.clicked.connect(self.reject)
        self.erase_button.clicked.connect(self._erase)
        self._lay_out()

    def _lay_out(self) -> None:
        content = QWidget()
        self._body = Column(content, margin=(5, 5, 5, 4), gap=3)
        head = Row(gap=3)
        head.addWidget(Glyph("trash-2", "danger", "space.6"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(TextLabel(self._presenter.title, letters="section", wrap=True), 1)
        self._body.addLayout(head)
        self._body.add(
            _part(_("Ce qui part"), self._presenter.goes),
            _part(_("Chez les autres"), [self._presenter.elsewhere]),
            _part(_("Ce que Maillage ne peut pas rappeler"), self._presenter.stays),
        )
        why = Row(gap=3)
        why.addWidget(TextLabel(_("Motif"), letters="field_label", ink="secondary"))
        why.addWidget(self.reason, 1)
        self._body.addLayout(why)
        self._body.addWidget(
            TextLabel(_("Cela ne pourra pas être annulé. L’ordre, signé par ce poste, ne porte aucun nom."), wrap=True)
        )
        area = Scrolled(content)
        foot = Row(margin=(5, 0, 5, 5), gap=3)
        foot.addStretch()
        foot.addWidget(self.keep_button)
        foot.addWidget(self.erase_button)
        whole = Column(self, gap=0)
        whole.addWidget(area, 1)
        whole.addLayout(foot)
        self._foot = foot
        self.setMinimumWidth(current().px("pane.sheet_min"))
        self.resize(round(WIDE * current().scale), self.sizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._fit)
        self.keep_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _fit(self) -> None:
        """As tall as its words need at this width, but no taller than the window."""
        self._body.activate()
        foot = self._foot.totalSizeHint().height()
        needed = self._body.totalHeightForWidth(self.width()) + foot
        parent = self.parentWidget()
        self.resize(self.width(), min(needed, parent.height() if parent is not None else needed))

    def _erase(self) -> None:
        self.accept()
        self._presenter.erase()


def _part(title: str, sentences: Sequence[str]) -> QWidget:
    """A title over its sentences."""
    part = QWidget()
    column = Column(part, gap=0)
    column.addWidget(TextLabel(title, letters="name"))
    for sentence in sentences:
        row = Row(gap=2)
        row.addWidget(TextLabel("–", ink="muted"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(TextLabel(sentence, ink="secondary", wrap=True), 1)
        column.addLayout(row)
    return part
