"""The strip above a sheet: somebody wants it erased, it lies in the trash, is hidden, or has two values."""

from __future__ import annotations

from collections.abc import Callable

from appli.i18n import _
from appli.presenters.sheet import SheetPane
from appli.presenters.sheet_page import SheetPage
from ui.widgets.notice import NoticeStrip


def notice_of(page: SheetPage, presenter: SheetPane, restore: Callable[[], None]) -> NoticeStrip | None:
    """The one thing to know first; None when there is nothing."""
    if page.erasing_asked:
        return _asked(page, presenter)
    if page.trashed:
        return _trashed(presenter, restore)
    if page.hidden:
        return _hidden(presenter)
    return _disputed(page, presenter) if page.disputes else None


def _asked(page: SheetPage, presenter: SheetPane) -> NoticeStrip:
    words = _("La fiche reste ici jusqu’à votre réponse.")
    notice = NoticeStrip("warning", page.erasing_asked, words, icon="trash-2")
    if presenter.can_answer:
        notice.add_deed(_("Répondre…")).clicked.connect(presenter.answer)
    return notice


def _trashed(presenter: SheetPane, restore: Callable[[], None]) -> NoticeStrip:
    notice = NoticeStrip("warning", _("Cette fiche est à la corbeille."), icon="trash-2")
    notice.add_deed(_("Remettre dans l’annuaire")).clicked.connect(restore)
    notice.add_deed(_("Effacer…"), "danger").clicked.connect(presenter.ask_erasing)
    return notice


def _hidden(presenter: SheetPane) -> NoticeStrip:
    words = _("Sa fiche n’est plus montrée dans les listes, ni imprimée, ni exportée.")
    notice = NoticeStrip("warning", _("Cette personne ne veut pas figurer dans l’annuaire."), words, icon="user-round")
    if presenter.withdrawing.is_possible:
        notice.add_deed(_("Ne garder que pour moi…")).clicked.connect(presenter.withdrawing.start)
        notice.add_deed(_("Effacer…"), "danger").clicked.connect(presenter.ask_erasing)
    return notice


def _disputed(page: SheetPage, presenter: SheetPane) -> NoticeStrip:
    both = all(d.count == 2 for d in page.disputes)
    words = _("Les deux sont gardées.") if both else _("Toutes sont gardées.")
    notice = NoticeStrip("warning", page.dispute_title, words, icon="git-compare")
    if presenter.can_settle:
        notice.add_deed(_("Choisir…")).clicked.connect(presenter.settle)
    return notice
