"""A listing: what somebody offers or needs. Never a text twin of a project's need: it is linked to the project."""

from __future__ import annotations

from typing import Annotated

from appli.domain.field_types import Choice, Choices, Integer, Quantity, Reference, Text
from appli.domain.fields import CodeList, F, KindInfo, Shape
from appli.domain.kinds.base import CONTACT, HEADLINE, OPEN_LISTS, RATES, Titled
from appli.i18n import N_

TYPES = CodeList(
    "listing_type",
    {"offer": N_("Offre"), "need": N_("Besoin")},
    {"offer": ("propose", "offres", "don"), "need": ("cherche", "demande", "want", "besoins", "recherche")},
)

OBJECTS = CodeList(
    "listing_object",
    {
        "skill": N_("Compétence ou coup de main"),
        "goods": N_("Objet ou produit"),
        "subcontracting": N_("Pièce ou sous-traitance"),
        "equipment": N_("Matériel"),
        "place": N_("Lieu ou local"),
        "food": N_("Produits à manger"),
        "seeds": N_("Graines et plants"),
        "training": N_("Formation ou cours"),
        "testers": N_("Essais par des volontaires"),
        "funding": N_("Financement"),
        "partner": N_("Partenaire ou associé"),
        "job": N_("Emploi ou stage"),
        "other": N_("Autre chose"),
    },
    {
        "skill": ("compétence", "service", "coup de main"),
        "goods": ("bien", "objet", "good"),
        "subcontracting": ("sous-traitance", "pièce"),
        "place": ("local", "lieu", "logement"),
        "food": ("alimentation",),
        "seeds": ("graines", "plants", "semences"),
        "training": ("cours", "formation"),
        "testers": ("testeurs", "bêta-testeurs"),
        "job": ("emploi", "stage"),
    },
)

EXCHANGES = CodeList(
    "exchange",
    {
        "gift": N_("Don"),
        "loan": N_("Prêt"),
        "barter": N_("Troc"),
        "sale": N_("Vente"),
        "rent": N_("Location"),
        "volunteer": N_("Bénévolat"),
    },
    {
        "gift": ("receive-donate", "gratuit"),
        "loan": ("borrow-lend", "emprunt"),
        "barter": ("échange",),
        "sale": ("buy-sell", "achat"),
        "rent": ("rent-lease",),
    },
)

STATUS = CodeList(
    "listing_status",
    {"active": N_("En cours"), "met": N_("Satisfaite"), "withdrawn": N_("Retirée")},
    {"met": ("pourvu", "satisfait", "trouvé"), "withdrawn": ("annulé",)},
)

MONTHS = CodeList(
    "month",
    {
        "01": N_("Janvier"),
        "02": N_("Février"),
        "03": N_("Mars"),
        "04": N_("Avril"),
        "05": N_("Mai"),
        "06": N_("Juin"),
        "07": N_("Juillet"),
        "08": N_("Août"),
        "09": N_("Septembre"),
        "10": N_("Octobre"),
        "11": N_("Novembre"),
        "12": N_("Décembre"),
    },
)


class Listing(Titled):
    """An offer or a need, with how it may be exchanged and until when it stands."""

    info = KindInfo(
        7,
        "listing",
        N_("Offre ou besoin"),
        N_("Offres et besoins"),
        "O",
        ("offre", "offres", "besoin", "besoins", "annonce", "annonces", "offer", "need"),
        (*OPEN_LISTS, RATES),
        shapes=(
            Shape("offer", N_("Offre"), N_("Offres"), "type", "offer", "O"),
            Shape("need", N_("Besoin"), N_("Besoins"), "type", "need", "B"),
        ),
    )

    title: Annotated[Text, HEADLINE] = None
    type: Annotated[
        Choice,
        F(
            40,
            N_("Offre ou besoin"),
            section="identity",
            codes=TYPES,
            facet=True,
            synonyms=("direction", "sens", "nature", "exchange_type", "offre/besoin"),
        ),
    ] = None
    object: Annotated[
        Choice,
        F(
            41,
            N_("De quoi s’agit-il"),
            section="identity",
            codes=OBJECTS,
            facet=True,
            synonyms=("objet", "catégorie", "rubrique", "item_type"),
        ),
    ] = None
    exchange: Annotated[
        Choices,
        F(
            42,
            N_("Échange"),
            section="identity",
            codes=EXCHANGES,
            facet=True,
            synonyms=("type d’échange", "mode d’échange", "transaction_type"),
        ),
    ] = None
    by: Annotated[
        Reference, F(43, N_("De la part de"), section="contact", personal=CONTACT, synonyms=("auteur", "annonceur"))
    ] = None
    relay: Annotated[
        Reference, F(44, N_("S’adresser à"), section="contact", personal=CONTACT, synonyms=("relais",))
    ] = None
    quantity: Annotated[Quantity, F(45, N_("Quantité"), synonyms=("qté",))] = None
    unit: Annotated[Text, F(46, N_("Unité"))] = None
    months: Annotated[Choices, F(47, N_("Saison"), codes=MONTHS, synonyms=("mois", "période"))] = None
    radius: Annotated[Quantity, F(48, N_("Rayon en kilomètres"), section="contact", synonyms=("rayon", "distance"))] = (
        None
    )
    min_participants: Annotated[
        Integer, F(49, N_("À partir de combien d’intéressés"), synonyms=("minimum de participants",))
    ] = None
    status: Annotated[Choice, F(50, N_("Statut"), section="identity", codes=STATUS, facet=True, synonyms=("état",))] = (
        None
    )
