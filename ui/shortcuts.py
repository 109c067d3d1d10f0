"""Aide > Raccourcis clavier: every key that does something in this version."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from appli.i18n import _
from ui.actions import listed
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.dialog import ModalDialog
from ui.widgets.layout import Column, Row, space
from ui.widgets.text import TextLabel


class ShortcutsDialog(ModalDialog):
    """Opened with `open()`; Échap closes it."""

    def __init__(self, answered: frozenset[str], parent: QWidget | None = None) -> None:
        super().__init__(_("Raccourcis clavier"), parent)
        column = Column(self, margin=5, gap=4)
        column.addWidget(TextLabel(_("Raccourcis clavier"), letters="section"))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(_table(answered))
        area.setAccessibleName(_("Raccourcis clavier"))
        column.addWidget(area, 1)
        line = Row()
        line.addStretch()
        close = Button(_("Fermer"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        line.addWidget(close)
        column.addLayout(line)
        room = parent.size() if parent is not None else self.sizeHint()
        width, height = current().px("pane.sheet_min"), current().px("pane.sheet_min") + current().px("size.rail")
        self.resize(min(width, room.width() - space(8)), min(height, room.height() - space(8)))


def _table(answered: frozenset[str]) -> QWidget:
    table = QWidget()
    column = Column(table, gap=4)
    for part, lines in listed(answered):
        if not lines:
            continue
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(2))
        grid.setColumnStretch(0, 1)
        for row, (words, keys) in enumerate(lines):
            shown = TextLabel(keys, letters="small")
            shown.setProperty("role", "key")
            grid.addWidget(TextLabel(words, wrap=True), row, 0)
            grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignRight)
        column.addWidget(TextLabel(part, letters="label", ink="secondary"))
        column.addLayout(grid)
    column.addStretch()
    return table
