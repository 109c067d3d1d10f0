"""The shapes, glyphs and colours of the map, taken from the design tokens and the program's icons.

Kept apart from the page's composition: what a kind looks like is decided in `ressources/theme/tokens.json`, and the map
must show the very shape that lists and sheets show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from appli import resources
from appli.i18n import _

Tokens = dict[str, Any]

# Where the glyph sits in the 32-unit shape: left, top, side. Shapes with a slope leave it less room.
GLYPH_BOX = {
    "circle": (8, 8, 16),
    "square": (8, 8, 16),
    "hexagon": (8, 8, 16),
    "diamond": (9.5, 9.5, 13),
    "house": (8.25, 10.45, 15.5),
    "star": (9.25, 9.25, 13.5),
    "triangle_up": (10, 14.2, 12),
    "triangle_down": (10, 5.4, 12),
    "quatrefoil": (8.5, 8.5, 15),
    "sheet": (9, 10.4, 14),
    "arrow": (8.35, 9.75, 12.5),
}
ICONS = ("arrow-left", "chevron-down", "clock", "crosshair", "map", "map-pin", "maximize", "minus", "plus", "x")
GLYPH_COLOR = {"light": "#FFFFFF", "dark": "#1B1A18"}  # the halo's colour too


@dataclass(frozen=True)
class Kind:
    """A kind as the map draws it."""

    name: str
    label: str
    shape: str
    glyph: str
    left: float
    top: float
    scale: float


def kinds(tokens: Tokens) -> list[Kind]:
    """Every kind, in the order of the legend."""
    return [_kind(name, entry) for name, entry in tokens["kind"].items()]


def _kind(name: str, entry: dict[str, str]) -> Kind:
    left, top, side = GLYPH_BOX[entry["shape"]]
    glyph = icon(entry["icon_lucide"])
    return Kind(name, _(entry["label_fr"]), entry["svg_32"], glyph, left, top, round(side / 24, 4))


def icon(name: str) -> str:
    """The drawing inside one of the program's icons, without its frame."""
    svg = resources.path(f"icones/{name}.svg").read_text(encoding="utf-8")
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if inner is None:
        raise ValueError(f"icones/{name}.svg is not an SVG picture")
    return " ".join(inner[1].split())


def sprite(shown: list[Kind]) -> str:
    """Every shape and icon of the page, to be used by reference. Only our own drawings: no text passes here."""
    symbols = [
        f'<symbol id="kind-{kind.name}"><g class="shape">{kind.shape}</g>'
        f'<g class="glyph" transform="translate({kind.left} {kind.top}) scale({kind.scale})">'
        f"{kind.glyph}</g></symbol>"
        for kind in shown
    ]
    symbols += [f'<symbol id="icon-{name}">{icon(name)}</symbol>' for name in ICONS]
    return '<svg class="sprite" width="0" height="0" aria-hidden="true">\n' + "\n".join(symbols) + "\n</svg>"


def palettes(tokens: Tokens) -> str:
    """Both themes as CSS variables: `--text-secondary`, `--kind-person`, `--glyph`."""
    return "".join(
        _palette(tokens, theme, selector)
        for theme, selector in (("light", ":root"), ("dark", ':root[data-theme="dark"]'))
    )


def _palette(tokens: Tokens, theme: str, selector: str) -> str:
    colors = {name: entry["hex"] for name, entry in tokens["color"][theme].items()}
    colors |= {f"kind_{name}": entry[theme]["hex"] for name, entry in tokens["kind"].items()}
    colors |= {"glyph": GLYPH_COLOR[theme], "halo": GLYPH_COLOR[theme]}
    lines = [f"  --{name.replace('_', '-')}: {color};" for name, color in colors.items()]
    families = ", ".join(f'"{family}"' if " " in family else family for family in _families(tokens))
    lines.append(f"  --font: {families};")
    return "\n".join([f"{selector} {{", f"  color-scheme: {theme};", *lines, "}"]) + "\n"


def _families(tokens: Tokens) -> list[str]:
    return [tokens["font"]["family"], *tokens["font"]["fallback"]]
