"""What is measured of the map and of the exported one, beside folium's own clusters on the same points in the same run.

`npm install leaflet.markercluster@1.5.3` brings what folium's pages ask for; its folder is named by the environment
variable MAILLAGE_MARKERCLUSTER (the package's `dist`). Without it folium's lines say « non installé ».
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tests.bench.children import figures
from tests.bench.measure import Measure

MAP, FOLIUM, EXPORTED = "tests.bench.child_map", "tests.bench.child_folium", "tests.bench.child_exported"
DIST = "MAILLAGE_MARKERCLUSTER"
WAYS = (("fast", "FastMarkerCluster"), ("marker", "MarkerCluster"))


def map_measures(folder: Path, points: int) -> Iterator[Measure]:
    """Ours by its budgets, then folium's, which gates nothing."""
    first, again, count, pan, zoom, longest, idle, whole, change, reading = figures(folder, [MAP, str(points)])
    name = f"carte de {count:.0f} points"
    yield Measure(f"{name}, page chargée et peinte", again, "s", "≤ 0.4 s", again <= 0.4)
    yield Measure("carte, première visite avec le moteur", first, "s", "≤ 1.2 s", first <= 1.2)
    rest = f"la plus longue d’un zoom {longest:.0f} ms, sans bouger {idle:.0f} ms"
    yield Measure(f"{name}, déplacer, par image, p95", pan, "ms", "≤ 50 ms", pan <= 50)
    yield Measure(f"{name}, zoomer, par image, p95", zoom, "ms", "≤ 50 ms", zoom <= 50, rest)
    yield Measure(f"{name}, zoomer, jusqu’au dernier signe, p95", whole, "ms", "", True)
    detail = f"index compris, dont {reading:.0f} ms de processeur en Python"
    yield Measure(f"{name}, changer de filtre", change, "ms", "≤ 150 ms", change <= 150, detail)
    yield _exported(folder, points // 10)
    dist = os.environ.get(DIST, "")
    for way, label in WAYS:
        what = f"  folium {label}, page chargée et peinte"
        if not Path(dist, "leaflet.markercluster.js").is_file():
            yield Measure(what, 0.0, "s", "", True, "non installé")
            continue
        wrote, size, shown, pan, zoom, longest, idle, _whole = figures(
            folder, [FOLIUM, str(points), way, dist], seconds=1_200
        )
        detail = f"{shown / again:.1f} × la nôtre ; écrite en {wrote:.1f} s, {size:.1f} Mo, sans fond de carte"
        yield Measure(what, shown, "s", "", True, detail)
        detail = f"la plus longue d’un zoom {longest:.0f} ms, déplacer {pan:.0f} ms, sans bouger {idle:.0f} ms"
        yield Measure(f"  folium {label}, zoomer, par image, p95", zoom, "ms", "", True, detail)


def _exported(folder: Path, sheets: int) -> Measure:
    wrote, size, signs, everything = figures(folder, [EXPORTED, str(sheets)])
    detail = f"avec le fond et les noms {everything:.1f} s ; composée en {wrote:.1f} s, {size:.1f} Mo"
    return Measure(f"carte exportée, {sheets} fiches, ouverte et peinte", signs, "s", "≤ 2 s", signs <= 2, detail)
