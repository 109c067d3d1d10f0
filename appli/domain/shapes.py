"""The face a record shows: its kind's, or the one a field tells (a listing is drawn as an offer or as a need)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appli.domain import catalogue
from appli.domain.fields import Kind, Shape
from appli.i18n import _


def _shape(kind: Kind, values: Mapping[str, Any]) -> Shape | None:
    for shape in kind.info.shapes:
        if values.get(shape.field) == shape.value:
            return shape
    return None


def shape_of(kind: Kind, values: Mapping[str, Any]) -> str:
    """The code of the shape to draw."""
    found = _shape(kind, values)
    return found.code if found else kind.code


def letter_of(kind: Kind, values: Mapping[str, Any]) -> str:
    """The letter that opens the printed code."""
    found = _shape(kind, values)
    return (found.letter if found else "") or kind.info.letter


def label_of(kind: Kind, values: Mapping[str, Any]) -> str:
    """« Offre », « Personne »…"""
    found = _shape(kind, values)
    return _(found.label) if found else kind.label


def plural_of(kind: Kind, values: Mapping[str, Any]) -> str:
    """« Offres », « Personnes »…"""
    found = _shape(kind, values)
    return _(found.plural) if found else kind.plural


def facet_of(kind: Kind, values: Mapping[str, Any]) -> tuple[str, str]:
    """(code, plural) by which one filters: offers apart from needs, but all trips together."""
    found = _shape(kind, values)
    return (found.code, _(found.plural)) if found and found.letter else (kind.code, kind.plural)


def shape_meant(kind: Kind, word: str) -> Shape | None:
    """The shape of this kind that a word names, by its code or French label, whatever the case."""
    wanted = word.strip().lower()
    for shape in kind.info.shapes:
        if wanted in (shape.code, _(shape.label).lower(), _(shape.plural).lower()):
            return shape
    return None


def shape_named(word: str) -> str | None:
    """The code of a shape of any kind."""
    found = (shape_meant(kind, word) for kind in catalogue.main_kinds())
    return next((shape.code for shape in found if shape is not None), None)
