"""The page shown when the directory does not open: what happened, what is left, and the ways on, the safest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from appli.errors import EnvironmentProblem
from appli.i18n import _, _n, number
from appli.presenters.shell import FIRST_RUN, Greeting, Shell
from appli.store.engine import damaged
from appli.store.folder_files import missing_file

if TYPE_CHECKING:
    from appli.ports import Progress
    from appli.services.first_aid import Findings

Key = Literal["restore", "recover", "empty", "folder", "again"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way on."""

    key: Key
    icon: str
    title: str
    words: str
    button: str


class FirstAidView(Protocol):
    """What draws the page."""

    def show_trouble(self, title: str, words: str) -> None:
        """What happened, and what is safe."""

    def show_ways(self, ways: Sequence[Way]) -> None:
        """What one can do; nothing while the files are being looked at."""

    def show_working(self, what: str, done: int, total: int) -> None:
        """How far it is; an empty `what` when it is over."""

    def ask_to_empty(self, title: str, words: str, keep: str, empty: str) -> None:
        """Beginning anew has to be wanted; `start_empty` follows."""

    def open_folder(self, folder: Path) -> None:
        """Show a folder in the system's own window."""


class FirstAid:
    """State of the page."""

    def __init__(self, shell: Shell, view: FirstAidView) -> None:
        self._shell = shell
        self._session = shell.session
        self._view = view
        self._findings: Findings | None = None
        self._working = False

    def enter(self) -> None:
        """Look at what is left, aside."""
        if self._working:
            return
        folder, problem = self._session.folder, self._problem()
        self._view.show_trouble(*_trouble(problem))
        self._view.show_ways(())
        self._session.jobs.read("secours", lambda _stopped: _examine(folder, problem), self._found, self._not_found)

    def choose(self, key: Key) -> None:
        """Take a way."""
        if key == "folder":
            self._view.open_folder(self._session.folder)
        elif key == "again":
            self._shell.open_folder(self._session.folder)
        elif key == "empty":
            words = _(
                "La base abîmée et ses photos restent dans le dossier, avec la date d’aujourd’hui. Les sauvegardes"
                " aussi : vous pourrez y revenir depuis les Réglages."
            )
            keep, empty = _("Ne rien changer"), _("Commencer un annuaire vide")
            self._view.ask_to_empty(_("Commencer un annuaire vide ?"), words, keep, empty)
        elif not self._working and self._findings is not None:
            self._take(key, self._findings)

    def start_empty(self) -> None:
        """It was wanted."""
        self._carry_out(_("Les fichiers sont mis de côté"), _empty)

    def other_directory(self) -> None:
        """Leave this one as it is."""
        self._shell.go(FIRST_RUN)

    # --- parts ---

    def _problem(self) -> EnvironmentProblem:
        refusal = self._session.refusal
        if isinstance(refusal, EnvironmentProblem):
            return refusal
        return missing_file(self._session.folder) or damaged()

    def _found(self, findings: Findings) -> None:
        self._findings = findings
        self._view.show_ways(ways_of(findings))

    def _not_found(self, problem: Exception) -> None:
        """Even looking failed: what needs nothing is left."""
        self._view.show_ways([_again(), _folder()])
        self._shell.report(problem)

    def _take(self, key: Key, findings: Findings) -> None:
        if key == "restore" and findings.backup is not None:
            name, newer = findings.backup.name, findings.is_newer
            said = _("L’annuaire est revenu à la sauvegarde : {when}.").format(when=when_words(findings.backup.at))

            def come_back(folder: Path, _progress: Progress) -> tuple[Path, str]:
                from appli.services.first_aid import come_back

                return come_back(folder, name, newer=newer), said

            self._carry_out(_("Retour à la sauvegarde"), come_back)
        elif key == "recover":
            self._carry_out(_("Reprise de ce qui se lit encore"), _recover)

    def _carry_out(self, what: str, work: Callable[[Path, Progress], tuple[Path, str]]) -> None:
        folder, self._working = self._session.folder, True
        self._view.show_working(what, 0, 0)
        self._session.alone(
            lambda directory, progress: work(_closed(folder, directory), progress),
            self._done,
            self._failed,
            lambda done, total, _label: self._view.show_working(what, done, total),
        )

    def _done(self, answer: tuple[Path, str]) -> None:
        kept, said = answer
        self._working = False
        self._view.show_working("", 0, 0)
        self._shell.open_folder(self._session.folder, _greeting(said, kept))

    def _failed(self, problem: Exception) -> None:
        self._working = False
        self._view.show_working("", 0, 0)
        self._shell.report(problem)
        self.enter()


def ways_of(findings: Findings) -> list[Way]:
    """The ways that are open, the safest first."""
    ways: list[Way] = []
    if findings.backup is not None:
        ways.append(_restore(findings))
    if findings.readable:
        ways.append(_recover_way(findings))
    if findings.is_newer:
        return [_again(), *ways, _folder()]
    empty = _("Pour importer ou rejoindre de nouveau. La base abîmée reste dans le dossier, les sauvegardes aussi.")
    return [
        *ways,
        _folder(),
        Way("empty", "plus", _("Commencer un annuaire vide"), empty, _("Commencer…")),
    ]


def _restore(findings: Findings) -> Way:
    backup = findings.backup
    if backup is None:
        raise LookupError("no backup to come back to")
    held = _n("{n} fiche", "{n} fiches", backup.records).format(n=number(backup.records))
    words = [_("Celle du {when}, {held}.").format(when=when_words(backup.at), held=held)]
    if findings.works == 0:
        words.append(_("Rien n’a été changé depuis : il n’y manquera rien."))
    elif findings.works:
        said = _n(
            "Il y manquera {n} changement fait depuis.", "Il y manquera {n} changements faits depuis.", findings.works
        )
        words.append(said.format(n=number(findings.works)))
    elif findings.written is not None and findings.written > backup.at:
        words.append(
            _("Il y manquera ce qui a été écrit ensuite, jusqu’au {when}.").format(when=when_words(findings.written))
        )
    words.append(_("Les personnes effacées depuis ne reviennent pas."))
    if findings.useless and not findings.is_newer:
        said = _n(
            "{n} sauvegarde plus récente est abîmée elle aussi.",
            "{n} sauvegardes sont abîmées elles aussi.",
            findings.useless,
        )
        words.append(said.format(n=number(findings.useless)))
    title = _("Revenir à la dernière sauvegarde")
    if findings.is_newer and backup.reason == "avant-mise-a-jour":
        title = _("Revenir à la sauvegarde d’avant la mise à jour")
    return Way("restore", "history", title, " ".join(words), _("Revenir à cette sauvegarde"))


def _recover_way(findings: Findings) -> Way:
    read = _n("{n} fiche se lit encore.", "{n} fiches se lisent encore.", findings.readable)
    words = _("Le reste peut revenir des autres postes, par un paquet complet.")
    return Way(
        "recover",
        "wrench",
        _("Reprendre ce qui se lit encore"),
        f"{read.format(n=number(findings.readable))} {words}",
        _("Reprendre ces fiches"),
    )


def _folder() -> Way:
    words = _("Pour en faire une copie ailleurs, ou le montrer à la personne qui vous aide.")
    return Way("folder", "folder-open", _("Regarder le dossier"), words, _("Ouvrir le dossier"))


def _again() -> Way:
    words = _("Une fois la mise à jour installée, ou le disque rebranché.")
    return Way("again", "undo-2", _("Réessayer"), words, _("Réessayer"))


def _trouble(problem: EnvironmentProblem) -> tuple[str, str]:
    if problem.code == "newer_base":
        return _("Cet annuaire attend une version plus récente"), f"{problem.message} {problem.hint}"
    safe = _("Quoi que vous choisissiez, les fichiers abîmés restent dans le dossier, avec la date d’aujourd’hui.")
    return _("Votre annuaire ne s’ouvre pas"), f"{problem.message} {safe}"


def when_words(at: datetime) -> str:
    """« 21 novembre 2026 à 18 h 02 »."""
    from appli.services.wording import date_text, time_text

    hour = time_text(f"{at.hour}:{at.minute:02}")
    return _("{day} à {time}").format(day=date_text(at.date().isoformat()), time=hour)


def _greeting(said: str, kept: Path) -> Greeting:
    words = _("{said} Les anciens fichiers sont dans « {name} ».").format(said=said, name=kept.name)
    return lambda shell: shell.toast(words)


def _examine(folder: Path, problem: EnvironmentProblem) -> Findings:
    from appli.services.first_aid import examine

    return examine(folder, problem)


def _closed(folder: Path, directory: object) -> Path:
    """The files must be let go before they are moved."""
    close = getattr(directory, "close", None)
    if close is not None:
        close()
    return folder


def _recover(folder: Path, progress: Progress) -> tuple[Path, str]:
    from appli.services.first_aid import recover

    done = recover(folder, progress)
    said = _n("{n} fiche reprise.", "{n} fiches reprises.", done.sheets).format(n=number(done.sheets))
    if done.lost:
        lost = _n("{n} n’a pas pu être lue.", "{n} n’ont pas pu être lues.", done.lost)
        said = f"{said} {lost.format(n=number(done.lost))}"
    return done.kept_in, said


def _empty(folder: Path, _progress: Progress) -> tuple[Path, str]:
    from appli.services.first_aid import start_empty

    return start_empty(folder), _("Cet annuaire est vide.")
