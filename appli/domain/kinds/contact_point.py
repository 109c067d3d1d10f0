"""One way to reach somebody or something: a number, an address, a page."""

from __future__ import annotations

from typing import Annotated

from appli.domain.field_types import Choice, Key, Text
from appli.domain.fields import F, KindInfo
from appli.domain.kinds.base import CONTACT, CONTACT_TYPES, Part
from appli.i18n import N_


class ContactPoint(Part):
    """A value of some type, as it was written, and in the form machines compare."""

    info = KindInfo(20, "contact_point", N_("Coordonnée"), N_("Coordonnées"), personal=CONTACT)

    type: Annotated[Choice, F(40, N_("Type"), codes=CONTACT_TYPES)] = None
    value: Annotated[Text, F(41, N_("Coordonnée"), weight="body")] = None
    normalised: Annotated[Key, F(42, N_("Forme normalisée"), section="none")] = None
    label: Annotated[Text, F(43, N_("Précision"))] = None
