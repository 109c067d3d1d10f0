"""Composes the exported map's page with folium, when the program is built: where the pieces stand, and in what order.

folium puts the map, its scripts and its options together, as for the program's own page. No record's text ever passes
here: `exported_map` writes the named files, then the sheets, into what is composed.

    python -m appli.documents.exported_frame ressources/carte/export/page.html
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from appli import resources
from appli.documents.exported_map import EXPORT, PAGE, VENDOR
from appli.documents.map_page import BASE_MAP, MAX_ZOOM, Frame, Page, Piece
from appli.documents.map_signs import Kind, kinds, sprite
from appli.i18n import _


def compose() -> str:
    """The page without anybody's words, each of its files by name."""
    frame = Frame()
    frame.options |= {"keyboard": True, "maxZoom": MAX_ZOOM}
    frame.default_js = [("leaflet_js", f"{VENDOR}/leaflet/leaflet.js"), ("begin_js", f"{EXPORT}/begin.js")]
    frame.default_css = [
        ("leaflet_css", f"{VENDOR}/leaflet/leaflet.css"),
        ("map_css", f"{PAGE}/map.css"),
        ("sheets_css", f"{EXPORT}/sheets.css"),
    ]
    whole = Page(title="")
    whole.add_child(frame)
    for piece in _pieces(kinds(json.loads(resources.path("theme/tokens.json").read_text(encoding="utf-8")))):
        frame.add_child(piece)
    composed: str = whole.render()
    return composed


def _pieces(drawn: list[Kind]) -> Iterator[Piece]:
    texts = {"one": _("{n} fiche"), "many": _("{n} fiches")}
    words = {"kinds": [[kind.name, kind.label] for kind in drawn], "texts": texts}
    yield Piece("signs.attach", [f"{PAGE}/signs.js"], words, markup=sprite(drawn))
    supercluster = f"{VENDOR}/supercluster/supercluster.min.js"
    yield Piece("sheets.attach", [supercluster, f"{EXPORT}/sheets.js"], {"texts": _sheet_words()})
    scripts = [
        f"{VENDOR}/protomaps-leaflet/protomaps-leaflet.js",
        f"{PAGE}/ground.js",
        f"{PAGE}/labels.js",
        f"{EXPORT}/base.js",
    ]
    yield Piece("baseMap.attach", scripts, {"labels": BASE_MAP["labels"], "minZoom": 0, "maxZoom": MAX_ZOOM})


def _sheet_words() -> dict[str, str]:
    return {
        "nothing": _("Aucune fiche"),
        "close": _("Fermer"),
        "zoomIn": _("Agrandir"),
        "zoomOut": _("Réduire"),
        "everything": _("Voir toutes les fiches"),
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(compose(), "utf-8")
