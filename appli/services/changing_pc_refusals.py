"""Why a directory does not move house, each reason with its sentence: what happened, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appli.errors import EnvironmentProblem, UserError
from appli.exchange.age_reading import DamagedError, WrongPhraseError
from appli.exchange.moving_file import NewerError, SuspectError
from appli.i18n import _, number

SHORTEST = 12
"""Characters of a passphrase: everything that is private hangs on it."""


@contextmanager
def told() -> Iterator[None]:
    """What is wrong with a file, as a sentence."""
    try:
        yield
    except WrongPhraseError as problem:
        raise UserError(
            "passphrase_wrong",
            _("Cette phrase secrète n’ouvre pas ce fichier. Rien n’a changé."),
            _("Vérifiez chaque mot et leur ordre, puis réessayez."),
        ) from problem
    except DamagedError as problem:
        raise (truncated() if problem.truncated else damaged()) from problem
    except SuspectError as problem:
        raise UserError(
            "moving_suspect",
            _("Ce fichier contient autre chose qu’un annuaire de Maillage. Rien n’a été écrit."),
            _("Ne l’utilisez pas. Refaites le fichier sur l’ancien poste : Réglages > Changer de poste."),
        ) from problem
    except NewerError as problem:
        raise newer("") from problem


@contextmanager
def within_reach() -> Iterator[None]:
    """A file that goes away while one looks at it is not about the directory either."""
    try:
        yield
    except OSError as problem:
        raise EnvironmentProblem(
            "moving_unreadable",
            _("Ce fichier ne peut pas être lu. Rien n’a été écrit."),
            _("Remettez la clé en place, ou copiez-le d’abord sur ce poste, puis rouvrez-le."),
        ) from problem


@contextmanager
def out_there() -> Iterator[None]:
    """What goes wrong where the file is written is not about the directory."""
    try:
        yield
    except EnvironmentProblem as problem:
        if problem.code != "unwritable":
            raise
        raise not_writable() from problem


def not_writable() -> EnvironmentProblem:
    """The stick is gone, protected, or no place at all."""
    return EnvironmentProblem(
        "not_writable",
        _("Le fichier n’a pas pu être écrit à cet endroit. Votre annuaire n’a pas changé."),
        _("Remettez la clé en place, vérifiez qu’elle n’est pas protégée, ou choisissez un autre dossier."),
    )


def short(phrase: str) -> None:
    """Raises UserError if a passphrase protects nothing."""
    if len(phrase.strip()) < SHORTEST:
        raise UserError(
            "passphrase_short",
            _("Cette phrase secrète est trop courte : {n} caractères au moins. Rien n’a été écrit.").format(n=SHORTEST),
            _("Prenez les sept mots que Maillage propose : ils se recopient facilement."),
        )


def phrase_needed() -> UserError:
    """No passphrase was given."""
    return UserError(
        "passphrase_needed",
        _("Cet annuaire est protégé par une phrase secrète. Rien n’a changé."),
        _("Tapez la phrase notée en le quittant sur l’ancien poste."),
    )


def truncated() -> EnvironmentProblem:
    """A copy cut short."""
    return EnvironmentProblem(
        "moving_truncated",
        _("Ce fichier s’arrête avant la fin. Rien n’a été écrit."),
        _("Copiez-le de nouveau depuis l’ancien poste en attendant la fin de la copie."),
    )


def damaged() -> EnvironmentProblem:
    """Bytes changed on the way."""
    return EnvironmentProblem(
        "moving_damaged",
        _("Ce fichier est abîmé. Rien n’a été écrit."),
        _("Copiez-le de nouveau depuis l’ancien poste, si possible sur une autre clé."),
    )


def newer(program: str) -> EnvironmentProblem:
    """Made by a later version."""
    said = _("Ce fichier vient d’une version plus récente de Maillage. Rien n’a été écrit.")
    if program:
        said = _("Ce fichier vient de Maillage {version}, plus récent que celui-ci. Rien n’a été écrit.")
    return EnvironmentProblem(
        "moving_newer",
        said.format(version=program),
        _("Installez ici la version de l’ancien poste, puis rouvrez ce fichier."),
    )


def no_room(total: int) -> EnvironmentProblem:
    """The disk, or the stick, is too small."""
    return EnvironmentProblem(
        "disk_full",
        _("Il faut {n} Mo libres pour cet annuaire. Rien n’a été écrit.").format(n=number(total // 1_000_000 + 60)),
        _("Libérez de la place, ou choisissez un autre disque ou une autre clé."),
    )


def not_kept() -> EnvironmentProblem:
    """What is read back is not what was written."""
    return EnvironmentProblem(
        "not_kept",
        _("Ce qui est relu n’est pas ce qui a été écrit : la clé est sans doute usée. Votre annuaire n’a pas changé."),
        _("Choisissez une autre clé ou un autre dossier."),
    )


def folder_taken(folder: Path) -> UserError:
    """Nothing is ever unpacked over something."""
    return UserError(
        "folder_taken",
        _("Le dossier « {name} » n’est pas vide. Rien n’a été écrit.").format(name=folder.name),
        _("Choisissez un dossier vide, ou un nom nouveau."),
    )
