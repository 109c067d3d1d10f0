"""The other PCs of the network: when one last gave and received, what each lacks, what one decides about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from appli import config
from appli.i18n import _, _n, number
from appli.presenters.exchange_section import ExchangeSection
from appli.presenters.give_packet import GivePacket
from appli.presenters.imports_journal import Question
from appli.presenters.jobs import Stopped
from appli.presenters.packet_words import Sign, day_words

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.exchanging.peers import Peer

SILENT_AFTER = 90 * 86_400_000
"""Milliseconds after which a PC is one that nothing is heard of."""


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One other PC."""

    uid: bytes
    name: str
    given: str
    """« Mes nouvelles jusqu’au 15 novembre »."""
    received: str
    sign: Sign
    revoked: bool
    has_key: bool


class ExchangePeers(ExchangeSection["tuple[tuple[Peer, int], ...]"]):
    """State of the list of PCs."""

    channel = "echanges-postes"
    _known: tuple[tuple[Peer, int], ...] = ()
    """Each with how many changes it lacks."""

    @property
    def rows(self) -> list[PeerRow]:
        """The other PCs, by name."""
        now = config.clock()()
        return [_peer_row(peer, behind, now) for peer, behind in self._known]

    # --- deeds ---

    def giving(self, uid: bytes | None = None) -> GivePacket:
        """The dialog that makes a packet: for everybody, or for that PC."""
        peers = [peer for peer, _behind in self._known if not _is_revoked(peer)]
        return GivePacket(self._shell, peers, uid, self.read)

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
        return next((p.label for p, _behind in self._known if p.uid == uid), "")

    def _ask(self, directory: Directory, _stopped: Stopped) -> tuple[tuple[Peer, int], ...]:
        from appli.services.exchanging import peers

        return tuple((one, peers.lacking(directory, one).changes) for one in peers.peers(directory))

    def _take(self, answer: tuple[tuple[Peer, int], ...]) -> None:
        self._known = answer
        if self._front:
            words = _n("{n} autre poste connu", "{n} autres postes connus", len(answer)) if answer else ""
            self._shell.say_status(words.format(n=number(len(answer))))


def _is_revoked(peer: Peer) -> bool:
    return peer.trust.value == "revoked"


def _peer_row(peer: Peer, behind: int, now: int) -> PeerRow:
    today = _day(now)
    given = _("Mes nouvelles : aucun paquet fait pour lui")
    if peer.given_at is not None:
        given = _("Mes nouvelles jusqu’au {day}").format(day=day_words(peer.given_at, today))
    received = _("les siennes : aucun paquet reçu")
    if peer.received_at is not None:
        received = _("les siennes jusqu’au {day}").format(day=day_words(peer.received_at, today))
    revoked = _is_revoked(peer)
    return PeerRow(
        uid=peer.uid,
        name=peer.label or _("Poste sans nom"),
        given=given,
        received=received,
        sign=_peer_sign(peer, behind, now, revoked=revoked),
        revoked=revoked,
        has_key=bool(peer.key),
    )


def _peer_sign(peer: Peer, behind: int, now: int, *, revoked: bool) -> Sign:
    if revoked:
        return Sign(_("écarté"), "danger", "x")
    if peer.received_at is None or now - peer.received_at > SILENT_AFTER:
        return Sign(_("sans nouvelles"), "neutral", "clock")
    if not behind:
        return Sign(_("à jour"), "success", "check")
    words = _n("{n} changement lui manque", "{n} changements lui manquent", behind).format(n=number(behind))
    return Sign(words, "warning", "package")


def _day(milliseconds: int) -> date:
    return datetime.fromtimestamp(milliseconds / 1000).astimezone().date()
