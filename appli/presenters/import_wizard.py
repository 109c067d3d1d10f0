"""Importing a list, step by step: the file, its columns, what would happen, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from appli.domain.changes import Changes
from appli.i18n import _
from appli.presenters.import_wizard_columns import ColumnsStep
from appli.presenters.import_wizard_done import DoneStep
from appli.presenters.import_wizard_file import FileStep
from appli.presenters.import_wizard_preview import PreviewStep
from appli.presenters.import_wizard_tasks import Tasks
from appli.presenters.import_wizard_words import Footer, Step, footer_of, lead_words
from appli.presenters.import_wizard_work import Worker, Working, was_stopped
from appli.presenters.imports_journal import ImportsJournal
from appli.presenters.session import Session
from appli.presenters.shell import ANNUAIRE, Request, Shell
from appli.services.importing.applying import Imported
from appli.services.importing.describing import RowInWords
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.planning import ImportPlan, PlanRow
from appli.services.importing.reading import ListFile


class ImportWizardView(Protocol):
    """What draws the page; each call says what may be another."""

    def show_step(self) -> None:
        """The step, the words at the top and the foot."""

    def show_work(self, working: Working | None) -> None:
        """Work under way, or over."""

    def show_file(self) -> None:
        """The file and how it is read."""

    def show_columns(self) -> None:
        """The choices of the columns."""

    def show_first(self) -> None:
        """The first sheet obtained."""

    def show_preview(self) -> None:
        """The rows of the plan."""

    def show_row(self, place: int) -> None:
        """Go to a row of the preview."""

    def show_detail(self) -> None:
        """One row in full."""

    def show_done(self) -> None:
        """What was done."""


class ImportWizard:
    """State of the page. Leaving it keeps everything; « Abandonner » forgets it."""

    def __init__(self, shell: Shell, view: ImportWizardView) -> None:
        self._shell = shell
        self._view = view
        self.step = Step.FILE
        self.columns = ColumnsStep(self._columns_changed)
        self.preview = PreviewStep(self._preview_changed, self._ask_detail)
        self.journal = ImportsJournal(shell, self._journal_known)
        self.done = DoneStep(shell)
        self.worker = Worker(shell.session, self._working)
        self._tasks = Tasks(shell.session, self.worker)
        self.file = FileStep(self._tasks, lambda: self._become(Step.FILE), self._failed)
        self._shown = False
        self._stale = False
        self._leave = shell.session.changed.listen(self._changed)

    # --- the page ---

    def enter(self, request: Request) -> None:
        """The page is shown, perhaps for a file."""
        self._shown = True
        self.journal.ask()
        if request.paths:
            self.open(request.paths)
        elif self.step is Step.PREVIEW and self._stale:
            self._plan()
        self._say_status()

    def leave(self) -> None:
        """Another page takes its place; work goes on."""
        self._shown = False

    def close(self) -> None:
        """Stop listening."""
        self._leave()
        self.journal.close()

    def lead(self) -> str:
        """The line under the title."""
        return lead_words(self.step, self.file)

    def footer(self) -> Footer:
        """What the foot says now."""
        reason = ""
        if self.worker.busy:
            reason = _("Un travail est en cours.")
        elif not self._session.is_open:
            reason = _("L’annuaire s’ouvre.")
        elif self.step is Step.PREVIEW and not self._session.can_write:
            reason = _("Cet annuaire est ouvert en lecture seule.")
        return footer_of(self.step, self.file, self.columns, self.preview, reason)

    # --- from step to step ---

    def open(self, paths: Sequence[Path]) -> None:
        """Read a file; it takes the place of the one before."""
        if self.worker.busy and self.step is Step.PREVIEW:
            self._shell.refuse(_("Un import est en cours. Attendez sa fin, ou arrêtez-le."))
            return
        if len(paths) > 1:
            self._shell.toast(_("Une liste à la fois : voici la première."))
        self.forget()
        self.file.open(paths[0])

    def next(self) -> None:
        """The primary button."""
        if self.footer().reason:
            return
        if self.step is Step.FILE:
            self._to_columns()
        elif self.step is Step.COLUMNS:
            self._to_preview()
        elif self.step is Step.PREVIEW:
            self._apply()
        else:
            self.done.look_at_sheets()

    def back(self) -> None:
        """The step before, with its choices."""
        if not self.worker.busy and self.step in (Step.COLUMNS, Step.PREVIEW):
            self._become(Step(self.step - 1))

    def give_up(self) -> None:
        """Forget all and return where one came from; after an import, begin another."""
        over = self.step is Step.DONE
        self.forget()
        if not over:
            self._shell.back()

    def forget(self) -> None:
        """Begin again, without a file."""
        self.worker.drop()
        self.file.clear()
        self.preview.clear()
        self._stale = False
        self._become(Step.FILE)

    def show_answers(self) -> None:
        """Back to the answers in words, to say what they mean."""
        self.columns.tab = "consents"
        self._become(Step.COLUMNS)

    def look_at_line(self) -> None:
        """Go to the line of the same name that the current row speaks of."""
        self._view.show_row(self.preview.show_line())

    def open_sheet(self) -> None:
        """Look at the sheet the current row speaks of, or at its namesake."""
        record = self.preview.record_to_open()
        if record is not None:
            self._shell.go(ANNUAIRE, Request(record=record))

    # --- columns ---

    def _to_columns(self) -> None:
        listed, source = self.file.listed, self.file.source.strip()
        if listed is None:
            return
        if self.columns.listed is listed and self.columns.mapping.source == source:
            self._become(Step.COLUMNS)
            return
        self.file.source = source or listed.path.stem
        self._tasks.find_mapping(listed, self.file.source, lambda found: self._mapped(listed, *found), self._failed)

    def _mapped(self, listed: ListFile, mapping: ImportMapping, remembered: bool) -> None:
        if self.columns.listed is listed and not remembered:
            # another name alone: the choices made stay
            self.columns.mapping = replace(self.columns.mapping, source=mapping.source)
        else:
            self.columns.take(listed, mapping, remembered=remembered)
        self._become(Step.COLUMNS)

    def _columns_changed(self) -> None:
        self._ask_first()
        self._view.show_columns()
        self._view.show_step()

    def _ask_first(self) -> None:
        if self.columns.listed is not None:
            self._tasks.first(self.columns.listed, self.columns.mapping, self._first_known)

    def _first_known(self, found: RowInWords | None) -> None:
        self.columns.first = found
        self._view.show_first()

    # --- preview ---

    def _to_preview(self) -> None:
        plan = self.preview.plan
        if plan is not None and plan.mapping == self.columns.mapping and not self._stale:
            self._become(Step.PREVIEW)
        else:
            self._plan()

    def _plan(self) -> None:
        if self.columns.listed is not None:
            self._stale = False
            self._tasks.plan(self.columns.listed, self.columns.mapping, self._planned, self._not_planned)

    def _planned(self, answer: tuple[ImportPlan, list[str]]) -> None:
        self.preview.take(*answer)
        self._become(Step.PREVIEW)

    def _not_planned(self, problem: Exception) -> None:
        self._stale = True
        self._failed(problem)
        self._become(Step.COLUMNS)

    def _preview_changed(self) -> None:
        self._view.show_preview()
        self._view.show_step()

    def _ask_detail(self, plan: ImportPlan, row: PlanRow) -> None:
        self._tasks.in_words(plan, row, self._detail_known)

    def _detail_known(self, found: RowInWords) -> None:
        self.preview.show(found)
        self._view.show_detail()

    # --- applying ---

    def _apply(self) -> None:
        plan, left_out = self.preview.plan, frozenset(self.preview.left_out)
        if plan is not None:
            done = partial(self._applied, plan)
            self._tasks.apply(plan, left_out, self.file.name, done, self._not_applied, remember=self.columns.remember)

    def _applied(self, plan: ImportPlan, imported: Imported) -> None:
        self.done.take(plan, imported)
        self.journal.ask()
        self._become(Step.DONE)
        if not self._shown:
            self._shell.toast(self.done.words())

    def _not_applied(self, problem: Exception) -> None:
        self._failed(problem)
        self._become(Step.PREVIEW)

    # --- parts ---

    @property
    def _session(self) -> Session:
        return self._shell.session

    def _working(self, working: Working | None) -> None:
        self._view.show_work(working)
        if working is None or not (working.done or working.total):
            self._view.show_step()

    def _failed(self, problem: Exception) -> None:
        if was_stopped(problem):
            self._shell.toast(_("Arrêté. Rien n’a changé."))
        else:
            self._shell.report(problem)

    def _become(self, step: Step) -> None:
        self.step = step
        if step is Step.FILE:
            self._view.show_file()
        elif step is Step.COLUMNS:
            self._ask_first()
            self._view.show_columns()
        elif step is Step.PREVIEW:
            self._view.show_preview()
            self._view.show_detail()
        else:
            self._view.show_done()
        self._view.show_step()
        self._say_status()

    def _say_status(self) -> None:
        if self._shown:
            self._shell.say_status("" if self.step is Step.DONE else _("Rien n’est encore changé"))

    def _changed(self, _changes: Changes) -> None:
        """The directory is another: what was planned may not be true any more."""
        if self.step is Step.DONE or (self.worker.busy and self.step is Step.PREVIEW):
            return
        self._stale = self.preview.plan is not None
        if self._stale and self._shown and self.step is Step.PREVIEW:
            self._plan()

    def _journal_known(self) -> None:
        self.done.learn(self.journal.lines)
        if self.step is Step.DONE:
            self._view.show_done()
        elif self.step is Step.FILE:
            self._view.show_file()
