"""Receiving a packet, once a person has seen what it does; taking it back as if it had never come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from appli.domain.audience import Audience
from appli.domain.causality import Knowledge
from appli.domain.changes import Changes
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _, _n, number
from appli.ports import SILENT, Progress
from appli.services.directory import Directory
from appli.services.exchanging import aside, foreign, handed, pictures
from appli.services.exchanging.bundles import Opened, gaps, open_packet
from appli.services.exchanging.counting import counts_of
from appli.services.exchanging.orders import erasing_asked, needs_a_person
from appli.services.exchanging.orders import removes_much as removes_much  # noqa: PLC0414 — asked for here
from appli.services.exchanging.peers import Peer, Trust, keep, learnt
from appli.services.exchanging.previewing import Preview, preview_of
from appli.services.exchanging.remarks import remarks
from appli.services.exchanging.taking_in import take_in
from appli.services.exchanging.ways import Way
from appli.services.long_lists import without_collector
from appli.store.merge import Received
from appli.store.packets import Arrival, Packet, TakenBack


@dataclass(frozen=True, slots=True)
class Receipt:
    """What receiving a packet did, or would do. `seq` is its number, to take it back; None for a preview."""

    sender: str
    space: str
    new: int
    changed: int
    conflicts: int
    erased: int
    ignored: int
    gaps: list[dict[str, Any]]
    seq: int | None = None
    imported: int | None = None
    """The number of the import that copies of another network's sheets came by."""
    asked: tuple[RecordId, ...] = ()
    """Sheets that somebody who is not référent wants erased: they wait for a person."""
    refused: int = 0
    """Signed orders that were not believed."""
    remarks: tuple[str, ...] = ()
    """What else one should know, in sentences."""


@without_collector()
def examine(
    directory: Directory, path: Path, phrase: str | None = None, progress: Progress = SILENT
) -> tuple[Opened, Preview]:
    """What a packet would do: the very code that receives it, with everything put back. Close the first."""
    opened = open_packet(directory, path, phrase)
    try:
        told = foreign.preview if opened.envelope.foreign else preview_of
        return opened, told(directory, opened, progress)
    except BaseException:
        opened.bundle.close()
        raise


def receipt_of(
    directory: Directory, opened: Opened, result: Received, seq: int | None = None, renamed: str | None = None
) -> Receipt:
    """The counts a packet is told by."""
    claim = Knowledge(opened.manifest.heading.claim) if seq is None else None
    return Receipt(
        sender=opened.envelope.sender,
        space=opened.envelope.space,
        new=len(result.new),
        changed=len(result.changed),
        conflicts=len(result.conflicts),
        erased=len(result.erased),
        ignored=len(result.ignored),
        gaps=gaps(directory, claim),
        seq=seq,
        asked=tuple(sorted(result.asked)),
        refused=opened.refused,
        remarks=remarks(directory, opened, result, renamed, received=seq is not None),
    )


@without_collector()
def receive(
    directory: Directory,
    path: Path,
    phrase: str | None = None,
    *,
    confirmed: bool,
    left_out: Collection[RecordId] = (),
    way: Way = Way.FILE,
    safe: bool = False,
    progress: Progress = SILENT,
) -> Receipt:
    """Receive a packet. `confirmed`: a person saw who sends it and what goes; otherwise a doubt is a refusal.

    What is left out waits, to be taken later; `way`: how the packet came, for the journal.

    A backup is made before, unless one is `safe` already. Raises UserError: `unknown_sender`, `much_removed`, and what
    `open_packet` refuses.
    """
    with open_packet(directory, path, phrase) as opened:
        if not confirmed:
            _refuse_doubts(directory, opened, progress)
        if not opened.envelope.joins and not safe:
            directory.store.backup("avant-reunion")
        if opened.envelope.foreign:
            return _copied(directory, opened, left_out, progress)
        arrival = _arrival(directory, opened, way)
        delta = opened.delta(progress)
        asked = directory.reads.owners(sorted(order.id for order in delta.erasures))[0]
        result, seq, renamed = take_in(directory, opened, delta, arrival, left_out, progress)
        pictures.take(directory, opened.bundle)
        receipt = receipt_of(directory, opened, result, seq, renamed)
        _note(directory, opened, seq, receipt, result.differs)
        whole = opened.complete and not result.left_out
        told = {"sheets": counts_of(directory, result, asked), "left_out": len(left_out), "partial": not whole}
        directory.store.note_packet(seq, told)
        _put_aside(directory, path, opened, len(left_out))
        directory.follow(result.changes, progress)
        if result.erased:
            handed.recall(directory)
        return receipt


def _copied(directory: Directory, opened: Opened, left_out: Collection[RecordId], progress: Progress) -> Receipt:
    """The sheets of another network, taken in as copies."""
    result, seq = foreign.receive(directory, opened, left_out, progress)
    aside.forget(directory, opened.envelope.uid)
    return replace(receipt_of(directory, opened, result), gaps=[], imported=seq)


def _arrival(directory: Directory, opened: Opened, way: Way) -> Arrival:
    envelope, volume = opened.envelope, opened.manifest.volume
    facts = {
        "label": envelope.sender,
        "made_at": envelope.made_at,
        "size": envelope.size,
        "set": volume.set if volume else None,
        "volume": envelope.volume,
        "way": way,
    }
    return Arrival(envelope.uid, envelope.replica, facts, lambda: _is_complete(directory, opened))


def _put_aside(directory: Directory, path: Path, opened: Opened, sheets: int) -> None:
    """What was left out waits; what came otherwise waits no more."""
    if sheets:
        aside.keep(directory, path, opened.manifest, sheets, whole=False)
    else:
        aside.forget(directory, opened.envelope.uid)
    aside.tidy(directory)


def _refuse_doubts(directory: Directory, opened: Opened, progress: Progress) -> None:
    envelope = opened.envelope
    if envelope.is_first:
        raise UserError(
            "unknown_sender",
            _("Premier paquet du poste « {name} », du réseau « {space} ». Rien n’a changé.").format(
                name=envelope.sender, space=envelope.space
            ),
            _("S’il vient bien de cette personne, acceptez-le. Les mots de sa clé : {words}.").format(
                words=envelope.fingerprint
            ),
        )
    told = foreign.preview if envelope.foreign else preview_of
    preview = told(directory, opened, progress)
    going = len(preview.going)
    if preview.received.asked:
        raise erasing_asked(directory, preview)
    if needs_a_person(directory, preview):
        words = _n(
            "Ce paquet enlèverait {n} fiche. Rien n’a changé.",
            "Ce paquet enlèverait {n} fiches. Rien n’a changé.",
            going,
        )
        raise UserError(
            "much_removed", words.format(n=number(going)), _("Regardez lesquelles, puis acceptez ce paquet.")
        )


def _is_complete(directory: Directory, opened: Opened) -> bool:
    """Whether the claim may be taken: nothing damaged, and the last of its volumes."""
    volume = opened.manifest.volume
    if volume is None or not opened.complete:
        return opened.complete
    came = {
        p.facts["volume"][0]
        for p in directory.store.packets_received()
        if p.undone is None and p.facts.get("set") == volume.set and not p.facts.get("partial")
    }
    return came | {volume.number} >= set(range(1, volume.of + 1))


def _note(directory: Directory, opened: Opened, seq: int, receipt: Receipt, differs: bool | None) -> None:
    heading = opened.manifest.heading
    known = opened.known or Peer(heading.replica)
    met = replace(
        known,
        differs=known.differs if differs is None else differs,
        key=opened.manifest.key.hex(),
        label=heading.label,
        trust=Trust.KNOWN,
        received_at=directory.store.folder.clock(),
    )
    says = heading.audience != Audience.PUBLIC  # a public packet does not tell what its sender has
    if says and heading.made_at >= met.know_at:
        met = replace(learnt(met, Knowledge(heading.know), heading.made_at), lacks=list(heading.lacks))
    keep(directory, met)
    counts = asdict(receipt)
    directory.store.note_packet(seq, {k: counts[k] for k in ("new", "changed", "conflicts", "erased", "ignored")})


def received(directory: Directory) -> list[Packet]:
    """The packets received here, the latest first."""
    return directory.store.packets_received()


def take_back(directory: Directory, seq: int) -> TakenBack:
    """Take a packet back, with the other volumes of its set; what was written since stays. Raises UserError."""
    together = _together(directory, seq)
    directory.store.backup("avant-annulation")
    total = TakenBack()
    for one in together:
        total.add(directory.store.take_back(one.seq))
        aside.forget(directory, one.uid)
    directory.follow(Changes(frozenset(total.restored), frozenset(total.removed)))
    return total


def outlook(directory: Directory, seq: int) -> TakenBack:
    """What taking a packet back would do: the very code that does it, with everything put back. Raises UserError."""
    return directory.store.would_take_back([one.seq for one in _together(directory, seq)])


def _together(directory: Directory, seq: int) -> list[Packet]:
    """A packet with the other volumes of its set, the last first."""
    packets = {p.seq: p for p in received(directory)}
    chosen = packets.get(seq)
    if chosen is None or chosen.undone is not None:
        raise UserError(
            "no_packet",
            _("Ce paquet n’est pas parmi ceux qui ont été réunis, ou il a déjà été annulé. Rien n’a changé."),
            _("Voyez le journal dans Échanges."),
        )
    together = chosen.facts.get("set")
    whole = [p for p in packets.values() if p.undone is None and together and p.facts.get("set") == together]
    return sorted(whole or [chosen], key=lambda p: p.seq, reverse=True)
