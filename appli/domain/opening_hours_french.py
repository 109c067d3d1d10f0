"""Opening hours as French lists and people write them, turned into OSM syntax when that says the same thing.

« 09:00 - 12:00 / 13:30 - 17:00 », « 9h-12h et 14h-18h », « lundi au vendredi 9h-17h », « sur rendez-vous ». What is
not understood to the last word goes whole to the note, for half a week in OSM would claim the other half is closed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from itertools import pairwise

from appli.domain.opening_hours import (
    CLOSED,
    DAY,
    DAYS,
    HOLIDAY,
    Opening,
    Rule,
    Span,
    format_osm,
    make_spans,
    parse_osm,
)
from appli.i18n import N_, _

_DAY_WORDS = (
    ("lundi", "lun"), ("mardi", "mar"), ("mercredi", "mer"), ("jeudi", "jeu"), ("vendredi", "ven"), ("samedi", "sam"),
    ("dimanche", "dim"), ("jours feries", "feries"),
)  # fmt: skip
_TITLES = (
    N_("Lundi"), N_("Mardi"), N_("Mercredi"), N_("Jeudi"), N_("Vendredi"), N_("Samedi"), N_("Dimanche"),
    N_("Jours fériés"),
)  # fmt: skip
BY_APPOINTMENT = "sur rendez-vous"


def day_of_title(title: str) -> str | None:
    """The day a column is about (« h_lundi », « Ouverture mardi ») as a key for `from_day_cells`."""
    plain = _plain(title)
    for key, (name, _short) in zip((*DAYS, "ph"), _DAY_WORDS, strict=True):
        if re.search(rf"(?<![a-z]){name}(?![a-z])", plain):
            return key
    return None


def from_day_cells(cells: Mapping[str, str | None]) -> tuple[str | None, str | None]:
    """(OSM value, note) from one cell per day, keyed mo, tu … su, ph; the note holds the whole week as it was typed."""
    rules: list[Rule] = []
    told = [(index, cell) for index, key in enumerate((*DAYS, "ph")) if _told(cell := cells.get(key) or "")]
    for index, cell in told:
        opening = read_opening(cell)
        if opening is None:
            return None, "\n".join(_day_line(day, text) for day, text in told)
        rules.append(Rule(frozenset({index}), opening))
    return (format_osm(tuple(rules)), None) if rules else (None, None)


def from_text(text: str) -> tuple[str | None, str | None]:
    """(OSM value, note) from one cell for the whole week."""
    typed = text.strip()
    if not _told(typed):
        return None, None
    rules = parse_osm(typed) or _read_week(typed)
    return (format_osm(rules), None) if rules else (None, typed)


def _day_line(day: int, text: str) -> str:
    return _("{day} : {hours}").format(day=_(_TITLES[day]), hours=" ".join(text.split()))


_NOTHING = frozenset({"", "-", "--", "–", "—", "/", "neant", "nc", "n/a", "n.c.", "?", "x"})


def _told(cell: str) -> bool:
    return _plain(cell) not in _NOTHING


def _plain(text: str) -> str:
    """Small letters without accents, one space between words, plain dashes."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[–—‒−]", "-", " ".join(bare.replace("’", "'").split()))


# --- one day -------------------------------------------------------------------------------------

_APPOINTMENT = re.compile(r"[\s,;:/(+-]*(?:uniquement |seulement )?(?:sur|avec) (?:rendez[- ]?vous|r\.?d\.?v\.?)\s*\)?")
_CLOSED = re.compile(r"(?:ferme|fermee|fermeture|closed|off)s?")
_ALL_DAY = re.compile(r"24 ?h?(?:eures)? ?(?:/|sur) ?24 ?h?")
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}) ?(?:h(?:eures?)?|:)(?: ?([0-5]\d)(?! ?[h:]|\d))?(?![\d:])")
_BARE = re.compile(r"(?<![\d:@])(\d{1,2})(?=\s*-|\s*$|\s+a\s)(?![\d:])")
_SPANS = re.compile(
    r"(?:de |ouvert |ouvert de )*@\d+ ?(?:-|a) ?@\d+(?: ?(?:[/,;|&+]|et de|et|puis de|puis|)? ?@\d+ ?(?:-|a) ?@\d+)*"
)
_DASHES = re.compile(r"@\d+(?: ?- ?@\d+){3,}")


def read_opening(cell: str) -> Opening | None:
    """What a cell says of its day; None when any part of it is not understood."""
    text = _plain(cell)
    if _CLOSED.fullmatch(text):
        return CLOSED
    comment = BY_APPOINTMENT if _APPOINTMENT.search(text) else None
    text = _APPOINTMENT.sub("", text, count=1).strip()
    if comment and not text:
        return Opening((), comment)
    spans = _read_spans(text)
    return Opening(spans, comment) if spans else None


def _read_spans(text: str) -> tuple[Span, ...] | None:
    if _ALL_DAY.fullmatch(text):
        return (Span(0, DAY),)
    text = re.sub(r"\bmidi\b", "12h", re.sub(r"\bminuit\b", "24h", text))
    marked = _CLOCK.sub(lambda m: f"@{int(m[1]) * 60 + int(m[2] or 0)}", text)
    marked = _BARE.sub(_bare_hour, marked)
    times = [int(time) for time in re.findall(r"@(\d+)", marked)]
    if _DASHES.fullmatch(marked):  # 9h-12h-14h-18h
        rising = all(a < b for a, b in pairwise(times))
        if not rising or len(times) % 2:
            return None
    elif not _SPANS.fullmatch(marked):
        return None
    pairs = list(zip(times[::2], times[1::2], strict=True))
    spans = [Span(start, end if end > start else end + DAY) for start, end in pairs if _plausible(start, end)]
    return make_spans(spans) if len(spans) == len(pairs) else None


def _bare_hour(found: re.Match[str]) -> str:
    return f"@{int(found[1]) * 60}" if int(found[1]) <= 24 else found[0]


def _plausible(start: int, end: int) -> bool:
    """A span past midnight ends before 6 h: « 13:00 - 3:00 » is more often a slip than a night."""
    return start < end <= DAY or (end <= 6 * 60 and start >= 17 * 60)


# --- a whole week in one cell --------------------------------------------------------------------

_DAY = "|".join(rf"{name}s?|{short}\.?" for name, short in _DAY_WORDS)
_SOME_DAYS = (
    rf"(?:du |le |les |de |et )*(?:{_DAY})(?:(?: ?[,/&] ?| ?- ?| et | au | a )(?:le |les )?(?:{_DAY})(?![a-z]))*"
)
_EVERY_DAY = r"tous les jours|toute la semaine|7 ?j(?:ours)? ?(?:/|sur) ?7 ?j?"
_DAYS = re.compile(rf"(?<![a-z])(?P<closed>ferme[es]? )?(?P<days>{_EVERY_DAY}|{_SOME_DAYS})(?![a-z])")
_ONE_DAY = re.compile(rf"(?P<name>{_DAY})(?![a-z])")
_LINKS = " \t\n,;:./-"


def _read_week(typed: str) -> tuple[Rule, ...] | None:
    text = _plain(re.sub(r"\s*\n\s*", " ; ", typed))
    found = list(_DAYS.finditer(text))
    if not found:
        opening = read_opening(text)
        every_day = opening is not None and (not opening.spans or opening.spans == (Span(0, DAY),))
        return (Rule(frozenset(range(7)), opening),) if opening and every_day else None
    if text[: found[0].start()].strip(_LINKS) not in {"", "ouvert", "horaires", "ouverture", "ouvert du", "ouvert le"}:
        return None
    rules: list[Rule] = []
    for index, place in enumerate(found):
        until = found[index + 1].start() if index + 1 < len(found) else len(text)
        rule = _read_segment(place, text[place.end() : until])
        if rule is None or any(rule.days & earlier.days for earlier in rules):
            return None
        rules.append(rule)
    return tuple(rules)


def _read_segment(place: re.Match[str], said: str) -> Rule | None:
    days = _read_days(place["days"])
    said = re.sub(r"\s(?:et|puis)\s*$", "", said.strip(_LINKS)).strip(_LINKS)
    if place["closed"]:
        return Rule(days, CLOSED) if not said else None
    opening = read_opening(said)
    return Rule(days, opening) if opening else None


def _read_days(text: str) -> frozenset[int]:
    if re.fullmatch(_EVERY_DAY, text):
        return frozenset(range(7))
    days: set[int] = set()
    before, end_of_last = None, 0
    for found in _ONE_DAY.finditer(text):
        day = next(i for i, (name, short) in enumerate(_DAY_WORDS) if found["name"].startswith((name, short)))
        link = re.sub(r"\bles?\b", "", text[end_of_last : found.start()]).strip()
        ranged = before is not None and link in {"-", "au", "a"} and HOLIDAY not in {before, day}
        if ranged and before is not None:
            days.update(range(before, day + 1) if before <= day else [*range(before, 7), *range(day + 1)])
        days.add(day)
        before, end_of_last = day, found.end()
    return frozenset(days)
