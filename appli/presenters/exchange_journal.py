"""The journal of exchanges: what went and came, when and with whom; taking back what came; a copy for the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from appli import config
from appli.i18n import _, _n, number
from appli.presenters.exchange_section import ExchangeSection
from appli.presenters.jobs import Stopped
from appli.presenters.packet_words import did_words
from appli.presenters.taking_back import Told, question_of, take_back, told_of
from appli.presenters.to_settle_words import when_words

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.exchanging.journal import Came, Exchange, Made

FIRST_SHOWN = 5
MORE = 50
"""So many older ones each time one asks."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One packet. `seq`: the number of one received, to take it back; None where nothing can be taken back."""

    seq: int | None
    icon: str
    did: str
    """« Réuni », « Donné », « Annulé »."""
    rest: str
    when: str
    name: str


class ExchangeJournal(ExchangeSection["tuple[Exchange, ...]"]):
    """State of the list."""

    channel = "echanges-journal"
    _known: tuple[Exchange, ...] = ()
    _most = FIRST_SHOWN

    @property
    def lines(self) -> list[JournalLine]:
        """What went and came, the latest first."""
        today = datetime.fromtimestamp(config.clock()() / 1000).astimezone().date()
        return [_line(one, today) for one in self._known[: self._most]]

    @property
    def hidden(self) -> int:
        """How many older ones are not shown."""
        return max(0, len(self._known) - self._most)

    @property
    def is_empty(self) -> bool:
        """Whether nothing went nor came yet."""
        return not self._known

    def show_older(self) -> None:
        """Some older ones too."""
        self._most += MORE
        self._show()

    def file_name(self) -> str:
        """The name proposed for the copy."""
        day = datetime.fromtimestamp(config.clock()() / 1000).astimezone().date().isoformat()
        return f"journal-des-echanges-{day}.csv"

    def save_copy(self, path: Path) -> None:
        """Write the whole journal as a table, for the board."""
        from appli.services.exchanging.journal_table import write_table

        target = path if path.suffix.lower() == ".csv" else path.with_name(f"{path.name}.csv")

        def done(_none: None) -> None:
            self._shell.toast(_("Journal enregistré : « {name} ».").format(name=target.name))

        self._session.read(
            "echanges-copie", lambda directory, _stopped: write_table(directory, target), done, self._shell.report
        )

    def ask_to_take_back(self, seq: int) -> None:
        """Say what taking a packet back would do, before it is done: rehearsed, then asked."""
        line = next((one for one in self.lines if one.seq == seq), None)
        if line is None or self.why_not_write:
            return

        def look(directory: Directory) -> Told:
            return told_of(directory, seq)

        def ask(told: Told) -> None:
            if self.view is not None:
                self.view.ask(question_of(line.name, told), lambda: take_back(self._shell, seq, line.name, self.read))

        self._session.do(look, ask, self._shell.report)

    def _ask(self, directory: Directory, _stopped: Stopped) -> tuple[Exchange, ...]:
        from appli.services.exchanging.journal import journal

        return tuple(_by_day(journal(directory)))

    def _take(self, answer: tuple[Exchange, ...]) -> None:
        self._known = answer


def _by_day(every: Iterable[Exchange]) -> Iterable[Exchange]:
    """What went into the shared folder by itself, told once a day: the latest, with the sheets of all."""
    from dataclasses import replace

    from appli.services.exchanging.journal import Made
    from appli.services.exchanging.ways import Way

    kept: list[Exchange] = []
    days: dict[date, int] = {}
    for one in every:
        if not isinstance(one.what, Made) or one.what.way is not Way.FOLDER:
            kept.append(one)
            continue
        day = datetime.fromtimestamp(one.at / 1000).astimezone().date()
        if day in days:
            latest = kept[days[day]]
            assert isinstance(latest.what, Made)
            total = latest.what.sheets + one.what.sheets
            kept[days[day]] = replace(latest, what=replace(latest.what, sheets=total))
        else:
            days[day] = len(kept)
            kept.append(one)
    return kept


def _line(one: Exchange, today: date) -> JournalLine:
    from appli.services.exchanging.journal import Came

    when = when_words(one.at, today)
    return _came(one.what, when, today) if isinstance(one.what, Came) else _made(one.what, when)


def _came(came: Came, when: str, today: date) -> JournalLine:
    name = came.label or _("un autre poste")
    packet = _("le paquet public de « {name} » : {did}") if came.network else _("le paquet de « {name} » : {did}")
    rest = packet.format(name=name, did=came_words(came))
    if came.way == "folder":
        rest = _("{what}, par le dossier partagé").format(what=rest)
    if came.undone is not None:
        when = _("{when} ; annulé {undone}").format(when=when, undone=when_words(came.undone, today))
        return JournalLine(None, "undo-2", _("Annulé"), rest, when, name)
    return JournalLine(came.seq, "package-open", _("Réuni"), rest, when, name)


def _made(made: Made, when: str) -> JournalLine:
    name = made.label or _("tout le monde")
    count = _n("{n} fiche", "{n} fiches", made.sheets).format(n=number(made.sheets))
    rest = (
        _("à « {name} » : {what}").format(name=made.label, what=count)
        if made.label
        else _("à tout le monde : {what}").format(what=count)
    )
    if made.way == "folder":
        rest = _("dans le dossier partagé : {what}").format(what=count)
    elif made.way == "mail":
        rest = _("{what}, par courriel").format(what=rest)
    if made.public:
        rest = _("{what}, public").format(what=rest)
    return JournalLine(None, "package", _("Donné"), rest, when, name)


def came_words(came: Came) -> str:
    """« 6 nouvelles, 2 modifiées, 1 laissée de côté »."""
    sheets: Mapping[str, int] = came.sheets or {}
    said = did_words(
        sheets.get("new", 0), sheets.get("changed", 0) + sheets.get("conflict", 0), sheets.get("erased", 0)
    )
    if came.left_out:
        left = _n("{n} laissée de côté", "{n} laissées de côté", came.left_out).format(n=number(came.left_out))
        said = f"{said}, {left}" if said else left
    return said or _("rien de neuf")
