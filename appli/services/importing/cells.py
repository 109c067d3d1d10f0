"""Reading the cells that lists repeat, each writing once: hours of a day, communes, answers; and comparing contacts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from appli.domain.opening_hours import DAYS, Opening, Rule, format_osm
from appli.domain.opening_hours_french import from_day_cells, read_opening
from appli.services.lists import contact_key

T = TypeVar("T")

KEPT = 20_000
"""How many readings are remembered: lists that repeat nothing must not fill the memory."""


class Remembered(Generic[T]):
    """What a text was read as, the last few thousands of them."""

    def __init__(self, read: Callable[[str], T]) -> None:
        self._read = read
        self._known: dict[str, T] = {}

    def __call__(self, text: str) -> T:
        if text in self._known:
            return self._known[text]
        if len(self._known) >= KEPT:
            self._known.clear()
        found = self._known[text] = self._read(text)
        return found


class WeekReader:
    """The opening hours of a row that has one cell per day."""

    def __init__(self) -> None:
        self._day: Remembered[tuple[Opening | None, bool]] = Remembered(_read_day)

    def __call__(self, cells: Mapping[str, str]) -> tuple[str | None, str | None]:
        """(OSM value, note): as `from_day_cells`, whose readings it remembers."""
        rules: list[Rule] = []
        for place, day in enumerate(DAYS):
            opening, understood = self._day(cells.get(day, ""))
            if not understood:
                return from_day_cells(cells)
            if opening is not None:
                rules.append(Rule(frozenset({place}), opening))
        return (format_osm(tuple(rules)), None) if rules else (None, None)


def _read_day(cell: str) -> tuple[Opening | None, bool]:
    """What holds that day (None when nothing is said), and whether the cell was understood."""
    said, note = from_day_cells({DAYS[0]: cell})
    return (read_opening(cell) if said else None), note is None


class ContactKeys:
    """The form by which two writings of a contact are compared; that of a telephone costs, and is asked twice."""

    def __init__(self) -> None:
        self._phones: dict[str, str] = {}

    def learn(self, word: str, e164: str | None) -> None:
        """A telephone already taken apart."""
        if e164:
            self._phones[word] = e164

    def __call__(self, type_: str, word: str) -> str:
        known = self._phones.get(word) if type_ in ("phone", "mobile") else None
        return known or contact_key(type_, word)
