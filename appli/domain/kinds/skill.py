"""Skills of a person, and skills a project looks for: rows that point to terms, so that a skill can be browsed."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, Choices, Date, Integer, Reference
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import DIRECTORY, SetPart
from appli.i18n import N_

LEVELS = CodeList(
    "skill_level",
    {"beginner": N_("Débute"), "average": N_("À l’aise"), "expert": N_("Confirmé")},
    {"beginner": ("débutant", "notions"), "average": ("moyen", "courant"), "expert": ("expert", "professionnel")},
)

INTENTS = CodeList(
    "skill_intent",
    {"practises": N_("Pratique"), "teaches": N_("Peut l’enseigner"), "wants": N_("Veut l’apprendre")},
    {"teaches": ("enseigne", "transmet"), "wants": ("apprendre", "cherche")},
)


class Skill(SetPart):
    """That a person practises, can teach or wants to learn something."""

    info = KindInfo(
        26,
        "skill",
        N_("Compétence"),
        N_("Compétences"),
        derived_from=("owner", "term"),
        audience=Audience.PUBLIC,
        personal=DIRECTORY,
    )

    term: Annotated[Reference, F(40, N_("Compétence"), section="skills")] = None
    level: Annotated[Choice, F(41, N_("Niveau"), section="skills", codes=LEVELS)] = None
    intents: Annotated[Choices, F(42, N_("Pratique, enseigne, apprend"), section="skills", codes=INTENTS)] = None


class WantedSkill(SetPart):
    """That a project lacks a skill, for how many people and until when."""

    info = KindInfo(
        29,
        "wanted_skill",
        N_("Compétence recherchée"),
        N_("Compétences recherchées"),
        derived_from=("owner", "term"),
        audience=Audience.PUBLIC,
    )

    term: Annotated[Reference, F(40, N_("Compétence"), section="skills")] = None
    level: Annotated[Choice, F(41, N_("Niveau"), section="skills", codes=LEVELS)] = None
    seats: Annotated[Integer, F(42, N_("Nombre de personnes"), section="skills")] = None
    until: Annotated[Date, F(43, N_("Jusqu’au"), section="skills")] = None
