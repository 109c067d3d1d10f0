"""The look in figures: what `ressources/theme/tokens.json` says, so that no colour or length is written in code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from appli import resources

LENGTH_GROUPS = {
    "space_px": "space",
    "radius_px": "radius",
    "border_px": "border",
    "size_px": "size",
    "pane_px": "pane",
}


class Mode(StrEnum):
    """The two sets of colours."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Kind:
    """How one kind of record is drawn: its outline on a grid of 32, its glyph, its colour in each mode."""

    key: str
    letter: str
    outline: str
    glyph: str
    colors: dict[Mode, str]


@dataclass(frozen=True)
class Tokens:
    """Colours by mode and name, kinds by key, lengths at 100 % by `group.name`, points and durations."""

    colors: dict[Mode, dict[str, str]]
    kinds: dict[str, Kind]
    lengths: dict[str, float]
    family: str
    points: dict[str, float]
    line_heights: dict[str, float]
    milliseconds: dict[str, int]


@cache
def load() -> Tokens:
    """The file, read once."""
    raw = json.loads(resources.path("theme/tokens.json").read_text(encoding="utf-8"))
    return Tokens(
        colors={mode: {name: entry["hex"] for name, entry in raw["color"][mode].items()} for mode in Mode},
        kinds={key: _kind(key, entry) for key, entry in raw["kind"].items()},
        lengths=_lengths(raw),
        family=raw["font"]["family"],
        points=dict(raw["font"]["size_pt"]),
        line_heights=dict(raw["font"]["line_height"]),
        milliseconds=dict(raw["motion_ms"]),
    )


def _kind(key: str, entry: dict[str, Any]) -> Kind:
    return Kind(
        key=key,
        letter=entry["letter"],
        outline=entry["svg_32"],
        glyph=entry["icon_lucide"],
        colors={mode: entry[mode]["hex"] for mode in Mode},
    )


def _lengths(raw: dict[str, Any]) -> dict[str, float]:
    return {
        f"{group}.{name}": float(value)
        for section, group in LENGTH_GROUPS.items()
        for name, value in raw[section].items()
        if isinstance(value, int | float)
    }
