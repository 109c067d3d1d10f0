"""The form of a sheet: sections at the left, fields in the middle, who will see what at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from appli.i18n import N_, _
from appli.presenters.form import Form
from appli.presenters.shell import Request, Shell
from ui.pages.form_beside import ConsentPart, LinksPart, emptied
from ui.pages.form_fields import FormRow, offer_communes
from ui.pages.page import NARROW, Deeds, Page, TaskPage
from ui.theme import current
from ui.widgets.audience import AudienceButton, AudienceChip
from ui.widgets.buttons import Button
from ui.widgets.card import Card, ground
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Row
from ui.widgets.notice import NoticeStrip
from ui.widgets.text import TextLabel, literal

SECTIONS = {
    "identity": N_("Identité"),
    "contact": N_("Coordonnées"),
    "skills": N_("Savoir-faire"),
    "about": N_("Présentation"),
    "details": N_("Détails"),
    "links": N_("Liens"),
    "consent": N_("Accord"),
}
WHO = {
    "private": N_("Ne quitte jamais ce poste, même dans un paquet."),
    "shared": N_("Les membres du réseau, dans les paquets et l’annuaire des membres."),
    "public": N_("Tout le monde : affiche et carte publique, si la personne est d’accord."),
}


def build(shell: Shell) -> Page:
    """The page of the table."""
    return FormPage(shell)


class FormPage(TaskPage):
    """Draws; `Form` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, "", parent)
        self.presenter = Form(shell)
        self.presenter.view = self
        self.rows: dict[str, FormRow] = {}
        self._links: LinksPart | None = None
        self._titles: dict[str, TextLabel] = {}
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nav = QWidget()
        self._nav_column = Column(self._nav, gap=1)
        self._help = self._helping()
        line = Row(gap=4)
        line.addWidget(self._nav)
        line.addWidget(self._area, 1)
        line.addWidget(self._help)
        self.body.addLayout(line, 1)
        self.back_button.hide()
        self.primary_button.setText(_("Enregistrer"))
        self.trash_button = Button(_("Mettre à la corbeille"), "danger", icon="trash-2")
        self.footer_row.insertWidget(0, self.trash_button)
        self.trash_button.clicked.connect(self.presenter.trash)
        self.give_up_button.clicked.connect(self.presenter.give_up)
        self.primary_button.clicked.connect(self.presenter.save)

    def enter(self, request: Request) -> None:
        self.presenter.enter(request)
        self._fold()

    def leave(self) -> None:
        self.presenter.leave()

    def close_down(self) -> None:
        self.presenter.leave()

    def deeds(self) -> Deeds:
        return {"save": self.presenter.save}

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fold()

    # --- what the presenter asks ---

    def show_form(self, form, _filled) -> None:
        from appli.presenters.form_words import questions, roles, ways

        self.title.setText(literal(self.presenter.title_words()))
        self.rows, self._titles = {}, {}
        body = QWidget()
        column = Column(body, margin=(0, 0, 4, 0), gap=3)
        self._twins = Column(gap=1)
        column.addLayout(self._twins)
        column.addWidget(self._sheet_audience(form))
        for section in ("identity", "contact", "skills", "about", "details"):
            fields = [f for f in form.fields if f.section == section]
            if fields:
                column.addWidget(self._section(section))
                for field in fields:
                    row = FormRow(field, self.presenter)
                    self.rows[field.name] = row
                    column.addWidget(row)
        column.addWidget(self._section("links"))
        self._links = LinksPart(self.presenter, roles())
        column.addWidget(self._links)
        if form.asks_consent:
            column.addWidget(self._section("consent"))
            column.addWidget(ConsentPart(self.presenter, questions(), ways()))
        column.addStretch()
        self._area.setWidget(body)
        self._fill_nav()
        self.trash_button.setVisible(form.record is not None)
        first = next(iter(self.rows.values()), None)
        if first is not None:
            first.focus()

    def show_errors(self, errors: Mapping[str, str], words: str) -> None:
        for name, row in self.rows.items():
            row.set_error(errors.get(name, ""))
        self.set_safe(words)
        wrong = next((row for name, row in self.rows.items() if name in errors), None)
        if wrong is not None and errors:
            self._area.ensureWidgetVisible(wrong)
            wrong.focus()

    def show_communes(self, places) -> None:
        offer_communes(list(self.rows.values()), places)

    def show_others(self, rows) -> None:
        if self._links is not None:
            self._links.offer(rows)

    def show_twins(self, rows) -> None:
        emptied(self._twins)
        if rows:
            titles = ", ".join(r.title for r in rows)
            strip = NoticeStrip("info", _("Déjà dans l’annuaire ?"), titles)
            strip.add_deed(_("Voir"), "quiet").clicked.connect(
                lambda: self.shell.go("annuaire", Request(record=rows[0].id))
            )
            self._twins.addWidget(strip)

    def show_links(self) -> None:
        if self._links is not None:
            self._links.refresh()

    def show_kept(self, words: str) -> None:
        if not self.presenter.errors:
            self.set_safe(words)

    # --- parts ---

    def _section(self, section: str) -> TextLabel:
        title = TextLabel(_(SECTIONS[section]), letters="section")
        self._titles[section] = title
        return title

    def _sheet_audience(self, form) -> QWidget:
        chosen = AudienceButton(_("Toute la fiche"), self.presenter.filled.audience or form.audience)
        chosen.chosen.connect(self.presenter.set_sheet_audience)
        words = TextLabel(
            _("Aucun champ n’est montré à plus de monde que la fiche."), letters="small", ink="secondary", wrap=True
        )
        return FieldRow(_("Qui peut voir la fiche"), words, beside=chosen)

    def _fill_nav(self) -> None:
        emptied(self._nav_column)
        for section, title in self._titles.items():
            button = Button(_(SECTIONS[section]), "quiet")
            button.setProperty("spread", True)
            button.clicked.connect(lambda _on=False, t=title: self._area.verticalScrollBar().setValue(t.y()))
            self._nav_column.addWidget(button)
        self._nav_column.addStretch()

    def _helping(self) -> QWidget:
        panel = ground(QFrame(), "window")
        panel.setFixedWidth(current().px("pane.facets") + current().px("space.8") * 2)
        column = Column(panel, margin=4, gap=3)
        column.addWidget(TextLabel(_("Qui verra quoi ?"), letters="section"))
        for key, words in WHO.items():
            card = Card(margin=3, gap=1)
            card.body.addWidget(AudienceChip(key), 0, Qt.AlignmentFlag.AlignLeft)
            card.body.addWidget(TextLabel(_(words), letters="small", ink="secondary", wrap=True))
            column.addWidget(card)
        column.addStretch()
        return panel

    def _fold(self) -> None:
        room = self.room()
        self._help.setVisible(room >= NARROW)
        self._nav.setVisible(room >= NARROW * 0.7)
