"""« Effacements » : what others ask to erase and waits here for a yes or a no, and what became of each order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from appli import config
from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.i18n import _, _n, number
from appli.presenters import bases_aside
from appli.presenters.exchange_section import ExchangeSection, SectionView
from appli.presenters.imports_journal import Question as Asked
from appli.presenters.jobs import Stopped
from appli.presenters.packet_words import Sign, day_words
from appli.presenters.peer_words import day_of
from appli.presenters.shell import ANNUAIRE, Request

if TYPE_CHECKING:
    from appli.services.bases_aside import BaseAside
    from appli.services.directory import Directory
    from appli.services.exchanging.erasures import FollowUp, Question

FIRST = 5
"""Orders shown at first."""
NAMED = 4
"""PCs named of those that did not confirm; the page to hand over names all."""


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A sheet that others want erased."""

    id: RecordId
    sheet: RecordId
    title: str
    words: str
    refused: bool


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order and where it is known to have arrived."""

    uid: str
    title: str
    words: str
    where: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class Known:
    """All that is shown."""

    questions: tuple[Question, ...] = ()
    orders: tuple[FollowUp, ...] = ()
    aside: tuple[BaseAside, ...] = ()
    """Bases set aside on this PC, in which whoever was erased may still be."""


class ErasuresView(SectionView, Protocol):
    """What draws the part."""

    def open_file(self, path: Path) -> None:
        """Have the system open a page that was just written."""


class ExchangeErasures(ExchangeSection[Known]):
    """State of the part."""

    view: ErasuresView | None
    channel = "echanges-effacements"
    _known = Known()
    _all = False

    @property
    def asked(self) -> list[AskedRow]:
        """What waits for a decision; what was refused comes last."""
        today = day_of(config.clock()())
        rows = [self._asked(one, today) for one in self._known.questions]
        return sorted(rows, key=lambda row: row.refused)

    @property
    def orders(self) -> list[OrderRow]:
        """The latest orders first."""
        today = day_of(config.clock()())
        shown = self._known.orders if self._all else self._known.orders[:FIRST]
        return [order_row(one, today) for one in shown]

    @property
    def hidden(self) -> int:
        """How many older orders are not shown."""
        return 0 if self._all else max(0, len(self._known.orders) - FIRST)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever erased nor asked."""
        return not self._known.questions and not self._known.orders

    @property
    def aside(self) -> str:
        """What to say of the bases set aside on this PC; empty when nobody erased can be in them."""
        count = len(self._known.aside) if self._known.orders else 0
        words = _n(
            "Une base mise de côté après une panne, sur ce poste, peut encore contenir des personnes effacées.",
            "{n} bases mises de côté après une panne, sur ce poste, peuvent encore contenir des personnes effacées.",
            count,
        )
        return words.format(n=number(count)) if count else ""

    # --- deeds ---

    def ask_to_delete_aside(self) -> None:
        """Deleting them has to be wanted."""
        chosen = self._known.aside
        if chosen and self.view is not None:
            delete = partial(bases_aside.delete, self._session, self._shell, chosen, self.read)
            self.view.ask(bases_aside.question_of(chosen), delete)

    def show_more(self) -> None:
        """The older orders too."""
        self._all = True
        self._show()

    def look(self, record: RecordId) -> None:
        """See the sheet before one decides."""
        self._shell.go(ANNUAIRE, Request(record=record))

    def ask_to_erase(self, record: RecordId) -> None:
        """Saying yes has to be wanted: nothing brings the sheet back."""
        row = next((one for one in self.asked if one.id == record), None)
        if row is None or self.view is None:
            return
        question = Asked(
            _("Effacer « {title} » ici aussi ?").format(title=row.title),
            _(
                "La fiche et tout ce qui lui est rattaché seront effacés de ce poste pour toujours, avec ce qui y a "
                "été écrit depuis la demande. Ce poste signera l’ordre à son tour. Cela ne pourra pas être annulé."
            ),
            _("Garder la fiche"),
            _("Effacer ici aussi"),
        )
        self.view.ask(question, lambda: self._erase(record))

    def refuse(self, record: RecordId, *, refused: bool = True) -> None:
        """Keep the sheet here, or think it over again."""

        def work(directory: Directory) -> None:
            directory.store.orders.refuse([record], refused=refused)

        def done(_none: None) -> None:
            words = _("Refusé : la fiche reste ici.") if refused else _("La demande attend de nouveau une réponse.")
            self._shell.toast(words, back=lambda: self.refuse(record, refused=not refused))
            self.read()

        self._session.do(work, done, self._shell.report)

    def proof_name(self, uid: str) -> str:
        """The name proposed for a proof."""
        row = next(one for one in self._known.orders if one.uid == uid)
        return f"attestation-effacement-{row.codes[0] if row.codes else uid[:8]}.html"

    def write_proof(self, uid: str, path: Path) -> None:
        """Write the page one hands over."""

        def work(directory: Directory) -> Path:
            from appli.services.exchanging.erasures import write_proof

            return write_proof(directory, uid, path)

        def done(written: Path) -> None:
            self._shell.toast(_("Attestation écrite : « {name} ».").format(name=written.name))
            if self.view is not None:
                self.view.open_file(written)

        self._session.do(work, done, self._shell.report)

    # --- parts ---

    def _erase(self, record: RecordId) -> None:
        def work(directory: Directory) -> Changes:
            from appli.services.erasing import accept

            return accept(directory, [record])

        def done(_changes: Changes) -> None:
            self._shell.toast(_("Fiche effacée pour toujours."))
            self.read()

        self._session.do(work, done, self._shell.report)

    def _asked(self, one: Question, today: date) -> AskedRow:
        from appli.services.exchanging.erasures import reason_words

        words = _("Demandé par « {name} » le {day}, {reason}.")
        if not one.signed:
            words = _("Demandé par un paquet de « {name} » le {day}, sans ordre signé : vérifiez avec la personne.")
        said = words.format(name=one.by, day=day_words(one.at, today), reason=reason_words(one.reason))
        if one.refused:
            said = _("Refusé ici.") + " " + said
        title = f"{one.title or _('(sans nom)')} · {one.code}"
        return AskedRow(one.id, one.sheet, f"{title} · {one.part}" if one.part else title, said, one.refused)

    def _ask(self, directory: Directory, _stopped: Stopped) -> Known:
        from appli.services.exchanging import erasures

        return Known(
            tuple(erasures.questions(directory)),
            tuple(erasures.follow_ups(directory)),
            bases_aside.found_in(directory.store.path),
        )

    def _take(self, answer: Known) -> None:
        self._known = answer


def order_row(one: FollowUp, today: date) -> OrderRow:
    """What became of an order, in words."""
    from appli.services.exchanging.erasures import reason_words

    codes, rest = ", ".join(one.codes[:3]), len(one.codes[3:])
    title = _n("Fiche {codes}", "Fiches {codes}", len(one.codes)).format(codes=codes)
    if rest:
        title = _n("Fiches {codes} et {n} autre", "Fiches {codes} et {n} autres", rest)
        title = title.format(codes=codes, n=number(rest))
    words = _("{day}, {reason} · ordre de « {name} »").format(
        day=day_words(one.at, today), reason=reason_words(one.reason), name=one.author
    )
    done, of = len(one.have), one.of
    said = _n("Effacée sur {n} poste connu sur {of}", "Effacée sur {n} postes connus sur {of}", done)
    if not one.counts:
        said = _n("Ordre reçu par {n} poste connu sur {of}", "Ordre reçu par {n} postes connus sur {of}", done)
    if of == 1:
        said = _("Effacée sur le seul poste connu")
    where = said.format(n=number(done), of=number(of))
    if one.silent:
        names = ", ".join(f"« {name} »" for name, _at in one.silent[:NAMED])
        rest = len(one.silent[NAMED:])
        if rest:
            more = _n("{names} et {n} autre", "{names} et {n} autres", rest)
            names = more.format(names=names, n=number(rest))
        where += _(", sans confirmation de {names}").format(names=names)
    if not one.counts:
        where += ". " + _("Ce poste n’étant pas référent, chacun décide")
    if done == of:
        return OrderRow(one.uid, title, words, where + ".", Sign(_("partout"), "success", "check"))
    if not one.counts:
        return OrderRow(one.uid, title, words, where + ".", Sign(_("demandé"), "neutral", "clock"))
    words_left = _n("{n} poste reste", "{n} postes restent", of - done).format(n=number(of - done))
    return OrderRow(one.uid, title, words, where + ".", Sign(words_left, "warning", "clock"))
