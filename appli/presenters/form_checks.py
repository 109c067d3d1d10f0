"""What is wrong in a form and what was understood of it: read aside, once nothing is typed for a moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from appli.presenters.form_filling import Filling
from appli.presenters.form_words import errors_words
from appli.presenters.session import Session
from appli.services.form_checking import Checked
from appli.services.form_model import SheetForm

if TYPE_CHECKING:
    from appli.services.directory import Directory

CHANNEL = "form-lecture"
REST = 300
"""Milliseconds without a key before what is typed is read."""


class Checks:
    """`shown` is called when there is something new to show."""

    def __init__(self, session: Session, filling: Callable[[], Filling | None], shown: Callable[[], None]) -> None:
        self._session = session
        self._filling = filling
        self._shown = shown
        self.found = Checked()
        self._left: set[str] = set()
        self._tried = False

    def begin(self) -> None:
        """Another form."""
        self.found, self._left, self._tried = Checked(), set(), False

    def errors(self) -> dict[str, str]:
        """What must be mended, by path: of the fields one has left, of all once saving was tried."""
        return {p: e for p, e in self.found.errors.items() if self._tried or p in self._left}

    def words(self) -> str:
        """« 2 champs à corriger »."""
        return errors_words(len(self.errors()))

    def left(self, path: str) -> None:
        """The cursor left a field: what is wrong there may be said."""
        if path not in self._left:
            self._left.add(path)
            self._session.jobs.later(CHANNEL, 0, self.now)

    def refused(self, errors: Mapping[str, str]) -> None:
        """Saving found these."""
        self._tried, self.found.errors = True, dict(errors)
        self._shown()

    def soon(self) -> None:
        """Once nothing is typed for a moment."""
        self._session.jobs.later(CHANNEL, REST, self.now)

    def now(self) -> None:
        """Read every field."""
        filling = self._filling()
        if filling is None:
            return
        asked = filling.snapshot()

        def read(directory: Directory, _stopped: object) -> tuple[SheetForm, Checked]:
            from appli.services.form_checking import check

            return asked.form, check(directory, asked, [q.path for q in asked.questions()])

        self._session.read(CHANNEL, read, self._read)

    def _read(self, answer: tuple[SheetForm, Checked]) -> None:
        form, found = answer
        filling = self._filling()
        if filling is not None and filling.form is form:
            self.found = found
            self._shown()
