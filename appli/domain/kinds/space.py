"""The network that shares one directory, its PCs, and who may do what there."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import Choice, Date, Key, LongText, Reference, Territory, Text
from appli.domain.fields import CodeList, Collection, F, KindInfo
from appli.domain.kinds.base import LICENCES, TRUST, Part, Record
from appli.i18n import N_

LEGAL_TEXTS = CodeList(
    "legal_text",
    {"notice": N_("Notice d’information"), "consent": N_("Texte de l’accord")},
)

ROLES = CodeList(
    "space_role",
    {
        "referent": N_("Référent ou référente"),
        "host": N_("Animateur ou animatrice"),
        "contributor": N_("Contributeur ou contributrice"),
        "reader": N_("Lecteur ou lectrice"),
    },
)


class Space(Record):
    """One per directory. The texts shown to people are versions: a consent names the one it was given to."""

    info = KindInfo(
        54,
        "space",
        N_("Espace"),
        N_("Espaces"),
        collections=(
            Collection(
                "notice", "legal_text", "text", N_("Notice d’information"), {"type": "notice"}, section="consent"
            ),
            Collection(
                "consent_text", "legal_text", "text", N_("Texte de l’accord"), {"type": "consent"}, section="consent"
            ),
        ),
        audience=Audience.PUBLIC,
    )

    name: Annotated[Text, F(40, N_("Nom"), weight="title", section="identity")] = None
    territory: Annotated[Territory, F(41, N_("Territoire"), section="identity")] = None
    controller: Annotated[Text, F(42, N_("Responsable des données"), section="consent", personal=TRUST)] = None
    rights_contact: Annotated[
        Text, F(43, N_("À qui s’adresser pour ses droits"), section="consent", personal=TRUST)
    ] = None
    logo: Annotated[Key, F(44, N_("Logo"), section="identity")] = None
    licence: Annotated[Choice, F(9, N_("Licence par défaut"), section="identity", codes=LICENCES)] = None


class LegalText(Part):
    """One version of a text of the space. The owner is the space."""

    info = KindInfo(
        36,
        "legal_text",
        N_("Texte de l’espace"),
        N_("Textes de l’espace"),
        derived_from=("owner", "type", "version"),
        audience=Audience.PUBLIC,
    )

    type: Annotated[Choice, F(40, N_("Texte"), codes=LEGAL_TEXTS)] = None
    version: Annotated[Key, F(41, N_("Version"))] = None
    text: Annotated[LongText, F(42, N_("Contenu"))] = None
    since: Annotated[Date, F(43, N_("En vigueur depuis"))] = None


class Replica(Record):
    """One installation of the program: whom to call about it, and the key its bundles are signed with."""

    info = KindInfo(55, "replica", N_("Poste"), N_("Postes"), personal=TRUST)

    label: Annotated[Text, F(40, N_("Nom du poste"), weight="title")] = None
    holder: Annotated[Text, F(41, N_("Tenu par"))] = None
    place: Annotated[Text, F(42, N_("Où il se trouve"))] = None
    public_key: Annotated[Key, F(43, N_("Clé publique"))] = None


class RoleGrant(Record):
    """That a PC or a person may do something in the space, for a time, signed by who may say so."""

    info = KindInfo(56, "role_grant", N_("Rôle"), N_("Rôles"), personal=TRUST)

    replica: Annotated[Reference, F(40, N_("Poste"))] = None
    person: Annotated[Reference, F(41, N_("Personne"))] = None
    role: Annotated[Choice, F(42, N_("Rôle"), codes=ROLES)] = None
    since: Annotated[Date, F(43, N_("Depuis"))] = None
    until: Annotated[Date, F(44, N_("Jusqu’au"))] = None
    signature: Annotated[Key, F(45, N_("Signature"))] = None
