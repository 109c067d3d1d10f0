"""Photos of a sheet: adding, describing, ordering and removing them, and what the screen shows of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from appli.domain.audience import Audience
from appli.domain.changes import Changes, Put
from appli.domain.entry import Entry
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.editing import refuse_restricted
from appli.services.photo_intake import addition, ceiling, intake, no_agreement, photos_of, refuse_too_many


@dataclass(frozen=True, slots=True)
class Shown:
    """One photo of a sheet. `small` is its thumbnail; None while the photo is not here, or cannot be read.

    `withheld`: it was shared, and whoever it shows agrees no longer; it is not shown, on any PC.
    """

    id: RecordId
    sha256: str
    alt: str
    credit: str
    licence: str
    audience: Audience
    small: bytes | None
    withheld: bool = False


def shown_of(directory: Directory, sheet: Entry) -> list[Shown]:
    """The photos of a sheet as the screen shows them; those that are not here yet keep their place."""
    return [_shown(directory, sheet, one) for one in photos_of(directory, sheet.id)]


def _shown(directory: Directory, sheet: Entry, one: Entry) -> Shown:
    licence, name = one.values.get("licence"), str(one.values["sha256"])
    codes, audience = one.kind.fields["licence"].codes, min(one.audience, sheet.audience)
    withheld = audience > ceiling(directory, sheet, one.values.get("consent"))
    return Shown(
        one.id,
        name,
        str(one.values.get("alt") or ""),
        str(one.values.get("credit") or ""),
        codes.label(licence) if codes and licence else "",
        audience,
        None if withheld else small(directory, name),
        withheld,
    )


def small(directory: Directory, name: str) -> bytes | None:
    """The thumbnail of a photo, made the first time; None when the photo is not here or is none."""
    kept = directory.store.photos
    if kept.size(name) is None:
        return None
    found = kept.small(name)
    content = kept.get(name) if found is None else None  # the whole photo is read and checked only to make one
    if content is not None:
        from appli.formats.pictures import thumbnail

        found = thumbnail(content)
        if found is not None:
            kept.keep_small(name, found)
    return found


def for_screen(directory: Directory, name: str) -> bytes | None:
    """A photo as the window may decode it; None when it is not here or is none."""
    from appli.formats.pictures import for_screen as written_anew

    content = directory.store.photos.get(name)
    return None if content is None else written_anew(content)


# --- changing them --------------------------------------------------------------------------------


def add(directory: Directory, sheet: RecordId, path: Path, alt: str = "", audience: Audience | None = None) -> Changes:
    """Put the photo of a file on a sheet, after those that are there. Raises UserError."""
    entry = _sheet(directory, sheet)
    present = photos_of(directory, sheet)
    refuse_too_many(len(present) + 1)
    kept = intake(directory, path)
    if alt.strip():
        kept["alt"] = alt.strip()
    last = max((int(p.values.get("order") or 0) for p in present), default=-1)
    return directory.do(_("Ajouter une photo"), [addition(directory, entry, kept, last + 1, audience)])


def remove(directory: Directory, photo: RecordId) -> Changes:
    """Take a photo off its sheet; « Annuler » puts it back."""
    return directory.do(_("Enlever une photo"), [Put(_photo(directory, photo).id, "trashed", True)])


def describe(directory: Directory, photo: RecordId, alt: str) -> Changes:
    """Say in words what a photo shows."""
    return directory.do(_("Décrire une photo"), [Put(_photo(directory, photo).id, "alt", alt.strip() or None)])


def reorder(directory: Directory, sheet: RecordId, ids: Sequence[RecordId]) -> Changes:
    """Give the photos of a sheet another order; the first one stands for it."""
    entry = _sheet(directory, sheet)
    present = {p.id: p for p in photos_of(directory, entry.id)}
    wanted = [one for one in ids if one in present]
    wanted += [one for one in present if one not in ids]
    moved = [(place, one) for place, one in enumerate(wanted) if present[one].values.get("order") != place]
    return directory.do(_("Ranger les photos"), [Put(one, "order", place) for place, one in moved])


def share(directory: Directory, photo: RecordId, audience: Audience) -> Changes:
    """Choose who sees a photo. Raises UserError when somebody it shows has not agreed."""
    one = _photo(directory, photo)
    sheet = _sheet(directory, bytes.fromhex(str(one.values["owner"])))
    if audience > ceiling(directory, sheet, one.values.get("consent")):
        raise no_agreement()
    return directory.do(_("Choisir qui voit une photo"), [Put(photo, "audience", int(audience))])


def tidy(directory: Directory) -> None:
    """Let go of the photos that nothing names: chosen in a form that was given up."""
    directory.store.photos.sweep()


def _sheet(directory: Directory, sheet: RecordId) -> Entry:
    entry = directory.reads.entry(sheet)
    if entry is None or not entry.kind.is_main:
        raise UserError(
            "no_record",
            _("Cette fiche n’est plus dans l’annuaire. Rien n’a changé."),
            _("Actualisez la liste, puis réessayez."),
        )
    refuse_restricted(entry)
    return entry


def _photo(directory: Directory, photo: RecordId) -> Entry:
    entry = directory.reads.entry(photo)
    if entry is None or entry.kind.code != "photo":
        raise UserError(
            "no_photo",
            _("Cette photo n’est plus dans l’annuaire. Rien n’a changé."),
            _("Actualisez la fiche, puis réessayez."),
        )
    owner = directory.reads.entry(bytes.fromhex(str(entry.values.get("owner") or "")))
    if owner is not None:
        refuse_restricted(owner)
    return entry
