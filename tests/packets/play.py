"""Histories of packets: what three to five PCs write, give each other as signed files, lose, damage and take back.

A step is a tuple of small numbers: what is done, by which PC, and choices taken modulo what there is to choose from.
Whatever happens is compared with the model at once: what each packet carries, what each PC then holds and claims.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import TypeVar
from unittest import mock

from appli.domain.audience import Audience
from appli.domain.causality import Dot, Knowledge
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.exchange import limits
from appli.services.exchanging import giving, peers, receiving
from appli.services.spaces import SpaceFacts, found
from tests.fakes import FixedClock
from tests.packets.files import File, Part, gathered, read
from tests.packets.files import damaged as harmed
from tests.packets.model import Model, Place, Seen, Wrong
from tests.packets.pcs import Came, Pc
from tests.store.network import CLOCKS, seeded_names

Step = tuple[int, int, int, int, int]
T = TypeVar("T")
SHEETS = ("project", "place")
CHUNK, VOLUME = 900, 67_500
"""So small that a few sheets fill several chunks and volumes."""


def pick(some: Sequence[T], number: int) -> T:
    return some[number % len(some)]


class History:
    """A story played on real folders and files beside its model."""

    def __init__(self, home: Path, empty: Path, seed: int) -> None:
        self.home = home
        self.empty = empty
        self.rng = Random(seed)
        self.model = Model()
        self.pcs: list[Pc] = []
        self.files: list[File] = []
        self.totals: Counter[str] = Counter()
        self._made = 0

    def play(self, pcs: int, steps: Iterable[Step], story: Callable[[History], None] | None = None) -> Counter[str]:
        """All of it, to the end: `story` first, then the steps. Raises Wrong."""
        from tests.packets.acts import ACTS, create

        small = (mock.patch.object(limits, "FILLED", CHUNK), mock.patch.object(limits, "VOLUME", VOLUME))
        with contextlib.ExitStack() as stack:
            for one in (*small, seeded_names(self.rng)):
                stack.enter_context(one)
            for number in range(3 + pcs % 3):
                pc = Pc(self.home, number, self.empty, FixedClock(pick(CLOCKS, number)))
                stack.callback(pc.close)
                self.pcs.append(pc)
            self._begin(create)
            if story is not None:
                story(self)
            for act, who, *choices in steps:
                pc = pick(self.pcs, who)
                pc.clock.advance(1 + choices[0] % 5)
                pick(ACTS, act)(self, pc, *choices)
                self.totals["steps"] += 1
                self._check(pc)
            self._end()
        self.totals["histories"] += 1
        self.totals["events"] += len(self.model.events)
        return self.totals

    def _begin(self, create: Callable[[History, Pc, int, int, int], None]) -> None:
        first, *others = self.pcs
        found(first.directory, SpaceFacts("Réseau d’essai", replica_label="Poste 0"))
        for number in range(4):
            create(self, first, number, number, number)
        (file,) = self.give(first)
        for other in others:
            self.deliver(file, other)
            other.came.clear()  # whoever takes back what it joined by is in no network any more

    # ---- writing

    def token(self) -> str:
        self._made += 1
        return f"jeton{self._made:05}"

    def new_record(self, kind: str) -> RecordId:
        self._made += 1
        record = self._made.to_bytes(6, "big") + self.rng.randbytes(10)
        self.model.kinds[record] = kind
        return record

    def here(self, pc: Pc, *kinds: str) -> list[RecordId]:
        records = {record for record, _name in pc.view.known}
        return sorted(r for r in records if not kinds or self.model.kinds[r] in kinds)

    def compare(self, pc: Pc, records: Collection[RecordId]) -> None:
        states = pc.states(records)
        for record in records:
            self.model.compare(pc.view, states.get(record), record)

    def _check(self, pc: Pc) -> None:
        self.model.check_claims(pc.view, pc.directory.store.knowledge())

    # ---- giving

    def give(
        self,
        pc: Pc,
        to: Pc | None = None,
        audience: Audience = Audience.SHARED,
        *,
        volumes: bool = False,
    ) -> list[File]:
        """A packet of one file, or of several volumes."""
        target = self.home / f"paquet{len(self.files)}.maille"
        known = peers.peer(pc.directory, to.uid) if to else None
        given = giving.give(pc.directory, target, to=known, audience=audience, volumes=volumes)
        files = [read(self._carried(path), pc.uid, self.model) for path in given.paths]
        self._check_given(pc, to, files, audience)
        self.files += files
        self.totals["packets"] += 1
        self.totals["volumes"] += len(files) if len(files) > 1 else 0
        return files

    def _carried(self, path: Path) -> Path:
        """Where a file has gone: who made it cannot take it away any more."""
        away = self.home / "en_route"
        away.mkdir(exist_ok=True)
        return path.rename(away / path.name)

    def _check_given(self, pc: Pc, to: Pc | None, files: list[File], audience: Audience) -> None:
        heading, model, view = files[0].signed.heading, self.model, pc.view
        events = gathered(part for file in files for part in file.parts)
        if audience == Audience.PUBLIC:
            open_ones = {
                n for numbers in events.values() for n in numbers if not model.is_public(model.events[n], view)
            }
            if {n for n in open_ones if n in {e.number for p in events for e in model.live(events[p])}}:
                raise Wrong(f"a public packet carries {sorted(open_ones)}")
            if heading.claim or heading.know:
                raise Wrong("a public packet claims to bring all of something")
            return
        for place, numbers in events.items():
            if numbers != view.known.get(place):
                raise Wrong(f"{place}: gives {sorted(numbers)}, has seen {view.known.get(place)}")
        since = Knowledge(heading.since)
        if to is not None and since.missing_from(pc.heard.get(to.uid, (0, Knowledge()))[1]):
            raise Wrong("more is taken for known there than was said")
        if to is None and heading.since:
            raise Wrong("a packet for everybody leaves something out")
        for place, numbers in view.known.items():
            lacking = [e for e in model.live(numbers) if not since.knows(e.dot)]
            if lacking and place not in events:
                raise Wrong(f"{lacking} is lacking there, and not given")
        if not heading.since and not view.erased <= set().union(*(f.erased for f in files)):
            raise Wrong("an order to erase is not given")

    # ---- receiving

    def deliver(self, file: File, pc: Pc, left_out: Collection[RecordId] = (), damaged: Collection[str] = ()) -> None:
        """A file arrives; some sheets may be told to wait, some chunks may be beyond reading."""
        path = harmed(file, damaged, self.home / f"abime{self.totals['deliveries']}.maille") if damaged else file.path
        pc.result = None
        try:
            receiving.receive(pc.directory, path, confirmed=True, left_out=left_out, safe=True)
        except UserError as refusal:
            if refusal.code != "own_bundle" or file.author != pc.uid:
                raise Wrong(f"refused: {refusal.code}") from refusal
            return
        assert pc.result is not None
        result, seq = pc.result
        parts = [part for part in file.parts if part.name not in damaged]
        carried, waiting = gathered(parts), self._waiting(parts, set(left_out))
        if result.left_out != waiting:
            raise Wrong(f"left out {result.left_out}, not {waiting}")
        events = {p: n for p, n in carried.items() if p[0] not in waiting and not self.model.is_gone(pc.view, p[0])}
        before = {place: pc.view.known.get(place, frozenset()) for place in events}
        gone = {p[0] for p in pc.view.known}
        self.model.receive(pc.view, events, file.erased, file.ordered)
        pc.came.append(Came(seq, file, events, before))
        self._hear(file, pc)
        self.compare(pc, gone | {p[0] for p in events})
        self._check(pc)
        self.totals["deliveries"] += 1
        self.totals["delivered in part"] += bool(waiting)
        self.totals["damaged"] += bool(damaged)
        self.totals["delivered twice"] += any(c.file is file for c in pc.came[:-1])

    def _hear(self, file: File, pc: Pc) -> None:
        """What the author said it had, the latest time it said so."""
        heading = file.signed.heading
        if heading.audience < Audience.PUBLIC and heading.made_at >= pc.heard.get(file.author, (0, None))[0]:
            pc.heard[file.author] = (heading.made_at, Knowledge(heading.know))

    def _waiting(self, parts: Iterable[Part], left_out: set[RecordId]) -> set[RecordId]:
        """A sheet that a packet names without any value of it waits too."""
        there = {record for part in parts for record in part.ids}
        return {r for r in there if r in left_out or self.model.owners.get(r) in left_out}

    # ---- taking back

    def take_back(self, pc: Pc, came: Came) -> None:
        """A packet is taken back with all its volumes: what it brought leaves, unless it was written or came since."""
        together = [c for c in pc.came if c is came or (came.file.set and c.file.set == came.file.set)]
        taken = receiving.take_back(pc.directory, came.seq)
        pc.came = [c for c in pc.came if c not in together]
        brought: Seen = {}
        for one in reversed(together):
            for place, numbers in one.events.items():
                brought[place] = brought.get(place, frozenset()) | (numbers - one.before[place])
        for record in taken.removed:
            for place in [p for p in pc.view.known if p[0] == record]:
                if pc.view.known.pop(place) - brought.get(place, frozenset()):
                    raise Wrong(f"{place} was written or came otherwise, and is gone")
        states = pc.states({record for record, _name in brought})
        for place, numbers in brought.items():
            if numbers and place in pc.view.known and place[0] in states:
                dots = self.model.versions(states[place[0]], place).keys()
                self._gave_back(pc, place, numbers, dots, taken.kept)
        self.compare(pc, {record for record, _name in pc.view.known})
        self._check(pc)
        self.totals["taken back"] += 1

    def _gave_back(
        self, pc: Pc, place: Place, numbers: frozenset[int], dots: Collection[Dot], kept: Collection[RecordId]
    ) -> None:
        """One field that the packet changed: as it was before, or named, unless it came by another packet too."""
        known = pc.directory.store.knowledge()
        if any(known.knows(self.model.events[n].dot) for n in numbers):
            return
        before = pc.view.known[place] - numbers
        since = [n for n in before if self.model.events[n].seen & numbers]
        if not since and set(dots) == {e.dot for e in self.model.live(before)}:
            pc.view.known[place] = before
        elif place[0] not in kept:
            raise Wrong(f"{place} is neither given back nor named")

    # ---- the end

    def _end(self) -> None:
        """Everybody receives everything, through one of them; then once more, each what the other lacks."""
        hub, *others = self.pcs
        self.totals["volumes missing"] += sum(map(self._incomplete, self.pcs))
        seen: Seen = {}
        for pc in self.pcs:
            for place, numbers in pc.view.known.items():
                seen[place] = seen.get(place, frozenset()) | numbers
        erased = set().union(*(pc.view.erased for pc in self.pcs))
        for turn in range(2):
            for other in others:
                self._bring(other, hub, only_news=bool(turn))
            for some in [[other] for other in others] if turn else [others]:
                self._bring(hub, *some, only_news=bool(turn))
        for pc in self.pcs:
            for place, numbers in seen.items():
                gone = place[0] in erased or self.model.owners.get(place[0]) in erased
                if not gone and pc.view.known.get(place) != numbers:
                    raise Wrong(f"{place}: has {pc.view.known.get(place)}, not {numbers}")
        before = self._agree()
        for file in self.rng.sample(self.files, min(4, len(self.files))):
            self.deliver(file, self.rng.choice(self.pcs))
        if self._agree() != before:
            raise Wrong("the same again changed something")

    @staticmethod
    def _incomplete(pc: Pc) -> int:
        """Packets of which not all volumes came."""
        sets = {c.file.set: c.file.signed.volume for c in pc.came}
        there = {name: {c.file.path for c in pc.came if c.file.set == name} for name in sets}
        return sum(1 for name, volume in sets.items() if volume is not None and len(there[name]) < volume.of)

    def _bring(self, giver: Pc, *takers: Pc, only_news: bool) -> None:
        files = self.give(giver, takers[0] if only_news else None, volumes=self.rng.random() < 0.5)
        for taker in takers:
            self.rng.shuffle(files)
            for file in files:
                self.deliver(file, taker)

    def _agree(self) -> str:
        """They know the same and hold the same, the fingerprint of which is returned."""
        first = self.pcs[0].directory.store
        known, digest = first.knowledge(), first.digest()
        for pc in self.pcs[1:]:
            if pc.directory.store.knowledge() != known:
                raise Wrong(f"PC {pc.number} does not know the same commits")
            if pc.directory.store.digest() != digest:
                raise Wrong(f"PC {pc.number} diverges")
        return digest
