"""Joining a network, on one page: whose file it is, where the new directory lies; draws `appli.presenters.joining`."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from appli.i18n import N_, _
from appli.presenters.joining import Joining, NetworkFacts, Part
from appli.presenters.packet_answers import Refusal
from appli.presenters.shell import Shell
from ui.dialogs.choose_files import choose_folder
from ui.pages.page import TaskPage
from ui.pages.paquet_states import Centred, PhraseAsked, RefusalShown
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Row
from ui.widgets.notice import NoticeStrip
from ui.widgets.progress_card import ProgressCard
from ui.widgets.scrolled import Scrolled
from ui.widgets.side_by_side import SideBySide
from ui.widgets.text import TextLabel, announce, plain_tip

ONE_CARD = 420
"""Pixels at 100 % that a card needs to stand beside the other."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the step says."""

    title: str
    safe: str
    deed: str
    what: str
    """What stands over the first card."""
    work: str
    doubt: str = ""
    """How to make sure whose file it is."""
    protected: str = ""
    phrase: str = ""
    open: str = ""


JOIN = Words(
    title=N_("Rejoindre un réseau"),
    safe=N_("Rien n’est écrit avant « Rejoindre ce réseau »."),
    deed=N_("Rejoindre ce réseau"),
    what=N_("Le réseau"),
    work=N_("Le réseau arrive sur ce poste"),
    doubt=N_("Si vous doutez, comparez par téléphone les six mots de la clé de ce poste : {words}."),
)
ARRIVE = Words(
    title=N_("Reprendre un annuaire d’un autre poste"),
    safe=N_("Rien n’est écrit avant « Reprendre cet annuaire »."),
    deed=N_("Reprendre cet annuaire"),
    what=N_("L’annuaire"),
    work=N_("L’annuaire arrive sur ce poste"),
    protected=N_("Cet annuaire vient d’un autre poste"),
    phrase=N_("Celle qui a été notée en quittant l’ancien poste : les mots dans leur ordre, séparés par des espaces."),
    open=N_("Ouvrir"),
)


class JoinStep(TaskPage):
    """The view of `Joining`, and of `ArrivingPc`."""

    def __init__(self, shell: Shell, presenter: Joining, said: Words = JOIN, parent: QWidget | None = None) -> None:
        super().__init__(shell, _(said.title), parent)
        self._said = said
        self.presenter = presenter
        presenter.view = self
        self.give_up_button.hide()
        self.primary_button.setText(_(said.deed))
        self.space = TextLabel("", letters="page_title", wrap=True)
        self.sent_by, self.facts = TextLabel("", wrap=True), TextLabel("", letters="small", ink="secondary", wrap=True)
        self.words = NoticeStrip("info", stacked=True, icon="shield-check")
        self.label, self.folder = QLineEdit(), QLineEdit()
        self.folder.setReadOnly(True)
        self.change_button = Button(_("Changer…"))
        self.change_button.setAccessibleName(_("Changer de dossier"))
        own = [_(words) if words else "" for words in (said.protected, said.phrase, said.open)]
        self.phrase = PhraseAsked(title=own[0], hint=own[1], deed=own[2])
        self.refusal, self._working = RefusalShown(), Centred()
        self.refusal.other_button.setText(_("Choisir un autre fichier…"))
        self.work = ProgressCard(_(said.work), _("Arrêter ne laisse rien derrière."))
        self._working.card.body.addWidget(self.work)
        self._stack = QStackedWidget()
        self._reading, self._facts = QWidget(), self._make_facts()
        for place in (self._reading, self._facts, self.phrase, self.refusal, self._working):
            self._stack.addWidget(place)
        self.body.addWidget(self._stack, 1)
        self._connect()

    def show_words(self, title: str, lead: str) -> None:
        """What stands over the cards."""
        self.title.setText(title)
        self.set_lead(lead)
        self.set_safe(_(self._said.safe))

    # --- Joining ---

    def show_part(self, part: Part) -> None:
        places: dict[Part, QWidget] = {
            "reading": self._reading, "phrase": self.phrase, "refused": self.refusal, "working": self._working,
        }  # fmt: skip
        self._stack.setCurrentWidget(places.get(part, self._facts))
        self.primary_button.setVisible(part == "facts")
        self.back_button.setVisible(part != "working")
        if part == "facts":
            self.primary_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif part == "working":
            self.work.stop_button.explain("")
            self.work.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_facts(self, facts: NetworkFacts) -> None:
        self.space.setText(facts.space)
        self.sent_by.setText(facts.sender)
        self.facts.setText(facts.facts)
        doubt = self._said.doubt
        self.words.set_words("", _(doubt).format(words=facts.words) if doubt else facts.words)
        announce(self, f"{facts.space}. {facts.sender}")

    def show_label(self, label: str) -> None:
        self.label.setText(label)

    def show_folder(self, folder: str, refusal: str) -> None:
        self.folder.setText(folder)
        self.folder.setCursorPosition(0)
        self.folder.setToolTip(plain_tip(folder))
        self.folder_row.set_error(refusal)
        self.primary_button.explain(refusal)

    def show_phrase(self, name: str, refused: str) -> None:
        self.phrase.ask(name, refused)

    def show_refusal(self, title: str, words: str) -> None:
        self.refusal.say(Refusal(title, words))
        announce(self, f"{title} {words}".strip(), assertive=True)

    def show_progress(self, done: int, total: int) -> None:
        self.work.set_progress(done, total, "")

    # --- parts ---

    def _make_facts(self) -> QWidget:
        self.label_row = FieldRow(
            _("Nom de ce poste"), self.label, hint=_("Pour reconnaître ce qui vient d’ici : Accueil, Bureau de Nour…")
        )
        self.folder_row = FieldRow(_("Dossier de l’annuaire"), self.folder, beside=self.change_button)
        network, here = (
            Card(_(self._said.what), letters="section", gap=3),
            Card(_("Ce poste"), letters="section", gap=3),
        )
        head = Row(gap=3)
        head.addWidget(Glyph("package-open", "accent_text", "size.icon_rail", tile=True), 0, Qt.AlignmentFlag.AlignTop)
        lines = Column(gap=0)
        lines.add(self.space, self.sent_by, self.facts)
        head.addLayout(lines, 1)
        network.body.addLayout(head)
        network.body.addWidget(self.words)
        here.body.add(self.label_row, self.folder_row)
        form = SideBySide((network, here), ONE_CARD, at_top=True)
        holder = QWidget()
        column = Column(holder)
        column.addWidget(form)
        column.addStretch()
        return Scrolled(holder)

    def _connect(self) -> None:
        presenter = self.presenter
        self.label.textEdited.connect(presenter.set_label)
        self.label.returnPressed.connect(presenter.join)
        self.primary_button.clicked.connect(presenter.join)
        self.change_button.clicked.connect(self._choose_folder)
        self.phrase.given.connect(presenter.open_with)
        self.phrase.left.connect(self.back_button.click)
        self.refusal.left.connect(self.back_button.click)
        self.work.stop_wanted.connect(presenter.stop)

    def _choose_folder(self) -> None:
        here = self.presenter.folder.parent
        choose_folder(self, _("Où garder l’annuaire ?"), here, self.presenter.set_folder)
