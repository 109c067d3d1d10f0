"""Opening a list and preparing what it becomes: the steps of the wizard and of the command line, before the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from appli.errors import UserError
from appli.formats.profile import ColumnProfile, profile
from appli.formats.table import Table
from appli.formats.tables import open_table
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.importing.mapping import FOREIGN_ID, ImportMapping, check_target, guess_kind, propose
from appli.services.importing.planning import ImportPlan, plan


@dataclass(frozen=True)
class ListFile:
    """A list that was read, and what its columns seem to hold."""

    path: Path
    table: Table

    @cached_property
    def profiles(self) -> list[ColumnProfile]:
        """One per column, in order."""
        return profile(self.table)

    @cached_property
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
    return ListFile(path, open_table(path, sheet, encoding, separator, progress=progress))


def mapping_for(
    directory: Directory, listed: ListFile, source: str, kind: str = "", key: Sequence[str] = ()
) -> ImportMapping:
    """The mapping remembered for this source if it still fits, else the one proposed; `key` columns asked for."""
    remembered = directory.store.noted("mapping").get(source)
    names = {p.name for p in listed.profiles}
    found = propose(listed.profiles, kind or listed.guessed_kind, source)
    if remembered is not None:
        known = ImportMapping.from_json(remembered, source)
        if {c for c, _t in known.columns} == names and kind in ("", known.kind):
            found = known
    return with_key(found, key) if key else found


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
    targets = dict(mapping.columns)
    if len(key) == 1 and targets[key[0]] in (None, "extra", FOREIGN_ID):
        columns = tuple((c, FOREIGN_ID if c == key[0] else None if t == FOREIGN_ID else t) for c, t in mapping.columns)
        return replace(mapping, columns=columns, key=())
    columns = tuple((c, None if t == FOREIGN_ID else t) for c, t in mapping.columns)
    return replace(mapping, columns=columns, key=tuple(key))


def plan_of(directory: Directory, listed: ListFile, mapping: ImportMapping, progress: Progress = SILENT) -> ImportPlan:
    """What importing the list that way would do; nothing changes."""
    return plan(directory, listed.table, mapping, progress)


__all__ = ["ListFile", "check_target", "mapping_for", "open_list", "plan_of", "with_key"]
