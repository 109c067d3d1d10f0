"""The first page, without anything around it: doors, the questions of a new directory, the example being made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from appli.app import load_gazetteer
from appli.i18n import _
from appli.presenters.doors import Notice
from appli.presenters.first_run import FirstRun, Step
from appli.presenters.shell import Request, Shell
from ui.pages.page import Deeds, Page
from ui.pages.premiere_portes import DoorsView
from ui.pages.premiere_questions import Questions
from ui.pages.premiere_rejoindre import ARRIVE, JoinStep
from ui.theme import current
from ui.widgets.layout import Column, Row
from ui.widgets.notice import NoticeStrip
from ui.widgets.progress_card import ProgressCard


def build(shell: Shell) -> Page:
    """The page of the table."""
    return FirstPage(shell)


class FirstPage(Page):
    """Draws; `FirstRun` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.presenter = FirstRun(shell, self, load_gazetteer)
        self.notice: NoticeStrip | None = None
        self.doors = DoorsView(self.presenter.doors(), shell.look)
        self.questions = Questions(shell, self.presenter.founding)
        self.progress = ProgressCard(_("Préparation de l’exemple"), _("Arrêter ne laisse rien derrière."))
        self._stack = QStackedWidget()
        self.join = JoinStep(shell, self.presenter.joining)
        self.arrive = JoinStep(shell, self.presenter.arriving, ARRIVE)
        self._steps: dict[Step, QWidget] = {
            "doors": self.doors, "questions": self.questions, "join": self.join, "arrive": self.arrive,
            "work": self._working(),
        }  # fmt: skip
        for step in self._steps.values():
            self._stack.addWidget(step)
        self._notices = Column(margin=(5, 0, 5, 0), gap=0)
        column = Column(self, gap=0)
        column.addLayout(self._notices)
        column.addWidget(self._stack, 1)
        self._connect()
        self.show_step("doors")

    # --- Page ---

    def enter(self, request: Request) -> None:
        self.presenter.enter(request)

    def panes(self) -> Sequence[QWidget]:
        return (self._steps[self.presenter.step],)

    def deeds(self) -> Deeds:
        # What needs a directory does nothing here.
        return dict.fromkeys(("search", "undo", "redo", "new", "new-kind"), _nothing)

    # --- FirstRun ---

    def show_step(self, step: Step) -> None:
        title, lead = self.presenter.words()
        self._stack.setCurrentWidget(self._steps[step])
        if step == "doors":
            self.doors.show_words(title, lead, can_leave=self.presenter.can_leave)
            self.doors.cards[0].button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step == "questions":
            self.questions.show_words(title, lead)
            self.questions.name.setFocus(Qt.FocusReason.TabFocusReason)
        elif step == "join":
            self.join.show_words(title, lead)
        elif step == "arrive":
            self.arrive.show_words(title, lead)

    def show_notice(self, notice: Notice | None) -> None:
        if self.notice is not None:
            self.notice.deleteLater()
            self.notice = None
        self._notices.setContentsMargins(*self._around() if notice is not None else (0, 0, 0, 0))
        if notice is not None:
            self.notice = NoticeStrip(notice.tone, notice.title, notice.words)
            if notice.deed:
                self.notice.add_deed(notice.deed).clicked.connect(lambda _on=False, take=notice.take: take())
            self._notices.addWidget(self.notice)

    def show_progress(self, done: int, total: int, count: str) -> None:
        self.progress.set_progress(done, total, count)

    # --- parts ---

    def _connect(self) -> None:
        self.doors.door_wanted.connect(self._go_through)
        self.doors.leave_wanted.connect(self.presenter.back)
        self.doors.help_wanted.connect(self._help)
        self.questions.back_button.clicked.connect(self.presenter.back)
        for came in (self.join, self.arrive):
            came.back_button.clicked.connect(self.presenter.back)
            came.refusal.other_button.clicked.connect(lambda: self._go_through("join"))
        self.progress.stop_wanted.connect(self.presenter.stop)

    def _go_through(self, key: str) -> None:
        if key == "open":
            self._choose(_("Quel dossier ouvrir ?"), QFileDialog.FileMode.Directory)
        elif key == "join":
            self._choose(_("Quel fichier avez-vous reçu ?"), QFileDialog.FileMode.ExistingFile)
        else:
            self.presenter.choose(key)

    def _choose(self, title: str, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, title, str(Path.home()))
        dialog.setFileMode(mode)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.presenter.take([Path(name)]))
        dialog.open()

    def _help(self) -> None:
        self.shell.show_help()

    def _working(self) -> QWidget:
        holder = QWidget()
        column = Column(holder, margin=5)
        row = Row()
        row.addStretch(1)
        row.addWidget(self.progress, 2)
        row.addStretch(1)
        column.addStretch()
        column.addLayout(row)
        column.addStretch()
        return holder

    def _around(self) -> tuple[int, int, int, int]:
        side, top = current().px("space.5"), current().px("space.3")
        return side, top, side, 0


def _nothing() -> None:
    """A key that has no use on this page."""
