"""What this PC writes in the shared folder: what nobody can read there yet, and its own files made anew when need be.

A base first, then additions. The commits of others are left to their own files: each PC writes what it wrote, and what
came to it from PCs that are not there (by a stick, say). Who relays those is decided by the order of the names alone,
so that two PCs never leave it to each other. Whatever is forgotten here takes the files written before along.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from appli.domain.causality import Knowledge
from appli.errors import EnvironmentProblem
from appli.exchange import canonical
from appli.exchange.keys import KeyFiles
from appli.exchange.reading import open_bundle
from appli.exchange.shared_folder import Member, SharedFolder, number_of
from appli.exchange.statements import KnowledgeRequest, knowledge_written, signed
from appli.i18n import _
from appli.ports import Progress
from appli.services.directory import Directory
from appli.services.exchanging.folder_memory import Memory, Written, claim_of
from appli.services.exchanging.giving import give
from appli.services.exchanging.peers import Peer, Trust, note_given, peers
from appli.services.exchanging.pictures import asked_by
from appli.services.exchanging.ways import Way
from appli.services.spaces import ensure_founded, replica_name
from appli.store.standing import forgotten

GROWN = 0.3
"""Additions may take such a part of the base before all of it is written anew."""
SMALL = 64 << 10
"""Under so many bytes that part says nothing: the envelope of a packet weighs more than the news in it."""
ADDITIONS = 30


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be written. `known`: what readers find there already, and need not be told."""

    known: Knowledge
    base: bool


def carried_by_others(directory: Directory, memory: Memory) -> Knowledge:
    """The commits that other PCs' files carry, as far as this one counts on them."""
    me = directory.store.replica
    trusted = [p.uid for p in peers(directory) if p.key and p.trust == Trust.KNOWN and p.uid != me]
    carried = {uid: memory.read[uid.hex()].knowledge().as_dict() for uid in trusted if uid.hex() in memory.read}
    found = Knowledge()
    for uid, known in carried.items():
        for author, intervals in known.items():
            # one's own is never left to others; what is nobody's there is left to the first by name
            if author != me and (author == uid or uid < me):
                found.add(author, intervals)
    return found


def due(directory: Directory, memory: Memory, members: Mapping[bytes, Member]) -> Due | None:
    """What is to be written now; None when readers find everything there."""
    me, written = directory.store.replica, memory.written
    others = carried_by_others(directory, memory)
    listed = {seen.name: seen.size for seen in members.get(me, Member()).packets}
    whole = bool(written.files) and all(listed.get(name) == size for name, size in written.files.items())
    if written.replica != me.hex() or not whole or written.forgotten != forgotten(directory.store.folder):
        return Due(others, base=True)
    known = _together(others, written.knowledge())
    if not directory.store.knowledge().missing_from(known):
        return None
    if written.additions >= ADDITIONS or written.grown > max(SMALL, GROWN * written.base):
        return Due(others, base=True)
    return Due(known, base=False)


def has_left_overs(directory: Directory, memory: Memory, members: Mapping[bytes, Member]) -> bool:
    """Whether files of one's own lie there that should not."""
    me = directory.store.replica
    kept = memory.written.files.keys() | memory.not_ours(me)
    return any(seen.name not in kept for seen in members.get(me, Member()).packets)


def publish(
    directory: Directory, folder: SharedFolder, memory: Memory, members: Mapping[bytes, Member], progress: Progress
) -> bool:
    """Write what is due; whether something was. Older files go only once what replaces them was read again."""
    wanted, me = due(directory, memory, members), directory.store.replica
    if wanted is not None:
        folder.make_own(me)
        taken = {number_of(seen.name) for seen in members.get(me, Member()).packets}
        if memory.written.replica != me.hex():
            memory.written = Written(replica=me.hex())
        free = next(n for n in count(memory.written.last + 1) if n not in taken)
        memory.written = _write(directory, folder, memory.written, wanted, free, progress)
        memory.save()
    if wanted is not None or has_left_overs(directory, memory, members):
        folder.remove_own(me, memory.written.files.keys() | memory.not_ours(me))
    return wanted is not None


def _write(
    directory: Directory, folder: SharedFolder, before: Written, wanted: Due, last: int, progress: Progress
) -> Written:
    gone = forgotten(directory.store.folder)
    target = folder.of(directory.store.replica) / f"{last:06d}.maille"
    # whoever reads the folder, as one PC: what they have together, and the photos that any of them asked for
    readers = Peer(b"", know=claim_of(wanted.known), lacks=asked_by(directory, None))
    given = give(directory, target, to=readers, volumes=True, way=Way.FOLDER, progress=progress)
    photos = {name for path in given.paths for name in _verify(path)}
    for other in peers(directory):
        note_given(directory, other.uid, photos)
    files = {path.name: path.stat().st_size for path in given.paths}
    carried = Knowledge(directory.store.knowledge().missing_from(wanted.known))
    if wanted.base:
        return Written(
            replica=before.replica,
            files=files,
            base=given.bytes,
            last=last,
            covers=claim_of(carried),
            forgotten=gone,
            said=before.said,
        )
    return Written(
        replica=before.replica,
        files={**before.files, **files},
        base=before.base,
        grown=before.grown + given.bytes,
        additions=before.additions + 1,
        last=last,
        covers=claim_of(_together(before.knowledge(), carried)),
        forgotten=before.forgotten,
        said=before.said,
    )


def _verify(path: Path) -> list[str]:
    """Read a packet again from end to end; the photos in it."""
    with open_bundle(path) as bundle:
        if bundle.check():
            return list(bundle.photos)
    raise EnvironmentProblem(
        "not_kept",
        _("Ce qui est relu dans le dossier partagé n’est pas ce qui a été écrit. Votre annuaire n’a pas changé."),
        _("Vérifiez le disque où se trouve ce dossier."),
    )


# --- what is known here


def has_to_say(directory: Directory, memory: Memory, members: Mapping[bytes, Member]) -> bool:
    """Whether what this PC last said of itself holds no more, or is gone."""
    mine = members.get(directory.store.replica, Member())
    return mine.state is None or memory.written.said != _fingerprint(directory)


def say(directory: Directory, folder: SharedFolder, memory: Memory) -> None:
    """Tell the others what is known here."""
    me = directory.store.replica
    said = KnowledgeRequest(
        space=ensure_founded(directory).hex(),
        author=me.hex(),
        at=directory.store.folder.clock(),
        label=replica_name(directory)[:300],
        know=knowledge_written(directory.store.knowledge().as_dict()),
    )
    folder.make_own(me)
    folder.write_state(me, signed(said, KeyFiles(directory.store.folder.config).pair(me)))
    memory.written.said = _fingerprint(directory)
    memory.save()


def _fingerprint(directory: Directory) -> str:
    known = knowledge_written(directory.store.knowledge().as_dict())
    return hashlib.sha256(canonical.encode([directory.store.replica.hex(), replica_name(directory), known])).hexdigest()


def _together(*some: Knowledge) -> Knowledge:
    found = Knowledge()
    for one in some:
        for uid, intervals in one.as_dict().items():
            found.add(uid, intervals)
    return found
