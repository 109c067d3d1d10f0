"""A place answered to the questions of a grid on a day: comparable with others, and with itself later."""

from __future__ import annotations

from typing import Annotated

from appli.domain.field_types import Answers, Date, Integer, Key, Text
from appli.domain.fields import F, KindInfo
from appli.domain.kinds.base import FOLLOW_UP, Part
from appli.i18n import N_


class Qualification(Part):
    """The answers as one value: those of two PCs are never mixed. The owner is the place."""

    info = KindInfo(34, "qualification", N_("Qualification"), N_("Qualifications"))

    grid: Annotated[Key, F(40, N_("Grille"))] = None
    grid_version: Annotated[Integer, F(41, N_("Version de la grille"))] = None
    on: Annotated[Date, F(42, N_("Le"))] = None
    by: Annotated[Text, F(43, N_("Par"), personal=FOLLOW_UP)] = None
    answers: Annotated[Answers, F(44, N_("Réponses"))] = None
