"""The records that have no place: what is said of them, accepted one by one or all that are certain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from appli.domain.ids import RecordId
from appli.errors import EnvironmentProblem
from appli.presenters.session import Session
from appli.presenters.shell import MOVE, Request
from appli.presenters.to_locate import SHOWN, Place, ToLocate, Unlocated, place_words
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet
from appli.services.undoing import undo
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell

Carry = Callable[[Callable[[Directory], Any]], Any]


class Bench:
    """The page at the front."""

    def __init__(self, shell: FakeShell) -> None:
        self.shell = shell
        self.view = CallRecorder()
        self.page = ToLocate(shell)
        self.page.view = self.view  # type: ignore[assignment]
        self.page.enter()

    def sheets(self) -> dict[str, Unlocated]:
        (sheets,) = self.view.last("show_waiting")
        return {sheet.title: sheet for sheet in sheets}


@pytest.fixture
def bench(shell: FakeShell) -> Iterator[Bench]:
    made = Bench(shell)
    yield made
    made.page.close()


@pytest.fixture
def add(as_services: Carry) -> Callable[..., RecordId]:
    def add_place(title: str, **fields: str) -> RecordId:
        asked = [Assignment(name.replace("__", "."), "=", words) for name, words in {"title": title, **fields}.items()]
        found: RecordId = as_services(lambda d: create_sheet(d, "place", asked)).id
        return found

    return add_place


def test_the_sentence_counts_the_records_and_the_proposals(bench: Bench, add: Callable[..., RecordId]) -> None:
    assert list(bench.sheets()) == ["Atelier des Trois Rivières"]  # its member lives in Florac
    assert bench.page.lead_words() == "Cette fiche n’a pas de position. Une commune est proposée."
    add("Grange", commune="Chanac", address__postcode="48230")
    add("Relais", commune="Trifouilly-les-Oies")
    add("Four", commune="Saint-Julien")
    assert bench.page.lead_words() == "Ces 3 fiches n’ont pas de position. Une commune est proposée pour 2."
    assert bench.shell.status == "3 fiches à localiser"


def test_no_proposal_is_not_spoken_of(bench: Bench, village: Village, add: Callable[..., RecordId]) -> None:
    workshop = bench.sheets()["Atelier des Trois Rivières"]
    bench.page.accept(workshop, workshop.proposals[0].place)
    add("Le gîte du fond")
    assert bench.page.lead_words() == "Cette fiche n’a pas de position."


def test_one_click_locates_and_can_be_taken_back(bench: Bench, as_services: Carry) -> None:
    workshop = bench.sheets()["Atelier des Trois Rivières"]
    bench.page.accept(workshop, workshop.proposals[0].place)
    assert bench.shell.toasts == [("Atelier des Trois Rivières\u00a0: Florac Trois Rivières.", True)]
    assert bench.view.last("show_waiting") == ([],)
    assert bench.page.lead_words() == ""
    as_services(undo)
    assert list(bench.sheets()) == ["Atelier des Trois Rivières"]


def test_all_that_are_certain_go_in_one_work(bench: Bench, add: Callable[..., RecordId], as_services: Carry) -> None:
    assert bench.page.certain_words() == ""
    add("Grange", commune="St Julien", address__postcode="48190")
    assert bench.page.certain_words() == "Accepter la commune certaine"
    add("Moulin", commune="St Etienne", address__postcode="48330")
    assert bench.page.certain_words() == "Accepter les 2 communes certaines"
    bench.page.accept_certain()
    assert bench.shell.toasts == [("2 fiches localisées.", True)]
    assert list(bench.sheets()) == ["Atelier des Trois Rivières"]
    as_services(undo)
    assert sorted(bench.sheets()) == ["Atelier des Trois Rivières", "Grange", "Moulin"]


def test_nothing_certain_writes_nothing(bench: Bench) -> None:
    bench.page.accept_certain()
    assert bench.shell.toasts == []


def test_another_commune_is_found_by_its_letters(bench: Bench) -> None:
    record = bench.sheets()["Atelier des Trois Rivières"].id
    bench.page.type_place(record, "m")
    assert bench.view.last("show_places") == (record, [])
    bench.page.type_place(record, "mende")
    found, places = bench.view.last("show_places")
    assert (found, places[0].name) == (record, "Mende")
    assert place_words(places[0]) == "Mende – Lozère (48)"


def test_coordinates_are_offered_with_the_commune_they_are_near(bench: Bench) -> None:
    workshop = bench.sheets()["Atelier des Trois Rivières"]
    bench.page.type_place(workshop.id, "44,3201 ; 3,5901")
    _id, (place,) = bench.view.last("show_places")
    assert place.name == "44,32010\u202f; 3,59010, près de Florac Trois Rivières"
    bench.page.accept(workshop, place)
    assert bench.view.last("show_waiting") == ([],)


@pytest.mark.parametrize("nowhere", ["0,0 0,0", "47,2 ; -9,5", "47,15 ; -3,9", "44,3 ; 190,5"])
def test_coordinates_of_nowhere_offer_nothing_and_say_why(bench: Bench, nowhere: str) -> None:
    bench.page.type_place(bench.sheets()["Atelier des Trois Rivières"].id, nowhere)
    assert bench.view.last("show_places")[1] == []
    assert bench.shell.status.startswith("Aucune commune n’est près de")


def test_what_is_right_for_one_is_right_for_all_that_say_the_same(bench: Bench, add: Callable[..., RecordId]) -> None:
    for title in ("Grange", "Moulin", "Four"):
        add(title, commune="Langonge")
    add("Halle", commune="Villefort")
    sheets = bench.sheets()
    assert {s.title for s in bench.page.alike(sheets["Moulin"])} == {"Grange", "Moulin", "Four"}
    assert bench.page.alike(sheets["Atelier des Trois Rivières"]) == []
    bench.page.accept_for_all(sheets["Moulin"], sheets["Moulin"].proposals[0].place)
    assert bench.shell.toasts == [("3 fiches localisées.", True)]


def test_many_come_by_parts(bench: Bench, add: Callable[..., RecordId]) -> None:
    for number in range(SHOWN + 4):
        add(f"Gîte {number:02}")
    assert len(bench.sheets()) == SHOWN
    assert bench.page.more_words() == "Afficher la suite (5)"
    bench.page.show_more()
    assert len(bench.sheets()) == SHOWN + 5
    assert bench.page.more_words() == ""


def test_the_map_and_the_sheet_are_a_click_away(bench: Bench, village: Village) -> None:
    bench.page.on_map(village.ids["workshop"])
    bench.page.open(village.ids["workshop"])
    workshop = village.ids["workshop"]
    assert bench.shell.visits == [
        ("carte", Request(record=workshop, kind=MOVE)),
        ("annuaire", Request(record=workshop)),
    ]
    bench.page.back()
    assert bench.shell.returns == 1


def test_a_doubtful_position_is_kept_or_put_right(bench: Bench, add: Callable[..., RecordId]) -> None:
    add("Grange", commune="48095", position="3.5, 44.5")
    add("Bateau", commune="13055", position="42.2, 5.0")
    assert bench.page.lead_words() == (
        "Cette fiche n’a pas de position. Une commune est proposée. "
        "2 positions sont à vérifier\u00a0: loin de leur commune, en mer ou hors de France."
    )
    sheets = bench.sheets()
    assert [bench.page.is_doubtful(sheet) for sheet in sheets.values()] == [False, True, True]
    bench.page.keep(sheets["Bateau"])
    assert bench.shell.toasts[-1] == ("Bateau\u00a0: position gardée.", True)
    bench.page.accept(sheets["Grange"], sheets["Grange"].proposals[0].place)
    assert list(bench.sheets()) == ["Atelier des Trois Rivières"]


def test_a_page_that_is_not_at_the_front_reads_nothing(bench: Bench, add: Callable[..., RecordId]) -> None:
    bench.page.leave()
    bench.view.calls.clear()
    add("Grange")
    assert bench.view.calls == []
    bench.page.enter()
    assert "Grange" in bench.sheets()


def test_a_directory_that_can_only_be_read_stays_as_it_is(bench: Bench, session: Session) -> None:
    session.held = EnvironmentProblem("held_elsewhere", "Ouvert ailleurs.", "")
    workshop = bench.sheets()["Atelier des Trois Rivières"]
    bench.page.accept(workshop, Place("48095", "Mende", "48", "Lozère", "48000", 44.5, 3.5))
    assert bench.shell.toasts == []
    assert not bench.page.can_write
