"""A directory that comes from another PC in one file: its passphrase, what it is, where it will lie, then the yes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from appli.domain.moments import local
from appli.i18n import _, _n, number
from appli.presenters.backup_list import size_words
from appli.presenters.founding import default_label, usual_folder
from appli.presenters.joining import Joining, NetworkFacts
from appli.services.siting import free_beside

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.changing_pc import Moved
    from appli.services.directory import Directory


class ArrivingPc(Joining):
    """State of the step: as for joining a network, but that nothing opens without the passphrase."""

    _moved: Moved | None = None

    def ask(self, path: Path, phrase: str | None = None) -> None:
        if path != self._path:
            self.label = ""  # the one another file brought
        self._path = path
        if self.folder == Path():
            self.set_folder(free_beside(usual_folder(self._session)))
        self._become("reading")
        self._session.jobs.read(
            "reprendre",
            lambda _stopped: _introduce(path, phrase),
            lambda moved: self._came(moved, phrase),
            self._failed,
        )

    def _came(self, moved: Moved, phrase: str | None) -> None:
        self._moved, self._phrase, self._space = moved, phrase, moved.space
        if moved.replaces and moved.label and not self.label:
            self.label = moved.label
        if not self.label:
            self._session.jobs.read("poste", lambda _stopped: default_label(), self._label_known)
        if self.view is not None:
            self.view.show_facts(facts_of(moved))
            self.view.show_label(self.label)
        self._become("facts")

    def _take(self, folder: Path) -> None:
        path, phrase, label = self._path, self._phrase or "", self.label
        # in a folder of its own beside, which takes that name once all of it is there and checked
        self._ticket = self._session.jobs.write(
            lambda progress: _arrive(path, phrase, folder, progress),
            lambda moved: self._settle(folder, moved, label),
            lambda problem: self._not_joined(folder, problem),
            self._steps,
        )

    def _settle(self, folder: Path, moved: Moved, label: str) -> None:
        self._session.elsewhere(
            folder,
            lambda directory, _progress: _settle(directory, moved, label),
            lambda _none: self._joined(folder),
            lambda _problem: self._joined(folder),  # it is here, and what is wrong with it is said when it opens
        )

    def _forget(self, folder: Path) -> None:
        """Nothing was put there."""

    def _welcome(self) -> str:
        return _("« {name} » est maintenant sur ce poste.").format(name=self._space)


def facts_of(moved: Moved) -> NetworkFacts:
    """« Emporté du poste « Accueil » · le 22 novembre 2026 · 1 512 fiches · 12 Mo »."""
    from appli.services.wording import date_text

    day = date_text(local(moved.made_at).date().isoformat())
    count = _n("{n} fiche", "{n} fiches", moved.records).format(n=number(moved.records))
    both = _("L’ancien poste sert encore à cet annuaire : celui-ci en sera un de plus, sans rôle pour commencer.")
    alone = _("Ce poste remplace l’ancien et reprend son rôle. N’écrivez plus sur l’ancien.")
    return NetworkFacts(
        space=moved.space or _("Annuaire sans nom"),
        sender=_("Emporté du poste « {name} »").format(name=moved.label),
        facts=" · ".join((_("le {day}").format(day=day), count, size_words(moved.total))),
        words=alone if moved.replaces else both,
    )


def _introduce(path: Path, phrase: str | None) -> Moved:
    from appli.services.changing_pc import introduce

    return introduce(path, phrase)


def _arrive(path: Path, phrase: str, folder: Path, progress: Progress) -> Moved:
    from appli.services.changing_pc import arrive

    return arrive(path, phrase, folder, progress)


def _settle(directory: Directory, moved: Moved, label: str) -> None:
    from appli.services.changing_pc import settle

    settle(directory, moved, label)
