"""A stop of a route, of a trip, or of a place that travels."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Commune, Hours, Key, LongText, Position, Reference, Text
from appli.domain.fields import F, KindInfo
from appli.domain.kinds.base import Part
from appli.i18n import N_


class Stop(Part):
    """Where one halts, in order: a sheet of the directory or only a point, with what there is to say of it."""

    info = KindInfo(33, "stop", N_("Étape"), N_("Étapes"), audience=Audience.PUBLIC)

    title: Annotated[Text, F(40, N_("Étape"), weight="place")] = None
    record: Annotated[Reference, F(41, N_("Fiche de l’étape"))] = None
    commune: Annotated[Commune, F(6, N_("Commune"), weight="place")] = None
    position: Annotated[Position, F(8, N_("Position"))] = None
    text: Annotated[LongText, F(42, N_("Texte"), weight="body")] = None
    photo: Annotated[Key, F(43, N_("Photo"))] = None
    opening_hours: Annotated[Hours, F(44, N_("Horaires"))] = None
    hours_note: Annotated[Text, F(45, N_("Précisions sur les horaires"))] = None
