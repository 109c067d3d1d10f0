"""`python -m tests.bench [--essai] [--echange | --geocodage | --carte | --impression]`: the table of budgets.

Absolute figures gate nothing.

`--echange` measures the exchange alone, `--geocodage` the search of communes, with what became of two public lists,
`--carte` the map beside folium's own clusters (`tests/bench/maps.py`), `--impression` the directory on paper.
"""

from __future__ import annotations

import os
import platform
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench.geocoding import geocoding_measures, report
from tests.bench.measures import every_measure
from tests.bench.printing import printing_alone


def main() -> int:
    """Print each measure as it comes."""
    small = "--essai" in sys.argv
    print(f"{platform.node()}, {platform.machine()}, {os.cpu_count()} cœurs, Python {platform.python_version()}")
    communes_only = "--geocodage" in sys.argv
    if "--impression" in sys.argv:
        measures = printing_alone(small=small)
    else:
        measures = every_measure(small=small, exchange_only="--echange" in sys.argv, map_only="--carte" in sys.argv)
    for m in geocoding_measures() if communes_only else measures:
        held = "" if small or not m.budget else "tenu" if m.within else "DÉPASSÉ"
        print(f"{m.what:<62} {m.value:>8.2f} {m.unit:<3} {m.budget:<10} {held:<8} {m.detail}", flush=True)
    for line in report() if communes_only else ():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
