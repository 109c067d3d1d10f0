"""The sheets that leave, each with the parts of it that may: what every format is written from.

Sheets judged to be the same leave as one: the first says who it is, the others fill what it leaves empty. If one of
them must stay, because of an answer, they all stay: they are one person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from appli.domain import shapes
from appli.domain.entry import Entry
from appli.domain.fields import Collection, Kind
from appli.domain.ids import RecordId, short_code
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.disclosing import Disclosure, Reason
from appli.services.exporting.beside import Beside
from appli.services.grouping import groups_of
from appli.services.indexing import position_of

_BATCH = 500
_DECIDES = (Reason.CONSENT, Reason.MINOR)
"""Reasons of one sheet that hold for all those judged the same."""


@dataclass(slots=True)
class Subject:
    """One sheet as it leaves."""

    entry: Entry
    values: dict[str, Any]
    sheets: Sequence[RecordId]
    """Itself, then those that are one with it."""
    beside: Beside

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

    @property
    def extras(self) -> dict[str, str]:
        """Columns of the lists it came from that the model has no field for."""
        found = self.beside.extras
        return {key: words for sheet in reversed(self.sheets) for key, words in found.get(sheet, {}).items()}

    @property
    def organizations(self) -> tuple[str, ...]:
        """What the person is a member of."""
        found = self.beside.organizations
        return tuple(dict.fromkeys(title for sheet in self.sheets for title in found.get(sheet, ())))

    def parts(self, child: str) -> list[Entry]:
        """The rows of one kind that may go."""
        found = self.beside.rows(child)
        return [row for sheet in self.sheets for row in found.get(sheet, ())]

    def rows(self, collection: Collection) -> list[Entry]:
        """One of its lists."""
        some = self.parts(collection.child)
        for name, value in collection.match.items():
            some = [row for row in some if row.values.get(name) == value]
        return some


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
        self.disclosure.look_at(_named(everyone))
        beside = Beside(self.directory, self.disclosure, everyone, self.titles)
        for some in going:
            values: dict[str, Any] = {}
            for sheet in some:
                values = {**self.disclosure.values(sheet), **values} if values else self.disclosure.values(sheet)
            yield Subject(some[0], values, [sheet.id for sheet in some], beside)

    def _allowed(self, sheets: Sequence[Entry]) -> list[Entry]:
        reasons = {sheet.id: self.disclosure.why_not(sheet) for sheet in sheets}
        decided = next((r for r in reasons.values() if r in _DECIDES), None) or reasons[sheets[0].id]
        if decided is not None:
            self.left_out[decided] += 1
            return []
        return [sheet for sheet in sheets if reasons[sheet.id] is None]


def _named(sheets: Iterable[Entry]) -> Iterator[str]:
    """The sheets that fields of these name."""
    for sheet in sheets:
        yield from (sheet.values[name] for name in _references(sheet.kind) if name in sheet.values)


@cache
def _references(kind: Kind) -> tuple[str, ...]:
    return tuple(name for name, one in kind.fields.items() if one.type.code == "reference")
