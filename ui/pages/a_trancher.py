"""À trancher: what waits at the left; at the right one question, its values side by side, and what one may do."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from appli.i18n import _
from appli.presenters.shell import ANNUAIRE, Request, Shell
from appli.presenters.to_settle import Blank, QuestionPage, ToSettle
from ui.pages.a_trancher_cards import ValueCardView, asking_strip
from ui.pages.a_trancher_editor import ValueEditor
from ui.pages.page import Page
from ui.pages.two_panes import ChoiceList, TwoPanes
from ui.theme import current
from ui.widgets.badge import Glyph, KindMark
from ui.widgets.buttons import Button, IconButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import Column, Flow, Ringed, Row, line, space
from ui.widgets.link import Link
from ui.widgets.text import TextLabel, announce

BESIDE = 620
"""Pixels at 100 % from which two values stand side by side."""
TOP = Qt.AlignmentFlag.AlignTop


def build(shell: Shell) -> Page:
    """The page of the table."""
    return ToSettlePage(shell)


class ToSettlePage(TwoPanes):
    """Draws; `ToSettle` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        self.presenter = ToSettle(shell)
        super().__init__(
            shell, "a_trancher", _("À trancher"), self.presenter, ChoiceList(_("Choix en attente")), parent
        )
        self.presenter.view = self
        self._page: QuestionPage | None = None
        self._columns = 0
        self.cards: list[ValueCardView] = []
        self.editor: ValueEditor | None = None
        self.lead.setText(_("Deux personnes ont écrit en même temps. Rien n’est perdu, rien ne presse."))
        self._made = TextLabel("", letters="small", ink="secondary", wrap=True)
        made = Row(gap=2)
        made.addWidget(Glyph("circle-check", "text_secondary"), 0, TOP)
        made.addWidget(self._made, 1)
        self.foot.addLayout(made)
        self._nothing = EmptyState("circle-check", _("Rien à trancher. Tout le monde est d’accord."))
        self._nothing.add_deed(_("Voir l’annuaire"), "primary").clicked.connect(lambda: shell.go(ANNUAIRE))
        self.stack.addWidget(self._nothing)
        self.went_to.connect(self.presenter.go_to)
        self.back_wanted.connect(self.presenter.back)

    def enter(self, request: Request) -> None:
        self.presenter.enter(request.record)
        if request.record is not None:
            self.read()

    def leave(self) -> None:
        self.presenter.leave()

    def close_down(self) -> None:
        super().close_down()
        self.presenter.close()

    # --- what the presenter asks ---

    def show_question(self, page: QuestionPage | None) -> None:
        self._page, self.editor = page, None
        self.stack.setCurrentWidget(self._nothing if page is None else self.split)
        if page is None:
            announce(self, _("Rien à trancher. Tout le monde est d’accord."))
            return
        self._draw(page)
        announce(self, page.title)

    def show_made(self, words: str) -> None:
        self._made.setText(words)
        self.foot_pane.setVisible(bool(words))
        self._nothing.set_words(_("Rien à trancher. Tout le monde est d’accord."), words)

    def show_way_to_ask(self, words: str, shown: str, target: str) -> None:
        while self._way.count():
            item = self._way.takeAt(0)
            item.widget().deleteLater()
        if shown:
            strip = asking_strip(words, shown)
            link = strip.findChild(Link)
            link.followed.connect(lambda: self._follow(target))
            self._way.addWidget(strip)

    def show_editor(self, blank: Blank | None) -> None:
        if self._page is None:
            return
        if self.editor is not None:
            self._editor_place.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        self._deeds.setVisible(blank is None)
        if blank is None:
            return
        self.editor = ValueEditor(self.presenter.question.label, blank)
        self.editor.written.connect(self.presenter.write)
        self.editor.given_up.connect(self._give_up_another)
        self._editor_place.addWidget(self.editor)
        self.editor.show()
        self.editor.focus()

    def show_refusal(self, words: str) -> None:
        if self.editor is not None:
            self.editor.refuse(words)

    # --- the keyboard ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A, B… keep a value; the arrows to the sides go to the other questions."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Right:
            self.presenter.next()
        elif event.key() == Qt.Key.Key_Left:
            self.presenter.previous()
        elif event.key() == Qt.Key.Key_Escape and self.editor is not None:
            self._give_up_another()
        elif self.editor is not None or not self.presenter.keep(event.text()):
            super().keyPressEvent(event)

    # --- drawing ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._page is not None and self._columns != self._fitting():
            self._arrange()

    def _fitting(self) -> int:
        room = self._area.viewport().width() / current().scale
        return min(len(self.cards), 2) if room >= BESIDE else 1

    def _draw(self, page: QuestionPage) -> None:
        presenter = self.presenter
        body = QWidget()
        column = Column(body, margin=(5, 3, 5, 4), gap=3)
        column.addLayout(self._head(page))
        self.cards = [ValueCardView(card, page.long, button_first=page.is_tall) for card in page.cards]
        for card in self.cards:
            card.keep_button.clicked.connect(lambda _on=False, letter=card.letter: presenter.keep(letter))
            card.keep_button.explain("" if presenter.can_write else _("Cet annuaire est ouvert en lecture seule."))
        self._grid = QGridLayout()
        self._deeds = self._deed_row(page)
        self._editor_place = Column(gap=0)
        if not page.is_tall:
            column.addLayout(self._grid)
        column.addWidget(self._deeds)
        column.addLayout(self._editor_place)
        if page.is_tall:
            column.addLayout(self._grid)
        self._way = Column(gap=0)
        column.addLayout(self._way)
        column.addWidget(line())
        note = _("Le nom du poste et la date aident à choisir ; la date d’un ordinateur peut être fausse.")
        column.addWidget(TextLabel(note, letters="small", ink="secondary", wrap=True))
        column.addStretch()
        self._arrange()
        self.show_body(body)

    def _arrange(self) -> None:
        self._columns = self._fitting()
        for card in self.cards:
            self._grid.removeWidget(card)
        self._grid.setHorizontalSpacing(space(4))
        self._grid.setVerticalSpacing(space(3))
        for n, card in enumerate(self.cards):
            self._grid.addWidget(card, n // self._columns, n % self._columns)
        for n in range(2):
            self._grid.setColumnStretch(n, int(n < self._columns))

    def _head(self, page: QuestionPage) -> Row:
        row = Row(gap=3)
        row.addWidget(KindMark(page.shape, initials=page.initials), 0, TOP)
        words = Column(gap=0)
        words.addWidget(TextLabel(page.title, letters="section", wrap=True))
        sheet = Link(page.foot or _("Voir la fiche"), name=_("Voir la fiche, {foot}").format(foot=page.foot))
        sheet.followed.connect(self.presenter.open)
        words.addWidget(sheet)
        row.addLayout(words, 1)
        row.addWidget(TextLabel(self.presenter.place_words(), letters="small", ink="secondary"), 0, TOP)
        before = IconButton("chevron-left", _("Choix précédent"))
        after = IconButton("chevron-right", _("Choix suivant"))
        before.clicked.connect(self.presenter.previous)
        after.clicked.connect(self.presenter.next)
        for button in (before, after):
            button.explain("" if self.presenter.count > 1 else _("C’est le seul."))
            row.addWidget(button, 0, TOP)
        return row

    def _deed_row(self, page: QuestionPage) -> QWidget:
        holder = Ringed()
        flow = Flow(holder, margin=1, gap=2)
        reason = "" if self.presenter.can_write else _("Cet annuaire est ouvert en lecture seule.")
        if page.keep_all:
            both = Button(page.keep_all, icon="copy")
            both.clicked.connect(self.presenter.keep_all)
            both.explain(reason)
            flow.addWidget(both)
        if page.can_write_another:
            another = Button(_("Écrire une autre valeur…"), icon="pencil")
            another.clicked.connect(self.presenter.ask_another)
            another.explain(reason)
            flow.addWidget(another)
        later = Button(_("Je ne sais pas encore"), "quiet")
        later.clicked.connect(self.presenter.not_yet)
        flow.addWidget(later)
        return holder

    def _give_up_another(self) -> None:
        self.presenter.give_up_another()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, target: str) -> None:
        if target:
            QDesktopServices.openUrl(QUrl(target, QUrl.ParsingMode.StrictMode))
