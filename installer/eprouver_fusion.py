"""Prove the meeting of directories as long as asked: histories played on real stores beside an oracle.

    .venv/bin/python installer/eprouver_fusion.py [--minutes 10] [--graine 1] [--pas 80]
    .venv/bin/python installer/eprouver_fusion.py --mutations [--histoires 300]
    … --paquets: the same for histories told by signed files, through the services

The first prints totals and every seed that failed (play it again with `--graine N --minutes 0`); the second puts
deliberate mistakes into the code, one after the other, and tells after how many histories each was noticed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.packets.mistakes import MISTAKES
from tests.packets.play import History as PacketHistory
from tests.store.histories import History, from_seed
from tests.store.mutations import MUTATIONS, Mutation
from tests.store.network import empty_folder, hasty_disk


def play(
    home: Path, empty: Path, seed: int, options: argparse.Namespace, mutation: Mutation = nullcontext
) -> Counter[str]:
    """One history from its seed."""
    place = home / f"histoire{seed}"
    sort = PacketHistory if options.paquets else History
    place.mkdir()
    try:
        with mutation():
            return sort(place, empty, seed).play(*from_seed(seed, options.pas))
    finally:
        shutil.rmtree(place)


def prove(home: Path, empty: Path, options: argparse.Namespace) -> int:
    """Histories until the time is over; the number of those that failed."""
    until, seed, failed, totals = time.monotonic() + 60 * options.minutes, options.graine, 0, Counter[str]()
    while seed == options.graine or time.monotonic() < until:
        try:
            totals += play(home, empty, seed, options)
        except Exception:  # noqa: BLE001 — whatever goes wrong is told with its seed, and the others go on
            failed += 1
            say(f"--graine {seed}\n{traceback.format_exc(limit=-3)}")
        seed += 1
    say(", ".join(f"{name} {totals[name]}" for name in sorted(totals)) + f", failed {failed}")
    return failed


def try_mutations(home: Path, empty: Path, options: argparse.Namespace) -> int:
    """Each mistake until it is noticed; the number of those that never were."""
    missed = 0
    for name, mutation in (MISTAKES if options.paquets else MUTATIONS).items():
        noticed = ""
        for seed in range(options.graine, options.graine + options.histoires):
            try:
                play(home, empty, seed, options, mutation)
            except Exception as problem:  # noqa: BLE001 — any failure is what is hoped for
                noticed = f"{seed - options.graine + 1:4}  {type(problem).__name__} {str(problem)[-70:]}"
                break
        missed += not noticed
        say(f"{name:56} {noticed or 'NOT NOTICED'}")
    return missed


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> int:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--graine", type=int, default=1, help="first seed")
    parser.add_argument("--pas", type=int, default=80, help="steps of the longest history")
    parser.add_argument("--paquets", action="store_true", help="histories of packet files")
    parser.add_argument("--mutations", action="store_true")
    parser.add_argument("--histoires", type=int, default=300, help="histories per mutation")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="fusion-"))
    try:
        with hasty_disk():
            empty = empty_folder(home)
            return 1 if (try_mutations if options.mutations else prove)(home, empty, options) else 0
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    sys.exit(main())
