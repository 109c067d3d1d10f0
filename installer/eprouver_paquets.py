"""Harm a bundle at random as often as asked, and print what became of each attempt to read it.

    .venv/bin/python installer/eprouver_paquets.py [--essais 6000] [--graine 1]
    .venv/bin/python installer/eprouver_paquets.py --mesures [--fiches 100000]

The second measures making and reading a bundle beside the floor: the same values as plain JSON rows under zstd.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.exchange.corruption import OUTCOMES, tried
from tests.exchange.measures import measured


def corrupt(options: argparse.Namespace) -> int:
    """The table of outcomes; how many were crashes or wrong data."""
    with tempfile.TemporaryDirectory() as folder:
        found = tried(Path(folder), options.essais, options.graine)
    crashes = {name: n for name, n in found.items() if name.startswith("crash")}
    found["crash"] = sum(crashes.values())
    for name in OUTCOMES:
        say(f"{name:20} {found[name]:6}")
    for name, n in crashes.items():
        say(f"{n:6} × {name}")
    return found["crash"] + found["wrong"]


def measure(options: argparse.Namespace) -> int:
    """Figures and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        for name, value in measured(Path(folder), options.fiches).items():
            say(f"{name:36} {value:12.3f}")
    return 0


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> int:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--essais", type=int, default=6_000, help="attempts")
    parser.add_argument("--graine", type=int, default=1, help="seed")
    parser.add_argument("--mesures", action="store_true")
    parser.add_argument("--fiches", type=int, default=100_000, help="records to measure with")
    options = parser.parse_args()
    return 1 if (measure if options.mesures else corrupt)(options) else 0


if __name__ == "__main__":
    sys.exit(main())
