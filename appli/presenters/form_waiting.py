"""At the start: what was being typed when the program last ended is offered again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from appli.i18n import _, _n, number
from appli.presenters.shell import FORM, Request, Shell

if TYPE_CHECKING:
    from appli.services.directory import Directory
    from appli.services.drafts import Draft

CHANNEL = "form-attente"

ShowNotice = Callable[[str, str, str, Callable[[], None]], None]


def offer(shell: Shell, show_notice: ShowNotice) -> None:
    """Look for drafts, and show a strip that leads to the latest."""
    if not shell.has_page(FORM) or not shell.session.can_write:
        return

    def read(directory: Directory, _stopped: Any) -> list[Draft]:
        from appli.services.drafts import waiting

        return waiting(directory)

    def show(found: list[Draft]) -> None:
        if not found:
            return
        latest = found[0]
        title = _("Une saisie vous attend\u00a0: «\u00a0{title}\u00a0».").format(title=latest.title)
        words = _("Elle est gardée à part\u202f; rien n’est encore enregistré.")
        others = len(found) - 1
        if others:
            words += " " + _n("Il y en a une autre.", "Il y en a {n} autres.", others).format(n=number(others))
        request = Request(record=latest.record, kind=latest.shape)
        show_notice(title, words, _("Reprendre"), lambda: shell.go(FORM, request))

    shell.session.read(CHANNEL, read, show)
