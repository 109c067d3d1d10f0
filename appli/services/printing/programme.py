"""The programme: what takes place, week by week, day by day; what repeats is there each time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from appli.formats.recurrence import days
from appli.i18n import _
from appli.services.exporting.subjects import Subject
from appli.services.printing.job import Job
from appli.services.wording import MONTHS, date_text, time_text, value_text

LONG = 3
"""Days from which an event is told once a week and no longer every day."""
_DAYS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")


def compose(job: Job) -> Mapping[str, Any]:
    """{weeks: [{title, days: [{title, events: [sheet + {hours, price, cancelled}]}]}], undated: [sheet + {when}]}."""
    monday = job.today - timedelta(days=job.today.weekday())
    last = monday + timedelta(days=7 * int(job.edition.option("weeks")) - 1)
    placed: dict[date, list[tuple[str, dict[str, Any]]]] = {}
    undated: list[dict[str, Any]] = []
    shown = 0
    for subject in job.subjects():
        period = subject.values.get("period") or {}
        start = str(period.get("start") or "")
        event = _event(job, subject, start, str(period.get("end") or ""))
        if len(start) < 10:
            if not start or start >= job.today.isoformat()[: len(start)]:
                undated.append({**event, "when": date_text(start) if start else ""})
                shown += 1
            continue
        when = sorted(_when(period, job.today, last))
        if len(when) > LONG and not period.get("recurrence"):
            event = {**event, "hours": _("jusqu’au {day}").format(day=_day(when[-1]).lower())}
            when = [day for day in when if day == when[0] or day.weekday() == 0]
        for day in when:
            placed.setdefault(day, []).append((start[11:], event))
        shown += bool(when)
    job.records = shown
    weeks: dict[date, list[dict[str, Any]]] = {}
    for day in sorted(placed):
        events = [event for _hour, event in sorted(placed[day], key=lambda one: one[0])]
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append({"title": _day(day), "events": events})
    return {"weeks": [{"title": _week(start), "days": found} for start, found in weeks.items()], "undated": undated}


def _when(period: Mapping[str, Any], first: date, last: date) -> set[date]:
    """The days it takes place on between two; of a span, each of them."""
    start, end = str(period["start"]), str(period.get("end") or "")
    rule = period.get("recurrence")
    without = [str(day) for day in period.get("exceptions") or ()]
    span = 0
    if len(end) >= 10:
        span = (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days
    if span and "T" in end and end[11:] <= "06:00":
        span -= 1  # a night is the day it began on
    found: set[date] = set()
    for day in days(start, rule, without, first - timedelta(days=min(span, 60)), last):
        found |= {day + timedelta(days=more) for more in range(min(span, 60) + 1)}
    return {day for day in found if first <= day <= last}


def _event(job: Job, subject: Subject, start: str, end: str) -> dict[str, Any]:
    sheet = job.sheet(subject)
    hours = ""
    if "T" in start:
        hours = time_text(start[11:])
        if "T" in end:
            hours = _("{start} – {end}").format(start=hours, end=time_text(end[11:]))
    values, kind = subject.values, subject.kind
    price = values.get("price")
    return {
        **sheet,
        "hours": hours,
        "price": value_text(job.directory, kind.fields["price"], price)
        if price
        else str(values.get("price_note") or ""),
        "registration": str(values.get("registration") or ""),
        "cancelled": values.get("status") == "cancelled",
        "postponed": values.get("status") == "postponed",
    }


def _day(day: date) -> str:
    """« Mardi 1er décembre »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{_DAYS[day.weekday()]} {number} {MONTHS[day.month - 1]}"


def _week(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    first = "1er" if monday.day == 1 else str(monday.day)
    if monday.month != sunday.month:
        first = f"{first} {MONTHS[monday.month - 1]}"
    return _("Semaine du {first} au {last}").format(first=first, last=date_text(sunday.isoformat()))
