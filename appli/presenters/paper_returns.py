"""« Dépouillement »: papers that come back, found by their codes; those still out, lost or back in a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from appli.domain.changes import Changes
from appli.domain.ids import RecordId, parse_code
from appli.errors import UserError
from appli.i18n import _, _n, number
from appli.presenters.kinds import drawn_shape
from appli.presenters.paper_rows import OutRow, PaperList, candidates, out_rows, out_words
from appli.presenters.printing_editions import today
from appli.presenters.shell import PRINTING, Request, Shell

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.returning import Paper, TakenIn
    from appli.services.sheets_out import State

LIST, PAPER, DOUBT = "depouillement-liste", "depouillement-feuille", "depouillement-doute"
PAUSE = 350
"""Milliseconds without a key before a line is looked at."""
_DOUBTFUL = frozenset(("commune",))


@dataclass(slots=True)
class Written:
    """What was typed of one paper and is not saved yet."""

    lines: dict[str, str]
    answers: dict[str, bool]

    def __bool__(self) -> bool:
        return bool(self.lines or self.answers)


class PaperReturnsView(Protocol):
    """What draws the page."""

    def show_out(self) -> None:
        """Other papers in the list, or other figures."""

    def show_current(self, place: int) -> None:
        """Mark a row, -1 for none."""

    def show_paper(self) -> None:
        """Draw the paper that is open, or none."""

    def show_written(self) -> None:
        """Something was typed, or mended."""

    def show_errors(self) -> None:
        """Some lines cannot stand."""

    def show_doubt(self, code: str, words: str) -> None:
        """A line is worth a look; no words when it is not any more."""

    def show_refusal(self, words: str) -> None:
        """The code leads nowhere."""

    def ask_code(self) -> None:
        """Empty the code and put the cursor there: the next one."""


class PaperReturns:
    """State of the page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self.view: PaperReturnsView | None = None
        self.list = PaperList()
        self.paper: Paper | None = None
        self.errors: dict[str, str] = {}
        self._written: dict[RecordId, Written] = {}
        self._front = self._saving = False
        self._leave = self._session.changed.listen(self._changed)

    # --- coming and going ---

    def enter(self, request: Request) -> None:
        """The page is at the front; a request may name the sheet whose paper came back."""
        self._front = True
        self._read()
        if request.record is not None:
            self.open(request.record)

    def leave(self) -> None:
        """Another page is; what was typed stays here."""
        self._front = False

    def close(self) -> None:
        """Stop listening."""
        self._leave()

    def back(self) -> None:
        """To the page one came from."""
        self._shell.back()

    def print_sheets(self) -> None:
        """To where correction sheets are printed."""
        from appli.services.printing.edition import new_edition

        self._shell.go(PRINTING, Request(edition=new_edition("corrections")))

    # --- the list ---

    def show_state(self, state: str) -> None:
        """Those that are out, lost, or back."""
        self.list.narrow(state=state)
        self._show_list()

    def type_code(self, words: str) -> None:
        """What is typed narrows the list: a code, a name, a commune, who carries."""
        self.list.narrow(words)
        self._show_list()

    def go_to(self, place: int) -> None:
        """Look at one of the list."""
        row = self.list.row(place)
        if row is not None:
            self.open(row.id)

    def mark(self, place: int, state: State) -> None:
        """One of the list is lost, or is out after all."""
        row = self.list.row(place)
        if row is None or not self._session.can_write:
            return
        former: State = row.state or "out"
        words = _("{title} : feuille perdue.") if state == "lost" else _("{title} : feuille attendue.")

        def done(_none: None) -> None:
            self._shell.toast(words.format(title=row.title), back=lambda: self._mark(row.id, former))
            self._read()

        self._session.do(lambda d: _mark(d, row.id, state), done)

    # --- one paper ---

    @property
    def written(self) -> Written:
        """What was typed of the paper that is open."""
        return self._written.setdefault(self.paper.record, Written({}, {})) if self.paper else Written({}, {})

    @property
    def can_write(self) -> bool:
        """Whether anything can be saved."""
        return self._session.can_write

    @property
    def shape(self) -> str:
        """The sign of the sheet."""
        return drawn_shape(self.paper.shape) if self.paper else "page"

    def about_words(self) -> str:
        """« P-7K3F2Q-W · portée par Nour Benchaïb · imprimée le 22 novembre 2026 »."""
        if self.paper is None:
            return ""
        return " · ".join(word for word in (self.paper.code, *out_words(self.paper.out, self.paper.carrier)) if word)

    def enter_code(self) -> None:
        """Open what the code names; a name or a commune opens the one paper that answers."""
        typed = self.list.words.strip()
        body, only = parse_code(typed), self.list.row(0) if self.list.count == 1 else None
        if only is not None and only.body != body:  # a name may read like a code
            self.open(only.id)
            return
        if body is None:
            if typed and self.view is not None:
                words = _("Ce n’est pas un code entier. Exemple : P-7K3F2Q-W.")
                self.view.show_refusal(_("Plusieurs feuilles répondent : choisissez.") if self.list.count else words)
            return
        self._session.read(PAPER, lambda d, _stopped: _find(d, typed), self._opened, self._not_opened)

    def open(self, record: RecordId) -> None:
        """Open the paper of a sheet."""
        if self.paper is None or self.paper.record != record:
            self._session.read(PAPER, lambda d, _stopped: _paper(d, record), self._opened, self._not_opened)

    def put_away(self) -> None:
        """Close the paper; what was typed of it is kept."""
        self._show(None)

    def type(self, code: str, words: str) -> None:
        """A line says something else."""
        if self.paper is None:
            return
        now = next(one.line.words for one in self.paper.lines if one.line.code == code)
        if words == now:
            self.written.lines.pop(code, None)
        else:
            self.written.lines[code] = words
        self.errors.pop(code, None)
        if self.view is not None:
            self.view.show_written()
        if code in _DOUBTFUL:
            self._session.jobs.later(DOUBT, PAUSE, lambda: self._doubt(code, words))

    def answer(self, purpose: str, given: bool | None) -> None:
        """A box is ticked; None: neither is."""
        if given is None:
            self.written.answers.pop(purpose, None)
        else:
            self.written.answers[purpose] = given
        if self.view is not None:
            self.view.show_written()

    def save(self) -> None:
        """Write the corrections: the paper came back, and the sheet is confirmed."""
        paper, written = self.paper, self.written
        if paper is None or self._saving or not self.can_write:
            return

        def done(taken: TakenIn) -> None:
            self._saving = False
            self.errors = dict(taken.errors)
            if self.errors:
                if self.view is not None:
                    self.view.show_errors()
                return
            self._written.pop(paper.record, None)
            self._shell.toast(_("{title} : feuille rendue, fiche confirmée.").format(title=paper.title), undo=True)
            self._show(None)
            self._read()
            if self.view is not None:
                self.view.ask_code()

        self._saving = True
        lines, answers = dict(written.lines), dict(written.answers)
        self._session.do(lambda d: _take_in(d, paper, lines, answers), done, self._refused)

    def nothing_to_correct(self) -> None:
        """The paper says that all is right; what was typed otherwise is not thrown away by one key."""
        if not self.written.lines:
            self.save()

    # --- parts ---

    def _mark(self, record: RecordId, state: State) -> None:
        self._session.do(lambda d: _mark(d, record, state), lambda _none: self._read())

    def _doubt(self, code: str, words: str) -> None:
        """Have a typed line looked at."""

        def told(doubt: str) -> None:
            if self.view is not None and self.paper is not None and self.written.lines.get(code, words) == words:
                self.view.show_doubt(code, doubt)

        self._session.read(DOUBT, lambda d, _stopped: _doubt_of(d, code, words), told)

    def _read(self) -> None:
        self._session.read(LIST, lambda d, _stopped: out_rows(d), self._found)

    def _found(self, rows: list[OutRow]) -> None:
        self.list.put(rows)
        self._show_list()
        self._say()

    def _show_list(self) -> None:
        if self.view is not None:
            self.view.show_out()
            self._show_place()

    def _opened(self, paper: Paper) -> None:
        self._show(paper)

    def _not_opened(self, problem: Exception) -> None:
        if not isinstance(problem, UserError):
            self._shell.report(problem)
            return
        if problem.code == "ambiguous":
            self._session.read(LIST, lambda d, _stopped: candidates(d, self.list.words), self._several)
        elif self.view is not None:
            self.view.show_refusal(f"{problem.message} {problem.hint}".strip())

    def _several(self, rows: list[OutRow]) -> None:
        """Several sheets bear that code: the list shows them."""
        self.list.offer(rows)
        self._show_list()
        if self.view is not None:
            self.view.show_refusal(_("Plusieurs fiches ont ce code : choisissez dans la liste."))

    def _show(self, paper: Paper | None) -> None:
        self.paper, self.errors = paper, {}
        if self.view is not None:
            self.view.show_paper()
            self._show_place()

    def _show_place(self) -> None:
        if self.view is not None:
            here = self.paper.record if self.paper else None
            self.view.show_current(next((at for at, row in enumerate(self.list.rows) if row.id == here), -1))

    def _refused(self, problem: Exception) -> None:
        self._saving = False
        self._shell.report(problem)

    def _changed(self, _changes: Changes) -> None:
        """Somebody wrote: the list, and the paper that is open, say so."""
        if not self._front or self._saving:
            return
        self._read()
        paper = self.paper
        if paper is not None and not self.written:  # nobody is interrupted while typing
            self._session.read(PAPER, lambda d, _stopped: _paper(d, paper.record), self._opened, self._not_opened)

    def _say(self) -> None:
        if self._front:
            out = self.list.figures()["out"]
            words = _n("{n} feuille dehors", "{n} feuilles dehors", out)
            self._shell.say_status(words.format(n=number(out)))


# --- what runs aside -------------------------------------------------------------------------------------------------


def _find(directory: Directory, word: str) -> Paper:
    from appli.services.returning import find_paper

    return find_paper(directory, word)


def _paper(directory: Directory, record: RecordId) -> Paper:
    from appli.services.returning import paper_of

    return paper_of(directory, record)


def _doubt_of(directory: Directory, code: str, words: str) -> str:
    from appli.services.returning import doubt

    return doubt(directory, code, words)


def _take_in(directory: Directory, paper: Paper, lines: dict[str, str], answers: dict[str, bool]) -> TakenIn:
    from appli.services.returning import take_in

    return take_in(directory, paper, lines, answers)


def _mark(directory: Directory, record: RecordId, state: State) -> None:
    from appli.services.sheets_out import mark

    mark(directory, record, state, today())
