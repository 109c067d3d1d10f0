"""Lists that a network prints for its wall or its counter: offers and needs, events, equipment, places."""

from __future__ import annotations

from appli.domain.audience import Audience
from appli.i18n import N_
from appli.services.printing.model import Model, Option

LISTS = (
    Model(
        "listings",
        N_("Offres et besoins"),
        N_("Le catalogue de ce qui se propose et se cherche, par sorte, avec qui appeler."),
        "repeat-2",
        "listings:compose",
        "annonces.typ",
        papers=("a4", "booklet", "a5", "a3"),
        orders=("name", "commune"),
        parts={"contacts": True, "summary": True, "description": False},
        options=(Option("met", N_("Aussi ce qui est déjà satisfait")),),
        kinds=("offer", "need"),
        fixed=True,
    ),
    Model(
        "programme",
        N_("Programme"),
        N_("Les événements semaine par semaine, à partir d’aujourd’hui."),
        "calendar-days",
        "programme:compose",
        "programme.typ",
        papers=("a4", "a5", "booklet", "a3"),
        parts={"summary": True, "description": False, "contacts": True, "address": True},
        options=(Option("weeks", N_("Semaines"), "number", 8, low=1, high=60, help=N_("À partir de celle-ci.")),),
        kinds=("event",),
        fixed=True,
        audience=Audience.PUBLIC,
    ),
    Model(
        "equipment",
        N_("Matériel à prêter"),
        N_("Le matériel par catégorie, avec ses conditions : accès, caution, tarifs, formation."),
        "wrench",
        "equipment:compose",
        "materiel.typ",
        papers=("a4_wide", "a4"),
        orders=("name", "commune"),
        parts={"contacts": True, "summary": True},
        options=(Option("withdrawn", N_("Aussi ce qui est en panne ou retiré")),),
        kinds=("equipment",),
        fixed=True,
    ),
    Model(
        "qualification",
        N_("Fiches de qualification des lieux"),
        N_("Un lieu par feuille, les mêmes questions dans le même ordre : à comparer, à compléter au stylo."),
        "flag",
        "qualification:compose",
        "qualification.typ",
        orders=("name", "commune", "code"),
        options=(Option("blank_answers", N_("Sans les réponses connues")),),
        kinds=("place",),
        fixed=True,
    ),
)
