"""Doublons without a window: found aside, judged by one call, silent afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from appli.domain.changes import Put
from appli.domain.ids import RecordId
from appli.errors import Cancelled, EnvironmentProblem
from appli.presenters.duplicates import Comparison, Duplicates
from appli.presenters.session import Session
from appli.presenters.shell import Request
from appli.services.judging import unite
from appli.services.undoing import undo
from appli.store.index import Query
from tests.presenters.conftest import Village, make
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs

Carry = Callable[[Callable[..., Any]], Any]


@dataclass
class Bench:
    page: Duplicates
    view: CallRecorder
    shell: FakeShell
    twin: RecordId

    def shown(self) -> Comparison:
        """The pair drawn last."""
        found = self.view.last("show_pair")[0]
        assert isinstance(found, Comparison)
        return found


@pytest.fixture
def bench(shell: FakeShell, village: Village, as_services: Carry) -> Bench:
    fields = {
        "name": "ROUMEGAS Elise",
        "occupation": "Tourneuse",
        "phone": "06 39 98 41 07",
        "commune": "Florac Trois Rivières",
    }
    twin = as_services(lambda d: make(d, "person", **fields))
    as_services(lambda d: make(d, "organization", title="Atelier des trois rivieres"))
    page = Duplicates(shell)
    view = CallRecorder()
    page.view = view
    page.enter()
    return Bench(page, view, shell, twin)


def total(session: Session) -> int:
    """How many rows the directory shows."""
    return session.index.total(Query())


def test_the_likeliest_pair_comes_first_with_its_reasons(bench: Bench, village: Village) -> None:
    row = bench.page.row(0)
    assert row is not None
    assert row.title == "Élise Roumégas / Elise Roumegas"
    assert row.second_line == "même nom, même téléphone, même commune"
    assert row.commune.endswith("\u202f%")
    assert bench.page.lead_words() == "2 paires de fiches se ressemblent. Rien n’est réuni sans vous."
    assert bench.page.place_words() == "1 sur 2"
    assert bench.shell.status == "2 paires à regarder"
    assert bench.page.words().title == "Est-ce la même personne\u202f?"
    assert ("show_searching", (0, 0, "")) in bench.view.calls


def test_both_sheets_are_laid_side_by_side(bench: Bench, village: Village) -> None:
    found = bench.shown()
    assert (found.left.id, found.right.id) == (village.ids["elise"], bench.twin)
    matches = {line.label: line.match for line in found.lines}
    assert matches["Nom"] == "same"
    assert matches["Métier ou activité"] == "different"
    assert matches["Téléphone"] == "same"
    assert matches["Courriel"] == "alone"


def test_the_same_number_under_two_labels_stands_on_one_line(
    bench: Bench, village: Village, as_services: Carry
) -> None:
    phones = as_services(lambda d: d.reads.parts("contact_point", [village.ids["elise"]])[village.ids["elise"]])
    mobile = next(one for one in phones if one.values["type"] == "phone")
    as_services(lambda d: d.do("", [Put(mobile.id, "type", "mobile")]))
    bench.page.go_to(1)
    bench.page.go_to(0)
    lines = bench.shown().lines
    matches = {line.label: line.match for line in lines}
    assert matches["Téléphone portable ou téléphone"] == "same"
    assert [line.match for line in lines].index("alone") == len(lines) - list(matches.values()).count("alone")


def test_one_word_unites_them_and_undo_takes_it_back(bench: Bench, session: Session, as_services: Carry) -> None:
    before = total(session)
    bench.page.same()
    assert total(session) == before - 1
    assert bench.page.count == 1
    assert bench.shell.toasts == [("Élise Roumégas\u00a0: les deux fiches sont réunies.", True)]
    as_services(undo)
    assert total(session) == before
    assert bench.page.count == 2


def test_two_that_are_two_are_not_asked_about_again(bench: Bench, session: Session) -> None:
    before = total(session)
    bench.page.different()
    bench.page.search()
    assert bench.page.count == 1
    assert total(session) == before
    assert bench.page.words().same == "C’est la même structure"


def test_later_comes_back_only_with_a_new_page(bench: Bench, shell: FakeShell) -> None:
    bench.page.later()
    bench.page.search()
    assert bench.page.count == 1
    assert bench.shell.toasts == []
    other = Duplicates(shell)
    other.enter()
    assert other.count == 2


def test_what_is_written_elsewhere_is_looked_at_on_coming_back(bench: Bench, as_services: Carry) -> None:
    bench.page.leave()
    pair = bench.page.pair
    assert pair is not None
    as_services(lambda d: unite(d, *pair.id))
    assert bench.page.count == 2
    bench.page.enter()
    assert bench.page.count == 1


def test_the_end_says_that_nothing_is_left(bench: Bench) -> None:
    bench.page.next()
    bench.page.previous()
    bench.page.same()
    bench.page.same()
    assert bench.page.count == 0
    assert bench.view.last("show_pair")[0] is None
    bench.page.same()
    bench.page.different()
    bench.page.later()


def test_a_refusal_is_said_and_the_pair_stays(bench: Bench) -> None:
    pair = bench.page.pair
    assert pair is not None
    bench.page._pairs[0] = type(pair)(type(pair.suggestion)(pair.id[0], pair.id[0], 1.0, ()), pair.row, pair.other)
    bench.page.same()
    assert "du même genre" in str(bench.shell.problems[0])
    assert bench.page.count == 2


def test_stopping_leaves_what_was_there(bench: Bench) -> None:
    bench.page._failed(Cancelled())
    assert bench.page.stopped
    assert not bench.page.searching
    assert bench.shell.problems == []
    bench.page._failed(EnvironmentProblem("locked", "Occupé.", ""))
    assert len(bench.shell.problems) == 1
    bench.page.stop()


def test_a_sheet_is_a_click_away(bench: Bench) -> None:
    bench.page.open(bench.twin)
    bench.page.back()
    assert bench.shell.visits == [("annuaire", Request(record=bench.twin))]
    assert bench.shell.returns == 1


def test_a_directory_that_can_only_be_read_stays_as_it_is(bench: Bench, session: Session, jobs: InlineJobs) -> None:
    session.held = EnvironmentProblem("held_elsewhere", "Ouvert ailleurs.", "")
    bench.page.same()
    bench.page.different()
    assert bench.shell.toasts == []
    assert jobs.problems == []
