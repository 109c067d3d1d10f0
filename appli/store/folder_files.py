"""The files of a directory folder, by name; cheap to import, so that a search need not load the store."""

from __future__ import annotations

from pathlib import Path

from appli.errors import EnvironmentProblem
from appli.i18n import _

PRIVATE_FILE, SHARED_FILE, INDEX_FILE = "prive.db", "partage.db", "index.db"


def is_directory(path: Path) -> bool:
    """Whether a folder holds a directory."""
    return (path / SHARED_FILE).exists() and (path / PRIVATE_FILE).exists()


def no_directory(path: Path) -> EnvironmentProblem:
    """Nothing to read there."""
    return EnvironmentProblem(
        "no_directory",
        _("Il n’y a pas encore d’annuaire dans « {path} ».").format(path=path),
        _("Créez-en un : « maillage espace creer NOM », ou ouvrez la fenêtre de Maillage."),
    )
