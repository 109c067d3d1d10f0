"""The sheets of another network's public packet, as copies: what each becomes here, worked out before anything changes.

They come like a list somebody publishes: from a named source with its licence, known by the ids they have there. The
next packet brings them up to date where nobody here changed them; what it does not hold any more goes to the trash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.causality import RecordState
from appli.domain.changes import Change, Create, Put
from appli.domain.entry import Entry
from appli.domain.fields import Field
from appli.domain.identity import id_for
from appli.domain.ids import RecordId, new_id
from appli.services.directory import Directory
from appli.services.indexing import is_live

PARTS = (
    "contact_point", "skill", "capability", "support", "wanted_skill", "rate", "stop", "qualification",
    "classification", "campaign", "link",
)  # fmt: skip
"""Kinds of parts that come with a sheet; notes, consents and photos stay where they were written."""
_OWN = frozenset(("audience", "trashed", "demo", "restricted"))
"""What a copy decides for itself."""
_ORIGINAL, _SHEET = "_original", "_sheet"
"""What is remembered of a copy beside the values it came with: its id over there, the sheet here it belongs to."""


@dataclass(slots=True)
class Copied:
    """One sheet of the packet. `id`: its id over there; `entry`: the copy that is here, `parts` what is new of it."""

    id: RecordId
    here: RecordId
    coming: Entry | None
    entry: Entry | None
    changes: list[Change] = field(default_factory=list)
    fields: list[tuple[Field, Any, Any]] = field(default_factory=list)
    """(which, before, after)."""
    parts: list[Entry] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)
    """Parts that are over there no more."""
    said: dict[RecordId, dict[str, Any]] = field(default_factory=dict)
    goes: bool = False


class Copies:
    """Works out what a packet's records become."""

    def __init__(self, directory: Directory, source: RecordId, states: Iterable[RecordState]) -> None:
        self._directory = directory
        self._source = source
        self._memory = directory.store.imported(source)
        self._here = self._known()
        self.terms: list[Change] = []
        kinds = catalogue.kinds_by_number()
        coming = [Entry(s.id, kinds[s.kind], _values(s)) for s in states if s.kind in kinds]
        by_sort = defaultdict(list)
        for entry in coming:
            by_sort["main" if entry.kind.is_main else entry.kind.code].append(entry)
        self._terms(by_sort["term"])
        self._standing = {e.id: e for e in directory.reads.entries(sorted(self._here.values()))}
        forgotten = self._forgotten(e.id for e in by_sort["main"] if e.id not in self._here)
        self.sheets = {e.id: self._sheet(e) for e in by_sort["main"] if e.id not in forgotten}
        for code in PARTS:
            for entry in by_sort[code]:
                self._part(entry)
        self._gone({e.id for e in coming})

    # ---- what is known already

    def _known(self) -> dict[RecordId, RecordId]:
        """The copies that are here, by their ids over there: of this PC's imports, and of others of the network."""
        found = {}
        for origin in self._directory.reads.of_kind("foreign_id"):
            values = origin.values
            if is_live(origin) and values.get("source") == self._source.hex() and len(str(values.get("value"))) == 32:
                found[bytes.fromhex(values["value"])] = bytes.fromhex(values["record"])
        for here, said in self._memory.items():
            if _ORIGINAL in said:
                found[bytes.fromhex(said[_ORIGINAL])] = here
        return found

    def _forgotten(self, strangers: Iterable[RecordId]) -> set[RecordId]:
        """Those whose copy was erased: its origin was too, under an id that follows from both of theirs."""
        came_before = self._directory.reads.kind_of(self._source) is not None
        erased = self._directory.reads.erased() if came_before else set()
        return {one for one in strangers if any(_origin(self._source, e, one).id in erased for e in erased)}

    def _terms(self, terms: Iterable[Entry]) -> None:
        for term in terms:
            values = {n: v for n, v in term.values.items() if n in ("scheme", "label")}
            here = id_for(term.kind, values)
            self._here[term.id] = here
            if self._directory.reads.kind_of(here) is None:
                self.terms.append(Create(here, "term", values))

    # ---- sheets and their parts

    def _sheet(self, coming: Entry) -> Copied:
        values = self._translated(coming)
        here = self._here.get(coming.id)
        entry = self._standing.get(here) if here is not None else None
        if here is None or entry is None:
            here = new_id()
            self._here[coming.id] = here
            made = Copied(coming.id, here, Entry(here, coming.kind, values), None)
            made.changes = [
                Create(here, coming.kind.code, {**values, "audience": int(Audience.SHARED)}),
                _origin(self._source, here, coming.id),
            ]
        else:
            made = Copied(coming.id, here, None, entry)
            self._update(made, entry, values)
        made.said[here] = {**values, _ORIGINAL: coming.id.hex()}
        return made

    def _part(self, coming: Entry) -> None:
        owners = [coming.values.get(f.name) for f in coming.kind.fields.values() if f.declared.binding]
        sheet = self.sheets.get(bytes.fromhex(owners[0])) if owners and owners[0] else None
        values = self._translated(coming)
        if sheet is None or any(f.declared.binding and f.name not in values for f in coming.kind.fields.values()):
            return
        here = self._here.get(coming.id)
        if coming.kind.info.derived_from:
            here = id_for(coming.kind, values)
        entry = self._standing.get(here) or self._directory.reads.entry(here) if here is not None else None
        if entry is None:
            here = here or new_id()
            sheet.changes.append(Create(here, coming.kind.code, values))
            sheet.parts.append(Entry(here, coming.kind, values))
        else:
            self._update(sheet, entry, values)
        assert here is not None
        self._here[coming.id] = here
        sheet.said[here] = {**values, _ORIGINAL: coming.id.hex(), _SHEET: sheet.here.hex()}

    def _update(self, sheet: Copied, entry: Entry, values: Mapping[str, Any]) -> None:
        """What the packet says anew, where nobody here said otherwise."""
        said = self._memory.get(entry.id, {})
        for name in sorted({*values, *(n for n in said if not n.startswith("_"))}):
            now, then, new = entry.values.get(name), said.get(name), values.get(name)
            if new != now and (now == then or now is None) and name not in entry.siblings:
                sheet.changes.append(Put(entry.id, name, new))
                sheet.fields.append((entry.kind.fields[name], now, new))

    # ---- what is over there no more

    def _gone(self, coming: set[RecordId]) -> None:
        mine = {s.here: s for s in self.sheets.values()}
        for here, said in self._memory.items():
            original = bytes.fromhex(str(said.get(_ORIGINAL, "")))
            entry = self._standing.get(here)
            if not original or original in coming or entry is None or not is_live(entry) or _edited(entry, said):
                continue
            if entry.kind.is_main:
                self.sheets[original] = Copied(original, here, None, entry, [Put(here, "trashed", True)], goes=True)
            elif (owner := mine.get(bytes.fromhex(str(said.get(_SHEET, ""))))) is not None:
                off = ("present", False) if "present" in entry.kind.fields else ("trashed", True)
                owner.changes.append(Put(here, *off))
                owner.gone.append(entry)

    # ---- values

    def _translated(self, coming: Entry) -> dict[str, Any]:
        """The values of a record, its references pointing to what is here; one that leads nowhere is left out."""
        found = {}
        for name, value in coming.values.items():
            declared = coming.kind.fields[name]
            if name in _OWN or value is None:
                continue
            if declared.type.code == "reference":
                target = self._here.get(bytes.fromhex(str(value)))
                if target is not None:
                    found[name] = target.hex()
            else:
                found[name] = value
        return found


def _values(state: RecordState) -> dict[str, Any]:
    kind = catalogue.kinds_by_number()[state.kind]
    numbers: Iterator[int] = (n for n in (*state.values, *state.registers) if n in kind.by_number)
    return {kind.by_number[n].name: v for n in numbers if (v := state.shown(n)) is not None}


def _origin(source: RecordId, record: RecordId, original: RecordId) -> Create:
    values = {"source": source.hex(), "record": record.hex(), "value": original.hex(), "present": True}
    return Create(id_for(catalogue.kind("foreign_id"), values), "foreign_id", values)


def _edited(entry: Entry, said: Mapping[str, Any]) -> bool:
    """Whether somebody here wrote in a copy."""
    kept = {n: v for n, v in entry.values.items() if n not in _OWN and v is not None}
    return bool(entry.siblings) or kept != {n: v for n, v in said.items() if not n.startswith("_")}
