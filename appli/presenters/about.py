"""À propos: which version this is, whose data and drawings it carries under which licences, where things are kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from appli import config, resources
from appli.i18n import N_, _

SUBJECTS = {
    "geo": N_("Communes de France"),
    "carte/fonds": N_("Fond de carte"),
    "carte/vendor": N_("Moteur de la carte"),
    "demo": N_("Données d’exemple"),
    "icones": N_("Icônes"),
    "mots": N_("Mots des clés"),
    "polices": N_("Caractères"),
    "polices/papier": N_("Caractères sur papier"),
}
"""The folders of `ressources` that hold what others made, each with a SOURCES.json."""


LICENCES = "licences"
"""The folder with the list of the program's components and the texts of their licences."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Something that was taken, and what may be done with it."""

    subject: str
    name: str
    licence: str


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of this PC."""

    words: str
    folder: Path


def version_words() -> str:
    """« Maillage 0.1.0 »."""
    try:
        return _("Maillage {version}").format(version=version("maillage"))
    except PackageNotFoundError:
        return _("Maillage")


def licence_words() -> str:
    """What anybody may do with the program."""
    return _("Logiciel libre, licence GPL version 3 ou suivante : vous pouvez l’utiliser, le copier et le modifier.")


def portable_words() -> str:
    """Where a program that travels keeps everything; empty for one that is installed."""
    root = config.portable_root()
    if root is None:
        return ""
    words = _(
        "Version portable : tout reste dans le dossier « {folder} », rien n’est écrit sur les postes où elle passe."
    )
    return words.format(folder=root.name or str(root))


def places(directory: Path) -> list[Place]:
    """Where things are kept."""
    found = [
        Place(_("L’annuaire et ses sauvegardes"), directory),
        Place(_("Les réglages et l’identité de ce poste"), config.config_dir()),
        Place(_("Les comptes rendus d’imprévus, sans noms"), config.cache_dir()),
    ]
    return [place for place in found if place.folder.is_dir()]


def credits_of() -> list[Credit]:
    """Everything that others made, by subject."""
    found: list[Credit] = []
    for folder, subject in SUBJECTS.items():
        file = resources.path(f"{folder}/SOURCES.json")
        if file.exists():
            found += _credits(_(subject), json.loads(file.read_text("utf-8")))
    return [*dict.fromkeys(found), *_components()]


def licence_texts() -> Path:
    """The folder of the licences, whole."""
    return resources.path(f"{LICENCES}/textes")


def _components() -> Iterator[Credit]:
    listed = resources.path(f"{LICENCES}/composants.json")
    for one in json.loads(listed.read_text("utf-8")):
        yield Credit(_("Ce dont le programme est fait"), f"{one['name']} {one['version']}", one["licence"])


def _credits(subject: str, sources: Any) -> Iterator[Credit]:
    """One file lists what it took, is about one thing taken, or is a list."""
    for one in sources if isinstance(sources, list) else sources.get("sources", [sources]):
        yield Credit(subject, _name(one), str(one.get("licence", "")))


def _name(source: Mapping[str, Any]) -> str:
    name = str(source.get("package") or source.get("contents") or "")
    parts = (source.get("registry"), name, source.get("version"))
    return " ".join(str(part) for part in parts if part)
