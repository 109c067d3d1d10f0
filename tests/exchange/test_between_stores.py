"""What one real directory hands over reaches another through a file, record by record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from appli.domain.causality import Delta, Knowledge
from appli.domain.changes import Erase, Put, Work
from appli.exchange.gathering import Contents
from appli.exchange.reading import open_bundle
from appli.store.packets import Arrival
from appli.store.store import Store
from tests.builders import fill, hostile_people, records
from tests.exchange.bundles import HEADING, written
from tests.store.network import Pc, believed, empty_folder, sign, unchecked


@pytest.fixture
def pcs(tmp_path: Path) -> Iterator[tuple[Pc, Pc]]:
    """Two PCs with an empty directory."""
    empty = empty_folder(tmp_path)
    alice, bob = Pc(tmp_path, 1, empty), Pc(tmp_path, 2, empty)
    yield alice, bob
    alice.close()
    bob.close()


def send(store: Store, path: Path, known: Knowledge | None = None) -> Path:
    """A bundle of all that somebody lacks who knows that."""
    sign(store, store.orders.unsigned())
    with store.handing_over(known) as delta:
        heading = replace(HEADING, claim=delta.claim, know=store.knowledge().as_dict())
        said = [one.statement for one in delta.statements]
        written(path, Contents(delta.records, delta.erasures, said), heading)
    return path


@contextmanager
def arriving(path: Path) -> Iterator[tuple[Delta, Arrival]]:
    """A bundle as the store receives it."""
    with open_bundle(path) as bundle:
        lines = bundle.lines()
        said = tuple(unchecked(one) for one in lines.statements)
        delta = believed(Delta(bundle.manifest.heading.claim, lines.records, tuple(lines.erasures), said))
        yield delta, Arrival(bundle.manifest.uid, bundle.manifest.heading.replica, {}, lambda: bundle.complete)


def receive(store: Store, path: Path) -> None:
    with arriving(path) as (delta, arrival):
        store.receive(delta, arrival)


def test_a_directory_reaches_another_through_a_file(pcs: tuple[Pc, Pc], tmp_path: Path) -> None:
    alice, bob = pcs
    ids = fill(alice.store, [*records(60), *hostile_people()])
    receive(bob.store, send(alice.store, tmp_path / "full.maille"))
    assert bob.store.digest() == alice.store.digest()
    assert bob.knowledge == alice.knowledge

    known = bob.knowledge
    alice.store.write(Work("Modifier", [Put(ids[0], "summary", "d’ici")]))
    bob.store.write(Work("Modifier", [Put(ids[0], "summary", "de là")]))
    alice.store.write(Work("Effacer", [Erase(ids[1])]))
    small = send(alice.store, tmp_path / "small.maille", known)
    receive(bob.store, small)
    receive(bob.store, small)
    assert small.stat().st_size < 6_000
    assert ids[1] in bob.erased_ids()
    state = bob.states([ids[0]])[ids[0]]
    assert {v.value for v in state.register(4).versions.values()} == {"d’ici", "de là"}

    receive(alice.store, send(bob.store, tmp_path / "back.maille", alice.knowledge))
    assert bob.store.digest() == alice.store.digest()


def test_a_damaged_bundle_brings_what_is_intact_and_its_claim_does_not_count(
    pcs: tuple[Pc, Pc], tmp_path: Path
) -> None:
    alice, bob = pcs
    ids = fill(alice.store, records(60))
    alice.store.write(Work("Effacer", [Erase(ids[1])]))
    path = send(alice.store, tmp_path / "a.maille")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1  # in the records: they are most of it
    path.write_bytes(content)
    receive(bob.store, path)
    assert ids[1] in bob.erased_ids()
    assert not bob.knowledge.as_dict().get(next(iter(alice.knowledge.as_dict())))
    receive(bob.store, send(alice.store, tmp_path / "b.maille", bob.knowledge))
    assert bob.store.digest() == alice.store.digest()
