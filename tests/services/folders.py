"""Several PCs of one network around a folder that something else carries, for the tests of the shared folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from appli.app import open_directory
from appli.domain.changes import Create, Put
from appli.domain.ids import RecordId, new_id
from appli.services.directory import Directory
from appli.services.exchanging import giving, receiving, shared_folder
from appli.services.exchanging.shared_folder import Round, Standing
from appli.services.spaces import SpaceFacts, found, name_replica


class Network:
    """PCs whose directories lie side by side; the first founds the network, the others join it by a packet."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.root = home / "partage"
        self.root.mkdir()
        self.pcs: list[Directory] = []

    def pc(self, name: str, *, joins: bool = True, shares: bool = True) -> Directory:
        """One more PC; by default it comes in with a packet of the first and uses the folder."""
        directory = open_directory(self.home / name)
        if not self.pcs:
            found(directory, SpaceFacts("Réseau des Causses", replica_label=name))
        elif joins:
            packet = self.home / f"pour-{name}.maille"
            giving.give(self.pcs[0], packet)
            receiving.receive(directory, packet, confirmed=True)
            name_replica(directory, name)
        self.pcs.append(directory)
        if shares:
            shared_folder.choose(directory, self.root)
        return directory

    def close(self) -> None:
        """Let go of everything."""
        for directory in self.pcs:
            directory.close()

    def acquaint(self) -> None:
        """Have a person at each PC accept the first packet of every other one, as it comes."""
        for _time in range(3):
            for directory in self.pcs:
                go(directory)
                for one in standing(directory).waiting:
                    if one.why == "first":
                        receiving.receive(directory, one.paths[0], confirmed=True)
                go(directory)

    def settle(self, check: Callable[[], None] = lambda: None, *, rounds: int = 20) -> int:
        """Rounds of everybody until nobody has anything to do; returns how many it took."""
        for count in range(rounds):
            if not any(standing(directory).has_work for directory in self.pcs):
                return count
            for directory in self.pcs:
                go(directory)
                check()
        raise AssertionError([standing(directory) for directory in self.pcs])

    @property
    def digests(self) -> set[str]:
        """One when all hold the same."""
        return {directory.store.digest() for directory in self.pcs}

    def files(self, directory: Directory) -> list[str]:
        """The packets that a PC has in the folder."""
        return sorted(p.name for p in self.of(directory).glob("*.maille"))

    def of(self, directory: Directory) -> Path:
        """The sub-folder of a PC."""
        [space] = self.root.glob("maillage-*")
        return space / directory.store.replica.hex()

    def bytes(self) -> bytes:
        """All that lies in the folder."""
        return b"".join(p.read_bytes() for p in sorted(self.root.rglob("*")) if p.is_file())


def go(directory: Directory) -> Round:
    """One round."""
    done = shared_folder.go_round(directory)
    assert done is not None
    return done


def standing(directory: Directory) -> Standing:
    """How the folder is."""
    found_standing = shared_folder.look(directory)
    assert found_standing is not None
    return found_standing


def person(directory: Directory, name: str, **values: str) -> RecordId:
    """A sheet."""
    record_id = new_id()
    directory.do("Essai", [Create(record_id, "person", {"name": {"display": name}, **values})])
    return record_id


def write(directory: Directory, record_id: RecordId, occupation: str) -> None:
    """One value."""
    directory.do("Essai", [Put(record_id, "occupation", occupation)])


def occupation(directory: Directory, record_id: RecordId) -> object:
    """That value."""
    entry = directory.reads.entry(record_id)
    return entry.values.get("occupation") if entry else None
