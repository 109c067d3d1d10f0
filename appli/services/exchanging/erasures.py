"""What became of each order to erase, as far as one can know: which PCs have it, which were not heard of since.

The evidence for who has to answer for an erasure. It bears dates, reasons and codes, never a name: there is none left.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from appli.documents.erasure_proof import Proof, page
from appli.domain.entry import Entry
from appli.domain.ids import short_code
from appli.exchange.keys import fingerprint
from appli.exchange.safe_file import write_file
from appli.exchange.statements import ErasureOrder, opened
from appli.i18n import _
from appli.services.bases_aside import bases_aside
from appli.services.directory import Directory
from appli.services.exchanging import orders, roles
from appli.services.exchanging.peers import Peer, Trust, peers
from appli.services.finding import code_of
from appli.services.sheets import replica_label
from appli.services.spaces import replica_name, space_of
from appli.services.wording import date_text


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One order and where it is known to have arrived."""

    uid: str
    at: int
    reason: str
    codes: tuple[str, ...]
    """Of the sheets, without the letter of their kind: nothing else is left of them."""
    author: str
    counts: bool
    """Its author was référent: whoever received it has erased. Otherwise a person decides on each PC."""
    have: tuple[str, ...]
    """The PCs known to have received it, this one included."""
    silent: tuple[tuple[str, int | None], ...]
    """(PC, when one last heard of it) of those not known to have it."""

    @property
    def of(self) -> int:
        """How many PCs are known."""
        return len(self.have) + len(self.silent)


@dataclass(frozen=True, slots=True)
class Question:
    """A sheet held here that others want erased."""

    id: bytes
    sheet: bytes
    """The sheet to look at: itself, or the one that a note, a photo or a contact belongs to."""
    code: str
    title: str
    part: str
    """« Photo », « Note », when only that is to go."""
    by: str
    reason: str
    at: int
    signed: bool
    refused: bool


def follow_ups(directory: Directory) -> list[FollowUp]:
    """Every order that took effect here or was given here, the latest first."""
    others = [one for one in peers(directory) if one.trust is not Trust.REVOKED]
    held, known = roles.roles_of(directory), directory.store.orders
    found = []
    for kept in known.every():
        said = opened(kept.statement) if kept.sort == orders.ERASURE else None
        if not isinstance(said, ErasureOrder):
            continue
        heads = known.heads(said.records)
        if any(directory.reads.kind_of(one) is not None for one in heads):
            continue  # it waits for somebody, and is asked elsewhere
        counts = held.is_referent(kept.statement.key, said.at, bytes.fromhex(said.author))
        found.append(_follow_up(directory, said, kept.uid, others, heads or list(said.records[:1]), counts=counts))
    return sorted(found, key=lambda one: (-one.at, one.uid))


def _follow_up(
    directory: Directory, said: ErasureOrder, uid: str, others: list[Peer], heads: list[bytes], *, counts: bool
) -> FollowUp:
    author = bytes.fromhex(said.author)
    dot = (author, said.counter or 0)
    have = [one for one in others if one.uid == author or one.knowledge.knows(dot)]
    return FollowUp(
        uid=uid,
        at=said.at,
        reason=said.reason,
        codes=tuple(short_code(one, "-").lstrip("-") for one in sorted(heads)),
        author=replica_label(directory, author),
        counts=counts,
        have=(replica_name(directory), *(_label(one) for one in have)),
        silent=tuple((_label(one), one.received_at) for one in others if one not in have),
    )


def _label(one: Peer) -> str:
    return one.label or _("un autre poste")


def questions(directory: Directory) -> list[Question]:
    """What waits here for a decision, or was refused."""
    found = []
    for one in directory.store.orders.waiting():
        entry = directory.reads.entry(one.id)
        if entry is None:
            continue
        sheet = _sheet_of(directory, entry)
        found.append(
            Question(
                id=one.id,
                sheet=sheet.id,
                code=code_of(sheet),
                title=sheet.title,
                part="" if sheet is entry else entry.kind.label,
                by=replica_label(directory, one.asked_by),
                reason=orders.reason_of(directory, one.id),
                at=one.at,
                signed=bool(one.orders),
                refused=one.refused,
            )
        )
    return found


def _sheet_of(directory: Directory, entry: Entry) -> Entry:
    """The sheet a record belongs to; itself when it is one, or when its owner has not arrived."""
    climbed = {entry.id}
    while True:
        named = (entry.values.get(f.name) for f in entry.kind.fields.values() if f.declared.binding)
        owner = next((directory.reads.entry(bytes.fromhex(one)) for one in named if one), None)
        if owner is None or owner.id in climbed:
            return entry
        entry = owner
        climbed.add(entry.id)


def write_proof(directory: Directory, uid: str, target: Path) -> Path:
    """« Attestation d’effacement »: one page to hand over, readable and printable anywhere."""
    one = next(found for found in follow_ups(directory) if found.uid == uid)
    kept = next(found for found in directory.store.orders.every() if found.uid == uid)
    space, now = space_of(directory), directory.store.folder.clock()
    contact = str(space.values.get("rights_contact") or "") if space else ""
    proof = Proof(
        space=space.title if space else "",
        contact=contact,
        codes=one.codes,
        ordered=date_text(_day(one.at)),
        reason=reason_words(one.reason),
        author=one.author,
        words=fingerprint(kept.statement.key),
        uid=uid,
        counts=one.counts,
        have=one.have,
        silent=tuple((label, date_text(_day(at)) if at is not None else "") for label, at in one.silent),
        written=date_text(_day(now)),
        here=replica_name(directory),
        aside=_days_aside(directory),
    )
    write_file(target, page(proof).encode())
    return target


def reason_words(code: str) -> str:
    """Why, in words; those of a later version are passed over."""
    words = orders.REASONS.get(code, orders.REASONS["other"])
    return _(words)


def _days_aside(directory: Directory) -> tuple[str, ...]:
    days = sorted({one.at.date() for one in bases_aside(directory.store.path)})
    return tuple(date_text(day.isoformat()) for day in days)


def _day(milliseconds: int) -> str:
    from datetime import datetime

    return f"{datetime.fromtimestamp(milliseconds / 1000).astimezone():%Y-%m-%d}"
