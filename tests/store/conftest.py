"""A directory to write in, and PCs to exchange with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from appli.domain.changes import Change, Changes, Create, Work
from appli.domain.entry import Entry
from appli.domain.ids import RecordId, new_id
from appli.store.store import Store
from tests.store.network import Pc, empty_folder, handed_over, received

Exchange = Callable[[Pc, Pc], None]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new directory, to copy from."""
    return empty_folder(tmp_path_factory.mktemp("vide"))


@pytest.fixture
def new_pc(empty: Path, tmp_path: Path) -> Iterator[Callable[[], Pc]]:
    """Another PC with an empty directory of the same network."""
    made: list[Pc] = []

    def one() -> Pc:
        made.append(Pc(tmp_path, len(made), empty))
        return made[-1]

    yield one
    for pc in made:
        pc.close()


@pytest.fixture
def pc(new_pc: Callable[[], Pc]) -> Pc:
    return new_pc()


@pytest.fixture
def store(pc: Pc) -> Store:
    """An empty directory, open."""
    return pc.store


def do(store: Store, *changes: Change, label: str = "Essai", undoes: int | None = None) -> Changes:
    """One work."""
    return store.write(Work(label, changes), undoes=undoes)


def create(store: Store, kind: str, **values: Any) -> RecordId:
    """A record with these values; ids given as bytes are references."""
    record = new_id()
    plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in values.items()}
    do(store, Create(record, kind, plain))
    return record


def person(store: Store, name: str = "Zoé Tréval", **values: Any) -> RecordId:
    return create(store, "person", name={"display": name}, **values)


def values(store: Store, record: RecordId) -> dict[str, Any]:
    """What is shown of a record; nothing for one that is not there."""
    entry = store.reads.entry(record)
    return dict(entry.values) if entry else {}


def entry(store: Store, record: RecordId) -> Entry:
    """A record that is there."""
    found = store.reads.entry(record)
    assert found is not None
    return found


def give(one: Pc, other: Pc) -> None:
    """Hand over what the other lacks."""
    received(other.store, handed_over(one.store, other.knowledge))
