"""What people type and what they find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appli.store.index import Index, Query, Relaxation
from tests.builders_index import index_doc

FLORAC = {"commune": "Florac Trois Rivières", "place": "Florac Trois Rivières 48400", "lat": 44.325, "lon": 3.594}
MENDE = {"commune": "Mende", "place": "Mende 48000 Lozère", "lat": 44.518, "lon": 3.501}
VILLEFORT = {"commune": "Villefort", "place": "Villefort 48800", "lat": 44.439, "lon": 3.931}

COMMUNES = {"Florac Trois Rivières": "48061", "Mende": "48095", "Villefort": "48198"}

DOCS = [
    index_doc("Élise Roumégas", second_line="Menuisière, agencement", skills=("Menuiserie", "Agencement"), **FLORAC),
    index_doc("Mathieu Valdeyron", second_line="Charpentier, ossature bois", **MENDE),
    index_doc("Œuvre-Test", kind="project", body="Un projet d’échantillon", **MENDE),
    index_doc("L’Atelier des Trois Rivières", kind="organization", body="Soudeur à l’arc, tour à bois", **FLORAC),
    index_doc("La Cantine", kind="place", second_line="Coworking et cantine", **MENDE),
    index_doc("Coworking du Lot", kind="place", **VILLEFORT),
    index_doc("Maison de Saint-Chély-d’Apcher", kind="place", body="Ouvert à tous"),
    index_doc("Foyer rural", kind="organization", place="Saint-Chély-d’Apcher 48200"),
    index_doc("Paniers du Valdonnez", kind="organization", body="Maraîchage en bio", **MENDE),
    index_doc("Boisson sans nom", kind="equipment", trashed=True),
    index_doc("Poste à souder", kind="equipment", second_line="Prêté aux membres", audience=0, **FLORAC),
]


def with_facets() -> Iterator[object]:
    for doc in DOCS:
        facets = [("kind", doc.shape, doc.shape.capitalize())]
        if doc.commune:
            facets.append(("commune", COMMUNES[doc.commune], doc.commune))
        facets += [("skill", skill.lower(), skill) for skill in doc.skills]
        yield replace(doc, facets=tuple(facets), insee=COMMUNES.get(doc.commune))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("index") / "index.db") as opened:
        opened.rebuild(list(with_facets()), 1)
        yield opened


def titles(index: Index, text: str, **conditions: object) -> list[str]:
    query = Query(text, **conditions)
    rows = index.first_page(query)
    assert [row.id for row in rows] == index.ids(query)
    assert index.total(query) == len(rows)
    return [row.title for row in rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("coworking mende", ["La Cantine"]),
        ("coworking", ["Coworking du Lot", "La Cantine"]),
        ("saint chely", ["Maison de Saint-Chély-d’Apcher", "Foyer rural"]),
        ("st-chély", ["Maison de Saint-Chély-d’Apcher", "Foyer rural"]),
        ("Saint-Chély-d'Apcher", ["Maison de Saint-Chély-d’Apcher", "Foyer rural"]),
        ("soudure", ["L’Atelier des Trois Rivières", "Poste à souder"][::-1]),
        ("maraîcher", ["Paniers du Valdonnez"]),
        ("menuisier", ["Élise Roumégas"]),
        ("charpente", ["Mathieu Valdeyron"]),
        ("oeuvre", ["Œuvre-Test"]),
        ("œuv", ["Œuvre-Test"]),
        ("OEUVRE TEST", ["Œuvre-Test"]),
        ("l atelier", ["L’Atelier des Trois Rivières"]),
        ("l'atelier", ["L’Atelier des Trois Rivières"]),
        ("d'échantillon", ["Œuvre-Test"]),
        ("echantillon de projet", ["Œuvre-Test"]),
        ("rivieres", ["L’Atelier des Trois Rivières", "Élise Roumégas", "Poste à souder"]),
        ("roumegas elise", ["Élise Roumégas"]),
        ("48200", ["Foyer rural"]),
        ("bois", ["L’Atelier des Trois Rivières", "Mathieu Valdeyron"]),
        ("tourneur", []),
        ("port", []),
    ],
)
def test_typed_words_find(index: Index, text: str, found: list[str]) -> None:
    assert titles(index, text) == found


def test_nothing_typed_lists_all_but_the_trash_in_french_order(index: Index) -> None:
    assert titles(index, " ") == [
        "Coworking du Lot",
        "Élise Roumégas",
        "Foyer rural",
        "L’Atelier des Trois Rivières",
        "La Cantine",
        "Maison de Saint-Chély-d’Apcher",
        "Mathieu Valdeyron",
        "Œuvre-Test",
        "Paniers du Valdonnez",
        "Poste à souder",
    ]


def test_each_letter_typed_keeps_what_the_word_finds(index: Index) -> None:
    for text in ("menuisière", "saint-chély", "l’atelier", "coworking mende", "st-chély"):
        for end in range(1, len(text) + 1):
            assert set(titles(index, text)) <= set(titles(index, text[:end])), text[:end]


def test_scores_say_where_a_word_was_found(index: Index) -> None:
    scores = {text: index.first_page(Query(text))[0].score for text in ("la cantine", "cant", "lot", "48800", "arc")}
    assert scores["la cantine"] == 1
    assert 1 > scores["cant"] >= scores["lot"] > scores["48800"] > scores["arc"] > 0


def test_printed_codes_are_found(index: Index) -> None:
    code = DOCS[0].code  # P-XXXXXX-X
    for typed in (code, code[:8], code.lower(), code.replace("-", ""), code[2:8], code.replace("0", "O")):
        assert titles(index, typed)[0] == "Élise Roumégas", typed
    assert index.first_page(Query(code))[0].score == 1


def test_codes_are_completed_even_in_the_trash(index: Index) -> None:
    for doc in DOCS:
        assert doc.id in {row.id for row in index.find_code(doc.code[:5])}
        assert doc.id in {row.id for row in index.find_code(doc.code[2:5].lower())}
    assert index.find_code(f"X{DOCS[0].code[1:]}") == []
    assert index.find_code("") == index.find_code("é") == index.find_code("P-ZZZZZZ") == []


def test_the_trash_is_searched_apart(index: Index) -> None:
    assert titles(index, "boisson") == []
    assert titles(index, "", trashed=True) == titles(index, "boisson", trashed=True) == ["Boisson sans nom"]


def test_an_audience_leaves_out_what_is_more_private(index: Index) -> None:
    assert titles(index, "souder", min_audience=20) == ["L’Atelier des Trois Rivières"]
    assert titles(index, "", min_audience=30) == []


def test_filters_widen_within_a_group_and_narrow_between_groups(index: Index) -> None:
    mende = ("commune", frozenset({"48095"}))
    places = ("kind", frozenset({"place", "project"}))
    assert titles(index, "", filters=(mende,)) == [
        "La Cantine",
        "Mathieu Valdeyron",
        "Œuvre-Test",
        "Paniers du Valdonnez",
    ]
    assert titles(index, "", filters=(mende, places)) == ["La Cantine", "Œuvre-Test"]
    assert titles(index, "coworking", filters=(places, mende)) == ["La Cantine"]
    assert titles(index, "", filters=(("commune", frozenset({"99999"})),)) == []
    assert titles(index, "lot", filters=(("commune", frozenset()),)) == ["Coworking du Lot"]


def test_facets_count_under_the_filters_of_the_other_groups(index: Index) -> None:
    mende = ("commune", frozenset({"48095"}))
    groups = {group.code: group.values for group in index.facets(Query(filters=(mende,)))}
    assert groups == {
        "commune": (
            ("48095", "Mende", 4),
            ("48061", "Florac Trois Rivières", 3),
            ("48198", "Villefort", 1),
        ),
        "kind": (
            ("organization", "Organization", 1),
            ("person", "Person", 1),
            ("place", "Place", 1),
            ("project", "Project", 1),
        ),
    }


def test_around_a_place_the_nearest_come_first(index: Index) -> None:
    query = Query(near=(44.518, 3.501, 25.0), order="distance")
    rows = index.first_page(query)
    assert [row.distance_km for row in rows] == sorted(row.distance_km or 0 for row in rows)
    assert {row.commune for row in rows} == {"Mende", "Florac Trois Rivières"}
    assert [row.distance_km for row in rows[-3:]] == [pytest.approx(22.7, abs=0.2)] * 3
    assert index.total(query) == len(rows) == len(index.points(query)) == 7
    assert index.rows([rows[-1].id], near=query.near)[0].distance_km == rows[-1].distance_km
    assert titles(index, "bois", near=(44.518, 3.501, 5.0)) == ["Mathieu Valdeyron"]


def test_a_circle_may_hold_a_pole_or_the_date_line(tmp_path: Path) -> None:
    docs = [index_doc(name, lat=lat, lon=lon) for name, lat, lon in (("N", 89.9, 170), ("Z", 0, 179.9), ("W", 0, 0))]
    with Index(tmp_path / "index.db") as index:
        index.rebuild(docs, 1)
        assert titles(index, "", near=(89.9, -10.0, 50.0)) == ["N"]
        assert titles(index, "", near=(0.0, -179.9, 50.0)) == ["Z"]


def test_lists_can_be_read_in_other_orders(index: Index, tmp_path: Path) -> None:
    assert titles(index, "coworking", order="title") == ["Coworking du Lot", "La Cantine"]
    assert titles(index, "bois", order="title") == ["L’Atelier des Trois Rivières", "Mathieu Valdeyron"]
    docs = [index_doc(f"Fiche {n}", updated=n % 3, trashed=n == 5) for n in range(6)]
    with Index(tmp_path / "index.db") as other:
        other.rebuild(docs, 1)
        latest = [row.title for row in other.first_page(Query(order="updated"))]
        assert latest[0] == "Fiche 2"
        assert {*latest[1:3]} == {"Fiche 1", "Fiche 4"}
        assert {*latest[3:]} == {"Fiche 0", "Fiche 3"}


def test_rows_come_in_the_order_asked(index: Index) -> None:
    ids = index.ids(Query())[::-1]
    rows = index.rows([ids[3], b"\0" * 16, *ids])
    assert [row.id for row in rows] == [ids[3], *ids]
    first = index.rows([DOCS[0].id])[0]
    assert (first.kind, first.code, first.second_line) == ("person", DOCS[0].code, "Menuisière, agencement")
    assert (first.trashed, first.demo, first.audience, first.distance_km) == (False, False, 20, None)


def test_what_has_no_place_on_the_map_is_told(index: Index) -> None:
    lost = index.without_position(Query())
    assert [row.title for row in index.rows(lost)] == ["Foyer rural", "Maison de Saint-Chély-d’Apcher"]
    assert len(index.points(Query())) == index.total(Query()) - 2
    assert index.points(Query("oeuvre")) == [(44.518, 3.501, DOCS[2].id, "project", 1)]


def test_an_empty_result_says_which_condition_to_drop(index: Index) -> None:
    villefort = ("commune", frozenset({"48198"}))
    query = Query("bois", filters=(villefort,))
    assert titles(index, "bois", filters=(villefort,)) == []
    assert index.relaxations(query) == [
        Relaxation("commune", ("Villefort",), 2),
        Relaxation("text", ("bois",), 1),
    ]
    assert index.relaxations(Query("coworking tourneur")) == [Relaxation("word", ("tourneur",), 2)]
    around = index.relaxations(Query("foyer", near=(44.5, 3.5, 5.0), min_audience=20))
    assert [(r.removed, r.total) for r in around] == [("near", 1), ("text", 4)]
    assert index.relaxations(Query("tourneur")) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("menuiseire", "Menuiserie"),
        ("menuisrie", "Menuiserie"),
        ("menuisserie", "Menuiserie"),
        ("cowerking", "Coworking"),
        ("roumgas", "Roumégas"),
        ("xoeuvre", "Œuvre"),
        ("zzzzzz", None),
        ("lit", "Lot"),
        ("kkk", None),
        ("ab", None),
        ("two words", None),
    ],
)
def test_one_typing_error_is_recovered(index: Index, typed: str, meant: str | None) -> None:
    assert index.suggest(typed) == meant


def test_each_unknown_word_of_a_text_is_corrected(index: Index) -> None:
    assert index.corrected("cowrking mnede") == "Coworking Mende"
    assert index.corrected("coworking mende") is None
    assert index.corrected("coworking zzzzzz") is None


@given(st.text(max_size=60))
@example('"')
@example('a AND NOT (b OR NEAR(c)) *^~ {title}: -d + "e"')
@example("\x00\ud800")
@example("~f1 ^menuis1")
@example("st")
@example("'; DROP TABLE docs; --")
@example("𝓑ois " * 40)
def test_nothing_typed_is_an_error(index: Index, text: str) -> None:
    query = Query(text)
    rows = index.first_page(query)
    assert index.total(query) == len(rows) == len(index.ids(query))
    index.facets(query)
    index.relaxations(query)
    index.find_code(text)
    index.corrected(text)
    index.suggest(text)


@given(st.lists(st.text(max_size=8), max_size=3), st.sampled_from(["kind", "~state", "'", "~audience"]))
def test_no_filter_is_an_error(index: Index, values: list[str], group: str) -> None:
    query = Query(filters=((group, frozenset(v.encode("utf-8", "ignore").decode() for v in values)),))
    assert index.total(query) == len(index.ids(query))


def test_a_new_record_stands_where_its_title_belongs(tmp_path: Path) -> None:
    with Index(tmp_path / "index.db") as index:
        index.rebuild([index_doc("Atelier forge"), index_doc("Bois et forge"), index_doc("Zoé")], 1)
        index.update([index_doc("Forgeron à Mende"), index_doc("Bois de forge"), index_doc("Ami")], [], 2)
        found = [row.title for row in index.first_page(Query("forge"))]
        assert found == ["Forgeron à Mende", "Atelier forge", "Bois de forge", "Bois et forge"]
        assert [row.title for row in index.rows(index.ids(Query("forge")))] == found
        assert [row.title for row in index.first_page(Query("forge"), 2)] == found[:2]
        assert [row.title for row in index.first_page(Query())][:3] == ["Ami", "Atelier forge", "Bois de forge"]
