"""Small lists for the tests of the import: written, read, planned and applied in one call each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.domain.entry import Entry
from appli.domain.ids import RecordId
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet, edit_sheet
from appli.services.importing.applying import Imported, apply
from appli.services.importing.draft import Draft
from appli.services.importing.drafting import Drafter
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.planning import ImportPlan
from appli.services.importing.reading import ListFile, mapping_for, open_list, plan_of


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    """An empty directory."""
    opened = open_directory(tmp_path / "annuaire")
    yield opened
    opened.close()


def write(folder: Path, *lines: str, name: str = "liste") -> ListFile:
    """A list on disk, read."""
    path = folder / f"{name}.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return open_list(path)


def draft(directory: Directory, kind: str, **cells: tuple[str, str | None]) -> Draft:
    """One row: `Column=(target, text)`."""
    columns = tuple((column, target) for column, (target, _text) in cells.items())
    drafter = Drafter(directory, ImportMapping(kind, "s", columns), list(cells))
    return drafter.draft(7, [text for _target, text in cells.values()])


def plan(directory: Directory, listed: ListFile, kind: str = "", mapping: ImportMapping | None = None) -> ImportPlan:
    """What importing it would do, by the mapping proposed or remembered."""
    return plan_of(directory, listed, mapping or mapping_for(directory, listed, listed.path.stem, kind))


def carry_out(directory: Directory, listed: ListFile, kind: str = "", mapping: ImportMapping | None = None) -> Imported:
    """Import it."""
    return apply(directory, plan(directory, listed, kind, mapping))


def sheets(directory: Directory, kind: str = "place") -> dict[str, Entry]:
    """The sheets of a kind, by title."""
    return {e.title: e for e in directory.reads.of_kind(kind) if not e.trashed}


def words(directory: Directory, record: RecordId, name: str) -> list[str]:
    """One list of a sheet, in words."""
    from appli.services.lists import shown_values

    kind = directory.reads.kind_of(record)
    assert kind is not None
    return shown_values(directory, record, kind.collections[name])


def make(directory: Directory, kind: str, **fields: str) -> RecordId:
    """A sheet written by hand."""
    return create_sheet(directory, kind, [Assignment(n, "=", v) for n, v in fields.items()]).id


def edit(directory: Directory, record: RecordId, **fields: str) -> None:
    """Change a sheet by hand."""
    entry = directory.reads.entry(record)
    assert entry is not None
    edit_sheet(directory, entry, [Assignment(n, "=", v) for n, v in fields.items()])
