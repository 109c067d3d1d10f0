"""The ways into a directory that the first page offers, as data: one appears when the page behind it exists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from appli.i18n import N_


@dataclass(frozen=True, slots=True)
class Door:
    """One way in. `page`: the page this version needs for it; without that page the door is not shown."""

    key: str
    icon: str
    title: str
    lead: str
    points: tuple[str, ...]
    button: str
    page: str = ""


DOORS = (
    Door(
        "create",
        "book-user",
        N_("Créer un annuaire"),
        N_("D’une page blanche ou d’un tableur."),
        (N_("Donnez un nom et un territoire"), N_("Importez une liste Excel, ou saisissez")),
        N_("Créer un annuaire"),
    ),
    Door(
        "join",
        "package-open",
        N_("Rejoindre avec un fichier reçu"),
        N_("Un paquet « .maille », ou l’annuaire d’un autre poste."),
        (N_("Sur une clé USB ou par courriel"), N_("Vous voyez tout avant d’accepter")),
        N_("Choisir le fichier…"),
        page="paquet",
    ),
    Door(
        "open",
        "folder-open",
        N_("Ouvrir un annuaire existant"),
        N_("Il est déjà sur ce poste ou sur un disque."),
        (N_("Choisissez son dossier"), N_("Il reste là où il est")),
        N_("Choisir le dossier…"),
    ),
    Door(
        "example",
        "flag",
        N_("Essayer avec des données d’exemple"),
        N_("Plus de 200 fiches inventées, en Lozère."),
        (N_("Tout essayer sans rien risquer"), N_("S’efface d’un clic")),
        N_("Ouvrir l’exemple"),
    ),
)
ROOM = 3
"""Doors side by side; beyond, opening what exists is a button at the foot of the page."""


def doors_shown(has_page: Callable[[str], bool], *, in_example: bool) -> list[Door]:
    """Those that lead somewhere in this version, for whom looks at the example or not."""
    known = [d for d in DOORS if (not d.page or has_page(d.page)) and not (in_example and d.key == "example")]
    return known if len(known) <= ROOM else [d for d in known if d.key != "open"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What the page says over the doors, with a way out when there is one."""

    tone: Literal["info", "warning", "danger"]
    title: str
    words: str = ""
    deed: str = ""
    take: Callable[[], None] = field(default=lambda: None, compare=False)
