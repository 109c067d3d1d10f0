"""What stands here of the records that rows speak of, read some hundreds at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from appli.domain.entry import Entry
from appli.domain.fields import Collection, Kind
from appli.domain.ids import RecordId
from appli.services.directory import Directory
from appli.services.indexing import is_live

BATCH = 500


class Current:
    """Some records of one kind with the rows of their lists."""

    def __init__(self, directory: Directory, kind: Kind, ids: Sequence[RecordId]) -> None:
        self._directory = directory
        self._kind = kind
        self._ids = list(dict.fromkeys(ids))
        self._parts: dict[str, dict[RecordId, list[Entry]]] = {}
        self._terms: dict[str, str] = {}
        self._organizations: dict[RecordId, list[str]] | None = None
        self.entries = {e.id: e for e in directory.reads.entries(self._ids)}

    def rows(self, record: RecordId, name: str) -> list[Entry]:
        """The standing rows of one list of one record."""
        collection = self._kind.collections[name]
        if collection.child not in self._parts:
            self._parts[collection.child] = self._directory.reads.parts(collection.child, self._ids)
            self._learn_terms(collection)
        return [r for r in self._parts[collection.child].get(record, []) if _belongs(r, collection)]

    def word(self, name: str, row: Entry) -> str:
        """What one row of a list says: a term by its label."""
        collection = self._kind.collections[name]
        value = str(row.values.get(collection.key) or "")
        return self._terms.get(value, "") if collection.scheme else value

    def words(self, record: RecordId, name: str) -> list[str]:
        """A list of one record as words."""
        return [self.word(name, row) for row in self.rows(record, name)]

    def organizations(self, person: RecordId) -> list[str]:
        """What a person is a member of, by name."""
        if self._organizations is None:
            links = [e for e in self._directory.reads.referring("link", ["from_id"], self._ids) if is_live(e)]
            ends = [(e.values["from_id"], e.values["to_id"]) for e in links if e.values.get("role") == "member_of"]
            others = {e.id.hex(): e.title for e in self._directory.reads.entries([bytes.fromhex(o) for _p, o in ends])}
            self._organizations = {}
            for one, other in ends:
                self._organizations.setdefault(bytes.fromhex(one), []).append(others.get(other, ""))
        return self._organizations.get(person, [])

    def _learn_terms(self, collection: Collection) -> None:
        if not collection.scheme:
            return
        rows = (r for some in self._parts[collection.child].values() for r in some)
        wanted = {str(r.values["term"]) for r in rows if r.values.get("term")} - self._terms.keys()
        found = self._directory.reads.entries([bytes.fromhex(t) for t in sorted(wanted)])
        self._terms |= {e.id.hex(): e.title for e in found}


def _belongs(row: Entry, collection: Collection) -> bool:
    return is_live(row) and all(row.values.get(k) == v for k, v in collection.match.items())


def in_batches(ids: Sequence[RecordId]) -> Iterator[Sequence[RecordId]]:
    """Slices that one reading takes."""
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
