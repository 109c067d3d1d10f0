"""The printed map: everybody who may be on it has a number or a line, and nobody else."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from appli.domain.audience import Audience
from appli.errors import UserError
from appli.services.consenting import Answer, note_consent
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet
from appli.services.printing import printing
from appli.services.printing.edition import new_edition
from appli.services.printing.job import Job
from appli.services.printing.territory import compose
from tests.services.printing.test_printing import text_of

MAP = replace(new_edition("territory_map"), audience=Audience.PUBLIC)


def made(directory: Directory, kind: str, **fields: str) -> bytes:
    asked = [Assignment(name, "=", value) for name, value in fields.items()]
    asked += [Assignment("commune", "@=", "public")] if "commune" in fields else []
    return create_sheet(directory, kind, asked, Audience.PUBLIC).id


@pytest.fixture
def territory(one: Directory) -> dict[str, Any]:
    made(one, "place", title="La Halle", position="44.518,3.501")
    made(one, "place", title="Le Fournil", position="44.5181,3.5011")
    made(one, "place", title="La Filature", commune="Marvejols")
    made(one, "place", title="Nulle part")
    for name, answers in {"Odette Vanel": ("public_print", "map"), "Hugo Ramdanel": ("public_print",)}.items():
        person = made(one, "person", name=name, commune="Langogne")
        note_consent(one, person, [Answer(purpose, True) for purpose in answers])
    job = printing.job_of(one, MAP)
    return {"job": job, **compose(job)}


def titles(sheets: list[dict[str, Any]]) -> list[str]:
    return sorted(sheet["title"] for sheet in sheets)


def test_what_lies_together_shares_a_number_and_who_has_no_place_is_told(territory: dict[str, Any]) -> None:
    told = territory["map"]
    places = [titles(entry["sheets"]) for entry in told["legend"]]
    assert sorted(places) == [["La Filature"], ["La Halle", "Le Fournil"], ["Vanel, Odette"]]
    assert titles(told["away"]) == ["Nulle part"]
    assert {entry["where"] for entry in told["legend"]} >= {"Langogne", "Marvejols"}
    assert territory["job"].records == 5


def test_numbers_do_not_cover_each_other_and_stand_in_the_frame(territory: dict[str, Any]) -> None:
    told = territory["map"]
    spots = [(mark["x"], mark["y"]) for mark in told["marks"]]
    assert [mark["n"] for mark in told["marks"]] == [entry["n"] for entry in told["legend"]] == [1, 2, 3]
    assert min(math.dist(a, b) for a in spots for b in spots if a != b) >= 4.8
    assert all(2 < x < told["width"] - 2 and 2 < y < told["height"] - 2 for x, y in spots)


def test_the_ground_is_drawn_from_what_the_program_carries(territory: dict[str, Any]) -> None:
    drawing = territory["job"].pictures[territory["map"]["picture"]].decode()
    assert drawing.count("<path") == 3
    assert len(drawing) > 20_000
    assert "Mende" in {town["name"] for town in territory["map"]["towns"]}


def test_names_of_towns_stay_whole_on_the_map(territory: dict[str, Any]) -> None:
    told = territory["map"]
    assert {town["left"] for town in told["towns"]} == {False, True}, "where there is no room at the right"
    for town in told["towns"]:
        long = 1.2 + 0.55 * 7 * 25.4 / 72 * len(town["name"])
        left, right = (town["x"] - long, town["x"]) if town["left"] else (town["x"], town["x"] + long)
        assert left > 0, town
        assert right < told["width"], town


def test_one_far_away_does_not_make_the_map_useless(one: Directory) -> None:
    for at in range(20):
        made(one, "place", title=f"Lieu {at}", position=f"{44.4 + at % 7 / 30},{3.4 + at / 50}")
    made(one, "place", title="Paris", position="48.85,2.35")
    told = compose(printing.job_of(one, MAP))["map"]
    assert titles(told["away"]) == ["Paris"]
    assert len(told["marks"]) > 15


def test_nothing_has_a_place(one: Directory) -> None:
    made(one, "place", title="Nulle part")
    with pytest.raises(UserError, match="n’a de place"):
        printing.print_edition(one, MAP)


def test_the_directory_shows_the_map_with_pages(one: Directory) -> None:
    made(one, "place", title="La Halle", commune="Mende")
    with_map = replace(new_edition("directory"), paper="a5", options={"map": True})
    pages = [p.extract_text() for p in PdfReader(io.BytesIO(printing.print_edition(one, with_map).pdf)).pages]
    shown = next(text for text in pages if "Où est-ce" in text)
    assert "La Halle 1" in " ".join(shown.split())


def test_the_cover_and_the_pages_each_have_their_map_by_choice(one: Directory) -> None:
    made(one, "place", title="La Halle", commune="Mende")
    job, data = gathered(one, cover=True, cover_map=True)
    assert (data["map"], list(job.pictures)) == ({}, ["couverture.svg"])
    assert len(data["cover_map"]["marks"]) == 1
    job, data = gathered(one, cover=True, cover_map=True, map=True)
    assert job.pictures.keys() == {"carte.svg", "couverture.svg"}
    assert data["cover_map"]["width"] < data["map"]["width"]
    assert not gathered(one, cover_map=True)[0].pictures, "without a cover there is no map on it"


def gathered(one: Directory, **options: bool) -> tuple[Job, dict[str, Any]]:
    job = printing.job_of(one, replace(new_edition("directory"), paper="a5", options=options))
    return job, printing.data_of(job)[0]


def test_the_notice_is_a_choice(one: Directory) -> None:
    made(one, "place", title="La Halle", commune="Mende")
    plain = replace(new_edition("directory"), paper="a5")
    without = replace(plain, options={"notice": False})
    assert ["Imprimé le" in text_of(printing.print_edition(one, e).pdf) for e in (plain, without)] == [True, False]
