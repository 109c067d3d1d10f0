"""Notes on the sheet: written there and then, for whom one says, kept while the sheet is drawn again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from appli.presenters.session import Session
from appli.presenters.sheet import SheetPane
from appli.presenters.sheet_page import SheetPage
from appli.services import notes
from appli.services.directory import Directory
from appli.services.undoing import undo
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell

Carry = Callable[[Callable[[Directory], Any]], Any]


class Bench:
    """The pane and its view."""

    def __init__(self, session: Session, shell: FakeShell) -> None:
        self.shell = shell
        self.view, self.notes_view = CallRecorder(), CallRecorder()
        self.pane = SheetPane(session, shell, lambda _one: None)
        self.pane.view = self.view  # type: ignore[assignment]
        self.pane.notes.view = self.notes_view  # type: ignore[assignment]

    def page(self) -> SheetPage:
        page: SheetPage = self.view.last("show_sheet")[0]
        return page


@pytest.fixture
def bench(session: Session, shell: FakeShell) -> Bench:
    return Bench(session, shell)


def test_a_note_is_added_right_on_the_sheet(bench: Bench, village: Village, as_services: Carry) -> None:
    bench.pane.look_at(village.ids["elise"])
    bench.pane.notes.open()
    assert bench.notes_view.last("show_writing")[0].is_open
    bench.pane.notes.type("Rencontrée au marché.")
    bench.pane.notes.save()
    (note,) = bench.page().notes
    assert (note.text, note.audience) == ("Rencontrée au marché.", "private")
    assert "2026" in note.lead
    assert not bench.pane.notes.typed.is_open
    assert bench.shell.toasts[-1][:2] == ("Note ajoutée.", True)
    as_services(undo)
    assert bench.page().notes == ()


def test_it_is_for_the_network_when_one_says_so(bench: Bench, village: Village) -> None:
    bench.pane.look_at(village.ids["elise"])
    bench.pane.notes.open()
    bench.pane.notes.type("Rappelée.")
    bench.pane.notes.set_audience("shared")
    bench.pane.notes.save()
    assert bench.page().notes[0].audience == "shared"
    bench.pane.notes.open()
    assert bench.pane.notes.typed.audience == "private", "the next one is for oneself again"


def test_nothing_is_no_note(bench: Bench, village: Village) -> None:
    bench.pane.look_at(village.ids["elise"])
    bench.pane.notes.open()
    bench.pane.notes.type("  \n ")
    bench.pane.notes.save()
    assert bench.page().notes == ()
    bench.pane.notes.give_up()
    assert not bench.pane.notes.typed.is_open


def test_what_is_typed_waits_while_one_looks_elsewhere(bench: Bench, village: Village, as_services: Carry) -> None:
    bench.pane.look_at(village.ids["elise"])
    bench.pane.notes.open()
    bench.pane.notes.type("À moitié")
    as_services(lambda d: notes.add(d, village.ids["elise"], "D’un autre"))
    assert bench.pane.notes.typed.text == "À moitié"
    bench.pane.look_at(village.ids["mason"])
    assert bench.pane.notes.typed.text == ""
    bench.pane.look_at(village.ids["elise"])
    assert (bench.pane.notes.typed.text, bench.pane.notes.typed.is_open) == ("À moitié", True)


def test_a_note_is_taken_off_or_erased_and_never_rewritten(bench: Bench, village: Village, as_services: Carry) -> None:
    elise = village.ids["elise"]
    as_services(lambda d: notes.add(d, elise, "Une"))
    bench.pane.look_at(elise)
    note = bench.page().notes[0].id
    bench.pane.notes.take_off(note)
    assert bench.page().notes == ()
    as_services(undo)
    bench.pane.notes.ask_erasing(note)
    assert bench.notes_view.last("ask_erasing")[-1] == note
    bench.pane.notes.erase(note)
    assert bench.page().notes == ()
    assert not any(name.startswith(("rewrite", "edit")) for name in dir(bench.pane.notes))


def test_nothing_is_noted_on_what_lies_in_the_trash(bench: Bench, village: Village) -> None:
    bench.pane.look_at(village.ids["gone"])
    assert not bench.pane.notes.can_add
