"""A public packet of another network: looked at and received as copies from a named source, undone like an import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from appli.domain import catalogue
from appli.domain.changes import Change, Create, Put, Work
from appli.domain.entry import Entry
from appli.domain.identity import id_for
from appli.domain.ids import RecordId
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.exchanging.bundles import Opened
from appli.services.exchanging.copies import Copied, Copies
from appli.services.exchanging.previewing import Fate, LineChange, Preview, Said, SheetChange
from appli.services.sheets import part_text
from appli.services.wording import value_text
from appli.store.merge import Received

NETWORK = "network"
"""What an import of this sort is known by among the others."""


def source_of(opened: Opened) -> tuple[RecordId, str]:
    """(id, name) of the source that stands for the network: its name, and what tells it from another of that name."""
    heading = opened.manifest.heading
    name = _("{name} (réseau {code})").format(name=heading.space_name, code=heading.space.hex()[-4:].upper())
    return id_for(catalogue.kind("source"), {"name": name}), name


def preview(directory: Directory, opened: Opened, progress: Progress = SILENT) -> Preview:
    """What the packet would do here. Its sheets are named by their ids over there."""
    copies = _copies(directory, opened, progress)
    sheets = [_told(directory, one) for one in copies.sheets.values() if one.changes]
    new = {one.id for one in copies.sheets.values() if one.entry is None}
    going = {one.id for one in copies.sheets.values() if one.goes}
    changed = {s.id for s in sheets} - new
    order = [Fate.CHANGED, Fate.NEW]
    sheets.sort(key=lambda s: (order.index(s.fate), s.title.casefold()))
    return Preview(Received(new=new, changed=changed), sheets, going, set())


def receive(
    directory: Directory, opened: Opened, left_out: Collection[RecordId] = (), progress: Progress = SILENT
) -> tuple[Received, int]:
    """Take the copies in but for those left out; returns the number of the import too."""
    copies = _copies(directory, opened, progress)
    source, name = source_of(opened)
    taken = [one for one in copies.sheets.values() if one.id not in left_out]
    gone = {one.here for one in copies.sheets.values() if one.id in left_out and one.entry is None}
    changes = [*_source_changes(directory, source, name, opened, copies), *copies.terms]
    changes += [c for one in taken for c in one.changes if not _speaks_of(c, gone)]
    label = _("Import du paquet public de « {name} »").format(name=opened.envelope.space)
    done = directory.store.write(Work(label, changes, directory.operator or None))
    said = ((i, values) for one in taken for i, values in one.said.items())
    new = {one.here for one in taken if one.entry is None}
    changed = {one.here for one in taken if one.entry is not None and one.changes}
    by_kind = Counter(one.coming.kind.code for one in taken if one.coming is not None)
    stats: dict[str, Any] = {
        "created": len(new),
        "changed": len(changed),
        "unchanged": len(taken) - len(new) - len(changed),
        "left_out": len(left_out),
        "by_kind": dict(by_kind),
        NETWORK: opened.envelope.space,
    }
    seq = directory.store.note_import(source, opened.envelope.space, stats, done.entry, said)
    directory.follow(done, progress)
    return Received(new=new, changed=changed), seq


def _copies(directory: Directory, opened: Opened, progress: Progress) -> Copies:
    return Copies(directory, source_of(opened)[0], opened.delta(progress).records)


def _source_changes(directory: Directory, source: RecordId, name: str, opened: Opened, copies: Copies) -> list[Change]:
    """The source with the licence of what it holds, if it is one for all."""
    sheets = [one.coming or one.entry for one in copies.sheets.values()]
    licences = {str(e.values["licence"]) for e in sheets if e is not None and e.values.get("licence")}
    values = {"name": name, "producer": opened.envelope.space}
    if len(licences) == 1:
        values["licence"] = licences.pop()
    known = directory.reads.entry(source)
    if known is None:
        return [Create(source, "source", values)]
    return [Put(source, n, v) for n, v in values.items() if known.values.get(n) != v]


def _speaks_of(change: Change, gone: Collection[RecordId]) -> bool:
    """Whether a new link leads to a sheet that was left out."""
    if not isinstance(change, Create) or change.kind != "link":
        return False
    return any(bytes.fromhex(str(change.values[end])) in gone for end in ("from_id", "to_id"))


def _told(directory: Directory, one: Copied) -> SheetChange:
    entry = one.coming or one.entry
    assert entry is not None
    commune = entry.values.get("commune") or {}
    fate = Fate.NEW if one.entry is None else Fate.CHANGED
    told = SheetChange(one.id, entry.kind.code, entry.title, str(commune.get("name", "")), fate)
    told.entry = one.coming
    for part in one.parts:
        told.lines += _line(directory, part, came=True)
    for part in one.gone:
        told.lines += _line(directory, part, came=False)
    for declared, before, after in one.fields:
        was, becomes = (Said(value_text(directory, declared, v)) if v is not None else None for v in (before, after))
        told.lines.append(LineChange(declared.label, (was,) if was else (), (becomes,) if becomes else ()))
    return told


def _line(directory: Directory, part: Entry, *, came: bool) -> list[LineChange]:
    words = part_text(directory, part)
    said = (Said(words),)
    return [LineChange(part.kind.label, () if came else said, said if came else ())] if words else []
