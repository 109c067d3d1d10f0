"""Copy the Lucide icons that the window uses, and only those, with their licence.

The copies are committed; add a name to ICONS and run this again to bring one more. It needs `npm`:

    python installer/donnees/copier_icones.py

The program's own marks are drawn by this project and are left alone.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from archive_npm import fetch

TARGET = Path(__file__).resolve().parents[2] / "ressources" / "icones"
PACKAGE = "lucide-static"
VERSION = "1.62.0"
SHA256 = "386f9080c440d6f5049cefe3456ae8357f7a0c7f76e59670cd1cb83bc7050a44"
OWN = ("dossier-maillage.svg", "maillage.svg", "paquet-maille.svg", "programme.svg")

ICONS = """
    archive-restore arrow-left arrow-left-right arrow-right book-user building-2 calendar calendar-days car
    chart-column check chevron-down chevron-left chevron-right chevron-up circle-alert circle-check
    circle-question-mark clock copy crosshair ellipsis external-link file-down file-spreadsheet file-text flag
    folder-open folder-sync footprints gift git-compare globe hand-helping handshake history image inbox info layers
    layout-dashboard leaf lightbulb link lock mail map map-pin maximize menu minus moon newspaper package package-open
    pencil phone plus printer redo-2 repeat-2 search settings shield-check sliders-horizontal star sun tag trash-2
    triangle-alert undo-2 upload usb user-round users users-round wrench x zoom-in zoom-out
""".split()


def main() -> None:
    """Replace the copied icons and write SOURCES.json."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.svg"):
        if old.name not in OWN:
            old.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        package = fetch(PACKAGE, VERSION, SHA256, Path(scratch))
        for name in ICONS:
            shutil.copyfile(package / "icons" / f"{name}.svg", TARGET / f"{name}.svg")
        shutil.copyfile(package / "LICENSE", TARGET / "LICENSE")
    write_sources()


def write_sources() -> None:
    """What came from where, and the fingerprint of each copy."""
    sources = {
        "package": f"npm {PACKAGE}",
        "version": VERSION,
        "licence": "ISC",
        "archive_sha256": SHA256,
        "files": {f"{name}.svg": hashlib.sha256((TARGET / f"{name}.svg").read_bytes()).hexdigest() for name in ICONS},
        "own": dict.fromkeys(OWN, "drawn by this project, GPL-3.0-or-later"),
    }
    text = json.dumps(sources, ensure_ascii=False, indent=2)
    (TARGET / "SOURCES.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
