"""Sheets of labels and cards sold in shops: where each one lies, in millimetres from the top left corner.

Sizes and pitches are facts printed on the boxes; where a maker gives no margins, the labels are centred on the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from appli.i18n import N_


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """An A4 sheet with `across` × `down` labels."""

    code: str
    label: str
    width: float
    height: float
    across: int
    down: int
    left: float
    top: float
    step_x: float
    step_y: float

    @property
    def count(self) -> int:
        """How many labels there are on it."""
        return self.across * self.down

    def corner(self, place: int) -> tuple[float, float]:
        """The top left corner of a label, counted from 0 along the lines."""
        row, column = divmod(place, self.across)
        return self.left + column * self.step_x, self.top + row * self.step_y


def _by_code(*sheets: LabelSheet) -> Mapping[str, LabelSheet]:
    return {sheet.code: sheet for sheet in sheets}


LABEL_SHEETS = _by_code(
    LabelSheet("l7160", N_("Avery L7160 : 21 étiquettes, 63,5 × 38,1 mm"), 63.5, 38.1, 3, 7, 7.48, 15.49, 66.04, 38.1),
    LabelSheet("l7161", N_("Avery L7161 : 18 étiquettes, 63,5 × 46,6 mm"), 63.5, 46.6, 3, 6, 7.21, 8.7, 66.04, 46.6),
    LabelSheet("l7162", N_("Avery L7162 : 16 étiquettes, 99,1 × 33,9 mm"), 99.1, 33.9, 2, 8, 4.65, 12.9, 101.6, 33.9),
    LabelSheet("l7163", N_("Avery L7163 : 14 étiquettes, 99,1 × 38,1 mm"), 99.1, 38.1, 2, 7, 3.35, 15.17, 103.0, 38.1),
    LabelSheet("z3474", N_("Avery 3474 : 24 étiquettes, 70 × 37 mm, sans marge"), 70, 37, 3, 8, 0, 0, 70, 37),
)
_CARDS = (85, 54, 2, 5, 15, 13.5, 95, 54)
CARD_SHEETS = _by_code(
    LabelSheet("c32011", N_("Avery C32011 : 10 cartes, 85 × 54 mm"), *_CARDS),
    LabelSheet("plain", N_("Papier ordinaire à découper : 10 cartes, 85 × 54 mm"), *_CARDS),
)
