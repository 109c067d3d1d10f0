"""Dates as lists write them, kept with the precision they have: a year is not the first of January."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from appli.domain.text import fold
from appli.formats.table import Problem
from appli.i18n import _


@dataclass(frozen=True, slots=True)
class DateValue:
    """ISO with its precision: 2024, 2024-03 or 2024-03-12."""

    iso: str | None
    problem: Problem | None = None


_MONTHS = (
    ("janvier", "janv", "jan"), ("fevrier", "fevr", "fev"), ("mars",), ("avril", "avr"), ("mai",), ("juin",),
    ("juillet", "juil"), ("aout",), ("septembre", "sept", "sep"), ("octobre", "oct"), ("novembre", "nov"),
    ("decembre", "dec"),
)  # fmt: skip
_MONTH_OF = {name: str(number) for number, names in enumerate(_MONTHS, 1) for name in names}

_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)(?:-(?P<d>\d\d)(?:[T ]\d\d:\d\d.*)?)?")
_SLASHED = re.compile(
    r"(?:(?P<d>\d{1,2})\s?[/.-]\s?)?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4}|\d\d)(?: (?:a )?\d\d?[:h]\d\d.*)?"
)
_WORDS = re.compile(
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?(?:(?P<d>\d{1,2})(?:er)? )?(?P<m>[a-z]+) (?P<y>\d{4})"
)
_YEAR = re.compile(r"(?P<y>(?:1[6-9]|20)\d\d)")
_SERIAL = re.compile(r"[2-7]\d{4}")
_SERIAL_START = dt.date(1899, 12, 30)


def partial_date(text: str) -> DateValue:
    """« 12/03/2024 », « 1er septembre 2024 », « mars 2024 », « 2024 », ISO, or the day number of a spreadsheet."""
    typed = " ".join(text.split())
    if _SERIAL.fullmatch(typed):
        return DateValue((_SERIAL_START + dt.timedelta(days=int(typed))).isoformat())
    found = (
        _ISO.fullmatch(typed) or _SLASHED.fullmatch(typed) or _YEAR.fullmatch(typed) or _WORDS.fullmatch(fold(typed))
    )
    if not found:
        return _unread()
    said = found.groupdict()
    year, month, day = found["y"], said.get("m"), said.get("d")
    if found.re is _WORDS:
        month = _MONTH_OF.get(month or "")
    if (found.re is _WORDS and not month) or (found.re is _SLASHED and not day and len(year) == 2):
        return _unread()  # « 12/03 » may be a day or a month
    return _checked(_full_year(year), month, day)


def _full_year(year: str) -> int:
    value = int(year)
    return value if len(year) == 4 else value + (2000 if value < 50 else 1900)


def _checked(year: int, month: str | None, day: str | None) -> DateValue:
    try:
        checked = dt.date(year, int(month or 1), int(day or 1))
    except ValueError:
        message = _("Cette date n’existe pas dans le calendrier. Exemple : 12/03/2024.")
        return DateValue(None, Problem("no_such_date", message))
    return DateValue(checked.isoformat()[: 10 if day else 7 if month else 4])


def _unread() -> DateValue:
    return DateValue(None, Problem("bad_date", _("Cette date ne se lit pas. Exemples : 12/03/2024, mars 2024, 2024.")))
