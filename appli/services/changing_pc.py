"""Changing PC: the whole directory folder in one file behind a passphrase, and its arrival on the other PC.

Both bases go, the private one too, with photos, layers and what was erased, and if one likes the detailed maps and the
backups; drafts, editions and searches are in the bases. What the person chose for the window belongs to each PC and
stays there.

**Two PCs never write under one name.** The copies carry no identity, so the other PC takes a name of its own at its
first opening, as a restored folder does. If this PC is replaced, its signing key goes along: the new name is then given
the role of the old one under that key (`exchanging.roles`), and the network keeps its référent. If both go on, the key
stays here and the other PC begins without a role. Should somebody write on a replaced PC all the same, nothing is lost:
the two are two PCs, and packets bring them together; this one says so at each start until somebody has read it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from appli import config
from appli.exchange import moving_file, passphrase
from appli.exchange.keys import KeyFiles
from appli.exchange.moving_file import ABOUT, KEY, PIECE, SUFFIX, Member, MovingReader, MovingWriter, is_moving_file
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services import changing_pc_refusals as refusals
from appli.services.directory import Directory
from appli.services.spaces import named_replica, replica_name, space_of
from appli.store import backup, restore, schema, verify
from appli.store.engine import translated
from appli.store.folder_files import FILES
from appli.store.ledger import FILE as ORDERS
from appli.store.whole_file import being_written, write_whole

__all__ = ["SUFFIX", "Choices", "Moved", "Packed", "arrive", "introduce", "is_moving_file", "leave", "measure"]

TAKEN_AWAY = "emporte.json"
"""Stands in the folder of a PC that was replaced, until somebody has read what that means."""
MAPS, BACKUPS = "cartes", "sauvegardes"
ALWAYS = ("photos", "couches")
ROOM = 50_000_000


@dataclass(frozen=True, slots=True)
class Choices:
    """What goes along, and whether this PC is to be used no more."""

    replaces: bool = True
    maps: bool = True
    backups: bool = False


@dataclass(frozen=True, slots=True)
class Sizes:
    """What it takes, in bytes."""

    always: int
    maps: int
    backups: int


@dataclass(frozen=True, slots=True)
class Packed:
    """The file that was written."""

    path: Path
    size: int
    files: int


@dataclass(frozen=True, slots=True)
class Moved:
    """What such a file says of itself."""

    space: str
    label: str
    made_at: int
    records: int
    total: int
    replaces: bool
    replica: str
    schema: int
    program: str


# --- leaving ---------------------------------------------------------------------------------------


def measure(folder: Path) -> Sizes:
    """How much would go along."""
    bases = sum((folder / name).stat().st_size for name in FILES if (folder / name).exists())
    return Sizes(bases + sum(_weight(folder / n) for n in ALWAYS), _weight(folder / MAPS), _weight(folder / BACKUPS))


def file_name(directory: Directory) -> str:
    """« Maillage – déménagement – Réseau du Gévaudan – 2026-11-22.maillage-dossier »."""
    space = space_of(directory)
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', " ", space.title if space else "")
    day = datetime.fromtimestamp(directory.store.folder.clock() / 1000).astimezone().date().isoformat()
    parts = [_("Maillage"), _("déménagement"), " ".join(name.split())[:60].rstrip(". "), day]
    return " – ".join(part for part in parts if part) + SUFFIX


def leave(directory: Directory, target: Path, phrase: str, chosen: Choices, progress: Progress = SILENT) -> Packed:
    """Write the file and read it back. Stopped or failed, nothing of it is left and nothing here has changed."""
    refusals.short(phrase)
    if not target.parent.is_dir():  # a stick that was pulled out must not become a folder of this disk
        raise refusals.not_writable()
    directory.store.orders.former_names()  # so that the folder knows, there, what it was called here
    folder = directory.store.path
    with translated(), tempfile.TemporaryDirectory(prefix="demenagement-", dir=folder) as room:
        backup.check_space(folder, folder)
        backup.copy_bases(directory.store.folder, Path(room))
        members = list(_members(directory, Path(room), chosen))
        total = sum(member.size for member, _source in members)
        steps = _Steps(progress, 2 * total)
        with refusals.out_there(), being_written(target) as file:
            if shutil.disk_usage(target.parent).free < total + ROOM:
                raise refusals.no_room(total)
            digest = _write(file, phrase, members, _about(directory, chosen, total), steps)
            file.flush()
            os.fsync(file.fileno())
            _check(Path(file.name), phrase, digest, steps)
    if chosen.replaces:
        said = {"at": directory.store.folder.clock(), "file": target.name}
        write_whole(folder / TAKEN_AWAY, json.dumps(said).encode())
    return Packed(target, target.stat().st_size, len(members))


def _members(directory: Directory, bases: Path, chosen: Choices) -> Iterator[tuple[Member, Path | bytes]]:
    folder = directory.store.path
    if chosen.replaces:
        seed = KeyFiles(directory.store.folder.config).seed(directory.store.replica)
        if seed:
            yield Member(KEY, len(seed)), seed
    for name in FILES:
        yield Member(name, (bases / name).stat().st_size), bases / name
    places = [*ALWAYS, *([MAPS] if chosen.maps else []), *([BACKUPS] if chosen.backups else [])]
    for path in [folder / ORDERS, *(one for place in places for one in sorted((folder / place).rglob("*")))]:
        name = path.relative_to(folder).as_posix()
        if moving_file.ALLOWED.fullmatch(name) and path.is_file() and not path.is_symlink():
            yield Member(name, path.stat().st_size), path


def _about(directory: Directory, chosen: Choices, total: int) -> bytes:
    space = space_of(directory)
    about = {
        "space": space.title if space else "",
        "label": replica_name(directory),
        "made_at": directory.store.folder.clock(),
        "records": directory.reads.sheets(),
        "total": total,
        "replaces": chosen.replaces,
        "replica": directory.store.replica.hex(),
        "schema": schema.version(),
        "program": config.program_version(),
    }
    return json.dumps(about, ensure_ascii=False).encode()


def _write(
    file: IO[bytes], phrase: str, members: list[tuple[Member, Path | bytes]], about: bytes, steps: _Steps
) -> bytes:
    writer, digest = MovingWriter(file, phrase), hashlib.sha256()
    writer.add(Member(ABOUT, len(about)), [about])
    for member, source in members:
        digest.update(member.name.encode())
        writer.add(member, _seen(_pieces(source), digest, steps))
    writer.end()
    return digest.digest()


def _check(path: Path, phrase: str, expected: bytes, steps: _Steps) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as file, refusals.told():
        if hasattr(os, "posix_fadvise"):  # ask the stick, not the memory of what was sent to it
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        for member, content in MovingReader(file, phrase).members():
            digest.update(member.name.encode())
            for _piece in _seen(content, digest, steps):
                pass
    if digest.digest() != expected:
        raise refusals.not_kept()


def _pieces(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _seen(pieces: Iterator[bytes], digest: Any, steps: _Steps) -> Iterator[bytes]:
    for piece in pieces:
        digest.update(piece)
        steps.past(len(piece))
        yield piece


# --- arriving --------------------------------------------------------------------------------------


def introduce(path: Path, phrase: str | None) -> Moved:
    """What such a file says of itself. Raises UserError `passphrase_needed`, `passphrase_wrong` and what is refused."""
    with refusals.within_reach(), refusals.told(), path.open("rb") as file:
        if not phrase or not phrase.strip():
            moving_file.recognise(file)
            raise refusals.phrase_needed()
        return _moved(MovingReader(file, phrase).about)


def arrive(path: Path, phrase: str, folder: Path, progress: Progress = SILENT) -> Moved:
    """Unpack a directory into a folder that holds nothing yet; whole, checked, or not at all."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise refusals.folder_taken(folder)
    partial = folder.with_name(f".{folder.name}.en-cours")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        with translated(), refusals.told(), path.open("rb") as file:
            partial.mkdir(parents=True)
            reader = MovingReader(file, phrase)
            moved = _moved(reader.about)
            if shutil.disk_usage(partial).free < moved.total + ROOM:
                raise refusals.no_room(moved.total)
            seed = _unpack(reader, partial, _Steps(progress, moved.total))
        if not restore.holds_bases(partial):
            raise refusals.damaged()
        if seed and moved.replaces:
            KeyFiles(config.config_dir()).bring(bytes.fromhex(moved.replica), seed)
        with suppress(OSError):
            folder.rmdir()
        partial.replace(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return moved


def settle(directory: Directory, moved: Moved, label: str = "") -> None:
    """The first opening on this PC: it gets its name, and a replaced PC's role goes on here."""
    from appli.services.exchanging import roles
    from appli.services.spaces import name_replica

    wanted = label or (moved.label if moved.replaces else "")
    if wanted and not named_replica(directory):
        name_replica(directory, wanted)
    roles.ensure(directory)


def problems(directory: Directory) -> list[str]:
    """What was damaged before it left, in French sentences."""
    return verify.damage(directory.store.folder)


def _unpack(reader: MovingReader, folder: Path, steps: _Steps) -> bytes:
    seed = b""
    for member, content in reader.members():
        if member.name == KEY:
            seed = b"".join(content)
            continue
        target = folder / member.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            for piece in content:
                file.write(piece)
                steps.past(len(piece))
            file.flush()
            if member.name in FILES:
                os.fsync(file.fileno())
    return seed


def _moved(about: dict[str, Any]) -> Moved:
    """What the first member says; nothing in it is believed beyond its shape."""
    try:
        moved = Moved(
            space=str(about["space"])[:200],
            label=str(about["label"])[:200],
            made_at=min(max(int(about["made_at"]), 0), 253_402_300_799_999),
            records=int(about["records"]),
            total=int(about["total"]),
            replaces=about["replaces"] is True,
            replica=str(about["replica"]),
            schema=int(about["schema"]),
            program=str(about["program"])[:40],
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise moving_file.SuspectError from problem
    if not re.fullmatch(r"[0-9a-f]{32}", moved.replica) or moved.total < 0:
        raise moving_file.SuspectError
    if moved.schema > schema.version():
        raise refusals.newer(moved.program)
    return moved


# --- a PC that was replaced ------------------------------------------------------------------------


def taken_away(folder: Path) -> int | None:
    """When the directory was taken to another PC; None if it was not, or somebody has read it."""
    try:
        return int(json.loads((folder / TAKEN_AWAY).read_text("utf-8"))["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def stay(folder: Path) -> None:
    """Somebody knows, and goes on here."""
    with suppress(OSError):
        (folder / TAKEN_AWAY).unlink(missing_ok=True)


# --- parts -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Steps:
    progress: Progress
    total: int
    done: int = 0

    def past(self, size: int) -> None:
        """So many bytes more; raises Cancelled once somebody has said stop."""
        self.done += size
        self.progress.step(min(self.done, self.total), self.total, _("Déménagement"))


def propose_phrase() -> str:
    """Seven words to write down."""
    return passphrase.propose()


def _weight(place: Path) -> int:
    return sum(one.stat().st_size for one in place.rglob("*") if one.is_file()) if place.is_dir() else 0
