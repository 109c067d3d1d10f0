"""Files that belong to a sheet: photos, and anything else attached. The bytes lie beside, under their fingerprint."""

from __future__ import annotations

from typing import Annotated

from appli.domain.field_types import Choice, Integer, Key, Text
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import DIRECTORY, LICENCES, Part
from appli.i18n import N_

SHOWN_PERSONS = CodeList(
    "photo_consent",
    {
        "nobody": N_("Personne n’est reconnaissable"),
        "given": N_("Les personnes montrées sont d’accord"),
        "missing": N_("Il manque un accord"),
    },
)


class Photo(Part):
    """A picture, what it shows in words, whose it is, and whether those shown agreed."""

    info = KindInfo(22, "photo", N_("Photo"), N_("Photos"), personal=DIRECTORY)

    sha256: Annotated[Key, F(40, N_("Empreinte"), section="none")] = None
    mime: Annotated[Key, F(41, N_("Format"), section="none")] = None
    size: Annotated[Integer, F(42, N_("Taille en octets"), section="none")] = None
    alt: Annotated[Text, F(43, N_("Ce que montre la photo"), weight="body")] = None
    credit: Annotated[Text, F(44, N_("Crédit"))] = None
    licence: Annotated[Choice, F(9, N_("Licence"), codes=LICENCES)] = None
    consent: Annotated[Choice, F(45, N_("Accord des personnes montrées"), codes=SHOWN_PERSONS)] = None


class Attachment(Part):
    """A document kept with a sheet."""

    info = KindInfo(23, "attachment", N_("Pièce jointe"), N_("Pièces jointes"), personal=DIRECTORY)

    sha256: Annotated[Key, F(40, N_("Empreinte"), section="none")] = None
    name: Annotated[Text, F(41, N_("Nom du fichier"))] = None
    mime: Annotated[Key, F(42, N_("Format"), section="none")] = None
    size: Annotated[Integer, F(43, N_("Taille en octets"), section="none")] = None
    title: Annotated[Text, F(44, N_("Titre"), weight="body")] = None
