"""The column beside the map: around where, how far, what was found as a list, what waits for a place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QPushButton, QSizePolicy, QStackedWidget, QWidget

from appli.i18n import _, _n, number
from appli.presenters.empty_results import Empty
from appli.presenters.facets import Option
from appli.presenters.layers import MapLayers
from ui.adapters.paged_model import PagedModel
from ui.pages.carte_couches import LayersSection
from ui.pages.carte_list import PlacedList
from ui.pages.carte_place import CommuneField
from ui.pages.carte_radius import RadiusBox
from ui.pages.list_pane import empty_state
from ui.theme import current
from ui.theme_painting import glyph, ring, shows_ring, text
from ui.widgets.buttons import IconButton
from ui.widgets.card import ground
from ui.widgets.chips import ChipRow, ChipSpec
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Row, space
from ui.widgets.switches import Switch
from ui.widgets.text import TextLabel, literal


class WaitingStrip(QPushButton):
    """« 4 fiches à localiser »: yellow, across the column, leads to them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """How many wait; it is not there for none."""
        self._words = _n("{n} fiche à localiser", "{n} fiches à localiser", count).format(n=number(count))
        self.setText(literal(self._words))
        self.setAccessibleName(self._words)
        self.setVisible(count > 0)

    def sizeHint(self) -> QSize:
        height = current().px("size.touch_comfort")
        return QSize(height, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        painter.fillRect(self.rect(), theme.color("warning_soft"))
        line = theme.px("border.hairline")
        painter.fillRect(QRect(0, 0, self.width(), line), theme.color("border"))
        side, margin = theme.px("size.icon"), theme.px("space.4")
        inner = self.rect().adjusted(margin, 0, -margin, 0)
        glyph(painter, theme, "map-pin", "warning", QRect(inner.x(), 0, side, self.height()), side)
        end = QRect(inner.right() + 1 - side, 0, side, self.height())
        glyph(painter, theme, "chevron-right", "text", end, side)
        gap = side + theme.px("space.2")
        font = theme.font("body", 600)
        font.setUnderline(self.underMouse())
        text(painter, theme, inner.adjusted(gap, 0, -gap, 0), self._words, font=font)
        if shows_ring(self):
            ring(painter, theme, self.rect(), theme.px("radius.small"))


class MapColumn(QFrame):
    """Draws; the page connects it to its presenter."""

    km_chosen = Signal(object)
    export_wanted = Signal()
    maps_wanted = Signal()
    choose_wanted = Signal()
    copy_wanted = Signal()
    save_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, model: PagedModel, layers: MapLayers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "surface")
        self.setProperty("edge", "right")
        self.layers = LayersSection(layers)
        self.field = CommuneField(_("Autour de quelle commune"), icon="crosshair", placeholder=_("Commune"))
        self.radius = RadiusBox()
        self.place = FieldRow(_("Autour de"), self.field)
        self.count = TextLabel("", letters="name")
        self.about = TextLabel("", letters="small", ink="secondary", elide=True)
        self.follow = Switch(_("Seulement dans ce cadre"))
        self.follow.hide()  # until there is a map
        self.filters = ChipRow()
        self.filters.hide()
        self.rows = PlacedList(_("Fiches sur la carte"))
        self.rows.setModel(model)
        self.rows.setMinimumHeight(1)  # in a low window the fields are not squeezed for the list
        self.strip = WaitingStrip()
        self.more = IconButton("ellipsis", _("Faire quelque chose de la carte"), "plain", small=True)
        self.more.setMenu(self._more_menu())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.rows)
        self._empty: QWidget | None = None
        self._lay_out()
        self.radius.chosen.connect(self.km_chosen)

    def show_centre(self, name: str, km: int | None) -> None:
        """What the circle is around, and how far it reaches."""
        if not self.field.edit.hasFocus() or name:
            self.field.set_name(name)
        self.radius.show_km(km)
        self.radius.setVisible(bool(name))
        self.rows.set_far(bool(name))

    def map_is_there(self) -> None:
        """What needs a map can be done now."""
        self.follow.show()
        for deed in self._on_map:
            deed.setVisible(True)

    def show_count(self, count: str, about: str) -> None:
        """« 58 fiches » « à moins de 25 km »."""
        self.count.setText(count)
        self.about.setText(about if count else "")

    def show_filters(self, filters: Sequence[Option]) -> None:
        """What else was chosen in the directory; a chip that is pressed is given up."""
        self.filters.set_chips([ChipSpec(one.key, one.word, on=True) for one in filters])
        self.filters.setVisible(bool(filters))

    def set_following(self, following: bool) -> None:
        """Whether the list follows the map's frame, without telling it."""
        self.follow.blockSignals(True)
        self.follow.setChecked(following)
        self.follow.blockSignals(False)

    def show_empty(self, empty: Empty | None) -> None:
        """Why nothing is listed, in the place of the list."""
        former, self._empty = self._empty, None
        if empty is not None:
            self._empty = empty_state(empty)
            self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty or self.rows)
        if former is not None:
            self._stack.removeWidget(former)
            former.deleteLater()

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        around = menu.addAction(_("Chercher autour d’un point de la carte…"))
        around.triggered.connect(self.choose_wanted)
        self._on_map = [around, menu.addSeparator()]
        for words, wanted in (
            (_("Copier l’image"), self.copy_wanted),
            (_("Enregistrer l’image…"), self.save_wanted),
            (_("Imprimer…"), self.print_wanted),
        ):
            self._on_map.append(menu.addAction(words))
            self._on_map[-1].triggered.connect(wanted)
        for deed in self._on_map:
            deed.setVisible(False)  # until there is a map
        menu.addAction(_("Exporter la carte…")).triggered.connect(self.export_wanted)
        menu.addAction(_("Cartes détaillées…")).triggered.connect(self.maps_wanted)
        return menu

    def _lay_out(self) -> None:
        column = Column(self, gap=0)
        head = QFrame()
        head.setProperty("edge", "bottom")
        ground(head, "surface")
        lines = Column(head, margin=(4, 3, 4, 3), gap=0)
        self._counted = Row(gap=2)
        self._counted.addWidget(self.count)
        self._counted.addWidget(self.about, 1)
        self._framed = Row(gap=2)
        self._framed.addWidget(self.follow)
        self._framed.addStretch()
        self._framed.addWidget(self.more)
        self._fields = QGridLayout()
        self._fields.setColumnStretch(0, 1)
        lines.addLayout(self._fields)
        lines.addWidget(self.filters)
        self._arrange(wide=False)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.layers)
        column.addWidget(self.strip)

    def set_wide(self, wide: bool) -> None:
        """The whole window's width for the column: what stood under each other stands beside, and rows show."""
        if wide != self._wide:
            self._arrange(wide=wide)

    def _arrange(self, *, wide: bool) -> None:
        self._wide = wide
        grid = self._fields
        for item in (self.place, self.radius):
            grid.removeWidget(item)
        grid.removeItem(self._counted)
        grid.removeItem(self._framed)
        grid.setHorizontalSpacing(space(2))
        grid.setVerticalSpacing(space(1))
        grid.addWidget(self.place, 0, 0, 1, 1 if wide else 2)
        grid.addWidget(self.radius, *((0, 1, Qt.AlignmentFlag.AlignBottom) if wide else (1, 1)))
        grid.addLayout(self._counted, 1, 0)
        grid.addLayout(self._framed, *((1, 1) if wide else (2, 0, 1, 2)))
