"""The field-type registry: what a type of value is, whatever record it stands in.

A type is an annotated Python type that pydantic validates; its `FieldType` says how it is stored (one column),
edited, turned into words for the index and into facets. Values travel as plain JSON values (str, int, float,
bool, list, dict): composite ones are validated by the small models below, then dumped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from appli.domain.text import clean

Value = str | int | float | bool | list[Any] | dict[str, Any] | None
"""A JSON value; None means « not filled »."""

LINE = 300
LONG = 20_000


@dataclass(frozen=True, slots=True)
class FieldType:
    """How one type of value behaves everywhere."""

    code: str
    column: Literal["TEXT", "INTEGER", "REAL"]
    editor: str
    composite: bool = False
    many: bool = False
    words: Callable[[Any], str] = str
    """The text a search may find; never a code."""


def no_words(_: Any) -> str:
    """For values nobody searches by their writing (codes are indexed through their labels)."""
    return ""


def join_words(*keys: str) -> Callable[[Mapping[str, Any]], str]:
    """The words of some parts of a composite value."""
    return lambda value: " ".join(str(value[k]) for k in keys if value.get(k))


class Composite(BaseModel):
    """Parts that make sense only together, so one register: no street of one PC with the town of another."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _line(value: Any) -> Any:
    return clean(value, LINE) or None if isinstance(value, str) else value


def _long(value: Any) -> Any:
    return clean(value, LONG, lines=True) or None if isinstance(value, str) else value


_Line = Annotated[str | None, BeforeValidator(_line)]

TEXT = FieldType("text", "TEXT", "line")
Text = Annotated[str | None, BeforeValidator(_line), TEXT]

LONG_TEXT = FieldType("long_text", "TEXT", "text")
LongText = Annotated[str | None, BeforeValidator(_long), LONG_TEXT]

CHOICE = FieldType("choice", "TEXT", "choice", words=no_words)
Choice = Annotated[Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")] | None, CHOICE]


def _as_set(value: Any) -> Any:
    return sorted(set(value)) or None if isinstance(value, list | tuple | set | frozenset) else value


CHOICES = FieldType("choices", "TEXT", "choices", composite=True, many=True, words=no_words)
Choices = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]] | None,
    BeforeValidator(_as_set),
    CHOICES,
]

TAGS = FieldType("tags", "TEXT", "tags", composite=True, many=True, words=" ".join)
Tags = Annotated[list[_Line] | None, BeforeValidator(_as_set), TAGS]
"""Free words of one sheet (activities, products): not browsable things, unlike skills."""

FLAG = FieldType("flag", "INTEGER", "flag", words=no_words)
Flag = Annotated[bool | None, FLAG]

INTEGER = FieldType("integer", "INTEGER", "number", words=no_words)
Integer = Annotated[Annotated[int, Field(ge=0, le=10**12)] | None, INTEGER]

QUANTITY = FieldType("quantity", "REAL", "number", words=no_words)
Quantity = Annotated[Annotated[float, Field(ge=0, le=1e12)] | None, QUANTITY]

_PARTIAL = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")


def _partial_date(value: str | None) -> str | None:
    if value is not None and not _PARTIAL.match(value):
        raise ValueError("date")
    return value


DATE = FieldType("date", "TEXT", "date", words=no_words)
Date = Annotated[str | None, AfterValidator(_partial_date), DATE]
"""ISO with its precision: `2026`, `2026-03` or `2026-03-14`."""

EMAIL = FieldType("email", "TEXT", "email")
WEB = FieldType("web", "TEXT", "web")
Web = Annotated[str | None, BeforeValidator(_line), WEB]

HOURS = FieldType("hours", "TEXT", "hours", words=no_words)
Hours = Annotated[str | None, BeforeValidator(_line), HOURS]
"""OSM `opening_hours` syntax; what it cannot say goes to the record's `hours_note`."""

_ID = re.compile(r"^[0-9a-f]{32}$")


def _reference(value: Any) -> Any:
    text = value.hex() if isinstance(value, bytes) else value
    if text is not None and not _ID.match(text):
        raise ValueError("reference")
    return text


REFERENCE = FieldType("reference", "TEXT", "reference", words=no_words)
Reference = Annotated[str | None, BeforeValidator(_reference), REFERENCE]
"""Another record, by the 32 hexadecimal digits of its id."""

KEY = FieldType("key", "TEXT", "hidden", words=no_words)
Key = Annotated[str | None, BeforeValidator(_line), KEY]
"""An identifier made by machines (hash, foreign id, normalised number)."""


class NameParts(Composite):
    """A person's name as one value: who is « Jean Martin » without his display form is nobody."""

    display: Annotated[str, BeforeValidator(_line)]
    sort: _Line = None
    given: _Line = None
    family: _Line = None


NAME = FieldType("name", "TEXT", "name", True, words=join_words("display", "given", "family"))
Name = Annotated[NameParts | None, NAME]


class AddressParts(Composite):
    """Where the letter goes; the commune stands apart, because its audience differs."""

    street: _Line = None
    complement: _Line = None
    lieu_dit: _Line = None
    postcode: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z -]{2,10}$")] | None = None
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None


ADDRESS = FieldType(
    "address", "TEXT", "address", True, words=join_words("street", "complement", "lieu_dit", "postcode")
)
Address = Annotated[AddressParts | None, ADDRESS]


class CommuneParts(Composite):
    """A commune by its INSEE code, and the name as it was entered when no code is certain."""

    insee: Annotated[str, StringConstraints(pattern=r"^[0-9AB]{5}$")] | None = None
    name: Annotated[str, BeforeValidator(_line)]


COMMUNE = FieldType("commune", "TEXT", "commune", True, words=join_words("name"))
Commune = Annotated[CommuneParts | None, COMMUNE]


class PositionParts(Composite):
    """A point and how far it can be trusted."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    precision: Literal["exact", "street", "commune", "unknown"] = "exact"
    source: Literal["hand", "file", "gazetteer"] = "hand"


POSITION = FieldType("position", "TEXT", "position", True, words=no_words)
Position = Annotated[PositionParts | None, POSITION]


class PeriodParts(Composite):
    """When something happens, as one value: an end without its start is a trap."""

    start: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d\d(-\d\d(T\d\d:\d\d)?)?)?$")]
    end: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d\d(-\d\d(T\d\d:\d\d)?)?)?$")] | None = None
    all_day: bool = False
    timezone: str = "Europe/Paris"
    recurrence: str | None = None
    exceptions: list[str] = []


PERIOD = FieldType("period", "TEXT", "period", True, words=no_words)
Period = Annotated[PeriodParts | None, PERIOD]


class MoneyParts(Composite):
    """An amount in cents: never a float."""

    cents: int
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "EUR"


MONEY = FieldType("money", "TEXT", "money", True, words=no_words)
Money = Annotated[MoneyParts | None, MONEY]


class ConfirmationParts(Composite):
    """That somebody checked the sheet with the person or on the spot."""

    on: Annotated[str, AfterValidator(_partial_date)]
    by: _Line = None
    how: Literal["visit", "phone", "mail", "paper", "self"] | None = None


CONFIRMATION = FieldType("confirmation", "TEXT", "confirmation", True, words=no_words)
Confirmation = Annotated[ConfirmationParts | None, CONFIRMATION]


class TerritoryPart(Composite):
    """One piece of a territory."""

    level: Literal["commune", "epci", "department"]
    code: Annotated[str, StringConstraints(pattern=r"^[0-9AB]{2,9}$")]


TERRITORY = FieldType("territory", "TEXT", "territory", True, many=True, words=no_words)
Territory = Annotated[list[TerritoryPart] | None, TERRITORY]


class RemitParts(Composite):
    """What a public body may be asked for, where and how."""

    territory: list[TerritoryPart] = []
    topics: _Line = None
    how_to_apply: _Line = None
    response_delay: _Line = None


REMIT = FieldType("remit", "TEXT", "remit", True, words=join_words("topics", "how_to_apply"))
Remit = Annotated[RemitParts | None, REMIT]
