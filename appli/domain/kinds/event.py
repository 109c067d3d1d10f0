"""An event: a workshop, a market, a festival and its parts, an hour at the help desk."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, Integer, Key, Money, Period, Text
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import HEADLINE, OPEN_LISTS, Titled
from appli.i18n import N_

KINDS = CodeList(
    "event_kind",
    {
        "barcamp": N_("Rencontre ouverte, barcamp"),
        "workshop": N_("Atelier"),
        "training": N_("Formation"),
        "course": N_("Cours"),
        "conference": N_("Conférence, débat"),
        "screening": N_("Projection"),
        "concert": N_("Concert, spectacle"),
        "exhibition": N_("Exposition"),
        "market": N_("Marché, foire"),
        "desk_hours": N_("Permanence"),
        "work_day": N_("Chantier participatif"),
        "assembly": N_("Assemblée générale"),
        "meeting": N_("Réunion"),
        "festival": N_("Festival, fête"),
        "open_day": N_("Portes ouvertes"),
        "outing": N_("Sortie, balade"),
        "other": N_("Autre événement"),
    },
    {
        "barcamp": ("rencontre",),
        "screening": ("film", "ciné-club"),
        "concert": ("spectacle",),
        "exhibition": ("expo",),
        "market": ("marché", "foire", "vide-grenier"),
        "work_day": ("chantier",),
        "assembly": ("ag", "assemblée"),
        "festival": ("fête",),
        "outing": ("balade", "randonnée", "visite"),
    },
)

STATUS = CodeList(
    "event_status",
    {
        "tentative": N_("À confirmer"),
        "confirmed": N_("Confirmé"),
        "postponed": N_("Reporté"),
        "cancelled": N_("Annulé"),
        "full": N_("Complet"),
    },
    {"confirmed": ("maintenu",)},
)


class Event(Titled):
    """Something that happens at a time; the event it is part of, its place and its organisers are links."""

    info = KindInfo(
        6,
        "event",
        N_("Événement"),
        N_("Événements"),
        "E",
        ("évènement", "évènements", "evenement", "agenda", "rendez-vous"),
        OPEN_LISTS,
        audience=Audience.PUBLIC,
    )

    title: Annotated[Text, HEADLINE] = None
    event_kind: Annotated[
        Choice,
        F(
            40,
            N_("Sorte d’événement"),
            section="identity",
            codes=KINDS,
            facet=True,
            synonyms=("kind", "type", "type d’événement", "catégorie", "categories"),
        ),
    ] = None
    period: Annotated[Period, F(41, N_("Quand"), section="identity", synonyms=("date", "dates", "date et heure"))] = (
        None
    )
    status: Annotated[
        Choice, F(42, N_("Statut"), section="identity", codes=STATUS, facet=True, synonyms=("état", "eventstatus"))
    ] = None
    capacity: Annotated[Integer, F(43, N_("Nombre de places"), synonyms=("places", "jauge", "capacité"))] = None
    price: Annotated[Money, F(44, N_("Prix"), synonyms=("tarif", "entrée"))] = None
    price_note: Annotated[
        Text, F(45, N_("Précisions sur le prix"), weight="body", synonyms=("conditions", "tarifs"))
    ] = None
    registration: Annotated[
        Text, F(46, N_("Comment s’inscrire"), weight="body", section="contact", synonyms=("inscription",))
    ] = None
    ical_uid: Annotated[Key, F(47, N_("Identifiant d’agenda"), section="none", synonyms=("uid",))] = None
    registered: Annotated[
        Integer, F(48, N_("Nombre d’inscrits"), Audience.SHARED, synonyms=("inscrits", "nb inscrits"))
    ] = None
    attendance: Annotated[
        Integer,
        F(49, N_("Nombre de présents"), Audience.SHARED, synonyms=("présents", "participants", "fréquentation")),
    ] = None
