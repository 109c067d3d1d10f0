"""Backups made by themselves, and what the status bar says of the last one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from appli.errors import EnvironmentProblem
from appli.presenters.backups import CHANNEL, EVERY_MINUTES, Backups
from appli.presenters.session import Session
from appli.services.editing import trash
from tests.presenters.conftest import Village
from tests.presenters.fakes import InlineJobs


class Told:
    """Counts."""

    count = 0

    def __call__(self) -> None:
        self.count += 1


def now() -> int:
    return int(datetime.now().astimezone().timestamp() * 1000)


@pytest.fixture
def backups(session: Session) -> Backups:
    return Backups(session, now, Told())


def test_a_change_is_backed_up_half_an_hour_later(
    backups: Backups, jobs: InlineJobs, village: Village, as_services: Callable[..., Any]
) -> None:
    assert backups.words() == "Pas encore de sauvegarde"
    assert CHANNEL not in jobs.waiting
    as_services(lambda d: trash(d, [village.ids["mason"]]))
    assert jobs.waiting[CHANNEL][0] == EVERY_MINUTES * 60_000
    jobs.pass_time(CHANNEL)
    assert backups.words().startswith("Sauvegarde vérifiée à ")
    assert len(list((village.folder / "sauvegardes").iterdir())) == 1


def test_many_changes_wait_for_one_backup(
    backups: Backups, jobs: InlineJobs, village: Village, as_services: Callable[..., Any]
) -> None:
    as_services(lambda d: trash(d, [village.ids["mason"]]))
    first = jobs.waiting[CHANNEL]
    as_services(lambda d: trash(d, [village.ids["elise"]]))
    assert jobs.waiting[CHANNEL] is first


def test_the_last_backup_is_known_at_the_next_start(session: Session, jobs: InlineJobs) -> None:
    Backups(session, now, Told()).make()
    again = Backups(session, now, Told())
    again.start()
    assert again.words().startswith("Sauvegarde vérifiée à ")


def test_an_old_backup_is_a_warning(backups: Backups) -> None:
    backups.last = datetime.now().astimezone() - timedelta(days=9)
    assert backups.words() == "Dernière sauvegarde il y a 9 jours"
    assert backups.is_late()
    backups.last = datetime.now().astimezone() - timedelta(days=1)
    assert backups.words() == "Dernière sauvegarde hier"
    assert not backups.is_late()


def test_a_backup_that_fails_is_said_in_the_bar_not_in_a_dialog(
    backups: Backups, jobs: InlineJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise EnvironmentProblem("disk_full", "Plus de place.")

    monkeypatch.setattr("appli.store.backup.backup", full)
    backups.make()
    assert backups.failed
    assert backups.is_late()
    assert jobs.problems == []
