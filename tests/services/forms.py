"""Forms filled in a line: what the tests of the form's services share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appli.app import open_directory
from appli.domain.ids import RecordId
from appli.services.directory import Directory
from appli.services.form_model import Filled, FilledForm, RowForm, SheetForm
from appli.services.form_reading import form_of, new_form
from appli.services.form_saving import Saved, save

Row = dict[str, Any]


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    """An empty directory."""
    opened = open_directory(tmp_path / "annuaire")
    yield opened
    opened.close()


def title_of(title: str, form: SheetForm) -> Any:
    """What the title's editor holds: a person's name has parts."""
    named = form.by_path[form.title_path].type == "name"
    return {"given": "", "family": "", "display": title} if named else title


def add_rows(filled: Filled, **lists: list[Row]) -> Filled:
    """New rows for lists: `rates=[{"label": "Adhérents", "amount": "12"}]`."""
    for name, rows in lists.items():
        for row in rows:
            key = f"+{len(filled.added.get(name, []))}"
            filled.added.setdefault(name, []).append(key)
            filled.contents |= {f"{name}/{key}/{part}": content for part, content in row.items()}
    return filled


def try_make(directory: Directory, shape: str, title: str, lists: dict[str, list[Row]] | None = None, **contents: Any):
    """Save a new sheet with these contents and rows."""
    form = new_form(shape)
    filled = Filled(contents={form.title_path: title_of(title, form), **contents})
    return save(directory, form, add_rows(filled, **(lists or {})))


def make(
    directory: Directory, shape: str, title: str, lists: dict[str, list[Row]] | None = None, **contents: Any
) -> RecordId:
    """The same, which must succeed."""
    saved: Saved = try_make(directory, shape, title, lists, **contents)
    assert not saved.errors
    assert saved.record is not None
    return saved.record


def change(directory: Directory, record: RecordId, filled: Filled) -> Saved:
    """Save over a sheet as it stands."""
    return save(directory, form_of(directory, record), filled)


def rows(directory: Directory, record: RecordId, name: str) -> list[RowForm]:
    """The rows of a list that are written."""
    return [r for r in form_of(directory, record).lists_by_name[name].rows if not r.is_new]


def said(row: RowForm) -> dict[str, Any]:
    """What a row says, without its blanks."""
    return {q.name: q.content for q in row.questions if q.content}


def filled_form(form: SheetForm, **contents: Any) -> FilledForm:
    """A form with these contents over it."""
    return FilledForm(form, Filled(contents=contents))
