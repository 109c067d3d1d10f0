"""The photos of a form: chosen or dropped, each with its thumbnail, what it shows, who will see it, its way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from appli.i18n import _, number
from appli.presenters.form import Form
from appli.presenters.form_photos import LIST, fingerprint
from ui.pages.form_field import FormField, emptied, put
from ui.widgets.audience import AudienceButton
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layout import Column, Ringed, Row
from ui.widgets.notice import NoticeStrip
from ui.widgets.parts_flow import PartsFlow
from ui.widgets.photo import PhotoButton
from ui.widgets.text import TextLabel, announce

THUMBNAIL = QSize(92, 92)
_WIDTHS = {"alt": (260, 3), "credit": (140, 1), "consent": (420, 2)}
_FILTER = "*.jpg *.jpeg *.png *.webp *.gif *.bmp *.JPG *.JPEG *.PNG *.heic *.HEIC"
TOP = Qt.AlignmentFlag.AlignTop


class PhotosPart(Ringed):
    """The list of photos, drawn again when its rows change. Files may be dropped on it."""

    def __init__(self, some: Any, form: Form) -> None:
        super().__init__()
        self.list, self._form = some, form
        self.rows: list[PhotoRow] = []
        self._smalls: dict[str, bytes | None] = {}
        self.setAcceptDrops(True)
        self._rows = Column(gap=2)
        self.reason = TextLabel("", letters="small", ink="secondary", wrap=True)
        self.refusals = NoticeStrip("warning", stacked=True)
        self.refusals.hide()
        self.add_button = Button(_("Ajouter des photos…"), "quiet", icon="image")
        self.add_button.clicked.connect(self._choose)
        column = Column(self, margin=1, gap=2)
        column.add(TextLabel(some.label, letters="name", wrap=True), self.reason)
        column.addLayout(self._rows)
        line = Row(gap=2)
        line.addWidget(self.add_button)
        line.addWidget(TextLabel(_("ou déposez-les ici"), letters="small", ink="secondary"), 1)
        column.addLayout(line)
        column.addWidget(self.refusals)
        self.refresh()

    # --- as the other lists of the form ---

    def refresh(self) -> None:
        """Draw the rows again."""
        filling = self._form.filling
        emptied(self._rows)
        self.rows = []
        if filling is None:
            return
        rows = filling.asked.rows(LIST)
        for place, row in enumerate(rows):
            small = self._smalls.get(fingerprint(filling, row))
            part = PhotoRow(row, self._form, small, place, len(rows))
            self.rows.append(part)
            put(self._rows, part)
        for row in filling.gone_rows(LIST):
            put(self._rows, self._gone(row))
        self.show_audiences()
        self._form.photos.ask_smalls()

    def fields(self) -> Iterator[FormField]:
        """Every field of its rows."""
        for row in self.rows:
            yield from row.fields

    def focus_row(self, path: str) -> None:
        """The words of a new photo; else where one adds another."""
        row = next((r for r in self.rows if r.path == path), None)
        if row is not None:
            row.fields[0].focus()
        else:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, _offers: Sequence[object]) -> None:
        """Nothing is proposed here."""

    def show_words(self) -> None:
        """Rows are called by what they show."""
        for row in self.rows:
            row.show_words()

    def show_audiences(self) -> None:
        """Who sees each photo, and why nobody else may."""
        reason = self._form.photos.reason()
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        for row in self.rows:
            row.show_audience()

    # --- photos ---

    def show_smalls(self, smalls: Mapping[str, bytes | None]) -> None:
        """The thumbnails were read."""
        new = {name: small for name, small in smalls.items() if self._smalls.get(name) != small}
        self._smalls |= smalls
        filling = self._form.filling
        if filling is not None and new:
            for part in self.rows:
                part.show_small(self._smalls.get(fingerprint(filling, filling.asked.row(part.path))))

    def show_refusals(self, sentences: Sequence[str]) -> None:
        """Why files were not taken."""
        self.refusals.set_words("", "\n".join(sentences))
        self.refusals.setVisible(bool(sentences))
        if sentences:
            announce(self, " ".join(sentences), assertive=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._form.photos.add(_files(event))

    # --- parts ---

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Choisir des photos"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(f"{_('Photos')} ({_FILTER})")
        dialog.filesSelected.connect(lambda names: self._form.photos.add([Path(name) for name in names]))
        dialog.open()

    def _gone(self, row: Any) -> QWidget:
        holder = QFrame()
        holder.setProperty("role", "card")
        line = Row(holder, margin=(3, 1, 2, 1), gap=2)
        words = _alt(row) or self.list.row_label
        told = TextLabel(_("{row} – sera enlevé").format(row=words), ink="secondary", wrap=True)
        line.addWidget(told, 1)
        keep = Button(_("Garder"), "quiet", small=True)
        keep.setAccessibleName(_("Garder {what}").format(what=words))
        keep.clicked.connect(lambda: self._form.parts.keep_row(f"{LIST}/{row.key}"))
        line.addWidget(keep)
        return holder


class PhotoRow(QFrame):
    """One photo: its thumbnail, its words, who sees it, its place, its way out."""

    def __init__(self, row: Any, form: Form, small: bytes | None, place: int, count: int) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.path, self._form, self._place = f"{LIST}/{row.key}", form, place
        self.picture = PhotoButton(small, "", THUMBNAIL)
        self.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        holder = Ringed()
        flow = PartsFlow(holder, gap=2)
        self.fields: list[FormField] = []
        for question in row.questions:
            if question.editor != "hidden":
                field = FormField(question, form, audience=False)
                self.fields.append(field)
                flow.add(field, *_WIDTHS.get(question.name, (180, 1)))
        self.audience = AudienceButton(_("Photo"), "private")
        self.audience.chosen.connect(lambda level: form.set_audience(self.path, level))
        self.remove_button = IconButton("x", "", "plain", small=True)
        self.remove_button.clicked.connect(lambda: form.parts.remove_row(self.path))
        side, deeds = Ringed(), Row(gap=1)
        column = Column(side, margin=1, gap=1)
        deeds.add(self.audience, self.remove_button)
        column.add(TextLabel(_("Qui peut voir"), letters="label", ink="secondary"), deeds)
        if count > 1:
            column.addLayout(self._movers(place, count))
        line = Row(self, margin=(2, 2, 2, 2), gap=2)
        line.addWidget(self.picture, 0, TOP)
        line.addWidget(holder, 1)
        line.addWidget(side, 0, TOP)
        self.show_audience()
        self.show_words()

    def show_small(self, small: bytes | None) -> None:
        """The thumbnail was read."""
        self.picture.set_picture(small)

    def show_audience(self) -> None:
        """Who sees it, and what the sheet and the answers allow."""
        filling = self._form.filling
        if filling is not None and filling.asked.has(self.path):
            self.audience.set_audience(filling.audience(self.path))
            agreed = filling.photo_ceiling(self.path) != "private" or filling.ceiling() == "private"
            missing = "" if agreed else _("il manque un accord pour cette photo")
            self.audience.set_ceiling(filling.photo_ceiling(self.path), missing)

    def show_words(self) -> None:
        """The way out is called by what it takes off."""
        filling = self._form.filling
        if filling is not None and filling.asked.has(self.path):
            said = str(filling.asked.content(f"{self.path}/alt")).strip()
            words = said or _("Photo {n}").format(n=number(self._place + 1))
            self.remove_button.set_name(_("Enlever : {what}").format(what=words))
            self.picture.setAccessibleName(words)

    def _movers(self, place: int, count: int) -> Row:
        """The first photo stands for the sheet."""
        movers = Row(gap=1)
        for icon, words, by, reason in (
            ("chevron-up", _("Monter d’une place"), -1, _("C’est la première.") if place == 0 else ""),
            ("chevron-down", _("Descendre d’une place"), 1, _("C’est la dernière.") if place == count - 1 else ""),
        ):
            button = IconButton(icon, words, "plain", small=True)
            button.clicked.connect(lambda _on=False, by=by: self._form.parts.move_row(self.path, by))
            if reason:
                button.explain(reason)
            movers.addWidget(button)
        movers.addStretch()
        return movers


def _alt(row: Any) -> str:
    return next((str(q.content) for q in row.questions if q.name == "alt"), "")


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
