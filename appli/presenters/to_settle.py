"""À trancher: every field to which several PCs gave a value at the same time; one question after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from appli import config
from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _, _n, number
from appli.presenters.following import target
from appli.presenters.jobs import Stopped
from appli.presenters.one_by_one import OneByOne
from appli.presenters.shell import ANNUAIRE, Request, Shell
from appli.presenters.to_settle_words import QuestionPage, WaitingRow, age_words, of_words, page_of
from appli.services import settling
from appli.services.form_model import Content
from appli.services.settling import Blank, Question

if TYPE_CHECKING:
    from appli.services.directory import Directory

__all__ = ["Blank", "Content", "QuestionPage", "ToSettle", "ToSettleView", "WaitingRow"]

CHANNEL, ASKING = "a_trancher", "a_trancher_joindre"

Key = tuple[RecordId, str]


class ToSettleView(Protocol):
    """What draws the page."""

    def rows_replaced(self) -> None:
        """Other questions in the list."""

    def show_current(self, place: int) -> None:
        """Mark a row, -1 for none."""

    def show_question(self, page: QuestionPage | None) -> None:
        """Draw a question; None when nothing is left to settle."""

    def show_made(self, words: str) -> None:
        """How many choices were made this year."""

    def show_way_to_ask(self, words: str, shown: str, target: str) -> None:
        """Who knows best, and how to reach them; nothing when nobody can be."""

    def show_editor(self, blank: Blank | None) -> None:
        """Let another value be written, or no longer."""

    def show_refusal(self, words: str) -> None:
        """Why what was written cannot stand; it stays as it was typed."""


class ToSettle(OneByOne):
    """State of the page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self.view: ToSettleView | None = None
        self._questions: list[Question] = []
        self._place = -1
        self._wanted: RecordId | None = None
        self._front = False
        self._known = False
        self._leave = self._session.changed.listen(self._changed)

    # --- coming and going ---

    def enter(self, record: RecordId | None = None) -> None:
        """The page is at the front, for a sheet or for all of them."""
        self._front, self._wanted = True, record
        self._read()

    def leave(self) -> None:
        """Another page is."""
        self._front = False

    def close(self) -> None:
        """Stop listening."""
        self._leave()

    # --- the list ---

    @property
    def count(self) -> int:
        """How many questions wait."""
        return len(self._questions)

    @property
    def place(self) -> int:
        """Which one is looked at."""
        return self._place

    @property
    def question(self) -> Question | None:
        """The one looked at."""
        return self._questions[self._place] if 0 <= self._place < self.count else None

    def row(self, place: int) -> WaitingRow | None:
        """A row of the list."""
        if not 0 <= place < self.count:
            return None
        one = self._questions[place]
        return WaitingRow(one, age_words(one.at, config.clock()()))

    # --- what is done ---

    @property
    def can_write(self) -> bool:
        """Whether anything can be settled."""
        return self._session.can_write

    def keep(self, letter: str) -> bool:
        """Keep the value of that letter; whether there is one."""
        question = self.question
        page = self._page()
        card = next((c for c in page.cards if c.letter == letter.upper()), None) if page else None
        if question is None or card is None or not self.can_write:
            return False
        words = _("{label} {of} : valeur {letter} gardée.").format(letter=card.letter, **_named(question))
        if question.name == "verdict":
            words = _("{title} : {verdict}.").format(title=question.title, verdict=card.text.lower())
        self._do(lambda d: settling.choose(d, question.record, question.name, card.value), words)
        return True

    def keep_all(self) -> None:
        """Keep every value of a list."""
        question = self.question
        if question is not None and question.can_keep_all and self.can_write:
            words = _("{label} {of} : toutes les valeurs sont gardées.").format(**_named(question))
            self._do(lambda d: settling.keep_all(d, question.record, question.name), words)

    def ask_another(self) -> None:
        """Write another value, starting from the first."""
        page = self._page()
        if self.question is not None and page is not None and page.can_write_another and self.view is not None:
            self.view.show_editor(settling.blank(self.question, 0))

    def give_up_another(self) -> None:
        """Rather choose."""
        if self.view is not None:
            self.view.show_editor(None)

    def write(self, content: Content) -> None:
        """What was written is the value."""
        question = self.question
        if question is None or not self.can_write:
            return
        words = _("{label} {of} : autre valeur enregistrée.").format(**_named(question))

        def refused(problem: Exception) -> None:
            if not isinstance(problem, UserError):
                self._shell.report(problem)
            elif self.view is not None:
                told = problem.hint.rstrip(".") in problem.message
                self.view.show_refusal(problem.message if told else f"{problem.message} {problem.hint}")

        self._do(lambda d: settling.write(d, question.record, question.name, content), words, refused)

    def not_yet(self) -> None:
        """Nothing presses: look at the next one."""
        self.next()

    def open(self) -> None:
        """Show the sheet."""
        if self.question is not None:
            self._shell.go(ANNUAIRE, Request(record=self.question.sheet))

    def back(self) -> None:
        """To the page one came from."""
        self._shell.back()

    # --- parts ---

    def _page(self) -> QuestionPage | None:
        today = datetime.fromtimestamp(config.clock()() / 1000).astimezone().date()
        return page_of(self.question, today) if self.question is not None else None

    def _do(
        self, work: Callable[[Directory], Changes], words: str, failed: Callable[[Exception], None] | None = None
    ) -> None:
        def done(_changes: Changes) -> None:
            if self.view is not None:
                self.view.show_editor(None)
            self._shell.toast(words, undo=True)

        self._session.do(work, done, failed)

    def _changed(self, _changes: Changes) -> None:
        if self._front:
            self._read()

    def _read(self) -> None:
        now = datetime.fromtimestamp(config.clock()() / 1000).astimezone()
        january = round(now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)

        def ask(directory: Directory, _stopped: Stopped) -> tuple[list[Question], int]:
            return settling.questions(directory), settling.made_since(directory, january)

        self._session.read(CHANNEL, ask, self._found)

    def _found(self, answer: tuple[list[Question], int]) -> None:
        before = self.question
        self._questions, made = answer
        self._place = self._place_after(before)
        if self.view is not None:
            self.view.show_made(_made_words(made))
            self.view.rows_replaced()
        if self._front:
            count = _n("{n} choix en attente", "{n} choix en attente", self.count).format(n=number(self.count))
            self._shell.say_status(count)
        if before is None or self.question != before or not self._known:
            self._known = True
            self._show()
        elif self.view is not None:
            self.view.show_current(self._place)

    def _place_after(self, before: Question | None) -> int:
        """The question of the sheet asked for, else the one looked at, else the one that took its place."""
        wanted, self._wanted = self._wanted, None
        keys = [q.key for q in self._questions]
        if wanted is not None and (before is None or before.sheet != wanted):
            return next((n for n, q in enumerate(self._questions) if q.sheet == wanted), 0 if keys else -1)
        if before is not None and before.key in keys:
            return keys.index(before.key)
        return min(max(0, self._place), len(keys) - 1)

    def _show(self) -> None:
        if self.view is None:
            return
        self.view.show_current(self._place)
        self.view.show_question(self._page())
        self.view.show_way_to_ask("", "", "")
        question = self.question
        if question is not None and question.is_person:
            self._session.read(
                ASKING, lambda d, _s: (question.key, settling.way_to_ask(d, question)), self._can_be_asked
            )

    def _can_be_asked(self, answer: tuple[Key, tuple[str, str]]) -> None:
        key, (type_, value) = answer
        question = self.question
        if question is None or question.key != key or not value or self.view is None:
            return
        name = question.title.split()[0] if question.title else ""
        words = _("Le plus sûr : demander à {name}.").format(name=name)
        words += " " + (_("Son courriel est") if type_ == "email" else _("Son téléphone est"))
        self.view.show_way_to_ask(words, value, target(type_, value))


def _named(question: Question) -> dict[str, str]:
    title = question.title if question.is_person else _("« {title} »").format(title=question.title)
    return {"label": question.label, "of": of_words(title)}


def _made_words(count: int) -> str:
    if not count:
        return ""
    return _n("{n} choix déjà fait cette année", "{n} choix déjà faits cette année", count).format(n=number(count))
