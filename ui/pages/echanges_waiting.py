"""« En attente »: packets put off and sheets left out; there only when something waits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from appli.i18n import _
from appli.presenters.exchange_waiting import ExchangeWaiting, WaitingRow
from appli.presenters.shell import Shell
from ui.pages.echanges_section import Section
from ui.pages.sheet_parts import breakable
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.layout import Column, Flow, Ringed, Row, line
from ui.widgets.text import TextLabel

MIDDLE = Qt.AlignmentFlag.AlignVCenter


def build(shell: Shell) -> WaitingSection:
    """The section of the page."""
    return WaitingSection(shell)


class WaitingSection(Section):
    """Draws; `ExchangeWaiting` thinks."""

    def __init__(self, shell: Shell) -> None:
        self.presenter = ExchangeWaiting(shell)
        super().__init__(shell, _("En attente"), self.presenter)
        self.show_all()

    def show_all(self) -> None:
        rows = self.presenter.rows
        self.fill([WaitingRowView(row, self.presenter) for row in rows], "")
        self.setVisible(bool(rows))


class WaitingRowView(QWidget):
    """« 12 fiches laissées de côté du paquet de « Accueil » »."""

    def __init__(self, row: WaitingRow, presenter: ExchangeWaiting) -> None:
        super().__init__()
        words = Column(gap=0)
        words.add(
            TextLabel(breakable(row.title), letters="name", wrap=True),
            TextLabel(breakable(row.words), letters="small", ink="secondary", wrap=True),
        )
        deeds = Ringed()
        flow = Flow(deeds, margin=1, gap=2)
        self.look_button = Button(_("Regarder…"), small=True)
        self.look_button.setAccessibleName(_("Regarder : {what}").format(what=row.title))
        self.look_button.setVisible(row.can_look)
        self.look_button.clicked.connect(lambda: presenter.look(row.uid))
        self.forget_button = Button(_("Ne plus attendre"), "quiet", small=True)
        self.forget_button.setAccessibleName(_("Ne plus attendre : {what}").format(what=row.title))
        self.forget_button.explain(presenter.why_not_write)
        self.forget_button.clicked.connect(lambda: presenter.give_up(row.uid))
        flow.addWidget(self.look_button)
        flow.addWidget(self.forget_button)
        content = Row(margin=(0, 2, 0, 2), gap=3)
        content.addWidget(Glyph("clock", "warning"), 0, MIDDLE)
        content.addLayout(words, 1)
        content.addWidget(deeds)
        column = Column(self, gap=0)
        column.addWidget(line())
        column.addLayout(content)
