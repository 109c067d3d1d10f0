"""A row of a plan in words, for the pane beside the list: what is created, what changes, what was odd."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from appli.domain import catalogue, shapes
from appli.domain.entry import Entry
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.domain.text import fold
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.importing.consents import reading_text
from appli.services.importing.draft import Draft, Remark
from appli.services.importing.drafting import Drafter
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.planning import ImportPlan, PlanRow, Status
from appli.services.importing.reading import ListFile
from appli.services.wording import value_text


@dataclass(frozen=True, slots=True)
class Said:
    """One field in words. `old` is what stood there before; `both` are kept, for a person to choose."""

    label: str
    new: str
    old: str = ""
    both: bool = False


@dataclass(frozen=True, slots=True)
class RowInWords:
    """All that is shown of one row."""

    line: int
    status: Status
    title: str
    shape: str
    record: RecordId | None
    """The sheet that is here already."""
    fields: tuple[Said, ...]
    others: int
    """How many more fields of the sheet stay as they are."""
    new_organizations: tuple[str, ...]
    remarks: tuple[Remark, ...]


def in_words(directory: Directory, plan: ImportPlan, row: PlanRow) -> RowInWords:
    """One row of the preview."""
    kind = catalogue.kind(plan.mapping.kind)
    fields = tuple(_changed(row) if row.status == "changed" else _said(directory, kind, row.draft))
    here = directory.reads.entry(row.record) if row.record and row.status != "created" else None
    changed = {c.name for c in row.changes}
    named = (n for n in row.draft.organizations if row.status in ("created", "changed"))
    return RowInWords(
        line=row.line,
        status=row.status,
        title=row.title,
        shape=shapes.shape_of(kind, row.draft.values),
        record=here.id if here else None,
        fields=fields,
        others=_others(here, changed) if row.status == "changed" else 0,
        new_organizations=tuple(n for n in named if plan.organizations[fold(n)][2]),
        remarks=tuple(row.remarks),
    )


def first_sheet(directory: Directory, listed: ListFile, mapping: ImportMapping) -> RowInWords | None:
    """What the first row that can be taken becomes; None when none of the first ones can."""
    kind, table = catalogue.kind(mapping.kind), listed.table
    drafter = Drafter(directory, mapping, [c.name for c in table.columns])
    for line, row in zip(table.line_numbers[:_TRIED], table.rows[:_TRIED], strict=True):
        draft = drafter.draft(line, row)
        if not draft.refused:
            title = Entry(b"", kind, draft.values).title
            shape = shapes.shape_of(kind, draft.values)
            fields = tuple(_said(directory, kind, draft))
            return RowInWords(line, "created", title, shape, None, fields, 0, (), tuple(draft.remarks))
    return None


_TRIED = 50


def _changed(row: PlanRow) -> Iterator[Said]:
    for change in row.changes:
        yield Said(change.label, change.new, change.old, change.both)


def _said(directory: Directory, kind: Kind, draft: Draft) -> Iterator[Said]:
    for name, field in kind.fields.items():
        if name in draft.values and field is not kind.title_field:
            yield Said(field.label, value_text(directory, field, draft.values[name]))
    for name, words in draft.lists.items():
        if words:
            yield Said(_(kind.collections[name].label), ", ".join(words))
    if draft.organizations:
        yield Said(_("Membre de"), ", ".join(draft.organizations))
    if draft.consent is not None:
        yield Said(_("Accord"), reading_text(draft.consent))
    if draft.foreign_id:
        yield Said(_("Identifiant dans la liste"), draft.foreign_id)
    for column, text in draft.extras.items():
        yield Said(column, text)


def _others(here: Entry | None, changed: set[str]) -> int:
    if here is None:
        return 0
    return sum(1 for name in here.values if name not in changed and here.kind.fields[name].declared.section != "none")
