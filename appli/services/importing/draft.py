"""What one row of a list says, in canonical values, and what was odd about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from appli.domain.audience import Audience
from appli.domain.consent_words import ConsentReading
from appli.domain.ids import RecordId

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd about a row. `refuses`: the row cannot be taken; otherwise it is taken all the same."""

    code: str
    reason: str
    column: str = ""
    refuses: bool = False
    record: RecordId | None = None
    """The sheet it speaks of: a namesake that may be the same."""
    line: int | None = None
    """The line of the list that it speaks of."""


@dataclass(slots=True)
class Draft:
    """One row. What is not said is not there; what few rows have costs the others nothing, in a list of 100,000."""

    line: int
    foreign_id: str = ""
    record: RecordId | None = None
    """The sheet it says it is: the list left this directory."""
    values: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    """Contacts and terms by the name of their list."""
    closed: tuple[str, ...] = ()
    """Kinds of contact the person wants kept private."""
    audience: Audience | None = None
    consent: ConsentReading | None = None
    organizations: tuple[str, ...] = ()
    """What the person is a member of, by name."""
    extras: Mapping[str, str] = field(default_factory=lambda: _NONE)
    """Cells kept as they are, by column."""
    remarks: tuple[Remark, ...] = ()

    def tell(self, remark: Remark) -> None:
        """Something odd about it."""
        self.remarks = (*self.remarks, remark)

    def keep(self, column: str, text: str) -> None:
        """A cell that no field takes, beside the sheet as it was written."""
        self.extras = {**self.extras, column: text}

    @property
    def refused(self) -> bool:
        """Whether nothing can be made of the row."""
        return any(r.refuses for r in self.remarks)

    @property
    def said(self) -> dict[str, Any]:
        """What the row says, as it is remembered: values by field, the rest as `list:phone`, `extra:Column`…"""
        found = {**self.values, **{f"list:{name}": words for name, words in self.lists.items()}}
        found |= {f"extra:{column}": text for column, text in self.extras.items()}
        if self.organizations:
            found["link:member_of"] = list(self.organizations)
        if self.consent is not None:
            found["consent:"] = self.consent.text
        return found
