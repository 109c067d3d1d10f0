"""The PCs of the tests: « un » founded the network, « deux » is new."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.services.directory import Directory
from appli.services.spaces import SpaceFacts, found
from tests.services.pcs import Open


@pytest.fixture
def pcs(tmp_path: Path) -> Iterator[Open]:
    """Directories by name, closed at the end."""
    opened: dict[str, Directory] = {}

    def pc(name: str) -> Directory:
        if name not in opened:
            opened[name] = open_directory(tmp_path / name)
        return opened[name]

    yield pc
    for directory in opened.values():
        directory.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Directory]:
    """A directory without a record."""
    directory = open_directory(tmp_path / "annuaire")
    yield directory
    directory.close()


@pytest.fixture
def one(pcs: Open) -> Directory:
    """The PC that founded the network."""
    directory = pcs("un")
    found(directory, SpaceFacts("Réseau des Causses", replica_label="Accueil"))
    return directory


@pytest.fixture
def other(pcs: Open) -> Directory:
    """A PC that knows no network yet."""
    return pcs("deux")
