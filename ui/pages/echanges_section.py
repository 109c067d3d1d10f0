"""What every part of Échanges is: entered and left with the page; to add one, see `echanges.SECTIONS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from appli.presenters.exchange_section import ExchangeSection
from appli.presenters.imports_journal import Question
from appli.presenters.shell import Shell
from ui.widgets.card import Card
from ui.widgets.layout import Column
from ui.widgets.question import confirm
from ui.widgets.text import TextLabel


class Section(Card):
    """A titled card over one `ExchangeSection`; a subclass fills itself in `show_all`."""

    def __init__(self, shell: Shell, title: str, presenter: ExchangeSection[Any]) -> None:
        super().__init__(title, letters="section", gap=0)
        self.shell = shell
        self._presenter = presenter
        self._rows = Column(gap=0)
        self.body.addLayout(self._rows)
        presenter.view = self

    def enter(self) -> None:
        """The page is shown."""
        self._presenter.enter()

    def leave(self) -> None:
        """Another page takes its place."""
        self._presenter.leave()

    def close_down(self) -> None:
        """The window closes."""
        self._presenter.close()

    def show_all(self) -> None:
        """All of it is known, or it is other."""

    def ask(self, question: Question, yes: Callable[[], None]) -> None:
        """Have the person choose; the safe answer has the focus."""
        confirm(self, question.title, question.words, question.keep, question.undo, yes)

    def fill(self, rows: Sequence[QWidget], none: str) -> None:
        """Other rows; a sentence where there is none."""
        former = self._rows.takeAt(0)
        if former is not None:
            former.widget().hide()
            former.widget().deleteLater()
        holder = QWidget()  # shown once it is full: else every row that is shown lays out all of them anew
        Column(holder, gap=0).add(
            *(rows or [TextLabel(none if self._presenter.is_known else "", ink="secondary", wrap=True)])
        )
        self._rows.addWidget(holder)
        holder.show()
