"""Help a project received from a public body or another: the part of the census that councils read first."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, Money, Text, Year
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import Part
from appli.i18n import N_

TYPES = CodeList(
    "support_type",
    {
        "advice": N_("Conseil"),
        "communication": N_("Communication"),
        "network": N_("Mise en réseau"),
        "premises": N_("Local"),
        "equipment": N_("Matériel"),
        "grant": N_("Subvention"),
        "call": N_("Appel à projets"),
    },
    {"premises": ("locaux",), "grant": ("aide financière",), "network": ("réseau",)},
)


class Support(Part):
    """Who helped, how, when, and how much."""

    info = KindInfo(28, "support", N_("Soutien"), N_("Soutiens"), audience=Audience.PUBLIC)

    body: Annotated[Text, F(40, N_("De qui"), weight="body")] = None
    type: Annotated[Choice, F(41, N_("Sorte de soutien"), codes=TYPES)] = None
    year: Annotated[Year, F(42, N_("Année"))] = None
    amount: Annotated[Money, F(43, N_("Montant"))] = None
