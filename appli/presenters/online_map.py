"""The map asked online, in the Réglages: which one, and the sentence that says what is sent before any is.

What the window needs to ask for tiles is said here too: who asks, and where the answers are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

from appli.i18n import N_, _
from appli.presenters.shell import Shell
from appli.services import online_maps

NONE = ""
UNREACHABLE, REFUSED, SLOW, WRONG = "unreachable", "refused", "slow", "wrong"
"""Why no tile comes: no answer, a no, none in time, no picture."""
_TROUBLES = {
    UNREACHABLE: N_("{name} ne répond pas : le réseau manque peut-être."),
    REFUSED: N_("{name} refuse d’envoyer ses images."),
    SLOW: N_("{name} tarde trop à répondre."),
    WRONG: N_("{name} a envoyé autre chose que des images."),
}


@dataclass(frozen=True, slots=True)
class Service:
    """A map one can choose; the first is none."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Consent:
    """Asked before the first tile is: the answer that sends nothing comes first."""

    service: str
    title: str
    words: str
    keep: str
    agree: str


class OnlineMapView(Protocol):
    """What draws the choice."""

    def show_choice(self, services: Sequence[Service], chosen: str) -> None:
        """The services, and the one that is asked."""

    def ask(self, consent: Consent) -> None:
        """Have the person choose; `agree` or `keep` follows."""


class OnlineMap:
    """State of the choice."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self.view: OnlineMapView | None = None

    def show(self) -> None:
        """Say what is chosen."""
        if self.view is not None:
            services = [Service(NONE, _("Aucune"))]
            services += [Service(one.id, one.name) for one in online_maps.offered()]
            self.view.show_choice(services, _chosen())

    def choose(self, service_id: str) -> None:
        """The person wants this one: none is at once, another is asked for first."""
        if service_id == _chosen():
            return
        service = next((one for one in online_maps.offered() if one.id == service_id), None)
        if service is None:
            self._settle(NONE, _("Plus rien n’est demandé en ligne. Ce qui avait été gardé est effacé."))
        elif self.view is not None:
            words = _(
                "Pour dessiner la carte de près, Maillage demandera à {host} les morceaux que vous regardez, un par"
                " un et jamais d’avance. Ce service verra l’adresse Internet de ce poste et les endroits regardés."
                " Aucune fiche, aucun nom, aucune recherche ne part. Les petites cartes des fiches ne demandent rien."
            ).format(host=service.host)
            title = _("Demander {name} en ligne ?").format(name=service.name)
            agree = _("Utiliser {name}").format(name=service.name)
            self.view.ask(Consent(service.id, title, words, _("Rester sans réseau"), agree))

    def agree(self, service_id: str) -> None:
        """The person read the sentence and said yes."""
        self._settle(service_id, _("La carte en ligne s’affiche quand on s’approche."))

    def keep(self) -> None:
        """The person said no."""
        self.show()

    def _settle(self, service_id: str, said: str) -> None:
        online_maps.choose(service_id)
        self._shell.session.maps_changed.tell(None)
        self._shell.toast(said)
        self.show()


def _chosen() -> str:
    service = online_maps.chosen()
    return service.id if service else NONE


def trouble_words(trouble: str) -> str:
    """What the map says meanwhile; nothing once tiles come."""
    service = online_maps.chosen()
    if service is None or trouble not in _TROUBLES:
        return ""
    return _(_TROUBLES[trouble]).format(name=service.name) + " " + _("Le fond de carte de Maillage le remplace.")


def user_agent() -> str:
    """Who asks for tiles: the services want to know the program, and so could turn to those who make it."""
    try:
        number = version("maillage")
    except PackageNotFoundError:
        number = "0"
    return f"Maillage/{number} (annuaire de territoire; tuiles affichees une par une)"


def cache_folder() -> Path:
    """Where tiles are kept as long as their service allows."""
    return online_maps.cache_folder()
