"""Réglages: the detailed maps, how somebody makes one, and the map asked online."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from appli.i18n import _, number
from appli.presenters import map_engine
from appli.presenters.detailed_maps import DetailedMaps, MapRow, Question, command
from appli.presenters.online_map import Consent, OnlineMap, Service
from ui.pages.reglages_poste import SettledLine
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layout import Column, Flow, Ringed, Row, line
from ui.widgets.progress_card import ProgressCard
from ui.widgets.question import Answer, QuestionDialog, confirm
from ui.widgets.switches import Segment, Segmented, Switch
from ui.widgets.text import TextLabel, announce

MAPS = "*.pmtiles *.mbtiles"
MEGABYTE = 10**6


class MapsCard(Card):
    """« Cartes détaillées »."""

    def __init__(self, maps: DetailedMaps, online: OnlineMap, parent: QWidget | None = None) -> None:
        super().__init__(_("Cartes détaillées"), letters="section", margin=4, gap=3, parent=parent)
        self._presenter = maps
        self._why_not = ""
        self.rows: list[MapRowView] = []
        words = _(
            "Le fond de carte livré montre les communes, pas les rues. Une carte détaillée, préparée une fois par"
            " quelqu’un, prend le relais quand on s’approche, sans réseau."
        )
        self.add_button = Button(_("Ajouter une carte…"), icon="plus", small=True)
        self.add_button.clicked.connect(self._choose)
        self.progress = ProgressCard(_("Copie de la carte"), _("S’arrêter n’en laisse rien."))
        self.progress.hide()
        self.progress.stop_wanted.connect(maps.stop)
        self._empty = TextLabel(_("Pas encore de carte détaillée."), ink="secondary", wrap=True)
        self._list = Column(gap=0)
        self.help = MakingHelp()
        self.body.addWidget(TextLabel(words, ink="secondary", wrap=True))
        self.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.progress)
        self.body.addWidget(self._empty)
        self.body.addLayout(self._list)
        self.body.addWidget(self.help)
        self.body.addWidget(line())
        self.online = OnlineChoice(online)
        self.body.addWidget(self.online)
        self.body.addWidget(line())
        self.compatible = Switch(_("Mode compatible"))
        self.compatible.setChecked(map_engine.is_compatible())
        self.compatible.toggled.connect(lambda on: map_engine.choose(compatible=on))
        hint = _(
            "Pour un poste où la carte reste vide ou s’arrête : elle est dessinée sans la carte graphique. Prend effet"
            " à la prochaine ouverture de Maillage."
        )
        self.body.addWidget(self.compatible, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(TextLabel(hint, letters="small", ink="secondary", wrap=True))
        maps.view = self

    # --- DetailedMaps ---

    def show_rows(self, rows: Sequence[MapRow]) -> None:
        held = next((view.row.id for view in self.rows if view.isAncestorOf(self.focusWidget() or self)), "")
        for row in self.rows:
            self._list.removeWidget(row)
            row.deleteLater()
        self.rows = [MapRowView(row, self._presenter) for row in rows]
        for view in self.rows:
            view.explain(self._why_not)
            self._list.addWidget(view)
            if view.row.id == held:
                view.take_focus()
        self._empty.setVisible(not rows)

    def show_possible(self, reason: str) -> None:
        self._why_not = reason
        self.add_button.explain(reason)
        for row in self.rows:
            row.explain(reason)

    def show_progress(self, name: str, done: int, total: int) -> None:
        if name and not self.progress.isVisibleTo(self):
            self.progress.say(_("Copie de « {name} »").format(name=name), _("S’arrêter n’en laisse rien."))
            announce(self.add_button, _("La carte se copie."))
        self.progress.setVisible(bool(name))
        count = _("{n} Mo sur {total}").format(n=number(done / MEGABYTE), total=number(total / MEGABYTE))
        self.progress.set_progress(done, total, count if total else "")

    def ask(self, question: Question) -> None:
        confirm(
            self,
            question.title,
            question.words,
            question.keep,
            question.remove,
            lambda: self._presenter.remove(question.id),
        )

    # --- parts ---

    def _choose(self) -> None:
        dialog = QFileDialog(self.window(), _("Ajouter une carte"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([f"{_('Cartes')} ({MAPS})", f"{_('Tous les fichiers')} (*)"])
        dialog.filesSelected.connect(lambda names: self._presenter.bring([Path(name) for name in names]))
        dialog.open()


class MapRowView(Ringed):
    """One map: its name, whether it is drawn, what it is, its place among the others."""

    def __init__(self, row: MapRow, presenter: DetailedMaps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._first, self._last = row.is_first, row.is_last
        self.name = SettledLine()
        self.name.show_text(row.title)
        self.name.setAccessibleName(_("Nom de la carte {title}").format(title=row.title))
        self.shown = Switch(_("Affichée"))
        self.shown.setChecked(row.shown)
        self.shown.setAccessibleName(_("Afficher la carte {title}").format(title=row.title))
        self.up = self._button(_("Monter"), _("Dessiner {title} au-dessus de la précédente"), "chevron-up")
        self.down = self._button(_("Descendre"), _("Dessiner {title} sous la suivante"), "chevron-down")
        self.remove = self._button(_("Retirer…"), _("Retirer la carte {title}"), "trash-2")
        self._lay_out()
        self.name.editingFinished.connect(lambda: presenter.rename(row.id, self.name.settled()))
        self.shown.toggled.connect(partial(presenter.show_map, row.id))
        self.up.clicked.connect(lambda: presenter.move(row.id, -1))
        self.down.clicked.connect(lambda: presenter.move(row.id, 1))
        self.remove.clicked.connect(lambda: presenter.ask_to_remove(row.id))

    def explain(self, reason: str) -> None:
        """Why nothing here can be changed."""
        self.name.set_locked(reason)
        self.shown.setEnabled(not reason)
        self.up.explain(reason or (_("Elle est déjà au-dessus des autres.") if self._first else ""))
        self.down.explain(reason or (_("Elle est déjà sous les autres.") if self._last else ""))
        self.remove.explain(reason)

    def take_focus(self) -> None:
        """The list was made anew around whoever had the focus."""
        wanted = self.up if self.up.isEnabled() else self.down if self.down.isEnabled() else self.shown
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, words: str, name: str, icon: str) -> Button:
        button = Button(words, "quiet", icon=icon, small=True)
        button.setAccessibleName(name.format(title=self.row.title))
        return button

    def _lay_out(self) -> None:
        column = Column(self, margin=1, gap=1)
        column.addWidget(line())
        top = Row(margin=(0, 2, 0, 0), gap=3)
        top.addWidget(self.name, 1)
        top.addWidget(self.shown)
        column.addLayout(top)
        column.addWidget(TextLabel(self.row.details, letters="small", ink="secondary", wrap=True))
        if self.row.note:
            column.addWidget(TextLabel(self.row.note, letters="small", ink="warning", wrap=True))
        deeds = Flow(gap=1)
        for button in (self.up, self.down, self.remove):
            deeds.addWidget(button)
        column.addLayout(deeds)


class MakingHelp(Ringed):
    """« Comment un ami peut en préparer une », folded until asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button(
            _("Comment un ami peut en préparer une pour un département"), "quiet", trailing="chevron-down", small=True
        )
        self.button.setCheckable(True)
        self.text = Ringed()
        self.text.hide()
        self.command = TextLabel(command(), letters="small", wrap=True)
        self.command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = Button(_("Copier la commande"), icon="copy", small=True)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(command()))
        column = Column(self, margin=1, gap=2)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        self._fill()
        self.button.toggled.connect(self.text.setVisible)

    def _fill(self) -> None:
        column = Column(self.text, margin=1, gap=2)
        for title, words in _ways():
            column.addWidget(TextLabel(title, letters="name", wrap=True))
            column.addWidget(TextLabel(words, ink="secondary", wrap=True))
            if title == _ways()[0][0]:
                column.addWidget(self.command)
                column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        closing = _(
            "Puis copiez le fichier sur une clé, et ajoutez-le ici sur chaque poste. Il reste dans le dossier de"
            " l’annuaire, ne part dans aucun paquet et n’est dans aucune sauvegarde."
        )
        column.addWidget(TextLabel(closing, wrap=True))


def _ways() -> list[tuple[str, str]]:
    """How a map is made, by somebody who has a network, once."""
    return [
        (
            _("Un département d’OpenStreetMap, avec l’outil libre « pmtiles »"),
            _(
                "Il suffit d’une commande, ici pour la Lozère. Les quatre nombres sont l’ouest, le sud, l’est et le"
                " nord ; la date est celle d’un jour récent. Comptez quelques dizaines de Mo. Licence ODbL :"
                " « © les contributeurs d’OpenStreetMap » s’affiche sur la carte."
            ),
        ),
        (
            _("Le Plan IGN ou des photos aériennes, avec QGIS"),
            _(
                "Ouvrez la couche de l’IGN (Licence Ouverte), puis Traitement > Boîte à outils > Générer des tuiles"
                " XYZ (MBTiles). Choisissez l’emprise du territoire et les zooms 8 à 16."
            ),
        ),
        (
            _("Une carte déjà prête"),
            _(
                "Tout fichier .mbtiles ou .pmtiles convient, en images (PNG, JPEG, WebP) ou en tracé. Ceux"
                " d’OpenMapTiles, de Protomaps et de Shortbread ont leurs couleurs ; les autres sont tracés en gris."
            ),
        ),
    ]


class OnlineChoice(QWidget):
    """« Carte en ligne »: none until somebody agrees to one."""

    def __init__(self, presenter: OnlineMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.choice: Segmented | None = None
        column = Column(self, gap=2)
        column.addWidget(TextLabel(_("Carte en ligne"), letters="name"))
        words = _(
            "Avec un réseau et votre accord, la carte de près peut venir d’Internet. Sans accord, Maillage ne demande"
            " jamais rien."
        )
        column.addWidget(TextLabel(words, ink="secondary", wrap=True))
        self._place = Row()
        column.addLayout(self._place)
        presenter.view = self

    # --- OnlineMap ---

    def show_choice(self, services: Sequence[Service], chosen: str) -> None:
        if self.choice is None:
            segments = [Segment(service.id, service.words) for service in services]
            self.choice = Segmented(_("Carte en ligne"), segments)
            self.choice.chosen.connect(self._presenter.choose)
            self._place.addWidget(self.choice)
            self._place.addStretch()
        self.choice.set_current(chosen)

    def ask(self, consent: Consent) -> None:
        answers = [Answer("keep", consent.keep), Answer("agree", consent.agree, "primary")]
        dialog = QuestionDialog(consent.title, consent.words, answers, parent=self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.answered.connect(partial(self._answered, consent.service))
        dialog.open()

    def _answered(self, service: str, key: str) -> None:
        if key == "agree":
            self._presenter.agree(service)
        else:
            self._presenter.keep()
