"""Sheets that may be the same person, organization or place: found by what they share, weighed, explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from appli.domain.entry import Entry
from appli.domain.grouping import Pair, group
from appli.domain.ids import RecordId
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.grouping import Groups, Verdicts, all_groups, verdicts
from appli.services.indexing import is_live
from appli.services.likeness import SUGGESTED, Facts, Likeness, compare, facts_of

KINDS = ("person", "organization", "place")
MOST_SHARED = 30
"""What more sheets share than this (a switchboard, a platform) tells nothing of any two of them."""
NEIGHBOURS = 6
"""Of a crowd of like names, each is compared with so many that follow it in order."""
_BATCH, _STEP = 500, 2_000
_GRID = 0.003
"""Degrees of the squares in which positions are looked for: some 300 m."""

Block = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two sheets, or the heads of two groups, that may be one."""

    one: RecordId
    other: RecordId
    score: float
    reasons: tuple[str, ...]
    undecided: bool = False
    """People said both things of them: somebody has to settle it."""


def suggestions(directory: Directory, progress: Progress = SILENT) -> list[Suggestion]:
    """Every pair worth a look, what waits for a decision first, then the likeliest. Raises Cancelled when stopped."""
    said, groups = verdicts(directory), all_groups(directory)
    known: dict[RecordId, Facts] = {}
    for one in all_facts(directory, progress):
        known[one.id] = one
    settled = _settled(said, groups)
    best: dict[Pair, Likeness] = {}
    for pair, likeness in _weighed(known, progress):
        heads = _pair(groups.head(pair[0]), groups.head(pair[1]))
        if heads[0] != heads[1] and heads not in settled and likeness.score > best.get(heads, _NOTHING).score:
            best[heads] = likeness
    waiting = [_to_decide(pair, known) for pair in _torn(said) if pair[0] in known and pair[1] in known]
    asked = {(w.one, w.other) for w in waiting}
    found = [Suggestion(*pair, like.score, like.reasons) for pair, like in best.items() if pair not in asked]
    return [*sorted(waiting, key=_order), *sorted(found, key=_order)]


_NOTHING = Likeness(SUGGESTED - 0.0001, ())


def _order(one: Suggestion) -> tuple[float, RecordId, RecordId]:
    return -one.score, one.one, one.other


def _pair(one: RecordId, other: RecordId) -> Pair:
    return min(one, other), max(one, other)


def _to_decide(pair: Pair, known: dict[RecordId, Facts]) -> Suggestion:
    likeness = compare(known[pair[0]], known[pair[1]])
    words = _("jugées à la fois la même et différentes")
    return Suggestion(*pair, likeness.score, (words, *likeness.reasons), undecided=True)


def _settled(said: Verdicts, groups: Groups) -> set[Pair]:
    """Pairs of heads that somebody has judged already."""
    return {_pair(groups.head(a), groups.head(b)) for a, b in (*said.apart, *said.undecided)}


def _torn(said: Verdicts) -> set[Pair]:
    """What was judged both ways, directly or through others."""
    torn = {m: c for c in group(said.same, said.apart | said.undecided).contradicted for m in c}
    inside = {pair for pair in (*said.same, *said.apart) if pair[0] in torn and torn[pair[0]] == torn.get(pair[1])}
    return inside | said.undecided


# --- what is compared ----------------------------------------------------------------------------


def all_facts(directory: Directory, progress: Progress) -> Iterator[Facts]:
    """What is compared of every sheet that may have a twin."""
    counts = directory.reads.counts()
    total, done = sum(counts.get(k, 0) for k in KINDS), 0
    sources: dict[RecordId, set[RecordId]] = defaultdict(set)
    for origin in directory.reads.of_kind("foreign_id"):
        if is_live(origin) and origin.values.get("record") and origin.values.get("source"):
            sources[bytes.fromhex(origin.values["record"])].add(bytes.fromhex(origin.values["source"]))
    for kind in KINDS:
        for batch in _batches(directory.reads.of_kind(kind) if counts.get(kind) else ()):
            progress.step(done, 2 * total, _("Lecture des fiches"))
            contacts = directory.reads.parts("contact_point", [e.id for e in batch])
            for entry in batch:
                live = [c for c in contacts.get(entry.id, ()) if is_live(c)]
                yield facts_of(entry, live, sources.get(entry.id, ()))
            done += len(batch)


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    for entry in entries:
        if entry.trashed or entry.values.get("restricted"):
            continue
        batch.append(entry)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


# --- which are compared --------------------------------------------------------------------------


def _weighed(known: dict[RecordId, Facts], progress: Progress) -> Iterator[tuple[Pair, Likeness]]:
    """The pairs that share something, each weighed once."""
    blocks: dict[Block, list[Facts]] = defaultdict(list)
    for one in known.values():
        for block in blocks_of(one):
            blocks[block].append(one)
    crowds = [some for some in blocks.values() if len(some) > 1]
    total, seen = len(crowds), set[Pair]()
    for done, some in enumerate(crowds):
        if done % _STEP == 0:
            progress.step(total + done, 2 * total, _("Comparaison des fiches"))
        for one, other in _pairs(some):
            pair = _pair(one.id, other.id)
            if pair not in seen:
                seen.add(pair)
                likeness = compare(one, other)
                if likeness.score >= SUGGESTED:
                    yield pair, likeness


def _pairs(some: list[Facts]) -> Iterator[tuple[Facts, Facts]]:
    if len(some) <= MOST_SHARED:
        yield from combinations(some, 2)
        return
    ordered = sorted(some, key=lambda f: f.key)
    for n, one in enumerate(ordered):
        for other in ordered[n + 1 : n + 1 + NEIGHBOURS]:
            yield one, other


def blocks_of(one: Facts) -> Iterator[Block]:
    """What puts a sheet beside others: only sheets that share one of these are ever compared."""
    yield one.kind, "name", one.key
    for sort, values in (("email", one.emails), ("phone", one.phones)):
        yield from ((one.kind, sort, value) for value in values)
    begins = {word[:3] for word in one.name.split() if len(word) > 2} or {one.name[:3]}
    yield from ((one.kind, "web", site, begin) for site, begin in product(one.sites, begins))
    yield from ((one.kind, "place", one.place, begin) for begin in begins if one.place)
    for n in ("siret", "rna"):
        if one.numbers and n in one.numbers:
            yield one.kind, n, one.numbers[n]
    if one.point is not None:
        row, column = (int(degrees // _GRID) for degrees in one.point)
        # a square and half of its neighbours: two sheets near each other meet in at least one
        yield from ((one.kind, "square", str(row + a), str(column + b)) for a in (0, 1) for b in (0, 1))
