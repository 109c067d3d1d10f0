"""The head of a form (what one is changing) and its foot: trash, what is to be mended, give up, save."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from appli.i18n import _
from appli.presenters.kinds import drawn_shape
from ui.pages.form_field import emptied, put
from ui.theme import current
from ui.widgets.badge import Badge, BadgeLook, Glyph, KindMark
from ui.widgets.buttons import Button
from ui.widgets.card import ground
from ui.widgets.layout import Column, Row
from ui.widgets.notice import NoticeStrip
from ui.widgets.text import TextLabel, announce


class FormHead(QFrame):
    """Shape, « Modifier la fiche « Élise » », kind and code."""

    def __init__(self) -> None:
        super().__init__()
        ground(self, "page")
        self.setProperty("edge", "bottom")
        row = Row(self, margin=(5, 3, 5, 3), gap=3)
        self._mark = KindMark("person")
        self.title = TextLabel("", letters="section", wrap=True)
        self.lead = TextLabel("", letters="small", ink="secondary", wrap=True)
        self._example = Badge(BadgeLook(_("démo"), example=True))
        words = Column(gap=0)
        words.add(self.title, self.lead)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._example)

    def show_form(self, form: Any) -> None:
        """The sheet that is changed, or the kind of a new one."""
        self._mark.set_kind(drawn_shape(form.shape), form.initials)
        new = _("Nouvelle fiche : {kind}").format(kind=form.kind_label.lower())
        title = _("Modifier « {title} »").format(title=form.title or _("(sans nom)"))
        self.title.setText(title if form.record else new)
        kept = _("votre saisie est gardée si vous changez de page")
        said = [form.kind_label, form.code, kept] if form.record else [kept[:1].upper() + kept[1:]]
        self.lead.setText(" · ".join(said))
        self._example.setVisible(form.demo)

    def set_low(self, *, low: bool) -> None:
        """In a low window the fields need the room."""
        self.lead.setVisible(not low)


class FormFoot(QFrame):
    """The deeds; the primary one is last."""

    def __init__(self) -> None:
        super().__init__()
        ground(self, "surface")
        self.setProperty("edge", "top")
        self.setMinimumHeight(current().px("size.footer"))
        row = Row(self, margin=(5, 2, 5, 2), gap=3)
        self.trash_button = Button(_("Mettre à la corbeille"), "danger", icon="trash-2")
        self._sign = Glyph("circle-alert", "danger")
        self.errors = TextLabel("", letters="small", ink="danger", wrap=True)
        self.errors.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.give_up_button = Button(_("Abandonner"))
        self.save_button = Button(_("Enregistrer"), "primary")
        row.addWidget(self.trash_button)
        row.addStretch(1)
        row.addWidget(self._sign)
        row.addWidget(self.errors)
        row.add(self.give_up_button, self.save_button)
        self.show_errors("")

    def show_form(self, form: Any, locked: str) -> None:
        """What can be done with it, and why not."""
        self.trash_button.setVisible(form.record is not None)
        self.save_button.explain(locked)

    def show_errors(self, words: str) -> None:
        """« 2 champs à corriger »."""
        if words and words != self.errors.text():
            announce(self, words)
        self.errors.setText(words)
        self._sign.setVisible(bool(words))
        self.errors.setVisible(bool(words))


class Strips(QWidget):
    """Room for one strip over the fields; none when there is nothing to tell."""

    def __init__(self) -> None:
        super().__init__()
        self._column = Column(self, margin=(5, 3, 5, 0), gap=0)
        self.hide()

    def show_strip(self, strip: NoticeStrip | None) -> None:
        """This one rather than the former."""
        emptied(self._column)
        if strip is not None:
            put(self._column, strip)
        self.setVisible(strip is not None)
