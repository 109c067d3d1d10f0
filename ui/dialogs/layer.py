"""A layer of open data: what it is, where it comes from, under which licence, of when; how it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from appli.i18n import _
from appli.presenters.layers import Facts, LayerFile, MapLayers, day_of, licences, looks
from ui.dialogs.staged import StagedDialog
from ui.widgets.buttons import Button
from ui.widgets.dialog import ModalDialog
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Flow
from ui.widgets.notice import NoticeStrip
from ui.widgets.progress_card import ProgressCard
from ui.widgets.text import TextLabel, announce

if TYPE_CHECKING:
    from appli.presenters.layers import Layer


class LayerForm(QWidget):
    """The questions; `facts` gives the answers, or nothing when one has to be mended."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.source, self.day = QLineEdit(), QLineEdit(), QLineEdit()
        self.source.setPlaceholderText(_("Ministère, commune, association…"))
        self.day.setPlaceholderText(_("mars 2026"))
        self.licence = QComboBox()
        for code, words in licences():
            self.licence.addItem(words, code)
        self._name_row = FieldRow(_("Nom de la couche"), self.name)
        self._day_row = FieldRow(_("Date des données"), self.day)
        column = Column(self, gap=3)
        column.add(self._name_row, FieldRow(_("Qui les publie"), self.source))
        column.add(FieldRow(_("Licence"), self.licence), self._day_row)

    def show_facts(self, facts: Facts) -> None:
        """What is known already."""
        self.name.setText(facts.name)
        self.source.setText(facts.source)
        self.day.setText(facts.day)
        self.licence.setCurrentIndex(max(0, self.licence.findData(facts.licence)))

    def facts(self) -> Facts | None:
        """What was answered."""
        name, day = self.name.text().strip(), day_of(self.day.text())
        self._name_row.set_error("" if name else _("Il faut un nom, pour la légende de la carte."))
        self._day_row.set_error(_("Cette date ne se lit pas. Exemple : mars 2026.") if day is None else "")
        if not name or day is None:
            return None
        return Facts(name, self.source.text().strip(), str(self.licence.currentData()), day)


class LayerFileDialog(StagedDialog):
    """Reads at once; nothing is kept before « Ajouter la couche »."""

    def __init__(self, presenter: LayerFile, parent: QWidget | None = None) -> None:
        title = _("Rafraîchir une couche") if presenter.layer else _("Ajouter une couche")
        super().__init__(title, 480, parent)
        self._presenter = presenter
        presenter.view = self
        self._waiting, self._asking = QWidget(), QWidget()
        self.work = ProgressCard(_("Lecture du fichier"), _("Arrêter ne change rien."))
        self.work.stop_wanted.connect(presenter.stop)
        Column(self._waiting).addWidget(self.work)
        self.refusal = NoticeStrip("danger", stacked=True)
        self.refusal.hide()
        self.told = TextLabel("", wrap=True)
        self.form = LayerForm()
        column = Column(self._asking, gap=3)
        column.add(TextLabel(title, letters="section"), self.refusal, self.told, self.form)
        words = _("Rafraîchir la couche") if presenter.layer else _("Ajouter la couche")
        self.keep_button = Button(words, "primary")
        self.cancel_button = Button(_("Ne rien changer") if presenter.layer else _("Ne rien ajouter"))
        foot = QWidget()
        feet = Flow(gap=2)
        for button in (self.cancel_button, self.keep_button):
            feet.addWidget(button)
        Column(foot, margin=(5, 0, 5, 5), gap=0).addLayout(feet)
        self.set_stages(self._asking, self._waiting, foot=foot)
        self.keep_button.clicked.connect(self._keep)
        self.cancel_button.clicked.connect(self.reject)
        self.finished.connect(self._leave)
        self.show_stage(self._waiting)
        QTimer.singleShot(0, self, presenter.read)

    # --- what the presenter asks ---

    def show_progress(self, done: int, total: int) -> None:
        self.work.set_progress(done, total, "")

    def show_read(self) -> None:
        presenter = self._presenter
        example = presenter.example()
        named = _("Un point s’appelle par exemple « {name} ».").format(name=example) if example else ""
        stays = _("La couche restera sur ce poste, hors des sauvegardes : gardez son fichier pour la rajouter un jour.")
        self.told.setText(" ".join(part for part in (presenter.told(), named, stays) if part))
        self.form.show_facts(presenter.facts)
        self.show_stage(self._asking)
        self.form.name.setFocus()
        announce(self, presenter.told())

    def show_refusal(self, words: str) -> None:
        self.refusal.set_words("", words)
        self.refusal.setVisible(bool(words))
        self.told.hide()
        self.form.hide()
        self.keep_button.hide()
        self.show_stage(self._asking)
        announce(self, words, assertive=True)

    def close_dialog(self) -> None:
        self.accept()

    # --- parts ---

    def _keep(self) -> None:
        facts = self.form.facts()
        if facts is not None:
            self._presenter.keep(facts)
        self.fit()

    def _leave(self) -> None:
        self._presenter.view = None
        self._presenter.stop()


class LayerEditDialog(ModalDialog):
    """Another name, another sign, another source."""

    def __init__(self, presenter: MapLayers, layer: Layer, parent: QWidget | None = None) -> None:
        super().__init__(_("Couche « {name} »").format(name=layer.name), parent)
        self._presenter, self._layer = presenter, layer
        self.form = LayerForm()
        self.form.show_facts(Facts(layer.name, layer.source, layer.licence, layer.day))
        shapes, colors = looks()
        self.shape, self.color = QComboBox(), QComboBox()
        for code, words in shapes:
            self.shape.addItem(words, code)
        for code, words, _light, _dark in colors:
            self.color.addItem(words, code)
        self.shape.setCurrentIndex(self.shape.findData(layer.shape))
        self.color.setCurrentIndex(self.color.findData(layer.color))
        self.keep_button = Button(_("Enregistrer"), "primary")
        self.cancel_button = Button(_("Ne rien changer"))
        column = Column(self, margin=5, gap=3)
        column.add(self.form, FieldRow(_("Forme du signe"), self.shape), FieldRow(_("Couleur du signe"), self.color))
        feet = Flow(gap=2)
        for button in (self.cancel_button, self.keep_button):
            feet.addWidget(button)
        column.addLayout(feet)
        self.keep_button.clicked.connect(self._keep)
        self.cancel_button.clicked.connect(self.reject)

    def _keep(self) -> None:
        facts = self.form.facts()
        if facts is not None:
            shape, color = str(self.shape.currentData()), str(self.color.currentData())
            self._presenter.change(self._layer.id, facts, shape, color)
            self.accept()
