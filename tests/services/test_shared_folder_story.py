"""Three PCs, a shared folder and all that may happen to it: in the end they agree, and the erased are gone."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from appli.domain.ids import RecordId
from appli.errors import EnvironmentProblem
from appli.services.directory import Directory
from appli.services.erasing import erase
from appli.services.exchanging import folder_going, giving, receiving, shared_folder
from tests.services.folders import Network, go, person, standing, write
from tests.services.test_shared_folder import readable


class Story:
    """What is done to the PCs and to the folder, one thing after the other."""

    def __init__(self, network: Network, world: Random) -> None:
        self.network = network
        self.world = world
        self.people: list[RecordId] = []
        self.erased: list[str] = []
        self._steps = 0

    def go_on(self) -> None:
        """One thing, by anybody."""
        self._steps += 1
        deeds: list[tuple[int, Callable[[Directory], None]]] = [
            (30, self._write), (8, self._meet), (35, self._round), (8, self.accept), (4, self._take_back),
            (4, self._lose_a_file), (3, self._lose_all), (3, self._cut), (5, self._erase), (3, self._by_stick),
        ]  # fmt: skip
        [deed] = self.world.choices([deed for _weight, deed in deeds], [weight for weight, _deed in deeds])
        with contextlib.suppress(EnvironmentProblem):  # the folder is not always whole, and says so
            deed(self.world.choice(self.network.pcs))

    def accept(self, pc: Directory) -> None:
        """A person takes all that waits and can be taken."""
        for waiting in standing(pc).waiting:
            for path in waiting.paths:
                with contextlib.suppress(EnvironmentProblem):
                    receiving.receive(pc, path, confirmed=True)

    def _write(self, pc: Directory) -> None:
        one = self.world.choice(self.people) if self.people else None
        if one is not None and pc.reads.entry(one) is not None:
            write(pc, one, f"Métier {self._steps}")

    def _meet(self, pc: Directory) -> None:
        self.people.append(person(pc, f"Personne{self._steps:03}"))

    def _round(self, pc: Directory) -> None:
        go(pc)

    def _take_back(self, pc: Directory) -> None:
        some = [p for p in receiving.received(pc) if p.undone is None and p.facts.get("way") == "folder"]
        if some:
            receiving.take_back(pc, self.world.choice(some[:3]).seq)

    def _file(self) -> Path | None:
        files = sorted(self.network.root.glob("maillage-*/*/*.maille"))
        return self.world.choice(files) if files else None

    def _lose_a_file(self, _pc: Directory) -> None:
        if (file := self._file()) is not None:
            file.unlink()

    def _lose_all(self, pc: Directory) -> None:
        shutil.rmtree(self.network.of(pc), ignore_errors=True)

    def _cut(self, _pc: Directory) -> None:
        if (file := self._file()) is not None:
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    def _erase(self, _pc: Directory) -> None:
        referent = self.network.pcs[0]
        some = [one for one in self.people if referent.reads.entry(one) is not None]
        if some:
            one = self.world.choice(some)
            self.people.remove(one)
            self.erased.append(referent.title_of(one))
            erase(referent, one)

    def _by_stick(self, pc: Directory) -> None:
        other = self.world.choice([one for one in self.network.pcs if one is not pc])
        file = self.network.home / f"cle-{self._steps}.maille"
        giving.give(other, file)
        receiving.receive(pc, file, confirmed=True)


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    made = Network(tmp_path)
    for name in ("Accueil", "Gîte", "Portable"):
        made.pc(name)
    made.acquaint()
    yield made
    made.close()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 4])
def test_whatever_happens_they_agree_in_the_end(seed: int, network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_going, "ADDITIONS", 3)
    story = Story(network, Random(seed))
    for _step in range(80):
        story.go_on()
    for _time in range(10):
        for pc in network.pcs:
            shared_folder.go_round(pc)
            story.accept(pc)
        if len(network.digests) == 1 and not any(standing(pc).has_work for pc in network.pcs):
            break
    assert len(network.digests) == 1
    assert [standing(pc).waiting for pc in network.pcs] == [(), (), ()]
    assert not any(pc.store.knowledge().gaps() for pc in network.pcs)
    assert [problem for pc in network.pcs for problem in pc.store.problems()] == []
    assert story.erased
    assert not readable(network, *story.erased)
