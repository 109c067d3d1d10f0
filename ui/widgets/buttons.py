"""Buttons by what they are for: the page's one deed, an ordinary one, a quiet one, one that destroys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from ui.theme import current
from ui.theme_buttons import LOOKS, ORDINARY
from ui.widgets.layout import Ringed, Row
from ui.widgets.text import plain_tip


class Button(QPushButton):
    """A button with words.

    `role`: primary (one per page), ordinary, accent, quiet, plain, danger, danger-filled, warning, inverse.
    `trailing` names an icon after the words; a menu brings its own sign.
    """

    def __init__(
        self,
        words: str,
        role: str = "ordinary",
        *,
        icon: str = "",
        trailing: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self._icon_name = icon
        self.setAutoDefault(False)
        self.setProperty("trailing", trailing)
        self.setProperty("small", small)
        self.set_role(role)

    def set_role(self, role: str) -> None:
        """Another use, another look."""
        self.setProperty("role", role)
        ink = "warning" if role == "warning" else LOOKS.get(role, ORDINARY).ink
        if self._icon_name:
            self.setIcon(current().icon(self._icon_name, ink))
        self.update()

    def set_count(self, count: int) -> None:
        """How much waits behind the button; nothing is shown for 0."""
        self.setProperty("count", str(count) if count else None)
        # Qt keeps the size of a button until its words or its icon change.
        self.setIcon(self.icon())

    def explain(self, reason: str) -> None:
        """Why it cannot be pressed: no reason means that it can."""
        self.setEnabled(not reason)
        self.setToolTip(plain_tip(reason))


class IconButton(Button):
    """An icon alone, for the few that need no word; `name` is the verb and its object, shown as tooltip."""

    def __init__(
        self,
        icon: str,
        name: str,
        role: str = "ordinary",
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", role, icon=icon, small=small, parent=parent)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """What a screen reader says and the tooltip shows."""
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))


class SplitButton(Ringed):
    """A deed, and beside it the menu of its variants."""

    clicked = Signal()

    def __init__(
        self,
        words: str,
        menu: QMenu,
        menu_name: str,
        role: str = "accent",
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.main = Button(words, role, icon=icon, parent=self)
        self.more = IconButton("chevron-down", menu_name, role, parent=self)
        self.more.setMenu(menu)
        for half, side in ((self.main, "left"), (self.more, "right")):
            half.setProperty("joined", side)
            # The halves touch: each keeps the room of its ring for itself.
            half.setAttribute(Qt.WidgetAttribute.WA_LayoutUsesWidgetRect)
        self.setFocusProxy(self.main)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = Row(self, gap=0)
        row.add(self.main, self.more)
        self.main.clicked.connect(self.clicked)
