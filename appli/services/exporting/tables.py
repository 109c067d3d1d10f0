"""Lists for spreadsheets: CSV for one table, a workbook with a sheet for each kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from appli.domain.fields import Kind
from appli.formats.outgoing import Cell, OutColumn, OutSheet
from appli.i18n import _
from appli.ports import Progress
from appli.services.exporting.columns import columns_for, extra_column, filled
from appli.services.exporting.subjects import Selection, Subject


def csv(selection: Selection, _about: Sequence[str], _at: datetime, progress: Progress) -> tuple[bytes, int]:
    """One table with all kinds."""
    from appli.formats.write_delimited import csv_bytes

    subjects = list(selection.subjects(progress))
    return csv_bytes(_sheet(_("Annuaire"), selection, subjects)), len(subjects)


def workbook(selection: Selection, about: Sequence[str], _at: datetime, progress: Progress) -> tuple[bytes, int]:
    """A sheet for each kind, and what the columns mean."""
    from appli.formats.write_workbook import xlsx_bytes

    by_kind: dict[Kind, list[Subject]] = {}
    for subject in selection.subjects(progress):
        by_kind.setdefault(subject.kind, []).append(subject)
    sheets = [_sheet(kind.plural, selection, some) for kind, some in by_kind.items()]
    return xlsx_bytes(sheets, about) if sheets else b"", sum(map(len, by_kind.values()))


def _sheet(name: str, selection: Selection, subjects: Sequence[Subject]) -> OutSheet:
    columns = columns_for(dict.fromkeys(s.kind for s in subjects))
    titles = {c.title for c in columns}
    keys = dict.fromkeys(key for s in subjects for key in s.extras if key not in titles)
    columns += [extra_column(key) for key in keys]
    rows: list[list[Cell]] = [[c.read(selection, s) for c in columns] for s in subjects]
    kept = filled(columns, rows)
    shown = [OutColumn(columns[at].title, columns[at].help) for at in kept]
    return OutSheet(name, shown, [[row[at] for at in kept] for row in rows])
