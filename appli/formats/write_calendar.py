"""Events as iCalendar, for the agendas of telephones and websites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vRecur


@dataclass(frozen=True, slots=True)
class OutEvent:
    """One event. `start` and `end` are ISO, with an hour or without; `written` is wall time."""

    uid: str
    title: str
    start: str
    end: str | None = None
    timezone: str = "Europe/Paris"
    recurrence: str | None = None
    exceptions: Sequence[str] = ()
    description: str = ""
    location: str = ""
    url: str = ""
    status: str = ""
    categories: Sequence[str] = ()
    position: tuple[float, float] | None = None


def calendar_bytes(events: Iterable[OutEvent], name: str, written: datetime) -> bytes:
    """A calendar with these events; their time zones with them."""
    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(_event(event, written))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(event: OutEvent, written: datetime) -> Event:
    made = Event()
    made.add("uid", f"urn:uuid:{event.uid}")
    made.add("dtstamp", written)
    made.add("summary", event.title)
    zone = ZoneInfo(event.timezone)
    start = _moment(event.start, zone)
    made.add("dtstart", start)
    if event.end:
        end = _moment(event.end, zone)
        # in a calendar, a day that ends is the first one that is over
        made.add("dtend", end if isinstance(end, datetime) else end + timedelta(days=1))
    if event.recurrence:
        made.add("rrule", vRecur.from_ical(event.recurrence))
    for day in event.exceptions:
        moment = _moment(day, zone)
        same_hour = datetime.combine(moment, start.timetz()) if isinstance(start, datetime) else moment
        made.add("exdate", same_hour)
    for key, words in (("description", event.description), ("location", event.location), ("url", event.url)):
        if words:
            made.add(key, words)
    if event.status:
        made.add("status", event.status)
    if event.categories:
        made.add("categories", list(event.categories))
    if event.position is not None:
        made.add("geo", event.position)
    return made


def _moment(iso: str, zone: ZoneInfo) -> date | datetime:
    if "T" in iso:
        return datetime.fromisoformat(iso).replace(tzinfo=zone)
    return date.fromisoformat(iso)
