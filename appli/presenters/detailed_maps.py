"""The detailed maps, in the Réglages: brought with a progress one can stop, listed as they are drawn, let go.

The list is a file of its own in the directory's folder, so it is there before the directory is; it changes only where
the directory may be changed, as the folder is another window's otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from appli.errors import Cancelled
from appli.i18n import N_, _, number
from appli.presenters.backup_list import size_words
from appli.presenters.jobs import Ticket
from appli.presenters.shell import Shell
from appli.services import detailed_maps as maps

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.directory import Directory
    from appli.store.map_files import KeptMap

COMMAND = (
    "pmtiles extract https://build.protomaps.com/{date}.pmtiles {name}.pmtiles --bbox={west},{south},{east},{north}"
    " --maxzoom=14"
)
"""What makes a map of a territory, typed by whoever has a network."""
EXAMPLE = {"date": "20261101", "name": "lozere", "west": "2.98", "south": "44.11", "east": "4.00", "north": "44.98"}
_DRAWINGS = {
    "protomaps": N_("Tracé Protomaps"),
    "openmaptiles": N_("Tracé OpenMapTiles"),
    "shortbread": N_("Tracé Shortbread"),
    "generic": N_("Tracé sans légende connue"),
}


@dataclass(frozen=True, slots=True)
class MapRow:
    """One map, in words."""

    id: str
    title: str
    details: str
    """« Tracé Protomaps · zooms 0 à 14 · 42,0 Mo · © OpenStreetMap »."""
    note: str
    """What one should know of it; empty when all is well."""
    shown: bool
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Asked before a copy is erased: the answer that keeps it comes first."""

    id: str
    title: str
    words: str
    keep: str
    remove: str


class DetailedMapsView(Protocol):
    """What draws them."""

    def show_rows(self, rows: Sequence[MapRow]) -> None:
        """The maps, the one drawn above the others first."""

    def show_possible(self, reason: str) -> None:
        """Why the list cannot be changed; empty when it can."""

    def show_progress(self, name: str, done: int, total: int) -> None:
        """How far the copy of a file is; no name: it is over."""

    def ask(self, question: Question) -> None:
        """Have the person choose; `remove` follows."""


class DetailedMaps:
    """State of the section."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self._folder = shell.session.folder
        self._waiting: list[Path] = []
        self._ticket: Ticket | None = None
        self.is_copying = False
        self.rows: list[MapRow] = []
        self.view: DetailedMapsView | None = None
        self._leave = shell.session.opened.listen(lambda _none: self.show())

    def close(self) -> None:
        """The window closes."""
        self._leave()

    def show(self) -> None:
        """Read the list again."""
        self._session.jobs.read("cartes-detaillees", lambda _stopped: _rows(self._folder), self._known)
        if self.view is not None:
            self.view.show_possible(self._why_not())

    # --- deeds ---

    def bring(self, paths: Sequence[Path]) -> None:
        """Copy these files here, one after the other."""
        if not self._why_not():
            self._waiting += paths
            if not self.is_copying:
                self._next()

    def stop(self) -> None:
        """Bring no more; what is half copied goes."""
        self._waiting.clear()
        if self._ticket is not None:
            self._ticket.stop()

    def rename(self, map_id: str, title: str) -> None:
        """Call a map something else."""
        if title.strip() and title != self._title(map_id):
            self._change(lambda folder: maps.rename(folder, map_id, title))
        else:
            self.show()

    def show_map(self, map_id: str, shown: bool) -> None:
        """Draw a map, or leave it out."""
        self._change(lambda folder: maps.show(folder, map_id, shown))

    def move(self, map_id: str, by: int) -> None:
        """Draw a map above or under its neighbour."""
        self._change(lambda folder: maps.move(folder, map_id, by))

    def ask_to_remove(self, map_id: str) -> None:
        """A copy that is erased does not come back by « Annuler »: ask."""
        title = self._title(map_id)
        if title and self.view is not None and not self._why_not():
            words = _(
                "Sa copie sera effacée de ce poste. Le fichier d’où elle vient, s’il est ailleurs, ne change pas."
            )
            asked = _("Retirer la carte « {title} » ?").format(title=title)
            self.view.ask(Question(map_id, asked, words, _("Garder la carte"), _("Retirer la carte")))

    def remove(self, map_id: str) -> None:
        """Erase the copy: maps on screen let go of the file first, as Windows would not erase it."""
        said = _("Carte « {title} » retirée.").format(title=self._title(map_id))

        def removed(_none: None) -> None:
            self._changed(said)
            self._session.do(lambda _directory: maps.sweep(self._folder))

        self._session.do(lambda _directory: maps.remove(self._folder, map_id), removed)

    # --- parts ---

    def _next(self) -> None:
        if not self._waiting:
            self._over()
            return
        self.is_copying = True
        source = self._waiting.pop(0)
        self._steps(source.name, 0, 0)

        def work(_directory: Directory, progress: Progress) -> KeptMap:
            return maps.bring(self._folder, source, progress)

        def failed(problem: Exception) -> None:
            if not isinstance(problem, Cancelled):
                self._shell.report(problem)
            self._next()

        self._ticket = self._session.run(
            work, self._brought, failed, lambda done, total, _label: self._steps(source.name, done, total)
        )

    def _brought(self, kept: KeptMap) -> None:
        self._changed(_("Carte « {title} » ajoutée.").format(title=kept.title))
        self._next()

    def _over(self) -> None:
        self.is_copying = False
        self._steps("", 0, 0)

    def _steps(self, name: str, done: int, total: int) -> None:
        if self.view is not None:
            self.view.show_progress(name, done, total)

    def _change(self, work: Callable[[Path], None]) -> None:
        if not self._why_not():
            self._session.do(lambda _directory: work(self._folder), lambda _none: self._changed(""))

    def _changed(self, said: str) -> None:
        self._session.maps_changed.tell(None)
        if said:
            self._shell.toast(said)
        self.show()

    def _known(self, rows: list[MapRow]) -> None:
        self.rows = rows
        if self.view is not None:
            self.view.show_rows(rows)

    def _title(self, map_id: str) -> str:
        return next((row.title for row in self.rows if row.id == map_id), "")

    def _why_not(self) -> str:
        if self._session.can_write:
            return ""
        if self._session.held is not None:
            return _("Cet annuaire est ouvert ailleurs : ici, il ne peut qu’être lu.")
        return _("L’annuaire n’est pas ouvert.")


def command() -> str:
    """What a friend types, for an example department."""
    return COMMAND.format(**EXAMPLE)


def _rows(folder: Path) -> list[MapRow]:
    every = maps.all_of(folder)
    return [_row(kept, at == 0, at == len(every) - 1) for at, kept in enumerate(every)]


def _row(kept: KeptMap, is_first: bool, is_last: bool) -> MapRow:
    info = kept.info
    zooms = _("zooms {first} à {last}").format(first=number(info.min_zoom), last=number(info.max_zoom))
    kind = _(_DRAWINGS[info.scheme]) if info.scheme else _("Images")
    thanks = maps.attribution(info) or _("auteur non précisé")
    details = " · ".join((kind, zooms, size_words(kept.size), thanks))
    return MapRow(kept.id, kept.title, details, _note(kept), kept.shown, is_first, is_last)


def _note(kept: KeptMap) -> str:
    notes = []
    if kept.info.scheme == "generic":
        notes.append(_("Ses couches sont inconnues : elles sont tracées en gris, sans noms de rues."))
    if kept.info.lied:
        notes.append(_("Elle annonçait un autre endroit que le sien : Maillage se fie à ses tuiles."))
    if kept.info.max_zoom < maps.NEAR_ZOOM:
        notes.append(_("Elle s’arrête loin : de près, le fond de carte simplifié reste."))
    return " ".join(notes)
