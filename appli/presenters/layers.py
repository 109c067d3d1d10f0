"""The layers of open data beside the map: listed, shown or not, searched apart from the records, refreshed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from appli.i18n import _, _n, number
from appli.presenters.jobs import Stopped, Ticket
from appli.presenters.notices import refusal_words
from appli.presenters.shell import Shell
from appli.services.layers import COLORS, LICENCES, SHAPES, Hit, Hits, Layer, Layers

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.directory import Directory
    from appli.services.layer_reading import LayerContent
    from appli.services.live_map import LiveMap
    from appli.services.town_halls import Offered
    from appli.store.index_model import Query

__all__ = ["Facts", "Hit", "Hits", "Layer", "LayerFile", "MapLayers"]

CHANNEL, SEARCH = "carte-couches", "carte-couches-recherche"


class LayersView(Protocol):
    """What draws the section and the map."""

    def show_layers(self) -> None:
        """Other layers, or other offers."""

    def show_hits(self) -> None:
        """A search found other points."""

    def layers_changed(self) -> None:
        """The map has other layers to draw."""

    def show_point(self, layer: str, row: int) -> None:
        """Show a point of a layer on the map."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person says of a layer."""

    name: str
    source: str = ""
    licence: str = ""
    day: str = ""


class MapLayers:
    """State of the section « Couches »."""

    def __init__(self, shell: Shell, source: LiveMap) -> None:
        self._shell = shell
        self._session = shell.session
        self._source = source
        self.view: LayersView | None = None
        self.layers: list[Layer] = []
        self.offers: list[Offered] = []
        self.hits: list[Hits] = []
        self.text = ""
        """What is searched for; empty while the layers themselves are listed."""
        self._leave = shell.search.changed.listen(self._searched)

    def start(self, view: LayersView) -> None:
        """The section is drawn."""
        self.view = view
        self._session.when_open(self._read)

    def close(self) -> None:
        """Stop listening."""
        self._leave()

    # --- words ---

    @property
    def can_write(self) -> bool:
        """Whether layers may be changed here."""
        return self._session.can_write

    @property
    def invites(self) -> bool:
        """Whether the map is bare and the town halls could stand on it: then the section opens by itself, once."""
        return bool(self.offers) and not self.layers and not self._source.held.count and self.can_write

    def title(self) -> str:
        """« Couches », « Couches : 2 », « Dans les couches : 14 »."""
        if self.text:
            return _("Dans les couches\u00a0: {n}").format(n=number(sum(hits.total for hits in self.hits)))
        count = sum(not layer.hidden for layer in self.layers)
        return _("Couches\u00a0: {n}").format(n=number(count)) if self.layers else _("Couches")

    # --- deeds ---

    def toggle(self, layer_id: str, shown: bool) -> None:
        """Show a layer on the map, or not."""
        self._do(lambda layers: layers.change(layer_id, hidden=not shown))

    def change(self, layer_id: str, facts: Facts, shape: str, color: str) -> None:
        """Call it otherwise, draw it otherwise."""
        self._do(
            lambda layers: layers.change(
                layer_id,
                name=facts.name, source=facts.source, licence=facts.licence, day=facts.day, shape=shape, color=color,
            )
        )  # fmt: skip

    def remove(self, layer_id: str) -> None:
        """Take it off this PC."""
        layer = self.layer(layer_id)
        words = _("La couche « {name} » est enlevée.").format(name=layer.name if layer else "")
        self._do(lambda layers: layers.remove(layer_id), lambda: self._shell.toast(words))

    def take(self, offer: Offered) -> None:
        """Add the town halls that were offered, or read them anew."""

        def work(directory: Directory) -> None:
            from appli.services.town_halls import LICENCE, SOURCE, town_halls

            layers = self._opened()
            content = town_halls(directory.gazetteer, offer.origin)
            former = next((layer for layer in layers.all() if layer.origin == offer.origin), None)
            if former is not None:
                layers.refresh(former.id, content, "")
            else:
                layers.add(content, name=offer.name, source=SOURCE, licence=LICENCE, origin=offer.origin)

        self._session.do(work, lambda _none: self._read(), self._shell.report)

    def refresh_made(self, layer: Layer) -> bool:
        """Read anew what Maillage itself made; a file's layer needs its file."""
        if not layer.origin:
            return False
        from appli.services.town_halls import Offered

        self.take(Offered(layer.origin, layer.name))
        return True

    def go_to(self, hit: Hit) -> None:
        """Show on the map what was found."""
        if self.view is not None:
            self.view.show_point(hit.layer, hit.row)

    def layer(self, layer_id: str) -> Layer | None:
        """One of the layers listed."""
        return next((layer for layer in self.layers if layer.id == layer_id), None)

    def reading(self, path: Path, layer_id: str = "") -> LayerFile:
        """The dialog that reads a file: for a new layer, or newer points of one."""
        return LayerFile(self._shell, self, path, self.layer(layer_id) if layer_id else None)

    def keep(self, content: LayerContent, facts: Facts, layer: Layer | None, done: Callable[[], None]) -> None:
        """Add what was read, or put it in the place of a layer's points."""

        def work(layers: Layers) -> None:
            if layer is None:
                layers.add(content, name=facts.name, source=facts.source, licence=facts.licence, day=facts.day)
            else:
                layers.refresh(layer.id, content, facts.day)

        self._do(work, done)

    # --- parts ---

    def _opened(self) -> Layers:
        """Made in the worker, where its files are read too."""
        if self._source.layers is None:
            self._source.layers = Layers(self._session.folder)
        return self._source.layers

    def _do(self, work: Callable[[Layers], object], done: Callable[[], None] | None = None) -> None:
        def finish(_answer: object) -> None:
            self._read()
            if done is not None:
                done()

        self._session.do(lambda _directory: work(self._opened()) and None, finish, self._shell.report)

    def _read(self) -> None:
        def read(directory: Directory, _stopped: Stopped) -> tuple[list[Layer], list[Offered], bytes]:
            from appli.services.town_halls import offered

            layers = self._opened()
            held = layers.all()
            taken = {layer.origin for layer in held}
            return held, [o for o in offered(directory) if o.origin not in taken], layers.page()

        self._session.read(CHANNEL, read, self._told, self._shell.report)

    def _told(self, answer: tuple[list[Layer], list[Offered], bytes]) -> None:
        self.layers, self.offers, page = answer
        changed = page != self._source.held_layers
        self._source.held_layers = page
        if self.view is not None:
            self.view.show_layers()
            if changed:
                self.view.layers_changed()
        if self.text:
            self._find()

    def _searched(self, query: Query) -> None:
        if query.text.strip() != self.text:
            self.text = query.text.strip()
            self._find()

    def _find(self) -> None:
        text = self.text

        def found(hits: list[Hits]) -> None:
            if text == self.text:
                self.hits = hits
                if self.view is not None:
                    self.view.show_hits()

        if not text or not self.layers:
            found([])
        else:
            self._session.read(SEARCH, lambda _directory, stopped: self._opened().find(text, stopped), found)


class LayerFileView(Protocol):
    """What draws the dialog."""

    def show_progress(self, done: int, total: int) -> None:
        """How far the reading is."""

    def show_read(self) -> None:
        """The file was read: what it holds, what to say of it."""

    def show_refusal(self, words: str) -> None:
        """It could not be."""

    def close_dialog(self) -> None:
        """The layer is there."""


class LayerFile:
    """State of the dialog that reads a file and asks what it is."""

    def __init__(self, shell: Shell, section: MapLayers, path: Path, layer: Layer | None) -> None:
        self._shell = shell
        self._section = section
        self._ticket: Ticket | None = None
        self.path = path
        self.layer = layer
        """The layer whose points are renewed; None for a new one."""
        self.content: LayerContent | None = None
        self.view: LayerFileView | None = None

    def read(self) -> None:
        """Read the file aside."""
        path = self.path

        def work(directory: Directory, progress: Progress) -> LayerContent:
            from appli.services.layer_reading import read_layer
            from appli.services.locating import territory_of

            box = territory_of(directory).box
            home = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if box else None
            return read_layer(path, home, progress)

        self._ticket = self._shell.session.run(work, self._done, self._refused, self._steps)

    def stop(self) -> None:
        """Stop reading; nothing changes."""
        if self._ticket is not None:
            self._ticket.stop()

    @property
    def facts(self) -> Facts:
        """What is proposed to be said of it."""
        if self.layer is not None:
            return Facts(self.layer.name, self.layer.source, self.layer.licence, "")
        return Facts(self.content.name.replace("_", " ").strip() if self.content else "")

    def told(self) -> str:
        """« 1 234 points. 12 lignes sans position lisible. »"""
        return self.content.told() if self.content else ""

    def example(self) -> str:
        """How a point will be called: « Chapelle Saint-Jean »."""
        if self.content is None or self.content.title < 0:
            return ""
        return next((p[2][self.content.title] for p in self.content.points if p[2][self.content.title]), "")

    def keep(self, facts: Facts) -> None:
        """Add it to the map."""
        if self.content is None:
            return
        count = len(self.content.points)
        words = _n("{name}\u00a0: {n} point sur la carte.", "{name}\u00a0: {n} points sur la carte.", count)

        def done() -> None:
            self._shell.toast(words.format(name=facts.name, n=number(count)))
            if self.view is not None:
                self.view.close_dialog()

        self._section.keep(self.content, facts, self.layer, done)

    def _done(self, content: LayerContent) -> None:
        self.content, self._ticket = content, None
        if self.view is not None:
            self.view.show_read()

    def _refused(self, problem: Exception) -> None:
        self._ticket = None
        words = refusal_words(problem, _("Arrêté. Rien n’a changé."), self._shell.report)
        if self.view is not None:
            self.view.show_refusal(words)

    def _steps(self, done: int, total: int, _label: str) -> None:
        if self.view is not None:
            self.view.show_progress(done, total)


def day_of(text: str) -> str | None:
    """The date typed, in ISO, empty for none; None when it cannot be read."""
    from appli.formats.dates import partial_date

    return partial_date(text).iso if text.strip() else ""


def licences() -> list[tuple[str, str]]:
    """(code, words) of the usual ones."""
    return [(code, _(words)) for code, words in LICENCES.items()]


def looks() -> tuple[list[tuple[str, str]], list[tuple[str, str, str, str]]]:
    """Shapes as (code, words), colours as (code, words, on light, on dark)."""
    shapes = [(code, _(words)) for code, words in SHAPES.items()]
    return shapes, [(code, _(words), light, dark) for code, (words, light, dark) in COLORS.items()]
