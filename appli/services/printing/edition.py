"""An edition: what somebody prints again and again, with all its choices, under a name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from appli.domain.audience import Audience
from appli.domain.ids import new_id
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.printing.model import Model
from appli.services.printing.models import MODELS


@dataclass(frozen=True, slots=True)
class Edition:
    """The choices of one printed thing."""

    model: str
    title: str
    kinds: tuple[str, ...] = ()
    """Sorts of sheets (`person`, `offer`…); empty: all that the model can hold."""
    text: str = ""
    """A search; empty: everything."""
    communes: tuple[str, ...] = ()
    """INSEE codes; empty: everywhere."""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """What else the list was narrowed by when it was printed from there, as the index knows it."""
    records: tuple[str, ...] = ()
    """Sheets chosen one by one, by their ids in hexadecimal; empty: all that the rest finds."""
    near: tuple[float, float, float] | None = None
    """Latitude, longitude, kilometres around a place."""
    audience: Audience = Audience.SHARED
    parts: tuple[str, ...] = ()
    order: str = ""
    paper: str = "a4"
    options: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    """What the host adds, on the cover or at the foot."""
    number: int = 0
    """How many times it has been printed."""
    printed_on: str = ""
    """The last day it was, in ISO."""
    key: str = ""
    """Empty for one that is not kept."""

    @property
    def of(self) -> Model:
        """Its model."""
        return MODELS[self.model]

    def option(self, code: str) -> Any:
        """What was chosen, or what the model proposes."""
        return self.options.get(code, self.of.option(code).default)

    @property
    def months(self) -> int:
        """Keep the sheets alone that nobody confirmed for so many months; 0 keeps all."""
        return int(self.option("months")) if any(o.code == "months" for o in self.of.options) else 0

    def has(self, part: str) -> bool:
        """Whether that part of the sheets is printed."""
        return part in self.parts


def new_edition(model: str, title: str = "") -> Edition:
    """An edition as its model proposes it."""
    of = MODELS[model]
    return Edition(
        model=model,
        title=title or _(of.label),
        kinds=of.kinds,
        audience=of.audience,
        parts=tuple(part for part, proposed in of.parts.items() if proposed),
        order=of.orders[0] if of.orders else "",
        paper=of.papers[0],
    )


# --- kept on this PC -------------------------------------------------------------------------------------------------


def editions(directory: Directory) -> list[Edition]:
    """Those kept on this PC, in the order they were made; without those of a later version that are unknown here."""
    found = (_read(key, kept) for key, kept in sorted(directory.store.noted("edition").items()))
    return [one for one in found if one is not None]


def keep(directory: Directory, edition: Edition) -> Edition:
    """Keep it, under its key; a new one gets one."""
    kept = edition if edition.key else replace(edition, key=new_id(directory.store.folder.clock()).hex())
    directory.store.note("edition", kept.key, _written(kept))
    return kept


def forget(directory: Directory, edition: Edition) -> None:
    """Remove it; what was printed stays on paper."""
    directory.store.note("edition", edition.key, None)


def count_printing(directory: Directory, edition: Edition, day: str) -> Edition:
    """It was printed or saved, so it is kept; its number goes up once a day: a second copy is the same edition."""
    again = edition.printed_on == day
    return keep(directory, replace(edition, number=edition.number + (not again), printed_on=day))


def _written(edition: Edition) -> dict[str, Any]:
    return {**asdict(edition), "audience": int(edition.audience)}


def _read(key: str, kept: Any) -> Edition | None:
    known = set(Edition.__dataclass_fields__)
    try:
        facts = {name: value for name, value in kept.items() if name in known}
        for name in ("kinds", "communes", "records", "parts"):
            facts[name] = tuple(str(one) for one in facts.get(name, ()))
        near = facts.get("near")
        facts["near"] = (float(near[0]), float(near[1]), float(near[2])) if near else None
        facts["filters"] = tuple((str(group), tuple(values)) for group, values in facts.get("filters", ()))
        edition = Edition(**{**facts, "audience": Audience(facts["audience"]), "key": key})
        json.dumps(edition.options)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return None
    return edition if edition.model in MODELS else None
