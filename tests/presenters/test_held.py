"""A directory that somebody else writes in: it is read, and written in again once they are done."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from appli.app import open_directory
from appli.presenters.held import CHANNEL, Held
from appli.presenters.session import Session
from appli.services.directory import Directory
from appli.store import lock
from appli.store.engine import full
from appli.store.folder_files import can_be_written
from appli.store.index_model import Query
from tests.presenters.conftest import Village
from tests.presenters.fakes import FakeShell, InlineJobs


@pytest.fixture
def writer(village: Village, monkeypatch: pytest.MonkeyPatch) -> Iterator[Directory]:
    """Somebody else, at work in the folder."""
    monkeypatch.setattr(lock, "LOCK_SECONDS", 0.05)
    directory = open_directory(village.folder, holder="ligne de commande")
    yield directory
    directory.close()


class Strips:
    """The strips shown, the latest last."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str, str, Any]] = []

    def show(self, *strip: Any) -> None:
        self.shown.append(strip)  # type: ignore[arg-type]


def test_it_says_who_and_becomes_writable_when_they_let_go(
    writer: Directory, closed_session: Session, jobs: InlineJobs
) -> None:
    shell, strips = FakeShell(closed_session), Strips()
    held = Held(shell, strips.show)
    closed_session.open()
    held.begin()
    assert "ligne de commande" in strips.shown[0][0]
    jobs.pass_time(CHANNEL)
    assert len(strips.shown) == 1, "it is held still"
    strips.shown[0][3]()
    assert "ligne de commande" in shell.refusals[-1]
    assert shell.folders == []

    writer.close()
    held.look()
    title, _words, deed, take = strips.shown[-1]
    assert (title, deed) == ("Cet annuaire est de nouveau libre.", "Écrire de nouveau")
    assert shell.folders == [], "nothing moves under the person’s hands"
    shell.search.set_text("bois")
    take()
    assert shell.folders == [closed_session.folder]
    other = FakeShell(closed_session)
    greet = shell.greetings[-1]
    assert greet is not None
    greet(other)
    assert other.search.query.text == "bois"


def test_nothing_is_said_of_a_directory_that_can_be_written(session: Session, jobs: InlineJobs) -> None:
    strips = Strips()
    held = Held(FakeShell(session), strips.show)
    held.begin()
    held.look()
    assert strips.shown == []
    assert CHANNEL not in jobs.waiting


def test_a_full_disk_is_read_until_there_is_room(
    closed_session: Session, jobs: InlineJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = shutil.disk_usage(closed_session.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: room._replace(free=0))
    assert not can_be_written(closed_session.folder)
    strips = Strips()
    held = Held(FakeShell(closed_session), strips.show)
    closed_session.open_to_read(full())
    held.begin()
    assert "plus de place" in strips.shown[0][0]
    assert len(closed_session.index.first_page(Query())) == 3
    assert not list(closed_session.folder.glob("p*.db-*")), "nothing is written beside the bases"
    held.look()
    assert len(strips.shown) == 1
    monkeypatch.undo()
    held.look()
    assert strips.shown[-1][2] == "Écrire de nouveau"
