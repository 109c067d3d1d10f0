"""« Préparer un paquet… »: for whom, how far, under which words, where; then where it lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from appli.i18n import _
from appli.presenters.give_packet import GivePacket, Written
from ui.dialogs.choose_files import choose_where, documents_folder
from ui.dialogs.staged import WritingDialog
from ui.dialogs.sticks import Stick, stick_of, sticks
from ui.widgets.buttons import Button
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Flow
from ui.widgets.notice import NoticeStrip
from ui.widgets.text import TextLabel, announce, literal


class GivePacketDialog(WritingDialog):
    """Opened with `open()`; nothing is written before a file is chosen."""

    def __init__(self, presenter: GivePacket, parent: QWidget | None = None) -> None:
        super().__init__(presenter, _("Préparer un paquet"), 560, _("Écriture du paquet"), parent)
        self._presenter = presenter
        presenter.view = self
        self.receiver = QComboBox()
        for uid, words in presenter.receivers:
            self.receiver.addItem(words, uid)
        self.receiver.setCurrentIndex([uid for uid, _words in presenter.receivers].index(presenter.to))
        self.receiver.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.shared = QRadioButton(_("Ce qui est partagé dans le réseau"))
        self.public = QRadioButton(_("Seulement ce qui est public"))
        self.protect = QCheckBox(_("Protéger par une phrase secrète"))
        self.phrase = QLineEdit()
        self.other_button = Button(_("D’autres mots"), small=True)
        self.volumes = QCheckBox(_("En plusieurs fichiers de 7 Mo, pour le courriel"))
        self.whole = QCheckBox(_("Tout redonner, même ce qu’il a déjà"))
        self.proposal = TextLabel("", letters="small", ink="secondary", wrap=True)
        self.stick_buttons = [_stick_button(stick) for stick in sticks()]
        self.mail_button = Button(_("Par courriel…"), icon="mail")
        self.write_button = Button(_("Choisir où l’écrire…"), "primary")
        self.cancel_button = Button(_("Ne rien préparer"))
        self.told = WrittenView()
        self._lay_out()
        self._connect()
        self.show_choices()

    # --- what the presenter asks ---

    def show_choices(self) -> None:
        presenter = self._presenter
        self.public.setEnabled(presenter.to is None)
        self.whole.setVisible(presenter.may_be_part)
        self.whole.setChecked(presenter.whole)
        self.proposal.setText(presenter.proposal)
        self.proposal.setVisible(bool(presenter.proposal))
        (self.public if presenter.public else self.shared).setChecked(True)
        self.protect.setChecked(bool(presenter.phrase))
        self.phrase_row.setVisible(bool(presenter.phrase))
        if self.phrase.text() != presenter.phrase:
            self.phrase.setText(presenter.phrase)
            self.phrase.setCursorPosition(0)
        for button in (self.write_button, self.mail_button, *self.stick_buttons):
            button.explain(presenter.why_not)
        self.fit()

    def show_written(self, written: Written) -> None:
        self.told.say(written)
        self.show_stage(self.told)
        announce(self, written.title)
        self.told.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- parts ---

    def _lay_out(self) -> None:
        self._lay_out_choices()
        foot = QWidget()
        deeds = Flow(gap=2)
        for button in (self.cancel_button, self.mail_button, self.write_button):
            deeds.addWidget(button)
        Column(foot, margin=(5, 0, 5, 5), gap=0).addLayout(deeds)
        self.set_stages(self.choices, self.working, self.told, foot=foot)

    def _lay_out_choices(self) -> None:
        column = Column(self.choices, gap=3)
        column.add(TextLabel(_("Préparer un paquet"), letters="section"), self.refusal)
        column.addWidget(FieldRow(_("Pour qui"), self.receiver))
        what = Column(gap=1)
        what.addWidget(TextLabel(_("Ce qu’il contient"), letters="label", ink="secondary"))
        what.add(self.shared, self.public, self.whole, self.proposal)
        what.addWidget(TextLabel(_("Le privé n’y est jamais."), letters="small", ink="secondary", wrap=True))
        column.addLayout(what)
        column.addWidget(self.protect)
        hint = _("Notez ces mots et dites-les de vive voix : sans eux, personne n’ouvre le paquet, pas même vous.")
        self.phrase_row = FieldRow(_("Phrase secrète"), self.phrase, beside=self.other_button, hint=hint)
        column.add(self.phrase_row, self.volumes)
        if self.stick_buttons:
            column.addWidget(TextLabel(_("Les clés branchées"), letters="label", ink="secondary"))
            flow = Flow(gap=2)
            for button in self.stick_buttons:
                flow.addWidget(button)
            column.addLayout(flow)

    def _connect(self) -> None:
        presenter = self._presenter
        self.receiver.activated.connect(lambda place: presenter.set_receiver(presenter.receivers[place][0]))
        self.public.clicked.connect(lambda: presenter.set_public(True))
        self.shared.clicked.connect(lambda: presenter.set_public(False))
        self.protect.clicked.connect(presenter.protect)
        self.other_button.clicked.connect(lambda: presenter.protect(True))
        self.phrase.textEdited.connect(presenter.set_phrase)
        self.volumes.toggled.connect(presenter.set_volumes)
        self.whole.clicked.connect(presenter.set_whole)
        self.mail_button.clicked.connect(lambda: presenter.mail(documents_folder()))
        for button in self.stick_buttons:
            button.clicked.connect(lambda _on, button=button: self._write_on(button))
        self.write_button.clicked.connect(self._choose_file)
        self.cancel_button.clicked.connect(self.reject)
        self.told.close_button.clicked.connect(self.accept)
        self.finished.connect(self._leave)

    def _choose_file(self) -> None:
        def write(path: Path) -> None:
            self._presenter.write(path, stick_of(path))

        kinds = _("Paquets de Maillage (*.maille)")
        choose_where(self, _("Où écrire le paquet ?"), self._presenter.file_name(), write, kinds)

    def _write_on(self, button: Button) -> None:
        """At the root of a stick, under the name proposed."""
        stick: Stick = button.property("stick")
        self._presenter.write(stick.root / self._presenter.file_name(), stick.name)

    def _leave(self) -> None:
        """What is still under way has nobody to tell."""
        self._presenter.view = None


def _stick_button(stick: Stick) -> Button:
    button = Button(_("Écrire sur la clé « {name} »").format(name=literal(stick.name)), icon="usb", small=True)
    button.setProperty("stick", stick)
    return button


class WrittenView(QWidget):
    """« Paquet écrit et relu sur la clé « MAIRIE ». Vous pouvez retirer la clé. », and the ways to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = NoticeStrip("success", stacked=True)
        self.files = TextLabel("", letters="small", ink="secondary", wrap=True)
        self.files.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_button = Button(_("Ouvrir le dossier"), icon="folder-open")
        self.copy_button = Button(_("Copier l’adresse du fichier"), icon="copy")
        self.text_button = Button(_("Copier le texte du courriel"), icon="copy")
        self.close_button = Button(_("Fermer"), "primary")
        self._folder, self._mail = Path(), ""
        column = Column(self, gap=3)
        column.add(self.title, self.files)
        deeds = Flow(gap=3)
        for button in (self.open_button, self.copy_button, self.text_button, self.close_button):
            deeds.addWidget(button)
        column.addLayout(deeds)
        column.addStretch()
        self.open_button.clicked.connect(self._open)
        self.copy_button.clicked.connect(self._copy)
        self.text_button.clicked.connect(self._copy_text)

    def say(self, written: Written) -> None:
        """The packet is there."""
        self.title.set_words(written.title, written.words)
        self.files.setText("\n".join(written.files))
        self._folder, self._mail = written.folder, written.mail
        self.text_button.setVisible(bool(written.mail))
        if written.mail:
            self._open()
            self._copy()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.files.text())
        announce(self, _("Adresse copiée."))

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._mail)
        announce(self, _("Texte copié."))
