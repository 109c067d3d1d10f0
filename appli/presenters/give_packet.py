"""« Préparer un paquet »: for whom, how much, under which words; then written and read again, or mailed, and told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from appli import config
from appli.domain.audience import Audience
from appli.domain.text import fold
from appli.i18n import _
from appli.presenters.give_words import mail_words, proposal_words, receiver_words, written_words
from appli.presenters.jobs import Ticket
from appli.presenters.notices import refusal_words
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.directory import Directory
    from appli.services.exchanging.giving import Given, Proposal
    from appli.services.exchanging.peers import Peer
    from appli.services.exchanging.requests import Asked

CHANNEL, MAIL = "paquet-proposition", "courriel"
Mailer = Callable[[str, str, Sequence[Path]], bool]
"""Opens a draft with files; whether it could."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is said once a packet is there. `mail`: the words for a mail one writes oneself; empty for none."""

    title: str
    words: str
    files: tuple[str, ...]
    folder: Path
    mail: str = ""


class GivePacketView(Protocol):
    """What draws the dialog."""

    def show_choices(self) -> None:
        """Another choice: fit the rest."""

    def show_progress(self, done: int, total: int) -> None:
        """How far the writing is."""

    def show_written(self, written: Written) -> None:
        """The packet is there; with words for a mail, its folder is to be opened and its address copied."""

    def show_refusal(self, words: str) -> None:
        """It could not be written; what was chosen stays."""


class GivePacket:
    """State of the dialog. Nothing is written before `write` or `mail`."""

    def __init__(
        self,
        shell: Shell,
        peers: Sequence[Peer],
        uid: bytes | None,
        done: Callable[[], None],
        asked: Asked | None = None,
    ) -> None:
        self._shell = shell
        self._session = shell.session
        self._peers = {p.uid: p for p in peers}
        self._asked = asked
        self._done = done
        self._ticket: Ticket | None = None
        self._proposal: Proposal | None = None
        self._whole: bool | None = None
        self.mailer: Mailer = _draft
        self.view: GivePacketView | None = None
        self.public = False
        self.phrase = ""
        self.volumes = False
        self.written: Written | None = None
        self.is_writing = False
        if asked is not None:
            self._peers[asked.peer.uid] = asked.peer
            uid = asked.peer.uid
        self.to: bytes | None = uid if uid in self._peers else None
        self._look()

    # --- the choices ---

    @property
    def receivers(self) -> list[tuple[bytes | None, str]]:
        """For whom it may be: everybody first."""
        everybody: list[tuple[bytes | None, str]] = [(None, _("Tout le monde : toutes les fiches partagées"))]
        return everybody + [(p.uid, receiver_words(p, self._asked)) for p in self._peers.values()]

    def set_receiver(self, uid: bytes | None) -> None:
        """For everybody, or for one PC: a public packet is for everybody."""
        self.to = uid
        self._proposal, self._whole = None, None
        if uid is not None:
            self.public = False
        self._look()
        self._fit()

    @property
    def may_be_part(self) -> bool:
        """Whether one chooses between all and what a PC lacks."""
        return self.to is not None

    @property
    def whole(self) -> bool:
        """All of it, or only what that PC lacks: what was asked for, what is proposed, or what was chosen."""
        if self._whole is not None:
            return self._whole
        if self._asked is not None and self._asked.peer.uid == self.to:
            return False
        return self._proposal.whole if self._proposal is not None else True

    def set_whole(self, on: bool) -> None:
        """Have it one's own way."""
        self._whole = on
        self._fit()

    @property
    def proposal(self) -> str:
        """What follows from that: « Il lui manque 12 fiches. Le paquet ne portera qu’elles. »."""
        return proposal_words(self._proposal, whole=self.whole) if self.to is not None else ""

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

    def write(self, path: Path, stick: str = "") -> None:
        """Write it there; `stick`: the name of the stick that the place is on."""
        self._write(path, self.volumes, "file", lambda given: self._is_written(given, stick))

    def mail(self, folder: Path) -> None:
        """Write it there in files that any mail takes, then open a draft with them."""
        self._write(folder / self.file_name(), True, "mail", self._draft)

    def stop(self) -> None:
        """Stop writing: the file that was there before stays."""
        if self._ticket is not None:
            self._ticket.stop()

    # --- parts ---

    def _write(self, path: Path, volumes: bool, way: str, done: Callable[[Given], None]) -> None:
        if self.why_not or self.is_writing:
            return
        target = path if path.suffix.lower() == ".maille" else path.with_name(f"{path.name}.maille")
        peer = self._peers.get(self.to) if self.to is not None else None
        if peer is not None and self.whole:
            peer = replace(peer, know={})
        audience = Audience.PUBLIC if self.public else Audience.SHARED
        phrase = self.phrase.strip() or None

        def work(directory: Directory, progress: Progress) -> Given:
            from appli.services.exchanging.giving import give
            from appli.services.exchanging.ways import Way

            return give(
                directory,
                target,
                to=peer,
                audience=audience,
                phrase=phrase,
                volumes=volumes,
                way=Way(way),
                progress=progress,
            )

        self.is_writing = True
        self._steps(0, 0, "")
        self._ticket = self._session.run(work, done, self._not_written, self._steps)

    def _is_written(self, given: Given, stick: str) -> None:
        self._tell(given, *written_words(given, stick, closed=bool(self.phrase.strip())))

    def _draft(self, given: Given) -> None:
        subject, body = mail_words(given)

        def told(opened: bool) -> None:
            title, words = written_words(given, "", closed=bool(self.phrase.strip()))
            title = _("Paquet écrit et vérifié. Un brouillon s’ouvre dans votre messagerie.")
            more = _("Vérifiez que le paquet y est joint, puis écrivez l’adresse de la personne.")
            if not opened:
                title = _("Paquet écrit et vérifié. Aucune messagerie ne s’est ouverte.")
                more = _("Son dossier s’ouvre, son adresse est copiée : joignez-le vous-même à un courriel.")
            self._tell(given, title, f"{words} {more}", "" if opened else f"{subject}\n\n{body}")

        self._session.jobs.read(
            MAIL, lambda _stopped: self.mailer(subject, body, given.paths), told, lambda _problem: told(False)
        )

    def _tell(self, given: Given, title: str, words: str, mail: str = "") -> None:
        self.is_writing, self._ticket = False, None
        self.written = Written(title, words, tuple(str(p) for p in given.paths), given.paths[0].parent, mail)
        if self.view is not None:
            self.view.show_written(self.written)
        self._done()

    def _not_written(self, problem: Exception) -> None:
        self.is_writing, self._ticket = False, None
        words = refusal_words(problem, _("Arrêté. Aucun paquet n’a été écrit."), self._shell.report)
        if self.view is not None:
            self.view.show_refusal(words)

    def _look(self) -> None:
        """Ask how much the PC chosen lacks."""
        peer = self._peers.get(self.to) if self.to is not None else None
        if peer is None:
            return

        def told(answer: tuple[bytes, Proposal]) -> None:
            if answer[0] == self.to:
                self._proposal = answer[1]
                self._fit()

        self._session.read(CHANNEL, lambda directory, _stopped: _proposed(directory, peer), told)

    def _steps(self, done: int, total: int, _label: str) -> None:
        if self.view is not None:
            self.view.show_progress(done, total)

    def _fit(self) -> None:
        if self.view is not None:
            self.view.show_choices()


def _proposed(directory: Directory, peer: Peer) -> tuple[bytes, Proposal]:
    from appli.services.exchanging.giving import propose

    return peer.uid, propose(directory, peer)


def _draft(subject: str, body: str, files: Sequence[Path]) -> bool:
    from appli.services.system import draft_mail

    return draft_mail(subject, body, files)


def is_stick(root: Path) -> bool:
    """Whether what is mounted there can be pulled out."""
    from appli.services import system

    return system.is_stick(root)


def _propose() -> str:
    from appli.services.exchanging.giving import propose_phrase

    return propose_phrase()
