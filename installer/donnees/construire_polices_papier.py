"""Build the fonts that paper falls back to where Atkinson Hyperlegible Next has no glyph: only outlines, no hints.

Latin of every European language, Greek, Cyrillic (Noto Sans), Arabic with its shaping (Noto Naskh Arabic), emoji in one
colour (Noto Emoji, without its sequences: a family of ZWJ is printed one after the other). `couverture.json` says which
characters all the fonts together can print; the program names those that it cannot. Run again only to change a version:

    pip install fonttools==4.68.0
    python installer/donnees/construire_polices_papier.py
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive_npm import fetch
from fontTools import subset
from fontTools.ttLib import TTFont

SCREEN = Path(__file__).resolve().parents[2] / "ressources" / "polices"
TARGET = SCREEN / "papier"

Span = tuple[int, int]


@dataclass(frozen=True)
class Family:
    """One package of npm, what is kept of it and in which weights."""

    package: str
    version: str
    sha256: str
    name: str
    weights: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    """Empty: every character, without the rules that join several into one."""


FAMILIES = (
    Family(
        "@expo-google-fonts/noto-sans",
        "0.4.2",
        "98cf14a19b8e67a0e76bfd4d5df98937b9734e6dde570bd750f2259042042548",
        "NotoSans",
        ("400Regular", "700Bold"),
        (
            (0x20, 0x24F), (0x250, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x20C0),
            (0x2100, 0x218F), (0x2200, 0x22FF), (0xFFFD, 0xFFFD),
        ),
    ),
    Family(
        "@expo-google-fonts/noto-naskh-arabic",
        "0.4.5",
        "2f93452f15b3bdd86b922be17f247986d4d0e2ae7a1ca51f5d80326b2680628e",
        "NotoNaskhArabic",
        ("400Regular", "700Bold"),
        ((0x20, 0x20), (0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0x200C, 0x200F), (0x25CC, 0x25CC)),
    ),
    Family(
        "@expo-google-fonts/noto-emoji",
        "0.4.7",
        "6a25fd5a4da5bb34bbc2d300531bbf32de86afd866e119314d7e358f61a6104d",
        "NotoEmoji",
        ("400Regular",),
    ),
)  # fmt: skip


def main() -> None:
    """Write the fonts, their licences, what they cover and SOURCES.json."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for family in FAMILIES:
        with tempfile.TemporaryDirectory() as scratch:
            package = fetch(family.package, family.version, family.sha256, Path(scratch))
            for weight in family.weights:
                reduce(
                    package / weight / f"{family.name}_{weight}.ttf", TARGET / f"{family.name}-{weight[:3]}.ttf", family
                )
            shutil.copyfile(package / "LICENSE_FONT", TARGET / f"OFL-{family.name}.txt")
    write_coverage()
    write_sources()


def reduce(source: Path, target: Path, family: Family) -> None:
    """Keep the characters wanted; same input, same bytes."""
    options = subset.Options()
    options.layout_features = ["*"] if family.spans else []
    options.hinting = False
    options.recalc_timestamp = False
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=list(characters(family.spans)) or list(font.getBestCmap()))
    cutter.subset(font)
    font.save(target)


def characters(spans: Iterable[Span]) -> Iterator[int]:
    """The characters of spans."""
    for first, last in spans:
        yield from range(first, last + 1)


def write_coverage() -> None:
    """Every character that one of the fonts has, as spans."""
    held = sorted(
        {c for file in [*SCREEN.glob("*-400.ttf"), *TARGET.glob("*-400.ttf")] for c in TTFont(file).getBestCmap()}
    )
    spans: list[list[int]] = []
    for character in held:
        if spans and spans[-1][1] == character - 1:
            spans[-1][1] = character
        else:
            spans.append([character, character])
    (TARGET / "couverture.json").write_text(json.dumps(spans, separators=(",", ":")) + "\n", encoding="utf-8")


def write_sources() -> None:
    """What came from where, and the fingerprint of what was made of it."""
    sources = [
        {
            "package": f"npm {family.package}",
            "version": family.version,
            "licence": "OFL-1.1",
            "archive_sha256": family.sha256,
            "changes": "only some characters, without hints" + ("" if family.spans else " and without sequences"),
            "files": {
                file.name: hashlib.sha256(file.read_bytes()).hexdigest()
                for file in sorted(TARGET.glob(f"*{family.name}*"))
            },
        }
        for family in FAMILIES
    ]
    text = json.dumps(sources, ensure_ascii=False, indent=2)
    (TARGET / "SOURCES.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
