"""Whether two sheets speak of the same person, organization or place, as somebody who knows said it.

Nothing is moved or copied: sheets judged the same are shown as one (`appli.domain.grouping`), and taking the word back
parts them again as they were.
"""

from __future__ import annotations

from typing import Annotated

from appli.domain.field_types import Choice, Reference
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import DIRECTORY, Record
from appli.i18n import N_

SAME, DIFFERENT = "same", "different"

VERDICTS = CodeList("verdict", {SAME: N_("C’est la même fiche"), DIFFERENT: N_("Ce sont deux fiches")})


def judgement_ends(one: str, other: str) -> tuple[str, str]:
    """Which end comes first: a judgement is kept once, whoever made it and from whichever side."""
    return min(one, other), max(one, other)


class Judgement(Record):
    """Its id comes from both ends, so the words of two PCs meet in one field."""

    info = KindInfo(37, "judgement", N_("Jugement"), N_("Jugements"), derived_from=("one", "other"), personal=DIRECTORY)

    one: Annotated[Reference, F(40, N_("Une fiche"), section="none", binding=True)] = None
    other: Annotated[Reference, F(41, N_("L’autre fiche"), section="none", binding=True)] = None
    verdict: Annotated[Choice, F(42, N_("La même fiche ou deux"), section="none", codes=VERDICTS)] = None
