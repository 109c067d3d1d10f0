"""Each budget of DESIGN §9 that applies today, measured on generated data; `small` is the smoke run."""

from __future__ import annotations

import csv
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from appli.errors import Cancelled
from appli.store.index import Index, Query
from tests.bench import floors
from tests.bench.children import environment, figures
from tests.bench.exchange import exchange_measures
from tests.bench.fifteen import fifteen_fields
from tests.bench.geocoding import geocoding_measures
from tests.bench.maps import map_measures
from tests.bench.measure import Measure, spread
from tests.bench.printing import printing_measures
from tests.bench.windows import large_measures, window_measures
from tests.builders import records
from tests.builders_index import index_docs

WORDS = ("menuiserie", "coworking mende", "saint chely", "maraichage", "atelier bois", "florac", "elise", "soudure")


def every_measure(*, small: bool, exchange_only: bool = False, map_only: bool = False) -> Iterator[Measure]:
    """All measures, the quick ones first."""
    many, points = (2_000, 2_000) if small else (100_000, 50_000)
    with tempfile.TemporaryDirectory(prefix="maillage-bench-") as name:
        folder = Path(name)
        os.environ["MAILLAGE_CONFIG"] = str(folder / "config")
        if exchange_only:
            yield from _exchange(folder, many, small=small)
            return
        if map_only:
            yield from map_measures(folder, points)
            return
        yield from geocoding_measures()
        yield from _search(folder, many)
        yield from _import(folder, many)
        yield from _store_size(folder, many)
        yield from _exchange(folder, many, small=small)
        yield from printing_measures(folder, small=small)
        yield from _single(folder, small=small)
        yield from window_measures(folder, 500 if small else 10_000, rounds=2 if small else 7)
        yield from large_measures(folder, folder / "import", many)
        yield from map_measures(folder, points)


def _exchange(folder: Path, many: int, *, small: bool) -> Iterator[Measure]:
    for count in (500,) if small else (10_000, many):
        yield from exchange_measures(folder, count, rounds=1 if small else 3)


def _timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _search(folder: Path, many: int) -> Iterator[Measure]:
    index = Index(folder / "index.db")
    index.rebuild(index_docs(many), 1)
    keys = [w[:n] for w in WORDS for n in range(1, len(w) + 1)]
    first = sorted(1000 * _timed(lambda k=k: index.first_page(Query(text=k))) for k in keys)  # type: ignore[misc]
    p95 = first[int(0.95 * len(first))]
    yield Measure(f"première page par touche, {many} fiches, p95", p95, "ms", "≤ 16 ms", p95 <= 16, spread(first))
    rest = []
    for key in keys:
        query = Query(text=key)
        rest.append(1000 * (_timed(lambda q=query: index.total(q)) + _timed(lambda q=query: index.facets(q))))  # type: ignore[misc]
    rest.sort()
    p95 = rest[int(0.95 * len(rest))]
    yield Measure(f"totaux et facettes par touche, {many} fiches, p95", p95, "ms", "≤ 60 ms", p95 <= 60, spread(rest))
    index.close()


def write_list(file: Path, many: int) -> Path:
    """A CSV of places as a census gives it."""
    world = random.Random(48)
    communes = [("48000", "Mende"), ("48400", "Florac Trois Rivières"), ("48300", "Langogne"), ("48100", "Marvejols")]
    with file.open("w", encoding="utf-8", newline="") as opened:
        out = csv.writer(opened, delimiter=";")
        out.writerow(["id", "nom", "adresse", "cp", "ville", "latitude", "longitude", "mail", "résumé", "capacité"])
        for n in range(many):
            postcode, town = communes[n % 4]
            lat, lon = 44.2 + world.random() * 0.7, 3.1 + world.random() * 0.8
            out.writerow(
                [n, f"Lieu {n}", f"{n % 90} rue du Pont", postcode, town, f"{lat:.5f}", f"{lon:.5f}",
                 f"lieu{n}@exemple.example", f"Un lieu parmi {many}", n % 60]
            )  # fmt: skip
    return file


def _import(folder: Path, many: int) -> Iterator[Measure]:
    file = write_list(folder / "lieux.csv", many)
    floor = min(floors.parse_and_insert(file, folder / f"floor{n}.db") for n in range(3))
    system = min(floors.parse_and_insert(file, folder / f"system{n}.db", sqlite3) for n in range(3))
    place = folder / "import"
    committed, searchable, memory = figures(folder, ["tests.bench.child_import", str(file), str(place)], 1800)
    for what, value, most in (("enregistrées", committed, 6), ("cherchables", searchable, 14)):
        ratio = value / floor
        detail = f"{value:.1f} s pour {floor:.2f} s ({system:.2f} s par le SQLite du système)"
        yield Measure(f"liste de {many} lignes {what}", ratio, "×", f"≤ {most} ×", ratio <= most, detail)
    rows = sum(floors.insert_again(place / name, folder / f"again-{name}") for name in ("partage.db", "prive.db"))
    what = "  dont insérer telles quelles les lignes écrites"
    yield Measure(what, rows / floor, "×", "", True, f"{rows:.1f} s")
    yield Measure("mémoire de cet import", memory, "Mo", "≤ 300 Mo", memory <= 300)


def _store_size(folder: Path, many: int) -> Iterator[Measure]:
    from appli.store.store import Store
    from tests.builders import fill

    changes = list(fifteen_fields(many))
    with Store(folder / "taille", folder / "config") as store:
        fill(store, changes)
        store.folder.checkpoint()
    ours = (folder / "taille" / "partage.db").stat().st_size + (folder / "taille" / "prive.db").stat().st_size
    names = sorted({n for c in changes for n in c.values})
    floor = floors.plain_rows(folder / "plat.db", ((c.id, dict(c.values)) for c in changes), names)
    ratio, detail = ours / floor, f"{ours / 1e6:.1f} Mo pour {floor / 1e6:.1f} Mo"
    yield Measure(f"taille de {many} fiches de 15 champs, sans index", ratio, "×", "≤ 1.3 ×", ratio <= 1.3, detail)


def _single(folder: Path, *, small: bool) -> Iterator[Measure]:
    from appli.app import open_directory
    from appli.domain.changes import Put
    from appli.services.erasing import erase
    from appli.services.indexing import rebuild

    directory = open_directory(folder / "un")
    changes = list(records(500 if small else 10_000))
    directory.do("x", changes)
    ids = [c.id for c in changes if "summary" in directory.reads.entries([c.id])[0].kind.fields][:40]
    saves = sorted(1000 * _timed(lambda i=i: directory.do("x", [Put(i, "summary", "autre")])) for i in ids[:20])  # type: ignore[misc]
    save = statistics.median(saves)
    yield Measure("enregistrer une fiche", save, "ms", "≤ 20 ms", save <= 20, spread(saves))
    erased = sorted(_timed(lambda i=i: erase(directory, i)) for i in ids[20:30])  # type: ignore[misc]
    yield Measure("effacer une personne", erased[5], "s", "≤ 0.5 s", erased[5] <= 0.5)
    stop = _cancel(directory, rebuild)
    yield Measure("arrêter un long travail", stop, "s", "≤ 0.5 s", stop <= 0.5)
    directory.close()
    words = [sys.executable, "-m", "ui", "--annuaire", str(folder / "un"), "chercher", "atelier", "--json"]
    shell = sorted(
        _timed(lambda: subprocess.run(words, env=environment(folder), capture_output=True, check=True))
        for _ in range(5)
    )
    yield Measure("chercher depuis le terminal", shell[2], "s", "≤ 0.3 s", shell[2] <= 0.3, spread(shell))


def _cancel(directory: object, rebuild: Callable[..., None]) -> float:
    """Seconds between « Arrêter » and the end of the work."""
    stopped_at: list[float] = []

    class Stopping:
        def step(self, _done: int, _total: int, _label: str = "") -> None:
            if stopped_at:
                raise Cancelled

    timer = threading.Timer(0.3, lambda: stopped_at.append(time.perf_counter()))
    timer.start()
    try:
        while not stopped_at:
            rebuild(directory, Stopping())
    except Cancelled:
        pass
    timer.join()
    return time.perf_counter() - stopped_at[0]
