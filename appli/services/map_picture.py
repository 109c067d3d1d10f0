"""The map as a picture, for paper and for the clipboard: it leaves this PC, so the gate says which signs are on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from appli.domain.audience import Audience
from appli.errors import Cancelled
from appli.services.directory import Directory
from appli.services.disclosing import Disclosure, Medium
from appli.services.live_map import Points, point_list
from appli.services.spaces import space_of
from appli.services.wording import date_text
from appli.store.index import Query


@dataclass(frozen=True, slots=True)
class Picture:
    """The signs that may go, how many stay, whose map it is, and the day."""

    points: Points
    staying: int
    space: str
    day: str


def picture_of(
    directory: Directory, query: Query, box: tuple[float, float, float, float], cancelled: Callable[[], bool]
) -> Picture:
    """What the map shows in a rectangle, as far as it may be put on paper for the members of the network."""
    gate = Disclosure(directory, Audience.SHARED, Medium.PAPER)
    south, west, north, east = box
    found = [p for p in directory.index.points(query, cancelled) if south <= p[0] <= north and west <= p[1] <= east]
    going = set()
    for entry in directory.reads.entries([point[2] for point in found]):
        if cancelled():
            raise Cancelled
        if gate.why_not(entry) is None:
            going.add(entry.id)
    kept = [point for point in found if point[2] in going]
    space = space_of(directory)
    now = datetime.fromtimestamp(directory.store.folder.clock() / 1000)  # noqa: DTZ006 — the day of whoever prints
    name = str(space.values.get("name") or "") if space else ""
    return Picture(point_list(kept), len(found) - len(kept), name, date_text(now.date().isoformat()))
