"""What holds for all of them: a name for each control, room for each target, no HTML, sizes that follow the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractScrollArea, QLabel, QLineEdit, QMenu, QWidget

from ui.theme import Scheme, Theme
from ui.widgets.audience import AudienceButton, AudienceChip
from ui.widgets.badge import Badge, BadgeLook, Glyph, KindMark
from ui.widgets.buttons import Button, IconButton, SplitButton
from ui.widgets.card import Card
from ui.widgets.chips import Chip, ChipRow, ChipSpec, TagChip
from ui.widgets.date_field import DateField
from ui.widgets.empty_state import EmptyState
from ui.widgets.facets import FacetGroup, FacetOption, FacetPanel
from ui.widgets.field import FieldRow, FramedEdit
from ui.widgets.notice import NoticeStrip
from ui.widgets.phrase import Phrase, Run
from ui.widgets.progress_card import ProgressCard
from ui.widgets.question import Answer, QuestionDialog
from ui.widgets.rail import Rail, RailItem
from ui.widgets.record_list import RecordList
from ui.widgets.search_field import SearchField
from ui.widgets.status_bar import StatusBar, StatusItem
from ui.widgets.stepper import Stepper
from ui.widgets.switches import Segment, Segmented, Switch
from ui.widgets.table import Table
from ui.widgets.tabs import CountTabs, Tab
from ui.widgets.text import TextLabel
from ui.widgets.toast import Toast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HOSTILE = "<b>Élise</b> & <img src=x>"


def facet_panel() -> QWidget:
    panel = FacetPanel()
    options = (FacetOption("p", "Personnes", 6, shape="person"), FacetOption("l", HOSTILE, 2))
    panel.set_groups([FacetGroup("kind", "Genre", options, "3 autres genres")])
    return panel


def notice(stacked: bool) -> QWidget:
    strip = NoticeStrip("warning", "Deux valeurs.", HOSTILE, stacked=stacked)
    strip.add_deed("Choisir…")
    return strip


def empty() -> QWidget:
    state = EmptyState("search", "Aucune fiche", HOSTILE)
    state.add_deed("Enlever le filtre", "primary")
    return state


def chips() -> QWidget:
    row = ChipRow()
    row.set_chips([ChipSpec("p", "Personnes", "74", "person", True), ChipSpec("n", "Nouvelles")])
    return row


def status() -> QWidget:
    bar = StatusBar()
    bar.add_left(StatusItem("212 fiches", "flag"))
    return bar


def toast() -> QWidget:
    host = QWidget()
    host.resize(800, 400)
    Toast(host).show_words("Élise Roumégas est à la corbeille.")
    return host


WIDGETS: dict[str, Callable[[], QWidget]] = {
    "audience button": lambda: AudienceButton("Téléphone"),
    "audience chip": lambda: AudienceChip("private"),
    "badge": lambda: Badge(BadgeLook("2 valeurs", "warning", "git-compare")),
    "example mark": lambda: Badge(BadgeLook("démo", example=True)),
    "glyph": lambda: Glyph("flag", tile=True),
    "kind": lambda: KindMark("person", initials="ÉR"),
    "outline": lambda: KindMark("event", outline=True),
    **{
        f"button {role}": lambda role=role: Button("Enregistrer", role, icon="plus")
        for role in ("primary", "ordinary", "accent", "quiet", "plain", "danger", "danger-filled", "warning", "inverse")
    },
    "small button": lambda: Button("Voir", small=True, trailing="chevron-right"),
    "icon button": lambda: IconButton("printer", "Imprimer la fiche"),
    "small icon button": lambda: IconButton("x", "Fermer", "plain", small=True),
    "split button": lambda: SplitButton("Nouvelle fiche", QMenu(), "Choisir le genre", icon="plus"),
    "card": lambda: Card("Accord donné"),
    "chip": lambda: Chip(ChipSpec("p", "Personnes", "74", "person", True)),
    "chips": chips,
    "tag": lambda: TagChip("Menuiserie", "confirmé"),
    "date": lambda: FieldRow("Le", DateField()),
    "empty": empty,
    "facets": facet_panel,
    "field": lambda: FieldRow("Nom", QLineEdit(), beside=AudienceButton("Nom"), hint="Tel que sur le courrier."),
    "framed field": lambda: FieldRow("Commune", FramedEdit(icon="map-pin")),
    "notice": lambda: notice(False),
    "trouble": lambda: notice(True),
    "progress": lambda: ProgressCard("Import de la liste", "Arrêter ne laisse rien à moitié fait."),
    "question": lambda: QuestionDialog("Effacer ?", HOSTILE, [Answer("k", "Garder"), Answer("e", "Effacer", "danger")]),
    "rail": lambda: Rail(
        "Pages", [RailItem("a", "Annuaire", "book-user"), RailItem("r", "Réglages", "settings", True)]
    ),
    "records": lambda: RecordList("Fiches"),
    "search": lambda: SearchField("Chercher…", "Chercher", "Ctrl+F"),
    "status": status,
    "steps": lambda: Stepper(["Fichier", "Colonnes", "Aperçu"]),
    "segments": lambda: Segmented("Couleurs", [Segment("l", "Clair", "sun"), Segment("d", "Sombre", "moon")]),
    "switch": lambda: Switch("Carte publique"),
    "table": lambda: Table("Colonnes du fichier"),
    "tabs": lambda: CountTabs("Ce qui arrive", [Tab("a", "Tout", "12"), Tab("r", "Écartées", "3", "x", danger=True)]),
    "label": lambda: TextLabel(HOSTILE, elide=True),
    "phrase": lambda: Phrase(Run(HOSTILE, strong=True), Run(" suite")),
    "toast": toast,
}


@pytest.fixture(params=list(WIDGETS))
def shown(request: pytest.FixtureRequest, qtbot: QtBot) -> QWidget:
    widget = WIDGETS[request.param]()
    qtbot.addWidget(widget)
    if isinstance(widget, QMenu):
        pytest.fail("menus are not shown alone")
    widget.show()
    return widget


def parts(widget: QWidget) -> list[QWidget]:
    return [widget, *widget.findChildren(QWidget)]


def test_it_can_be_seen_named_and_hit(shown: QWidget) -> None:
    paints_something(shown)
    every_control_has_a_name(shown)
    every_target_is_large_enough(shown)
    no_label_reads_html(shown)


def paints_something(shown: QWidget) -> None:
    image = shown.grab().toImage()
    assert not image.isNull()
    colors = {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert len(colors) > 1 or isinstance(shown, QAbstractItemView | Card)


def every_control_has_a_name(shown: QWidget) -> None:
    for part in parts(shown):
        if part.focusPolicy() == Qt.FocusPolicy.NoFocus or part.objectName().startswith("qt_"):
            continue
        if part.parent() is not None and type(part.parent()).__name__ in {"QCalendarWidget", "QComboBox"}:
            continue
        interface = QAccessible.queryAccessibleInterface(part)
        assert interface is not None
        name = interface.text(QAccessible.Text.Name)
        assert name, f"{type(part).__name__} in {type(shown).__name__} has no accessible name"


def every_target_is_large_enough(shown: QWidget) -> None:
    for part in parts(shown):
        if isinstance(part, QAbstractButton) and part.isVisibleTo(shown) and not part.objectName().startswith("qt_"):
            assert part.width() >= 24, f"{type(part).__name__} {part.text()}: {part.width()} wide"
            assert part.height() >= 24, f"{type(part).__name__} {part.text()}: {part.height()} high"


def no_label_reads_html(shown: QWidget) -> None:
    for part in parts(shown):
        if isinstance(part, QLabel):
            assert part.textFormat() == Qt.TextFormat.PlainText


def test_it_follows_text_and_colours(shown: QWidget, theme: Theme) -> None:
    before, light = shown.sizeHint(), shown.grab().toImage()
    theme.scale = 2.0
    theme.set_scheme(Scheme.DARK)
    after, dark = shown.sizeHint(), shown.grab().toImage()
    if before.isValid() and not isinstance(shown, QAbstractScrollArea):
        assert after.height() > before.height() or after.width() > before.width()
    assert light != dark or isinstance(shown, Table)
