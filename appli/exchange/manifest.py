"""What a bundle says of itself under its sender's signature: who, when, for whom, what is in it, what it lets know."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

import msgspec

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.causality import Interval
from appli.exchange import canonical, limits, refusals
from appli.exchange.keys import KeyPair, verify
from appli.exchange.statements import Intervals, Key, knowledge_read, knowledge_written
from appli.exchange.wire import Counter, Level, Moment, Uid

PURPOSE = "manifest"
FORMAT = "maille/1"
_VERSION = r"[0-9][0-9a-z.+-]{0,30}"
UNDERSTOOD: frozenset[str] = frozenset()
"""Features a later bundle may require; this version knows none."""

Sort = Literal["full", "incremental"]
Known = Mapping[bytes, tuple[Interval, ...]]
Words = Annotated[str, msgspec.Meta(max_length=300)]
Size = Annotated[int, msgspec.Meta(ge=0, le=limits.TOTAL_RAW)]
Count = Annotated[int, msgspec.Meta(ge=0, le=limits.INTEGER)]


class Member(msgspec.Struct, frozen=True):
    """A file of the archive. `size` is what it takes there, `raw` what it becomes."""

    name: Annotated[str, msgspec.Meta(pattern=r"^(LISEZMOI\.txt|data/[0-9]{4}\.jsonl\.zst|photos/[0-9a-f]{64})$")]
    size: Size
    raw: Size
    sha256: Key


class Volume(msgspec.Struct, frozen=True):
    """One of several files that go together; what they let one know counts when all have come."""

    set: Uid
    number: Annotated[int, msgspec.Meta(ge=1, le=limits.ITEMS)]
    of: Annotated[int, msgspec.Meta(ge=1, le=limits.ITEMS)]


class Counts(msgspec.Struct, frozen=True):
    """How many lines of each sort the file holds, and how many photos."""

    records: Count = 0
    erasures: Count = 0
    statements: Count = 0
    unknown: Count = 0
    photos: Count = 0


class _Space(msgspec.Struct):
    uid: Uid
    name: Words


class _Sender(msgspec.Struct):
    replica: Uid
    label: Words
    key: Key


class _File(msgspec.Struct, kw_only=True, omit_defaults=True):
    """The keys of manifest.json; those of later versions are passed over."""

    format: str
    space: _Space
    sender: _Sender
    audience: Level
    kind: Sort
    volume: Volume | None
    since: Intervals
    claim: Intervals
    know: Intervals
    beyond: dict[Uid, Counter]
    """Commits spoken of that the sender does not know completely: highest of each replica, where above `know`."""
    digest: Words
    schema: Count
    needs: list[Words]
    counts: Counts
    legend: dict[str, object]
    """Names of the kinds and fields, for whoever opens the lines without Maillage."""
    members: Annotated[list[Member], msgspec.Meta(max_length=limits.MEMBERS)]
    app: Words
    made_at: Moment
    lacks: Annotated[list[Key], msgspec.Meta(max_length=limits.ITEMS)] = []
    """Photos that the sender's records name and that never came to it; not written when there are none."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What whoever makes a bundle has to say about it."""

    space: bytes
    space_name: str
    replica: bytes
    """The PC it comes from."""
    label: str
    audience: Audience
    sort: Sort
    claim: Known
    """The commits that its receiver then knows completely."""
    know: Known
    """All that the sender knows: what it has received from whom."""
    made_at: int
    app_version: str
    schema: int = 0
    since: Known = field(default_factory=dict)
    """What its receiver was taken to know already."""
    digest: str = ""
    """The sender's fingerprint of its content, to notice that two PCs which know the same do not hold the same."""
    needs: tuple[str, ...] = ()
    """What a reader must understand to read it at all."""
    lacks: tuple[str, ...] = ()
    """Photos that the sender does not have: whoever does brings them with the next packet."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest whose signature holds: `key` is that of whoever signed, known or not."""

    heading: Heading
    key: bytes
    counts: Counts
    members: tuple[Member, ...]
    volume: Volume | None
    bounds: Mapping[bytes, int]
    """The highest commit of each replica that its lines may speak of."""
    uid: str
    """The same for the same bundle, wherever it lies and whether encrypted or not."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the archive holds, as its maker counted it."""

    members: tuple[Member, ...]
    counts: Counts
    highest: Mapping[bytes, int]
    fields: Mapping[int, Iterable[int]]
    """The fields its lines speak of, by kind."""
    volume: Volume | None = None


def write(heading: Heading, inventory: Inventory, pair: KeyPair) -> tuple[bytes, bytes]:
    """manifest.json and manifest.sig."""
    known = _bounds(heading.claim, heading.since, heading.know)
    beyond = {r.hex(): c for r, c in sorted(inventory.highest.items()) if c > known.get(r, -1)}
    raw = canonical.encode(
        _File(
            format=FORMAT,
            space=_Space(heading.space.hex(), heading.space_name),
            sender=_Sender(heading.replica.hex(), heading.label, pair.public.hex()),
            audience=int(heading.audience),
            kind=heading.sort,
            volume=inventory.volume,
            since=knowledge_written(heading.since),
            claim=knowledge_written(heading.claim),
            know=knowledge_written(heading.know),
            beyond=beyond,
            digest=heading.digest,
            schema=heading.schema,
            needs=list(heading.needs),
            counts=inventory.counts,
            legend=_legend(inventory.fields),
            members=list(inventory.members),
            app=heading.app_version,
            made_at=heading.made_at,
            lacks=list(heading.lacks),
        )
    )
    return raw, pair.sign(PURPOSE, raw)


def read(raw: bytes, signature: bytes) -> Manifest:
    """The manifest, in the order that costs least and risks least: writing, version, needs, signature, types."""
    try:
        content = canonical.decode(raw)
        key = bytes.fromhex(content["sender"]["key"])
        major = re.fullmatch(r"maille/([0-9]{1,6})(\.[0-9]{1,6})?", content["format"])
        needs = frozenset(content["needs"])
    except (ValueError, KeyError, TypeError) as problem:
        raise refusals.suspect() from problem
    if major is None:
        raise refusals.suspect()
    if int(major[1]) > 1 or not needs <= UNDERSTOOD:
        raise refusals.newer(_said(content["sender"], "label"), _said(content, "app", _VERSION))
    if not verify(key, PURPOSE, raw, signature):
        raise refusals.forged()
    try:
        return _manifest(msgspec.convert(content, _File), hashlib.sha256(raw).hexdigest())
    except (ValueError, msgspec.ValidationError) as problem:
        raise refusals.suspect() from problem


def _said(
    content: object, key: str, shape: str = r"[^\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]{1,60}"
) -> str:
    """A word of a manifest that nobody vouches for yet: short and plain, or nothing."""
    found = content.get(key) if isinstance(content, dict) else None
    return found.strip() if isinstance(found, str) and re.fullmatch(shape, found) else ""


def _manifest(file: _File, uid: str) -> Manifest:
    heading = Heading(
        space=_uid(file.space.uid),
        space_name=file.space.name,
        replica=_uid(file.sender.replica),
        label=file.sender.label,
        audience=_audience(file.audience),
        sort=file.kind,
        claim=knowledge_read(file.claim),
        know=knowledge_read(file.know),
        made_at=file.made_at,
        app_version=file.app,
        schema=file.schema,
        since=knowledge_read(file.since),
        digest=file.digest,
        needs=tuple(file.needs),
        lacks=tuple(file.lacks),
    )
    bounds = _bounds(heading.claim, heading.since, heading.know)
    for replica, counter in file.beyond.items():
        bounds[_uid(replica)] = max(counter, bounds.get(_uid(replica), -1))
    key = bytes.fromhex(file.sender.key)
    return Manifest(heading, key, file.counts, tuple(file.members), file.volume, bounds, uid)


def _audience(level: int) -> Audience:
    try:
        return Audience(level)
    except ValueError as problem:  # the gaps between levels are there to be filled
        raise refusals.newer() from problem


def _bounds(*known: Known) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for one in known:
        for replica, intervals in one.items():
            highest = max((high for _, high in intervals), default=-1)
            found[replica] = max(highest, found.get(replica, -1))
    return found


def _uid(text: str) -> bytes:
    uid = bytes.fromhex(text)
    if len(uid) != 16:
        raise ValueError("uid")
    return uid


def _legend(used: Mapping[int, Iterable[int]]) -> dict[str, object]:
    """What the numbers of kinds and fields stand for; only of those that are spoken of, so that it stays the same."""
    return {
        str(number): {
            "kind": kind.code,
            "fields": {str(f): kind.by_number[f].name for f in fields if f in kind.by_number},
        }
        for number, fields in used.items()
        if (kind := catalogue.kinds_by_number().get(number)) is not None
    }
