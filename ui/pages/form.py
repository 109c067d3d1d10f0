"""The form of a sheet: its parts at the left, fields in the middle, who will see what at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from appli.i18n import _
from appli.presenters.form import Form
from appli.presenters.form_suggestions import Offer
from appli.presenters.shell import ANNUAIRE, Request, Shell
from ui.pages.folding import NARROW
from ui.pages.form_beside import SeenPanel
from ui.pages.form_body import FormBody
from ui.pages.form_field import FormField
from ui.pages.form_frame import FormFoot, FormHead, Strips
from ui.pages.form_nav import SectionList
from ui.pages.form_photos import PhotosPart
from ui.pages.page import Deeds, Page
from ui.theme import current
from ui.widgets.layout import Column, Row
from ui.widgets.notice import NoticeStrip
from ui.widgets.question import confirm
from ui.widgets.scrolled import Scrolled
from ui.widgets.text import announce

LOW = 420
"""Pixels at 100 % below which a window is low."""


def build(shell: Shell) -> Page:
    """The page of the table."""
    return FormPage(shell)


class FormPage(Page):
    """Draws; `Form` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.presenter = Form(shell)
        self.presenter.view = self
        self.body: FormBody | None = None
        self.head, self.foot = FormHead(), FormFoot()
        self.sections, self.seen = SectionList(), SeenPanel(self.presenter)
        self._strip, self._twins = Strips(), Strips()
        self.area, self._names, self._side = Scrolled(), Scrolled(), Scrolled()
        self._names.setWidget(self.sections)
        self._side.setWidget(self.seen)
        self._lay_out()
        self._connect()

    # --- Page ---

    def enter(self, request: Request) -> None:
        self.presenter.enter(request)
        self._fold()

    def leave(self) -> None:
        self.presenter.leave()

    def close_down(self) -> None:
        self.presenter.close()

    def deeds(self) -> Deeds:
        return {"save": self.presenter.save}

    def panes(self) -> Sequence[QWidget]:
        return (self.sections, self.area, self.foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap leaves the form; what was typed is kept aside."""
        if event.key() == Qt.Key.Key_Escape:
            self.shell.back()
        else:
            super().keyPressEvent(event)

    # --- what the presenter asks ---

    def show_form(self, *, anew: bool) -> None:
        filling = self.presenter.filling
        if filling is None:
            return
        former = self.body.field_around(QApplication.focusWidget()) if self.body is not None else None
        focused, top = former.path if former is not None else "", self.area.verticalScrollBar().value()
        self.head.show_form(filling.form)
        self.body = FormBody(self.presenter)
        self.area.setWidget(self.body)
        self.sections.set_sections(list(self.body.titles))
        self.foot.show_form(filling.form, self.presenter.locked)
        self.show_twins([])
        if anew:
            self.show_notice("", "", "")
        self.show_checks()
        self.show_audiences()
        if anew or not focused:
            self.focus(filling.form.title_path)
        else:
            self.focus(focused)
            QTimer.singleShot(0, self, lambda: self.area.verticalScrollBar().setValue(top))

    def show_list(self, name: str, focus: str = "") -> None:
        if self.body is not None:
            some = self.body.lists[name]
            some.refresh()
            some.focus_row(focus)
            self.show_checks()

    def show_photo_refusals(self, sentences: Sequence[str]) -> None:
        if (photos := self._photos()) is not None:
            photos.show_refusals(sentences)

    def show_smalls(self, smalls: Mapping[str, bytes | None]) -> None:
        if (photos := self._photos()) is not None:
            photos.show_smalls(smalls)

    def show_links(self) -> None:
        if self.body is not None and self.body.links is not None:
            self.body.links.refresh()

    def show_checks(self) -> None:
        checks, body = self.presenter.checks, self.body
        if body is None:
            return
        errors = checks.errors()
        body.show_checks(errors, checks.found, self.presenter.news)
        wrong = [body.section_of(path) for path in errors]
        for key, button in self.sections.buttons.items():
            button.set_errors(wrong.count(key))
        self.foot.show_errors(checks.words())
        self.seen.refresh()

    def show_field(self, path: str) -> None:
        filling = self.presenter.filling
        field = self._field(path)
        if field is not None and filling is not None:
            field.put(filling.asked.content(path))
            field.focus()

    def show_audiences(self) -> None:
        if self.body is not None:
            self.body.show_audiences()
            self.seen.refresh()

    def show_notice(self, title: str, text: str, deed: str) -> None:
        self._strip.show_strip(None)
        if title:
            strip = NoticeStrip("info", title, text)
            if deed:
                strip.add_deed(deed).clicked.connect(self.presenter.start_again)
            strip.add_deed(_("Fermer"), "quiet").clicked.connect(lambda: self.show_notice("", "", ""))
            self._strip.show_strip(strip)
            announce(self, f"{title} {text}")

    def show_offers(self, path: str, offers: Sequence[Offer]) -> None:
        if self.body is not None:
            shown = self.body.lists.get(path) or self.body.field(path)
            if shown is not None:
                shown.offer(offers)

    def show_others(self, offers: Sequence[Offer]) -> None:
        if self.body is not None and self.body.links is not None:
            self.body.links.offer(offers)

    def show_twins(self, offers: Sequence[Offer]) -> None:
        self._twins.show_strip(None)
        if offers:
            strip = NoticeStrip("info", _("Déjà dans l’annuaire ?"), ", ".join(o.line for o in offers))
            record = bytes.fromhex(str(offers[0].content))
            strip.add_deed(_("Voir"), "quiet").clicked.connect(lambda: self.shell.go(ANNUAIRE, Request(record=record)))
            self._twins.show_strip(strip)

    def focus(self, path: str) -> None:
        field = self._field(path)
        if field is not None:
            field.focus()
            QTimer.singleShot(0, field, lambda: self._show_whole(field))

    def ask_giving_up(self, title: str, text: str, keep: str, give_up: str) -> None:
        confirm(self, title, text, keep, give_up, self.presenter.give_up)

    # --- parts ---

    def _lay_out(self) -> None:
        middle = Column(gap=0)
        middle.add(self._strip, self._twins)
        middle.addWidget(self.area, 1)
        panes = Row(gap=0)
        panes.addWidget(self._names)
        panes.addLayout(middle, 1)
        panes.addWidget(self._side)
        column = Column(self, gap=0)
        column.addWidget(self.head)
        column.addLayout(panes, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.foot.trash_button.clicked.connect(self.presenter.trash)
        self.foot.give_up_button.clicked.connect(self.presenter.ask_giving_up)
        self.foot.save_button.clicked.connect(self.presenter.save)
        self.sections.chosen.connect(self._roll_to)
        self.area.verticalScrollBar().valueChanged.connect(self._follow)
        current().changed.connect(self._fold)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _photos(self) -> PhotosPart | None:
        found = self.body.lists.get("photos") if self.body is not None else None
        return found if isinstance(found, PhotosPart) else None

    def _field(self, path: str) -> FormField | None:
        return self.body.field(path) if self.body is not None else None

    def _focus_moved(self, former: QWidget | None, now: QWidget | None) -> None:
        """A field is left: what is wrong there may be said. The one that is reached is shown whole."""
        if self.body is None or not self.isVisible():
            return
        left, reached = self.body.field_around(former), self.body.field_around(now)
        if left is not None and left is not reached:
            self.presenter.checks.left(left.path)
        if now is not None and self.body.isAncestorOf(now):
            self._show_whole(reached or now)

    def _show_whole(self, widget: QWidget) -> None:
        """Roll to a field, and mark its part."""
        self.area.ensureWidgetVisible(widget)
        if self.body is not None and isinstance(widget, FormField):
            self.sections.mark(self.body.section_of(widget.path))

    def _roll_to(self, key: str) -> None:
        if self.body is not None:
            self.area.verticalScrollBar().setValue(self.body.top_of(key) - current().px("space.3"))
            QTimer.singleShot(0, self.sections, lambda: self.sections.mark(key))

    def _follow(self, top: int) -> None:
        """The name of the part one reads."""
        if self.body is not None:
            self.sections.mark(self.body.section_at(top + current().px("size.topbar")))

    def _fold(self) -> None:
        theme, room = current(), self.room()
        self._side.setFixedWidth(theme.px("pane.facets") + theme.px("space.8") * 3)
        self._side.setVisible(room >= NARROW)
        self._names.setFixedWidth(theme.px("pane.facets") - theme.px("space.6"))
        self._names.setVisible(room >= NARROW * 0.7)
        self.head.set_low(low=self.window().height() / theme.scale < LOW)
