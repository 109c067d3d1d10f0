"""The other PCs of the network as this one knows them: which key is theirs, what they have, when one heard of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from appli.domain.causality import Interval, Knowledge
from appli.errors import UserError
from appli.exchange.keys import fingerprint
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.exchanging.counting import touched


class Trust(StrEnum):
    """What a person decided about a PC."""

    KNOWN = "known"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Peer:
    """One other PC. `know` is what it had received when it last wrote; times are wall time in ms, None: never."""

    uid: bytes
    key: str = ""
    """Its public key, in hexadecimal; empty as long as nothing signed by it came."""
    label: str = ""
    trust: Trust = Trust.KNOWN
    know: dict[str, list[Interval]] = field(default_factory=dict)
    know_at: int = 0
    """By that PC's clock: what it said it had, the latest time it did."""
    given_at: int | None = None
    received_at: int | None = None
    differs: bool = False
    """It knew what is known here, and did not hold the same: packets from it and for it bring everything anew."""
    lacks: list[str] = field(default_factory=list)
    """Photos it said it does not have, and that were not sent to it since."""

    @property
    def knowledge(self) -> Knowledge:
        """What it has, as far as one can tell: never more than it has."""
        return Knowledge({bytes.fromhex(uid): [(i[0], i[1]) for i in some] for uid, some in self.know.items()})


def peers(directory: Directory) -> list[Peer]:
    """Every PC a packet came from or went to, by name."""
    found = (_peer(uid, said) for uid, said in directory.store.noted("peer").items())
    return sorted(found, key=lambda p: (p.label.casefold(), p.uid))


def peer(directory: Directory, uid: bytes) -> Peer | None:
    """One of them."""
    said = directory.store.noted("peer").get(uid.hex())
    return None if said is None else _peer(uid.hex(), said)


def peer_named(directory: Directory, word: str) -> Peer:
    """The PC of that name, or of that uid. Raises UserError."""
    found = [p for p in peers(directory) if word.casefold() in (p.label.casefold(), p.uid.hex())]
    if len(found) != 1:
        known = ", ".join(p.label for p in peers(directory)) or _("aucun")
        raise UserError(
            "no_peer",
            _("Aucun poste ne se nomme « {name} », ou plusieurs. Rien n’a été fait.").format(name=word),
            _("Postes connus : {names}.").format(names=known),
        )
    return found[0]


def keep(directory: Directory, known: Peer) -> None:
    """Remember what is known of a PC."""
    said = asdict(known)
    directory.store.note("peer", said.pop("uid").hex(), said)


def learnt(known: Peer, know: Knowledge, at: int) -> Peer:
    """What a PC says it has: the latest it said stands alone, for what it annuls it has no more."""
    if at < known.know_at:
        return known
    said = {uid.hex(): list(some) for uid, some in know.as_dict().items()}
    return replace(known, know=said, know_at=at)


def note_given(directory: Directory, uid: bytes, photos: Collection[str] = ()) -> None:
    """A packet with these photos was made for that PC; should it get lost, the PC asks for them again."""
    known = peer(directory, uid)
    if known is not None:
        lacks = [name for name in known.lacks if name not in photos]
        keep(directory, replace(known, given_at=directory.store.folder.clock(), lacks=lacks))


def revoke(directory: Directory, uid: bytes, *, revoked: bool = True) -> None:
    """Take nothing more from that PC, or again."""
    known = peer(directory, uid)
    if known is not None:
        keep(directory, replace(known, trust=Trust.REVOKED if revoked else Trust.KNOWN))


def forget_key(directory: Directory, uid: bytes) -> None:
    """Its PC was installed anew: the next packet is a first one, accepted by a person."""
    known = peer(directory, uid)
    if known is not None:
        keep(directory, replace(known, key=""))


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a PC had not received when it last wrote: so many changes, to so many records, that are so many sheets."""

    changes: int
    records: int
    sheets: int


def lacking(directory: Directory, known: Peer) -> Lacking:
    """What that PC has not received of what is known here."""
    missing = directory.store.knowledge().missing_from(known.knowledge)
    changes = sum(high - low + 1 for some in missing.values() for low, high in some)
    if not changes:
        return Lacking(0, 0, 0)
    records = directory.store.news_for(known.knowledge)
    return Lacking(changes, len(records), len(touched(directory, records)))


def words_of(known: Peer) -> str:
    """The six words of its key, to compare by telephone; empty as long as none was accepted."""
    return fingerprint(bytes.fromhex(known.key)) if known.key else ""


def missing_here(directory: Directory) -> dict[bytes, tuple[Interval, ...]]:
    """The changes of each PC that never came here, though later ones did."""
    return directory.store.knowledge().gaps()


def _peer(uid: str, said: dict[str, Any]) -> Peer:
    return Peer(bytes.fromhex(uid), **{**said, "trust": Trust(said["trust"])})
