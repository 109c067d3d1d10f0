"""Réglages, « Changer de poste »: what goes into the one file, its passphrase, where it is written, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from appli.errors import AppError
from appli.i18n import _
from appli.presenters.backup_list import size_words
from appli.presenters.jobs import Stopped, Ticket
from appli.presenters.shell import Shell

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.changing_pc import Choices, Packed, Sizes
    from appli.services.directory import Directory


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the card shows."""

    phrase: str = ""
    replaces: bool = True
    maps: bool = True
    backups: bool = False
    size: str = ""
    """« 12 Mo environ »; empty until it is known."""
    maps_size: str = ""
    """Empty when there is no detailed map."""
    backups_size: str = ""
    why_not: str = ""


class LeavingPcView(Protocol):
    """What draws the card."""

    def show_leaving(self, leaving: Leaving) -> None:
        """The choices, the passphrase, what it weighs."""

    def ask_where(self, name: str) -> None:
        """Where to write the file of that name; `write` follows."""

    def show_progress(self, done: int, total: int) -> None:
        """It is being written, then read back."""

    def show_left(self, title: str, words: str, folder: Path) -> None:
        """It is there; what to do now."""

    def show_idle(self, refusal: str) -> None:
        """Nothing is under way; why it failed, if it did."""


class LeavingPc:
    """State of the card."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._session = shell.session
        self._ticket: Ticket | None = None
        self._sizes: Sizes | None = None
        self.leaving = Leaving()
        self.view: LeavingPcView | None = None
        self._leave = [self._session.opened.listen(lambda _none: self.show())]

    def close(self) -> None:
        """The window closes."""
        for leave in self._leave:
            leave()

    def show(self) -> None:
        """The page is shown: weigh what would go."""
        if not self.leaving.phrase:
            self.other_phrase()
        folder = self._session.folder
        self._session.jobs.read("poids", lambda _stopped: _measure(folder), self._weighed)
        self._tell()

    # --- choices ---

    def other_phrase(self) -> None:
        """Seven other words."""
        from appli.services.changing_pc import propose_phrase

        self._change(phrase=propose_phrase())

    def set_phrase(self, words: str) -> None:
        """Words of one's own."""
        self.leaving = replace(self.leaving, phrase=words)

    def set_replaces(self, replaces: bool) -> None:
        """Whether this PC is to be used no more."""
        self._change(replaces=replaces)

    def set_maps(self, along: bool) -> None:
        """The detailed maps too."""
        self._change(maps=along)

    def set_backups(self, along: bool) -> None:
        """The backups too."""
        self._change(backups=along)

    # --- the deed ---

    def start(self) -> None:
        """Have a place chosen."""
        if self._why_not() or self.view is None:
            return
        refusal = _refusal(self.leaving.phrase)
        if refusal:
            self.view.show_idle(refusal)
            return
        self._session.read("nom-demenagement", _name, self.view.ask_where)

    def write(self, target: Path) -> None:
        """Write it there, and read it back."""
        from appli.services.changing_pc import SUFFIX, Choices

        if target.suffix != SUFFIX:
            target = target.with_name(target.name + SUFFIX)
        leaving = self.leaving
        chosen = Choices(leaving.replaces, leaving.maps and bool(leaving.maps_size), leaving.backups)
        self._steps(0, 0, "")
        self._ticket = self._session.run(
            lambda directory, progress: _write(directory, target, leaving.phrase, chosen, progress),
            self._written,
            self._not_written,
            self._steps,
        )

    def stop(self) -> None:
        """Stop: no file is left."""
        if self._ticket is not None:
            self._ticket.stop()

    # --- answers ---

    def _weighed(self, sizes: Sizes) -> None:
        self._sizes = sizes
        self._change()

    def _written(self, packed: Packed) -> None:
        title = _("« {name} » est écrit et relu ({size}).").format(name=packed.path.name, size=size_words(packed.size))
        words = _(
            "Notez la phrase secrète ailleurs que sur la clé : sans elle, personne n’ouvre ce fichier. Sur l’autre"
            " poste, installez Maillage, puis ouvrez ce fichier."
        )
        if self.leaving.replaces:
            words += " " + _("N’écrivez plus rien ici : ce poste le rappellera à chaque ouverture.")
        if self.view is not None:
            self.view.show_left(title, words, packed.path.parent)

    def _not_written(self, problem: Exception) -> None:
        if isinstance(problem, AppError) and self.view is not None:
            self.view.show_idle(f"{problem.message} {problem.hint}".strip())
        else:
            if self.view is not None:
                self.view.show_idle("")
            self._shell.report(problem)

    def _steps(self, done: int, total: int, _label: str) -> None:
        if self.view is not None:
            self.view.show_progress(done, total)

    # --- parts ---

    def _change(self, **changes: object) -> None:
        self.leaving = replace(self.leaving, **changes)  # type: ignore[arg-type]
        self._tell()

    def _tell(self) -> None:
        sizes, leaving = self._sizes, self.leaving
        if sizes is not None:
            total = sizes.always + leaving.maps * sizes.maps + leaving.backups * sizes.backups
            leaving = replace(
                leaving,
                size=_("{size} environ").format(size=size_words(total)),
                maps_size=size_words(sizes.maps) if sizes.maps else "",
                backups_size=size_words(sizes.backups) if sizes.backups else "",
            )
        self.leaving = replace(leaving, why_not=self._why_not())
        if self.view is not None:
            self.view.show_leaving(self.leaving)

    def _why_not(self) -> str:
        if self._session.held is not None:
            return _("Cet annuaire est ouvert ailleurs : c’est là-bas qu’il s’emporte.")
        return "" if self._session.is_open else _("L’annuaire n’est pas ouvert.")


def _measure(folder: Path) -> Sizes:
    from appli.services.changing_pc import measure

    return measure(folder)


def _refusal(phrase: str) -> str:
    from appli.services.changing_pc_refusals import short

    try:
        short(phrase)
    except AppError as problem:
        return f"{problem.message} {problem.hint}"
    return ""


def _name(directory: Directory, _stopped: Stopped) -> str:
    from appli.services.changing_pc import file_name

    return file_name(directory)


def _write(directory: Directory, target: Path, phrase: str, chosen: Choices, progress: Progress) -> Packed:
    from appli.services.changing_pc import leave

    return leave(directory, target, phrase, chosen, progress)
