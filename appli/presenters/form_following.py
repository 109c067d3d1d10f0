"""A form follows its sheet: what another window, an import or an undoing writes meanwhile comes under what is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from appli.domain.changes import Changes
from appli.presenters.form_filling import Filling
from appli.presenters.shell import Shell
from appli.services.form_model import FilledForm

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.form_renewing import Renewed

CHANNEL = "form-ailleurs"


class Following:
    """Reads the sheet again after each writing; `renewed` hears only of one that stands otherwise."""

    def __init__(
        self,
        shell: Shell,
        filling: Callable[[], Filling | None],
        renewed: Callable[[Renewed], None],
        lost: Callable[[Exception], None],
    ) -> None:
        """`lost` is called when the sheet is no more."""
        self._shell = shell
        self._filling = filling
        self._renewed = renewed
        self._lost = lost
        self._stop = shell.session.changed.listen(self._changed)

    def close(self) -> None:
        """Stop listening."""
        self._stop()

    def _changed(self, _changes: Changes) -> None:
        filling = self._filling()
        if filling is None or filling.form.record is None:
            return
        record, former, asked = filling.form.record, filling.snapshot(), filling.snapshot()

        def read(directory: Directory, _stopped: object) -> tuple[FilledForm, Renewed | None]:
            from appli.services.form_reading import form_of
            from appli.services.form_renewing import renew

            now = form_of(directory, record)
            return former, None if now == asked.form else renew(asked.filled, now, asked.form)

        self._shell.session.read(CHANNEL, read, self._read, self._lost)

    def _read(self, answer: tuple[FilledForm, Renewed | None]) -> None:
        former, found = answer
        filling = self._filling()
        if found is None or filling is None or filling.form is not former.form:
            return
        if filling.filled == former.filled:
            self._renewed(found)
        else:  # one typed on meanwhile: once more, over what is typed now
            self._changed(Changes())
