"""The map as a widget: what the window tells it, what it tells the window.

Importing this module loads the web engine (a tenth of a second and 100 MB): do it when a map is
first shown, never before the first paint. What the map was told is kept here and given to the page
when it asks, so a page that starts late, or starts again after a crash, shows the same thing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from appli.i18n import _
from appli.presenters.map_source import MapSource
from ui.map import bridge, engine, scheme
from ui.map.profile import Gate, MapPage, closed_profile
from ui.map.watch import Watch

SAID = {
    "peinte": "painted", "choisie": "chosen", "ouvrir": "open_requested", "autour": "around_requested",
    "deplacer": "move_requested", "bouge": "sign_moved", "pose": "sign_put", "laisse": "sign_left",
    "centre": "centre_moved", "rayon": "radius_changed", "point": "pointed",
}  # fmt: skip
"""The signal that hands on what the page says."""

AT_FIRST: dict[str, object] = {
    "theme": {"name": "light", "tokens": {}},
    "scale": 1.0,
    "view": None,
    "territory": None,
    "outline": {"epcis": [], "communes": []},
    "circle": None,
    "home": None,
    "select": None,
    "mark": None,
    "covered": 0,
    "pointing": False,
    "moving": None,
}
"""What the page is told before the window says more."""


class MapView(QWidget):
    """A map of the source's records.

    `mini`: the sheet's little map, without controls, gestures or popups. `picture`: the words around a map that is
    only there to be taken as a picture.
    """

    ready = Signal()
    painted = Signal()
    chosen = Signal(str)
    open_requested = Signal(str)
    around_requested = Signal(str)
    bounds_changed = Signal(float, float, float, float)
    pointed = Signal(float, float)
    move_requested = Signal(str)
    sign_moved = Signal(float, float, int)
    sign_put = Signal()
    sign_left = Signal()
    centre_moved = Signal(float, float)
    radius_changed = Signal(int)
    crashed = Signal()
    silent = Signal()
    blank = Signal()

    def __init__(
        self,
        source: MapSource,
        *,
        mini: bool = False,
        picture: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._state: dict[str, object] = {**AT_FIRST, "mini": mini, "picture": dict(picture) if picture else None}
        self._ready = False
        self._untold: dict[str, object] = {}
        self._reload_late = False
        engine.prepare()
        scheme.register()
        self.gate = Gate()
        self._handler = scheme.SchemeHandler(source, self._hand_over)
        self._web = QWebEngineView()
        profile = closed_profile(self._handler, self.gate)
        self._page = MapPage(profile, self._web)
        self._build()
        # Children are destroyed in the order they came: the view with its page first, then the profile, then the rest.
        for kept in (profile, self._handler, self.gate):
            kept.setParent(self)
        self._watch = Watch(self, awake=not mini and picture is None)
        self._listen()
        self.restart()

    def _listen(self) -> None:
        # Queued: an answer to the page must not wait for what the window does with the event.
        self._handler.said.connect(self._heard, Qt.ConnectionType.QueuedConnection)
        self._handler.online_trouble.connect(lambda words: self._tell(trouble=words))
        self._page.renderProcessTerminated.connect(self._died)
        self._watch.silent.connect(self.silent)
        self._watch.blank.connect(self.blank)

    def _build(self) -> None:
        self._web.setPage(self._page)
        self._web.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._web.setAcceptDrops(False)
        self.setFocusProxy(self._web)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._web)

    # --- what the window tells the map ---

    def restart(self) -> None:
        """Load the page, again after a crash; it shows what it was told before."""
        self._ready = False
        self._watch.begin()
        self._page.load(scheme.ROOT)

    def reload_points(self) -> None:
        """The source's points have changed."""
        if self._ready:
            self._tell(reload=True)
        else:
            self._reload_late = True

    def reload_maps(self) -> None:
        """Other maps lie under the records; a page that starts asks for them itself."""
        if self._ready:
            self._tell(maps=True)

    def reload_layers(self) -> None:
        """Other layers of open data are shown; a page that starts asks for them itself."""
        if self._ready:
            self._tell(layers=True)

    def show_layer_point(self, layer: str, row: int) -> None:
        """Show what a layer has somewhere, with its popup."""
        if self._ready:
            self._tell(layerPoint={"id": layer, "row": row})

    def select(self, record_id: str | None) -> None:
        """Show one record large, in sight and with its popup; None: none."""
        self._set(select=record_id)

    def mark(self, record_id: str) -> None:
        """Draw one record's sign large, and leave the map where it is."""
        self._set(mark=record_id)

    def fit(self, south: float, west: float, north: float, east: float) -> None:
        """Show an area, the closest zoom that holds it whole."""
        self._set(view=[south, west, north, east])

    def centre(self, lat: float, lon: float, zoom: int) -> None:
        """Show what lies around a point; zoom 5 is France, 9 a department, 12 a commune."""
        self._set(view=[lat, lon, zoom])

    def set_theme(self, name: Literal["light", "dark"], tokens: Mapping[str, str]) -> None:
        """The program's colours by token name; those not given keep the design tokens' value."""
        if "page" in tokens:
            self._page.setBackgroundColor(QColor(tokens["page"]))  # until the first paint
        self._set(theme={"name": name, "tokens": dict(tokens)})

    def set_text_scale(self, factor: float) -> None:
        """The text size of the settings, 1.0 to 2.0."""
        self._set(scale=factor)

    def show_circle(self, centre: tuple[float, float] | None, km: float | None = None, name: str = "") -> None:
        """Draw how far one looks around somewhere: without a distance its middle alone, without a place nothing."""
        self._set(circle=None if centre is None else [*centre, km, name])

    def set_home(self, box: tuple[float, float, float, float] | None) -> None:
        """What « Voir tout le territoire » shows; None: there is no such button."""
        self._set(home=None if box is None else list(box))

    def set_territory(self, department: str | None) -> None:
        """The department the directory is about, by its code: the others are veiled from zoom 9 on."""
        self._set(territory=department)

    def set_outline(self, epcis: Sequence[str], communes: Sequence[str]) -> None:
        """The groupings (SIREN) and communes (INSEE) that the network is at home in: they are drawn round."""
        self._set(outline={"epcis": list(epcis), "communes": list(communes)})

    def set_covered(self, pixels: int) -> None:
        """How much of the map's top lies under something of the window: popups and framed areas keep clear of it."""
        self._set(covered=pixels)

    def set_pointing(self, pointing: bool) -> None:
        """Wait for a click anywhere, told by `pointed` (latitude, longitude), instead of choosing signs."""
        self._set(pointing=pointing)

    def set_moving(self, sign: tuple[str, str, str, float | None, float | None] | None) -> None:
        """Let a sign be moved (id, shape, title, latitude, longitude or nothing for the map's middle); None: no longer.

        `sign_moved` tells where it is and the zoom, `sign_put` that it is right there, `sign_left` that it is given up.
        """
        names = ("id", "kind", "title", "lat", "lon")
        self._set(moving=None if sign is None else dict(zip(names, sign, strict=True)))

    def say_whereabouts(self, words: str) -> None:
        """Beside the sign that is moved, where it lies."""
        if self._ready:
            self._tell(whereabouts=words)

    def see_like(self, other: MapView) -> None:
        """The same place, circle and territory as another map."""
        self._set(**{name: other._state[name] for name in ("view", "circle", "territory", "outline")})

    def magnify(self, factor: float) -> None:
        """So many points of the screen for each of the page."""
        self._page.setZoomFactor(factor)

    def refuse_focus(self) -> None:
        """Leave it out of the walk by Tab: what it shows is said beside it."""
        self.setFocusProxy(None)  # type: ignore[arg-type]
        for widget in (self, self._web, *self._web.findChildren(QWidget)):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _set(self, **values: object) -> None:
        self._state.update(values)
        if self._ready:
            self._tell(**values)
        else:
            self._untold.update(values)

    def _hand_over(self) -> dict[str, object]:
        """The page, starting, asks for all of it; what comes between this and `pret` is told then."""
        self._untold.clear()
        return self._state

    def _tell(self, **commands: object) -> None:
        self._page.runJavaScript(bridge.script(commands))

    # --- what the map tells the window ---

    def _heard(self, event: bridge.Event) -> None:
        if event.name == "pret":
            self._began()
        elif event.name == "vue":
            self._state["view"] = event.values[4:]
            self.bounds_changed.emit(*event.values[:4])
        else:
            if event.name == "choisie":
                self._state["select"] = event.argument
            getattr(self, SAID[event.name]).emit(*event.values)

    def _began(self) -> None:
        self._ready = True
        self._watch.is_ready()
        for widget in (self._web, self._web.focusProxy()):
            if widget is not None:
                widget.setAccessibleName(_("Carte des fiches"))
        if self._untold:
            self._tell(**self._untold)
        if self._reload_late:
            self._reload_late = False
            self.reload_points()
        self.ready.emit()

    def _died(self) -> None:
        self._ready = False
        self._watch.stop()
        self.crashed.emit()
