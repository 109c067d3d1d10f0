"""Printing an edition: gather what may be shown, typeset it, lay the pages out on their paper."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from appli.domain.audience import Audience
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.exchange.safe_file import write_file
from appli.i18n import N_, _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.disclosing import Disclosure, Medium, Reason
from appli.services.exporting.subjects import Selection
from appli.services.exporting.wording import reasons
from appli.services.freshness import not_confirmed, today_of
from appli.services.long_lists import without_collector
from appli.services.printing.edition import Edition
from appli.services.printing.job import Job
from appli.services.printing.model import SIDES
from appli.services.searching import never
from appli.services.sheets_out import SheetOut
from appli.services.spaces import space_of
from appli.services.wording import date_text
from appli.store.index import Query


@dataclass(frozen=True, slots=True)
class Printed:
    """A document made: its bytes, how many pages one reads, how many sheets it holds, how many stay and why."""

    pdf: bytes
    pages: int
    records: int
    left_out: Mapping[Reason, int] = field(default_factory=dict)
    reading: bytes = b""
    """The pages in reading order, when the paper has them in another (a booklet)."""
    handed: Mapping[str, SheetOut] = field(default_factory=dict)
    """The sheets that are expected back, by id of record in hexadecimal."""
    handed_on: Mapping[str, range] = field(default_factory=dict)
    """The pages of each of them, counted from 0."""
    unprintable: tuple[str, ...] = ()
    """Characters that no font of ours has: a sign stands in their place."""

    def handed_with(self, pages: Collection[int] | None = None) -> dict[str, SheetOut]:
        """The sheets expected back once these pages are printed, or all of them; one page of a sheet is enough."""
        return {k: one for k, one in self.handed.items() if pages is None or any(p in pages for p in self.handed_on[k])}


def print_edition(directory: Directory, edition: Edition, progress: Progress = SILENT) -> Printed:
    """Make the document of an edition.

    Raises UserError when nothing may be printed, Cancelled.
    """
    from appli.documents.pages import booklet, count_pages, named_pages
    from appli.documents.typesetting import typeset

    job = job_of(directory, edition, progress)
    data, unprintable = data_of(job)
    pdf = typeset(edition.of.template, data, job.pictures, progress)
    laid_out = booklet(pdf, str(edition.options.get(SIDES.code, SIDES.default))) if job.paper.booklet else pdf
    places = named_pages(pdf) if job.handed else {}
    return Printed(
        laid_out,
        count_pages(pdf),
        job.records,
        dict(job.left_out),
        reading=pdf if job.paper.booklet else b"",
        handed=job.handed,
        handed_on={key: places[f"s{key}"] for key in job.handed},
        unprintable=tuple(unprintable),
    )


@without_collector()
def data_of(job: Job) -> tuple[dict[str, Any], list[str]]:
    """What the template reads, and the characters that cannot be printed; `job.pictures` holds what it names.

    Raises UserError when nothing may be printed.
    """
    from appli.services.printing.on_paper import on_paper

    content = _composer(job.edition)(job)
    if not job.records and not job.edition.of.blank:
        raise _nothing(job.left_out)
    return on_paper({"front": _front(job), **content})


def save(directory: Directory, edition: Edition, path: Path, progress: Progress = SILENT) -> Printed:
    """Make the document and write it to a file, there whole or not at all. Raises EnvironmentProblem too."""
    printed = print_edition(directory, edition, progress)
    write(printed.pdf, path)
    return printed


def write(content: bytes, path: Path) -> None:
    """Write a document already made, there whole or not at all. Raises EnvironmentProblem."""
    write_file(path, content)


def check_target(path: Path) -> None:
    """Refuse at once what could not be written at the end. Raises UserError."""
    if path.suffix.lower() != ".pdf":
        raise UserError(
            "unknown_format",
            _("« {name} » ne finit pas par .pdf. Rien n’a été écrit.").format(name=path.name),
            _("Maillage imprime dans un fichier PDF, que tous les ordinateurs ouvrent."),
        )


def outlook(directory: Directory, edition: Edition, stopped: Callable[[], bool] = never) -> tuple[int, str]:
    """How many sheets would be printed, and in words why others stay."""
    selection = job_of(directory, edition).selection
    going = selection.count(stopped)
    return going, reasons(selection.left_out)


def _composer(edition: Edition) -> Callable[[Job], Mapping[str, Any]]:
    module, function = edition.of.compose.split(":")
    found: Callable[[Job], Mapping[str, Any]] = getattr(import_module(f"appli.services.printing.{module}"), function)
    return found


def job_of(directory: Directory, edition: Edition, progress: Progress = SILENT) -> Job:
    """What an edition is gathered from: the sheets it finds, as far as they may be printed."""
    disclosure = Disclosure(directory, edition.audience, Medium.PAPER, edition.of.purpose)
    ids: Sequence[RecordId] = () if edition.of.blank else directory.index.ids(query_of(edition), never)
    if edition.records:
        chosen = set(edition.records)
        ids = [record for record in ids if record.hex() in chosen]
    today = today_of(directory)
    if edition.months:
        ids = not_confirmed(directory, ids, edition.months, today)
    return Job(directory, edition, Selection(directory, disclosure, ids), today, progress)


def query_of(edition: Edition) -> Query:
    """What the edition finds in the index."""
    filters: list[tuple[str, frozenset[str]]] = []
    kinds = edition.kinds
    if edition.of.fixed:
        kinds = tuple(kind for kind in kinds if kind in edition.of.kinds) or edition.of.kinds
    if kinds:
        filters.append(("kind", frozenset(kinds)))
    if edition.communes:
        filters.append(("commune", frozenset(edition.communes)))
    filters += [(group, frozenset(values)) for group, values in edition.filters]
    return Query(text=edition.text, filters=tuple(filters), near=edition.near, order="title")


def _front(job: Job) -> dict[str, Any]:
    """What every template prints around its sheets."""
    edition, space = job.edition, space_of(job.directory)
    contact = str((space.values.get("rights_contact") if space else "") or "")
    number = edition.number + (edition.printed_on != job.today.isoformat())
    return {
        "title": edition.title,
        "space": space.title if space else "",
        "date": date_text(job.today.isoformat()),
        "season": _season(job.today),
        "edition": number if edition.key else 0,
        "audience": _(_AUDIENCES[edition.audience]),
        "contact": contact,
        "words": edition.words,
        "invented": bool(space and space.values.get("demo")),
        "paper": {"code": job.paper.code, "width": job.paper.width, "height": job.paper.height},
        "options": {option.code: edition.option(option.code) for option in edition.of.options},
    }


_AUDIENCES = {
    Audience.PRIVATE: N_("À garder à l’accueil : ne pas diffuser"),
    Audience.HOSTS: N_("À garder à l’accueil : ne pas diffuser"),
    Audience.SHARED: N_("Réservé aux membres"),
    Audience.PUBLIC: N_("Peut être diffusé"),
}
_SEASONS = (N_("Hiver"), N_("Printemps"), N_("Été"), N_("Automne"))


def _season(day: date) -> str:
    """« Automne 2026 »: how a directory on paper is dated."""
    turn = (3, 21), (6, 21), (9, 22), (12, 21)
    past = sum((day.month, day.day) >= start for start in turn)
    year = day.year + (past == 4)
    return f"{_(_SEASONS[past % 4])} {year}"


def _nothing(left_out: Mapping[Reason, int]) -> UserError:
    if left_out:
        return UserError(
            "nothing_may_be_printed",
            _("Aucune des fiches trouvées ne peut être imprimée ainsi : {reasons}. Rien n’a été écrit.").format(
                reasons=reasons(left_out)
            ),
            _("Choisissez d’autres lecteurs, ou demandez leur accord aux personnes."),
        )
    return UserError(
        "nothing_to_print",
        _("Aucune fiche ne correspond à cette édition. Rien n’a été écrit."),
        _("Élargissez la recherche, ou choisissez d’autres genres de fiches."),
    )
