"""Who this PC is: a copied, moved, cloned or restored folder takes a new name, and nothing is lost by it."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from appli.domain.changes import Put
from appli.domain.ids import RecordId
from appli.store import engine, identity
from appli.store.folder import raw
from appli.store.identity import IdentityFile
from appli.store.registers import Registers
from appli.store.store import Store
from appli.store.twins import Twin
from tests.fakes import FixedClock
from tests.store.conftest import create, do, entry, give, person, values
from tests.store.network import Pc, handed_over, received


def opened(folder: Path, config: Path, later: int = 0) -> Store:
    clock = FixedClock()
    clock.advance(later)
    return Store(folder, config, clock=clock)


def name_of(folder: Path, config: Path) -> bytes:
    with opened(folder, config) as store:
        return store.replica


def test_the_name_stays_from_one_opening_to_the_next(tmp_path: Path) -> None:
    names = {name_of(tmp_path / "a", tmp_path / "config") for _ in range(3)}
    assert len(names) == 1


def test_two_folders_have_two_names(tmp_path: Path) -> None:
    assert name_of(tmp_path / "a", tmp_path / "config") != name_of(tmp_path / "b", tmp_path / "config")


def test_the_same_folder_named_otherwise_is_the_same(tmp_path: Path) -> None:
    name = name_of(tmp_path / "a", tmp_path / "config")
    assert name_of(tmp_path / "b" / ".." / "a", tmp_path / "config") == name
    (tmp_path / "raccourci").symlink_to(tmp_path / "a")
    assert name_of(tmp_path / "raccourci", tmp_path / "config") == name


def copied(tmp_path: Path) -> tuple[Path, Path]:
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    return tmp_path / "b", tmp_path / "config"


def moved(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "a").rename(tmp_path / "b")
    return tmp_path / "b", tmp_path / "config"


def carried_to_another_pc(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "a", tmp_path / "autre-config"


def put_back_by_hand(tmp_path: Path) -> tuple[Path, Path]:
    """Somebody copies the files of a backup over the present ones."""
    made = next((tmp_path / "a" / "sauvegardes").iterdir())
    for name in ("prive.db", "partage.db"):
        shutil.copyfile(made / name, tmp_path / "a" / name)
    return tmp_path / "a", tmp_path / "config"


def an_older_copy_put_back(tmp_path: Path) -> tuple[Path, Path]:
    shutil.copytree(tmp_path / "a", tmp_path / "copie")
    opened(tmp_path / "a", tmp_path / "config").close()
    shutil.rmtree(tmp_path / "a")
    (tmp_path / "copie").rename(tmp_path / "a")
    return tmp_path / "a", tmp_path / "config"


def configuration_lost(tmp_path: Path) -> tuple[Path, Path]:
    shutil.rmtree(tmp_path / "config")
    return tmp_path / "a", tmp_path / "config"


def configuration_damaged(tmp_path: Path) -> tuple[Path, Path]:
    for path in (tmp_path / "config" / "postes").iterdir():
        path.write_text("{", "utf-8")
    return tmp_path / "a", tmp_path / "config"


HAPPENED = [
    copied,
    moved,
    carried_to_another_pc,
    put_back_by_hand,
    an_older_copy_put_back,
    configuration_lost,
    configuration_damaged,
]


@pytest.mark.parametrize("happened", HAPPENED, ids=lambda f: f.__name__)
def test_a_folder_that_is_not_what_it_was_takes_a_new_name_and_keeps_all(
    tmp_path: Path, happened: Callable[[Path], tuple[Path, Path]]
) -> None:
    with opened(tmp_path / "a", tmp_path / "config") as store:
        record = person(store, occupation="Vannerie", address={"street": "ici"})
        do(store, Put(record, "occupation", "Tissage"))
        store.backup("essai")
        name, shown, digest = store.replica, values(store, record), store.digest()
    folder, config = happened(tmp_path)
    for _ in range(2):  # the second opening settles nothing more
        with opened(folder, config) as store:
            assert store.replica != name
            assert (values(store, record), store.digest(), store.problems()) == (shown, digest, [])
            again = store.replica
    with opened(folder, config, later=1000) as store:
        assert store.replica == again
        do(store, Put(record, "occupation", "Forge"))
        stamp = entry(store, record).stamp
        assert stamp is not None
        assert stamp.replica == again


def test_a_machine_cloned_with_its_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = name_of(tmp_path / "a", tmp_path / "config")
    monkeypatch.setattr(identity, "machine", lambda: "une autre")
    assert name_of(tmp_path / "a", tmp_path / "config") != name


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick that carries the program with all it keeps."""
    (tmp_path / "cle").mkdir()
    (tmp_path / "cle" / "maillage.portable").touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "cle" / "maillage"))
    return tmp_path / "cle"


def test_a_stick_keeps_its_name_on_every_pc_and_under_every_letter(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = name_of(stick / "donnees" / "annuaire", stick / "donnees" / "config")
    monkeypatch.setattr(identity, "machine", lambda: "une autre")
    assert name_of(stick / "donnees" / "annuaire", stick / "donnees" / "config") == name
    elsewhere = stick.rename(tmp_path / "F")
    monkeypatch.setattr(sys, "executable", str(elsewhere / "maillage"))
    assert name_of(elsewhere / "donnees" / "annuaire", elsewhere / "donnees" / "config") == name


def test_a_copied_stick_is_told_by_what_others_bring(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new_pc: Callable[[], Pc]
) -> None:
    third = new_pc()
    shutil.copytree(third.folder, stick / "annuaire", ignore=shutil.ignore_patterns("verrou*", "sauvegardes"))
    with opened(stick / "annuaire", stick / "config") as store:
        record, name = person(store, occupation="Vannerie"), store.replica
        received(third.store, handed_over(store))
    shutil.copytree(stick, tmp_path / "copie")
    with opened(stick / "annuaire", stick / "config") as store:
        do(store, Put(record, "occupation", "Tissage"))
        received(third.store, handed_over(store))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "copie" / "maillage"))
    with opened(tmp_path / "copie" / "annuaire", tmp_path / "copie" / "config") as store:
        assert store.replica == name
        do(store, Put(record, "occupation", "Forge"))
        with pytest.raises(Twin) as told:
            received(store, handed_over(third.store))
        store.concord.part_from_twin(told.value.lowest - 1)
        received(store, handed_over(third.store))
        assert store.replica != name
        assert {s.value for s in entry(store, record).siblings["occupation"]} == {"Tissage", "Forge"}


def test_edits_of_a_folder_and_its_copy_both_arrive(pc: Pc, new_pc: Callable[[], Pc], tmp_path: Path) -> None:
    """Under one name, both would have given one number to two edits, and one would be lost without a word."""
    record, third = person(pc.store, occupation="Vannerie"), new_pc()
    give(pc, third)
    pc.store.close()
    copy = Pc(tmp_path, 9, pc.folder)
    pc.reopen()
    do(pc.store, Put(record, "occupation", "Tissage"))
    do(copy.store, Put(record, "occupation", "Forge"))
    for one in (pc, copy):
        give(one, third)
    for one in (pc, copy):
        give(third, one)
    for one in (pc, copy, third):
        assert {s.value for s in entry(one.store, record).siblings["occupation"]} == {"Tissage", "Forge"}
    assert len({one.store.digest() for one in (pc, copy, third)}) == 1
    copy.close()


def test_private_values_of_a_copy_are_not_taken_for_a_work_that_did_not_land(pc: Pc, tmp_path: Path) -> None:
    """The journal's commit numbers are those of another name: they say nothing of what landed under this one."""
    record = person(pc.store, address={"street": "ici"})
    do(pc.store, Put(record, "occupation", "Vannerie"), Put(record, "address", {"street": "là"}))
    pc.store.close()
    copy = Pc(tmp_path, 9, pc.folder)
    for _ in range(2):
        copy.reopen()
        assert values(copy.store, record)["address"] == {"street": "là"}
        assert len(copy.store.done()) == 2
    copy.close()


class TestACrashBetweenTheIdentitysWrites:
    """The nonce is written on both sides, one after the other; dying in between must cost nothing."""

    @pytest.fixture
    def record(self, tmp_path: Path) -> RecordId:
        with opened(tmp_path / "a", tmp_path / "config") as store:
            self.name = store.replica
            return person(store)

    @pytest.mark.parametrize("method", ["claim", "confirm"])
    def test_the_name_stays(
        self, tmp_path: Path, record: RecordId, method: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        genuine = getattr(IdentityFile, method)

        def dies(self: IdentityFile, *arguments: object) -> object:
            if method == "claim":
                genuine(self, *arguments)
            raise KeyboardInterrupt

        for _ in range(2):
            monkeypatch.setattr(IdentityFile, method, dies)
            with pytest.raises(KeyboardInterrupt):
                opened(tmp_path / "a", tmp_path / "config")
            monkeypatch.setattr(IdentityFile, method, genuine)
            with opened(tmp_path / "a", tmp_path / "config") as store:
                assert store.replica == self.name
                assert values(store, record)

    def test_the_file_half_written_is_not_read(self, tmp_path: Path, record: RecordId) -> None:
        path = next((tmp_path / "config" / "postes").glob("*.json"))
        path.with_suffix(".tmp").write_text('{"uid"', "utf-8")
        assert name_of(tmp_path / "a", tmp_path / "config") == self.name
        assert json.loads(path.read_text("utf-8"))["next_nonce"] is None


def test_the_name_is_not_in_the_backup(store: Store) -> None:
    made = store.backup("essai")
    copy = engine.connect(made.path / "partage.db", read_only=True)
    try:
        assert copy.execute("SELECT count(*) FROM meta WHERE key='nonce'").fetchone() == (0,)
    finally:
        copy.close()


def test_a_derived_record_of_a_copy_counts_as_sent(pc: Pc, tmp_path: Path) -> None:
    term = create(pc.store, "term", scheme="skill", label="Tissage")
    pc.store.close()
    copy = Pc(tmp_path, 9, pc.folder)
    do(copy.store, Put(term, "scheme", "label"), Put(term, "label", "Autre"))
    with copy.store.folder.reading() as connection:
        assert Registers(raw(connection)).exists_elsewhere(term, copy.store.replica, 0)
    copy.close()
