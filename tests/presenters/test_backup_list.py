"""Backups on screen: said in words, made, come back to with a question before, of use even when nothing opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from appli.app import open_directory, open_index
from appli.presenters.backup_list import FIRST_SHOWN, BackupList, BackupRow, Question, size_words
from appli.presenters.session import Session
from appli.services.backing_up import back_up
from appli.services.editing import trash
from appli.store.index_model import Query
from appli.store.rows import SHARED
from tests.presenters.conftest import Village, opener
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs

NOON = "2026-11-20T12:05:00+01:00"


class Bench:
    """The presenter and what its view was asked."""

    def __init__(self, shell: FakeShell) -> None:
        self.shell, self.view = shell, CallRecorder()
        self.page = BackupList(shell)
        self.page.view = self.view
        self.page.show()

    @property
    def rows(self) -> list[BackupRow]:
        return list(self.view.last("show_rows")[0])


@pytest.fixture
def bench(now_is: Callable[[str], None], shell: FakeShell) -> Bench:
    return Bench(shell)


@pytest.fixture(autouse=True)
def today(now_is: Callable[[str], None]) -> None:
    now_is(NOON)


def titles(folder: Path) -> set[str]:
    directory = open_directory(folder)
    try:
        return {row.title for row in directory.index.first_page(Query())}
    finally:
        directory.close()


def test_a_backup_made_by_hand_is_said_and_listed(bench: Bench) -> None:
    heard: list[datetime] = []
    bench.shell.session.backed_up.listen(lambda made: heard.append(made.at))
    assert bench.view.last("show_rows") == ([], 0)
    bench.page.make()
    assert bench.shell.toasts == [("Sauvegarde faite et vérifiée.", False)]
    (row,) = bench.rows
    assert row.when == "Aujourd’hui à 12\u00a0h\u00a005"
    assert row.details.startswith("faite à la main · 4 fiches · ")
    assert len(heard) == 1
    assert bench.page.folder == bench.shell.session.folder / "sauvegardes"


def test_days_are_said_as_people_say_them(
    session: Session, shell: FakeShell, as_services: Callable[..., Any], now_is: Callable[[str], None]
) -> None:
    for moment in ("2026-03-01T18:00:00+01:00", "2026-11-19T09:30:00+01:00", NOON):
        now_is(moment)
        at = int(datetime.fromisoformat(moment).timestamp() * 1000)
        as_services(lambda d, at=at: setattr(d.store.folder, "clock", lambda: at))
        as_services(back_up)
    days = [row.when.rsplit(" à ", 1)[0] for row in Bench(shell).rows]
    assert days == ["Aujourd’hui", "Hier", "1er mars 2026"]


def test_the_older_ones_are_shown_when_asked_for(bench: Bench, as_services: Callable[..., Any]) -> None:
    for day in range(1, FIRST_SHOWN + 3):
        at = int(datetime.fromisoformat(f"2026-11-{day:02}T09:00:00+01:00").timestamp() * 1000)
        as_services(lambda d, at=at: setattr(d.store.folder, "clock", lambda: at))
        as_services(back_up)
    bench.page.show()
    assert len(bench.rows) == FIRST_SHOWN
    assert bench.view.last("show_rows")[1] == 2
    bench.page.show_all()
    assert len(bench.rows) == FIRST_SHOWN + 2
    assert bench.view.last("show_rows")[1] == 0


def test_coming_back_is_asked_then_done_then_seen_in_a_new_window(
    bench: Bench, village: Village, as_services: Callable[..., Any]
) -> None:
    bench.page.make()
    (row,) = bench.rows
    as_services(lambda d: trash(d, [village.ids["elise"]]))
    bench.page.ask_to_go_back(row.name)
    question: Question = bench.view.last("ask")[0]
    assert "d’abord sauvegardé" in question.words
    assert "ne reviennent pas" in question.words
    assert question.title == "Revenir à la sauvegarde\u00a0: aujourd’hui à 12\u00a0h\u00a005\u202f?"
    bench.page.go_back(question.name)
    assert bench.shell.folders == [village.folder]
    assert bench.view.names()[-1] == "show_gone_back"
    bench.shell.session.close()
    assert "Élise Roumégas" in titles(village.folder)
    greet = bench.shell.greetings[0]
    assert greet is not None
    greet(bench.shell)
    assert "est revenu à la sauvegarde" in bench.shell.toasts[-1][0]


def test_what_stopping_leaves_is_said_until_it_is_too_late(bench: Bench) -> None:
    bench.page.make()
    bench.page.go_back(bench.rows[0].name)
    told = [arguments for name, arguments in bench.view.calls if name == "show_going_back"]
    assert told[0][3] is True
    assert "Arrêter maintenant" in told[0][2]
    assert told[-1][3] is False
    assert "est revenu" in told[-1][2]


def test_a_backup_that_is_damaged_leaves_the_present(bench: Bench, village: Village) -> None:
    bench.page.make()
    (row,) = bench.rows
    (village.folder / "sauvegardes" / row.name / "partage.db").write_bytes(b"not a base" * 1000)
    bench.page.go_back(row.name)
    assert len(bench.shell.problems) == 1
    assert bench.shell.folders == []
    assert bench.view.last("show_gone_back") == ()
    assert bench.shell.session.index.rows([village.ids["elise"]])[0].title == "Élise Roumégas"


def test_a_name_that_is_no_backup_asks_nothing(bench: Bench) -> None:
    bench.page.ask_to_go_back("../../ailleurs")
    assert "ask" not in bench.view.names()


def test_a_sound_base_is_said_with_the_time(bench: Bench) -> None:
    bench.page.check()
    health = bench.view.last("show_health")[0]
    assert health.is_sound
    assert health.title == "Tout est en ordre. Base vérifiée à 12\u00a0h\u00a005."


def test_defects_are_told_one_by_one(bench: Bench, as_services: Callable[..., Any]) -> None:
    def spoil(directory: Any) -> None:
        with directory.store.folder.transaction() as connection:
            connection.exec_driver_sql(f"DELETE FROM {SHARED}.fv")
            connection.exec_driver_sql(f"DELETE FROM {SHARED}.person")

    bench.shell.session.do(spoil)
    bench.page.check()
    health = bench.view.last("show_health")[0]
    assert not health.is_sound
    assert len(health.sentences) >= 1


def test_nothing_is_made_nor_replaced_while_another_window_holds_the_folder(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appli.store.lock.LOCK_SECONDS", 0.05)
    other = open_directory(village.folder, holder="Accueil")
    back_up(other)
    session = Session(village.folder, lambda: open_index(village.folder), InlineJobs(), opener)
    session.open()
    try:
        bench = Bench(FakeShell(session))
        assert all("ailleurs" in reason for reason in bench.view.last("show_possible"))
        bench.page.make()
        bench.page.go_back(bench.rows[0].name)
        assert bench.shell.toasts == []
        assert bench.shell.folders == []
    finally:
        session.close()
        other.close()


def test_a_base_that_does_not_open_has_its_backups_and_comes_back(village: Village) -> None:
    directory = open_directory(village.folder)
    back_up(directory)
    directory.close()
    (village.folder / "partage.db").write_bytes(b"not a base" * 1000)
    session = Session(village.folder, lambda: open_index(village.folder), InlineJobs(), opener)
    session.open()
    bench = Bench(FakeShell(session))
    make, go_back = bench.view.last("show_possible")
    assert make
    assert not go_back
    bench.page.go_back(bench.rows[0].name)
    assert bench.shell.folders == [village.folder]
    session.close()
    assert "Élise Roumégas" in titles(village.folder)


def test_while_the_directory_opens_nothing_can_be_done(closed_session: Session) -> None:
    bench = Bench(FakeShell(closed_session))
    assert all(bench.view.last("show_possible"))
    closed_session.open()
    assert bench.view.last("show_possible") == ("", "")
    bench.page.close()


@pytest.mark.parametrize(("size", "words"), [(1, "1\u00a0Ko"), (640_400, "640\u00a0Ko"), (4_200_000, "4,2\u00a0Mo")])
def test_sizes(size: int, words: str) -> None:
    assert size_words(size) == words
