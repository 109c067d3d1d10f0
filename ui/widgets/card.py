"""Cards: a surface with a hairline, a title and what belongs together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.layout import Column, Margin, Row, Step
from ui.widgets.text import TextLabel, restyle


class Card(QFrame):
    """A rounded surface; `body` takes what it holds, `head` what stands at the right of its title."""

    def __init__(
        self,
        title: str = "",
        *,
        letters: str = "label",
        margin: Margin = 4,
        gap: Step = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = Column(self, margin=margin, gap=gap)
        self.head = Row(gap=2)
        if title:
            ink = "secondary" if letters == "label" else "text"
            self.title = TextLabel(title, letters=letters, ink=ink)
            self.head.addWidget(self.title)
            self.head.addStretch()
            self.body.addLayout(self.head)

    def set_chosen(self, chosen: bool) -> None:
        """The green edge of the one that counts."""
        restyle(self, "state", "chosen" if chosen else "")


def ground(widget: QWidget, name: str) -> QWidget:
    """Give a widget the ground `window`, `page` or `surface`."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setProperty("ground", name)
    return widget
