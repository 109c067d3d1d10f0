"""The records that have no place, then those of a doubtful one: each a card with what is proposed, a field, the map."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from appli.i18n import _, _n, number
from appli.presenters.shell import MAP, Request, Shell
from appli.presenters.to_locate import Place, ToLocate, Unlocated, place_words, shape_of
from ui.pages.carte_place import CommuneField
from ui.pages.page import Page, TaskPage
from ui.theme import current
from ui.widgets.badge import KindMark
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import Column, Flow, Row
from ui.widgets.link import Link
from ui.widgets.scrolled import Scrolled
from ui.widgets.switches import Switch
from ui.widgets.text import TextLabel, announce, literal

TOP = Qt.AlignmentFlag.AlignTop


def build(shell: Shell) -> Page:
    """The page of the table."""
    return ToLocatePage(shell)


class SheetCard(Card):
    """One record: its name, what it says of a place, the proposals as buttons."""

    def __init__(self, sheet: Unlocated, presenter: ToLocate, parent: QWidget | None = None) -> None:
        super().__init__(margin=3, gap=2, parent=parent)
        self.sheet = sheet
        self._presenter = presenter
        self.field: CommuneField | None = None
        title = sheet.title or _("(sans nom)")
        row = Row(gap=3)
        row.addWidget(KindMark(shape_of(sheet), initials=sheet.initials), 0, TOP)
        words = Column(gap=0)
        name = Link(title, name=_("Voir la fiche {title}").format(title=title))
        name.followed.connect(lambda: presenter.open(sheet.id))
        words.addWidget(name)
        written = _("Écrit : {words}").format(words=sheet.written) if sheet.written else _("Aucun lieu écrit.")
        words.addWidget(TextLabel(written, letters="small", ink="secondary", wrap=True))
        if sheet.doubt:
            doubt = _("Position : {words}.").format(words=sheet.doubt)
            words.addWidget(TextLabel(doubt, letters="small", ink="warning", wrap=True))
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self._ways = Flow(gap=1)
        self._add_ways(title)
        self.body.addLayout(self._ways)
        self.alike: Switch | None = None
        self._add_alike()

    def offer(self, places: Sequence[Place]) -> None:
        """What the letters typed here may mean."""
        if self.field is not None:
            self.field.offer(places)

    def _add_ways(self, title: str) -> None:
        for why, proposals in groupby(self.sheet.proposals, key=lambda proposal: proposal.why):
            said = TextLabel(_("{why} :").format(why=why[:1].upper() + why[1:]), letters="small", ink="secondary")
            said.setMinimumHeight(current().px("size.control_small"))
            self._ways.addWidget(said)
            for proposal in proposals:
                self._ways.addWidget(self._way(proposal.place, title))
        self.other = Button(_("Autre lieu…"), "quiet", small=True)
        self.other.setAccessibleName(_("Choisir un autre lieu pour {title}").format(title=title))
        self.other.clicked.connect(self._ask)
        if self.sheet.may_be_right:
            right = Button(_("C’est juste"), "quiet", icon="check", small=True)
            right.setAccessibleName(_("Garder la position de {title}").format(title=title))
            right.clicked.connect(lambda: self._presenter.keep(self.sheet))
            right.setEnabled(self._presenter.can_write)
            self._ways.addWidget(right)
        self.map = Button(_("Sur la carte…"), "quiet", icon="map", small=True)
        self.map.setAccessibleName(_("Placer {title} sur la carte").format(title=title))
        self.map.clicked.connect(lambda: self._presenter.on_map(self.sheet.id))
        for button in (self.other, self.map):
            button.setEnabled(self._presenter.can_write)
            self._ways.addWidget(button)

    def _way(self, place: Place, title: str) -> Button:
        """One proposal; the first is marked when it leaves no doubt."""
        first = place == self.sheet.proposals[0].place
        button = Button(
            literal(place_words(place)), "accent" if first and self.sheet.certain else "ordinary", small=True
        )
        button.setAccessibleName(_("Placer {title} à {place}").format(title=title, place=place_words(place)))
        button.clicked.connect(lambda: self._accept(place))
        button.setEnabled(self._presenter.can_write)
        return button

    def _add_alike(self) -> None:
        """One choice for all that say the same, where there are several."""
        others = len(self._presenter.alike(self.sheet)) - 1
        if others > 0:
            words = _n(
                "Pareil pour l’autre fiche qui dit cela", "Pareil pour les {n} autres fiches qui disent cela", others
            )
            self.alike = Switch(words.format(n=number(others)))
            self.body.addWidget(self.alike, 0, Qt.AlignmentFlag.AlignLeft)

    def _accept(self, place: Place) -> None:
        if self.alike is not None and self.alike.isChecked() and place.insee:
            self._presenter.accept_for_all(self.sheet, place)
        else:
            self._presenter.accept(self.sheet, place)

    def _ask(self) -> None:
        """A field in the place of the button."""
        self.other.hide()
        self.field = CommuneField(
            _("Lieu de {title}").format(title=self.sheet.title),
            icon="map-pin",
            placeholder=_("Commune, code postal, ou coordonnées (44,32 ; 3,59)"),
        )
        self.field.typed.connect(lambda text: self._presenter.type_place(self.sheet.id, text))
        self.field.chosen.connect(self._accept)
        self.body.addWidget(self.field)
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """The keyboard goes on here: the first thing to press."""
        first = next(button for button in (*self.findChildren(Button), self.other) if button.isEnabledTo(self))
        first.setFocus(Qt.FocusReason.OtherFocusReason)


class ToLocatePage(TaskPage):
    """Draws; `ToLocate` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, _("À localiser"), parent)
        self.presenter = ToLocate(shell)
        self.presenter.view = self
        self.cards: list[SheetCard] = []
        self.set_safe(_("Rien ne change sans votre accord. Chaque choix peut être annulé."))
        self.give_up_button.hide()
        self.primary_button.hide()
        self._area = Scrolled()
        self._nothing = EmptyState("map-pin", _("Toutes les fiches ont une position."))
        self._nothing.add_deed(_("Voir la carte"), "primary").clicked.connect(lambda: shell.go(MAP))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._nothing)
        self.body.addWidget(self._stack, 1)
        self.back_button.clicked.connect(self.presenter.back)
        self.primary_button.clicked.connect(self.presenter.accept_certain)

    def enter(self, _request: Request) -> None:
        self.presenter.enter()

    def leave(self) -> None:
        self.presenter.leave()

    def close_down(self) -> None:
        self.presenter.close()

    # --- what the presenter asks ---

    def show_waiting(self, sheets: list[Unlocated]) -> None:
        presenter = self.presenter
        self.set_lead(presenter.lead_words())
        certain = presenter.certain_words()
        self.primary_button.setText(certain)
        self.primary_button.setVisible(bool(certain) and presenter.can_write)
        bar = self._area.verticalScrollBar()
        place = bar.value()
        held = next(
            (n for n, card in enumerate(self.cards) if card.hasFocus() or card.isAncestorOf(self.focusWidget())), None
        )
        former = self._area.takeWidget()  # deleted later: what was pressed may be in it
        self._area.setWidget(self._list(sheets))
        if former is not None:
            former.hide()
            former.deleteLater()
        bar.setValue(place)
        self._stack.setCurrentWidget(self._area if sheets else self._nothing)
        if held is not None and sheets:
            self.cards[min(held, len(self.cards) - 1)].take_focus()
        announce(self, presenter.lead_words() or _("Toutes les fiches ont une position."))

    def show_places(self, record_id: bytes, places: list[Place]) -> None:
        for card in self.cards:
            if card.sheet.id == record_id:
                card.offer(places)

    # --- parts ---

    def _list(self, sheets: list[Unlocated]) -> QWidget:
        body = QWidget()
        column = Column(body, gap=2)
        self.cards = []
        for doubtful, some in groupby(sheets, key=self.presenter.is_doubtful):
            words = _("Position à vérifier") if doubtful else _("Sans position")
            column.addWidget(TextLabel(words, letters="section"))
            cards = [SheetCard(sheet, self.presenter) for sheet in some]
            column.add(*cards)
            self.cards += cards
        more = self.presenter.more_words()
        if more:
            button = Button(more)
            button.clicked.connect(self.presenter.show_more)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        return body
