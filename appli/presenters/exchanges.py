"""Échanges: the other PCs of the network, the packets received here, and the ways to give and to receive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from appli import config
from appli.i18n import _, _n, number
from appli.presenters.give_packet import GivePacket
from appli.presenters.imports_journal import Question
from appli.presenters.jobs import Stopped
from appli.presenters.packet_words import Sign, day_words, did_words
from appli.presenters.shell import DUPLICATES, TO_SETTLE, Shell
from appli.presenters.taking_back import take_back
from appli.presenters.to_settle_words import when_words
from appli.services.exchanging.previewing import Fate

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.exchanging.peers import Peer
    from appli.store.packets import Packet

CHANNEL = "echanges"
GIVE = "give"
"""What a request asks of the page to have a packet prepared at once."""
SILENT_AFTER = 90 * 86_400_000
"""Milliseconds after which a PC is one that nothing is heard of."""
FIRST_SHOWN = 5


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


@dataclass(frozen=True, slots=True)
class PacketLine:
    """One packet received. `seq`: its number, to take it back."""

    seq: int
    sender: str
    did: str
    when: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Known:
    """All that the page shows."""

    peers: tuple[tuple[Peer, int], ...]
    """Each with how many changes it lacks."""
    packets: tuple[Packet, ...]
    to_settle: int


class ExchangesView(Protocol):
    """What draws the page."""

    def show_all(self) -> None:
        """PCs, journal and counts are known, or others."""

    def ask(self, question: Question, yes: Callable[[], None]) -> None:
        """Have the person choose."""


class Exchanges:
    """State of the page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self._known = Known((), (), 0)
        self._front = False
        self._all = False
        self.is_known = False
        self.view: ExchangesView | None = None
        self._leave = self._session.changed.listen(lambda _changes: self._read() if self._front else None)

    # --- coming and going ---

    def enter(self) -> None:
        """The page is at the front."""
        self._front = True
        self._read()

    def leave(self) -> None:
        """Another page is."""
        self._front = False

    def close(self) -> None:
        """Stop listening."""
        self._leave()

    # --- what is shown ---

    @property
    def why_not_write(self) -> str:
        """Why nothing can be exchanged now; empty when it can."""
        return "" if self._session.can_write else _("Cet annuaire est ouvert en lecture seule.")

    @property
    def to_settle(self) -> int | None:
        """How many fields have several values; None where no page settles them."""
        return self._known.to_settle if self._shell.has_page(TO_SETTLE) else None

    @property
    def has_duplicates(self) -> bool:
        """Whether a page looks for sheets that are one."""
        return self._shell.has_page(DUPLICATES)

    @property
    def peers(self) -> list[PeerRow]:
        """The other PCs, by name."""
        now = config.clock()()
        return [_peer_row(peer, behind, now) for peer, behind in self._known.peers]

    @property
    def packets(self) -> list[PacketLine]:
        """The packets received, the latest first."""
        shown = self._known.packets if self._all else self._known.packets[:FIRST_SHOWN]
        return [_line(one, _day(config.clock()())) for one in shown]

    @property
    def hidden(self) -> int:
        """How many older packets are not shown."""
        return 0 if self._all else max(0, len(self._known.packets) - FIRST_SHOWN)

    # --- deeds ---

    def show_all_packets(self) -> None:
        """The older ones too."""
        self._all = True
        self._show()

    def settle(self) -> None:
        """To the fields with several values."""
        self._shell.go(TO_SETTLE)

    def judge(self) -> None:
        """To the sheets that may be one."""
        self._shell.go(DUPLICATES)

    def giving(self, uid: bytes | None = None) -> GivePacket:
        """The dialog that makes a packet: for everybody, or for that PC."""
        peers = [peer for peer, _behind in self._known.peers if not _is_revoked(peer)]
        return GivePacket(self._shell, peers, uid, self._read)

    def ask_to_take_back(self, seq: int) -> None:
        """Say what taking a packet back does, before it is done."""
        line = next((one for one in self.packets if one.seq == seq), None)
        if line is None or self.view is None or self.why_not_write:
            return
        title = _("Annuler le paquet de « {name} » ?").format(name=line.sender)
        words = _(
            "Les fiches qu’il a apportées partiront, les champs qu’il a changés reprendront leur valeur. "
            "Ce qui a été écrit depuis restera et vous sera nommé ; un effacement ne revient pas. "
            "Vous pourrez réunir ce paquet de nouveau."
        )
        question = Question(title, words, _("Garder le paquet"), _("Annuler le paquet"))
        self.view.ask(question, lambda: take_back(self._shell, seq, line.sender))

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
            self._read()

        self._session.do(work, done, self._shell.report)

    def _name(self, uid: bytes) -> str:
        return next((p.label for p, _behind in self._known.peers if p.uid == uid), "")

    def _read(self) -> None:
        self._session.read(CHANNEL, _read, self._found)

    def _found(self, known: Known) -> None:
        self._known, self.is_known = known, True
        self._show()
        if self._front:
            count = len(known.peers)
            words = _n("{n} autre poste connu", "{n} autres postes connus", count) if count else ""
            self._shell.say_status(words.format(n=number(count)))

    def _show(self) -> None:
        if self.view is not None:
            self.view.show_all()


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


def _line(one: Packet, today: date) -> PacketLine:
    facts = one.facts
    return PacketLine(
        seq=one.seq,
        sender=str(facts.get("label") or _("un autre poste")),
        did=_did(facts),
        when=when_words(one.at, today),
        undone=one.undone is not None,
    )


def _did(facts: Mapping[str, Any]) -> str:
    sheets = facts.get("sheets")
    if isinstance(sheets, dict):
        changed = sum(sheets.get(f, 0) for f in (Fate.CHANGED.value, Fate.CONFLICT.value, "trashed"))
        said = did_words(sheets.get(Fate.NEW.value, 0), changed, sheets.get(Fate.ERASED.value, 0))
    else:
        # received from the terminal: what was counted are records of all sorts
        count = int(facts.get("new", 0)) + int(facts.get("changed", 0)) + int(facts.get("erased", 0))
        said = _n("{n} élément", "{n} éléments", count).format(n=number(count)) if count else ""
    return said or _("rien de neuf")


def _day(milliseconds: int) -> date:
    return datetime.fromtimestamp(milliseconds / 1000).astimezone().date()


def _read(directory: Directory, _stopped: Stopped) -> Known:
    from appli.services import settling
    from appli.services.exchanging import peers, receiving

    found = tuple((one, peers.behind(directory, one)) for one in peers.peers(directory))
    return Known(found, tuple(receiving.received(directory)), len(settling.questions(directory)))
