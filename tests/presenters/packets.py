"""Two directories of one network, for the tests of the window: the one that is open, and the PC that sends to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from appli.app import open_directory
from appli.domain.changes import Put
from appli.services.directory import Directory
from appli.services.exchanging.giving import give
from appli.services.exchanging.receiving import receive
from appli.services.spaces import SpaceFacts, found, name_replica
from tests.presenters.conftest import Village, make

if TYPE_CHECKING:
    import pytest


class Accueil:
    """Another PC, with a configuration of its own."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch) -> None:
        self._home = home
        self._patch = patch

    @contextmanager
    def opened(self) -> Iterator[Directory]:
        """Its directory, for a while."""
        with self._patch.context() as patch:
            patch.setenv("MAILLAGE_CONFIG", str(self._home / "config"))
            directory = open_directory(self._home / "annuaire")
            try:
                yield directory
            finally:
                directory.close()

    def packet(self, name: str = "nouvelles", phrase: str | None = None) -> Path:
        """What it gives."""
        target = self._home / f"{name}.maille"
        with self.opened() as directory:
            give(directory, target, phrase=phrase)
        return target

    def take(self, packet: Path) -> None:
        """It receives."""
        with self.opened() as directory:
            receive(directory, packet, confirmed=True)
            name_replica(directory, "Accueil")


def network(village: Village, directory: Directory, home: Path, patch: pytest.MonkeyPatch) -> Accueil:
    """Give the village's directory a network, and let « Accueil » join it, then write things of its own."""
    found(directory, SpaceFacts("Réseau des Gorges", replica_label="Bureau"))
    home.mkdir()
    given = home / "premier.maille"
    give(directory, given)
    accueil = Accueil(home, patch)
    accueil.take(given)
    with accueil.opened() as other:
        write_news(other, village)
    directory.do("Ici", [Put(village.ids["mason"], "occupation", "Maçon et couvreur")])
    return accueil


def write_news(other: Directory, village: Village) -> None:
    """A new person, a field that changes there alone, one that changes here too."""
    make(other, "person", name="Zoé Exemplaire", occupation="Traductrice", commune="Meyrueis", skills="Traduction")
    other.do("Ailleurs", [Put(village.ids["mason"], "occupation", "Maçonne")])
    other.do("Ailleurs", [Put(village.ids["workshop"], "summary", "Atelier partagé, ouvert le samedi")])
