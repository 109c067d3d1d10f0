"""`maillage imprimer`."""

from __future__ import annotations

import argparse
from dataclasses import replace

from appli.cli.opening import reading, writing
from appli.cli.output import Output, TerminalProgress
from appli.errors import UserError
from appli.i18n import _, _n, number
from appli.services.editing import audience_word
from appli.services.exporting.wording import reasons
from appli.services.finding import shapes_named
from appli.services.printing.edition import Edition, new_edition
from appli.services.printing.models import MODELS, model_named
from appli.services.printing.models_round_trip import MONTHS
from appli.services.printing.on_paper import missing_words
from appli.services.printing.printing import check_target, save
from appli.services.sheets_out import hand_out


def run(options: argparse.Namespace, out: Output) -> None:
    """Make a document of what a search finds, as far as it may be printed."""
    check_target(options.fichier)
    edition = replace(new_edition(model_named(options.modele).code), text=options.recherche)
    if options.audience:
        edition = replace(edition, audience=audience_word(options.audience))
    if options.genre:
        edition = replace(edition, kinds=tuple(sorted(shapes_named(options.genre))))
    if options.mois is not None:
        edition = _not_confirmed_for(edition, options.mois)
    with writing(options) if options.noter else reading(options) as directory:
        done = save(directory, edition, options.fichier, TerminalProgress())
        if options.noter:
            hand_out(directory, done.handed)
    stays = sum(done.left_out.values())
    pages = _n("{n} page", "{n} pages", done.pages).format(n=number(done.pages))
    words = _n("{n} fiche imprimée dans {path}", "{n} fiches imprimées dans {path}", done.records)
    words = _("Feuille vierge écrite dans {path}") if edition.of.blank else words
    lines = [f"{words.format(n=number(done.records), path=options.fichier)} ({pages})"]
    if stays:
        lines.append(_("N’y sont pas : {reasons}.").format(reasons=reasons(done.left_out)))
    if done.unprintable:
        lines.append(missing_words(done.unprintable))
    lines += _noted_words(len(done.handed), noted=options.noter)
    out.answer({"path": str(options.fichier), "pages": done.pages, "records": done.records, "left_out": stays}, lines)


def _not_confirmed_for(edition: Edition, months: int) -> Edition:
    """The sheets alone that nobody confirmed for so long; of a model that chooses by it."""
    if not any(option.code == MONTHS.code for option in edition.of.options):
        known = ", ".join(model.code for model in MODELS.values() if MONTHS in model.options)
        raise UserError(
            "no_such_choice",
            _("« {model} » ne choisit pas les fiches selon leur âge. Rien n’a été écrit.").format(model=edition.title),
            _("Modèles qui acceptent --mois : {known}.").format(known=known),
        )
    if not MONTHS.low <= months <= MONTHS.high:
        raise UserError(
            "bad_months",
            _("Un âge va de 0 à {most} mois. Rien n’a été écrit.").format(most=number(MONTHS.high)),
            _("Par exemple : --mois 12."),
        )
    return replace(edition, options={MONTHS.code: months})


def _noted_words(sheets: int, *, noted: bool) -> list[str]:
    """What became of the sheets that are expected back."""
    if noted:
        words = _n("{n} feuille notée dehors.", "{n} feuilles notées dehors.", sheets)
        return [words.format(n=number(sheets))] if sheets else [_("Rien ici n’est à rendre : rien n’a été noté.")]
    return [_("Ces feuilles ne sont pas notées dehors ; ajoutez --noter pour qu’elles le soient.")] if sheets else []
