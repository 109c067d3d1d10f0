"""A sheet under a term of a shared list: a function of a place, a label of an organization, with its dates."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, Date, Reference
from appli.domain.fields import F, KindInfo
from appli.domain.kinds.base import SetPart
from appli.domain.kinds.term import SCHEMES
from appli.i18n import N_


class Classification(SetPart):
    """The scheme repeats the term's own, so that the functions of a place are found without reading terms."""

    info = KindInfo(
        35,
        "classification",
        N_("Classement"),
        N_("Classements"),
        derived_from=("owner", "term"),
        audience=Audience.PUBLIC,
    )

    scheme: Annotated[Choice, F(40, N_("Liste"), section="none", codes=SCHEMES)] = None
    term: Annotated[Reference, F(41, N_("Terme"))] = None
    since: Annotated[Date, F(42, N_("Depuis"))] = None
    until: Annotated[Date, F(43, N_("Jusqu’à"))] = None
