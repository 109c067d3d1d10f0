"""Finding communes: how fast per typed key and for whole lists, and how well two public lists are read.

The lists name a commune and a postcode; their INSEE codes and positions are only looked at afterwards, to judge.
"""

from __future__ import annotations

import csv
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from appli import resources
from appli.geo.gazetteer import Gazetteer
from appli.geo.positions import distance_km, repair_position
from appli.geo.resolution import Resolution
from tests.bench.measure import Measure, spread

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
GAZETTEER = "geo/communes.json.zst"
TYPED = (
    "saint-chély-d'apcher", "st denis 974", "florac trois rivières", "48200 st chély", "marseille 2e", "langonge",
    "le pont de monvert", "châteauneuf de randon", "villefranche s/ saone", "mende (lozère)", "l'hay les roses",
    "sainte croix vallée française", "xqzwkt", "neuville", "aix en pce", "la plaine des cafres",
)  # fmt: skip
KEY_MS, LISTS_S = 20.0, 5.0


@dataclass(frozen=True)
class Written:
    """One row of a list: what it says of its commune, and what it is judged by."""

    line: int
    name: str
    postcode: str
    insee: str
    lat: str
    lon: str


@dataclass(frozen=True)
class Score:
    """What became of a list."""

    list_name: str
    rows: int
    found: int
    same: int
    judged: int
    kilometres: tuple[float, ...]
    misses: tuple[tuple[str, Written], ...]
    """Each with its cause."""
    differences: tuple[tuple[str, Written], ...]
    """Rows whose own code is of another commune, with what was found."""


def lists() -> dict[str, list[Written]]:
    """Both lists; none where they are not on this machine."""
    columns = {
        "France Services 2022": (
            "france_services_20221201.csv", "lib_com", "code_postal", "insee_com", "latitude", "longitude"
        ),
        "Tiers-lieux 2019": ("cget_tiers_lieux_2019.csv", "COMINIT", "CP", "INSEECOM", "LAT", "LONG"),
    }  # fmt: skip
    if not DATA.is_dir():
        return {}
    found = {}
    for title, (name, *names) in columns.items():
        with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            found[title] = [Written(line, *(row[n] for n in names)) for line, row in enumerate(rows, 2)]
    return found


def score(title: str, rows: list[Written], gazetteer: Gazetteer) -> Score:
    """Resolve each row without its code, then compare."""
    answers = [(row, gazetteer.resolve(row.name, row.postcode)) for row in rows]
    found = [(row, answer.commune) for row, answer in answers if answer.commune]
    judged = [(row, c, true) for row, c in found if (true := gazetteer.by_insee(row.insee.zfill(5)))]
    kilometres = []
    for row, commune in found:
        own = repair_position(row.lat, row.lon)
        if own.lat is not None and own.lon is not None:
            kilometres.append(distance_km((own.lat, own.lon), (commune.lat, commune.lon)))
    return Score(
        title, len(rows), len(found), sum(c.today == true.today for _, c, true in judged), len(judged),
        tuple(sorted(kilometres)),
        tuple((cause(row, answer, gazetteer), row) for row, answer in answers if answer.commune is None),
        tuple((f"{c.name} au lieu de {true.name}", row) for row, c, true in judged if c.today != true.today),
    )  # fmt: skip


def cause(row: Written, answer: Resolution, gazetteer: Gazetteer) -> str:
    """Why nobody was chosen."""
    remarks = {remark.code for remark in answer.remarks}
    if not row.name.strip():
        return "ni nom ni code postal" if not answer.postcode else "pas de nom, plusieurs communes pour ce code postal"
    if not gazetteer.bearers(row.name):
        return "nom qu’aucune commune ne porte"
    if "postcode_contradicts_name" in remarks:
        return "le nom et le code postal se contredisent"
    where = "dans le département" if answer.postcode else "et pas de code postal"
    return f"plusieurs communes de ce nom {where}"


def geocoding_measures() -> Iterator[Measure]:
    """The lines of the table."""
    begun = time.perf_counter()
    gazetteer = Gazetteer.load(resources.path(GAZETTEER))
    yield Measure("liste des communes lue", (time.perf_counter() - begun) * 1000, "ms", "", True)
    for text in ("mende", "langonge"):
        gazetteer.complete(text, "48")  # the structures of the first search are the process's, not a key's
    taken = list(_keys(gazetteer))
    times, busy = sorted(wall for wall, _ in taken), sorted(processor for _, processor in taken)
    p95 = times[int(len(times) * 0.95)]
    yield Measure(
        "commune tapée, une touche, p95", p95, "ms", f"≤ {KEY_MS:.0f} ms", p95 <= KEY_MS,
        f"{len(times)} touches, {spread(times)}, processeur {busy[int(len(busy) * 0.95)]:.1f}",
    )  # fmt: skip
    rows = [row for some in lists().values() for row in some]
    if not rows:
        return
    fresh = Gazetteer.load(resources.path(GAZETTEER))
    begun = time.perf_counter()
    for row in rows:
        commune = fresh.resolve(row.name, row.postcode, row.insee).commune
        repair_position(row.lat, row.lon, commune)
    took = time.perf_counter() - begun
    yield Measure(
        f"{len(rows)} lignes localisées", took, "s", f"≤ {LISTS_S:.0f} s", took <= LISTS_S, "listes publiques"
    )


def _keys(gazetteer: Gazetteer) -> Iterator[tuple[float, float]]:
    """What each key costs, in milliseconds by the wall and of the processor."""
    for text in TYPED:
        for length in range(1, len(text) + 1):
            for near in ("48", None):
                begun, before = time.perf_counter(), time.thread_time()
                gazetteer.complete(text[:length], near)
                yield (time.perf_counter() - begun) * 1000, (time.thread_time() - before) * 1000


def report() -> Iterator[str]:
    """The scores in words, every miss with its cause."""
    gazetteer = Gazetteer.load(resources.path(GAZETTEER))
    for title, rows in lists().items():
        yield from _words(score(title, rows, gazetteer))


def _words(s: Score) -> Iterator[str]:
    p90 = s.kilometres[int(len(s.kilometres) * 0.9)]
    yield ""
    yield f"{s.list_name} : {s.found} lignes sur {s.rows} ({s.found / s.rows:.1%}), sans leur code INSEE"
    yield f"  même commune que le code de la ligne : {s.same} sur {s.judged}"
    yield f"  écart avec la position de la ligne : médiane {statistics.median(s.kilometres):.2f} km, p90 {p90:.1f} km"
    for why, count in Counter(why for why, _ in s.misses).most_common():
        yield f"  {count} × {why}"
        yield from (f"      ligne {r.line} : « {r.name} » {r.postcode}" for reason, r in s.misses if reason == why)
    for difference, row in s.differences:
        yield f"  ligne {row.line} : {difference} (code {row.insee} de la ligne), « {row.name} » {row.postcode}"
