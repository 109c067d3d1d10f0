"""The page of components of the gallery: each one in each of its states."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton, QStyle, QStyleOptionButton, QWidget

from ui.theme import current
from ui.widgets.audience import AudienceChip
from ui.widgets.badge import Badge, BadgeLook, KindMark
from ui.widgets.buttons import Button
from ui.widgets.card import Card, ground
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import Column, Flow, Row
from ui.widgets.notice import NoticeStrip
from ui.widgets.progress_card import ProgressCard
from ui.widgets.question import Answer, QuestionDialog
from ui.widgets.switches import Switch
from ui.widgets.text import TextLabel, restyle
from ui.widgets.toast import Toast

FOCUSED = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
KINDS = {
    "person": "Personne",
    "organization": "Structure",
    "project": "Projet",
    "place": "Lieu",
    "equipment": "Matériel",
    "event": "Événement",
    "offer": "Offre",
    "need": "Besoin",
    "commons": "Commun",
    "page": "Page",
    "route": "Parcours",
}


def components_page() -> QWidget:
    """All of them on one page."""
    page = ground(QWidget(), "page")
    page.setWindowTitle("Maillage – composants")
    column = Column(page, margin=(5, 4, 5, 4), gap=3)
    column.addWidget(kinds())
    columns = Row(gap=3) if current().scale < 1.5 else Column(gap=3)
    for part, share in ((left(), 39), (middle(), 35), (right(), 26)):
        columns.addLayout(part, share)
    column.addLayout(columns, 1)
    return page


def kinds() -> QWidget:
    """Shape, small shape, outline and letter of each kind."""
    card = Card("Genres : couleur, forme, contour pour le papier, lettre du code", margin=(4, 2, 4, 2))
    row = Flow(gap=2, centred=True)
    for key, word in KINDS.items():
        place = QWidget()
        place.setFixedWidth(round(112 * current().scale))
        cell = Column(place, gap=1)
        cell.addWidget(KindMark(key, "size.kind_map_selected"), 0, Qt.AlignmentFlag.AlignHCenter)
        line = Row(gap=2)
        line.addStretch()
        letter = TextLabel(current().tokens.kinds[key].letter, letters="label")
        line.add(KindMark(key, "space.4"), KindMark(key, "space.5", outline=True), letter)
        line.addStretch()
        cell.addLayout(line)
        cell.addWidget(TextLabel(word, letters="small"), 0, Qt.AlignmentFlag.AlignHCenter)
        row.addWidget(place)
    card.body.addLayout(row)
    return card


def left() -> Column:
    """Buttons, fields, badges, progress."""
    column = Column(gap=3)
    buttons = Card("Boutons", margin=(4, 2, 4, 3))
    flow = Flow(gap=3)
    for words, role, state in (
        ("Enregistrer", "primary", ""),
        ("Survol", "primary", "hover"),
        ("Au clavier", "primary", "focus"),
        ("Ordinaire", "ordinary", ""),
        ("Survol", "ordinary", "hover"),
        ("Au clavier", "ordinary", "focus"),
        ("Discret", "quiet", ""),
        ("Effacer…", "danger", ""),
        ("Indisponible", "ordinary", "off"),
    ):
        button = (RingedButton if state == "focus" else Button)(words, role)
        button.setEnabled(state != "off")
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, state == "hover")
        flow.addWidget(button)
    buttons.body.addLayout(flow)
    work = ProgressCard("Import de la liste", "Arrêter ne laisse rien à moitié fait.")
    work.set_progress(640, 1512, "640 lignes sur 1 512", "Encore environ 4 secondes.")
    first = fields()
    column.add(buttons, first, badges(), work)
    first.setObjectName("focused")
    column.addStretch()
    return column


def fields() -> QWidget:
    """Fields and boxes."""
    card = Card("Champs et choix", margin=(4, 2, 4, 3))
    line = Row(gap=3)
    for words, state in (("Au repos", ""), ("Au clavier", "focus"), ("À corriger", "error"), ("Fermé", "off")):
        edit = QLineEdit()
        edit.setAccessibleName(words)
        if state in {"", "off"}:
            edit.setPlaceholderText(words)
        else:
            edit.setText(words)
        edit.setEnabled(state != "off")
        if state == "error":
            restyle(edit, "state", "error")
        if state == "focus":
            card.setFocusProxy(edit)
        line.addWidget(edit)
    boxes = Row(gap=3)
    for box, on in (
        (QCheckBox("Coché"), True),
        (QCheckBox("Libre"), False),
        (RingedBox("Au clavier"), False),
        (QRadioButton("Choisi"), True),
        (QRadioButton("Autre"), False),
        (Switch("Oui"), True),
    ):
        if isinstance(box, QRadioButton):
            box.setAutoExclusive(False)
        box.setChecked(on)
        boxes.addWidget(box)
    boxes.addStretch()
    card.body.add(line, boxes)
    return card


def badges() -> QWidget:
    """Audiences and states."""
    card = Card("Pastilles et étiquettes", margin=(4, 2, 4, 3))
    first, second = Flow(gap=2), Flow(gap=2)
    for audience in ("private", "shared", "public"):
        first.addWidget(AudienceChip(audience))
    first.addWidget(Badge(BadgeLook("démo", example=True)))
    for look in (
        BadgeLook("2 valeurs", "warning", "git-compare"),
        BadgeLook("nouvelle", "success", "plus"),
        BadgeLook("modifiée", "info", "pencil"),
        BadgeLook("effacée", "danger", "trash-2"),
        BadgeLook("doublon ?", "neutral", "copy"),
    ):
        second.addWidget(Badge(look))
    card.body.add(first, second)
    return card


def middle() -> Column:
    """Toast, question, trouble."""
    column = Column(gap=3)
    message = Card("Message bref, toujours avec Annuler", margin=(4, 2, 4, 3))
    host = QWidget()
    host.setFixedHeight(76)
    message.body.addWidget(host)
    Toast(host).show_words("Élise Roumégas est à la corbeille.")
    question = Card("Question : le choix sûr est sélectionné", margin=(4, 2, 4, 3))
    dialog = QuestionDialog(
        "Effacer cette personne partout ?",
        "Sa fiche et ses photos seront effacées ici, puis sur les 4 postes du réseau. Cela ne pourra pas être annulé.",
        [Answer("keep", "Garder la fiche"), Answer("erase", "Effacer partout", "danger-filled")],
        parent=question,
    )
    dialog.setWindowFlags(Qt.WindowType.Widget)
    dialog.setModal(False)
    question.body.addWidget(dialog)
    trouble = Card("Panne : ce qui s’est passé, les données, que faire", margin=(4, 2, 4, 3))
    strip = NoticeStrip(
        "danger",
        "La clé USB a été retirée pendant l’écriture.",
        "Vos fiches sont intactes, le paquet d’avant aussi.",
        stacked=True,
    )
    strip.add_deed("Réessayer")
    strip.add_deed("Choisir un autre endroit", "quiet")
    trouble.body.addWidget(strip)
    column.add(message, question, trouble)
    column.addStretch()
    return column


def right() -> Column:
    """Empty state, notice, sizes of text."""
    column = Column(gap=3)
    nothing = Card("Recherche sans résultat", margin=(4, 2, 4, 3))
    empty = EmptyState(
        "search", "Aucune fiche pour « tourneur » à Villefort", "Sans le filtre « Villefort », il y en a 3."
    )
    empty.add_deed("Enlever « Villefort »", "primary")
    empty.add_deed("Noter ce besoin")
    nothing.body.addWidget(empty)
    warning = Card("Avertissement, sans bloquer", margin=(4, 2, 4, 3))
    strip = NoticeStrip("warning", words="L’heure de ce poste semble fausse.")
    strip.add_deed("Voir")
    warning.body.addWidget(strip)
    sizes = Card("Titres et textes", margin=(4, 2, 4, 3), gap=1)
    for words, letters, ink in (
        ("Titre 20 pt", "display", "text"),
        ("Titre de page 16 pt", "page_title", "text"),
        ("Titre de partie 13 pt", "section", "text"),
        ("Texte courant 11 pt", "body", "text"),
        ("Texte second 10 pt, jamais moins", "small", "secondary"),
        ("Il1 O0 rn m · œ Œ æ ç É À Ù Ÿ « » ’ €", "body", "secondary"),
    ):
        sizes.body.addWidget(TextLabel(words, letters=letters, ink=ink))
    column.add(nothing, warning, sizes)
    column.addStretch()
    return column


class RingedButton(Button):
    """A button that looks focused, as several cannot be at once."""

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.state |= FOCUSED


class RingedBox(QCheckBox):
    """A box that looks focused."""

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        option.state |= FOCUSED
