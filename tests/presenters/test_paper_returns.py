"""« Dépouillement »: a code opens its paper, one key saves it and asks for the next, the list follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from appli.domain.ids import short_code
from appli.presenters.paper_returns import DOUBT, PaperReturns
from appli.presenters.printing import Printing
from appli.presenters.shell import RETURNS, TO_CONFIRM, Request
from appli.services import undoing
from appli.services.directory import Directory
from appli.services.editing import Assignment, edit_sheet
from appli.services.printing.edition import new_edition
from appli.services.printing.printing import data_of, job_of
from appli.services.sheets_out import hand_out, sheets_out
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs

Do = Callable[[Callable[[Directory], Any]], Any]


def handed(directory: Directory) -> None:
    job = job_of(directory, replace(new_edition("corrections"), options={"carrier": "Nour Benchaïb"}))
    data_of(job)
    hand_out(directory, job.handed)


@pytest.fixture
def returns(shell: FakeShell, as_services: Do) -> PaperReturns:
    as_services(handed)
    presenter = PaperReturns(shell)
    presenter.view = CallRecorder()  # type: ignore[assignment]
    presenter.enter(Request())
    return presenter


def calls(presenter: PaperReturns) -> CallRecorder:
    assert isinstance(presenter.view, CallRecorder)
    return presenter.view


def open_elise(returns: PaperReturns, village: Village) -> None:
    returns.type_code(short_code(village.ids["elise"], "P").lower().replace("-", " "))
    returns.enter_code()
    assert returns.paper is not None
    assert returns.paper.record == village.ids["elise"]


def test_what_is_saved_from_the_window_is_out(shell: FakeShell, as_services: Do, tmp_path: Path) -> None:
    printing = Printing(shell)
    printing.view = CallRecorder()  # type: ignore[assignment]
    printing.enter(Request(edition=new_edition("corrections")))
    assert printing.edition.model == "corrections"
    assert as_services(sheets_out) == {}
    printing.save(tmp_path / "feuilles.pdf")
    assert {out.code[0] for out in as_services(sheets_out).values()} == {"P"}
    assert len(as_services(sheets_out)) == 2


def test_ways_lead_to_the_pages_that_exist(shell: FakeShell) -> None:
    assert Printing(shell).ways() == []
    shell.pages |= {RETURNS, TO_CONFIRM}
    assert [page for page, _words, _icon in Printing(shell).ways()] == [RETURNS, TO_CONFIRM]


def test_a_code_opens_its_paper_and_saving_asks_for_the_next(
    returns: PaperReturns, village: Village, shell: FakeShell, as_services: Do
) -> None:
    assert returns.list.figure_words() == "2 dehors · 0 rendue · 0 perdue"
    open_elise(returns, village)
    assert "portée par Nour Benchaïb" in returns.about_words()
    returns.type("occupation", "Ébéniste")
    returns.answer("members_print", True)
    returns.save()
    assert returns.paper is None
    assert calls(returns).names()[-1] == "ask_code"
    assert shell.toasts[-1] == ("Élise Roumégas\u00a0: feuille rendue, fiche confirmée.", True)
    entry = as_services(lambda d: d.reads.entry(village.ids["elise"]))
    assert entry.values["occupation"] == "Ébéniste"
    assert entry.values["confirmation"]["how"] == "paper"
    assert returns.list.figures() == {"out": 1, "lost": 0, "returned": 1}
    assert shell.status == "1 feuille dehors"


def test_the_list_is_narrowed_by_what_is_typed(returns: PaperReturns) -> None:
    returns.type_code("marvejols")
    assert [row.title for row in returns.list.rows] == ["Mathieu Valdeyron"]
    returns.type_code("benchaib")
    assert returns.list.count == 2
    returns.type_code("valdey")
    returns.enter_code()
    assert returns.paper is not None
    assert returns.paper.title == "Mathieu Valdeyron"


def test_a_code_of_nobody_is_said(returns: PaperReturns) -> None:
    returns.type_code("000000")
    returns.enter_code()
    assert "Aucune fiche n’a le code" in calls(returns).last("show_refusal")[0]
    returns.type_code("P-7K")
    returns.enter_code()
    assert "pas un code entier" in calls(returns).last("show_refusal")[0]
    assert returns.paper is None


def test_two_sheets_of_one_code_are_offered(returns: PaperReturns, village: Village, as_services: Do) -> None:
    code = short_code(village.ids["elise"], "P")
    twin = b"\x01" * 12 + village.ids["elise"][-4:]

    def add(directory: Directory) -> Any:
        from appli.domain.changes import Create

        return directory.do("Essai", [Create(twin, "place", {"title": "Le jumeau", "audience": 20})])

    as_services(add)
    returns.type_code(code[2:8])
    returns.enter_code()
    assert "choisissez dans la liste" in calls(returns).last("show_refusal")[0]
    assert {row.title for row in returns.list.rows} == {"Élise Roumégas", "Le jumeau"}
    returns.open(twin)
    assert returns.paper is not None
    assert returns.paper.title == "Le jumeau"


def test_what_was_typed_waits_until_the_paper_is_back(returns: PaperReturns, village: Village, as_services: Do) -> None:
    open_elise(returns, village)
    returns.type("occupation", "Ébéniste")
    returns.put_away()
    returns.go_to(next(at for at, row in enumerate(returns.list.rows)))
    open_elise(returns, village)
    assert returns.written.lines == {"occupation": "Ébéniste"}
    returns.type("occupation", "Menuisière")
    assert not returns.written


def test_nothing_to_correct_throws_nothing_away(returns: PaperReturns, village: Village) -> None:
    open_elise(returns, village)
    returns.type("occupation", "Ébéniste")
    returns.nothing_to_correct()
    assert returns.paper is not None
    returns.type("occupation", "Menuisière")
    returns.nothing_to_correct()
    assert returns.paper is None
    assert returns.list.figures()["returned"] == 1


def test_what_cannot_stand_keeps_the_paper_open(returns: PaperReturns, village: Village) -> None:
    open_elise(returns, village)
    returns.type("email", "elise")
    returns.save()
    assert returns.paper is not None
    assert returns.errors.keys() == {"email"}
    assert calls(returns).names()[-1] == "show_errors"
    returns.type("email", "elise@exemple.fr")
    assert returns.errors == {}
    returns.save()
    assert returns.paper is None


def test_lost_papers_are_another_list(returns: PaperReturns, shell: FakeShell) -> None:
    returns.mark(0, "lost")
    assert returns.list.figures() == {"out": 1, "lost": 1, "returned": 0}
    returns.show_state("lost")
    assert returns.list.count == 1
    back = shell.backs[-1]
    assert back is not None
    back()
    assert returns.list.figures()["out"] == 2


def test_nobody_is_interrupted_while_typing(returns: PaperReturns, village: Village, as_services: Do) -> None:
    def edit(directory: Directory) -> Any:
        entry = directory.reads.entry(village.ids["elise"])
        assert entry is not None
        return edit_sheet(directory, entry, [Assignment("summary", "=", "Autre chose")])

    open_elise(returns, village)
    drawn = calls(returns).names().count("show_paper")
    returns.type("occupation", "Ébéniste")
    as_services(edit)
    assert calls(returns).names().count("show_paper") == drawn
    returns.type("occupation", "Menuisière")
    as_services(undoing.undo)
    assert calls(returns).names().count("show_paper") == drawn + 1


def test_a_commune_that_nobody_knows_is_doubted_and_may_stay(
    returns: PaperReturns, village: Village, jobs: InlineJobs
) -> None:
    open_elise(returns, village)
    returns.type("commune", "Florak")
    jobs.pass_time(DOUBT)
    assert "Vouliez-vous dire Florac" in calls(returns).last("show_doubt")[1]
    returns.type("commune", "Mende")
    jobs.pass_time(DOUBT)
    assert calls(returns).last("show_doubt") == ("commune", "")
    returns.save()
    assert returns.paper is None
