"""The map's page thinks: a circle of its own, list and map in step, nothing told while another page is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from appli.domain.ids import RecordId
from appli.presenters.map_list import MapRow
from appli.presenters.map_page import MapPage
from appli.presenters.map_search import EVERYWHERE, HALF_AROUND_KM
from appli.presenters.mini_map import MiniMap
from appli.presenters.session import Session
from appli.presenters.shell import MOVE, Request
from appli.services.directory import Directory
from appli.services.editing import Assignment, Created, create_sheet, trash
from appli.services.locating import Territory
from appli.services.spaces import SpaceFacts, found
from appli.services.undoing import undo
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs

Carry = Callable[[Callable[[Directory], Any]], Any]


class Bench:
    """The page at the front, and what it asked of its view."""

    def __init__(self, shell: FakeShell) -> None:
        self.shell = shell
        self.view = CallRecorder()
        self.page = MapPage(shell)
        self.page.start(self.view)  # type: ignore[arg-type]
        self.page.enter(Request())

    def titles(self) -> list[str]:
        rows = [self.page.list.row(place) for place in range(self.page.list.count)]
        return [row.title for row in rows if row is not None]

    def type_and_enter(self, text: str) -> None:
        self.page.place.type(text)
        self.page.place.enter(text)

    def asked(self, name: str) -> list[tuple[Any, ...]]:
        return [arguments for called, arguments in self.view.calls if called == name]

    def places_offered(self) -> list[str]:
        (places,) = self.view.last("show_places")
        return [place.name for place in places]


def add(directory: Directory, kind: str, title: str, commune: str) -> Created:
    return create_sheet(directory, kind, [Assignment("title", "=", title), Assignment("commune", "=", commune)])


@pytest.fixture
def bench(shell: FakeShell) -> Iterator[Bench]:
    made = Bench(shell)
    yield made
    made.page.close()


# --- the list and the map -----------------------------------------------------------------------


def test_the_list_says_what_the_map_shows(bench: Bench) -> None:
    assert bench.titles() == ["Élise Roumégas", "Mathieu Valdeyron"]  # the workshop has no place
    assert bench.page.source.held.count == 2
    assert (bench.page.count_words(), bench.page.about_words()) == ("2 fiches", "sur la carte")
    assert bench.shell.status == "2 fiches sur la carte"
    assert bench.view.last("show_waiting") == (1,)


def test_around_a_commune_nearest_first_with_the_distance(bench: Bench) -> None:
    bench.type_and_enter("marvejols")
    assert bench.titles() == ["Mathieu Valdeyron"]
    bench.page.place.set_km(100)
    assert bench.titles() == ["Mathieu Valdeyron", "Élise Roumégas"]
    rows = [bench.page.list.row(place) for place in (0, 1)]
    assert [row.distance for row in rows if row] == ["tout près", "35\u00a0km"]
    assert bench.page.status_words() == "2 fiches sur la carte, 2 dans le cercle"
    assert bench.view.last("show_centre") == ("Marvejols", 100)
    (lat, lon), km, name = bench.view.last("show_circle")
    assert (round(lat, 1), round(lon, 1), km, name) == (44.6, 3.3, 100, "Marvejols")
    (box,) = bench.view.last("fit")
    assert box[0] < lat < box[2]
    assert box[1] < lon < box[3]


def test_the_whole_country_is_in_order_of_distance_without_a_circle(bench: Bench) -> None:
    bench.type_and_enter("lille")
    assert bench.titles() == []
    bench.page.place.set_km(None)
    assert bench.titles() == ["Mathieu Valdeyron", "Élise Roumégas"]
    assert bench.page.search.query.near == (*bench.page.search.query.near[:2], HALF_AROUND_KM)  # type: ignore[index]
    assert bench.view.last("show_circle")[1] is None
    assert "cercle" not in bench.page.status_words()


def test_no_place_any_more(bench: Bench) -> None:
    bench.type_and_enter("marvejols")
    bench.page.place.clear()
    assert bench.titles() == ["Élise Roumégas", "Mathieu Valdeyron"]
    assert bench.page.search.query.bounds == EVERYWHERE
    assert bench.view.last("show_centre") == ("", 25)
    assert bench.view.last("show_circle")[0] is None


def test_a_row_is_read_out_kind_first_distance_last(bench: Bench) -> None:
    bench.type_and_enter("florac")
    row = bench.page.list.row(0)
    assert isinstance(row, MapRow)
    assert row.spoken == "personne, Élise Roumégas, Menuisière · Florac Trois Rivières, tout près"


# --- the place field ----------------------------------------------------------------------------


def test_communes_are_offered_from_the_second_letter(bench: Bench) -> None:
    bench.page.place.type("f")
    assert bench.view.last("show_places") == ([],)
    bench.page.place.type("florac")
    assert bench.places_offered()[0] == "Florac Trois Rivières"


def test_a_name_nobody_bears_is_answered(bench: Bench, as_services: Carry) -> None:
    as_services(lambda d: found(d, SpaceFacts("Ici", [{"level": "department", "code": "48"}])))
    bench.type_and_enter("Florak")
    assert bench.view.last("show_unknown") == (
        "Aucune commune ne s’appelle «\u00a0Florak\u00a0». Vouliez-vous dire Florac Trois Rivières\u202f?",
    )
    assert bench.page.search.centre is None
    bench.page.place.type("Florac")
    assert bench.view.last("show_unknown") == ("",)


def test_an_emptied_field_looks_nowhere(bench: Bench) -> None:
    bench.type_and_enter("marvejols")
    bench.page.place.enter("  ")
    assert bench.page.search.centre is None


def test_around_a_record(bench: Bench, village: Village) -> None:
    bench.page.place.around(village.ids["mason"])
    assert bench.view.last("show_centre") == ("Mathieu Valdeyron", 25)
    assert bench.titles() == ["Mathieu Valdeyron"]
    bench.page.place.enter("Mathieu Valdeyron")  # a name no commune bears, and none was asked for
    assert bench.view.last("show_unknown") == ("",)


def test_around_a_record_without_place_is_nowhere(bench: Bench, village: Village) -> None:
    bench.page.place.around(village.ids["workshop"])
    assert bench.page.search.centre is None


def test_around_a_point_that_was_clicked_or_drawn_there(bench: Bench) -> None:
    bench.page.pointing.choose_centre()
    assert bench.view.last("show_choosing") == (True,)
    bench.page.pointing.pointed(44.56, 3.29)
    assert bench.view.last("show_choosing") == (False,)
    assert bench.view.last("show_centre") == ("Marvejols, point choisi", 25)
    assert bench.titles() == ["Mathieu Valdeyron"]
    fitted = len(bench.asked("fit"))
    bench.page.place.drag(44.32, 3.59)
    bench.page.place.pull(12)
    assert bench.view.last("show_centre") == ("Florac Trois Rivières, point choisi", 12)
    assert bench.titles() == ["Élise Roumégas"]
    assert len(bench.asked("fit")) == fitted  # the map stays under the mouse


def test_far_at_sea_there_is_no_commune_to_name(bench: Bench) -> None:
    bench.page.place.around_point(46.0, -9.0)
    assert bench.view.last("show_centre")[0] == "Point choisi"


def test_choosing_gives_up_placing(bench: Bench, village: Village) -> None:
    place(bench, village.ids["workshop"])
    bench.page.pointing.choose_centre()
    assert bench.view.last("show_moving") == (None,)
    bench.page.pointing.pointed(44.56, 3.29)
    assert bench.shell.toasts == []


# --- shared with the directory, or not ----------------------------------------------------------


def test_words_and_kinds_are_shared_but_not_the_circle(bench: Bench) -> None:
    bench.shell.search.set_text("maçon")
    assert bench.titles() == ["Mathieu Valdeyron"]
    assert bench.page.source.held.count == 1
    bench.type_and_enter("marvejols")
    assert bench.shell.search.query.near is None
    bench.page.kinds.toggle("person", True)
    assert bench.shell.search.chosen("kind") == {"person"}
    bench.page.kinds.show_all()
    assert bench.shell.search.chosen("kind") == frozenset()


def test_kinds_are_counted_over_the_whole_map(bench: Bench, as_services: Carry) -> None:
    as_services(lambda d: add(d, "place", "Relais", "Mende"))
    bench.type_and_enter("marvejols")
    (kinds,) = bench.view.last("show_kinds")
    assert [(k.key, k.count, k.on, k.shape) for k in kinds] == [
        ("person", 2, False, "person"),
        ("place", 1, False, "place"),
    ]
    bench.page.kinds.toggle("place", True)
    (kinds,) = bench.view.last("show_kinds")
    assert [(k.key, k.count, k.on) for k in kinds] == [("person", 2, False), ("place", 1, True)]
    bench.shell.search.set_text("maçon")  # no place is called so: its chip stays, to be unticked
    (kinds,) = bench.view.last("show_kinds")
    assert ("place", 0, True) in [(k.key, k.count, k.on) for k in kinds]


def test_filters_of_the_directory_are_told_and_given_up(bench: Bench) -> None:
    bench.shell.search.toggle("commune", "48092", True)
    bench.shell.search.toggle("kind", "person", True)
    (filters,) = bench.view.last("show_filters")
    assert [(f.key, f.word, f.on) for f in filters] == [("commune/48092", "Commune\u00a0: Marvejols", True)]
    assert bench.titles() == ["Mathieu Valdeyron"]
    bench.page.kinds.drop("commune/48092")
    assert bench.view.last("show_filters") == ([],)
    assert bench.shell.search.chosen("kind") == {"person"}
    assert len(bench.titles()) == 2


def test_the_trash_is_not_on_the_map(bench: Bench, village: Village, as_services: Carry) -> None:
    as_services(lambda d: trash(d, [village.ids["mason"]]))
    bench.shell.search.set_trashed(True)
    assert bench.titles() == ["Élise Roumégas"]
    assert bench.page.source.held.count == 1


def test_nothing_is_told_while_another_page_is_at_the_front(bench: Bench, as_services: Carry) -> None:
    bench.page.leave()
    bench.view.calls.clear()
    bench.shell.status = ""
    bench.shell.search.set_text("maçon")
    as_services(lambda d: add(d, "place", "Maçonnerie", "Mende"))
    assert bench.asked("rows_replaced") == bench.asked("points_changed") == []
    assert bench.shell.status == ""
    bench.page.enter(Request())
    assert bench.titles() == ["Maçonnerie", "Mathieu Valdeyron"]
    assert bench.page.source.held.count == 2


def test_coming_back_with_nothing_new_asks_for_nothing(bench: Bench) -> None:
    bench.page.leave()
    bench.view.calls.clear()
    bench.page.enter(Request())
    assert {"rows_replaced", "rows_changed", "points_changed", "show_kinds"}.isdisjoint(bench.view.names())


def test_what_is_written_is_seen(bench: Bench, village: Village, as_services: Carry) -> None:
    as_services(lambda d: trash(d, [village.ids["mason"]]))
    assert bench.titles() == ["Élise Roumégas"]
    assert bench.page.source.held.count == 1
    assert bench.asked("points_changed")


# --- the frame ----------------------------------------------------------------------------------


def test_the_list_follows_the_frame_once_the_map_stands_still(bench: Bench, jobs: InlineJobs) -> None:
    bench.page.frame_moved(44.5, 3.0, 44.7, 3.4)  # around Marvejols
    assert len(bench.titles()) == 2
    bench.page.follow_frame(True)
    assert (bench.titles(), bench.page.about_words()) == (["Mathieu Valdeyron"], "dans ce cadre")
    bench.page.frame_moved(44.2, 3.4, 44.4, 3.7)
    bench.page.frame_moved(44.2, 3.4, 44.4, 3.8)
    assert bench.titles() == ["Mathieu Valdeyron"]
    jobs.pass_time("carte-cadre")
    assert bench.titles() == ["Élise Roumégas"]
    bench.page.follow_frame(False)
    assert len(bench.titles()) == 2


def test_the_list_waits_for_a_map_that_has_not_said_its_frame(bench: Bench, jobs: InlineJobs) -> None:
    bench.page.follow_frame(True)
    assert len(bench.titles()) == 2
    bench.page.frame_moved(44.5, 3.0, 44.7, 3.4)
    jobs.pass_time("carte-cadre")
    assert bench.titles() == ["Mathieu Valdeyron"]


def test_an_empty_frame_can_be_left(bench: Bench) -> None:
    bench.page.frame_moved(48.0, 2.0, 48.1, 2.1)
    bench.page.follow_frame(True)
    empty = bench.page.why_empty()
    assert empty is not None
    assert (empty.title, empty.ways[0].words) == ("Aucune fiche dans ce cadre.", "Voir hors du cadre")
    empty.ways[0].take()
    assert (bench.page.following, len(bench.titles())) == (False, 2)


def test_the_frame_limits_the_list_and_not_the_map(bench: Bench) -> None:
    bench.page.frame_moved(44.5, 3.0, 44.7, 3.4)
    bench.page.follow_frame(True)
    assert bench.page.source.held.count == 2


def test_a_frame_let_go_meanwhile_stays_let_go(bench: Bench, jobs: InlineJobs) -> None:
    bench.page.frame_moved(44.5, 3.0, 44.7, 3.4)
    bench.page.follow_frame(True)
    bench.page.frame_moved(44.2, 3.4, 44.4, 3.7)
    bench.page.follow_frame(False)
    jobs.pass_time("carte-cadre")
    assert bench.page.search.frame is None


# --- what is empty ------------------------------------------------------------------------------


def test_an_empty_circle_can_be_widened(bench: Bench) -> None:
    bench.type_and_enter("mende")
    bench.page.place.set_km(10)
    empty = bench.page.why_empty()
    assert empty is not None
    assert empty.title == "Aucune fiche à moins de 10\u00a0km de Mende."
    assert [(w.words, w.primary) for w in empty.ways] == [("Élargir à 25\u00a0km", True)]
    empty.ways[0].take()
    assert bench.page.search.km == 25
    assert bench.view.last("show_centre") == ("Mende", 25)


def test_the_last_circle_widens_to_the_whole_country(bench: Bench) -> None:
    bench.type_and_enter("lille")
    bench.page.place.set_km(100)
    empty = bench.page.why_empty()
    assert empty is not None
    assert empty.ways[0].words == "Chercher dans toute la France"
    empty.ways[0].take()
    assert bench.page.why_empty() is None


def test_words_that_find_nothing_can_be_forgotten(bench: Bench) -> None:
    bench.shell.search.set_text("introuvable")
    empty = bench.page.why_empty()
    assert empty is not None
    assert empty.title == "Aucune fiche pour «\u00a0introuvable\u00a0» sur la carte."
    empty.ways[0].take()
    assert bench.shell.search.query.text == ""
    assert len(bench.titles()) == 2


# --- one record ---------------------------------------------------------------------------------


def test_a_row_is_shown_on_the_map_and_a_sign_in_the_list(bench: Bench, village: Village) -> None:
    bench.page.go_to(1)
    assert bench.view.last("select") == (village.ids["mason"].hex(),)
    bench.page.chosen_on_map(village.ids["elise"])
    assert bench.view.last("show_current") == (0, True)
    bench.type_and_enter("marvejols")
    assert bench.view.last("show_current") == (-1, False)  # out of the circle, still chosen


def test_a_sheet_is_opened_from_the_list_and_from_the_map(bench: Bench, village: Village) -> None:
    bench.page.open_row(0)
    bench.page.open(village.ids["mason"])
    assert bench.shell.visits == [
        ("annuaire", Request(record=village.ids["elise"])),
        ("annuaire", Request(record=village.ids["mason"])),
    ]


def test_centred_on_a_record_even_one_the_search_does_not_find(bench: Bench, village: Village) -> None:
    bench.shell.search.set_text("maçon")
    bench.page.enter(Request(record=village.ids["elise"]))
    lat, lon, zoom = bench.view.last("go_to")
    assert (round(lat, 1), round(lon, 1), zoom) == (44.3, 3.6, 12)
    assert bench.view.last("select") == (village.ids["elise"].hex(),)
    assert village.ids["elise"].hex().encode() in bench.page.source.held.columns.page


def test_the_record_of_the_other_page_is_marked_and_the_map_stays(
    shell: FakeShell, village: Village, session: Session
) -> None:
    session.looked_at = village.ids["mason"]  # what the directory's page left
    bench = Bench(shell)
    assert bench.view.last("mark") == (village.ids["mason"].hex(),)
    assert bench.view.last("show_current") == (1, True)
    assert {"select", "go_to"}.isdisjoint(bench.view.names())
    bench.page.chosen_on_map(village.ids["elise"])
    bench.page.leave()
    assert session.looked_at == village.ids["elise"]
    bench.view.calls.clear()
    bench.page.enter(Request())
    assert "mark" not in bench.view.names()  # as one left it
    bench.page.close()


# --- placing ------------------------------------------------------------------------------------


def place(bench: Bench, record: RecordId) -> None:
    bench.page.enter(Request(record=record))


def test_a_record_without_place_gets_a_sign_to_move(bench: Bench, village: Village, as_services: Carry) -> None:
    place(bench, village.ids["workshop"])
    (start,) = bench.view.last("show_moving")
    assert (start.title, start.shape) == ("Atelier des Trois Rivières", "organization")
    assert (round(start.lat, 1), round(start.lon, 1)) == (44.3, 3.6)  # where its member lives: the first proposal
    (box,) = bench.view.last("fit")
    assert box[0] < start.lat < box[2]
    bench.page.pointing.moved(44.33, 3.59, 12)
    assert bench.view.last("show_whereabouts")[0] == "Florac Trois Rivières, au centre"
    assert bench.shell.toasts == []  # nothing is kept until it is said
    bench.page.pointing.put()
    assert bench.view.last("show_moving") == (None,)
    assert bench.shell.toasts == [("Atelier des Trois Rivières est à sa place.", True)]
    assert "Atelier des Trois Rivières" in bench.titles()
    assert bench.view.last("show_waiting") == (0,)
    assert bench.view.last("select") == (village.ids["workshop"].hex(),)
    entry = as_services(lambda d: d.reads.entry(village.ids["workshop"]))
    assert entry.values["position"] == {"lat": 44.33, "lon": 3.59, "precision": "street", "source": "map"}
    as_services(undo)
    assert bench.view.last("show_waiting") == (1,)


def test_far_away_it_is_said_how_to_be_more_exact(bench: Bench, village: Village) -> None:
    place(bench, village.ids["workshop"])
    bench.page.pointing.moved(44.33, 3.59, 9)
    assert bench.view.last("show_whereabouts")[1].startswith("À 900\u00a0m près")
    bench.page.pointing.moved(44.33, 3.59, 15)
    assert bench.view.last("show_whereabouts")[1] == ""


def test_a_record_that_has_a_place_is_moved_on_the_map_as_it_is(bench: Bench, village: Village) -> None:
    looked = len(bench.asked("go_to")) + len(bench.asked("fit"))
    bench.page.pointing.move(village.ids["elise"])
    (start,) = bench.view.last("show_moving")
    assert (start.title, round(start.lat, 1)) == ("Élise Roumégas", 44.3)
    bench.page.pointing.moved(44.5, 3.5, 14)
    bench.page.pointing.put()
    assert len(bench.asked("go_to")) + len(bench.asked("fit")) == looked
    assert b"4450000" in bench.page.source.held.columns.page


def test_what_is_not_moved_after_all_is_looked_at_where_it_was(bench: Bench, village: Village) -> None:
    bench.page.pointing.move(village.ids["elise"])
    bench.page.pointing.give_up()
    assert bench.view.last("show_moving") == (None,)
    assert bench.view.last("select") == (village.ids["elise"].hex(),)
    place(bench, village.ids["workshop"])  # which is nowhere
    bench.page.pointing.give_up()
    assert bench.view.last("select") == (None,)


def test_what_came_to_be_moved_is_shown_near(bench: Bench, village: Village) -> None:
    bench.page.enter(Request(record=village.ids["elise"], kind=MOVE))
    assert bench.view.last("go_to")[2] == 12
    assert bench.view.last("show_moving")[0].title == "Élise Roumégas"


def test_giving_it_up_places_nothing(bench: Bench, village: Village) -> None:
    place(bench, village.ids["workshop"])
    bench.page.pointing.moved(44.33, 3.59, 12)
    bench.page.pointing.stop()
    bench.page.pointing.moved(44.33, 3.59, 12)  # on its way when it was given up
    bench.page.pointing.put()
    assert bench.shell.toasts == []
    assert bench.view.last("show_waiting") == (1,)


def test_leaving_the_page_gives_it_up(bench: Bench, village: Village) -> None:
    place(bench, village.ids["workshop"])
    bench.page.leave()
    assert (bench.page.pointing.moving, bench.view.last("show_moving")) == (None, (None,))


def test_nothing_is_placed_in_a_directory_that_can_only_be_read(
    bench: Bench, village: Village, session: Session
) -> None:
    from appli.errors import EnvironmentProblem

    session.held = EnvironmentProblem("held_elsewhere", "Ouvert ailleurs.", "")
    place(bench, village.ids["workshop"])
    assert bench.page.pointing.moving is None
    assert bench.shell.status == "Cet annuaire est ouvert en lecture seule."


# --- the first sight ----------------------------------------------------------------------------


def test_one_s_own_department_is_framed_first(shell: FakeShell, as_services: Carry) -> None:
    as_services(lambda d: found(d, SpaceFacts("Ici", [{"level": "department", "code": "48"}])))
    bench = Bench(shell)
    (territory,) = bench.view.last("show_territory")
    assert (territory.department, territory.epcis, territory.communes) == ("48", (), ())
    boxes = bench.asked("fit")
    assert len(boxes) == 1
    south, west, north, east = boxes[0][0]
    assert (44.0 < south < 44.5, 2.9 < west < 3.5, 44.7 < north < 45.1, 3.7 < east < 4.1) == (True,) * 4
    bench.page.close()


def test_one_s_own_grouping_is_outlined_with_room_around(shell: FakeShell, as_services: Carry) -> None:
    territory = [{"level": "epci", "code": "200069151"}, {"level": "commune", "code": "48095"}]
    as_services(lambda d: found(d, SpaceFacts("Ici", territory)))
    bench = Bench(shell)
    (told,) = bench.view.last("show_territory")
    assert (told.department, told.epcis, told.communes) == ("48", ("200069151",), ("48095",))
    assert told.box is not None
    assert told.box[2] > 44.55  # beyond Mende's town hall
    bench.page.close()


def test_without_a_territory_the_records_are_framed(bench: Bench) -> None:
    assert bench.view.last("show_territory") == (Territory(),)
    (box,) = bench.view.last("fit")
    assert [round(edge, 1) for edge in box] == [44.3, 3.3, 44.6, 3.6]


def test_who_came_for_a_record_is_not_led_elsewhere(shell: FakeShell, village: Village, as_services: Carry) -> None:
    as_services(lambda d: found(d, SpaceFacts("Ici", [{"level": "department", "code": "48"}])))
    bench = Bench.__new__(Bench)
    bench.shell, bench.view, bench.page = shell, CallRecorder(), MapPage(shell)
    shell.session.jobs.hold = True  # type: ignore[attr-defined]
    bench.page.start(bench.view)  # type: ignore[arg-type]
    bench.page.enter(Request(record=village.ids["mason"]))
    shell.session.jobs.hold = False  # type: ignore[attr-defined]
    shell.session.jobs.release()  # type: ignore[attr-defined]
    assert bench.asked("fit") == []
    assert bench.asked("go_to")
    bench.page.close()


def test_a_page_shown_before_the_directory_is_open_lists_at_once(closed_session: Session) -> None:
    bench = Bench(FakeShell(closed_session))
    assert bench.titles() == ["Élise Roumégas", "Mathieu Valdeyron"]
    assert bench.asked("show_territory") == []
    closed_session.open()
    assert bench.view.last("show_territory") == (Territory(),)
    assert bench.page.source.directory is not None
    bench.page.close()


def test_the_strip_leads_to_those_without_place(bench: Bench) -> None:
    bench.page.to_locate()
    assert bench.shell.visits == [("a_localiser", Request())]


# --- the sheet's small map ----------------------------------------------------------------------


def test_the_small_map_holds_the_neighbours_alone(session: Session, village: Village) -> None:
    mini, told = MiniMap(session), []
    mini.look(44.55, 3.29, lambda: told.append(mini.source.held.count))
    assert told == [1]
    assert village.ids["mason"].hex().encode() in mini.source.points(0)
