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


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    found = scheme.page_file
    monkeypatch.setattr(scheme, "page_file", lambda name: None if name.endswith("-worker.js") else found(name))


@pytest.mark.usefixtures("no_worker")
def test_without_workers_the_page_groups_and_paints_itself(source: Filtered, show: Show) -> None:
    for n in range(3):
        source.add(*FLORAC, "person", f"Personne {n}")
    source.add(44.6, 3.2, "place", "Le Relais")
    source.held = point_list([(lat, lon, bytes.fromhex(i), kind, 0) for lat, lon, i, kind in source.points_list])
    source.base = BaseMaps()

    def tell(view: MapView) -> None:
        view.centre(44.5, 3.4, 9)

    shown = show(before=tell)
    assert shown.run(SIGNS) == ["3 fiches", "Lieu"]
    shown.wait_for("document.querySelectorAll('canvas.leaflet-tile-loaded').length >= 9")
    painted = (
        "[...document.querySelectorAll('canvas.leaflet-tile-loaded')].every(c => "
        "new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size > 20)"
    )
    assert shown.run(f"return {painted};") is True
    shown.wait_for("document.querySelector('canvas.labels')?.dataset.written === '9'")
    shown.view.centre(*FLORAC, 12)
    shown.wait_for("document.querySelector('.ring')?.textContent === '3'")
    shown.click(".ring")
    shown.wait_for("document.querySelectorAll('.pile .row').length === 3")
