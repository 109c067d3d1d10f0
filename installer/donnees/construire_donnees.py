"""Rebuilds all map data of the year with one command: the gazetteer, then the base maps that name its communes.

.venv/bin/python installer/donnees/construire_donnees.py [--dossier FOLDER]      (network, seven minutes)

See `construire_gazetteer.py` for what to change first when a new geographic code is published.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import construire_fonds
import construire_gazetteer
from paquets import kept_or_thrown_away


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--dossier", type=Path, help="keep the downloads here")
    with kept_or_thrown_away(parser.parse_args().dossier) as folder:
        construire_gazetteer.save(construire_gazetteer.assemble(folder))
        construire_fonds.build(folder)


if __name__ == "__main__":
    main()
