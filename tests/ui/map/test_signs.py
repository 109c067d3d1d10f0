"""The map and the window draw the same signs."""

from __future__ import annotations

import json

import pytest

from appli import resources
from appli.documents.map_signs import GLYPH_BOX
from ui.theme_kinds import GLYPH_PLACE

pytestmark = pytest.mark.webengine


def test_glyphs_sit_at_the_same_place_in_their_shapes() -> None:
    kinds = json.loads(resources.path("theme/tokens.json").read_text("utf-8"))["kind"]
    assert {name: GLYPH_BOX[kind["shape"]] for name, kind in kinds.items()} == GLYPH_PLACE
