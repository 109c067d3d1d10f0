"""What a form asks beside the fields: the person's answers, and the links to other sheets."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from appli.i18n import _
from appli.presenters.form import Form
from appli.presenters.form_words import day_words
from ui.theme import current
from ui.widgets.badge import KindMark
from ui.widgets.buttons import Button
from ui.widgets.date_field import DateField
from ui.widgets.field import FieldRow, FramedEdit
from ui.widgets.layout import Column, Row
from ui.widgets.switches import Segment, Segmented
from ui.widgets.text import TextLabel, literal


class ConsentPart(QWidget):
    """One answer a purpose, and how and when they were given."""

    def __init__(self, presenter: Form, questions, ways, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(self, gap=3)
        form, filled = presenter.form, presenter.filled
        if form is None:
            return
        for purpose, words in questions:
            segments = [Segment("", _("Pas demandé")), Segment("yes", _("Oui")), Segment("no", _("Non"))]
            choice = Segmented(words, segments)
            given = filled.consents.get(purpose, form.consents.get(purpose))
            choice.set_current("" if given is None else "yes" if given else "no")
            choice.chosen.connect(lambda key, p=purpose: presenter.answer(p, None if key == "" else key == "yes"))
            line = Row(gap=3)
            line.addWidget(TextLabel(words, wrap=True), 1)
            line.addWidget(choice)
            column.addLayout(line)
        way = Segmented(_("Comment"), [Segment(code, words) for code, words in ways])
        way.set_current(filled.consent_how or form.consent_how or ways[0][0])
        way.chosen.connect(presenter.set_consent_way)
        day = DateField()
        given_on = filled.consent_on or form.consent_on
        day.show_day(given_on)
        day.edit.setText(day_words(given_on))
        day.edit.setReadOnly(True)
        day.picked.connect(presenter.set_consent_day)
        day.picked.connect(lambda picked: day.edit.setText(day_words(picked)))
        line = Row(gap=3)
        line.addWidget(FieldRow(_("Comment"), way), 1)
        line.addWidget(FieldRow(_("Le"), day))
        column.addLayout(line)


class LinksPart(QWidget):
    """Links as they stand, those to come, and a line to find another sheet."""

    def __init__(self, presenter: Form, roles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        column = Column(self, gap=2)
        self._standing = Column(gap=1)
        column.addLayout(self._standing)
        self.role = QComboBox()
        self.role.setMinimumHeight(current().px("size.control"))
        self.role.setAccessibleName(_("Sens du lien"))
        for code, words in roles:
            self.role.addItem(literal(words), code)
        self.role.setCurrentIndex(max(0, self.role.findData("member_of")))
        self.search = FramedEdit(icon="search", placeholder=_("Nom de l’autre fiche"))
        self.search.setAccessibleName(_("Fiche à lier"))
        self.search.edit.textEdited.connect(presenter.suggest.others)
        line = Row(gap=2)
        line.addWidget(FieldRow(_("Cette fiche"), self.role), 1)
        line.addWidget(FieldRow(_("Fiche à lier"), self.search), 1)
        column.addLayout(line)
        self._found = Column(gap=1)
        column.addLayout(self._found)
        self.refresh()

    def refresh(self) -> None:
        """Draw the links again."""
        emptied(self._standing)
        form, filled = self._presenter.form, self._presenter.filled
        if form is None:
            return
        for link in form.links:
            gone = (link.role, link.inverse, link.other) in filled.gone_links
            words = _("Garder") if gone else _("Enlever")
            self._standing.addWidget(
                self._line(
                    link.shape,
                    _link_words(link, gone=gone),
                    words,
                    lambda _on=False, k=link: self._presenter.drop_link(k.role, k.inverse, k.other),
                )
            )
        for new in filled.new_links:
            title = self._presenter.link_titles.get(new.other, "")
            label = self.role.itemText(max(0, self.role.findData(new.role)))
            self._standing.addWidget(
                self._line(
                    "",
                    _("{role} {title}").format(role=label, title=title),
                    _("Enlever"),
                    lambda _on=False, k=new: self._presenter.drop_new_link(k),
                )
            )

    def offer(self, rows) -> None:
        """The sheets that the letters may mean."""
        emptied(self._found)
        for row in rows[:6]:
            self._found.addWidget(self._line(row.shape, row.title, _("Lier"), lambda _on=False, r=row: self._take(r)))

    def _take(self, row) -> None:
        self._presenter.add_link(str(self.role.currentData()), row.id, row.title)
        self.search.edit.clear()
        emptied(self._found)

    @staticmethod
    def _line(shape: str, words: str, deed: str, act) -> QWidget:
        holder = QWidget()
        line = Row(holder, gap=2)
        if shape:
            line.addWidget(KindMark(shape), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(TextLabel(words, wrap=True), 1)
        button = Button(deed, "quiet", small=True)
        button.setAccessibleName(_("{deed} : {what}").format(deed=deed, what=words))
        button.clicked.connect(act)
        line.addWidget(button)
        return holder


def _link_words(link, *, gone: bool) -> str:
    words = _("{role} {title}").format(role=link.label, title=link.title_other)
    return _("{link} – sera enlevé").format(link=words) if gone else words


def emptied(column: Column) -> Column:
    """A column without what it held."""
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()
    return column
