"""A term of a list that the network makes together: a skill, a function of places, a label.

A skill is a thing one can browse: who practises it, who teaches it, who wants to learn it, which projects look for it.
"""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, Key, Reference, Tags, Text
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import Record
from appli.i18n import N_

SCHEMES = CodeList(
    "term_scheme",
    {"skill": N_("Compétences"), "function": N_("Fonctions des lieux"), "label": N_("Labels")},
)


class Term(Record):
    """Its id comes from the scheme and the first label given: « soudure » of two PCs is one term.

    Changing the label later does not change the id; two terms that mean the same are joined by `replaced_by`.
    """

    info = KindInfo(50, "term", N_("Terme"), N_("Termes"), derived_from=("scheme", "label"), audience=Audience.PUBLIC)

    scheme: Annotated[Choice, F(40, N_("Liste"), codes=SCHEMES)] = None
    label: Annotated[Text, F(41, N_("Libellé"), weight="title")] = None
    synonyms: Annotated[Tags, F(42, N_("Synonymes"), weight="skill")] = None
    broader: Annotated[Reference, F(43, N_("Terme plus général"))] = None
    external_code: Annotated[Key, F(44, N_("Code ROME ou NAF"))] = None
    replaced_by: Annotated[Reference, F(45, N_("Remplacé par"))] = None
