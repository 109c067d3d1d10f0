"""A packet before anything changes: whose it is, what each sheet becomes, what one leaves out, the yes or no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.errors import AppError, Cancelled, UserError
from appli.i18n import _, _n, number
from appli.presenters.jobs import Ticket
from appli.presenters.packet_answers import Foot, Looked, foot_of, look, receive, refusal_of
from appli.presenters.packet_reading import PacketPreviewView, PacketReading, Step, today
from appli.presenters.packet_sheets import PacketSheets
from appli.presenters.packet_words import PacketHead, head_of, received_words
from appli.presenters.shell import ANNUAIRE, EXCHANGES, FIRST_RUN, TO_SETTLE, Request, Shell
from appli.presenters.taking_back import way_back

if TYPE_CHECKING:
    from appli.services.exchanging.receiving import Receipt


class PacketPreview:
    """State of the page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self.view: PacketPreviewView | None = None
        self.step: Step = "working"
        self.looked: Looked | None = None
        self._queue: tuple[Path, ...] = ()
        self._path: Path | None = None
        self._phrase: str | None = None
        self._ticket: Ticket | None = None
        self._refused_code = ""
        self.sheets = PacketSheets()
        self._reading = PacketReading(self._session, self.sheets)
        self._guarded = False

    # --- coming and going ---

    def enter(self, paths: Sequence[Path]) -> None:
        """Open the first of these files; the others follow it. None: the one that was being looked at."""
        if paths:
            self._queue = tuple(paths[1:])
            self._open(paths[0])
        elif self._path is None:
            self._shell.go(ANNUAIRE)
        elif self.step == "ready":
            self._shell.say_status(_count_words(self.sheets.total))

    def open_with(self, phrase: str) -> None:
        """The passphrase was typed."""
        if self._path is not None and phrase.strip():
            self._open(self._path, phrase)

    def stop(self) -> None:
        """Stop reading, or receiving: nothing is left half done."""
        if self._ticket is not None:
            self._ticket.stop()

    def later(self) -> None:
        """Not now: it waits in Échanges."""
        sheets = self.sheets.total
        rests = _("Rien n’a changé. Ouvrez ce paquet de nouveau quand vous voudrez.")
        if self._path is None or self.looked is None or not sheets or not self._session.can_write:
            self._go_away(rests)
            return
        waits = _("Rien n’a changé. Ce paquet vous attend dans Échanges.")
        kept = (lambda: self._go_away(waits), lambda: self._go_away(rests))
        self._reading.put_off(self._path, self._phrase, sheets, *kept)

    def refuse(self) -> None:
        """Not at all, nor later."""
        if self.looked is not None:
            self._reading.give_up(self.looked.envelope.uid)
            sender = self.looked.envelope.sender
            self._go_away(_("Paquet de « {name} » refusé. Rien n’a changé.").format(name=sender))

    def leave_it(self) -> None:
        """After a refusal, or without the passphrase."""
        self._go_away()

    def act_on_refusal(self) -> None:
        """What a refusal proposes."""
        path = self._path
        if self._refused_code == "other_space" and path is not None:
            self._shell.go(FIRST_RUN, Request(paths=(path,)))
        elif self._refused_code in ("revoked_peer", "changed_key"):
            self._shell.go(EXCHANGES)

    # --- the packet ---

    @property
    def head(self) -> PacketHead | None:
        """What stands over the list."""
        if self.looked is None:
            return None
        said = self.looked.receipt
        return head_of(self.looked.envelope, said.gaps, today(), len(self.sheets.twins), said.remarks)

    def judge(self, same: bool) -> None:
        """Say whether the sheet looked at and the one that is here are the same."""
        self.sheets.judge(same)
        self._show_sheet()

    def set_filter(self, key: str) -> None:
        """Show only what becomes this."""
        self.sheets.show(key)
        self._show_rows()

    def set_kind(self, code: str) -> None:
        """Show only the sheets of this kind."""
        self.sheets.show_kind(code)
        self._show_rows()

    def go_to(self, place: int) -> None:
        """Look at another row."""
        if place != self.sheets.place and 0 <= place < self.sheets.count:
            self.sheets.place = place
            self._show_sheet()

    def toggle(self, place: int) -> None:
        """Leave a sheet out, or take it again."""
        self.sheets.toggle(place)
        self._show_foot(ticked=True)

    def set_all(self, taken: bool) -> None:
        """Tick all rows shown, or none."""
        self.sheets.set_all(taken)
        self._show_foot(ticked=True)

    def guard(self, on: bool) -> None:
        """One has seen how much goes, and wants it."""
        self._guarded = on
        self._show_foot()

    def foot(self) -> Foot:
        """What one may do."""
        return foot_of(self.looked, self.sheets, guarded=self._guarded, can_write=self._session.can_write)

    def receive(self) -> None:
        """The yes."""
        path, looked, foot = self._path, self.looked, self.foot()
        if foot.is_idle:
            self._go_away()
        if path is None or looked is None or foot.reason or foot.is_idle:
            return
        phrase, left_out, counts = self._phrase, frozenset(self.sheets.left_out), self.sheets.counts()
        judgements = self.sheets.judgements()
        self._become("working")
        self._ticket = self._session.run(
            lambda directory, progress: receive(directory, path, phrase, left_out, judgements, progress),
            lambda receipt: self._received(looked, receipt, counts, left_out),
            self._not_received,
            _steps_of(self, _("Réunion du paquet")),
        )

    # --- answers ---

    def _open(self, path: Path, phrase: str | None = None) -> None:
        if path != self._path:
            self._forget(queue=False)
        self._path = path
        phrase = phrase or self._phrase
        self._become("working")
        self._session.when_open(lambda: self._look(path, phrase))

    def _look(self, path: Path, phrase: str | None) -> None:
        self._ticket = self._session.run(
            lambda directory, progress: look(directory, path, phrase, progress),
            lambda looked: self._known(looked, phrase),
            self._failed,
            _steps_of(self, _("Lecture du paquet")),
        )

    def _known(self, looked: Looked, phrase: str | None) -> None:
        self._phrase, self.looked = phrase, looked
        self._guarded = False
        self.sheets.take(looked.preview)
        self._become("ready")
        if self.view is not None:
            self.view.show_packet()
        self._shell.say_status(_count_words(self.sheets.total))
        self._show_rows()
        if not looked.envelope.foreign:
            self._reading.look_for_twins(looked.preview, self._twins_found)

    def _twins_found(self) -> None:
        if self.step == "ready":
            if self.view is not None:
                self.view.show_notes()
            self._show_rows()

    def _failed(self, problem: Exception) -> None:
        code = problem.code if isinstance(problem, AppError) else ""
        if isinstance(problem, Cancelled) or not isinstance(problem, AppError):
            self._go_away()
            self._shell.report(problem)
        elif code in ("passphrase_needed", "passphrase_wrong"):
            self._become("phrase")
            refused = f"{problem.message} {problem.hint}".strip() if code == "passphrase_wrong" else ""
            if self.view is not None and self._path is not None:
                self.view.show_phrase(self._path.name, refused)
        else:
            self._refuse(problem)

    def _refuse(self, problem: AppError) -> None:
        self._refused_code = problem.code
        self._become("refused")
        if self.view is not None:
            self.view.show_refusal(refusal_of(problem))

    def _received(self, looked: Looked, receipt: Receipt, counts: Counter[str], left_out: frozenset[RecordId]) -> None:
        self._ticket = None
        done = looked.preview.received.changes
        self._session.changed.tell(Changes(done.records - left_out, done.removed))
        sender, queue, phrase = receipt.sender, self._queue, self._phrase
        words = received_words(sender, counts, settles=self._shell.has_page(TO_SETTLE))
        words = " ".join((words, *(one for one in receipt.remarks if one not in looked.receipt.remarks)))
        self._forget()
        if queue:
            self._queue, self._phrase = queue[1:], phrase
            self._open(queue[0])
        else:
            self._shell.go(EXCHANGES if self._shell.has_page(EXCHANGES) else ANNUAIRE)
        if (back := way_back(self._shell, receipt)) is not None:
            self._shell.toast(words, back=back)

    def _not_received(self, problem: Exception) -> None:
        """Stopped: the packet is still there to be looked at. Refused: it says why."""
        self._become("ready")
        if isinstance(problem, UserError):
            self._refuse(problem)
        else:
            self._shell.report(problem)

    # --- parts ---

    def _go_away(self, words: str = "") -> None:
        self._forget()
        if words:
            self._shell.toast(words)
        self._shell.back()

    def _forget(self, *, queue: bool = True) -> None:
        self._path, self.looked, self._phrase = None, None, self._phrase if not queue else None
        if queue:
            self._queue = ()
        self.sheets.take(None)

    def _become(self, step: Step) -> None:
        self.step = step
        if self.view is not None:
            self.view.show_step(step)

    def _show_rows(self) -> None:
        if self.view is not None:
            self.view.rows_replaced()
            self.view.show_current(self.sheets.place)
        self._show_sheet()
        self._show_foot()

    def _show_foot(self, *, ticked: bool = False) -> None:
        if self.view is not None and ticked:
            self.view.rows_changed()
        if self.view is not None:
            self.view.show_foot(self.foot())

    def _show_sheet(self) -> None:
        self._reading.show_sheet(self.view)


def _steps_of(page: PacketPreview, what: str) -> Callable[[int, int, str], None]:
    leaves = _("Arrêter maintenant laisse tout comme avant.")

    def steps(done: int, total: int, _label: str) -> None:
        if page.view is not None:
            page.view.show_progress(what, done, total, leaves)

    steps(0, 0, "")
    return steps


def _count_words(count: int) -> str:
    words = _n("{n} fiche – rien n’est encore changé", "{n} fiches – rien n’est encore changé", count)
    return words.format(n=number(count))
