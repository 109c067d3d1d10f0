"""What every record, every sheet and every part of a sheet has.

Numbers 1–39 belong to the fields declared here and mean the same in every kind; a kind's own fields start at 40.
"""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import (
    Address,
    Choice,
    Commune,
    Confirmation,
    Date,
    Flag,
    Integer,
    LongText,
    Position,
    Reference,
    Text,
)
from appli.domain.fields import TITLE_LABEL, CodeList, Collection, Entity, F, Purpose
from appli.i18n import N_

DIRECTORY = Purpose(
    N_("Faire connaître la personne dans l’annuaire du réseau"),
    "legitimate_interest",
    N_("Jusqu’au départ ou à l’opposition de la personne, revue tous les deux ans"),
)
CONTACT = Purpose(
    N_("Joindre la personne"),
    "legitimate_interest",
    N_("Jusqu’au départ ou à l’opposition de la personne, revue tous les deux ans"),
)
PROOF = Purpose(
    N_("Garder la preuve de l’accord donné ou refusé"), "legitimate_interest", N_("Trois ans après le départ")
)

LICENCES = CodeList(
    "licence",
    {
        "lo_2_0": N_("Licence Ouverte 2.0"),
        "odbl_1_0": N_("ODbL 1.0"),
        "cc0": N_("CC0"),
        "cc_by": N_("CC BY 4.0"),
        "cc_by_sa": N_("CC BY-SA 4.0"),
        "none": N_("Aucune réutilisation"),
    },
)

_CONTACTS = (
    ("phone", N_("Téléphone"), ("tel", "tél", "telephone", "téléphone fixe", "fixe", "tel fixe")),
    ("mobile", N_("Téléphone portable"), ("portable", "mobile", "gsm", "tel portable")),
    ("email", N_("Courriel"), ("mail", "e-mail", "email", "adresse mail", "courriels", "adresse électronique")),
    ("web", N_("Site Internet"), ("site", "site web", "url", "site_web", "website", "web")),
    ("blog", N_("Blog"), ("blog",)),
    ("mailing_list", N_("Liste de diffusion"), ("liste de diffusion",)),
    ("social", N_("Réseau social"), ("facebook", "twitter", "instagram", "mastodon", "linkedin")),
    ("donation", N_("Page de dons"), ("dons",)),
)

CONTACT_TYPES = CodeList("contact_type", {code: label for code, label, _s in _CONTACTS})

CONTACTS = tuple(
    Collection(code, "contact_point", "value", label, {"type": code}, synonyms) for code, label, synonyms in _CONTACTS
)
"""Every sheet may carry contact points."""


class Record(Entity):
    """What any record has: who may see it, and whether it lies in the trash."""

    audience: Annotated[Integer, F(2, N_("Qui peut voir la fiche"), section="none")] = None
    trashed: Annotated[Flag, F(3, N_("À la corbeille"), section="none")] = None


class Sheet(Record):
    """A record of the directory, whatever it is about; its kind adds its name and its own fields."""

    summary: Annotated[
        Text,
        F(
            4,
            N_("En une phrase"),
            weight="body",
            section="identity",
            synonyms=("résumé", "presentation_resume", "phrase de présentation"),
        ),
    ] = None
    description: Annotated[
        LongText,
        F(
            5,
            N_("Présentation"),
            weight="body",
            section="about",
            synonyms=("description", "présentation", "presentation_detail", "descriptif"),
        ),
    ] = None
    commune: Annotated[
        Commune,
        F(
            6,
            N_("Commune"),
            weight="place",
            section="contact",
            facet=True,
            synonyms=("ville", "lib_com", "nomcom", "localité", "city"),
        ),
    ] = None
    address: Annotated[
        Address, F(7, N_("Adresse"), weight="place", section="contact", synonyms=("adresse postale", "rue"))
    ] = None
    position: Annotated[Position, F(8, N_("Position"), section="contact", synonyms=("coordonnées",))] = None
    licence: Annotated[Choice, F(9, N_("Licence"), codes=LICENCES)] = None
    confirmation: Annotated[Confirmation, F(10, N_("Confirmée"), section="none")] = None
    expires_on: Annotated[Date, F(11, N_("Valable jusqu’au"))] = None
    review_on: Annotated[Date, F(12, N_("À revoir le"), section="none")] = None
    entered_on_behalf: Annotated[Flag, F(13, N_("Saisie pour quelqu’un d’autre"), section="none")] = None
    restricted: Annotated[Flag, F(14, N_("Gelée : ni montrée ni modifiée"), section="none")] = None
    demo: Annotated[Flag, F(15, N_("Donnée d’exemple"), section="none")] = None


class Titled(Sheet):
    """A sheet named by a title."""

    title: Annotated[
        Text,
        F(
            1,
            TITLE_LABEL,
            weight="title",
            section="identity",
            synonyms=("name", "nom", "titre", "intitulé", "libellé", "nom_tl", "lib_fs", "dénomination"),
        ),
    ] = None


class Part(Record):
    """A child record: several of something with parts, each with its own audience and versions."""

    owner: Annotated[Reference, F(16, N_("Fiche"), section="none", binding=True)] = None
    order: Annotated[Integer, F(17, N_("Ordre"), section="none")] = None


PERSONAL_ADDRESS = F(
    7, N_("Adresse"), Audience.PRIVATE, "place", "contact", synonyms=("adresse postale", "rue"), personal=CONTACT
)
