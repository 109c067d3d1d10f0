"""What the import says at the head and the foot of each of its steps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from appli.i18n import N_, _, _n, number
from appli.presenters.import_wizard_columns import ColumnsStep
from appli.presenters.import_wizard_file import FileStep
from appli.presenters.import_wizard_preview import PreviewStep


class Step(IntEnum):
    """Where one is."""

    FILE = 0
    COLUMNS = 1
    PREVIEW = 2
    DONE = 3


STEPS = (N_("Fichier"), N_("Colonnes"), N_("Aperçu"), N_("Terminé"))


@dataclass(frozen=True, slots=True)
class Footer:
    """The foot of the page. `reason`: why the primary button cannot be pressed."""

    primary: str
    reason: str = ""
    safe: str = ""
    can_go_back: bool = True
    give_up: str = ""
    remembers: bool = False
    """Whether « Retenir ces choix » stands there."""


def lead_words(step: Step, file: FileStep) -> str:
    """The line under the title."""
    if file.listed is None:
        return _("Un tableau CSV, Excel ou LibreOffice, ou une carte GeoJSON. Rien ne change avant l’aperçu.")
    known = [file.name]
    if step in (Step.FILE, Step.COLUMNS):
        known += [file.size_words(), file.guessed_words()]
    elif step is Step.PREVIEW:
        known.append(_("rien n’est encore changé dans l’annuaire"))
    return " · ".join(k for k in known if k)


def footer_of(step: Step, file: FileStep, columns: ColumnsStep, preview: PreviewStep, reason: str) -> Footer:
    """The foot of a step; `reason`: why nothing can be done now."""
    give_up = _("Abandonner")
    if step is Step.FILE:
        if file.listed is None:
            return Footer(_("Choisir un fichier…"), reason, can_go_back=False, give_up=give_up)
        return Footer(_("Choisir les colonnes"), reason, can_go_back=False, give_up=give_up)
    if step is Step.COLUMNS:
        return Footer(_("Voir l’aperçu"), reason or columns.problem(), give_up=give_up, remembers=True)
    if step is Step.PREVIEW:
        count = preview.to_import
        words = _n("Importer {n} fiche", "Importer {n} fiches", count).format(n=number(count))
        why = reason or ("" if count else _("Aucune ligne ne change l’annuaire."))
        return Footer(words, why, _("Une sauvegarde sera faite avant. Tout pourra être annulé."), give_up=give_up)
    return Footer(_("Voir les fiches importées"), can_go_back=False, give_up=_("Importer une autre liste"))
