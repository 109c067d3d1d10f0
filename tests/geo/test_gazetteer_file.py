"""The committed gazetteer is the one that was built, whole, and agrees with today's code."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from appli import resources
from appli.domain.text import fold
from appli.errors import EnvironmentProblem
from appli.geo.commune import DEGREE, KINDS, POSITION_SOURCES, PositionSource
from appli.geo.gazetteer_file import Columns, read
from appli.geo.positions import METROPOLITAN, TERRITORIES

FILE = resources.path("geo/communes.json.zst")
SCRIPT = Path(__file__).resolve().parents[2] / "installer" / "donnees" / "construire_gazetteer.py"


@pytest.fixture(scope="module")
def columns() -> Columns:
    return read(FILE)


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    return json.loads((FILE.parent / "SOURCES.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("construire_gazetteer", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPT.parent)  # what it shares with its neighbours
        patch.setitem(sys.modules, spec.name, module)  # dataclasses look there
        spec.loader.exec_module(module)
        yield module


def test_the_file_is_the_one_that_was_built(said: dict[str, Any]) -> None:
    content = FILE.read_bytes()
    assert hashlib.sha256(content).hexdigest() == said["sha256"]
    assert len(content) <= 1_200_000


def test_the_sources_are_the_pinned_ones(said: dict[str, Any], script: ModuleType) -> None:
    assert said["sources"] == [asdict(source) for source in script.SOURCES]
    assert all(source["licence"] and source["taken"] for source in said["sources"])


def test_all_communes_of_2026_are_there(columns: Columns, said: dict[str, Any]) -> None:
    counted = {kind.value: columns.kinds.count(str(i)) for i, kind in enumerate(KINDS)}
    official = {"commune": 34_969, "delegated": 2_105, "associated": 471, "arrondissement": 45}
    assert counted == official == said["communes"]
    assert len(columns.departments) == 109
    assert len(columns.regions) == 26
    assert len(columns.epcis) == 1_255


def test_every_column_has_a_cell_for_every_commune(columns: Columns) -> None:
    texts = ("insee", "names", "keys", "parents", "postcodes")
    lengths = {name: getattr(columns, name).count("\n") + 1 for name in texts}
    cells = ("kinds", "epci", "populations", "latitudes", "longitudes", "sources")
    lengths |= {name: len(getattr(columns, name)) for name in cells}
    assert set(lengths.values()) == {37_590}
    assert columns.old_names.count("\n") == columns.old_keys.count("\n")
    assert len(columns.old_name_rows) == columns.old_names.count("\n") + 1
    assert len(columns.old_code_rows) == columns.old_codes.count("\n") + 1


def test_the_most_populous_come_first(columns: Columns) -> None:
    assert columns.populations == sorted(columns.populations, reverse=True)


def test_names_are_folded_as_the_search_folds(columns: Columns) -> None:
    """When this fails: `construire_gazetteer.py --cles`."""
    assert columns.keys.split("\n") == [fold(name) for name in columns.names.split("\n")]
    assert columns.old_keys.split("\n") == [fold(name) for name in columns.old_names.split("\n")]


def test_every_commune_lies_in_its_territory(columns: Columns) -> None:
    insee = columns.insee.split("\n")
    positions = zip(insee, columns.latitudes, columns.longitudes, strict=True)
    strays = [
        code
        for code, lat, lon in positions
        if not TERRITORIES.get(code[:3], METROPOLITAN).contains(lat / DEGREE, lon / DEGREE)
    ]
    assert strays == []


def test_positions_come_from_where_the_file_says(columns: Columns, said: dict[str, Any]) -> None:
    counted = {s.value: columns.sources.count(str(i)) for i, s in enumerate(POSITION_SOURCES)}
    assert counted == said["positions"]
    assert counted[PositionSource.HAND] == 98


def test_a_former_commune_belongs_to_one_of_today(columns: Columns) -> None:
    insee, kinds = columns.insee.split("\n"), columns.kinds
    today = {code for code, kind in zip(insee, kinds, strict=True) if kind == "0"}
    for code, parent, kind in zip(insee, columns.parents.split("\n"), kinds, strict=True):
        assert (parent == "") if kind == "0" else (parent in today), code


@pytest.mark.parametrize("content", [b"", b"not zstd", FILE.read_bytes()[:50_000]])
def test_a_damaged_file_is_said_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    damaged = tmp_path / "communes.json.zst"
    damaged.write_bytes(content)
    with pytest.raises(EnvironmentProblem, match="communes") as caught:
        read(damaged)
    assert caught.value.code == "gazetteer_unreadable"


def test_a_missing_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        read(tmp_path / "none.zst")
