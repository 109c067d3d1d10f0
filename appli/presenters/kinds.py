"""Kinds of records as the window names and draws them. Asked after the first paint: the declarations load pydantic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from appli.i18n import _

DRAWN = frozenset("person organization project place equipment event offer need commons page route".split())
"""The shapes the tokens know."""

_DRAWN_AS = {"listing": "offer", "trip": "offer"}


def drawn_shape(shape: str) -> str:
    """The shape to draw: a listing that does not say whether it offers or needs is drawn as an offer."""
    return shape if shape in DRAWN else _DRAWN_AS.get(shape, "page")


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind one may create: an offer and a need are two, though both are listings."""

    kind: str
    shape: str
    label: str


@cache
def kind_choices() -> tuple[KindChoice, ...]:
    """What « Nouvelle fiche » offers, in the order of the numbers."""
    from appli.domain import catalogue

    found: list[KindChoice] = []
    for kind in catalogue.main_kinds():
        apart = [s for s in kind.info.shapes if s.letter]
        found += [KindChoice(kind.code, s.code, _(s.label)) for s in apart]
        if not apart:
            found.append(KindChoice(kind.code, drawn_shape(kind.code), kind.label))
    return tuple(found)


@cache
def word_of(kind: str, shape: str) -> str:
    """« personne », « offre », « trajet cherché »: what a screen reader says of a row."""
    from appli.domain import catalogue

    found = catalogue.kind(kind)
    return next((_(s.label) for s in found.info.shapes if s.code == shape), found.label).lower()
