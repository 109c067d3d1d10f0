"""Réglages: the version, the licences of what others made, where things are kept."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from appli.i18n import _
from appli.presenters.about import (
    Place,
    credits_of,
    licence_texts,
    licence_words,
    places,
    portable_words,
    version_words,
)
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layout import Column, Row
from ui.widgets.text import TextLabel


class AboutCard(Card):
    """« À propos »."""

    def __init__(self, folder: Path, open_folder: Callable[[Path], None], parent: QWidget | None = None) -> None:
        super().__init__(_("À propos"), letters="section", margin=4, gap=3, parent=parent)
        words = Column(gap=1)
        words.add(TextLabel(version_words(), letters="name"), TextLabel(licence_words(), ink="secondary", wrap=True))
        if portable_words():
            words.addWidget(TextLabel(portable_words(), ink="secondary", wrap=True))
        self.body.addLayout(words)
        self.help_button = Button(_("Ouvrir l’aide, ou l’imprimer"), icon="circle-question-mark", small=True)
        self.body.addWidget(self.help_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(TextLabel(_("Où les choses sont gardées"), letters="label", ink="secondary"))
        for place in places(folder):
            self.body.addLayout(_place(place, open_folder))
        self.credits_button = Button(_("Voir ce que d’autres ont fait, et sous quelles licences"), "quiet", small=True)
        self.body.addWidget(self.credits_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.credits_button.clicked.connect(self._show_credits)
        self._open_folder = open_folder

    def _show_credits(self) -> None:
        self.credits_button.hide()
        self.body.addWidget(TextLabel(_("Ce que d’autres ont fait"), letters="label", ink="secondary"))
        for subject, some in groupby(credits_of(), lambda credit: credit.subject):
            lines = Column(gap=0)
            lines.addWidget(TextLabel(subject, letters="name"))
            for credit in some:
                said = _("{name} – {licence}").format(name=credit.name, licence=credit.licence)
                lines.addWidget(TextLabel(said, letters="small", ink="secondary", wrap=True))
            self.body.addLayout(lines)
        self.texts_button = Button(_("Ouvrir le dossier des licences"), small=True)
        self.texts_button.clicked.connect(lambda: self._open_folder(licence_texts()))
        self.body.addWidget(self.texts_button, 0, Qt.AlignmentFlag.AlignLeft)


def _place(place: Place, open_folder: Callable[[Path], None]) -> Row:
    words = Column(gap=0)
    words.add(TextLabel(place.words, wrap=True))
    words.add(TextLabel(str(place.folder), letters="small", ink="secondary", elide=True))
    button = Button(_("Ouvrir le dossier"), small=True)
    button.setAccessibleName(_("Ouvrir le dossier : {words}").format(words=place.words))
    button.clicked.connect(lambda: open_folder(place.folder))
    row = Row(gap=3)
    row.addLayout(words, 1)
    row.addWidget(button)
    return row
