"""All that the page may say to the program, and how the program speaks to the page.

A page event is the path of a POST to our own scheme, `/evenement/<name>/<argument>`. There is no object the page could
reach: what is not a name of EVENTS with an argument of the right form does not exist. No event writes or runs anything.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_ID = re.compile(r"[0-9a-f]{32}")
_NUMBER = r"-?\d{1,3}(?:\.\d{1,8})?"

EVENTS: dict[str, re.Pattern[str]] = {
    "pret": re.compile(""),  # the signs are painted
    "peinte": re.compile(""),  # so is all of a picture
    "choisie": _ID,  # a record was clicked
    "ouvrir": _ID,  # « Ouvrir la fiche »
    "autour": _ID,  # « Autour d’ici »
    # What is in sight: south, west, north, east, then the centre and the zoom.
    "vue": re.compile(",".join([_NUMBER] * 7)),
    "centre": re.compile(",".join([_NUMBER] * 2)),  # the circle's middle was dragged there
    "rayon": re.compile(r"\d{1,3}"),  # its edge was: kilometres
    "point": re.compile(",".join([_NUMBER] * 2)),  # where the person pointed
    "deplacer": _ID,  # « Déplacer… »
    "bouge": re.compile(",".join([_NUMBER] * 3)),  # the sign being moved is there: latitude, longitude, zoom
    "pose": re.compile(""),  # Entrée: it is right there
    "laisse": re.compile(""),  # Échap: it is not to be moved after all
}
PREFIX = "/evenement/"


@dataclass(frozen=True)
class Event:
    """What the page said."""

    name: str
    argument: str

    @property
    def values(self) -> list[str | float]:
        """An id, or the numbers."""
        if EVENTS[self.name] is _ID or not self.argument:
            return [self.argument] if self.argument else []
        return [float(text) if "." in text else int(text) for text in self.argument.split(",")]


def parse(path: str) -> Event | None:
    """The event a request's path names, None if it is none of ours."""
    name, _, argument = path.removeprefix(PREFIX).partition("/")
    form = EVENTS.get(name)
    if not path.startswith(PREFIX) or form is None or not form.fullmatch(argument):
        return None
    return Event(name, argument)


def script(commands: dict[str, object]) -> str:
    """The script that hands commands to the page. JSON is a subset of JavaScript: no text can leave its string."""
    return f"Maillage.receive({json.dumps(commands)})"
