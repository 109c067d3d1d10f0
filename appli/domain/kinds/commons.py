"""A commons: a resource, the community that cares for it, the rules it gave itself."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, LongText, Text
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import OPEN_LISTS, Titled
from appli.i18n import N_

RESOURCE_TYPES = CodeList(
    "commons_resource",
    {
        "place": N_("Lieu"),
        "knowledge": N_("Savoir"),
        "software": N_("Logiciel"),
        "path": N_("Chemin ou voie"),
        "seed": N_("Semences"),
        "data": N_("Données"),
        "water": N_("Eau"),
        "forest": N_("Forêt"),
        "land": N_("Terres et pâturages"),
        "energy": N_("Énergie"),
        "tool": N_("Outils et machines"),
        "money": N_("Monnaie ou caisse commune"),
        "heritage": N_("Patrimoine et traditions"),
        "other": N_("Autre ressource"),
    },
    {
        "path": ("route", "sentier", "chemin"),
        "seed": ("graines",),
        "land": ("sectional", "sectionaux", "estive", "pâturage"),
        "knowledge": ("savoirs", "connaissance"),
    },
)

STATES = CodeList(
    "commons_state",
    {
        "planned": N_("En projet"),
        "alive": N_("Vivant"),
        "fragile": N_("Fragile"),
        "threatened": N_("Menacé"),
        "lost": N_("Perdu"),
    },
    {"alive": ("actif",), "lost": ("disparu",)},
)


class Commons(Titled):
    """What is held in common, by whom, and how it fares."""

    info = KindInfo(
        8,
        "commons",
        N_("Commun"),
        N_("Communs"),
        "C",
        ("bien commun", "biens communs"),
        OPEN_LISTS,
        audience=Audience.PUBLIC,
    )

    resource_type: Annotated[
        Choice,
        F(
            40,
            N_("Ressource"),
            section="identity",
            codes=RESOURCE_TYPES,
            facet=True,
            synonyms=("type", "type de ressource"),
        ),
    ] = None
    community: Annotated[
        Text, F(41, N_("Qui en prend soin"), weight="body", section="about", synonyms=("communauté",))
    ] = None
    rules: Annotated[LongText, F(42, N_("Règles"), weight="body", section="about", synonyms=("règle",))] = None
    governance: Annotated[
        LongText, F(43, N_("Qui décide, et comment"), weight="body", section="about", synonyms=("gouvernance",))
    ] = None
    how_to_join: Annotated[
        Text, F(44, N_("Comment s’y joindre"), weight="body", section="contact", synonyms=("participer", "rejoindre"))
    ] = None
    state: Annotated[Choice, F(45, N_("État"), section="identity", codes=STATES, facet=True, synonyms=("statut",))] = (
        None
    )
    threat: Annotated[Text, F(46, N_("Menace"), weight="body", section="about", synonyms=("menaces",))] = None
