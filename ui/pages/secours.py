"""The page of a directory that does not open: what happened and the ways on. Draws `appli.presenters.first_aid`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from appli.i18n import _
from appli.presenters.first_aid import FirstAid, Way
from appli.presenters.shell import Request, Shell
from ui.pages.page import Deeds, Page
from ui.pages.reglages import open_folder
from ui.theme import current
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layout import Column, Row
from ui.widgets.progress_card import ProgressCard
from ui.widgets.question import confirm
from ui.widgets.scrolled import Scrolled
from ui.widgets.text import TextLabel, announce

CONTENT = 760
"""The greatest width, in pixels at 100 %."""


def build(shell: Shell) -> Page:
    """The page of the table."""
    return FirstAidPage(shell)


class WayCard(Card):
    """One way on; its button is the deed."""

    def __init__(self, way: Way, *, primary: bool, parent: QWidget | None = None) -> None:
        super().__init__(margin=4, gap=2, parent=parent)
        self.key = way.key
        head = Row(gap=3)
        head.addWidget(Glyph(way.icon, "accent_text", "size.icon_rail", tile=True), 0, Qt.AlignmentFlag.AlignTop)
        words = Column(gap=1)
        words.add(TextLabel(way.title, letters="section", wrap=True))
        words.add(TextLabel(way.words, ink="secondary", wrap=True))
        head.addLayout(words, 1)
        self.button = Button(way.button, "primary" if primary else "ordinary")
        line = Row()
        line.addStretch()
        line.addWidget(self.button)
        self.body.addLayout(head)
        self.body.addLayout(line)


class FirstAidPage(Page):
    """Draws; `FirstAid` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.presenter = FirstAid(shell, self)
        self.title = TextLabel("", letters="page_title", wrap=True)
        self.words = TextLabel("", wrap=True)
        self.looking = TextLabel(_("Maillage regarde ce qui se lit encore…"), ink="secondary", wrap=True)
        self.progress = ProgressCard("", "")
        self.progress.stop_button.hide()
        self.progress.hide()
        self.other_button = Button(_("Ouvrir un autre annuaire…"), "quiet", icon="folder-open")
        self.other_button.clicked.connect(self.presenter.other_directory)
        self.cards: list[WayCard] = []
        self._ways = Column(gap=3)
        self._lay_out()

    # --- Page ---

    def enter(self, _request: Request) -> None:
        self.presenter.enter()

    def panes(self) -> Sequence[QWidget]:
        return (self._area,)

    def deeds(self) -> Deeds:
        # what needs a directory does nothing here
        return dict.fromkeys(("search", "undo", "redo", "new", "new-kind"), _nothing)

    # --- FirstAid ---

    def show_trouble(self, title: str, words: str) -> None:
        self.title.setText(title)
        self.words.setText(words)
        announce(self, f"{title}. {words}", assertive=True)

    def show_ways(self, ways: Sequence[Way]) -> None:
        for card in self.cards:
            card.deleteLater()
        self.cards = [WayCard(way, primary=place == 0) for place, way in enumerate(ways)]
        for card in self.cards:
            card.button.clicked.connect(lambda _on=False, key=card.key: self.presenter.choose(key))
            self._ways.addWidget(card)
        self.looking.setVisible(not ways)
        if self.cards:
            self.cards[0].button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_working(self, what: str, done: int, total: int) -> None:
        self.progress.setVisible(bool(what))
        for card in self.cards:
            card.setEnabled(not what)
        self.other_button.setEnabled(not what)
        if what:
            self.progress.say(what, _("Ne débranchez rien."))
            self.progress.set_progress(done, total, "")

    def ask_to_empty(self, title: str, words: str, keep: str, empty: str) -> None:
        confirm(self, title, words, keep, empty, self.presenter.start_empty, role="danger")

    def open_folder(self, folder: Path) -> None:
        open_folder(folder)

    # --- parts ---

    def _lay_out(self) -> None:
        content = QWidget()
        column = Column(content, margin=(5, 6, 5, 5), gap=4)
        head = Row(gap=3)
        head.addWidget(Glyph("circle-alert", "danger", "space.8"), 0, Qt.AlignmentFlag.AlignTop)
        words = Column(gap=2)
        words.add(self.title, self.words)
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addWidget(self.looking)
        column.addWidget(self.progress)
        column.addLayout(self._ways)
        foot = Row()
        foot.addWidget(self.other_button)
        foot.addStretch()
        column.addLayout(foot)
        column.addStretch()
        self._content = content
        holder = QWidget()
        row = Row(holder)
        row.addStretch()
        row.addWidget(content, 1000)
        row.addStretch()
        self._area = Scrolled(holder)
        page = Column(self, gap=0)
        page.addWidget(self._area)
        current().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._content.setMaximumWidth(round(CONTENT * current().scale))


def _nothing() -> None:
    """A key that has no use on this page."""
