"""Writing a list to a file that another program opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from appli.domain.audience import LABELS, Audience
from appli.errors import UserError
from appli.exchange.safe_file import write_file
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.disclosing import Disclosure, Medium, Reason
from appli.services.exporting import documents, tables
from appli.services.exporting.subjects import Selection
from appli.services.exporting.wording import reasons
from appli.services.searching import never
from appli.services.spaces import space_of
from appli.services.wording import date_text
from appli.store.index import Query


@dataclass(frozen=True, slots=True)
class Exported:
    """A list written: how many sheets it holds, how many stay and why."""

    path: Path
    records: int
    bytes: int
    audience: Audience
    left_out: Mapping[Reason, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a list would hold: how many sheets may go, and in words why others stay."""

    going: int
    staying: str


Writer = Callable[[Selection, Sequence[str], datetime, Progress], tuple[bytes, int]]
WRITERS: dict[str, Writer] = {
    ".csv": tables.csv,
    ".xlsx": tables.workbook,
    ".geojson": documents.geojson,
    ".vcf": documents.cards,
    ".ics": documents.calendar,
    ".json": documents.everything,
}
"""By the ending of the file's name."""


def export(
    directory: Directory,
    path: Path,
    query: Query,
    audience: Audience = Audience.PUBLIC,
    progress: Progress = SILENT,
) -> Exported:
    """Write what a search finds, as far as it may leave, to a file; the format is told by its name.

    The file is there whole or not at all. Raises UserError for an unknown ending or when nothing may leave that suits
    the format, EnvironmentProblem when the disk refuses.
    """
    writer = _writer(path)
    selection = Selection(directory, Disclosure(directory, audience, Medium.FILE), directory.index.ids(query, never))
    written = datetime.fromtimestamp(directory.store.folder.clock() / 1000, UTC)
    content, records = writer(selection, _about(directory, audience, written), written, progress)
    if not records:
        raise _nothing(selection.left_out)
    write_file(path, content)
    return Exported(path, records, len(content), audience, dict(selection.left_out))


def outlook(directory: Directory, query: Query, audience: Audience, stopped: Callable[[], bool] = never) -> Outlook:
    """How many of the sheets found may leave, before anything is written."""
    selection = Selection(directory, Disclosure(directory, audience, Medium.FILE), directory.index.ids(query, stopped))
    going = selection.count(stopped)
    return Outlook(going, reasons(selection.left_out))


def _writer(path: Path) -> Writer:
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UserError(
            "unknown_format",
            _("Maillage n’écrit pas de fichier « {ending} ». Rien n’a été écrit.").format(ending=path.suffix or "?"),
            _("Formats possibles : {known}.").format(known=", ".join(WRITERS)),
        )
    return writer


def _about(directory: Directory, audience: Audience, written: datetime) -> list[str]:
    """What whoever opens the file should know, in sentences."""
    space = space_of(directory)
    day = date_text(written.astimezone().date().isoformat())
    found = [_("Liste tirée de l’annuaire « {name} » le {day}.").format(name=space.title if space else "?", day=day)]
    if audience >= Audience.PUBLIC:
        found.append(_("Elle ne contient que ce qui est public, et les personnes d’accord pour Internet."))
    else:
        level = _(LABELS[audience]).lower()
        found.append(_("Elle contient ce qui est « {level} » : ne la publiez pas.").format(level=level))
    contact = space.values.get("rights_contact") if space else None
    if contact:
        found.append(_("Pour corriger ou retirer une fiche : {contact}.").format(contact=contact))
    return found


def _nothing(left_out: Counter[Reason]) -> UserError:
    if left_out:
        return UserError(
            "nothing_may_leave",
            _("Aucune des fiches trouvées ne peut sortir ainsi : {reasons}. Rien n’a été écrit.").format(
                reasons=reasons(left_out)
            ),
            _("Choisissez une autre diffusion, ou demandez leur accord aux personnes."),
        )
    return UserError(
        "nothing_to_export",
        _("Aucune des fiches trouvées ne convient à ce format. Rien n’a été écrit."),
        _("Cherchez autre chose, ou choisissez un autre format : un tableur prend tout."),
    )
