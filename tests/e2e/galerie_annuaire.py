"""The directory as it will look: rail, search, facets, list, status bar, put together from the widgets alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QSplitter, QWidget

from ui.theme import current
from ui.widgets.audience import AudienceButton, AudienceChip
from ui.widgets.badge import Badge, BadgeLook, KindMark
from ui.widgets.buttons import Button, IconButton, SplitButton
from ui.widgets.card import Card, ground
from ui.widgets.chips import TagChip
from ui.widgets.facets import FacetGroup, FacetOption, FacetPanel
from ui.widgets.field import FieldRow, FramedEdit
from ui.widgets.layout import Column, Flow, Row, line
from ui.widgets.notice import NoticeStrip
from ui.widgets.phrase import Phrase, Run
from ui.widgets.rail import Rail, RailItem
from ui.widgets.record_list import RecordList, RecordRole
from ui.widgets.search_field import SearchField
from ui.widgets.status_bar import StatusBar, StatusItem
from ui.widgets.text import TextLabel

PAGES = (
    RailItem("annuaire", "Annuaire", "book-user"),
    RailItem("carte", "Carte", "map"),
    RailItem("agenda", "Agenda", "calendar-days"),
    RailItem("offres", "Offres et besoins", "repeat-2"),
    RailItem("echanges", "Échanges", "arrow-left-right"),
    RailItem("impression", "Impression", "printer"),
    RailItem("tableau", "Tableau de bord", "chart-column"),
    RailItem("reglages", "Réglages", "settings", last=True),
)


@dataclass
class ListedRecord:
    """A record as the list shows it."""

    shape: str
    title: str
    second_line: str
    commune: str
    initials: str = ""
    siblings: int = 0
    id: object = None
    code: str = ""
    demo: bool = True
    trashed: bool = False

    @property
    def title_matches(self) -> tuple[tuple[int, int], ...]:
        return ()

    @property
    def second_matches(self) -> tuple[tuple[int, int], ...]:
        start = self.second_line.lower().find("bois")
        return ((start, start + 4),) if start >= 0 else ()


ROWS = (
    ListedRecord("person", "Élise Roumégas", "Menuisière, agencement et bois local", "Florac Trois Rivières", "ÉR", 2),
    ListedRecord(
        "organization", "Atelier des Trois Rivières", "Association – atelier partagé du bois", "Florac Trois Rivières"
    ),
    ListedRecord("equipment", "Raboteuse 260 mm", "Travail du bois – prêt aux membres", "Florac Trois Rivières"),
    ListedRecord(
        "project",
        "Four à pain partagé",
        "Cherche des bras, du bois et de la pierre",
        "Le Pont de Montvert – Sud Mont Lozère",
    ),
    ListedRecord("person", "Mathieu Valdeyron", "Charpentier, ossature bois", "Marvejols", "MV"),
    ListedRecord("offer", "Stères contre coup de main", "Bois de chauffage – troc, tout l’hiver", "Langogne"),
    ListedRecord("place", "La Recyclerie du Gévaudan", "Matériaux : bois, ferraille, vitrages", "Marvejols"),
    ListedRecord(
        "need",
        "Plan de travail en châtaignier pour une cuisine commune",
        "Cherche bois massif, 3 m × 60 cm, brut ou poncé, contre des cours d’anglais",
        "Villefort",
    ),
)


class Rows(QAbstractListModel):
    """The example rows."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(ROWS)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = ROWS[index.row()]
        if role == RecordRole.ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.second_line}, {row.commune}"
        return None


def directory_page() -> QWidget:
    """The whole window."""
    window = ground(QWidget(), "window")
    large = current().scale > 1.5
    rail = Rail("Pages", PAGES)
    rail.set_current("annuaire")
    rail.set_count("echanges", 3)
    rail.set_folded(large)
    main = Column(gap=0)
    main.add(top_bar(large))
    panes = QSplitter()
    panes.setChildrenCollapsible(False)
    panes.setHandleWidth(current().px("border.hairline"))
    if not large:
        panes.addWidget(facets())
    panes.addWidget(list_pane(large))
    if not large:
        panes.addWidget(sheet())
        panes.setSizes([current().px("pane.facets"), current().px("pane.list"), 636])
    main.addWidget(panes, 1)
    main.addWidget(status())
    row = Row(window, gap=0)
    row.addWidget(rail)
    row.addLayout(main, 1)
    return window


def top_bar(large: bool) -> QWidget:
    """Search, undo, new, help."""
    bar = ground(QFrame(), "window")
    bar.setProperty("edge", "bottom")
    bar.setFixedHeight(current().px("size.topbar"))
    row = Row(bar, margin=(4, 0, 4, 0), gap=3)
    search = SearchField("Chercher une personne, une compétence, un lieu…", "Chercher", "Ctrl+F")
    if large:
        row.addWidget(search, 1)
        row.addWidget(IconButton("undo-2", "Annuler « Modifier l’adresse »"))
        row.addWidget(Button("Nouvelle", "accent", icon="plus"))
        return bar
    search.setFixedWidth(500)
    row.addWidget(search)
    row.addStretch()
    row.addWidget(Button("Annuler « Modifier l’adresse »", "quiet", icon="undo-2"))
    redo = IconButton("redo-2", "Rétablir", "plain")
    redo.explain("Rien à rétablir.")
    row.addWidget(redo)
    row.addWidget(SplitButton("Nouvelle fiche", QMenu(bar), "Choisir le genre de fiche", icon="plus"))
    row.addWidget(IconButton("circle-question-mark", "Aide"))
    return bar


def facets() -> QWidget:
    """Kind, commune, skill."""
    panel = FacetPanel()
    panel.setMinimumWidth(current().px("pane.facets"))
    kinds = (
        ("person", "Personnes", 6),
        ("organization", "Structures", 3),
        ("equipment", "Matériel", 3),
        ("project", "Projets", 2),
        ("place", "Lieux", 1),
        ("offer", "Offres", 1),
        ("need", "Besoins", 1512),
    )
    communes = (("Florac Trois Rivières", 5), ("Mende", 4), ("Le Pont de Montvert – Sud Mont Lozère", 3))
    panel.set_groups(
        [
            FacetGroup("kind", "Genre", tuple(FacetOption(k, w, n, shape=k) for k, w, n in kinds)),
            FacetGroup(
                "commune",
                "Commune",
                tuple(FacetOption(w, w, n, on=w == "Mende") for w, n in communes),
                "2 autres communes",
            ),
            FacetGroup("skill", "Compétence", (FacetOption("m", "Menuiserie", 4), FacetOption("c", "Charpente", 2))),
        ]
    )
    return panel


def list_pane(large: bool) -> QWidget:
    """The head of the list and its rows."""
    pane = ground(QWidget(), "surface")
    column = Column(pane, gap=0)
    head = Row(margin=(4, 1, 3, 1), gap=2)
    head.add(TextLabel("17 fiches", letters="name"), TextLabel("pour « bois »", letters="small", ink="secondary"))
    head.addStretch()
    if large:
        head.add(Button("Affiner", icon="sliders-horizontal"), Button("Voir sur la carte", icon="map"))
    else:
        head.add(Button("Pertinence", "quiet", trailing="chevron-down", small=True))
    rows = RecordList("Fiches")
    rows.set_drill(large)
    rows.setModel(Rows(rows))
    rows.setCurrentIndex(rows.model().index(0, 0))
    rows.setFocus()
    column.addLayout(head)
    column.addWidget(line())
    column.addWidget(rows, 1)
    return pane


def sheet() -> QWidget:
    """A head, a notice, fields, chips, and a few fields of the form."""
    pane = ground(QWidget(), "page")
    column = Column(pane, margin=(5, 4, 5, 3), gap=3)
    head = Row(gap=4)
    head.addWidget(KindMark("person", "size.kind_sheet", initials="ÉR"))
    words = Column(gap=0)
    name = Row(gap=2)
    name.add(TextLabel("Élise Roumégas", letters="page_title"), Badge(BadgeLook("démo", example=True)))
    name.addStretch()
    words.add(name, TextLabel("Menuisière à Florac Trois Rivières", ink="secondary"))
    words.add(TextLabel("Fiche P-7K3F2Q-W · confirmée le 2 sept. 2026", letters="small", ink="muted"))
    head.addLayout(words, 1)
    head.add(Button("Modifier", "primary", icon="pencil"))
    head.add(IconButton("printer", "Imprimer la fiche d’Élise Roumégas"), IconButton("ellipsis", "Autres actions"))
    notice = NoticeStrip("warning", "Deux valeurs pour le téléphone.", "Les deux sont gardées.", icon="git-compare")
    notice.add_deed("Choisir…")
    column.add(head, notice, TextLabel("Coordonnées", letters="name"))
    for label, value, audience in (
        ("Téléphone", "06 39 98 41 07", "shared"),
        ("Courriel", "elise@example.org", "public"),
        ("Adresse", "Rue du Pêcher", "private"),
    ):
        line = Row(gap=2)
        key = TextLabel(label, letters="small", ink="secondary")
        key.setFixedWidth(84)
        line.addWidget(key)
        line.addWidget(TextLabel(value), 1)
        line.addWidget(AudienceChip(audience))
        column.addLayout(line)
    chips = Flow(gap=2)
    for skill, level in (("Menuiserie", "confirmé"), ("Agencement", "confirmé"), ("Tournage", "débute")):
        chips.addWidget(TagChip(skill, level))
    column.addLayout(chips)
    card = Card("Accord donné", letters="name", margin=3, gap=1)
    card.body.add(Phrase(Run("Annuaire imprimé : "), Run("oui", strong=True), letters="small", ink="text_secondary"))
    column.addWidget(card)
    column.addWidget(phone())
    commune = FramedEdit(icon="map-pin")
    commune.edit.setText("Florac Trois Rivières")
    commune.set_after("48400")
    column.addWidget(FieldRow("Commune", commune, beside=AudienceButton("Commune", "public")))
    column.addStretch()
    return pane


def phone() -> QWidget:
    """A field that needs a hand."""
    row = FieldRow("Téléphone portable", QLineEdit("06 39 98 41"), beside=AudienceButton("Téléphone portable"))
    row.set_error("Il manque deux chiffres. Exemple : 06 39 98 41 07. Le numéro d’avant reste enregistré.")
    return row


def status() -> QWidget:
    """The line at the foot."""
    bar = StatusBar()
    bar.add_left(StatusItem("17 fiches sur 212"))
    bar.add_left(StatusItem("Données d’exemple : personnes inventées", "flag"))
    bar.add_right(StatusItem("Tout est enregistré", "circle-check"))
    bar.add_right(StatusItem("Sauvegarde vérifiée à 9 h 12", "shield-check"))
    return bar
