"""What the import has done aside: reading, proposing, planning, applying; each answers where it was asked."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from appli.i18n import _
from appli.ports import Progress
from appli.presenters.import_wizard_preview import search_words
from appli.presenters.import_wizard_work import Worker, Working
from appli.presenters.jobs import Failed, Stopped
from appli.presenters.session import Session
from appli.services.importing.applying import AFTERWARDS, Imported, apply
from appli.services.importing.describing import RowInWords, first_sheet, in_words
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.planning import ImportPlan, PlanRow
from appli.services.importing.reading import (
    ListFile,
    mapping_for,
    open_list,
    plan_of,
    read_again,
    remembered_mapping,
    source_name,
)

if TYPE_CHECKING:
    from appli.services.directory import Directory


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What the person knows better than the guesses; None leaves it to them."""

    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    header: int | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read, and what is known of its source."""

    listed: ListFile
    source: str
    sources: tuple[str, ...]
    """The names of the sources known already."""


class Tasks:
    """Long work goes to the worker, one at a time; short questions to the readers, the latest of each kind wins."""

    def __init__(self, session: Session, worker: Worker) -> None:
        self._session = session
        self._worker = worker

    def read(self, path: Path, done: Callable[[Read], None], failed: Failed) -> None:
        """Read a file."""
        self._read(path.name, lambda progress: open_list(path, progress=progress), done, failed)

    def read_again(self, listed: ListFile, how: HowToRead, done: Callable[[Read], None], failed: Failed) -> None:
        """Read the same bytes otherwise."""

        def again(progress: Progress) -> ListFile:
            return read_again(
                listed,
                sheet=how.sheet,
                encoding=how.encoding,
                separator=how.separator,
                header=how.header,
                progress=progress,
            )

        self._read(listed.path.name, again, done, failed)

    def find_mapping(
        self, listed: ListFile, source: str, done: Callable[[tuple[ImportMapping, bool]], None], failed: Failed
    ) -> None:
        """(mapping to begin with, whether it is one remembered for this source)."""

        def find(directory: Directory, _stopped: Stopped) -> tuple[ImportMapping, bool]:
            known = remembered_mapping(directory, listed, source)
            return known or mapping_for(directory, listed, source), known is not None

        self._session.read("import-colonnes", find, done, failed)

    def first(self, listed: ListFile, mapping: ImportMapping, done: Callable[[RowInWords | None], None]) -> None:
        """The first sheet obtained."""
        self._session.read("import-premiere", lambda d, _stopped: first_sheet(d, listed, mapping), done)

    def plan(
        self,
        listed: ListFile,
        mapping: ImportMapping,
        done: Callable[[tuple[ImportPlan, list[str]]], None],
        failed: Failed,
    ) -> None:
        """What would happen, and the words by which its rows are found."""

        def work(directory: Directory, progress: Progress) -> tuple[ImportPlan, list[str]]:
            plan = plan_of(directory, listed, mapping, progress)
            return plan, search_words(plan)

        working = Working(_("Préparation de l’aperçu"), _("Arrêter ne change rien."))
        self._worker.start(working, work, done, failed)

    def in_words(self, plan: ImportPlan, row: PlanRow, done: Callable[[RowInWords], None]) -> None:
        """One row in full."""
        self._session.read("import-ligne", lambda d, _stopped: in_words(d, plan, row), done)

    def apply(
        self,
        plan: ImportPlan,
        left_out: Collection[int],
        name: str,
        done: Callable[[Imported], None],
        failed: Failed,
        *,
        remember: bool,
    ) -> None:
        """Carry out the plan."""

        def work(directory: Directory, progress: Progress) -> Imported:
            return apply(directory, plan, left_out, progress, remember=remember)

        words = _("Import de « {name} »").format(name=name)
        working = Working(words, _("Arrêter ne laisse rien à moitié fait."))
        self._worker.start(working, work, done, failed, last_label=_(AFTERWARDS))

    def _read(
        self, name: str, work: Callable[[Progress], ListFile], done: Callable[[Read], None], failed: Failed
    ) -> None:
        def read(directory: Directory, progress: Progress) -> Read:
            listed = work(progress)
            return Read(listed, source_name(directory, listed), tuple(directory.store.noted("mapping")))

        working = Working(_("Lecture de « {name} »").format(name=name), _("Arrêter ne change rien."))
        self._worker.start(working, read, done, failed)
