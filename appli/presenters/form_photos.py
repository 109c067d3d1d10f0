"""The photos of a form: files chosen or dropped become rows, each with its thumbnail; why they may stay here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from appli.domain.audience import Audience
from appli.errors import UserError
from appli.i18n import _
from appli.presenters.form_filling import Filling
from appli.presenters.session import Session

if TYPE_CHECKING:
    from appli.services.directory import Directory

CHANNEL = "form-photos"
LIST = "photos"


class PhotosView(Protocol):
    """What draws them."""

    def show_list(self, name: str, focus: str = "") -> None:
        """The rows of a list changed; the cursor goes to the row of that path."""

    def show_audiences(self) -> None:
        """Who sees what."""

    def show_photo_refusals(self, sentences: Sequence[str]) -> None:
        """Why files were not taken; nothing once all were."""

    def show_smalls(self, smalls: Mapping[str, bytes | None]) -> None:
        """Thumbnails by fingerprint; None for a photo that is not on this PC."""


class Owner(Protocol):
    """The form they belong to."""

    @property
    def filling(self) -> Filling | None:
        """What is being filled in."""

    @property
    def view(self) -> PhotosView | None:
        """What draws it."""

    def touched(self) -> None:
        """Something was changed."""


class FormPhotos:
    """The deeds; nothing happens when no form is open."""

    def __init__(self, owner: Owner, session: Session) -> None:
        self._owner = owner
        self._session = session
        self._took = False

    def add(self, paths: Sequence[Path]) -> None:
        """Take the photos of files: each one that is a photo becomes a row."""
        filling = self._owner.filling
        if filling is None or not paths or not self._session.can_write:
            return
        room = _room(filling)

        def work(directory: Directory) -> tuple[list[dict[str, Any]], list[str]]:
            from appli.services.photo_intake import intake

            taken: list[dict[str, Any]] = []
            refused: list[str] = []
            for path in paths[:room]:
                try:
                    taken.append(intake(directory, path))
                except UserError as problem:
                    refused.append(" ".join(part for part in (problem.message, problem.hint) if part))
            return taken, refused

        too_many = [_("Une fiche ne tient pas plus de photos. Les autres n’ont pas été prises.")]
        self._took = True
        self._session.do(work, lambda found: self._taken(filling, found[0], found[1] + too_many * (len(paths) > room)))

    def _taken(self, filling: Filling, taken: Sequence[Mapping[str, Any]], refused: Sequence[str]) -> None:
        view = self._owner.view
        if filling is not self._owner.filling or view is None:
            return  # another form was opened meanwhile
        present = {str(filling.asked.content(q.path)) for r in filling.asked.rows(LIST) for q in r.questions}
        path = ""
        for kept in taken:
            if kept["sha256"] not in present:
                present.add(kept["sha256"])
                path = filling.add_row(LIST, **{name: str(value) for name, value in kept.items()})
        if path:
            self._owner.touched()
            view.show_list(LIST, path)
            view.show_audiences()
        view.show_photo_refusals(list(refused))

    def ask_smalls(self) -> None:
        """The thumbnails of all rows."""
        filling = self._owner.filling
        if filling is None:
            return
        names = [fingerprint(filling, row) for row in filling.asked.rows(LIST)]

        def read(directory: Directory, _stopped: object) -> dict[str, bytes | None]:
            from appli.services.photos import small

            return {name: small(directory, name) for name in names if name}

        def show(found: dict[str, bytes | None]) -> None:
            if self._owner.view is not None:
                self._owner.view.show_smalls(found)

        if names:
            self._session.read(CHANNEL, read, show)

    def reason(self) -> str:
        """Why the photos stay on this PC, whatever is chosen for them; nothing when they need not."""
        filling = self._owner.filling
        if filling is None or filling.asked.photo_ceiling() > Audience.PRIVATE:
            return ""
        return _("Sans son accord pour « Photo », les photos d’une personne restent sur ce poste.")

    def done(self) -> None:
        """The form is saved or given up: photos that were chosen and taken off again go."""
        if self._took:
            self._took = False

            def work(directory: Directory) -> None:
                from appli.services.photos import tidy

                tidy(directory)

            self._session.do(work)


def fingerprint(filling: Filling, row: Any) -> str:
    """What names the photo of a row."""
    found: Callable[[str], Any] = filling.asked.content
    return next((str(found(q.path)) for q in row.questions if q.name == "sha256"), "")


def _room(filling: Filling) -> int:
    from appli.services.photo_intake import MOST

    return max(0, MOST - len(filling.asked.rows(LIST)))
