"""A page everyone can write: a territory, an experience, a tutorial, minutes, a decision.

Its body is a subset of CommonMark: no HTML, no remote image, links by record code.
"""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, Integer, LongText, Text
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import HEADLINE, OPEN_LISTS, Titled
from appli.i18n import N_

TYPES = CodeList(
    "page_type",
    {
        "territory": N_("Territoire"),
        "experience": N_("Retour d’expérience"),
        "tutorial": N_("Mode d’emploi"),
        "toolbox": N_("Boîte à outils"),
        "minutes": N_("Compte rendu"),
        "decision": N_("Décision"),
    },
    {"experience": ("expérience",), "tutorial": ("tutoriel", "tuto"), "minutes": ("cr", "procès-verbal")},
)


class Page(Titled):
    """Something written to be read by the network; an experience also says what it cost and taught."""

    info = KindInfo(
        9,
        "page",
        N_("Page"),
        N_("Pages"),
        "G",
        ("article", "articles", "wiki"),
        OPEN_LISTS,
        audience=Audience.PUBLIC,
    )

    title: Annotated[Text, HEADLINE] = None
    type: Annotated[
        Choice,
        F(40, N_("Sorte de page"), section="identity", codes=TYPES, facet=True, synonyms=("catégorie", "rubrique")),
    ] = None
    order: Annotated[Integer, F(17, N_("Ordre"), synonyms=("rang",))] = None
    body: Annotated[
        LongText, F(41, N_("Texte"), weight="body", section="about", synonyms=("contenu", "content", "corps"))
    ] = None
    context: Annotated[LongText, F(42, N_("Contexte"), weight="body")] = None
    steps: Annotated[LongText, F(43, N_("Déroulement"), weight="body", synonyms=("étapes",))] = None
    cost: Annotated[LongText, F(44, N_("Ce que cela a coûté"), weight="body", synonyms=("coût", "budget"))] = None
    difficulties: Annotated[LongText, F(45, N_("Difficultés"), weight="body", synonyms=("difficulté",))] = None
    advice: Annotated[LongText, F(46, N_("Conseils"), weight="body", synonyms=("conseil",))] = None
