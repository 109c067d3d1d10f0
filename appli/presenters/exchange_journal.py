"""The journal of exchanges: what came, when and from whom, and the way to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from appli import config
from appli.i18n import _, _n, number
from appli.presenters.exchange_section import ExchangeSection
from appli.presenters.imports_journal import Question
from appli.presenters.jobs import Stopped
from appli.presenters.packet_words import did_words
from appli.presenters.taking_back import take_back
from appli.presenters.to_settle_words import when_words
from appli.services.exchanging.previewing import Fate

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.store.packets import Packet

FIRST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class PacketLine:
    """One packet received. `seq`: its number, to take it back."""

    seq: int
    sender: str
    did: str
    when: str
    undone: bool


class ExchangeJournal(ExchangeSection["tuple[Packet, ...]"]):
    """State of the list."""

    channel = "echanges-journal"
    _known: tuple[Packet, ...] = ()
    _all = False

    @property
    def lines(self) -> list[PacketLine]:
        """The packets received, the latest first."""
        shown = self._known if self._all else self._known[:FIRST_SHOWN]
        return [_line(one, _day(config.clock()())) for one in shown]

    @property
    def hidden(self) -> int:
        """How many older packets are not shown."""
        return 0 if self._all else max(0, len(self._known) - FIRST_SHOWN)

    def show_older(self) -> None:
        """The older ones too."""
        self._all = True
        self._show()

    def ask_to_take_back(self, seq: int) -> None:
        """Say what taking a packet back does, before it is done."""
        line = next((one for one in self.lines if one.seq == seq), None)
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

    def _ask(self, directory: Directory, _stopped: Stopped) -> tuple[Packet, ...]:
        from appli.services.exchanging import receiving

        return tuple(receiving.received(directory))

    def _take(self, answer: tuple[Packet, ...]) -> None:
        self._known = answer


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
