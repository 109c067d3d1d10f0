"""The sheets that people judged the same, shown as one: which go together here, and which of them stands for all.

Of a group, the sheet with the smallest id stands for the others. What lies in the trash, is frozen, has not arrived or
is of another kind is in no group, though it may still hold two others together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from appli.domain.entry import Entry
from appli.domain.grouping import Pair, group
from appli.domain.ids import RecordId
from appli.domain.kinds.judgement import DIFFERENT, SAME
from appli.store.reads import Reads

KIND, ENDS = "judgement", ("one", "other")


class Directory(Protocol):
    """What grouping needs of an open directory."""

    @property
    def reads(self) -> Reads: ...


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups found, by member."""

    by_member: Mapping[RecordId, tuple[RecordId, ...]] = field(default_factory=dict)

    def of(self, record_id: RecordId) -> tuple[RecordId, ...]:
        """The sheets that are one with this one, the one that stands for all first; itself when it is alone."""
        return self.by_member.get(record_id, (record_id,))

    def head(self, record_id: RecordId) -> RecordId:
        """The sheet that stands for this one."""
        return self.of(record_id)[0]

    def is_folded(self, record_id: RecordId) -> bool:
        """Whether another sheet stands for this one."""
        return self.head(record_id) != record_id


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What people said of pairs: the same, different, or both at the same time."""

    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    undecided: frozenset[Pair] = frozenset()


def verdicts(directory: Directory) -> Verdicts:
    """Every judgement that stands."""
    return _sorted_out(directory.reads.of_kind(KIND)) if directory.reads.holds(KIND) else Verdicts()


def all_groups(directory: Directory) -> Groups:
    """Every group of the directory."""
    return _groups(directory, verdicts(directory))


def groups_of(directory: Directory, ids: Iterable[RecordId]) -> Groups:
    """The groups that these sheets belong to, without reading the others."""
    return _groups(directory, _around(directory, ids)) if directory.reads.holds(KIND) else Groups()


def connected(directory: Directory, ids: Iterable[RecordId]) -> set[RecordId]:
    """These sheets and all that judgements tie to them, whether they make a group today or not."""
    found = set(ids)
    if not directory.reads.holds(KIND):
        return found
    return found | {end for pair in _around(directory, found).same for end in pair}


def whole(directory: Directory, record_id: RecordId) -> tuple[RecordId, ...]:
    """Every record here that was judged the same as this one, even in the trash: what erasing it must take along."""
    if not directory.reads.holds(KIND):
        return (record_id,)
    found = _around(directory, [record_id])
    components = group(found.same, found.apart).groups
    members = next((c for c in components if record_id in c), (record_id,))
    kept = {e.id: e for e in directory.reads.entries(members)}
    kind = kept[record_id].kind if record_id in kept else None
    return (record_id, *(m for m in members if m != record_id and m in kept and kept[m].kind is kind))


def ends_of(judgement: Entry) -> Pair | None:
    """The two sheets a judgement speaks of; None while one is not said."""
    ends = [judgement.values.get(name) for name in ENDS]
    return (bytes.fromhex(ends[0]), bytes.fromhex(ends[1])) if ends[0] and ends[1] else None


def _around(directory: Directory, ids: Iterable[RecordId]) -> Verdicts:
    """The judgements that can concern these sheets: theirs, and those of all they are one with."""
    seen: set[RecordId] = set()
    found: dict[RecordId, Entry] = {}
    todo = set(ids)
    while todo:
        seen |= todo
        fresh = {e.id: e for e in directory.reads.referring(KIND, ENDS, todo) if e.id not in found}
        found |= fresh
        todo = {end for pair in _sorted_out(fresh.values()).same for end in pair} - seen
    return _sorted_out(found.values())


def _sorted_out(judgements: Iterable[Entry]) -> Verdicts:
    same: set[Pair] = set()
    apart: set[Pair] = set()
    undecided: set[Pair] = set()
    for one in judgements:
        ends = ends_of(one)
        if ends is None or one.trashed:
            continue
        if "verdict" in one.siblings:
            undecided.add(ends)
        elif one.values.get("verdict") == SAME:
            same.add(ends)
        elif one.values.get("verdict") == DIFFERENT:
            apart.add(ends)
    return Verdicts(frozenset(same), frozenset(apart), frozenset(undecided))


def _groups(directory: Directory, found: Verdicts) -> Groups:
    components = group(found.same, found.apart | found.undecided).groups
    entries = directory.reads.entries([m for members in components for m in members])
    standing = {e.id: e.kind.code for e in entries if e.kind.is_main and not e.trashed and not _is_frozen(e)}
    by_member: dict[RecordId, tuple[RecordId, ...]] = {}
    for members in components:
        here = [m for m in members if m in standing]
        for kind in dict.fromkeys(standing[m] for m in here):
            together = tuple(m for m in here if standing[m] == kind)
            if len(together) > 1:
                by_member |= dict.fromkeys(together, together)
    return Groups(by_member)


def _is_frozen(entry: Entry) -> bool:
    return bool(entry.values.get("restricted"))
