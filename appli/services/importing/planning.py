"""What an import would do, row by row, before anything changes. Nothing is decided again when it is applied.

Three values meet for each field of a record known before: what the file said last time, what it says now, and what
stands here. Unchanged in the file: what stands here stays. Changed in the file alone: the file wins. Changed on both
sides: both are kept, for a person to choose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from appli.domain import catalogue
from appli.domain.consent_words import ConsentReading
from appli.domain.entry import Entry
from appli.domain.ids import RecordId, new_id
from appli.domain.text import fold
from appli.formats.table import Problem, Table
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services import lists
from appli.services.directory import Directory
from appli.services.importing.drafting import Draft, Drafter, Remark, drafts
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.matching import Key, Matcher, name_key, source_id
from appli.services.wording import value_text

Status = Literal["created", "changed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field or list a row changes. `both`: it was changed here too, so both values are kept."""

    name: str
    label: str
    old: str
    new: str
    value: Any
    both: bool = False
    taken_off: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(slots=True)
class PlanRow:
    """What becomes of one row."""

    draft: Draft
    status: Status
    record: RecordId | None
    title: str
    commune: str
    changes: tuple[FieldChange, ...] = ()
    said: dict[str, Any] = field(default_factory=dict)
    """What the file says of the record now, remembered for the next time."""

    @property
    def line(self) -> int:
        return self.draft.line

    @property
    def remarks(self) -> list[Remark]:
        return self.draft.remarks


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """How one writing of the answers was read, and how often it stands."""

    text: str
    count: int
    reading: ConsentReading


@dataclass(slots=True)
class ImportPlan:
    """What the import would do."""

    mapping: ImportMapping
    source: RecordId
    file: str
    rows: list[PlanRow]
    organizations: dict[str, tuple[RecordId, str, bool]]
    """By folded name: (id, name, whether it is new)."""
    problems: tuple[Problem, ...] = ()

    def of_status(self, status: Status) -> list[PlanRow]:
        """The rows that have one fate."""
        return [r for r in self.rows if r.status == status]

    @property
    def by_kind(self) -> dict[str, int]:
        """New sheets by kind."""
        found = Counter({self.mapping.kind: len(self.of_status("created"))})
        found["organization"] += sum(1 for _id, _name, is_new in self.organizations.values() if is_new)
        return {k: n for k, n in found.items() if n}

    @property
    def consents(self) -> list[ConsentWords]:
        """The answers in words and how they were read, for confirmation."""
        found: dict[str, list[ConsentReading]] = {}
        for row in self.rows:
            if row.draft.consent is not None:
                found.setdefault(row.draft.consent.text, []).append(row.draft.consent)
        shown = [ConsentWords(text, len(some), some[0]) for text, some in found.items()]
        return sorted(shown, key=lambda c: -c.count)


def plan(directory: Directory, table: Table, mapping: ImportMapping, progress: Progress = SILENT) -> ImportPlan:
    """Read all rows and say what each would do."""
    source = source_id(mapping.source)
    total = len(table.rows)

    def step(n: int) -> None:
        progress.step(n, total, _("Lecture des lignes"))

    drafter = Drafter(directory, mapping, [c.name for c in table.columns])
    read = drafts(drafter, table.rows, table.line_numbers, step)
    planner = _Planner(directory, mapping, source)
    rows = planner.rows(read)
    organizations = planner.organizations(read)
    return ImportPlan(mapping, source, table.source_name, rows, organizations, table.problems)


class _Planner:
    def __init__(self, directory: Directory, mapping: ImportMapping, source: RecordId) -> None:
        self._directory = directory
        self._kind = catalogue.kind(mapping.kind)
        self._matcher = Matcher(directory, mapping, source)
        self._imported = directory.store.imported(source)

    def rows(self, read: Sequence[Draft]) -> list[PlanRow]:
        """The fate of each draft; a row that says again what an earlier one said is joined to it."""
        seen: dict[Key, PlanRow] = {}
        names: dict[str, int] = {}
        found = [self._first_look(d, seen, names) for d in read]
        known = [r.record for r in found if r.record is not None and r.status == "changed"]
        current = _Current(self._directory, self._kind, known)
        for row in found:
            if row.status == "changed" and row.record is not None:
                row.changes = tuple(self._changes(row, current))
                row.status = "changed" if row.changes else "unchanged"
        return found

    def _first_look(self, draft: Draft, seen: dict[Key, PlanRow], names: dict[str, int]) -> PlanRow:
        title = Entry(b"", self._kind, draft.values).title
        commune = str((draft.values.get("commune") or {}).get("name", ""))
        if draft.refused:
            return PlanRow(draft, "refused", None, title, commune)
        keys = self._matcher.keys(draft)
        earlier = next((seen[k] for k in keys if k in seen), None)
        if earlier is not None:
            return self._joined(draft, earlier, title, commune)
        record = self._matcher.find(keys)
        status: Status = "changed" if record is not None else "created"
        if record is None:
            record = new_id(self._directory.store.folder.clock())
            self._tell_namesakes(draft, names)
        row = PlanRow(draft, status, record, title, commune, said=said(draft))
        seen.update((k, row) for k in keys)
        return row

    def _joined(self, draft: Draft, earlier: PlanRow, title: str, commune: str) -> PlanRow:
        for name, value in draft.values.items():
            earlier.draft.values.setdefault(name, value)
        for name, words in draft.lists.items():
            known = earlier.draft.lists.setdefault(name, [])
            known += [w for w in words if w not in known]
        earlier.said = said(earlier.draft)
        reason = _("Déjà dite à la ligne {line} : les deux sont réunies").format(line=earlier.line)
        draft.remarks.append(Remark("twin", reason))
        return PlanRow(draft, "unchanged", None, title, commune)

    def _tell_namesakes(self, draft: Draft, names: dict[str, int]) -> None:
        name = name_key(self._kind, draft.values)
        other = self._matcher.namesake(draft)
        if other is not None:
            reason = _("Une fiche du même nom existe déjà : peut-être un doublon")
            draft.remarks.append(Remark("suspected_twin", reason))
        elif name in names:
            reason = _("Même nom que la ligne {line} : peut-être un doublon").format(line=names[name])
            draft.remarks.append(Remark("suspected_twin", reason))
        names.setdefault(name, draft.line)

    def _changes(self, row: PlanRow, current: _Current) -> Iterator[FieldChange]:
        if row.record is None:
            return
        last = self._imported.get(row.record)
        entry = current.entries[row.record]
        for name, value in row.draft.values.items():
            change = self._field_change(entry, name, value, last)
            if change is not None:
                yield change
        for name, words in row.draft.lists.items():
            present = current.words(row.record, name)
            change = self._list_change(name, words, present, None if last is None else last.get(f"list:{name}", []))
            if change is not None:
                yield change
        if last is not None:
            yield from self._cleared(row, entry, last)

    def _field_change(self, entry: Entry, name: str, value: Any, last: Mapping[str, Any] | None) -> FieldChange | None:
        here = entry.values.get(name)
        if value == here or (last is not None and last.get(name) == value):
            return None
        # changed here since the last time too (or never read before): neither side may vanish
        both = here is not None and (last is None or here != last.get(name))
        if both and any(s.value == value for s in entry.siblings.get(name, ())):
            return None
        field_ = self._kind.fields[name]
        old, new = value_text(self._directory, field_, here), value_text(self._directory, field_, value)
        return FieldChange(name, field_.label, old, new, value, both)

    def _cleared(self, row: PlanRow, entry: Entry, last: Mapping[str, Any]) -> Iterator[FieldChange]:
        """Fields the file filled last time and leaves empty now, untouched here since."""
        for name, before in last.items():
            if ":" in name or name in row.draft.values or entry.values.get(name) != before:
                continue
            field_ = self._kind.fields.get(name)
            if field_ is not None and name != self._kind.title_field.name:
                yield FieldChange(name, field_.label, value_text(self._directory, field_, before), "", None)

    def _list_change(
        self, name: str, words: Sequence[str], present: Sequence[str], last: Sequence[str] | None
    ) -> FieldChange | None:
        collection = self._kind.collections[name]

        def same(word: str) -> str:
            return lists.contact_key(name, word) if collection.child == "contact_point" else fold(word)

        here, before, now = ({same(w) for w in some} for some in (present, last or (), words))
        added = tuple(w for w in words if same(w) not in here and same(w) not in before)
        gone = tuple(w for w in present if same(w) in before and same(w) not in now)
        if not added and not gone:
            return None
        kept = [w for w in present if w not in gone]
        old, new = ", ".join(present), ", ".join([*kept, *added])
        return FieldChange(name, _(collection.label), old, new, None, taken_off=gone, added=added)

    def organizations(self, read: Sequence[Draft]) -> dict[str, tuple[RecordId, str, bool]]:
        """The organizations that rows name, here already or new."""
        wanted = {fold(d.organization): d.organization for d in read if d.organization and not d.refused}
        if not wanted:
            return {}
        here = {fold(e.title): e.id for e in self._directory.reads.of_kind("organization") if not e.trashed}
        clock = self._directory.store.folder.clock()
        return {
            key: (here[key], name, False) if key in here else (new_id(clock), name, True)
            for key, name in wanted.items()
        }


class _Current:
    """What stands here of the records that rows speak of."""

    def __init__(self, directory: Directory, kind: Any, ids: Sequence[RecordId]) -> None:
        self._directory = directory
        self._kind = kind
        self.entries = {e.id: e for e in directory.reads.entries(list(dict.fromkeys(ids)))}

    def words(self, record: RecordId, name: str) -> list[str]:
        """A list of one record as words."""
        return lists.shown_values(self._directory, record, self._kind.collections[name])


def said(draft: Draft) -> dict[str, Any]:
    """What a row says, as it is remembered: values by field, lists as `list:name`."""
    return {**draft.values, **{f"list:{name}": words for name, words in draft.lists.items()}}
