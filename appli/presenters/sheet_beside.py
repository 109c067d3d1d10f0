"""What a sheet keeps beside its fields, in the words of the screen: photos, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appli.domain.audience import Audience
from appli.domain.ids import RecordId
from appli.i18n import N_, _, number

if TYPE_CHECKING:
    from appli.services.sheets import Sheet

NOT_HERE = N_("Cette photo n’est pas encore arrivée sur ce poste.")


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """One photo. `small` is a thumbnail that we wrote; None while the photo is not on this PC."""

    id: RecordId
    sha256: str
    small: bytes | None
    words: str
    """What it shows, for eyes that do not see it; its number when nobody said."""
    caption: str
    """What stands under it."""
    audience: str
    why_not: str = ""
    """Why it is not shown, when it is not."""


@dataclass(frozen=True, slots=True)
class ShownNote:
    """One note. `others`: what else it says according to other PCs."""

    id: RecordId
    lead: str
    """When, and who."""
    text: str
    audience: str
    others: tuple[str, ...] = ()


def photos_of(sheet: Sheet) -> Iterator[ShownPhoto]:
    """The photos of a sheet."""
    total = len(sheet.photos)
    for place, one in enumerate(sheet.photos, 1):
        words = one.alt or _("Photo {n} sur {total}, sans description").format(n=number(place), total=number(total))
        credit = _("Photo : {credit}").format(credit=one.credit) if one.credit else ""
        caption = " · ".join(part for part in (one.alt, credit, one.licence) if part)
        why_not = "" if one.small else _(NOT_HERE)
        if one.withheld:
            why_not = _("Sans accord pour la photo, elle n’est plus montrée. Effacez-la, ou demandez à la personne.")
        yield ShownPhoto(one.id, one.sha256, one.small, words, caption, _level(one.audience), why_not)


def notes_of(sheet: Sheet) -> Iterator[ShownNote]:
    """The notes of a sheet, the latest first."""
    from appli.services.wording import date_text

    for one in sheet.notes:
        lead = " · ".join(part for part in (date_text(one.date) if one.date else "", one.author) if part)
        yield ShownNote(one.id, lead, one.text, _level(one.audience), one.others)


def _level(audience: Audience) -> str:
    return Audience.SHARED.code if audience is Audience.HOSTS else audience.code
