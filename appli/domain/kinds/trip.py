"""A trip that somebody makes with free seats, or would like to make. Its commune is where it starts."""

from __future__ import annotations

from typing import Annotated

from appli.domain.field_types import Choice, Choices, Commune, Integer, Reference, Text, Time
from appli.domain.fields import CodeList, Collection, F, KindInfo, Shape
from appli.domain.kinds.base import CONTACT, HEADLINE, OPEN_LISTS, WEEKDAYS, Titled
from appli.i18n import N_

ROLES = CodeList(
    "trip_role",
    {"driver": N_("Je conduis"), "passenger": N_("Je cherche une place")},
    {"driver": ("conducteur", "conductrice"), "passenger": ("passager", "passagère")},
)


class Trip(Titled):
    """From one commune to another, on which days, at what time."""

    info = KindInfo(
        57,
        "trip",
        N_("Trajet"),
        N_("Trajets"),
        "T",
        ("covoiturage", "covoiturages", "déplacement"),
        (
            *OPEN_LISTS,
            Collection("via", "stop", "title", N_("En passant par"), synonyms=("via",), section="details"),
        ),
        personal=CONTACT,
        shapes=(
            Shape("offer", N_("Trajet proposé"), N_("Trajets proposés"), "role", "driver"),
            Shape("need", N_("Trajet cherché"), N_("Trajets cherchés"), "role", "passenger"),
        ),
    )

    title: Annotated[Text, HEADLINE] = None
    role: Annotated[
        Choice, F(40, N_("Conduire ou être conduit"), section="identity", codes=ROLES, facet=True, synonyms=("rôle",))
    ] = None
    commune: Annotated[
        Commune,
        F(
            6,
            N_("Départ"),
            weight="place",
            section="identity",
            facet=True,
            synonyms=("from", "de", "commune", "origine"),
        ),
    ] = None
    to: Annotated[
        Commune,
        F(41, N_("Arrivée"), weight="place", section="identity", facet=True, synonyms=("à", "vers", "destination")),
    ] = None
    days: Annotated[Choices, F(42, N_("Jours"), section="identity", codes=WEEKDAYS, facet=True, synonyms=("jour",))] = (
        None
    )
    time: Annotated[Time, F(43, N_("Heure de départ"), section="identity", synonyms=("heure", "horaire"))] = None
    tolerance: Annotated[Integer, F(44, N_("À combien de minutes près"), synonyms=("souplesse", "tolérance"))] = None
    seats: Annotated[Integer, F(45, N_("Nombre de places"), synonyms=("places",))] = None
    by: Annotated[Reference, F(46, N_("De la part de"), section="contact", synonyms=("auteur",))] = None
