"""Impression: the editions at the left, the choices of one of them, its pages as they will be on paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QSplitter, QWidget

from appli.i18n import _
from appli.presenters.printing import Pages, Printing
from appli.presenters.shell import Request, Shell
from ui.dialogs.choose_files import choose_where
from ui.pages.impression_choices import EditionChoices
from ui.pages.impression_list import EditionList
from ui.pages.impression_preview import PagesPreview
from ui.pages.impression_printer import Printer
from ui.pages.page import Deeds, Page
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.card import ground
from ui.widgets.layout import Column, Ringed, Row
from ui.widgets.text import TextLabel, announce, literal

LIST, CHOICES = 264, 276
"""Widths at 100 %."""
FOLDS = 900
"""Below this the choices take the place of the list."""


def build(shell: Shell) -> Page:
    """The page of the table."""
    return PrintingPage(shell)


class PrintingPage(Page):
    """Draws; `Printing` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.presenter = Printing(shell)
        self.rows = EditionList(self.presenter)
        self.choices = EditionChoices(self.presenter)
        self.preview = PagesPreview()
        self.printer = Printer(self)
        self.add_button = Button(_("Nouvelle"), icon="plus", small=True)
        self.list_button = Button(_("Éditions"), "quiet", icon="arrow-left", small=True)
        self.save_button = Button(_("Enregistrer en PDF…"), icon="file-down")
        self.print_button = Button(_("Imprimer…"), "primary", icon="printer")
        self._sent: Pages | None = None
        """What the printer was given; other pages may have been made since."""
        self._reading = False
        self._shown: tuple[bool, bool, float] | None = None
        self._lay_out()
        self.presenter.view = self
        self.rows.went_to.connect(self.presenter.editions.choose)
        self.rows.clicked.connect(lambda _index: self._read())
        self.list_button.clicked.connect(self._to_list)
        self.save_button.clicked.connect(self._choose_file)
        self.print_button.clicked.connect(self.print)
        self.choices.list_wanted.connect(self._choose_list)
        self.printer.printed.connect(self._count)
        self._explain(_("Les pages se préparent…"))

    def enter(self, request: Request) -> None:
        self.presenter.enter(request)

    def leave(self) -> None:
        self.presenter.leave()

    def close_down(self) -> None:
        self.presenter.close()
        self.preview.close_down()

    def panes(self) -> Sequence[QWidget]:
        return (self.rows, self.choices, self.preview)

    def deeds(self) -> Deeds:
        return {"print": self.print, "save": self._choose_file}

    # --- what the presenter asks ---

    def show_editions(self) -> None:
        self.rows.renew(self.presenter.editions.place)

    def show_choices(self) -> None:
        self.choices.rebuild()

    def show_communes(self, choices: Sequence[tuple[str, str]]) -> None:
        self.choices.show_communes(choices)

    def show_making(self) -> None:
        self._explain(_("Les pages se préparent…"))
        self.preview.paper.setText(_("Les pages se préparent…"))

    def show_pages(self, pages: Pages) -> None:
        self.choices.show_outlook(pages.words)
        self.preview.show_pdf(pages.reading, pages.paper, facing=pages.facing)
        self._explain("")

    def show_refusal(self, words: str) -> None:
        self.choices.show_outlook("")
        self.preview.show_nothing(_("Rien à imprimer"), words)
        self._explain(words)

    def show_written(self, path: Path, words: str) -> None:
        self.shell.toast(words, back=None)
        announce(self, words)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    # --- deeds ---

    def print(self) -> None:
        """The system's own dialog, then the printer."""
        pages = self.presenter.pages
        if pages is not None:
            self._sent = pages
            self.printer.ask(pages.printing, self.presenter.edition.title, self.shell, booklet=pages.facing)

    def _count(self, printed: Collection[int]) -> None:
        pages = self._sent or self.presenter.pages
        if pages is not None:
            self.presenter.count(pages, printed)

    def _choose_file(self) -> None:
        if self.presenter.pages is not None:
            kinds, presenter = _("Documents PDF (*.pdf)"), self.presenter
            choose_where(self, _("Où enregistrer le document ?"), presenter.file_name, presenter.save, kinds)

    def _choose_list(self) -> None:
        kinds, presenter = _("Tableurs (*.xlsx)"), self.presenter
        choose_where(self, _("Où enregistrer la liste vide ?"), presenter.list_name, presenter.save_blank_list, kinds)

    # --- parts ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _lay_out(self) -> None:
        self._left, self._middle = self._list_pane(), self._choices_pane()
        self._splitter = QSplitter()
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for pane in (self._left, self._middle, self._pages_pane()):
            self._splitter.addWidget(pane)
        self._splitter.setStretchFactor(2, 1)
        Column(self, gap=0).addWidget(self._splitter, 1)
        current().changed.connect(self._fold)

    def _list_pane(self) -> QWidget:
        pane = QFrame()
        ground(pane, "surface")
        column = Column(pane, gap=0)
        head = QFrame()
        head.setProperty("edge", "bottom")
        line = Row(head, margin=(4, 2, 3, 2), gap=2)
        line.addWidget(TextLabel(_("Éditions"), letters="section"), 1)
        menu = QMenu(self.add_button)
        for code, label, help_words, icon in self.presenter.models:
            action = menu.addAction(current().icon(icon, "text"), literal(label))
            action.setToolTip(help_words)
            action.triggered.connect(partial(self._add, code))
        menu.setToolTipsVisible(True)
        self.add_button.setMenu(menu)
        line.addWidget(self.add_button)
        foot = QFrame()
        foot.setProperty("edge", "top")
        self.ways = Column(foot, margin=(4, 3, 4, 3), gap=2)
        words = _("Une édition garde ses réglages : l’an prochain, un clic suffit.")
        self._hint = TextLabel(words, letters="small", ink="secondary", wrap=True)
        self.ways.addWidget(self._hint)
        for page, told, icon in self.presenter.ways():
            way = Button(told, "quiet", icon=icon, small=True)
            way.setProperty("flush", True)
            way.clicked.connect(partial(self._go, page))
            self.ways.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(head)
        column.addWidget(self.rows, 1)
        column.addWidget(foot)
        return pane

    def _choices_pane(self) -> QWidget:
        pane = QFrame()
        ground(pane, "page")
        column = Column(pane, gap=0)
        line = Row(margin=(3, 2, 3, 0))
        line.addWidget(self.list_button, 0, Qt.AlignmentFlag.AlignLeft)
        line.addStretch()
        column.addLayout(line)
        column.addWidget(self.choices, 1)
        return pane

    def _pages_pane(self) -> QWidget:
        pane = QWidget()
        column = Column(pane, gap=0)
        preview = self.preview
        turning, deeds = Ringed(), Ringed()
        Row(turning, margin=1, gap=2).add(preview.before, preview.where, preview.after, preview.less, preview.more)
        Row(deeds, margin=1, gap=2).add(self.save_button, self.print_button)
        bar = _Bar(turning, deeds)
        column.addWidget(bar)
        column.addWidget(preview, 1)
        return pane

    def _go(self, page: str, _on: bool = False) -> None:
        self.shell.go(page)

    def _add(self, model: str) -> None:
        self.presenter.editions.add(model)
        self._read()

    def _read(self) -> None:
        self._reading = True
        self._fold()

    def _to_list(self) -> None:
        self._reading = False
        self._fold()
        self.rows.setFocus(Qt.FocusReason.TabFocusReason)

    def _fold(self) -> None:
        scale = current().scale
        narrow = self.room() < FOLDS
        if self._shown != (narrow, self._reading, scale):
            self._shown = (narrow, self._reading, scale)
            self._share_out(narrow=narrow, scale=scale)

    def _share_out(self, *, narrow: bool, scale: float) -> None:
        self._left.setVisible(not narrow or not self._reading)
        self._middle.setVisible(not narrow or self._reading)
        self.list_button.setVisible(narrow)
        for pane, width in ((self._left, LIST), (self._middle, CHOICES)):
            pane.setMinimumWidth(round(width * scale))
            pane.setMaximumWidth(round(width * scale * (1.1 if narrow else 1.6)))
        self._hint.setVisible(not narrow)
        shown = [0 if narrow and self._reading else LIST, 0 if narrow and not self._reading else CHOICES]
        widths = [round(width * scale) for width in shown]
        self._splitter.setSizes([*widths, max(1, self.width() - sum(widths))])

    def _explain(self, reason: str) -> None:
        for button in (self.save_button, self.print_button):
            button.explain(reason)


class _Bar(QFrame):
    """What turns the pages at the left, what is done with them at the right; under each other when it is narrow."""

    def __init__(self, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self.setProperty("edge", "bottom")
        ground(self, "page")
        self._sides = (left, right)
        self._line = Row(self, margin=(4, 2, 4, 2), gap=2)
        self._line.addWidget(left, 0, Qt.AlignmentFlag.AlignLeft)
        self._line.addWidget(right, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        margins = self._line.contentsMargins()
        needed = sum(side.sizeHint().width() for side in self._sides) + self._line.spacing()
        fits = needed + margins.left() + margins.right() <= self.width()
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.LeftToRight if fits else direction.TopToBottom)
