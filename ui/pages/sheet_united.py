"""The sheets that are shown as one: each with its code, and the way to take it out again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from appli.i18n import _, _n, number
from appli.presenters.sheet import SheetPane
from appli.presenters.sheet_page import UnitedSheet
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layout import Row
from ui.widgets.text import TextLabel


def united_card(united: Sequence[UnitedSheet], presenter: SheetPane) -> Card:
    """« 2 fiches réunies », their names and codes; nothing was moved, so each can leave."""
    card = Card(margin=3, gap=2)
    head = Row(gap=2)
    head.addWidget(Glyph("layers", "text_secondary"))
    words = _n("{n} fiche réunie", "{n} fiches réunies", len(united)).format(n=number(len(united)))
    head.addWidget(TextLabel(words, letters="name", wrap=True), 1)
    card.body.addLayout(head)
    for one in united:
        card.body.addWidget(TextLabel(one.title, letters="small", wrap=True))
        line = Row(gap=2)
        line.addWidget(TextLabel(one.code, letters="small", ink="secondary"), 1)
        part = Button(_("Séparer"), "quiet", small=True)
        part.setAccessibleName(_("Séparer la fiche {code} des autres").format(code=one.code))
        part.setVisible(presenter.can_change)
        part.clicked.connect(lambda _on=False, one=one: presenter.separate(one))
        line.addWidget(part, 0, Qt.AlignmentFlag.AlignRight)
        card.body.addLayout(line)
    return card
