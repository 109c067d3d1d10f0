"""What the map looks for: the words and filters shared with the directory, and a circle and a frame of its own.

The circle stays on the map's page: in the directory, a condition that nothing there shows would hide records.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from appli.presenters.broadcast import Broadcast
from appli.presenters.search import Search
from appli.store.index_model import Order, Query

Bounds = tuple[float, float, float, float]

EVERYWHERE: Bounds = (-90.0, -180.0, 90.0, 180.0)
"""The records that have a place, wherever it is."""
RADII = (10, 25, 50, 100)
USUAL_KM = 25
FARTHEST_KM = 999
HALF_AROUND_KM = 20_100.0
"""« Toute la France »: so far that nothing is left out, and all is in order of distance."""


@dataclass(frozen=True, slots=True)
class Centre:
    """What the circle is around: a commune, or a record."""

    name: str
    lat: float
    lon: float


class MapSearch:
    """Holds the circle and the frame; `changed` tells that the list is another, `shown` that the map is."""

    def __init__(self, shared: Search) -> None:
        self._shared = shared
        self.centre: Centre | None = None
        self.km: int | None = USUAL_KM
        """None: the whole country."""
        self.frame: Bounds | None = None
        self.changed: Broadcast[Query] = Broadcast()
        self.shown: Broadcast[Query] = Broadcast()
        self.awake = False
        """Whether the page is at the front."""
        self._told: tuple[Query, Query] | None = None
        self._leave = shared.changed.listen(lambda _query: self._tell())

    # --- the queries ---

    @property
    def on_map(self) -> Query:
        """What the map shows, in the circle and out of it."""
        return replace(self._shared.query, near=None, bounds=EVERYWHERE, trashed=False, order="relevance")

    @property
    def query(self) -> Query:
        """What the list shows."""
        return replace(
            self.on_map, near=self.near, bounds=self.frame or (None if self.near else EVERYWHERE), order=self._order
        )

    @property
    def near(self) -> tuple[float, float, float] | None:
        """The circle, as the index is asked."""
        if self.centre is None:
            return None
        return (self.centre.lat, self.centre.lon, float(self.km) if self.km is not None else HALF_AROUND_KM)

    @property
    def _order(self) -> Order:
        if self.near is not None:
            return "distance"
        return "relevance" if self._shared.query.order == "distance" else self._shared.query.order

    # --- what changes them ---

    def set_centre(self, centre: Centre | None) -> None:
        """Around another place, or around none."""
        self.centre = centre
        self._tell()

    def set_km(self, km: int | None) -> None:
        """As far as that."""
        self.km = km
        self._tell()

    def set_frame(self, frame: Bounds | None) -> None:
        """Only what the map has in sight, or all."""
        self.frame = frame
        self._tell()

    def wake(self) -> None:
        """The page is at the front: tell what changed meanwhile."""
        self.awake = True
        self._tell()

    def sleep(self) -> None:
        """Another page is: nothing is told."""
        self.awake = False

    def forget(self) -> None:
        """What was told is no longer so: the next telling tells all."""
        self._told = None
        self._tell()

    def close(self) -> None:
        """Stop listening."""
        self._leave()

    def _tell(self) -> None:
        if not self.awake:
            return
        told, now = self._told, (self.on_map, self.query)
        self._told = now
        if told is None or told[0] != now[0]:
            self.shown.tell(now[0])
        if told is None or told[1] != now[1]:
            self.changed.tell(now[1])
