"""What the live map shows: points of a search as the page reads them, one sheet's essentials, tiles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appli.app import open_directory, open_index
from appli.services import photos
from appli.services.base_maps import BaseMaps
from appli.services.editing import Assignment, create_sheet, trash
from appli.services.live_map import EveryPoint, LiveMap, read_points
from appli.store.index import Index, Query
from tests.builders_index import index_doc, index_docs
from tests.formats import images

MENDE = {"lat": 44.518123456, "lon": 3.500987654}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    made = open_index(tmp_path)
    yield made
    made.close()


def listed(page: bytes) -> list[tuple[float, float, str, str, int]]:
    """The points of a page, put together again from their columns."""
    found = json.loads(page)
    ids = [found["id"][n : n + 32] for n in range(0, len(found["id"]), 32)]
    kinds = [found["kinds"][int(code, 36)] for code in found["kind"]]
    places = [(lat / 1e5, lon / 1e5) for lat, lon in zip(found["lat"], found["lon"], strict=True)]
    rows = zip(places, ids, kinds, found["vague"], strict=True)
    return [(*place, record, kind, int(vague)) for place, record, kind, vague in rows]


def test_points_are_what_the_page_expects(index: Index) -> None:
    relay = index_doc("Le Relais", kind="place", **MENDE)
    index.rebuild([relay, index_doc("Sans lieu")], 1)
    points = read_points(index, Query())
    assert points.count == 1
    assert listed(points.columns.page) == [(44.51812, 3.50099, relay.id.hex(), "place", 1)]


def test_points_come_in_the_order_of_the_list(index: Index) -> None:
    docs = [index_doc(title, **MENDE) for title in ("Zoé", "Élise", "Amar", "Mathieu")]
    index.rebuild(docs, 1)
    wanted = [docs[n].id.hex() for n in (2, 1, 3, 0)]
    assert [row[2] for row in listed(read_points(index, Query()).columns.page)] == wanted
    around = Query(bounds=(44.0, 3.0, 45.0, 4.0))
    assert [row[2] for row in listed(read_points(index, around).columns.page)] == wanted


def test_an_offer_and_a_need_are_two_signs(index: Index) -> None:
    index.rebuild(
        [
            index_doc("Une remorque", kind="listing", shape="offer", **MENDE),
            index_doc("Des bras", kind="listing", shape="need", **MENDE),
        ],
        1,
    )
    assert {point[3] for point in listed(read_points(index, Query()).columns.page)} == {"offer", "need"}


def test_only_what_is_found_is_drawn(index: Index) -> None:
    docs = list(index_docs(300))
    index.rebuild(docs, 1)
    assert read_points(index, Query()).count == sum(d.lat is not None and not d.trashed for d in docs)
    people = read_points(index, Query(filters=(("kind", frozenset({"person"})),)))
    assert {point[3] for point in listed(people.columns.page)} == {"person"}


def test_what_one_came_to_see_is_there_once_found_or_not(index: Index) -> None:
    relay = index_doc("Le Relais", kind="place", **MENDE)
    index.rebuild([relay], 1)
    came_for = (MENDE["lat"], MENDE["lon"], relay.id, "place", 0)
    every = EveryPoint()
    for text in ("relais", "introuvable"):
        assert every.read(index, Query(text=text), also=came_for).count == 1
    trashed = (44.0, 3.0, b"t" * 16, "place", 0)
    assert [row[2] for row in listed(every.read(index, Query(text="relais"), also=trashed).columns.page)] == [
        relay.id.hex(),
        trashed[2].hex(),
    ]


def test_a_change_of_filter_flags_points_and_sends_none(index: Index) -> None:
    docs = list(index_docs(300))
    index.rebuild(docs, 1)
    every = EveryPoint()
    whole = every.read(index, Query())
    edition = whole.columns.edition
    assert json.loads(whole.answer(0)).keys() == {"edition", "columns"}
    assert json.loads(whole.answer(edition)) == {"edition": edition}
    people = every.read(index, Query(filters=(("kind", frozenset({"person"})),)))
    told = json.loads(people.answer(edition))
    assert told.keys() == {"edition", "shown"}
    points = listed(whole.columns.page)
    kept = [point for point, figure in zip(points, told["shown"], strict=True) if figure == "1"]
    assert kept == [point for point in points if point[3] == "person"]
    assert people.count == len(kept) > 0
    asked = read_points(index, Query(filters=(("kind", frozenset({"person"})),)))
    assert (asked.count, asked.box) == (people.count, people.box)
    assert every.read(index, Query(text="introuvable")).box is None


def test_what_was_written_meanwhile_makes_another_edition(index: Index) -> None:
    relay = index_doc("Le Relais", kind="place", **MENDE)
    index.rebuild([relay], 1)
    every = EveryPoint()
    before = every.read(index, Query()).columns.edition
    assert every.read(index, Query(text="relais")).columns.edition == before
    index.update([index_doc("La Forge", kind="place", **MENDE)], [], 2)
    found = every.read(index, Query(text="forge"))
    assert found.columns.edition != before
    assert (found.count, len(listed(found.columns.page))) == (1, 2)
    index.update([], [relay.id], 3)
    assert every.read(index, Query()).count == 1


@pytest.mark.parametrize(
    ("places", "box"),
    [
        ([], None),
        ([(44.5, 3.5), (45.0, 3.0)], (44.5, 3.0, 45.0, 3.5)),
        ([(44.5, 3.5), (-21.1, 55.5)], (44.5, 3.5, 44.5, 3.5)),
        ([(-21.1, 55.5), (-21.3, 55.4)], (-21.3, 55.4, -21.1, 55.5)),
    ],
)
def test_a_record_overseas_does_not_frame_the_ocean(
    index: Index, places: list[tuple[float, float]], box: tuple[float, ...] | None
) -> None:
    index.rebuild([index_doc(f"L {n}", lat=lat, lon=lon) for n, (lat, lon) in enumerate(places)], 1)
    assert read_points(index, Query()).box == box


def test_details_are_plain_and_complete(tmp_path: Path, now_is: Callable[[str], None]) -> None:
    now_is("2026-11-20T09:30:00+01:00")  # a Friday
    directory = open_directory(tmp_path / "annuaire")
    fields = {"title": "Le <b>Relais</b>", "commune": "48095", "opening_hours": "Mo-Fr 09:00-18:00"}
    asked = [Assignment(name, "=", value) for name, value in fields.items()]
    relay = create_sheet(directory, "place", asked).id
    live = LiveMap(directory.index)
    before = live.details(relay.hex())
    assert before is not None
    assert (before["title"], before["commune"], before["opening"]) == ("Le <b>Relais</b>", "Mende", "")
    assert set(before) == {"title", "line", "commune", "opening", "code"}
    live.directory = directory
    after = live.details(relay.hex())
    assert after is not None
    assert after["opening"].startswith("Ouvert")
    assert after["code"].startswith("L-")
    trash(directory, [relay])
    assert read_points(directory.index, Query()).count == 0
    assert live.details("0" * 32) is None
    directory.close()


def test_points_are_those_handed_over(index: Index) -> None:
    index.rebuild([index_doc("Le Relais", **MENDE)], 1)
    live = LiveMap(index)
    assert json.loads(live.points(0))["columns"]["lat"] == []
    live.held = read_points(index, Query())
    assert len(json.loads(live.points(0))["columns"]["lat"]) == 1


def test_tiles_come_from_the_shipped_archives_alone() -> None:
    base = BaseMaps()
    assert base.tile("relief", 5, 16, 11)
    assert base.tile("fr", 5, 16, 11)
    assert base.tile("fr", 5, 0, 0) is None
    assert base.tile("../theme/tokens.json", 5, 16, 11) is None


def test_the_first_photo_that_the_screen_may_show(tmp_path: Path) -> None:
    directory = open_directory(tmp_path / "annuaire")
    place = create_sheet(directory, "place", [Assignment("title", "=", "Four banal")]).id
    source = LiveMap(directory.index)
    source.directory = directory
    assert "photo" not in (source.details(place.hex()) or {})
    photos.add(directory, place, images.photo_file(tmp_path), "Le four allumé")
    found = source.details(place.hex())
    assert found is not None
    assert (found["photo"], found["photoWords"]) == (f"/donnees/photo/{place.hex()}", "Le four allumé")
    assert (source.photo(place.hex()) or b"").startswith(b"\xff\xd8")
    directory.close()
