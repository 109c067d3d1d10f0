"""Ranks what a typed name may mean: the same name, then one it no longer bears, then beginnings, then words,
and, asked apart, names with a mistake.

Within each tier the communes of the near department come first, then the most populous. Nothing is looked up
beyond what the caller reads, so a letter typed costs as little as a whole name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from appli.geo.commune import Precision
from appli.geo.name_index import NameIndex
from appli.geo.place_text import PlaceText

_Search = Callable[[NameIndex, Iterable[int] | None], Iterator[int]]


class Hit(NamedTuple):
    """A row of the table, and how its name answers."""

    row: int
    precision: Precision
    score: float
    old_name: str = ""


@dataclass(frozen=True)
class Among:
    """The rows asked about, best first (None for all), and those near the person who asks."""

    rows: list[int] | None = None
    near: list[int] = field(default_factory=list)

    def kept(self, hits: Iterable[Hit]) -> list[Hit]:
        """The hits among these rows, the near ones first."""
        allowed = None if self.rows is None else set(self.rows)
        near = set(self.near)
        kept = [hit for hit in hits if allowed is None or hit.row in allowed]
        return sorted(kept, key=lambda hit: (-hit.score, hit.row not in near, hit.row))


class NameSearch:
    """Names of today and names out of use, searched together."""

    def __init__(self, keys: str, old_keys: str, old_names: list[str], old_rows: list[int]) -> None:
        self._names = NameIndex(keys)
        self._old = NameIndex(old_keys)
        self._old_names = old_names
        self._old_rows = old_rows

    def same(self, key: str) -> Iterator[Hit]:
        """Communes that bear or bore this very name, the spaces and a leading article aside."""
        for row in self._names.same(key):
            same = self._names.key(row) == key
            yield Hit(row, Precision.EXACT, 1.0 if same else 0.98)
        for line in self._old.same(key):
            yield Hit(self._old_rows[line], Precision.ALIAS, 0.9, self._old_names[line])

    def mistyped(self, key: str) -> Iterator[Hit]:
        """Communes whose name, or a name they bore, differs by a few letters."""
        for row, mistakes in self._names.nearly(key):
            yield Hit(row, Precision.TYPO, 0.5 - 0.05 * mistakes)
        for line, mistakes in self._old.nearly(key):
            yield Hit(self._old_rows[line], Precision.TYPO, 0.48 - 0.05 * mistakes, self._old_names[line])

    def all(self, place: PlaceText, among: Among) -> Iterator[Hit]:
        """Every answer once, best first; stop reading to stop searching."""
        yield from unique(self._tiers(place, among))

    def _tiers(self, place: PlaceText, among: Among) -> Iterator[Hit]:
        yield from among.kept(self.same(place.key))
        starts = [(place.key, 0.7)]
        if len(place.key) > 2:  # of a shorter one, « M’Tsangamouji » would be the first answer
            starts.insert(0, (f"{place.key} ", 0.8))
        for start, score in starts:
            yield from self._tier(Precision.PREFIX, score, among, _starting(start))
        yield from self._tier(Precision.WORDS, 0.6, among, _with_words(place.telling_words))

    def _tier(self, precision: Precision, score: float, among: Among, search: _Search) -> Iterator[Hit]:
        """Names of today, then names out of use."""
        if among.rows is None:
            rows = chain(search(self._names, among.near), search(self._names, None))
            yield from (Hit(row, precision, score) for row in rows)
        else:
            yield from among.kept(Hit(row, precision, score) for row in search(self._names, among.rows))
        yield from among.kept(
            Hit(self._old_rows[line], precision, score - 0.05, self._old_names[line])
            for line in search(self._old, None)
        )


def unique(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Each row once, where it came first."""
    seen: set[int] = set()
    for hit in hits:
        if hit.row not in seen:
            seen.add(hit.row)
            yield hit


def _starting(start: str) -> _Search:
    return lambda index, rows: index.starting(start, rows)


def _with_words(words: list[str]) -> _Search:
    return lambda index, rows: index.with_words(words, rows)
