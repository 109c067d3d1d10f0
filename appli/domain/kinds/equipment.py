"""A piece of equipment: a machine, a tool, a vehicle, who may use it and on what terms."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, Flag, Integer, Money, Text
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import CAPABILITIES, OPEN_LISTS, RATES, Titled
from appli.i18n import N_

CATEGORIES = CodeList(
    "equipment_category",
    {
        "wood": N_("Travail du bois"),
        "metal": N_("Travail du métal"),
        "stone": N_("Pierre et maçonnerie"),
        "digital_fabrication": N_("Fabrication numérique"),
        "electronics": N_("Électronique"),
        "textile": N_("Textile et couture"),
        "printing": N_("Impression et reliure"),
        "garden": N_("Jardin"),
        "farming": N_("Agriculture et forêt"),
        "food": N_("Cuisine et transformation alimentaire"),
        "handling": N_("Manutention et levage"),
        "vehicle": N_("Véhicule et remorque"),
        "bicycle": N_("Vélo"),
        "computing": N_("Informatique"),
        "audiovisual": N_("Son, image et projection"),
        "festive": N_("Fêtes et réceptions"),
        "furniture": N_("Mobilier"),
        "sport": N_("Sport et plein air"),
        "measure": N_("Mesure et contrôle"),
        "cleaning": N_("Entretien et nettoyage"),
        "care": N_("Santé et puériculture"),
        "other": N_("Autre matériel"),
    },
    {
        "wood": ("bois", "menuiserie"),
        "metal": ("métal", "soudure", "métallerie"),
        "digital_fabrication": ("impression 3d", "fablab", "découpe laser"),
        "textile": ("couture", "textile"),
        "vehicle": ("véhicule", "remorque", "camionnette"),
        "audiovisual": ("audio", "vidéo", "sono"),
        "festive": ("fête", "réception"),
    },
)

CONDITIONS = CodeList(
    "condition",
    {"new": N_("Neuf"), "good": N_("Bon état"), "fair": N_("État moyen"), "poor": N_("À réparer")},
    {"good": ("bon",), "fair": ("moyen",), "poor": ("mauvais", "en panne")},
)

STATUS = CodeList(
    "equipment_status",
    {
        "available": N_("Disponible"),
        "lent": N_("Prêté"),
        "broken": N_("En panne"),
        "withdrawn": N_("Retiré"),
    },
    {"available": ("libre",), "lent": ("emprunté", "loué"), "broken": ("hors service", "hs")},
)

ACCESS = CodeList(
    "equipment_access",
    {
        "free": N_("En libre accès"),
        "members": N_("Réservé aux membres"),
        "after_training": N_("Après une formation"),
        "accompanied": N_("Avec quelqu’un qui connaît la machine"),
    },
    {"free": ("libre", "libre accès"), "members": ("adhérents", "membres"), "accompanied": ("accompagné",)},
)


class Equipment(Titled):
    """A thing that may be used, lent or rented; its owner, place and keeper are links."""

    info = KindInfo(
        5,
        "equipment",
        N_("Matériel"),
        N_("Matériel"),
        "M",
        ("matériels", "machine", "machines", "outil", "outils", "équipement", "équipements"),
        (*OPEN_LISTS, RATES, CAPABILITIES),
    )

    category: Annotated[
        Choice,
        F(40, N_("Catégorie"), section="identity", codes=CATEGORIES, facet=True, synonyms=("categorie", "famille")),
    ] = None
    brand: Annotated[Text, F(41, N_("Marque"), weight="body", section="identity", synonyms=("fabricant",))] = None
    model: Annotated[Text, F(42, N_("Modèle"), weight="body", section="identity", synonyms=("référence",))] = None
    serial: Annotated[Text, F(43, N_("Numéro de série"), Audience.PRIVATE, synonyms=("n° de série", "no de série"))] = (
        None
    )
    quantity: Annotated[Integer, F(44, N_("Nombre"), synonyms=("quantité", "qté"))] = None
    condition: Annotated[Choice, F(45, N_("État"), codes=CONDITIONS, synonyms=("état du matériel",))] = None
    status: Annotated[
        Choice,
        F(46, N_("Disponibilité"), section="identity", codes=STATUS, facet=True, synonyms=("statut", "dispo")),
    ] = None
    access: Annotated[
        Choice,
        F(47, N_("Qui peut s’en servir"), codes=ACCESS, facet=True, synonyms=("accès", "conditions d’accès")),
    ] = None
    required_training: Annotated[
        Text, F(48, N_("Formation demandée"), weight="body", synonyms=("formation", "formation requise"))
    ] = None
    deposit: Annotated[Money, F(49, N_("Caution"), synonyms=("dépôt de garantie",))] = None
    max_days: Annotated[Integer, F(50, N_("Durée de prêt, en jours"), synonyms=("durée maximale", "durée de prêt"))] = (
        None
    )
    movable: Annotated[Flag, F(51, N_("Peut se déplacer"), synonyms=("transportable", "déplaçable"))] = None
