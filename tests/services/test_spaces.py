"""What a directory says of itself: its answers, the versions of its notice, the names of its PCs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.errors import UserError
from appli.services.directory import Directory
from appli.services.spaces import (
    SpaceFacts,
    change,
    ensure_founded,
    found,
    home_departments,
    name_replica,
    named_replica,
    notice_of,
    replica_name,
    space_of,
    write_notice,
)
from appli.services.undoing import undo, undoable

LOZERE = {"level": "department", "code": "48"}
FLORAC = {"level": "commune", "code": "48061"}


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    opened = open_directory(tmp_path / "annuaire")
    yield opened
    opened.close()


def values(directory: Directory) -> dict[str, object]:
    space = space_of(directory)
    assert space is not None
    return dict(space.values)


def test_a_space_keeps_what_was_answered(directory: Directory) -> None:
    found(directory, SpaceFacts("Réseau du Gévaudan", [LOZERE], "Accueil, 04 65 71 20 18", "Poste de l’accueil"))
    kept = values(directory)
    assert kept["name"] == "Réseau du Gévaudan"
    assert kept["territory"] == [LOZERE]
    assert kept["rights_contact"] == "Accueil, 04 65 71 20 18"
    assert replica_name(directory) == "Poste de l’accueil"


def test_founding_again_answers_anew_and_makes_no_second_space(directory: Directory) -> None:
    found(directory, SpaceFacts("Réseau"))
    found(directory, SpaceFacts("Réseau du Gévaudan"))
    assert [s.title for s in directory.reads.of_kind("space")] == ["Réseau du Gévaudan"]


def test_the_founding_itself_is_not_taken_back(directory: Directory) -> None:
    found(directory, SpaceFacts("Réseau des Causses"))
    assert undoable(directory) is None
    found(directory, SpaceFacts("Réseau des Gorges"))
    last = undoable(directory)
    assert last is not None
    assert last.label == "Décrire l’annuaire"


def test_a_folder_nobody_described_founds_a_space_by_itself(directory: Directory) -> None:
    first = ensure_founded(directory)
    assert ensure_founded(directory) == first
    assert values(directory)["name"] == "Notre annuaire"


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("name", "Réseau du Gévaudan", "Modifier le nom de l’annuaire"),
        ("territory", [LOZERE, FLORAC], "Modifier le territoire"),
        ("controller", "Association du Gévaudan", "Modifier le responsable des données"),
        ("rights_contact", "04 65 71 20 18", "Modifier le contact pour les droits"),
    ],
)
def test_one_answer_changes_and_is_taken_back(directory: Directory, field: str, value: object, label: str) -> None:
    found(directory, SpaceFacts("Réseau"))
    before = values(directory).get(field)
    change(directory, field, value)
    assert values(directory)[field] == value
    last = undoable(directory)
    assert last is not None
    assert last.label == label
    undo(directory)
    assert values(directory).get(field) == before


def test_an_answer_can_be_taken_away(directory: Directory) -> None:
    found(directory, SpaceFacts("Réseau", [LOZERE], "04 65 71 20 18"))
    change(directory, "territory", None)
    change(directory, "rights_contact", None)
    assert not values(directory).get("territory")
    assert not values(directory).get("rights_contact")


def test_a_territory_of_nowhere_is_refused(directory: Directory) -> None:
    found(directory, SpaceFacts("Réseau"))
    with pytest.raises(UserError):
        change(directory, "territory", [{"level": "planet", "code": "3"}])


def test_home_is_where_the_territory_is(directory: Directory) -> None:
    found(directory, SpaceFacts("Réseau", [FLORAC, {"level": "epci", "code": "200069151"}]))
    assert "48" in home_departments(directory)


def test_each_notice_is_a_version_and_the_former_ones_stay(directory: Directory, now_is: Callable[[str], None]) -> None:
    space = ensure_founded(directory)
    assert notice_of(directory) == ""
    assert not write_notice(directory, "  ")
    write_notice(directory, "Vos données servent à l’annuaire.")
    write_notice(directory, "Vos données servent à l’annuaire du Gévaudan.\n")
    assert notice_of(directory) == "Vos données servent à l’annuaire du Gévaudan."
    assert not write_notice(directory, "Vos données servent à l’annuaire du Gévaudan.")
    rows = directory.reads.parts("legal_text", [space])[space]
    assert sorted(r.values["version"] for r in rows) == ["1", "2"]
    undo(directory)
    assert notice_of(directory) == "Vos données servent à l’annuaire."


def test_a_notice_taken_away_leaves_its_number_used(directory: Directory) -> None:
    space = ensure_founded(directory)
    write_notice(directory, "Première.")
    write_notice(directory, "")
    assert notice_of(directory) == ""
    write_notice(directory, "Seconde.")
    versions = {r.values["text"]: r.values["version"] for r in directory.reads.parts("legal_text", [space])[space]}
    assert versions == {"Première.": "1", "Seconde.": "2"}


def test_a_pc_has_the_name_it_was_given_or_that_of_the_machine(directory: Directory) -> None:
    assert named_replica(directory) == ""
    assert replica_name(directory)
    name_replica(directory, "Accueil")
    assert named_replica(directory) == "Accueil"
    name_replica(directory, "Bureau")
    assert replica_name(directory) == "Bureau"
