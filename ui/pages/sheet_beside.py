"""What stands beside the fields of a sheet: its photos in a card, its notes under the rest with a line to add one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QWidget

from appli.i18n import N_, _
from appli.presenters.sheet_beside import ShownNote, ShownPhoto
from appli.presenters.sheet_notes import AUDIENCES, SheetNotes, Typed
from ui.pages.sheet_parts import section_title, value_label
from ui.widgets.audience import AudienceChip
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import Card
from ui.widgets.field import FieldRow
from ui.widgets.growing_text import GrowingText
from ui.widgets.layout import Column, Flow, Ringed, Row
from ui.widgets.photo import PhotoButton
from ui.widgets.question import confirm
from ui.widgets.switches import Segment, Segmented
from ui.widgets.text import TextLabel

TOP = Qt.AlignmentFlag.AlignTop
LARGE, SMALL = QSize(184, 148), QSize(56, 56)
"""Pixels at 100 %: the photo that stands for the sheet, and the others."""
_WORDS = {"private": N_("Pour ce poste"), "shared": N_("Pour le réseau")}


def photos_card(photos: Sequence[ShownPhoto], look: Callable[[int], None]) -> Card:
    """The first one large with what it shows, the others under it."""
    card = Card(margin=3, gap=2)
    first = photos[0]
    card.body.addWidget(_button(first, 0, LARGE, look), 0, Qt.AlignmentFlag.AlignHCenter)
    if first.why_not:
        card.body.addWidget(TextLabel(first.why_not, letters="small", ink="secondary", wrap=True))
    if first.caption:
        card.body.addWidget(TextLabel(first.caption, letters="small", ink="secondary", wrap=True))
    chip = AudienceChip(first.audience)
    chip.setAccessibleName(_("Photo, {audience}").format(audience=chip.text().lower()))
    card.body.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
    if len(photos) > 1:
        flow = Flow(gap=0)
        for place, photo in enumerate(photos[1:], 1):
            flow.addWidget(_button(photo, place, SMALL, look))
        card.body.addLayout(flow)
    return card


def _button(photo: ShownPhoto, place: int, size: QSize, look: Callable[[int], None]) -> PhotoButton:
    button = PhotoButton(photo.small, _("Voir : {words}").format(words=photo.words), size)
    button.clicked.connect(lambda: look(place))
    return button


class NotesPart(Ringed):
    """The notes of a sheet, the latest first, and a line to add one."""

    def __init__(self, notes: Sequence[ShownNote], presenter: SheetNotes) -> None:
        super().__init__()
        self._presenter = presenter
        presenter.view = self
        column = Column(self, margin=1, gap=2)
        column.addWidget(section_title(_("Notes")))
        for note in notes:
            column.addWidget(self._note(note))
        self.add_button = Button(_("Ajouter une note"), "quiet", icon="plus", small=True)
        self.add_button.clicked.connect(presenter.open)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.writing, self.text = self._writing()
        column.addWidget(self.writing)
        self.show_writing(presenter.typed)

    # --- what the presenter asks ---

    def show_writing(self, typed: Typed) -> None:
        can = self._presenter.can_add
        self.writing.setVisible(can and typed.is_open)
        self.add_button.setVisible(can and not typed.is_open)
        if self.text.toPlainText() != typed.text:
            self.text.setPlainText(typed.text)
        self.audience.set_current(typed.audience)
        self._tell()
        if typed.is_open and can and not typed.text:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_erasing(self, title: str, words: str, keep: str, erase: str, note: bytes) -> None:
        confirm(self, title, words, keep, erase, lambda: self._presenter.erase(note))

    def has_cursor(self) -> bool:
        """Whether somebody is writing in it."""
        return self.text.hasFocus()

    def take_cursor(self) -> None:
        """The sheet was drawn again under whoever writes."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)

    # --- parts ---

    def _note(self, note: ShownNote) -> QWidget:
        holder = QWidget()
        column = Column(holder, gap=1)
        head = Row(gap=2)
        head.addWidget(TextLabel(note.lead, letters="small", ink="secondary", wrap=True), 1)
        chip = AudienceChip(note.audience)
        chip.setAccessibleName(_("Note, {audience}").format(audience=chip.text().lower()))
        head.addWidget(chip, 0, TOP)
        if self._presenter.can_add:
            head.addWidget(self._deeds(note), 0, TOP)
        column.addLayout(head)
        column.addWidget(value_label(note.text))
        for other in note.others:
            words = _("Un autre poste y lit : {text}").format(text=other)
            column.addWidget(TextLabel(words, letters="small", ink="secondary", wrap=True))
        return holder

    def _deeds(self, note: ShownNote) -> IconButton:
        more = IconButton(
            "ellipsis", _("Autres actions sur la note du {lead}").format(lead=note.lead), "plain", small=True
        )
        menu = QMenu(more)
        menu.addAction(_("Enlever la note")).triggered.connect(lambda: self._presenter.take_off(note.id))
        menu.addAction(_("Effacer pour toujours…")).triggered.connect(lambda: self._presenter.ask_erasing(note.id))
        more.setMenu(menu)
        return more

    def _writing(self) -> tuple[QWidget, GrowingText]:
        holder = Ringed()
        text = GrowingText(fewest=2, most=10)
        text.textChanged.connect(lambda: self._typed(text.toPlainText()))
        signs = [Segment(key, _(_WORDS[key]), icon) for key, icon in AUDIENCES]
        self.audience = Segmented(_("Pour qui est cette note"), signs)
        self.audience.chosen.connect(self._presenter.set_audience)
        self.save_button = Button(_("Garder la note"), "accent", small=True)
        self.save_button.clicked.connect(self._presenter.save)
        give_up = Button(_("Abandonner"), "quiet", small=True)
        give_up.clicked.connect(self._presenter.give_up)
        column = Column(holder, margin=1, gap=2)
        hint = _("Une note ne se réécrit pas : on en ajoute une autre.")
        column.addWidget(FieldRow(_("Nouvelle note"), text, hint=hint))
        deeds = Flow(gap=2)
        for widget in (self.audience, self.save_button, give_up):
            deeds.addWidget(widget)
        column.addLayout(deeds)
        return holder, text

    def _typed(self, words: str) -> None:
        self._presenter.type(words)
        self._tell()

    def _tell(self) -> None:
        said = bool(self.text.toPlainText().strip())
        self.save_button.explain("" if said else _("Écrivez quelques mots."))
