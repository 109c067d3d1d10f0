"""« Couches » under the list of the map's page: layers shown or not, added, refreshed; what a search finds in them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu, QPushButton, QSizePolicy, QWidget

from appli.i18n import _, _n, number
from appli.presenters.layers import MapLayers, looks
from ui.dialogs.choose_files import documents_folder
from ui.dialogs.layer import LayerEditDialog, LayerFileDialog
from ui.theme import current
from ui.theme_painting import ring, shows_ring, text
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import ground
from ui.widgets.layout import Column, Row
from ui.widgets.question import confirm
from ui.widgets.scrolled import Scrolled
from ui.widgets.switches import Switch
from ui.widgets.text import TextLabel, literal, plain_tip

if TYPE_CHECKING:
    from appli.presenters.layers import Hit, Hits, Layer

FILES = "*.geojson *.json *.csv *.tsv *.txt *.xlsx *.xls *.ods"
SHOWN = 8
"""Points of a layer that a search lists."""
SHORTEST, TALLEST = 2, 13
"""Lines of text that the open section takes, in a low window and at most."""

_CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "diamond": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
    "triangle": ((0, -1.1), (1.1, 0.85), (-1.1, 0.85)),
    "cross": (
        (-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4),
        (0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4),
    ),
}  # fmt: skip
"""As on the map (ressources/carte/page/layers.js), for a radius of 1."""


class LayerSign(QWidget):
    """The sign of a layer, as the map draws it."""

    def __init__(self, layer: Layer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape, self._color = layer.shape, layer.color
        self.setFixedSize(current().px("size.icon"), current().px("size.icon"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_color(self._color)))
        middle, radius = QRectF(self.rect()).center(), self.width() * 0.32
        corners = _CORNERS.get(self._shape)
        if corners is None:
            painter.drawEllipse(middle, radius, radius)
        else:
            painter.drawPolygon(QPolygonF([middle + QPointF(x * radius, y * radius) for x, y in corners]))


def _color(code: str) -> str:
    return next((dark if current().dark else light for c, _words, light, dark in looks()[1] if c == code), "")


class LayerRow(QWidget):
    """One layer: its sign, its name, how many points, shown or not, and what can be done with it."""

    def __init__(self, layer: Layer, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.id = layer.id
        menu.setParent(self, menu.windowFlags())
        self.switch = Switch()
        self.switch.setChecked(not layer.hidden)
        self.switch.setAccessibleName(_("Montrer « {name} »").format(name=layer.name))
        self.more = IconButton("ellipsis", _("Que faire de « {name} »").format(name=layer.name), "plain", small=True)
        self.more.setMenu(menu)
        name = TextLabel(layer.name, elide=True)
        name.setToolTip(plain_tip(f"{layer.name}\n{layer.about}".strip()))
        row = Row(self, gap=2)
        row.addWidget(LayerSign(layer))
        row.addWidget(name, 1)
        row.addWidget(TextLabel(number(layer.count), letters="small", ink="secondary"))
        row.add(self.switch, self.more)


class HitRow(QPushButton):
    """A point that a search found: its name, and a few words more."""

    def __init__(self, hit: Hit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self._hit = hit
        said = ", ".join(part for part in (hit.title, hit.line) if part)
        self.setText(literal(hit.title))
        self.setAccessibleName(said)
        self.setToolTip(plain_tip(said))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = current()
        lines = theme.line("body") + (theme.line("small") if self._hit.line else 0)
        return QSize(theme.px("size.touch_comfort"), lines + theme.px("space.2"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.color("hover"))
        inner = self.rect().adjusted(theme.px("space.1"), theme.px("space.1"), -theme.px("space.1"), 0)
        first = QRect(inner.x(), inner.y(), inner.width(), theme.line("body"))
        text(painter, theme, first, self._hit.title, font=theme.font("body", 600))
        second = QRect(inner.x(), first.bottom() + 1, inner.width(), theme.line("small"))
        text(painter, theme, second, self._hit.line, font=theme.font("small"), role="text_secondary")
        if shows_ring(self):
            ring(painter, theme, self.rect(), theme.px("radius.small"))


class LayersSection(QFrame):
    """Draws; `MapLayers` thinks. `point_wanted` asks the map for a point of a layer, `changed` to draw anew."""

    point_wanted = Signal(str, int)
    changed = Signal()

    def __init__(self, presenter: MapLayers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = presenter
        ground(self, "surface")
        self.setProperty("edge", "top")
        self._open = self._invited = False
        self.fold = Button(_("Couches"), "quiet", icon="layers", small=True)
        self.fold.setCheckable(True)
        self.add = Button(_("Ajouter…"), "quiet", small=True)
        self._area = Scrolled()
        column = Column(self, margin=(4, 1, 4, 1), gap=0)
        head = Row(gap=2)
        head.addWidget(self.fold)
        head.addStretch()
        head.addWidget(self.add)
        column.addLayout(head)
        column.addWidget(self._area)
        self._area.hide()
        self.fold.toggled.connect(self._unfold)
        self.add.clicked.connect(self._add_file)
        current().changed.connect(self._draw)
        presenter.start(self)
        self._draw()

    # --- what the presenter asks ---

    def show_layers(self) -> None:
        if self.presenter.invites and not self._invited:
            self._invited = True
            self.fold.setChecked(True)
        self._draw()

    def show_hits(self) -> None:
        self._draw()

    def layers_changed(self) -> None:
        self.changed.emit()

    def show_point(self, layer: str, row: int) -> None:
        self.point_wanted.emit(layer, row)

    # --- parts ---

    def _unfold(self, unfolded: bool) -> None:
        self._open = unfolded
        self._draw()

    def _draw(self) -> None:
        presenter = self.presenter
        self.fold.setText(literal(presenter.title()))
        self.fold.setAccessibleDescription(_("Déplié") if self._open else _("Replié"))
        self.add.setVisible(presenter.can_write and not presenter.text)
        found = bool(presenter.text and presenter.hits)
        self._rows: dict[str, LayerRow] = {}
        body = self._hits() if presenter.text else self._layers()
        self._put(body)
        self._area.setVisible(found or (self._open and not presenter.text))
        line = current().line("body")
        wanted = min(line * TALLEST, body.sizeHint().height() + current().px("space.2"))
        self._area.setMaximumHeight(wanted)
        self._area.setMinimumHeight(min(wanted, line * SHORTEST))

    def _put(self, body: QWidget) -> None:
        """In the place of what was there, which may be what was just pressed: it goes when that is over."""
        former = self._area.takeWidget()
        held = next((row.id for row in former.findChildren(LayerRow) if row.switch.hasFocus()), "") if former else ""
        if former is not None:
            former.hide()
            former.deleteLater()
        self._area.setWidget(body)
        row = self._rows.get(held)
        if row is not None:
            row.switch.setFocus(Qt.FocusReason.OtherFocusReason)

    def _layers(self) -> QWidget:
        body = ground(QWidget(), "surface")
        column = Column(body, margin=(0, 0, 0, 2), gap=1)
        for layer in self.presenter.layers:
            row = LayerRow(layer, self._menu(layer))
            row.switch.toggled.connect(lambda on, which=layer.id: self.presenter.toggle(which, on))
            row.setEnabled(self.presenter.can_write)
            self._rows[layer.id] = row
            column.addWidget(row)
        if not self.presenter.layers:
            words = _("Patrimoine, culture, mobilité : des données ouvertes à voir sous les fiches.")
            column.addWidget(TextLabel(words, letters="small", ink="secondary", wrap=True))
        for offer in self.presenter.offers if self.presenter.can_write else ():
            button = Button(literal(_("Ajouter : {name}").format(name=offer.name)), small=True, icon="plus")
            button.clicked.connect(lambda _on=False, offer=offer: self.presenter.take(offer))
            column.addWidget(button)
        return body

    def _hits(self) -> QWidget:
        body = ground(QWidget(), "surface")
        column = Column(body, margin=(0, 1, 0, 2), gap=0)
        for hits in self.presenter.hits:
            self._group(column, hits)
        return body

    def _group(self, column: Column, hits: Hits) -> None:
        head = Row(gap=2)
        head.addWidget(LayerSign(hits.layer))
        head.addWidget(TextLabel(hits.layer.name, letters="label", ink="secondary", elide=True), 1)
        column.addLayout(head)
        for hit in hits.first[:SHOWN]:
            row = HitRow(hit)
            row.clicked.connect(lambda _on=False, hit=hit: self.presenter.go_to(hit))
            column.addWidget(row)
        left = hits.total - SHOWN
        if left > 0:
            words = _n("et {n} autre", "et {n} autres", left).format(n=number(left))
            column.addWidget(TextLabel(words, letters="small", ink="secondary"))

    def _menu(self, layer: Layer) -> QMenu:
        menu = QMenu()
        refresh = menu.addAction(_("Rafraîchir") if layer.origin else _("Rafraîchir depuis un fichier…"))
        refresh.triggered.connect(lambda: self._refresh(layer))
        menu.addAction(_("Nom, signe, source…")).triggered.connect(lambda: self._edit(layer))
        menu.addSeparator()
        menu.addAction(_("Enlever…")).triggered.connect(lambda: self._remove(layer))
        return menu

    # --- deeds ---

    def _add_file(self) -> None:
        self._choose_file("")

    def _refresh(self, layer: Layer) -> None:
        if not self.presenter.refresh_made(layer):
            self._choose_file(layer.id)

    def _choose_file(self, layer_id: str) -> None:
        dialog = QFileDialog(self, _("Quel fichier de données ouvertes ?"), str(documents_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Données placées ({endings})").format(endings=FILES), _("Tous les fichiers (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.read_file(Path(name), layer_id))
        dialog.open()

    def read_file(self, path: Path, layer_id: str = "") -> LayerFileDialog:
        """Read a file as a new layer, or as newer points of one."""
        dialog = LayerFileDialog(self.presenter.reading(path, layer_id), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _edit(self, layer: Layer) -> None:
        dialog = LayerEditDialog(self.presenter, layer, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _remove(self, layer: Layer) -> None:
        title = _("Enlever la couche « {name} » ?").format(name=layer.name)
        words = _("Ses points ne seront plus sur la carte de ce poste. Le fichier d’où elle vient reste où il est.")
        take_off = partial(self.presenter.remove, layer.id)
        confirm(self, title, words, _("Garder la couche"), _("Enlever"), take_off, role="danger")
