"""What stands over the sheets of a packet: the box for all of them, a chip for what becomes of them, a kind alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QMenu, QWidget

from appli.i18n import _, number
from appli.presenters.packet_sheets import Filter, PacketSheets
from ui.widgets.buttons import Button
from ui.widgets.chips import Chip, ChipSpec
from ui.widgets.layout import Flow, Row


class PacketBar(QFrame):
    """`all_wanted` is a press on the box; the others tell what was chosen, by its key."""

    all_wanted = Signal()
    filter_wanted = Signal(str)
    kind_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "bottom")
        self._kinds: list[Filter] = []
        self._kind = ""
        row = Row(self, margin=(4, 2, 3, 2), gap=3)
        self.all_box = QCheckBox()
        self.all_box.setAccessibleName(_("Toutes les fiches montrées"))
        self.all_box.setToolTip(_("Toutes les fiches montrées"))
        row.addWidget(self.all_box, 0, Qt.AlignmentFlag.AlignTop)
        chips = QWidget()
        self._chips = Flow(chips, margin=1, gap=2)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row.addWidget(chips, 1)
        self.kind_button = Button("", "quiet", small=True)
        self.kind_menu = QMenu(self)
        self.kind_menu.aboutToShow.connect(self._fill_kinds)
        self.kind_button.setMenu(self.kind_menu)
        row.addWidget(self.kind_button, 0, Qt.AlignmentFlag.AlignTop)
        self.all_box.clicked.connect(lambda _on: self.all_wanted.emit())
        self._group.buttonClicked.connect(lambda chip: self.filter_wanted.emit(chip.key))

    def show_filters(self, sheets: PacketSheets) -> None:
        """The chips and kinds of a packet, and which are on."""
        while self._chips.count():
            self._chips.takeAt(0).widget().deleteLater()
        for one in sheets.filters:
            chip = Chip(ChipSpec(one.key, one.word, number(one.count), on=one.key == sheets.filter))
            self._group.addButton(chip)
            chip.toggled.connect(self._chips.invalidate)
            self._chips.addWidget(chip)
            chip.show()
        self.show_kind(sheets)
        self.fit_soon()

    def show_kind(self, sheets: PacketSheets) -> None:
        """The kind shown alone, or all of them."""
        self._kinds, self._kind = sheets.kinds, sheets.kind
        self.kind_button.setVisible(bool(self._kinds))
        words = next((one.word for one in self._kinds if one.key == self._kind), "")
        self.kind_button.setText(words)
        self.kind_button.setAccessibleName(_("Genre montré\u00a0: {kind}").format(kind=words))

    def show_all(self, taken: bool | None) -> None:
        """Whether all sheets shown are taken; None: some of them."""
        states = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked, None: Qt.CheckState.PartiallyChecked}
        self.all_box.setCheckState(states[taken])

    def fit_soon(self) -> None:
        """In a low window the chips stay whole, and the list under them gives way."""
        QTimer.singleShot(0, self, lambda: self.setMinimumHeight(self.layout().totalHeightForWidth(self.width())))

    def _fill_kinds(self) -> None:
        self.kind_menu.clear()
        for one in self._kinds:
            action = self.kind_menu.addAction(f"{one.word} ({number(one.count)})")
            action.setCheckable(True)
            action.setChecked(one.key == self._kind)
            action.triggered.connect(lambda _on=False, code=one.key: self.kind_wanted.emit(code))
