"""What an import would do, row by row, before anything changes. Nothing is decided again when it is applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Literal

from appli.domain import catalogue
from appli.domain.consent_words import ConsentReading
from appli.domain.entry import Entry
from appli.domain.ids import RecordId, new_id
from appli.domain.text import fold
from appli.formats.table import Problem, Table
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.importing.cells import ContactKeys
from appli.services.importing.comparing import Comparer, FieldChange
from appli.services.importing.consents import ConsentWords
from appli.services.importing.current import BATCH, Current
from appli.services.importing.draft import Draft, Remark
from appli.services.importing.drafting import Drafter, drafts
from appli.services.importing.joining import join
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.matching import Key, Matcher, source_id
from appli.services.likeness import name_key
from appli.services.long_lists import without_collector

Status = Literal["created", "changed", "unchanged", "refused"]


@dataclass(slots=True)
class PlanRow:
    """What becomes of one row."""

    draft: Draft
    status: Status
    record: RecordId | None
    title: str
    commune: str
    changes: tuple[FieldChange, ...] = ()
    unsaid: Mapping[str, Any] = field(default_factory=dict)
    """What an earlier import said of it in columns this one leaves."""

    @property
    def line(self) -> int:
        """Where it stands in the file."""
        return self.draft.line

    @property
    def remarks(self) -> Sequence[Remark]:
        """What was odd."""
        return self.draft.remarks


@dataclass
class ImportPlan:
    """What the import would do."""

    mapping: ImportMapping
    source: RecordId
    file: str
    rows: list[PlanRow]
    organizations: dict[str, tuple[RecordId, str, bool]]
    """By folded name: (id, name, whether it is new)."""
    contact_key: ContactKeys
    problems: tuple[Problem, ...] = ()

    def of_status(self, status: Status) -> list[PlanRow]:
        """The rows that have one fate."""
        return [r for r in self.rows if r.status == status]

    @cached_property
    def counts(self) -> Mapping[Status, int]:
        """How many rows have each fate."""
        return Counter(r.status for r in self.rows)

    @property
    def by_kind(self) -> dict[str, int]:
        """New sheets by kind."""
        found = Counter({self.mapping.kind: self.counts.get("created", 0)})
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


@without_collector()
def plan(directory: Directory, table: Table, mapping: ImportMapping, progress: Progress = SILENT) -> ImportPlan:
    """Read all rows and say what each would do."""
    total = len(table.rows)
    keys = ContactKeys()
    drafter = Drafter(directory, mapping, [c.name for c in table.columns], keys)
    read = drafts(drafter, table.rows, table.line_numbers, lambda n: progress.step(n, total, _("Lecture des lignes")))
    planner = _Planner(directory, table, mapping, keys, progress)
    rows = planner.rows(read)
    organizations = planner.organizations(read)
    return ImportPlan(mapping, source_id(mapping.source), table.source_name, rows, organizations, keys, table.problems)


class _Planner:
    def __init__(
        self, directory: Directory, table: Table, mapping: ImportMapping, keys: ContactKeys, progress: Progress
    ) -> None:
        self._directory = directory
        self._kind = catalogue.kind(mapping.kind)
        self._progress = progress
        source = source_id(mapping.source)
        self._imported = directory.store.imported(source)
        self._matcher = Matcher(directory, mapping, source, self._imported, keys, self._tell_reading)
        here = {c.name for c in table.columns}
        self._comparer = Comparer(directory, self._kind, {t for c, t in mapping.columns if t and c in here}, keys)

    def _tell_reading(self, n: int) -> None:
        self._progress.step(n, 0, _("Lecture de l’annuaire"))

    def rows(self, read: Sequence[Draft]) -> list[PlanRow]:
        """The fate of each draft; a row that says again what an earlier one said is joined to it."""
        seen: dict[Key | RecordId, PlanRow] = {}
        names: dict[str, int] = {}
        found = []
        for n, draft in enumerate(read):
            self._step(len(read), n)
            found.append(self._first_look(draft, seen, names))
        known = [r for r in found if r.status == "changed"]
        for start in range(0, len(known), BATCH):
            self._compare(known[start : start + BATCH], partial(self._step, len(known), start))
        return found

    def _step(self, total: int, n: int, more: int = 0) -> None:
        if (n + more) % 50 == 0:
            self._progress.step(n + more, total, _("Comparaison avec l’annuaire"))

    def _compare(self, rows: Sequence[PlanRow], step: Callable[[int], None]) -> None:
        current = Current(self._directory, self._kind, [r.record for r in rows if r.record is not None])
        for n, row in enumerate(rows):
            step(n)
            if row.record is None:
                continue
            last = self._imported.get(row.record)
            row.changes = tuple(self._comparer.changes(row.draft, row.record, current, last))
            row.unsaid = self._comparer.unsaid(last)
            row.status = "changed" if row.changes else "unchanged"

    def _first_look(self, draft: Draft, seen: dict[Key | RecordId, PlanRow], names: dict[str, int]) -> PlanRow:
        title = Entry(b"", self._kind, draft.values).title
        commune = str((draft.values.get("commune") or {}).get("name", ""))
        if draft.refused:
            return PlanRow(draft, "refused", None, title, commune)
        keys = self._matcher.keys(draft)
        record = self._matcher.find(keys)
        earlier = next((seen[k] for k in keys if k in seen), None)
        if earlier is None and record is not None:
            # two rows that lead to one record by different keys are one as well
            earlier = seen.get(record)
        if earlier is not None:
            return self._joined(draft, earlier, title, commune)
        status: Status = "changed" if record is not None else "created"
        if record is None:
            record = new_id(self._directory.store.folder.clock())
            self._tell_namesakes(draft, names)
        row = PlanRow(draft, status, record, title, commune)
        seen.update(dict.fromkeys(keys, row))
        seen[record] = row
        return row

    def _joined(self, draft: Draft, earlier: PlanRow, title: str, commune: str) -> PlanRow:
        join(earlier.draft, draft, self._comparer.same_word)
        reason = _("Déjà dite à la ligne {line} : les deux sont réunies").format(line=earlier.line)
        draft.tell(Remark("twin", reason, line=earlier.line))
        return PlanRow(draft, "unchanged", None, title, commune)

    def _tell_namesakes(self, draft: Draft, names: dict[str, int]) -> None:
        name = name_key(self._kind, draft.values)
        other = self._matcher.namesake(draft)
        if other is not None:
            reason = _("Une fiche du même nom existe déjà : peut-être un doublon")
            draft.tell(Remark("suspected_twin", reason, record=other))
        elif name in names:
            reason = _("Même nom que la ligne {line} : peut-être un doublon").format(line=names[name])
            draft.tell(Remark("suspected_twin", reason, line=names[name]))
        names.setdefault(name, draft.line)

    # ---- beside the rows

    def organizations(self, read: Sequence[Draft]) -> dict[str, tuple[RecordId, str, bool]]:
        """The organizations that rows name, here already or new."""
        kept = (d for d in reversed(read) if not d.refused)
        wanted = {fold(name): name for d in kept for name in d.organizations}
        if not wanted:
            return {}
        here = {fold(e.title): e.id for e in self._directory.reads.of_kind("organization") if not e.trashed}
        clock = self._directory.store.folder.clock()
        return {
            key: (here[key], name, False) if key in here else (new_id(clock), name, True)
            for key, name in wanted.items()
        }
