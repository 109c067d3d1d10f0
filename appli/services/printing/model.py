"""How a model of printed thing is declared: its template, what it takes from the directory, the choices it leaves.

The window draws the choices from the declaration and the terminal takes its defaults, so a new model is one entry of
`models.py`, one function that gathers (`compose`) and one template in `ressources/impression`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from appli.domain.audience import Audience
from appli.i18n import N_, _

Sort = Literal["flag", "choice", "number", "text"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of sheet, in millimetres, and how pages lie on it."""

    code: str
    label: str
    width: float
    height: float
    booklet: bool = False
    """Two pages side by side on a sheet twice as wide, in the order that folding needs."""


PAPERS: Mapping[str, Paper] = {
    paper.code: paper
    for paper in (
        Paper("a4", N_("A4"), 210, 297),
        Paper("a5", N_("A5"), 148, 210),
        Paper("booklet", N_("Livret A5, plié, recto verso"), 148.5, 210, booklet=True),
        Paper("a3", N_("A3"), 297, 420),
        Paper("a4_wide", N_("A4 en largeur"), 297, 210),
        Paper("a3_wide", N_("A3 en largeur"), 420, 297),
    )
}

ORDERS: Mapping[str, str] = {
    "name": N_("Nom"),
    "skill": N_("Compétence"),
    "commune": N_("Commune"),
    "category": N_("Catégorie"),
    "code": N_("Code de la fiche"),
}

PARTS: Mapping[str, str] = {
    "contacts": N_("Téléphones, courriels, sites"),
    "address": N_("Adresse"),
    "skills": N_("Compétences et mots-clés"),
    "summary": N_("Résumé"),
    "description": N_("Présentation"),
    "hours": N_("Horaires"),
    "organizations": N_("Structures"),
    "details": N_("Tous les autres champs"),
}
"""What of a sheet may be printed, beside its name, its code and its commune."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice that a model leaves."""

    code: str
    label: str
    sort: Sort = "flag"
    default: bool | float | str = False
    choices: Mapping[str, str] = field(default_factory=dict)
    """Of a choice: code and label."""
    low: float = 0
    high: float = 1_000
    unit: str = ""
    help: str = ""


SIDES = Option(
    "sides",
    N_("Imprimante"),
    "choice",
    "both",
    {
        "both": N_("Recto verso, côté court"),
        "front": N_("Un seul côté : les rectos d’abord"),
        "back": N_("Un seul côté : puis les versos"),
    },
    help=N_(
        "Sans recto verso : imprimez les rectos, retournez la pile, imprimez les versos. "
        "Ce PDF est fait pour l’imprimante ; pour un PDF à lire ou à écouter, choisissez le papier A5."
    ),
)
"""Of every booklet, whatever it holds."""


@dataclass(frozen=True, slots=True)
class Model:
    """One thing that can be printed."""

    code: str
    label: str
    help: str
    icon: str
    compose: str
    """« module:function » in this package: `function(job) -> Mapping`, the JSON that the template reads."""
    template: str
    """A file of `ressources/impression`."""
    papers: tuple[str, ...] = ("a4",)
    """The first is proposed."""
    orders: tuple[str, ...] = ()
    """Without any, it has an order of its own."""
    parts: Mapping[str, bool] = field(default_factory=dict)
    """What may be chosen of each sheet, and whether it is proposed."""
    options: tuple[Option, ...] = ()
    kinds: tuple[str, ...] = ()
    """The sorts of sheets proposed (`person`, `offer`…); empty: all."""
    fixed: bool = False
    """Whether these are the only sorts it can hold."""
    blank: bool = False
    """Whether it holds no sheet at all."""
    purpose: str = ""
    """A question of its own that people may have answered no to: `letters` for what is sent to them."""
    audience: Audience = Audience.SHARED
    audiences: tuple[Audience, ...] = (Audience.PUBLIC, Audience.SHARED, Audience.PRIVATE)

    def option(self, code: str) -> Option:
        """One of its options. Raises KeyError."""
        found = next((o for o in self.options if o.code == code), None)
        if found is None:
            raise KeyError(code)
        return found


def label(words: str) -> str:
    """The French words of a declaration."""
    return _(words)
