"""Importing a list: four steps in one page, the work under way in their place, one foot for all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFileDialog, QFrame, QStackedWidget, QWidget

from appli.i18n import _
from appli.presenters.import_wizard import ImportWizard
from appli.presenters.import_wizard_words import STEPS, Step
from appli.presenters.import_wizard_work import Working
from appli.presenters.shell import Request, Shell
from ui.pages.import_wizard_columns import ColumnsView
from ui.pages.import_wizard_done import DoneView
from ui.pages.import_wizard_file import FileView
from ui.pages.import_wizard_preview import PreviewView
from ui.pages.imports_journal import JournalView
from ui.pages.page import NARROW, Page, TaskPage
from ui.theme import current
from ui.widgets.layout import Column, Row
from ui.widgets.progress_card import ProgressCard
from ui.widgets.stepper import Stepper
from ui.widgets.text import TextLabel

LISTS = "*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.ods *.geojson *.json"


def build(shell: Shell) -> Page:
    """The page of the table."""
    return ImportPage(shell)


class ImportPage(TaskPage):
    """Draws; `ImportWizard` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, _("Importer une liste"), parent)
        self.presenter = ImportWizard(shell, self)
        self.steps = Stepper([_(words) for words in STEPS])
        self.remember = QCheckBox()
        self.remember.toggled.connect(self._set_remember)
        self.file = FileView(self.presenter)
        self.columns = ColumnsView(self.presenter)
        self.preview = PreviewView(self.presenter)
        self.journal = JournalView(self.presenter.journal)
        self.done = DoneView(self.presenter, self.journal)
        self.work = ProgressCard("", "")
        self.work.stop_wanted.connect(self.presenter.worker.stop)
        self._stack = QStackedWidget()
        self._shown = Step.FILE
        self._lay_out()
        self._connect()
        self.show_file()
        shell.session.when_open(self.show_step)

    # --- Page ---

    def enter(self, request: Request) -> None:
        self.presenter.enter(request)
        self.show_step()
        self._fold()

    def leave(self) -> None:
        self.presenter.leave()

    def panes(self) -> Sequence[QWidget]:
        view = self._view()
        side = getattr(view, "side", None)
        return tuple(pane for pane in (view, side, self._foot()) if pane is not None)

    def close_down(self) -> None:
        self.presenter.close()

    # --- what the presenter asks ---

    def show_step(self) -> None:
        step, foot = self.presenter.step, self.presenter.footer()
        self.set_lead(self.presenter.lead())
        self.lead.setVisible(self.room() >= NARROW or step is Step.FILE)
        self.steps.set_current(int(step))
        self._where.setText(self.steps.accessibleName())
        self.set_safe(foot.safe)
        self.remember.setVisible(foot.remembers)
        self.back_button.setVisible(foot.can_go_back)
        self.give_up_button.setText(foot.give_up)
        self.primary_button.setText(foot.primary)
        self.primary_button.explain(foot.reason)
        busy = self.presenter.worker.busy
        for button in (self.back_button, self.give_up_button):
            button.explain(_("Un travail est en cours.") if busy else "")
        self._stack.setCurrentWidget(self._working_place if busy else self._view())
        if step is not self._shown and not busy:
            self._shown = step
            self._view().first_stop().setFocus(Qt.FocusReason.OtherFocusReason)
        elif busy:
            self.work.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_work(self, working: Working | None) -> None:
        if working is None:
            return
        self.work.say(working.what, working.leaves)
        self.work.set_progress(working.done, working.total, working.count, working.time_left)
        self.work.stop_button.setVisible(working.stoppable)

    def show_file(self) -> None:
        self.file.show_file()
        self.file.take_journal(self.journal)

    def show_columns(self) -> None:
        self.remember.setChecked(self.presenter.columns.remember)
        self.columns.show_columns()

    def show_first(self) -> None:
        self.columns.show_first()

    def show_preview(self) -> None:
        self.preview.show_preview()

    def show_row(self, place: int) -> None:
        self.preview.show_row(place)

    def show_detail(self) -> None:
        self.preview.show_detail()

    def show_done(self) -> None:
        self.done.take_journal(self.journal)
        self.done.show_done()

    # --- parts ---

    def _view(self) -> FileView | ColumnsView | PreviewView | DoneView:
        return (self.file, self.columns, self.preview, self.done)[int(self.presenter.step)]

    def _foot(self) -> QWidget:
        return self.primary_button.parentWidget() or self

    def _lay_out(self) -> None:
        whole, foot = self.layout(), self._foot().layout()
        assert isinstance(whole, QBoxLayout)
        assert isinstance(foot, QBoxLayout)
        head = QFrame()
        head.setProperty("edge", "bottom")
        row = Row(head, margin=(5, 3, 5, 3), gap=4)
        words = Column(gap=0)
        words.add(self.title, self.lead)
        row.addLayout(words, 1)
        self._where = TextLabel("", letters="label", ink="accent")
        row.add(self._where, self.steps)
        whole.takeAt(0)
        whole.removeItem(self.body)
        self._working_place = QWidget()
        place = Column(self._working_place, margin=8)
        place.addStretch(1)
        place.addWidget(self.work)
        place.addStretch(2)
        for view in (self.file, self.columns, self.preview, self.done, self._working_place):
            self._stack.addWidget(view)
        whole.insertWidget(0, head)
        whole.insertWidget(1, self._stack, 1)
        foot.insertWidget(0, self.remember)
        current().changed.connect(self._fold)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.presenter.back)
        self.give_up_button.clicked.connect(self.presenter.give_up)
        self.primary_button.clicked.connect(self._go_on)
        self.file.file_wanted.connect(self._choose_file)

    def _go_on(self) -> None:
        if self.presenter.step is Step.FILE and self.presenter.file.listed is None:
            self._choose_file()
        else:
            self.presenter.next()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Choisir une liste"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilters([f"{_('Listes')} ({LISTS})", f"{_('Tous les fichiers')} (*)"])
        dialog.fileSelected.connect(lambda name: self.presenter.open([Path(name)]))
        dialog.open()

    def _set_remember(self, on: bool) -> None:
        self.presenter.columns.remember = on

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        narrow = self.room() < NARROW
        self.steps.setVisible(not narrow)
        self._where.setVisible(narrow)
        self.lead.setVisible(not narrow or self.presenter.step is Step.FILE)
        short, long = _("Retenir ces choix"), _("Retenir ces choix pour les prochains fichiers de cette source")
        self.remember.setText(short if narrow else long)
        for view in (self.file, self.columns, self.preview, self.done):
            view.fold(narrow=narrow)
