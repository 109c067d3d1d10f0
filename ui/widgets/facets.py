"""Facets: for each question (kind, commune, skill) the answers with their counts, to tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)

from appli.i18n import _, _n, number
from ui.theme import current
from ui.theme_painting import State, advance, frame, keyboard_focus, kind, ring, ring_margin, text
from ui.widgets.buttons import Button
from ui.widgets.layout import Column, Row
from ui.widgets.text import TextLabel

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class FacetOption:
    """One answer: its key, its word, how many records, the shape of its kind, whether it is ticked."""

    key: str
    word: str
    count: int
    on: bool = False
    shape: str = ""


@dataclass(frozen=True)
class FacetGroup:
    """One question; `more` is the sentence of the button that shows the rest, empty when nothing is left."""

    key: str
    title: str
    options: tuple[FacetOption, ...]
    more: str = ""


class _OptionModel(QAbstractListModel):
    """The answers of one question."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.options: tuple[FacetOption, ...] = ()

    def show(self, options: tuple[FacetOption, ...]) -> None:
        if [o.key for o in options] == [o.key for o in self.options]:
            self.options = options
            self.dataChanged.emit(self.index(0), self.index(len(options) - 1))
            return
        self.beginResetModel()
        self.options = options
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.options)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        option = self.options[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return option.word
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if option.on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = _n("{word}, {n} fiche", "{word}, {n} fiches", option.count)
            return words.format(word=option.word, n=number(option.count))
        return None

    def flags(self, _index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable


class _OptionDelegate(QStyledItemDelegate):
    """Box, shape, word, count."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        theme = current()
        return QSize(theme.px("size.facet_row"), theme.px("size.facet_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = current(), option.rect
        model = index.model()
        if not isinstance(model, _OptionModel):
            return
        facet = model.options[index.row()]
        radius = theme.px("radius.badge")
        if option.state & State.State_MouseOver or facet.on:
            fill = "selection" if facet.on else "hover"
            frame(painter, theme, rect, fill=fill, radius=radius)
        left = rect.x() + theme.px("radius.badge")
        box = theme.px("space.5")
        self._paint_box(painter, option, QRect(left, rect.y(), box, rect.height()), facet.on)
        left += box + theme.px("space.2")
        if facet.shape:
            side = theme.px("size.kind_inline")
            corner = QPoint(left, rect.y() + (rect.height() - side) // 2)
            kind(painter, theme, facet.shape, corner, side)
            left += side + theme.px("space.2")
        counted = number(facet.count)
        font = theme.font("small", tabular=True)
        width = advance(font, counted)
        right = rect.right() + 1 - theme.px("radius.badge")
        place = QRect(right - width, rect.y(), width, rect.height())
        ink = "text_secondary" if facet.on else "text_muted"
        text(painter, theme, place, counted, font=font, role=ink)
        room = QRect(left, rect.y(), right - width - theme.px("space.2") - left, rect.height())
        text(painter, theme, room, facet.word, font=theme.font())
        if keyboard_focus(option):
            ring(painter, theme, rect, radius)

    def _paint_box(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, on: bool) -> None:
        box = QStyleOptionButton()
        margin = ring_margin(current())
        box.rect = place.adjusted(-margin, 0, margin, 0)
        box.state = State.State_Enabled | (State.State_On if on else State.State_Off)
        widget = option.widget
        primitive = QStyle.PrimitiveElement.PE_IndicatorCheckBox
        widget.style().drawPrimitive(primitive, box, painter, widget)


class _OptionList(QListView):
    """As tall as its answers: the panel rolls, not the list."""

    ticked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options = _OptionModel(self)
        self.setModel(self.options)
        self.setItemDelegate(_OptionDelegate(self))
        self.setAccessibleName(name)
        self.setProperty("ground", "none")
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        row = current().px("size.facet_row")
        return QSize(row, row * self.options.rowCount())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentIndex().isValid():
                self.ticked.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self.ticked.emit(index.row())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()


class _GroupWidget(QWidget):
    """One question with its answers."""

    def __init__(self, group: FacetGroup, parent: QWidget) -> None:
        super().__init__(parent)
        self.list = _OptionList(group.title, self)
        self.more = Button("", "quiet", icon="chevron-down", small=True)
        self.more.setProperty("flush", True)
        column = Column(self, gap=0)
        title = TextLabel(group.title, letters="label", ink="secondary")
        # The boxes lie one radius inside their row; the title keeps their line.
        inset = Row(margin=(1, 0, 0, 0), gap=0)
        inset.addWidget(title)
        column.addLayout(inset)
        column.addSpacing(current().px("space.1"))
        column.addWidget(self.list)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_group(group)

    def show_group(self, group: FacetGroup) -> None:
        self.list.options.show(group.options)
        self.list.updateGeometry()
        self.more.setText(group.more)
        self.more.setVisible(bool(group.more))


class FacetPanel(QScrollArea):
    """All the questions; the answers count over the whole base, those without any record are not given."""

    toggled = Signal(str, str, bool)
    more_wanted = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        column = Column(content, margin=(2, 3, 2, 3), gap=3)
        head = Row(margin=(1, 0, 1, 0))
        head.addWidget(TextLabel(_("Affiner"), letters="name"), 1)
        self.clear_button = Button(_("Tout effacer"), "quiet", small=True)
        self.clear_button.setProperty("flush", True)
        self.clear_button.setVisible(False)
        head.addWidget(self.clear_button)
        column.addLayout(head)
        self._column = Column(gap=3)
        column.addLayout(self._column)
        column.addStretch()
        self.setWidget(content)
        self._groups: dict[str, _GroupWidget] = {}
        self.clear_button.clicked.connect(self.cleared)

    def set_groups(self, groups: Sequence[FacetGroup]) -> None:
        """Show these questions; those already there keep their place and the focus."""
        for key in set(self._groups) - {group.key for group in groups}:
            self._groups.pop(key).deleteLater()
        for position, group in enumerate(groups):
            widget = self._groups.get(group.key) or self._added(group)
            widget.show_group(group)
            self._column.insertWidget(position, widget)
        self.clear_button.setVisible(any(o.on for group in groups for o in group.options))

    def _added(self, group: FacetGroup) -> _GroupWidget:
        widget = _GroupWidget(group, self)
        self._groups[group.key] = widget
        key = group.key
        widget.list.ticked.connect(lambda row: self._tick(key, row))
        widget.more.clicked.connect(lambda: self.more_wanted.emit(key))
        return widget

    def _tick(self, group: str, row: int) -> None:
        option = self._groups[group].list.options.options[row]
        self.toggled.emit(group, option.key, not option.on)
