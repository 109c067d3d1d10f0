"""Twins suggested in the preview of a packet: found among those here, explained, never asked twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from appli.domain.changes import Create
from appli.domain.ids import RecordId, new_id
from appli.errors import Cancelled
from appli.services.directory import Directory
from appli.services.exchanging import giving, receiving
from appli.services.exchanging.resembling import Twin, find_twins
from appli.services.judging import keep_apart
from appli.services.spaces import SpaceFacts, found
from tests.services.pcs import Open

MENDE = {"insee": "48095", "name": "Mende"}


@pytest.fixture
def one(pcs: Open, tmp_path: Path) -> Directory:
    directory = pcs("un")
    found(directory, SpaceFacts("Réseau des Causses", replica_label="Accueil"))
    giving.give(directory, tmp_path / "0.maille")
    return directory


@pytest.fixture
def other(one: Directory, pcs: Open, tmp_path: Path) -> Directory:
    directory = pcs("deux")
    receiving.receive(directory, tmp_path / "0.maille", confirmed=True)
    return directory


def person(directory: Directory, given: str, family: str, phone: str = "") -> RecordId:
    record_id = new_id()
    name = {"given": given, "family": family, "display": f"{given} {family}"}
    changes = [Create(record_id, "person", {"name": name, "commune": MENDE})]
    if phone:
        values = {"owner": record_id.hex(), "type": "phone", "value": phone, "normalised": phone}
        changes.append(Create(new_id(), "contact_point", values))
    directory.do("Essai", changes)
    return record_id


def twins(giver: Directory, taker: Directory, file: Path) -> dict[RecordId, Twin]:
    giving.give(giver, file)
    opened, preview = receiving.examine(taker, file)
    with opened:
        return find_twins(taker, preview)


def test_a_new_sheet_that_is_like_one_here_is_told_with_reasons(
    one: Directory, other: Directory, tmp_path: Path
) -> None:
    mine = person(other, "Mathieu", "Valdeiron", "+33639984107")
    theirs = person(one, "Mathieu", "Valdeyron", "+33639984107")
    person(one, "Nour", "Benchaïb")
    found = twins(one, other, tmp_path / "1.maille")
    assert list(found) == [theirs]
    assert (found[theirs].id, found[theirs].title) == (mine, "Mathieu Valdeiron")
    assert "même téléphone" in found[theirs].reasons
    assert 0.6 <= found[theirs].score <= 1


def test_the_likeliest_of_several_is_suggested(one: Directory, other: Directory, tmp_path: Path) -> None:
    person(other, "Mathieu", "Valdeiron")
    nearest = person(other, "Mathieu", "Valdeyron", "+33639984107")
    theirs = person(one, "Mathieu", "Valdeyron", "+33639984107")
    assert twins(one, other, tmp_path / "1.maille")[theirs].id == nearest


def test_what_the_packet_itself_judges_is_not_asked(one: Directory, other: Directory, tmp_path: Path) -> None:
    mine = person(other, "Mathieu", "Valdeyron")
    giving.give(other, tmp_path / "b.maille")
    receiving.receive(one, tmp_path / "b.maille", confirmed=True)
    theirs = person(one, "Mathieu", "Valdeyron")
    assert theirs in twins(one, other, tmp_path / "1.maille")
    keep_apart(one, mine, theirs)
    assert twins(one, other, tmp_path / "2.maille") == {}


def test_sheets_already_here_are_not_suggested_again(one: Directory, other: Directory, tmp_path: Path) -> None:
    person(other, "Mathieu", "Valdeyron")
    person(one, "Mathieu", "Valdeyron")
    giving.give(one, tmp_path / "1.maille")
    receiving.receive(other, tmp_path / "1.maille", confirmed=True)
    assert twins(one, other, tmp_path / "1.maille") == {}


def test_of_a_crowd_of_like_names_the_twin_is_still_found(one: Directory, other: Directory, tmp_path: Path) -> None:
    crowd = [f"Mar{a}{b}on" for a in "bcdfgl" for b in "aeiouy"]
    for family in crowd:
        person(one, "Marc", family)
    mine = person(other, "Marc", crowd[17])
    found = twins(one, other, tmp_path / "1.maille")
    assert [t for t in found.values() if t.id == mine and t.score > 0.8]


def test_looking_for_twins_stops_when_told(one: Directory, other: Directory, tmp_path: Path) -> None:
    class Stopping:
        def step(self, done: int, total: int, label: str = "") -> None:
            raise Cancelled

    person(other, "Mathieu", "Valdeyron")
    person(one, "Mathieu", "Valdeyron")
    giving.give(one, tmp_path / "1.maille")
    opened, preview = receiving.examine(other, tmp_path / "1.maille")
    with opened, pytest.raises(Cancelled):
        find_twins(other, preview, Stopping())
