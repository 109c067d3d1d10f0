"""What the window tells once when a directory opens: it was brought to this version, or it went to another PC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from appli import config
from appli.domain.moments import local
from appli.i18n import _
from appli.presenters.jobs import Stopped
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.services.directory import Directory

Notice = Callable[[str, str, str, Callable[[], None]], None]
"""(title, words, what to do, do it)."""


def tell(shell: Shell, show_notice: Notice) -> None:
    """Once the directory is open."""
    folder = shell.session.folder
    shell.session.read("mise-a-jour", _was_updated, lambda updated: _say_updated(shell) if updated else None)
    if not (folder / "emporte.json").exists():
        return
    from appli.services.changing_pc import stay, taken_away

    at = taken_away(folder)
    if at is not None:
        title = _("Cet annuaire a été emporté sur un autre poste le {day}.").format(day=_day(local(at).date()))
        words = _("Ce que vous écrivez ici n’y arrivera que par un paquet.")
        show_notice(title, words, _("J’ai compris"), lambda: stay(folder))


def _say_updated(shell: Shell) -> None:
    words = _("Votre annuaire est passé à Maillage {version}. Une sauvegarde d’avant est gardée dans les Réglages.")
    shell.toast(words.format(version=config.program_version()))


def _was_updated(directory: Directory, _stopped: Stopped) -> bool:
    return directory.store.folder.was_older


def _day(day: date) -> str:
    from appli.services.wording import date_text

    return date_text(day.isoformat())
