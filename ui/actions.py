"""The keyboard of the window, as data: what each key does, under which name pages answer, in which part of the list.

An action without `native` becomes a shortcut of the window; it acts when the window or the page at the front answers
its name (`Page.deeds`). Native ones belong to the widget that has the focus and are here to be listed. No key on a
digit of the top row: on a French keyboard it is another character. The keys of pages stand in `ui.pages.registry`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from appli.i18n import N_, _
from ui.pages.registry import PAGES


@dataclass(frozen=True)
class Action:
    """One thing the keyboard does; the first of the keys is the one that is shown."""

    name: str
    words: str
    keys: tuple[str, ...]
    native: bool = False


EVERYWHERE, LISTS, SHEETS = N_("Partout"), N_("Dans une liste"), N_("Sur une fiche")
PAPERS = N_("Au dépouillement")

ACTIONS: dict[str, tuple[Action, ...]] = {
    EVERYWHERE: (
        Action("search", N_("Chercher"), ("Ctrl+F",)),
        Action("refine", N_("Affiner"), ("Ctrl+Shift+F",)),
        Action("new", N_("Nouvelle fiche du même genre"), ("Ctrl+N",)),
        Action("new-kind", N_("Nouvelle fiche…"), ("Ctrl+Shift+N",)),
        Action("undo", N_("Annuler"), ("Ctrl+Z",)),
        Action("redo", N_("Rétablir"), ("Ctrl+Y", "Ctrl+Shift+Z")),
        Action("open-file", N_("Ouvrir un fichier…"), ("Ctrl+O",)),
        Action("export", N_("Exporter la liste ou la carte…"), ("Ctrl+E",)),
        Action("print", N_("Imprimer…"), ("Ctrl+P",)),
        Action("give", N_("Donner mes nouvelles…"), ("Ctrl+D",)),
        Action("look-at-folder", N_("Relever le dossier partagé"), ("F5",)),
        Action("next-pane", N_("Partie suivante de la fenêtre"), ("F6",)),
        Action("previous-pane", N_("Partie précédente"), ("Shift+F6",)),
        Action("larger", N_("Texte plus grand"), ("Ctrl++", "Ctrl+=")),
        Action("smaller", N_("Texte plus petit"), ("Ctrl+-",)),
        Action("normal-size", N_("Texte à 100 %"), ("Ctrl+0", "Ctrl+à")),
        Action("help", N_("Aide"), ("F1",)),
        Action("keys", N_("Raccourcis clavier"), ("Ctrl+F1",)),
        Action("escape", N_("Fermer, effacer, revenir"), ("Esc",), native=True),
        Action("quit", N_("Quitter"), ("Ctrl+Q",)),
    ),
    LISTS: (
        Action("move", N_("Aller d’une ligne à l’autre"), ("Up", "Down", "Home", "End"), native=True),
        Action("open", N_("Ouvrir la fiche"), ("Return",), native=True),
        Action("several", N_("En choisir plusieurs"), ("Space", "Shift+Down", "Shift+Up"), native=True),
        Action("all", N_("Choisir toutes les fiches montrées"), ("Ctrl+A",), native=True),
        Action("trash", N_("Mettre à la corbeille"), ("Del",), native=True),
    ),
    SHEETS: (
        Action("edit", N_("Modifier"), ("F2",)),
        Action("save", N_("Enregistrer"), ("Ctrl+S",)),
        Action("back", N_("Fiche vue avant"), ("Alt+Left",)),
        Action("forward", N_("Fiche vue après"), ("Alt+Right",)),
        Action("center-map", N_("Centrer la carte sur la fiche"), ("Ctrl+L",)),
    ),
    PAPERS: (
        Action("returned", N_("Enregistrer la feuille et passer à la suivante"), ("Ctrl+Return",), native=True),
        Action("all-right", N_("Rien à corriger sur la feuille"), ("F8",), native=True),
        Action("lost", N_("Marquer la feuille perdue"), ("Del",), native=True),
    ),
}


def window_actions() -> list[Action]:
    """Those that are shortcuts of the window."""
    return [action for some in ACTIONS.values() for action in some if not action.native]


def key_words(keys: str) -> str:
    """Keys as they are printed on a French keyboard: « Ctrl+Maj+F »."""
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
    for english, french in _FRENCH:
        shown = shown.replace(english, french)
    return shown


_FRENCH = (
    ("Shift", "Maj"), ("Del", "Suppr"), ("Return", "Entrée"), ("Esc", "Échap"), ("Space", "Espace"),
    ("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓"), ("Home", "Début"), ("End", "Fin"),
)  # fmt: skip


def listed(answered: frozenset[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The list of « Raccourcis clavier »: (part, [(what it does, keys)]), only what somebody answers."""
    pages = [(_(page.word), key_words(page.keys)) for page in PAGES if page.keys]
    found: list[tuple[str, list[tuple[str, str]]]] = [(_("Pages"), pages)] if pages else []
    for part, actions in ACTIONS.items():
        lines = [(_(a.words), _several(a.keys)) for a in actions if a.native or a.name in answered]
        found.append((_(part), lines))
    return found


def _several(keys: Sequence[str]) -> str:
    between = f" {_('ou')} " if len(keys) < 3 else " "
    return between.join(key_words(k) for k in keys)
