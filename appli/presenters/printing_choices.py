"""What can be chosen of an edition, in words: drawn by the window from what the edition's model declares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from appli.i18n import _, _n, number
from appli.presenters.printing_words import READERS

if TYPE_CHECKING:
    from appli.services.printing.edition import Edition

Choice = tuple[str, str]
"""Code and words."""


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One of the model's own choices."""

    code: str
    label: str
    sort: str
    """flag, choice, number or text."""
    value: Any
    choices: tuple[Choice, ...] = ()
    low: float = 0
    high: float = 0
    unit: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Every choice of an edition; those there is nothing to choose of are empty."""

    help: str
    has_sheets: bool
    """Whether it holds sheets, so that one may say which."""
    kinds: tuple[Choice, ...]
    readers: tuple[Choice, ...]
    reader: str
    reader_means: str
    orders: tuple[Choice, ...]
    papers: tuple[Choice, ...]
    parts: tuple[tuple[str, str, bool], ...]
    options: tuple[OptionRow, ...]


def offer_of(edition: Edition) -> Offer:
    """What can be chosen of it, as it stands."""
    from appli.services.printing.model import ORDERS, PAPERS, PARTS

    model = edition.of
    return Offer(
        help=" ".join(words for words in (_(model.help), _chosen_words(edition)) if words),
        has_sheets=not model.blank,
        kinds=_kinds(edition),
        readers=tuple((a.code, _(READERS[a.code][0])) for a in model.audiences),
        reader=edition.audience.code,
        reader_means=_(READERS[edition.audience.code][1]),
        orders=tuple((code, _(ORDERS[code])) for code in model.orders),
        papers=tuple((code, _(PAPERS[code].label)) for code in model.papers),
        parts=tuple((code, _(PARTS[code]), edition.has(code)) for code in model.parts),
        options=_options(edition),
    )


def _chosen_words(edition: Edition) -> str:
    """That only some sheets are meant, whatever else is chosen."""
    words = _n("Seulement la fiche choisie.", "Seulement parmi les {n} fiches choisies.", len(edition.records))
    return words.format(n=number(len(edition.records))) if edition.records else ""


def _kinds(edition: Edition) -> tuple[Choice, ...]:
    """The sorts of sheets it can hold, as the list's own filters call them; none to choose of a single one."""
    from appli.domain import catalogue

    model = edition.of
    if model.blank or (model.fixed and len(model.kinds) == 1):
        return ()
    found: list[Choice] = []
    for kind in catalogue.main_kinds():
        apart = [shape for shape in kind.info.shapes if shape.letter]
        found += [(shape.code, _(shape.plural)) for shape in apart] or [(kind.code, kind.plural)]
    return tuple((code, words) for code, words in found if not model.fixed or code in model.kinds)


def _options(edition: Edition) -> tuple[OptionRow, ...]:
    from appli.services.printing.model import PAPERS, SIDES

    own = [(option, edition.option(option.code)) for option in edition.of.options]
    if PAPERS[edition.paper].booklet:
        own.append((SIDES, edition.options.get(SIDES.code, SIDES.default)))
    return tuple(
        OptionRow(
            code=option.code,
            label=_(option.label),
            sort=option.sort,
            value=value,
            choices=tuple((code, _(words)) for code, words in option.choices.items()),
            low=option.low,
            high=option.high,
            unit=option.unit,
            help=_(option.help) if option.help else "",
        )
        for option, value in own
    )
