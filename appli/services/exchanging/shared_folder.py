"""The shared folder from a person's side: choosing it, a look that costs next to nothing, a round that does the work.

Syncthing or Nextcloud carry it; Maillage only reads and writes files there. A packet comes in by itself from a known PC
when nothing in it asks for a person; the rest waits. See `folder_going` and `folder_coming`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from appli.domain.changes import Changes
from appli.errors import EnvironmentProblem, UserError
from appli.exchange.shared_folder import Member, SharedFolder, gone
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.exchanging.folder_coming import (
    UNSAID,
    Came,
    Coming,
    Present,
    forget_gone,
    stops,
    strays,
)
from appli.services.exchanging.folder_going import due, has_left_overs, has_to_say, publish, say
from appli.services.exchanging.folder_memory import File, Memory, chosen_root
from appli.services.spaces import ensure_founded, space_of

_CARRIED_MARKS = (".stfolder", ".nextcloudsync.log", ".owncloudsync.log")
"""What Syncthing and Nextcloud leave at the top of what they carry."""
_VERSIONS = ".stversions"


@dataclass(frozen=True, slots=True)
class Waiting:
    """The packets of one PC that wait for a person: why the first of them does, and of how many sheets it is about."""

    sender: bytes
    label: str
    why: str
    count: int
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the folder is. `there`: it can be reached; `begun`: somebody of this network wrote in it."""

    root: Path
    there: bool = False
    begun: bool = False
    writers: int = 0
    """PCs that write there, this one included."""
    waiting: tuple[Waiting, ...] = ()
    keeps_old: bool = False
    """Syncthing keeps former versions of files there: what is erased stays in them."""
    has_strangers: bool = False
    """Another network writes there too."""
    has_work: bool = False
    """Whether a round would do anything."""
    places: tuple[Path, ...] = ()
    """Where something new would show."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did."""

    standing: Standing
    came: tuple[Came, ...] = ()
    published: bool = False
    changes: Changes = field(default_factory=Changes)


def choose(directory: Directory, root: Path) -> None:
    """Use that folder from now on. Raises UserError where it cannot be one, EnvironmentProblem when it refuses."""
    _check(directory, root)
    space = ensure_founded(directory)
    memory = Memory(directory)
    if memory.place and memory.place != str(root):
        leave(directory)
        memory = Memory(directory)
    folder = SharedFolder(root, space)
    folder.begin()
    folder.make_own(directory.store.replica)
    memory.place = str(root)
    memory.save()


def leave(directory: Directory) -> bool:
    """Use it no more, and take one's own files away; whether none stays."""
    memory, space = Memory(directory), space_of(directory)
    clean = True
    if memory.root is not None and space is not None:
        clean = SharedFolder(memory.root, space.id).leave(directory.store.replica)
    memory.forget()
    return clean


def look(directory: Directory) -> Standing | None:
    """How the folder is, without reading any packet nor writing anything; None when none was chosen."""
    if chosen_root(directory) is None:
        return None
    memory = Memory(directory)
    folder = _folder(directory, memory)
    if folder is None:
        return None
    if not folder.is_begun:
        return Standing(folder.root, folder.is_there)
    try:
        members = folder.members()
    except EnvironmentProblem:
        return Standing(folder.root)
    return _standing(directory, folder, memory, members)


def go_round(directory: Directory, progress: Progress = SILENT) -> Round | None:
    """Read what is new, take in what may come by itself, write what is due. Raises EnvironmentProblem, Cancelled.

    What was done before it is stopped, or before the folder goes away, stays done; nothing is left half done.
    """
    memory = Memory(directory)
    folder = _folder(directory, memory)
    if folder is None:
        return None
    if not folder.is_begun:
        raise gone()  # nothing is begun anew on a drive that may only be missing
    members = folder.members()
    coming = Coming(directory, folder, memory, progress)
    try:
        coming.take(members)
        published = publish(directory, folder, memory, members, progress)
        if has_to_say(directory, memory, members):
            say(directory, folder, memory)
    finally:
        memory.save()
    standing = _standing(directory, folder, memory, folder.members())
    return Round(standing, tuple(coming.came), published, _changes(coming.came))


def write_anew(directory: Directory) -> None:
    """The folder was emptied, and a person says that it is the right one: begin in it again."""
    memory = Memory(directory)
    if memory.root is not None:
        root = memory.root
        memory.forget()
        choose(directory, root)


# --- parts


def _folder(directory: Directory, memory: Memory) -> SharedFolder | None:
    space = space_of(directory)
    return SharedFolder(memory.root, space.id) if memory.root is not None and space is not None else None


def _standing(directory: Directory, folder: SharedFolder, memory: Memory, members: Mapping[bytes, Member]) -> Standing:
    forget_gone(memory, members)
    return Standing(
        root=folder.root,
        there=True,
        begun=True,
        writers=len(members),
        keeps_old=(folder.root / _VERSIONS).is_dir(),
        has_strangers=folder.has_strangers,
        waiting=_waiting(directory, folder, memory, members),
        has_work=_has_work(directory, memory, members),
        places=(folder.path, *(folder.of(uid) for uid in members)),
    )


def _has_work(directory: Directory, memory: Memory, members: Mapping[bytes, Member]) -> bool:
    me, present = directory.store.replica, Present(directory)
    return (
        any(_has_news(memory, uid, member, present) for uid, member in members.items() if uid != me)
        or _has_news(memory, me, Member(strays(memory, members.get(me, Member()))), present)
        or due(directory, memory, members) is not None
        or has_to_say(directory, memory, members)
        or has_left_overs(directory, memory, members)
    )


def _has_news(memory: Memory, uid: bytes, member: Member, present: Present) -> bool:
    """Whether anything of a PC was not looked at as it is now."""
    read, behind = memory.of(uid), False
    if member.state is not None and read.state != (member.state.size, member.state.mtime):
        return True
    for seen in member.packets:
        known = read.files.get(seen.name)
        if known is None or not present.settles(known, seen, behind=behind):
            return True
        behind = behind or stops(known, present.now)
    return False


def _waiting(
    directory: Directory, folder: SharedFolder, memory: Memory, members: Mapping[bytes, Member]
) -> tuple[Waiting, ...]:
    found, now = [], directory.store.folder.clock()
    for uid, member in sorted(members.items()):
        files = memory.of(uid).files
        known = [(seen.name, files[seen.name]) for seen in member.packets if seen.name in files]
        some = [(name, one) for name, one in known if _is_told(one, now)]
        if some:
            first = some[0][1]
            label = next((one.label for _name, one in reversed(known) if one.label), "")
            why = first.reason if first.fate == "waits" else "damaged"
            found.append(Waiting(uid, label, why, first.count, tuple(folder.of(uid) / name for name, _one in some)))
    return tuple(found)


def _is_told(one: File, now: int) -> bool:
    if one.fate == "unreadable":
        return not stops(one, now)
    return one.fate == "waits" and one.reason not in UNSAID


def _changes(came: list[Came]) -> Changes:
    records = frozenset[bytes]().union(*(one.changes.records for one in came))
    removed = frozenset[bytes]().union(*(one.changes.removed for one in came))
    return Changes(records - removed, removed)


def _check(directory: Directory, root: Path) -> None:
    if not root.is_dir():
        raise UserError(
            "no_folder",
            _("Ce dossier n’existe pas, ou son disque n’est pas branché. Rien n’a changé."),
            _("Choisissez le dossier que Syncthing ou Nextcloud partage avec les autres postes."),
        )
    place, chosen = directory.store.path.resolve(), root.resolve()
    if chosen == place or place in chosen.parents or chosen in place.parents:
        raise UserError(
            "folder_of_the_directory",
            _(
                "Ce dossier contient l’annuaire, ou se trouve dedans. Les bases ne doivent pas voyager : copiées "
                "pendant qu’elles servent, elles s’abîment, et ce qui est privé partirait avec. Rien n’a changé."
            ),
            _("Choisissez un dossier à part, fait pour les paquets : par exemple « Maillage partagé »."),
        )
    config = directory.store.folder.config.resolve()
    if chosen == config or config in chosen.parents or chosen in config.parents:
        raise UserError(
            "folder_of_the_keys",
            _("Ce dossier contient la clé de ce poste, qui ne doit pas voyager. Rien n’a changé."),
            _("Choisissez un dossier à part, fait pour les paquets."),
        )
    carried = next((p for p in (chosen, *chosen.parents) if any((p / m).exists() for m in _CARRIED_MARKS)), None)
    if carried is not None and carried in place.parents:
        raise UserError(
            "directory_is_carried",
            _(
                "Syncthing ou Nextcloud emporte aussi le dossier de l’annuaire, avec ses bases : copiées pendant "
                "qu’elles servent, elles s’abîment, et ce qui est privé partirait avec. Rien n’a changé."
            ),
            _("Sortez d’abord l’annuaire du dossier « {name} ».").format(name=carried.name),
        )
