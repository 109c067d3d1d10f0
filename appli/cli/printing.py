"""`maillage imprimer`."""

from __future__ import annotations

import argparse
from dataclasses import replace

from appli.cli.opening import reading
from appli.cli.output import Output, TerminalProgress
from appli.i18n import _, _n, number
from appli.services.editing import audience_word
from appli.services.exporting.wording import reasons
from appli.services.finding import shapes_named
from appli.services.printing.edition import new_edition
from appli.services.printing.models import model_named
from appli.services.printing.on_paper import missing_words
from appli.services.printing.printing import check_target, save


def run(options: argparse.Namespace, out: Output) -> None:
    """Make a document of what a search finds, as far as it may be printed."""
    check_target(options.fichier)
    edition = replace(new_edition(model_named(options.modele).code), text=options.recherche)
    if options.audience:
        edition = replace(edition, audience=audience_word(options.audience))
    if options.genre:
        edition = replace(edition, kinds=tuple(sorted(shapes_named(options.genre))))
    with reading(options) as directory:
        done = save(directory, edition, options.fichier, TerminalProgress())
    stays = sum(done.left_out.values())
    pages = _n("{n} page", "{n} pages", done.pages).format(n=number(done.pages))
    words = _n("{n} fiche imprimée dans {path}", "{n} fiches imprimées dans {path}", done.records)
    lines = [f"{words.format(n=number(done.records), path=options.fichier)} ({pages})"]
    if stays:
        lines.append(_("N’y sont pas : {reasons}.").format(reasons=reasons(done.left_out)))
    if done.unprintable:
        lines.append(missing_words(done.unprintable))
    out.answer({"path": str(options.fichier), "pages": done.pages, "records": done.records, "left_out": stays}, lines)
