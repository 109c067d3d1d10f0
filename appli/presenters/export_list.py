"""« Exporter la liste »: for whom, in which format; how many sheets go and why others stay; then the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from appli import config
from appli.domain.audience import Audience
from appli.i18n import N_, _, _n, number
from appli.presenters.jobs import Stopped, Ticket
from appli.presenters.notices import refusal_words
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.directory import Directory
    from appli.services.disclosing import Reason
    from appli.services.exporting.export import Outlook
    from appli.store.index_model import Query

CHANNEL = "export-regard"

FORMATS: dict[str, str] = {
    ".xlsx": N_("Tableur (Excel, LibreOffice) : une feuille par genre"),
    ".csv": N_("Tableau simple (CSV) : tout dans un seul tableau"),
    ".geojson": N_("Carte (GeoJSON) : pour uMap ou QGIS"),
    ".vcf": N_("Carnet d’adresses (vCard) : pour un téléphone"),
    ".ics": N_("Agenda (iCalendar) : les événements datés"),
    ".json": N_("Données complètes (JSON) : pour un programme"),
}
WHOM: dict[Audience, tuple[str, str]] = {
    Audience.PUBLIC: (
        N_("Pour tout le monde"),
        N_("Seulement ce qui est public, et les personnes d’accord pour Internet."),
    ),
    Audience.SHARED: (
        N_("Pour les membres du réseau"),
        N_("Aussi ce qui est partagé dans le réseau. À ne pas publier."),
    ),
    Audience.PRIVATE: (
        N_("Pour moi seul"),
        N_("Tout, même ce qui ne quitte jamais ce poste. À garder en lieu sûr."),
    ),
}


class Done(Protocol):
    """What was written."""

    @property
    def path(self) -> Path: ...

    @property
    def records(self) -> int: ...

    @property
    def left_out(self) -> Mapping[Reason, int]: ...


@dataclass(frozen=True, slots=True)
class ListWritten:
    """What is said once the file is there."""

    title: str
    words: str
    path: Path


class ExportView(Protocol):
    """What draws the dialog."""

    def show_choices(self) -> None:
        """Another choice, or what it gives has been counted."""

    def show_progress(self, done: int, total: int) -> None:
        """How far the writing is."""

    def show_written(self, written: ListWritten) -> None:
        """The file is there."""

    def show_refusal(self, words: str) -> None:
        """It could not be written; what was chosen stays."""


class ExportList:
    """State of the dialog: what the list shows now is what leaves."""

    first_ending = ".xlsx"
    first_audience = Audience.SHARED

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self._query = shell.search.query
        self._ticket: Ticket | None = None
        self._outlook: Outlook | None = None
        self.view: ExportView | None = None
        self.ending = self.first_ending
        self.audience = self.first_audience
        self.is_writing = False
        self._look()

    # --- the choices ---

    @property
    def what(self) -> str:
        """« Les fiches trouvées pour « soudure » »."""
        if self._query.text.strip():
            return _("Les fiches trouvées pour « {text} »").format(text=self._query.text.strip())
        return _("Les fiches de la liste, telle qu’elle est affinée") if self._query.filters else _("Toutes les fiches")

    def set_ending(self, ending: str) -> None:
        """Another format."""
        self.ending = ending
        self._fit()

    def set_audience(self, audience: Audience) -> None:
        """For others, or for fewer people."""
        self.audience = audience
        self._outlook = None
        self._look()
        self._fit()

    @property
    def outlook(self) -> str:
        """« 41 fiches iront dans le fichier. N’y seront pas : 3 personnes sans accord. »; empty while it is counted."""
        if self._outlook is None:
            return ""
        going = self._outlook.going
        said = _n("{n} fiche peut y aller.", "{n} fiches peuvent y aller.", going).format(n=number(going))
        if self._outlook.staying:
            stays = _("N’y seront pas : {reasons}.").format(reasons=self._outlook.staying)
            return f"{said} {stays}"
        return said

    @property
    def file_name(self) -> str:
        """The name proposed."""
        return f"annuaire-{today()}{self.ending}"

    # --- the deed ---

    def write(self, path: Path) -> None:
        """Write it there, under that ending."""
        if self.is_writing:
            return
        target = path if path.suffix.lower() == self.ending else path.with_name(path.name + self.ending)
        query, audience = self._query, self.audience

        def work(directory: Directory, progress: Progress) -> Done:
            return self.carry_out(directory, target, query, audience, progress)

        self.is_writing = True
        self._steps(0, 0, "")
        self._ticket = self._session.run(work, self._written, self._refused, self._steps)

    def stop(self) -> None:
        """Stop writing: the file that was there before stays."""
        if self._ticket is not None:
            self._ticket.stop()

    # --- what another export does otherwise ---

    def carry_out(
        self, directory: Directory, target: Path, query: Query, audience: Audience, progress: Progress
    ) -> Done:
        """Write it; in the worker."""
        from appli.services.exporting.export import export

        return export(directory, target, query, audience, progress)

    def count(self, directory: Directory, query: Query, audience: Audience, stopped: Stopped) -> Outlook:
        """How many would go; in the worker."""
        from appli.services.exporting.export import outlook

        return outlook(directory, query, audience, stopped)

    def title_of(self, _done: Done) -> str:
        """What is said once it is written."""
        return _("Liste écrite et relue.")

    # --- parts ---

    def _look(self) -> None:
        query, audience = self._query, self.audience

        def read(directory: Directory, stopped: Stopped) -> tuple[Audience, Outlook]:
            return audience, self.count(directory, query, audience, stopped)

        def told(found: tuple[Audience, Outlook]) -> None:
            if found[0] == self.audience:
                self._outlook = found[1]
                self._fit()

        self._session.read(CHANNEL, read, told)

    def _written(self, done: Done) -> None:
        from appli.services.exporting.wording import reasons

        self.is_writing, self._ticket = False, None
        words = _n("{n} fiche y est.", "{n} fiches y sont.", done.records).format(n=number(done.records))
        if done.left_out:
            words = f"{words} {_('N’y sont pas : {reasons}.').format(reasons=reasons(done.left_out))}"
        if self.view is not None:
            self.view.show_written(ListWritten(self.title_of(done), words, done.path))

    def _refused(self, problem: Exception) -> None:
        self.is_writing, self._ticket = False, None
        words = refusal_words(problem, _("Arrêté. Aucun fichier n’a été écrit."), self._shell.report)
        if self.view is not None:
            self.view.show_refusal(words)

    def _steps(self, done: int, total: int, _label: str) -> None:
        if self.view is not None:
            self.view.show_progress(done, total)

    def _fit(self) -> None:
        if self.view is not None:
            self.view.show_choices()


def today() -> str:
    """The day as names of files hold it."""
    return datetime.fromtimestamp(config.clock()() / 1000).astimezone().date().isoformat()


def formats() -> list[tuple[str, str]]:
    """(ending, words) of every format, the one most people want first."""
    return [(ending, _(words)) for ending, words in FORMATS.items()]


def whom() -> list[tuple[Audience, str, str]]:
    """(audience, words, what that means)."""
    return [(audience, _(words), _(means)) for audience, (words, means) in WHOM.items()]
