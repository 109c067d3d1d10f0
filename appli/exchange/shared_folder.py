"""A folder that Syncthing or Nextcloud carries between PCs: where each PC's files lie, and which of them are packets.

    FOLDER/maillage-7k3f2q/<replica uid>/000123.maille … etat.json

Each PC writes in its own sub-folder and nowhere else, and what it writes is whole from the first moment and never
changes: two PCs never write one file, so the carrier has no conflict to settle. What the carrier leaves beside
(half-copied files, conflict copies, links) is passed over. The bases never lie here.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from appli.domain.ids import code_body
from appli.errors import EnvironmentProblem
from appli.exchange.safe_file import write_file
from appli.exchange.statements import Statement, to_text
from appli.i18n import _

STATE = "etat.json"
IGNORED = ".stignore"
_IGNORED_LINES = "// Maillage : ce qui est en train d’être écrit ne voyage pas\n(?d)maillage-*/**/*.tmp\n"
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_PACKET = re.compile(r"(\d{6})(-\d{1,5}-sur-\d{1,5})?\.maille")
_LIKE_A_PACKET = re.compile(r"\d{6}.*\.maille|\..*\.tmp", re.DOTALL)
"""In one's own sub-folder: a packet of one's own, a copy the carrier made of it, a file never finished."""
_NETWORK = re.compile(r"maillage-[0-9a-z]{6}")
_UID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as a listing shows it; the same three, and it need not be read again."""

    name: str
    size: int
    mtime: int
    """In nanoseconds, by whatever clock wrote it: it is compared, never believed."""


@dataclass(frozen=True, slots=True)
class Member:
    """What lies in the sub-folder of one PC."""

    packets: tuple[Seen, ...] = ()
    """In the order they were written."""
    state: Seen | None = None


class SharedFolder:
    """The part of the folder that belongs to one network. Raises EnvironmentProblem `folder_gone` when it is away."""

    def __init__(self, root: Path, space: bytes) -> None:
        self.root = root
        self.path = root / f"maillage-{code_body(space).lower()}"

    @property
    def is_there(self) -> bool:
        """Whether the folder itself can be reached."""
        return self.root.is_dir()

    @property
    def is_begun(self) -> bool:
        """Whether any PC of this network ever wrote in it."""
        return self.path.is_dir() and not self.path.is_symlink()

    def begin(self) -> None:
        """Make the part of this network, and tell Syncthing what not to carry unless it was told something else."""
        try:
            if self.path.is_symlink():
                raise _foreign(self.path)
            self.path.mkdir(exist_ok=True)
            if not (self.root / IGNORED).exists():
                write_file(self.root / IGNORED, _IGNORED_LINES.encode())
        except OSError as problem:
            raise _refused(problem) from problem

    def make_own(self, replica: bytes) -> Path:
        """One's own sub-folder; nothing around it is made anew, for its drive may only be missing."""
        own = self.of(replica)
        try:
            if self.path.is_symlink() or own.is_symlink():
                raise _foreign(own)
            own.mkdir(exist_ok=True)
        except OSError as problem:
            raise _refused(problem) from problem
        return own

    @property
    def has_strangers(self) -> bool:
        """Whether another network writes in the same folder."""
        names = _names(self.root)
        return any(_NETWORK.fullmatch(name) and name != self.path.name for name in names)

    def of(self, replica: bytes) -> Path:
        """The sub-folder of a PC."""
        return self.path / replica.hex()

    def members(self) -> dict[bytes, Member]:
        """The PCs that wrote there, and their files."""
        try:
            with os.scandir(self.path) as entries:
                uids = sorted(e.name for e in entries if _UID.fullmatch(e.name) and e.is_dir(follow_symlinks=False))
            found = {bytes.fromhex(uid): _member(self.path / uid) for uid in uids}
        except OSError as problem:
            raise gone() from problem
        return {uid: member for uid, member in found.items() if member.packets or member.state}

    def write_state(self, replica: bytes, said: Statement) -> None:
        """Say what one knows."""
        write_file(self.of(replica) / STATE, to_text(said))

    def remove_own(self, replica: bytes, kept: Iterable[str]) -> int:
        """Remove one's own packets but `kept`, with copies and left-overs; returns how many stayed all the same."""
        stay, names = 0, frozenset(kept)
        for name in _names(self.of(replica)):
            if name not in names and _LIKE_A_PACKET.fullmatch(name):
                try:
                    (self.of(replica) / name).unlink(missing_ok=True)
                except OSError:  # held by the carrier: the next time
                    stay += 1
        return stay

    def leave(self, replica: bytes) -> bool:
        """Take away all that one wrote; whether nothing stays."""
        own = self.of(replica)
        try:
            stay = self.remove_own(replica, ())
            (own / STATE).unlink(missing_ok=True)
            own.rmdir()
        except OSError:
            return not own.exists() and self.is_begun
        return not stay


def number_of(name: str) -> int:
    """The number of a packet, by its name."""
    return int(name[:6])


def gone() -> EnvironmentProblem:
    """The drive is not there, or not any more."""
    return EnvironmentProblem(
        "folder_gone",
        _("Le dossier partagé n’est pas là pour l’instant. Vos fiches sont sur ce poste, rien n’est perdu."),
        _("Branchez le disque, ou ouvrez Syncthing ou Nextcloud : Maillage le retrouvera de lui-même."),
    )


def _refused(problem: OSError) -> EnvironmentProblem:
    if problem.errno in _CLOSED:
        return EnvironmentProblem(
            "not_writable",
            _("Maillage n’a pas le droit d’écrire dans ce dossier. Rien n’a changé."),
            _("Choisissez un dossier où vous pouvez écrire."),
        )
    return gone()


def _foreign(path: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        "folder_is_a_link",
        _("« {name} » mène ailleurs que dans le dossier partagé : rien n’y a été écrit.").format(name=path.name),
        _("Retirez ce raccourci du dossier partagé, puis réessayez."),
    )


def _names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as problem:
        raise gone() from problem


def _member(folder: Path) -> Member:
    packets, state = [], None
    with os.scandir(folder) as entries:
        for entry in entries:
            is_packet = _PACKET.fullmatch(entry.name)
            # a link may lead anywhere, even to what never ends
            if not (is_packet or entry.name == STATE) or not entry.is_file(follow_symlinks=False):
                continue
            try:
                facts = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # taken away since it was listed
            seen = Seen(entry.name, facts.st_size, facts.st_mtime_ns)
            if is_packet:
                packets.append(seen)
            else:
                state = seen
    return Member(tuple(sorted(packets, key=lambda s: s.name)), state)
