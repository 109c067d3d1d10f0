"""Two public lists: how many rows find their commune, and that it is the right one."""

from __future__ import annotations

import csv
import statistics
from pathlib import Path

import pytest

from appli.geo.gazetteer import Gazetteer
from appli.geo.positions import repair_position
from appli.geo.resolution import Resolution
from tests.bench.geocoding import lists, score


@pytest.fixture(scope="module")
def services(shared_data: Path) -> list[dict[str, str]]:
    return _rows(shared_data / "france_services_20221201.csv")


@pytest.fixture(scope="module")
def census(shared_data: Path) -> list[dict[str, str]]:
    return _rows(shared_data / "cget_tiers_lieux_2019.csv")


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def _disagree(found: Resolution, insee: str, gazetteer: Gazetteer) -> bool:
    """Another commune of today than the row's own code says."""
    true = gazetteer.by_insee(insee)
    return bool(true and found.commune and true.today != found.commune.today)


def test_france_services(gazetteer: Gazetteer, services: list[dict[str, str]]) -> None:
    resolve = gazetteer.resolve
    by_name = [resolve(r["lib_com"], r["code_postal"]) for r in services]
    by_code = [resolve(r["lib_com"], r["code_postal"], r["insee_com"]) for r in services]
    assert sum(r["lib_com"] != "" for r in services) == 2_657
    assert sum(found.commune is not None for found in by_name) == 2_655
    assert sum(found.commune is not None for found in by_code) == 2_656
    wrong = [r["lib_com"] for r, f in zip(services, by_name, strict=True)
             if _disagree(f, r["insee_com"], gazetteer)]  # fmt: skip
    assert sorted(wrong) == ["Herlin-le-Sec", "Tonnay-Charente"]  # their own codes are another's


def test_tiers_lieux(gazetteer: Gazetteer, census: list[dict[str, str]]) -> None:
    names = [r["NOMCOM"] or r["COMINIT"] for r in census]
    assert sum(name != "" for name in names) == 1_466
    rows = list(zip(census, names, strict=True))
    by_name = [gazetteer.resolve(name, r["CP"]) for r, name in rows]
    by_code = [gazetteer.resolve(name, r["CP"], r["INSEECOM"]) for r, name in rows]
    assert sum(found.commune is not None for found in by_name) == 1_456
    assert sum(found.commune is not None for found in by_code) == 1_460
    assert not [n for (r, n), f in zip(rows, by_name, strict=True)
                if _disagree(f, r["INSEECOM"], gazetteer)]  # fmt: skip


def test_the_rows_of_lozere_have_no_code_and_are_found(gazetteer: Gazetteer, census: list[dict[str, str]]) -> None:
    lozere = [r for r in census if r["CP"].startswith("48")]
    assert len(lozere) == 11
    assert {r["INSEECOM"] for r in lozere} == {"0"}
    for row in lozere:
        found = gazetteer.resolve(row["COMINIT"], row["CP"], row["INSEECOM"])
        assert found.commune, row["COMINIT"]
        assert found.commune.department == "48"


def test_positions_agree_with_the_communes(
    gazetteer: Gazetteer, census: list[dict[str, str]], services: list[dict[str, str]]
) -> None:
    problems = [
        row["lib_com"]
        for row in services
        if repair_position(
            row["latitude"], row["longitude"],
            gazetteer.resolve(row["lib_com"], row["code_postal"], row["insee_com"]).commune,
        ).problem
    ]  # fmt: skip
    assert problems == ["Camopi", "Pont-Audemer"]
    assert not [r for r in census if repair_position(r["LAT"], r["LONG"]).problem]


@pytest.mark.usefixtures("shared_data")
def test_as_they_are_written_the_lists_find_their_communes_and_their_places(gazetteer: Gazetteer) -> None:
    """`python -m tests.bench --geocodage` prints it, every miss with its cause."""
    services, census = (score(title, rows, gazetteer) for title, rows in lists().items())
    assert services.found / services.rows >= 0.98
    assert census.found / census.rows >= 0.93
    for one, median, p90 in ((services, 0.3, 2.5), (census, 1.0, 3.0)):
        assert one.same >= one.judged - 5
        assert statistics.median(one.kilometres) < median
        assert one.kilometres[int(len(one.kilometres) * 0.9)] < p90
        assert len(one.misses) == one.rows - one.found
