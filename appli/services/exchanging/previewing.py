"""What a packet would do, sheet by sheet and field by field, before anything changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from appli.domain import catalogue
from appli.domain.causality import RecordState, Register, Version
from appli.domain.entry import SETTLED_BY_ITSELF, Entry
from appli.domain.fields import Field
from appli.domain.grouping import Pair
from appli.domain.ids import RecordId
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.exchanging import twins
from appli.services.grouping import KIND as JUDGEMENT
from appli.services.grouping import ends_of
from appli.services.sheets import part_text, replica_label
from appli.services.wording import value_text
from appli.store.merge import Received

if TYPE_CHECKING:
    from appli.geo.gazetteer import Gazetteer
    from appli.services.exchanging.bundles import Opened


_NOT_TOLD = SETTLED_BY_ITSELF | {"trashed", "audience", "demo"}
"""Fields of a new sheet that say nothing to whoever looks at it."""


_OFTEN = 200
"""Somebody may stop after so many records."""
_DEEPEST = 4
"""So many times a part may live by a part."""


class Fate(StrEnum):
    """What becomes of a sheet."""

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a field: its words, who wrote it where and when (wall time in ms)."""

    words: str
    replica: str = ""
    operator: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class LineChange:
    """One field that changes: the values here, those there will be; several of these: a person will choose."""

    label: str
    before: tuple[Said, ...]
    after: tuple[Said, ...]


@dataclass(slots=True)
class SheetChange:
    """One sheet the packet touches, with what lives by it."""

    id: RecordId
    kind: str
    title: str
    commune: str
    fate: Fate
    lines: list[LineChange] = field(default_factory=list)
    entry: Entry | None = None
    """What it holds, when it was not here."""
    beside: list[Entry] = field(default_factory=list)
    """The contacts and the origins that come with it."""


@dataclass(slots=True)
class Preview:
    """All a packet would do."""

    received: Received
    sheets: list[SheetChange]
    going: set[RecordId]
    """Sheets that would be erased, or go to the trash."""
    judged: set[Pair]
    """Sheets that its judgements speak of."""


def lines_of(directory: Directory, sheet: SheetChange) -> list[LineChange]:
    """All that is told of a sheet: of a new one, its own fields too."""
    if sheet.entry is None:
        return sheet.lines
    kind, values = sheet.entry.kind, sheet.entry.values
    shown = [f for f in kind.fields.values() if f.name in values and f.name not in _NOT_TOLD and f != kind.title_field]
    own = [(f.label, value_text(directory, f, values[f.name])) for f in shown]
    return [LineChange(label, (), (Said(words),)) for label, words in own if words] + sheet.lines


def sheet_titles(directory: Directory, ids: Iterable[RecordId]) -> list[str]:
    """The titles of the sheets that some records are, or live by."""
    found = set()
    for one in ids:
        entry, climbed = directory.reads.entry(one), 0
        while entry is not None and (owner := _owner(entry)) is not None and climbed < _DEEPEST:
            entry, climbed = directory.reads.entry(owner), climbed + 1
        if entry is not None and entry.title:
            found.add(entry.title)
    return sorted(found)


class _Notes:
    """Keeps what is told of: the states that were here and those there will be."""

    def __init__(self) -> None:
        self.came_states: list[RecordState] = []
        self.pairs: list[tuple[RecordState, RecordState]] = []

    def came(self, states: Iterable[RecordState]) -> None:
        self.came_states += states

    def met(self, state: RecordState) -> None:
        self.came_states.append(state)

    def changed(self, before: RecordState, after: RecordState) -> None:
        self.pairs.append((before, after))


def preview_of(directory: Directory, opened: Opened, progress: Progress = SILENT) -> Preview:
    """Rehearse a packet and tell it in words."""
    notes = _Notes()
    received = directory.store.rehearse(opened.delta(progress), notes, twins.confirmed(directory))
    return _Telling(directory, notes, received, progress).preview()


class _Names:
    """What words ask of the directory, once each; a packet may bring the very record that another names."""

    def __init__(self, directory: Directory, brought: Mapping[RecordId, Entry]) -> None:
        self._directory = directory
        self._brought = brought
        self._titles: dict[RecordId, str] = {}
        self._replicas: dict[bytes, str] = {}

    @property
    def gazetteer(self) -> Gazetteer:
        return self._directory.gazetteer

    def title_of(self, record_id: RecordId) -> str:
        if record_id not in self._titles:
            one = self._brought.get(record_id)
            self._titles[record_id] = one.title if one else self._directory.title_of(record_id)
        return self._titles[record_id]

    def replica(self, uid: bytes) -> str:
        """How the network calls a PC; it may come with the very packet it writes in."""
        if uid not in self._replicas:
            one = self._brought.get(uid)
            label = str(one.values.get("label") or "") if one else ""
            self._replicas[uid] = label or replica_label(self._directory, uid)
        return self._replicas[uid]


class _Telling:
    def __init__(self, directory: Directory, notes: _Notes, received: Received, progress: Progress) -> None:
        self._directory = directory
        self._progress = progress
        self._notes = notes
        self._received = received
        self._entries = {s.id: _entry(s) for s in notes.came_states}
        self._names = _Names(directory, self._entries)
        self._owners: dict[RecordId, Entry | None] = {}
        self._sheets: dict[RecordId, SheetChange] = {}

    def preview(self) -> Preview:
        going: set[RecordId] = set()
        for _before, after in self._notes.pairs:
            self._entries[after.id] = _entry(after)
        total = len(self._notes.came_states) + len(self._notes.pairs)
        for done, state in enumerate(self._notes.came_states):
            if done % _OFTEN == 0:
                self._progress.step(done, total)
            self._came(self._entries[state.id])
        for done, (before, after) in enumerate(self._notes.pairs, len(self._notes.came_states)):
            if done % _OFTEN == 0:
                self._progress.step(done, total)
            if after.shown(3) and not before.shown(3):
                going.add(after.id)
            self._changed(before, after)
        main = {k.code for k in catalogue.main_kinds()}
        for entry in self._directory.reads.entries(sorted(self._received.erased)):
            if entry.kind.code in main:
                going.add(entry.id)
                # a person who asked to be forgotten is not named once more
                self._sheets[entry.id] = SheetChange(entry.id, entry.kind.code, "", "", Fate.ERASED)
        told = (ends_of(entry) for entry in self._entries.values() if entry.kind.code == JUDGEMENT)
        judged = {pair for pair in told if pair is not None}
        return Preview(self._received, sorted(self._sheets.values(), key=_order), going, judged)

    def _came(self, entry: Entry) -> None:
        sheet = self._sheet_of(entry, Fate.NEW)
        if sheet is not None and sheet.id != entry.id:
            words = part_text(self._names, entry)
            if not words and entry.kind.code == "photo":
                words = _("sans description")
            if words:
                sheet.lines.append(LineChange(entry.kind.label, (), (Said(words),)))
            if entry.kind.code in ("contact_point", "foreign_id"):
                sheet.beside.append(entry)

    def _changed(self, before: RecordState, after: RecordState) -> None:
        sheet = self._sheet_of(self._entries[after.id], Fate.CHANGED)
        if sheet is None:
            return
        kind = catalogue.kinds_by_number()[after.kind]
        for number, register in after.registers.items():
            declared = kind.by_number.get(number)
            old = before.register(number)
            if declared is None or register.versions.keys() == old.versions.keys():
                continue
            several = len({repr(v.value) for v in register.versions.values()}) > 1
            if several and declared.name not in SETTLED_BY_ITSELF:
                sheet.fate = Fate.CONFLICT
            was, told = self._said(declared, old), self._said(declared, register)
            # the same words written anew change nothing that one could see
            if declared.name not in SETTLED_BY_ITSELF and [s.words for s in was] != [s.words for s in told]:
                sheet.lines.append(LineChange(declared.label, was, told))

    def _said(self, declared: Field, register: Register) -> tuple[Said, ...]:
        return tuple(self._one(declared, v) for v in register.siblings if v.value is not None)

    def _one(self, declared: Field, version: Version) -> Said:
        stamp = version.stamp
        words = value_text(self._names, declared, version.value)
        return Said(words, self._names.replica(stamp.replica), stamp.operator or "", stamp.at)

    def _here(self, owner: RecordId) -> Entry | None:
        if owner not in self._owners:
            self._owners[owner] = self._directory.reads.entry(owner)
        return self._owners[owner]

    def _sheet_of(self, entry: Entry, fate: Fate) -> SheetChange | None:
        """The sheet a record belongs to; a part of a sheet that was here changes it."""
        head, chain = entry, {entry.id}
        while (owner := _owner(head)) is not None:
            found = self._entries.get(owner) or self._here(owner)
            if found is None or found.id in chain:
                return None
            head = found
            chain.add(head.id)
        if head.kind.code not in {k.code for k in catalogue.main_kinds()}:
            return None
        known = self._sheets.get(head.id)
        if known is None:
            fate = Fate.NEW if head.id in self._received.new else Fate.CHANGED if fate is Fate.NEW else fate
            commune = head.values.get("commune") or {}
            known = SheetChange(head.id, head.kind.code, head.title, str(commune.get("name", "")), fate)
            known.entry = head if fate is Fate.NEW else None
            self._sheets[head.id] = known
        return known


def _entry(state: RecordState) -> Entry:
    kind = catalogue.kinds_by_number()[state.kind]
    values = {f.name: v for f in kind.fields.values() if (v := state.shown(f.number)) is not None}
    return Entry(state.id, kind, values)


def _owner(entry: Entry) -> RecordId | None:
    bound: Iterator[str] = (f.name for f in entry.kind.fields.values() if f.declared.binding)
    owner = entry.values.get(next(bound, ""))
    return bytes.fromhex(owner) if owner else None


def _order(sheet: SheetChange) -> tuple[int, str]:
    return [Fate.CONFLICT, Fate.ERASED, Fate.CHANGED, Fate.NEW].index(sheet.fate), sheet.title.casefold()
