"""Writing one field: to the shared file with a version, or to the private one without, as its audience says."""

from __future__ import annotations

from typing import Any

from appli.domain.audience import Audience
from appli.domain.causality import Register, Version
from appli.domain.changes import Add, Put
from appli.domain.fields import Field, Kind
from appli.domain.ids import RecordId
from appli.store.unit import Unit, is_private


class FieldWriter:
    """Puts and adds values in one unit of work."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def put(self, kind: Kind, change: Put) -> None:
        """A new value, superseding all siblings seen; the audience stays as it is unless the change gives one."""
        field = kind.fields[change.field]
        value = field.validate(change.value)
        if change.id in self._unit.private.records:
            self._keep(kind, change.id, field, value, change.audience)
            return
        register = self._unit.registers.register(kind, change.id, field)
        chosen = change.audience if change.audience is not None else self._chosen(change.id, field, register)
        if is_private(field, chosen):
            self._lower(kind, change.id, field, register, value, chosen)
        else:
            self._share(kind, change.id, field, register, value, chosen)

    def would_part(self, kind: Kind, change: Put) -> bool:
        """Whether a value would go to other readers than the sheet it belongs to sends it to."""
        if change.audience is None or change.id in self._unit.private.records:
            return False
        field = kind.fields[change.field]
        return change.audience != self._chosen(change.id, field, self._unit.registers.register(kind, change.id, field))

    def add(self, kind: Kind, change: Add) -> None:
        """A further sibling. Beside nothing it is a plain value; a private value has one author, so no siblings."""
        unit, field = self._unit, kind.fields[change.field]
        value = field.validate(change.value)
        kept = unit.private.kept(change.id, field)
        if change.id in unit.private.records or kept is not None:
            if kept is None or kept[0] is None:
                self.put(kind, Put(change.id, change.field, value))
            return
        register = unit.registers.register(kind, change.id, field)
        present = [v.value for v in register.siblings]
        if value is None or value in present:
            return
        if all(v is None for v in present) or is_private(field, _shown_audience(register)):
            self.put(kind, Put(change.id, change.field, value))
            return
        chosen = _shown_audience(register)
        unit.wrote("add", change.id, kind, field, [present[0], chosen, present], [value, chosen])
        added = register.add(Version(unit.fresh_stamp(), value, chosen))
        unit.registers.save(kind, change.id, field.number, added)

    def _chosen(self, record_id: RecordId, field: Field, register: Register) -> Audience | None:
        """The audience somebody chose for this field before; None as declared."""
        kept = self._unit.private.kept(record_id, field)
        return kept[1] if kept is not None else _shown_audience(register)

    def _keep(self, kind: Kind, record_id: RecordId, field: Field, value: Any, audience: Audience | None) -> None:
        """A value of a record that is private as a whole; the choice counts once the record is shared."""
        unit = self._unit
        before, chosen = unit.private.kept(record_id, field) or (None, None)
        audience = audience if audience is not None else chosen
        if (before, chosen) != (value, audience):
            unit.wrote("put", record_id, kind, field, [before, chosen], [value, audience])
            unit.private.put(record_id, kind, field, value, unit.at, audience)

    def _lower(
        self,
        kind: Kind,
        record_id: RecordId,
        field: Field,
        register: Register,
        value: Any,
        chosen: Audience | None,
    ) -> None:
        """Keep a value on this PC only; one that we shared until now is cleared for the others.

        A value private already stays so without a word: what another PC shares since is hers to share.
        """
        unit = self._unit
        kept = unit.private.kept(record_id, field)
        if kept is not None or all(v.value is None for v in register.versions.values()):
            before, was = kept or (None, None)
            if (before, was) != (value, chosen):
                unit.wrote("put", record_id, kind, field, [before, was], [value, chosen])
                unit.private.put(record_id, kind, field, value, unit.at, chosen)
            return
        unit.wrote("put", record_id, kind, field, _before(register), [value, chosen])
        unit.private.put(record_id, kind, field, value, unit.at, chosen)
        self._supersede(kind, record_id, field, register, None, None)

    def _share(
        self,
        kind: Kind,
        record_id: RecordId,
        field: Field,
        register: Register,
        value: Any,
        chosen: Audience | None,
    ) -> None:
        unit = self._unit
        kept = unit.private.kept(record_id, field)
        shown = register.shown if register.versions else None
        same = (shown.value, shown.audience) == (value, chosen) if shown else value is None
        if kept is None and same and len(register.versions) <= 1:
            return
        before = _before(register) if kept is None else [kept[0], Audience.PRIVATE]
        unit.wrote("put", record_id, kind, field, before, [value, chosen])
        if kept is not None:
            unit.private.forget(record_id, field)
        self._supersede(kind, record_id, field, register, value, chosen)

    def _supersede(
        self,
        kind: Kind,
        record_id: RecordId,
        field: Field,
        register: Register,
        value: Any,
        chosen: Audience | None,
    ) -> None:
        stamp = self._unit.stamp()
        if stamp.dot in register.versions:
            stamp = self._unit.fresh_stamp()
        written = register.write(Version(stamp, value, None if chosen is None else int(chosen)))
        self._unit.registers.save(kind, record_id, field.number, written)


def _before(register: Register) -> list[Any]:
    """What undoing puts back: the value shown, its audience, and all the siblings when there were several."""
    if not register.versions:
        return [None, None]
    several = [v.value for v in register.siblings] if len(register.versions) > 1 else None
    return [register.shown.value, register.shown.audience, several]


def _shown_audience(register: Register) -> Audience | None:
    audience = register.shown.audience if register.versions else None
    return None if audience is None else Audience(audience)
