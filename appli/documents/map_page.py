"""Composes the map's page with folium, when the program is built.

folium puts the map, its layers and its controls together; each piece below is one of its elements and names the scripts
it needs, all of them local. What folium writes inline is then cut into files, because the page is served under a policy
that runs no inline script. No record's text ever passes here: records reach the finished page as JSON.

    python -m appli.documents.map_page ressources/carte/page
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from branca.element import Figure
from folium import Map
from folium.elements import JSCSSMixin
from folium.template import Template

from appli import resources
from appli.documents.map_signs import Kind, kinds, palettes, sprite
from appli.i18n import _

MIN_ZOOM, MAX_ZOOM = 5, 14
FAR_ZOOM = 18  # where a detailed map leads: the base map goes along, beside its edges
START = (46.6, 2.5)
START_ZOOM = 6
_ATTRIBUTION = _("Fond de carte\u00a0: IGN, INSEE, Natural Earth")
BASE_MAP = {
    "vector": {"archive": "fr", "maxZoom": 9},
    "relief": {"archive": "relief", "maxZoom": 8},
    "minZoom": MIN_ZOOM,
    "maxZoom": FAR_ZOOM,
    # From which zoom a commune is named, and how: by inhabitants, or by what it is the seat of (2 sous-préfecture,
    # 3 préfecture, 4 capital of a region).
    "labels": {
        "ranks": [
            {"people": 200_000, "zoom": 4, "size": 15, "weight": 700, "dot": 3},
            {"people": 60_000, "seat": 4, "zoom": 6, "size": 14, "weight": 600, "dot": 2.6},
            {"people": 15_000, "seat": 3, "zoom": 7, "size": 13.4, "weight": 600, "dot": 2.4},
            {"people": 4_000, "seat": 2, "zoom": 8, "size": 13.4, "weight": 500, "dot": 2.2},
            {"people": 1_000, "zoom": 9, "size": 13.4, "weight": 400, "dot": 2},
            {"people": 300, "zoom": 10, "size": 13.4, "weight": 400, "dot": 1.8},
            {"people": 0, "zoom": 11, "size": 13.4, "weight": 400, "dot": 1.8},
        ],
        # What detailed maps name: city, town, village, suburb, hamlet or quarter, lonely farm, shop.
        "places": [
            {"zoom": 4, "size": 15, "weight": 700, "dot": 3},
            {"zoom": 8, "size": 14, "weight": 600, "dot": 2.4},
            {"zoom": 10, "size": 13.4, "weight": 500, "dot": 2},
            {"zoom": 12, "size": 13.4, "weight": 500, "dot": 1.6},
            {"zoom": 12, "size": 13.4, "weight": 400, "dot": 1.6},
            {"zoom": 14, "size": 13.4, "weight": 400, "dot": 1.4},
            {"zoom": 16, "size": 13.4, "weight": 400, "dot": 1.8},
        ],
    },
}


class Page(Figure):
    """folium's page, but in French, and with its script inside the body."""

    _template = Template(
        '<!doctype html>\n<html lang="fr">\n<head>\n<title>{{ this.title }}</title>\n'
        "{{ this.header.render(**kwargs) }}\n</head>\n<body>\n{{ this.html.render(**kwargs) }}\n"
        "<script>\n{{ this.script.render(**kwargs) }}\n</script>\n</body>\n</html>\n"
    )


class Frame(Map):
    """The map itself: folium's, with none of the eleven remote files it would ask for."""

    def __init__(self) -> None:
        super().__init__(
            location=START,
            zoom_start=START_ZOOM,
            tiles=None,
            zoom_control=False,
            font_size="1em",
            attributionControl=False,
            keyboard=False,
            minZoom=MIN_ZOOM,
            maxZoom=FAR_ZOOM,  # until one knows whether a detailed map leads there
            # Nothing glides: slow machines, calm eyes.
            fadeAnimation=False,
            zoomAnimation=False,
            markerZoomAnimation=False,
            inertia=False,
        )
        self.default_js = [
            ("leaflet_js", "vendor/leaflet/leaflet.js"),
            ("bridge_js", "bridge.js"),
        ]
        self.default_css = [
            ("leaflet_css", "vendor/leaflet/leaflet.css"),
            ("tokens_css", "tokens.css"),
            ("map_css", "map.css"),
            ("detail_css", "detail.css"),
        ]
        self._id = "maillage"  # folium's own is random: the composed page must be the same each time


class Piece(JSCSSMixin):
    """One part of the page: its scripts, and the call that hands it the map and its options."""

    _template = Template(
        "{% macro html(this, kwargs) %}{{ this.markup }}{% endmacro %}"
        "{% macro script(this, kwargs) %}"
        "Maillage.{{ this.call }}({{ this._parent.get_name() }}, {{ this.options | tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, call: str, scripts: Sequence[str], options: dict[str, Any], markup: str = "") -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.call = call
        self.default_js = [(script, script) for script in scripts]
        self.options = options
        self.markup = markup


def _pieces(shown: list[Kind]) -> Iterator[Piece]:
    """In the order they are loaded and called."""
    yield Piece("signs.attach", ["signs.js"], _sign_words(shown), markup=sprite(shown))
    supercluster = "vendor/supercluster/supercluster.min.js"
    groups = [supercluster, "beside.js", "groups.js", "levels.js"]
    yield Piece("records.attach", [*groups, "points.js", "marks.js", "records.js"], {})
    yield Piece("circle.attach", ["circle.js"], _circle_words())
    yield Piece("popup.attach", ["pile.js", "popup.js"], _popup_words())
    yield Piece("moving.attach", ["moving.js"], _moving_words())
    yield Piece("keyboard.attach", ["keyboard.js"], {"name": _("Carte des fiches")})
    yield Piece("layers.attach", ["layers.js"], _layer_words())
    yield Piece("controls.attach", ["controls.js"], _control_words())
    protomaps = "vendor/protomaps-leaflet/protomaps-leaflet.js"
    yield Piece("detail.attach", [protomaps, "styles.js", "detail.js"], {"maxZoom": MAX_ZOOM})
    ground = ["ground.js", "archives.js", "streets.js", "labels.js", "basemap.js"]
    yield Piece("baseMap.attach", ground, BASE_MAP)
    yield Piece("picture.attach", ["picture.js"], {"attribution": _ATTRIBUTION})
    yield Piece("start", ["start.js"], {})


def _sign_words(shown: list[Kind]) -> dict[str, Any]:
    return {
        "kinds": [[kind.name, kind.label] for kind in shown],
        "texts": {"one": _("{n} fiche"), "many": _("{n} fiches")},
    }


def _popup_words() -> dict[str, str]:
    return {
        "open": _("Ouvrir la fiche"),
        "around": _("Autour d’ici"),
        "move": _("Déplacer…"),
        "close": _("Fermer"),
        "back": _("Retour à la liste"),
        "pile": _("{n} fiches ici"),
        "about": _("Position à la commune près"),
        "doubtful": _("Position à vérifier\u00a0: «\u00a0À localiser\u00a0» dit pourquoi"),
    }


def _moving_words() -> dict[str, str]:
    return {"name": _("Signe de {title}, à déplacer")}


def _circle_words() -> dict[str, str]:
    return {
        "middle": _("Déplacer le centre du cercle"),
        "edge": _("Agrandir ou réduire le cercle"),
        "km": _("{n}\u00a0km"),
        "distance": _("à {n}\u00a0km de {name}"),
        "close": _("tout près de {name}"),
    }


def _layer_words() -> dict[str, str]:
    return {
        "back": _("Retour à la liste"),
        "several": _("{name}\u00a0: {n} ici"),
        "closer": _("Agrandissez la carte pour les séparer."),
    }


def _control_words() -> dict[str, str]:
    return {
        "zoomIn": _("Agrandir"),
        "zoomOut": _("Réduire"),
        "everything": _("Voir toutes les fiches"),
        "home": _("Voir tout le territoire"),
        "about": _("À la commune près"),
        "doubtful": _("Position à vérifier"),
        "legend": _("Légende"),
        "attribution": _ATTRIBUTION,
    }


def compose() -> dict[str, bytes]:
    """The files folium writes, by name: the page, its script, its styles and the colours of both themes."""
    tokens = json.loads(resources.path("theme/tokens.json").read_text(encoding="utf-8"))
    page = Page(title=_("Carte"))
    frame = Frame()
    page.add_child(frame)
    for piece in _pieces(kinds(tokens)):
        frame.add_child(piece)
    files = dict(_split(page.render()))
    files["tokens.css"] = palettes(tokens)
    return {name: _signed(name, text).encode("utf-8") for name, text in files.items()}


def _split(html: str) -> Iterator[tuple[str, str]]:
    """Cut inline scripts and styles into files; a policy without 'unsafe-inline' runs the rest."""
    styles: list[str] = []

    def style(match: re.Match[str]) -> str:
        styles.append(_tidy(match[1]))
        return '<link rel="stylesheet" href="frame.css"/>' if len(styles) == 1 else ""

    html = re.sub(r"<style>(.*?)</style>", style, html, flags=re.DOTALL)
    scripts: list[tuple[str, str]] = []

    def script(match: re.Match[str]) -> str:
        name = f"composed-{len(scripts) + 1}.js"
        scripts.append((name, _tidy(match[1])))
        return f'<script src="{name}"></script>'

    html = re.sub(r"<script>(.*?)</script>", script, html, flags=re.DOTALL)
    yield "index.html", _tidy(html)
    yield "frame.css", "".join(styles)
    yield from scripts


def _signed(name: str, text: str) -> str:
    """With a word to whoever opens the file to change it."""
    note = "Composed by appli/documents/map_page.py: change it there."
    if name.endswith(".html"):
        return text.replace("<html", f"<!-- {note} -->\n<html", 1)
    return f"/* {note} */\n{text}"


def _tidy(text: str) -> str:
    """Without the blank lines and the indents that templates leave."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def main(arguments: list[str]) -> None:
    """Write the composed files into the given folder."""
    folder = Path(arguments[0])
    for name, content in compose().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1:])
