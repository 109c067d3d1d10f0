"""Long tasks as they will look: steps, tabs, table, chips, choices, cards."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QHeaderView, QPlainTextEdit, QSpinBox, QWidget

from ui.theme import current
from ui.widgets.badge import BadgeLook, Glyph
from ui.widgets.buttons import Button
from ui.widgets.card import Card, ground
from ui.widgets.chips import ChipRow, ChipSpec
from ui.widgets.layout import Column, Row
from ui.widgets.notice import NoticeStrip
from ui.widgets.phrase import Phrase, Run
from ui.widgets.stepper import Stepper
from ui.widgets.switches import Segment, Segmented, Switch
from ui.widgets.table import Table, TableRole
from ui.widgets.tabs import CountTabs, Tab
from ui.widgets.text import TextLabel

COLUMNS = (
    ("NOM_TL", 1.0, "ADE Coworking · Anticafé · Co-Factory", BadgeLook("reconnue", "success", "check")),
    (
        "ADRESSE",
        0.95,
        "9 Rue du Petit Châtelier · 677 Avenue de la République",
        BadgeLook("reconnue", "success", "check"),
    ),
    ("CP", 1.0, "44300 · 75010 · 59800", BadgeLook("reconnue", "success", "check")),
    ("NOMCOM", 0.91, "Nantes · Paris · Lille", BadgeLook("complétée", "info", "info")),
    (
        "CONTACT",
        0.03,
        "valeurs masquées : noms de personnes",
        BadgeLook("à vérifier", "warning", "circle-question-mark"),
    ),
    ("POPCOM", 1.0, "298029 · 2220445", BadgeLook("laissée")),
)


def tables_page() -> QWidget:
    """An import, its preview and a few settings."""
    page = ground(QWidget(), "page")
    column = Column(page, margin=5, gap=4)
    head = Row(gap=3)
    words = Column(gap=0)
    words.add(TextLabel("Importer une liste", letters="section"))
    words.add(TextLabel("cget_tiers_lieux_2019.csv · 1 512 lignes", letters="small", ink="secondary", elide=True))
    head.addLayout(words, 1)
    steps = Stepper(["Fichier", "Colonnes", "Aperçu", "Terminé"])
    steps.set_current(1)
    head.addWidget(steps)
    column.addLayout(head)
    body = Row(gap=4)
    body.addLayout(tables(), 3)
    body.addLayout(settings(), 1)
    column.addLayout(body, 1)
    foot = Row(gap=3)
    foot.addWidget(QCheckBox("Retenir ces choix pour les prochains fichiers"))
    foot.addStretch()
    foot.add(Button("Retour"), Button("Abandonner"), Button("Voir l’aperçu", "primary", trailing="arrow-right"))
    column.addLayout(foot)
    return page


def tables() -> Column:
    """Columns of a file, tabs and what arrives."""
    column = Column(gap=3)
    card = Card(margin=0, gap=0)
    table = Table("Colonnes du fichier")
    model = QStandardItemModel(0, 4, table)
    model.setHorizontalHeaderLabels(["Colonne du fichier", "Remplie", "Exemples", "État"])
    for name, share, examples, badge in COLUMNS:
        cells = [QStandardItem(name), QStandardItem(), QStandardItem(examples), QStandardItem(badge.words)]
        cells[0].setData(True, TableRole.STRONG)
        cells[1].setData(share, TableRole.FILL)
        cells[3].setData(badge, TableRole.BADGE)
        model.appendRow(cells)
    table.setModel(model)
    table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    for position, width in ((0, 150), (1, 140), (3, 130)):
        table.setColumnWidth(position, round(width * current().scale))
    card.body.addWidget(table)
    tabs = CountTabs(
        "Ce qui arrive",
        [
            Tab("all", "Tout", "1 512"),
            Tab("new", "Créées", "1 489"),
            Tab("changed", "Modifiées", "14"),
            Tab("refused", "Écartées", "3", icon="circle-alert", danger=True),
        ],
    )
    column.add(card, tabs, arrivals())
    return column


def arrivals() -> QWidget:
    """What an import does, line by line."""
    card = Card(margin=0, gap=0)
    table = Table("Fiches")
    model = QStandardItemModel(0, 3, table)
    model.setHorizontalHeaderLabels(["Fiche", "Ce qui arrive", "Fiches"])
    for name, badge, total in (
        ("Le Relais du Gévaudan", BadgeLook("modifiée", "info", "pencil"), "46"),
        ("ADE Coworking", BadgeLook("créée", "success", "plus"), "1 234"),
        ("Ligne 318", BadgeLook("écartée", "danger", "x"), "7"),
    ):
        cells = [QStandardItem(name), QStandardItem(badge.words), QStandardItem(total)]
        cells[0].setData(True, TableRole.STRONG)
        cells[0].setData("place", TableRole.SHAPE)
        cells[0].setCheckable(True)
        cells[0].setCheckState(Qt.CheckState.Checked)
        cells[1].setData(badge, TableRole.BADGE)
        cells[2].setData(True, TableRole.NUMBER)
        model.appendRow(cells)
    table.setModel(model)
    table.setColumnWidth(0, round(300 * current().scale))
    table.setColumnWidth(1, round(160 * current().scale))
    table.selectRow(0)
    card.body.addWidget(table)
    return card


def settings() -> Column:
    """Choices on a line, switches, chips, fields."""
    column = Column(gap=3)
    sizes = Segmented("Taille du texte", [Segment(k, k) for k in ("100 %", "125 %", "150 %", "200 %")])
    colors = Segmented(
        "Couleurs", [Segment("l", "Clair", "sun"), Segment("d", "Sombre", "moon"), Segment("s", "Système")]
    )
    column.add(TextLabel("Texte", letters="label", ink="secondary"), sizes, colors)
    for words, on in (("Annuaire imprimé des membres", True), ("Carte publique", False)):
        switch = Switch(words)
        switch.setChecked(on)
        column.addWidget(switch)
    chips = ChipRow()
    chips.set_chips(
        [
            ChipSpec("p", "Personnes", "74", shape="person", on=True),
            ChipSpec("s", "Structures", "28", shape="organization", on=True),
            ChipSpec("t", "Tout", "25", on=True),
            ChipSpec("n", "Nouvelles", "12"),
        ]
    )
    column.addWidget(chips)
    combo = QComboBox()
    combo.addItems(["Lieu", "Structure"])
    combo.setItemIcon(0, current().kind_icon("place"))
    date, number, text = QDateEdit(), QSpinBox(), QPlainTextEdit("Meubles et agencements en châtaignier.")
    date.setCalendarPopup(True)
    date.setDisplayFormat("d MMMM yyyy")
    line = Row(gap=2)
    line.add(date, number)
    text.setMaximumHeight(70)
    column.add(combo, line, text)
    waiting = Button("À trancher", "warning", icon="git-compare")
    waiting.set_count(3)
    column.addWidget(waiting, 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(
        NoticeStrip("info", "NOMCOM", "est vide 9 fois sur 100. La commune sera trouvée par le code INSEE.")
    )
    changed = Row(gap=2)
    changed.add(
        Phrase(Run("04 65 71 20 10", ink="danger", struck=True)),
        Glyph("arrow-right", size="space.4"),
        Phrase(Run("04 65 71 20 18", strong=True, ink="success")),
    )
    changed.addStretch()
    column.addLayout(changed)
    column.addStretch()
    return column
