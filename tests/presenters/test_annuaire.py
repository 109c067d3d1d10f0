"""List and sheet in step; the trash and back, each time with a way to undo."""

from __future__ import annotations

import pytest

from appli.presenters.annuaire import Annuaire
from appli.presenters.shell import Request
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell


@pytest.fixture
def page(shell: FakeShell) -> Annuaire:
    page = Annuaire(shell)
    page.list.view = CallRecorder()  # type: ignore[assignment]
    page.sheet.view = CallRecorder()  # type: ignore[assignment]
    page.start()
    return page


def test_the_first_record_is_shown_at_the_start(page: Annuaire, village: Village) -> None:
    assert page.list.current == village.ids["workshop"]
    assert page.sheet.page is not None
    assert page.sheet.page.title == "Atelier des Trois Rivières"


def test_going_down_the_list_shows_each_sheet(page: Annuaire) -> None:
    page.go_to(1, step=False)
    assert page.sheet.page is not None
    assert page.sheet.page.title == "Élise Roumégas"
    assert not page.sheet.history.can_go_back


def test_a_record_chosen_is_a_step(page: Annuaire) -> None:
    page.go_to(1, step=True)
    assert page.sheet.history.can_go_back


def test_the_list_marks_what_a_link_leads_to(page: Annuaire, village: Village) -> None:
    page.enter(Request(record=village.ids["mason"]))
    view = page.list.view
    assert isinstance(view, CallRecorder)
    assert view.last("show_current") == (2, True)


def test_it_goes_on_with_what_was_chosen_on_the_map(page: Annuaire, shell: FakeShell, village: Village) -> None:
    page.go_to(1, step=True)
    page.leave()
    assert shell.session.looked_at == village.ids["elise"]
    shell.search.set_text("maçon")  # meanwhile: the list shows what it finds
    page.enter(Request())
    assert page.list.current == village.ids["mason"]
    page.leave()
    shell.session.looked_at = village.ids["elise"]  # a sign was chosen there
    page.enter(Request())
    assert page.list.current == village.ids["elise"]


def test_one_sheet_to_the_trash(page: Annuaire, shell: FakeShell, village: Village) -> None:
    page.trash([village.ids["mason"]])
    assert shell.toasts == [("Mathieu Valdeyron est à la corbeille.", True)]
    assert page.list.count == 2


def test_several_sheets_to_the_trash_and_back(page: Annuaire, shell: FakeShell, village: Village) -> None:
    both = [village.ids["mason"], village.ids["elise"]]
    page.trash(both)
    page.restore(both)
    assert [words for words, _undo in shell.toasts] == [
        "2 fiches sont à la corbeille.",
        "2 fiches sont de nouveau dans l’annuaire.",
    ]
    assert page.list.count == 3


def test_nothing_chosen_is_nothing_to_do(page: Annuaire, shell: FakeShell) -> None:
    page.trash([])
    page.restore([])
    assert shell.toasts == []


def test_the_foot_of_the_window_counts(page: Annuaire, shell: FakeShell) -> None:
    page.results_shown()
    assert shell.status == "3 fiches"
    shell.search.set_text("maçon")
    page.results_shown()
    assert shell.status == "1 fiche sur 3"
    page.leave()
    shell.status = "87 paires à regarder"
    page.results_shown()
    assert shell.status == "87 paires à regarder"


def test_distance_is_an_order_only_around_a_point(page: Annuaire, shell: FakeShell) -> None:
    assert [words for _o, words in page.orders()] == ["Pertinence", "Nom", "Récemment modifiées"]
    shell.search.set_near((44.3, 3.6, 15.0))
    assert page.orders()[0] == ("distance", "Distance")
    page.set_order("distance")
    assert page.order_words() == "Distance"


def test_the_order_changes_the_list(page: Annuaire) -> None:
    page.set_order("updated")
    first = page.list.row(0)
    assert first is not None
    assert first.title == "Mathieu Valdeyron"
