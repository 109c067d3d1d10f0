"""A packet that came: whose it is, its sheets at the left, one of them at the right, the yes or no at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from appli.i18n import _
from appli.presenters.packet_answers import Foot, Refusal
from appli.presenters.packet_preview import PacketPreview
from appli.presenters.packet_reading import Step
from appli.presenters.packet_words import SheetPage
from appli.presenters.shell import Request, Shell
from ui.dialogs.choose_files import choose_files
from ui.pages.folding import LIST, SHEET
from ui.pages.page import Page
from ui.pages.paquet_bar import PacketBar
from ui.pages.paquet_detail import sheet_body
from ui.pages.paquet_head import PacketHeadView
from ui.pages.paquet_list import PacketList
from ui.pages.paquet_states import Centred, PhraseAsked, RefusalShown
from ui.pages.two_panes import TwoPanes
from ui.theme import current
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.card import ground
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import Column, Row
from ui.widgets.progress_card import ProgressCard
from ui.widgets.text import TextLabel, announce

WIDTHS = {LIST: ("pane.list", "", ""), SHEET: ("pane.sheet_min", "", "")}
BESIDE = 620
"""Pixels at 100 % from which two values stand side by side."""


def build(shell: Shell) -> Page:
    """The page of the table."""
    return PacketPage(shell)


class PacketPage(TwoPanes):
    """Draws; `PacketPreview` thinks."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        self.presenter = PacketPreview(shell)
        self.list = PacketList()
        super().__init__(shell, "paquet", _("Paquet"), self.presenter.sheets, self.list, parent, widths=WIDTHS)
        self.presenter.view = self
        self._page: SheetPage | None = None
        self._shown_sheet = ("", "")
        self._marked: QWidget | None = None
        self.work = ProgressCard("", "")
        self.phrase, self.refusal = PhraseAsked(), RefusalShown()
        self._working = Centred()
        self._working.card.body.addWidget(self.work)
        self._empty = EmptyState("package-open", _("Ce paquet n’apporte aucune fiche que vous n’ayez déjà."))
        for place in (self._working, self.phrase, self.refusal, self._empty):
            self.stack.addWidget(place)
        self.head, self._foot_bar = PacketHeadView(self.title, self.lead), self._make_foot()
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.setSpacing(0)
        whole.insertWidget(0, self.head)
        whole.addWidget(self._foot_bar)
        self._connect()
        self._fold()
        self.show_step("working")

    # --- Page ---

    def enter(self, request: Request) -> None:
        self.presenter.enter(request.paths)

    def panes(self) -> Sequence[QWidget]:
        return (*super().panes(), self._foot_bar) if self.presenter.step == "ready" else (self.stack,)

    # --- what the presenter asks ---

    def show_step(self, step: Step) -> None:
        places: dict[Step, QWidget] = {"working": self._working, "phrase": self.phrase, "refused": self.refusal}
        ready = step == "ready"
        self.stack.setCurrentWidget(places.get(step, self.split))
        self.head.setVisible(ready)
        self._foot_bar.setVisible(ready)
        self.head.show_guard(self.presenter.foot().guard, on=ready)
        if step == "working":
            self.work.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif ready:
            self._show_list()

    def show_progress(self, what: str, done: int, total: int, leaves: str) -> None:
        if not done:
            self.work.say(what, leaves)
        self.work.set_progress(done, total, "")

    def show_phrase(self, name: str, refused: str) -> None:
        self.phrase.ask(name, refused)
        if refused:
            announce(self.phrase, refused, assertive=True)

    def show_refusal(self, refusal: Refusal) -> None:
        self.refusal.say(refusal)
        announce(self.refusal, f"{refusal.title} {refusal.words}".strip(), assertive=True)

    def show_packet(self) -> None:
        head = self.presenter.head
        if head is None:
            return
        self.head.guard_box.setChecked(False)
        self.show_notes()
        self._show_list()
        self.to_list()
        announce(self, f"{head.title}. {head.sign.words}.")

    def show_notes(self) -> None:
        head = self.presenter.head
        if head is not None:
            self.head.say(head)
        self.bar.show_choices(self.presenter.sheets)

    def rows_replaced(self) -> None:
        super().rows_replaced()
        self._show_all_box()

    def rows_changed(self) -> None:
        self.model.rows_changed()
        self._show_all_box()

    def show_sheet(self, page: SheetPage | None) -> None:
        self._page = page
        if page is not None:
            stay = self._shown_sheet == (page.title, page.foot)
            self._shown_sheet = page.title, page.foot
            self.show_body(sheet_body(page, self.presenter.judge, beside=self._beside()), stay=stay)

    def show_foot(self, foot: Foot) -> None:
        self._safe.setText(foot.safe)
        self.receive_button.setText(foot.primary)
        self.receive_button.explain(foot.reason)
        for button in (self.later_button, self.refuse_button):
            button.setVisible(not foot.is_idle)
        self.head.show_guard(foot.guard, on=self.presenter.step == "ready")

    # --- the keyboard ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Échap: from the sheet to the list when there is one pane, else later."""
        if event.key() == Qt.Key.Key_Escape and self.presenter.step == "working":
            self.presenter.stop()
        else:
            super().keyPressEvent(event)

    # --- parts ---

    def _left(self) -> QWidget:
        pane = QFrame()
        ground(pane, "surface")
        self.bar = PacketBar()
        for unused in (self.back_button, self.foot_pane):  # the head and the foot of this page go right across
            unused.setParent(pane)
            unused.hide()
        column = Column(pane, gap=0)
        column.addWidget(self.bar)
        column.addWidget(self.rows, 1)
        return pane

    def _make_foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("edge", "top")
        ground(foot, "window")
        foot.setMinimumHeight(current().px("size.footer"))
        row = Row(foot, margin=(5, 2, 5, 2), gap=3)
        self._safe = TextLabel("", letters="small", ink="secondary", wrap=True)
        self.later_button = Button(_("Plus tard"))
        self.refuse_button = Button(_("Refuser ce paquet"))
        self.receive_button = Button("", "primary")
        row.addWidget(Glyph("history", "text_secondary"))
        row.addWidget(self._safe, 1)
        row.add(self.later_button, self.refuse_button, self.receive_button)
        return foot

    def _connect(self) -> None:
        presenter = self.presenter
        self.went_to.connect(presenter.go_to)
        self.back_wanted.connect(self._escape)
        self.list.ticked.connect(presenter.toggle)
        self.bar.all_wanted.connect(lambda: presenter.set_all(presenter.sheets.all_taken is not True))
        self.head.guard_box.toggled.connect(presenter.guard)
        self.bar.filter_wanted.connect(self._choose_filter)
        self.bar.kind_wanted.connect(self._choose_kind)
        self.later_button.clicked.connect(presenter.later)
        self.refuse_button.clicked.connect(presenter.refuse)
        self.receive_button.clicked.connect(presenter.receive)
        self.work.stop_wanted.connect(presenter.stop)
        self.phrase.given.connect(presenter.open_with)
        self.phrase.left.connect(presenter.leave_it)
        self.refusal.left.connect(presenter.leave_it)
        self.refusal.acted.connect(presenter.act_on_refusal)
        self.refusal.other_button.clicked.connect(self._choose_other)

    def _escape(self) -> None:
        (self.presenter.later if self.presenter.step == "ready" else self.presenter.leave_it)()

    def _choose_other(self) -> None:
        choose_files(self, self.presenter.enter)

    def _show_list(self) -> None:
        if self.presenter.step == "ready":
            some = len(self.presenter.sheets.filters) > 1
            self.stack.setCurrentWidget(self.split if some else self._empty)

    def _show_all_box(self) -> None:
        self.bar.show_all(self.presenter.sheets.all_taken)

    def _choose_kind(self, code: str) -> None:
        self.presenter.set_kind(code)
        self.bar.show_choices(self.presenter.sheets)

    def _choose_filter(self, key: str) -> None:
        self.presenter.set_filter(key)
        self.bar.show_choices(self.presenter.sheets)

    def _fold(self) -> None:
        super()._fold()
        if hasattr(self, "head"):
            self.head.fold(self.is_single)
            self.bar.fold(self.is_single)

    def _beside(self) -> bool:
        return self._area.viewport().width() / current().scale >= BESIDE
