"""Dépouillement: the code of a paper, then what was printed beside what comes back; the next one by the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from appli.i18n import _
from appli.presenters.paper_returns import PaperReturns
from appli.presenters.shell import Request, Shell
from ui.pages.depouillement_lines import PaperAnswers, PaperLines
from ui.pages.page import Deeds, Page
from ui.pages.rolling import Rolling
from ui.pages.two_panes import ChoiceList, TwoPanes
from ui.theme import current
from ui.widgets.badge import KindMark
from ui.widgets.buttons import Button
from ui.widgets.card import ground
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import FieldRow, FramedEdit
from ui.widgets.layout import Column, Flow, Ringed, Row
from ui.widgets.switches import Segment, Segmented
from ui.widgets.text import TextLabel, announce

TOP = Qt.AlignmentFlag.AlignTop
WIDE = 560
"""Pixels at 100 % from which label, printed words and editor stand beside each other."""
SAVE, RIGHT = "Ctrl+Return", "F8"


def build(shell: Shell) -> Page:
    """The page of the table."""
    return ReturnsPage(shell)


class OutList(ChoiceList):
    """The papers; Suppr gives one up."""

    lost = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.lost.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class ReturnsPage(TwoPanes):
    """Draws; `PaperReturns` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        self.presenter = PaperReturns(shell)
        self.code = FramedEdit(icon="search")
        self.states = Segmented(_("Feuilles montrées"), [Segment(key, words) for key, words in _states()])
        self.save_button = Button(_("Enregistrer et suivant (Ctrl+Entrée)"), "primary")
        self.right_button = Button(_("Rien à corriger (F8)"))
        rows = OutList(_("Feuilles de correction"))
        super().__init__(shell, "depouillement", _("Dépouillement"), self.presenter.list, rows, parent)
        self.lines: PaperLines | None = None
        self.answers: PaperAnswers | None = None
        self._told_empty = True
        self._eager = False  # whether the cursor goes to the paper as soon as it is there
        self.lost_button = Button(_("Marquer perdue"), small=True)
        self.print_button = Button(_("Imprimer des feuilles…"), "quiet", icon="printer", small=True)
        holder = Ringed()
        deeds = Flow(holder, margin=1, gap=2)
        for button in (self.lost_button, self.print_button):
            deeds.addWidget(button)
        self.foot.addWidget(holder)
        self.presenter.view = self
        self._connect(rows)
        self.show_paper()

    def enter(self, request: Request) -> None:
        self._eager = request.record is not None
        self.presenter.enter(request)
        if request.record is None:
            self.ask_code()

    def leave(self) -> None:
        self.presenter.leave()

    def close_down(self) -> None:
        super().close_down()
        self.presenter.close()

    def panes(self) -> Sequence[QWidget]:
        return (self.code.edit, self.rows, self._area)

    def deeds(self) -> Deeds:
        return {"save": self.presenter.save}

    # --- what the presenter asks ---

    def show_out(self) -> None:
        self.rows_replaced()
        self.lead.setText(self.presenter.list.figure_words())
        if self.presenter.paper is None and self._told_empty != self.presenter.list.is_empty:
            self.show_paper()
        self._explain_lost()

    def show_paper(self) -> None:
        paper = self.presenter.paper
        self.lines = self.answers = None
        self.show_body(self._empty() if paper is None else self._body())
        self.bar.setVisible(paper is not None)
        self.show_written()
        if paper is not None:
            announce(self, f"{paper.title}, {paper.code}")
            if self._eager:
                self._start()

    def show_written(self) -> None:
        reason = "" if self.presenter.can_write else _("Cet annuaire est ouvert en lecture seule.")
        self.save_button.explain(reason)
        typed = self.presenter.written.lines
        self.right_button.explain(reason or (_("Vous avez écrit des corrections.") if typed else ""))
        if self.lines is not None:
            self.lines.show_errors({})

    def show_errors(self) -> None:
        if self.lines is not None:
            self.lines.show_errors(self.presenter.errors)
            announce(self, next(iter(self.presenter.errors.values())))

    def show_doubt(self, code: str, words: str) -> None:
        if self.lines is not None:
            self.lines.show_doubt(code, words)

    def show_refusal(self, words: str) -> None:
        self._eager = False
        self._code_row.set_error(words)
        if not self.presenter.list.count:
            self.code.edit.selectAll()  # the next code that is read or typed takes its place
        announce(self, words)

    def ask_code(self) -> None:
        self._reading = False
        self._fold()
        self._code_row.set_error("")
        self.code.edit.clear()
        self.presenter.type_code("")
        self.code.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the keyboard ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap: from the paper to the code, what was typed is kept; from the code to the page one came from."""
        if event.key() == Qt.Key.Key_Escape and self.presenter.paper is not None:
            self.presenter.put_away()
            self.ask_code()
        else:
            super().keyPressEvent(event)

    # --- parts ---

    def _connect(self, rows: OutList) -> None:
        presenter = self.presenter
        self.code.edit.textEdited.connect(self._typed)
        self.code.edit.returnPressed.connect(self._enter_code)
        self.states.chosen.connect(presenter.show_state)
        self.save_button.clicked.connect(presenter.save)
        self.right_button.clicked.connect(presenter.nothing_to_correct)
        self.lost_button.clicked.connect(lambda: self._lose(rows.currentIndex().row()))
        self.print_button.clicked.connect(presenter.print_sheets)
        rows.lost.connect(self._lose)
        rows.activated.connect(lambda index: self._activated(index.row()))
        self.went_to.connect(self._went)
        self.back_wanted.connect(presenter.back)
        for keys, act in ((SAVE, presenter.save), (RIGHT, presenter.nothing_to_correct)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _left(self) -> QWidget:
        pane = super()._left()
        self.code.setAccessibleName(_("Code de la feuille"))
        self.code.edit.setPlaceholderText("P-7K3F2Q-W")
        self._code_row = FieldRow(
            _("Code de la feuille"), self.code, hint=_("Lu, scanné ou tapé ; ou un nom, une commune, qui la porte.")
        )
        holder = QFrame()
        holder.setProperty("edge", "bottom")
        Column(holder, margin=(4, 3, 4, 3), gap=3).add(self._code_row, self.states)
        column = pane.layout()
        assert isinstance(column, Column)
        column.insertWidget(1, holder)
        return Rolling(pane, self.rows)

    def _right(self) -> QWidget:
        pane = super()._right()
        self.bar = QFrame()
        self.bar.setProperty("edge", "top")
        ground(self.bar, "window")
        holder = Ringed()
        flow = Flow(holder, margin=1, gap=2)
        flow.addWidget(self.right_button)
        flow.addWidget(self.save_button)
        Column(self.bar, margin=(5, 2, 5, 2)).addWidget(holder)
        pane.layout().addWidget(self.bar)
        return pane

    def _typed(self, words: str) -> None:
        self._code_row.set_error("")
        self.presenter.type_code(words)

    def _enter_code(self) -> None:
        self._eager = True
        self.presenter.enter_code()

    def _went(self, place: int) -> None:
        self.presenter.go_to(place)
        self._explain_lost()

    def _activated(self, place: int) -> None:
        row, paper = self.presenter.list.row(place), self.presenter.paper
        self._eager = True
        if row is not None and paper is not None and row.id == paper.record:
            self._start()

    def _start(self) -> None:
        """To the first line of the paper."""
        self._eager = False
        self.read()
        first = self.lines.first() if self.lines is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _lose(self, place: int) -> None:
        row = self.presenter.list.row(place)
        if row is not None:
            self.presenter.mark(place, "out" if row.state == "lost" else "lost")

    def _explain_lost(self) -> None:
        row = self.presenter.list.row(self.rows.currentIndex().row())
        self.lost_button.setText(_("Attendre à nouveau") if row and row.state == "lost" else _("Marquer perdue"))
        known = row is not None and row.state in ("out", "lost")
        self.lost_button.explain("" if known else _("Choisissez une feuille qui est dehors."))

    def _empty(self) -> QWidget:
        words = _("Tapez ou scannez le code de la première feuille, puis Entrée.")
        self._told_empty = self.presenter.list.is_empty
        if not self._told_empty:
            return EmptyState("inbox", words)
        state = EmptyState("inbox", words, _("Aucune feuille de correction n’est dehors pour l’instant."))
        state.add_deed(_("Imprimer des feuilles…")).clicked.connect(self.presenter.print_sheets)
        return state

    def _body(self) -> QWidget:
        wide = self._area.viewport().width() / current().scale >= WIDE
        body = QWidget()
        column = Column(body, margin=(5, 3, 5, 5), gap=4)
        column.addLayout(self._head())
        self.lines = PaperLines(self.presenter, wide=wide)
        column.addWidget(self.lines)
        if self.presenter.paper is not None and self.presenter.paper.answers:
            self.answers = PaperAnswers(self.presenter)
            column.addWidget(self.answers)
        column.addStretch()
        return body

    def _head(self) -> Row:
        paper = self.presenter.paper
        assert paper is not None
        row = Row(gap=3)
        row.addWidget(KindMark(self.presenter.shape, initials=paper.initials), 0, TOP)
        words = Column(gap=0)
        words.addWidget(TextLabel(paper.title, letters="section", wrap=True))
        words.addWidget(TextLabel(self.presenter.about_words(), letters="small", ink="secondary", wrap=True))
        row.addLayout(words, 1)
        return row


def _states() -> list[tuple[str, str]]:
    return [("out", _("Dehors")), ("returned", _("Rendues")), ("lost", _("Perdues"))]
