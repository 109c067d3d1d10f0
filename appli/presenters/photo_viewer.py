"""Looking at the photos of a sheet one after the other, and having one forgotten for ever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from appli.i18n import _, number
from appli.presenters.session import Session
from appli.presenters.sheet_beside import NOT_HERE, ShownPhoto
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.domain.changes import Changes
    from appli.services.directory import Directory

CHANNEL = "photo"


class PhotoView(Protocol):
    """What draws it."""

    def show_waiting(self, photo: ShownPhoto, place: str) -> None:
        """Its words and thumbnail, until it is read."""

    def show_photo(self, content: bytes | None, words: str) -> None:
        """The photo, written anew by us; or why there is none."""

    def ask_erasing(self, title: str, words: str, keep: str, erase: str) -> None:
        """Ask before forgetting it for ever; a yes calls `erase`."""

    def leave(self) -> None:
        """There is nothing left to look at."""


class PhotoViewer:
    """One photo of several."""

    def __init__(self, session: Session, shell: Shell, photos: Sequence[ShownPhoto], at: int) -> None:
        self._session = session
        self._shell = shell
        self.photos = list(photos)
        self.at = at
        self.view: PhotoView | None = None

    @property
    def current(self) -> ShownPhoto:
        """The photo looked at."""
        return self.photos[self.at]

    @property
    def can_erase(self) -> bool:
        """Whether one may write here."""
        return self._session.can_write

    def show(self) -> None:
        """Read the photo and draw it."""
        if self.view is None:
            return
        photo = self.current
        n, total = number(self.at + 1), number(len(self.photos))
        place = _("{n} sur {total}").format(n=n, total=total) if len(self.photos) > 1 else ""
        self.view.show_waiting(photo, place)
        if photo.small is None:
            self.view.show_photo(None, photo.why_not)
        else:
            self._session.read(CHANNEL, _reader(photo.sha256), self._found)

    def _found(self, content: bytes | None) -> None:
        if self.view is not None:
            self.view.show_photo(content, "" if content else self.current.why_not or _(NOT_HERE))

    def step(self, by: int) -> None:
        """The next one, or the one before; from the last to the first."""
        self.at = (self.at + by) % len(self.photos)
        self.show()

    def ask_erasing(self) -> None:
        """Somebody does not want it to be kept."""
        if self.view is not None and self.can_erase:
            words = _("Elle sera effacée ici, puis sur les autres postes du réseau. Cela ne pourra pas être annulé.")
            self.view.ask_erasing(_("Effacer cette photo partout ?"), words, _("Garder la photo"), _("Effacer partout"))

    def erase(self) -> None:
        """The person said yes."""
        photo = self.current

        def work(directory: Directory) -> Changes:
            from appli.services.erasing import erase_part

            return erase_part(directory, photo.id, _("Effacer une photo"))

        self._session.do(work, lambda _done: self._erased(photo))

    def _erased(self, photo: ShownPhoto) -> None:
        self._shell.toast(_("Photo effacée pour toujours."))
        self.photos = [p for p in self.photos if p.id != photo.id]
        self.at = min(self.at, len(self.photos) - 1)
        if self.photos:
            self.show()
        elif self.view is not None:
            self.view.leave()


def _reader(name: str) -> Callable[[Directory, object], bytes | None]:
    def read(directory: Directory, _stopped: object) -> bytes | None:
        from appli.services.photos import for_screen

        return for_screen(directory, name)

    return read
