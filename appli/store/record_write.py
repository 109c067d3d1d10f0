"""Writing whole records: creating them, moving them between the two files, taking them back, forgetting them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.causality import Erasure
from appli.domain.changes import Create, Put
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _
from appli.store.erase import Erased, erase
from appli.store.parts import parts_of
from appli.store.registers import NewRow, bindings
from appli.store.unit import Unit, is_private

Chosen = Mapping[str, Audience]


class RecordWriter:
    """Creates, moves, withdraws and erases records in one unit of work.

    Creations are gathered and written kind by kind, at the latest by `flush`. `again` tells that records created here
    existed before: a copy of this folder may create them again as well, so they get no base.
    """

    def __init__(self, unit: Unit, put: Callable[[Put], None], *, again: bool) -> None:
        self._unit = unit
        self._put = put
        self._again = again
        self._erased = Erased(unit.registers)
        self._created: dict[RecordId, tuple[Kind, bool, NewRow]] = {}

    def create(self, change: Create) -> None:
        """A new record; one that is there already (its id says what it is) is written over."""
        unit, kind = self._unit, catalogue.kind(change.kind)
        values = kind.validate(change.values)
        self.refuse_erased(change.id, kind, values)
        if self._is_here(change.id):
            self.flush()
            for name, value in values.items():
                self._put(Put(change.id, name, value, change.overrides.get(name)))
            return
        unit.created(change.id, kind)
        if values.get("audience", kind.info.audience) == Audience.PRIVATE or self._touches_private(kind, values):
            unit.private.create(change.id, kind, values, unit.at, change.overrides)
        else:
            based = not (kind.info.derived_from or self._again)
            self._publish(kind, change.id, values, change.overrides, based=based)

    def flush(self) -> None:
        """Write the creations gathered so far, kind by kind."""
        if not self._created:
            return
        stamp = self._unit.stamp()
        pending, self._created = self._created, {}
        alike: dict[tuple[Kind, bool], list[NewRow]] = {}
        for kind, based, row in pending.values():
            alike.setdefault((kind, based), []).append(row)
        for (kind, based), rows in alike.items():
            self._unit.registers.create(kind, rows, stamp, based=based)

    def crosses(self, kind: Kind, record_id: RecordId, values: Mapping[str, Any]) -> bool:
        """Whether a new audience takes the record to the other file. What lives by a private record stays private."""
        audience = values.get("audience")
        wanted = kind.info.audience if audience is None else audience
        private = self._unit.private
        if record_id not in private.records:
            return bool(wanted == Audience.PRIVATE)
        return wanted != Audience.PRIVATE and not self._touches_private(kind, private.values(record_id, kind))

    def move(self, kind: Kind, record_id: RecordId, value: Any) -> None:
        """Take a record and its parts from one file to the other, because its audience crosses « privé »."""
        unit, field = self._unit, kind.fields["audience"]
        wanted = kind.info.audience if value is None else value
        before = self._values(kind, record_id).get("audience")
        unit.wrote("put", record_id, kind, field, [before, None], [value, None])
        whole = [(kind, record_id), *parts_of(unit.registers, unit.private, record_id)]
        if wanted == Audience.PRIVATE:
            for part_kind, part in whole:
                if part not in unit.private.records:
                    self._keep(part_kind, part)
        unit.private.put(record_id, kind, field, value, unit.at)
        if wanted != Audience.PRIVATE:
            for part_kind, part in whole:
                if part in unit.private.records and not self._stays(part_kind, part):
                    values, chosen = unit.private.values(part, part_kind), unit.private.chosen(part, part_kind)
                    unit.private.remove(part)
                    # a copy of this folder may share it too: no base, then
                    self._publish(part_kind, part, values, chosen, based=False)
            self.flush()

    def _stays(self, kind: Kind, record_id: RecordId) -> bool:
        """Whether a private record stays so when what it lives by is shared."""
        values = self._unit.private.values(record_id, kind)
        own = values.get("audience", kind.info.audience)
        return bool(own == Audience.PRIVATE) or self._touches_private(kind, values)

    def withdraw(self, record_id: RecordId) -> None:
        """Take a record and its parts back; the parts first, so that undoing creates them last."""
        unit = self._unit
        whole = [(unit.kind(record_id), record_id), *parts_of(unit.registers, unit.private, record_id)]
        for kind, one in reversed(whole):
            values, chosen = self._values(kind, one), self._chosen(kind, one)
            siblings = unit.registers.several(kind, one)
            if one not in unit.private.records:
                self._take_back(kind, one)
            unit.private.remove(one)
            unit.withdrew(one, kind, [values, {n: int(a) for n, a in chosen.items()}, siblings])

    def erase(self, record_id: RecordId) -> None:
        """Forget a record and its parts for ever."""
        unit = self._unit
        unit.kind(record_id)
        unit.erased(record_id, erase(unit.registers, unit.private, Erasure(record_id, unit.stamp())))

    def refuse_erased(self, record_id: RecordId, kind: Kind, values: Mapping[str, Any]) -> None:
        """Nothing may be written of what was erased, nor what would live by it."""
        owners = [bytes.fromhex(values[f.name]) for f in bindings(kind) if values.get(f.name)]
        if any(one in self._erased for one in (record_id, *owners)):
            raise UserError(
                "erased",
                _("Cette fiche a été effacée pour toujours. Rien n’a changé."),
                _("Créez une nouvelle fiche si la personne le demande."),
            )

    def _is_here(self, record_id: RecordId) -> bool:
        unit = self._unit
        return (
            record_id in self._created
            or record_id in unit.private.records
            or unit.registers.base(record_id)[0] is not None
        )

    def _publish(
        self, kind: Kind, record_id: RecordId, values: Mapping[str, Any], chosen: Chosen, *, based: bool
    ) -> None:
        """Share a record, and keep beside it the values that stay private."""
        shared: dict[str, Any] = {}
        for name in values.keys() | chosen.keys():
            value, choice = values.get(name), chosen.get(name)
            if is_private(kind.fields[name], choice):
                self._unit.private.put(record_id, kind, kind.fields[name], value, self._unit.at, choice)
            elif value is not None or choice is not None:
                shared[name] = value
        row = (record_id, shared, {n: a for n, a in chosen.items() if n in shared})
        self._created[record_id] = (kind, based, row)

    def _keep(self, kind: Kind, record_id: RecordId) -> None:
        unit = self._unit
        values, chosen = self._values(kind, record_id), self._chosen(kind, record_id)
        self._take_back(kind, record_id)
        unit.private.create(record_id, kind, values, unit.at, chosen)

    def _values(self, kind: Kind, record_id: RecordId) -> dict[str, Any]:
        return self._unit.registers.values(kind, record_id) | self._unit.private.values(record_id, kind)

    def _chosen(self, kind: Kind, record_id: RecordId) -> dict[str, Audience]:
        """Every audience somebody chose; a value private although declared otherwise was chosen so."""
        return self._unit.registers.chosen(kind, record_id) | self._unit.private.chosen(record_id, kind)

    def _touches_private(self, kind: Kind, values: Mapping[str, Any]) -> bool:
        owners = (values[f.name] for f in bindings(kind) if f.name in values)
        return any(bytes.fromhex(owner) in self._unit.private.records for owner in owners)

    def _take_back(self, kind: Kind, record_id: RecordId) -> None:
        """Out of the shared file without a trace, if it never left this PC."""
        unit = self._unit
        if unit.may_be_elsewhere(record_id):
            raise UserError(
                "already_sent",
                _("Cette fiche est déjà partie vers d’autres postes, elle ne peut plus être reprise. Rien n’a changé."),
                _("Mettez-la à la corbeille, ou effacez-la partout."),
            )
        unit.registers.remove(kind, record_id)
        unit.private.note_taken_back(record_id, unit.uid, unit.stamp().counter)
