"""Writing whole records: creating them, moving them between the two files, taking them back, forgetting them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.causality import Erasure
from appli.domain.changes import Create, Put
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _
from appli.store.erase import erase, erased_among
from appli.store.parts import parts_of
from appli.store.registers import NewRow, bindings
from appli.store.unit import Unit, is_private

Chosen = Mapping[str, Audience]
_BATCH = 1000
"""Creations made together: each question to the base is asked once for all of them."""


class RecordWriter:
    """Creates, moves, withdraws and erases records in one unit of work.

    Creations are gathered and made some hundreds at a time, at the latest by `flush`. `again` tells that records
    created here existed before: a copy of this folder may create them again as well, so they get no base.
    """

    def __init__(self, unit: Unit, put: Callable[[Put], None], *, again: bool) -> None:
        self._unit = unit
        self._put = put
        self._again = again
        self._asked: list[Create] = []
        self._new: dict[tuple[Kind, bool], list[NewRow]] = {}

    def create(self, change: Create) -> None:
        """A new record; one that is there already (its id says what it is) is written over."""
        self._asked.append(change)
        if len(self._asked) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Make the creations asked so far."""
        if self._asked:
            asked, self._asked = self._asked, []
            self._create_all(asked)
        self._write_new()

    def _create_all(self, asked: Sequence[Create]) -> None:
        checked = [(c, kind, kind.validate(c.values)) for c in asked for kind in (catalogue.kind(c.kind),)]
        self._refuse_erased(i for c, kind, values in checked for i in (c.id, *_owners(kind, values)))
        here = self._unit.registers.present([c.id for c in asked])
        for change, kind, values in checked:
            if change.id in here or change.id in self._unit.private.records:
                self._write_new()
                for name, value in values.items():
                    self._put(Put(change.id, name, value, change.overrides.get(name)))
            else:
                self._create(change, kind, values)
                here.add(change.id)

    def _create(self, change: Create, kind: Kind, values: Mapping[str, Any]) -> None:
        unit = self._unit
        unit.created(change.id, kind)
        if values.get("audience", kind.info.audience) == Audience.PRIVATE or self._touches_private(kind, values):
            unit.private.create(change.id, kind, values, unit.at, change.overrides)
        else:
            based = not (kind.info.derived_from or self._again)
            self._publish(kind, change.id, values, change.overrides, based=based)

    def _write_new(self) -> None:
        """Write the shared rows gathered so far, kind by kind."""
        if not self._new:
            return
        stamp = self._unit.stamp()
        new, self._new = self._new, {}
        for (kind, based), rows in new.items():
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
        self._refuse_erased([record_id, *_owners(kind, values)])

    def _refuse_erased(self, ids: Iterable[RecordId]) -> None:
        if erased_among(self._unit.registers, ids):
            raise UserError(
                "erased",
                _("Cette fiche a été effacée pour toujours. Rien n’a changé."),
                _("Créez une nouvelle fiche si la personne le demande."),
            )

    def _publish(
        self, kind: Kind, record_id: RecordId, values: Mapping[str, Any], chosen: Chosen, *, based: bool
    ) -> None:
        """Share a record, and keep beside it the values that stay private."""
        unit = self._unit
        if chosen or not _never_shared(kind).isdisjoint(values):
            shared: dict[str, Any] = {}
            for name in values.keys() | chosen.keys():
                value, choice = values.get(name), chosen.get(name)
                if is_private(kind.fields[name], choice):
                    unit.private.put(record_id, kind, kind.fields[name], value, unit.at, choice)
                elif value is not None or choice is not None:
                    shared[name] = value
            values, chosen = shared, {n: a for n, a in chosen.items() if n in shared}
        self._new.setdefault((kind, based), []).append((record_id, values, chosen))

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
        kept = self._unit.private.records
        return bool(kept) and any(owner in kept for owner in _owners(kind, values))

    def _take_back(self, kind: Kind, record_id: RecordId) -> None:
        """Out of the shared file without a trace, if it never left this PC."""
        unit = self._unit
        if unit.may_be_elsewhere(record_id):
            raise UserError(
                "already_sent",
                _("Cette fiche est déjà partie vers d’autres postes, elle ne peut plus être reprise. Rien n’a changé."),
                _("« Ne garder que pour moi… », sur la fiche, l’efface chez les autres et en garde une copie privée."),
            )
        unit.registers.remove(kind, record_id)
        unit.private.note_taken_back(record_id, unit.uid, unit.stamp().counter)


def _owners(kind: Kind, values: Mapping[str, Any]) -> list[RecordId]:
    """The records that one of this kind lives by."""
    return [bytes.fromhex(owner) for f in bindings(kind) if (owner := values.get(f.name))]


@cache
def _never_shared(kind: Kind) -> frozenset[str]:
    """Fields that stay on this PC unless somebody chose otherwise."""
    return frozenset(name for name, field in kind.fields.items() if is_private(field, None))
