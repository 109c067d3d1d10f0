"""An offer and a need are drawn, counted and coded apart."""

from __future__ import annotations

import pytest

from appli.domain import catalogue, shapes


@pytest.mark.parametrize(
    ("code", "values", "shape", "letter", "label"),
    [
        ("listing", {"type": "offer"}, "offer", "O", "Offre"),
        ("listing", {"type": "need"}, "need", "B", "Besoin"),
        ("listing", {}, "listing", "O", "Offre ou besoin"),
        ("trip", {"role": "driver"}, "offer", "T", "Trajet proposé"),
        ("trip", {"role": "passenger"}, "need", "T", "Trajet cherché"),
        ("trip", {}, "trip", "T", "Trajet"),
        ("person", {"type": "need"}, "person", "P", "Personne"),
    ],
)
def test_faces(code: str, values: dict[str, str], shape: str, letter: str, label: str) -> None:
    kind = catalogue.kind(code)
    assert shapes.shape_of(kind, values) == shape
    assert shapes.letter_of(kind, values) == letter
    assert shapes.label_of(kind, values) == label
