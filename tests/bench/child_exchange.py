"""`python -m tests.bench.child_exchange WHAT FOLDER FILE [PEER]`: one act of the exchange in a process of its own.

ouvrir     nothing: a new directory is there afterwards
faire      seconds to give a packet, for PEER alone if it is named (hexadecimal)
prendre    seconds to committed, until the index has caught up, and of the backup made before (counted in neither)
plancher   the same done without Maillage, see `floors_exchange`; FOLDER holds its table

Seconds are told twice: by the wall and of the processor. Each line ends with the most memory held meanwhile, in
megabytes; the directory is opened before.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from tests.bench import floors_exchange

STATUS, PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def main(what: str, folder: str, file: str, peer: str = "") -> None:
    """One of them."""
    if what == "plancher":
        took = floors_exchange.measured(Path(folder), Path(file))
    elif what == "ouvrir":
        took = make(Path(folder))
    elif what == "faire":
        took = produce(Path(folder), Path(file), peer)
    else:
        took = apply(Path(folder), Path(file))
    print(*took, held())


def make(folder: Path) -> list[float]:
    """An empty directory."""
    from appli.app import open_directory

    open_directory(folder).close()
    return []


def produce(folder: Path, file: Path, peer: str) -> list[float]:
    """As « Donner un paquet » does it."""
    from appli.app import open_directory
    from appli.services.exchanging import giving, peers

    directory = open_directory(folder)
    to = peers.peer(directory, bytes.fromhex(peer)) if peer else None
    forget_peak()
    begun = clocks()
    giving.give(directory, file, to=to)
    took = since(begun)
    directory.close()
    return took


def apply(folder: Path, file: Path) -> list[float]:
    """As « Réunir » does it, once a person has said yes."""
    from appli.app import open_directory
    from appli.services.exchanging import receiving

    directory = open_directory(folder)
    took: dict[str, list[float]] = {"backup": [0.0, 0.0]}

    def timed(name: str, begun: list[float]) -> None:
        genuine = getattr(directory.store, name)

        def call(*arguments: Any) -> Any:
            first = begun or clocks()
            result = genuine(*arguments)
            took[name] = since(first)
            return result

        setattr(directory.store, name, call)

    forget_peak()
    begun = clocks()
    timed("backup", [])
    timed("receive", begun)
    receiving.receive(directory, file, confirmed=True)
    took["all"] = since(begun)
    directory.close()
    saving = took["backup"]
    whole = ([had - spent for had, spent in zip(took[name], saving, strict=True)] for name in ("receive", "all"))
    return [*next(whole), *next(whole), *saving]


def clocks() -> list[float]:
    """The time it is, and the processor time spent so far: on a busy machine the second tells more."""
    return [time.perf_counter(), time.process_time()]


def since(begun: list[float]) -> list[float]:
    """How far both have gone."""
    return [now - then for now, then in zip(clocks(), begun, strict=True)]


def forget_peak() -> None:
    """Count the most memory held from here on, where the system allows it."""
    if PEAK.exists():
        PEAK.write_text("5", "ascii")


def held() -> float:
    """The most memory this process held, in megabytes."""
    return int(STATUS.read_text("ascii").split("VmHWM:")[1].split()[0]) / 1024 if STATUS.exists() else 0.0


if __name__ == "__main__":
    main(*sys.argv[1:])
