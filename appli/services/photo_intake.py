"""A photo on its way into the directory: kept without what it says of place and time, shown to no more than agreed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from appli.domain import portraits
from appli.domain.answers import UNASKED, Answers, answers_by_person
from appli.domain.audience import Audience
from appli.domain.changes import Change, Create
from appli.domain.entry import Entry
from appli.domain.ids import RecordId, new_id
from appli.errors import UserError
from appli.i18n import _, number
from appli.services.indexing import Directory, is_live

MOST = 30
"""Photos of one sheet."""


def intake(directory: Directory, path: Path) -> dict[str, Any]:
    """Keep the photo of a file, without what it says of place and time; what names it. Raises UserError."""
    from appli.formats.pictures import prepare  # Pillow waits until there is a picture

    made = prepare(path)
    name = directory.store.photos.put(made.content)
    return {"sha256": name, "mime": made.mime, "size": len(made.content)}


def photos_of(directory: Directory, sheet: RecordId) -> list[Entry]:
    """The standing photos of a sheet, in their order."""
    return [r for r in directory.reads.parts("photo", [sheet]).get(sheet, []) if is_live(r) and r.values.get("sha256")]


def ceiling(directory: Directory, sheet: Entry, shown: str | None = None) -> Audience:
    """The widest audience that a photo of this sheet may have: without her yes, a person's stays on this PC."""
    return portraits.ceiling(sheet.kind.code, _answers(directory, sheet), shown)


def _answers(directory: Directory, sheet: Entry) -> Answers:
    if sheet.kind.code != "person":
        return UNASKED
    rows = directory.reads.parts("consent", [sheet.id]).get(sheet.id, [])
    return answers_by_person(rows).get(sheet.id, UNASKED)


def addition(
    directory: Directory, sheet: Entry, kept: Mapping[str, Any], order: int, wanted: Audience | None = None
) -> Change:
    """What puts a kept photo on a sheet. `kept`: what `intake` said, and whatever else is known of it."""
    allowed = ceiling(directory, sheet, kept.get("consent"))
    audience = min(Audience.SHARED if wanted is None else wanted, allowed)
    values = {"owner": sheet.id.hex(), "order": order, "audience": int(audience), **kept}
    return Create(new_id(directory.store.folder.clock()), "photo", values)


def refuse_too_many(count: int) -> None:
    """A sheet is no album. Raises UserError."""
    if count > MOST:
        raise UserError(
            "too_many_photos",
            _("Une fiche tient au plus {n} photos. Rien n’a changé.").format(n=number(MOST)),
            _("Enlevez-en une d’abord."),
        )


def no_agreement() -> UserError:
    """Somebody on a photo has not said yes."""
    return UserError(
        "photo_consent",
        _("Il manque l’accord de la personne pour la photo : elle reste sur ce poste. Rien n’a changé."),
        _("Notez d’abord son accord pour « Photo »."),
    )
