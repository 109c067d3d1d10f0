"""Fetch the map's JavaScript once, check it, and lay it under `ressources/carte/vendor`.

The program never downloads anything: what this script brings is committed. Run it again only to change a version; it
needs `npm`, and refuses an archive whose SHA-256 is not the one written here.

    python installer/donnees/vendoriser_js.py
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from archive_npm import fetch

TARGET = Path(__file__).resolve().parents[2] / "ressources" / "carte" / "vendor"


@dataclass(frozen=True)
class Package:
    """An npm package and the few files of it that the map page needs."""

    name: str
    version: str
    licence: str
    sha256: str
    files: tuple[str, ...]


PACKAGES = (
    Package(
        "leaflet",
        "1.9.4",
        "BSD-2-Clause",
        "84c65a256e50657896f54c33bd857b6849ebe94c817803be818bf32a3dde0b77",
        ("dist/leaflet.js", "dist/leaflet.css", "LICENSE"),
    ),
    Package(
        "supercluster",
        "9.1.0",
        "ISC",
        "b43b5108967e4ee37a7de0489e36385a0caeb81b3dd1dd8017b58a98dd91a8d0",
        ("dist/supercluster.min.js", "LICENSE"),
    ),
    Package(
        "protomaps-leaflet",
        "5.1.0",
        "BSD-3-Clause",
        "0b45b08d0e6f7d39816415dbe6821d0556e7997ec716ed0123305cc1fe5a3fd8",
        ("dist/protomaps-leaflet.js", "LICENSE"),
    ),
)


def main() -> None:
    """Lay every package down and write SOURCES.json."""
    TARGET.mkdir(parents=True, exist_ok=True)
    sources = [lay_down(package) for package in PACKAGES]
    text = json.dumps(sources, ensure_ascii=False, indent=2)
    (TARGET / "SOURCES.json").write_text(text + "\n", encoding="utf-8")


def lay_down(package: Package) -> dict[str, object]:
    """Replace the folder of one package; answers its entry of SOURCES.json."""
    folder = TARGET / package.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with tempfile.TemporaryDirectory() as scratch:
        unpacked = fetch(package.name, package.version, package.sha256, Path(scratch))
        for wanted in package.files:
            shutil.copyfile(unpacked / wanted, folder / Path(wanted).name)
    return {
        "package": f"npm {package.name}",
        "version": package.version,
        "licence": package.licence,
        "archive_sha256": package.sha256,
        "files": {
            f"{package.name}/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(folder.iterdir())
        },
    }


if __name__ == "__main__":
    main()
