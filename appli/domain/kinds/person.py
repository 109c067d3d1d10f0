"""A person: a member, an independent, an elected official, a resident."""

from __future__ import annotations

from typing import Annotated

from appli.domain.audience import Audience
from appli.domain.field_types import (
    Address,
    Choice,
    Choices,
    Commune,
    Flag,
    LongText,
    Name,
    Position,
    Reference,
    Text,
)
from appli.domain.fields import CodeList, F, KindInfo
from appli.domain.kinds.base import (
    COMMUNE_HEADINGS,
    CONTACT,
    CONTACTS,
    DIRECTORY,
    KEPT_BESIDE,
    PERSONAL_ADDRESS,
    SKILLS,
    Sheet,
)
from appli.i18n import N_

STATUS = CodeList(
    "person_status",
    {
        "independent": N_("Indépendant ou indépendante"),
        "employee": N_("En emploi salarié"),
        "project_holder": N_("Porteur ou porteuse de projet"),
        "agent": N_("Agent public"),
        "elected": N_("Élu ou élue"),
        "volunteer": N_("Bénévole"),
        "artist": N_("Artiste"),
        "farmer": N_("Agriculteur ou agricultrice"),
        "job_seeker": N_("En recherche d’emploi"),
        "resident": N_("Habitant ou habitante"),
    },
)

LANGUAGES = CodeList(
    "language",
    {
        "fr": N_("Français"), "oc": N_("Occitan"), "en": N_("Anglais"), "es": N_("Espagnol"), "de": N_("Allemand"),
        "it": N_("Italien"), "pt": N_("Portugais"), "nl": N_("Néerlandais"), "ar": N_("Arabe"), "br": N_("Breton"),
        "lsf": N_("Langue des signes"), "uk": N_("Ukrainien"), "other": N_("Autre langue"),
    },
)  # fmt: skip

PREFERRED_CONTACT = CodeList(
    "preferred_contact",
    {
        "phone": N_("Par téléphone"),
        "sms": N_("Par SMS"),
        "mail": N_("Par courriel"),
        "post": N_("Par courrier"),
        "host": N_("Par l’intermédiaire de l’espace"),
    },
)


class Person(Sheet):
    """Somebody. No birth date: nothing here needs one."""

    info = KindInfo(
        1,
        "person",
        N_("Personne"),
        N_("Personnes"),
        "P",
        ("adhérent", "adhérente", "membre", "contact", "habitant"),
        (*CONTACTS, SKILLS, *KEPT_BESIDE),
        personal=DIRECTORY,
    )

    name: Annotated[
        Name,
        F(
            1,
            N_("Nom"),
            weight="title",
            section="identity",
            personal=DIRECTORY,
            synonyms=("title", "nom prénom", "nom et prénom", "prénom nom", "nom complet", "adhérent"),
        ),
    ] = None
    occupation: Annotated[
        Text,
        F(
            40,
            N_("Métier ou activité"),
            weight="skill",
            section="identity",
            personal=DIRECTORY,
            synonyms=("métier", "profession", "activité", "fonction", "bf_fonction"),
        ),
    ] = None
    status: Annotated[
        Choices,
        F(41, N_("Situation"), section="identity", codes=STATUS, facet=True, personal=DIRECTORY, synonyms=("statut",)),
    ] = None
    languages: Annotated[
        Choices, F(42, N_("Langues"), section="skills", codes=LANGUAGES, facet=True, personal=DIRECTORY)
    ] = None
    preferred_contact: Annotated[
        Choice,
        F(43, N_("Préfère être joint"), Audience.SHARED, section="contact", codes=PREFERRED_CONTACT, personal=CONTACT),
    ] = None
    availability: Annotated[
        Text,
        F(
            44,
            N_("Disponibilités"),
            Audience.SHARED,
            "body",
            "contact",
            personal=CONTACT,
            synonyms=("dispo", "disponibilité"),
        ),
    ] = None
    minor: Annotated[
        Flag,
        F(45, N_("Mineur : jamais imprimé ni sur la carte"), Audience.PRIVATE, section="consent", personal=DIRECTORY),
    ] = None
    guardian: Annotated[
        Reference, F(46, N_("Responsable légal"), Audience.PRIVATE, section="consent", personal=CONTACT)
    ] = None
    # what a place shows to all, a person shows to those she chose
    commune: Annotated[
        Commune,
        F(
            6,
            N_("Commune"),
            Audience.SHARED,
            weight="place",
            section="contact",
            facet=True,
            personal=DIRECTORY,
            synonyms=COMMUNE_HEADINGS,
        ),
    ] = None
    address: Annotated[Address, PERSONAL_ADDRESS] = None
    position: Annotated[
        Position,
        F(8, N_("Position"), Audience.PRIVATE, section="contact", personal=CONTACT, synonyms=("coordonnées",)),
    ] = None
    description: Annotated[
        LongText,
        F(
            5,
            N_("Présentation"),
            weight="body",
            section="about",
            personal=DIRECTORY,
            synonyms=("description", "présentation", "bio"),
        ),
    ] = None
