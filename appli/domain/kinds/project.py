"""A project: what people undertake together, with the questions of the census of collaborative practices.

The census lists (sector, logic, carrier, economic model, channel) are ours, after the Breton census of 905 projects;
their version grows when their meaning does.
"""

from __future__ import annotations

from typing import Annotated

from appli.domain.field_types import Choice, Choices, Date, LongText, Territory
from appli.domain.fields import CodeList, Collection, F, KindInfo
from appli.domain.kinds.base import GEOGRAPHIC_SCOPES, OPEN_LISTS, WANTED_SKILLS, Titled
from appli.i18n import N_

STAGES = CodeList(
    "project_stage",
    {
        "idea": N_("Idée"),
        "design": N_("En conception"),
        "trial": N_("À l’essai"),
        "launch": N_("En lancement"),
        "running": N_("En activité"),
        "paused": N_("En pause"),
        "closed": N_("Terminé"),
        "abandoned": N_("Abandonné"),
    },
    {
        "design": ("en projet", "in_planning"),
        "running": ("actif", "en cours", "active"),
        "paused": ("on_hold",),
        "closed": ("completed", "fini", "clos"),
        "abandoned": ("cancelled",),
    },
)

SECTORS = CodeList(
    "census_sector",
    {
        "food": N_("Alimentation et agriculture"),
        "equipment": N_("Équipement et réparation"),
        "mobility": N_("Mobilité"),
        "culture": N_("Culture et loisirs"),
        "services": N_("Services et entraide"),
        "housing": N_("Habitat"),
        "energy": N_("Énergie"),
        "work": N_("Travail et espaces partagés"),
        "knowledge": N_("Savoirs et formation"),
        "digital": N_("Numérique"),
        "money": N_("Finance et monnaies locales"),
        "health": N_("Santé et bien-être"),
        "nature": N_("Nature et paysages"),
        "citizenship": N_("Citoyenneté"),
        "other": N_("Autre secteur"),
    },
    {
        "food": ("agriculture et alimentation", "agriculture & alimentation", "nourriture"),
        "equipment": ("équipement", "fabriquer, réparer, zéro déchets", "biens"),
        "mobility": ("modes de déplacement", "transport", "déplacements"),
        "culture": ("arts & culture", "sortie & culture", "loisirs"),
        "services": ("service", "entraide & solidarité", "solidarité"),
        "housing": ("logement", "habitat, logement"),
        "energy": ("climat et énergie",),
        "knowledge": ("éducation & formation", "education & formation", "éducation", "formation"),
        "digital": ("médias et numérique", "usages numériques"),
        "money": ("économie & finance", "finance éthique", "finance"),
        "nature": ("eau, nature et biodiversité", "écologie & nature"),
        "citizenship": ("citoyenneté, droits, inclusion",),
    },
)

LOGICS = CodeList(
    "census_logic",
    {
        "redistribute": N_("Redistribuer"),
        "share": N_("Partager"),
        "organise": N_("S’organiser ensemble"),
    },
    {
        "redistribute": ("redistribution", "don, vente d’occasion"),
        "share": ("partage", "mutualiser", "mutualisation"),
        "organise": ("organisation", "s’organiser", "styles de vie collaboratifs"),
    },
)

CARRIERS = CodeList(
    "census_carrier",
    {
        "person": N_("Une ou quelques personnes"),
        "collective": N_("Un collectif sans statut"),
        "association": N_("Une association"),
        "company": N_("Une entreprise"),
        "cooperative": N_("Une coopérative"),
        "public": N_("Une collectivité ou un organisme public"),
        "mixed": N_("Plusieurs porteurs de natures diverses"),
    },
    {
        "person": ("particulier", "particuliers"),
        "collective": ("collectif", "groupe informel"),
        "association": ("asso",),
        "company": ("entreprise", "startup"),
        "cooperative": ("scop", "scic", "coopérative"),
        "public": ("collectivité", "collectivite", "mairie"),
    },
)

ECONOMIC_MODELS = CodeList(
    "census_economic_model",
    {
        "free": N_("Gratuit"),
        "volunteering": N_("Bénévolat"),
        "membership": N_("Adhésions"),
        "barter": N_("Troc ou échange de services"),
        "donation": N_("Dons ou prix libre"),
        "sale": N_("Vente"),
        "rent": N_("Location"),
        "subscription": N_("Abonnements"),
        "commission": N_("Commission sur les échanges"),
        "grant": N_("Subventions"),
        "sponsoring": N_("Mécénat ou publicité"),
        "local_currency": N_("Monnaie locale"),
    },
    {"free": ("gratuité",), "membership": ("cotisations",), "donation": ("prix libre",), "grant": ("subvention",)},
)

CHANNELS = CodeList(
    "census_channel",
    {
        "face_to_face": N_("De vive voix"),
        "phone": N_("Par téléphone"),
        "paper": N_("Sur papier"),
        "site": N_("Sur un site"),
        "list": N_("Par une liste de diffusion"),
        "social": N_("Sur un réseau social"),
        "platform": N_("Sur une plateforme"),
    },
    {"face_to_face": ("face à face", "présentiel"), "site": ("internet", "site internet"), "list": ("liste mail",)},
)


class Project(Titled):
    """What is undertaken, by whom, how far it is and what it lacks."""

    info = KindInfo(
        3,
        "project",
        N_("Projet"),
        N_("Projets"),
        "J",
        ("initiative", "initiatives"),
        (
            *OPEN_LISTS,
            WANTED_SKILLS,
            Collection("supports", "support", "body", N_("Soutiens reçus"), synonyms=("soutien",), section="details"),
            Collection(
                "campaigns", "campaign", "object", N_("Collectes"), synonyms=("collecte", "campagne"), section="details"
            ),
        ),
    )

    stage: Annotated[
        Choice,
        F(40, N_("Avancement"), section="identity", codes=STAGES, facet=True, synonyms=("étape", "état", "phase")),
    ] = None
    sectors: Annotated[
        Choices,
        F(
            41,
            N_("Secteurs"),
            section="identity",
            codes=SECTORS,
            facet=True,
            synonyms=("sector", "secteur", "thème", "catégorie", "categories"),
        ),
    ] = None
    logics: Annotated[Choices, F(42, N_("Logiques"), codes=LOGICS, facet=True, synonyms=("logic", "logique"))] = None
    aims: Annotated[
        LongText, F(43, N_("Buts"), weight="body", section="about", synonyms=("objectif", "objectifs", "mission"))
    ] = None
    carrier: Annotated[
        Choice, F(44, N_("Porté par"), codes=CARRIERS, facet=True, synonyms=("porteur", "type de porteur"))
    ] = None
    economic_models: Annotated[
        Choices,
        F(
            45,
            N_("Modèles économiques"),
            codes=ECONOMIC_MODELS,
            facet=True,
            synonyms=("economic_model", "modèle économique"),
        ),
    ] = None
    channels: Annotated[
        Choices,
        F(46, N_("Comment on s’y rencontre"), codes=CHANNELS, facet=True, synonyms=("channel", "canal", "canaux")),
    ] = None
    area: Annotated[Territory, F(47, N_("Territoire"), synonyms=("zone",))] = None
    scope: Annotated[Choice, F(48, N_("Portée"), codes=GEOGRAPHIC_SCOPES, synonyms=("geographic_scope", "échelle"))] = (
        None
    )
    started: Annotated[Date, F(49, N_("Commencé en"), synonyms=("date de début", "début", "starts_at"))] = None
    ended: Annotated[Date, F(50, N_("Fini en"), synonyms=("date de fin", "fin", "ends_at"))] = None
