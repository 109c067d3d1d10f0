"""The map on paper: signs of sheets that may go there, within what is seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.domain.audience import Audience
from appli.domain.ids import RecordId
from appli.services.consenting import Answer, consent_change
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet
from appli.services.map_picture import Picture, picture_of
from appli.services.spaces import SpaceFacts, found
from appli.store.index import Query

LOZERE = (44.0, 2.9, 45.0, 4.0)


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    made = open_directory(tmp_path / "annuaire")
    yield made
    made.close()


def person(directory: Directory, name: str, commune: str, audience: Audience = Audience.SHARED) -> RecordId:
    fields = [Assignment("name", "=", name), Assignment("commune", "=", commune)]
    return create_sheet(directory, "person", fields, audience).id


def picture(directory: Directory) -> Picture:
    return picture_of(directory, Query(), LOZERE, lambda: False)


def shown(found: Picture) -> set[str]:
    ids = json.loads(found.points.columns.page)["id"]
    return {ids[n : n + 32] for n in range(0, len(ids), 32)}


def test_only_what_may_go_on_paper_and_is_in_sight(directory: Directory) -> None:
    elise = person(directory, "Élise Roumégas", "Mende")
    person(directory, "Privée", "Mende", Audience.PRIVATE)
    person(directory, "Au loin", "Lille")
    refusing = person(directory, "Sans papier", "Mende")
    directory.do("x", [consent_change(refusing, Answer("members_print", given=False))])
    found = picture(directory)
    assert shown(found) == {elise.hex()}
    assert (found.points.count, found.staying) == (1, 2)


def test_it_bears_the_name_of_the_space_and_the_day(directory: Directory) -> None:
    found(directory, SpaceFacts("Réseau des Gorges", ()))
    made = picture(directory)
    assert made.space == "Réseau des Gorges"
    assert made.day.split()[-1].isdigit()
