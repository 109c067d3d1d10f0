"""From how many pixels, at 100 % text, which parts of the window stand beside each other."""

from __future__ import annotations

NARROW = 1180
"""Below this a window has no room for filters, list and sheet."""
SINGLE = 860
"""Below this, one pane at a time."""
RAIL_FOLDS = 860
"""Below this the rail keeps its icons alone."""

FACETS, LIST, SHEET = "facets", "list", "sheet"


def shown_panes(room: float, *, refining: bool, reading: bool) -> frozenset[str]:
    """Which panes of the directory stand beside each other in a window `room` pixels wide."""
    if room >= NARROW:
        return frozenset((FACETS, LIST, SHEET))
    if room >= SINGLE:
        return frozenset((FACETS, LIST)) if refining else frozenset((LIST, SHEET))
    if refining:
        return frozenset((FACETS,))
    return frozenset((SHEET,)) if reading else frozenset((LIST,))
