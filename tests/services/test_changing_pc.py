"""Changing PC in one file: everything arrives, nothing half done, and two PCs that go on are two PCs."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appli.app import open_directory
from appli.domain.changes import Erase, Put, Work
from appli.domain.roles import Role
from appli.errors import AppError, Cancelled
from appli.exchange.moving_file import MAGIC, Member, MovingReader, MovingWriter
from appli.services import changing_pc
from appli.services.changing_pc import Choices
from appli.services.directory import Directory
from appli.services.exchanging import giving, receiving, roles
from appli.services.spaces import SpaceFacts, found, replica_name
from appli.store import verify
from tests.fakes import RecordingProgress, StoppedAt
from tests.services.pcs import person

PHRASE = "sept mots bien assez longs"


class Pc:
    """A PC: a configuration of its own, and the directory that is open there."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self._monkeypatch = home, monkeypatch
        self.folder = home / "annuaire"
        self.directory: Directory | None = None

    def open(self) -> Directory:
        self._monkeypatch.setenv("MAILLAGE_CONFIG", str(self.home / "config"))
        if self.directory is None:
            self.directory = open_directory(self.folder)
        return self.directory

    def close(self) -> None:
        if self.directory is not None:
            self.directory.close()
            self.directory = None


@pytest.fixture
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Pc]]:
    made: dict[str, Pc] = {}

    def by_name(name: str) -> Pc:
        return made.setdefault(name, Pc(tmp_path / name, monkeypatch))

    yield by_name
    for one in made.values():
        one.close()


@pytest.fixture
def old(pc: Callable[[str], Pc]) -> Pc:
    """The PC one leaves: people, a private value, a photo, a layer, a backup, somebody erased."""
    station = pc("ancien")
    directory = station.open()
    found(directory, SpaceFacts("Réseau : du Gévaudan", replica_label="Accueil"))
    roles.ensure(directory)
    person(directory, "Élise Roumégas", occupation="Menuisière")
    gone = person(directory, "Mathieu Valdeyron")
    directory.store.backup("manuelle")
    directory.follow(directory.store.write(Work("Effacer", [Erase(gone)])))
    directory.store.note("draft", "nouvelle", {"name": "en cours"})
    for name, content in (("photos/" + "a" * 64, b"photo"), ("couches/" + "1" * 12 + ".json", b"{}"),
                          ("cartes/" + "2" * 16 + ".pmtiles", b"carte" * 99)):  # fmt: skip
        path = station.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return station


def titles(directory: Directory) -> list[str]:
    return sorted(entry.title for entry in directory.reads.of_kind("person"))


def carried(old: Pc, new: Pc, **chosen: bool) -> Directory:
    """The directory, on the other PC."""
    file = new.home / "demenagement.maillage-dossier"
    new.home.joinpath("config").mkdir(parents=True)
    changing_pc.leave(old.open(), file, PHRASE, Choices(**chosen))
    new._monkeypatch.setenv("MAILLAGE_CONFIG", str(new.home / "config"))
    moved = changing_pc.arrive(file, PHRASE, new.folder)
    changing_pc.settle(new.open(), moved)
    return new.open()


def test_everything_arrives_and_the_role_with_it(old: Pc, pc: Callable[[str], Pc]) -> None:
    there = carried(old, pc("nouveau"))
    assert titles(there) == ["Élise Roumégas"]
    assert verify.damage(there.store.folder) == []
    assert there.store.noted("draft") == {"nouvelle": {"name": "en cours"}}
    names = {p.relative_to(there.store.path).as_posix() for p in there.store.path.rglob("*") if p.is_file()}
    assert {"photos/" + "a" * 64, "couches/" + "1" * 12 + ".json", "cartes/" + "2" * 16 + ".pmtiles"} <= names
    assert not any(name.startswith("sauvegardes") for name in names)
    assert there.store.replica != old.open().store.replica
    assert replica_name(there) == "Accueil"
    assert roles.am_referent(there)
    assert changing_pc.taken_away(old.folder) is not None
    changing_pc.stay(old.folder)
    assert changing_pc.taken_away(old.folder) is None


def test_what_is_chosen_goes_and_no_more(old: Pc, pc: Callable[[str], Pc]) -> None:
    there = carried(old, pc("nouveau"), replaces=False, maps=False, backups=True)
    assert not (there.store.path / "cartes").exists()
    assert len(there.store.backups()) == 1
    assert not roles.am_referent(there)
    assert changing_pc.taken_away(old.folder) is None
    there.store.restore(there.store.backups()[0].name)
    assert titles(there) == ["Élise Roumégas"]  # who was erased there stays erased here


@pytest.mark.parametrize("replaces", [True, False])
def test_two_pcs_that_both_go_on_lose_nothing(old: Pc, pc: Callable[[str], Pc], tmp_path: Path, replaces: bool) -> None:
    new = pc("nouveau")
    there = carried(old, new, replaces=replaces)
    (elise,) = there.reads.of_kind("person")
    here = old.open()
    here.do("", [Put(elise.id, "occupation", "Charpentière")])
    person(here, "Écrit ici")
    new.open()
    there.do("", [Put(elise.id, "occupation", "Ébéniste")])
    person(there, "Écrit là-bas")
    for giver, taker, name in ((old, new, "a"), (new, old, "b"), (old, new, "c")):
        file = tmp_path / f"{name}.maille"
        giving.give(giver.open(), file)
        receiving.receive(taker.open(), file, confirmed=True)
    assert titles(old.open()) == titles(new.open()) == ["Écrit ici", "Écrit là-bas", "Élise Roumégas"]
    assert old.open().store.digest() == new.open().store.digest()
    entry = there.reads.entry(elise.id)
    assert entry is not None
    assert sorted(one.value for one in entry.siblings["occupation"]) == ["Charpentière", "Ébéniste"]
    if replaces:
        standing = roles.standing(old.open(), there.store.replica)
        assert standing is not None
        assert standing.role is Role.REFERENT


def test_it_says_what_it_is_before_anything_is_written(old: Pc, tmp_path: Path) -> None:
    file = tmp_path / changing_pc.file_name(old.open())
    assert file.name.startswith("Maillage – déménagement – Réseau du Gévaudan – ")
    progress = RecordingProgress()
    packed = changing_pc.leave(old.open(), file, PHRASE, Choices(), progress)
    assert packed.size == file.stat().st_size
    assert progress.steps[-1][0] == progress.steps[-1][1]
    assert changing_pc.is_moving_file(file)
    known = changing_pc.introduce(file, f"  {PHRASE} ")
    assert (known.space, known.label, known.records) == ("Réseau : du Gévaudan", "Accueil", 1)
    assert b"Roum" not in file.read_bytes()


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(AppError) as told:
        call()
    assert told.value.hint
    return told.value.code


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Such a file, made once."""
    home = tmp_path_factory.mktemp("emporte")
    directory = open_directory(home / "annuaire")
    found(directory, SpaceFacts("Réseau du Gévaudan"))
    changing_pc.leave(directory, home / "x", PHRASE, Choices())
    directory.close()
    return (home / "x").read_bytes()


@pytest.fixture
def file(packed: bytes, tmp_path: Path) -> Path:
    target = tmp_path / "demenagement.maillage-dossier"
    target.write_bytes(packed)
    return target


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda raw: raw[:-1], "moving_truncated"),
        (lambda raw: raw[: len(raw) // 2], "moving_truncated"),
        (lambda raw: raw[: 70_000 + 64], "moving_truncated"),
        (lambda raw: raw[:100], "moving_damaged"),
        (lambda raw: raw[:300_000] + b"\0" + raw[300_001:], "moving_damaged"),
        (lambda raw: raw + b"more", "moving_truncated"),
        (lambda raw: raw.replace(MAGIC, b"maillage-dossier/2\n", 1), "moving_newer"),
        (lambda _raw: b"something else", "moving_suspect"),
    ],
)
def test_a_bad_file_leaves_nothing(file: Path, tmp_path: Path, spoil: Callable[[bytes], bytes], code: str) -> None:
    file.write_bytes(spoil(file.read_bytes()))
    before = sorted(tmp_path.iterdir())
    assert refused(lambda: changing_pc.arrive(file, PHRASE, tmp_path / "la")) == code
    assert sorted(tmp_path.iterdir()) == before


def test_the_wrong_phrase_no_phrase_a_short_phrase(file: Path, old: Pc, tmp_path: Path) -> None:
    assert refused(lambda: changing_pc.introduce(file, "une autre phrase")) == "passphrase_wrong"
    assert refused(lambda: changing_pc.introduce(file, "  ")) == "passphrase_needed"
    assert refused(lambda: changing_pc.leave(old.open(), tmp_path / "x", "court", Choices())) == "passphrase_short"
    assert refused(lambda: changing_pc.arrive(file, PHRASE, old.folder)) == "folder_taken"
    gone = tmp_path / "cle-retiree" / "x"
    assert refused(lambda: changing_pc.leave(old.open(), gone, PHRASE, Choices())) == "not_writable"
    assert not (tmp_path / "x").exists()
    assert not gone.parent.exists()


@pytest.mark.parametrize("step", [1, 2])
def test_stopped_nothing_is_left(file: Path, old: Pc, tmp_path: Path, step: int) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Cancelled):
        changing_pc.leave(old.open(), tmp_path / "autre", PHRASE, Choices(), StoppedAt(step))
    with pytest.raises(Cancelled):
        changing_pc.arrive(file, PHRASE, tmp_path / "la", StoppedAt(step))
    assert sorted(tmp_path.rglob("*")) == before


def header(name: str, size: int = 1, sort: bytes = tarfile.REGTYPE, link: str = "") -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = size, sort, link
    return info.tobuf(tarfile.USTAR_FORMAT, "utf-8", "surrogateescape")


@pytest.mark.parametrize(
    "block",
    [
        header("../../evasion"),
        header("/etc/passwd"),
        header("photos/../../evasion"),
        header("photos\\..\\evasion"),
        header("prive.db", 0, tarfile.SYMTYPE, "/etc/passwd"),
        header("prive.db", 0, tarfile.LNKTYPE, "x"),
        header("photos", 0, tarfile.DIRTYPE),
        header("PRIVE.DB"),
        header("cartes/con"),
        header("prive.db", 10 << 30 >> 2),
        header("prive.db")[:100] + b"\x80" + b"\xff" * 411,
        header("prive.db") + b"x" + bytes(511) + header("prive.db"),
    ],
)
def test_a_hostile_archive_writes_nothing_outside(tmp_path: Path, block: bytes) -> None:
    about = json.dumps(
        {"space": "", "label": "", "made_at": 0, "records": 0, "total": 1 << 20, "replaces": True,
         "replica": "0" * 32, "schema": 1, "program": ""}
    ).encode()  # fmt: skip
    target = tmp_path / "mal.maillage-dossier"
    with target.open("wb") as out:
        writer = MovingWriter(out, PHRASE)
        writer.add(Member("dossier.json", len(about)), [about])
        writer._closing.write(block)
        writer._closing.write(b"x" + bytes(511))
        writer.end()
    assert refused(lambda: changing_pc.arrive(target, PHRASE, tmp_path / "la")) == "moving_suspect"
    assert [p.name for p in tmp_path.iterdir()] == [target.name]


def test_age_itself_opens_it(file: Path) -> None:
    from pyrage import passphrase as age

    opened = age.decrypt(file.read_bytes().removeprefix(MAGIC), PHRASE)
    with tarfile.open(fileobj=io.BytesIO(opened)) as archive:
        assert {"prive.db", "partage.db", "dossier.json"} <= set(archive.getnames())


def test_what_the_library_closes_is_read_here(tmp_path: Path) -> None:
    from appli.exchange.age_reading import Opening
    from appli.exchange.age_writing import close

    for size in (0, 1, 65_535, 65_536, 65_537, 131_072):
        content = bytes(size)
        assert Opening(io.BytesIO(close(content, PHRASE)), PHRASE).read(size + 1) == content


def test_a_member_that_changes_while_it_is_read_is_no_member(tmp_path: Path) -> None:
    with (tmp_path / "x").open("wb") as out, pytest.raises(OSError, match="changed"):
        MovingWriter(out, PHRASE).add(Member("prive.db", 5), [b"four"])


def test_more_than_was_announced_is_refused(tmp_path: Path) -> None:
    about = b'{"total": 3}'
    with (tmp_path / "x").open("wb") as out:
        writer = MovingWriter(out, PHRASE)
        writer.add(Member("dossier.json", len(about)), [about])
        writer.add(Member("prive.db", 4), [b"four"])
        writer.end()
    from appli.exchange.moving_file import SuspectError

    with (tmp_path / "x").open("rb") as file, pytest.raises(SuspectError):
        list(MovingReader(file, PHRASE).members())
