"""Opening hours in OSM syntax, the part of it that French lists need: days, spans, closed, public holidays, a comment.

One value says a whole week: `Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00; PH off`. As in OSM, a later rule replaces
an earlier one for the days it names, and a rule that is only a comment (`"sur rendez-vous"`) is neither open nor shut.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from appli.i18n import N_, _

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
HOLIDAY = 7
"""Public holidays stand as an eighth day."""
_OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
_FRENCH_DAYS = (
    N_("lundi"), N_("mardi"), N_("mercredi"), N_("jeudi"), N_("vendredi"), N_("samedi"), N_("dimanche"),
    N_("jours fériés"),
)  # fmt: skip
_WEEK = frozenset(range(7))
DAY = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one minute of the day to another; past 24 h means the night after."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Opening:
    """What holds on some day: spans, closed (no span, no comment), or a comment that depends on circumstances."""

    spans: tuple[Span, ...] = ()
    comment: str | None = None


CLOSED = Opening()


@dataclass(frozen=True, slots=True)
class Rule:
    """Days of the week (0 = Monday, 7 = public holidays) and what holds then."""

    days: frozenset[int]
    opening: Opening


Hours = tuple[Rule, ...]

# --- reading and writing OSM ---------------------------------------------------------------------

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)"
_TIME = r"\d{1,2}:[0-5]\d"
_RULE = re.compile(
    rf"(?P<days>{_DAY}(?:-{_DAY})?(?:\s*,\s*{_DAY}(?:-{_DAY})?)*)?\s*:?\s*"
    rf"(?P<spans>{_TIME}\s*-\s*{_TIME}(?:\s*,\s*{_TIME}\s*-\s*{_TIME})*)?\s*"
    r"(?P<state>off|closed|open)?\s*"
    r'(?:"(?P<comment>[^"]{1,200})")?'
)


def parse_osm(text: str) -> Hours | None:
    """The rules, or None for what this program does not evaluate (seasons, weeks, sunset…)."""
    if text.strip() == "24/7":
        return (Rule(_WEEK, Opening((Span(0, DAY),))),)
    rules = [_parse_rule(part.strip()) for part in _split_rules(text) if part.strip()]
    known = tuple(rule for rule in rules if rule is not None)
    return known if known and len(known) == len(rules) else None


def _split_rules(text: str) -> list[str]:
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', text)


def _parse_rule(text: str) -> Rule | None:
    found = _RULE.fullmatch(text)
    if not found:
        return None
    days = _parse_days(found["days"]) if found["days"] else _WEEK
    closed = found["state"] in {"off", "closed"}
    spans = _parse_spans(found["spans"]) if found["spans"] else ()
    if spans is None or (closed and spans):
        return None
    if closed:
        return Rule(days, CLOSED)
    comment = None if found["state"] == "open" else found["comment"]
    return Rule(days, Opening(spans, comment)) if spans or comment else None


def _parse_days(text: str) -> frozenset[int]:
    days: set[int] = set()
    for part in text.split(","):
        first, _dash, last = part.strip().partition("-")
        start = _OSM_DAYS.index(first)
        end = _OSM_DAYS.index(last) if last else start
        days.update(range(start, end + 1) if start <= end else [*range(start, 7), *range(end + 1)])
    return frozenset(days)


def _parse_spans(text: str) -> tuple[Span, ...] | None:
    spans = []
    for part in text.split(","):
        start, end = (_minutes(time) for time in part.split("-"))
        spans.append(Span(start, end if end > start else end + DAY))
    return make_spans(spans)


def _minutes(time: str) -> int:
    hours, minutes = time.strip().split(":")
    return int(hours) * 60 + int(minutes)


def make_spans(spans: Iterable[Span]) -> tuple[Span, ...] | None:
    """In order, once each; None when a time does not exist or two spans overlap: which one holds is not said."""
    ordered = tuple(sorted(set(spans)))
    if any(not 0 <= s.start < DAY or not s.start < s.end <= s.start + DAY for s in ordered):
        return None
    if any(after.start < before.end for before, after in pairwise(ordered)):
        return None
    return ordered


def format_osm(hours: Hours) -> str:
    """The shortest canonical writing: days with the same hours together, in the order of the week."""
    groups = _grouped(hours)
    if groups == [(list(range(7)), Opening((Span(0, DAY),)))]:
        return "24/7"
    return "; ".join(f"{_osm_days(days)}{_osm_opening(opening)}" for days, opening in groups)


def _grouped(hours: Hours) -> list[tuple[list[int], Opening]]:
    """Days that share their hours, by the first of them; days nobody speaks of are left out."""
    groups: dict[Opening, list[int]] = {}
    for day in range(HOLIDAY + 1):
        opening = on_day(hours, day)
        if opening is not None:
            groups.setdefault(opening, []).append(day)
    return [(days, opening) for opening, days in groups.items()]


def on_day(hours: Hours, day: int) -> Opening | None:
    """What the last rule for that day says; None when no rule names it."""
    return next((rule.opening for rule in reversed(hours) if day in rule.days), None)


def _osm_days(days: Sequence[int]) -> str:
    if set(days) == _WEEK:
        return ""
    names = [
        _OSM_DAYS[run[0]] if len(run) == 1 else f"{_OSM_DAYS[run[0]]}{'-' if len(run) > 2 else ','}{_OSM_DAYS[run[-1]]}"
        for run in _runs(days)
    ]
    return ",".join(names) + " "


def _runs(days: Sequence[int]) -> list[list[int]]:
    """Days that follow each other; holidays stand apart."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1 and day != HOLIDAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _osm_opening(opening: Opening) -> str:
    if opening == CLOSED:
        return "off"
    spans = ",".join(f"{_osm_time(s.start)}-{_osm_time(s.end, end=True)}" for s in opening.spans)
    comment = f'"{opening.comment}"' if opening.comment else ""
    return " ".join(filter(None, (spans, comment)))


def _osm_time(minutes: int, *, end: bool = False) -> str:
    shown = minutes - DAY if minutes > DAY or (minutes == DAY and not end) else minutes
    return f"{shown // 60:02d}:{shown % 60:02d}"


# --- in French -----------------------------------------------------------------------------------


def describe(osm: str) -> str:
    """« lundi au vendredi, 9 h – 12 h et 14 h – 18 h ; samedi, 9 h – 12 h »; unknown syntax is shown as it is."""
    hours = parse_osm(osm)
    if hours is None:
        return osm
    open_days = [(days, opening) for days, opening in _grouped(hours) if opening != CLOSED]
    closed = [day for days, opening in _grouped(hours) if opening == CLOSED for day in days]
    parts = [_describe_group(days, opening) for days, opening in open_days]
    if closed:
        parts.append(_("fermé {days}").format(days=_closed_days(closed)))
    return "\u202f; ".join(parts)


def _describe_group(days: Sequence[int], opening: Opening) -> str:
    when = _("24\u00a0h sur 24") if opening.spans == (Span(0, DAY),) else _and([span_text(s) for s in opening.spans])
    if not opening.spans and set(days) == _WEEK:
        return opening.comment or ""
    if opening.comment:
        when = f"{when} ({opening.comment})" if when else opening.comment
    return f"{_day_names(days)}, {when}"


def _day_names(days: Sequence[int]) -> str:
    if set(days) >= _WEEK:
        return _("tous les jours") if set(days) == _WEEK else _("tous les jours, fériés compris")
    names: list[str] = []
    for run in _runs(days):
        if len(run) > 2:
            names.append(_("{first} au {last}").format(first=_(_FRENCH_DAYS[run[0]]), last=_(_FRENCH_DAYS[run[-1]])))
        else:
            names += [_(_FRENCH_DAYS[day]) for day in run]
    return _and(names)


def _closed_days(days: Sequence[int]) -> str:
    if set(days) >= _WEEK:
        return _("tous les jours")
    return _and([_("les jours fériés") if d == HOLIDAY else _("le {day}").format(day=_(_FRENCH_DAYS[d])) for d in days])


def _and(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("{first} et {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def span_text(span: Span) -> str:
    """« 9 h – 12 h 30 »."""
    return f"{time_text(span.start)}\u00a0– {time_text(span.end)}"


def time_text(minutes: int) -> str:
    """« 9 h 30 », « midi » is written 12 h."""
    hours, rest = divmod(minutes if minutes <= DAY else minutes - DAY, 60)
    return f"{hours}\u00a0h\u00a0{rest:02d}" if rest else f"{hours}\u00a0h"


# --- now -----------------------------------------------------------------------------------------


def is_open(osm: str, when: dt.datetime) -> bool | None:
    """Open, closed, or None when it depends (on an appointment, on a syntax unknown here)."""
    hours = parse_osm(osm)
    if hours is None:
        return None
    minute = when.hour * 60 + when.minute
    today, yesterday = _on_date(hours, when.date()), _on_date(hours, when.date() - dt.timedelta(days=1))
    if _within(yesterday, minute + DAY):
        return None if yesterday.comment else True
    if today.comment and not today.spans:
        return None
    return (None if today.comment else True) if _within(today, minute) else False


def today_sentence(osm: str, when: dt.datetime) -> str | None:
    """« Ouvert aujourd’hui jusqu’à 18 h », « Ouvre aujourd’hui à 14 h », « Fermé aujourd’hui »; None when not known."""
    hours = parse_osm(osm)
    if hours is None:
        return None
    minute = when.hour * 60 + when.minute
    night = _within(_on_date(hours, when.date() - dt.timedelta(days=1)), minute + DAY)
    today = _on_date(hours, when.date())
    if today.comment and not night:
        return _("Aujourd’hui\u00a0: {what}").format(what=_describe_today(today))
    if now := night or _within(today, minute):
        return _("Ouvert aujourd’hui jusqu’à {time}").format(time=time_text(now.end))
    later = next((span for span in today.spans if span.start > minute), None)
    if later is not None:
        return _("Ouvre aujourd’hui à {time}").format(time=time_text(later.start))
    return _("Fermé pour aujourd’hui") if today.spans else _("Fermé aujourd’hui")


def _describe_today(today: Opening) -> str:
    spans = _and([span_text(span) for span in today.spans])
    return ", ".join(filter(None, (spans, today.comment)))


def _within(opening: Opening, minute: int) -> Span | None:
    return next((span for span in opening.spans if span.start <= minute < span.end), None)


def _on_date(hours: Hours, day: dt.date) -> Opening:
    """As in OSM, the last rule that names either the day of the week or, on one, public holidays."""
    names = {day.weekday(), HOLIDAY} if is_public_holiday(day) else {day.weekday()}
    return next((rule.opening for rule in reversed(hours) if rule.days & names), CLOSED)


_FIXED = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}


def is_public_holiday(day: dt.date) -> bool:
    """The eleven public holidays of the whole of France."""
    after_easter = (day - _easter(day.year)).days
    return (day.month, day.day) in _FIXED or after_easter in {1, 39, 50}


def _easter(year: int) -> dt.date:
    """Easter Sunday (Butcher, 1876)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)
