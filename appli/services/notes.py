"""Notes about a sheet: who noted what, and when. Added, never rewritten; taken off or erased as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from appli.domain.audience import Audience
from appli.domain.changes import Changes, Create, Put
from appli.domain.entry import Entry
from appli.domain.ids import RecordId, new_id
from appli.errors import UserError
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.editing import refuse_restricted
from appli.services.indexing import is_live
from appli.services.note_writing import note_values


@dataclass(frozen=True, slots=True)
class Shown:
    """One note. `others`: what else other PCs say it says; nothing of it was lost, nothing took its place."""

    id: RecordId
    date: str
    author: str
    text: str
    audience: Audience
    others: tuple[str, ...] = ()


def notes_of(directory: Directory, sheet: Entry) -> list[Shown]:
    """The standing notes of a sheet, the latest first."""
    rows = directory.reads.parts("note", [sheet.id]).get(sheet.id, [])
    found = [_shown(sheet, row) for row in rows if is_live(row) and row.values.get("text")]
    return sorted(found, key=lambda note: (note.date, note.id), reverse=True)


def _shown(sheet: Entry, row: Entry) -> Shown:
    # the first to be written is the note: whatever came after it can only stand beside
    texts = [str(s.value) for s in reversed(row.siblings.get("text", ())) if s.value] or [str(row.values["text"])]
    return Shown(
        row.id,
        str(row.values.get("date") or ""),
        str(row.values.get("author") or ""),
        texts[0],
        min(row.audience, sheet.audience),
        tuple(texts[1:]),
    )


def add(directory: Directory, sheet: RecordId, text: str, audience: Audience = Audience.PRIVATE) -> Changes:
    """Note something about a sheet, for this PC alone unless told otherwise. Raises UserError."""
    entry = directory.reads.entry(sheet)
    if entry is None or not entry.kind.is_main:
        raise UserError(
            "no_record",
            _("Cette fiche n’est plus dans l’annuaire. Rien n’a changé."),
            _("Actualisez la liste, puis réessayez."),
        )
    refuse_restricted(entry)
    values: dict[str, Any] = {"owner": sheet.hex(), "audience": int(audience), **note_values(directory, text)}
    made = Create(new_id(directory.store.folder.clock()), "note", values)
    return directory.do(_("Ajouter une note"), [made])


def take_off(directory: Directory, note: RecordId) -> Changes:
    """Take a note off its sheet; « Annuler » puts it back."""
    return directory.do(_("Enlever une note"), [Put(_note(directory, note).id, "trashed", True)])


def _note(directory: Directory, note: RecordId) -> Entry:
    entry = directory.reads.entry(note)
    if entry is None or entry.kind.code != "note":
        raise UserError(
            "no_note",
            _("Cette note n’est plus dans l’annuaire. Rien n’a changé."),
            _("Actualisez la fiche, puis réessayez."),
        )
    return entry
