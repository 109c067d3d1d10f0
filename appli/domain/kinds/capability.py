"""What a workshop or a machine can make: matching needs for pieces and subcontracting starts here."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Integer, Tags, Text
from appli.domain.fields import F, KindInfo
from appli.domain.kinds.base import Part
from appli.i18n import N_


class Capability(Part):
    """A process, on which materials, in what sizes and series, and the hours still free."""

    info = KindInfo(
        27, "capability", N_("Capacité de production"), N_("Capacités de production"), audience=Audience.PUBLIC
    )

    process: Annotated[Text, F(40, N_("Procédé"), weight="skill", section="skills")] = None
    materials: Annotated[Tags, F(41, N_("Matières"), weight="skill", section="skills")] = None
    size: Annotated[Text, F(42, N_("Dimensions"), section="skills")] = None
    series_min: Annotated[Integer, F(43, N_("Plus petite série"), section="skills")] = None
    series_max: Annotated[Integer, F(44, N_("Plus grande série"), section="skills")] = None
    spare_hours: Annotated[Text, F(45, N_("Heures libres"), section="skills")] = None
