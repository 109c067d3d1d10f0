"""« Bases mises de côté »: what first aid kept, in the Réglages under the backups, until somebody wants it no more.

Of use whether the directory opens or not; there is nothing to see where no base was ever damaged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from appli.i18n import _, _n, number
from appli.presenters.backup_list import size_words
from appli.presenters.first_aid import when_words
from appli.presenters.imports_journal import Question
from appli.presenters.session import Session
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.services.bases_aside import BaseAside


@dataclass(frozen=True, slots=True)
class AsideRow:
    """One base, in words."""

    name: str
    folder: Path
    title: str
    """« Mise de côté le 21 novembre 2026 à 18 h 02 »."""
    details: str
    """« base abîmée · 4,2 Mo »."""


class BasesAsideView(Protocol):
    """What draws them."""

    def show_rows(self, rows: Sequence[AsideRow], why_not: str) -> None:
        """All of them, and why none can be deleted now; empty when they can."""

    def ask(self, question: Question, yes: Callable[[], None]) -> None:
        """Have the person choose."""


class BasesAside:
    """State of the part."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self._known: tuple[BaseAside, ...] = ()
        self.view: BasesAsideView | None = None
        self._leave = self._session.opened.listen(lambda _none: self.show())

    def close(self) -> None:
        """The window closes."""
        self._leave()

    def show(self) -> None:
        """Look at the folder again."""
        folder = self._session.folder
        self._session.jobs.read("mises-de-cote", lambda _stopped: found_in(folder), self._found)

    def ask_to_delete(self, name: str) -> None:
        """Deleting has to be wanted: nothing brings them back."""
        chosen = tuple(one for one in self._known if one.path.name == name)
        if chosen and self.view is not None:
            self.view.ask(question_of(chosen), lambda: delete(self._session, self._shell, chosen, self.show))

    def _found(self, known: tuple[BaseAside, ...]) -> None:
        self._known = known
        if self.view is not None:
            held = _("Cet annuaire est ouvert ailleurs : c’est là-bas que ces fichiers se suppriment.")
            self.view.show_rows([_row(one) for one in known], held if self._session.held is not None else "")


def found_in(folder: Path) -> tuple[BaseAside, ...]:
    """The bases set aside there, the last one first."""
    from appli.services.bases_aside import bases_aside

    return tuple(bases_aside(folder))


def question_of(chosen: Sequence[BaseAside]) -> Question:
    """What is asked before they go for ever."""
    size = size_words(sum(one.size for one in chosen))
    words = _n(
        "La base mise de côté le {days} ({size}) part pour toujours, avec les personnes qui y restaient. Rien ne "
        "pourra plus en être repris. Votre annuaire et ses sauvegardes ne changent pas.",
        "Les {n} bases mises de côté, {days} ({size}), partent pour toujours, avec les personnes qui y restaient. Rien "
        "ne pourra plus en être repris. Votre annuaire et ses sauvegardes ne changent pas.",
        len(chosen),
    )
    days = ", ".join(when_words(one.at) for one in chosen)
    return Question(
        _("Supprimer ces fichiers pour toujours ?"),
        words.format(n=number(len(chosen)), days=days, size=size),
        _("Garder ces fichiers"),
        _("Supprimer pour toujours"),
    )


def delete(session: Session, shell: Shell, chosen: Sequence[BaseAside], then: Callable[[], None]) -> None:
    """It was wanted; `then` is called whether it could be done or not."""
    folder, names = session.folder, [one.path.name for one in chosen]

    def work() -> int:
        from appli.services.bases_aside import delete

        return delete(folder, names)

    def done(size: int) -> None:
        shell.toast(_("Fichiers supprimés pour toujours : {size} de moins.").format(size=size_words(size)))
        then()

    def failed(problem: Exception) -> None:
        shell.report(problem)
        then()

    session.jobs.write(lambda _progress: work(), done, failed)


def _row(one: BaseAside) -> AsideRow:
    why = _("base d’une version plus récente") if one.newer else _("base abîmée, qui ne s’ouvrait plus")
    title = _("Mise de côté le {when}").format(when=when_words(one.at))
    return AsideRow(one.path.name, one.path, title, f"{why} · {size_words(one.size)}")
