"""`maillage exporter`, `maillage carte`: what a search finds, as far as it may leave, in a file for others."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from appli.cli.opening import reading
from appli.cli.output import Output, TerminalProgress
from appli.domain.audience import Audience
from appli.i18n import _, _n, number
from appli.ports import Progress
from appli.services.directory import Directory
from appli.services.disclosing import Reason
from appli.services.editing import audience_word
from appli.services.exporting.wording import reasons
from appli.services.finding import query_for
from appli.store.index_model import Query


class Written(Protocol):
    """What a file written holds, and how much stays out of it."""

    @property
    def path(self) -> Path: ...
    @property
    def records(self) -> int: ...
    @property
    def bytes(self) -> int: ...
    @property
    def left_out(self) -> Mapping[Reason, int]: ...


class Write(Protocol):
    """The service that writes it."""

    def __call__(
        self, directory: Directory, path: Path, query: Query, audience: Audience, progress: Progress, /
    ) -> Written: ...


def run(options: argparse.Namespace, out: Output) -> None:
    """Write a list for another program."""
    from appli.services.exporting.export import export

    _write(options, out, export)


def run_map(options: argparse.Namespace, out: Output) -> None:
    """Write a page with a map."""
    from appli.services.exported_map import export_map

    _write(options, out, export_map)


def _write(options: argparse.Namespace, out: Output, write: Write) -> None:
    audience = audience_word(options.audience) if options.audience else Audience.PUBLIC
    with reading(options) as directory:
        query = query_for(lambda: directory.gazetteer, options.recherche, options.genre)
        done = write(directory, options.fichier, query, audience, TerminalProgress())
    stays = sum(done.left_out.values())
    document: dict[str, Any] = {
        "path": str(done.path),
        "records": done.records,
        "bytes": done.bytes,
        "audience": audience.code,
        "left_out": stays,
    }
    words = _n("{n} fiche écrite dans {path}", "{n} fiches écrites dans {path}", done.records)
    lines = [words.format(n=number(done.records), path=done.path)]
    placed: int | None = getattr(done, "placed", None)
    if placed is not None:
        document["placed"] = placed
        if placed < done.records:
            apart = done.records - placed
            words = _n("{n} n’a pas de place sur la carte", "{n} n’ont pas de place sur la carte", apart)
            lines.append(words.format(n=number(apart)))
    if stays:
        lines.append(_("N’y sont pas : {reasons}.").format(reasons=reasons(done.left_out)))
    out.answer(document, lines)
