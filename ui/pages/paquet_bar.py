"""What stands over the sheets of a packet: the box for all of them, a chip for what becomes of them, a kind alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QMenu, QWidget

from appli.i18n import _, number
from appli.presenters.packet_sheets import Filter, PacketSheets
from ui.widgets.buttons import Button
from ui.widgets.chips import Chip, ChipSpec
from ui.widgets.layout import Flow, Row

TOP = Qt.AlignmentFlag.AlignTop


class PacketBar(QFrame):
    """`all_wanted` is a press on the box; the others tell what was chosen, by its key.

    With one pane the chips are a menu: the list needs the room.
    """

    all_wanted = Signal()
    filter_wanted = Signal(str)
    kind_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "bottom")
        self._is_single = False
        self._filters: list[Filter] = []
        self._shown: list[Chip] = []
        row = Row(self, margin=(4, 2, 3, 2), gap=3)
        self.all_box = QCheckBox()
        self.all_box.setAccessibleName(_("Toutes les fiches montrées"))
        self.all_box.setToolTip(_("Toutes les fiches montrées"))
        row.addWidget(self.all_box, 0, TOP)
        self.filter_button = ChoiceMenu(_("Fiches montrées\u00a0: {choice}"))
        row.addWidget(self.filter_button, 0, TOP)
        self._chips = QWidget()
        self._flow = Flow(self._chips, margin=1, gap=2)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row.addWidget(self._chips, 1)
        row.addStretch()
        self.kind_button = ChoiceMenu(_("Genre montré\u00a0: {choice}"))
        row.addWidget(self.kind_button, 0, TOP)
        self.all_box.clicked.connect(lambda _on: self.all_wanted.emit())
        self._group.buttonClicked.connect(lambda chip: self.filter_wanted.emit(chip.key))
        self.filter_button.chosen.connect(self.filter_wanted)
        self.kind_button.chosen.connect(self.kind_wanted)

    def show_choices(self, sheets: PacketSheets) -> None:
        """The chips and kinds of a packet, and which are on."""
        if sheets.filters != self._filters:
            self._filters = sheets.filters
            self._show_chips()
        for chip in self._shown:
            chip.setChecked(chip.key == sheets.filter)
        self.filter_button.show_choices(sheets.filters, sheets.filter)
        self.kind_button.show_choices(sheets.kinds, sheets.kind)
        self.fold(self._is_single)

    def show_all(self, taken: bool | None) -> None:
        """Whether all sheets shown are taken; None: some of them."""
        states = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked, None: Qt.CheckState.PartiallyChecked}
        self.all_box.setCheckState(states[taken])

    def fold(self, is_single: bool) -> None:
        """One pane, or two."""
        self._is_single = is_single
        self._chips.setVisible(not is_single)
        self.filter_button.setVisible(is_single)

    def _show_chips(self) -> None:
        while self._flow.count():
            self._flow.takeAt(0).widget().deleteLater()
        self._shown = [Chip(ChipSpec(one.key, one.word, number(one.count))) for one in self._filters]
        for chip in self._shown:
            self._group.addButton(chip)
            chip.toggled.connect(self._flow.invalidate)
            self._flow.addWidget(chip)
            chip.show()


class ChoiceMenu(Button):
    """Says what is chosen, and lets another be; hidden where there is nothing to choose. `chosen` tells its key."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name`: what a screen reader says, around the `choice`."""
        super().__init__("", "quiet", small=True, parent=parent)
        self._name = name
        self._choices: Sequence[Filter] = ()
        self._key = ""
        self.setMenu(QMenu(self))
        self.menu().aboutToShow.connect(self._fill)

    def show_choices(self, choices: Sequence[Filter], key: str) -> None:
        """These, and which one is on."""
        self._choices, self._key = choices, key
        words = next((_words(one) for one in choices if one.key == key), "")
        self.setVisible(bool(choices))
        self.setText(words)
        self.setAccessibleName(self._name.format(choice=words))

    def _fill(self) -> None:
        self.menu().clear()
        for one in self._choices:
            action = self.menu().addAction(_words(one))
            action.setCheckable(True)
            action.setChecked(one.key == self._key)
            action.triggered.connect(lambda _on=False, key=one.key: self.chosen.emit(key))


def _words(one: Filter) -> str:
    return f"{one.word} ({number(one.count)})"
