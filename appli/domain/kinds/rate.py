"""What a place, a piece of equipment or an offer costs, for whom and for how long."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, Money, Text
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import Part
from appli.i18n import N_

UNITS = CodeList(
    "rate_unit",
    {
        "hour": N_("Par heure"),
        "half_day": N_("Par demi-journée"),
        "day": N_("Par jour"),
        "weekend": N_("Par fin de semaine"),
        "week": N_("Par semaine"),
        "month": N_("Par mois"),
        "year": N_("Par an"),
        "visit": N_("Par passage"),
        "piece": N_("Par pièce"),
        "kilogram": N_("Par kilogramme"),
        "kilometre": N_("Par kilomètre"),
        "square_metre": N_("Par mètre carré"),
    },
    {"hour": ("heure", "/h"), "day": ("jour", "journée", "/j"), "month": ("mois",), "year": ("an", "année")},
)


class Rate(Part):
    """One line of a price list; free prices are said by the label alone."""

    info = KindInfo(32, "rate", N_("Tarif"), N_("Tarifs"), audience=Audience.PUBLIC)

    label: Annotated[Text, F(40, N_("Tarif"))] = None
    amount: Annotated[Money, F(41, N_("Montant"))] = None
    unit: Annotated[Choice, F(42, N_("Unité"), codes=UNITS)] = None
    for_whom: Annotated[Text, F(43, N_("Pour qui"))] = None
