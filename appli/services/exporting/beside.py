"""What stands beside the sheets of a batch: their rows, what they belong to, columns of the lists they came from.

Each sort is read for the whole batch when it is first asked for, and what nobody asks for is not read at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from appli.domain.entry import Entry
from appli.domain.ids import RecordId
from appli.services.directory import Directory
from appli.services.disclosing import Disclosure


class Beside:
    """As far as each of these may leave with its sheet."""

    def __init__(
        self, directory: Directory, disclosure: Disclosure, sheets: Sequence[Entry], titles: dict[RecordId, str]
    ) -> None:
        """`titles`: the words of the terms and sheets that rows point to, known and added to."""
        self._directory = directory
        self._disclosure = disclosure
        self._sheets = {sheet.id: sheet for sheet in sheets}
        self._titles = titles
        self._rows: dict[str, Mapping[RecordId, Sequence[Entry]]] = {}

    def rows(self, child: str) -> Mapping[RecordId, Sequence[Entry]]:
        """The rows of one kind that may go, by sheet."""
        if child not in self._rows:
            self._rows[child] = self._read(child)
        return self._rows[child]

    @cached_property
    def extras(self) -> Mapping[RecordId, Mapping[str, str]]:
        """Columns that the model has no field for, by sheet."""
        found: dict[RecordId, dict[str, str]] = {}
        for row in self._directory.reads.referring("extra", ["record"], list(self._sheets)):
            owner = bytes.fromhex(row.values["record"])
            if row.values.get("key") and row.values.get("value") and self._may_go(owner, row):
                found.setdefault(owner, {})[str(row.values["key"])] = str(row.values["value"])
        return found

    @cached_property
    def organizations(self) -> Mapping[RecordId, Sequence[str]]:
        """What people are members of, by their names, as far as these may be named."""
        people = [sheet.id for sheet in self._sheets.values() if sheet.kind.code == "person"]
        links = self._directory.reads.referring("link", ["from_id"], people) if people else []
        links = [link for link in links if link.values.get("role") == "member_of" and link.values.get("to_id")]
        self._disclosure.look_at(link.values["to_id"] for link in links)
        open_to: list[tuple[RecordId, RecordId]] = []
        for link in links:
            owner, other = bytes.fromhex(link.values["from_id"]), link.values["to_id"]
            if self._may_go(owner, link) and self._disclosure.is_open(other):
                open_to.append((owner, bytes.fromhex(other)))
        self._learn({other for _owner, other in open_to})
        found: dict[RecordId, list[str]] = {}
        for owner, other in open_to:
            found.setdefault(owner, []).append(self._titles[other])
        return found

    def _read(self, child: str) -> dict[RecordId, list[Entry]]:
        owners = [s.id for s in self._sheets.values() if any(c.child == child for c in s.kind.collections.values())]
        found: dict[RecordId, list[Entry]] = {}
        for owner, rows in self._directory.reads.parts(child, owners).items():
            found[owner] = [row for row in rows if self._may_go(owner, row)]
        self._learn({bytes.fromhex(r.values["term"]) for some in found.values() for r in some if r.values.get("term")})
        return found

    def _may_go(self, owner: RecordId, row: Entry) -> bool:
        return self._disclosure.row_may_go(self._sheets[owner], row)

    def _learn(self, records: set[RecordId]) -> None:
        missing = records - self._titles.keys()
        self._titles |= {e.id: e.title for e in self._directory.reads.entries(sorted(missing))}
