"""« Préparer un paquet »: for whom, how far it may go, under which words; then written, read again, told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from appli import config
from appli.domain.audience import Audience
from appli.domain.text import fold
from appli.errors import AppError, Cancelled
from appli.i18n import _, _n, number
from appli.presenters.backup_list import size_words
from appli.presenters.jobs import Ticket
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.directory import Directory
    from appli.services.exchanging.giving import Given
    from appli.services.exchanging.peers import Peer


@dataclass(frozen=True, slots=True)
class Written:
    """What is said once a packet is there."""

    title: str
    words: str
    files: tuple[str, ...]
    folder: Path


class GivePacketView(Protocol):
    """What draws the dialog."""

    def show_choices(self) -> None:
        """Another choice: fit the rest."""

    def show_progress(self, done: int, total: int) -> None:
        """How far the writing is."""

    def show_written(self, written: Written) -> None:
        """The packet is there."""

    def show_refusal(self, words: str) -> None:
        """It could not be written; what was chosen stays."""


class GivePacket:
    """State of the dialog. Nothing is written before `write`."""

    def __init__(self, shell: Shell, peers: Sequence[Peer], uid: bytes | None, done: Callable[[], None]) -> None:
        self._shell = shell
        self._session = shell.session
        self._peers = {p.uid: p for p in peers}
        self._done = done
        self._ticket: Ticket | None = None
        self.view: GivePacketView | None = None
        self.to: bytes | None = uid if uid in self._peers else None
        self.public = False
        self.phrase = ""
        self.volumes = False
        self.written: Written | None = None
        self.is_writing = False

    # --- the choices ---

    @property
    def receivers(self) -> list[tuple[bytes | None, str]]:
        """For whom it may be: everybody first."""
        everybody: list[tuple[bytes | None, str]] = [(None, _("Tout le monde : toutes les fiches partagées"))]
        only = _("« {name} » seulement : ce qui lui manque")
        return everybody + [(p.uid, only.format(name=p.label)) for p in self._peers.values()]

    def set_receiver(self, uid: bytes | None) -> None:
        """For everybody, or for one PC: a public packet is for everybody."""
        self.to = uid
        if uid is not None:
            self.public = False
        self._fit()

    def set_public(self, public: bool) -> None:
        """What anybody may read, or what the network shares."""
        self.public = public and self.to is None
        self._fit()

    def protect(self, on: bool) -> None:
        """Close it with seven words, other ones each time it is asked."""
        self.phrase = _propose() if on else ""
        self._fit()

    def set_phrase(self, words: str) -> None:
        """Words of one's own."""
        self.phrase = words

    def set_volumes(self, on: bool) -> None:
        """Small files, for mail."""
        self.volumes = on

    def file_name(self, space: str = "") -> str:
        """The name proposed: whose news, and of which day."""
        day = datetime.fromtimestamp(config.clock()() / 1000).astimezone().date().isoformat()
        peer = self._peers.get(self.to) if self.to is not None else None
        words = fold(peer.label if peer else space) or "nouvelles"
        stem = "-".join("".join(c if c.isalnum() else " " for c in words).split())[:40]
        return f"{stem}-{day}.maille"

    @property
    def why_not(self) -> str:
        """Why it cannot be written; empty when it can."""
        return "" if self._session.can_write else _("Cet annuaire est ouvert en lecture seule.")

    # --- the deed ---

    def write(self, path: Path) -> None:
        """Write it there."""
        if self.why_not or self.is_writing:
            return
        target = path if path.suffix.lower() == ".maille" else path.with_name(f"{path.name}.maille")
        peer = self._peers.get(self.to) if self.to is not None else None
        audience = Audience.PUBLIC if self.public else Audience.SHARED
        phrase, volumes = self.phrase.strip() or None, self.volumes

        def work(directory: Directory, progress: Progress) -> Given:
            from appli.services.exchanging.giving import give

            return give(
                directory, target, to=peer, audience=audience, phrase=phrase, volumes=volumes, progress=progress
            )

        self.is_writing = True
        self._steps(0, 0, "")
        self._ticket = self._session.run(work, self._is_written, self._not_written, self._steps)

    def stop(self) -> None:
        """Stop writing: the file that was there before stays."""
        if self._ticket is not None:
            self._ticket.stop()

    # --- answers ---

    def _is_written(self, given: Given) -> None:
        self.is_writing, self._ticket = False, None
        count = len(given.paths)
        if count == 1:
            title = _("Paquet écrit et vérifié : vous pouvez retirer la clé.")
        else:
            title = _n(
                "Paquet écrit en {n} fichier et vérifié : vous pouvez retirer la clé.",
                "Paquet écrit en {n} fichiers et vérifié : vous pouvez retirer la clé.",
                count,
            ).format(n=number(count))
        words = _n("{n} élément, {size}.", "{n} éléments, {size}.", given.records)
        said = words.format(n=number(given.records), size=size_words(given.bytes))
        if self.phrase.strip():
            said = f"{said} {_('Donnez la phrase secrète de vive voix, pas avec le fichier.')}"
        self.written = Written(title, said, tuple(str(p) for p in given.paths), given.paths[0].parent)
        if self.view is not None:
            self.view.show_written(self.written)
        self._done()

    def _not_written(self, problem: Exception) -> None:
        self.is_writing, self._ticket = False, None
        words = ""
        if isinstance(problem, Cancelled):
            words = _("Arrêté. Aucun paquet n’a été écrit.")
        elif isinstance(problem, AppError):
            words = f"{problem.message} {problem.hint}".strip()
        else:
            self._shell.report(problem)
        if self.view is not None:
            self.view.show_refusal(words)

    def _steps(self, done: int, total: int, _label: str) -> None:
        if self.view is not None:
            self.view.show_progress(done, total)

    def _fit(self) -> None:
        if self.view is not None:
            self.view.show_choices()


def _propose() -> str:
    from appli.services.exchanging.giving import propose_phrase

    return propose_phrase()
