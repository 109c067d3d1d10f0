"""The exported map: who is on it, what is said of them, that nothing closed ever reaches the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from appli.app import open_directory
from appli.domain.audience import Audience
from appli.domain.changes import Create
from appli.domain.ids import new_id
from appli.domain.kinds.consent import PURPOSES
from appli.errors import UserError
from appli.geo.tiles_around import tile_of
from appli.geo.vector_tiles import drawn
from appli.services.consenting import Answer, note_consent
from appli.services.directory import Directory
from appli.services.disclosing import Reason
from appli.services.editing import Assignment, edit_sheet
from appli.services.exported_map import base_tiles, export_map, outlook
from appli.services.linking import link
from appli.services.spaces import SpaceFacts, found
from appli.store.index import Query
from tests.services.making import made

EVERYTHING = Query(text="")


def test_it_says_what_may_be_said_where_from_and_to_whom_to_turn(empty: Directory, tmp_path: Path) -> None:
    found(empty, SpaceFacts("La Maille", rights_contact="Odette, 04 65 71 20 18"))
    made(
        empty, "place", title="La Halle", summary="Marché couvert", position="44.5,3.5", web="https://halle.example.org"
    )
    made(empty, "page", title="Boîte à outils", description="Texte")
    done = export_map(empty, tmp_path / "carte.html", EVERYTHING)
    page = done.path.read_text("utf-8")
    assert (done.records, done.placed, done.bytes) == (1, 1, done.path.stat().st_size)
    assert '<a href="#fiche-0">La Halle</a>' in page
    assert '<a rel="noopener noreferrer" target="_blank" href="https://halle.example.org">' in page
    assert "Odette, 04 65 71 20 18" in page
    assert "IGN Admin Express" in page
    assert "Boîte à outils" not in page, "a page is nowhere"


def test_a_name_without_its_ending_gets_one(empty: Directory, tmp_path: Path) -> None:
    made(empty, "place", title="La Halle", position="44.5,3.5")
    assert export_map(empty, tmp_path / "carte", EVERYTHING).path == tmp_path / "carte.html"


def test_who_stays_is_counted_by_reason_before_and_after(empty: Directory, tmp_path: Path) -> None:
    made(empty, "place", title="Halle", position="44.5,3.5")
    made(empty, "place", Audience.PRIVATE, title="Cave", position="44.5,3.5")
    made(empty, "person", Audience.PUBLIC, name="Odette Vanel")
    assert (outlook(empty, EVERYTHING, Audience.PUBLIC).going) == 1
    done = export_map(empty, tmp_path / "c.html", EVERYTHING)
    assert (done.records, dict(done.left_out)) == (1, {Reason.AUDIENCE: 1, Reason.CONSENT: 1})


def test_a_sheet_is_placed_by_what_may_leave_only(empty: Directory, tmp_path: Path) -> None:
    """A person's commune is for the network: on a public map she is listed, and is nowhere."""
    made(empty, "place", title="Halle", position="44.5,3.5")
    odette = made(empty, "person", Audience.PUBLIC, name="Odette Vanel", commune="Mende", position="44.51,3.49")
    note_consent(empty, odette, [Answer("map", given=True)])
    public = export_map(empty, tmp_path / "p.html", EVERYTHING)
    assert (public.records, public.placed) == (2, 1)
    assert "Mende" not in public.path.read_text("utf-8")
    assert export_map(empty, tmp_path / "s.html", EVERYTHING, Audience.SHARED).placed == 2


def test_nothing_is_written_when_nothing_has_a_place_or_may_leave(empty: Directory, tmp_path: Path) -> None:
    for wanted in ("nothing_to_export", "nothing_on_map"):
        with pytest.raises(UserError) as refused:
            export_map(empty, tmp_path / "c.html", EVERYTHING)
        assert refused.value.code == wanted
        made(empty, "place", title="Nulle part")
    made(empty, "person", name="Odette")
    with pytest.raises(UserError) as closed:
        export_map(empty, tmp_path / "c.html", Query(text="odette"))
    assert closed.value.code == "nothing_may_leave"
    assert list(tmp_path.glob("c.*")) == []


def test_the_base_map_keeps_far_views_and_what_is_near_within_its_budget() -> None:
    florac, cayenne = (44.3253, 3.5936), (4.93, -52.33)
    held = base_tiles([florac, cayenne], budget=400_000)
    assert {key.split("/")[0] for key in held["fr"]} >= {"4", "5", "6"}
    assert sum(len(tile) for some in held.values() for tile in some.values()) <= 400_000
    whole = base_tiles([florac])
    zoom, column, row = tile_of(florac, 9)
    assert f"{zoom}/{column}/{row}" in whole["fr"], "where Florac lies, at the last zoom there is"
    drawn_there = drawn(whole["fr"][f"{zoom}/{column}/{row}"], (zoom, column, row), {"communes", "lieux", "epci"})
    assert {thing.layer for thing in drawn_there} == {"communes", "lieux"}, "what the page draws, and nothing else"
    assert f"{zoom}/{column + 2}/{row}" not in whole["fr"], "Avignon is not near"


# --- nothing closed ever leaves ------------------------------------------------------------------

LEVELS = st.sampled_from([Audience.PRIVATE, Audience.SHARED, Audience.PUBLIC])
FIELDS = ("summary", "description", "availability", "occupation")


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    whole=LEVELS,
    levels=st.tuples(*(LEVELS for _f in FIELDS)),
    phone=LEVELS,
    friend=LEVELS,
    place=LEVELS,
    answers=st.dictionaries(st.sampled_from(list(PURPOSES.codes)), st.booleans()),
    minor=st.booleans(),
    asked=LEVELS,
)
@example(
    whole=Audience.PUBLIC,
    levels=(Audience.PUBLIC, Audience.SHARED, Audience.PRIVATE, Audience.PUBLIC),
    phone=Audience.SHARED,
    friend=Audience.SHARED,
    place=Audience.PRIVATE,
    answers={"map": True},
    minor=False,
    asked=Audience.PUBLIC,
)
@example(
    whole=Audience.PUBLIC,
    levels=(Audience.PRIVATE, Audience.SHARED, Audience.PRIVATE, Audience.SHARED),
    phone=Audience.PUBLIC,
    friend=Audience.PRIVATE,
    place=Audience.SHARED,
    answers={"map": True},
    minor=False,
    asked=Audience.PUBLIC,
)
def test_nothing_closed_is_in_the_page(
    tmp_path_factory: pytest.TempPathFactory,
    *,
    whole: Audience,
    levels: tuple[Audience, ...],
    phone: Audience,
    friend: Audience,
    place: Audience,
    answers: dict[str, bool],
    minor: bool,
    asked: Audience,
) -> None:
    tmp = tmp_path_factory.mktemp("fermé")
    directory = open_directory(tmp / "a")
    try:
        made(directory, "place", title="Toujours là", position="48.1,2.1")
        person = new_id()
        values = {"name": {"display": "CANARINOM"}, "minor": minor, "audience": int(whole)}
        values |= {name: f"CANARI{n}" for n, name in enumerate(FIELDS)}
        values["position"] = {"lat": 44.12345, "lon": 3.54321}
        overrides = dict(zip((*FIELDS, "position"), (*levels, place), strict=True))
        directory.do("Essai", [Create(person, "person", values, overrides)])
        workshop = made(directory, "organization", friend, title="CANARIATELIER")
        link(directory, person, "member_of", workshop)
        entry = directory.reads.entry(person)
        assert entry is not None
        edit_sheet(directory, entry, [Assignment("phone", "=", "06 39 98 41 99"), Assignment("phone", "@=", phone)])
        note_consent(directory, person, [Answer(purpose, given=yes) for purpose, yes in answers.items()])
        whole_page = export_map(directory, tmp / "c.html", EVERYTHING, asked).path.read_text("utf-8")
        page = whole_page[whole_page.index("<ul id=") :]
        standing = directory.reads.entry(person)
        assert standing is not None
        level = standing.audience
        refused = answers.get("screen") is False or (asked is Audience.PUBLIC and not answers.get("map"))
        named = level >= asked and not minor and (asked is Audience.PRIVATE or not refused)
        for n, field in enumerate(FIELDS):
            if not named or min(levels[n], level) < asked:
                assert f"CANARI{n}" not in page, field
        assert named == ("CANARINOM" in page)
        if not named or min(phone, level) < asked:
            assert "06 39 98 41 99" not in page
        if not named or min(place, level) < asked:
            assert "44.12345" not in page
        if friend < asked:
            assert "CANARIATELIER" not in page
    finally:
        directory.close()
