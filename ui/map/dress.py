"""Gives a map the window's colours and size of text. Importing this loads no web engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.theme import Theme
from ui.theme_tokens import Mode

if TYPE_CHECKING:
    from ui.map.view import MapView


def dress(view: MapView, theme: Theme) -> None:
    """Called when the map is made, and each time the window's look changes."""
    colors = {name: theme.color(name).name() for name in theme.tokens.colors[Mode.LIGHT]}
    colors |= {f"kind_{shape}": theme.kind_color(shape).name() for shape in theme.tokens.kinds}
    view.set_theme("dark" if theme.dark else "light", colors)
    view.set_text_scale(theme.scale)
