"""A place: a tiers-lieu, a workshop, a room, a vacant shop, a bus that goes from village to village."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.codes_of_places import (
    ACCESSIBILITY,
    AVAILABILITY,
    CATEGORIES,
    CONNECTIONS,
    FAMILIES,
    INCOME_SOURCES,
    SERVICES,
)
from appli.domain.field_types import Choice, Choices, Date, Flag, Hours, Integer, Quantity, Text, Year
from appli.domain.fields import Collection, F, KindInfo
from appli.domain.kinds.base import FUNCTIONS, LABELS, OPEN_LISTS, RATES, STOPS, Titled
from appli.i18n import N_


class Place(Titled):
    """Where one works, makes, meets, sells or could."""

    info = KindInfo(
        4,
        "place",
        N_("Lieu"),
        N_("Lieux"),
        "L",
        ("tiers-lieu", "tiers-lieux", "tiers lieu", "tiers lieux", "espace"),
        (
            *OPEN_LISTS,
            FUNCTIONS,
            RATES,
            STOPS,
            LABELS,
            Collection(
                "qualifications",
                "qualification",
                "grid",
                N_("Qualifications"),
                synonyms=("qualification",),
                section="none",
            ),
        ),
        audience=Audience.PUBLIC,
    )

    families: Annotated[
        Choices,
        F(
            40,
            N_("Familles"),
            section="identity",
            codes=FAMILIES,
            facet=True,
            synonyms=(
                "family",
                "famille",
                "typologie",
                "typo",
                "type",
                "categorie",
                "familles_tiers_lieux",
                "type de lieu",
            ),
        ),
    ] = None
    category: Annotated[
        Choice,
        F(
            41,
            N_("Patrimoine et tourisme"),
            section="identity",
            codes=CATEGORIES,
            facet=True,
            synonyms=("patrimoine", "tourisme"),
        ),
    ] = None
    availability: Annotated[
        Choice,
        F(42, N_("Disponibilité"), section="identity", codes=AVAILABILITY, facet=True, synonyms=("statut", "état")),
    ] = None
    available_from: Annotated[
        Date, F(43, N_("Disponible à partir du"), section="identity", synonyms=("disponible le", "libre le"))
    ] = None
    opening_hours: Annotated[
        Hours,
        F(
            44,
            N_("Horaires"),
            section="contact",
            synonyms=(
                "horaires",
                "horaires d’ouverture",
                "heures d’ouverture",
                "openhours",
                "openinghours",
                "bf_horaires",
            ),
        ),
    ] = None
    hours_note: Annotated[
        Text,
        F(
            45,
            N_("Précisions sur les horaires"),
            weight="body",
            section="contact",
            synonyms=("commentaire", "openhours_more_infos", "horaires_ouverture", "permanences"),
        ),
    ] = None
    itinerant: Annotated[
        Flag, F(46, N_("Itinérant"), section="identity", facet=True, synonyms=("itinerance", "itinérance"))
    ] = None
    capacity: Annotated[
        Integer,
        F(47, N_("Capacité en personnes"), synonyms=("capacité", "jauge", "places", "nombre de places", "nb postes")),
    ] = None
    surface_indoor: Annotated[
        Quantity,
        F(48, N_("Surface intérieure en m²"), synonyms=("surface", "superficie", "surfacebuilt", "surface_batie_m2")),
    ] = None
    surface_outdoor: Annotated[
        Quantity, F(49, N_("Surface extérieure en m²"), synonyms=("terrain", "surfaceoutdoor"))
    ] = None
    accessibility: Annotated[
        Choices,
        F(50, N_("Accessibilité"), codes=ACCESSIBILITY, facet=True, synonyms=("accessibilite_pmr", "acces_pmr", "pmr")),
    ] = None
    services: Annotated[
        Choices,
        F(
            51,
            N_("Services"),
            section="skills",
            codes=SERVICES,
            facet=True,
            synonyms=("services_proposes", "équipements"),
        ),
    ] = None
    connection: Annotated[
        Choice, F(52, N_("Connexion à Internet"), codes=CONNECTIONS, synonyms=("connexion", "internet", "acces_fibre"))
    ] = None
    income_sources: Annotated[
        Choices,
        F(53, N_("Sources de revenus"), codes=INCOME_SOURCES, synonyms=("recettes", "sources_financement")),
    ] = None
    free_access: Annotated[
        Flag, F(54, N_("Accès libre et gratuit"), facet=True, synonyms=("gratuit", "accès libre"))
    ] = None
    how_to_book: Annotated[
        Text,
        F(
            55,
            N_("Comment réserver"),
            weight="body",
            section="contact",
            synonyms=("réservation", "réserver", "prise_rdv"),
        ),
    ] = None
    response_delay: Annotated[Text, F(56, N_("Délai de réponse"), section="contact", synonyms=("délai",))] = None
    opened_year: Annotated[
        Year,
        F(57, N_("Année d’ouverture"), synonyms=("openingyear", "date_ouverture", "date d’ouverture", "ouverture")),
    ] = None
