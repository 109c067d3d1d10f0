"""On which days something that repeats takes place, by an iCalendar rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

MOST = 400
"""Of one event; a rule without an end would go on for ever."""


def days(start: str, rule: str | None, exceptions: Iterable[str], first: date, last: date) -> Iterator[date]:
    """The days between `first` and `last`, both included; `start` is a date with or without an hour, in ISO.

    A rule that cannot be read gives the first day alone.
    """
    begins = date.fromisoformat(start[:10])
    without = set(exceptions)
    found = (day for day in _all(begins, rule, first, last) if first <= day <= last and day.isoformat() not in without)
    yield from found


def _all(begins: date, rule: str | None, first: date, last: date) -> Iterator[date]:
    if not rule:
        yield begins
        return
    try:
        read = rrulestr(_without_zone(rule), dtstart=datetime.combine(begins, time()))
    except (ValueError, TypeError, KeyError, AttributeError):
        yield begins
        return
    start, end = datetime.combine(first, time()), datetime.combine(last + timedelta(days=1), time())
    for count, moment in enumerate(read.xafter(start, inc=True)):
        if moment >= end or count >= MOST:
            return
        yield moment.date()


def _without_zone(rule: str) -> str:
    """The end of a rule as a day: hours and zones of UNTIL would need those of the start."""
    parts = (part[:14] if part.startswith("UNTIL=") else part for part in rule.split(";"))
    return ";".join(parts)
