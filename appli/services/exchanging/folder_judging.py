"""Whether a packet found in the shared folder may come in by itself, or why a person has to look at it first."""

from __future__ import annotations

from dataclasses import dataclass

from appli.domain.audience import Audience
from appli.domain.causality import Interval, Knowledge
from appli.exchange.manifest import Manifest
from appli.ports import Progress
from appli.services.directory import Directory
from appli.services.exchanging import aside
from appli.services.exchanging.bundles import Opened
from appli.services.exchanging.orders import needs_a_person
from appli.services.exchanging.previewing import Fate, Preview, preview_of
from appli.services.exchanging.receiving import received
from appli.services.exchanging.resembling import find_twins
from appli.store.standing import given_up, is_former

MANY, SHARE = 200, 0.05
"""So many sheets at once, and such a part of them, are more than the day's news."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a packet: `why` it waits, empty when it does not; `preview`: what it would do, if it may come."""

    why: str = ""
    count: int = 0
    """Of sheets, where it waits because of some."""
    preview: Preview | None = None


NOTHING_NEW = Verdict()


def judge(directory: Directory, opened: Opened, place: bytes, *, behind: bool, progress: Progress) -> Verdict:
    """Weigh a packet that lies in the sub-folder of the PC `place`; `behind`: an older one of that PC waits.

    The cheap questions come first: most packets of a folder are known already, and are not read.
    """
    manifest, envelope = opened.manifest, opened.envelope
    if manifest.heading.replica != place:
        return Verdict("misplaced")
    if envelope.audience == Audience.PUBLIC and not envelope.again:
        return Verdict("public")
    if envelope.again or not (_has_news(directory, manifest) or _has_photos(directory, opened)):
        return NOTHING_NEW
    if place == directory.store.replica:
        return Verdict("twin")
    if envelope.is_first:
        return Verdict("former" if is_former(directory.store.folder.config, place) else "first")
    refused = _refused_before(directory, envelope.uid, Knowledge(manifest.heading.claim))
    if refused or behind:
        return Verdict(refused or "behind")
    return _weigh(directory, opened, progress)


def _refused_before(directory: Directory, uid: str, claim: Knowledge) -> str:
    """Whether a person took back, or left out, something of what it brings."""
    undone = (p.uid == uid for p in received(directory))
    if any(undone) or overlap(claim, given_up(directory.store.folder)):
        return "undone"
    partial = [one for one in aside.waiting(directory) if not one.whole]
    return "left_out" if any(overlap(claim, _missing(directory, one.knowledge)) for one in partial) else ""


def _weigh(directory: Directory, opened: Opened, progress: Progress) -> Verdict:
    preview = preview_of(directory, opened, progress)
    if opened.bundle.damaged:
        return Verdict("damaged")
    conflicts = sum(sheet.fate is Fate.CONFLICT for sheet in preview.sheets)
    if conflicts:
        return Verdict("conflicts", conflicts)
    if needs_a_person(directory, preview):
        asked = len(preview.received.asked)
        return Verdict("asked", asked) if asked else Verdict("removes", len(preview.going))
    touched = len(preview.sheets)
    if touched > max(MANY, SHARE * sum(directory.reads.counts().values())):
        return Verdict("massive", touched)
    twins = find_twins(directory, preview, progress)
    return Verdict("duplicates", len(twins)) if twins else Verdict(preview=preview)


def _has_news(directory: Directory, manifest: Manifest) -> bool:
    """Whether a packet may tell anything: by what it lets one know, and by what it speaks of beyond that."""
    heading = manifest.heading
    if _missing(directory, Knowledge(heading.claim)).as_dict():
        return True
    counts = manifest.counts
    return _speaks_beyond(manifest) or (not heading.claim and bool(counts.records or counts.erasures))


def _has_photos(directory: Directory, opened: Opened) -> bool:
    """Whether it brings photos that are wanted here."""
    return bool(opened.bundle.photos) and not opened.bundle.photos.keys().isdisjoint(directory.store.photos.missing())


def _speaks_beyond(manifest: Manifest) -> bool:
    """Whether its lines name commits that its sender does not know completely."""
    heading = manifest.heading
    known: dict[bytes, int] = {}
    for some in (heading.claim, heading.since, heading.know):
        for uid, intervals in some.items():
            known[uid] = max([known.get(uid, -1), *(high for _low, high in intervals)])
    return any(counter > known.get(uid, -1) for uid, counter in manifest.bounds.items())


def _missing(directory: Directory, claim: Knowledge) -> Knowledge:
    return Knowledge(claim.missing_from(directory.store.knowledge()))


def overlap(one: Knowledge, other: Knowledge) -> bool:
    """Whether they have a commit in common."""
    alone = one.missing_from(other)
    return any(_size(intervals) != _size(alone.get(uid, ())) for uid, intervals in one.as_dict().items())


def _size(intervals: tuple[Interval, ...]) -> int:
    return sum(high - low + 1 for low, high in intervals)
