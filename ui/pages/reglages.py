"""The Réglages: sections under each other, and their names at the left while there is room."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QSizePolicy, QWidget

from appli.app import load_gazetteer
from appli.i18n import _
from appli.presenters.backup_list import BackupList
from appli.presenters.bases_aside import BasesAside
from appli.presenters.detailed_maps import DetailedMaps
from appli.presenters.imports_journal import ImportsJournal
from appli.presenters.leaving_pc import LeavingPc
from appli.presenters.online_map import OnlineMap
from appli.presenters.settings import Facts, Settings
from appli.presenters.shell import MAPS, Request, Shell
from ui.pages import reglages_annuaire as directory
from ui.pages import reglages_apropos as about
from ui.pages import reglages_poste as station
from ui.pages.imports_journal import JournalView
from ui.pages.page import NARROW, Page
from ui.pages.reglages_cartes import MapsCard
from ui.pages.reglages_demenagement import LeavingCard
from ui.pages.reglages_mises_de_cote import AsidePart
from ui.pages.reglages_sauvegardes import BackupsCard
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.card import Card, ground
from ui.widgets.layout import Column, Row

CONTENT = 860
"""The greatest width of a section, in pixels at 100 %."""


def build(shell: Shell) -> Page:
    """The page of the table."""
    return SettingsPage(shell)


class SettingsPage(Page):
    """Draws; `Settings` and `BackupList` think."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.presenter = Settings(shell, load_gazetteer)
        self.backups = BackupList(shell)
        self.station = station.StationCard(self.presenter)
        self.directory = directory.DirectoryCard(self.presenter, shell.session.folder, open_folder)
        self.backups_card = BackupsCard(self.backups, open_folder)
        self.aside = BasesAside(shell)
        self.aside_part = AsidePart(self.aside, open_folder)
        self.backups_card.body.addWidget(self.aside_part)
        self.leaving = LeavingPc(shell)
        self.leaving_card = LeavingCard(self.leaving, open_folder)
        self.maps, self.online = DetailedMaps(shell), OnlineMap(shell)
        self.maps_card = MapsCard(self.maps, self.online)
        self.imports = ImportsJournal(shell)
        self.example = directory.ExampleCard(self.presenter)
        self.about = about.AboutCard(shell.session.folder, open_folder)
        self.about.help_button.clicked.connect(shell.show_help)
        self.sections: list[Card] = [
            station.look_card(shell.look),
            self.station,
            self.directory,
            self.maps_card,
            self.backups_card,
            self.leaving_card,
            _imports_card(self.imports),
            self.example,
            self.about,
        ]
        self._lay_out()
        self.presenter.view = self

    # --- Page ---

    def enter(self, request: Request) -> None:
        self.presenter.show()
        self.maps.show()
        self.online.show()
        self.backups.show()
        self.aside.show()
        self.leaving.show()
        self.imports.ask()
        if request.kind == MAPS:
            QTimer.singleShot(0, self, partial(self._roll_to, self.sections.index(self.maps_card)))
            self.maps.bring(request.paths)

    def panes(self) -> Sequence[QWidget]:
        return (self._names, self._area)

    def close_down(self) -> None:
        self.presenter.close()
        self.maps.close()
        self.backups.close()
        self.aside.close()
        self.leaving.close()
        self.imports.close()

    # --- Settings ---

    def show_facts(self, facts: Facts) -> None:
        self.station.show_facts(facts)
        self.directory.show_facts(facts)

    def show_writable(self, reason: str) -> None:
        self.station.set_locked(reason)
        self.directory.set_locked(reason)

    # --- parts ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        self._content = QWidget()
        column = Column(self._content, margin=(5, 5, 5, 5), gap=4)
        for section in self.sections:
            column.addWidget(section)
        column.addStretch()
        holder = QWidget()
        row = Row(holder)
        row.addWidget(self._content, 1000)
        row.addStretch()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(holder)
        self._area.verticalScrollBar().valueChanged.connect(self._follow)
        self._names = self._section_names()
        page = Row(self, gap=0)
        page.addWidget(self._names)
        page.addWidget(self._area, 1)
        current().changed.connect(self._fit)

    def _section_names(self) -> QWidget:
        names = QFrame()
        names.setProperty("edge", "right")
        column = Column(names, margin=(3, 5, 3, 5), gap=1)
        self._group = QButtonGroup(names)
        for place, section in enumerate(self.sections):
            button = Button(section.title.text(), "plain")
            button.setProperty("spread", True)
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(partial(self._roll_to, place))
            self._group.addButton(button, place)
            column.addWidget(button)
        column.addStretch()
        self._group.button(0).setChecked(True)
        return ground(names, "page")

    def _roll_to(self, place: int, _on: bool = True) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(self.sections[place].y() - current().px("space.5"))
        # The last ones may not reach the top.
        QTimer.singleShot(0, self._group.button(place), partial(self._group.button(place).setChecked, True))

    def _follow(self, top: int) -> None:
        """The name of the section one reads."""
        reading = top + current().px("size.topbar")
        place = max((n for n, s in enumerate(self.sections) if s.y() <= reading), default=0)
        self._group.button(place).setChecked(True)

    def _fit(self) -> None:
        theme = current()
        self._content.setMaximumWidth(round(CONTENT * theme.scale))
        self._names.setFixedWidth(theme.px("pane.facets"))
        self._names.setVisible(self.room() >= NARROW)


def _imports_card(presenter: ImportsJournal) -> Card:
    card = Card(_("Imports"), letters="section", margin=4, gap=3)
    card.body.addWidget(JournalView(presenter))
    return card


def open_folder(folder: Path) -> None:
    """Show a folder in the system's own window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
