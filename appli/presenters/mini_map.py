"""What the small map of a sheet shows: the record where it is and its neighbours, read aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from appli.presenters.session import Session
from appli.services.live_map import LiveMap, Points, read_points
from appli.store.index_model import Query

if TYPE_CHECKING:
    from appli.presenters.jobs import Stopped
    from appli.store.index import Index

NEIGHBOURS_KM = 20.0
ZOOM = 10
"""The small map is some fifteen kilometres wide then."""


class MiniMap:
    """Holds the points around one place at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.source = LiveMap(session.index, session.folder)
        session.maps_changed.listen(lambda _none: self.source.base.refresh())

    def look(self, latitude: float, longitude: float, known: Callable[[], None]) -> None:
        """Read what lies around; `known` is called when the source has it."""

        def read(index: Index, stopped: Stopped) -> Points:
            return read_points(index, Query(near=(latitude, longitude, NEIGHBOURS_KM)), stopped)

        def done(points: Points) -> None:
            self.source.held = points
            known()

        self._session.read_index("carte-mini", read, done)
