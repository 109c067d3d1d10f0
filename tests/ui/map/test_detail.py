"""Detailed maps and the online map in a real page: drawn where they say more, with thanks to whom they are due."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from appli import config
from appli.services import detailed_maps, online_maps
from appli.services.base_maps import BaseMaps
from tests import map_files as files
from tests.hostile import HOSTILE
from tests.map_files import picture
from tests.ui.map.conftest import FLORAC, InventedSource, Shown
from ui.map import online
from ui.map.view import MapView

pytestmark = pytest.mark.webengine

Show = Callable[..., Shown]
DRAWN = Path(__file__).parents[2] / "data/cartes"
TILES = ".leaflet-detail-pane canvas.leaflet-tile-loaded"
FLORAC_TILE = (12, 2088, 1485)


STREET, ROAD, HOUSE, LAND = (251, 233, 191), (244, 207, 146), (220, 205, 187), (250, 245, 234)


def colours(shown: Shown) -> set[tuple[int, int, int]]:
    """Every colour on screen: the page itself may not read what it painted."""
    image = shown.view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    content = bytes(image.constBits())
    return set(zip(content[0::3], content[1::3], content[2::3], strict=False))


def painted(shown: Shown, *wanted: tuple[int, int, int]) -> bool:
    """Whether these colours come on screen."""
    shown.wait_until(lambda: set(wanted) <= colours(shown))
    return True


def painted_by_base(shown: Shown) -> bool:
    """Whether there are the many shades of the relief, which no plain tile has."""
    shown.wait_until(lambda: len(colours(shown)) > 300)
    return True


def around(place: tuple[int, int, int], content: bytes, reach: int = 2) -> dict[tuple[int, int, int], bytes]:
    z, x, y = place
    span = range(-reach, reach + 1)
    return {(z, x + dx, y + dy): content for dx in span for dy in span}


@pytest.fixture
def bring(source: InventedSource, tmp_path: Path) -> Callable[[Path], str]:
    """Bring a map into the directory's folder; the answer is its id."""
    source.base = BaseMaps(tmp_path)
    return lambda file: detailed_maps.bring(tmp_path, file).id


@pytest.mark.parametrize("scheme", ["protomaps", "openmaptiles", "shortbread"])
def test_a_drawing_of_each_scheme_has_its_streets_houses_and_names(
    bring: Callable[[Path], str], show: Show, scheme: str
) -> None:
    bring(DRAWN / f"{scheme}.pmtiles")
    shown = show(before=lambda view: view.centre(*FLORAC, 16))
    shown.wait_for(f"document.querySelectorAll('{TILES}').length >= 9")
    assert shown.run("return map_maillage.getZoom();") == 16
    assert painted(shown, ROAD, HOUSE, LAND)
    told = shown.run(
        "const b = map_maillage.getPixelBounds();"
        "return Maillage.detail.names(16, {minX: b.min.x, minY: b.min.y, maxX: b.max.x, maxY: b.max.y});"
    )
    assert "Rue du Four à pain" in {street["name"] for street in told["streets"]}
    assert {"Florac Trois Rivières"} <= {place["name"] for place in told["places"]}


def test_layers_nobody_knows_are_drawn_in_grey(bring: Callable[[Path], str], show: Show) -> None:
    bring(DRAWN / "inconnu.pmtiles")
    shown = show(before=lambda view: view.centre(*FLORAC, 15))
    shown.wait_for(f"document.querySelectorAll('{TILES}').length >= 4")
    assert painted(shown, LAND)


def test_the_same_from_a_base(bring: Callable[[Path], str], show: Show) -> None:
    bring(DRAWN / "openmaptiles.mbtiles")
    shown = show(before=lambda view: view.centre(*FLORAC, 15))
    shown.wait_for(f"document.querySelectorAll('{TILES}').length >= 4")
    assert painted(shown, ROAD)
    # Far from it, and from afar, only the base map is asked.
    shown.view.centre(48.85, 2.35, 15)
    shown.wait_for("document.querySelectorAll('.leaflet-detail-pane canvas').length === 0")
    shown.view.centre(*FLORAC, 8)
    shown.wait_for("map_maillage.getZoom() === 8")
    assert shown.run("return document.querySelectorAll('.leaflet-detail-pane canvas').length;") == 0


def test_pictures_lie_one_above_the_other_in_their_order(
    bring: Callable[[Path], str], show: Show, source: InventedSource, tmp_path: Path
) -> None:
    under = bring(files.pmtiles(tmp_path / "a", around(FLORAC_TILE, picture(10))))
    over = bring(files.mbtiles(tmp_path / "b", around(FLORAC_TILE, picture(90), reach=1)))
    shown = show(before=lambda view: view.centre(*FLORAC, 12))
    shown.wait_for(f"document.querySelectorAll('{TILES}').length >= 10")
    assert painted(shown, (10, 120, 80), (90, 120, 80))
    order = "return [...document.querySelectorAll('.leaflet-detail-pane > .leaflet-layer')].map(l => +l.style.zIndex);"
    assert shown.run(order) == [2, 1]  # the page draws the first of the list above
    detailed_maps.show(tmp_path, over, False)
    detailed_maps.move(tmp_path, under, -1)
    source.base.refresh()  # type: ignore[attr-defined]
    shown.view.reload_maps()
    shown.wait_for("document.querySelectorAll('.leaflet-detail-pane > .leaflet-layer').length === 1")
    shown.wait_for(f"document.querySelectorAll('{TILES}').length >= 4")
    assert painted(shown, (10, 120, 80))
    assert (90, 120, 80) not in colours(shown)


def test_one_goes_no_farther_than_there_is_something_to_see(
    bring: Callable[[Path], str], show: Show, tmp_path: Path
) -> None:
    bring(files.pmtiles(tmp_path / "a", around((15, 16711, 11881), picture())))
    shown = show(before=lambda view: view.centre(*FLORAC, 18))
    shown.wait_for("map_maillage.getMaxZoom() === 16")
    assert shown.run("return map_maillage.getZoom();") == 16


def test_thanks_are_words_whatever_was_written(
    bring: Callable[[Path], str], show: Show, source: InventedSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if what cleans them failed: the page shows them as text."""
    monkeypatch.setattr(detailed_maps, "attribution", lambda _info: HOSTILE[0] + HOSTILE[1])
    bring(files.pmtiles(tmp_path / "a", around(FLORAC_TILE, picture())))
    shown = show(before=lambda view: view.centre(*FLORAC, 12))
    shown.wait_for("document.querySelector('.credits')")
    assert shown.run("return document.querySelector('.credits').textContent;") == HOSTILE[0] + HOSTILE[1]
    assert shown.run("return [window.hits, document.querySelectorAll('.credits *').length];") == [None, 0]
    shown.view.centre(48.85, 2.35, 12)
    shown.wait_for("document.querySelector('.credits').hidden")
    assert not shown.view.gate.refused


def test_a_map_damaged_since_shows_the_base_map(
    bring: Callable[[Path], str], show: Show, source: InventedSource, tmp_path: Path
) -> None:
    kept = bring(files.pmtiles(tmp_path / "a", around(FLORAC_TILE, picture())))
    (tmp_path / "cartes" / f"{kept}.pmtiles").write_bytes(b"PMTiles\x03" + bytes(40))
    shown = show(before=lambda view: view.centre(*FLORAC, 12))
    shown.wait_for(f"document.querySelectorAll('{TILES}').length >= 4")
    shown.wait_for("document.querySelectorAll('.leaflet-tile-pane canvas.leaflet-tile-loaded').length >= 4")
    assert painted_by_base(shown)
    assert (200, 120, 80) not in colours(shown)


def test_only_maps_that_are_shown_have_tiles(bring: Callable[[Path], str], show: Show, tmp_path: Path) -> None:
    kept = bring(files.pmtiles(tmp_path / "a", {FLORAC_TILE: picture()}))
    shown = show(before=lambda view: view.centre(*FLORAC, 12))
    status = "return (await fetch('/tuiles/{}')).status;"
    place = "/".join(map(str, FLORAC_TILE))
    assert shown.run(status.format(f"{kept}/{place}")) == 200
    # a map there is not, no place, and another file of the folder
    for wrong in (f"0123456789abcdef/{place}", f"{kept}/12/-1/0", f"{kept}/12/1", f"{kept}/a/b/c", "cartes.json/1/1/1"):
        with pytest.raises(AssertionError):
            assert shown.run(status.format(wrong)) == 200


# --- the online map -------------------------------------------------------------------------------


class Server:
    """A stand-in for the service, on this machine."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.cookies: list[str] = []
        self.body, self.status = picture(40), 200
        self.answers = threading.Event()
        self.answers.set()
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                told.asked.append(self.path)
                told.answers.wait(10)
                told.agents.add(self.headers["User-Agent"])
                told.cookies += self.headers.get_all("Cookie") or self.headers.get_all("Referer") or []
                self.send_response(told.status)
                self.send_header("Content-Type", "image/png")
                self.send_header("Content-Length", str(len(told.body)))
                self.send_header("Cache-Control", "max-age=3600")
                self.send_header("Set-Cookie", "suivi=1")
                self.end_headers()
                self.wfile.write(told.body)

            def log_message(self, *_arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/{{z}}/{{x}}/{{y}}.png"

    def close(self) -> None:
        self.answers.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    config.save_settings(online_address=made.address)
    yield made
    made.close()


ONLINE = "document.querySelectorAll('.leaflet-detail-pane canvas.leaflet-tile-loaded').length >= 6"


def test_nothing_is_asked_before_somebody_agrees(source: InventedSource, show: Show, server: Server) -> None:
    source.base = BaseMaps(online=True)
    shown = show(before=lambda view: view.centre(*FLORAC, 13))
    assert shown.run("return (await fetch('/tuiles/en-ligne/13/4177/2970')).status;") != 200
    assert server.asked == []


def test_after_a_yes_only_what_is_looked_at_is_asked_once(source: InventedSource, show: Show, server: Server) -> None:
    online_maps.choose("ign")
    source.base = BaseMaps(online=True)
    shown = show(before=lambda view: view.centre(*FLORAC, 13))
    shown.wait_for(ONLINE)
    assert painted(shown, (40, 120, 80))
    assert "IGN" in shown.run("return document.querySelector('.credits').textContent;")
    columns = shown.run("const b = map_maillage.getPixelBounds(); return [b.min.x, b.max.x].map(p => p / 256 | 0);")
    asked = [tuple(map(int, path.strip("/").removesuffix(".png").split("/"))) for path in server.asked]
    assert len(asked) == len(set(asked)) <= 20
    assert {z for z, _x, _y in asked} == {13}
    assert {x for _z, x, _y in asked} == set(range(columns[0], columns[1] + 1))
    assert [agent[:9] for agent in server.agents] == ["Maillage/"]
    assert server.cookies == []
    # A second look is answered from this PC.
    before = list(server.asked)
    place = "/".join(map(str, asked[0]))
    assert shown.run(f"return (await fetch('/tuiles/en-ligne/{place}')).status;") == 200
    assert server.asked == before
    assert not shown.view.gate.refused


def test_no_more_is_asked_after_a_no_and_nothing_is_kept(source: InventedSource, show: Show, server: Server) -> None:
    online_maps.choose("osm")
    source.base = base = BaseMaps(online=True)
    shown = show(before=lambda view: view.centre(*FLORAC, 13))
    shown.wait_for(ONLINE)
    assert list(online_maps.cache_folder().rglob("*.d"))
    online_maps.choose("")
    base.refresh()
    shown.view.reload_maps()
    shown.wait_for("document.querySelectorAll('.leaflet-detail-pane canvas').length === 0")
    before = list(server.asked)
    shown.view.centre(48.85, 2.35, 13)
    shown.wait_for("document.querySelectorAll('.leaflet-tile-pane canvas.leaflet-tile-loaded').length >= 6")
    assert server.asked == before
    assert not list(online_maps.cache_folder().rglob("*.d"))


TROUBLES = {
    "a page": "Plan IGN a envoyé autre chose que des images.",
    "refused": "Plan IGN refuse d’envoyer ses images.",
    "gone": "Plan IGN ne répond pas\u00a0: le réseau manque peut-être.",
    "slow": "Plan IGN tarde trop à répondre.",
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_without_an_answer_the_base_map_stays_and_says_why(
    source: InventedSource, show: Show, server: Server, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    online_maps.choose("ign")
    monkeypatch.setattr(online, "PATIENCE_MS", 300 if trouble == "slow" else online.PATIENCE_MS)
    if trouble == "gone":
        config.save_settings(online_address="http://127.0.0.1:9/{z}/{x}/{y}")
    server.status, server.body = (403, b"") if trouble == "refused" else (200, b"<html><script>hits=1</script>")
    if trouble == "slow":
        server.answers.clear()
    source.base = base = BaseMaps(online=True)
    shown = show(before=lambda view: view.centre(*FLORAC, 13))
    shown.wait_for(ONLINE)
    shown.wait_for("document.querySelectorAll('.leaflet-tile-pane canvas.leaflet-tile-loaded').length >= 6")
    assert painted_by_base(shown)
    assert (40, 120, 80) not in colours(shown)
    assert shown.run("return window.hits;") is None
    said = "document.querySelector('.trouble')?.textContent"
    shown.wait_for(f"{said} === {json.dumps(TROUBLES[trouble] + ' Le fond de carte de Maillage le remplace.')}")
    server.status, server.body = 200, picture(40)
    server.answers.set()
    config.save_settings(online_address=server.address)
    base.refresh()
    shown.view.centre(45.0, 3.0, 13)
    shown.wait_for("document.querySelector('.trouble').hidden")  # as soon as one comes


OVERLAPS = """
const boxes = [...document.querySelectorAll('.leaflet-control:not([hidden])')].map(c => c.getBoundingClientRect());
const over = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
return [boxes.length, boxes.filter((a, n) => boxes.slice(n + 1).some((b) => over(a, b))).length];
"""


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.usefixtures("server")
def test_what_is_said_of_the_online_map_covers_no_button(source: InventedSource, show: Show, scale: float) -> None:
    source.add(*FLORAC, "place", "Le Relais")
    online_maps.choose("ign")
    source.base = BaseMaps(online=True)

    def tell(view: MapView) -> None:
        view.resize(1278 if scale == 2 else 747, 434 if scale == 2 else 572)  # what a window of 1366 × 768 leaves it
        view.set_text_scale(scale)
        view.set_home((44.1, 2.9, 45.0, 4.0))
        view.centre(*FLORAC, 13)

    shown = show(before=tell)
    shown.wait_for("document.querySelector('.credits')")
    shown.view._handler.online_trouble.emit(TROUBLES["gone"] + " Le fond de carte de Maillage le remplace.")
    shown.wait_for("document.querySelector('.trouble')")
    assert shown.run(OVERLAPS) == [4 if scale > 1 else 6, 0]
