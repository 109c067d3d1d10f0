"""What each column of a list seems to hold, so that little is left to choose: fill, samples, a guess, personal or not.

The title and the values are both asked: five digits are a postcode or an INSEE code by the title, a price by neither.
A column that names people is marked, so that its samples can stay hidden.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from appli.domain.consent_words import read_consent
from appli.domain.opening_hours_french import day_of_title, from_text, read_opening
from appli.domain.person_names import is_given_name
from appli.domain.text import fold
from appli.formats.contacts import web
from appli.formats.dates import partial_date
from appli.formats.table import Column, Table
from appli.formats.values import absent, coordinate

Looks = Literal[
    "email", "phone", "postcode", "insee", "lat", "lon", "web", "date", "consent", "hours", "id", "name", "text"
]


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column, summed up."""

    column: Column
    filled_share: float
    """Of the rows that say something there; « néant » and « pas de mail » say nothing."""
    distinct: int
    samples: tuple[str, ...]
    looks_like: Looks | None
    personal: bool
    """Its values name or reach people."""

    @property
    def name(self) -> str:
        """The column's unique name."""
        return self.column.name


_SAMPLES = 3
_TESTED = 200
_MOST = 0.8
_MANY = 1_000
"""In a column of more values than that, one that says « nothing » says it more than once."""


def profile(table: Table) -> list[ColumnProfile]:
    """Every column of the table, in its order."""
    return [_profile_column(table, column) for column in table.columns]


def _profile_column(table: Table, column: Column) -> ColumnProfile:
    filled: dict[str, int] = {}
    for value in table.values(column.index):
        if value is not None:
            filled[value] = filled.get(value, 0) + 1
    zero = {"0"} if _said_by_title(column) in {"postcode", "insee"} else set()
    few = len(filled) <= _MANY
    nothing = [v for v, times in filled.items() if v in zero or ((few or times > 1) and len(v) < 40 and absent(v))]
    for value in nothing:
        del filled[value]
    rows = sum(filled.values())
    distinct = list(filled)
    step = max(1, len(distinct) // _TESTED)
    looks = _guess(column, distinct[::step], rows, len(distinct))
    return ColumnProfile(
        column,
        rows / max(1, len(table.rows)),
        len(distinct),
        tuple(distinct[:_SAMPLES]),
        looks,
        _is_personal(column, looks, distinct[::step]),
    )


# --- what titles say -----------------------------------------------------------------------------

_TITLES: tuple[tuple[Looks, frozenset[str]], ...] = (
    ("insee", frozenset("insee inseecom codeinsee citycode depcom".split())),
    ("postcode", frozenset("cp postal codepostal postcode zip zipcode".split())),
    ("lat", frozenset("lat latitude".split())),
    ("lon", frozenset("lon lng long longitude".split())),
    ("consent", frozenset("accord consentement rgpd autorisation autorise accepte ok diffusion".split())),
    ("hours", frozenset("horaires horaire ouverture hours".split())),
    ("id", frozenset("id identifiant uid uuid ref reference code numero siret rna matricule".split())),
    ("name", frozenset("nom name title titre intitule libelle denomination lib raison adherent membre".split())),
)
_PEOPLE = frozenset(
    (
        "adherent adherente adherents membre membres contact responsable referent referente prenom president "
        "presidente proprietaire interlocuteur naissance tuteur animateur animatrice"
    ).split()
)


def _title_words(column: Column) -> set[str]:
    return set(fold(re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", column.name)).split())


def _said_by_title(column: Column) -> Looks | None:
    words = _title_words(column)
    if day_of_title(column.name):
        return "hours"
    return next((looks for looks, said in _TITLES if words & said), None)


# --- what values say -----------------------------------------------------------------------------

_EMAIL = re.compile(r"\S+@\S+\.\S+")
_PHONE = re.compile(r"'?(?:(?:\(?(?:\+|00)\d{2,3}\)?|0\d)[\s.]*(?:\(0\))?(?:[\s.\-/]*\d){8,9}|[1-9]\d{8})\b.{0,20}")
_FIVE = re.compile(r"(?:\d{4,5}|2[AB]\d{3})")
_URL = re.compile(r"(https?://|www\.)\S+|[\w-]+(\.[\w-]+)*\.(fr|com|org|net|eu|coop|bzh|info|io)(/\S*)?", re.IGNORECASE)


def _is_date(value: str) -> bool:
    return not value.isdigit() and partial_date(value).iso is not None


def _is_hours(value: str) -> bool:
    return any(map(str.isdigit, value)) and (read_opening(value) is not None or from_text(value)[0] is not None)


def _within(low: float, high: float) -> Callable[[str], bool]:
    def test(value: str) -> bool:
        degrees = coordinate(value).value
        return degrees is not None and low <= degrees <= high

    return test


_TESTS: dict[Looks, Callable[[str], object]] = {
    "email": lambda value: _EMAIL.fullmatch(value.strip()) or (" " in value and "@" in value),
    "web": lambda value: _URL.match(value) and web(value).address,
    "phone": _PHONE.fullmatch,
    "hours": _is_hours,
    "date": _is_date,
    "postcode": _FIVE.fullmatch,
    "insee": _FIVE.fullmatch,
    "lat": _within(-90, 90),
    "lon": _within(-180, 180),
    "consent": lambda value: read_consent(value).given or read_consent(value).closed_fields,
}
_BY_VALUES: tuple[Looks, ...] = ("email", "web", "phone", "hours", "date")
_LARGEST_CONSENTS = 30
"""Consents are a few words again and again; remarks that begin by « oui » are not."""


def _share(test: Callable[[str], object], values: Sequence[str]) -> float:
    return sum(bool(test(value)) for value in values) / len(values)


def _guess(column: Column, values: Sequence[str], rows: int, distinct: int) -> Looks | None:
    if not values:
        return None
    said = _said_by_title(column)
    if said == "consent" and distinct > _LARGEST_CONSENTS:
        said = None
    if said in _TESTS and _share(_TESTS[said], values) >= (0.5 if said == "consent" else _MOST):
        return said
    for looks in _BY_VALUES:
        if _share(_TESTS[looks], values) >= _MOST:
            return looks
    if said == "name":
        return "name"
    if said == "id" and distinct == rows:
        return "id"
    return "text"


def _is_personal(column: Column, looks: Looks | None, values: Iterable[str]) -> bool:
    if looks in {"email", "phone", "consent"} or _title_words(column) & _PEOPLE:
        return True
    return looks in {"name", "text"} and _names_people(list(values))


def _names_people(values: Sequence[str]) -> bool:
    """Whether most values are two to five words, one of them at an end being a given name."""
    if not values:
        return False
    return _share(_reads_as_person, values) >= 0.5


def _reads_as_person(value: str) -> bool:
    words = value.replace(",", " ").split()
    return 2 <= len(words) <= 6 and not any(map(str.isdigit, value)) and any(map(is_given_name, words))
