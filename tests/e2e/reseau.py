"""A small network for the pictures: another PC that joined the example directory, and what it sent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appli.app import open_directory
from appli.domain.audience import Audience
from appli.domain.changes import Put
from appli.services.directory import Directory
from appli.services.editing import Assignment, create_sheet
from appli.services.exchanging.giving import give
from appli.services.exchanging.joining import join
from appli.services.exchanging.receiving import receive
from appli.services.spaces import SpaceFacts, found

HERE = "Ouvert le samedi. Bois, ferraille et vitrages, à prix libre."
THERE = "Ouvert du mercredi au samedi. Bois, ferraille et vitrages, à prix libre."


def with_a_network(folder: Path, home: Path) -> Path:
    """Give the directory a second PC, two values that wait, sheets that resemble each other; a packet to look at."""
    first, news = home / "premier.maille", home / "nouvelles.maille"
    with _opened(folder) as mine:
        found(mine, SpaceFacts("Réseau des Gorges", replica_label="Bureau Florac"))
        give(mine, first)
    with _other(home) as theirs:
        join(theirs, first, None, "Accueil Marvejols")
        _write(theirs, 0, THERE)
        give(theirs, home / "avant.maille")
    with _opened(folder) as mine:
        _write(mine, 0, HERE)
        receive(mine, home / "avant.maille", confirmed=True)
        _sheet(mine, "place", title="La halle de Florac", commune="Florac Trois Rivières")
        _sheet(mine, "place", title="Halle de Florac", commune="Florac Trois Rivières")
        _write(mine, 3, HERE)
    with _other(home) as theirs:
        _sheet(theirs, "person", name="Zoé Exemplaire", occupation="Traductrice", commune="Meyrueis")
        _sheet(theirs, "equipment", title="Presse à pommes", commune="Saint-Chély-d’Apcher")
        _write(theirs, 3, THERE)
        _write(theirs, 6, THERE)
        give(theirs, news)
    return news


def _write(directory: Directory, start: int, words: str) -> None:
    some = list(directory.reads.of_kind("place"))[start : start + 3]
    directory.do("", [Put(one.id, "description", words) for one in some])


def _sheet(directory: Directory, kind: str, **fields: str) -> None:
    create_sheet(directory, kind, [Assignment(name, "=", words) for name, words in fields.items()], Audience.SHARED)


@contextmanager
def _opened(folder: Path) -> Iterator[Directory]:
    directory = open_directory(folder)
    try:
        yield directory
    finally:
        directory.close()


@contextmanager
def _other(home: Path) -> Iterator[Directory]:
    """The other PC has a configuration of its own."""
    mine = os.environ["MAILLAGE_CONFIG"]
    os.environ["MAILLAGE_CONFIG"] = str(home / "config-accueil")
    try:
        with _opened(home / "annuaire-accueil") as directory:
            yield directory
    finally:
        os.environ["MAILLAGE_CONFIG"] = mine
