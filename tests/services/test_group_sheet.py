"""Sheets judged to be one, read as one: gaps filled, contradictions side by side, nothing said twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.domain.audience import Audience
from appli.domain.ids import RecordId
from appli.services.consenting import Answer, note_consent
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet
from appli.services.group_sheet import whole_sheet
from appli.services.judging import separate, unite
from appli.services.linking import link


def make(directory: Directory, **fields: str) -> RecordId:
    """A person from `field=words`."""
    asked = [Assignment(n, "=", v) for n, v in fields.items()]
    return create_sheet(directory, "person", asked, Audience.SHARED).id


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    found = open_directory(tmp_path / "annuaire")
    yield found
    found.close()


@pytest.fixture
def pair(directory: Directory) -> tuple[RecordId, RecordId]:
    """Two sheets of one person, not yet judged."""
    one = make(directory, name="Élise Roumégas", phone="04 66 98 41 07", summary="Menuisière", skills="Menuiserie")
    other = make(
        directory,
        name="Elise Roumegas",
        phone="+33 4 66 98 41 07",
        email="elise@example.org",
        summary="Tourneuse",
        occupation="Menuisière",
        skills="Menuiserie; Tournage",
        commune="Mende",
    )
    return one, other


def said(directory: Directory, record_id: RecordId) -> list[tuple[str, str, list[str]]]:
    """Label, text, and what the others say instead."""
    return [(x.label, x.text, [o.text for o in x.others]) for x in whole_sheet(directory, record_id).lines]


def test_a_sheet_alone_is_as_it_was(directory: Directory, pair: tuple[RecordId, RecordId]) -> None:
    assert whole_sheet(directory, pair[1]).united == ()
    assert whole_sheet(directory, pair[1]).title == "Elise Roumegas"


def test_the_first_is_filled_by_the_other(directory: Directory, pair: tuple[RecordId, RecordId]) -> None:
    unite(directory, *pair)
    for asked in pair:
        whole = whole_sheet(directory, asked)
        assert (whole.id, whole.title) == (pair[0], "Élise Roumégas")
        assert [u.id for u in whole.united] == list(pair)
    lines = said(directory, pair[0])
    assert [line for line in lines if line[0] == "Téléphone"] == [("Téléphone", "04 66 98 41 07", [])]
    assert ("Courriel", "elise@example.org", []) in lines
    assert ("Commune", "Mende", []) in lines
    assert ("En une phrase", "Menuisière", ["Tourneuse"]) in lines
    assert [c.label for _label, chips in whole_sheet(directory, pair[0]).chips for c in chips] == [
        "Menuiserie",
        "Tournage",
    ]


def test_where_two_sheets_differ_one_knows_which_says_it(directory: Directory, pair: tuple[RecordId, RecordId]) -> None:
    unite(directory, *pair)
    whole = whole_sheet(directory, pair[0])
    (elsewhere,) = next(x.others for x in whole.lines if x.others)
    assert elsewhere.code == whole.united[1].code


def test_links_are_told_once_and_none_between_themselves(directory: Directory, pair: tuple[RecordId, RecordId]) -> None:
    workshop = create_sheet(directory, "organization", [Assignment("title", "=", "L’Atelier")]).id
    for one in pair:
        link(directory, one, "member_of", workshop)
    link(directory, pair[0], "partner_of", pair[1])
    unite(directory, *pair)
    assert [k.title_other for k in whole_sheet(directory, pair[0]).links] == ["L’Atelier"]


def test_a_refusal_on_one_sheet_counts_for_all(directory: Directory, pair: tuple[RecordId, RecordId]) -> None:
    note_consent(directory, pair[0], [Answer("web", True, "2026-01-01"), Answer("map", True, "2026-01-01")])
    note_consent(directory, pair[1], [Answer("web", False, "2026-01-01"), Answer("photo", True, "2026-01-01")])
    unite(directory, *pair)
    answers = {a.purpose: a.given for a in whole_sheet(directory, pair[0]).consents}
    assert answers == {"web": False, "map": True, "photo": True}


def test_separating_gives_each_its_own_again(directory: Directory, pair: tuple[RecordId, RecordId]) -> None:
    before = [said(directory, one) for one in pair]
    unite(directory, *pair)
    separate(directory, pair[0])
    assert [said(directory, one) for one in pair] == before
