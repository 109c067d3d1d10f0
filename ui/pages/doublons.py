"""Doublons: pairs that resemble each other at the left; at the right both sheets, what is alike and what differs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from appli.i18n import _, number
from appli.presenters.duplicates import Comparison, Duplicates, Words
from appli.presenters.shell import ANNUAIRE, Request, Shell
from ui.pages.doublons_table import ComparisonTable
from ui.pages.page import Page
from ui.pages.two_panes import ChoiceList, TwoPanes
from ui.theme import current
from ui.widgets.badge import Badge, BadgeLook
from ui.widgets.buttons import Button, IconButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import Column, Flow, Ringed, Row
from ui.widgets.progress_card import ProgressCard
from ui.widgets.text import TextLabel, announce

TOP = Qt.AlignmentFlag.AlignTop
WIDE = 640
"""Pixels at 100 % from which labels stand beside what the sheets say, rather than above."""


def build(shell: Shell) -> Page:
    """The page of the table."""
    return DuplicatesPage(shell)


class DuplicatesPage(TwoPanes):
    """Draws; `Duplicates` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        presenter, rows = Duplicates(shell), ChoiceList(_("Paires de fiches"))
        super().__init__(shell, "doublons", _("Doublons"), presenter, rows, parent)
        self.presenter = presenter
        self.progress = ProgressCard(_("Recherche de doublons"), _("Arrêter ne change rien à vos fiches."))
        self.progress.stop_wanted.connect(presenter.stop)
        self._searching = QWidget()
        place = Column(self._searching, margin=5, gap=3)
        place.addStretch()
        place.addWidget(self.progress)
        place.addStretch()
        self._nothing = EmptyState("copy", "")
        self.again_button = self._nothing.add_deed(_("Chercher à nouveau"))
        self.again_button.clicked.connect(presenter.search)
        self._nothing.add_deed(_("Voir l’annuaire"), "primary").clicked.connect(lambda: shell.go(ANNUAIRE))
        for widget in (self._searching, self._nothing):
            self.stack.addWidget(widget)
        self._busy = TextLabel("", letters="small", ink="secondary", wrap=True)
        self.foot.addWidget(self._busy)
        self.foot_pane.hide()
        presenter.view = self
        self.went_to.connect(presenter.go_to)
        self.back_wanted.connect(presenter.back)

    def enter(self, _request: Request) -> None:
        self.presenter.enter()

    def leave(self) -> None:
        self.presenter.leave()

    def close_down(self) -> None:
        super().close_down()
        self.presenter.close()

    # --- what the presenter asks ---

    def show_searching(self, done: int, total: int, words: str) -> None:
        share = number(100 * done / total) if total else "0"
        self._busy.setText(_("Nouvelle recherche en cours…"))
        self.foot_pane.setVisible(bool(self.presenter.count))
        if not self.presenter.count:
            self.progress.stop_button.explain("")
            self.progress.set_progress(done, total, _("{n} %").format(n=share), f"{words}." if words else "")
            self.stack.setCurrentWidget(self._searching)

    def show_found(self) -> None:
        presenter = self.presenter
        self.foot_pane.hide()
        self.rows_replaced()
        self.lead.setText(presenter.lead_words())
        if presenter.count:
            self.stack.setCurrentWidget(self.split)
            return
        title = _("La recherche a été arrêtée.") if presenter.stopped else _("Aucun doublon à regarder.")
        words = "" if presenter.stopped else _("Aucune personne, structure ou lieu ne semble inscrit deux fois.")
        self._nothing.set_words(title, words)
        self.stack.setCurrentWidget(self._nothing)
        announce(self, title)

    def show_pair(self, comparison: Comparison | None, words: Words) -> None:
        if comparison is None:
            return
        body = QWidget()
        column = Column(body, margin=(5, 3, 5, 4), gap=3)
        column.addLayout(self._head(words))
        column.addWidget(self._reasons())
        column.addWidget(self._deeds(words))
        wide = self._area.viewport().width() / current().scale >= WIDE
        table = ComparisonTable(comparison, wide=wide)
        table.opened.connect(self.presenter.open)
        column.addWidget(table)
        note = _("Réunir ne déplace rien : les deux fiches se lisent comme une seule, et peuvent être séparées.")
        column.addWidget(TextLabel(note, letters="small", ink="secondary", wrap=True))
        column.addStretch()
        self.show_body(body)
        announce(self, words.title)

    # --- the keyboard ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows to the sides go to the other pairs."""
        if event.key() == Qt.Key.Key_Right:
            self.presenter.next()
        elif event.key() == Qt.Key.Key_Left:
            self.presenter.previous()
        else:
            super().keyPressEvent(event)

    # --- drawing ---

    def _head(self, words: Words) -> Row:
        row = Row(gap=3)
        row.addWidget(TextLabel(words.title, letters="section", wrap=True), 1)
        row.addWidget(TextLabel(self.presenter.place_words(), letters="small", ink="secondary"))
        before = IconButton("chevron-left", _("Paire précédente"))
        after = IconButton("chevron-right", _("Paire suivante"))
        before.clicked.connect(self.presenter.previous)
        after.clicked.connect(self.presenter.next)
        for button in (before, after):
            button.explain("" if self.presenter.count > 1 else _("C’est la seule."))
            row.addWidget(button)
        return row

    def _reasons(self) -> QWidget:
        holder = QWidget()
        flow = Flow(holder, gap=1)
        pair = self.presenter.pair
        for reason in pair.suggestion.reasons if pair is not None else ():
            flow.addWidget(Badge(BadgeLook(reason)))
        return holder

    def _deeds(self, words: Words) -> QWidget:
        holder = Ringed()
        flow = Flow(holder, margin=1, gap=2)
        reason = "" if self.presenter.can_write else _("Cet annuaire est ouvert en lecture seule.")
        for text, role, act in (
            (words.same, "primary", self.presenter.same),
            (words.different, "ordinary", self.presenter.different),
        ):
            button = Button(text, role)
            button.clicked.connect(act)
            button.explain(reason)
            flow.addWidget(button)
        later = Button(_("Plus tard"), "quiet")
        later.clicked.connect(self.presenter.later)
        flow.addWidget(later)
        return holder
