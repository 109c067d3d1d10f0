"""All kinds, gathered from their classes: the one list everything else iterates."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from appli.domain import kinds
from appli.domain.fields import Entity, Kind


@cache
def all_kinds() -> Mapping[str, Kind]:
    """Every declared kind by its code, in the order of their numbers."""
    for module in pkgutil.iter_modules(kinds.__path__):
        importlib.import_module(f"{kinds.__name__}.{module.name}")
    found = [Kind(model.info, model) for model in _leaves(Entity) if "info" in vars(model)]
    return {k.code: k for k in sorted(found, key=lambda k: k.number)}


@cache
def main_kinds() -> tuple[Kind, ...]:
    """The kinds that are sheets of the directory."""
    return tuple(k for k in all_kinds().values() if k.is_main)


@cache
def kinds_by_number() -> Mapping[int, Kind]:
    """Every declared kind by its permanent number."""
    return {k.number: k for k in all_kinds().values()}


def kind(code: str) -> Kind:
    """The kind of that code; KeyError for a code this version does not know."""
    return all_kinds()[code]


def kind_named(word: str) -> Kind | None:
    """A main kind by its code, French label, plural or synonym, whatever the case."""
    wanted = word.strip().lower()
    for k in main_kinds():
        if wanted in {k.code, k.label.lower(), k.plural.lower(), *k.info.synonyms}:
            return k
    return None


def _leaves(model: type[Entity]) -> list[type[Entity]]:
    found = [model]
    for child in model.__subclasses__():
        found += _leaves(child)
    return found


RESERVED = {
    58: "booking",
    59: "introduction",
    60: "contribution",
    61: "call",
    62: "consultation",
    63: "question",
    64: "answer",
    65: "dataset",
    66: "indicator",
    67: "digital_resource",
}
"""Numbers of kinds that will come; nothing else may take them."""
