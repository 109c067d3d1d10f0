"""Finding a place for the sheets that have none: what is certain, what is only proposed, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appli.app import load_gazetteer
from appli.domain.audience import Audience
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.geo.gazetteer import Gazetteer
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet, trash
from appli.services.linking import link
from appli.services.locating import locate, place_meant, places_named, spot_of, territory_of
from appli.services.placing import put_at, start_of, vouch, whereabouts
from appli.services.spaces import SpaceFacts, found
from appli.services.undoing import undo
from appli.services.unlocated import Unlocated, count_to_locate, doubtful_ids, unlocated, unlocated_ids
from appli.store.index import Index
from appli.store.store import Store


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture
def directory(tmp_path: Path, gazetteer: Gazetteer) -> Iterator[Directory]:
    store = Store(tmp_path / "annuaire", tmp_path / "config")
    made = Directory(store, Index(tmp_path / "annuaire" / "index.db"), lambda: gazetteer)
    made.ensure_index()
    yield made
    made.close()


def make(directory: Directory, kind: str, **fields: str) -> RecordId:
    """A sheet from `field=words`; `address__postcode` is a part of one."""
    asked = [Assignment(name.replace("__", "."), "=", words) for name, words in fields.items()]
    return create_sheet(directory, kind, asked, Audience.SHARED).id


def at_home(directory: Directory, *parts: tuple[str, str]) -> None:
    found(directory, SpaceFacts("Notre coin", [{"level": level, "code": code} for level, code in parts]))


def waiting(directory: Directory) -> dict[str, Unlocated]:
    return {sheet.title: sheet for sheet in unlocated(directory, lambda: False).sheets}


def offered(sheet: Unlocated) -> list[tuple[str, str, str]]:
    return [(p.place.name, p.place.department, p.why) for p in sheet.proposals]


# --- who waits ----------------------------------------------------------------------------------


def test_only_what_should_be_somewhere_and_is_nowhere_waits(directory: Directory) -> None:
    make(directory, "place", title="Relais", commune="48095")
    make(directory, "place", title="Cabane", position="44.5, 3.5")
    make(directory, "page", title="Mode d’emploi")
    gone = make(directory, "place", title="Parti")
    nowhere = make(directory, "listing", title="Une remorque", type="offer")
    lost = make(directory, "person", name="Zoé Perdue")
    trash(directory, [gone])
    assert unlocated_ids(directory.index) == [nowhere, lost]
    found_now = unlocated(directory, lambda: False)
    assert (found_now.total, [s.title for s in found_now.sheets]) == (2, ["Une remorque", "Zoé Perdue"])
    assert [s.initials for s in found_now.sheets] == ["", "ZP"]


# --- what is proposed ---------------------------------------------------------------------------


def test_a_name_with_its_postcode_is_certain(directory: Directory) -> None:
    make(directory, "place", title="Grange", commune="St Julien", address__postcode="48190", address__street="Le bourg")
    sheet = waiting(directory)["Grange"]
    assert (sheet.certain, sheet.written) == (True, "Le bourg, 48190, St Julien")
    assert offered(sheet) == [("Saint-Julien-du-Tournel", "48", "d’après ce qui est écrit")]


def test_a_name_that_several_communes_bear_is_proposed_and_not_certain(directory: Directory) -> None:
    make(directory, "place", title="Grange", commune="Saint-Julien")
    sheet = waiting(directory)["Grange"]
    assert not sheet.certain
    assert len(sheet.proposals) > 1
    assert len({p.place.insee for p in sheet.proposals}) == len(sheet.proposals)


def test_of_namesakes_the_only_one_at_home_is_meant(directory: Directory) -> None:
    make(directory, "place", title="Grange", commune="Saint-Julien")
    at_home(directory, ("department", "39"))
    sheet = waiting(directory)["Grange"]
    assert (sheet.certain, sheet.proposals[0].place.department) == (True, "39")


def test_a_postcode_that_says_otherwise_leaves_a_doubt(directory: Directory) -> None:
    make(directory, "place", title="Grange", commune="Saint-Julien", address__postcode="75001")
    at_home(directory, ("department", "39"))
    sheet = waiting(directory)["Grange"]
    assert (sheet.certain, sheet.proposals[0].place.department) == (False, "39")


def test_a_name_nobody_bears_is_only_shown(directory: Directory) -> None:
    make(directory, "place", title="Le chalet du fond", commune="Trifouillis-les-Oies")
    sheet = waiting(directory)["Le chalet du fond"]
    assert (sheet.written, sheet.proposals, sheet.certain) == ("Trifouillis-les-Oies", (), False)


@pytest.mark.parametrize(
    ("title", "commune"),
    [
        ("Antenne de Moyenmoutier", "Moyenmoutier"),
        ("Antenne d’Anould", "Anould"),
        ("Bus de Talence (2187)", "Talence"),
        ("Font-Romeu-Odeillo-Via", "Font-Romeu-Odeillo-Via"),
        ("Bureau à La Llagonne", "La Llagonne"),
        ("Atelier bois", None),
    ],
)
def test_the_end_of_a_title_may_name_a_commune(directory: Directory, title: str, commune: str | None) -> None:
    make(directory, "place", title=title)
    sheet = waiting(directory)[title]
    assert not sheet.certain
    assert [p.place.name for p in sheet.proposals[:1]] == ([commune] if commune else [])


def test_the_name_of_a_person_is_no_place(directory: Directory) -> None:
    make(directory, "person", name="Jeanne Mende")
    assert waiting(directory)["Jeanne Mende"].proposals == ()


def test_linked_sheets_come_first(directory: Directory) -> None:
    elise = make(directory, "person", name="Élise Roumégas", commune="48061")
    club = make(directory, "organization", title="Asso Vélo Mende")
    link(directory, elise, "member_of", club)
    assert offered(waiting(directory)["Asso Vélo Mende"]) == [
        ("Florac Trois Rivières", "48", "comme Élise Roumégas"),
        ("Mende", "48", "d’après son nom"),
    ]


def test_a_name_from_elsewhere_is_not_proposed_to_those_who_are_at_home(directory: Directory) -> None:
    make(directory, "place", title="Atelier des Trois-Rivières")
    assert [p.place.department for p in waiting(directory)["Atelier des Trois-Rivières"].proposals] == ["971", "80"]
    at_home(directory, ("department", "48"))
    assert waiting(directory)["Atelier des Trois-Rivières"].proposals == ()


# --- accepting ----------------------------------------------------------------------------------


def test_several_are_located_in_one_work_and_taken_back_in_one(directory: Directory) -> None:
    one, other = (make(directory, "place", title=title) for title in ("Un", "Deux"))
    changes = locate(directory, {one: "48095", other: "48061"})
    assert changes.records == {one, other}
    assert unlocated_ids(directory.index) == []
    spot = spot_of(directory, one)
    assert spot is not None
    assert (spot.precision, round(spot.lat or 0, 1)) == ("commune", 44.5)
    assert undo(directory).label == "Localiser 2 fiches"
    assert set(unlocated_ids(directory.index)) == {one, other}


def test_an_unknown_code_changes_nothing(directory: Directory) -> None:
    one, other = (make(directory, "place", title=title) for title in ("Un", "Deux"))
    with pytest.raises(UserError, match="00000"):
        locate(directory, {one: "48095", other: "00000"})
    assert set(unlocated_ids(directory.index)) == {one, other}


def test_a_point_of_the_map_is_exact_and_shown_by_hand(directory: Directory) -> None:
    one = make(directory, "place", title="Un", commune="48095")
    put_at(directory, one, 44.51812345, 3.50012345)
    entry = directory.reads.entry(one)
    assert entry is not None
    assert entry.values["position"] == {"lat": 44.518123, "lon": 3.500123, "precision": "exact", "source": "map"}
    assert undo(directory).label == "Placer une fiche sur la carte"
    spot = spot_of(directory, one)
    assert spot is not None
    assert spot.precision == "commune"


@pytest.mark.parametrize(("zoom", "precision"), [(18, "exact"), (13, "exact"), (12, "street"), (9, "commune")])
def test_a_point_is_as_exact_as_the_map_was_near(directory: Directory, zoom: int, precision: str) -> None:
    one = make(directory, "place", title="Un")
    put_at(directory, one, 44.5, 3.5, zoom)
    spot = spot_of(directory, one)
    assert spot is not None
    assert (spot.lat, spot.precision) == (44.5, precision)


def test_what_is_told_of_a_point_while_it_moves(directory: Directory) -> None:
    told = whereabouts(directory, 44.5181, 3.5001, 14)
    assert (told.words, told.about) == ("Mende, au centre", "")
    told = whereabouts(directory, 44.55, 3.55, 10)
    assert (told.words, told.about) == ("Le Born, à 1,4\u00a0km du centre", "400\u00a0m")
    assert whereabouts(directory, 44.55, 3.55, 6).about == "7\u00a0km"
    assert whereabouts(directory, 42.0, -20.0, 14).words == "Loin de toute commune"


# --- doubtful positions -------------------------------------------------------------------------


def doubted(directory: Directory, title: str) -> Unlocated:
    found_now = unlocated(directory, lambda: False)
    assert title in [s.title for s in found_now.sheets[found_now.nowhere :]]
    return next(s for s in found_now.sheets if s.title == title)


def accept(directory: Directory, record: RecordId, sheet: Unlocated, n: int) -> None:
    place = sheet.proposals[n].place
    if place.insee:
        locate(directory, {record: place.insee})
    else:
        put_at(directory, record, place.lat, place.lon)


def test_longitude_before_latitude_is_put_right(directory: Directory) -> None:
    one = make(directory, "place", title="Un", commune="48095", position="3.5, 44.5")
    spot = spot_of(directory, one)
    assert spot is not None
    assert (spot.precision, round(spot.lat or 0)) == ("doubtful", 45)  # at the town hall, and not as a fact
    sheet = doubted(directory, "Un")
    assert sheet.doubt == "3,5\u202f; 44,5\u00a0: latitude et longitude semblent échangées"
    assert not sheet.may_be_right
    assert offered(sheet)[0] == ("44,50000\u202f; 3,50000, près de Mende", "48", "latitude et longitude échangées")
    assert offered(sheet)[1][2] == "au bourg de sa commune"
    accept(directory, one, sheet, 0)
    assert doubtful_ids(directory.index) == []
    spot = spot_of(directory, one)
    assert spot is not None
    assert (spot.lat, spot.lon, spot.precision) == (44.5, 3.5, "exact")
    undo(directory)
    assert doubtful_ids(directory.index) == [one]


def test_a_position_at_sea_is_asked_about_and_may_be_right(directory: Directory) -> None:
    one = make(directory, "place", title="Bateau", commune="13055", position="42.2, 5.0")
    sheet = doubted(directory, "Bateau")
    assert sheet.doubt == "42,2\u202f; 5\u00a0: à 126\u00a0km de sa commune, loin de toute commune, peut-être en mer"
    assert (sheet.may_be_right, [p[2] for p in offered(sheet)]) == (True, ["au bourg de sa commune"])
    vouch(directory, one)
    assert count_to_locate(directory.index) == 0
    spot = spot_of(directory, one)
    assert spot is not None
    assert (spot.lat, spot.precision) == (42.2, "exact")


def test_a_lost_minus_of_an_island_is_found_again(directory: Directory) -> None:
    one = make(directory, "place", title="Case", commune="97411", position="20.9, 55.45")
    sheet = doubted(directory, "Case")
    assert offered(sheet)[0] == ("-20,90000\u202f; 55,45000, près de Saint-Denis", "974", "au sud au lieu du nord")
    accept(directory, one, sheet, 0)
    assert count_to_locate(directory.index) == 0


def test_an_island_in_metropolitan_france(directory: Directory) -> None:
    make(directory, "place", title="Case", commune="97411", position="44.52, 3.5")
    sheet = doubted(directory, "Case")
    assert sheet.doubt.endswith("km de sa commune, vers Mende (Lozère)")
    assert [p[::2] for p in offered(sheet)] == [
        ("Mende", "d’après la position"),
        ("Saint-Denis", "au bourg de sa commune"),
    ]


@pytest.mark.parametrize(("nth", "insee", "lat"), [(0, "48095", 44.52), (1, "39485", None)])
def test_the_commune_or_the_position_was_wrong(directory: Directory, nth: int, insee: str, lat: float | None) -> None:
    one = make(directory, "place", title="Un", commune="39485", position="44.52, 3.5")
    accept(directory, one, doubted(directory, "Un"), nth)
    entry = directory.reads.entry(one)
    assert entry is not None
    assert entry.values["commune"]["insee"] == insee
    assert (entry.values.get("position") or {}).get("lat") == lat
    assert count_to_locate(directory.index) == 0


def test_a_position_where_nobody_can_be_has_no_place_without_a_commune(directory: Directory) -> None:
    one = make(directory, "place", title="Un", position="0.004, 0.003")
    assert unlocated_ids(directory.index) == [one]
    assert waiting(directory)["Un"].doubt == "0,004\u202f; 0,003\u00a0: personne ne peut être là"


def test_the_doubtful_come_after_those_who_are_nowhere(directory: Directory) -> None:
    make(directory, "place", title="Aux antipodes", position="-44.0, -176.0")
    make(directory, "place", title="Nulle part")
    found_now = unlocated(directory, lambda: False)
    assert [s.title for s in found_now.sheets] == ["Nulle part", "Aux antipodes"]
    assert (found_now.nowhere, found_now.doubtful, found_now.total) == (1, 1, 2)


def test_a_sign_starts_where_its_sheet_is_believed_to_be(directory: Directory) -> None:
    at_home(directory, ("department", "48"))
    there = start_of(directory, make(directory, "place", title="Un", position="44.6, 3.6"))
    wrong = start_of(directory, make(directory, "place", title="Deux", commune="48095", position="3.6, 44.6"))
    lost = start_of(directory, make(directory, "place", title="Trois"))
    assert there is not None
    assert wrong is not None
    assert lost is not None
    assert (there.lat, there.lon, there.around) == (44.6, 3.6, None)
    assert (wrong.lat, wrong.lon) == (44.6, 3.6)
    assert wrong.around is not None
    assert (lost.lat, lost.around) == (None, territory_of(directory).box)
    assert start_of(directory, b"x" * 16) is None


# --- communes and territories -------------------------------------------------------------------


def test_communes_at_home_are_offered_first(directory: Directory) -> None:
    elsewhere = [p.department for p in places_named(directory, "saint-jul")]
    at_home(directory, ("department", "48"))
    home = [p.department for p in places_named(directory, "saint-jul")]
    assert elsewhere[0] != "48"
    assert home[0] == "48"


def test_a_mistake_is_proposed_and_never_certain(directory: Directory) -> None:
    make(directory, "place", title="Le four", commune="Langonge")
    sheet = waiting(directory)["Le four"]
    assert offered(sheet)[0] == ("Langogne", "48", "nom voisin")
    assert not sheet.certain


def test_an_unknown_name_is_answered_with_one_that_begins_almost_so(directory: Directory) -> None:
    at_home(directory, ("department", "48"))
    assert places_named(directory, "Florak") == []
    meant = place_meant(directory, "Florak")
    assert meant is not None
    assert meant.name == "Florac Trois Rivières"
    assert place_meant(directory, "Xzqwk") is None


@pytest.mark.parametrize(
    ("parts", "department", "holds"),
    [
        ([("department", "48")], "48", (44.52, 3.5)),
        ([("commune", "48095")], "48", (44.52, 3.5)),
        ([("department", "48"), ("department", "30")], "", (43.84, 4.36)),
    ],
)
def test_the_territory_is_framed(
    directory: Directory, parts: list[tuple[str, str]], department: str, holds: tuple[float, float]
) -> None:
    at_home(directory, *parts)
    territory = territory_of(directory)
    assert territory.department == department
    assert territory.box is not None
    south, west, north, east = territory.box
    assert south - 0.1 <= holds[0] <= north + 0.1
    assert west - 0.1 <= holds[1] <= east + 0.1


def test_without_a_territory_nothing_is_framed(directory: Directory) -> None:
    assert (territory_of(directory).department, territory_of(directory).box) == ("", None)


def test_a_sheet_that_left_is_nowhere(directory: Directory) -> None:
    one: Any = make(directory, "place", title="Un")
    spot = spot_of(directory, one)
    assert spot is not None
    assert spot.lat is None
    assert spot_of(directory, b"x" * 16) is None
