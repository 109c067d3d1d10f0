"""« Exporter la carte »: what the map shows, as a page to hand over; for whom, and how many sheets go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from appli.domain.audience import Audience
from appli.i18n import _, _n, number
from appli.presenters.export_list import WHOM, Done, ExportList, today
from appli.presenters.jobs import Stopped

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.directory import Directory
    from appli.services.exported_map import MapExported
    from appli.services.exporting.export import Outlook
    from appli.store.index_model import Query


class ExportMap(ExportList):
    """State of the dialog: what the map shows now is what leaves."""

    first_ending = ".html"
    first_audience = Audience.PUBLIC

    @property
    def file_name(self) -> str:
        """The name proposed."""
        return f"carte-{today()}.html"

    def carry_out(
        self, directory: Directory, target: Path, query: Query, audience: Audience, progress: Progress
    ) -> MapExported:
        """Write it; in the worker."""
        from appli.services.exported_map import export_map

        return export_map(directory, target, query, audience, progress)

    def count(self, directory: Directory, query: Query, audience: Audience, stopped: Stopped) -> Outlook:
        """How many would go; in the worker."""
        from appli.services.exported_map import outlook

        return outlook(directory, query, audience, stopped)

    def title_of(self, done: Done) -> str:
        """What is said once it is written; how many of its sheets are on the map."""
        placed = getattr(done, "placed", done.records)
        words = _n("Carte écrite et relue : {n} fiche placée.", "Carte écrite et relue : {n} fiches placées.", placed)
        return words.format(n=number(placed))


def whom() -> list[tuple[Audience, str, str]]:
    """(audience, words, what that means), where a map asks for an answer of its own."""
    public = _("Seulement ce qui est public, et les personnes d’accord pour être sur une carte.")
    means = {audience: _(words) for audience, (_whom, words) in WHOM.items()} | {Audience.PUBLIC: public}
    return [(audience, _(words), means[audience]) for audience, (words, _means) in WHOM.items()]
