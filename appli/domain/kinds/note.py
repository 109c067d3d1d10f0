"""A note about a sheet: written once, never rewritten, so two PCs cannot disagree about it."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Date, LongText, Text
from appli.domain.fields import F, KindInfo
from appli.domain.kinds.base import FOLLOW_UP, Part
from appli.i18n import N_


class Note(Part):
    """Who noted what, and when."""

    info = KindInfo(
        21, "note", N_("Note"), N_("Notes"), audience=Audience.PRIVATE, personal=FOLLOW_UP, append_only=True
    )

    date: Annotated[Date, F(40, N_("Date"))] = None
    author: Annotated[Text, F(41, N_("Auteur"))] = None
    text: Annotated[LongText, F(42, N_("Texte"))] = None
