"""What goes out on paper to come back: sheets to correct, letters, the list of who to call."""

from __future__ import annotations

from collections.abc import Mapping

from appli.domain.audience import Audience
from appli.i18n import N_
from appli.services.printing.model import Model, Option

MONTHS = Option(
    "months",
    N_("Non confirmées depuis"),
    "number",
    0,
    high=240,
    unit=N_("mois"),
    help=N_("0 : toutes les fiches, même confirmées hier."),
)
"""Keeps the sheets alone that nobody confirmed nor changed for so long; read by `printing._job`."""
GROUPINGS: Mapping[str, str] = {
    "commune": N_("Par commune"),
    "carrier": N_("Par qui les porte"),
    "none": N_("À la suite"),
}

ROUND_TRIP = (
    Model(
        "corrections",
        N_("Feuilles de correction"),
        N_("Une feuille par fiche : ce qu’on en sait, la place de corriger. Elle revient par « Dépouillement »."),
        "pencil",
        "corrections:compose",
        "correction.typ",
        orders=("name", "commune", "code"),
        options=(
            MONTHS,
            Option("grouping", N_("Regrouper"), "choice", "commune", GROUPINGS),
            Option(
                "carrier",
                N_("Portées par"),
                "text",
                "",
                help=N_("Qui n’a pas de relais dans l’annuaire reçoit sa feuille de cette personne."),
            ),
            Option("return_to", N_("À rendre à"), "text", "", help=N_("Vide : à qui porte la feuille, ou au contact.")),
            Option("lists", N_("Liste par groupe"), default=True),
        ),
        kinds=("person", "place"),
        audience=Audience.PRIVATE,
        audiences=(Audience.PRIVATE,),
    ),
    Model(
        "letters",
        N_("Lettres"),
        N_("Une lettre par personne, avec ce que dit sa fiche. Qui refuse le courrier est nommé à la fin."),
        "mail",
        "campaign:letters",
        "lettre.typ",
        orders=("name", "commune"),
        options=(
            MONTHS,
            Option("signed", N_("Signée par"), "text", ""),
            Option("known", N_("Ce que dit la fiche"), default=True),
        ),
        kinds=("person",),
        audience=Audience.PRIVATE,
        audiences=(Audience.PRIVATE,),
        purpose="letters",
    ),
    Model(
        "calls",
        N_("Liste d’appels"),
        N_("Qui appeler, à quel numéro, et trois cases à cocher : joint, absent, à rappeler."),
        "phone",
        "campaign:calls",
        "appels.typ",
        papers=("a4", "a4_wide"),
        orders=("name", "commune"),
        options=(MONTHS,),
        kinds=("person",),
        audience=Audience.PRIVATE,
        audiences=(Audience.PRIVATE,),
    ),
)
