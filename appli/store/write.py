"""The one write door: form, import, undo and bundle all pass here, so dots, journal and privacy work alike for all.

A unit of work is one commit: one dot for all its shared changes, one journal entry to undo it. Each change goes where
its audience says: the shared file with a version, or the private file without one. A part of a private record is
private, a link takes the narrower of its ends. What a kind declares written once (a note) is never written over.
"""

from __future__ import annotations

from appli.domain.changes import Add, Change, Changes, Create, Put, Withdraw, Work
from appli.domain.fields import Kind
from appli.errors import UserError
from appli.i18n import _
from appli.store.field_write import FieldWriter
from appli.store.folder import Folder, raw
from appli.store.record_write import RecordWriter
from appli.store.recovery import settle
from appli.store.unit import Unit


def write(folder: Folder, work: Work, *, undoes: int | None = None) -> Changes:
    """Carry out a unit of work in one transaction; all of it lands or nothing.

    Raises UserError for a change that cannot be made, EnvironmentProblem for the disk.
    """
    with folder.transaction(content=False) as connection:
        unit = Unit(folder, raw(connection), work.operator)
        settle(unit.registers, unit.journal, unit.uid)
        door = _Door(unit, again=undoes is not None)
        for change in work.changes:
            door.carry_out(change)
        done = door.finish(work.label, undoes)
        if done:
            folder.content_changed(connection)
        return done


class _Door:
    """Hands each change to the one who knows how to make it."""

    def __init__(self, unit: Unit, *, again: bool) -> None:
        self._unit = unit
        self._again = again
        self._fields = FieldWriter(unit)
        self._records = RecordWriter(unit, self._put, again=again)

    def carry_out(self, change: Change) -> None:
        """One change, in the order asked."""
        if isinstance(change, Create):
            self._records.create(change)
            return
        self._records.flush()
        if isinstance(change, Put):
            self._put(change)
        elif isinstance(change, Add):
            self._refuse_rewriting(self._unit.kind(change.id), change)
            self._fields.add(self._unit.kind(change.id), change)
        elif isinstance(change, Withdraw):
            self._records.withdraw(change.id)
        else:
            self._records.erase(change.id)

    def finish(self, label: str, undoes: int | None) -> Changes:
        """Note the work in the journal; tell what it touched."""
        self._records.flush()
        return self._unit.finish(label, undoes)

    def _put(self, change: Put) -> None:
        kind = self._unit.kind(change.id)
        value = kind.fields[change.field].validate(change.value)
        self._records.refuse_erased(change.id, kind, {change.field: value})
        self._refuse_rewriting(kind, change)
        if change.field == "audience" and self._records.crosses(kind, change.id, {"audience": value}):
            self._records.move(kind, change.id, value)
        else:
            self._fields.put(kind, change)

    def _refuse_rewriting(self, kind: Kind, change: Put | Add) -> None:
        """What is written once stays as it was, where it was; undoing alone puts back what an older version did."""
        if self._again or not kind.is_written_once(kind.fields[change.field].number):
            return
        unit = self._unit
        standing = unit.registers.values(kind, change.id) | unit.private.values(change.id, kind)
        if standing.get(change.field) != change.value:
            raise UserError(
                "written_once",
                _("Une note ne se réécrit pas. Rien n’a changé."),
                _("Ajoutez une autre note, ou enlevez celle-ci."),
            )
        if isinstance(change, Put) and self._fields.would_part(kind, change):
            raise UserError(
                "written_once",
                _("Le texte d’une note va où va la note. Rien n’a changé."),
                _("Changez la diffusion de la note entière."),
            )
