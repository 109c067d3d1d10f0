"""« Effacements »: what others ask to erase, for a yes or a no, and what became of each order given."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from appli.i18n import _, _n, number
from appli.presenters.exchange_erasures import AskedRow, ExchangeErasures, OrderRow
from appli.presenters.shell import Shell
from ui.dialogs.choose_files import choose_where
from ui.pages.echanges_section import Section
from ui.pages.sheet_parts import breakable
from ui.widgets.badge import Badge, BadgeLook, Glyph
from ui.widgets.buttons import Button
from ui.widgets.layout import Column, Flow, Ringed, Row, line
from ui.widgets.notice import NoticeStrip
from ui.widgets.text import TextLabel

MIDDLE = Qt.AlignmentFlag.AlignVCenter


def build(shell: Shell) -> ErasuresSection:
    """The section of the page."""
    return ErasuresSection(shell)


class ErasuresSection(Section):
    """Draws; `ExchangeErasures` thinks."""

    def __init__(self, shell: Shell) -> None:
        self.presenter = ExchangeErasures(shell)
        super().__init__(shell, _("Effacements"), self.presenter)
        self.more_button = Button("", "quiet", small=True)
        self.more_button.clicked.connect(self.presenter.show_more)
        self.head.addWidget(self.more_button)
        self.show_all()

    def show_all(self) -> None:
        presenter = self.presenter
        asked: list[QWidget] = [AskedRowView(row, presenter) for row in presenter.asked]
        kept: list[QWidget] = [AsideView(presenter)] if presenter.aside else []
        self.fill([*kept, *asked, *(OrderRowView(row, self) for row in presenter.orders)], "")
        hidden = presenter.hidden
        words = _n("{n} plus ancien", "{n} plus anciens", hidden)
        self.more_button.setText(words.format(n=number(hidden)))
        self.more_button.setVisible(bool(hidden))
        self.setVisible(not presenter.is_empty)

    def open_file(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def choose_proof(self, uid: str) -> None:
        """Where the page to hand over goes."""
        title, kinds = _("Où écrire l’attestation ?"), _("Pages à imprimer (*.html)")
        presenter = self.presenter
        choose_where(self, title, presenter.proof_name(uid), lambda path: presenter.write_proof(uid, path), kinds)


class AsideView(QWidget):
    """What an erasure could not reach on this PC, until somebody has it go."""

    def __init__(self, presenter: ExchangeErasures) -> None:
        super().__init__()
        notice = NoticeStrip("warning", "", presenter.aside, stacked=True)
        self.delete_button = notice.add_deed(_("Supprimer ces fichiers…"))
        self.delete_button.explain(presenter.why_not_write)
        self.delete_button.clicked.connect(presenter.ask_to_delete_aside)
        Column(self, margin=(0, 0, 0, 3)).addWidget(notice)


class AskedRowView(QWidget):
    """A sheet that others want erased: look at it, say yes or no."""

    def __init__(self, row: AskedRow, presenter: ExchangeErasures) -> None:
        super().__init__()
        self.look_button = Button(_("Voir la fiche"), "quiet", small=True)
        self.look_button.setAccessibleName(_("Voir la fiche {what}").format(what=row.title))
        self.look_button.clicked.connect(lambda: presenter.look(row.sheet))
        self.no_button = Button(_("Revenir sur ce refus") if row.refused else _("Refuser"), small=True)
        self.no_button.setAccessibleName(f"{self.no_button.text()} : {row.title}")
        self.no_button.clicked.connect(lambda: presenter.refuse(row.id, refused=not row.refused))
        self.yes_button = Button(_("Effacer ici aussi…"), "danger", small=True)
        self.yes_button.setAccessibleName(_("Effacer ici aussi : {what}").format(what=row.title))
        self.yes_button.clicked.connect(lambda: presenter.ask_to_erase(row.id))
        self.yes_button.setVisible(not row.refused)
        for button in (self.no_button, self.yes_button):
            button.explain(presenter.why_not_write)
        sign = BadgeLook(_("refusé"), "neutral", "x") if row.refused else BadgeLook(_("à décider"), "warning", "clock")
        _lay_out(self, row.title, (row.words,), sign, (self.look_button, self.no_button, self.yes_button))


class OrderRowView(QWidget):
    """An order: whose sheet by its code, when and why, where it is known to have arrived, the page to hand over."""

    def __init__(self, row: OrderRow, section: ErasuresSection) -> None:
        super().__init__()
        self.proof_button = Button(_("Attestation…"), small=True)
        self.proof_button.setAccessibleName(_("Attestation d’effacement : {what}").format(what=row.title))
        self.proof_button.clicked.connect(lambda: section.choose_proof(row.uid))
        sign = BadgeLook(row.sign.words, row.sign.tone, row.sign.icon)
        _lay_out(self, row.title, (row.words, row.where), sign, (self.proof_button,))


def _lay_out(
    holder: QWidget, title: str, sentences: tuple[str, ...], sign: BadgeLook, buttons: tuple[Button, ...]
) -> None:
    words = Column(gap=0)
    words.addWidget(TextLabel(breakable(title), letters="name", wrap=True))
    for sentence in sentences:
        words.addWidget(TextLabel(breakable(sentence), letters="small", ink="secondary", wrap=True))
    deeds = Ringed()
    flow = Flow(deeds, margin=1, gap=2)
    flow.addWidget(Badge(sign))
    for button in buttons:
        flow.addWidget(button)
    content = Row(margin=(0, 2, 0, 2), gap=3)
    content.addWidget(Glyph("trash-2", "text_secondary"), 0, MIDDLE)
    content.addLayout(words, 1)
    content.addWidget(deeds)
    column = Column(holder, gap=0)
    column.addWidget(line())
    column.addLayout(content)
