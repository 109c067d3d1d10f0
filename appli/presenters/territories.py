"""The territory of a directory while one chooses it: its pieces, and what is offered for the words being typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from appli.presenters.jobs import Jobs

if TYPE_CHECKING:
    from appli.geo.gazetteer import Gazetteer
    from appli.services.territories import Piece


class TerritoryView(Protocol):
    """What draws the pieces and the words to complete."""

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """The pieces chosen, in order."""

    def show_offers(self, offers: Sequence[Piece]) -> None:
        """What the words may mean; nothing hides the list."""


class Territories:
    """Pieces are chosen among what the gazetteer offers, so that a territory is never only a word."""

    def __init__(self, jobs: Jobs, gazetteer: Callable[[], Gazetteer], changed: Callable[[], None]) -> None:
        """`changed` hears of what the person adds or takes away, not of what is shown with `show`."""
        self._jobs = jobs
        self._gazetteer = gazetteer
        self._changed = changed
        self._text = ""
        self.pieces: tuple[Piece, ...] = ()
        self.offers: tuple[Piece, ...] = ()
        self.view: TerritoryView | None = None

    @property
    def parts(self) -> list[dict[str, str]]:
        """What the space keeps."""
        return [piece.part for piece in self.pieces]

    def show(self, parts: Sequence[Mapping[str, str]]) -> None:
        """Show the territory that is written; the gazetteer is loaded only if there is one."""
        if list(parts) == self.parts:
            return
        if parts:
            self._jobs.read("territoire", lambda _stopped: self._named(parts), self._become)
        else:
            self._become(())

    def prepare(self) -> None:
        """Load the gazetteer while nobody is waiting for it."""
        self._jobs.read("territoire-mots", lambda _stopped: self._gazetteer())

    def type(self, text: str) -> None:
        """Words in the field."""
        self._text = text
        self._jobs.read("territoire-mots", lambda _stopped: (text, self._meant(text)), self._offer)

    def add(self, piece: Piece) -> None:
        """One of those offered."""
        self._forget_words()
        if piece not in self.pieces:
            self._become((*self.pieces, piece))
            self._changed()

    def add_first(self) -> bool:
        """What the words mean most likely; whether they meant something."""
        if not self.offers:
            return False
        self.add(self.offers[0])
        return True

    def remove(self, piece: Piece) -> None:
        """Not that one any more."""
        if piece in self.pieces:
            self._become(tuple(p for p in self.pieces if p != piece))
            self._changed()

    def _named(self, parts: Sequence[Mapping[str, str]]) -> Sequence[Piece]:
        from appli.services.territories import piece_of

        gazetteer = self._gazetteer()
        return [piece_of(gazetteer, part) for part in parts]

    def _meant(self, text: str) -> Sequence[Piece]:
        from appli.services.territories import pieces_named

        return pieces_named(self._gazetteer(), text) if text.strip() else []

    def _become(self, pieces: Sequence[Piece]) -> None:
        self.pieces = tuple(pieces)
        if self.view is not None:
            self.view.show_pieces(self.pieces)

    def _offer(self, answer: tuple[str, Sequence[Piece]]) -> None:
        text, offers = answer
        if text == self._text:
            self.offers = tuple(o for o in offers if o not in self.pieces)
            if self.view is not None:
                self.view.show_offers(self.offers)

    def _forget_words(self) -> None:
        self._text, self.offers = "", ()
        if self.view is not None:
            self.view.show_offers(())
