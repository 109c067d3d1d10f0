"""What a page may ask of the window around it: another page, a word, the search, a folder. Tests hand in their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from appli.domain.ids import RecordId
from appli.presenters.look import Look
from appli.presenters.search import Search
from appli.presenters.session import Session
from appli.presenters.shared_folder import SharedFolder

if TYPE_CHECKING:
    from appli.services.printing.edition import Edition

ANNUAIRE, FORM, IMPORT, BUNDLE, MAP, SETTINGS = "annuaire", "form", "import", "paquet", "carte", "reglages"
FIRST_RUN, FIRST_AID = "premiere-ouverture", "secours"
EXCHANGES, PRINTING = "echanges", "impression"
TO_SETTLE, DUPLICATES = "a_trancher", "doublons"
RETURNS, TO_CONFIRM = "depouillement", "a_confirmer"
"""Keys of the pages that others lead to; each exists in a version only once `ui.pages.registry` has its line."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a page is opened for; each page reads what concerns it."""

    record: RecordId | None = None
    """The record to show, to change, to centre on."""
    kind: str = ""
    """The kind, or the shape (`offer`), of a new record."""
    paths: tuple[Path, ...] = ()
    """Files to read."""
    edition: Edition | None = None
    """What Impression is to print."""


LISTS = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".geojson", ".json"))
BUNDLES = frozenset((".maille",))
REQUEST = ".maille-demande"
"""What a file's name says of it: the page IMPORT reads lists, BUNDLE bundles, EXCHANGES answers a request."""
DETAILED = frozenset((".pmtiles", ".mbtiles"))
GIVE, MAPS, MOVE = "give", "maps", "move"
"""What a request asks of Échanges: to have a packet prepared at once; of the Réglages: to show the detailed maps; of
the map: to let the record's sign be moved.
"""

FOUND = "found"
"""What a request asks of Impression: to print what the search finds."""

NOTHING = Request()


class Shell(Protocol):
    """The window as pages know it."""

    session: Session
    search: Search
    look: Look
    shared_folder: SharedFolder

    def has_page(self, page: str) -> bool:
        """Whether that page exists in this version: a way to it is shown only then."""

    def go(self, page: str, request: Request = NOTHING) -> None:
        """Show a page: `go(ANNUAIRE, Request(record=…))`."""

    def back(self) -> None:
        """Return to the page before this one."""

    def toast(self, words: str, *, undo: bool = False, back: Callable[[], None] | None = None) -> None:
        """Say what was just done, in the past tense; `undo` offers to take the latest work back, `back` does it."""

    def refuse(self, words: str) -> None:
        """Say in passing that what was asked was not done, and why: their input, a wrong moment, nothing changed."""

    def say_status(self, words: str) -> None:
        """What the page counts, at the left of the status bar."""

    def say_typing(self, words: str) -> None:
        """What the status bar says in the place of « Tout est enregistré »; nothing when that is so."""

    def show_help(self) -> None:
        """Open the guide at the chapter of the page at the front."""

    def files_given(self, paths: Sequence[Path]) -> None:
        """Open files where they belong: a packet, a list, a folder."""

    def report(self, problem: Exception) -> None:
        """Tell a problem the way its kind asks for."""

    def open_folder(self, folder: Path, then: Greeting | None = None) -> None:
        """Leave this directory for the one of that folder; `then` is called with its window once this one is closed."""

    def reopen(self) -> None:
        """Close Maillage and start it again on the same directory: some choices are read only then."""


Greeting = Callable[[Shell], None]
"""What one window leaves to the next one to say or to do."""
