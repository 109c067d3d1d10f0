"""The values the gazetteer answers with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CommuneKind(StrEnum):
    """What a commune is today: most are, some were."""

    CURRENT = "commune"
    DELEGATED = "delegated"
    ASSOCIATED = "associated"
    ARRONDISSEMENT = "arrondissement"


class PositionSource(StrEnum):
    """Where the point of a commune comes from, best first."""

    TOWN_HALL = "townhall"
    OUTLINE = "outline"
    """A point inside its outline."""
    PARENT = "parent"
    """The point of the commune it belongs to."""
    HAND = "hand"
    """Written by hand, to a kilometre or so."""


# How the columns of the file code these (appli/geo/gazetteer_file.py): places in a tuple, never reordered.
KINDS = tuple(CommuneKind)
POSITION_SOURCES = tuple(PositionSource)
NOWHERE = -1
DEGREE = 100_000


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today, or one of its parts that people still name."""

    insee: str
    name: str
    kind: CommuneKind
    parent: str | None
    """INSEE code of the commune of today it belongs to."""
    postcodes: tuple[str, ...]
    epci: str | None
    epci_name: str | None
    department: str
    department_name: str
    region: str
    region_name: str
    population: int | None
    lat: float
    lon: float
    position_source: PositionSource

    @property
    def is_former(self) -> bool:
        """A commune that became part of another one."""
        return self.kind in {CommuneKind.DELEGATED, CommuneKind.ASSOCIATED}

    @property
    def today(self) -> str:
        """INSEE code of the commune of today: its own, or its parent's."""
        return self.parent or self.insee


@dataclass(frozen=True, slots=True)
class Department:
    code: str
    name: str
    region: str
    region_name: str


@dataclass(frozen=True, slots=True)
class Epci:
    """A grouping of communes with its own taxes: communauté de communes, d’agglomération…"""

    code: str
    name: str
    departments: tuple[str, ...]


class Precision(StrEnum):
    """How a commune answers to a text, best first."""

    EXACT = "exact"
    ALIAS = "alias"
    """By a name it no longer bears."""
    PREFIX = "prefix"
    WORDS = "words"
    """Each word typed begins a word of the name."""
    TYPO = "typo"
    """By a name that differs by a few letters."""
    POSTCODE = "postcode"
    """By nothing but its postcode, or the beginning of one."""
    ELSEWHERE = "elsewhere"
    """By its very name, in spite of the postcode or the department that is written with it."""


@dataclass(frozen=True, slots=True)
class Match:
    commune: Commune
    precision: Precision
    score: float
    """0–1."""
    old_name: str = ""
    """The name that was found, where it is not today's."""

    @property
    def is_guess(self) -> bool:
        """To be proposed, never taken: a mistake is supposed, or what is written contradicts itself or says little."""
        return self.score < 0.5
