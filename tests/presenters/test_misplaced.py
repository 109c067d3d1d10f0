"""A directory on the network or in a synchronised folder, as the window has it: moved here, read there, or left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from appli import config
from appli.app import open_index
from appli.presenters.held import CHANNEL, Held
from appli.presenters.misplaced import Misplaced, unless
from appli.presenters.session import Session
from appli.services import siting
from tests.presenters.conftest import Village, opener
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs


@pytest.fixture
def copied(village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """The village in Dropbox, its window at the first paint."""
    folder = tmp_path / "Dropbox" / "annuaire"
    folder.parent.mkdir()
    village.folder.rename(folder)
    session = Session(folder, lambda: open_index(folder), InlineJobs(), opener)
    yield session
    session.close()


class Window:
    """Opens the session as the main window does."""

    def __init__(self, session: Session) -> None:
        self.shell, self.view = FakeShell(session), CallRecorder()
        self.strips: list[tuple[object, ...]] = []
        self.asked: list[Misplaced] = []
        self.held = Held(self.shell, lambda *strip: self.strips.append(strip), self.ask)
        session.opened.listen(lambda _none: self.held.begin())
        session.open(unless(self.shell, self.ask, self.shell.report))

    def ask(self, asked: Misplaced) -> None:
        self.asked.append(asked)
        asked.view = self.view  # type: ignore[assignment]
        asked.start()


def test_it_is_not_opened_and_can_be_moved(copied: Session) -> None:
    window = Window(copied)
    (asked,) = window.asked
    assert not copied.is_open
    assert "Dropbox" in asked.words()[0]
    assert window.view.last("show_target") == (str(config.usual_directory()), "")
    asked.act()
    assert window.shell.folders == [config.usual_directory()]
    assert "finish" in window.view.names()
    greeting, other = window.shell.greetings[0], FakeShell(copied)
    assert greeting is not None
    greeting(other)
    assert "maintenant sur ce poste" in other.toasts[0][0]


def test_it_can_be_read_where_it_is(copied: Session) -> None:
    window = Window(copied)
    window.asked[0].read_only()
    assert copied.is_open
    assert not copied.can_write
    assert window.strips[0][2] == "Voir ce qu’on peut faire"
    assert CHANNEL not in copied.jobs.waiting, "nothing will free it by itself"  # type: ignore[attr-defined]
    window.held.look()
    assert len(window.strips) == 1
    window.strips[0][3]()  # type: ignore[operator]
    assert len(window.asked) == 2
    window.asked[0].read_only()
    assert window.view.names().count("finish") == 1, "closing it afterwards does nothing more"


def test_another_one_can_be_chosen(copied: Session) -> None:
    window = Window(copied)
    window.asked[0].choose_another()
    assert window.shell.visits[-1][0] == "premiere-ouverture"


def test_a_place_no_better_is_refused(copied: Session, tmp_path: Path) -> None:
    window = Window(copied)
    asked = window.asked[0]
    asked.choose_target(tmp_path / "OneDrive" / "annuaire")
    assert "OneDrive" in window.view.last("show_target")[1]
    asked.act()
    assert window.shell.folders == []
    asked.choose_target(tmp_path / "bien")
    asked.act()
    assert window.shell.folders == [tmp_path / "bien"]


def test_what_goes_wrong_is_said_in_the_dialog(copied: Session, tmp_path: Path) -> None:
    window = Window(copied)
    (copied.folder / "prive.db").unlink()
    window.asked[0].act()
    assert "show_refusal" in window.view.names()
    assert not window.asked[0].is_writing
    assert siting.moved_to(copied.folder) is None


def test_the_former_place_leads_to_the_new_one(copied: Session) -> None:
    Window(copied).asked[0].act()
    former = Session(copied.folder, lambda: open_index(copied.folder), InlineJobs(), opener)
    window = Window(former)
    (asked,) = window.asked
    assert (asked.title, asked.deed, asked.can_move) == (
        "Cet annuaire a été déplacé",
        "Ouvrir l’annuaire déplacé",
        False,
    )
    asked.act()
    assert window.shell.folders == [config.usual_directory()]
    former.close()


def test_on_another_pc_the_former_place_can_be_read(copied: Session) -> None:
    (copied.folder / "deplace.json").write_text('{"to": "/ailleurs", "pc": "autre", "at": ""}')
    window = Window(copied)
    assert window.asked[0].deed == ""
    assert "autre" in window.asked[0].words()[0]
    window.asked[0].read_only()
    assert copied.is_open


def test_other_problems_go_their_way(tmp_path: Path) -> None:
    shell = FakeShell(Session(tmp_path, lambda: open_index(tmp_path), InlineJobs(), opener))
    told: list[Exception] = []
    unless(shell, lambda _asked: pytest.fail("asked"), told.append)(ValueError("x"))
    assert len(told) == 1
