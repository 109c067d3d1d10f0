"""What every record, every sheet and every part of a sheet has.

Numbers 1–39 belong to the fields declared here and mean the same in every kind; a kind's own fields start at 40.
"""

from __future__ import annotations

from dataclasses import replace
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
    ShortText,
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
FOLLOW_UP = Purpose(
    N_("Se souvenir de ce qui a été dit et convenu"), "legitimate_interest", N_("Deux ans après la dernière note")
)
GIVING = Purpose(
    N_("Suivre les promesses faites à une collecte"), "contract", N_("Trois ans après la fin de la collecte")
)
TRUST = Purpose(
    N_("Savoir qui tient chaque poste et qui peut quoi"),
    "legitimate_interest",
    N_("Tant que la personne tient un poste ou un rôle, puis un an"),
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
    (
        "phone",
        N_("Téléphone"),
        ("tel", "tél", "telephone", "tel.", "tél.", "téléphone fixe", "fixe", "tel fixe", "ct_tel_fixe"),
    ),
    (
        "mobile",
        N_("Téléphone portable"),
        ("portable", "mobile", "gsm", "tel portable", "tél. portable", "ct_tel_mobile"),
    ),
    (
        "email",
        N_("Courriel"),
        ("mail", "e-mail", "email", "adresse mail", "courriels", "adresse électronique", "bf_mail", "ct_courriel"),
    ),
    (
        "web",
        N_("Site Internet"),
        (
            "site",
            "site web",
            "url",
            "site_web",
            "website",
            "web",
            "homepage",
            "websiteurl",
            "url_web",
            "bf_site_internet",
        ),
    ),
    ("blog", N_("Blog"), ("blog",)),
    ("mailing_list", N_("Liste de diffusion"), ("liste de diffusion",)),
    (
        "social",
        N_("Réseau social"),
        ("réseaux sociaux", "facebook", "twitter", "instagram", "mastodon", "linkedin", "sociallinks"),
    ),
    ("donation", N_("Page de dons"), ("dons",)),
)

CONTACT_TYPES = CodeList("contact_type", {code: label for code, label, _s in _CONTACTS})

CONTACTS = tuple(
    Collection(code, "contact_point", "value", label, {"type": code}, synonyms) for code, label, synonyms in _CONTACTS
)
"""Every sheet may carry contact points; a person's are shared, not public."""

KEPT_BESIDE = (
    Collection(
        "notes",
        "note",
        "text",
        N_("Notes"),
        synonyms=("note", "remarques", "remarque", "divers", "observations", "commentaires"),
        section="none",
    ),
    Collection("photos", "photo", "sha256", N_("Photos"), section="none"),
    Collection("attachments", "attachment", "sha256", N_("Pièces jointes"), section="none"),
)
"""What every sheet keeps beside its fields; not edited as a list of words."""

OPEN_LISTS = (*(replace(c, audience=Audience.PUBLIC) for c in CONTACTS), *KEPT_BESIDE)
"""The lists of what is not a person: its telephone is as public as itself."""

SKILLS = Collection(
    "skills",
    "skill",
    "term",
    N_("Compétences"),
    synonyms=("compétence", "savoir-faire", "competences", "savoirs", "domaines"),
    section="skills",
    scheme="skill",
)
WANTED_SKILLS = Collection(
    "wanted_skills",
    "wanted_skill",
    "term",
    N_("Compétences recherchées"),
    synonyms=("cherche compétences", "compétences cherchées"),
    section="skills",
    scheme="skill",
)
FUNCTIONS = Collection(
    "functions",
    "classification",
    "term",
    N_("Fonctions"),
    {"scheme": "function"},
    ("fonction", "activités", "activites_principales"),
    section="identity",
    scheme="function",
)
LABELS = Collection(
    "labels",
    "classification",
    "term",
    N_("Labels"),
    {"scheme": "label"},
    ("label", "formations_labels", "labels_nationaux"),
    section="details",
    scheme="label",
)
RATES = Collection("rates", "rate", "label", N_("Tarifs"), synonyms=("tarif", "prix"), section="details")
CAPABILITIES = Collection(
    "capabilities",
    "capability",
    "process",
    N_("Capacités de production"),
    synonyms=("procédés", "capacités", "sous-traitance"),
    section="skills",
)
STOPS = Collection("stops", "stop", "title", N_("Étapes"), synonyms=("étape", "arrêts"), section="details")

GEOGRAPHIC_SCOPES = CodeList(
    "geographic_scope",
    {
        "local": N_("Locale"),
        "departmental": N_("Départementale"),
        "regional": N_("Régionale"),
        "national": N_("Nationale"),
        "international": N_("Internationale"),
    },
)
WEEKDAYS = CodeList(
    "weekday",
    {
        "mo": N_("Lundi"),
        "tu": N_("Mardi"),
        "we": N_("Mercredi"),
        "th": N_("Jeudi"),
        "fr": N_("Vendredi"),
        "sa": N_("Samedi"),
        "su": N_("Dimanche"),
    },
)


COMMUNE_HEADINGS = ("ville", "lib_com", "nomcom", "cominit", "localité", "bf_ville", "addresslocality", "city")
ADDRESS_HEADINGS = ("adresse postale", "adresse 1", "rue", "streetaddress", "street", "bf_adresse")
TITLE_HEADINGS = (
    "name", "nom", "titre", "intitulé", "libellé", "nom_tl", "lib_fs", "nom_lieu", "bf_titre", "raison sociale",
    "dénomination",
)  # fmt: skip


class Record(Entity):
    """What any record has: who may see it, and whether it lies in the trash."""

    audience: Annotated[Integer, F(2, N_("Qui peut voir la fiche"), section="none")] = None
    trashed: Annotated[Flag, F(3, N_("À la corbeille"), section="none")] = None


class Sheet(Record):
    """A record of the directory, whatever it is about; its kind adds its name and its own fields."""

    summary: Annotated[
        ShortText,
        F(
            4,
            N_("En une phrase"),
            weight="body",
            section="identity",
            synonyms=(
                "résumé",
                "resume",
                "presentation_resume",
                "phrase de présentation",
                "abstract",
                "shortdescription",
            ),
        ),
    ] = None
    description: Annotated[
        LongText,
        F(
            5,
            N_("Présentation"),
            weight="body",
            section="about",
            synonyms=("description", "présentation", "presentation_detail", "descriptif", "descriptionmore"),
        ),
    ] = None
    commune: Annotated[
        Commune, F(6, N_("Commune"), weight="place", section="contact", facet=True, synonyms=COMMUNE_HEADINGS)
    ] = None
    address: Annotated[Address, F(7, N_("Adresse"), weight="place", section="contact", synonyms=ADDRESS_HEADINGS)] = (
        None
    )
    position: Annotated[Position, F(8, N_("Position"), section="contact", synonyms=("coordonnées",))] = None
    licence: Annotated[Choice, F(9, N_("Licence"), codes=LICENCES)] = None
    confirmation: Annotated[Confirmation, F(10, N_("Confirmée"), section="none", personal=FOLLOW_UP)] = None
    expires_on: Annotated[Date, F(11, N_("Valable jusqu’au"))] = None
    review_on: Annotated[Date, F(12, N_("À revoir le"), section="none")] = None
    entered_on_behalf: Annotated[Flag, F(13, N_("Saisie pour quelqu’un d’autre"), section="none")] = None
    restricted: Annotated[Flag, F(14, N_("Gelée : ni montrée ni modifiée"), section="none")] = None
    demo: Annotated[Flag, F(15, N_("Donnée d’exemple"), section="none")] = None


class Titled(Sheet):
    """A sheet named by a title."""

    title: Annotated[Text, F(1, TITLE_LABEL, weight="title", section="identity", synonyms=TITLE_HEADINGS)] = None


HEADLINE = F(1, N_("Titre"), weight="title", section="identity", synonyms=TITLE_HEADINGS)
"""The title of what is announced or written (an event, an offer, a page) rather than named."""


class Part(Record):
    """A child record: several of something with parts, each with its own audience and versions."""

    owner: Annotated[Reference, F(16, N_("Fiche"), section="none", binding=True)] = None
    order: Annotated[Integer, F(17, N_("Ordre"), section="none")] = None


PRESENT = F(18, N_("Fait partie de la liste"), section="none")
"""False takes the row away; so that adding wins over removing at the same time, any sibling true keeps it."""


class SetPart(Part):
    """A part whose id comes from what it says: two PCs that add the same one make one row, not two."""

    present: Annotated[Flag, PRESENT] = None


PERSONAL_ADDRESS = F(
    7, N_("Adresse"), Audience.PRIVATE, "place", "contact", synonyms=ADDRESS_HEADINGS, personal=CONTACT
)
