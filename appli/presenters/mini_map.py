"""What the small map of a sheet shows: the record where it is and its neighbours, read aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from appli.domain.ids import RecordId
from appli.presenters.session import Session
from appli.services.live_map import LiveMap, Points, points_of
from appli.store.index_model import Query

if TYPE_CHECKING:
    from appli.presenters.jobs import Stopped
    from appli.store.index import Index

NEIGHBOURS_KM = 20.0
ZOOM = 10
"""The small map is some fifteen kilometres wide then."""
SAME_SPOT = 1e-5
"""Degrees: a metre."""


class MiniMap:
    """Holds the points around one place at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.source = LiveMap(session.index)

    def look(
        self, latitude: float, longitude: float, record: RecordId | None, found: Callable[[str | None], None]
    ) -> None:
        """Read what lies there; `found` gets the id of the record to show large, None when nobody knows which."""

        def read(index: Index, stopped: Stopped) -> tuple[Points, str | None]:
            points = index.points(Query(near=(latitude, longitude, NEIGHBOURS_KM)), stopped)
            here = [p[2] for p in points if abs(p[0] - latitude) + abs(p[1] - longitude) < SAME_SPOT]
            chosen = record if record in here else here[0] if record is None and len(here) == 1 else None
            return points_of(points), chosen.hex() if chosen else None

        def done(answer: tuple[Points, str | None]) -> None:
            self.source.held, chosen = answer
            found(chosen)

        self._session.read_index("carte-mini", read, done)
