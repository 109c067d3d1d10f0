"""The other PCs of the network: when one last gave and received, what each lacks, what one decides about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from appli import config
from appli.i18n import _, _n, number
from appli.presenters.exchange_section import ExchangeSection
from appli.presenters.give_packet import GivePacket
from appli.presenters.imports_journal import Question
from appli.presenters.jobs import Stopped
from appli.presenters.packet_words import Sign, gap_words
from appli.presenters.peer_roles import RolesShown, give_role, roles_shown
from appli.presenters.peer_words import SILENT_AFTER, day_of, details_of, differs_words, peer_words, sign_of

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.exchanging.peers import Lacking, Peer
    from appli.services.exchanging.requests import Asked

__all__ = ["SILENT_AFTER", "ExchangePeers", "PeerRow"]


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One other PC."""

    uid: bytes
    name: str
    words: str
    """« Mes nouvelles jusqu’au 15 novembre, les siennes jusqu’au 18 novembre »."""
    sign: Sign
    revoked: bool
    has_key: bool
    details: tuple[tuple[str, str], ...]
    """(what, how it is), shown when one asks."""
    role: str = ""
    """« référent », in words; empty for none."""
    deeds: tuple[tuple[str, str], ...] = ()
    """(role or nothing, words) of what this PC may name it."""


@dataclass(frozen=True, slots=True)
class Known:
    """All that is shown."""

    peers: tuple[tuple[Peer, Lacking | None], ...] = ()
    """Each with what it lacks; None where it did not say what it has."""
    missing: tuple[tuple[bytes, str], ...] = ()
    """(PC, « Il manque les modifications 101 à 149 du poste « Accueil » »)."""
    own_words: str = ""
    """The words of this PC's own key, that others compare."""
    roles: RolesShown = field(default_factory=RolesShown)


class ExchangePeers(ExchangeSection[Known]):
    """State of the list of PCs."""

    channel = "echanges-postes"
    _known = Known()

    @property
    def rows(self) -> list[PeerRow]:
        """The other PCs, by name."""
        now = config.clock()()
        return [self._row(peer, lacks, now) for peer, lacks in self._known.peers]

    @property
    def missing(self) -> list[str]:
        """What is known to lack here, of PCs that are in the list and of others."""
        differing = (differs_words(peer) for peer, _lacks in self._known.peers if peer.differs)
        return [*differing, *(words for _uid, words in self._known.missing)]

    @property
    def own_words(self) -> str:
        """The six words of this PC's key; empty as long as it signed nothing."""
        return self._known.own_words

    @property
    def own_role(self) -> str:
        """What this PC holds, and what follows from it."""
        return self._known.roles.own

    # --- deeds ---

    def name(self, uid: bytes, role: str) -> None:
        """Give a PC a role, or take it away."""
        give_role(self._shell, self._session, uid, role, self._name(uid), self.read)

    def giving(self, uid: bytes | None = None, asked: Asked | None = None) -> GivePacket:
        """The dialog that makes a packet: for everybody, for that PC, or for the one that asked."""
        peers = [peer for peer, _lacks in self._known.peers if not _is_revoked(peer)]
        return GivePacket(self._shell, peers, uid, self.read, asked)

    def request_name(self) -> str:
        """The name proposed for a request: whose it is, of which day."""
        from appli.services.exchanging.requests import SUFFIX

        return f"demande-{day_of(config.clock()()).isoformat()}{SUFFIX}"

    def write_request(self, path: Path) -> None:
        """« Faire une demande »: write what this PC has, for another to make just the rest."""

        def work(directory: Directory) -> Path:
            from appli.services.exchanging.requests import ask

            return ask(directory, path)

        def done(written: Path) -> None:
            words = _("Demande écrite et relue : « {name} ». Donnez-la à un autre poste, il fera juste ce qui manque.")
            self._shell.toast(words.format(name=written.name))

        self._session.do(work, done, self._shell.report)

    def answer(self, path: Path, ready: Callable[[GivePacket], None]) -> None:
        """A request came: prepare what it asks for."""

        def work(directory: Directory) -> Asked:
            from appli.services.exchanging import requests

            asked = requests.read(directory, path)
            requests.note(directory, asked)
            return asked

        self._session.when_open(
            lambda: self._session.do(work, lambda asked: ready(self.giving(asked=asked)), self._shell.report)
        )

    def set_revoked(self, uid: bytes, *, revoked: bool) -> None:
        """Take nothing more from a PC, or again."""
        from appli.services.exchanging import peers

        name = self._name(uid)
        words = _("Le poste « {name} » est écarté : ses paquets ne seront plus lus.").format(name=name)
        if not revoked:
            words = _("Les paquets du poste « {name} » sont acceptés à nouveau.").format(name=name)
        self._write(
            lambda directory: peers.revoke(directory, uid, revoked=revoked),
            words,
            back=lambda: self.set_revoked(uid, revoked=not revoked),
        )

    def ask_to_forget_key(self, uid: bytes) -> None:
        """Forgetting a key has to be wanted: it is what protects from somebody else's packets."""
        if self.view is None:
            return
        name = self._name(uid)
        question = Question(
            _("Oublier l’ancienne clé de « {name} » ?").format(name=name),
            _(
                "À faire si ce poste a été réinstallé, après avoir appelé la personne. Son prochain paquet sera montré "
                "comme un premier paquet, avec les six mots de sa nouvelle clé à comparer."
            ),
            _("Garder la clé"),
            _("Oublier la clé"),
        )
        self.view.ask(question, lambda: self._forget_key(uid, name))

    # --- parts ---

    def _row(self, peer: Peer, lacks: Lacking | None, now: int) -> PeerRow:
        revoked = _is_revoked(peer)
        missing = [words for uid, words in self._known.missing if uid == peer.uid]
        return PeerRow(
            uid=peer.uid,
            name=peer.label or _("Poste sans nom"),
            words=peer_words(peer, now),
            sign=sign_of(peer, lacks, now, revoked=revoked),
            revoked=revoked,
            has_key=bool(peer.key),
            details=details_of(peer, lacks, missing, now),
            role=self._known.roles.words_of(peer.uid),
            deeds=self._known.roles.deeds_for(peer.uid) if peer.key and not revoked else (),
        )

    def _forget_key(self, uid: bytes, name: str) -> None:
        from appli.services.exchanging import peers

        words = _("L’ancienne clé de « {name} » est oubliée.").format(name=name)
        self._write(lambda directory: peers.forget_key(directory, uid), words)

    def _write(self, work: Callable[[Directory], None], words: str, back: Callable[[], None] | None = None) -> None:
        def done(_none: None) -> None:
            self._shell.toast(words, back=back)
            self.read()

        self._session.do(work, done, self._shell.report)

    def _name(self, uid: bytes) -> str:
        return next((p.label for p, _lacks in self._known.peers if p.uid == uid), "")

    def _ask(self, directory: Directory, _stopped: Stopped) -> Known:
        from appli.services.exchanging import peers
        from appli.services.exchanging.giving import own_fingerprint
        from appli.services.sheets import replica_label

        found = peers.peers(directory)
        gaps = (
            (uid, gap_words({"replica": replica_label(directory, uid), "from": low, "to": high}))
            for uid, some in sorted(peers.missing_here(directory).items())
            for low, high in some
        )
        return Known(
            tuple((one, peers.lacking(directory, one) if one.know else None) for one in found),
            tuple(gaps),
            own_fingerprint(directory),
            roles_shown(directory, [one.uid for one in found]),
        )

    def _take(self, answer: Known) -> None:
        self._known = answer
        if self._front:
            count = len(answer.peers)
            words = _n("{n} autre poste connu", "{n} autres postes connus", count) if count else ""
            self._shell.say_status(words.format(n=number(count)))


def _is_revoked(peer: Peer) -> bool:
    return peer.trust.value == "revoked"
