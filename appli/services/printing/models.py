"""Everything that can be printed, in the order the window offers it."""

from __future__ import annotations

from collections.abc import Mapping

from appli.domain.text import fold
from appli.errors import UserError
from appli.i18n import N_, _
from appli.services.printing.model import Model, Option
from appli.services.printing.models_desk import DESK
from appli.services.printing.models_lists import LISTS
from appli.services.printing.models_round_trip import ROUND_TRIP

SKILLS_INDEX = Option("index_skills", N_("Index des compétences"), default=True)
COMMUNES_INDEX = Option("index_communes", N_("Index des communes"), default=True)
NAMES_INDEX = Option("index_names", N_("Index des noms"))
PHOTOS = Option("photos", N_("Photos"))
COVER = Option("cover", N_("Couverture"))
COVER_MAP = Option("cover_map", N_("Carte sur la couverture"), help=N_("Quand il y a une couverture."))
NOTICE = Option("notice", N_("Mention finale"), default=True, help=N_("Date, lecteurs, et à qui écrire pour sa fiche."))
MAP = Option("map", N_("Carte du territoire"))
_COLUMNS = {"auto": N_("Selon le papier"), "1": N_("Une"), "2": N_("Deux")}
COLUMNS = Option("columns", N_("Colonnes"), "choice", "auto", _COLUMNS)

MODELS: Mapping[str, Model] = {
    model.code: model
    for model in (
        Model(
            "directory",
            N_("Annuaire"),
            N_("Les fiches par genre, avec leurs index : le classique de l’assemblée générale."),
            "book-user",
            "annuaire:compose",
            "annuaire.typ",
            papers=("booklet", "a4", "a5"),
            orders=("name", "skill", "commune", "category", "code"),
            parts={
                "contacts": True,
                "address": False,
                "skills": True,
                "summary": True,
                "description": False,
                "hours": True,
                "organizations": True,
                "details": False,
            },
            options=(SKILLS_INDEX, COMMUNES_INDEX, NAMES_INDEX, PHOTOS, COVER, COVER_MAP, MAP, NOTICE, COLUMNS),
            kinds=("person", "organization", "place", "project"),
        ),
        Model(
            "trombinoscope",
            N_("Trombinoscope"),
            N_("Les visages et les noms, en grille ; des initiales pour qui n’a pas de photo."),
            "users-round",
            "annuaire:faces",
            "trombinoscope.typ",
            papers=("a4", "a5", "booklet"),
            orders=("name", "commune"),
            parts={"contacts": False, "skills": False, "summary": False},
            options=(Option("photos", N_("Photos"), default=True), COVER, COVER_MAP, NOTICE),
            kinds=("person",),
        ),
        Model(
            "territory_map",
            N_("Carte du territoire"),
            N_("Une carte avec des repères numérotés, et une légende qui dit qui et quoi s’y trouve."),
            "map",
            "territory:compose",
            "carte.typ",
            papers=("a4", "a3", "a4_wide", "a3_wide"),
            options=(NOTICE,),
            kinds=("person", "organization", "place", "project"),
        ),
        *LISTS,
        *DESK,
        *ROUND_TRIP,
    )
}


def model_named(word: str) -> Model:
    """A model by its code or its French name. Raises UserError."""
    wanted = fold(word)
    for model in MODELS.values():
        if wanted in (fold(model.code), fold(_(model.label))):
            return model
    raise UserError(
        "unknown_model",
        _("Rien de ce que Maillage imprime ne s’appelle « {word} ». Rien n’a été écrit.").format(word=word),
        _("Modèles possibles : {known}.").format(known=", ".join(MODELS)),
    )
