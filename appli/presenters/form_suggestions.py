"""What the form proposes while one types: communes, the other end of a link, a sheet that may be the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from appli.presenters.session import Session

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.locating import Place
    from appli.store.index_model import Row

COMMUNES, OTHERS, TWINS = "form-communes", "form-liens", "form-doublons"
FEWEST_LETTERS = 4


class Owner(Protocol):
    """The form that is helped."""

    view: Any
    form: Any


class Suggestions:
    """Looks aside; the latest question of each sort wins."""

    def __init__(self, owner: Owner, session: Session) -> None:
        self._owner = owner
        self._session = session

    def communes(self, text: str) -> None:
        """The communes that begin so."""

        def read(directory: Directory, _stopped: object) -> list[Place]:
            from appli.services.locating import places_named

            return places_named(directory, text) if len(text.strip()) > 1 else []

        def show(found: list[Place]) -> None:
            if self._owner.view is not None:
                self._owner.view.show_communes(found)

        self._session.read(COMMUNES, read, show)

    def others(self, text: str) -> None:
        """Sheets for the other end of a link."""

        def show(rows: list[Row]) -> None:
            if self._owner.view is not None:
                self._owner.view.show_others(rows)

        self._find(OTHERS, text, show)

    def twins(self, text: str) -> None:
        """For a new sheet: does one of that name exist?"""

        def show(rows: list[Row]) -> None:
            if self._owner.view is not None:
                self._owner.view.show_twins(rows[:3])

        form = self._owner.form
        if form is not None and form.record is None and len(text.strip()) >= FEWEST_LETTERS:
            self._find(TWINS, text, show)

    def _find(self, channel: str, text: str, done: Callable[[list[Row]], None]) -> None:
        from appli.store.index_model import Query

        own = self._owner.form.record if self._owner.form else None

        def read(index: Any, _stopped: object) -> list[Row]:
            return [r for r in index.first_page(Query(text=text), 8) if r.id != own] if text.strip() else []

        self._session.read_index(channel, read, done)
