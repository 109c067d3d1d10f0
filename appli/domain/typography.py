"""Names as French prints them: registers write « Saint-Chély-d'Apcher » with the typewriter's signs."""

from __future__ import annotations

import re

_STRAIGHT = re.compile(r"(?<=\w)'(?=\w)")


def typeset(name: str) -> str:
    """The apostrophe of letters and the dash between two names; nothing else changes."""
    if "'" in name:
        name = _STRAIGHT.sub("’", name)
    return name.replace(" - ", " – ")
