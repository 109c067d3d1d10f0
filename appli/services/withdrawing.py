"""Taking a sheet back from the network: what already left cannot be recalled, so it is erased there and copied here.

The copy is another record, private from its birth: nothing in it may meet what other PCs still send of the old one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.changes import Changes, Create, Put, Withdraw
from appli.domain.entry import Entry
from appli.domain.fields import Kind
from appli.domain.identity import id_for
from appli.domain.ids import RecordId, new_id
from appli.errors import UserError
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.erasing import erase
from appli.services.grouping import KIND as JUDGEMENT
from appli.services.grouping import whole
from appli.services.indexing import is_live


def may_be_elsewhere(directory: Directory, record_id: RecordId) -> bool:
    """Whether another PC may hold a sheet, so that it can no longer simply become private."""
    return directory.store.may_be_elsewhere(record_id)


def make_private(directory: Directory, record_id: RecordId) -> Changes:
    """Keep a sheet that never left on this PC alone. Raises UserError when another PC may hold it."""
    return directory.do(_("Rendre une fiche privée"), [Put(record_id, "audience", int(Audience.PRIVATE))])


def keep_for_myself(directory: Directory, record_id: RecordId) -> RecordId:
    """Erase a sheet everywhere and keep a private copy of it here; returns the copy.

    Sheets judged to be the same go and are copied with it. Raises UserError when it is not in the directory.
    """
    sheets = directory.reads.entries(list(whole(directory, record_id)))
    if record_id not in {s.id for s in sheets}:
        raise UserError(
            "no_record",
            _("Cette fiche n’est plus dans l’annuaire. Rien n’a changé."),
            _("Actualisez la liste : elle a peut-être été reprise ou effacée."),
        )
    copy = _Copy(directory)
    creations = [c for s in sheets for c in copy.of(s)]
    # without a name: what takes its place is about to be erased, so this cannot be undone
    directory.do("", creations)
    try:
        erase(directory, record_id)
    except BaseException:
        directory.do("", [Withdraw(copy.ids[s.id]) for s in sheets])
        raise
    return copy.ids[record_id]


@dataclass(slots=True)
class _Copy:
    """Records under new ids, with what lives by them."""

    directory: Directory
    ids: dict[RecordId, RecordId] = field(default_factory=dict)

    def of(self, sheet: Entry) -> Iterator[Create]:
        yield self._create(sheet, new_id(self.directory.store.folder.clock()), sheet.values)
        todo = [sheet.id]
        while todo:
            parts = [(kind, part) for kind in _kinds_of_parts() for part in self._living_by(kind, todo)]
            todo = []
            for kind, part in parts:
                values = {n: self._renamed(v) for n, v in part.values.items()}
                record = id_for(kind, values, self.directory.store.folder.clock())
                if part.id in self.ids or record == part.id or not is_live(part):
                    continue
                yield self._create(part, record, values)
                todo.append(part.id)

    def _living_by(self, kind: Kind, owners: list[RecordId]) -> list[Entry]:
        names = [f.name for f in kind.fields.values() if f.declared.binding]
        return self.directory.reads.referring(kind.code, names, owners)

    def _create(self, entry: Entry, record: RecordId, values: Mapping[str, Any]) -> Create:
        self.ids[entry.id] = record
        private = {"audience": int(Audience.PRIVATE)} if "audience" in entry.kind.fields else {}
        return Create(record, entry.kind.code, {**values, **private})

    def _renamed(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) == 2 * len(next(iter(self.ids), b"")):
            return next((new.hex() for old, new in self.ids.items() if old.hex() == value), value)
        return value


def _kinds_of_parts() -> list[Kind]:
    kinds = catalogue.all_kinds().values()
    return [k for k in kinds if k.code != JUDGEMENT and any(f.declared.binding for f in k.fields.values())]
