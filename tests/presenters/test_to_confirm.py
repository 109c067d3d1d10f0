"""« Fiches à confirmer »: ages, the list, several confirmed at once, and what is printed for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from appli.presenters.printing_choices import offer_of
from appli.presenters.shell import ANNUAIRE, PRINTING, RETURNS
from appli.presenters.to_confirm import ToConfirm
from appli.services import undoing
from appli.services.directory import Directory
from appli.services.freshness import confirm_all, months_between
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell

Do = Callable[[Callable[[Directory], Any]], Any]
OLD = {"elise": "2024-01-05", "mason": "2025-09-02", "workshop": "2026-05"}


@pytest.fixture
def waiting(shell: FakeShell, village: Village, as_services: Do, now_is: Callable[[str], None]) -> ToConfirm:
    now_is("2026-11-22T10:00:00+01:00")
    for name, day in OLD.items():
        as_services(lambda d, name=name, day=day: confirm_all(d, [village.ids[name]], "visit", day))
    presenter = ToConfirm(shell)
    presenter.view = CallRecorder()  # type: ignore[assignment]
    presenter.enter()
    return presenter


def titles(presenter: ToConfirm) -> list[str]:
    return [row.title for place in range(presenter.count) if (row := presenter.row(place)) is not None]


def test_the_oldest_come_first(waiting: ToConfirm) -> None:
    assert titles(waiting) == ["Élise Roumégas", "Mathieu Valdeyron"]
    row = waiting.row(0)
    assert row is not None
    assert row.second_line == "confirmée le 5 janvier 2024"
    assert [n for _words, n in waiting.ages()] == [0, 1, 1, 1]
    waiting.choose(months=6)
    assert titles(waiting)[-1] == "Atelier des Trois Rivières"
    waiting.choose(kind="organization")
    assert titles(waiting) == ["Atelier des Trois Rivières"]
    assert "1 fiche sur 1" in waiting.lead_words()


def test_several_are_confirmed_in_one_work(waiting: ToConfirm, shell: FakeShell, as_services: Do) -> None:
    waiting.confirm([0, 1], "phone")
    assert titles(waiting) == []
    assert shell.toasts[-1] == ("2 fiches confirmées.", True)
    as_services(undoing.undo)
    assert titles(waiting) == ["Élise Roumégas", "Mathieu Valdeyron"]


def test_how_it_was_confirmed_is_kept(waiting: ToConfirm, village: Village, as_services: Do) -> None:
    waiting.confirm([0], "mail")
    entry = as_services(lambda d: d.reads.entry(village.ids["elise"]))
    assert entry.values["confirmation"] == {"on": "2026-11-22", "how": "mail"}


def test_what_is_printed_is_what_waits(waiting: ToConfirm, shell: FakeShell) -> None:
    waiting.choose(months=24, kind="person")
    waiting.print("letters")
    page, request = shell.visits[-1]
    assert page == PRINTING
    assert request.edition is not None
    assert (request.edition.model, request.edition.months, request.edition.kinds) == ("letters", 24, ("person",))
    waiting.print("calls", [0])
    row = waiting.row(0)
    edition = shell.visits[-1][1].edition
    assert edition is not None
    assert row is not None
    assert (edition.records, edition.kinds) == ((row.id.hex(),), ("person",))
    assert "Seulement la fiche choisie" in offer_of(edition).help
    waiting.open(0)
    waiting.take_in(0)
    assert [page for page, _request in shell.visits[-2:]] == [ANNUAIRE, RETURNS]


@pytest.mark.parametrize(
    ("day", "months"), [("2026-11-22", 0), ("2026-05-22", 6), ("2026-05-23", 5), ("2025", 22), ("2027-01-01", 0)]
)
def test_months(day: str, months: int) -> None:
    from datetime import date

    assert months_between(day, date(2026, 11, 22)) == months
