"""A map over a few invented records, and a way to ask its page questions."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import shiboken6

from appli.presenters.map_source import BaseMapSource
from appli.services.layers import Layers
from appli.services.live_map import point_list
from ui import immortals
from ui.map.view import MapView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

immortals.protect()

FLORAC = (44.3253, 3.5936)


def record_id(number: int) -> str:
    return f"{number:032x}"


@dataclass
class InventedBase:
    """The base map alone, with the tiles a test brings."""

    tiles: Callable[[str, int, int, int], bytes | None] = lambda *_place: None

    def page(self) -> bytes:
        return b'{"maps": []}'

    def tile_type(self, archive: str) -> str | None:
        return {"fr": "mvt", "relief": "webp"}.get(archive)

    def tile(self, archive: str, z: int, x: int, y: int) -> bytes | None:
        return self.tiles(archive, z, x, y)

    def online_address(self, z: int, x: int, y: int) -> str | None:
        return None


@dataclass
class InventedSource:
    """Records given by the test; no tile, unless the test brings some."""

    points_list: list[tuple[float, float, str, str]] = field(default_factory=list)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    photos: dict[str, bytes] = field(default_factory=dict)
    vague: dict[str, int] = field(default_factory=dict)
    layers: Layers | None = None
    base: BaseMapSource = field(default_factory=InventedBase)

    def add(self, lat: float, lon: float, kind: str, title: str, **others: str) -> str:
        identity = record_id(len(self.points_list) + 1)
        self.points_list.append((lat, lon, identity, kind))
        self.texts[identity] = {"title": title, "line": "", "commune": "", "opening": "", "code": "", **others}
        return identity

    def points(self, known: int) -> bytes:
        places = [(lat, lon, bytes.fromhex(i), kind, self.vague.get(i, 0)) for lat, lon, i, kind in self.points_list]
        return point_list(places).answer(known)

    def photo(self, record_id: str) -> bytes | None:
        return self.photos.get(record_id)

    def details(self, record_id: str) -> dict[str, str] | None:
        return self.texts.get(record_id)

    def layers_page(self) -> bytes:
        return self.layers.page() if self.layers else b'{"layers":[]}'

    def layer_point(self, layer: str, row: int) -> dict[str, Any] | None:
        return self.layers.details(layer, row) if self.layers else None


class Shown:
    """A map on screen."""

    def __init__(self, view: MapView, qtbot: QtBot) -> None:
        self.view = view
        self._qtbot = qtbot
        self._turns = itertools.count()

    def run(self, script: str) -> Any:
        """What the body of an async function returns, evaluated in the page."""
        key = f"answer{next(self._turns)}"
        answers: list[str] = []
        page = self.view._page
        page.runJavaScript(
            f"(async () => {{ {script} }})().then("
            f"value => window.{key} = JSON.stringify(value ?? null),"
            f"problem => window.{key} = JSON.stringify('' + problem));"
        )

        def poll() -> bool:
            page.runJavaScript(f"window.{key} ?? ''", lambda text: answers.append(text or ""))
            return any(answers)

        self._qtbot.waitUntil(poll, timeout=10_000)
        return json.loads(next(filter(None, answers)))

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so on this side."""
        self._qtbot.waitUntil(condition, timeout=10_000)

    def wait_for(self, condition: str) -> None:
        """Wait until an expression is true in the page."""
        script = (
            f"for (let i = 0; i < 500 && !({condition}); i++) await new Promise(r => setTimeout(r, 10));"
            f"return Boolean({condition});"
        )
        answer = self.run(script)
        assert answer is True, f"never true in the page: {condition} ({answer})"

    def click(self, selector: str) -> None:
        """Click the element as the mouse would, through the page's own events."""
        self.wait_for(f"document.querySelector({json.dumps(selector)})")
        self.run(
            f"const e = document.querySelector({json.dumps(selector)});"
            "e.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, view: window}));"
        )

    def press(self, key: str) -> None:
        """A key for whatever has the focus in the page."""
        self.run(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', "
            f"{{key: {json.dumps(key)}, bubbles: true, cancelable: true}}));"
        )


@pytest.fixture
def source() -> InventedSource:
    return InventedSource()


@pytest.fixture
def show(source: InventedSource, qtbot: QtBot) -> Iterator[Callable[..., Shown]]:
    """Show a map of the source's records and wait for its signs."""
    views: list[MapView] = []

    def open_map(*, mini: bool = False, before: Callable[[MapView], None] | None = None) -> Shown:
        view = MapView(source, mini=mini)
        views.append(view)
        view.resize(900, 600)
        if before:
            before(view)
        with qtbot.waitSignal(view.ready, timeout=20_000):
            view.show()
        return Shown(view, qtbot)

    yield open_map
    for view in views:
        shiboken6.delete(view)
