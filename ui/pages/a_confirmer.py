"""Fiches à confirmer: how old the sheets are, those nobody confirmed for long; confirm several, or print for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QMenu, QStackedWidget, QWidget

from appli.i18n import _, _n, number
from appli.presenters.shell import Request, Shell
from appli.presenters.to_confirm import KINDS, MODELS, MONTHS, ToConfirm
from ui.adapters.paged_model import PagedModel
from ui.pages.list_pane import DirectoryList
from ui.pages.page import Page
from ui.pages.rolling import Rolling
from ui.widgets.buttons import Button
from ui.widgets.card import ground
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Flow, Ringed
from ui.widgets.parts_flow import PartsFlow
from ui.widgets.text import TextLabel, announce, literal

LEFT = Qt.AlignmentFlag.AlignLeft


def build(shell: Shell) -> Page:
    """The page of the table."""
    return ToConfirmPage(shell)


class ToConfirmPage(Page):
    """Draws; `ToConfirm` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.presenter = ToConfirm(shell)
        self.back_button = Button(_("Retour"), "quiet", icon="arrow-left", small=True)
        self.back_button.setProperty("flush", True)
        self.lead = TextLabel("", letters="small", ink="secondary", wrap=True)
        self.ages = TextLabel("", letters="small", ink="secondary", wrap=True)
        self.rows = DirectoryList(_("Fiches à confirmer"))
        self.model = PagedModel(self.presenter, self)
        self.rows.setModel(self.model)
        self.confirm_button = Button("", "primary", icon="circle-check")
        self.returned_button = Button(_("Saisir une feuille rendue…"), "quiet")
        self.print_buttons = {code: Button(_(words), icon=icon, small=True) for code, (words, icon) in MODELS.items()}
        self._nothing = EmptyState("circle-check", _("Toutes ces fiches sont fraîches."))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.rows)
        self.stack.addWidget(self._nothing)
        pane = QWidget()
        ground(pane, "page")
        inner = Column(pane, gap=0)
        inner.addWidget(self._head())
        inner.addWidget(self.stack, 1)
        column = Column(self, gap=0)
        column.addWidget(Rolling(pane, self.rows), 1)
        column.addWidget(self._foot())
        self.presenter.view = self
        self._connect()

    def enter(self, _request: Request) -> None:
        self.presenter.enter()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.presenter.leave()

    def close_down(self) -> None:
        self.presenter.close()

    def panes(self) -> Sequence[QWidget]:
        return (self.months, self.rows, self.confirm_button)

    # --- what the presenter asks ---

    def show_found(self) -> None:
        presenter = self.presenter
        self.model.rows_replaced()
        self.lead.setText(presenter.lead_words())
        told = (_("{words} : {n}").format(words=words, n=number(n)) for words, n in presenter.ages())
        self.ages.setText(" · ".join(told))
        self.stack.setCurrentWidget(self.rows if presenter.count else self._nothing)
        self._show_chosen()
        announce(self, presenter.lead_words())

    # --- the keyboard ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap: to the page one came from."""
        if event.key() == Qt.Key.Key_Escape:
            self.presenter.back()
        else:
            super().keyPressEvent(event)

    # --- parts ---

    def _head(self) -> QWidget:
        head = QFrame()
        head.setProperty("edge", "bottom")
        column = Column(head, margin=(5, 3, 5, 3), gap=2)
        column.addWidget(self.back_button, 0, LEFT)
        column.addWidget(TextLabel(_("Fiches à confirmer"), letters="page_title", wrap=True))
        column.add(self.lead, self.ages)
        self.months, self.kinds = QComboBox(), QComboBox()
        for months in MONTHS:
            self.months.addItem(_n("{n} mois", "{n} mois", months).format(n=number(months)), months)
        self.months.setCurrentIndex(self.months.findData(self.presenter.months))
        for code, words in KINDS.items():
            self.kinds.addItem(_(words), code)
        holder = Ringed()
        flow = PartsFlow(holder, gap=3)
        flow.add(FieldRow(_("Ni confirmées ni modifiées depuis"), self.months), 220)
        flow.add(FieldRow(_("Fiches"), self.kinds), 220)
        column.addWidget(holder)
        return head

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("edge", "top")
        ground(foot, "window")
        holder = Ringed()
        flow = Flow(holder, margin=1, gap=2)
        for button in (*self.print_buttons.values(), self.returned_button, self.confirm_button):
            flow.addWidget(button)
        menu = QMenu(self.confirm_button)
        for code, words in self.presenter.ways():
            menu.addAction(literal(words)).triggered.connect(partial(self._confirm, code))
        self.confirm_button.setMenu(menu)
        Column(foot, margin=(5, 2, 5, 2)).addWidget(holder)
        return foot

    def _connect(self) -> None:
        presenter = self.presenter
        self.back_button.clicked.connect(presenter.back)
        self.months.activated.connect(lambda _at: presenter.choose(months=self.months.currentData()))
        self.kinds.activated.connect(lambda _at: presenter.choose(kind=self.kinds.currentData()))
        self.rows.chosen_changed.connect(lambda _count: self._show_chosen())
        self.rows.activated.connect(lambda index: presenter.open(index.row()))
        self.returned_button.clicked.connect(lambda: presenter.take_in(self.rows.currentIndex().row()))
        for code, button in self.print_buttons.items():
            button.clicked.connect(partial(self._print, code))

    def _print(self, model: str, _on: bool = False) -> None:
        self.presenter.print(model, self._places())

    def _confirm(self, how: str, _on: bool = False) -> None:
        self.presenter.confirm(self._places(), how)

    def _places(self) -> list[int]:
        return sorted(index.row() for index in self.rows.selectedIndexes())

    def _show_chosen(self) -> None:
        """What may be done, and why not."""
        count = len(self._places())
        words = _n("Confirmer {n} fiche", "Confirmer {n} fiches", count).format(n=number(count))
        self.confirm_button.setText(words if count else _("Confirmer"))
        closed = "" if self.presenter.can_write else _("Cet annuaire est ouvert en lecture seule.")
        none = "" if count else _("Choisissez des fiches : Espace, ou Ctrl+A pour toutes.")
        self.confirm_button.explain(closed or none)
        self.returned_button.explain("" if count == 1 else _("Choisissez une seule fiche."))
        empty = "" if self.presenter.count else _("Il n’y a aucune fiche à confirmer.")
        for code, button in self.print_buttons.items():
            label = _(MODELS[code][0])
            words = _("{words} ({n})…").format(words=label.removesuffix("…"), n=number(count))
            button.setText(words if count else label)
            button.explain(empty)
