"""A record as the program reads it: values shown, siblings, audiences. Rows never leave the store; this does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from appli.domain.audience import Audience
from appli.domain.causality import Stamp
from appli.domain.ids import RecordId

if TYPE_CHECKING:
    from appli.domain.fields import Kind


SETTLED_BY_ITSELF = frozenset(("normalised", "order", "present"))
"""Fields whose concurrent values nobody is asked about: they follow another field, or a rule settles them."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """One of several concurrent values of a field."""

    value: Any
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: canonical JSON values by field name, None left out."""

    id: RecordId
    kind: Kind
    values: Mapping[str, Any]
    siblings: Mapping[str, tuple[Sibling, ...]] = field(default_factory=dict)
    """Fields with several different values, the one shown first at the head."""
    overrides: Mapping[str, Audience] = field(default_factory=dict)
    """Audiences somebody chose for a field; PRIVATE here means the value lies on this PC only."""
    stamp: Stamp | None = None
    """The latest writing known of this record."""

    @property
    def audience(self) -> Audience:
        """Who may see the record at all."""
        return Audience(self.values.get("audience", self.kind.info.audience))

    @property
    def trashed(self) -> bool:
        return bool(self.values.get("trashed"))

    @property
    def title(self) -> str:
        """The words that name it."""
        value = self.values.get(self.kind.title_field.name) if self.kind.has_title else None
        if isinstance(value, dict):
            return str(value.get("display", ""))
        return str(value or "")

    @property
    def undecided(self) -> tuple[str, ...]:
        """The fields with several values that a person has to settle."""
        if not self.siblings:
            return ()
        fields, once = self.kind.fields, self.kind.is_written_once
        return tuple(n for n in self.siblings if n not in SETTLED_BY_ITSELF and not once(fields[n].number))

    def values_for(self, audience: Audience) -> dict[str, Any]:
        """The values that these readers may see."""
        if self.audience < audience:
            return {}
        fields, chosen = self.kind.fields, self.overrides
        return {n: v for n, v in self.values.items() if chosen.get(n, fields[n].declared.audience) >= audience}

    def field_audience(self, name: str) -> Audience:
        """Who may see one field: the person's choice or the declared default, never more than the record allows."""
        declared = self.kind.fields[name].declared.audience
        return min(self.overrides.get(name, declared), self.audience)
