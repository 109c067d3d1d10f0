"""The imports made on this PC: what each did, what was odd, and taking one back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from appli.domain import catalogue
from appli.domain.changes import Changes
from appli.i18n import _, _n, number
from appli.ports import Progress
from appli.presenters.jobs import Stopped
from appli.presenters.session import Session
from appli.presenters.shell import Shell
from appli.services.importing.remarks import remarks_in_words
from appli.services.importing.taking_back import Outlook, PastImport, TakenBack, cancel_import, outlook, past_imports
from appli.services.wording import date_text, time_text

if TYPE_CHECKING:
    from appli.services.directory import Directory


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One import in words."""

    seq: int
    file: str
    when: str
    """« 20 novembre 2026 à 9 h 30 »."""
    did: str
    """« 1 489 fiches créées, 14 modifiées »."""
    odd: tuple[str, ...]
    undone: bool
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before an import is taken back: the safe answer, then the other."""

    title: str
    words: str
    keep: str
    undo: str


class ImportsJournalView(Protocol):
    """What draws the journal."""

    def show_lines(self) -> None:
        """The imports are known, or others."""

    def ask_to_undo(self, seq: int, question: Question) -> None:
        """Ask; `undo` when the answer is to take back."""


class ImportsJournal:
    """State of the list."""

    def __init__(self, shell: Shell, told: Callable[[], None] = lambda: None) -> None:
        """`told` is called each time the journal was read."""
        self._shell = shell
        self._told = told
        self.view: ImportsJournalView | None = None
        self.lines: list[JournalLine] = []
        self.working = ""
        """What is under way; empty when nothing is."""
        self.known = False
        self._leave = shell.session.changed.listen(self._changed)

    def ask(self) -> None:
        """Read the journal."""
        self._session.read("imports", _read, self._known)

    def ask_to_undo(self, seq: int) -> None:
        """Say what taking an import back would do, before it is done."""

        def look(directory: Directory, _progress: Progress) -> Outlook:
            return outlook(directory, seq)

        # a long look: aside from the readers, so that the search goes on
        self._work(_("Recherche de ce qui a été modifié depuis…"))
        self._session.run(look, lambda expected: self._ask(seq, expected), self._refused)

    def undo(self, seq: int) -> None:
        """Take an import back."""
        self._work(_("Annulation de l’import…"))
        self._session.do(lambda directory: cancel_import(directory, seq), self._undone, self._refused)

    def close(self) -> None:
        """Stop listening."""
        self._leave()

    # --- parts ---

    @property
    def _session(self) -> Session:
        return self._shell.session

    def _changed(self, _changes: Changes) -> None:
        if self.known:
            self.ask()

    def _known(self, found: list[PastImport]) -> None:
        self.known = True
        self.lines = [_line(one, can_write=self._session.can_write) for one in found]
        if self.view is not None:
            self.view.show_lines()
        self._told()

    def _work(self, words: str) -> None:
        self.working = words
        if self.view is not None:
            self.view.show_lines()
        self._told()

    def _ask(self, seq: int, expected: Outlook) -> None:
        self._work("")
        line = next((one for one in self.lines if one.seq == seq), None)
        if self.view is not None and line is not None:
            self.view.ask_to_undo(seq, undo_question(line.when, expected))

    def _undone(self, done: TakenBack) -> None:
        self._work("")
        self._shell.toast(undone_words(done))
        self.ask()

    def _refused(self, problem: Exception) -> None:
        self._work("")
        self._shell.report(problem)
        self.ask()


def undo_question(when: str, expected: Outlook) -> Question:
    """« Annuler l’import du 20 novembre ? 1 480 fiches partiront ; 9 que vous avez modifiées depuis resteront. »."""
    leaving = _n("{n} fiche partira", "{n} fiches partiront", expected.leaving).format(n=number(expected.leaving))
    said = [leaving] if expected.leaving or not expected.restored else []
    if expected.restored:
        words = _n("{n} redeviendra comme avant", "{n} redeviendront comme avant", expected.restored)
        said.append(words.format(n=number(expected.restored)))
    if kept := len(expected.kept):
        words = _n("{n} que vous avez modifiée depuis restera", "{n} que vous avez modifiées depuis resteront", kept)
        said.append(words.format(n=number(kept)))
    title = _("Annuler l’import du {date} ?").format(date=when)
    return Question(title, f"{_SEMICOLON.join(said)}.", _("Garder l’import"), _("Annuler l’import"))


_SEMICOLON = "\u202f; "


def undone_words(done: TakenBack) -> str:
    """What was done, in the past tense."""
    gone = _n("Import annulé : {n} fiche est partie.", "Import annulé : {n} fiches sont parties.", done.removed)
    words = gone.format(n=number(done.removed))
    if kept := len(done.kept):
        stay = _n("{n} modifiée depuis reste.", "{n} modifiées depuis restent.", kept)
        words = f"{words} {stay.format(n=number(kept))}"
    return words


def when_words(milliseconds: int) -> tuple[str, str]:
    """(« 20 novembre 2026 », « 9 h 30 »)."""
    moment = datetime.fromtimestamp(milliseconds / 1000).astimezone()
    return date_text(moment.date().isoformat()), time_text(f"{moment.hour}:{moment.minute:02}")


def _line(one: PastImport, *, can_write: bool) -> JournalLine:
    day, clock = when_words(one.at)
    return JournalLine(
        seq=one.seq,
        file=one.file,
        when=_("{day} à {clock}").format(day=day, clock=clock),
        did=did_words(one.created, one.changed, one.unchanged, one.refused, one.by_kind),
        odd=tuple(remarks_in_words(one.remarks)),
        undone=one.undone,
        can_undo=one.undoable and can_write,
    )


def did_words(created: int, changed: int, unchanged: int, refused: int, by_kind: Mapping[str, int]) -> str:
    """« 1 489 fiches créées, 14 modifiées, 3 lignes écartées »; structures made beside are told apart."""
    said = [_n("{n} fiche créée", "{n} fiches créées", created).format(n=number(created))]
    beside = by_kind.get("organization", 0) if len(by_kind) > 1 else 0
    if beside:
        label = catalogue.kind("organization")
        words = _("et {n} {kind}").format(n=number(beside), kind=(label.label if beside == 1 else label.plural).lower())
        said[0] = f"{said[0]} {words}"
    if changed:
        said.append(_n("{n} modifiée", "{n} modifiées", changed).format(n=number(changed)))
    if unchanged and not created and not changed:
        said.append(_n("{n} identique", "{n} identiques", unchanged).format(n=number(unchanged)))
    if refused:
        said.append(_n("{n} ligne écartée", "{n} lignes écartées", refused).format(n=number(refused)))
    return ", ".join(said)


def _read(directory: Directory, _stopped: Stopped) -> list[PastImport]:
    return past_imports(directory)
