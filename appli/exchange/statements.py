"""What somebody signs and others relay unchanged: erasure orders, roles, and « voici ce que je connais ».

A bundle's signature proves who sent it, not who wrote what is in it. An order that erases, or a role, must hold
wherever it arrives from: it travels as the very bytes its author signed. They are believed only through `opened`, and
whether that author may order such a thing is for the services to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

import msgspec

from appli.domain.causality import Interval, Knowledge
from appli.domain.ids import RecordId
from appli.domain.statements import Statement as Statement  # noqa: PLC0414 — read and written here, made below
from appli.exchange import canonical, limits, refusals
from appli.exchange.keys import KeyPair, verify
from appli.exchange.wire import Counter, Moment, StatementLine

PURPOSE = "statement"

Uid = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")]
Role = Literal["referent", "host", "contributor", "reader"]
Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]{1,40}$")]
Key = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
Intervals = dict[Uid, list[tuple[Counter, Counter]]]


class Content(msgspec.Struct, frozen=True, kw_only=True, tag_field="statement"):
    """What each statement says: in which space, on which PC, when. Keys of later versions are passed over."""

    space: Uid
    author: Uid
    at: Moment


class ErasureOrder(Content, frozen=True, kw_only=True, tag="erasure"):
    """That these records are to be forgotten, everywhere."""

    ids: Annotated[tuple[Uid, ...], msgspec.Meta(min_length=1, max_length=5_000)]
    reason: Code
    counter: Counter | None = None
    """The commit of its author that it was signed in: who knows it has this order."""

    @property
    def records(self) -> tuple[RecordId, ...]:
        """The records, by their ids."""
        return tuple(bytes.fromhex(i) for i in self.ids)


class RoleOrder(Content, frozen=True, kw_only=True, tag="role"):
    """That a PC, known by its key, holds a role for a time; the latest about it stands."""

    replica: Uid
    key: Key
    role: Role | None
    """None withdraws whatever it held."""
    since: Day | None = None
    until: Day | None = None


class KnowledgeRequest(Content, frozen=True, kw_only=True, tag="request"):
    """« Voici ce que je connais » : asked for so that a bundle brings the rest and nothing more."""

    label: Annotated[str, msgspec.Meta(max_length=300)]
    know: Annotated[Intervals, msgspec.Meta(max_length=limits.ITEMS)]

    @property
    def knowledge(self) -> Knowledge:
        """What that PC has received completely."""
        return Knowledge(knowledge_read(self.know))


Known = ErasureOrder | RoleOrder | KnowledgeRequest
_decoder = msgspec.json.Decoder(Known)


def signed(content: Known, pair: KeyPair) -> Statement:
    """The content under one's signature."""
    body = canonical.encode(content)
    return Statement(body, pair.public, pair.sign(PURPOSE, body))


def opened(statement: Statement) -> Known | None:
    """What a statement says, its signature checked; None for a sort that only later versions know."""
    if not verify(statement.key, PURPOSE, statement.body, statement.signature):
        raise refusals.forged_statement()
    try:
        content = canonical.decode(statement.body)
        sort = content["statement"] if isinstance(content, dict) else None
        if isinstance(sort, str) and sort not in ("erasure", "role", "request"):
            return None
        found: Known = _decoder.decode(statement.body)
        _check(found)
    except (ValueError, KeyError, *canonical.UNREADABLE) as problem:
        raise refusals.forged_statement() from problem
    return found


def _check(content: Known) -> None:
    """ValueError for days that are in no calendar and intervals that run backwards."""
    match content:
        case KnowledgeRequest():
            knowledge_read(content.know)
        case RoleOrder():
            for day in filter(None, (content.since, content.until)):
                date.fromisoformat(day)


def line_of(statement: Statement) -> StatementLine:
    """As a line of a bundle."""
    return StatementLine(statement.body.decode("utf-8"), statement.key.hex(), statement.signature.hex())


def from_line(line: StatementLine) -> Statement:
    """From a line of a bundle."""
    return Statement(line.body.encode(), bytes.fromhex(line.key), bytes.fromhex(line.signature))


def to_text(statement: Statement) -> bytes:
    """A statement that travels alone, in a file or a mail: one line of JSON."""
    return canonical.encode(line_of(statement)) + b"\n"


def from_text(raw: bytes) -> Statement:
    """A statement that travelled alone."""
    if len(raw) > 2 * limits.STATEMENT:
        raise refusals.too_large(limits.STATEMENT)
    try:
        return from_line(msgspec.json.decode(raw, type=StatementLine))
    except (ValueError, *canonical.UNREADABLE) as problem:
        raise refusals.not_a_bundle() from problem


def knowledge_written(known: Mapping[bytes, tuple[Interval, ...]]) -> dict[str, list[tuple[int, int]]]:
    """Which commits are known, as JSON keeps it."""
    return {replica.hex(): list(intervals) for replica, intervals in sorted(known.items()) if intervals}


def knowledge_read(written: Mapping[str, list[tuple[int, int]]]) -> dict[bytes, tuple[Interval, ...]]:
    """Which commits are known; ValueError where an interval runs backwards."""
    found = {bytes.fromhex(replica): tuple(intervals) for replica, intervals in written.items()}
    if any(len(r) != 16 or any(low > high for low, high in intervals) for r, intervals in found.items()):
        raise ValueError("intervals")
    return found
