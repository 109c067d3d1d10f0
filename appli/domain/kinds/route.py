"""A route: a walk from stop to stop, or a selection to be read in order."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, Integer, Quantity
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import OPEN_LISTS, STOPS, Titled
from appli.i18n import N_

TYPES = CodeList(
    "route_type",
    {"itinerary": N_("Itinéraire"), "selection": N_("Sélection")},
    {"itinerary": ("balade", "randonnée", "circuit"), "selection": ("liste", "choix")},
)

DIFFICULTIES = CodeList(
    "route_difficulty",
    {
        "very_easy": N_("Très facile"),
        "easy": N_("Facile"),
        "medium": N_("Moyen"),
        "hard": N_("Difficile"),
    },
)


class Route(Titled):
    """Stops in order, with what there is to see, read or hear at each."""

    info = KindInfo(
        10,
        "route",
        N_("Parcours"),
        N_("Parcours"),
        "R",
        ("balade", "balades", "itinéraire", "randonnée", "circuit"),
        (*OPEN_LISTS, STOPS),
        audience=Audience.PUBLIC,
    )

    type: Annotated[Choice, F(40, N_("Sorte de parcours"), section="identity", codes=TYPES, facet=True)] = None
    duration: Annotated[Integer, F(41, N_("Durée en minutes"), section="identity", synonyms=("durée", "temps"))] = None
    length: Annotated[
        Quantity, F(42, N_("Longueur en kilomètres"), section="identity", synonyms=("longueur", "distance"))
    ] = None
    difficulty: Annotated[Choice, F(43, N_("Difficulté"), section="identity", codes=DIFFICULTIES, facet=True)] = None
