"""Build the screen's typeface: Atkinson Hyperlegible Next with the two glyphs that French needs and it lacks.

U+202F (narrow no-break space) becomes a glyph of 85 % of a space, U+2011 (no-break hyphen) shows the hyphen. The built
files are committed; run this again only to change the version. It needs `npm`, and fontTools 4.68 in any environment
(it is no dependency of the program):

    pip install fonttools==4.68.0
    python installer/donnees/construire_polices.py
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from archive_npm import fetch
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

TARGET = Path(__file__).resolve().parents[2] / "ressources" / "polices"
PACKAGE = "@expo-google-fonts/atkinson-hyperlegible-next"
VERSION = "0.4.1"
SHA256 = "9c98b93e3f7dd7d7819f9c439aac9fb5b5466781fa1eb002caeb52eb7cb15ce8"
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}

NARROW_SPACE = 0x202F
NARROW_SHARE = 0.85
NO_BREAK_HYPHEN = 0x2011


def main() -> None:
    """Write the four weights, their licence and SOURCES.json."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        package = fetch(PACKAGE, VERSION, SHA256, Path(scratch))
        for weight, style in WEIGHTS.items():
            name = f"{weight}{style}"
            source = package / name / f"AtkinsonHyperlegibleNext_{name}.ttf"
            complete(source, TARGET / f"AtkinsonHyperlegibleNext-{weight}.ttf")
        shutil.copyfile(package / "LICENSE_FONT", TARGET / "OFL.txt")
    write_sources()


def complete(source: Path, target: Path) -> None:
    """Save the font with the two missing glyphs; same input, same bytes."""
    font = TTFont(source, recalcTimestamp=False)
    characters = font.getBestCmap()
    add_narrow_space(font, characters[ord(" ")])
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[NARROW_SPACE] = f"uni{NARROW_SPACE:04X}"
            table.cmap[NO_BREAK_HYPHEN] = characters[ord("-")]
    font.save(target)


def add_narrow_space(font: TTFont, space: str) -> None:
    """An empty glyph, narrower than the space."""
    name = f"uni{NARROW_SPACE:04X}"
    width, _bearing = font["hmtx"][space]
    font["glyf"][name] = Glyph()
    font["hmtx"][name] = (round(width * NARROW_SHARE), 0)
    font["GDEF"].table.GlyphClassDef.classDefs[name] = 1


def write_sources() -> None:
    """What came from where, and the fingerprint of what was made of it."""
    sources = {
        "package": f"npm {PACKAGE}",
        "version": VERSION,
        "licence": "OFL-1.1",
        "archive_sha256": SHA256,
        "changes": "added U+202F (85 % of a space) and U+2011 (the hyphen's glyph)",
        "files": {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(TARGET.glob("*.*"))
            if file.suffix in {".ttf", ".txt"}
        },
    }
    text = json.dumps(sources, ensure_ascii=False, indent=2)
    (TARGET / "SOURCES.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
