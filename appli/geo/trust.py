"""Whether a position that is kept may be shown as a fact: records come from other PCs and from older lists too."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from appli.geo.commune import Commune
from appli.geo.positions import distance_km, far_km, repair_position

if TYPE_CHECKING:
    from appli.geo.gazetteer import Gazetteer

INLAND_KM = 40.0
"""Nobody in France lives farther from every town hall, but in the largest communes."""


class Trust(Enum):
    """What one may think of a position."""

    LIKELY = "likely"
    DOUBTFUL = "doubtful"
    """Far from its commune, in the sea, abroad."""
    IMPOSSIBLE = "impossible"
    """(0, 0), off the globe, or right only the other way round."""


def trust_in(gazetteer: Gazetteer, lat: float, lon: float, commune: Commune | None) -> Trust:
    """What to think of a position, with what is known of its commune."""
    if commune is not None and distance_km((lat, lon), (commune.lat, commune.lon)) <= far_km(commune):
        return Trust.LIKELY  # nearly every position: nothing is to be put right
    problem = repair_position(lat, lon, commune).problem
    if problem is not None:
        doubted = problem.code in ("position_far_from_commune", "position_outside_france")
        return Trust.DOUBTFUL if doubted else Trust.IMPOSSIBLE
    if commune is None:
        nearest = gazetteer.nearest(lat, lon)
        if nearest is None or distance_km((lat, lon), (nearest.lat, nearest.lon)) > max(INLAND_KM, far_km(nearest)):
            return Trust.DOUBTFUL
    return Trust.LIKELY
