"""The choices of one edition, drawn from what its model declares."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QWidget

from appli.i18n import _
from appli.presenters.printing import Printing
from appli.presenters.printing_choices import OptionRow
from ui.widgets.buttons import Button
from ui.widgets.card import ground
from ui.widgets.field import FieldRow
from ui.widgets.growing_text import GrowingText
from ui.widgets.layout import Column
from ui.widgets.menu_choice import MenuChoice
from ui.widgets.notice import NoticeStrip
from ui.widgets.scrolled import Scrolled
from ui.widgets.text import TextLabel

TYPING = 400
"""Milliseconds without a key before what is typed counts."""


class EditionChoices(QWidget):
    """Rebuilt for each edition; a choice is one call of the presenter. What it gives is said first."""

    list_wanted = Signal()

    def __init__(self, presenter: Printing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._area = Scrolled()
        self._words = ""
        self.outlook = NoticeStrip("success", stacked=True)
        self.communes: MenuChoice | None = None
        Column(self, gap=0).addWidget(self._area, 1)

    def rebuild(self) -> None:
        """Another edition."""
        presenter, offer = self._presenter, self._presenter.offer
        body = QWidget()
        ground(body, "page")
        column = Column(body, margin=(4, 3, 4, 4), gap=3)
        title = QLineEdit(presenter.edition.title)
        _typing(title, lambda words: presenter.change(title=words.strip() or presenter.edition.title))
        column.addWidget(FieldRow(_("Nom de l’édition"), title))
        column.addWidget(TextLabel(offer.help, letters="small", ink="secondary", wrap=True))
        self.outlook = NoticeStrip("success", stacked=True)
        column.addWidget(self.outlook)
        self.show_outlook(self._words)
        if offer.has_sheets:
            self._add_what(column)
        column.addWidget(FieldRow(_("Pour qui"), self._combo(offer.readers, offer.reader, presenter.set_audience)))
        if offer.orders:
            order = self._combo(offer.orders, presenter.edition.order, lambda c: presenter.change(order=c))
            column.addWidget(FieldRow(_("Ordre"), order))
        if len(offer.papers) > 1:
            paper = self._combo(offer.papers, presenter.edition.paper, lambda c: presenter.change(paper=c))
            column.addWidget(FieldRow(_("Papier"), paper))
        self._add_ticks(column)
        self._add_options(column)
        words = GrowingText(presenter.edition.words, fewest=2, most=8)
        _typing(words, lambda said: presenter.change(words=said.strip()))
        column.addWidget(FieldRow(_("Mot ajouté"), words, hint=_("Imprimé sur la couverture ou à la fin.")))
        if presenter.has_blank_list:
            empty = Button(_("Le même en tableur vide…"), icon="file-spreadsheet", small=True)
            empty.clicked.connect(self.list_wanted)
            column.addWidget(empty, 0, Qt.AlignmentFlag.AlignLeft)
        if presenter.edition.key:
            remove = Button(_("Retirer cette édition"), "quiet", icon="trash-2", small=True)
            remove.clicked.connect(presenter.editions.remove)
            column.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        former = self._area.takeWidget()
        self._area.setWidget(body)
        if former is not None:
            former.deleteLater()

    def show_outlook(self, words: str) -> None:
        """How many sheets, and why others stay."""
        first, _space, rest = words.partition(". ")
        self.outlook.set_words(f"{first}." if rest else words, rest)
        self.outlook.setVisible(bool(words))
        self._words = words

    def show_communes(self, choices: Sequence[tuple[str, str]]) -> None:
        """The communes there are, once they have been read."""
        if self.communes is not None:
            self.communes.set_choices(choices, self._presenter.edition.communes)

    # --- parts ---

    def _add_what(self, column: Column) -> None:
        presenter = self._presenter
        if presenter.offer.kinds:
            kinds = MenuChoice(_("Fiches"), _("Toutes"))
            kinds.set_choices(presenter.offer.kinds, presenter.edition.kinds)
            kinds.chosen_changed.connect(presenter.set_kinds)
            column.addWidget(FieldRow(_("Fiches"), kinds))
        text = QLineEdit(presenter.edition.text)
        text.setPlaceholderText(_("Tout ; ou des mots : bois, soudure…"))
        text.setClearButtonEnabled(True)
        _typing(text, lambda words: presenter.change(text=words.strip()))
        column.addWidget(FieldRow(_("Seulement ce qui répond à"), text))
        self.communes = MenuChoice(_("Communes"), _("Partout"))
        self.communes.set_choices((), presenter.edition.communes)
        self.communes.chosen_changed.connect(lambda codes: presenter.change(communes=tuple(codes)))
        column.addWidget(FieldRow(_("Communes"), self.communes))
        if presenter.edition.filters or presenter.edition.near:
            column.addWidget(TextLabel(_("Avec les autres filtres de la liste."), letters="small", wrap=True))
            every = Button(_("Les enlever"), "quiet", small=True)
            every.clicked.connect(lambda: presenter.change(filters=(), near=None))
            every.clicked.connect(every.hide)
            column.addWidget(every, 0, Qt.AlignmentFlag.AlignLeft)
        presenter.ask_communes()

    def _add_ticks(self, column: Column) -> None:
        presenter = self._presenter
        parts = presenter.offer.parts
        if not parts:
            return
        column.addWidget(
            TextLabel(_("Ce qui est imprimé de chaque fiche"), letters="label", ink="secondary", wrap=True)
        )
        for code, words, on in parts:
            tick = QCheckBox(words)
            tick.setChecked(on)
            tick.toggled.connect(lambda on, code=code: presenter.set_part(code, on))
            column.addWidget(tick)

    def _add_options(self, column: Column) -> None:
        options = self._presenter.offer.options
        flags = [o for o in options if o.sort == "flag"]
        if flags:
            column.addWidget(TextLabel(_("Et aussi"), letters="label", ink="secondary"))
        for option in flags:
            tick = QCheckBox(option.label)
            tick.setChecked(bool(option.value))
            tick.setToolTip(option.help)
            tick.toggled.connect(lambda on, code=option.code: self._presenter.set_option(code, on))
            column.addWidget(tick)
        for option in options:
            if option.sort != "flag":
                column.addWidget(FieldRow(option.label, self._editor(option), hint=option.help))

    def _editor(self, option: OptionRow) -> QWidget:
        def put(value: object) -> None:
            self._presenter.set_option(option.code, value)

        if option.sort == "choice":
            return self._combo(option.choices, str(option.value), put)
        if option.sort == "number":
            number = QDoubleSpinBox()
            number.setRange(option.low, option.high)
            number.setDecimals(0 if float(option.high).is_integer() and option.unit != "mm" else 1)
            number.setSuffix(f"\u00a0{option.unit}" if option.unit else "")
            number.setValue(float(option.value))
            number.valueChanged.connect(put)
            return number
        line = QLineEdit(str(option.value))
        _typing(line, put)
        return line

    def _combo(self, choices: Sequence[tuple[str, str]], now: str, put: Callable[[str], None]) -> QComboBox:
        combo = QComboBox()
        for code, words in choices:
            combo.addItem(words, code)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        with QSignalBlocker(combo):
            combo.setCurrentIndex(max(0, combo.findData(now)))
        combo.activated.connect(lambda _at: put(combo.currentData()))
        return combo


def _typing(editor: QLineEdit | GrowingText, put: Callable[[str], None]) -> None:
    """What is typed counts once the hands rest, and when one leaves."""
    rest = QTimer(editor)
    rest.setSingleShot(True)
    rest.setInterval(TYPING)

    def take() -> None:
        put(editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText())

    def leave() -> None:
        if rest.isActive():
            rest.stop()
            take()

    rest.timeout.connect(take)
    editor.textChanged.connect(lambda *_words: rest.start())
    if isinstance(editor, QLineEdit):
        editor.editingFinished.connect(leave)
