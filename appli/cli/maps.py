"""`maillage carte`."""

from __future__ import annotations

import argparse

from appli.cli.opening import reading
from appli.cli.output import Output, TerminalProgress
from appli.domain.audience import Audience
from appli.i18n import _, _n, number
from appli.services.editing import audience_word
from appli.services.exported_map import export_map
from appli.services.exporting.wording import reasons
from appli.services.finding import query_for


def run(options: argparse.Namespace, out: Output) -> None:
    """Write what a search finds, as far as it may leave, to a page with a map."""
    audience = audience_word(options.audience) if options.audience else Audience.PUBLIC
    with reading(options) as directory:
        query = query_for(lambda: directory.gazetteer, options.recherche, options.genre)
        done = export_map(directory, options.fichier, query, audience, TerminalProgress())
        stays = sum(done.left_out.values())
        document = {
            "path": str(done.path),
            "records": done.records,
            "placed": done.placed,
            "bytes": done.bytes,
            "audience": audience.code,
            "left_out": stays,
        }
        lines = [
            _n("{n} fiche écrite dans {path}", "{n} fiches écrites dans {path}", done.records).format(
                n=number(done.records), path=done.path
            )
        ]
        if done.placed < done.records:
            apart = done.records - done.placed
            words = _n("{n} n’a pas de place sur la carte", "{n} n’ont pas de place sur la carte", apart)
            lines.append(words.format(n=number(apart)))
        if stays:
            lines.append(_("N’y sont pas : {reasons}.").format(reasons=reasons(done.left_out)))
        out.answer(document, lines)
