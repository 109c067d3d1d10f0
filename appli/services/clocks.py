"""Clocks that are wrong: nothing is merged by them, but what they date misleads whoever reads it.

This PC's clock is held against the day this version was released and the times at which others wrote. One PC that is
years ahead must not make all the others doubt themselves: what others wrote later counts when two of them did.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from appli.domain.moments import local
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.wording import date_text

DAY, YEAR = 86_400_000, 366 * 86_400_000
RELEASED = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp() * 1000)
"""No PC ran this version before: to be raised with each release."""
BORN = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)
"""No PC ran any version before."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What speaks against this PC's clock: the moment it is held against, in ms."""

    now: int
    against: int

    @property
    def ahead(self) -> bool:
        """Whether it says a day much too late, rather than one that is over."""
        return self.now > self.against


def doubt_of(directory: Directory, now: int) -> Doubt | None:
    """Whether the clock of this PC, which says `now`, is likely to be wrong."""
    times = directory.store.concord.latest_times()
    own = times.pop(directory.store.replica, 0)
    return doubt(now, own, times.values())


def doubt(now: int, own: int, others: Iterable[int]) -> Doubt | None:
    """The same of a moment; `own`: when this PC wrote last, `others`: when each other PC did."""
    latest, second, *_rest = [*sorted(others, reverse=True), 0, 0]
    seen = max(RELEASED, own, second)
    if now < seen - DAY:
        return Doubt(now, seen)
    newest = max(seen, latest)
    return Doubt(now, newest) if now > newest + YEAR else None


def own_words(found: Doubt) -> tuple[str, str]:
    """(what is odd, what to do)."""
    says, against = day_of(found.now), day_of(found.against)
    if found.ahead:
        words = _("L’horloge de ce poste indique le {day}, plus d’un an après tout ce que contient l’annuaire.")
    else:
        words = _("L’horloge de ce poste indique le {day}, mais l’annuaire a déjà vu le {later}.")
    return words.format(day=says, later=against), _(
        "Réglez la date dans les paramètres de l’ordinateur. Rien n’est perdu, les fiches se réunissent sans elle, "
        "mais ce que vous écrivez porterait une fausse date."
    )


def sender_words(label: str, made_at: int, now: int) -> str:
    """What is odd about the clock of who made a packet; empty when nothing is."""
    if BORN <= made_at <= now + DAY:
        return ""
    words = _(
        "L’horloge du poste «\u00a0{name}\u00a0» indique le {day}\u00a0: les dates de ses fiches seront fausses, "
        "le reste est juste. Dites-lui de la régler, ou réglez la vôtre."
    )
    return words.format(name=label, day=day_of(made_at))


def day_of(moment: int) -> str:
    """« 3 mai 2090 »."""
    return date_text(local(moment).date().isoformat())
