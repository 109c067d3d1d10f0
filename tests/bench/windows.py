"""What is measured of the window, in programs of their own."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.children import SMAPS, environment, figures
from tests.bench.measure import Measure, spread
from tests.builders import records

WINDOW = "tests.bench.child_window"


def window_measures(folder: Path, many: int, *, rounds: int) -> Iterator[Measure]:
    """From the start to the first painted row; the slowest of each is left out, it warmed the disk."""
    from appli.app import open_directory

    place = folder / "fenetre"
    directory = open_directory(place)
    directory.do("x", list(records(many)))
    directory.close()
    both = [(_painted(folder, ["premiere", str(place)]), _painted(folder, ["vide"])) for _ in range(rounds + 1)]
    ours, floor = (statistics.median(sorted(some)[:rounds]) for some in zip(*both, strict=True))
    what = f"du lancement à la première ligne peinte, {many} fiches"
    detail = f"{ours:.2f} s pour {floor:.2f} s"
    yield Measure(what, ours / floor, "×", "≤ 1.4 ×", ours / floor <= 1.4, detail)


def _painted(folder: Path, words: list[str]) -> float:
    """Seconds from the process's start to what it says is the moment of its paint."""
    begun = time.time()
    command = [sys.executable, "-m", WINDOW, *words]
    said = subprocess.run(command, env=environment(folder), capture_output=True, text=True, timeout=60, check=False)
    return float(said.stdout.split()[0]) - begun


def large_measures(folder: Path, place: Path, many: int) -> Iterator[Measure]:
    """The window on a large directory."""
    took = sorted(figures(folder, [WINDOW, "touches", str(place)]))
    p95 = took[int(0.95 * len(took))]
    yield Measure(f"de la touche à la liste peinte, {many} fiches, p95", p95, "ms", "≤ 50 ms", p95 <= 50, spread(took))
    if SMAPS.exists():
        ours, floor = figures(folder, [WINDOW, "memoire", str(place)])[0], figures(folder, [WINDOW, "nue"])[0]
        detail = f"{ours:.0f} Mo pour {floor:.0f} Mo"
        what = f"mémoire, {many} fiches, carte fermée (PSS)"
        yield Measure(what, ours / floor, "×", "≤ 1.6 ×", ours / floor <= 1.6, detail)
