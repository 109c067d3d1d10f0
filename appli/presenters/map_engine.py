"""What to do when the map dies, stays silent or stays blank: try again, then without the graphics card.

The engine reads how it is to draw when it starts, once for the whole program: so drawing without the card is a choice
of this PC, and takes effect when Maillage is opened again.
"""

from __future__ import annotations

from dataclasses import dataclass

from appli import config
from appli.i18n import _
from appli.presenters.shell import Shell

FIRST_CHANCES = 1
"""How many failures of one opening are met by trying again without a word."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """The map does not come: what to say, and whether drawing otherwise may help."""

    title: str
    words: str
    reopen: str = ""
    """The deed that opens Maillage in compatible mode; empty when it is already so."""


class MapEngine:
    """State of the map's engine, for one page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._failures = 0

    def failed(self) -> Trouble | None:
        """The map died, or never came. None: try again at once."""
        self._failures += 1
        if self._failures <= FIRST_CHANCES:
            return None
        words = _("Vos fiches sont intactes, et la liste reste là.")
        if is_compatible():
            return Trouble(_("La carte ne tient pas sur ce poste."), words)
        advice = _("La carte graphique de ce poste en est souvent la cause : le mode compatible s’en passe.")
        return Trouble(_("La carte s’est arrêtée."), f"{words} {advice}", _reopen_words())

    def stayed_blank(self) -> Trouble | None:
        """The map says that it is drawn, and one colour is all there is to see. None: nothing more can be done."""
        if is_compatible():
            return None
        words = _("Si elle l’est aussi pour vous, le mode compatible la dessine sans la carte graphique.")
        return Trouble(_("La carte paraît vide."), words, _reopen_words())

    def reopen_compatible(self) -> None:
        """Open Maillage anew, drawing without the graphics card from now on."""
        choose(compatible=True)
        self._shell.reopen()


def _reopen_words() -> str:
    return _("Rouvrir Maillage en mode compatible")


def is_compatible() -> bool:
    """Whether this PC draws the map without its graphics card."""
    return config.load_settings().compatible_map


def choose(*, compatible: bool) -> None:
    """From the next opening on."""
    config.save_settings(compatible_map=compatible)
