"""Outlines of a territory as a drawing for paper: thin for communes, strong for departments, nothing but lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Line = Sequence[tuple[float, float]]

_STROKES = {"communes": ("#d3ccc0", 0.12), "epci": ("#a59d90", 0.28), "departements": ("#575047", 0.55)}


def outlines_svg(outlines: Mapping[str, Sequence[Line]], width: float, height: float) -> bytes:
    """An SVG of so many millimetres; lines in millimetres from the upper left corner."""
    paths = [
        f'<path stroke="{colour}" stroke-width="{strength}" d="{"".join(map(_path, outlines[layer]))}"/>'
        for layer, (colour, strength) in _STROKES.items()
        if outlines.get(layer)
    ]
    size = f'width="{width:g}mm" height="{height:g}mm" viewBox="0 0 {width:g} {height:g}"'
    style = 'fill="none" stroke-linejoin="round" stroke-linecap="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>{"".join(paths)}</svg>'.encode()


def _path(line: Line) -> str:
    (x, y), *others = line
    return f"M{x:.2f} {y:.2f}" + "".join(f"L{x:.2f} {y:.2f}" for x, y in others)
