"""The records without a place, or with a doubtful one: what each says, what is proposed, accepted singly or at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _, _n, number
from appli.presenters.kinds import drawn_shape
from appli.presenters.shell import ANNUAIRE, MAP, MOVE, Request, Shell
from appli.services.locating import Place, locate, places_offered, point_offered
from appli.services.placing import put_at, vouch
from appli.services.unlocated import Unlocated, Waiting, unlocated

if TYPE_CHECKING:
    from appli.services.directory import Directory

__all__ = ["Place", "ToLocate", "ToLocateView", "Unlocated", "place_words", "shape_of"]

CHANNEL = "a_localiser"
FEWEST_LETTERS = 2
SHOWN = 25
"""Records drawn at once."""


class ToLocateView(Protocol):
    """What draws the page."""

    def show_waiting(self, sheets: list[Unlocated]) -> None:
        """These records; `more_words` tells whether others follow."""

    def show_places(self, record_id: RecordId, places: list[Place]) -> None:
        """The communes that the letters typed for a record may mean."""


class ToLocate:
    """State of the page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self.view: ToLocateView | None = None
        self.waiting: Waiting | None = None
        self._shown = SHOWN
        self._front = False
        self._leave = self._session.changed.listen(self._changed)

    # --- coming and going ---

    def enter(self) -> None:
        """The page is at the front."""
        self._front = True
        self._shown = SHOWN
        self._read()

    def leave(self) -> None:
        """Another page is."""
        self._front = False

    def close(self) -> None:
        """Stop listening."""
        self._leave()

    # --- words ---

    def lead_words(self) -> str:
        """« Ces 4 fiches n’ont pas de position. Une commune est proposée pour 3. Une autre est à vérifier. »"""
        if self.waiting is None:
            return ""
        words = [self._nowhere_words(self.waiting), self._doubtful_words(self.waiting)]
        if self.waiting.total > len(self.waiting.sheets):
            words.append(_("Voici les {n} premières.").format(n=number(len(self.waiting.sheets))))
        return " ".join(part for part in words if part)

    @staticmethod
    def _nowhere_words(waiting: Waiting) -> str:
        if not waiting.nowhere:
            return ""
        offered = sum(bool(s.proposals) for s in waiting.sheets[: waiting.nowhere])
        words = _n("Cette fiche n’a pas de position.", "Ces {n} fiches n’ont pas de position.", waiting.nowhere)
        words = words.format(n=number(waiting.nowhere))
        if not offered:
            return words
        if waiting.nowhere == 1:
            return words + " " + _("Une commune est proposée.")
        return words + " " + _("Une commune est proposée pour {n}.").format(n=number(offered))

    @staticmethod
    def _doubtful_words(waiting: Waiting) -> str:
        if not waiting.doubtful:
            return ""
        words = _n(
            "Une position est à vérifier : loin de sa commune, en mer ou hors de France.",
            "{n} positions sont à vérifier : loin de leur commune, en mer ou hors de France.",
            waiting.doubtful,
        )
        return words.format(n=number(waiting.doubtful))

    def certain_words(self) -> str:
        """« Accepter les 3 communes certaines »; empty when there is none."""
        count = len(self._certain())
        if not count:
            return ""
        words = _n("Accepter la commune certaine", "Accepter les {n} communes certaines", count)
        return words.format(n=number(count))

    def more_words(self) -> str:
        """« Afficher la suite (12) »; empty when all are drawn."""
        left = len(self.waiting.sheets) - self._shown if self.waiting else 0
        return _("Afficher la suite ({n})").format(n=number(left)) if left > 0 else ""

    def is_doubtful(self, sheet: Unlocated) -> bool:
        """Whether it is somewhere, but perhaps not there; the others come first, and are nowhere."""
        return self.waiting is not None and sheet not in self.waiting.sheets[: self.waiting.nowhere]

    @property
    def can_write(self) -> bool:
        """Whether anything can be accepted."""
        return self._session.can_write

    # --- what is done ---

    def accept(self, sheet: Unlocated, place: Place) -> None:
        """This place is right: a commune, or a point when it has no INSEE code."""
        words = _("{title} : {commune}.").format(title=sheet.title or _("(sans nom)"), commune=place.name)
        if place.insee:
            self._locate({sheet.id: place.insee}, words)
        elif self.can_write:
            self._session.do(
                lambda directory: put_at(directory, sheet.id, place.lat, place.lon),
                lambda _changes: self._shell.toast(words, undo=True),
            )

    def alike(self, sheet: Unlocated) -> list[Unlocated]:
        """The sheets that say the same place, this one too: what is right for one is right for all."""
        sheets = self.waiting.sheets if self.waiting else ()
        return [one for one in sheets if sheet.said and one.said == sheet.said]

    def accept_for_all(self, sheet: Unlocated, place: Place) -> None:
        """This commune is right for all that say the same."""
        self._accept({one.id: place.insee for one in self.alike(sheet)})

    def accept_certain(self) -> None:
        """All that leave no doubt, in one work."""
        self._accept({s.id: s.proposals[0].place.insee for s in self._certain()})

    def type_place(self, record_id: RecordId, text: str) -> None:
        """Letters of a commune’s name, or coordinates, for one record."""

        def offer(places: list[Place]) -> None:
            if self.view is not None:
                self.view.show_places(record_id, places)

        def read(directory: Directory, _stopped: object) -> tuple[list[Place], str]:
            try:
                point = point_offered(directory, text)
            except UserError as problem:
                return [], problem.message
            return ([point] if point else places_offered(directory, text)), ""

        def answered(answer: tuple[list[Place], str]) -> None:
            places, problem = answer
            offer(places)
            if problem:
                self._shell.say_status(problem)

        if len(text.strip()) < FEWEST_LETTERS:
            offer([])
        else:
            self._session.read("a_localiser_commune", read, answered)

    def keep(self, sheet: Unlocated) -> None:
        """The position is right, however odd it looks."""
        words = _("{title} : position gardée.").format(title=sheet.title or _("(sans nom)"))
        if self.can_write:
            self._session.do(
                lambda directory: vouch(directory, sheet.id), lambda _changes: self._shell.toast(words, undo=True)
            )

    def on_map(self, record_id: RecordId) -> None:
        """Show the place on the map, with the sign itself."""
        self._shell.go(MAP, Request(record=record_id, kind=MOVE))

    def open(self, record_id: RecordId) -> None:
        """Show the sheet."""
        self._shell.go(ANNUAIRE, Request(record=record_id))

    def back(self) -> None:
        """To the page one came from."""
        self._shell.back()

    def show_more(self) -> None:
        """Draw the next ones too."""
        self._shown += SHOWN
        self._show()

    # --- parts ---

    def _accept(self, chosen: Mapping[RecordId, str]) -> None:
        words = _n("{n} fiche localisée.", "{n} fiches localisées.", len(chosen)).format(n=number(len(chosen)))
        self._locate(chosen, words)

    def _certain(self) -> list[Unlocated]:
        return [s for s in self.waiting.sheets if s.certain] if self.waiting else []

    def _locate(self, chosen: Mapping[RecordId, str], words: str) -> None:
        if not chosen or not self.can_write:
            return

        def work(directory: Directory) -> Changes:
            return locate(directory, chosen)

        self._session.do(work, lambda _changes: self._shell.toast(words, undo=True))

    def _changed(self, _changes: Changes) -> None:
        if self._front:
            self._read()

    def _read(self) -> None:
        self._session.read(CHANNEL, unlocated, self._known)

    def _known(self, waiting: Waiting) -> None:
        self.waiting = waiting
        self._show()

    def _show(self) -> None:
        if self.view is None or self.waiting is None:
            return
        self.view.show_waiting(list(self.waiting.sheets[: self._shown]))
        count = self.waiting.total
        if self._front:
            self._shell.say_status(_n("{n} fiche à localiser", "{n} fiches à localiser", count).format(n=number(count)))


def shape_of(sheet: Unlocated) -> str:
    """The shape to draw."""
    return drawn_shape(sheet.shape)


def place_words(place: Place) -> str:
    """« Saint-Julien-du-Tournel – Lozère (48) »."""
    return _("{name} – {department} ({code})").format(
        name=place.name, department=place.department_name, code=place.department
    )
