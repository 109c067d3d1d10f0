"""What the page has done beside it: a change of filter brings flags alone; without workers it does all itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from appli.services.base_maps import BaseMaps
from appli.services.live_map import Points, point_list
from tests.ui.map.conftest import FLORAC, InventedSource, Shown
from ui.map import scheme
from ui.map.view import MapView

pytestmark = pytest.mark.webengine

Show = Callable[..., Shown]

SIGNS = "return [...document.querySelectorAll('.spot')].map(s => s.getAttribute('aria-label')).sort();"
LEGEND = "return [...document.querySelectorAll('.legend li')].map(r => r.textContent);"


class Filtered(InventedSource):
    """A source whose points stay while which of them are shown changes."""

    held: Points
    known: list[int]

    def points(self, known: int) -> bytes:
        self.known.append(known)
        return self.held.answer(known)


@pytest.fixture
def source() -> Filtered:
    made = Filtered()
    made.known = []
    return made


def test_a_filter_leaves_exactly_those_and_sends_no_point_again(source: Filtered, show: Show) -> None:
    kinds = ["place", "person", "project"]
    ids = [source.add(44.3 + n / 5, 3.3 + n / 5, kind, kind) for n, kind in enumerate(kinds)]
    points = [(lat, lon, bytes.fromhex(i), kind, 0) for lat, lon, i, kind in source.points_list]
    source.held = point_list(points)
    shown = show(before=lambda view: view.centre(44.5, 3.5, 9))
    assert shown.run(SIGNS) == ["Lieu", "Personne", "Projet"]
    shown.view.select(ids[2])
    shown.wait_for("document.querySelector('.card h2')?.textContent === 'project'")
    for flags, signs in (
        (b"011", ["Personne", "Projet"]),
        (b"100", ["Lieu"]),
        (b"000", []),
        (b"101", ["Lieu", "Projet"]),
    ):
        source.held = Points(source.held.columns, flags)
        shown.view.reload_points()
        shown.wait_for(f"document.querySelectorAll('.legend li').length === {len(signs)}")
        assert shown.run(SIGNS) == signs
        assert sorted(shown.run(LEGEND)) == signs
        card = shown.run("return document.querySelector('.card h2')?.textContent;")
        assert card == ("project" if flags == b"011" else None)
    assert source.known == [0] + [source.held.columns.edition] * 4


# Answers no more from its fifth question on, and says so in some way.
DEAF = """
const heard = self.onmessage;
let questions = 0;
self.onmessage = (event) => {
  if (++questions < 5) heard(event);
  else if (questions === 5) %s;
};
"""
# Each answer reaches the page as something that it cannot read.
UNREADABLE = """
self.Worker = class extends Worker {
  constructor(file) {
    super(file);
    this.addEventListener("message", (event) => {
      event.stopImmediatePropagation();
      this.dispatchEvent(new MessageEvent("messageerror"));
    });
  }
};
"""
# What may become of both workers, as an addition to a script; None: it cannot be had.
ENDS = {
    "cannot be loaded": ("-worker.js", None),
    "cannot be understood": ("-worker.js", "("),
    "fails at its start": ("-worker.js", "throw new Error('at its start');"),
    "fails between two deeds": ("-worker.js", DEAF % "setTimeout(() => { throw new Error('between'); })"),
    "hears what it cannot read": ("-worker.js", DEAF % "dispatchEvent(new MessageEvent('messageerror'))"),
    "says what the page cannot read": ("beside.js", UNREADABLE),
}
LOADED = "!document.querySelector('canvas.leaflet-tile:not(.leaflet-tile-loaded)')"
UNPAINTED = """return [...document.querySelectorAll('canvas.leaflet-tile')].filter((tile) =>
    new Set(tile.getContext('2d').getImageData(0, tile.height / 2, tile.width, 1).data).size < 10).length;"""


@pytest.fixture(params=ENDS)
def worker(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What becomes of the workers."""
    name_ends, added = ENDS[request.param]
    found = scheme.page_file

    def page_file(name: str) -> bytes | None:
        content = found(name)
        if content is None or not name.endswith(name_ends):
            return content
        return None if added is None else content + added.encode()

    monkeypatch.setattr(scheme, "page_file", page_file)
    return str(request.param)


@pytest.mark.usefixtures("worker")
def test_the_page_groups_and_paints_itself_where_a_worker(source: Filtered, show: Show) -> None:
    for n in range(3):
        source.add(*FLORAC, "person", f"Personne {n}")
    source.add(44.6, 3.2, "place", "Le Relais")
    source.held = point_list([(lat, lon, bytes.fromhex(i), kind, 0) for lat, lon, i, kind in source.points_list])
    source.base = BaseMaps()

    def tell(view: MapView) -> None:
        view.centre(44.5, 3.4, 9)

    shown = show(before=tell)
    assert shown.run(SIGNS) == ["3 fiches", "Lieu"]
    shown.wait_for(f"document.querySelectorAll('canvas.leaflet-tile').length >= 9 && {LOADED}")
    assert shown.run(UNPAINTED) == 0
    shown.wait_for("document.querySelector('canvas.labels')?.dataset.written === '9'")
    shown.view.centre(*FLORAC, 12)
    shown.wait_for("document.querySelector('.ring')?.textContent === '3'")
    shown.wait_for("document.querySelector('canvas.labels')?.dataset.written === '12'")
    shown.wait_for(LOADED)
    assert shown.run(UNPAINTED) == 0
    shown.click(".ring")
    shown.wait_for("document.querySelectorAll('.pile .row').length === 3")
