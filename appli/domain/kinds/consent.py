"""What a person agreed to or refused, one row per purpose: never one box for everything."""

from __future__ import annotations

from typing import Annotated

from appli.domain.field_types import Choice, Date, Flag, Key, Text
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import PROOF, Part
from appli.i18n import N_

PURPOSES = CodeList(
    "consent_purpose",
    {
        "screen": N_("Écran et paquets du réseau"),
        "members_print": N_("Annuaire imprimé des membres"),
        "public_print": N_("Affiche et annuaire public sur papier"),
        "map": N_("Carte publique"),
        "web": N_("Publication sur Internet"),
        "photo": N_("Photo"),
        "letters": N_("Lettres et nouvelles du réseau"),
    },
    {
        "screen": ("écran", "annuaire", "diffusion"),
        "members_print": ("papier", "imprimé"),
        "public_print": ("affiche", "affichage"),
        "map": ("carte",),
        "web": ("internet", "site"),
        "letters": ("lettre", "newsletter", "infolettre"),
    },
)

HOW = CodeList(
    "consent_how",
    {"paper": N_("Sur papier"), "oral": N_("De vive voix"), "mail": N_("Par courriel")},
    {"paper": ("papier", "signé"), "oral": ("oral", "accord oral"), "mail": ("mail", "courriel")},
)


HEADINGS = ("accord", "accord diffusion", "ok annuaire ?", "ok annuaire", "consentement", "autorisation", "rgpd")
"""How the lists of the field head the column where consent is written in words."""


class Consent(Part):
    """Its id comes from the person and the purpose, so the answers of two PCs meet in one row."""

    info = KindInfo(24, "consent", N_("Accord"), N_("Accords"), derived_from=("owner", "purpose"), personal=PROOF)

    purpose: Annotated[Choice, F(40, N_("Pour"), codes=PURPOSES)] = None
    given: Annotated[Flag, F(41, N_("Accord donné"))] = None
    on: Annotated[Date, F(42, N_("Le"))] = None
    how: Annotated[Choice, F(43, N_("Comment"), codes=HOW)] = None
    text_version: Annotated[Key, F(44, N_("Version du texte"))] = None
    collected_by: Annotated[Text, F(45, N_("Recueilli par"))] = None
    withdrawn_on: Annotated[Date, F(46, N_("Retiré le"))] = None
