"""How fresh sheets are: when somebody last confirmed them, or else last wrote in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from appli.domain.changes import Changes, Put
from appli.domain.entry import Entry
from appli.domain.ids import RecordId, made_at
from appli.domain.moments import local
from appli.errors import UserError
from appli.i18n import N_, _
from appli.services.directory import Directory
from appli.services.wording import date_text

WAYS: Mapping[str, str] = {
    "phone": N_("Au téléphone"),
    "visit": N_("Pendant une visite"),
    "mail": N_("Par courriel"),
    "paper": N_("Sur papier"),
}
"""How a sheet was confirmed."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Freshness:
    """One sheet: the day it was last known to be right, and whether somebody confirmed it that day."""

    id: RecordId
    on: str
    """ISO, whole or not; empty when nothing tells."""
    confirmed: bool

    def months(self, today: date) -> int:
        """Whole months since then; a sheet of which nothing tells is as old as can be."""
        return months_between(self.on, today) if self.on else 12 * 100


def months_between(iso: str, today: date) -> int:
    """Whole months from a day to today, never less than nothing; a year or a month alone counts from its first day."""
    year, month, day = (*(int(part) for part in iso[:10].split("-")), 1, 1)[:3]
    return max(0, (today.year - year) * 12 + today.month - month - (today.day < day))


def freshness(directory: Directory, ids: Sequence[RecordId]) -> Iterable[Freshness]:
    """Of each sheet that is here."""
    for start in range(0, len(ids), _BATCH):
        yield from map(_of, directory.reads.entries(ids[start : start + _BATCH]))


def not_confirmed(directory: Directory, ids: Sequence[RecordId], months: int, today: date) -> list[RecordId]:
    """Those that nobody confirmed nor changed for so many months, in their order."""
    stale = {one.id for one in freshness(directory, ids) if one.months(today) >= months}
    return [record for record in ids if record in stale]


def confirmed_words(values: Mapping[str, Any]) -> str:
    """« 12 mars 2025 »: when a sheet with these values was confirmed; empty for never."""
    day = str((values.get("confirmation") or {}).get("on") or "")
    return date_text(day) if day else ""


def today_of(directory: Directory) -> date:
    """The day of this PC."""
    return datetime.fromtimestamp(directory.store.folder.clock() / 1000).astimezone().date()


def confirm_all(directory: Directory, ids: Sequence[RecordId], how: str, on: str) -> Changes:
    """Note that several sheets were checked, in one work; those that are frozen or gone stay as they are."""
    entries = [e for e in directory.reads.entries(ids) if not e.trashed and not e.values.get("restricted")]
    if not entries:
        raise UserError(
            "nothing_to_confirm",
            _("Aucune de ces fiches ne peut être confirmée. Rien n’a changé."),
            _("Celles qui sont gelées ou à la corbeille ne se confirment pas."),
        )
    value = {"on": on, "how": how, "by": directory.operator or None}
    label = _("Confirmer la fiche") if len(entries) == 1 else _("Confirmer plusieurs fiches")
    return directory.do(label, [Put(e.id, "confirmation", value) for e in entries])


def _of(entry: Entry) -> Freshness:
    confirmation = entry.values.get("confirmation") or {}
    if confirmation.get("on"):
        return Freshness(entry.id, str(confirmation["on"]), confirmed=True)
    at = entry.stamp.at if entry.stamp else made_at(entry.id)  # what never leaves this PC has no versions
    return Freshness(entry.id, local(at).date().isoformat() if at is not None else "", confirmed=False)
