"""Records of fifteen shared fields, the size that the exchange was probed with."""

from __future__ import annotations

import random
from collections.abc import Iterator

from appli.domain import catalogue
from appli.domain.changes import Create
from appli.domain.ids import new_id


def fifteen_fields(many: int) -> Iterator[Create]:
    """Places of fifteen fields, as the probe of the exchange measured them."""
    world = random.Random(48)
    words = "atelier jardin four pain bois vélo cuisine laine forge couture".split()
    for n in range(many):
        text = " ".join(world.choices(words, k=8))
        values: dict[str, object] = {
            "title": f"Lieu {n}", "summary": text, "description": " ".join(world.choices(words, k=20)),
            "commune": {"insee": "48095", "name": "Mende"}, "hours_note": text,
            "address": {"street": f"{n % 90} rue du Pont", "postcode": "48000"},
            "position": {"lat": 44 + world.random(), "lon": 3 + world.random()}, "families": ["coworking"],
            "opening_hours": "Mo-Fr 09:00-12:00,14:00-18:00", "capacity": n % 60, "surface_indoor": n % 300,
            "how_to_book": "par téléphone", "response_delay": "deux jours", "opened_year": 2015, "free_access": True,
        }  # fmt: skip
        yield Create(new_id(1_790_000_000_000 + n), "place", catalogue.kind("place").validate(values))
