"""A local collection for a project, and the pledges made to it, also those that came on paper."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, Date, Flag, Money, Quantity, Reference, Text, Web
from appli.domain.fields import CodeList, Collection, F, KindInfo
from appli.domain.kinds.base import GIVING, Part
from appli.i18n import N_

KINDS = CodeList(
    "campaign_kind",
    {
        "gift": N_("Don"),
        "reward": N_("Don avec contrepartie"),
        "loan": N_("Prêt"),
        "shares": N_("Parts sociales"),
    },
)

OUTCOMES = CodeList(
    "campaign_outcome",
    {
        "running": N_("En cours"),
        "reached": N_("Objectif atteint"),
        "partly": N_("Plancher atteint"),
        "missed": N_("Objectif manqué"),
        "cancelled": N_("Annulée"),
    },
)

MEANS = CodeList(
    "payment_means",
    {
        "platform": N_("Sur la plateforme"),
        "cash": N_("En espèces"),
        "cheque": N_("Par chèque"),
        "transfer": N_("Par virement"),
        "in_kind": N_("En nature"),
    },
)


class Campaign(Part):
    """What is asked, of what sort, how much, until when, and what came of it."""

    info = KindInfo(
        30,
        "campaign",
        N_("Collecte"),
        N_("Collectes"),
        collections=(Collection("pledges", "pledge", "name", N_("Promesses"), section="details"),),
        audience=Audience.PUBLIC,
    )

    object: Annotated[Text, F(40, N_("Pour quoi"), weight="body")] = None
    kind: Annotated[Choice, F(41, N_("Sorte de collecte"), codes=KINDS)] = None
    all_or_nothing: Annotated[Flag, F(42, N_("Tout ou rien"))] = None
    target: Annotated[Money, F(43, N_("Objectif"))] = None
    floor: Annotated[Money, F(44, N_("Plancher"))] = None
    fee_percent: Annotated[Quantity, F(45, N_("Frais, en pourcentage"))] = None
    starts: Annotated[Date, F(46, N_("Du"))] = None
    ends: Annotated[Date, F(47, N_("Au"))] = None
    platform: Annotated[Text, F(48, N_("Plateforme"))] = None
    address: Annotated[Web, F(49, N_("Page de la collecte"))] = None
    total: Annotated[Money, F(50, N_("Somme réunie"))] = None
    outcome: Annotated[Choice, F(51, N_("Résultat"), codes=OUTCOMES)] = None


class Pledge(Part):
    """What somebody promised to a campaign, whatever the means. The owner is the campaign."""

    info = KindInfo(31, "pledge", N_("Promesse"), N_("Promesses"), personal=GIVING)

    by: Annotated[Reference, F(40, N_("De la part de"), Audience.PRIVATE)] = None
    name: Annotated[Text, F(41, N_("Nom"), Audience.PRIVATE)] = None
    amount: Annotated[Money, F(42, N_("Montant"))] = None
    on: Annotated[Date, F(43, N_("Le"))] = None
    means: Annotated[Choice, F(44, N_("Moyen"), codes=MEANS)] = None
    received: Annotated[Flag, F(45, N_("Reçue"))] = None
