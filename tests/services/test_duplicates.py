"""Pairs worth a look: found among thousands, silent once judged, stopped when asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.domain.audience import Audience
from appli.domain.changes import Add, Put
from appli.domain.ids import RecordId
from appli.errors import Cancelled
from appli.services.directory import Directory
from appli.services.duplicates import MOST_SHARED, suggestions
from appli.services.editing import Assignment, create_sheet, trash
from appli.services.judging import judgement_id, keep_apart, unite
from tests.builders import fill, people
from tests.fakes import RecordingProgress, StoppedAt


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    found = open_directory(tmp_path / "annuaire")
    yield found
    found.close()


def make(directory: Directory, name: str, **fields: str) -> RecordId:
    """A person in Mende."""
    asked = [Assignment(n, "=", v) for n, v in {"name": name, "commune": "Mende", **fields}.items()]
    return create_sheet(directory, "person", asked, Audience.SHARED).id


def found(directory: Directory) -> list[tuple[RecordId, RecordId]]:
    """The pairs suggested."""
    return [(s.one, s.other) for s in suggestions(directory)]


def test_a_pair_is_found_once_and_explained(directory: Directory) -> None:
    one = make(directory, "Élise Roumégas", phone="06 39 98 41 07", email="elise@example.org")
    other = make(directory, "ROUMEGAS Elise", phone="+33 6 39 98 41 07", email="Elise@example.org")
    make(directory, "Mathieu Valdeyron")
    (pair,) = suggestions(directory)
    assert (pair.one, pair.other) == (one, other)
    assert set(pair.reasons) == {"même nom", "même téléphone", "même courriel", "même commune"}
    assert pair.score > 0.9


def test_what_was_judged_is_not_asked_again(directory: Directory) -> None:
    one, other = make(directory, "Élise Roumégas"), make(directory, "Elise Roumegas")
    assert found(directory) == [(one, other)]
    keep_apart(directory, other, one)
    assert found(directory) == []
    unite(directory, one, other)
    assert found(directory) == []


def test_a_group_is_asked_about_as_one(directory: Directory) -> None:
    one, other, third = (make(directory, name) for name in ("Élise Roumégas", "Elise Roumegas", "Élise ROUMEGAS"))
    unite(directory, other, third)
    assert found(directory) == [(one, other)]
    keep_apart(directory, one, third)
    assert found(directory) == []


def test_said_both_ways_comes_first(directory: Directory) -> None:
    make(directory, "Nour Benchaïb"), make(directory, "Nour Benchaib")
    one, other = make(directory, "Élise Roumégas"), make(directory, "Quelqu’un d’autre")
    unite(directory, one, other)
    directory.do("Ailleurs", [Add(judgement_id(one, other), "verdict", "different")])
    first, second = suggestions(directory)
    assert (first.one, first.other, first.undecided) == (one, other, True)
    assert not second.undecided


def test_trash_and_frozen_sheets_are_left_in_peace(directory: Directory) -> None:
    one, other, third = (make(directory, name) for name in ("Élise Roumégas", "Elise Roumegas", "Élise ROUMEGAS"))
    trash(directory, [other])
    directory.do("Geler", [Put(third, "restricted", True)])
    assert found(directory) == []
    assert directory.reads.kind_of(one) is not None


def test_what_many_share_tells_nothing_of_two(directory: Directory) -> None:
    names = [f"{a}{b}{c} Xavier" for a in "bcdfg" for b in "aeiou" for c in "lmnrst"][: MOST_SHARED * 3]
    for name in names[: MOST_SHARED + 5]:
        make(directory, name, email="contact@mairie.example")
    pairs = suggestions(directory)
    assert all(p.score < 1 for p in pairs)


def test_thousands_are_gone_through_with_steps(directory: Directory) -> None:
    fill(directory.store, people(1_500))
    progress = RecordingProgress()
    pairs = suggestions(directory, progress)
    assert progress.steps
    assert all(0 <= done <= total for done, total, _label in progress.steps)
    keys = [(p.one, p.other) for p in pairs]
    assert len(keys) == len(set(keys))
    assert all(one < other for one, other in keys)
    with pytest.raises(Cancelled):
        suggestions(directory, StoppedAt(2))
