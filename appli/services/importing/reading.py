"""Opening a list and preparing what it becomes: the steps of the wizard and of the command line, before the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from appli.errors import UserError
from appli.formats.profile import ColumnProfile, profile
from appli.formats.source import Source, read_source
from appli.formats.table import Table
from appli.formats.tables import read_table
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.planning import ImportPlan, plan
from appli.services.importing.proposing import guess_kind, propose


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list that was read, and what its columns seem to hold."""

    path: Path
    content: Source
    """Its bytes: a wrong guess of encoding, separator or titles is mended without the stick."""
    table: Table
    profiles: tuple[ColumnProfile, ...]
    """One per column, in order."""

    @property
    def guessed_kind(self) -> str:
        """What each row most likely is."""
        return guess_kind(self.profiles)


def open_list(
    path: Path,
    sheet: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    progress: Progress = SILENT,
) -> ListFile:
    """Read a CSV, a workbook or a GeoJSON, whatever its name. Raises UserError, EnvironmentProblem."""
    content = read_source(path)
    return _listed(path, content, read_table(content, sheet, encoding, separator, None, progress), progress)


def read_again(
    listed: ListFile,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    header: int | None = None,
    progress: Progress = SILENT,
) -> ListFile:
    """The same bytes, read as the person says; `header` is the line of the column titles, 0 when there is none."""
    content = listed.content
    return _listed(listed.path, content, read_table(content, sheet, encoding, separator, header, progress), progress)


def _listed(path: Path, content: Source, table: Table, progress: Progress) -> ListFile:
    profiles: list[ColumnProfile] = []
    for n, column in enumerate(table.columns):
        progress.step(n, len(table.columns), _("Lecture des colonnes"))
        profiles += profile(replace(table, columns=(column,)))
    return ListFile(path, content, table, tuple(profiles))


def source_name(directory: Directory, listed: ListFile) -> str:
    """What to call the list: by its file, or as before when its columns are those of a list known by another name."""
    remembered = directory.store.noted("mapping")
    own = listed.path.stem
    if own in remembered:
        return own
    names = {p.name for p in listed.profiles}
    return next((s for s, found in remembered.items() if set(found.get("columns", ())) == names), own)


def mapping_for(
    directory: Directory, listed: ListFile, source: str, kind: str = "", key: Sequence[str] = ()
) -> ImportMapping:
    """The mapping remembered for this source if it still fits, else the one proposed; `key` columns asked for."""
    found = remembered_mapping(directory, listed, source)
    if found is None or kind not in ("", found.kind):
        found = propose(listed.profiles, kind or listed.guessed_kind, source)
    return with_key(found, key) if key else found


def remembered_mapping(directory: Directory, listed: ListFile, source: str) -> ImportMapping | None:
    """The mapping kept for this source, when the file has the same columns."""
    document = directory.store.noted("mapping").get(source)
    if document is None:
        return None
    try:
        known = ImportMapping.from_json(document, source)
    except UserError:  # of a version that had other fields
        return None
    return known if {c for c, _t in known.columns} == {p.name for p in listed.profiles} else None


def with_key(mapping: ImportMapping, key: Sequence[str]) -> ImportMapping:
    """The mapping with other key columns; one column of ids becomes the source's id."""
    names = {c for c, _t in mapping.columns}
    for column in key:
        if column not in names:
            raise UserError(
                "unknown_column",
                _("Le fichier n’a pas de colonne « {column} ». Rien n’a changé.").format(column=column),
                _("Colonnes : {names}.").format(names=", ".join(sorted(names)[:30])),
            )
    return mapping.with_key(tuple(key))


def plan_of(directory: Directory, listed: ListFile, mapping: ImportMapping, progress: Progress = SILENT) -> ImportPlan:
    """What importing the list that way would do; nothing changes."""
    return plan(directory, listed.table, mapping, progress)
