"""The field-type registry: what a type of value is, whatever record it stands in.

A type is an annotated Python type that pydantic validates; its `FieldType` says how it is stored
(one column), edited, turned into words for the index and into facets. Values travel as plain JSON
values (str, int, float, bool, list, dict): composite ones are validated by the small models below,
then dumped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictStr,
    StringConstraints,
    model_validator,
)

from appli.domain import value_parts as parts
from appli.domain.text import clean
from appli.domain.value_parts import ValuePart

Value = str | int | float | bool | list[Any] | dict[str, Any] | None
"""A JSON value; None means « not filled »."""

LINE = 300
SHORT = 200
LONG = 20_000
MANY = 500
"""How many words, codes or answers one value may hold."""


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
    parts: tuple[ValuePart, ...] = ()


def no_words(_: Any) -> str:
    """For values nobody searches by their writing (codes are indexed through their labels)."""
    return ""


def join_words(*keys: str) -> Callable[[Mapping[str, Any]], str]:
    """The words of some parts of a composite value."""
    return lambda value: " ".join(str(value[k]) for k in keys if value.get(k))


class Composite(BaseModel):
    """Parts that make sense only together, so one register.

    Otherwise the street of one PC would meet the town of another.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


# --- writing -------------------------------------------------------------------------------------


def _line(value: Any) -> Any:
    return clean(value, LINE) or None if isinstance(value, str) else value


def _short(value: Any) -> Any:
    return clean(value, SHORT) or None if isinstance(value, str) else value


def _long(value: Any) -> Any:
    return clean(value, LONG, lines=True) or None if isinstance(value, str) else value


_Line = Annotated[StrictStr | None, BeforeValidator(_line)]
_Word = Annotated[StrictStr, BeforeValidator(_line)]
_Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]

TEXT = FieldType("text", "TEXT", "line")
Text = Annotated[StrictStr | None, BeforeValidator(_line), TEXT]
ShortText = Annotated[StrictStr | None, BeforeValidator(_short), TEXT]

LONG_TEXT = FieldType("long_text", "TEXT", "text")
LongText = Annotated[StrictStr | None, BeforeValidator(_long), LONG_TEXT]

EMAIL = FieldType("email", "TEXT", "email")
WEB = FieldType("web", "TEXT", "web")
Web = Annotated[StrictStr | None, BeforeValidator(_line), WEB]

HOURS = FieldType("hours", "TEXT", "hours", words=no_words)
Hours = Annotated[StrictStr | None, BeforeValidator(_line), HOURS]
"""OSM `opening_hours` syntax; what it cannot say goes to the record's `hours_note`."""

KEY = FieldType("key", "TEXT", "hidden", words=no_words)
Key = Annotated[StrictStr | None, BeforeValidator(_line), KEY]
"""An identifier made by machines (hash, foreign id, normalised number)."""


# --- codes and sets ------------------------------------------------------------------------------


def _as_set(value: list[str] | None) -> list[str] | None:
    return sorted(set(value)) or None if value else None


def _without_blanks(value: Any) -> Any:
    if not isinstance(value, list | tuple | set | frozenset):
        return value
    return [v for v in value if not (v is None or (isinstance(v, str) and not clean(v, LINE)))]


CHOICE = FieldType("choice", "TEXT", "choice", words=no_words)
Choice = Annotated[_Code | None, CHOICE]

CHOICES = FieldType("choices", "TEXT", "choices", composite=True, many=True, words=no_words)
Choices = Annotated[Annotated[list[_Code], Field(max_length=MANY)] | None, AfterValidator(_as_set), CHOICES]

TAGS = FieldType("tags", "TEXT", "tags", composite=True, many=True, words=" ".join)
Tags = Annotated[
    Annotated[list[_Word], Field(max_length=MANY)] | None,
    BeforeValidator(_without_blanks),
    AfterValidator(_as_set),
    TAGS,
]
"""Free words of one sheet (activities, products): not browsable things, unlike skills."""

ANSWERS = FieldType("answers", "TEXT", "answers", composite=True, words=no_words)
Answers = Annotated[Annotated[dict[_Code, _Word], Field(max_length=MANY)] | None, ANSWERS]
"""Answers to a grid of questions, by the code of the question."""

_FLAGS = {"oui": True, "vrai": True, "non": False, "faux": False}


def _flag(value: Any) -> Any:
    return _FLAGS.get(value.strip().lower(), value) if isinstance(value, str) else value


FLAG = FieldType("flag", "INTEGER", "flag", words=no_words)
Flag = Annotated[bool | None, BeforeValidator(_flag), FLAG]


# --- numbers -------------------------------------------------------------------------------------

INTEGER = FieldType("integer", "INTEGER", "number", words=no_words)
Integer = Annotated[Annotated[int, Field(ge=0, le=10**12)] | None, INTEGER]
YEAR = FieldType("year", "INTEGER", "number", words=no_words)
Year = Annotated[Annotated[int, Field(ge=1000, le=2999)] | None, YEAR]

QUANTITY = FieldType("quantity", "REAL", "number", words=no_words)
Quantity = Annotated[Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)] | None, QUANTITY]


class MoneyParts(Composite):
    """An amount in cents: never a float."""

    cents: Annotated[int, Field(ge=-(10**14), le=10**14)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "EUR"


MONEY = FieldType(
    "money",
    "TEXT",
    "money",
    True,
    words=no_words,
    parts=parts.MONEY,
)
Money = Annotated[MoneyParts | None, MONEY]


# --- time ----------------------------------------------------------------------------------------

_PARTIAL = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")


def _partial_date(value: str | None) -> str | None:
    if value is not None:
        if not _PARTIAL.fullmatch(value):
            raise ValueError("date")
        date.fromisoformat(value + "0001-01-01"[len(value) :])
    return value


def _moment(value: str) -> str:
    if _MOMENT.fullmatch(value):
        datetime.fromisoformat(value)
        return value
    return _partial_date(value) or value


_PartialDate = Annotated[str, AfterValidator(_partial_date)]
_Moment = Annotated[str, AfterValidator(_moment)]

DATE = FieldType("date", "TEXT", "date", words=no_words)
Date = Annotated[str | None, AfterValidator(_partial_date), DATE]
"""ISO with its precision: `2026`, `2026-03` or `2026-03-14`."""

TIME = FieldType("time", "TEXT", "time", words=no_words)
Time = Annotated[Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] | None, TIME]
"""A time of day, `07:30`."""


class PeriodParts(Composite):
    """When something happens, as one value: an end without its start is a trap."""

    start: _Moment
    end: _Moment | None = None
    all_day: bool = False
    timezone: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_+/-]{1,60}$")] = "Europe/Paris"
    recurrence: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9=;,+-]{6,200}$")] | None = None
    """An iCalendar RRULE, without its name."""
    exceptions: Annotated[list[_PartialDate], Field(max_length=MANY)] = []

    @model_validator(mode="after")
    def _in_order(self) -> PeriodParts:
        if self.end is not None:
            both = min(len(self.start), len(self.end))
            if self.end[:both] < self.start[:both]:
                raise ValueError("end")
        return self


PERIOD = FieldType("period", "TEXT", "period", True, words=no_words, parts=parts.PERIOD)
Period = Annotated[PeriodParts | None, PERIOD]


class ConfirmationParts(Composite):
    """That somebody checked the sheet with the person or on the spot."""

    on: _PartialDate
    by: _Line = None
    how: Literal["visit", "phone", "mail", "paper", "self"] | None = None


CONFIRMATION = FieldType(
    "confirmation",
    "TEXT",
    "confirmation",
    True,
    words=no_words,
    parts=parts.CONFIRMATION,
)
Confirmation = Annotated[ConfirmationParts | None, CONFIRMATION]


# --- persons and places --------------------------------------------------------------------------

_ID = re.compile(r"[0-9a-f]{32}")


def _reference(value: Any) -> Any:
    text = value.hex() if isinstance(value, bytes) else value
    if isinstance(text, str) and not _ID.fullmatch(text):
        raise ValueError("reference")
    return text


REFERENCE = FieldType("reference", "TEXT", "reference", words=no_words)
Reference = Annotated[StrictStr | None, BeforeValidator(_reference), REFERENCE]
"""Another record, by the 32 hexadecimal digits of its id."""


class NameParts(Composite):
    """A person's name as one value: who is « Jean Martin » without his display form is nobody."""

    display: _Word
    sort: _Line = None
    given: _Line = None
    family: _Line = None


NAME = FieldType(
    "name",
    "TEXT",
    "name",
    True,
    words=join_words("display", "given", "family"),
    parts=parts.NAME,
)
Name = Annotated[NameParts | None, NAME]


class AddressParts(Composite):
    """Where the letter goes; the commune stands apart, because its audience differs."""

    street: _Line = None
    complement: _Line = None
    lieu_dit: _Line = None
    postcode: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z -]{2,10}$")] | None = None
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None


ADDRESS = FieldType(
    "address",
    "TEXT",
    "address",
    True,
    words=join_words("street", "complement", "lieu_dit", "postcode"),
    parts=parts.ADDRESS,
)
Address = Annotated[AddressParts | None, ADDRESS]


class CommuneParts(Composite):
    """A commune by its INSEE code, and the name as it was entered when no code is certain."""

    insee: Annotated[str, StringConstraints(pattern=r"^([0-9]{5}|2[AB][0-9]{3})$")] | None = None
    name: _Word


COMMUNE = FieldType(
    "commune",
    "TEXT",
    "commune",
    True,
    words=join_words("name"),
    parts=parts.COMMUNE,
)
Commune = Annotated[CommuneParts | None, COMMUNE]


class PositionParts(Composite):
    """A point and how far it can be trusted; six decimals are a hand's breadth."""

    lat: Annotated[float, Field(ge=-90, le=90), AfterValidator(lambda v: round(v, 6))]
    lon: Annotated[float, Field(ge=-180, le=180), AfterValidator(lambda v: round(v, 6))]
    precision: Literal["exact", "street", "commune", "unknown"] = "exact"
    source: Literal["hand", "map", "file", "gazetteer"] = "hand"
    """Somebody typed it, showed it on the map or found it right there; a list held it; it is a commune's."""

    @model_validator(mode="after")
    def _not_nowhere(self) -> PositionParts:
        if not self.lat and not self.lon:
            raise ValueError("position")  # what a failed geocoder writes, in the Gulf of Guinea
        return self


POSITION = FieldType(
    "position",
    "TEXT",
    "position",
    True,
    words=no_words,
    parts=parts.POSITION,
)
Position = Annotated[PositionParts | None, POSITION]


class TerritoryPart(Composite):
    """One piece of a territory."""

    level: Literal["commune", "epci", "department"]
    code: Annotated[str, StringConstraints(pattern=r"^[0-9AB]{2,9}$")]


TERRITORY = FieldType("territory", "TEXT", "territory", True, many=True, words=no_words)
Territory = Annotated[Annotated[list[TerritoryPart], Field(max_length=MANY)] | None, TERRITORY]


class RemitParts(Composite):
    """What a public body may be asked for, where and how."""

    territory: Annotated[list[TerritoryPart], Field(max_length=MANY)] = []
    topics: _Line = None
    how_to_apply: _Line = None
    response_delay: _Line = None


REMIT = FieldType(
    "remit",
    "TEXT",
    "remit",
    True,
    words=join_words("topics", "how_to_apply"),
    parts=parts.REMIT,
)
Remit = Annotated[RemitParts | None, REMIT]
