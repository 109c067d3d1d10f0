"""The exchange, measured as people meet it: packets given and received by the services, in processes of their own.

Two PCs hold the same places of fifteen fields; each rewrites two fields of one place in twenty, one rewriting in ten
of the second PC meeting one of the first.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from appli.domain.changes import Create, Put
from appli.domain.ids import RecordId
from tests.bench import floors_exchange
from tests.bench.children import figures
from tests.bench.fifteen import fifteen_fields
from tests.bench.measure import Measure
from tests.bench.yardsticks import yardsticks

CHILD = "tests.bench.child_exchange"
REWRITTEN = ("summary", "description", "hours_note", "how_to_book")

Both = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Floor:
    """(seconds by the wall, of the processor) without Maillage; bytes."""

    produce: Both
    apply: Both
    edit: Both
    size: float
    edit_size: float


def exchange_measures(folder: Path, many: int, *, rounds: int) -> Iterator[Measure]:
    """A whole packet to an empty directory, then what is new to one that has the rest, then that once more."""
    home = folder / f"echange{many}"
    home.mkdir()
    changes = list(fifteen_fields(many))
    floor = _floor(home, changes)
    one, two = home / "un", home / "deux"
    _fill(one, changes)
    yield from _whole(folder, home, floor, one, two, many, rounds)
    yield from yardsticks(home, changes, floor.produce[0], floor.apply[0], floor.size)
    yield from _news(folder, home, floor, one, two, [c.id for c in changes], many, rounds)
    shutil.rmtree(home)


def _fill(place: Path, changes: list[Create]) -> None:
    from appli.app import open_directory
    from appli.services.spaces import SpaceFacts, found

    directory = open_directory(place)
    found(directory, SpaceFacts("Réseau d’essai", replica_label="Poste 1"))
    directory.do("Essai", changes)
    directory.close()


def _floor(home: Path, changes: list[Create]) -> Floor:
    place = home / "plancher"
    place.mkdir()
    names = list(changes[0].values)
    rows = ((c.id, *(floors_exchange.plain(c.values.get(n)) for n in names)) for c in changes)
    floors_exchange.fill(place / "plat.db", names, rows)
    columns = [names.index(n) + 1 for n in REWRITTEN]
    edits = floors_exchange.sampled([c.id for c in changes], "un", columns)
    rewritten = ((i, column, _words(i, column)) for i, some in edits.items() for column in some)
    floors_exchange.pack(place / "edits.pack", rewritten)
    found = figures(home, [CHILD, "plancher", str(place), str(place / "edits.pack")], 1800)
    return Floor((found[0], found[1]), (found[2], found[3]), (found[4], found[5]), found[6], found[7])


def _words(record_id: RecordId, column: int, who: str = "un") -> str:
    return f"réécrit {who} {record_id.hex()[-6:]} {column}"


def _ratio(what: str, took: Both, floor: Both, most: float, more: str = "") -> Measure:
    wall, processor = took[0] / floor[0], took[1] / floor[1]
    detail = f"{took[0]:.2f} s pour {floor[0]:.3f} s ; {processor:.2f} × au processeur{more}"
    return Measure(what, wall, "×", f"≤ {most:g} ×" if most else "", not most or wall <= most, detail)


def _best(folder: Path, runs: Iterable[Sequence[str]]) -> list[float]:
    """The least of each figure over several runs of the child."""
    every = [figures(folder, [CHILD, *words], 1800) for words in runs]
    return [min(some) for some in zip(*every, strict=True)]


def _whole(folder: Path, home: Path, floor: Floor, one: Path, two: Path, many: int, rounds: int) -> Iterator[Measure]:
    file = home / "tout.maille"
    wall, processor, memory = _best(folder, [["faire", str(one), str(file)]] * rounds)
    yield _ratio(f"paquet entier fait, {many} fiches de 15 champs", (wall, processor), floor.produce, 2)
    yield Measure("  mémoire pour le faire", memory, "Mo", "≤ 400 Mo", memory <= 400)
    size, detail = file.stat().st_size, f"{file.stat().st_size / 1e6:.2f} Mo pour {floor.size / 1e6:.2f} Mo"
    yield Measure("  sa taille", size / floor.size, "×", "≤ 1.1 ×", size / floor.size <= 1.1, detail)

    def joining() -> Iterator[list[str]]:
        for _turn in range(rounds):
            shutil.rmtree(two, ignore_errors=True)
            figures(folder, [CHILD, "ouvrir", str(two), str(file)])
            yield ["prendre", str(two), str(file)]

    took = _best(folder, joining())
    yield _ratio("paquet entier réuni, enregistré", (took[0], took[1]), floor.apply, 2)
    yield _ratio("  puis cherchable", (took[2], took[3]), floor.apply, 5, f", dont index {took[2] - took[0]:.2f} s")
    yield Measure("  mémoire pour le réunir", took[-1], "Mo", "≤ 400 Mo", took[-1] <= 400)


def _rewrite(place: Path, ids: list[RecordId], who: str, also: dict[RecordId, list[str]]) -> dict[RecordId, list[str]]:
    """Returns what was rewritten; `also` are places where the other PC wrote: one in ten is met."""
    from appli.app import open_directory

    names = dict(enumerate(REWRITTEN))
    mine = {i: [names[c] for c in some] for i, some in floors_exchange.sampled(ids, who, list(names)).items()}
    met = list(also)[: len(also) // 10]
    mine = {**{i: also[i] for i in met}, **dict(list(mine.items())[: len(mine) - len(met)])}
    directory = open_directory(place)
    directory.do("Essai", [Put(i, n, _words(i, 0, who)) for i, some in mine.items() for n in some])
    directory.close()
    return mine


def _known_to(folder: Path, home: Path, one: Path, two: Path) -> str:
    """The first PC learns what the second one has; the name of the second."""
    from appli.app import open_directory
    from appli.services.exchanging import giving, peers, receiving

    file = home / "retour.maille"
    directory = open_directory(two)
    (known,) = peers.peers(directory)
    giving.give(directory, file, to=known)
    uid = directory.store.replica.hex()
    directory.close()
    directory = open_directory(one)
    receiving.receive(directory, file, confirmed=True)
    directory.close()
    return uid


def _news(
    folder: Path, home: Path, floor: Floor, one: Path, two: Path, ids: list[RecordId], many: int, rounds: int
) -> Iterator[Measure]:
    peer = _known_to(folder, home, one, two)
    theirs = _rewrite(two, ids, "deux", _rewrite(one, ids, "un", {}))
    file = home / "neuf.maille"
    wall, processor, _memory = _best(folder, [["faire", str(one), str(file), peer]] * rounds)
    yield _ratio(f"nouveautés faites, {len(theirs)} fiches sur {many} réécrites", (wall, processor), floor.edit, 0)
    size, detail = file.stat().st_size, f"{file.stat().st_size / 1e3:.0f} ko pour {floor.edit_size / 1e3:.0f} ko"
    yield Measure("  leur taille", size / floor.edit_size, "×", "≤ 1.3 ×", size / floor.edit_size <= 1.3, detail)
    copies = [shutil.copytree(two, home / f"deux{turn}") for turn in range(rounds)]
    runs = [["prendre", str(copy), str(file)] for copy in copies]
    took = _best(folder, runs)
    more = f" ; sauvegarde d’avant, en plus {took[4]:.2f} s"
    yield _ratio("nouveautés réunies, enregistrées", (took[0], took[1]), floor.edit, 3, more)
    yield _ratio("  puis cherchables", (took[2], took[3]), floor.edit, 0)
    took = _best(folder, runs)
    yield _ratio("les mêmes encore", (took[0], took[1]), floor.edit, 1)
