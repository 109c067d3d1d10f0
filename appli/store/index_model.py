"""What goes into the index and what comes out of it: plain values, so that screens and verbs can hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from appli.domain.ids import RecordId

Facet = tuple[str, str, str]
"""Group, value, French label."""

Choice = tuple[str, frozenset[str]]
"""A group and the values kept: any of them within a group, all groups together."""

Order = Literal["relevance", "title", "distance", "updated"]


@dataclass(frozen=True, slots=True)
class IndexDoc:
    """All the index knows of one record."""

    id: RecordId
    kind: str
    shape: str
    """The kind, but `offer` or `need` for a listing."""
    code: str
    title: str
    second_line: str
    commune: str
    insee: str | None
    skills: tuple[str, ...]
    place: str
    body: str
    facets: tuple[Facet, ...]
    lat: float | None
    lon: float | None
    precision: str | None
    audience: int
    trashed: bool
    siblings: int
    demo: bool
    initials: str
    updated: int
    folded: bool = False
    """Another record stands for it: it is found by its code alone, and in no list."""
    codes_within: tuple[str, ...] = ()
    """The codes of the records that this one stands for."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of the index. Equal queries give equal answers, so a query may key a cache."""

    text: str = ""
    filters: tuple[Choice, ...] = ()
    near: tuple[float, float, float] | None = None
    """Latitude, longitude, kilometres."""
    bounds: tuple[float, float, float, float] | None = None
    """South, west, north, east."""
    trashed: bool = False
    """The trash alone, instead of everything but the trash."""
    min_audience: int | None = None
    order: Order = "relevance"


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of a list shows."""

    id: RecordId
    kind: str
    shape: str
    code: str
    title: str
    second_line: str
    commune: str
    initials: str
    siblings: int
    demo: bool
    trashed: bool
    audience: int
    score: float = 0.0
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """The values of one group that would leave something, the most frequent first."""

    code: str
    values: tuple[tuple[str, str, int], ...]
    """Value, French label, count."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What an empty result would hold without one of the conditions."""

    removed: str
    """`text`, `near`, `bounds`, `audience`, or the group of a filter."""
    labels: tuple[str, ...]
    """The French labels of the removed filter's values; the words, when the text goes."""
    total: int
