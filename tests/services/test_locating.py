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
from appli.services.locating import (
    Unlocated,
    locate,
    place_meant,
    places_named,
    put_at,
    spot_of,
    territory_of,
    unlocated,
    unlocated_ids,
)
from appli.services.spaces import SpaceFacts, found
from appli.services.undoing import undo
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


def test_a_point_of_the_map_is_exact_and_by_hand(directory: Directory) -> None:
    one = make(directory, "place", title="Un", commune="48095")
    put_at(directory, one, 44.51812345, 3.50012345)
    entry = directory.reads.entry(one)
    assert entry is not None
    assert entry.values["position"] == {"lat": 44.518123, "lon": 3.500123, "precision": "exact", "source": "hand"}
    assert undo(directory).label == "Placer une fiche sur la carte"
    spot = spot_of(directory, one)
    assert spot is not None
    assert spot.precision == "commune"


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
