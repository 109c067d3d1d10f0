"""Échanges: give one's news, receive others', then one part under the other.

To add a part: a presenter that is an `appli.presenters.exchange_section.ExchangeSection`, a widget in a file of its own
that is a `ui.pages.echanges_section.Section`, and its `build` in `SECTIONS`, in the place where it shall stand. To add
a card at the top: its `build` in `CARDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from appli.i18n import _, number
from appli.presenters.exchanges import Exchanges
from appli.presenters.imports_journal import Question
from appli.presenters.shell import GIVE, Request, Shell
from ui.pages import echanges_effacements, echanges_folder, echanges_journal, echanges_peers, echanges_waiting
from ui.pages.echanges_deeds import ONE_CARD, DeedCard
from ui.pages.echanges_journal import JournalSection
from ui.pages.echanges_peers import PeersSection
from ui.pages.echanges_section import Section
from ui.pages.page import Deeds, Page
from ui.widgets.buttons import Button
from ui.widgets.layout import Column, Flow, Ringed, Row
from ui.widgets.scrolled import Scrolled
from ui.widgets.side_by_side import SideBySide
from ui.widgets.text import TextLabel

SECTIONS: tuple[Callable[[Shell], Section], ...] = (
    echanges_folder.build,
    echanges_waiting.build,
    echanges_effacements.build,
    echanges_peers.build,
    echanges_journal.build,
)
"""The parts of the page under the cards, from top to bottom."""
CARDS: tuple[Callable[[Shell], DeedCard], ...] = ()
"""The cards beside « Donner mes nouvelles » and « Recevoir »."""


def build(shell: Shell) -> Page:
    """The page of the table."""
    return ExchangesPage(shell)


class ExchangesPage(Page):
    """Draws the head and the cards; the parts draw themselves."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.presenter = Exchanges(shell)
        self.presenter.view = self
        self.give_button = Button(_("Préparer un paquet…"), "primary")
        self.open_button = Button(_("Ouvrir un fichier…"))
        self.settle_button = Button(_("À trancher"), "warning", icon="git-compare")
        self.judge_button = Button(_("Doublons"), icon="copy")
        self.cards = SideBySide(
            (
                DeedCard(
                    "package",
                    _("Donner mes nouvelles"),
                    _("Un paquet sur une clé, par courriel ou dans un dossier. Le privé n’y est jamais."),
                    self.give_button,
                ),
                DeedCard(
                    "inbox",
                    _("Recevoir"),
                    _("Ouvrez un paquet « .maille » ou une liste. Vous voyez tout avant d’accepter."),
                    self.open_button,
                ),
                *(make(shell) for make in CARDS),
            ),
            ONE_CARD,
        )
        self.sections = tuple(make(shell) for make in SECTIONS)
        self.peers = next(s for s in self.sections if isinstance(s, PeersSection))
        self.journal = next(s for s in self.sections if isinstance(s, JournalSection))
        self._lay_out()
        self.give_button.clicked.connect(lambda _on: self.peers.give())
        self.open_button.clicked.connect(self._open)
        self.settle_button.clicked.connect(self.presenter.settle)
        self.judge_button.clicked.connect(self.presenter.judge)
        self.show_all()

    # --- Page ---

    def enter(self, request: Request) -> None:
        if request.kind == GIVE:
            self.peers.give_when_known(request.paths[0] if request.paths else None)
        self.presenter.enter()
        for section in sorted(
            self.sections, key=lambda one: one is self.peers
        ):  # counting what each lacks takes longest
            section.enter()

    def leave(self) -> None:
        self.presenter.leave()
        for section in self.sections:
            section.leave()

    def close_down(self) -> None:
        self.presenter.close()
        for section in self.sections:
            section.close_down()

    def panes(self) -> Sequence[QWidget]:
        return (*self.cards.cards, *(s for s in self.sections if not s.isHidden()))

    def deeds(self) -> Deeds:
        return {"give": self.peers.give}

    # --- what the presenter asks ---

    def show_all(self) -> None:
        presenter = self.presenter
        for button in (self.give_button, self.open_button):
            button.explain(presenter.why_not_write if presenter.is_known else "")
        waiting = presenter.to_settle
        self.settle_button.setVisible(waiting is not None)
        self.settle_button.set_count(waiting or 0)
        name = _("À trancher : {n}").format(n=number(waiting or 0)) if waiting else _("À trancher")
        self.settle_button.setAccessibleName(name)
        self.settle_button.set_role("warning" if waiting else "ordinary")
        self.judge_button.setVisible(presenter.has_duplicates)

    def ask(self, question: Question, yes: Callable[[], None]) -> None:
        """Nothing is asked by the head."""

    # --- parts ---

    def _open(self) -> None:
        from ui.dialogs.choose_files import choose_files

        choose_files(self, self.shell.files_given)

    def _lay_out(self) -> None:
        content = QWidget()
        column = Column(content, margin=(5, 4, 5, 5), gap=4)
        head = Row(gap=3)
        head.addWidget(TextLabel(_("Échanges"), letters="page_title"), 1)
        ways = Ringed()
        flow = Flow(ways, margin=1, gap=2)
        flow.addWidget(self.settle_button)
        flow.addWidget(self.judge_button)
        head.addWidget(ways)
        column.addLayout(head)
        column.add(self.cards, *self.sections)
        column.addStretch()
        area = Scrolled(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
