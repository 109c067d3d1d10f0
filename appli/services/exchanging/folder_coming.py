"""What other PCs wrote in the shared folder: read once, taken in where that may happen by itself, else left to wait.

The packets of one PC come in their order: behind one that waits for a person, the next ones wait too, as they may
change what it brings. What cannot be read may still be on its way: it is said only once it has stayed so.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from appli.domain.causality import Knowledge
from appli.domain.changes import Changes
from appli.errors import AppError
from appli.exchange.shared_folder import Member, Seen, SharedFolder
from appli.ports import Progress
from appli.services.directory import Directory
from appli.services.exchanging import requests
from appli.services.exchanging.bundles import Opened, open_packet
from appli.services.exchanging.folder_judging import judge, overlap
from appli.services.exchanging.folder_memory import File, Memory, Read, claim_of
from appli.services.exchanging.peers import keep, peer, peers
from appli.services.exchanging.receiving import Receipt, receive, received
from appli.services.exchanging.ways import Way
from appli.store.standing import given_up, is_former

ON_ITS_WAY = 120_000
"""Milliseconds that a file may take to arrive before it is called damaged."""
BACKUP_EVERY = 1_800_000

_FOREIGN = frozenset(("own_bundle", "other_space", "not_a_bundle", "nested_archive", "bundle_empty"))
_ON_ITS_WAY = frozenset(("bundle_truncated", "bundle_damaged", "bundle_suspect"))
UNSAID = frozenset(("revoked", ""))
"""What nobody need be told of: somebody here set that PC aside."""


@dataclass(frozen=True, slots=True)
class Came:
    """A packet that came in by itself."""

    receipt: Receipt
    changes: Changes
    fates: Mapping[str, int]
    """How many sheets it made, changed, took away."""


class Present:
    """What the judgement of a packet hangs on beside itself, asked of the base when it is first needed."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self.now = directory.store.folder.clock()

    @cached_property
    def mark(self) -> str:
        """Another one when packets were received or taken back, or another PC is trusted."""
        packets = received(self._directory)
        trusted = [(p.uid.hex(), p.key, p.trust.value) for p in peers(self._directory)]
        facts = [version("maillage"), len(packets), sum(p.undone is not None for p in packets), trusted]
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]

    @cached_property
    def given_up(self) -> Knowledge:
        """What a person took back: a file that brings it was read, and waits now."""
        return given_up(self._directory.store.folder)

    def settles(self, known: File, seen: Seen, *, behind: bool) -> bool:
        """Whether there is nothing to look at anew: the same file, and nothing it hung on has changed."""
        if not known.is_same(seen):
            return False
        if known.fate == "read":
            return not overlap(known.knowledge, self.given_up)
        return known.fate != "waits" or (known.mark == self.mark and (known.reason != "behind" or behind))


class Coming:
    """One round of reading."""

    def __init__(self, directory: Directory, folder: SharedFolder, memory: Memory, progress: Progress) -> None:
        self._directory = directory
        self._folder = folder
        self._memory = memory
        self._progress = progress
        self._present = Present(directory)
        self.came: list[Came] = []

    def take(self, members: Mapping[bytes, Member]) -> list[Came]:
        """Read what is new of every PC."""
        me = self._directory.store.replica
        forget_gone(self._memory, members)
        for uid, member in members.items():
            if uid == me:
                self._take(uid, Member(strays(self._memory, member)))
            else:
                self._take(uid, member)
                self._hear(uid, member)
                self._take_over(uid, member)
        return self.came

    def _take_over(self, uid: bytes, member: Member) -> None:
        """What this PC wrote under a former name, before its folder was restored, goes once all of it is known here."""
        files = self._memory.of(uid).files
        if any(one.reason == "former" for one in files.values()):
            self._memory.former.add(uid.hex())
        known = all(seen.name in files and files[seen.name].fate == "read" for seen in member.packets)
        # a PC that writes under a name we gave up, because it copied our folder, is known and not to be disturbed
        ours = uid.hex() in self._memory.former or peer(self._directory, uid) is None
        if known and ours and is_former(self._directory.store.folder.config, uid):
            self._folder.leave(uid)

    def _take(self, uid: bytes, member: Member) -> None:
        read, behind = self._memory.of(uid), False
        for seen in member.packets:
            known = read.files.get(seen.name)
            if known is None or not self._present.settles(known, seen, behind=behind):
                self._progress.step(0, 0)
                fresh = self._look(uid, seen, known, behind=behind)
                if fresh is None:
                    return  # gone while it was read: the rest another time
                read.files[seen.name] = known = fresh
                self._memory.save()
            behind = behind or stops(known, self._present.now)

    def _look(self, uid: bytes, seen: Seen, known: File | None, *, behind: bool) -> File | None:
        path = self._folder.of(uid) / seen.name
        found = File(seen.size, seen.mtime, "waits", since=self._present.now, mark=self._present.mark)
        if known is not None and known.is_same(seen):
            found.since = known.since
        try:
            with open_packet(self._directory, path) as opened:
                self._fill(found, opened)
                return self._judged(found, opened, path, uid, behind=behind)
        except AppError as problem:
            return _refused(found, problem.code)

    def _fill(self, found: File, opened: Opened) -> None:
        volume = opened.manifest.volume
        found.uid, found.label = opened.envelope.uid, opened.envelope.sender
        found.claim = claim_of(Knowledge(opened.manifest.heading.claim))
        found.volume = (volume.set, volume.number, volume.of) if volume else None

    def _judged(self, found: File, opened: Opened, path: Path, uid: bytes, *, behind: bool) -> File:
        verdict = judge(self._directory, opened, uid, behind=behind, progress=self._progress)
        if verdict.why:
            found.reason, found.count = verdict.why, verdict.count
            return found
        if verdict.preview is not None:
            self._back_up()
            receipt = receive(self._directory, path, confirmed=True, way=Way.FOLDER, safe=True, progress=self._progress)
            fates = Counter(sheet.fate.value for sheet in verdict.preview.sheets)
            self.came.append(Came(receipt, verdict.preview.received.changes, fates))
            self._present = Present(self._directory)
        return replace(found, fate="read", reason="", mark="")

    def _back_up(self) -> None:
        """A backup now and then: what comes by itself comes often, and each packet can be taken back."""
        now, made = self._directory.store.folder.clock(), self._directory.store.backups()
        if not made or abs(now - int(made[0].at.timestamp() * 1000)) > BACKUP_EVERY:
            self._directory.store.backup("avant-reunion")

    def _hear(self, uid: bytes, member: Member) -> None:
        """What a known PC says that it has, under its own signature."""
        read, said = self._memory.of(uid), member.state
        if said is None or read.state == (said.size, said.mtime):
            return
        read.state = (said.size, said.mtime)
        try:
            asked = requests.read(self._directory, self._folder.of(uid) / said.name)
        except AppError:
            return  # cut short, or not of this network: what it says next will be heard
        if asked.peer.uid == uid and asked.is_known:
            keep(self._directory, replace(asked.peer, received_at=self._present.now))


def strays(memory: Memory, member: Member) -> tuple[Seen, ...]:
    """The packets in one's own sub-folder that one did not write, or not so."""
    written = memory.written.files
    return tuple(seen for seen in member.packets if written.get(seen.name) != seen.size)


def forget_gone(memory: Memory, members: Mapping[bytes, Member]) -> None:
    """What is no longer listed carries nothing any more."""
    for uid, read in list(memory.read.items()):
        member = members.get(bytes.fromhex(uid), Member())
        names = {seen.name for seen in member.packets}
        read.files = {name: one for name, one in read.files.items() if name in names}
        if not read.files and member.state is None:
            memory.read[uid] = Read()


def stops(known: File, now: int) -> bool:
    """Whether the next packets of that PC have to wait for this one."""
    if known.fate == "unreadable":
        return abs(now - known.since) < ON_ITS_WAY
    return known.fate == "waits"


def _refused(found: File, code: str) -> File | None:
    if code in ("bundle_unreachable", "folder_gone"):
        return None
    if code in _FOREIGN:
        return replace(found, fate="foreign", mark="")
    if code in _ON_ITS_WAY:
        return replace(found, fate="unreadable", mark="")
    reasons = {"revoked_peer": "revoked", "passphrase_needed": "encrypted", "bundle_newer": "newer"}
    return replace(found, reason=reasons.get(code, code))
