"""A link between two sheets: who belongs to what, who carries, keeps, supplies, backs what."""

from __future__ import annotations

from typing import Annotated

from appli.domain.field_types import Choice, Date, Flag, Integer, Reference, Text
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import DIRECTORY, PRESENT, Record
from appli.i18n import N_

_ROLES = {
    "member_of": (N_("membre de"), N_("a pour membre")),
    "employed_by": (N_("en emploi chez"), N_("emploie")),
    "carries": (N_("porte"), N_("est porté par")),
    "takes_part": (N_("participe à"), N_("réunit")),
    "animates": (N_("anime"), N_("est animé par")),
    "manages": (N_("gère"), N_("est géré par")),
    "owns": (N_("possède"), N_("appartient à")),
    "keeps": (N_("garde"), N_("est gardé par")),
    "located_at": (N_("se trouve à"), N_("accueille")),
    "organises": (N_("organise"), N_("est organisé par")),
    "supports": (N_("accompagne"), N_("est accompagné par")),
    "backs": (N_("finance"), N_("est financé par")),
    "supplies": (N_("fournit"), N_("se fournit chez")),
    "partner_of": (N_("partenaire de"), N_("partenaire de")),
    "shareholder_of": (N_("détient des parts de"), N_("a pour sociétaire")),
    "mentors": (N_("parraine"), N_("est parrainé par")),
    "part_of": (N_("fait partie de"), N_("comprend")),
    "relay_for": (N_("fait le relais pour"), N_("se joint par")),
    "interested_in": (N_("s’intéresse à"), N_("intéresse")),
    "contributes_to": (N_("contribue à"), N_("reçoit l’aide de")),
    "based_on": (N_("s’inspire de"), N_("a inspiré")),
    "guardian_of": (N_("responsable légal de"), N_("a pour responsable légal")),
}

ROLES = CodeList("link_role", {role: label for role, (label, _inverse) in _ROLES.items()})
"""A link read from its beginning: « Élise — membre de — l’Atelier »."""

INVERSE_ROLES = CodeList("link_role_inverse", {role: inverse for role, (_label, inverse) in _ROLES.items()})
"""The same link read from its end: « l’Atelier — a pour membre — Élise »."""

SYMMETRIC_ROLES = frozenset(role for role, (label, inverse) in _ROLES.items() if label == inverse)


def link_ends(one: str, other: str, role: str) -> tuple[str, str]:
    """Which end comes first: a link that reads the same both ways is kept once, whoever made it."""
    return (min(one, other), max(one, other)) if role in SYMMETRIC_ROLES else (one, other)


class Link(Record):
    """Its id comes from both ends and the role: two PCs that make the same link make one."""

    info = KindInfo(25, "link", N_("Lien"), N_("Liens"), derived_from=("from_id", "to_id", "role"), personal=DIRECTORY)

    from_id: Annotated[Reference, F(40, N_("De"), section="links", binding=True)] = None
    to_id: Annotated[Reference, F(41, N_("À"), section="links", binding=True)] = None
    role: Annotated[Choice, F(42, N_("Rôle"), section="links", codes=ROLES)] = None
    title: Annotated[Text, F(43, N_("Précision"), section="links")] = None
    since: Annotated[Date, F(44, N_("Depuis"), section="links")] = None
    until: Annotated[Date, F(45, N_("Jusqu’à"), section="links")] = None
    order: Annotated[Integer, F(17, N_("Ordre"), section="none")] = None
    note: Annotated[Text, F(46, N_("Remarque"), section="links")] = None
    present: Annotated[Flag, PRESENT] = None
