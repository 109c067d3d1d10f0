"""The sheets that leave, each with the parts of it that may: what every format is written from.

Sheets judged to be the same leave as one: the first says who it is, the others fill what it leaves empty. If one of
them must stay, because of an answer, they all stay: they are one person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from appli.domain import shapes
from appli.domain.entry import Entry
from appli.domain.fields import Collection, Kind
from appli.domain.ids import RecordId, short_code
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.disclosing import Disclosure, Reason
from appli.services.grouping import groups_of
from appli.services.indexing import is_live, position_of

_BATCH = 500
_DECIDES = (Reason.CONSENT, Reason.MINOR)
"""Reasons of one sheet that hold for all those judged the same."""


@dataclass(slots=True)
class Subject:
    """One sheet as it leaves."""

    entry: Entry
    values: dict[str, Any]
    parts: dict[str, list[Entry]] = field(default_factory=dict)
    """The rows that may go, by kind of row."""
    extras: dict[str, str] = field(default_factory=dict)
    """Columns of the lists it came from that the model has no field for."""
    organizations: tuple[str, ...] = ()
    """What the person is a member of."""

    @property
    def kind(self) -> Kind:
        return self.entry.kind

    @property
    def title(self) -> str:
        """What it is called, if its name may leave; else its code."""
        value = self.values.get(self.kind.title_field.name)
        return str((value.get("display") if isinstance(value, dict) else value) or self.code)

    @property
    def code(self) -> str:
        """The short code printed on paper."""
        return short_code(self.entry.id, shapes.letter_of(self.kind, self.entry.values))

    def rows(self, collection: Collection) -> list[Entry]:
        """One of its lists."""
        some = self.parts.get(collection.child, ())
        return [r for r in some if all(r.values.get(k) == v for k, v in collection.match.items())]


@dataclass(slots=True)
class Selection:
    """What was chosen, read batch by batch; `left_out` says, once all is read, how many sheets stay and why."""

    directory: Directory
    disclosure: Disclosure
    ids: Sequence[RecordId]
    left_out: Counter[Reason] = field(default_factory=Counter)
    titles: dict[RecordId, str] = field(default_factory=dict)
    """The words of the terms and sheets that rows point to, as far as they may be named."""

    def subjects(self, progress: Progress = SILENT) -> Iterator[Subject]:
        """The sheets that may leave, in the order asked."""
        for start in range(0, len(self.ids), _BATCH):
            progress.step(start, len(self.ids))
            yield from self._batch(self.ids[start : start + _BATCH])
        progress.step(len(self.ids), len(self.ids))

    def count(self, stopped: Callable[[], bool]) -> int:
        """How many may leave; `left_out` says why the others stay. Ends early when it is no longer wanted."""
        going = 0
        for start in range(0, len(self.ids), _BATCH):
            if stopped():
                break
            going += len(self._going(self.ids[start : start + _BATCH]))
        return going

    def place_of(self, subject: Subject) -> tuple[float, float] | None:
        """Where it may be shown: its own position if that may leave, else its commune's."""
        lat, lon, _precision = position_of(self.directory, subject.values)
        return None if lat is None or lon is None else (lat, lon)

    def words(self, collection: Collection, row: Entry) -> str:
        """What a row of a list says."""
        value = row.values.get(collection.key)
        return self.titles.get(bytes.fromhex(value), "") if collection.scheme and value else str(value or "")

    def _going(self, ids: Sequence[RecordId]) -> list[list[Entry]]:
        """The sheets that may leave, each with those judged the same."""
        groups = groups_of(self.directory, set(ids))
        members = {i: groups.of(i) for i in ids}
        entries = {e.id: e for e in self.directory.reads.entries(list({m for some in members.values() for m in some}))}
        return [some for i in ids if i in entries and (some := self._allowed([entries[m] for m in members[i]]))]

    def _batch(self, ids: Sequence[RecordId]) -> Iterator[Subject]:
        going = self._going(ids)
        everyone = [entry for some in going for entry in some]
        parts = self._parts(everyone)
        extras, organizations = self._extras(everyone), self._organizations(everyone)
        for some in going:
            yield self._subject(some, parts, extras, organizations)

    def _allowed(self, sheets: Sequence[Entry]) -> list[Entry]:
        reasons = {sheet.id: self.disclosure.why_not(sheet) for sheet in sheets}
        decided = next((r for r in reasons.values() if r in _DECIDES), None) or reasons[sheets[0].id]
        if decided is not None:
            self.left_out[decided] += 1
            return []
        return [sheet for sheet in sheets if reasons[sheet.id] is None]

    def _subject(
        self,
        sheets: Sequence[Entry],
        parts: Mapping[RecordId, Mapping[str, list[Entry]]],
        extras: Mapping[RecordId, Mapping[str, str]],
        organizations: Mapping[RecordId, Sequence[str]],
    ) -> Subject:
        subject = Subject(sheets[0], {})
        members: dict[str, None] = {}
        for sheet in sheets:
            subject.values = {**self.disclosure.values(sheet), **subject.values}
            subject.extras = {**extras.get(sheet.id, {}), **subject.extras}
            members |= dict.fromkeys(organizations.get(sheet.id, ()))
            for child, rows in parts.get(sheet.id, {}).items():
                subject.parts.setdefault(child, []).extend(rows)
        subject.organizations = tuple(members)
        return subject

    def _parts(self, sheets: Sequence[Entry]) -> dict[RecordId, dict[str, list[Entry]]]:
        found: dict[RecordId, dict[str, list[Entry]]] = {}
        named: set[RecordId] = set()
        by_id = {s.id: s for s in sheets}
        for child in sorted({c.child for s in sheets for c in s.kind.collections.values()}):
            for owner, rows in self.directory.reads.parts(child, list(by_id)).items():
                kept = [r for r in rows if self.disclosure.row_may_go(by_id[owner], r)]
                found.setdefault(owner, {})[child] = kept
                named |= {bytes.fromhex(r.values["term"]) for r in kept if r.values.get("term")}
        missing = named - self.titles.keys()
        self.titles |= {e.id: e.title for e in self.directory.reads.entries(sorted(missing))}
        return found

    def _extras(self, sheets: Sequence[Entry]) -> dict[RecordId, dict[str, str]]:
        by_id = {s.id: s for s in sheets}
        found: dict[RecordId, dict[str, str]] = {}
        for row in self.directory.reads.referring("extra", ["record"], list(by_id)):
            owner = bytes.fromhex(row.values["record"])
            if row.values.get("key") and row.values.get("value") and self.disclosure.row_may_go(by_id[owner], row):
                found.setdefault(owner, {})[str(row.values["key"])] = str(row.values["value"])
        return found

    def _organizations(self, sheets: Sequence[Entry]) -> dict[RecordId, list[str]]:
        people = {s.id: s for s in sheets if s.kind.code == "person"}
        found: dict[RecordId, list[str]] = {}
        links = self.directory.reads.referring("link", ["from_id"], list(people)) if people else []
        for link in links:
            owner, other = bytes.fromhex(link.values["from_id"]), link.values.get("to_id", "")
            if link.values.get("role") != "member_of" or not other or not is_live(link):
                continue
            if self.disclosure.row_may_go(people[owner], link) and self.disclosure.is_open(other):
                found.setdefault(owner, []).append(self._title(bytes.fromhex(other)))
        return found

    def _title(self, record_id: RecordId) -> str:
        if record_id not in self.titles:
            self.titles[record_id] = self.directory.title_of(record_id)
        return self.titles[record_id]
